//! From a graph to a picture: ranks, orders, places, routes, and text measured with real font metrics.

pub mod engine;
mod ladder;
mod lane;
mod order;
mod place;
mod rank;
mod route;
pub mod text;
