//! The page: plain files that stand in the binary, so that a workshop needs nothing from anywhere.
//!
//! No step builds them: what is here is what a browser runs. `app.js` puts the parts together; `state.js` holds the map
//! as the server has it and as it is shown, `description.js` what is known of records and forms. `end.js` is the only one that
//! speaks to the other end of the page, over `http.js`. `drafts.js`, `optimist.js` and `typed.js` are pure: what is typed and not
//! finished, what is not saved yet, and what a text means. `ui.js` draws with the library in `vendor`, and the others
//! each are one part of what people see.

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
            ("/vendor/preact.js", "text/javascript; charset=utf-8", include_str!("vendor/preact.js")),
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
    "dialog",
    "dialogs",
    "dom",
    "drafting",
    "drafts",
    "end",
    "entry",
    "fields",
    "findings",
    "fixes",
    "gestures",
    "history",
    "http",
    "keys",
    "optimist",
    "outbox",
    "outline",
    "panel",
    "present",
    "sides",
    "state",
    "typed",
    "ui",
    "words",
];

/// A file of the page as it is sent: without comments and indentation, which are for those who read it here.
///
/// No text in a script or style sheet goes over several lines, so a line means the same without the space before it.
pub(super) fn lean(path: &str, text: &'static str) -> String {
    if !path.ends_with(".js") && !path.ends_with(".css") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines() {
        let mut line = line.trim();
        if is_comment || line.starts_with("/*") {
            let Some((_, rest)) = line.split_once("*/") else {
                is_comment = true;
                continue;
            };
            is_comment = false;
            line = rest.trim_start();
        }
        if !line.is_empty() && !line.starts_with("//") {
            out += line;
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_has_no_comments_and_no_text_that_goes_over_several_lines() {
        let script =
            "// a\n/**\n * b\n */\nconst x = 1; // c\n  /** @type {any} */ (y).z();\n/* d */\n  return `//`;\n";
        assert_eq!(lean("/x.js", script), "const x = 1; // c\n(y).z();\nreturn `//`;\n");
        for (path, _, text) in FILES.iter().filter(|(path, ..)| path.ends_with(".js")) {
            for line in text.lines() {
                let quotes = line.matches('`').count() - line.matches("/`").count();
                assert!(
                    quotes % 2 == 0 || line.contains("/`"),
                    "{path}: a template goes over several lines: {line}"
                );
            }
        }
        let size: usize = FILES.iter().map(|(path, _, text)| lean(path, text).len()).sum();
        assert!(
            (50_000..200_000).contains(&size),
            "the page is {size} bytes: phones load it, too"
        );
    }
}
