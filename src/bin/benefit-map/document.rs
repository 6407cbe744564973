//! Documents on their way to a file.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use benefit_map::layout::text;
use benefit_map::map::BenefitMap;
use benefit_map::report::{Report, docx, html, markdown, pdf};

use crate::args::Written;
use crate::io::Terminal;
use crate::{fonts, io};

/// Writes a report as the ending of the output's name says.
pub fn write(report: &Report, map: &BenefitMap, written: &Written, terminal: &Terminal) -> Result<()> {
    let output = &written.output;
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    if written.template.is_some() && ending.as_deref() != Some("docx") {
        bail!("only a Word document has a --template: leave it out, or name an output that ends in .docx");
    }
    match ending.as_deref() {
        Some("docx") => {
            let template = match &written.template {
                Some(path) => {
                    let bytes = std::fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
                    let read = docx::Template::read(&bytes);
                    Some(read.with_context(|| format!("{} is of no use as a template", path.display()))?)
                }
                None => None,
            };
            let fonts = fonts::for_letters(lacking(map), terminal);
            io::write(Some(output), &docx::write(report, &fonts, template.as_ref())?)
        }
        Some("pdf") => {
            let fonts = fonts::for_letters(lacking(map), terminal);
            io::write(Some(output), &pdf::write(report, &fonts)?)
        }
        Some("html" | "htm") => io::write(Some(output), html::write(report).as_bytes()),
        Some("md" | "markdown") => {
            let stem = output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let written_out = markdown::write(report, &stem);
            let pictures: Vec<_> = written_out
                .pictures
                .iter()
                .map(|(name, svg)| (output.with_file_name(name), svg))
                .collect();
            if !written.replace
                && let Some((there, _)) = pictures.iter().find(|(path, _)| path.exists())
            {
                bail!(
                    "{} is there already: give --replace, or name another file",
                    there.display()
                );
            }
            for (path, svg) in &pictures {
                io::write(Some(path), svg.as_bytes())?;
            }
            io::write(Some(output), written_out.text.as_bytes())
        }
        _ => bail!(
            "{} ends in none of .docx, .pdf, .html and .md: name the output so",
            output.display()
        ),
    }
}

/// The letters of a map that the embedded face lacks.
pub fn lacking(map: &BenefitMap) -> BTreeSet<char> {
    let words = serde_json::to_string(map).unwrap_or_default();
    text::lacking(&words)
}
