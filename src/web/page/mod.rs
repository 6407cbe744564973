//! The page: plain files that stand in the binary, so that a workshop needs nothing from anywhere.
//!
//! No step builds them: what is here is what a browser runs. `app.js` puts the parts together; `state.js` holds the map
//! as the server has it and as it is shown, `description.js` what is known of records and forms. `end.js` is the only one that
//! speaks to the other end of the page, over `http.js`. `drafts.js`, `optimist.js` and `typed.js` are pure: what is typed and not
//! finished, what is not saved yet, and what a text means. `ui.js` draws with the library in `vendor`, and the others
//! each are one part of what people see.

mod description;
mod lean;
mod sent;

use std::sync::LazyLock;

pub(super) use sent::Sent;

use crate::method::{self, Template};

/// What the page knows of maps, as JSON: `description.js` asks for it.
pub(super) static DESCRIPTION: LazyLock<String> = LazyLock::new(description::json);

/// A file of the page: its address, its media type, its text.
pub(super) type PageFile = (&'static str, &'static str, &'static str);

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Modules of the page by their names.
macro_rules! modules {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("/", $name, ".js"), SCRIPT, include_str!(concat!($name, ".js"))),)*]
    };
}

/// What is no module of ours.
const OTHERS: &[PageFile] = &[
    ("/", "text/html; charset=utf-8", include_str!("index.html")),
    ("/app.css", STYLE, include_str!("app.css")),
    ("/icon.svg", "image/svg+xml", include_str!("icon.svg")),
    ("/vendor/preact.js", SCRIPT, include_str!("vendor/preact.js")),
];

/// What a browser loads after the map is there, or when somebody asks for it; `later.js` says when.
const LATER: &[PageFile] = modules![
    "begin",
    "chains",
    "clipboard",
    "columns",
    "dimensions",
    "ends",
    "figures",
    "finish",
    "health",
    "health_sheet",
    "help",
    "history",
    "leading",
    "look",
    "marks",
    "measured",
    "menu",
    "minimap",
    "notes",
    "outline",
    "people",
    "present",
    "rounds",
    "sets",
    "tables",
    "timer",
    "today",
    "together",
    "votes",
    "whatif",
];

/// The maps to begin with, without the maps themselves: `begin.js` asks for it.
pub(super) static TEMPLATES: LazyLock<String> = LazyLock::new(|| {
    let all: Vec<_> = templates()
        .map(|one| serde_json::json!({"name": one.name, "about": one.about}))
        .collect();
    serde_json::Value::Array(all).to_string()
});

/// The sets of questions that a health check can ask: `health.js` asks for it.
pub(super) static SETS: LazyLock<String> = LazyLock::new(|| crate::survey::sets_json(&crate::survey::built_in()));

/// The maps to begin with, the example first.
pub(super) fn templates() -> impl Iterator<Item = &'static Template> {
    std::iter::once(&method::STARTER).chain(method::TEMPLATES)
}

/// The style sheet of that.
const LATER_STYLE: &[PageFile] = &[("/together.css", STYLE, include_str!("together.css"))];

/// The page of a map of a folder: it begins with what it has more, which then loads the rest.
static MAP_OF_FOLDER: LazyLock<String> =
    LazyLock::new(|| include_str!("index.html").replacen("/app.js", "/in_folder.js", 1));

/// The pages of a folder: its list, which is its first page, and a dashboard; and what the page of a map has beside it there.
const OF_FOLDERS: &[PageFile] = &[
    ("/", "text/html; charset=utf-8", include_str!("list.html")),
    ("/dashboard", "text/html; charset=utf-8", include_str!("dashboard.html")),
    ("/folder.css", STYLE, include_str!("folder.css")),
    ("/list.js", SCRIPT, include_str!("list.js")),
    ("/dashboard.js", SCRIPT, include_str!("dashboard.js")),
    ("/folder.js", SCRIPT, include_str!("folder.js")),
    ("/in_folder.js", SCRIPT, include_str!("in_folder.js")),
];

/// Every file where a folder is served: its list is the first page there, and a map has an address of its own.
pub(super) fn files_of_folders() -> impl Iterator<Item = PageFile> {
    let of_maps = files().map(|&(path, kind, text)| match path {
        "/" => ("/map", kind, MAP_OF_FOLDER.as_str()),
        _ => (path, kind, text),
    });
    OF_FOLDERS.iter().copied().chain(of_maps)
}

/// Every file of the page.
pub(super) fn files() -> impl Iterator<Item = &'static PageFile> {
    [OTHERS, AT_ONCE, LATER_STYLE, LATER].into_iter().flatten()
}

/// The modules that every browser loads.
const AT_ONCE: &[PageFile] = modules![
    "app",
    "actions",
    "art",
    "asking",
    "beside",
    "board",
    "canvas",
    "clip",
    "copy_text",
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
    "http",
    "keys",
    "later",
    "optimist",
    "outbox",
    "panel",
    "select",
    "several",
    "shifted",
    "sides",
    "state",
    "trailing",
    "typed",
    "ui",
    "words",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded_at_once_needs_nothing_that_is_loaded_later() {
        for (path, _, text) in AT_ONCE.iter().filter(|(path, ..)| *path != "/later.js") {
            for (later, ..) in LATER {
                assert!(!text.contains(&format!("\".{later}\"")), "{path} loads {later} at once");
            }
        }
        let (.., loads) = AT_ONCE.iter().find(|(path, ..)| *path == "/later.js").unwrap();
        assert!(loads.contains("import(\"./together.js\")") && !loads.contains("from \"./together.js\""));
    }

    #[test]
    fn what_is_loaded_at_once_is_small_enough_for_phones() {
        let size = |files: &[&[PageFile]]| -> usize {
            let files = files.iter().copied().flatten();
            files.map(|(path, _, text)| lean::lean(path, text).len()).sum()
        };
        let at_once = size(&[OTHERS, AT_ONCE]);
        assert!(
            (50_000..205_000).contains(&at_once),
            "the page is {at_once} bytes: phones load it, too"
        );
        let later = size(&[LATER, LATER_STYLE]);
        assert!(
            (10_000..125_000).contains(&later),
            "what is loaded later is {later} bytes"
        );
    }

    #[test]
    fn the_page_of_a_map_of_a_folder_is_that_of_a_map_but_for_its_first_script() {
        let (_, _, page) = files_of_folders().find(|(path, ..)| *path == "/map").unwrap();
        assert!(page.contains("src=\"/in_folder.js\"") && !page.contains("/app.js"));
        assert_eq!(
            page.len(),
            include_str!("index.html").len() + "in_folder".len() - "app".len()
        );
    }

    #[test]
    fn every_regular_expression_is_sent_as_it_is_written() {
        // Found by what is called of it or follows it, which the one who makes the files lean does not look at.
        let after = ["/.test(", "/g, ", "/, ", "/.exec(", "/g)", "/)"];
        let mut seen = 0;
        for (path, _, text) in
            files_of_folders().filter(|(path, media, _)| *media == SCRIPT && !path.starts_with("/vendor/"))
        {
            let sent = lean::lean(path, text);
            let is_code = |line: &&str| !line.trim_start().starts_with(['*', '/']) || line.contains("/^");
            for line in text.lines().filter(is_code) {
                // From the stroke that follows a sign or the indent.
                let begins = |at: &usize| {
                    let before = line[..*at].trim_end();
                    before.trim().is_empty() || before.ends_with(['(', ',', '=', '!', '&', '|', '?', ':', '>'])
                };
                for end in after.iter().filter_map(|ending| line.find(ending)) {
                    let mut strokes = line[..end].match_indices('/').map(|(at, _)| at);
                    if let Some(start) = strokes.rfind(begins) {
                        let written = &line[start..=end];
                        seen += 1;
                        assert!(sent.contains(written), "{path}: {written}");
                    }
                }
            }
        }
        assert!(seen > 20, "{seen}");
    }
}
