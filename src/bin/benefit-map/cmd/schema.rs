//! `schema`: the JSON Schema of the map file.

use anyhow::Result;
use benefit_map::file;

use crate::args::Schema;
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, output};

pub fn run(args: &Schema, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("the schema", &["json"], args.output.as_deref())?;
    files.write(&place, file::schema().as_bytes())?.say("", terminal);
    Ok(Verdict::Clean)
}
