//! The command line as a design: commands in groups, one spelling for one idea, and old spellings that go on working.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::folder::Folder;
use crate::support::program::{benefit_map, help, listed, names};

const MAP: &str = include_str!("../../examples/maps/smart-waste/map.json");
const MEASUREMENTS: &str = include_str!("../../examples/maps/smart-waste/measurements.csv");

/// A folder with the example map and its measurements.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("measurements.csv", MEASUREMENTS);
    folder
}

#[test]
fn the_help_lists_commands_in_groups_and_leaves_the_rare_ones_to_help_all() {
    let page = help(&[]);
    let places: Vec<usize> = [
        "Begin:",
        "Look:",
        "Check:",
        "Track:",
        "Hand over:",
        "Assure:",
        "Options:",
    ]
    .iter()
    .map(|heading| {
        page.find(&format!("\n{heading}\n"))
            .unwrap_or_else(|| panic!("{heading}:\n{page}"))
    })
    .collect();
    assert!(places.is_sorted(), "in this order:\n{page}");
    let is_listed = |page: &str, name: &str| page.lines().any(|line| line.starts_with(&format!("  {name} ")));
    for rare in ["fmt", "schema", "completions", "man", "rules", "watch"] {
        assert!(!is_listed(&page, rare), "{rare}:\n{page}");
    }
    let all = Folder::new().run("help --all");
    assert_eq!(all.code, 0, "{}", all.told);
    for name in names() {
        assert!(is_listed(&all.out, &name), "{name}:\n{}", all.out);
    }
    for rare in ["fmt", "schema", "completions", "man", "rules", "watch"] {
        assert!(is_listed(&all.out, rare), "{rare}:\n{}", all.out);
    }
    assert!(page.contains("benefit-map help --all"), "{page}");
    let list = places[6] - places[0];
    let lines = page[places[0]..places[6]].lines().count();
    assert!(lines <= 40 && list < 2600, "one glance: {lines} lines");
}

#[test]
fn help_is_had_before_after_and_below_a_command() {
    let folder = Folder::new();
    let expected = folder.run("import tables --help").out;
    assert!(expected.contains("Usage: benefit-map import tables"), "{expected}");
    for line in ["help import tables", "import help tables"] {
        assert_eq!(folder.run(line).out, expected, "{line}");
    }
    assert_eq!(folder.run("help").out, folder.run("--help").out);
    assert!(listed(&folder.run("export help").out).contains(&"drawio".to_owned()));
    let unknown = folder.run("help improt");
    assert_eq!(unknown.code, 2);
    assert!(unknown.told.contains("did you mean `import`?"), "{}", unknown.told);
}

#[test]
fn rules_are_listed_by_explain_and_the_old_spelling_says_so() {
    let folder = Folder::new();
    let new = folder.run("explain --rules");
    assert_eq!((new.code, new.told.as_str()), (0, ""));
    assert!(new.out.contains("BM101"), "{}", new.out);
    let old = folder.run("rules");
    assert_eq!(old.out, new.out);
    assert_eq!(
        old.told,
        "note: write `benefit-map explain --rules` instead of `benefit-map rules`\n"
    );
    assert_eq!(
        folder.run("explain --rules --format json").out,
        folder.run("rules --format json").out
    );
    for refused in ["explain --rules BM101", "explain BM101 --format json"] {
        assert_eq!(folder.run(refused).code, 2, "{refused}");
    }
}

/// What a command that goes on says until a line has these words; it is ended then.
fn until(folder: &Folder, line: &str, wanted: &str) -> Vec<String> {
    let mut child = benefit_map()
        .current_dir(folder.path())
        .args(line.split_whitespace())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut seen = Vec::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        seen.push(line.unwrap());
        if seen.last().is_some_and(|line| line.contains(wanted)) {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    seen
}

#[test]
fn draw_and_pack_watch_a_map_and_the_old_spelling_says_so() {
    let folder = folder();
    until(&folder, "draw map.json -o map.svg --watch", "watching");
    assert!(folder.at("map.svg").is_file());
    until(&folder, "pack map.json -o pictures --formats svg --watch", "watching");
    assert!(folder.at("pictures/index.html").is_file());
    let old = until(&folder, "watch map.json -o pictures --formats svg", "watching");
    assert_eq!(
        old[0],
        "note: write `benefit-map pack --watch` instead of `benefit-map watch`"
    );
    let refused = folder.run("draw map.json --watch");
    assert_eq!(refused.code, 2, "it needs a file to write");
    assert!(refused.told.contains("--output"), "{}", refused.told);
    let refused = folder.run("draw - -o x.svg --watch");
    assert_eq!(refused.code, 2, "standard input cannot be watched");
}
