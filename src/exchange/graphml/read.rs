//! A map of a GraphML file.

use crate::map::called::folded;
use std::collections::HashMap;

use super::super::Error;
use super::super::account::Import;
use super::super::decode::{Declared, decode};
use super::super::draft::{Course, Draft, Element as Box, Nature, Relation};
use super::super::fields::{self, Attribute};
use super::super::kinds::{self, Choices};
use super::super::signs::{self, Doubled, Signs};
use super::super::text::one_line;
use super::super::tree::{self, Element};
use super::label;
use super::look::{self, Arrows, Drawn, Shared};
use crate::map::{Effect, Evidence};

/// What data may call the title of a thing, the surest first.
const TITLES: &[&str] = &["title", "label", "name"];
/// What data may call the type of a node or an edge.
const TYPES: &[&str] = &["kind", "type", "stage", "category"];
/// What data may call the text on an edge.
const LABELS: &[&str] = &["label", "edge_label", "edgelabel", "name"];
/// The attributes that the format itself gives a graph, a node or an edge (graphml.graphdrawing.org, schema 1.1).
const OF_THE_FORMAT: &[&str] = &[
    "id",
    "edgedefault",
    "source",
    "target",
    "directed",
    "sourceport",
    "targetport",
    "defaultedgetype",
    "idtype",
    "mode",
];
/// What data may call an address.
const ADDRESSES: &[&str] = &["url", "href", "link"];

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let decoded = decode(bytes, Declared::ByXml)?;
    let root = tree::parse(&decoded.text)?;
    tree::expect_root(&root, "graphml", "a GraphML file")?;
    let mut reader = Reader {
        keys: root
            .all("key")
            .filter_map(|key| Some((key.attribute("id")?, Key::of(key))))
            .collect(),
        shared: Shared::of(&root),
        draft: Draft::default(),
    };
    let mut graphs = root.all("graph");
    let graph = graphs.next().ok_or_else(|| Error::Missing {
        place: root.place(),
        what: "the file has no `graph`: export it again".to_owned(),
    })?;
    let mut said = reader.data(graph, "graph");
    reader.draft.title = said.take(TITLES).unwrap_or_default();
    reader.draft.purpose = said.take(&["purpose", "description"]).unwrap_or_default();
    reader.draft.attributes = said.attributes;
    reader.graph(graph, &Inside::default())?;
    for other in graphs {
        reader.draft.leave_out(
            "graph",
            other.attribute("id").unwrap_or(""),
            other.place(),
            "only the first graph of a file becomes a map",
        );
    }
    if let Some(note) = decoded.note {
        reader.draft.note("the encoding", note);
    }
    reader.draft.finish(choices)
}

/// What data is called, of what it is, and what stands where it is missing.
struct Key<'d> {
    /// Empty for how a thing looks.
    name: &'d str,
    of: &'d str,
    default: Option<&'d str>,
}

impl<'d> Key<'d> {
    fn of(key: &'d Element) -> Self {
        let name = match key.attribute("yfiles.type") {
            Some(_) => "",
            None => key.attribute("attr.name").or(key.attribute("id")).unwrap_or(""),
        };
        let default = key.child("default").filter(|default| default.children.is_empty());
        Self {
            name,
            of: key.attribute("for").unwrap_or("all"),
            default: default.map(|default| default.text.as_str()),
        }
    }
}

/// The groups that a node stands in, the innermost first, by their headings.
#[derive(Default, Clone)]
struct Inside(Vec<String>);

/// What is said of a thing.
struct Said {
    attributes: Vec<Attribute>,
    drawn: Drawn,
}

impl Said {
    /// Takes out the first attribute of such a name that says something.
    fn take(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let says = |one: &Attribute| folded(&one.name) == *name && !one.text.trim().is_empty();
            let at = self.attributes.iter().position(says)?;
            Some(self.attributes.remove(at).text)
        })
    }

    /// Takes out all attributes of such names that say something.
    fn take_all(&mut self, names: &[&str]) -> Vec<String> {
        std::iter::from_fn(|| self.take(names)).collect()
    }
}

struct Reader<'d> {
    /// What each key calls its data.
    keys: HashMap<&'d str, Key<'d>>,
    shared: Shared<'d>,
    draft: Draft,
}

impl<'d> Reader<'d> {
    /// What is said of a thing of that sort: `node`, `edge` or `graph`.
    fn data(&self, of: &'d Element, sort: &str) -> Said {
        let mut said = Said {
            attributes: Vec::new(),
            drawn: Drawn::default(),
        };
        let mut given = Vec::new();
        // Some programs keep data in attributes of their own; those with a prefix or a point are about the drawing.
        for (name, text) in &of.attributes {
            if !OF_THE_FORMAT.contains(&name.as_str()) && !name.contains([':', '.']) && name != "xmlns" {
                said.attributes
                    .push(Attribute::new(name.as_str(), text.as_str(), of.place()));
            }
        }
        let described = of.child_text("desc").trim();
        if !described.is_empty() {
            said.attributes
                .push(Attribute::new("description", described, of.place()));
        }
        for data in of.all("data") {
            let drawn = look::drawn(data);
            said.drawn.is_drawn |= drawn.is_drawn;
            for label in drawn.labels {
                if !said.drawn.labels.contains(&label) {
                    said.drawn.labels.push(label);
                }
            }
            let key = data.attribute("key").unwrap_or("");
            given.push(key);
            let name = self.keys.get(key).map_or(key, |key| key.name);
            if !name.is_empty() && data.children.is_empty() {
                said.attributes
                    .push(Attribute::new(name, data.text.as_str(), data.place()));
            }
        }
        let mut missing: Vec<_> = self
            .keys
            .iter()
            .filter(|(id, key)| (key.of == sort || key.of == "all") && !key.name.is_empty() && !given.contains(id))
            .filter_map(|(id, key)| Some((*id, key.name, key.default?)))
            .collect();
        missing.sort_unstable();
        let defaults = missing
            .into_iter()
            .map(|(_, name, text)| Attribute::new(name, text, of.place()));
        // What yFiles folds and unfolds says nothing of the thing itself.
        said.attributes.extend(defaults.filter(|one| one.name != "Expanded"));
        said
    }

    /// Reads the nodes and edges of a graph. Graphs stand in each other no deeper than elements do.
    fn graph(&mut self, graph: &'d Element, inside: &Inside) -> Result<(), Error> {
        let plain = match graph.attribute("edgedefault") {
            Some("undirected") => Course::Either,
            _ => Course::Onward,
        };
        for child in &graph.children {
            match child.name.as_str() {
                "node" => self.node(child, inside)?,
                "edge" => self.edge(child, plain)?,
                "hyperedge" => self.draft.leave_out(
                    "hyperedge",
                    child.attribute("id").unwrap_or(""),
                    child.place(),
                    "it joins more than two nodes: draw a line for each pair",
                ),
                "locator" => self.draft.leave_out(
                    "locator",
                    child.attribute("href").unwrap_or(""),
                    child.place(),
                    "other files are not read: import them by themselves",
                ),
                _ => {}
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &'d Element, inside: &Inside) -> Result<(), Error> {
        let key = wanted(node, "id")?;
        let place = node.place();
        let mut said = self.data(node, "node");
        let labels = std::mem::take(&mut said.drawn.labels);
        let own_id = said.take(&["id"]);
        let is_ours = fields::written_here(&self.draft.attributes);
        let said_title = said.take(TITLES);
        let (title, mut other) = title(said_title.clone(), &labels);
        // A title under another label is kept beside it, unless we wrote it and somebody has changed the label since.
        other.extend(said_title.filter(|said| !is_ours && Some(said) != title.as_ref()));
        // A thing that is drawn without a text; one that is not drawn at all is known by its id.
        let is_textless = title.is_none() && said.drawn.is_drawn;
        let title = title.unwrap_or_else(|| if is_ours { String::new() } else { key.clone() });
        let inner = node.child("graph").filter(|graph| graph.child("node").is_some());
        let types = said.take_all(TYPES);
        let types: Vec<&str> = types.iter().map(|word| word.trim()).collect();
        let headings: Vec<&str> = inside.0.iter().map(String::as_str).collect();
        let chosen = kinds::chosen(&types, &headings);
        for other in types.iter().filter(|word| **word != chosen.word) {
            said.attributes.push(Attribute::new("type", *other, place.as_str()));
        }
        said.attributes.extend(fields::tags(&chosen.tags, &place));
        let mut description: Vec<String> = said.take_all(&["description"]);
        if inner.is_some() {
            for text in other.drain(..) {
                let why = "a further text on a group, such as the heading of a lane, does not describe what is in it";
                self.draft.leave_out("label", text, place.clone(), why);
            }
        }
        description.extend(other);
        description.extend(said.take_all(ADDRESSES));
        let is_dummy = said
            .take(&["dummy", "is_dummy"])
            .is_some_and(|text| matches!(text.trim(), "true" | "1" | "yes"));
        let nature = match (inner, chosen.nature) {
            (Some(_), _) if is_textless => {
                Nature::Point("a group without a name is not a box, and lines through it are joined")
            }
            (Some(_), _) => Nature::Out("a group is not a box; what is in it is taken"),
            (None, Nature::ByPlace) if is_dummy => Nature::Point("it only joins lines, which run through it"),
            (None, Nature::ByPlace) if is_textless => Nature::Textless,
            (None, nature) => nature,
        };
        if node.child("port").is_some() {
            self.draft.leave_out(
                "port",
                key.clone(),
                place.clone(),
                "where on its box a line ends is not part of a map",
            );
        }
        let note = match nature {
            Nature::Textless => "its id is its title, as it has no text",
            _ if inner.is_some() => "",
            _ => chosen.note,
        };
        self.draft.elements.push(Box {
            place,
            word: if inner.is_some() {
                "group".to_owned()
            } else {
                chosen.word
            },
            description: description.join("\n"),
            attributes: said.attributes,
            // yEd numbers its nodes, which says nothing; a map's own ids and those of people say something.
            own_id: own_id.or_else(|| (!is_numbered(&key)).then(|| key.clone())),
            short_name: None,
            nature,
            key,
            title: title.clone(),
            note: note.to_owned(),
        });
        if let Some(graph) = inner {
            let mut inside = inside.clone();
            if !is_textless {
                inside.0.insert(0, one_line(&title));
            }
            self.graph(graph, &inside)?;
        }
        Ok(())
    }

    fn edge(&mut self, edge: &'d Element, plain: Course) -> Result<(), Error> {
        let place = edge.place();
        let mut said = self.data(edge, "edge");
        let arrows = look::arrows(edge, &self.shared);
        let course = match (edge.attribute("directed"), arrows.ends()) {
            (_, Some((true, true))) => Course::Both,
            (_, Some((true, false))) => Course::Turned("turned, as its arrow points back"),
            (_, Some((false, true))) => Course::Onward,
            (Some("true"), _) => Course::Onward,
            (_, Some((false, false))) | (Some("false"), None) => Course::Either,
            (_, None) => plain,
        };
        let word = said.take(TYPES).unwrap_or_default();
        let mut signs = Signs::none();
        signs.add(
            signs::of_word(&word, Doubled::Strengthens),
            format!("its type `{}`", word.trim()),
        );
        let bar = |arrow: Option<&str>| Arrows::is_bar(arrow).then_some(Effect::Hinders);
        let (head, tail) = match course {
            Course::Turned(_) => (arrows.source, arrows.target),
            _ => (arrows.target, arrows.source),
        };
        signs.add(bar(head), format!("its arrow `{}`", head.unwrap_or_default()));
        let back = (course == Course::Both && (bar(head).is_some() || bar(tail).is_some()))
            .then(|| bar(tail).unwrap_or(Effect::Supports));
        let mut texts: Vec<String> = Vec::new();
        let labels = std::mem::take(&mut said.drawn.labels);
        for text in labels.into_iter().chain(said.take_all(LABELS)) {
            let (effect, rest) = signs::of_label(&text, Doubled::Strengthens);
            signs.add(effect, format!("its label `{}`", one_line(&text)));
            texts.push(rest);
        }
        texts.extend(said.take_all(&["description"]));
        let mut evidence: Vec<Evidence> = Vec::new();
        for url in said.take_all(ADDRESSES) {
            evidence.push(Evidence {
                source: url.trim().to_owned(),
                strength: None,
                url: url.trim().to_owned(),
            });
        }
        let mut lines: Vec<&str> = Vec::new();
        for text in texts.iter().map(|text| text.trim()) {
            if !text.is_empty() && !lines.contains(&text) {
                lines.push(text);
            }
        }
        self.draft.relations.push(Relation {
            id: edge.attribute("id").unwrap_or("").to_owned(),
            place,
            word: word.trim().to_owned(),
            from: wanted(edge, "source")?,
            to: wanted(edge, "target")?,
            rationale: lines.join("\n"),
            attributes: said.attributes,
            evidence,
            signs,
            back,
            course,
            note: String::new(),
        });
        if edge.child("graph").is_some() {
            self.draft
                .leave_out("graph", "", edge.place(), "what is inside a line is not part of a map");
        }
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

/// The title, where there is one, and the other texts that are drawn: the title is what is drawn where somebody has
/// changed it there, else what is said.
fn title(said: Option<String>, labels: &[String]) -> (Option<String>, Vec<String>) {
    let rest = || labels.iter().skip(1).cloned().collect();
    match (said, labels.first()) {
        (Some(title), Some(drawn)) if *drawn == one_line(&label(&title)) => (Some(title), rest()),
        (_, Some(drawn)) => (Some(drawn.clone()), rest()),
        (title, None) => (title, Vec::new()),
    }
}

/// Whether an id is a number behind a letter or two, as tools count: `n0`, `n1::n2`, `42`.
fn is_numbered(id: &str) -> bool {
    id.split("::").all(|part| {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        part.len() - digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    })
}
