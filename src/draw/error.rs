//! Why a picture could not be written.

/// `12345` as `12,345`.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// Why a picture could not be written. The scene is never at fault: whatever it holds can be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A picture of points that would be too large to make, and for most programs too large to open.
    #[error(
        "the picture would have {width} by {height} pixels, and {limit}: lower --scale or --dpi, choose a --paper, or write .svg or .pdf"
    )]
    TooLarge {
        /// In pixels.
        width: u64,
        /// In pixels.
        height: u64,
        /// Which limit it passes, in words.
        limit: String,
    },
    /// A picture of points or a page with more letters than there is memory for.
    #[error(
        "the picture has {} letters, and one in points or on a page has {} at most: write .svg, or draw a part of the map with --focus and --only",
        grouped(*letters),
        grouped(super::MOST_LETTERS)
    )]
    TooManyLetters {
        /// How many.
        letters: usize,
    },
    /// A picture of points or a page with more lines than can be painted in good time.
    #[error(
        "the picture has {} lines, and one in points or on a page has {} at most: write .svg, or draw a part of the map with --focus and --only",
        grouped(*lines),
        grouped(super::MOST_LINES)
    )]
    TooManyLines {
        /// How many.
        lines: usize,
    },
    /// A scale that no picture can have.
    #[error("{scale} is not a scale for a picture: give a number above 0")]
    Scale {
        /// What was asked for.
        scale: f64,
    },
    /// The picture could not be read back, which is a fault of this program.
    #[error("the picture could not be drawn")]
    Svg(#[source] resvg::usvg::Error),
    /// The picture could not be packed, which is a fault of this program.
    #[error("the PNG could not be written")]
    Png(#[source] png::EncodingError),
    /// The presentation could not be packed.
    #[error("the presentation could not be written")]
    Office(#[source] crate::office::Error),
    /// The document could not be written.
    #[error("the PDF could not be written: {reason}")]
    Pdf {
        /// Why, as the writer of PDF says it.
        reason: String,
    },
}
