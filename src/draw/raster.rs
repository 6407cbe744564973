//! A scene as PNG.

use resvg::tiny_skia::{Color, Pixmap, Transform};

use crate::escape::markup::legal;
use crate::scene::Scene;
use crate::scene::theme::Theme;

use super::{Error, Fonts};

/// How many pixels a picture has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Resolution {
    /// So many for each px of the scene, or of its paper at 96 to the inch.
    Scale(f64),
    /// So many to the inch, where a px of the scene is 1/96 inch.
    Dpi(f64),
}

impl Resolution {
    /// As many pixels as were asked for, or fewer where the picture would be too large: for when nobody has said.
    pub fn within_limits(scene: &Scene, scale: f64) -> Self {
        let (across, down) = nominal(scene);
        let by_side = MOST_ALONG as f64 / across.max(down).max(1.0);
        let by_all = (UNASKED_PIXELS as f64 / (across * down).max(1.0)).sqrt();
        // To the hundredth below: the picture is rounded up to whole pixels.
        let most = (by_side.min(by_all) * 100.0 - 1.0).floor() / 100.0;
        Self::Scale(scale.min(most.max(0.01)))
    }
}

/// No side is longer, in pixels: what office programs and browsers still open.
const MOST_ALONG: u64 = 30_000;
/// No picture has more pixels where nobody asked for so many: more takes long, and few programs show it.
const UNASKED_PIXELS: u64 = 100_000_000;
/// No picture has more pixels.
const MOST_PIXELS: u64 = 400_000_000;
/// No picture of points has more lines: each is painted in every band that it crosses.
pub const MOST_LINES: usize = 40_000;
/// Pixels that are drawn at a time: 32 MB of memory.
const BAND: u64 = 8_000_000;
/// Px in an inch.
const PX_IN_INCH: f64 = 96.0;

/// The picture as PNG with eight bits a colour, on the theme's page.
///
/// It says how large it wants to be shown (pHYs), and holds title and description as text. It is drawn in bands, so
/// that memory is bounded whatever its size.
///
/// # Errors
/// [`Error::TooLarge`] for more than 30,000 pixels a side or 400 million in all, before anything is drawn;
/// [`Error::TooManyLines`] and [`Error::TooManyLetters`] for what would take too long or too much memory;
/// [`Error::Scale`] for a resolution that is no number above 0.
pub fn png(scene: &Scene, theme: &Theme, fonts: &Fonts, resolution: Resolution) -> Result<Vec<u8>, Error> {
    let scale = match resolution {
        Resolution::Scale(scale) => scale,
        Resolution::Dpi(dpi) => dpi / PX_IN_INCH,
    };
    if !(scale.is_finite() && scale > 0.0) {
        return Err(Error::Scale { scale });
    }
    let (across, down) = nominal(scene);
    // `as` holds at the ends of the range.
    let (width, height) = ((across * scale).ceil() as u64, (down * scale).ceil() as u64);
    let limit = if width.max(height) > MOST_ALONG {
        Some("no side may have more than 30,000".to_owned())
    } else if width * height > MOST_PIXELS {
        Some("no picture may have more than 400 million in all".to_owned())
    } else {
        None
    };
    if let Some(limit) = limit {
        return Err(Error::TooLarge { width, height, limit });
    }
    if scene.routes.len() > MOST_LINES {
        return Err(Error::TooManyLines {
            lines: scene.routes.len(),
        });
    }
    let (width, height) = (width.max(1) as u32, height.max(1) as u32);
    let tree = fonts.shape(&super::picture(scene, theme, ""))?;
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    // Plain areas and the same letters over and over pack best as they are: a quarter smaller than filtered row by row, and a
    // quarter of the time is saved.
    encoder.set_filter(png::Filter::NoFilter);
    let per_metre = (PX_IN_INCH * scale / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    for (key, text) in [("Title", &scene.title), ("Description", &scene.description)] {
        if !text.is_empty() {
            let text = legal(text);
            encoder.add_itxt_chunk(key.to_owned(), text).map_err(Error::Png)?;
        }
    }
    let mut writer = encoder.write_header().map_err(Error::Png)?;
    let mut stream = writer.stream_writer().map_err(Error::Png)?;
    let rows = u32::try_from(BAND / u64::from(width))
        .unwrap_or(u32::MAX)
        .clamp(1, height);
    let mut line = vec![0; width as usize * 3];
    for top in (0..height).step_by(rows as usize) {
        let Some(mut band) = Pixmap::new(width, rows.min(height - top)) else {
            return Err(Error::Scale { scale });
        };
        band.fill(Color::WHITE);
        let size = tree.size();
        let transform = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height())
            .post_translate(0.0, -(top as f32));
        resvg::render(&tree, transform, &mut band.as_mut());
        for row in band.data().chunks_exact(width as usize * 4) {
            // The ground is opaque, so that no pixel lets anything through.
            for (point, pixel) in line.chunks_exact_mut(3).zip(row.chunks_exact(4)) {
                point.copy_from_slice(&pixel[..3]);
            }
            std::io::Write::write_all(&mut stream, &line).map_err(|e| Error::Png(e.into()))?;
        }
    }
    stream.finish().map_err(Error::Png)?;
    writer.finish().map_err(Error::Png)?;
    Ok(out)
}

/// How large the picture wants to be shown, in px: its paper, else itself.
pub(super) fn nominal(scene: &Scene) -> (f64, f64) {
    match scene.paper {
        Some((across, down)) => (across * PX_IN_INCH / 25.4, down * PX_IN_INCH / 25.4),
        None => (scene.width, scene.height),
    }
}
