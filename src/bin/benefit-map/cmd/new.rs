//! `new`: a small valid map to begin with.

use anyhow::{Context, Result};
use benefit_map::file;

use crate::args::New;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, io, output};

/// A chain from an investment to an end outcome, with an owner and a KPI: enough to see each thing once.
const STARTER: &str = include_str!("../../../../examples/maps/starter/map.json");

pub fn run(args: &New, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let mut map = file::parse("starter", STARTER).context("the starter map does not read")?;
    map.title.clone_from(&args.title);
    files.write_new(&output::map(&args.map)?, file::write(&map).as_bytes())?;
    if io::is_stream(&args.map) {
        return Ok(Verdict::Clean);
    }
    let path = args.map.display();
    let mut told = Page::default();
    told.line(format!("wrote {path}"));
    told.gap();
    told.line("Next:");
    told.line(format!(
        "  benefit-map draw {path} -o map.svg   then open map.svg in a browser"
    ));
    told.line(format!("  benefit-map check {path}             what is missing"));
    terminal.tell(&told);
    Ok(Verdict::Clean)
}
