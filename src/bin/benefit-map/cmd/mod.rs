//! One file a command, or a pair of commands that mirror each other.

pub mod build;
pub mod chart;
pub mod check;
pub mod complete;
pub mod coverage;
pub mod demo;
pub mod diff;
pub mod draw;
pub mod elsewhere;
pub mod escalate;
pub mod exchange;
pub mod explain;
pub mod fmt;
mod imported;
pub mod kpis;
pub mod manual;
pub mod new;
pub mod pack;
pub mod plan;
pub mod portfolio;
pub mod register;
pub mod report;
pub mod report_audit;
pub mod review;
pub mod rules;
pub mod schema;
pub mod seal;
pub mod state;
pub mod status;
pub mod tables;
pub mod trace;
pub mod trajectory;
pub mod viewer;
#[cfg(feature = "web")]
pub mod workshop;
pub mod xlsx;
