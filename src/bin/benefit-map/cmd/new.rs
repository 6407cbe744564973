//! `new`: a small valid map to begin with.

use anyhow::{Context, Result};
use benefit_map::file;

use crate::Verdict;
use crate::args::New;
use crate::io::Terminal;
use crate::page::Page;

/// A chain from an investment to an end outcome, with an owner and a KPI: enough to see each thing once.
const STARTER: &str = include_str!("../../../../examples/maps/starter/map.json");

pub fn run(args: &New, terminal: &Terminal) -> Result<Verdict> {
    let mut map = file::parse("starter", STARTER).context("the starter map does not read")?;
    map.title.clone_from(&args.title);
    file::save_new(&args.map, file::write(&map).as_bytes())?;
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
