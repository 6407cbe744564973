//! A map of the tables that Kumu imports: elements by label, and connections from label to label.

use super::super::Error;
use super::super::account::Import;
use super::super::draft::{Course, Draft};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::rows::{Row, Sheet};
use super::super::text::one_line;
use super::{Elements, Said, element, relation};
use crate::map::called::folded;

/// The names of columns by which the tables of a project are known.
const NAMES: &[&str] = &[
    "label",
    "name",
    "type",
    "description",
    "tags",
    "from",
    "to",
    "direction",
    "id",
];

pub(in super::super) fn read(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    let mut draft = Draft::default();
    let mut headed = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let above = |text: String, place: String| {
            draft.leave_out("row", text, place, "it is above the column names");
        };
        headed.push(sheet.headed(NAMES, above));
    }
    let connects = |sheet: &&Sheet| sheet.column(&["from"]).is_some() && sheet.column(&["to"]).is_some();
    let names = |sheet: &&Sheet| !connects(sheet) && sheet.column(&["label", "name"]).is_some();
    if !headed.iter().any(|sheet| connects(&sheet) || names(&sheet)) {
        return Err(Error::NoElements {
            wanted: "Label, Type (elements) or From, To (connections)",
            found: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    }
    let mut elements = Elements::default();
    for sheet in headed.iter().filter(names) {
        let (id, label) = (sheet.column(&["id"]), sheet.column(&["label", "name"]));
        for row in &sheet.rows {
            let title = one_line(row.cell(label));
            if title.is_empty() {
                let says = row.cells.join(" ");
                draft.fault(
                    "row",
                    one_line(&says),
                    sheet.place(row),
                    "it has no label, so it names no element",
                );
                continue;
            }
            // Connections name an element by its label, unless it has an id.
            let key = match row.cell(id) {
                "" => title.clone(),
                id => id.to_owned(),
            };
            elements.know(&key, &title);
            draft
                .elements
                .push(element(key, sheet.place(row), said(sheet, row, &["id"])));
        }
    }
    for sheet in headed.iter().filter(connects) {
        let [id, from, to] = [["id"], ["from"], ["to"]].map(|name| sheet.column(&name));
        for row in &sheet.rows {
            let place = sheet.place(row);
            let [from, to] = [from, to].map(|end| elements.named(row.cell(end), &place, &mut draft));
            let said = said(sheet, row, &["id", "from", "to"]);
            let id = row.cell(id).to_owned();
            draft
                .relations
                .push(relation(id, place, (from, to), said, Course::Onward));
        }
    }
    let other = |sheet: &&Sheet| !connects(sheet) && !names(sheet);
    for sheet in headed.iter().filter(other) {
        draft.leave_out(
            "table",
            "",
            sheet.name.clone(),
            "it has neither labels of elements nor ends of connections",
        );
    }
    draft.finish(choices)
}

fn said(sheet: &Sheet, row: &Row, but: &[&str]) -> Said {
    let named = sheet.header.iter().enumerate();
    let other = named.filter(|(_, name)| !but.contains(&folded(name).as_str()));
    let cells = other.map(|(at, name)| Attribute::new(name.as_str(), row.cell(Some(at)), sheet.place(row)));
    Said(cells.filter(|one| !one.text.is_empty()).collect())
}
