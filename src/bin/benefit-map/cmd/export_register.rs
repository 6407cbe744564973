//! `export register --like`: the current figures of a map in the shape of somebody's own sheet.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use benefit_map::table::{self, Cell, Likeness, Mapping, xlsx};

use super::tables::counted;
use super::xlsx::WORKBOOKS;
use crate::args::ExportRegister;
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, io, measured, output};

/// How many changed cells, or titles, are told before the rest are counted.
const A_FEW: usize = 20;

pub fn run(args: &ExportRegister, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let ending = output::ending(&args.like);
    let endings: &[&str] = match ending.as_deref() {
        // A workbook with macros is one only under its own ending.
        Some("xlsm") => &["xlsm"],
        _ => &["xlsx"],
    };
    let place = output::only("a register in the shape of a workbook", endings, Some(&args.output))?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let bytes = files.bytes_of(&args.like, "the workbook whose shape is wanted", &WORKBOOKS)?;
    let mapping = match &args.mapping {
        Some(path) => {
            let name = path.display().to_string();
            let text = String::from_utf8_lossy(&files.bytes(path)?).into_owned();
            Some(Mapping::read(&name, &text)?)
        }
        None => None,
    };
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read(&args.measured, map, as_of, files, terminal)?;
    let mut latest = BTreeMap::new();
    for kpi in &map.kpis {
        let mut until = measurements.of(&kpi.id).iter().filter(|one| one.date <= as_of);
        if let Some(last) = until.next_back() {
            latest.insert(kpi.id.to_string(), (last.date, last.value));
        }
    }
    let name = args.like.file_name().unwrap_or_default().to_string_lossy();
    let mut grids = xlsx::grids(&name, &bytes)?;
    for grid in &mut grids {
        grid.notation = args.measured.notation();
    }
    let adopted = table::adopt(&name, &grids, mapping.as_ref(), Some(map))?;
    let likeness = table::likeness(&grids, &adopted, map, &latest);
    if likeness.is_foreign() {
        bail!(
            "no row of {name} is a benefit of {}: give the workbook that the map was made of, or a map that was made of it",
            args.map.display()
        );
    }
    let changes: Vec<xlsx::CellChange> = likeness
        .cells
        .iter()
        .map(|cell| xlsx::CellChange {
            sheet: cell.sheet.clone(),
            row: cell.row,
            column: cell.column,
            value: cell.is.clone(),
        })
        .collect();
    let patched = xlsx::patched(&name, &bytes, &changes)?;
    let wrote = files.write(&place, &patched.bytes)?;
    tell(&likeness, &patched.formulas, terminal);
    let changed = changes.len() - patched.formulas.len();
    wrote.say(
        match changed {
            0 => format!("nothing differs from {name}"),
            count => format!("{} changed", counted(count, "cell", "cells")),
        },
        terminal,
    );
    let is_whole = patched.formulas.is_empty() && likeness.without_row.is_empty() && likeness.not_in_map.is_empty();
    Ok(if is_whole { Verdict::Clean } else { Verdict::Findings })
}

fn tell(likeness: &Likeness, formulas: &[xlsx::CellChange], terminal: &Terminal) {
    let says = |cell: &Cell| match cell.to_text().as_ref() {
        "" => "nothing".to_owned(),
        text => format!("`{}`", text.chars().take(60).collect::<String>()),
    };
    let is_formula = |cell: &&table::Differs| {
        formulas
            .iter()
            .any(|one| one.sheet == cell.sheet && one.row == cell.row && one.column == cell.column)
    };
    let (kept, made): (Vec<&table::Differs>, Vec<&table::Differs>) = likeness.cells.iter().partition(is_formula);
    for cell in made.iter().take(A_FEW) {
        terminal.say(format!(
            "changed: sheet {}, row {}, column {}: {} became {}",
            cell.sheet,
            cell.row,
            cell.head,
            says(&cell.was),
            says(&cell.is)
        ));
    }
    if made.len() > A_FEW {
        terminal.say(format!("changed: … and {} more cells", made.len() - A_FEW));
    }
    for cell in kept {
        terminal.say(format!(
            "left: sheet {}, row {}, column {}: the cell holds a formula, which was kept; the map has {}",
            cell.sheet,
            cell.row,
            cell.head,
            says(&cell.is)
        ));
    }
    for (titles, words, help) in [
        (
            &likeness.without_row,
            "has no row in the workbook",
            "Add a row with its title, and export again.",
        ),
        (
            &likeness.not_in_map,
            "is not on the map, and its row was left as it is",
            "Import the register to bring it onto the map.",
        ),
    ] {
        for title in titles.iter().take(A_FEW) {
            terminal.say(format!("left: `{title}` {words}"));
        }
        if titles.len() > A_FEW {
            terminal.say(format!("left: … and {} more like this", titles.len() - A_FEW));
        }
        if !titles.is_empty() {
            terminal.say(format!("  help: {help}"));
        }
    }
}
