//! Pictures of what a browser shows, for people to look at.

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::json;

use super::webdriver::Browser;

/// What stands in the window, as PNG.
pub fn picture(page: &Browser) -> Vec<u8> {
    let shot = page.devtools("Page.captureScreenshot", json!({"format": "png"}));
    decoded(shot["data"].as_str().expect("a picture"))
}

/// Writes what stands in the window to the folder that `LOOK_AT` names, where somebody wants to see it.
pub fn look_at(page: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("LOOK_AT") {
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture(page)).unwrap();
    }
}

/// The bytes of a text in base 64 (RFC 4648, section 4).
fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut many) = (0u32, 0);
    for sign in text.bytes().filter(|sign| *sign != b'=') {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => panic!("{other} is no sign of base 64"),
        };
        bits = bits << 6 | u32::from(value);
        many += 6;
        if many >= 8 {
            many -= 8;
            out.push((bits >> many & 0xff) as u8);
        }
    }
    out
}

/// The same in at most 256 colours, so that it is small enough for a page of the guide.
pub fn small(picture: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let wide = info.color_type.samples();
    assert!(wide >= 3, "a picture in colour");
    let coarse = |pixel: &[u8]| [0, 1, 2].map(|at| pixel[at] >> 3);
    let mut counts: HashMap<[u8; 3], (usize, [usize; 3])> = HashMap::new();
    for pixel in pixels.chunks_exact(wide) {
        let (count, sums) = counts.entry(coarse(pixel)).or_default();
        *count += 1;
        for (sum, part) in sums.iter_mut().zip(pixel) {
            *sum += usize::from(*part);
        }
    }
    let mut frequent: Vec<_> = counts.iter().collect();
    frequent.sort_by_key(|(colour, (count, _))| (std::cmp::Reverse(*count), **colour));
    let palette: Vec<[u8; 3]> = frequent
        .iter()
        .take(256)
        .map(|(_, (count, sums))| sums.map(|sum| (sum / count) as u8))
        .collect();
    let distance = |a: [u8; 3], b: [u8; 3]| -> u32 { (0..3).map(|at| u32::from(a[at].abs_diff(b[at])).pow(2)).sum() };
    let nearest: HashMap<[u8; 3], u8> = frequent
        .iter()
        .map(|(colour, (count, sums))| {
            let own = sums.map(|sum| (sum / count) as u8);
            let at = (0..palette.len())
                .min_by_key(|at| distance(palette[*at], own))
                .unwrap_or(0);
            (**colour, at as u8)
        })
        .collect();
    let indices: Vec<u8> = pixels.chunks_exact(wide).map(|pixel| nearest[&coarse(pixel)]).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&indices).unwrap();
    writer.finish().unwrap();
    out
}
