//! Documents about a map: what a report says is the same in every format, and text in it is never markup.

use crate::support::hostile::{HOSTILE, everything, long_word};
use crate::support::markup::next_tag;
use benefit_map::report::{html, markdown};

/// Every element of a page that is opened and not closed, or closed and not opened, is a fault; ids are unique.
fn check_markup(page: &str) {
    const VOID: [&str; 4] = ["meta", "br", "col", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut rest = page;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != '/')
            .collect();
        if let Some(id) = tag.split(" id=\"").nth(1) {
            let id = id.split('"').next().unwrap();
            assert!(ids.insert(id.to_owned()), "the id {id} stands twice");
        }
        if tag.starts_with('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name.as_str()),
                "before {}",
                &rest[..rest.len().min(80)]
            );
        } else if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    // Whatever leads to a place of the page leads to one that is there.
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(ids.contains(id), "nothing has the id {id}");
    }
}

#[test]
fn the_page_is_sound_and_stands_alone() {
    let page = html::write(&everything());
    check_markup(&page);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
    for absent in ["<script", "src=", "@import", "<link"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<caption").count(), 1);
    assert_eq!(page.matches("<figcaption").count(), 2);
    assert_eq!(page.matches("role=\"img\"").count(), 2);
    assert!(page.contains("Figure 2: The same again"));
    assert_eq!(html::write(&everything()), page);
}

#[test]
fn every_format_says_all_the_words() {
    let page = html::write(&everything());
    let text = markdown::write(&everything(), "case").text;
    for words in HOSTILE {
        let in_page = words
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        // Heading, paragraph (six times), note, four items of lists and a cell at least.
        assert!(
            page.matches(&in_page).count() >= 13,
            "{words}: {}",
            page.matches(&in_page).count()
        );
        let bare: String = text.chars().filter(|c| *c != '\\').collect();
        assert!(bare.matches(words).count() >= 12, "{words}");
    }
    assert!(page.contains(&long_word()) && text.contains(&long_word()));
}

#[test]
fn markdown_lets_no_markup_through() {
    let written = markdown::write(&everything(), "case");
    // A backslash before each, save in the one that is code.
    let code = format!("`{}`", HOSTILE[1]);
    assert_eq!(written.text.matches(&code).count(), 1);
    let text = written.text.replace(&code, "");
    assert_eq!(text.matches("<script").count(), text.matches("\\<script").count());
    assert_eq!(written.pictures.len(), 2);
    assert!(written.text.contains("](<case-figure-2.svg>)"));
    // A table's rows have as many borders as its head.
    let rows: Vec<&str> = written.text.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(rows.len() > 8);
    for row in rows {
        let borders = row.replace("\\|", "").matches('|').count();
        assert_eq!(borders, 4, "{row}");
    }
}
