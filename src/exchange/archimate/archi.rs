//! A map of the tables that Archi writes: `elements.csv`, `relations.csv` and `properties.csv`.

use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::draft::{Draft, Element, Relation};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::rows::Sheet;
use super::types;

pub(in super::super) fn read(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    let has = |sheet: &Sheet, names: &[&str]| names.iter().all(|name| sheet.column(&[*name]).is_some());
    let mut draft = Draft::default();
    let mut properties: HashMap<String, Vec<Attribute>> = HashMap::new();
    let mut elements = None;
    let mut relations = Vec::new();
    for sheet in sheets {
        if has(sheet, &["id", "type", "source", "target"]) {
            relations.push(sheet);
        } else if has(sheet, &["id", "type", "name"]) && elements.is_none() {
            elements = Some(sheet);
        } else if has(sheet, &["id", "key", "value"]) {
            for row in &sheet.rows {
                let [id, key, value] = ["id", "key", "value"].map(|name| row.cell(sheet.column(&[name])).to_owned());
                properties.entry(id).or_default().push((key, value));
            }
        } else {
            draft.leave_out(
                "table",
                String::new(),
                sheet.name.clone(),
                "it is no table of elements, relations or properties as Archi writes them",
            );
        }
    }
    let Some(sheet) = elements else {
        return Err(Error::NoElements {
            wanted: "ID, Type, Name",
            found: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    };
    let column = |name: &str| sheet.column(&[name]);
    for row in &sheet.rows {
        let [id, word, name, documentation] =
            ["id", "type", "name", "documentation"].map(|name| row.cell(column(name)));
        if word == "ArchimateModel" {
            draft.title = name.to_owned();
            draft.purpose = documentation.to_owned();
            draft.attributes = properties.remove(id).unwrap_or_default();
            continue;
        }
        if id.is_empty() {
            draft.leave_out(
                "row",
                name.to_owned(),
                sheet.place(row),
                "it has no id, so no relation can name it",
            );
            continue;
        }
        let mut attributes = properties.remove(id).unwrap_or_default();
        let own_id = attributes
            .iter()
            .find(|(name, _)| name == "id")
            .map(|(_, id)| id.clone());
        attributes.retain(|(name, _)| name != "id");
        draft.elements.push(Element {
            key: id.to_owned(),
            place: sheet.place(row),
            word: word.to_owned(),
            title: name.to_owned(),
            description: documentation.to_owned(),
            attributes,
            own_id,
            short_name: None,
            nature: types::nature(word),
        });
    }
    for sheet in relations {
        for row in &sheet.rows {
            let names = ["id", "type", "name", "documentation", "source", "target"];
            let [id, word, name, documentation, from, to] = names.map(|name| row.cell(sheet.column(&[name])));
            let word = word.trim_end_matches("Relationship");
            let attributes = properties.remove(id).unwrap_or_default();
            draft.relations.push(Relation {
                id: id.to_owned(),
                place: sheet.place(row),
                word: word.to_owned(),
                from: from.to_owned(),
                to: to.to_owned(),
                rationale: if documentation.is_empty() {
                    name.to_owned()
                } else {
                    documentation.to_owned()
                },
                attributes,
                evidence: Vec::new(),
                // Archi keeps the sign of an influence as its name or in a column of its own.
                hinders: word == "Influence"
                    && [name, row.cell(sheet.column(&["modifier", "strength"]))]
                        .iter()
                        .any(|sign| types::hinders(sign)),
                course: types::course(word, None),
            });
        }
    }
    draft.finish(choices)
}
