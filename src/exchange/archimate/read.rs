//! A map of an ArchiMate model in the exchange format.

use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::decode::decode;
use super::super::draft::{Draft, Element as Box, Relation};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::tree::{self, Element};
use super::types;

/// The name space of every version 3 of the format begins so.
const NAME_SPACE: &str = "http://www.opengroup.org/xsd/archimate";

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let text = decode(bytes)?;
    let root = tree::parse(&text)?;
    tree::expect_root(
        &root,
        "model",
        "an ArchiMate model in the exchange format of The Open Group",
    )?;
    let is_exchange = |(key, value): &(String, String)| key.starts_with("xmlns") && value.starts_with(NAME_SPACE);
    if !root.attributes.iter().any(is_exchange) {
        return Err(Error::OtherFormat {
            found: "a `model` of another sort".to_owned(),
            wanted: "an ArchiMate model in the exchange format of The Open Group",
            help: "in Archi, export it as an Open Exchange File, or as CSV for `import archi-csv`".to_owned(),
        });
    }
    let names: HashMap<&str, &str> = root
        .all("propertyDefinitions")
        .flat_map(|all| all.all("propertyDefinition"))
        .filter_map(|definition| {
            // Version 2 of the format has the name as an attribute.
            let name = definition.attribute("name").unwrap_or(definition.child_text("name"));
            Some((definition.attribute("identifier")?, name))
        })
        .collect();
    let properties = |of: &Element| -> Vec<Attribute> {
        let each = of.all("properties").flat_map(|all| all.all("property"));
        let named = each.map(|property| {
            let id = property
                .attribute("propertyDefinitionRef")
                .or(property.attribute("identifierref"))
                .unwrap_or("");
            (
                names.get(id).copied().unwrap_or(id).trim().to_owned(),
                property.child_text("value").to_owned(),
            )
        });
        named.collect()
    };
    let mut draft = Draft {
        title: root.child_text("name").to_owned(),
        purpose: root.child_text("documentation").to_owned(),
        attributes: properties(&root),
        ..Draft::default()
    };
    for element in root.all("elements").flat_map(|all| all.all("element")) {
        let word = element.attribute("type").unwrap_or("");
        let mut attributes = properties(element);
        let own_id = attributes
            .iter()
            .find(|(name, _)| name == "id")
            .map(|(_, id)| id.clone());
        attributes.retain(|(name, _)| name != "id");
        draft.elements.push(Box {
            key: identifier(element)?,
            place: element.place(),
            word: word.to_owned(),
            title: name_of(element).to_owned(),
            description: element.child_text("documentation").to_owned(),
            attributes,
            own_id,
            short_name: None,
            nature: types::nature(word),
        });
    }
    for relation in root.all("relationships").flat_map(|all| all.all("relationship")) {
        let word = relation
            .attribute("type")
            .unwrap_or("")
            .trim_end_matches("Relationship");
        let end = |name: &str| {
            relation
                .attribute(name)
                .map(str::to_owned)
                .ok_or_else(|| missing(relation, name))
        };
        let said = relation.child_text("documentation");
        draft.relations.push(Relation {
            id: identifier(relation)?,
            place: relation.place(),
            word: word.to_owned(),
            from: end("source")?,
            to: end("target")?,
            rationale: if said.trim().is_empty() {
                name_of(relation).to_owned()
            } else {
                said.to_owned()
            },
            attributes: properties(relation),
            evidence: Vec::new(),
            hinders: types::hinders(relation.attribute("modifier").unwrap_or("")),
            course: types::course(word, relation.attribute("isDirected")),
        });
    }
    for view in root
        .all("views")
        .flat_map(|views| &views.children)
        .flat_map(|diagrams| match diagrams.name.as_str() {
            "view" => std::slice::from_ref(diagrams),
            _ => diagrams.children.as_slice(),
        })
    {
        draft.leave_out(
            "view",
            name_of(view).to_owned(),
            view.place(),
            "the map is laid out anew",
        );
    }
    for folder in root.all("organizations").flat_map(|all| all.all("item")) {
        draft.leave_out(
            "organization",
            folder.child_text("label").to_owned(),
            folder.place(),
            "folders of the model tool are no part of a map",
        );
    }
    draft.finish(choices)
}

/// The first name; version 2 of the format calls that of an element a label.
fn name_of(element: &Element) -> &str {
    match element.child_text("name") {
        "" => element.child_text("label"),
        name => name,
    }
}

fn identifier(element: &Element) -> Result<String, Error> {
    element
        .attribute("identifier")
        .map(str::to_owned)
        .ok_or_else(|| missing(element, "identifier"))
}

fn missing(element: &Element, name: &str) -> Error {
    Error::Missing {
        place: element.place(),
        what: format!(
            "this `{}` has no `{name}`: the file is damaged, so export it again",
            element.name
        ),
    }
}
