//! `explain`: the page of one rule.

use anyhow::{Context, Result};
use benefit_map::check;
use benefit_map::finding::snippet::Style;

use crate::Verdict;
use crate::args::Explain;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;

pub fn run(args: &Explain, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let rule = check::explain(&args.rule).context("`benefit-map rules` lists the rules")?;
    let mut page = Page::default();
    match terminal.out {
        Style::Coloured => page.rendered(&with_bold_headings(rule.page), Style::Coloured),
        style => page.rendered(rule.page, style),
    }
    files.print(&page.printed())?;
    Ok(Verdict::Clean)
}

/// The page for a terminal: headings stand out, and the marks that make them are gone.
fn with_bold_headings(page: &str) -> String {
    let line = |line: &str| match line.split_once(' ') {
        Some((marks, heading)) if !marks.is_empty() && marks.bytes().all(|b| b == b'#') => {
            format!("\x1b[1m{heading}\x1b[0m\n")
        }
        _ => format!("{line}\n"),
    };
    page.lines().map(line).collect()
}
