//! A map of the tables that Archi writes: `elements.csv`, `relations.csv` and `properties.csv`.

use crate::map::called::folded;
use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::draft::{Draft, Element, Relation};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::rows::{Row, Sheet};
use super::types;

/// Properties in which Archi keeps what the exchange format has as attributes, folded.
const DIRECTED: &str = "directed";
const STRENGTH: &str = "influence_strength";
const ACCESS: &str = "access_type";
const JUNCTION: &str = "junction_type";

/// The properties of a model by the id of what has them, in the order of the file.
type Properties = HashMap<String, Vec<Attribute>>;

pub(in super::super) fn read(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    let has = |sheet: &Sheet, names: &[&str]| names.iter().all(|name| sheet.column(&[*name]).is_some());
    let mut draft = Draft::default();
    let mut properties = Properties::new();
    let (mut elements, mut relations) = (Vec::new(), Vec::new());
    for sheet in sheets {
        if has(sheet, &["id", "type", "source", "target"]) {
            relations.push(sheet);
        } else if has(sheet, &["id", "type", "name"]) {
            elements.push(sheet);
        } else if has(sheet, &["id", "key", "value"]) {
            let columns = ["id", "key", "value"].map(|name| sheet.column(&[name]));
            for row in &sheet.rows {
                let [id, key, value] = columns.map(|column| text(row, column));
                properties
                    .entry(id.to_owned())
                    .or_default()
                    .push(Attribute::new(key, value, sheet.place(row)));
            }
        } else {
            draft.leave_out(
                "table",
                "",
                sheet.name.clone(),
                "it is not a table of elements, relations or properties as Archi writes them",
            );
        }
    }
    if elements.is_empty() {
        return Err(Error::NoElements {
            wanted: "ID, Type, Name",
            found: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        });
    }
    for sheet in elements {
        for row in &sheet.rows {
            element(sheet, row, &mut properties, &mut draft);
        }
    }
    for sheet in relations {
        for row in &sheet.rows {
            let relation = relation(sheet, row, &mut properties);
            draft.relations.push(relation);
        }
    }
    let mut left: Vec<Attribute> = properties.into_values().flatten().collect();
    left.sort_by(|a, b| a.place.cmp(&b.place));
    for attribute in left {
        let why = "the file has no element or relation with that id";
        draft.fault(
            "property",
            format!("{} {}", attribute.name, attribute.text),
            attribute.place,
            why,
        );
    }
    draft.finish(choices)
}

/// The text of a cell. Archi's option for Excel writes one that begins with `0` or a blank as `="0 litter"`.
fn text(row: &Row, column: Option<usize>) -> &str {
    let cell = row.cell(column);
    let inner = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(cell, str::trim)
}

fn element(sheet: &Sheet, row: &Row, properties: &mut Properties, draft: &mut Draft) {
    let cell = |name: &str| text(row, sheet.column(&[name]));
    let (id, word, name, documentation) = (cell("id"), cell("type"), cell("name"), cell("documentation"));
    if word == "ArchimateModel" {
        draft.title = name.to_owned();
        draft.purpose = documentation.to_owned();
        draft.attributes = properties.remove(id).unwrap_or_default();
        return;
    }
    if id.is_empty() {
        draft.fault(
            "row",
            name,
            sheet.place(row),
            "it has no id, so no relation can name it",
        );
        return;
    }
    let mut attributes = properties.remove(id).unwrap_or_default();
    let own_id = types::take_id(&mut attributes);
    attributes.retain(|attribute| folded(&attribute.name) != JUNCTION);
    specialization(sheet, row, &mut attributes);
    draft.elements.push(Element {
        key: id.to_owned(),
        place: sheet.place(row),
        word: word.to_owned(),
        title: name.to_owned(),
        description: documentation.to_owned(),
        attributes,
        own_id,
        nature: types::nature_of(word, name),
        ..Element::default()
    });
}

/// What Archi calls the sort of an element or a relation within its type: no field of a map, and so told.
fn specialization(sheet: &Sheet, row: &Row, attributes: &mut Vec<Attribute>) {
    let said = text(row, sheet.column(&["specialization"]));
    if !said.is_empty() {
        attributes.push(Attribute::new("Specialization", said, sheet.place(row)));
    }
}

fn relation(sheet: &Sheet, row: &Row, properties: &mut Properties) -> Relation {
    let cell = |name: &str| text(row, sheet.column(&[name]));
    let id = cell("id");
    let (word, note) = types::renamed(cell("type"));
    let mut attributes = properties.remove(id).unwrap_or_default();
    let mut take = |name: &str| {
        let at = attributes
            .iter()
            .position(|attribute| folded(&attribute.name) == name)?;
        Some(attributes.remove(at).text)
    };
    let (directed, strength) = (take(DIRECTED), take(STRENGTH).unwrap_or_default());
    take(ACCESS);
    specialization(sheet, row, &mut attributes);
    // Other tools that write these tables keep the sign in a column of its own, or as the name.
    let beside = text(row, sheet.column(&["modifier", "strength"]));
    let strengths = [("Influence_Strength", strength.as_str()), ("strength", beside)];
    let (signs, name) = types::signs(word, &strengths, cell("name"));
    Relation {
        id: id.to_owned(),
        place: sheet.place(row),
        word: word.to_owned(),
        from: cell("source").to_owned(),
        to: cell("target").to_owned(),
        rationale: types::rationale(&name, cell("documentation")),
        attributes,
        signs,
        course: types::course(word, directed.as_deref()),
        note: note.to_owned(),
        ..Relation::default()
    }
}
