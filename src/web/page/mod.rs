//! The page: plain files that stand in the binary, so that a workshop needs nothing from anywhere.

/// Every file of the page: its address, its media type, its text.
pub(super) const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("index.html")),
    ("/app.js", "text/javascript; charset=utf-8", include_str!("app.js")),
    ("/app.css", "text/css; charset=utf-8", include_str!("app.css")),
];
