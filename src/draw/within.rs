//! A picture that shares a page with others: the same SVG, its ids with a beginning of their own.

use crate::scene::Scene;
use crate::scene::theme::Theme;

/// As [`super::svg`], but every id and every reference to one begins with `prefix`, so that several pictures can stand
/// in one HTML page. `prefix` must be letters, digits and hyphens.
pub fn svg_within(scene: &Scene, theme: &Theme, prefix: &str) -> String {
    let picture = super::svg(scene, theme);
    let mut out = String::with_capacity(picture.len() + picture.len() / 8);
    let mut rest = picture.as_str();
    // Within a tag a quote only ever ends a value, and text holds no `<`: what stands between the two is a tag.
    while let Some(start) = rest.find('<') {
        let (text, from) = rest.split_at(start);
        text_within(&mut out, text, prefix);
        let end = end_of_tag(from);
        let (tag, after) = from.split_at(end);
        tag_within(&mut out, tag, prefix);
        rest = after;
    }
    text_within(&mut out, rest, prefix);
    out
}

/// Past the `>` that ends the tag; a `>` within a quoted value does not.
pub(super) fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn tag_within(out: &mut String, tag: &str, prefix: &str) {
    // Odd pieces are values; the piece before a value ends with its name.
    let mut before = "";
    for (i, piece) in tag.split('"').enumerate() {
        if i > 0 {
            out.push('"');
        }
        let name = match i % 2 {
            1 => before.trim_end_matches('=').rsplit(' ').next().unwrap_or(""),
            _ => "",
        };
        match name {
            "id" => out.push_str(&format!("{prefix}{piece}")),
            "aria-labelledby" => {
                let ids: Vec<String> = piece.split(' ').map(|id| format!("{prefix}{id}")).collect();
                out.push_str(&ids.join(" "));
            }
            "href" | "xlink:href" if piece.starts_with('#') => out.push_str(&format!("#{prefix}{}", &piece[1..])),
            _ => out.push_str(piece),
        }
        before = piece;
    }
}

/// Only the style sheet refers to ids by `url(#…)`; in the words of a map the same characters are left alone.
fn text_within(out: &mut String, text: &str, prefix: &str) {
    if out.ends_with("<style>") {
        out.push_str(&text.replace("url(#", &format!("url(#{prefix}")));
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::theme;
    use crate::scene::{Icon, Ink, Line, Symbol, Text, TextDirection, TextStyle};

    #[test]
    fn ids_and_what_names_them_change_alike_and_words_do_not() {
        let words = "url(#map-title) id=\"map-title\" <a href=\"#x\">";
        let scene = Scene {
            title: words.to_owned(),
            symbols: vec![Symbol {
                icon: Icon::Star,
                x: 0.0,
                y: 0.0,
                size: 16.0,
                ink: Ink::Text,
            }],
            texts: vec![Text {
                style: TextStyle::Card,
                ink: Ink::Text,
                direction: TextDirection::LeftToRight,
                lines: vec![Line {
                    x: 0.0,
                    y: 0.0,
                    width: 1.0,
                    text: words.to_owned(),
                }],
            }],
            ..Scene::default()
        };
        let plain = super::super::svg(&scene, &theme::PRINT);
        let within = svg_within(&scene, &theme::PRINT, "a-");
        assert!(within.contains("id=\"a-star\"") && within.contains("xlink:href=\"#a-star\""));
        assert!(within.contains("aria-labelledby=\"a-map-title a-map-description\""));
        let shown = |svg: &str| svg[svg.find("<text").unwrap()..svg.find("</text>").unwrap()].to_owned();
        assert_eq!(shown(&plain), shown(&within));
        assert_eq!(svg_within(&scene, &theme::PRINT, ""), plain);
    }
}
