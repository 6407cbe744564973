//! Capability tests: one binary, a file a capability.

mod bad_input;
mod checks;
mod cli;
mod examples;
mod generate;
mod graphs;
mod json_file;
mod layouts;
mod pictures;
mod rule_pages;
mod tables;
mod tidy;
mod tracking;
