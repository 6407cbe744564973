//! Benefit maps: how investments become outputs, intermediate outcomes and end outcomes.

pub mod audit;
pub mod chart;
pub mod check;
pub mod draw;
pub mod edit;
pub mod escape;
#[cfg(feature = "exchange")]
pub mod exchange;
pub mod file;
pub mod finding;
pub mod graph;
pub mod layered;
pub mod layout;
pub mod map;
#[cfg(feature = "documents")]
pub mod office;
pub mod report;
pub mod scene;
pub mod table;
pub mod text;
pub mod track;
#[cfg(feature = "web")]
pub mod web;
