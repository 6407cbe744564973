//! `schema`: the JSON Schemas of the map file and of a theme.

use anyhow::Result;
use benefit_map::file;
use benefit_map::report::THEME_SCHEMA;

use crate::args::{Schema, SchemaOf};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, output};

pub fn run(args: &Schema, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("the schema", &["json"], args.output.as_deref())?;
    let schema = match args.of {
        SchemaOf::Map => file::schema().to_owned(),
        SchemaOf::Theme => THEME_SCHEMA.to_owned(),
    };
    files.write(&place, schema.as_bytes())?.say("", terminal);
    Ok(Verdict::Clean)
}
