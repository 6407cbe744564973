//! Checks as gates: baselines, several maps, and what the GitHub Action and the pre-commit hooks run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use saphyr::{LoadableYamlNode, Yaml};
use tempfile::TempDir;

use crate::support::program::program;

const DRAFT: &str = include_str!("../../examples/maps/workshop-draft/map.json");
const FINISHED: &str = include_str!("../../examples/maps/smart-waste/map.json");
const ACTION: &str = include_str!("../../action.yml");
const HOOKS: &str = include_str!("../../.pre-commit-hooks.yaml");
const PAGE: &str = include_str!("../../docs/continuous-checking.md");

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program()).current_dir(dir).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("our maps")).unwrap();
    fs::write(dir.path().join("our maps/draft.json"), DRAFT).unwrap();
    fs::write(dir.path().join("our maps/good.json"), FINISHED).unwrap();
    dir
}

/// The day by which the examples are judged.
const AS_OF: [&str; 2] = ["--as-of", "2026-11-24"];

#[test]
fn a_baseline_lets_old_findings_stand_and_fails_on_new_ones() {
    let dir = folder();
    let draft = "our maps/draft.json";
    let written = run(
        dir.path(),
        &["check", draft, "--write-baseline", "known.json", AS_OF[0], AS_OF[1]],
    );
    assert_eq!(code(&written), 0, "{}", err(&written));
    assert_eq!(out(&written), "");
    assert!(err(&written).contains("--baseline known.json"), "{}", err(&written));
    let check = |format: &str| {
        let args = [
            "check",
            draft,
            "--baseline",
            "known.json",
            "--format",
            format,
            AS_OF[0],
            AS_OF[1],
        ];
        run(dir.path(), &args)
    };
    let same = check("text");
    assert_eq!(code(&same), 0, "{}", out(&same));
    assert!(out(&same).starts_with("no findings; ") && out(&same).contains(" from the baseline remain\n"));

    // Lines move, an owner goes, an arrow gets its reason.
    let moved = DRAFT
        .replacen("{\n", "{\n\n\n", 1)
        .replacen("\"owner\": \"trust-flow\"", "\"owner\": \"nobody\"", 1);
    fs::write(dir.path().join(draft), &moved).unwrap();
    let changed = check("json");
    assert_eq!(code(&changed), 1);
    let json: serde_json::Value = serde_json::from_str(&out(&changed)).unwrap();
    let new: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect();
    assert_eq!(new, ["unknown-reference"], "{}", out(&changed));
    assert!(
        err(&changed).contains("of known.json") && err(&changed).contains("BM504 owner-not-senior: owner trust-flow")
    );

    // What is no baseline stops the run before anything is said of the map.
    fs::write(dir.path().join("known.json"), "{\"baseline\": 1,\n \"findings\": 7}").unwrap();
    let broken = check("text");
    assert_eq!((code(&broken), out(&broken).as_str()), (2, ""));
    assert!(
        err(&broken).contains("known.json: line 2, column 14: "),
        "{}",
        err(&broken)
    );
    assert_eq!(code(&run(dir.path(), &["check", draft, "--baseline", "none.json"])), 2);
}

#[test]
fn several_maps_are_checked_and_one_that_cannot_be_read_hides_none() {
    let dir = folder();
    let both = ["check", "our maps/good.json", "our maps/draft.json", AS_OF[0], AS_OF[1]];
    let checked = run(dir.path(), &both);
    assert_eq!(code(&checked), 1);
    assert!(
        out(&checked).starts_with("our maps/good.json\n\nno findings"),
        "{}",
        out(&checked)
    );
    assert!(
        out(&checked).contains("\nour maps/draft.json\n\nBM105 cycle"),
        "{}",
        out(&checked)
    );
    let missing = run(
        dir.path(),
        &["check", "none.json", "our maps/good.json", AS_OF[0], AS_OF[1]],
    );
    assert_eq!(code(&missing), 2);
    assert!(
        out(&missing).contains("our maps/good.json\n\nno findings"),
        "{}",
        out(&missing)
    );
    assert!(
        err(&missing).contains("1 of 2 maps could not be checked"),
        "{}",
        err(&missing)
    );
    for more in [
        &["--baseline", "k"][..],
        &["--baseline", "k", "--format", "sarif"],
        &["--measurements", "m.csv"],
    ] {
        fs::write(dir.path().join("k"), "{\"baseline\": 1, \"findings\": []}").unwrap();
        let refused = run(dir.path(), &[&both[..], more].concat());
        assert_eq!((code(&refused), out(&refused).as_str()), (2, ""), "{more:?}");
        assert!(err(&refused).contains("name only one map"), "{}", err(&refused));
    }
}

#[test]
fn findings_beyond_the_first_are_counted_and_all_shows_them() {
    let dir = folder();
    let args = ["check", "our maps/draft.json", "--profile", "audit", AS_OF[0], AS_OF[1]];
    let few = out(&run(dir.path(), &args));
    assert!(
        few.contains("\n... and 6 more of BM302 (link-without-evidence); --all shows every one\n"),
        "{few}"
    );
    let all = out(&run(dir.path(), &[&args[..], &["--all"]].concat()));
    assert!(!all.contains("... and"), "{all}");
    assert_eq!(all.matches("nothing shows that").count(), 16);
}

/// The words of a command that follow `benefit-map`, in every line of a text that has one.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let mut all = Vec::new();
    for line in text.lines() {
        for rest in line.split("benefit-map ").skip(1) {
            all.push(
                rest.split_whitespace()
                    .map(|word| word.trim_matches(['`', '"', '\'', ',', ';']))
                    .collect(),
            );
        }
    }
    all
}

/// The options that `--help` of a command names.
fn options_of(command: &str) -> BTreeSet<String> {
    let help = run(Path::new("."), &[command, "--help"]);
    assert_eq!(code(&help), 0, "{command}");
    let text = out(&help);
    let words = text.split([' ', '\n', ',', '[', ']', '`', '.']);
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

#[test]
fn the_page_on_gates_names_commands_and_options_that_exist() {
    let mut seen = 0;
    for words in commands(PAGE) {
        let command = words[0];
        if !["check", "fmt", "explain", "rules"].contains(&command) {
            continue;
        }
        let known = options_of(command);
        for option in words.iter().filter(|word| word.starts_with("--")) {
            assert!(known.contains(*option), "{command} has no {option}");
            seen += 1;
        }
    }
    assert!(seen > 6, "{seen} options are too few to be all");
    for input in yaml(ACTION)["inputs"].as_mapping().unwrap().keys() {
        let name = input.as_str().unwrap();
        assert!(
            PAGE.contains(&format!("`{name}`")),
            "the page says nothing of the input {name}"
        );
    }
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

#[test]
fn the_hooks_run_commands_that_exist_on_the_maps_that_are_meant() {
    let hooks = yaml(HOOKS);
    let hooks = hooks.as_vec().unwrap();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        for field in ["id", "name", "entry", "language", "files"] {
            assert!(hook[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        let entry: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
        assert_eq!(entry[0], "benefit-map");
        options_of(entry[1]);
        // As pre-commit does: the entry, and behind it the files, as many as there are.
        let dir = folder();
        let files = ["our maps/good.json", "our maps/good.json"];
        let ran = run(dir.path(), &[&entry[1..], &files[..]].concat());
        assert!(code(&ran) <= 1, "{}", err(&ran));
    }
}

#[test]
fn the_action_hands_every_input_to_the_script_and_none_into_it() {
    let action = yaml(ACTION);
    let inputs: BTreeSet<&str> = action["inputs"]
        .as_mapping()
        .unwrap()
        .keys()
        .map(|key| key.as_str().unwrap())
        .collect();
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    let steps = action["runs"]["steps"].as_vec().unwrap();
    let mut handed = BTreeSet::new();
    for step in steps {
        let script = step["run"].as_str().unwrap();
        assert!(
            !script.contains("${{"),
            "an input would become part of the script: {script}"
        );
        if let Some(variables) = step.as_mapping_get("env").and_then(Yaml::as_mapping) {
            for value in variables.values() {
                let text = value.as_str().unwrap();
                handed.extend(
                    text.strip_prefix("${{ inputs.")
                        .map(|rest| rest.trim_end_matches(" }}")),
                );
            }
        }
    }
    assert_eq!(handed, inputs);
}

#[test]
fn what_the_action_runs_annotates_every_map() {
    let Ok(shell) = Command::new("bash").arg("--version").output() else {
        crate::support::skip::skip("bash is not installed");
        return;
    };
    assert!(shell.status.success());
    let dir = folder();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/check-maps.sh");
    let action = |variables: &[(&str, &str)]| {
        let mut command = Command::new("bash");
        command
            .arg(&script)
            .current_dir(dir.path())
            .env("BENEFIT_MAP", program());
        command.env("AS_OF", AS_OF[1]).envs(variables.iter().copied());
        command.output().unwrap()
    };
    let both = action(&[("MAPS", "  our maps/*.json\n\n")]);
    assert_eq!(code(&both), 1, "{}", err(&both));
    assert!(out(&both).lines().all(|line| line.starts_with("::")), "{}", out(&both));
    assert!(
        out(&both).contains("::error file=our maps/draft.json,line="),
        "{}",
        out(&both)
    );
    let good = action(&[
        ("MAPS", "our maps/good.json"),
        ("PROFILE", "audit"),
        ("SARIF", "report.sarif"),
    ]);
    assert_eq!((code(&good), out(&good).as_str()), (0, ""), "{}", err(&good));
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("report.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 0);
    // A title is data, and so is a path: neither becomes a command of the shell.
    let missing = action(&[("MAPS", "$(touch hit); `touch hit`/*.json")]);
    assert_eq!(code(&missing), 2);
    assert!(!dir.path().join("hit").exists());
    assert_eq!(code(&action(&[("MAPS", "")])), 2);
}
