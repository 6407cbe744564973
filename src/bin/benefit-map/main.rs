//! The command line of `benefit-map`.

fn main() {}
