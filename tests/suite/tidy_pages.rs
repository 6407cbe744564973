//! The shape of what browsers run: as short and as narrow as the rest, and no module that needs what needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// In lines, as for every other file.
const ONE_SITTING: usize = 600;

/// In characters, as for every other file.
const COLUMNS: usize = 120;

/// Every script and style sheet of our own, without those of others in a folder `vendor`: its path and its text.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join("src"), root.join("assets")];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() && path.ends_with("vendor") {
            continue;
        }
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "js" || ending == "css") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    assert!(found.len() > 15, "{} files are too few to be all", found.len());
    found
}

#[test]
fn scripts_and_style_sheets_are_short_and_narrow() {
    let mut faults = Vec::new();
    for (name, text) in pages() {
        let lines = text.lines().count();
        if lines > ONE_SITTING {
            faults.push(format!("{name}: {lines} lines; split it by subject"));
        }
        let long: Vec<usize> = (text.lines().zip(1..))
            .filter(|(line, _)| line.chars().count() > COLUMNS)
            .map(|(_, number)| number)
            .collect();
        if !long.is_empty() {
            faults.push(format!("{name}: longer than {COLUMNS} columns: lines {long:?}"));
        }
    }
    assert!(faults.is_empty(), "what browsers run:\n  {}", faults.join("\n  "));
}

/// The modules that a script imports, by the names that they have beside it.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (start, _) in text.match_indices("\"./") {
        // `from "./x.js"`, `import "./x.js"` and `import("./x.js")`.
        let before = text[..start].trim_end_matches([' ', '(']);
        if before.ends_with("from") || before.ends_with("import") {
            let name = text[start + 3..].split('"').next().unwrap_or_default();
            // What others made needs nothing of ours.
            if !name.starts_with("vendor/") {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// Modules that need each other, in the order of the circle; nothing where there is none.
fn circle(needs: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut left = needs.clone();
    // What needs nothing that is left is no part of a circle.
    while let Some(free) = left
        .iter()
        .find(|(_, needs)| needs.iter().all(|need| !left.contains_key(need)))
        .map(|(name, _)| name.clone())
    {
        left.remove(&free);
    }
    let mut path = vec![left.keys().next()?.clone()];
    loop {
        let next = left[&path[path.len() - 1]]
            .iter()
            .find(|need| left.contains_key(*need))?;
        if let Some(at) = path.iter().position(|name| name == next) {
            return Some(path.split_off(at));
        }
        path.push(next.clone());
    }
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut folders: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (name, text) in pages().into_iter().filter(|(name, _)| name.ends_with(".js")) {
        let (folder, file) = name.rsplit_once('/').unwrap();
        let needs = imports(&text);
        folders
            .entry(folder.to_owned())
            .or_default()
            .insert(file.to_owned(), needs);
    }
    let arrows: usize = folders.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum();
    assert!(arrows > 40, "{arrows} imports are too few to be all");
    for (folder, needs) in &folders {
        for need in needs.values().flatten() {
            assert!(needs.contains_key(need), "{folder}: there is no `{need}`");
        }
        assert_eq!(circle(needs), None, "{folder}");
    }
}

#[test]
fn a_circle_is_found_and_a_chain_is_none() {
    let graph = |pairs: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        let each = pairs.iter().map(|(name, needs)| {
            let needs = needs.iter().map(|need| (*need).to_owned()).collect();
            ((*name).to_owned(), needs)
        });
        each.collect()
    };
    assert_eq!(circle(&graph(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    let found = circle(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"]), ("d", &["a"])])).unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    let text = "import { $, h } from \"./dom.js\";\nimport {\n  a,\n  b,\n} from \"./state.js\";\nconst x = \"./no.js\";\nimport(\"./late.js\");";
    let expected: BTreeSet<String> = ["dom.js", "state.js", "late.js"].map(str::to_owned).into();
    assert_eq!(imports(text), expected);
}
