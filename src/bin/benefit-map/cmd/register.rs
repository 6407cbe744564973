//! `register`: the benefit register.

use anyhow::Result;
use benefit_map::table::{self, xlsx::Cover};

use crate::args::Register;
use crate::{Verdict, io};

pub fn run(args: &Register) -> Result<Verdict> {
    let document = io::read_map(&args.map)?;
    io::write_register(args.output.as_deref(), &table::benefit_register(&document.map), || {
        Cover::of_register(&document.map)
    })?;
    Ok(Verdict::Clean)
}
