//! `import` and `export` of formats that people ask for under another name, or that are not read or written at all.

use std::ffi::OsString;

use anyhow::{Result, bail};
use benefit_map::file::FileKind;
use benefit_map::finding::nearest;

use crate::Verdict;
use crate::args;
use crate::io::Terminal;

/// What is neither read nor written.
const CLOSED: &[&str] = &[
    "visio",
    "vsdx",
    "miro",
    "lucid",
    "lucidchart",
    "plantuml",
    "gexf",
    "yaml",
];

const NOT_READ: &str = "benefit-map cannot read it: draw the map in `benefit-map workshop`, or type its boxes and links into tables for `benefit-map import tables`";

const NOT_WRITTEN: &str =
    "benefit-map cannot write it: `benefit-map export --help` lists the formats that it can write";

/// What an import of that name is, or what to do instead.
const IMPORTS: &[(&[&str], &str)] = &[
    (
        &["tsv", "table"],
        "`benefit-map import tables FOLDER -o map.json` reads a folder of CSV files",
    ),
    (
        &["xls", "xlsm", "xlsb", "ods"],
        "`benefit-map import xlsx` reads an Excel workbook: save other kinds as .xlsx first",
    ),
    (
        &["archi"],
        "`benefit-map import archimate` reads what Archi exports as an Open Exchange file, and `benefit-map import archi-csv` its CSV files",
    ),
    (
        &["yed", "gephi", "cytoscape"],
        "`benefit-map import graphml` reads what it saves or exports as GraphML",
    ),
    (
        &["json", "map"],
        "a map is a JSON file and does not need to be imported: give its name where a map is expected",
    ),
    (
        &["measurements", "actuals"],
        "measurements are not part of the map: name their files with --measurements, as in `benefit-map status map.json --measurements measured.csv`",
    ),
    (
        &[
            "powerpoint",
            "pptx",
            "word",
            "docx",
            "pdf",
            "svg",
            "png",
            "html",
            "toml",
            "xml",
        ],
        NOT_READ,
    ),
    (CLOSED, NOT_READ),
];

/// What an export of that name is, or what to do instead.
const EXPORTS: &[(&[&str], &str)] = &[
    (
        &["tsv", "table"],
        "`benefit-map export tables map.json -o FOLDER` writes a folder of CSV files",
    ),
    (
        &["xls", "xlsm", "ods"],
        "`benefit-map export xlsx map.json -o map.xlsx` writes an Excel workbook",
    ),
    (
        &["picture", "jpg", "jpeg", "gif", "image"],
        "`benefit-map draw map.json -o FILE` draws the map: as SVG, PNG, PDF, PowerPoint or a page, by the ending of FILE",
    ),
    (
        &["document", "odt"],
        "`benefit-map report business-case map.json -o case.docx` writes a document, as Word, PDF, HTML or Markdown",
    ),
    (
        &["archi", "archi-csv"],
        "`benefit-map export archimate map.json -o map.xml` writes a model that Archi imports",
    ),
    (
        &["yed", "gephi", "cytoscape"],
        "`benefit-map export graphml map.json -o map.graphml` writes a file that it opens",
    ),
    (
        &["json", "map"],
        "a map is a JSON file: copy it, or write it in its standard form with `benefit-map fmt`",
    ),
    (
        &["diagrams"],
        "`benefit-map export drawio map.json -o map.drawio` writes it",
    ),
    (&["kumu"], NOT_WRITTEN),
    (CLOSED, NOT_WRITTEN),
];

pub fn import(words: &[OsString], terminal: &Terminal) -> Result<Verdict> {
    let asked = asked(words);
    match asked.as_str() {
        "help" => super::manual::help_of("import", words, terminal),
        "drawio" | "draw.io" | "diagrams" | "diagrams.net" => bail!(FileKind::Drawio.advice()),
        "mermaid" | "mmd" => bail!(FileKind::Mermaid.advice()),
        _ => answer("import", &asked, IMPORTS),
    }
}

pub fn export(words: &[OsString], terminal: &Terminal) -> Result<Verdict> {
    match asked(words).as_str() {
        "help" => super::manual::help_of("export", words, terminal),
        asked => answer("export", asked, EXPORTS),
    }
}

fn asked(words: &[OsString]) -> String {
    words
        .first()
        .map_or(String::new(), |word| word.to_string_lossy().to_lowercase())
}

fn answer(command: &str, asked: &str, answers: &[(&[&str], &str)]) -> Result<Verdict> {
    if let Some((_, answer)) = answers.iter().find(|(names, _)| names.contains(&asked)) {
        bail!("`{command} {asked}` does not exist: {answer}");
    }
    let whole = args::command();
    let own = whole.find_subcommand(command);
    let names: Vec<&str> = own
        .into_iter()
        .flat_map(|own| own.get_subcommands())
        .map(|format| format.get_name())
        .collect();
    match nearest(asked, names.iter().copied()) {
        Some(near) => bail!("`{command} {asked}` does not exist: did you mean `{command} {near}`?"),
        None => bail!(
            "`{command} {asked}` does not exist: the formats are {}",
            names.join(", ")
        ),
    }
}
