//! Pictures on their way to a file: which format, how many pixels, and one file or several.

use std::path::Path;

use anyhow::{Result, bail};
use benefit_map::draw::{self, Resolution};
use benefit_map::layout::PaperSize;
use benefit_map::scene::Scene;
use benefit_map::scene::theme::Theme;

use crate::args::Pixels;
use crate::files::{Files, Over};
use crate::fonts;
use crate::io::Terminal;
use crate::output::Place;
use crate::progress;

/// What is to be written.
pub struct Wanted {
    /// As what.
    pub format: PictureFormat,
    /// In which colours.
    pub theme: &'static Theme,
    /// In how many pixels, where it has pixels.
    pub pixels: Pixels,
    /// Whether files that the user did not name may be replaced.
    pub replace: Replace,
}

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    Svg,
    Png,
    Pdf,
    Scene,
}

/// Whether files that the user did not name may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    Yes,
    No,
}

impl Pixels {
    /// The same, and where nobody said how many there should be, those of a shape that was asked for in px.
    pub fn or_exactly(self, size: Option<PaperSize>) -> Self {
        match (self.scale, self.dpi, size) {
            (None, None, Some(PaperSize::Shape { .. })) => Self {
                scale: Some(1.0),
                ..self
            },
            _ => self,
        }
    }

    /// What was asked for, else twice the drawing, sharp on a screen and on most printers, or as much as a large one may
    /// have.
    pub fn resolution(self, scene: &Scene) -> Resolution {
        match (self.scale, self.dpi) {
            (_, Some(dpi)) => Resolution::Dpi(dpi),
            (Some(scale), None) => Resolution::Scale(scale),
            (None, None) => Resolution::within_limits(scene, 2.0),
        }
    }
}

/// Writes sheets: pages of one PDF, else a file each.
///
/// `what` is what is in them, as in `33 boxes`.
pub fn write(
    scenes: &[Scene],
    wanted: &Wanted,
    (place, what): (&Place, &str),
    files: &Files,
    terminal: &Terminal,
) -> Result<()> {
    let theme = wanted.theme;
    if wanted.format != PictureFormat::Png && (wanted.pixels.scale.is_some() || wanted.pixels.dpi.is_some()) {
        bail!("only a PNG has pixels: leave out --scale and --dpi, or name an output that ends in .png");
    }
    progress::stage("Drawing the picture");
    let sheets: Vec<Vec<u8>> = match wanted.format {
        PictureFormat::Svg => scenes
            .iter()
            .map(|scene| draw::svg(scene, theme).into_bytes())
            .collect(),
        PictureFormat::Scene => scenes
            .iter()
            .map(|scene| draw::scene_json(scene).into_bytes())
            .collect(),
        PictureFormat::Png => {
            let fonts = fonts::in_theme(scenes, theme, terminal);
            scenes
                .iter()
                .map(|scene| draw::png(scene, theme, &fonts, wanted.pixels.resolution(scene)))
                .collect::<Result<_, _>>()?
        }
        PictureFormat::Pdf => {
            let fonts = fonts::in_theme(scenes, theme, terminal);
            vec![draw::pdf::write(&draw::pdf::of_scenes(scenes, theme)?, &fonts)?]
        }
    };
    match (sheets.as_slice(), place.path()) {
        ([one], _) => {
            let sheets = match scenes.len() {
                1 => String::new(),
                many => format!(" on {many} pages"),
            };
            files.write(place, one)?.say(format!("{what}{sheets}"), terminal);
            Ok(())
        }
        (sheets, Some(_)) => write_sheets(sheets, (place, what), wanted, files, terminal),
        (sheets, _) => bail!(
            "the map takes {} sheets of that paper: name a file with -o",
            sheets.len()
        ),
    }
}

/// Writes each sheet beside the named file: `map.svg` becomes `map-1.svg`, `map-2.svg` and so on.
fn write_sheets(
    sheets: &[Vec<u8>],
    (place, what): (&Place, &str),
    wanted: &Wanted,
    files: &Files,
    terminal: &Terminal,
) -> Result<()> {
    let output = place.path().unwrap_or(Path::new("map"));
    let stem = output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = match output.extension() {
        Some(ending) => format!(".{}", ending.to_string_lossy()),
        None => String::new(),
    };
    let all: Vec<Place> = (1..=sheets.len())
        .filter_map(|n| place.beside(&format!("{stem}-{n}{ending}")))
        .collect();
    let paths: Vec<&Path> = all.iter().filter_map(Place::path).collect();
    if wanted.replace == Replace::No
        && let Some(there) = paths.iter().find(|path| path.exists())
    {
        bail!(
            "{} already exists: use --replace, or name another file",
            there.display()
        );
    }
    let written = all
        .iter()
        .zip(sheets)
        .map(|(place, sheet)| (place, sheet.as_slice(), Over::Results));
    files
        .write_all(&written.collect::<Vec<_>>())?
        .say(format!("{what} on {} sheets", sheets.len()), terminal);
    Ok(())
}
