//! One file a command, or a pair of commands that mirror each other.

pub mod chart;
pub mod check;
pub mod demo;
pub mod draw;
pub mod escalate;
pub mod exchange;
pub mod explain;
pub mod fmt;
pub mod kpis;
pub mod manual;
pub mod new;
pub mod pack;
pub mod plan;
pub mod register;
pub mod report;
pub mod rules;
pub mod schema;
pub mod status;
pub mod tables;
pub mod trajectory;
#[cfg(feature = "web")]
pub mod workshop;
pub mod xlsx;
