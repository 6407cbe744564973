//! From a graph to a picture: ranks, orders, places, routes, and text measured with real font metrics.

pub mod engine;
pub mod text;
