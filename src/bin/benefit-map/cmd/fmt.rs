//! `fmt`: maps in their one canonical form.

use anyhow::Result;
use benefit_map::file;

use crate::args::Fmt;
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::{Verdict, io, output};

pub fn run(args: &Fmt, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    // Every map is read before any is written: one that does not read leaves all of them as they were.
    let mut written = Vec::new();
    let mut failed = None;
    for path in &args.maps {
        match files.map(path) {
            Ok(document) => written.push((path, file::write(&document.map), document)),
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
    for (path, canonical, document) in written {
        let changed = document.source.text() != canonical;
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
