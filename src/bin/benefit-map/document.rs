//! Documents on their way to a file.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::draw::pptx;
use benefit_map::file::FileKind;
use benefit_map::map::BenefitMap;
use benefit_map::office::SlideHouse;
use benefit_map::report::deck::report_deck;
use benefit_map::report::{Report, docx, html, markdown, pdf};
use benefit_map::scene::theme::Theme;
use benefit_map::text;

use crate::args::{DocumentFormat, Written};
use crate::cmd::tables::{contents, counted};
use crate::files::{Files, Over, Wrote};
use crate::fonts;
use crate::io::Terminal;
use crate::output::{Output, Place};
use crate::progress;

/// Writes a report as the ending of the output's name says.
pub fn write(
    report: &Report,
    map: &BenefitMap,
    output: &Output<DocumentFormat>,
    written: &Written,
    files: &Files,
    terminal: &Terminal,
) -> Result<()> {
    template_fits(written, output.format)?;
    progress::stage("Writing the document");
    let bytes = match output.format {
        DocumentFormat::Docx => {
            let template = match &written.template {
                Some(path) => {
                    let bytes = files.bytes_of(path, "a Word document", &[FileKind::Document])?;
                    let read = docx::Template::read(&bytes);
                    Some(read.with_context(|| format!("{} cannot be used as a template", path.display()))?)
                }
                None => None,
            };
            let fonts = fonts::for_letters(lacking(map), terminal);
            docx::write(report, &fonts, template.as_ref())?
        }
        DocumentFormat::Pdf => self::pdf(report, map, terminal)?,
        DocumentFormat::Pptx => {
            let template = slide_template(written.template.as_deref(), files)?;
            pptx::write(&report_deck(report, <&Theme>::default(), template))?
        }
        DocumentFormat::Html => html::write(report).into_bytes(),
        DocumentFormat::Markdown => {
            let stem = output.place.path().and_then(Path::file_stem).unwrap_or_default();
            let written_out = markdown::write(report, &stem.to_string_lossy());
            if output.place.path().is_none() && !written_out.pictures.is_empty() {
                bail!("the pictures of a Markdown document are saved next to it: name a file with -o");
            }
            let pictures: Vec<_> = written_out
                .pictures
                .iter()
                .filter_map(|(name, svg)| Some((output.place.beside(name)?, svg)))
                .collect();
            if !written.replace
                && let Some(there) = pictures
                    .iter()
                    .filter_map(|(place, _)| place.path())
                    .find(|path| path.exists())
            {
                bail!(
                    "{} already exists: use --replace, or name another file",
                    there.display()
                );
            }
            let mut all: Vec<(&Place, &[u8], Over<'_>)> = pictures
                .iter()
                .map(|(place, svg)| (place, svg.as_bytes(), Over::Results))
                .collect();
            all.push((&output.place, written_out.text.as_bytes(), Over::Results));
            files.write_all(&all)?.said_otherwise();
            let beside = match pictures.len() {
                0 => String::new(),
                count => format!("; {} beside it", counted(count, "picture", "pictures")),
            };
            Wrote::at(&output.place).say(contents(map) + &beside, terminal);
            return Ok(());
        }
    };
    files.write(&output.place, &bytes)?.say(contents(map), terminal);
    Ok(())
}

/// A report as a Word document in our own styles.
pub fn docx(report: &Report, map: &BenefitMap, terminal: &Terminal) -> Result<Vec<u8>> {
    progress::stage("Writing the document");
    let fonts = fonts::for_letters(lacking(map), terminal);
    Ok(docx::write(report, &fonts, None)?)
}

/// A report as pages.
pub fn pdf(report: &Report, map: &BenefitMap, terminal: &Terminal) -> Result<Vec<u8>> {
    progress::stage("Writing the document");
    pdf::within_limits(report)?;
    let fonts = fonts::for_letters(lacking(map), terminal);
    Ok(pdf::write(report, &fonts)?)
}

/// Only documents and slides of Office have a template.
pub fn template_fits(written: &Written, format: DocumentFormat) -> Result<()> {
    if written.template.is_some() && !matches!(format, DocumentFormat::Docx | DocumentFormat::Pptx) {
        bail!(
            "only Word documents and slides have a template: leave out --template, or name an output that ends in .docx or .pptx"
        );
    }
    Ok(())
}

/// The presentation that slides are made in the way of; `None` where none is named.
pub fn slide_template(path: Option<&Path>, files: &Files) -> Result<Option<Box<SlideHouse>>> {
    let Some(path) = path else { return Ok(None) };
    let bytes = files.bytes_of(path, "a PowerPoint template or a presentation", &[FileKind::Slides])?;
    let house = SlideHouse::read(&bytes);
    let house = house.with_context(|| format!("{} cannot be used as a template", path.display()))?;
    Ok(Some(Box::new(house)))
}

/// The letters of a map that the embedded face lacks.
pub fn lacking(map: &BenefitMap) -> BTreeSet<char> {
    let words = serde_json::to_string(map).unwrap_or_default();
    text::lacking(&words)
}
