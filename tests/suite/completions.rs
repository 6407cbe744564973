//! What each shell offers while a command line is typed: the scripts are sourced in the shells themselves.

use std::process::Command;

use crate::support::folder::Folder;
use crate::support::program::program;
use crate::support::skip::skip;

/// Lines as they are typed, the last word unfinished, and words that must be offered for it, and one that must not.
const CASES: &[(&str, &[&str], &str)] = &[
    ("dra", &["draw"], "check"),
    ("import ", &["tables", "xlsx", "archimate"], "draw"),
    ("import archimate model.xml --ki", &["--kind"], "--owner"),
    ("check map.json --prof", &["--profile"], "--deny"),
    ("check map.json --profile ", &["outline", "audit"], "map.json"),
    ("draw map.json --owner dir-p", &["dir-place"], "dir-finance"),
    (
        "draw map.json --owner dir-place --focus fewer-k",
        &["fewer-km"],
        "dir-place",
    ),
    (
        "chart map.json -m measurements.csv --kpi rounds",
        &["rounds-km"],
        "fewer-km",
    ),
    ("trace map.json --from inv-", &["inv-digital"], "rounds-km"),
    ("status map.json --as-of t", &["today"], "yesterday"),
    ("explain BM20", &["BM201"], "BM101"),
    ("help dr", &["draw"], "check"),
];

/// What is offered for the file of measurements, as each shell names files.
const FILES: (&str, &str) = ("status map.json -m meas", "measurements.csv");

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", include_str!("../../examples/maps/smart-waste/map.json"));
    folder.put(
        "measurements.csv",
        include_str!("../../examples/maps/smart-waste/measurements.csv"),
    );
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.run(&format!("completions {shell}"));
        assert_eq!(script.code, 0, "{}", script.told);
        folder.put(&format!("benefit-map.{shell}"), script.out);
    }
    folder
}

/// What a shell prints for a script of its own; `None` where the shell is not here.
fn offered(folder: &Folder, shell: &str, script: &str) -> Option<Vec<String>> {
    let program = std::path::Path::new(program());
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let plain: &[&str] = match shell {
        "bash" => &["--norc", "--noprofile", "-c"],
        "zsh" => &["-f", "-c"],
        _ => &["--no-config", "-c"],
    };
    let ran = Command::new(shell)
        .args(plain)
        .arg(script)
        .current_dir(folder.path())
        .env("PATH", path)
        .env("HOME", folder.path())
        .output();
    let Ok(ran) = ran else {
        skip(&format!("{shell} is not installed: what it completes"));
        return None;
    };
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(told.is_empty(), "{shell} {script}: {told}");
    let out = String::from_utf8_lossy(&ran.stdout);
    Some(
        out.lines()
            .map(|line| line.split('\t').next().unwrap_or_default().to_owned())
            .collect(),
    )
}

/// Tries every case in a shell, whose script is made of a line.
fn try_all(shell: &str, script: impl Fn(&str) -> String) {
    let folder = folder();
    for (line, wanted, unwanted) in CASES {
        let Some(words) = offered(&folder, shell, &script(line)) else {
            return;
        };
        for word in *wanted {
            assert!(
                words.iter().any(|offered| offered == word),
                "{shell}: {line}: {word} in {words:?}"
            );
        }
        assert!(
            !words.iter().any(|offered| offered == unwanted),
            "{shell}: {line}: {words:?}"
        );
    }
    let (line, file) = FILES;
    let Some(words) = offered(&folder, shell, &script(line)) else {
        return;
    };
    assert!(
        words.iter().any(|offered| offered == file),
        "{shell}: {line}: {words:?}"
    );
}

/// The words of a line in quotes, with the program's name and the word that is being typed, which may be empty.
fn words(line: &str) -> Vec<String> {
    let all = std::iter::once("benefit-map").chain(line.split(' '));
    all.map(|word| format!("'{word}'")).collect()
}

#[test]
fn completions_work_after_a_command_in_bash() {
    try_all("bash", |line| {
        let words = words(line);
        format!(
            "source benefit-map.bash; COMP_WORDS=({}); COMP_CWORD={}; _benefit_map; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1
        )
    });
}

#[test]
fn completions_work_after_a_command_in_zsh() {
    // Outside its line editor zsh has no candidates to show: what the script hands over is caught.
    try_all("zsh", |line| {
        let words = words(line);
        format!(
            "compdef() {{ print -r -- \"$2\" > of; }}; _files() {{ print -rl -- *; }}; \
             _describe() {{ local one; for one in \"${{(@P)4}}\"; do print -r -- \"${{one%%:*}}\"; done; }}; \
             source ./benefit-map.zsh; words=({}); CURRENT={}; _benefit_map; [[ $(<of) == benefit-map ]]",
            words.join(" "),
            words.len()
        )
    });
}

#[test]
fn completions_work_after_a_command_in_fish() {
    try_all("fish", |line| {
        format!("source benefit-map.fish; complete -C 'benefit-map {line}'")
    });
}

#[test]
fn completions_read_no_map_that_is_broken_and_say_nothing_on_errors() {
    let folder = folder();
    folder.put("broken.json", "{\"format\": 1,");
    for map in ["broken.json", "missing.json", "."] {
        let ran = folder.run_words(&["__complete", "--", "draw", map, "--owner", ""]);
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.told.as_str()),
            (0, ":words\n", ""),
            "{map}"
        );
    }
    // Titles are data: no line of theirs passes for a word.
    let map =
        r#"{"format": 1, "title": "t", "nodes": [{"id": "a", "kind": "enabler", "title": "x\ty\n:files\u001b[2J"}]}"#;
    folder.put("odd.json", map);
    let ran = folder.run_words(&["__complete", "--", "draw", "odd.json", "--focus", ""]);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(
        ran.out.starts_with(":words\na\t") && !ran.out.contains('\u{1b}'),
        "{}",
        ran.out
    );
}

#[test]
fn completions_are_scripts_of_each_shell() {
    let folder = folder();
    for (shell, words) in [
        ("bash", "complete -F _benefit_map benefit-map"),
        ("zsh", "#compdef benefit-map"),
        ("fish", "complete -c benefit-map"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let script = folder.run(&format!("completions {shell}"));
        assert!(script.code == 0 && script.out.contains(words), "{shell}");
    }
}
