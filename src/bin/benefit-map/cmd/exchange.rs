//! `import` and `export` of other tools' files: DOT, GraphML, ArchiMate, Archi, Kumu, draw.io and Mermaid.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use benefit_map::exchange::{self, Choices, Error, Format, Import, Row, Sheet};
use benefit_map::file::{self, FileKind};
use benefit_map::map::limits;
use benefit_map::table::{self, Handling, RawTable};

use super::imported;
use super::tables::{Telling, contents, counted, csv_files, tell, tell_changes, title_of};
use crate::args::{Drawn, ImportArchiCsv, ImportArchimate, ImportDot, ImportGraphml, ImportKumu, Sent};
use crate::files::{self, Files, Over};
use crate::io::Terminal;
use crate::output::Place;
use crate::{Verdict, io, output};

pub fn archimate(args: &ImportArchimate, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let import = (exchange::import_archimate as Read, FileKind::Archimate);
    one(&args.file, &args.drawn, import, files, terminal)
}

pub fn graphml(args: &ImportGraphml, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let import = (exchange::import_graphml as Read, FileKind::GraphMl);
    one(&args.file, &args.drawn, import, files, terminal)
}

pub fn dot(args: &ImportDot, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let import = (exchange::import_dot as Read, FileKind::Dot);
    one(&args.file, &args.drawn, import, files, terminal)
}

pub fn archi_csv(args: &ImportArchiCsv, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let import = (
        exchange::import_archi_csv as ReadTables,
        exchange::without_comments as Prepare,
    );
    several(&args.files, &args.drawn, import, files, terminal)
}

pub fn kumu(args: &ImportKumu, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let import = (exchange::import_kumu_sheets as ReadTables, plain as Prepare);
    let file = match args.files.as_slice() {
        [file] if !file.is_dir() => file,
        paths => return several(paths, &args.drawn, import, files, terminal),
    };
    free(&args.drawn)?;
    let bytes = files.bytes(file)?;
    // By what is in it: a name says little, and a stream has none.
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let imported = match text.trim_ascii_start().first() {
        Some(b'{' | b'[') => exchange::import_kumu(&bytes, &Choices::new(args.drawn.kind.clone())),
        _ => {
            let tables = tables_in(file, &bytes, plain)?;
            return of_tables(tables, file, &args.drawn, import.0, files, terminal);
        }
    };
    let imported = imported.map_err(|error| unread(file, &bytes, FileKind::Kumu, error))?;
    settle(imported, file, &args.drawn, Verdict::Clean, files, terminal)
}

/// What makes a map of the bytes of a file, of tables, and what prepares the bytes of a table.
type Read = fn(&[u8], &Choices) -> Result<Import, Error>;
type ReadTables = fn(&[Sheet], &Choices) -> Result<Import, Error>;
type Prepare = fn(&[u8]) -> Cow<'_, [u8]>;

/// The bytes of a CSV file as they are.
fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    bytes.into()
}

/// Reads one file of that kind.
fn one(
    path: &Path,
    drawn: &Drawn,
    (import, wanted): (Read, FileKind),
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    free(drawn)?;
    let bytes = files.bytes(path)?;
    let imported = import(&bytes, &Choices::new(drawn.kind.clone()));
    let imported = imported.map_err(|error| unread(path, &bytes, wanted, error))?;
    settle(imported, path, drawn, Verdict::Clean, files, terminal)
}

/// Why a file could not be read: one of another kind is told by what it is, not by the first sign that does not fit.
fn unread(path: &Path, bytes: &[u8], wanted: FileKind, error: Error) -> anyhow::Error {
    let kind = FileKind::of(bytes);
    let of_no_kind = matches!(kind, FileKind::Text | FileKind::Binary | FileKind::Xml | FileKind::Json);
    if kind != wanted && !of_no_kind {
        return anyhow::anyhow!("{} is {}: {}", path.display(), kind.label(), kind.advice());
    }
    anyhow::Error::new(error).context(format!("{} could not be read", path.display()))
}

/// Reads several tables, once their bytes are prepared.
fn several(
    paths: &[PathBuf],
    drawn: &Drawn,
    (import, prepared): (ReadTables, Prepare),
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    free(drawn)?;
    let mut tables = Vec::new();
    for path in paths {
        if !path.is_dir() {
            tables.extend(tables_in(path, &files.bytes(path)?, prepared)?);
            continue;
        }
        for file in csv_files(path, files)? {
            tables.extend(tables_in(&file, &files.bytes(&file)?, prepared)?);
        }
    }
    let first = paths.first().map_or(Path::new("-"), PathBuf::as_path);
    of_tables(tables, first, drawn, import, files, terminal)
}

fn of_tables(
    tables: Vec<RawTable>,
    from: &Path,
    drawn: &Drawn,
    import: ReadTables,
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    let mut sheets = Vec::new();
    let mut verdict = Verdict::Clean;
    for table in tables {
        tell(&table.decisions, Telling::AFew, terminal);
        if table
            .decisions
            .iter()
            .any(|decision| decision.handling == Handling::Fault)
        {
            verdict = Verdict::Findings;
        }
        sheets.push(sheet(table));
    }
    let imported = import(&sheets, &Choices::new(drawn.kind.clone()));
    let imported = imported.with_context(|| format!("{} could not be read", from.display()))?;
    settle(imported, from, drawn, verdict, files, terminal)
}

/// Refuses to write over a map unasked: it may hold what no drawing tool keeps.
fn free(drawn: &Drawn) -> Result<()> {
    places(drawn)?;
    if drawn.output.exists() && !io::is_stream(&drawn.output) && !drawn.replace && !drawn.dry_run {
        bail!(
            "{} already exists, and may contain what the file does not: name another map, or use --replace",
            drawn.output.display()
        );
    }
    Ok(())
}

/// What is read as a table, or has an answer of the reader, which says how to save it.
const TABLES: [FileKind; 10] = [
    FileKind::Table,
    FileKind::Measurements,
    FileKind::Text,
    FileKind::Empty,
    FileKind::Binary,
    FileKind::Zip,
    FileKind::Workbook,
    FileKind::BinaryWorkbook,
    FileKind::OldWorkbook,
    FileKind::OpenWorkbook,
];

/// The tables in the bytes of a CSV file or a workbook.
fn tables_in(path: &Path, bytes: &[u8], prepared: Prepare) -> Result<Vec<RawTable>> {
    files::expect(path, FileKind::of(bytes), "a table", &TABLES)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match bytes.starts_with(b"PK\x03\x04") {
        true => Ok(table::xlsx::read_every_sheet(&name, bytes)?),
        false => Ok(vec![table::csv::read(&name, &prepared(bytes))?]),
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

/// Writes the map and the report, unless it is only tried, and tells what became of the file.
fn settle(
    mut imported: Import,
    from: &Path,
    drawn: &Drawn,
    verdict: Verdict,
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    if let Some(title) = &drawn.title {
        imported.map.title.clone_from(title);
    } else if imported.map.title.is_empty() {
        imported.map.title = title_of(&from.file_stem().unwrap_or_default().to_string_lossy());
    }
    imported::tell(&imported, terminal);
    imported::holds_something(&imported).with_context(|| from.display().to_string())?;
    limits::of_map(&imported.map).with_context(|| from.display().to_string())?;
    let (map, report) = places(drawn)?;
    let output = drawn.output.display();
    let wrote = if drawn.dry_run {
        changed(&imported, &drawn.output, files, terminal)?;
        format!("would write {output}")
    } else {
        let over = match drawn.replace {
            true => Over::Maps,
            false => Over::Results,
        };
        let text = file::write(&imported.map);
        let told = table::csv::write(&imported::report(&imported));
        let mut written = vec![(&map, text.as_bytes(), over)];
        written.extend(report.as_ref().map(|report| (report, told.as_slice(), Over::Results)));
        files.write_all(&written)?.said_otherwise();
        match io::is_stream(&drawn.output) {
            true => "read a map".to_owned(),
            false => format!("wrote {output}"),
        }
    };
    terminal.note(format!(
        "{wrote} from {}: {} ({})",
        from.display(),
        contents(&imported.map),
        imported::share(&imported),
    ));
    match imported.has_faults() {
        true => Ok(Verdict::Findings),
        false => Ok(verdict),
    }
}

/// Tells what an import would change in the map that stands where it would be written.
fn changed(imported: &Import, output: &Path, files: &Files, terminal: &Terminal) -> Result<()> {
    if io::is_stream(output) || !output.exists() {
        return Ok(());
    }
    let before = files.map(output)?;
    tell_changes(&table::changes(&before.map, &imported.map), Telling::AFew, terminal);
    Ok(())
}

/// Where the map goes, and where the report.
fn places(drawn: &Drawn) -> Result<(Place, Option<Place>)> {
    let report = drawn.report.as_deref();
    let report = report.map(|report| output::only("the report of an import", &["csv"], Some(report)));
    Ok((output::map(&drawn.output)?, report.transpose()?))
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
    exchange::within_limits(&document.map, format)?;
    let exported = exchange::export(&document.map, format);
    let wrote = files.write(&place, exported.text.as_bytes())?;
    if !exported.left.is_empty() {
        let each = exported
            .left
            .iter()
            .map(|left| counted(left.count, left.what.0, left.what.1));
        terminal.say(format!(
            "left out, because {format} cannot hold it: {}",
            each.collect::<Vec<_>>().join(", ")
        ));
    }
    wrote.say(contents(&document.map), terminal);
    Ok(Verdict::Clean)
}
