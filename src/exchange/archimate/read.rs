//! A map of an ArchiMate model in the exchange format.

use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::decode::{Declared, decode};
use super::super::draft::{Draft, Element as Box, Relation};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::tree::{self, Element};
use super::types;

/// The name space of every version of the format begins so; what follows is the version from 3 on.
const NAME_SPACE: &str = "http://www.opengroup.org/xsd/archimate";

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let decoded = decode(bytes, Declared::ByXml)?;
    let root = tree::parse(&decoded.text)?;
    tree::expect_root(
        &root,
        "model",
        "an ArchiMate model in the exchange format of The Open Group",
    )?;
    let version = root.attributes.iter().find_map(|(key, value)| {
        let rest = value.strip_prefix(NAME_SPACE).filter(|_| key.starts_with("xmlns"))?;
        Some(rest.trim_matches('/').to_owned())
    });
    let Some(version) = version else {
        return Err(Error::OtherFormat {
            found: "a `model` of another type".to_owned(),
            wanted: "an ArchiMate model in the exchange format of The Open Group",
            help: "in Archi, export it as an Open Exchange File, or as CSV for `import archi-csv`".to_owned(),
        });
    };
    let properties = Properties::of(&root);
    let mut draft = Draft {
        title: root.child_text("name").to_owned(),
        purpose: root.child_text("documentation").to_owned(),
        attributes: properties.said_of(&root),
        ..Draft::default()
    };
    match version.as_str() {
        "" => draft.note(
            "the model",
            "read from version 2 of the exchange format, by the names of ArchiMate 3",
        ),
        version if version.starts_with('3') => {}
        version => draft.note(
            "the model",
            format!("in version {version} of the exchange format, read as version 3"),
        ),
    }
    for element in root.all("elements").flat_map(|all| all.all("element")) {
        draft.elements.push(element_of(element, &properties)?);
    }
    for relation in root.all("relationships").flat_map(|all| all.all("relationship")) {
        draft.relations.push(relation_of(relation, &properties)?);
    }
    for view in root
        .all("views")
        .flat_map(|views| &views.children)
        .flat_map(|diagrams| match diagrams.name.as_str() {
            "view" => std::slice::from_ref(diagrams),
            _ => diagrams.children.as_slice(),
        })
    {
        draft.leave_out("view", name_of(view), view.place(), "a map has a layout of its own");
    }
    // Version 2 of the format has one organization.
    let folders = root.all("organizations").chain(root.all("organization"));
    for folder in folders.flat_map(|all| all.all("item")) {
        draft.leave_out(
            "organization",
            folder.child_text("label"),
            folder.place(),
            "folders of the model tool are not part of a map",
        );
    }
    if let Some(note) = decoded.note {
        draft.note("the encoding", note);
    }
    draft.finish(choices)
}

/// What the properties of a model are called.
struct Properties<'m>(HashMap<&'m str, &'m str>);

impl<'m> Properties<'m> {
    fn of(root: &'m Element) -> Self {
        // Version 2 of the format has shorter names, and the name of a property as an attribute.
        let lists = root.all("propertyDefinitions").chain(root.all("propertydefs"));
        let definitions = lists.flat_map(|all| all.all("propertyDefinition").chain(all.all("propertydef")));
        let named = definitions.filter_map(|definition| {
            let name = definition.attribute("name").unwrap_or(definition.child_text("name"));
            Some((definition.attribute("identifier")?, name))
        });
        Self(named.collect())
    }

    fn said_of(&self, of: &Element) -> Vec<Attribute> {
        let each = of.all("properties").flat_map(|all| all.all("property"));
        let named = each.map(|property| {
            let id = property
                .attribute("propertyDefinitionRef")
                .or(property.attribute("identifierref"))
                .unwrap_or("");
            let name = self.0.get(id).copied().unwrap_or(id).trim();
            Attribute::new(name, property.child_text("value"), property.place())
        });
        named.collect()
    }
}

fn element_of(element: &Element, properties: &Properties<'_>) -> Result<Box, Error> {
    let word = element.attribute("type").unwrap_or("");
    let mut attributes = properties.said_of(element);
    let own_id = types::take_id(&mut attributes);
    let title = name_of(element).to_owned();
    Ok(Box {
        key: identifier(element)?,
        place: element.place(),
        word: word.to_owned(),
        nature: types::nature_of(word, &title),
        title,
        description: element.child_text("documentation").to_owned(),
        attributes,
        own_id,
        ..Box::default()
    })
}

fn relation_of(relation: &Element, properties: &Properties<'_>) -> Result<Relation, Error> {
    let (word, note) = types::renamed(relation.attribute("type").unwrap_or(""));
    let end = |name: &str| {
        relation
            .attribute(name)
            .map(str::to_owned)
            .ok_or_else(|| missing(relation, name))
    };
    let strengths = ["modifier", "strength"].map(|name| (name, relation.attribute(name).unwrap_or("")));
    let (signs, name) = types::signs(word, &strengths, name_of(relation));
    Ok(Relation {
        id: identifier(relation)?,
        place: relation.place(),
        word: word.to_owned(),
        from: end("source")?,
        to: end("target")?,
        rationale: types::rationale(&name, relation.child_text("documentation")),
        attributes: properties.said_of(relation),
        signs,
        course: types::course(word, relation.attribute("isDirected")),
        note: note.to_owned(),
        ..Relation::default()
    })
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
