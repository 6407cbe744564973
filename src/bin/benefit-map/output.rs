//! Where a result goes and as what: --format says it, else the ending of the name.
//!
//! Only here is a [`Place`] made, and nothing is written but to a place: so no command can write to a name that nobody looked at.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::io;

/// The formats that a command writes, each with the endings of its files: the one table that --format, the endings and the help
/// go by.
pub trait Format: ValueEnum + Copy + PartialEq + 'static {
    /// The endings of files of this format, in lower case and without a point; none where --format alone asks for it.
    fn endings(self) -> &'static [&'static str];

    /// The formats that there are, the one of standard output and of names without an ending first.
    fn all() -> &'static [Self] {
        Self::value_variants()
    }
}

/// Where something is written.
#[derive(Debug, Clone)]
pub struct Place {
    path: Option<PathBuf>,
}

impl Place {
    /// The file; none is standard output.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A file of that name in the same folder; standard output has none beside it.
    pub fn beside(&self, name: &str) -> Option<Self> {
        self.path.as_ref().map(|path| Self {
            path: Some(path.with_file_name(name)),
        })
    }
}

/// Where a result goes, and as what.
#[derive(Debug, Clone)]
pub struct Output<F> {
    /// As what.
    pub format: F,
    /// Where.
    pub place: Place,
}

/// What the command writes and where: as asked, else as the name ends, else the first of its formats. `what` is written, as in
/// `the benefits register`.
pub fn of<F: Format>(what: &str, asked: Option<F>, output: Option<&Path>) -> Result<Output<F>> {
    among(what, F::all(), asked, output)
}

/// As [`of`], where what is written cannot be written in every format of the command.
pub fn among<F: Format>(what: &str, formats: &[F], asked: Option<F>, output: Option<&Path>) -> Result<Output<F>> {
    let place = place_of(output);
    if let Some(format) = asked {
        if !formats.contains(&format) {
            let names: Vec<String> = formats.iter().map(|format| word(*format)).collect();
            bail!(
                "{what} cannot be written as {}, but as {}",
                word(format),
                listed(&names)
            );
        }
        return Ok(Output { format, place });
    }
    let Some(ending) = place.path().and_then(ending) else {
        let Some(format) = formats.first() else {
            bail!("{what} cannot be written");
        };
        return Ok(Output { format: *format, place });
    };
    match formats
        .iter()
        .find(|format| format.endings().contains(&ending.as_str()))
    {
        Some(format) => Ok(Output { format: *format, place }),
        None => {
            let endings: Vec<&str> = formats.iter().flat_map(|format| format.endings()).copied().collect();
            bail!(
                "{}, or give the format with --format",
                refusal(&place, &ending, what, &endings)
            )
        }
    }
}

/// Where a thing goes that is written in one format alone: its name ends so, or has no ending.
pub fn only(what: &str, endings: &[&str], output: Option<&Path>) -> Result<Place> {
    let place = place_of(output);
    match place.path().and_then(ending) {
        Some(ending) if !endings.contains(&ending.as_str()) => bail!(refusal(&place, &ending, what, endings)),
        _ => Ok(place),
    }
}

/// Where a map goes.
pub fn map(output: &Path) -> Result<Place> {
    only("a map", &["json"], Some(output))
}

/// Where a map goes that is changed where it stands, whatever its name is: it was read from there.
pub fn itself(map: &Path) -> Place {
    place_of(Some(map))
}

/// Endings of files: a folder of such a name is most likely a slip.
const FILES: [&str; 26] = [
    "zip", "7z", "gz", "tar", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json", "pdf", "docx", "doc", "odt",
    "pptx", "svg", "png", "html", "htm", "md", "xml", "dot", "graphml", "drawio",
];

/// Refuses the name of a folder that is not there and would be called as a file is.
pub fn folder(what: &str, path: &Path) -> Result<()> {
    match ending(path) {
        _ if io::is_stream(path) => bail!("{what} is written to a folder: name one"),
        Some(ending) if FILES.contains(&ending.as_str()) && !path.is_dir() => bail!(
            "{} ends in .{ending}, but {what} is written to a folder: give the folder a name without that ending",
            path.display()
        ),
        _ => Ok(()),
    }
}

/// What the help says of --format.
pub fn format_help<F: Format>() -> String {
    match F::all().first() {
        Some(first) => format!("The format [default: by the ending of FILE, else {}]", word(*first)),
        None => String::new(),
    }
}

/// What the help says of -o.
pub fn output_help<F: Format>() -> String {
    let endings: Vec<String> = F::all()
        .iter()
        .filter(|format| !format.endings().is_empty())
        .map(|format| format!("`.{}`", format.endings().join("`, `.")))
        .collect();
    format!(
        "Where to write. The ending decides the format: {}; with --format any name works. `-`, or no FILE, writes to standard output",
        listed(&endings)
    )
}

/// The ending of a path in lower case, without its point.
pub fn ending(path: &Path) -> Option<String> {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .filter(|ending| !ending.is_empty())
}

fn place_of(output: Option<&Path>) -> Place {
    Place {
        path: output.filter(|path| !io::is_stream(path)).map(Path::to_owned),
    }
}

fn refusal(place: &Place, ending: &str, what: &str, endings: &[&str]) -> String {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    format!(
        "{} ends in .{ending}, but {what} can only be written as {}: change the ending",
        place.path().unwrap_or(Path::new("-")).display(),
        listed(&endings)
    )
}

/// `a`, `a or b`, `a, b or c`.
fn listed(words: &[impl Display]) -> String {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn word<F: Format>(format: F) -> String {
    format
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::DrawFormat;

    fn drawn(asked: Option<DrawFormat>, output: Option<&str>) -> Result<DrawFormat> {
        of("the drawing", asked, output.map(Path::new)).map(|output| output.format)
    }

    #[test]
    fn the_ending_decides_and_the_format_before_it() {
        for (asked, output, format) in [
            (None, None, DrawFormat::Svg),
            (None, Some("-"), DrawFormat::Svg),
            (None, Some("map"), DrawFormat::Svg),
            (None, Some(".hidden"), DrawFormat::Svg),
            (None, Some("a.b/map"), DrawFormat::Svg),
            (None, Some("map.PNG"), DrawFormat::Png),
            (None, Some("map.svg.htm"), DrawFormat::Html),
            (Some(DrawFormat::Pdf), Some("map.svg"), DrawFormat::Pdf),
            (Some(DrawFormat::Pdf), Some("map.whatever"), DrawFormat::Pdf),
        ] {
            assert_eq!(drawn(asked, output).unwrap(), format, "{asked:?} {output:?}");
        }
        let refused = drawn(None, Some("map.jpg")).unwrap_err().to_string();
        assert_eq!(
            refused,
            "map.jpg ends in .jpg, but the drawing can only be written as .svg, .png, .pdf, .pptx, .html, .htm or .json: \
             change the ending, or give the format with --format"
        );
    }

    #[test]
    fn what_is_written_in_one_format_alone_has_its_endings() {
        assert!(map(Path::new("map.JSON")).is_ok() && map(Path::new("map")).is_ok() && map(Path::new("-")).is_ok());
        let refused = map(Path::new("map.svg")).unwrap_err().to_string();
        assert_eq!(
            refused,
            "map.svg ends in .svg, but a map can only be written as .json: change the ending"
        );
        assert!(folder("tables", Path::new("v1.2")).is_ok());
        assert!(folder("tables", Path::new("tables.ZIP")).is_err());
    }
}
