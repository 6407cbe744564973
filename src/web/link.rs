//! The two links, and each as a QR code.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use qrcode::render::unicode;
use qrcode::{EcLevel, QrCode};
use serde_json::{Value, json};

use super::answer::{content, either};
use super::error::Refused;
use super::identity::Role;
use super::routes::{App, asked};

/// The address of a page with its key.
pub(super) fn link(base: &str, key: &str) -> String {
    format!("{base}/?key={key}")
}

/// The links that somebody may know.
pub(super) fn links(app: &App, role: Role) -> Value {
    let edit = app.keys.edit.as_ref().filter(|_| role == Role::Edit);
    json!({
        "edit": edit.map(|key| link(&app.base, key)),
        "view": link(&app.base, &app.keys.view),
        "loopback": app.hosts.bound.ip().is_loopback(),
    })
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
pub(super) async fn qr(
    State(app): State<App>,
    Extension(role): Extension<Role>,
    RawQuery(query): RawQuery,
) -> Response {
    let wanted = asked(query.as_deref().unwrap_or_default(), "link");
    let drawn = || {
        let all = links(&app, role);
        let link = match wanted.as_deref() {
            Some("edit") => all["edit"]
                .as_str()
                .ok_or_else(|| Refused::new(403, "view-only", "this link is only for viewing")),
            Some("view") | None => Ok(all["view"].as_str().unwrap_or_default()),
            Some(_) => Err(Refused::new(400, "unreadable", "`link` is `edit` or `view`")),
        }?;
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
