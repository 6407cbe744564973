//! `report`: documents about a map.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use benefit_map::draw::pptx;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{Node, limits};
use benefit_map::report::deck::{DeckOptions, SlideKind, deck, within_limits};
use benefit_map::report::{Audience, CaseOptions, ProfileOptions, benefit_profiles, business_case as the_case};

use super::tables::contents;
use crate::args::{BenefitProfile, BusinessCase, DocumentFormat};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, document, io, measured, named, output, progress};

pub fn business_case(args: &BusinessCase, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let mut once = BTreeSet::new();
    if let Some(twice) = args.sections.iter().find(|section| !once.insert(**section)) {
        bail!("--sections names `{twice}` twice: name each section once");
    }
    let output = output::of("the document", args.written.format, Some(&args.written.output))?;
    let read = files.map(&args.map)?;
    let map = &read.map;
    limits::of_document(map)?;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read_named(&args.measured, map, as_of, files, terminal)?;
    let answered = super::survey::beside(&args.answered, map, files, terminal)?;
    if output.format == DocumentFormat::Pptx && (args.audience == Some(Audience::Annex) || !args.sections.is_empty()) {
        bail!(
            "slides of a business case are for a board: leave out --sections and `--for annex`, or name an output that ends in .docx or .pdf"
        );
    }
    progress::stage("Preparing the document");
    let mut options = CaseOptions::new(as_of);
    options.measurements = measurements.as_ref();
    options.answered = answered.as_ref().map(|(sets, answers)| (&sets[..], answers));
    options.audience = args.audience;
    options.sections.clone_from(&args.sections);
    options.source = args.map.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if output.format == DocumentFormat::Pptx {
        let mut deck_options = DeckOptions::new(SlideKind::of_board());
        deck_options.layout.as_of = Some(as_of);
        deck_options.layout.source.clone_from(&options.source);
        deck_options.board = Some(options);
        deck_options.template = document::slide_template(args.written.template.as_deref(), files)?;
        within_limits(&graph, &deck_options)?;
        progress::stage("Writing the slides");
        let bytes = pptx::write(&deck(&graph, &deck_options))?;
        files.write(&output.place, &bytes)?.say(contents(map), terminal);
        return Ok(args.measured.verdict(measurements.as_ref()));
    }
    document::write(
        &the_case(&graph, &options),
        map,
        &output,
        &args.written,
        files,
        terminal,
    )?;
    Ok(args.measured.verdict(measurements.as_ref()))
}

/// The profiles of the benefits that are named, or of every end outcome.
pub fn profile(args: &BenefitProfile, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the benefit profile", args.written.format, Some(&args.written.output))?;
    let read = files.map(&args.map)?;
    let map = &read.map;
    limits::of_document(map)?;
    let graph = BenefitGraph::new(map);
    let mut options = ProfileOptions::new(io::day_or_today(args.as_of)?);
    for node in named::find_all::<Node>("--benefit", &args.benefit, map, &args.map.display())? {
        let ix = graph.find(node.id.as_str());
        // A benefit that is named twice has one profile.
        options.benefits.extend(ix.filter(|ix| !options.benefits.contains(ix)));
    }
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let measurements = measured::read_named(&args.measured, map, options.as_of, files, terminal)?;
    options.measurements = measurements.as_ref();
    options.source = args.map.file_name().unwrap_or_default().to_string_lossy().into_owned();
    progress::stage("Preparing the profiles");
    let report = benefit_profiles(&graph, &options);
    document::write(&report, map, &output, &args.written, files, terminal)?;
    Ok(args.measured.verdict(measurements.as_ref()))
}
