//! The project file: what it gives to the commands, which one wins, what `build` writes, and what is said of mistakes.

use std::fs;

use crate::support::folder::Folder;
use crate::support::program::{Ran, run_in_2028};

const PAGE: &str = include_str!("../../docs/project.md");
const MAP: &str = include_str!("../../examples/maps/smart-waste/map.json");
const MEASUREMENTS: &str = include_str!("../../examples/maps/smart-waste/measurements.csv");

/// A folder with the example map, its measurements and a project file.
fn project(text: &str) -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("measurements.csv", MEASUREMENTS);
    folder.put("benefit-map.toml", text);
    folder
}

/// Runs a line on the day that the example speaks of, in a folder below.
fn run_below(folder: &Folder, below: &str, line: &str) -> Ran {
    let words: Vec<&str> = line.split_whitespace().collect();
    run_in_2028(&folder.at(below), &words).into()
}

fn run(folder: &Folder, line: &str) -> Ran {
    run_below(folder, "", line)
}

/// The first block of the page that is fenced so, and what follows it.
fn block<'p>(page: &'p str, fence: &str) -> (&'p str, &'p str) {
    let (_, rest) = page
        .split_once(&format!("```{fence}\n"))
        .unwrap_or_else(|| panic!("{fence}"));
    rest.split_once("```").unwrap()
}

#[test]
fn the_example_of_the_page_runs_as_printed() {
    let (toml, rest) = block(PAGE, "toml");
    let folder = project(toml);
    let (state, rest) = block(rest, "text");
    let shown = run(&folder, "");
    assert_eq!(shown.code, 0, "{}", shown.told);
    let name = "docs/project.md";
    crate::support::golden::assert_same(name, &PAGE.replace(state, &shown.out));
    assert!(shown.out.lines().count() <= 24, "one screen:\n{}", shown.out);
    let (commands, rest) = block(rest, "sh");
    let commands: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("benefit-map "))
        .collect();
    assert!(commands.len() > 7, "{commands:?}");
    for command in commands {
        let ran = run(&folder, command);
        // One finding is a warning, and the file denies errors.
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.out, ran.told);
    }
    for file in [
        "out/map.svg",
        "out/print.pdf",
        "out/register.xlsx",
        "out/case.docx",
        "map.seal.json",
    ] {
        assert!(folder.at(file).is_file(), "{file}");
    }
    let (note, rest) = block(rest, "text");
    let ran = run(&folder, "check --profile outline");
    assert!(ran.told.contains(note.trim()), "{}", ran.told);
    let (fault, _) = block(rest, "text");
    folder.put(
        "benefit-map.toml",
        toml.replace(
            "measurements = [\"measurements.csv\"]",
            "measurement = \"measurements.csv\"",
        ),
    );
    let ran = run(&folder, "check");
    assert_eq!((ran.code, ran.told.as_str()), (2, fault));
}

#[test]
fn every_key_reaches_its_option_from_any_folder_below() {
    let folder = project(
        "map = \"map.json\"\nmeasurements = \"measurements.csv\"\nprofile = \"workshop\"\ndecimal = \"point\"\ndates = \"dmy\"\nfirst-month = 4\n\
         theme = \"print\"\nbaseline = \"known.json\"\n[deny]\ncheck = \"note\"\nstatus = \"off-track\"\ncoverage = [\"evidence=100\"]\ndiff = \"greener\"\n",
    );
    fs::create_dir_all(folder.at("a/b")).unwrap();
    let known = run(
        &folder,
        "check --no-project map.json --profile workshop --write-baseline known.json",
    );
    assert_eq!(known.code, 0, "{}", known.told);
    let same = |short: &str, long: &str| {
        let (short_ran, long_ran) = (
            run_below(&folder, "a/b", short),
            run(&folder, &format!("--no-project {long}")),
        );
        assert_eq!(
            short_ran.out.replace("../../", ""),
            long_ran.out,
            "{short}: {}",
            short_ran.told
        );
        assert_eq!(short_ran.code, long_ran.code, "{short}");
        short_ran
    };
    same(
        "check",
        "check map.json -m measurements.csv --profile workshop --deny note --baseline known.json",
    );
    let status = same("status", "status map.json -m measurements.csv --deny off-track");
    assert_eq!(status.code, 1, "one is off track");
    let coverage = same("coverage", "coverage map.json -m measurements.csv --deny evidence=100");
    assert_eq!(coverage.code, 1, "{}", coverage.told);
    same("draw", "draw map.json -m measurements.csv --theme print");
    same("kpis", "kpis map.json");
    same(
        "chart --owner dir-place",
        "chart map.json -m measurements.csv --owner dir-place --theme print",
    );
    assert_eq!(
        run_below(&folder, "a/b", "fmt --check").code,
        run(&folder, "--no-project fmt --check map.json").code
    );
    folder.put(
        "a/old.json",
        MAP.replace("Fewer kilometres driven", "Fewer miles driven"),
    );
    let diff = run_below(&folder, "a", "diff old.json");
    assert!(diff.out.contains("Fewer miles driven"), "{}{}", diff.out, diff.told);
    assert_eq!(diff.code, 0, "another title makes nothing greener");
}

#[test]
fn an_option_wins_over_the_file_and_that_is_said_where_it_matters() {
    let folder = project(
        "map = \"map.json\"\nmeasurements = \"measurements.csv\"\nprofile = \"audit\"\ntheme = \"print\"\n\ndeny = \"error\"\n",
    );
    let ran = run(&folder, "check --profile workshop");
    let note = "note: --profile workshop is used; line 3 of benefit-map.toml says audit\n";
    assert!(ran.code == 0 && ran.told.contains(note), "{}", ran.told);
    let ran = run(&folder, "check --deny warning");
    assert!(
        ran.told
            .contains("note: --deny warning is used; line 6 of benefit-map.toml says error"),
        "{}",
        ran.told
    );
    assert_eq!(ran.code, 1);
    for silent in [
        "check --profile audit",
        "check --profile workshop -q",
        "draw --theme default",
        "check --no-project map.json",
    ] {
        let ran = run(&folder, silent);
        assert!(!ran.told.contains("is used"), "{silent}: {}", ran.told);
    }
    // What belongs to the map is not for another, and the rules of the house are.
    folder.put(
        "other.json",
        r#"{"format": 1, "title": "Other", "nodes": [{"id": "a", "kind": "enabler", "title": "Sensors"}]}"#,
    );
    let other = run(&folder, "check other.json");
    assert!(
        other
            .told
            .contains("note: this is not the map of benefit-map.toml, whose measurements are not used for it"),
        "{}",
        other.told
    );
    assert!(!other.told.contains("measurements.csv"), "{}", other.told);
    let alone = run(&folder, "check --no-project other.json --profile audit --deny error");
    assert_eq!((other.code, other.out), (alone.code, alone.out));
    // The project's map under another name is the same map.
    let again = run(&folder, "check ./map.json");
    assert!(!again.told.contains("not the map"), "{}", again.told);
}

#[test]
fn mistakes_are_shown_all_at_once_with_their_lines_and_what_to_do() {
    for (text, parts) in [
        (
            "mpa = \"map.json\"\n",
            &["benefit-map.toml:1:1", "no key `mpa`", "did you mean `map`?"][..],
        ),
        (
            "map = \"map.json\"\nprofile = \"adit\"\n",
            &["benefit-map.toml:2:11", "did you mean `audit`?"],
        ),
        (
            "map = \"mpa.json\"\n",
            &[
                "benefit-map.toml:1:7",
                "the map mpa.json does not exist",
                "benefit-map new mpa.json",
            ],
        ),
        (
            "map = \"map.json\"\nmeasurements = [\"measurements.csv\", \"more.csv\"]\n",
            &["benefit-map.toml:2:16", "more.csv does not exist"],
        ),
        (
            "map = \"map.json\"\nbaseline = \"no.json\"\n",
            &["benefit-map.toml:2:12", "--write-baseline no.json"],
        ),
        (
            "map = 5\n",
            &[
                "benefit-map.toml:1:7",
                "`map` is a text in quotes, not a number",
                "map = \"map.json\"",
            ],
        ),
        (
            "map = \"map.json\"\nmeasurements = [1]\n",
            &["benefit-map.toml:2:17", "lists texts"],
        ),
        ("map = map.json\n", &["benefit-map.toml:1:", "not TOML"]),
        (
            "map = \"map.json\"\nmap = \"map.json\"\n",
            &["benefit-map.toml:2:1", "not TOML"],
        ),
        (
            "map = \"map.json\"\nfirst-month = 13\n",
            &["benefit-map.toml:2:15", "13"],
        ),
        (
            "map = \"map.json\"\n[deny]\nchekc = \"error\"\n",
            &["benefit-map.toml:3:1", "did you mean `check`?"],
        ),
        (
            "map = \"map.json\"\n[deny]\ncoverage = \"evidence\"\n",
            &["benefit-map.toml:3:12", "evidence"],
        ),
        (
            "map = \"map.json\"\ninclude = \"other.toml\"\n",
            &["benefit-map.toml:2:1", "no key `include`"],
        ),
        (
            "map = \"map.json\"\nbuild = \"map.svg\"\n",
            &["benefit-map.toml:2:9", "[[build]]"],
        ),
        (
            "map = \"map.json\"\n[[build]]\nfiel = \"map.svg\"\n",
            &["benefit-map.toml:3:1", "did you mean `file`?"],
        ),
        (
            "map = \"map.json\"\n[[build]]\nfile = \"map.xlsx\"\n",
            &["benefit-map.toml:3:8", "make = \"register\""],
        ),
        (
            "map = \"map.json\"\n[[build]]\nfile = \"a\"\nmake = \"regster\"\n",
            &["benefit-map.toml:4:8", "did you mean `register`?"],
        ),
        (
            "map = \"map.json\"\n[[build]]\nfile = \"a\"\nmake = \"seal\"\n",
            &["benefit-map.toml:4:8", "cannot make `seal`"],
        ),
    ] {
        let folder = project(text);
        let before = folder.everything();
        let ran = run(&folder, "check");
        assert_eq!(ran.code, 2, "{text}: {}{}", ran.out, ran.told);
        for part in parts {
            assert!(ran.told.contains(part), "{text}: {part} in\n{}", ran.told);
        }
        assert_eq!(folder.everything(), before, "{text}");
        // Commands that take nothing from it go on, and so does help.
        for other in [
            "explain order",
            "help",
            "--help",
            "check --help",
            "schema",
            "check map.json --no-project --deny error",
        ] {
            let ran = run(&folder, other);
            assert_eq!(ran.code, 0, "{text}: {other}: {}", ran.told);
        }
    }
    let folder = project("mpa = \"map.json\"\nprofile = \"adit\"\ntheme = \"prnt\"\n");
    let ran = run(&folder, "");
    assert!(
        ran.code == 2 && ran.told.contains("cannot be used: 3 faults"),
        "{}",
        ran.told
    );
    let folder = project("");
    let ran = run(&folder, "");
    assert!(ran.code == 2 && ran.told.contains("names no map"), "{}", ran.told);
    folder.put("benefit-map.toml", b"map = \"\xff\"");
    let ran = run(&folder, "check");
    assert!(ran.code == 2 && ran.told.contains("UTF-8"), "{}", ran.told);
}

#[test]
fn build_writes_what_the_file_lists_or_nothing() {
    let whole = "map = \"map.json\"\n[[build]]\nfile = \"out/map.svg\"\n[[build]]\nfile = \"out/tables\"\nmake = \"export tables\"\n\
                 [[build]]\nfile = \"out/case.md\"\nmake = \"report business-case\"\n[[build]]\nfile = \"views\"\nmake = \"pack\"\noptions = [\"--formats\", \"svg\"]\n";
    let folder = project(whole);
    fs::create_dir(folder.at("below")).unwrap();
    for _ in 0..2 {
        let ran = run_below(&folder, "below", "build");
        assert_eq!(ran.code, 0, "{}", ran.told);
        assert_eq!(
            ran.told.lines().filter(|line| line.starts_with("wrote ")).count(),
            4,
            "{}",
            ran.told
        );
    }
    for file in ["out/map.svg", "out/tables/nodes.csv", "out/case.md", "views/index.html"] {
        assert!(folder.at(file).is_file(), "{file}");
    }
    assert_eq!(
        fs::read_dir(folder.at("below")).unwrap().count(),
        0,
        "relative to the file"
    );
    fs::remove_dir_all(folder.at("out")).unwrap();
    let one = run_below(&folder, "below", "build out/map.svg");
    assert_eq!(one.code, 0, "{}", one.told);
    assert!(folder.at("out/map.svg").is_file() && !folder.at("out/tables").exists());
    let unknown = run(&folder, "build out/mop.svg");
    assert!(
        unknown.code == 2 && unknown.told.contains("did you mean `out/map.svg`?"),
        "{}",
        unknown.told
    );
    let list = run(&folder, "build --list");
    assert!(
        list.code == 0 && list.out.contains("views        pack --formats svg"),
        "{}",
        list.out
    );
    for (entry, parts) in [
        (
            "file = \"b.svg\"\noptions = [\"--papr\", \"a3\"]",
            &["--papr", "'--paper'"][..],
        ),
        ("file = \"b.svg\"\noptions = [\"--paper\", \"a9\"]", &["a9"]),
        ("file = \"b.svg\"\noptions = [\"--watch\"]", &["--watch"]),
        ("file = \"out/map.svg\"", &["built twice"]),
    ] {
        folder.put("benefit-map.toml", format!("{whole}[[build]]\n{entry}\n"));
        let before = folder.everything();
        let ran = run(&folder, "build");
        assert_eq!(ran.code, 2, "{entry}");
        for part in parts.iter().chain(&["benefit-map.toml:15:8"]) {
            assert!(ran.told.contains(part), "{entry}: {part} in {}", ran.told);
        }
        assert_eq!(folder.everything(), before, "{entry}: nothing was written");
    }
    // What is read is not written over, whoever names it, and the rest is written.
    folder.put(
        "benefit-map.toml",
        format!("{whole}[[build]]\nfile = \"map.json\"\nmake = \"status\"\n"),
    );
    let ran = run(&folder, "build");
    assert!(
        ran.code == 2 && ran.told.contains("1 of 5 files could not be written"),
        "{}",
        ran.told
    );
    assert_eq!(fs::read_to_string(folder.at("map.json")).unwrap(), MAP);
    let nowhere = Folder::new().run("build");
    assert!(
        nowhere.code == 2 && nowhere.told.contains("new map.json --project"),
        "{}",
        nowhere.told
    );
}

#[test]
fn the_state_says_what_is_in_order_what_is_due_and_what_to_do_next() {
    let folder = project(
        "map = \"map.json\"\nmeasurements = \"measurements.csv\"\nprofile = \"audit\"\nseals = \"s.json\"\n[[build]]\nfile = \"map.svg\"\n",
    );
    let shown = run(&folder, "");
    assert_eq!(shown.code, 0, "{}", shown.told);
    for part in [
        "Smart waste collection",
        "In order   all 4 investments help an end outcome",
        "for the profile audit",
        "of 29 KPIs 1 missed",
        "1 measurement: shift-contentment",
        "not sealed yet",
        "1 of 1 file missing or older than the map: map.svg",
        "Next: ",
    ] {
        assert!(shown.out.contains(part), "{part} in\n{}", shown.out);
    }
    for line in ["seal --as-of 2028-04-01", "build"] {
        assert_eq!(run(&folder, line).code, 0, "{line}");
    }
    let shown = run(&folder, "");
    assert!(
        shown.out.contains("the map is that of seal 1 of 2028-04-01"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("1 file, none older than the map"), "{}", shown.out);
    folder.put("map.json", MAP.replace("Fewer kilometres driven", "Fewer miles driven"));
    assert!(run(&folder, "").out.contains("the map has changed since seal 1"));
    // An empty map is praised for nothing.
    folder.put("map.json", r#"{"format": 1, "title": "Empty"}"#);
    folder.put("measurements.csv", "kpi,date,value\n");
    let empty = run(&folder, "");
    assert!(
        empty.code == 0 && !empty.out.contains("In order") && empty.out.contains("Next: "),
        "{}{}",
        empty.out,
        empty.told
    );
    // Without a project file there is nothing to show but the help.
    let help = Folder::new().run("");
    assert!(
        help.code == 2 && help.out.is_empty() && help.told.contains("Usage: benefit-map"),
        "{}",
        help.told
    );
}

#[test]
fn new_writes_a_project_file_whose_every_line_can_be_used() {
    let folder = Folder::new();
    let made = folder.run("new library.json --project");
    assert_eq!(made.code, 0, "{}", made.told);
    assert!(made.told.contains("wrote benefit-map.toml"), "{}", made.told);
    let state = folder.run("");
    assert!(
        state.code == 0 && state.out.contains("library.json, as benefit-map.toml says"),
        "{}{}",
        state.out,
        state.told
    );
    let text = fs::read_to_string(folder.at("benefit-map.toml")).unwrap();
    let used: Vec<&str> = text
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with(' '))
                .unwrap_or(line)
        })
        .collect();
    folder.put("benefit-map.toml", used.join("\n"));
    folder.put("measurements.csv", "kpi,date,value\n");
    folder.put("house-style.docx", "");
    let known = folder.run("check --no-project library.json --write-baseline known-findings.json");
    assert_eq!(known.code, 0, "{}", known.told);
    let list = folder.run("build --list");
    assert_eq!((list.code, list.out.lines().count()), (0, 3), "{}", list.told);
    assert_eq!(folder.run("check").code, 0);
    // Nothing that is there is written over, and without a word no project file is written.
    let again = folder.run("new other.json --project");
    assert!(again.code == 2 && !folder.at("other.json").exists(), "{}", again.told);
    let plain = Folder::new();
    assert_eq!(plain.run("new map.json").code, 0);
    assert!(!plain.at("benefit-map.toml").exists());
}

#[test]
fn completions_take_ids_from_the_map_of_the_project() {
    let folder = project("map = \"map.json\"\n");
    let ran = folder.run_words(&["__complete", "--", "draw", "--owner", "dir-p"]);
    assert!(ran.out.contains("dir-place\tDirector of Place"), "{}", ran.out);
}
