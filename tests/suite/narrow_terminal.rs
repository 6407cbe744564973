//! What is printed for people fits a terminal of any width, whichever command prints it.

use std::process::Command;

use unicode_width::UnicodeWidthStr;

use crate::support::folder::Folder;
use crate::support::program::{benefit_map, commands, program};
use crate::support::workbook::own_register;

const WIDTHS: [usize; 5] = [40, 60, 80, 97, 120];
/// Commands that take their time, and say a line or two: one width is enough.
const SLOW: [&str; 6] = ["demo", "draw", "chart", "pack", "report", "export"];

/// A folder with maps whose ids and titles are longer than any column.
fn folder() -> Folder {
    let folder = Folder::new();
    let map = include_str!("../../examples/maps/smart-waste/map.json");
    let long = "an-id-of-many-letters-that-no-column-of-a-narrow-terminal-has-the-room-for";
    let text = map.replace("less-contamination", long).replace(
        "\"Director of Place\"",
        "\"Director of Place, Streets, Parks, Markets, Waste, Recycling and All That Belongs to It\"",
    );
    assert!(text != map && text.contains(long));
    folder.put("map.json", &text);
    folder.put("old.json", map);
    folder.put(
        "draft.json",
        include_str!("../../examples/maps/workshop-draft/map.json"),
    );
    folder.put(
        "broken.json",
        "{\"format\": 1, \"title\": \"a map whose title is long and has no comma after it\" \"nodes\": []}",
    );
    folder.put(
        "measured.csv",
        include_str!("../../examples/maps/smart-waste/measurements.csv"),
    );
    folder.put(
        "register.csv",
        "Register of benefits\n\nBenefit,Owner,Baseline,Target,RAG,End date\nFewer bins that overflow in streets with markets and shops,Ann Ash,10 per street and week,5,Green,Ongoing\n",
    );
    folder.put(
        "portfolio.json",
        r#"{"format": 1, "title": "City", "maps": [{"id": "waste", "file": "map.json"}, {"id": "draft", "file": "draft.json"}],
            "outcomes": [{"id": "roads", "title": "Quieter roads", "measures": [
                {"id": "km", "title": "Distance driven by all the vehicles of the city in a week", "unit": "km"}]}],
            "claims": [{"map": "waste", "kpi": "rounds-km", "measure": "km"}, {"map": "other", "kpi": "k", "measure": "km"}]}"#,
    );
    folder.put("own.xlsx", own_register());
    for (line, code) in [
        ("import register own.xlsx -o made.json", 0),
        ("seal map.json --on 2027-01-01 --by Ann -o seals.json", 0),
        ("portfolio new map.json old.json -o two.json", 0),
        ("portfolio seal two.json --as-of 2027-01-01 -o two-seals.json", 0),
        (
            "review map.json --agree map --by dir-place --on 2027-01-01 -o reviewed.json",
            0,
        ),
        ("export tables map.json -o tables", 0),
        ("export dot map.json -o map.dot", 0),
        ("export graphml map.json -o map.graphml", 0),
        ("export archimate map.json -o map.xml", 0),
        ("export xlsx map.json -o map.xlsx", 0),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, code, "{line}: {}", ran.told);
    }
    folder
}

/// What to type so that a command prints what it has for people; `None` where what it prints is for machines or never ends.
fn lines(command: &str) -> Option<Vec<String>> {
    let measured = "--measurements measured.csv --as-of 2028-04-01";
    let lines: &[String] = &match command {
        "check" => vec![
            "check map.json --profile audit".to_owned(),
            "check draft.json --profile audit --all".to_owned(),
            "check draft.json map.json broken.json".to_owned(),
            "check missing.json".to_owned(),
        ],
        "new measurements" => vec![
            "new measurements map.json -o WIDTH.csv --as-of 2028-04-01".to_owned(),
            "new WIDTH.json".to_owned(),
            "new map.json".to_owned(),
            "new --templates".to_owned(),
            "new WIDTH-2.json --empty".to_owned(),
        ],
        "demo" => vec!["demo WIDTH".to_owned()],
        "explain" => vec![
            "explain".to_owned(),
            "explain enabler".to_owned(),
            "explain BM201".to_owned(),
            "explain BM99999".to_owned(),
        ],
        "rules" => vec!["rules".to_owned()],
        "status" | "escalate" | "trajectory" => vec![format!("{command} map.json {measured}")],
        "survey sets" => vec!["survey sets".to_owned()],
        "survey collect" => vec!["survey collect answers.csv -o WIDTH-answers.csv".to_owned()],
        "survey form" => vec!["survey form visionary -o WIDTH-form.html".to_owned()],
        "survey workbook" => vec!["survey workbook visionary -o WIDTH-form.xlsx".to_owned()],
        "survey results" | "survey triggers" => vec![format!("{command} map.json --answers answers.csv")],
        "plan" | "kpis" => vec![format!("{command} map.json")],
        "register" => vec!["register map.json".to_owned()],
        "coverage" => vec![
            "coverage draft.json".to_owned(),
            format!("coverage map.json {measured} --fail-under data=101"),
            format!("coverage map.json {measured} --fail-under data=100"),
        ],
        "appraise" => vec![
            "appraise map.json --draws 20".to_owned(),
            "appraise map.json --bands dft".to_owned(),
            "appraise map.json --explain npsv".to_owned(),
            "appraise draft.json".to_owned(),
        ],
        "rates" => vec!["rates".to_owned()],
        "what-if" => vec![
            "what-if map.json --without inv-digital --delay bin-sensors=6".to_owned(),
            "what-if map.json --keep-all".to_owned(),
            "what-if map.json --without-assumption an-assumption-that-is-not-there-and-long-enough-for-any-line"
                .to_owned(),
        ],
        "trace" => vec![
            "trace map.json".to_owned(),
            "trace map.json --rows owner".to_owned(),
            "trace map.json --node dynamic-rounds".to_owned(),
            "trace map.json --node an-id-that-is-not-there-and-long-enough-for-any-line-of-text".to_owned(),
            "trace map.json --from inv-sensors --to cleaner-city".to_owned(),
        ],
        "diff" => vec![
            "diff old.json map.json".to_owned(),
            "diff old.json draft.json".to_owned(),
        ],
        "review" => vec!["review reviewed.json --status".to_owned()],
        "build" => vec!["build".to_owned()],
        "portfolio new" => vec!["portfolio new map.json old.json -o WIDTH-portfolio.json".to_owned()],
        "portfolio diff" => vec!["portfolio diff portfolio.json portfolio.json".to_owned()],
        "portfolio what-if" => {
            vec!["portfolio what-if portfolio.json --without waste --as-of 2028-04-01".to_owned()]
        }
        "portfolio seal" => vec![
            "portfolio seal two.json --verify two-seals.json".to_owned(),
            "portfolio seal portfolio.json --verify two-seals.json".to_owned(),
        ],
        "portfolio draw" => vec!["portfolio draw portfolio.json -o WIDTH-programme.svg".to_owned()],
        "portfolio dashboard" => vec!["portfolio dashboard portfolio.json -o WIDTH-dashboard.html".to_owned()],
        "portfolio report" => vec!["portfolio report portfolio.json -o WIDTH-case.docx".to_owned()],
        "portfolio lists" => vec!["portfolio lists portfolio.json -o WIDTH-lists".to_owned()],
        "portfolio matrix" | "portfolio register" | "portfolio status" => {
            vec![format!("{command} portfolio.json --as-of 2028-04-01")]
        }
        "portfolio check" | "portfolio totals" => vec![format!("{command} portfolio.json --as-of 2028-04-01")],
        "seal" => vec![
            "seal map.json --verify seals.json".to_owned(),
            "seal old.json --verify seals.json".to_owned(),
        ],
        "fmt" => vec![
            "fmt --check map.json draft.json".to_owned(),
            "fmt broken.json".to_owned(),
        ],
        "draw" => vec![
            "draw map.json -o WIDTH.svg".to_owned(),
            "draw map.dot -o x.svg".to_owned(),
        ],
        "chart" => vec!["chart map.json --kpi none -o WIDTH.svg".to_owned()],
        "pack" => vec!["pack map.json -o WIDTH-pack --formats svg".to_owned()],
        "report business-case" => vec!["report business-case map.json -o WIDTH.html".to_owned()],
        "report profile" => vec!["report profile map.json -o WIDTH-profile.html".to_owned()],
        "report audit" => vec!["report audit map.json -o WIDTH-audit.html".to_owned()],
        "import tables" => vec!["import tables tables -o WIDTH-a.json".to_owned()],
        "import xlsx" => vec!["import xlsx map.xlsx -o WIDTH-b.json".to_owned()],
        "import register" => vec!["import register register.csv -o WIDTH-h.json".to_owned()],
        "import dot" => vec!["import dot map.dot -o WIDTH-c.json".to_owned()],
        "import graphml" => vec!["import graphml map.graphml -o WIDTH-d.json".to_owned()],
        "import archimate" => vec!["import archimate map.xml -o WIDTH-e.json".to_owned()],
        "import archi-csv" => vec!["import archi-csv tables -o WIDTH-f.json".to_owned()],
        "import kumu" => vec!["import kumu map.xlsx -o WIDTH-g.json".to_owned()],
        "export drawio" | "export archimate" | "export graphml" | "export dot" | "export mermaid" => {
            vec![format!("{command} map.json -o WIDTH-{}", command.replace(' ', "-"))]
        }
        "export tables" => vec!["export tables map.json -o WIDTH-tables".to_owned()],
        "export register" => vec!["export register made.json --like own.xlsx -o WIDTH-3.xlsx".to_owned()],
        "export xlsx" => vec!["export xlsx map.json -o WIDTH-2.xlsx".to_owned()],
        // JSON and scripts, for machines; and what goes on until somebody ends it.
        "schema" | "portfolio schema" | "completions" | "man" | "watch" | "workshop" | "portfolio watch" => {
            return None;
        }
        _ => panic!("`{command}` is new: say here how to see what it prints"),
    };
    Some(lines.to_vec())
}

/// The columns that a line takes, colours left out.
fn wide(line: &str) -> usize {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\u{1b}') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    text.width()
}

fn assert_fits(text: &str, width: usize, what: &str) {
    for line in text.lines().map(|line| line.trim_end_matches('\r')) {
        assert!(
            wide(line) <= width || line.contains("://"),
            "{what}: {} columns of {width}: {line:?}\n{text}",
            wide(line)
        );
    }
}

#[test]
fn narrow_terminal_every_command_fits_every_width() {
    let folder = folder();
    let all = commands();
    assert!(all.len() > 30, "{all:?}");
    for width in WIDTHS {
        for (command, _) in &all {
            let mut every = Vec::new();
            let is_slow = SLOW.iter().any(|slow| command.starts_with(slow));
            if width == WIDTHS[0] || !is_slow {
                every.extend(lines(command).unwrap_or_default());
            }
            if width == WIDTHS[0] || width == 97 {
                every.push(format!("{command} --help"));
            }
            if width == WIDTHS[0] {
                every.push(format!("{command} --no-such-option-as-this-one-which-is-long"));
            }
            for line in every {
                let line = line.replace("WIDTH", &format!("w{width}"));
                // Without a terminal these give tables for programs: the terminal is tried below.
                if ["kpis", "register", "trajectory", "plan"].contains(&command.as_str()) && !line.contains("--help") {
                    continue;
                }
                let ran = benefit_map()
                    .current_dir(folder.path())
                    .args(line.split_whitespace())
                    .env("COLUMNS", width.to_string())
                    .output()
                    .unwrap();
                let (out, told) = (
                    String::from_utf8_lossy(&ran.stdout).into_owned(),
                    String::from_utf8_lossy(&ran.stderr).into_owned(),
                );
                assert!(ran.status.code().is_some(), "{line}");
                assert_fits(&out, width, &line);
                assert_fits(&told, width, &line);
            }
        }
    }
}

#[test]
fn narrow_terminal_a_real_one_is_measured_and_shows_tables_to_be_read() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let folder = folder();
    let program = program();
    let measured = "--measurements measured.csv --as-of 2028-04-01";
    let lines = [
        "kpis map.json".to_owned(),
        "register map.json".to_owned(),
        format!("trajectory map.json {measured}"),
        "plan map.json".to_owned(),
        format!("status map.json {measured}"),
        "coverage map.json".to_owned(),
        "review reviewed.json --status".to_owned(),
        "check draft.json broken.json --profile audit".to_owned(),
        "rules".to_owned(),
    ];
    for width in WIDTHS {
        let mut script = format!("stty cols {width} rows 50\n");
        for line in &lines {
            script.push_str(&format!("echo; echo RUN; {program} {line}\n"));
        }
        folder.put("run.sh", script);
        // COLUMNS of another terminal has no say.
        let ran = Command::new("script")
            .current_dir(folder.path())
            .args(["-qec", "sh run.sh", "/dev/null"])
            .env("COLUMNS", "200")
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .env("SOURCE_DATE_EPOCH", "1774958400")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&ran.stdout).into_owned();
        let parts: Vec<&str> = text.split("RUN").skip(1).collect();
        assert_eq!(parts.len(), lines.len(), "{text}");
        for (part, line) in parts.iter().zip(&lines) {
            assert!(part.trim().lines().count() > 3, "{line}: {part}");
            assert_fits(part, width, line);
        }
        assert!(
            parts[0].contains("; --format csv") || parts[0].contains("--format csv"),
            "{}",
            parts[0]
        );
        assert!(!parts[0].contains(",,"), "{}", parts[0]);
        assert!(!parts[3].contains("| --- |"), "{}", parts[3]);
        assert!(parts[4].contains("\u{1b}["), "{}", parts[4]);
    }
}

#[test]
fn narrow_terminal_a_pipe_and_a_file_are_the_same_everywhere() {
    let folder = folder();
    let measured = "--measurements measured.csv --as-of 2028-04-01";
    for line in [
        format!("status map.json {measured}"),
        "coverage map.json".to_owned(),
        "trace map.json".to_owned(),
        format!("escalate map.json {measured}"),
        "diff old.json map.json".to_owned(),
    ] {
        let plain = folder.run(&line);
        let ran = benefit_map()
            .current_dir(folder.path())
            .args(format!("{line} -o out.txt").split_whitespace())
            .env("COLUMNS", "40")
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(plain.code), "{line}");
        let file = std::fs::read_to_string(folder.at("out.txt")).unwrap();
        assert_eq!(file, plain.out, "{line}");
    }
    // A rule a line, for other programs.
    let rules = folder.run("rules").out;
    assert!(
        rules
            .lines()
            .any(|line| line.trim_start().starts_with("BM101") && line.len() > 120),
        "{rules}"
    );
    // Tables for programs stay tables, whatever COLUMNS says.
    for line in ["kpis map.json", "register map.json"] {
        let ran = benefit_map()
            .current_dir(folder.path())
            .args(line.split_whitespace())
            .env("COLUMNS", "40")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&ran.stdout), folder.run(line).out, "{line}");
    }
}

#[test]
fn narrow_terminal_colours_are_taken_away_and_put_in_as_asked() {
    let folder = folder();
    let line = [
        "status",
        "map.json",
        "--measurements",
        "measured.csv",
        "--as-of",
        "2028-04-01",
    ];
    let coloured = |variables: &[(&str, &str)], more: &[&str]| {
        let mut command = benefit_map();
        command
            .current_dir(folder.path())
            .args(line)
            .args(more)
            .env_remove("CLICOLOR_FORCE");
        for (name, value) in variables {
            command.env(name, value);
        }
        String::from_utf8_lossy(&command.output().unwrap().stdout).contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(coloured(&[("NO_COLOR", "1"), ("TERM", "dumb")], &["--color", "always"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let on_a_terminal = |variable: &str| {
        let words = format!("env {variable} {} {}", program(), line.join(" "));
        let ran = Command::new("script")
            .current_dir(folder.path())
            .args(["-qec", &words, "/dev/null"])
            .env_remove("NO_COLOR")
            .env("TERM", "xterm")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(text.contains("As of 2028-04-01"), "{text}");
        text.contains('\u{1b}')
    };
    assert!(on_a_terminal("A=1"));
    assert!(!on_a_terminal("TERM=dumb"));
    assert!(!on_a_terminal("NO_COLOR=1"));
    assert!(!on_a_terminal("CLICOLOR=0"));
}
