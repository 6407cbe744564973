//! `draw`: the picture, or its numbers.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{
    Extent, Grouping, LayoutOptions, LinkDetail, MapOrder, OwnerLabel, Paper, PaperSize, ReadingDirection, Rest, Turn,
};
use benefit_map::{draw, layout};

use crate::args::{Direction, Draw, DrawFormat, GroupBy, Lines, Owners, PaperName};
use crate::io::Terminal;
use crate::{Verdict, io, measured};

pub fn run(args: &Draw, terminal: &Terminal) -> Result<Verdict> {
    let format = format_of(args)?;
    let document = io::read_map(&args.map)?;
    let map = &document.map;
    let graph = BenefitGraph::new(map);
    let file = args.map.display();
    known(
        "--focus",
        &args.focus,
        "node",
        map.nodes.iter().map(|node| node.id.as_str()),
        &file,
    )?;
    known(
        "--owner",
        &args.owner,
        "owner",
        map.owners.iter().map(|owner| owner.id.as_str()),
        &file,
    )?;
    known(
        "--partner",
        &args.partner,
        "partner",
        map.partners.iter().map(|partner| partner.id.as_str()),
        &file,
    )?;
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let as_of = io::day_or_today(args.as_of)?;
    let signals = if args.measured.measurements.is_empty() {
        Default::default()
    } else {
        super::chart::signals(map, &measured::read(&args.measured, map, terminal)?, as_of)
    };
    let options = LayoutOptions {
        signals,
        focus: args.focus.clone(),
        depth: args.depth,
        rest: if args.only { Rest::Hidden } else { Rest::Faded },
        owners: args.owner.clone(),
        partners: args.partner.clone(),
        kinds: args.kind.clone(),
        owner_label: match args.owners {
            Owners::Names => OwnerLabel::Name,
            Owners::Initials => OwnerLabel::Initials,
            Owners::Hidden => OwnerLabel::Hidden,
        },
        link_detail: match args.lines {
            Lines::Plain => LinkDetail::Plain,
            Lines::Evidence => LinkDetail::Evidence,
        },
        map_order: if args.tidy { MapOrder::Forgotten } else { MapOrder::Kept },
        group_by: args.group_by.map(|what| match what {
            GroupBy::Owner => Grouping::Owner,
            GroupBy::Partner => Grouping::Partner,
            GroupBy::Tag => Grouping::Tag,
        }),
        direction: match args.direction {
            Direction::Right => ReadingDirection::Right,
            Direction::Down => ReadingDirection::Down,
        },
        paper: paper(args),
        extent: if args.overview { Extent::Overview } else { Extent::Whole },
        as_of: Some(as_of),
        source: args.map.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        ..Default::default()
    };
    let texts: Vec<String> = layout::pages(&graph, &options)
        .iter()
        .map(|scene| match format {
            DrawFormat::Svg => draw::svg(scene, args.theme),
            DrawFormat::Scene => draw::scene_json(scene),
        })
        .collect();
    match (texts.as_slice(), &args.output) {
        ([one], output) => io::write(output.as_deref(), one.as_bytes())?,
        (sheets, Some(output)) if !io::is_stream(output) => write_sheets(
            sheets,
            output,
            if args.replace { Replace::Yes } else { Replace::No },
            terminal,
        )?,
        (sheets, _) => bail!(
            "the map takes {} sheets of that paper: name a file with -o",
            sheets.len()
        ),
    }
    Ok(Verdict::Clean)
}

/// The paper and which way it lies.
fn paper(args: &Draw) -> Option<Paper> {
    let size = match args.paper {
        PaperName::None => return None,
        PaperName::A4 => PaperSize::A4,
        PaperName::A3 => PaperSize::A3,
        PaperName::A2 => PaperSize::A2,
        PaperName::Slide => PaperSize::Wide,
    };
    let turn = if args.portrait { Turn::Portrait } else { Turn::Landscape };
    Some(Paper { size, turn })
}

/// Writes each sheet beside the named file: `map.svg` becomes `map-1.svg`, `map-2.svg` and so on.
fn write_sheets(sheets: &[String], output: &Path, replace: Replace, terminal: &Terminal) -> Result<()> {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = output.extension().unwrap_or_default().to_string_lossy().into_owned();
    let path = |n: usize| output.with_file_name(format!("{stem}-{n}.{ending}"));
    let all: Vec<PathBuf> = (1..=sheets.len()).map(path).collect();
    if replace == Replace::No
        && let Some(there) = all.iter().find(|path| path.exists())
    {
        bail!(
            "{} is there already: give --replace, or name another file",
            there.display()
        );
    }
    for (path, sheet) in all.iter().zip(sheets) {
        io::write(Some(path), sheet.as_bytes())?;
    }
    terminal.say(format!(
        "wrote {} sheets, {} to {}",
        sheets.len(),
        all[0].display(),
        all[all.len() - 1].display()
    ));
    Ok(())
}

/// Whether files that the user did not name may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Replace {
    Yes,
    No,
}

/// What to write: as asked, else by the ending of the output's name.
fn format_of(args: &Draw) -> Result<DrawFormat> {
    let by_name = match &args.output {
        Some(path) if !io::is_stream(path) => Some(by_ending(path)?),
        _ => None,
    };
    Ok(args.format.or(by_name).unwrap_or(DrawFormat::Svg))
}

fn by_ending(path: &Path) -> Result<DrawFormat> {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(DrawFormat::Svg),
        Some("json") => Ok(DrawFormat::Scene),
        _ => bail!(
            "{} ends neither in .svg nor in .json: name the output so",
            path.display()
        ),
    }
}

/// Refuses an id that an option names and the map does not have, with a hint at the one that was meant.
pub fn known<'m, I: AsRef<str>>(
    option: &str,
    wanted: &[I],
    what: &str,
    there: impl Iterator<Item = &'m str> + Clone,
    file: &impl std::fmt::Display,
) -> Result<()> {
    for id in wanted {
        let id = id.as_ref();
        if !there.clone().any(|other| other == id) {
            let hint = match benefit_map::finding::nearest(id, there) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the ids of {what}s stand in {file}"),
            };
            bail!("{option} names `{id}`, which is no {what} of {file}: {hint}");
        }
    }
    Ok(())
}
