//! The only home of petgraph: reach, chains, cycles and line of sight over a map.
