//! Nothing is destroyed by a slip: no command writes over what it reads, over a map that it was not asked to change, through a link
//! that nobody named, or over a file that may not be written to.

use std::fs;
use std::path::Path;

use crate::support::folder::Folder;
use crate::support::program::{commands, options, program};
use crate::support::workbook::own_register;

/// A map with an owner, a KPI and everything that the commands below name.
const MAP: &str = r#"{
  "format": 1, "title": "Bins", "appraisal": {"base_year": "2026-27", "end": "2030-31"},
  "owners": [{"id": "ann", "name": "Ann"}],
  "nodes": [
    {"id": "fund", "kind": "investment", "title": "Fund"},
    {"id": "sensors", "kind": "enabler", "title": "Sensors", "owner": "ann"},
    {"id": "rounds", "kind": "business-change", "title": "Rounds"},
    {"id": "clean", "kind": "end-outcome", "title": "Cleaner streets", "owner": "ann"}
  ],
  "links": [{"from": "fund", "to": "sensors"}, {"from": "sensors", "to": "rounds"}, {"from": "rounds", "to": "clean"}],
  "kpis": [{"id": "k", "node": "clean", "title": "Litter", "unit": "bags", "direction": "decrease",
            "baseline": {"date": "2026-01-01", "value": 10}, "targets": [{"date": "2027-01-01", "value": 5}]}]
}
"#;

const RATES: &str = r#"{"name": "own", "bands": [{"from": 0, "rate": 0.04}]}"#;

const MEASURED: &str = "kpi,date,value\nk,2026-03-01,9\n";

/// A command line, the options that name an output, and the files that it reads. No name has an ending, so that none is refused for it.
const WRITERS: &[(&str, &[&str], &[&str])] = &[
    (
        "appraise map --rates rates --measurements measured",
        &["-o"],
        &["map", "rates", "measured"],
    ),
    (
        "appraise map --rates rates --verify worked",
        &["-o"],
        &["map", "rates", "worked"],
    ),
    ("chart map --measurements measured", &["-o"], &["map", "measured"]),
    (
        "check map --measurements measured --answers answers --questions own",
        &["--write-baseline"],
        &["map", "measured", "answers", "own"],
    ),
    ("coverage map --measurements measured", &["-o"], &["map", "measured"]),
    (
        "diff old map --measurements measured",
        &["-o"],
        &["old", "map", "measured"],
    ),
    (
        "draw map --format pptx --template slides --measurements measured --lines confidence --answers votes",
        &["-o"],
        &["map", "measured", "votes", "slides"],
    ),
    ("escalate map --measurements measured", &["-o"], &["map", "measured"]),
    ("export archimate map", &["-o"], &["map"]),
    ("export dot map", &["-o"], &["map"]),
    ("export drawio map", &["-o"], &["map"]),
    ("export graphml map", &["-o"], &["map"]),
    ("export mermaid map", &["-o"], &["map"]),
    (
        "export register made --like theirs --mapping ours --measurements measured",
        &["-o"],
        &["made", "theirs", "ours", "measured"],
    ),
    ("export xlsx map --measurements measured", &["-o"], &["map", "measured"]),
    (
        "import archi-csv elements relations -o new --replace",
        &["-o", "--report"],
        &["elements", "relations"],
    ),
    (
        "import archimate model -o new --replace",
        &["-o", "--report"],
        &["model"],
    ),
    ("import dot drawing -o new --replace", &["-o", "--report"], &["drawing"]),
    ("import graphml graph -o new --replace", &["-o", "--report"], &["graph"]),
    (
        "import kumu things ties -o new --replace",
        &["-o", "--report"],
        &["things", "ties"],
    ),
    ("import tables tables -o new --afresh", &["-o"], &["tables/nodes.csv"]),
    ("import xlsx book -o new --afresh", &["-o", "--actuals"], &["book"]),
    (
        "import register register --mapping mapping -o new --afresh",
        &["-o", "--actuals"],
        &["register", "mapping"],
    ),
    ("kpis map", &["-o"], &["map"]),
    (
        "new measurements map --measurements measured",
        &["-o"],
        &["map", "measured"],
    ),
    ("plan map", &["-o"], &["map"]),
    ("portfolio dashboard places", &["-o"], &["places", "map", "measured"]),
    ("portfolio diff places places", &["-o"], &["places", "map", "measured"]),
    ("portfolio draw places", &["-o"], &["places", "map", "measured"]),
    ("portfolio matrix places", &["-o"], &["places", "map", "measured"]),
    ("portfolio register places", &["-o"], &["places", "map", "measured"]),
    ("portfolio report places", &["-o"], &["places", "map", "measured"]),
    ("portfolio seal places", &["-o"], &["places", "map", "measured"]),
    ("portfolio status places", &["-o"], &["places", "map", "measured"]),
    ("portfolio totals places", &["-o"], &["places", "map", "measured"]),
    (
        "portfolio what-if places --without a",
        &["-o"],
        &["places", "map", "measured"],
    ),
    (
        "register map --measurements measured --template house --format docx",
        &["-o"],
        &["map", "measured", "house"],
    ),
    (
        "report audit map --measurements measured --seals seals --since old --answers answers --questions own",
        &["-o"],
        &["map", "measured", "seals", "old", "answers", "own"],
    ),
    (
        "report business-case map --measurements measured --template house --answers answers --questions own",
        &["-o"],
        &["map", "measured", "house", "answers", "own"],
    ),
    (
        "report profile map --measurements measured --template house",
        &["-o"],
        &["map", "measured", "house"],
    ),
    ("review map --status", &["-o"], &["map"]),
    ("seal map --measurements measured", &["-o"], &["map", "measured"]),
    ("status map --measurements measured", &["-o"], &["map", "measured"]),
    (
        "survey collect answers --map map --questions own",
        &["-o"],
        &["answers", "map", "own"],
    ),
    ("survey form links --map map", &["-o"], &["map"]),
    ("survey form own", &["-o"], &["own"]),
    (
        "survey results map --answers answers --questions own",
        &["-o"],
        &["map", "answers", "own"],
    ),
    (
        "survey triggers map --answers answers --questions own",
        &["-o"],
        &["map", "answers", "own"],
    ),
    ("survey workbook links --map map", &["-o"], &["map"]),
    ("survey workbook own", &["-o"], &["own"]),
    ("trace map", &["-o"], &["map"]),
    ("what-if map --without fund", &["-o"], &["map"]),
    ("trajectory map --measurements measured", &["-o"], &["map", "measured"]),
];

/// Commands that write to a file and have tests of their own below, each with the reason why it is not among the others.
const OTHERS: &[(&str, &str)] = &[
    ("demo", "a folder, and reads nothing"),
    ("export tables", "a folder"),
    ("fmt", "in place"),
    ("man", "a folder, and reads nothing"),
    ("new", "a new file alone"),
    ("pack", "a folder"),
    ("portfolio lists", "a folder"),
    ("portfolio new", "a new file alone"),
    ("portfolio schema", "reads nothing"),
    (
        "portfolio watch",
        "it goes on until it is stopped, and writes as `portfolio dashboard` does",
    ),
    ("rates", "reads nothing"),
    ("schema", "reads nothing"),
    ("survey sets", "reads nothing"),
    ("watch", "a folder"),
    ("workshop", "in place"),
];

/// Options that name a file or a folder to be read.
const INPUTS: &[&str] = &[
    "measurements",
    "baseline",
    "rates",
    "template",
    "since",
    "seals",
    "verify",
    "onto",
    "answers",
    "questions",
    "map",
    "mapping",
    "like",
];

/// Options that name a file or a folder to be written.
const OUTPUTS: &[&str] = &["output", "report", "write-baseline", "actuals"];

/// Everything that the command lines above read.
fn folder() -> Folder {
    let folder = Folder::new();
    for (name, text) in [
        ("map", MAP),
        ("old", &MAP.replace("Cleaner streets", "Clean streets")),
        ("other", MAP),
        ("measured", MEASURED),
        ("rates", RATES),
        ("measures/a.csv", MEASURED),
        ("drawing", "digraph { a -> b }"),
        (
            "graph",
            "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/><node id=\"b\"/></graph></graphml>",
        ),
        ("elements", "ID,Type,Name,Documentation\na,Goal,A,\n"),
        ("relations", "ID,Type,Name,Documentation,Source,Target\n"),
        ("things", "Label,Type\nA,enabler\n"),
        ("ties", "From,To\n"),
        ("tables/nodes.csv", "id,kind,title\na,enabler,A\n"),
        (
            "places",
            r#"{"format": 1, "title": "P", "maps": [{"id": "a", "file": "map", "measurements": ["measured"]}], "outcomes": []}"#,
        ),
        (
            "register",
            "Benefit,Owner,Baseline,Target,Actual 2026\nFewer bins,Ann Ash,10,5,9\n",
        ),
        (
            "ours",
            r#"{"sheets": [{"sheet": "Benefits", "kind": "register", "heads": [1], "columns": []}]}"#,
        ),
        (
            "mapping",
            r#"{"sheets": [{"sheet": "register", "kind": "register", "heads": [1], "columns": []}]}"#,
        ),
        ("answers", "question,respondent,answer\nclarity.scope,Ada,1\n"),
        ("votes", "set,question,respondent,answer\nlinks,fund -> sensors,Ada,2\n"),
        (
            "own",
            r#"{"format": 1, "id": "own", "title": "Own", "scale": "checklist",
                "groups": [{"id": "all", "title": "All", "questions": [{"id": "own.a", "text": "Is it so?"}]}]}"#,
        ),
    ] {
        folder.put(name, text);
    }
    folder.put("theirs", own_register());
    let made = [
        "appraise map --format xlsx --output worked",
        "import register theirs --output made",
        "export archimate map --output model",
        "export xlsx map --output book",
        "report business-case map --format docx --output house",
        "draw map --format pptx --output slides",
        "seal map --output seals",
    ];
    for line in made {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
    }
    folder
}

/// Other names of a file: by another way, by a symbolic link and by a hard link.
fn names(folder: &Folder, file: &str) -> Vec<String> {
    let mut names = vec![
        file.to_owned(),
        format!("./{file}"),
        folder.at(file).display().to_string(),
    ];
    if !file.contains('/') {
        names.push(format!("tables/../{file}"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.at(file), folder.at("soft")).unwrap();
            fs::hard_link(folder.at(file), folder.at("hard")).unwrap();
            std::os::unix::fs::symlink(".", folder.at("here")).unwrap();
            names.extend(["soft".to_owned(), "hard".to_owned(), format!("here/{file}")]);
        }
    }
    names
}

fn unlinked(folder: &Folder) {
    for name in ["soft", "hard", "here"] {
        let _ = fs::remove_file(folder.at(name));
    }
}

/// The line with the output in its place.
fn with_output(line: &str, option: &str, name: &str) -> String {
    match line.split_once(" -o new") {
        Some((before, after)) if option == "-o" => format!("{before} -o {name}{after}"),
        _ => format!("{line} {option} {name}"),
    }
}

#[test]
fn every_command_that_writes_is_held_to_what_it_reads() {
    for (command, help) in commands() {
        let options = options(&help);
        let writes = options.iter().any(|(name, _)| OUTPUTS.contains(&name.as_str()));
        let is_other = OTHERS.iter().any(|(name, _)| *name == command);
        let line = WRITERS.iter().find(|(line, ..)| {
            let own = command.split(' ').count();
            line.split(' ').take(own).eq(command.split(' '))
        });
        assert!(
            !writes || is_other || line.is_some(),
            "`{command}` writes to a file: add it to the list of this test"
        );
        for (name, value) in &options {
            let names_a_file = matches!(value.as_str(), "FILE" | "FILES" | "DIR" | "DOCX" | "MAP" | "OLD");
            assert!(
                !names_a_file || INPUTS.contains(&name.as_str()) || OUTPUTS.contains(&name.as_str()),
                "`{command} --{name}` names a file: is it read or written?"
            );
            let Some((line, outputs, _)) = line else { continue };
            let is_named = match OUTPUTS.contains(&name.as_str()) {
                true => outputs
                    .iter()
                    .any(|option| option.trim_start_matches('-') == name || (*option == "-o" && name == "output")),
                false => !INPUTS.contains(&name.as_str()) || line.contains(&format!("--{name}")),
            };
            // An earlier baseline is not written again in the same run; seals and maps that are built on are changed in place; a
            // workbook that is verified has a line of its own.
            let is_elsewhere = [
                ("appraise", "verify"),
                ("check", "baseline"),
                ("seal", "verify"),
                ("portfolio seal", "verify"),
                ("import tables", "onto"),
                ("import xlsx", "onto"),
                ("import register", "onto"),
            ];
            assert!(
                is_named || is_elsewhere.contains(&(command.as_str(), name.as_str())),
                "`{command} --{name}` is not tried by this test"
            );
        }
    }
}

#[test]
fn output_over_input_is_refused_for_everything_that_is_read() {
    let folder = folder();
    for (line, outputs, inputs) in WRITERS {
        for (option, input) in outputs
            .iter()
            .flat_map(|option| inputs.iter().map(move |input| (option, input)))
        {
            let mut names = names(&folder, input);
            if *input != inputs[0] {
                // The ways to a file are the same for all that is read; two of them show that it is looked at.
                names.retain(|name| name == input || name == "hard");
            }
            // A table's own ending would be refused for a map before anybody looks at what it is.
            for name in names.iter().filter(|name| *option != "-o" || !name.ends_with(".csv")) {
                let before = folder.everything();
                let line = with_output(line, option, name);
                let ran = folder.run(&line);
                assert_eq!(ran.code, 2, "{line}: {}", ran.told);
                assert!(
                    ran.told.contains(name)
                        && (ran.told.contains(input)
                            || ran.told.contains("is refused")
                            || ran.told.contains("is needed")),
                    "{line}: {}",
                    ran.told
                );
                assert!(folder.everything() == before, "{line}");
            }
            unlinked(&folder);
        }
    }
}

#[test]
fn output_overwrites_input_of_no_other_run_either() {
    let folder = folder();
    let lines = WRITERS.iter().map(|(line, outputs, _)| (*line, *outputs));
    for (line, outputs) in lines.chain([("schema", &["-o"][..])]) {
        for option in outputs {
            // `--replace` and `--afresh` ask for just that.
            if line.starts_with("import") && *option == "-o" {
                continue;
            }
            for kept in ["other", "seals", "measures/a.csv"] {
                if line.starts_with("seal") && kept == "seals" {
                    continue;
                }
                let before = folder.everything();
                let line = with_output(line, option, kept);
                let ran = folder.run(&line);
                assert_eq!(ran.code, 2, "{line}: {}", ran.told);
                assert!(ran.told.contains(kept), "{line}: {}", ran.told);
                assert!(folder.everything() == before, "{line}");
            }
        }
    }
    // An earlier result is written over, as ever.
    for _ in 0..2 {
        assert_eq!(folder.run("kpis map -o kpis.csv").code, 0);
        assert_eq!(folder.run("draw map -o drawn.json").code, 0);
        assert_eq!(folder.run("check map --write-baseline known.json").code, 0);
    }
}

#[test]
fn outputs_of_one_run_do_not_fall_on_each_other() {
    let folder = folder();
    let before = folder.everything();
    for name in ["new", "./new", "tables/../new", "NEW"] {
        let ran = folder.run(&format!("import dot drawing -o new --report {name}"));
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.told.contains("written twice"), "{}", ran.told);
        assert!(folder.everything() == before);
    }
}

#[test]
fn a_table_is_not_put_among_the_tables_that_are_read() {
    let folder = folder();
    let before = folder.everything();
    for name in ["measures/out.csv", "./measures/out.csv", "measures/OUT.CSV"] {
        let ran = folder.run(&format!("trajectory map --measurements measures -o {name}"));
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.told.contains("next time"), "{}", ran.told);
        assert!(folder.everything() == before);
    }
    // A map among its tables is read by nobody.
    assert_eq!(folder.run("import tables tables -o tables/map.json").code, 0);
}

#[test]
fn standard_input_and_output_may_be_the_file_too() {
    let folder = folder();
    let before = folder.everything();
    for line in ["draw - -o map < map", "kpis map >> map", "fmt - < map >> map"] {
        let shell = std::process::Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", &format!("'{}' {line}", program())])
            .output();
        let Ok(output) = shell else { return };
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{line}: {told}");
        assert!(told.contains("which is read"), "{line}: {told}");
        assert!(folder.everything() == before, "{line}");
    }
}

#[test]
fn commands_that_work_in_place_do() {
    let folder = folder();
    for line in [
        "fmt map ./map",
        "review map --agree clean --by ann",
        "review map --agree sensors --by ann -o ./map",
        "survey triggers map --answers answers --add",
        "seal map -o seals",
        "import tables tables --onto map -o ./map",
        "import xlsx book -o map",
        "import tables tables -o map --afresh",
        "import dot drawing -o map --replace",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        assert!(
            folder.run("check map --profile workshop --deny error").code < 2,
            "{line}"
        );
    }
    // A review, or tables, that are to be written elsewhere do not take another map's place.
    let before = folder.everything();
    for line in [
        "review old --agree clean --by ann -o other",
        "survey triggers old --answers answers --add -o other",
        "import tables tables --onto old -o other",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains("other"), "{line}: {}", ran.told);
        assert!(folder.everything() == before, "{line}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_in_a_folder() {
    let folder = folder();
    folder.put("mine", "precious");
    for (line, name) in [
        ("pack map -o out --formats svg --replace", "map.svg"),
        ("pack map -o out --formats svg --replace", "index.html"),
        ("export tables map -o out --replace", "nodes.csv"),
        ("man -o out", "benefit-map.1"),
        ("demo out", "map.svg"),
    ] {
        fs::create_dir(folder.at("out")).unwrap();
        std::os::unix::fs::symlink(folder.at("mine"), folder.at("out").join(name)).unwrap();
        let before = folder.everything();
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains(name), "{line}: {}", ran.told);
        assert!(folder.everything() == before, "{line}");
        fs::remove_dir_all(folder.at("out")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    folder.put("plain.csv", "earlier");
    folder.put("folder/nodes.csv", "earlier");
    for name in ["map", "plain.csv", "folder/nodes.csv"] {
        fs::set_permissions(folder.at(name), fs::Permissions::from_mode(0o444)).unwrap();
    }
    let before = folder.everything();
    for (line, name) in [
        ("fmt map", "map"),
        ("review map --agree clean --by ann", "map"),
        ("kpis old -o plain.csv", "plain.csv"),
        ("export tables old -o folder --replace", "folder/nodes.csv"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(
            ran.told.contains("read-only") && ran.told.contains(name),
            "{line}: {}",
            ran.told
        );
        assert!(folder.everything() == before, "{line}");
    }
}

#[test]
fn what_a_killed_command_left_is_cleared_away() {
    let folder = folder();
    folder.put(".benefit-map-AbCdEf.tmp", "half a ma");
    folder.put("out/.benefit-map-AbCdEf.tmp", "half a picture");
    folder.put("notes.tmp", "mine");
    assert_eq!(folder.run("kpis map -o kpis.csv").code, 0);
    assert!(!folder.at(".benefit-map-AbCdEf.tmp").exists());
    assert!(
        folder.at("out/.benefit-map-AbCdEf.tmp").exists(),
        "nothing was written there"
    );
    assert!(folder.at("notes.tmp").exists());
    let left = |name: &Path| name.to_string_lossy().contains(".benefit-map-");
    assert_eq!(folder.everything().keys().filter(|name| left(name)).count(), 1);
}
