//! The two links, and each as a QR code.

use axum::Extension;
use axum::response::Response;
use qrcode::render::unicode;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

use super::answer::{content, either};
use super::app::{App, Here};
use super::error::Refused;
use super::front::Front;
use super::keys::Role;
use super::request::Parameters;

/// The address of the first page, with its key.
pub(super) fn link(base: &str, key: &str) -> String {
    format!("{base}/?key={key}")
}

/// The address of the page of a map: the first page where it is served alone, else one that names it.
pub(super) fn of_map(base: &str, key: &str, in_folder: Option<&str>) -> String {
    match in_folder {
        None => link(base, key),
        Some(name) => format!("{base}/map?key={key}&map={}", escaped(name)),
    }
}

/// A text as a part of an address (RFC 3986, 2.3).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// The links that somebody may know.
#[derive(Debug, Serialize)]
pub(super) struct Links {
    /// For editors alone.
    pub edit: Option<String>,
    /// Whether only this machine can reach them.
    pub loopback: bool,
    pub view: String,
}

impl Links {
    /// Those for a role.
    pub fn of(app: &App, role: Role) -> Self {
        Self::made(&app.front, role, |key| app.link(key))
    }

    /// Those for a role, each made of its key.
    pub fn made(front: &Front, role: Role, link: impl Fn(&str) -> String) -> Self {
        let edit = front.keys.edit.as_deref().filter(|_| role == Role::Edit);
        Self {
            edit: edit.map(&link),
            loopback: front.hosts.bound.ip().is_loopback(),
            view: link(&front.keys.view),
        }
    }
}

/// A text as a QR code of block characters, for a terminal with a dark or a light ground: the code brings its own.
pub(super) fn for_terminal(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let mut image = code.render::<unicode::Dense1x2>();
    Some(
        image
            .dark_color(unicode::Dense1x2::Light)
            .light_color(unicode::Dense1x2::Dark)
            .build(),
    )
}

/// A link as a QR code, in SVG.
pub(super) async fn qr(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let drawn = || {
        let all = Links::of(&app, role);
        let link = match parameters.get("link") {
            Some("edit") => all
                .edit
                .ok_or_else(|| Refused::view_only("this link is only for viewing"))?,
            Some("view") | None => all.view,
            Some(_) => return Err(Refused::unreadable("`link` is `edit` or `view`")),
        };
        let failed = |_| Refused::new(500, "failed", "the link is too long for a QR code");
        let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(failed)?;
        let image = code
            .render::<qrcode::render::svg::Color<'_>>()
            .min_dimensions(240, 240)
            .quiet_zone(true)
            .build();
        Ok(content("image/svg+xml", image))
    };
    either(drawn())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_map_is_one_part_of_its_address() {
        let base = "http://127.0.0.1:8080";
        assert_eq!(of_map(base, "k", None), "http://127.0.0.1:8080/?key=k");
        assert_eq!(
            of_map(base, "k", Some("north/a&b=ü.json")),
            "http://127.0.0.1:8080/map?key=k&map=north%2Fa%26b%3D%C3%BC.json"
        );
    }
}
