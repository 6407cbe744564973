//! Pictures of what a browser shows, for people to look at.

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
