//! The ending of a name decides what is written, --format before it, and an ending that a command has no writer for is refused.

use std::fs;

use crate::support::folder::Folder;
use crate::support::program::{commands, options};
use crate::support::workbook::own_register;

const MAP: &str = r#"{
  "format": 1, "title": "Bins", "appraisal": {"base_year": "2026-27", "end": "2030-31"}, "owners": [{"id": "ann", "name": "Ann"}],
  "nodes": [{"id": "fund", "kind": "investment", "title": "Fund"}, {"id": "clean", "kind": "end-outcome", "title": "Clean"}],
  "links": [{"from": "fund", "to": "clean"}],
  "kpis": [{"id": "k", "node": "clean", "baseline": {"date": "2026-01-01", "value": 10}, "targets": [{"date": "2027-01-01", "value": 5}]}]
}
"#;

/// An ending, and how a file of that format begins.
type Written = (&'static str, &'static [u8]);

/// Command lines, each with the endings that it writes and how such a file begins. The first is written where a name has no ending.
const WRITERS: &[(&str, &[Written])] = &[
    (
        "appraise map.json",
        &[
            ("txt", b"Appraisal "),
            ("json", b"{"),
            ("csv", b"option,"),
            ("xlsx", b"PK"),
            ("svg", b"<svg"),
            ("png", b"\x89PNG"),
            ("pdf", b"%PDF"),
        ],
    ),
    ("rates", &[("txt", b"green-book-2026"), ("json", b"[")]),
    (
        "chart map.json",
        &[("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")],
    ),
    (
        "check map.json --deny error --write-baseline",
        &[("json", b"{\n  \"baseline\"")],
    ),
    (
        "coverage map.json",
        &[
            ("txt", b"what "),
            ("json", b"{"),
            ("csv", b"measure,"),
            ("md", b"# "),
            ("xlsx", b"PK"),
        ],
    ),
    (
        "diff map.json map.json",
        &[
            ("txt", b"The maps"),
            ("json", b"{"),
            ("csv", b"change,"),
            ("md", b"# "),
            ("html", b"<!"),
            ("htm", b"<!"),
            ("svg", b"<svg"),
        ],
    ),
    (
        "draw map.json",
        &[
            ("svg", b"<svg"),
            ("png", b"\x89PNG"),
            ("pdf", b"%PDF"),
            ("pptx", b"PK"),
            ("html", b"<!"),
            ("htm", b"<!"),
            ("json", b"{\"nodes\""),
        ],
    ),
    (
        "escalate map.json",
        &[
            ("txt", b"As of"),
            ("csv", b"owner,"),
            ("md", b"# "),
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
        ],
    ),
    ("export archimate map.json", &[("xml", b"<?xml")]),
    ("export dot map.json", &[("dot", b"digraph"), ("gv", b"digraph")]),
    ("export drawio map.json", &[("drawio", b"<?xml"), ("xml", b"<?xml")]),
    ("export graphml map.json", &[("graphml", b"<?xml"), ("xml", b"<?xml")]),
    ("export mermaid map.json", &[("mmd", b"---"), ("mermaid", b"---")]),
    ("export register made.json --like own.xlsx", &[("xlsx", b"PK")]),
    ("export xlsx map.json", &[("xlsx", b"PK")]),
    ("import archi-csv archi", &[("json", b"{")]),
    ("import archimate model.xml", &[("json", b"{")]),
    ("import dot drawing.dot", &[("json", b"{")]),
    ("import graphml drawing.graphml", &[("json", b"{")]),
    ("import kumu kumu.json", &[("json", b"{")]),
    ("import tables tables", &[("json", b"{")]),
    ("import xlsx book.xlsx", &[("json", b"{")]),
    ("import register register.csv", &[("json", b"{")]),
    ("kpis map.json", &[("csv", b"id,"), ("xlsx", b"PK")]),
    ("new measurements map.json", &[("csv", b"kpi,date,value")]),
    (
        "plan map.json",
        &[
            ("md", b"# "),
            ("csv", b"owner,"),
            ("svg", b"<svg"),
            ("png", b"\x89PNG"),
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
        ],
    ),
    (
        "register map.json",
        &[
            ("csv", b"id,"),
            ("xlsx", b"PK"),
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
            ("html", b"<!"),
            ("md", b"# "),
        ],
    ),
    (
        "report audit map.json",
        &[("html", b"<!"), ("htm", b"<!"), ("docx", b"PK"), ("pdf", b"%PDF")],
    ),
    (
        "report business-case map.json --replace",
        &[
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
            ("pptx", b"PK"),
            ("html", b"<!"),
            ("md", b"# "),
        ],
    ),
    (
        "report profile map.json --replace",
        &[
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
            ("pptx", b"PK"),
            ("html", b"<!"),
            ("md", b"# "),
        ],
    ),
    (
        "review map.json --status",
        &[("txt", b"Nobody"), ("json", b"{"), ("csv", b"state,")],
    ),
    (
        "portfolio totals places.json",
        &[("txt", b"measure "), ("json", b"{"), ("csv", b"outcome,")],
    ),
    (
        "portfolio diff places.json places.json",
        &[
            ("txt", b""),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    (
        "portfolio matrix places.json",
        &[
            ("txt", b""),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    (
        "portfolio register places.json",
        &[
            ("txt", b""),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    (
        "portfolio status places.json",
        &[
            ("txt", b""),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    (
        "portfolio what-if places.json --without a",
        &[
            ("txt", b""),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    (
        "portfolio draw places.json",
        &[
            ("svg", b"<svg"),
            ("png", b"\x89PNG"),
            ("pdf", b"%PDF"),
            ("html", b"<!"),
            ("pptx", b"PK"),
        ],
    ),
    (
        "portfolio dashboard places.json",
        &[("html", b"<!"), ("pptx", b"PK"), ("xlsx", b"PK")],
    ),
    (
        "portfolio report places.json",
        &[("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!")],
    ),
    ("portfolio new map.json", &[("json", b"{")]),
    ("portfolio schema", &[("json", b"{")]),
    ("portfolio seal places.json", &[("json", b"{")]),
    ("schema", &[("json", b"{")]),
    ("seal map.json", &[("json", b"{")]),
    (
        "status map.json",
        &[
            ("txt", b"As of"),
            ("json", b"{"),
            ("csv", b"node,"),
            ("docx", b"PK"),
            ("pdf", b"%PDF"),
        ],
    ),
    ("survey collect answers.csv", &[("csv", b"set,")]),
    ("survey form visionary", &[("html", b"<!"), ("htm", b"<!")]),
    (
        "survey results map.json --answers answers.csv",
        &[
            ("txt", b"Health check"),
            ("json", b"["),
            ("csv", b"set,"),
            ("xlsx", b"PK"),
            ("svg", b"<svg"),
            ("png", b"\x89PNG"),
            ("pdf", b"%PDF"),
            ("html", b"<!"),
            ("htm", b"<!"),
            ("docx", b"PK"),
            ("pptx", b"PK"),
        ],
    ),
    ("survey sets", &[("txt", b"set"), ("json", b"[")]),
    (
        "survey triggers map.json --answers answers.csv",
        &[("txt", b"1 trigger"), ("json", b"[")],
    ),
    (
        "survey triggers map.json --answers answers.csv --add",
        &[("json", b"{")],
    ),
    ("survey workbook visionary", &[("xlsx", b"PK")]),
    (
        "what-if map.json --without fund",
        &[("txt", b"Without Fund"), ("json", b"{"), ("csv", b"effect,")],
    ),
    (
        "trace map.json",
        &[
            ("txt", b"from "),
            ("json", b"{"),
            ("csv", b""),
            ("xlsx", b"PK"),
            ("html", b"<!"),
        ],
    ),
    ("trace map.json --node fund", &[("txt", b"Fund"), ("json", b"{")]),
    (
        "trace map.json --from fund --to clean",
        &[("txt", b"1 chain"), ("json", b"{"), ("csv", b""), ("xlsx", b"PK")],
    ),
    ("trajectory map.json", &[("csv", b"kpi,"), ("xlsx", b"PK")]),
];

/// Commands that write to a folder: a name that ends as files do is refused.
const FOLDERS: &[&str] = &[
    "portfolio lists places.json -o",
    "demo",
    "export tables map.json -o",
    "man -o",
    "pack map.json -o",
];

/// Endings of files that some command writes, and some that none does.
const ENDINGS: &[&str] = &[
    "svg", "png", "pdf", "pptx", "html", "json", "csv", "xlsx", "docx", "md", "txt", "xml", "dot", "graphml", "drawio",
    "mmd", "zip", "jpg", "xls", "ods", "odt", "tsv", "yaml",
];

fn folder() -> Folder {
    let folder = Folder::new();
    for (name, text) in [
        ("map.json", MAP),
        ("drawing.dot", "digraph { a -> b }"),
        (
            "drawing.graphml",
            "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/></graph></graphml>",
        ),
        ("archi/elements.csv", "ID,Type,Name,Documentation\na,Goal,A,\n"),
        ("archi/relations.csv", "ID,Type,Name,Documentation,Source,Target\n"),
        (
            "kumu.json",
            r#"{"elements": [{"_id": "a", "attributes": {"label": "A"}}], "connections": []}"#,
        ),
        ("tables/nodes.csv", "id,kind,title\na,enabler,A\n"),
        (
            "places.json",
            r#"{"format": 1, "title": "P", "maps": [{"id": "a", "file": "map.json"}], "outcomes": [
                {"id": "o", "title": "O", "measures": [{"id": "m", "title": "Litter", "unit": "bags"}]}],
                "claims": [{"map": "a", "kpi": "k", "measure": "m", "counts": "adds"}]}"#,
        ),
        (
            "register.csv",
            "Benefit,Owner,Baseline,Target\nFewer bins,Ann Ash,10,5\n",
        ),
        ("answers.csv", "question,respondent,answer\nclarity.scope,Ada,1\n"),
    ] {
        folder.put(name, text);
    }
    folder.put("own.xlsx", own_register());
    for line in [
        "import register own.xlsx -o made.json",
        "export archimate map.json -o model.xml",
        "export xlsx map.json -o book.xlsx",
    ] {
        assert_eq!(folder.run(line).code, 0, "{line}");
    }
    folder
}

fn to(line: &str, name: &str) -> String {
    match line.ends_with("--write-baseline") {
        true => format!("{line} {name}"),
        false => format!("{line} -o {name}"),
    }
}

#[test]
fn every_command_that_writes_a_file_is_tried() {
    for (command, help) in commands() {
        let writes = options(&help).iter().any(|(name, _)| name == "output");
        let tried = |line: &str| line.split(' ').take(command.split(' ').count()).eq(command.split(' '));
        assert!(
            !writes
                || ["watch", "portfolio watch"].contains(&command.as_str())
                || WRITERS.iter().any(|(line, _)| tried(line))
                || FOLDERS.iter().any(|line| tried(line)),
            "`{command}` writes to a file: add it to the list of this test"
        );
    }
}

#[test]
fn the_ending_decides_what_is_written() {
    let folder = folder();
    for (line, formats) in WRITERS {
        let (_, first) = formats[0];
        let names = formats.iter().flat_map(|(ending, begins)| {
            [
                (format!("out.{ending}"), *begins),
                (format!("out.{}", ending.to_uppercase()), *begins),
            ]
        });
        // A document has no form of its own where its name says nothing.
        let names = names.chain([("out".to_owned(), first), ("out.v1/out".to_owned(), first)]);
        for (name, begins) in names {
            fs::create_dir_all(folder.at("out.v1")).unwrap();
            let line = to(line, &name);
            let ran = folder.run(&line);
            assert!(ran.code < 2, "{line}: {}", ran.told);
            let bytes = fs::read(folder.at(&name)).unwrap();
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            assert!(
                bytes.starts_with(begins),
                "{line}: {:?}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
            );
            fs::remove_file(folder.at(&name)).unwrap();
        }
    }
}

#[test]
fn endings_not_looked_at_are_none_and_one_without_a_writer_is_refused() {
    let folder = folder();
    for (line, formats) in WRITERS {
        let before = folder.everything();
        let others = ENDINGS.iter().filter(|ending| {
            let is_own = formats.iter().any(|(own, _)| own == *ending);
            !is_own
        });
        for ending in others {
            let name = format!("out.{ending}");
            let line = to(line, &name);
            let ran = folder.run(&line);
            assert_eq!(ran.code, 2, "{line}: {}", ran.told);
            assert!(ran.told.contains(&name), "{line}: {}", ran.told);
            for (own, _) in *formats {
                assert!(ran.told.contains(&format!(".{own}")), "{line}: {}", ran.told);
            }
            assert!(folder.everything() == before, "{line}");
            assert_eq!(ran.out, "", "{line}");
        }
    }
}

#[test]
fn the_help_lists_the_endings_that_are_written() {
    for (command, help) in commands() {
        let tried = |line: &str| line.split(' ').take(command.split(' ').count()).eq(command.split(' '));
        let Some((_, formats)) = WRITERS.iter().find(|(line, _)| tried(line)) else {
            continue;
        };
        let text = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for (ending, _) in formats.iter().filter(|_| help.contains("The ending decides")) {
            assert!(text.contains(&format!("`.{ending}`")), "{command}: {ending}");
        }
    }
}

#[test]
fn an_explicit_format_takes_any_name() {
    let folder = folder();
    for (line, begins) in [
        ("draw map.json --format svg -o out.xml", &b"<svg"[..]),
        ("draw map.json --format pdf -o out.svg", b"%PDF"),
        ("chart map.json --format png -o out.dat", b"\x89PNG"),
        ("coverage map.json --format csv -o out.txt", b""),
        ("register map.json --format xlsx -o out.tmp", b"PK"),
        ("kpis map.json --format csv -o out.tsv", b""),
        ("trajectory map.json --format csv -o out.dat", b""),
        ("plan map.json --format csv -o out.text", b""),
        ("status map.json --format json -o out.status", b"{"),
        ("escalate map.json --format text -o out.mail", b"As of"),
        ("trace map.json --format html -o out.page", b"<!"),
        ("diff map.json map.json --format markdown -o out.text", b"# "),
        ("review map.json --status --format csv -o out.dat", b""),
        ("report business-case map.json --format html -o out.page", b"<!"),
        ("report profile map.json --format html -o out.page", b"<!"),
        ("report audit map.json --format html -o out.page", b"<!"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        let name = line.rsplit(' ').next().unwrap();
        assert!(fs::read(folder.at(name)).unwrap().starts_with(begins), "{line}");
    }
    let every_format = commands().into_iter().filter(|(command, help)| {
        let options = options(help);
        let has = |name: &str| options.iter().any(|(own, _)| own == name);
        // These write one format alone, which is their name.
        let is_one = [
            "import",
            "export",
            "schema",
            "seal",
            "man",
            "new",
            "pack",
            "watch",
            "portfolio lists",
            "portfolio new",
            "portfolio schema",
            "portfolio seal",
            "survey collect",
            "survey form",
            "survey workbook",
        ]
        .iter()
        .any(|one| command.starts_with(one));
        has("output") && !has("format") && !is_one
    });
    assert_eq!(
        every_format.map(|(command, _)| command).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn a_folder_is_not_called_as_a_file_is() {
    let folder = folder();
    let before = folder.everything();
    for line in FOLDERS {
        for ending in ["csv", "xlsx", "JSON", "svg", "pdf"] {
            let ran = folder.run(&format!("{line} out.{ending}"));
            assert_eq!(ran.code, 2, "{line} {ending}: {}", ran.told);
            assert!(ran.told.contains(&format!("out.{ending}")), "{}", ran.told);
            assert!(folder.everything() == before, "{line} {ending}");
        }
        let ran = folder.run(&format!("{line} out.2026"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        fs::remove_dir_all(folder.at("out.2026")).unwrap();
    }
    let ran = folder.run("export tables map.json -o tables.zip");
    assert_eq!(ran.code, 2);
    assert_eq!(folder.run("pack map.json -o pack.ZIP --formats svg").code, 0);
    assert!(folder.at("pack.ZIP").is_file());
    // A folder that is there may be called as it likes.
    fs::create_dir(folder.at("data.csv")).unwrap();
    assert_eq!(folder.run("export tables map.json -o data.csv").code, 0);
}
