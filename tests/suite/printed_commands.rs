//! Every command that the pages and the help print runs as printed: in the shell, in a folder that has what it names.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::folder::Folder;
use crate::support::program::{Ran, benefit_map, commands, program};
use crate::support::skip::skip;
use crate::support::workbook::own_register;

/// Pages whose commands run in the folder of the demo with the files of [`prepare`].
const PAGES: &[&str] = &[
    "README.md",
    "docs/appraisal.md",
    "docs/audit.md",
    "docs/continuous-checking.md",
    "docs/documents.md",
    "docs/exchange.md",
    "docs/files.md",
    "docs/first-map.md",
    "docs/portfolio.md",
    "docs/health-check.md",
    "docs/project.md",
    "docs/registers.md",
    "docs/tables.md",
    "docs/themes.md",
    "docs/tracking.md",
    "docs/workshop.md",
    "examples/maps/smart-waste/README.md",
    "examples/maps/workshop-draft/README.md",
];

/// Commands that end with 1 where they find something.
const FIND: &[&str] = &[
    "check",
    "coverage",
    "diff",
    "status",
    "seal",
    "review",
    "portfolio",
    "survey",
];

/// A line as it is printed: the command, and the exit code where the line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Printed {
    line: String,
    code: Option<i32>,
}

/// The commands of a page or of a help: the lines that begin with one, without what is said of them.
fn printed(text: &str) -> Vec<Printed> {
    let mut found = Vec::new();
    for line in text.lines() {
        let line = line.trim_start().trim_start_matches("$ ");
        if !line.starts_with("benefit-map ") {
            continue;
        }
        let (command, comment) = line.split_once(" #").unwrap_or((line, ""));
        // In the help two blanks or more lie between a command and its meaning.
        let command = command.split("  ").next().unwrap_or_default().trim_end();
        let code = comment
            .split_once("exit ")
            .and_then(|(_, code)| code.trim().parse().ok());
        found.push(Printed {
            line: command.trim_end().to_owned(),
            code,
        });
    }
    found
}

/// The help of a command in lines that are not broken.
fn unbroken_help(command: &str) -> String {
    let words = command.split_whitespace().chain(["--help"]);
    let output = benefit_map().args(words).env("COLUMNS", "500").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The commands in the fenced blocks of a page.
fn of_page(name: &str) -> Vec<Printed> {
    let page = fs::read_to_string(root().join(name)).unwrap();
    let blocks = page.split("```").skip(1).step_by(2);
    // Of a transcript only the lines after `$` are typed, and a block of another language has none.
    let typed = |block: &str| {
        let (language, text) = block.split_once('\n').unwrap_or_default();
        match language {
            "sh" | "console" | "" => text.to_owned(),
            _ => String::new(),
        }
    };
    blocks.flat_map(|block| printed(&typed(block))).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A line in bash, as somebody would type it, at home in the folder.
fn run(folder: &Folder, line: &str) -> Ran {
    let program = Path::new(program());
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("bash")
        .args(["--norc", "--noprofile", "-c", &format!("set -o pipefail; {line}")])
        .current_dir(folder.path())
        .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
        .env("HOME", folder.path())
        .env("SOURCE_DATE_EPOCH", "1838246400")
        .env_remove("COLUMNS")
        .output()
        .unwrap()
        .into()
}

fn copy(folder: &Folder, from: &str, to: &str) {
    folder.put(to, fs::read(root().join(from)).unwrap());
}

/// Runs lines that have to work, so that what the printed ones name is there.
fn must(folder: &Folder, lines: &[&str]) {
    for line in lines {
        let ran = run(folder, line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
    }
}

/// The folder of the demo, with files of other tools under the names that pages and help use.
fn prepare() -> Folder {
    let folder = Folder::new();
    must(&folder, &["benefit-map demo . -q"]);
    let map = fs::read_to_string(folder.at("map.json")).unwrap();
    let older = map.replace("Fewer kilometres driven", "Fewer miles driven");
    assert_ne!(map, older);
    for (name, text) in [
        ("old.json", &older),
        ("new.json", &map),
        ("maps/map.json", &map),
        ("library.json", &map),
        ("a.json", &map),
        ("b.json", &older),
    ] {
        folder.put(name, text);
    }
    let register = "Benefit,Owner,Baseline,Target,Actual 2027\nFewer bins,Ann Ash,10,5,9\n";
    folder.put("register.csv", register);
    folder.put("register.xlsx", own_register());
    folder.put("actuals.csv", "kpi,date,value\nfewer-bins-kpi,2027-03-31,9\n");
    must(
        &folder,
        &["benefit-map import register register.xlsx -o from-register.json -q"],
    );
    for path in crate::portfolio_example::files() {
        copy(&folder, &path, &path);
    }
    folder.put("measured/values.csv", fs::read(folder.at("measurements.csv")).unwrap());
    let themes = fs::read_to_string(root().join("docs/themes.md")).unwrap();
    let house = themes
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    folder.put("house.json", house.expect("a theme on the page"));
    let exchange = "tests/fixtures/exchange";
    for name in ["elements.csv", "relations.csv", "properties.csv"] {
        for to in ["archi", "my-model"] {
            copy(&folder, &format!("{exchange}/archi/{name}"), &format!("{to}/{name}"));
        }
    }
    for name in ["elements.csv", "connections.csv"] {
        copy(&folder, &format!("{exchange}/kumu/{name}"), name);
    }
    for name in ["kumu.json", "project.json"] {
        copy(&folder, &format!("{exchange}/kumu.json"), name);
    }
    for name in ["1-draft", "2-chains", "3-words", "4-outline"] {
        copy(
            &folder,
            &format!("examples/maps/first-map/{name}.json"),
            &format!("{name}.json"),
        );
    }
    must(
        &folder,
        &[
            "benefit-map portfolio new a.json b.json -o portfolio.json",
            "benefit-map export archimate map.json -o model.xml",
            "benefit-map export graphml map.json -o drawing.graphml",
            "benefit-map export dot map.json -o drawing.dot",
            "benefit-map export xlsx map.json -o map.xlsx",
            "benefit-map report business-case map.json -o house-style.docx",
        ],
    );
    folder.put(
        "project/benefit-map.toml",
        "map = \"../map.json\"\n[[build]]\nfile = \"out/case.docx\"\nmake = \"report business-case\"\n",
    );
    for folder_of_home in [
        ".local/share/bash-completion/completions",
        ".zfunc",
        ".config/fish/completions",
    ] {
        fs::create_dir_all(folder.at(folder_of_home)).unwrap();
    }
    folder
}

/// Why a line is not run as it is printed; `None` where it is.
fn not_run(line: &str) -> Option<&'static str> {
    let has = |word: &str| line.split(' ').any(|other| other == word);
    let endless = ["benefit-map workshop ", "benefit-map portfolio watch "];
    if endless.iter().any(|start| line.starts_with(start)) || has("--watch") {
        Some("it goes on until it is stopped")
    } else if line.contains("--verify-signature") || line.contains("--sign ") || line.contains("--expect") {
        Some("it names a key or a digest of its own; seals have tests of their own")
    } else if line.contains("--deny greener") || line.contains("--deny open") {
        Some("its two maps are those of the page, where a test of that page runs it")
    } else if line.contains("book.xlsx") {
        Some("the page prints it for its error")
    } else {
        None
    }
}

/// Programs that a line needs besides; whether they are here.
fn can_run(line: &str) -> bool {
    let needs = [("| dot ", "dot", "-V"), ("--git ", "git", "--version")];
    needs
        .into_iter()
        .filter(|(part, ..)| line.contains(part))
        .all(|(_, program, version)| {
            let is_here = Command::new(program).arg(version).output().is_ok();
            if !is_here {
                skip(&format!("{program} is not installed: {line}"));
            }
            is_here
        })
}

/// Runs a printed line, and says what is wrong with it.
fn fault_of(folder: &Folder, printed: &Printed) -> Option<String> {
    let line = printed.line.as_str();
    if not_run(line).is_some() {
        // Its words are read all the same: help is shown where they are understood.
        let words: Vec<&str> = line.split(' ').skip(1).chain(["--help"]).collect();
        let ran = folder.run_words(&words);
        return (ran.code != 0 && !line.contains("book.xlsx")).then(|| format!("{line}: {}", ran.told));
    }
    if !can_run(line) {
        return None;
    }
    let ran = run(folder, line);
    let command = line.split(' ').nth(1).unwrap_or_default();
    let is_well = match printed.code {
        Some(code) => ran.code == code,
        None if FIND.contains(&command) => ran.code < 2,
        None => ran.code == 0,
    };
    (!is_well).then(|| format!("{line}: exit {}\n{}", ran.code, ran.told))
}

/// What makes room for a line that starts a map: it refuses to write over one.
fn make_room(folder: &Folder, line: &str) {
    let starts = ["new ", "import ", "portfolio new "]
        .iter()
        .any(|command| line.starts_with(&format!("benefit-map {command}")));
    // An import without an output names what it reads alone.
    if !starts || (line.starts_with("benefit-map import ") && !line.contains(" -o ")) {
        return;
    }
    if let Some(made) = line
        .split(' ')
        .skip(2)
        .find(|word| word.ends_with(".json") || word.ends_with(".csv"))
    {
        let made = match line.split_once(" -o ") {
            Some((_, output)) => output.split(' ').next().unwrap_or_default(),
            None => made,
        };
        // Tables and workbooks are brought onto the map that is there.
        let _ = fs::remove_file(folder.at(made));
        if line.contains("--project") {
            let _ = fs::remove_file(folder.at("benefit-map.toml"));
        }
    }
}

/// Puts back what the lines before may have changed or removed.
fn put_back(folder: &Folder, names: &[(&str, Vec<u8>)]) {
    for (name, bytes) in names {
        folder.put(name, bytes);
    }
}

fn kept(folder: &Folder) -> Vec<(&'static str, Vec<u8>)> {
    ["map.json", "measurements.csv", "library.json"]
        .map(|name| (name, fs::read(folder.at(name)).unwrap()))
        .to_vec()
}

#[test]
fn every_command_of_the_pages_runs_as_printed() {
    let mut seen = 0;
    let mut faults = Vec::new();
    let prepared = prepare();
    for name in PAGES {
        let folder = prepared.copied();
        let kept = kept(&folder);
        if *name == "docs/project.md" {
            let page = fs::read_to_string(root().join(name)).unwrap();
            let toml = page.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
            folder.put("benefit-map.toml", toml);
        }
        for printed in of_page(name) {
            seen += 1;
            make_room(&folder, &printed.line);
            faults.extend(fault_of(&folder, &printed).map(|fault| format!("{name}: {fault}")));
            if printed.line.starts_with("benefit-map new ") {
                put_back(&folder, &kept);
            }
            if *name == "docs/project.md" && printed.line.contains("--project") {
                let page = fs::read_to_string(root().join(name)).unwrap();
                let toml = page.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
                folder.put("benefit-map.toml", toml);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 60, "{seen} commands");
}

#[test]
fn every_page_with_commands_is_tried() {
    let mut names: Vec<String> = fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md") && name != "cli.md")
        .map(|name| format!("docs/{name}"))
        .collect();
    names.extend([
        "README.md".to_owned(),
        "CONTRIBUTING.md".to_owned(),
        "SECURITY.md".to_owned(),
    ]);
    for name in names {
        let printed = of_page(&name);
        assert!(
            printed.is_empty() || PAGES.contains(&name.as_str()),
            "{name} prints commands: list it here"
        );
    }
}

#[test]
fn every_example_of_the_help_runs_as_printed() {
    let mut pages = vec![("benefit-map".to_owned(), unbroken_help(""))];
    pages.extend(
        commands()
            .into_iter()
            .map(|(name, _)| (name.clone(), unbroken_help(&name))),
    );
    let mut seen = 0;
    let mut faults = Vec::new();
    let folder = prepare();
    let kept = kept(&folder);
    for (command, page) in pages {
        let (_, examples) = page
            .split_once("\nExample")
            .unwrap_or_else(|| panic!("{command} has an example"));
        let printed = printed(examples);
        assert!(!printed.is_empty(), "{command}");
        if command == "diff" && can_run("--git ") {
            let commit = "git -c user.name=a -c user.email=a@example.org commit -q -m x --allow-empty";
            must(&folder, &["git init -q .", "git add map.json", commit, commit]);
        }
        if command == "export tables" || command == "import tables" {
            let _ = fs::remove_dir_all(folder.at("my-tables"));
        }
        if command == "report audit" {
            must(
                &folder,
                &["benefit-map seal map.json -m measurements.csv -o map.seal.json"],
            );
        }
        if command == "seal" {
            let _ = fs::remove_file(folder.at("map.seal.json"));
        }
        if command == "import tables" {
            must(&folder, &["benefit-map export tables map.json -o my-tables"]);
        }
        for example in printed {
            seen += 1;
            make_room(&folder, &example.line);
            let fault = match command.as_str() {
                "build" => {
                    let inside = Printed {
                        line: format!("cd project && {}", example.line),
                        code: Some(0),
                    };
                    fault_of(&folder, &inside)
                }
                _ => fault_of(&folder, &example),
            };
            faults.extend(fault);
            let _ = fs::remove_file(folder.at("benefit-map.toml"));
            put_back(&folder, &kept);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 90, "{seen} examples");
}

#[test]
fn a_command_is_taken_from_a_page_without_what_is_said_of_it() {
    let text = "  benefit-map new --templates        list them\n$ benefit-map check a.json   # exit 1\nbenefit-mapping\n  benefit-map export dot a.json | dot -Tsvg -o b.svg\n";
    let lines: Vec<(String, Option<i32>)> = printed(text).into_iter().map(|one| (one.line, one.code)).collect();
    assert_eq!(
        lines,
        [
            ("benefit-map new --templates".to_owned(), None),
            ("benefit-map check a.json".to_owned(), Some(1)),
            ("benefit-map export dot a.json | dot -Tsvg -o b.svg".to_owned(), None),
        ]
    );
}
