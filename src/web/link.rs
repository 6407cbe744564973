//! The two links, and each as a QR code.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use qrcode::render::unicode;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

use super::answer::{content, either};
use super::app::App;
use super::error::Refused;
use super::keys::Role;
use super::request::Parameters;

/// The address of a page with its key.
pub(super) fn link(base: &str, key: &str) -> String {
    format!("{base}/?key={key}")
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
        let edit = app.keys.edit.as_ref().filter(|_| role == Role::Edit);
        Self {
            edit: edit.map(|key| link(&app.base, key)),
            loopback: app.hosts.bound.ip().is_loopback(),
            view: link(&app.base, &app.keys.view),
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
pub(super) async fn qr(State(app): State<App>, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
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
