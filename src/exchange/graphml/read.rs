//! A map of a GraphML file.

use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::decode::decode;
use super::super::draft::{Course, Draft, Element as Box, Nature, Relation};
use super::super::fields::Attribute;
use super::super::kinds::Choices;
use super::super::text::{fold, one_line};
use super::super::tree::{self, Element};
use super::label;
use crate::map::NodeKind;

/// What data may call the title of a thing, the surest first.
const TITLES: &[&str] = &["title", "label", "name"];
/// What data may call the type of a node.
const TYPES: &[&str] = &["kind", "type", "stage", "category"];

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let text = decode(bytes)?;
    let root = tree::parse(&text)?;
    tree::expect_root(&root, "graphml", "a GraphML file")?;
    let mut reader = Reader {
        names: root
            .all("key")
            .filter_map(|key| Some((key.attribute("id")?, name_of(key))))
            .collect(),
        draft: Draft::default(),
    };
    let mut graphs = root.all("graph");
    let graph = graphs.next().ok_or_else(|| Error::Missing {
        place: root.place(),
        what: "there is no `graph` in the file: export it again".to_owned(),
    })?;
    let said = reader.data(graph);
    reader.draft.title = said.take(TITLES).unwrap_or_default();
    reader.draft.purpose = said.take(&["purpose", "description"]).unwrap_or_default();
    reader.draft.attributes = said.rest(&["title", "label", "name", "purpose", "description"]);
    reader.graph(graph, &Group::default())?;
    for other in graphs {
        reader.draft.leave_out(
            "graph",
            other.attribute("id").unwrap_or("").to_owned(),
            other.place(),
            "a map is made of the first graph alone",
        );
    }
    reader.draft.finish(choices)
}

/// What a key calls its data; empty for how a thing looks.
fn name_of(key: &Element) -> &str {
    match key.attribute("yfiles.type") {
        Some(_) => "",
        None => key.attribute("attr.name").or(key.attribute("id")).unwrap_or(""),
    }
}

/// The group that a node stands in.
#[derive(Default, Clone)]
struct Group {
    /// The kind that its heading names, as it is written.
    word: String,
    /// Its heading, where that names no kind.
    tag: String,
}

/// What is said of a thing.
struct Said {
    attributes: Vec<Attribute>,
    /// The text that is drawn on it.
    drawn: Option<String>,
}

impl Said {
    /// The first attribute of such a name that says something.
    fn take(&self, names: &[&str]) -> Option<String> {
        let of = |name: &&str| {
            self.attributes
                .iter()
                .find(|(own, text)| fold(own) == **name && !text.is_empty())
        };
        names.iter().find_map(of).map(|(_, text)| text.clone())
    }

    /// The attributes of other names.
    fn rest(&self, but: &[&str]) -> Vec<Attribute> {
        let other = |attribute: &&Attribute| !but.contains(&fold(&attribute.0).as_str());
        self.attributes.iter().filter(other).cloned().collect()
    }
}

struct Reader<'d> {
    /// What each key calls its data.
    names: HashMap<&'d str, &'d str>,
    draft: Draft,
}

impl<'d> Reader<'d> {
    fn data(&self, of: &'d Element) -> Said {
        let mut said = Said {
            attributes: Vec::new(),
            drawn: None,
        };
        for data in of.all("data") {
            if let Some(drawn) = drawn_in(data) {
                said.drawn.get_or_insert_with(|| drawn.to_owned());
            }
            let key = data.attribute("key").unwrap_or("");
            let name = self.names.get(key).copied().unwrap_or(key);
            if !name.is_empty() && data.children.is_empty() {
                said.attributes.push((name.to_owned(), data.text.clone()));
            }
        }
        said
    }

    /// Reads the nodes and edges of a graph. Graphs stand in each other no deeper than elements do.
    fn graph(&mut self, graph: &'d Element, group: &Group) -> Result<(), Error> {
        let plain = match graph.attribute("edgedefault") {
            Some("undirected") => Course::Either,
            _ => Course::Onward,
        };
        for child in &graph.children {
            match child.name.as_str() {
                "node" => self.node(child, group)?,
                "edge" => self.edge(child, plain)?,
                "hyperedge" => self.draft.leave_out(
                    "hyperedge",
                    String::new(),
                    child.place(),
                    "it joins more than two nodes: draw a line for each pair",
                ),
                _ => {}
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &'d Element, group: &Group) -> Result<(), Error> {
        let key = wanted(node, "id")?;
        let said = self.data(node);
        let title = title(&said).unwrap_or_else(|| key.clone());
        let typed = said.take(TYPES);
        let word = typed.clone().unwrap_or_else(|| group.word.clone());
        let mut attributes = said.rest(&[
            "id",
            "title",
            "label",
            "name",
            "kind",
            "type",
            "stage",
            "category",
            "description",
        ]);
        if !group.tag.is_empty() {
            attributes.push((
                "tags".into(),
                serde_json::Value::from(vec![group.tag.as_str()]).to_string(),
            ));
        }
        let inner = node.child("graph");
        let nature = match (inner, NodeKind::named(&word)) {
            (Some(_), _) => Nature::Out("a group is no box; what stands in it is taken"),
            (None, Some(kind)) => Nature::Kind(kind),
            (None, None) => Nature::ByPlace,
        };
        self.draft.elements.push(Box {
            place: node.place(),
            word: if inner.is_some() { "group".to_owned() } else { word },
            description: said.take(&["description"]).unwrap_or_default(),
            attributes,
            // yEd numbers its nodes, which says nothing; a map's own ids and those of people say something.
            own_id: said.take(&["id"]).or_else(|| (!is_numbered(&key)).then(|| key.clone())),
            short_name: None,
            nature,
            key,
            title: title.clone(),
        });
        if let Some(graph) = inner {
            let heading = one_line(&title);
            let group = match NodeKind::named(&heading) {
                Some(_) => Group {
                    word: heading,
                    tag: String::new(),
                },
                None => Group {
                    word: String::new(),
                    tag: heading,
                },
            };
            self.graph(graph, &group)?;
        }
        Ok(())
    }

    fn edge(&mut self, edge: &'d Element, plain: Course) -> Result<(), Error> {
        let said = self.data(edge);
        let plain = match edge.attribute("directed") {
            Some("false") => Course::Either,
            Some(_) => Course::Onward,
            None => plain,
        };
        let arrows = edge
            .all("data")
            .flat_map(|data| &data.children)
            .find_map(|look| look.child("Arrows"));
        let arrow = |end: &str| {
            arrows
                .and_then(|arrows| arrows.attribute(end))
                .is_some_and(|kind| kind != "none")
        };
        let course = match (arrows.is_some(), arrow("source"), arrow("target")) {
            (true, true, true) => Course::Both,
            (true, true, false) => Course::Turned("turned, as its arrow points back"),
            (true, false, false) => Course::Either,
            _ => plain,
        };
        let label = said
            .drawn
            .as_deref()
            .map(one_line)
            .or_else(|| said.take(&["label", "name"]))
            .unwrap_or_default();
        self.draft.relations.push(Relation {
            id: edge.attribute("id").unwrap_or("").to_owned(),
            place: edge.place(),
            word: said.take(&["type"]).unwrap_or_default(),
            from: wanted(edge, "source")?,
            to: wanted(edge, "target")?,
            hinders: label == "-" || arrows.is_some_and(|arrows| arrows.attribute("target") == Some("t_shape")),
            rationale: if ["+", "-"].contains(&label.as_str()) {
                String::new()
            } else {
                label
            },
            attributes: said.rest(&["label", "name", "type"]),
            evidence: Vec::new(),
            course,
        });
        Ok(())
    }
}

/// An attribute without which nothing can be made of an element.
fn wanted(element: &Element, name: &str) -> Result<String, Error> {
    element
        .attribute(name)
        .map(str::to_owned)
        .ok_or_else(|| Error::Missing {
            place: element.place(),
            what: format!(
                "this `{}` has no `{name}`: the file is damaged, so export it again",
                element.name
            ),
        })
}

/// The text that yEd draws on a thing.
fn drawn_in(data: &Element) -> Option<&str> {
    let mut todo: Vec<&Element> = data.children.iter().collect();
    while let Some(element) = todo.pop() {
        if element.name == "NodeLabel" || element.name == "EdgeLabel" {
            return Some(&element.text);
        }
        todo.extend(element.children.iter().rev());
    }
    None
}

/// The title: what is drawn where somebody has changed it there, else what is said.
fn title(said: &Said) -> Option<String> {
    let drawn = said.drawn.as_deref().map(one_line).filter(|drawn| !drawn.is_empty());
    match (said.take(TITLES), drawn) {
        (Some(title), Some(drawn)) if drawn == one_line(&label(&title)) => Some(title),
        (None, None) => said.drawn.as_ref().map(|_| String::new()),
        (title, drawn) => drawn.or(title),
    }
}

/// Whether an id is a number behind a letter or two, as tools count: `n0`, `n1::n2`, `42`.
fn is_numbered(id: &str) -> bool {
    id.split("::").all(|part| {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        part.len() - digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
