//! `import` and `export` of other tools' files: DOT, GraphML, ArchiMate, Archi, Kumu, draw.io and Mermaid.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use benefit_map::exchange::{self, Choices, Error, Fate, Format, Import, Row, Sheet, What};
use benefit_map::file;
use benefit_map::table::{self, Cell, Column, RawTable, Table, Values};

use super::tables::{Telling, contents, counted, tell, title_of};
use crate::args::{Drawn, ImportArchiCsv, ImportArchimate, ImportDot, ImportGraphml, ImportKumu, Sent};
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::output::Place;
use crate::{Verdict, io, output};

/// How many groups are told before the rest are counted.
const A_FEW: usize = 40;

pub fn archimate(args: &ImportArchimate, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    one(&args.file, &args.drawn, exchange::import_archimate, files, terminal)
}

pub fn graphml(args: &ImportGraphml, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    one(&args.file, &args.drawn, exchange::import_graphml, files, terminal)
}

pub fn dot(args: &ImportDot, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    one(&args.file, &args.drawn, exchange::import_dot, files, terminal)
}

pub fn archi_csv(args: &ImportArchiCsv, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    several(&args.files, &args.drawn, exchange::import_archi_csv, files, terminal)
}

pub fn kumu(args: &ImportKumu, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let is_json = |path: &PathBuf| {
        io::is_stream(path)
            || path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    };
    match args.files.as_slice() {
        [file] if is_json(file) => one(file, &args.drawn, exchange::import_kumu, files, terminal),
        paths => several(paths, &args.drawn, exchange::import_kumu_sheets, files, terminal),
    }
}

/// Reads one file.
fn one(
    path: &Path,
    drawn: &Drawn,
    import: impl Fn(&[u8], &Choices) -> Result<Import, Error>,
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    free(drawn)?;
    let bytes = files.bytes(path)?;
    let imported = import(&bytes, &Choices::new(drawn.kind.clone()));
    let imported = imported.with_context(|| format!("{} could not be read", path.display()))?;
    settle(imported, path, drawn, files, terminal)
}

/// Reads several tables.
fn several(
    paths: &[PathBuf],
    drawn: &Drawn,
    import: impl Fn(&[Sheet], &Choices) -> Result<Import, Error>,
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    free(drawn)?;
    let mut sheets = Vec::new();
    for path in paths {
        for table in tables_of(path, files)? {
            tell(&table.decisions, Telling::AFew, terminal);
            sheets.push(sheet(table));
        }
    }
    let first = paths.first().map_or(Path::new("-"), PathBuf::as_path);
    let imported = import(&sheets, &Choices::new(drawn.kind.clone()));
    let imported = imported.with_context(|| format!("{} could not be read", first.display()))?;
    settle(imported, first, drawn, files, terminal)
}

/// Refuses to write over a map unasked: it may hold what no drawing tool keeps.
fn free(drawn: &Drawn) -> Result<()> {
    places(drawn)?;
    if drawn.output.exists() && !io::is_stream(&drawn.output) && !drawn.replace {
        bail!(
            "{} is there already, and may hold what the file does not: name another map, or give --replace",
            drawn.output.display()
        );
    }
    Ok(())
}

/// The tables of a CSV file, a workbook, or the CSV files of a folder.
fn tables_of(path: &Path, files: &Files) -> Result<Vec<RawTable>> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.is_dir() {
        return files
            .list(path, "csv")?
            .iter()
            .map(|file| Ok(table::csv::read(&name(file), &files.bytes(file)?)?))
            .collect();
    }
    let bytes = files.bytes(path)?;
    match path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
    {
        true => Ok(table::xlsx::read(&name(path), &bytes)?),
        false => Ok(vec![table::csv::read(&name(path), &bytes)?]),
    }
}

fn sheet(table: RawTable) -> Sheet {
    let row = |row: table::RawRow| Row {
        number: row.number,
        cells: row.cells.iter().map(|cell| cell.to_text().into_owned()).collect(),
    };
    Sheet {
        name: table.file,
        header: table.header,
        rows: table.rows.into_iter().map(row).collect(),
    }
}

/// Writes the map and the report, and tells what became of the file.
fn settle(mut imported: Import, from: &Path, drawn: &Drawn, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if let Some(title) = &drawn.title {
        imported.map.title.clone_from(title);
    } else if imported.map.title.is_empty() {
        imported.map.title = title_of(&from.file_stem().unwrap_or_default().to_string_lossy());
    }
    let (map, report) = places(drawn)?;
    let over = match drawn.replace {
        true => Over::Maps,
        false => Over::Results,
    };
    let text = file::write(&imported.map);
    let told = table::csv::write(&told(&imported));
    let mut written = vec![(&map, text.as_bytes(), over)];
    written.extend(report.as_ref().map(|report| (report, told.as_slice(), Over::Results)));
    files.write_all(&written)?;
    let groups = imported.groups();
    for group in groups.iter().take(A_FEW) {
        terminal.say(format!("{}: {group}", if group.kept { "kept" } else { "left out" }));
    }
    if groups.len() > A_FEW {
        terminal.say(format!(
            "… and {} more sorts (--report FILE tells of each thing)",
            groups.len() - A_FEW
        ));
    }
    if groups.iter().any(|group| !group.kept && group.what == What::Element) {
        terminal.say("  help: --kind TYPE=KIND takes elements of a type that was left out");
    } else if groups.iter().any(|group| group.outcome.contains("guessed")) {
        terminal.say("  help: --kind TYPE=KIND says what elements of a type are");
    }
    for word in &imported.unused {
        terminal.warn(format!(
            "--kind names the type `{word}`, which no element of the file has"
        ));
    }
    let (elements, nodes) = imported.count(What::Element);
    let (relations, links) = imported.count(What::Relation);
    let wrote = match io::is_stream(&drawn.output) {
        true => "read a map".to_owned(),
        false => format!("wrote {}", drawn.output.display()),
    };
    terminal.say(format!(
        "{wrote} from {}: {} ({nodes} of {} and {links} of {})",
        from.display(),
        contents(&imported.map),
        counted(elements, "element", "elements"),
        counted(relations, "relation", "relations"),
    ));
    Ok(Verdict::Clean)
}

/// Where the map goes, and where the report.
fn places(drawn: &Drawn) -> Result<(Place, Option<Place>)> {
    let report = drawn.report.as_deref();
    let report = report.map(|report| output::only("the report of an import", &["csv"], Some(report)));
    Ok((output::map(&drawn.output)?, report.transpose()?))
}

/// What became of each thing, as a table.
fn told(imported: &Import) -> Table {
    let column = |name: &'static str| Column {
        name: name.into(),
        values: Values::Text,
    };
    let rows = imported.accounts.iter().map(|account| {
        let (fate, became, kind, why) = match &account.fate {
            Fate::Kept { id, kind, how } => ("kept", id.as_str(), kind.map_or("", |kind| kind.as_str()), how.as_str()),
            Fate::LeftOut { why } => ("left out", "", "", why.as_str()),
        };
        let cells = [
            account.what.as_str(),
            &account.id,
            &account.word,
            &account.title,
            &account.place,
            fate,
            became,
            kind,
            why,
        ];
        cells
            .into_iter()
            .map(|text| match text {
                "" => Cell::Empty,
                text => Cell::Text(text.to_owned()),
            })
            .collect()
    });
    Table {
        name: "report".to_owned(),
        columns: ["what", "id", "type", "title", "place", "fate", "became", "kind", "why"]
            .map(column)
            .to_vec(),
        rows: rows.collect(),
    }
}

pub fn export(sent: &Sent, format: Format, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let (what, endings): (&str, &[&str]) = match format {
        Format::Drawio => ("a draw.io file", &["drawio", "xml"]),
        Format::Archimate => ("an ArchiMate model", &["xml"]),
        Format::Graphml => ("a GraphML file", &["graphml", "xml"]),
        Format::Dot => ("a DOT file", &["dot", "gv"]),
        Format::Mermaid => ("a Mermaid diagram", &["mmd", "mermaid"]),
    };
    let place = output::only(what, endings, sent.output.as_deref())?;
    let document = files.map(&sent.map)?;
    let exported = exchange::export(&document.map, format);
    files.write(&place, exported.text.as_bytes())?;
    if !exported.left.is_empty() {
        let each = exported
            .left
            .iter()
            .map(|left| counted(left.count, left.what.0, left.what.1));
        terminal.say(format!(
            "left out, as {format} has no place for it: {}",
            each.collect::<Vec<_>>().join(", ")
        ));
    }
    if let Some(output) = sent.output.as_deref().filter(|output| !io::is_stream(output)) {
        terminal.say(format!("wrote {}", output.display()));
    }
    Ok(Verdict::Clean)
}
