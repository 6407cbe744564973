//! The page: plain files that stand in the binary, so that a workshop needs nothing from anywhere.
//!
//! No step builds them: what is here is what a browser runs. `app.js` puts the parts together; `state.js` holds the map
//! as the server tells it, `description.js` what it says of records and forms, `server.js` speaks the protocol, and the others each are one part of what people see.

mod description;

use std::sync::LazyLock;

/// What the page knows of maps, as JSON: `description.js` asks for it.
pub(super) static DESCRIPTION: LazyLock<String> = LazyLock::new(description::json);

/// A module of the page by its name.
macro_rules! modules {
    ($($name:literal),* $(,)?) => {
        &[
            ("/", "text/html; charset=utf-8", include_str!("index.html")),
            ("/app.css", "text/css; charset=utf-8", include_str!("app.css")),
            ("/icon.svg", "image/svg+xml", include_str!("icon.svg")),
            $((concat!("/", $name, ".js"), "text/javascript; charset=utf-8", include_str!(concat!($name, ".js"))),)*
        ]
    };
}

/// Every file of the page: its address, its media type, its text.
pub(super) const FILES: &[(&str, &str, &str)] = modules![
    "app",
    "actions",
    "asking",
    "canvas",
    "description",
    "dialogs",
    "dom",
    "entry",
    "fields",
    "findings",
    "fixes",
    "gestures",
    "keys",
    "outline",
    "panel",
    "present",
    "server",
    "state",
];
