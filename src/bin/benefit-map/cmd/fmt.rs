//! `fmt`: maps and portfolios in their one canonical form.

use std::path::Path;

use anyhow::{Context, Result};
use benefit_map::file::{self, FileKind};
use benefit_map::portfolio;

use super::portfolio::each_fault;
use crate::args::Fmt;
use crate::files::{Files, Over, kind_of};
use crate::io::Terminal;
use crate::{Verdict, io, output};

pub fn run(args: &Fmt, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    // Every map is read before any is written: one that does not read leaves all of them as they were.
    let mut written = Vec::new();
    let mut failed = None;
    for path in &args.maps {
        match canonical(path, files, terminal) {
            Ok((text, canonical)) => written.push((path, canonical, text)),
            Err(error) => {
                if let Some(earlier) = failed.replace(error) {
                    terminal.error(&earlier);
                }
            }
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let mut verdict = Verdict::Clean;
    for (path, canonical, text) in written {
        let changed = text != canonical;
        if args.check {
            if changed {
                terminal.say(format!(
                    "{} is not in the standard form: run `benefit-map fmt {0}`",
                    path.display()
                ));
                verdict = Verdict::Findings;
            }
        } else if io::is_stream(path) {
            files.print(canonical.as_bytes())?;
        } else if changed {
            files
                .write_over(&output::itself(path), canonical.as_bytes(), Over::Itself(path))?
                .say("now in the standard form", terminal);
        }
    }
    Ok(verdict)
}

/// The text of a map or a portfolio as it is, and as it is written in the standard form.
fn canonical(path: &Path, files: &Files, terminal: &Terminal) -> Result<(String, String)> {
    let is_portfolio = !io::is_stream(path) && kind_of(path) == Some(FileKind::Portfolio);
    if !is_portfolio {
        let document = files.map(path)?;
        return Ok((document.source.text().to_owned(), file::write(&document.map)));
    }
    let name = path.display().to_string();
    let text = String::from_utf8(files.bytes(path)?)
        .ok()
        .with_context(|| format!("{name} is not UTF-8: save it again as UTF-8"))?;
    let canonical = portfolio::write(&portfolio::read(&name, &text).map_err(|error| each_fault(error, terminal))?);
    Ok((text, canonical))
}
