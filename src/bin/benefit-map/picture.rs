//! Pictures on their way to a file: which format, how many pixels, and one file or several.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use benefit_map::draw::{self, Resolution};
use benefit_map::scene::Scene;
use benefit_map::scene::theme::Theme;

use crate::args::{DrawFormat, Pixels};
use crate::io::Terminal;
use crate::{fonts, io};

/// What is to be written.
pub struct Wanted {
    /// As what.
    pub format: DrawFormat,
    /// In which colours.
    pub theme: &'static Theme,
    /// In how many pixels, where it has pixels.
    pub pixels: Pixels,
    /// Whether files that the user did not name may be replaced.
    pub replace: Replace,
}

/// Whether files that the user did not name may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    Yes,
    No,
}

impl Pixels {
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
pub fn write(scenes: &[Scene], wanted: &Wanted, output: Option<&Path>, terminal: &Terminal) -> Result<()> {
    let theme = wanted.theme;
    if wanted.format != DrawFormat::Png && (wanted.pixels.scale.is_some() || wanted.pixels.dpi.is_some()) {
        bail!("only a PNG has pixels: leave --scale and --dpi out, or name an output that ends in .png");
    }
    let files: Vec<Vec<u8>> = match wanted.format {
        DrawFormat::Svg => scenes
            .iter()
            .map(|scene| draw::svg(scene, theme).into_bytes())
            .collect(),
        DrawFormat::Scene => scenes
            .iter()
            .map(|scene| draw::scene_json(scene).into_bytes())
            .collect(),
        DrawFormat::Png => {
            let fonts = fonts::for_scenes(scenes, terminal);
            scenes
                .iter()
                .map(|scene| draw::png(scene, theme, &fonts, wanted.pixels.resolution(scene)))
                .collect::<Result<_, _>>()?
        }
        DrawFormat::Html => bail!("a chart cannot be a page to explore: write .svg, .png or .pdf"),
        DrawFormat::Pptx => bail!("a chart cannot be a presentation: write .svg, .png or .pdf"),
        DrawFormat::Pdf => {
            let fonts = fonts::for_scenes(scenes, terminal);
            vec![draw::pdf::write(&draw::pdf::of_scenes(scenes, theme), &fonts)?]
        }
    };
    match (files.as_slice(), output) {
        ([one], output) => io::write(output, one),
        (sheets, Some(output)) if !io::is_stream(output) => write_sheets(sheets, output, wanted.replace, terminal),
        (sheets, _) => bail!(
            "the map takes {} sheets of that paper: name a file with -o",
            sheets.len()
        ),
    }
}

/// Writes each sheet beside the named file: `map.svg` becomes `map-1.svg`, `map-2.svg` and so on.
fn write_sheets(sheets: &[Vec<u8>], output: &Path, replace: Replace, terminal: &Terminal) -> Result<()> {
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
        io::write(Some(path), sheet)?;
    }
    terminal.say(format!(
        "wrote {} sheets, {} to {}",
        sheets.len(),
        all[0].display(),
        all[all.len() - 1].display()
    ));
    Ok(())
}

/// What to write: as asked, else by the ending of the output's name.
pub fn format_of(asked: Option<DrawFormat>, output: Option<&Path>) -> Result<DrawFormat> {
    let by_name = match output {
        Some(path) if !io::is_stream(path) => Some(by_ending(path)?),
        _ => None,
    };
    Ok(asked.or(by_name).unwrap_or(DrawFormat::Svg))
}

fn by_ending(path: &Path) -> Result<DrawFormat> {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_ref().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(DrawFormat::Svg),
        Some("png") => Ok(DrawFormat::Png),
        Some("pdf") => Ok(DrawFormat::Pdf),
        Some("html" | "htm") => Ok(DrawFormat::Html),
        Some("pptx") => Ok(DrawFormat::Pptx),
        Some("json") => Ok(DrawFormat::Scene),
        _ => bail!(
            "{} ends in none of .svg, .png, .pdf, .pptx, .html and .json: name the output so",
            path.display()
        ),
    }
}
