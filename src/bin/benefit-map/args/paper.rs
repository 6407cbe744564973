//! What may be typed to fit a picture to paper or to a shape.

use anyhow::{Result, bail};
use benefit_map::layout::{Paper, PaperSize, Sheets, Turn};
use clap::{Args, ValueEnum};

/// The longer side of a picture whose proportions alone were typed, in px.
const LONGER_SIDE: u32 = 1_600;
/// From so many px on both sides a shape is taken as a size.
const LEAST_SIZE: u32 = 100;
/// No side of a shape is longer, in px.
const MOST_SIDE: u32 = 10_000;
/// No shape is longer than so many times its other side: nothing that is read would fit on it.
const MOST_PROPORTION: u32 = 10;

/// Where a picture is to fit.
#[derive(Debug, Clone, Copy, Args)]
pub struct OnPaper {
    /// Fit the map to this paper. A map that does not fit on one sheet goes on several: pages of a PDF, or else files named
    /// FILE-1, FILE-2 and so on.
    #[arg(long, value_enum, default_value_t = PaperName::None)]
    paper: PaperName,
    /// Fit the map to one picture of this shape, however small its text becomes: `a4`, `a3`, `a2`, `16x9`, or WIDTHxHEIGHT such as
    /// `1920x1080`, which a PNG then has in pixels, or `4x3`.
    #[arg(long, value_name = "SHAPE", value_parser = shape, conflicts_with = "paper")]
    fit: Option<PaperSize>,
    /// Use the paper in landscape [default: the way that takes fewer sheets, then has the larger text].
    #[arg(long, conflicts_with = "portrait")]
    landscape: bool,
    /// Use the paper in portrait.
    #[arg(long)]
    portrait: bool,
}

impl OnPaper {
    /// The paper, and on how many sheets of it the map may go; `None` for a picture of any size.
    ///
    /// # Errors
    /// Where a way to lie was asked for of what lies as it is.
    pub fn paper(self) -> Result<Option<(Paper, Sheets)>> {
        let is_turned = self.landscape || self.portrait;
        let (size, sheets) = match (self.fit, self.paper) {
            (Some(PaperSize::Shape { width, height }), _) if is_turned => {
                bail!(
                    "a shape such as {width}x{height} lies as it is: leave out --landscape and --portrait, or write {height}x{width}"
                )
            }
            (Some(size), _) => (size, Sheets::One),
            (None, PaperName::None) if is_turned => {
                bail!("--landscape and --portrait say how paper lies: add --paper or --fit, or leave them out")
            }
            (None, PaperName::None) => return Ok(None),
            (None, PaperName::A4) => (PaperSize::A4, Sheets::AsNeeded),
            (None, PaperName::A3) => (PaperSize::A3, Sheets::AsNeeded),
            (None, PaperName::A2) => (PaperSize::A2, Sheets::AsNeeded),
            (None, PaperName::Slide) => (PaperSize::Wide, Sheets::AsNeeded),
        };
        let turn = match (self.portrait, self.landscape, size) {
            (true, _, _) => Turn::Portrait,
            // A slide lies across where nobody says otherwise.
            (_, true, _) | (_, _, PaperSize::Wide | PaperSize::Shape { .. }) => Turn::Landscape,
            (false, false, _) => Turn::Either,
        };
        Ok(Some((Paper { size, turn }, sheets)))
    }
}

/// A paper by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperName {
    /// One picture of any size.
    None,
    /// 297 by 210 mm.
    A4,
    /// 420 by 297 mm.
    A3,
    /// 594 by 420 mm.
    A2,
    /// A slide.
    #[value(name = "16x9")]
    Slide,
}

/// The size of a shape that was typed.
fn shape(text: &str) -> std::result::Result<PaperSize, String> {
    let typed = text.trim().to_lowercase();
    match typed.as_str() {
        "a4" => return Ok(PaperSize::A4),
        "a3" => return Ok(PaperSize::A3),
        "a2" => return Ok(PaperSize::A2),
        "16x9" => return Ok(PaperSize::Wide),
        _ => {}
    }
    let sides = typed.split_once(['x', '×', ':']);
    let sides = sides.and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)));
    let (width, height): (u32, u32) = sides
        .filter(|&(width, height)| width > 0 && height > 0)
        .ok_or("it is not a shape: write a4, a3, a2 or 16x9, or a width and a height such as 1920x1080 or 4x3")?;
    let (longer, shorter) = (width.max(height), width.min(height));
    if longer > MOST_SIDE {
        return Err(format!("a side has at most {MOST_SIDE} px: write a smaller shape"));
    }
    if longer > shorter * MOST_PROPORTION {
        return Err(format!(
            "one side is more than {MOST_PROPORTION} times the other, so that nothing could be read: write a shape nearer to a square"
        ));
    }
    Ok(match shorter >= LEAST_SIZE {
        true => PaperSize::Shape { width, height },
        false => PaperSize::Shape {
            width: width * LONGER_SIDE / longer,
            height: height * LONGER_SIDE / longer,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_a_paper_a_size_or_proportions() {
        assert_eq!(shape("A4"), Ok(PaperSize::A4));
        assert_eq!(shape("16x9"), Ok(PaperSize::Wide));
        let of = |width, height| Ok(PaperSize::Shape { width, height });
        assert_eq!(shape("1920x1080"), of(1920, 1080));
        assert_eq!(shape("1080 X 1920"), of(1080, 1920));
        assert_eq!(shape("4:3"), of(1600, 1200));
        assert_eq!(shape("3×4"), of(1200, 1600));
        for odd in ["", "a5", "x", "4x", "0x5", "-4x3", "1e3x200", "4x3x2", "99999999999x1"] {
            assert!(shape(odd).unwrap_err().contains("write a4"), "{odd}");
        }
        assert!(shape("10001x9000").unwrap_err().contains("at most"));
        assert!(shape("2000x199").unwrap_err().contains("nearer to a square"));
    }
}
