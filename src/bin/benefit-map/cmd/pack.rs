//! `pack`: every view of a map as files, once or at every save.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use benefit_map::draw::{self, Fonts, Resolution, pptx};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::limits;
use benefit_map::report::chart;
use benefit_map::report::deck::{DeckOptions, SlideKind, deck};
use benefit_map::report::pack::{self, View};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::args::{Pack, PackFormat, Packed, Watch};
use crate::cmd::tables::counted;
use crate::files::{self, Files, InFolder, Wrote};
use crate::io::Terminal;
use crate::{Verdict, document, fonts, io, measured, output, progress, watch};

/// Names and bytes.
type Named = Vec<(String, Vec<u8>)>;

pub fn pack(args: &Pack, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if args.watch {
        return watched(&args.what, terminal);
    }
    once(&args.what, files, terminal)?;
    Ok(Verdict::Clean)
}

/// The old spelling of `pack --watch`.
pub fn old_watch(args: &Watch, terminal: &Terminal) -> Result<Verdict> {
    terminal.renamed("benefit-map watch", "benefit-map pack --watch");
    watched(&args.what, terminal)
}

fn watched(what: &Packed, terminal: &Terminal) -> Result<Verdict> {
    if io::is_stream(&what.map) || is_zip(&what.output) {
        bail!("--watch needs a map that is a file and an output that is a folder: name both");
    }
    // What was written the last time is written again.
    let again = || once(what, &Files::new(), terminal);
    watch::watch(watch::of_map(&what.map, &what.measured), again, terminal)
}

fn once(what: &Packed, files: &Files, terminal: &Terminal) -> Result<()> {
    let zip = match is_zip(&what.output) {
        true => Some(output::only("a pack", &["zip"], Some(&what.output))?),
        false => None,
    };
    if zip.is_none() {
        output::folder("a pack that is not a .zip file", &what.output)?;
    }
    let read = files.map(&what.map)?;
    let map = &read.map;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &what.map, terminal);
    let as_of = io::day_or_today(what.as_of)?;
    let mut base = LayoutOptions::default();
    base.as_of = Some(as_of);
    base.source = what.map.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(known) = measured::read_named(&what.measured, map, as_of, files, terminal)? {
        base.signals = chart::signals(map, &known, as_of);
    }
    let mut formats = what.formats.clone();
    formats.sort();
    formats.dedup();
    let views = pack::views(map, &base);
    let most = match formats.contains(&PackFormat::Png) {
        true => &limits::PACK_PAINTED_BOXES,
        false => &limits::PACK_BOXES,
    };
    pack::within_limits(&graph, &views, most)?;
    let fonts = fonts::for_letters(document::lacking(map), terminal);
    progress::stage(format!("Drawing {} views", views.len()));
    let mut packed = drawn(&graph, &views, &formats, &fonts, what)?;
    let endings: Vec<&str> = formats.iter().map(|format| ending(*format)).collect();
    packed.push(("index.html".to_owned(), pack::index(map, &views, &endings).into_bytes()));
    if let Some(zip) = zip {
        let wrote = files.write(&zip, &zipped(&packed)?)?;
        wrote.say(counted(packed.len(), "file", "files"), terminal);
        return Ok(());
    }
    let (wrote, written) = into_folder(&packed, what, files)?;
    wrote.say(
        format!(
            "{}: {written} new or changed, {} as they were",
            counted(packed.len(), "file", "files"),
            packed.len() - written
        ),
        terminal,
    );
    terminal.note(format!("open {} first", what.output.join("index.html").display()));
    Ok(())
}

/// Every view in every format, drawn by as many threads as there are processors; in the order of views, then formats.
fn drawn(
    graph: &BenefitGraph<'_>,
    views: &[View],
    formats: &[PackFormat],
    fonts: &Fonts,
    what: &Packed,
) -> Result<Named> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<Named>>>> = Mutex::new(views.iter().map(|_| None).collect());
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(views.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(view) = views.get(at) else { return };
                    let files = view_files(graph, view, formats, fonts, what);
                    if let Ok(mut done) = done.lock() {
                        done[at] = Some(files);
                    }
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut out = Vec::new();
    for (view, files) in views.iter().zip(done) {
        out.extend(files.with_context(|| format!("{} was not drawn", view.name))??);
    }
    Ok(out)
}

fn view_files(
    graph: &BenefitGraph<'_>,
    view: &View,
    formats: &[PackFormat],
    fonts: &Fonts,
    what: &Packed,
) -> Result<Named> {
    let scene = layout::layout(graph, &view.layout);
    let theme = what.theme;
    let mut out = Named::new();
    for &format in formats {
        let bytes = match format {
            PackFormat::Svg => draw::svg(&scene, theme).into_bytes(),
            PackFormat::Png => draw::png(&scene, theme, fonts, Resolution::within_limits(&scene, 2.0))?,
            PackFormat::Pdf => draw::pdf::write(&draw::pdf::of_scenes(std::slice::from_ref(&scene), theme)?, fonts)?,
            PackFormat::Pptx => pptx::write(&deck(graph, &{
                let mut options = DeckOptions::new(vec![SlideKind::Overview]);
                options.layout = view.layout.clone();
                options.theme = theme;
                options
            }))?,
        };
        out.push((format!("{}.{}", view.name, ending(format)), bytes));
    }
    Ok(out)
}

fn ending(format: PackFormat) -> &'static str {
    match format {
        PackFormat::Svg => "svg",
        PackFormat::Png => "png",
        PackFormat::Pdf => "pdf",
        PackFormat::Pptx => "pptx",
    }
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// The files as an archive that bears no time of day.
fn zipped(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Writes what has changed, and says how much that was.
fn into_folder(packed: &[(String, Vec<u8>)], what: &Packed, run: &Files) -> Result<(Wrote, usize)> {
    let folder = &what.output;
    let is_pack =
        files::there(&folder.join("index.html")).is_some_and(|page| pack::is_index(&String::from_utf8_lossy(&page)));
    if files::is_filled(folder) && !is_pack && !what.replace {
        bail!(
            "{} has other files in it: name an empty folder, or use --replace to write among them",
            folder.display()
        );
    }
    let over = match what.replace {
        true => InFolder::Anything,
        false => InFolder::Results,
    };
    run.write_folder(folder, packed, over)
}
