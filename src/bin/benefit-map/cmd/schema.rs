//! `schema`: the JSON Schema of the map file.

use anyhow::Result;
use benefit_map::file;

use crate::args::Schema;
use crate::{Verdict, io};

pub fn run(args: &Schema) -> Result<Verdict> {
    io::write(args.output.as_deref(), file::schema().as_bytes())?;
    Ok(Verdict::Clean)
}
