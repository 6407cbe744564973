//! A map of the tables that Kumu imports: elements by label, and connections from label to label.

use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::draft::{Course, Draft};
use super::super::kinds::Choices;
use super::super::rows::{Row, Sheet};
use super::super::text::one_line;
use super::{Said, element, relation};

pub(in super::super) fn read(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    let connects = |sheet: &&Sheet| sheet.column(&["from"]).is_some() && sheet.column(&["to"]).is_some();
    let names = |sheet: &&Sheet| !connects(sheet) && sheet.column(&["label", "name"]).is_some();
    let mut draft = Draft::default();
    if !sheets.iter().any(|sheet| connects(&sheet) || names(&sheet)) {
        return Err(Error::NoElements {
            wanted: "Label, Type (elements) or From, To (connections)",
            found: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    }
    // The key of an element by all that a connection may call it.
    let mut keys: HashMap<String, String> = HashMap::new();
    for sheet in sheets.iter().filter(names) {
        let (id, label) = (sheet.column(&["id"]), sheet.column(&["label", "name"]));
        for row in &sheet.rows {
            let title = one_line(row.cell(label));
            if title.is_empty() {
                draft.leave_out("row", String::new(), sheet.place(row), "it has no label");
                continue;
            }
            // Connections name an element by its label, unless it has an id.
            let key = match row.cell(id) {
                "" => title.clone(),
                id => id.to_owned(),
            };
            keys.entry(title).or_insert_with(|| key.clone());
            keys.insert(key.clone(), key.clone());
            draft
                .elements
                .push(element(key, sheet.place(row), said(sheet, row, &["id"])));
        }
    }
    for sheet in sheets.iter().filter(connects) {
        let [from, to] = [["from"], ["to"]].map(|name| sheet.column(&name));
        for row in &sheet.rows {
            let place = sheet.place(row);
            let [from, to] = [from, to].map(|end| {
                let name = one_line(row.cell(end));
                if let Some(key) = keys.get(&name) {
                    return key.clone();
                }
                // Kumu makes an element of every label that a connection names.
                if !name.is_empty() {
                    let label = vec![("label".to_owned(), name.clone())];
                    draft.elements.push(element(name.clone(), place.clone(), Said(label)));
                    keys.insert(name.clone(), name.clone());
                }
                name
            });
            draft.relations.push(relation(
                String::new(),
                place,
                (from, to),
                said(sheet, row, &["from", "to"]),
                Course::Onward,
            ));
        }
    }
    let other = |sheet: &&Sheet| !connects(sheet) && !names(sheet);
    for sheet in sheets.iter().filter(other) {
        draft.leave_out(
            "table",
            String::new(),
            sheet.name.clone(),
            "it has neither labels of elements nor ends of connections",
        );
    }
    draft.finish(choices)
}

fn said(sheet: &Sheet, row: &Row, but: &[&str]) -> Said {
    let other = |name: &String| !but.contains(&super::fold(name).as_str());
    let named = sheet.header.iter().enumerate().filter(|(_, name)| other(name));
    Said(
        named
            .map(|(at, name)| (name.clone(), row.cell(Some(at)).to_owned()))
            .collect(),
    )
}
