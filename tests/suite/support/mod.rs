//! What tests share, a subject a file: running the program, folders, generated maps, readers of what is written, waiting, browsers.
//!
//! A test says what is true; how it finds out is here. Nothing in here knows of one test alone.

pub mod archive;
pub mod clinic;
pub mod decisions;
pub mod example;
pub mod folder;
pub mod foreign;
pub mod generate;
pub mod generate_control;
pub mod generate_money;
pub mod golden;
pub mod hostile;
pub mod hostile_map;
pub mod hostile_outputs;
pub mod imported;
pub mod invalid;
pub mod marked;
pub mod markup;
#[cfg(feature = "web")]
pub mod page;
pub mod picture;
pub mod pixels;
pub mod poll;
pub mod program;
#[cfg(feature = "web")]
pub mod reader;
pub mod room;
pub mod schemas;
pub mod skip;
pub mod svg;
pub mod taken;
#[cfg(feature = "web")]
pub mod webdriver;
#[cfg(feature = "web")]
pub mod wire;
pub mod workbook;

/// What a drawn map is worth, worked out from the drawing alone: `score::Score::of(&score::Picture::of(&map, &scene)?)`.
#[allow(dead_code, reason = "shared with the benchmark, which uses all of it")]
#[path = "../../../examples/layout_bench/score/mod.rs"]
pub mod score;
/// Staged maps of any size, to draw.
#[allow(dead_code, reason = "shared with the benchmark, which uses all of it")]
#[path = "../../../examples/layout_bench/staged.rs"]
pub mod staged;
