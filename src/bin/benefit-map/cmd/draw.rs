//! `draw`: the picture, or its numbers.

use std::path::Path;

use anyhow::{Result, bail};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, LinkDetail, OwnerLabel, Rest};
use benefit_map::{draw, layout};

use crate::args::{Draw, DrawFormat, Lines, Owners};
use crate::io::Terminal;
use crate::{Verdict, io};

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
    let options = LayoutOptions {
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
        as_of: Some(io::day_or_today(args.as_of)?),
        source: args.map.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        ..Default::default()
    };
    let scene = layout::layout(&graph, &options);
    let text = match format {
        DrawFormat::Svg => draw::svg(&scene, args.theme),
        DrawFormat::Scene => draw::scene_json(&scene),
    };
    io::write(args.output.as_deref(), text.as_bytes())?;
    Ok(Verdict::Clean)
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
fn known<'m, I: AsRef<str>>(
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
