//! `draw`: the picture of a map in any format, or its numbers.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use benefit_map::appraise::{Assumed, appraise};
use benefit_map::draw::pptx;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{
    Extent, Fitted, LayoutOptions, LinkDetail, MapOrder, Paper, ReadingDirection, Rest, ShareLines, Sheets, Turn, Votes,
};
use benefit_map::map::{BenefitMap, Node, NodeId, Owner, Partner, group_digits, limits};
use benefit_map::report::CaseOptions;
use benefit_map::report::deck::{DeckOptions, SlideKind, deck, within_limits};
use benefit_map::report::{chart, money_chart};
use benefit_map::scene::Scene;
use benefit_map::survey::{LINKS, Scale, question_of};
use benefit_map::{layout, track};

use crate::args::{Answered, Draw, DrawFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::picture::{self, PictureFormat, Replace, Wanted};
use crate::{Verdict, io, measured, named, output, progress, watch};

pub fn run(args: &Draw, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let asked = if args.replace { Replace::Yes } else { Replace::No };
    if args.watch {
        if io::is_stream(&args.map) || args.output.as_deref().is_none_or(io::is_stream) {
            bail!("--watch needs a map and an output that are files: name both");
        }
        let mut replace = asked;
        let again = || {
            once(args, replace, &Files::new(), terminal)?;
            // The sheets that are there from now on are those of the last time.
            replace = Replace::Yes;
            Ok(())
        };
        return watch::watch(watch::of_map(&args.map, &args.measured), again, terminal);
    }
    once(args, asked, files, terminal)
}

fn once(args: &Draw, replace: Replace, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the drawing", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let graph = BenefitGraph::new(map);
    let file = args.map.display();
    let focus = named::find_all::<Node>("--focus", &args.focus, map, &file)?;
    let owners = named::find_all::<Owner>("--owner", &args.owner, map, &file)?;
    let partners = named::find_all::<Partner>("--partner", &args.partner, map, &file)?;
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read_named(&args.measured, map, as_of, files, terminal)?;
    let signals = measurements
        .as_ref()
        .map(|known| chart::signals(map, known, as_of))
        .unwrap_or_default();
    let mut options = LayoutOptions::default();
    options.signals = signals;
    options.focus = focus.iter().map(|node| node.id.clone()).collect();
    options.depth = args.depth;
    options.rest = if args.only { Rest::Hidden } else { Rest::Faded };
    options.owners = owners.iter().map(|owner| owner.id.clone()).collect();
    options.partners = partners.iter().map(|partner| partner.id.clone()).collect();
    options.kinds = args.kind.clone();
    options.owner_label = args.owners;
    options.link_detail = args.lines;
    options.share_lines = args.share_lines;
    if let (ShareLines::Trunks | ShareLines::Uprights, Some(_)) = (args.share_lines, args.group_by) {
        bail!(
            "bands lead each line by itself: leave out --group-by, or --share-lines {}",
            args.share_lines
        );
    }
    options.votes = votes(args, map, files, terminal)?;
    if args.lines == LinkDetail::Money {
        let appraised = appraise(&graph, &Assumed::default()).map_err(|why| super::appraise::told(&why, &document))?;
        if let Some(option) = appraised.preferred() {
            options.money = money_chart::link_money(&graph, &appraised, option);
        }
    }
    options.map_order = if args.tidy { MapOrder::Forgotten } else { MapOrder::Kept };
    options.group_by = args.group_by;
    options.direction = args.direction;
    if let Some((paper, sheets)) = args.on_paper.paper()? {
        options.paper = Some(paper);
        options.sheets = sheets;
    }
    options.extent = if args.overview { Extent::Overview } else { Extent::Whole };
    options.as_of = Some(as_of);
    options.source = args.map.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let shown = match output.format {
        DrawFormat::Png | DrawFormat::Pdf if options.paper.is_none() => layout::sheet_within_limits(&graph, &options)?,
        _ => layout::within_limits(&graph, &options)?,
    };
    if output.format == DrawFormat::Html {
        limits::PAGE_BOXES.hold(shown.boxes)?;
    }
    let boxes = group_digits(&map.nodes.len().to_string());
    progress::stage(format!("Placing the boxes of a map of {boxes}"));
    let what = match options.extent {
        Extent::Overview => "an overview".to_owned(),
        _ => counted(shown.boxes, "box", "boxes"),
    };
    if output.format == DrawFormat::Html {
        return super::viewer::write(
            args,
            &graph,
            &options,
            measurements.as_ref(),
            as_of,
            (&output.place, &what),
            (files, terminal),
        );
    }
    if args.findings.is_some() {
        bail!("only an HTML page shows findings: leave out --findings, or name an output that ends in .html");
    }
    if output.format == DrawFormat::Pptx {
        let standing = measurements.as_ref().map(|known| track::standing(&graph, known, as_of));
        if options.sheets == Sheets::One {
            bail!(
                "slides have a shape of their own: leave out --fit, or name an output that ends in .svg, .png or .pdf"
            );
        }
        let bytes = slides(args, &graph, options, (standing.as_ref(), measurements.as_ref()), files)?;
        files.write(&output.place, &bytes)?.say(what, terminal);
        return Ok(Verdict::Clean);
    }
    if args.template.is_some() {
        bail!("only a presentation has a template: leave out --template, or name an output that ends in .pptx");
    }
    if !args.slides.is_empty() {
        bail!("only a presentation has slides: leave out --slides, or name an output that ends in .pptx");
    }
    let fitted = layout::fitted(&graph, &options);
    let form = form(&fitted, &options);
    let wanted = Wanted {
        format: match output.format {
            DrawFormat::Png => PictureFormat::Png,
            DrawFormat::Pdf => PictureFormat::Pdf,
            DrawFormat::Scene => PictureFormat::Scene,
            _ => PictureFormat::Svg,
        },
        theme: args.theme,
        pixels: args.pixels.or_exactly(options.paper.map(|paper| paper.size)),
        replace,
    };
    let what = format!("{what}{form}");
    picture::write(&fitted.scenes, &wanted, (&output.place, &what), files, terminal)?;
    Ok(Verdict::Clean)
}

/// What was chosen for a map on paper, to be said after what is on it: which way the sheets lie and are read, and how small their
/// text is. Empty where there is no paper.
fn form(fitted: &Fitted, options: &LayoutOptions) -> String {
    let Some(Paper { turn, .. }) = options.paper else {
        return String::new();
    };
    let mut parts = Vec::new();
    let is_upright = fitted
        .scenes
        .iter()
        .filter_map(|scene| scene.paper)
        .any(|(across, down)| across < down);
    if turn == Turn::Either {
        parts.push(if is_upright { "portrait" } else { "landscape" }.to_owned());
    }
    if fitted.direction != options.direction && fitted.direction == ReadingDirection::Down {
        parts.push("read downward".to_owned());
    }
    let least = fitted
        .scenes
        .iter()
        .filter_map(Scene::least_type)
        .fold(f64::MAX, f64::min);
    if least < f64::MAX {
        parts.push(format!("text from {least:.1} pt"));
    }
    parts.iter().map(|part| format!(", {part}")).collect()
}

/// How sure people are of each link, where that is to be drawn.
fn votes(
    args: &Draw,
    map: &BenefitMap,
    files: &Files,
    terminal: &Terminal,
) -> Result<BTreeMap<(NodeId, NodeId), Votes>> {
    let is_asked = args.lines == LinkDetail::Confidence;
    match (is_asked, args.answers.is_empty()) {
        (false, true) => return Ok(BTreeMap::new()),
        (false, false) => bail!("--answers is for `--lines confidence`: add that, or leave out --answers"),
        (true, true) => bail!("`--lines confidence` shows what people answered: name the files with --answers"),
        (true, false) => {}
    }
    let answered = Answered::default();
    let wanted = super::survey_results::Wanted {
        answers: &args.answers,
        answered: &answered,
        set: Some(LINKS),
        round: None,
    };
    let (sets, answers) = wanted.read(map, files, terminal)?;
    let results = wanted.results(&sets, &answers)?;
    let questions = results.iter().flat_map(|one| &one.questions);
    let by_question: BTreeMap<&str, Votes> = questions
        .map(|result| {
            let votes = Votes {
                lowest: result.tally.lowest(),
                divided: result.tally.divides(),
                words: result.tally.words(Scale::Confidence),
            };
            (result.question.id.as_str(), votes)
        })
        .collect();
    let of_links = map.links.iter().filter_map(|link| {
        let votes = by_question.get(question_of(link).as_str())?;
        Some(((link.from.clone(), link.to.clone()), votes.clone()))
    });
    Ok(of_links.collect())
}

/// The map as a presentation.
fn slides(
    args: &Draw,
    graph: &BenefitGraph<'_>,
    layout: LayoutOptions,
    (standing, measurements): (Option<&track::Standing<'_>>, Option<&track::Measurements>),
    files: &Files,
) -> Result<Vec<u8>> {
    if args.pixels.scale.is_some() || args.pixels.dpi.is_some() {
        bail!("only a PNG has pixels: leave out --scale and --dpi, or name an output that ends in .png");
    }
    let mut options = DeckOptions::new(if args.slides.is_empty() {
        vec![SlideKind::Overview]
    } else {
        args.slides.clone()
    });
    options.layout = layout;
    options.theme = args.theme;
    options.standing = standing;
    options.template = crate::document::slide_template(args.template.as_deref(), files)?;
    // What only a board reads needs the measurements themselves.
    if measurements.is_some()
        && let Some(as_of) = options.layout.as_of
        && options.slides.contains(&SlideKind::Benefits)
    {
        let mut case = CaseOptions::new(as_of);
        case.measurements = measurements;
        options.board = Some(case);
    }
    within_limits(graph, &options)?;
    Ok(pptx::write(&deck(graph, &options))?)
}
