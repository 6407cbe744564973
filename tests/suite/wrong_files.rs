//! A file of another kind than is meant: the message says what it is and which command reads it, and nothing is written.

use std::fs;

use crate::support::folder::Folder;
use crate::support::program::{commands, options};

/// Files of every kind, under names that say nothing, with what each is called and what is said of it.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("book", "an Excel workbook", "import xlsx"),
    ("house", "a text document", ""),
    ("slides", "a presentation", ""),
    ("zip", "a ZIP archive", "unpack"),
    (
        "old-book",
        "an Excel workbook in the old format (.xls)",
        "save it as .xlsx",
    ),
    ("open-book", "an OpenDocument workbook (.ods)", "save it as .xlsx"),
    ("png", "a PNG picture", ""),
    ("pdf", "a PDF document", ""),
    ("svg", "an SVG picture", ""),
    ("page", "an HTML page", ""),
    ("table", "a table (CSV)", "import tables"),
    ("wide-table", "a table (CSV)", "import tables"),
    ("measured", "a table of measurements", "--measurements"),
    ("dot", "a Graphviz DOT file", "import dot"),
    ("graphml", "a GraphML file", "import graphml"),
    ("archimate", "an ArchiMate model", "import archimate"),
    ("archi", "a model of Archi", "import archi-csv"),
    ("drawio", "a draw.io drawing", "benefit-map workshop"),
    ("mermaid", "a Mermaid diagram", "import dot"),
    ("kumu", "a Kumu project", "import kumu"),
    ("seals", "a file of seals", "seal --verify"),
    ("baseline", "a baseline of findings", "check --baseline"),
    ("sarif", "a SARIF file of findings", ""),
    ("findings", "a list of findings as JSON", ""),
    ("junit", "a JUnit file of findings", ""),
    ("status", "a result of benefit-map as JSON", ""),
    ("scene", "the numbers of a drawing", ""),
    ("schema", "a JSON Schema", ""),
    ("portfolio", "a portfolio of maps", "one of its maps"),
    ("package", "JSON, but not a benefit map", "format"),
    ("words", "text, but not a benefit map", "format"),
];

fn folder() -> Folder {
    let folder = Folder::new();
    assert_eq!(folder.run("new map").code, 0);
    folder.put("drawn.dot", "digraph { a -> b }");
    // What the program writes itself is sampled as it is written.
    for line in [
        "export xlsx map --output book",
        "report business-case map --format docx --output house",
        "draw map --format pptx --output slides",
        "draw map --format png --output png",
        "draw map --format pdf --output pdf",
        "draw map --format svg --output svg",
        "draw map --format html --output page",
        "draw map --format scene --output scene",
        "export dot map --output dot",
        "export graphml map --output graphml",
        "export archimate map --output archimate",
        "export drawio map --output drawio",
        "export mermaid map --output mermaid",
        "seal map --output seals",
        "check map --write-baseline baseline",
        "status map --format json --output status",
        "schema --output schema",
        "pack map -o pack.zip --formats svg",
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
    }
    fs::rename(folder.at("pack.zip"), folder.at("zip")).unwrap();
    for (format, name) in [("sarif", "sarif"), ("json", "findings"), ("junit", "junit")] {
        folder.put(name, folder.run(&format!("check map --format {format}")).out);
    }
    let wide = |text: &str| {
        [
            b"\xff\xfe".to_vec(),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ]
        .concat()
    };
    let compound = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        vec![0; 64],
        wide("Workbook"),
    ]
    .concat();
    folder.put("old-book", compound);
    folder.put("open-book", b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    folder.put("table", "id,kind,title\na,enabler,A\n");
    folder.put("wide-table", wide("id\tkind\ttitle\r\na\tenabler\tA\r\n"));
    folder.put("measured", "kpi;date;value\nk;2026-01-01;1\n");
    folder.put("answers", "question,respondent,answer\nclarity.scope,Ada,1\n");
    folder.put(
        "archi",
        "<archimate:model xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"m\"/>",
    );
    folder.put(
        "kumu",
        r#"{"elements": [{"_id": "a", "attributes": {"label": "A"}}], "connections": []}"#,
    );
    folder.put("portfolio", r#"{"format": 1, "maps": ["map.json"]}"#);
    folder.put("package", r#"{"name": "left-pad", "version": "1.0.0"}"#);
    folder.put("words", "Dear all,\nthe map is with Ann.\n");
    folder.put("empty", "");
    folder
}

#[test]
fn not_a_map_every_other_kind_is_named_with_what_reads_it() {
    let folder = folder();
    let before = folder.everything();
    for (name, label, advice) in SAMPLES {
        for line in [
            format!("check {name}"),
            format!("draw {name} -o drawn.svg"),
            format!("fmt {name}"),
        ] {
            // `fmt` reads portfolios too, and says what is wrong with this one.
            if line == "fmt portfolio" {
                let ran = folder.run(&line);
                assert_eq!(ran.code, 2, "{line}: {}", ran.told);
                assert!(ran.told.contains("portfolio:1:24"), "{line}: {}", ran.told);
                continue;
            }
            let ran = folder.run(&line);
            assert_eq!(ran.code, 2, "{line}: {}", ran.told);
            assert!(ran.told.contains(name), "{line}: {}", ran.told);
            assert!(
                ran.told.contains(label) && ran.told.contains(advice),
                "{line}: {}",
                ran.told
            );
            assert!(folder.everything() == before, "{line}");
        }
        // By way of standard input it is the same.
        let ran = folder.run_with("check -", &fs::read(folder.at(name)).unwrap());
        assert!(ran.code == 2 && ran.told.contains(label), "{name}: {}", ran.told);
    }
    let empty = folder.run("check empty");
    assert!(
        empty.code == 2 && empty.told.contains("the file is empty"),
        "{}",
        empty.told
    );
    let nothing = folder.run("check .");
    assert!(
        nothing.code == 2 && nothing.told.contains("it is a folder"),
        "{}",
        nothing.told
    );
}

#[test]
fn not_a_map_every_command_says_what_it_was_given() {
    let folder = folder();
    for (command, help) in commands() {
        let takes_a_map = help
            .lines()
            .any(|line| line.starts_with("Usage:") && line.contains("<MAP>"));
        // These write the map that they name.
        if !takes_a_map || command.starts_with("import") || ["new", "workshop", "watch"].contains(&command.as_str()) {
            continue;
        }
        let needs_output = help
            .lines()
            .any(|line| line.starts_with("Usage:") && line.contains("--output <"));
        let output = if needs_output { " --output fresh" } else { "" };
        let line = match command.as_str() {
            "diff" => "diff book book".to_owned(),
            "what-if" => "what-if book --keep-all".to_owned(),
            "seal" => "seal book --output fresh".to_owned(),
            "export register" => "export register book --like book --output fresh".to_owned(),
            "survey results" | "survey triggers" => format!("{command} book --answers answers"),
            command => format!("{command} book{output}"),
        };
        let ran = folder.run(&line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(
            ran.told.contains("an Excel workbook") && ran.told.contains("import xlsx"),
            "{line}: {}",
            ran.told
        );
        assert!(!folder.at("fresh").exists(), "{line}");
    }
}

#[test]
fn every_import_says_what_it_was_given_instead() {
    let folder = folder();
    let readers = [
        ("import dot", "dot"),
        ("import graphml", "graphml"),
        ("import archimate", "archimate"),
        ("import xlsx", "book"),
        ("import kumu", "kumu"),
    ];
    let before = folder.everything();
    for (line, own) in readers {
        for (name, label, _) in SAMPLES.iter().chain([&("map", "a benefit map", "")]) {
            // Tables are read by more than one, and of what is not known at all each reader has its own words.
            let tables = [
                "book",
                "old-book",
                "open-book",
                "table",
                "wide-table",
                "measured",
                "words",
            ];
            let is_read = *name == own || (line == "import kumu" && tables.contains(name));
            let has_own_words = ["words", "package", "old-book", "open-book"].contains(name)
                || (line == "import kumu" && *name == "zip");
            if is_read {
                continue;
            }
            let line = format!("{line} {name} -o fresh.json");
            let ran = folder.run(&line);
            assert_eq!(ran.code, 2, "{line}: {}", ran.told);
            assert!(ran.told.contains(name), "{line}: {}", ran.told);
            assert!(has_own_words || ran.told.contains(label), "{line}: {}", ran.told);
            assert!(folder.everything() == before, "{line}");
        }
    }
}

#[test]
fn not_a_map_a_folder_of_tables_is_told_from_a_file_and_from_a_folder_without_tables() {
    let folder = folder();
    folder.put("folder/nodes.tsv", "id\tkind\n");
    folder.put("folder/nodes.xlsx", "PK");
    fs::create_dir(folder.at("bare")).unwrap();
    for (line, words) in [
        (
            "import tables table -o fresh.json",
            &["table is a file", "name the folder"][..],
        ),
        (
            "import tables book -o fresh.json",
            &["book is a file", "an Excel workbook", "import xlsx"],
        ),
        ("import tables dot -o fresh.json", &["dot is a file", "import dot"]),
        (
            "import tables folder -o fresh.json",
            &["folder has no .csv files (nodes.tsv, nodes.xlsx are there)"],
        ),
        (
            "import tables bare -o fresh.json",
            &["bare has no .csv files (it is empty)"],
        ),
        ("import archi-csv folder -o fresh.json", &["folder has no .csv files"]),
        (
            "import tables missing -o fresh.json",
            &["missing", "no such file or folder exists"],
        ),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        for word in words {
            assert!(ran.told.contains(word), "{line}: {}", ran.told);
        }
        assert_eq!(ran.told.lines().count(), 1, "{line}: {}", ran.told);
        assert!(!folder.at("fresh.json").exists());
    }
}

#[test]
fn what_stands_beside_a_map_is_looked_at_too() {
    let folder = folder();
    for (line, words) in [
        (
            "status map --measurements map",
            &["map is a benefit map", "a table of measurements is needed"][..],
        ),
        (
            "status map --measurements house",
            &["house is a text document", "a table of measurements is needed"],
        ),
        ("trajectory map --measurements png", &["png is a PNG picture"]),
        ("status map --measurements table", &["table has no column `kpi`"]),
        (
            "seal map --verify map",
            &["map is a benefit map", "a file of seals is needed"],
        ),
        ("seal map --verify measured", &["measured is a table of measurements"]),
        ("report audit map --seals map", &["map is a benefit map"]),
        ("report audit map --since seals", &["this is a file of seals"]),
        (
            "check map --baseline map",
            &["map is a benefit map", "a baseline of findings is needed"],
        ),
        ("check map --baseline sarif", &["sarif is a SARIF file"]),
        (
            "report business-case map -o case.docx --template book",
            &["book is an Excel workbook", "a Word document is needed"],
        ),
        (
            "report business-case map -o case.docx --template map",
            &["map is a benefit map"],
        ),
        ("diff map seals", &["this is a file of seals"]),
        (
            "draw map --lines confidence --answers map -o fresh.svg",
            &["map is a benefit map", "a table of answers is needed"],
        ),
        (
            "survey results map --answers map",
            &["map is a benefit map", "a table of answers is needed"],
        ),
        (
            "survey triggers map --answers seals",
            &["seals is a file of seals", "a table of answers is needed"],
        ),
        (
            "survey form links --map seals -o fresh.html",
            &["this is a file of seals"],
        ),
        ("survey collect answers --questions map -o fresh.csv", &["map:"]),
        ("import tables . --onto book -o fresh.json", &["has no .csv files"]),
        (
            "import xlsx book --onto seals -o fresh.json",
            &["this is a file of seals"],
        ),
    ] {
        let before = folder.everything();
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        for word in words {
            assert!(ran.told.contains(word), "{line}: {}", ran.told);
        }
        assert!(folder.everything() == before, "{line}");
    }
    // A new option that names a file is looked at here too.
    let known = [
        "output",
        "report",
        "write-baseline",
        "measurements",
        "baseline",
        "template",
        "since",
        "seals",
        "verify",
        "onto",
        "answers",
        "map",
        "questions",
        "mapping",
        "actuals",
        "like",
    ];
    for (command, help) in commands() {
        for (name, value) in options(&help) {
            let names_a_file = ["FILE", "FILES", "DIR", "DOCX", "MAP", "OLD"].contains(&value.as_str());
            assert!(
                !names_a_file || known.contains(&name.as_str()),
                "`{command} --{name}`: try it with a file of another kind"
            );
        }
    }
}

#[test]
fn drawio_advice_can_be_followed_and_formats_of_another_name_have_an_answer() {
    let folder = folder();
    // draw.io has no export that is read, CSV neither.
    for line in [
        "import graphml drawio -o fresh.json",
        "import drawio drawio -o fresh.json",
    ] {
        let told = folder.run(line).told;
        assert!(
            told.contains("benefit-map workshop") && !told.contains("CSV"),
            "{line}: {told}"
        );
    }
    for (line, words) in [
        (
            "import drawio drawio -o fresh.json",
            &["draw.io", "benefit-map workshop"][..],
        ),
        ("import draw.io", &["draw.io", "benefit-map workshop"]),
        ("import mermaid mermaid -o fresh.json", &["Mermaid", "import dot"]),
        ("import csv table -o fresh.json", &["import tables"]),
        ("import Excel book", &["import xlsx"]),
        ("import archi archi", &["import archimate", "import archi-csv"]),
        ("import yed", &["import graphml"]),
        ("import visio x.vsdx", &["benefit-map workshop"]),
        ("import json map", &["does not need to be imported"]),
        ("import graphm", &["did you mean `import graphml`?"]),
        ("import nonsense", &["the formats are tables, xlsx"]),
        ("export picture map", &["benefit-map draw"]),
        ("export tsv map", &["export tables"]),
        ("export xlsm map", &["export xlsx"]),
        ("export document map", &["report business-case"]),
        ("export archi map", &["export archimate"]),
        ("export mermade map", &["did you mean `export mermaid`?"]),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        for word in words {
            assert!(ran.told.contains(word), "{line}: {}", ran.told);
        }
        assert!(!ran.told.contains("unrecognized"), "{line}: {}", ran.told);
        assert!(!folder.at("fresh.json").exists());
    }
    // What the advice names is there.
    let all: Vec<String> = commands().into_iter().map(|(command, _)| command).collect();
    for known in [
        "import tables",
        "import xlsx",
        "import register",
        "import dot",
        "import graphml",
        "import archimate",
        "import archi-csv",
        "import kumu",
    ] {
        assert!(all.iter().any(|command| command == known), "{known}");
    }
    assert_eq!(folder.run("import graphviz dot -o a.json").code, 0);
    assert_eq!(folder.run("export graphviz map -o a.dot").code, 0);
}
