//! A map of a DOT file.

use super::super::Error;
use super::super::account::Import;
use super::super::decode::{Declared, decode};
use super::super::draft::{Course, Draft, Element, Nature, Relation};
use super::super::fields::{self, Attribute};
use super::super::kinds::{self, Choices};
use super::super::signs::{self, Doubled, Signs};
use super::super::text::one_line;
use super::look::{LOOK, TEXTS, course, is_bar, is_edge_invisible, is_invisible, value};
use super::parse::{Attributes, Edge, Graph, Group, Node, parse};
use super::value::{Names, Value};
use crate::map::called::folded;
use crate::map::{Effect, Evidence, NodeKind};

/// What elements may call their type.
const TYPES: &[&str] = &["kind", "type", "stage"];

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let decoded = decode(bytes, Declared::ByCharset)?;
    let graphs = parse(&decoded.text)?;
    let lines = Lines::new(&decoded.text);
    let mut graphs = graphs.iter();
    let mut draft = match graphs.next() {
        Some(graph) => Reader { graph, lines: &lines }.draft(),
        None => Draft::default(),
    };
    for other in graphs {
        let (name, place) = (other.name.plain(), lines.place(other.at));
        draft.leave_out("graph", name, place, "only the first graph of a file becomes a map");
    }
    if let Some(note) = decoded.note {
        draft.note("the encoding", note);
    }
    draft.finish(choices)
}

struct Reader<'g> {
    graph: &'g Graph,
    lines: &'g Lines,
}

impl Reader<'_> {
    fn draft(&self) -> Draft {
        let graph = self.graph;
        let place = self.lines.place(graph.at);
        let plain = |name: &str| graph.attributes.get(name).map(Value::plain);
        let label = graph.attributes.get("label").map(|label| label.label(self.names()));
        let title = plain("title").or(label).filter(|title| !title.is_empty());
        let mut draft = Draft {
            title: title.unwrap_or_else(|| graph.name.plain()),
            purpose: plain("purpose").unwrap_or_default(),
            attributes: said(&graph.attributes, &["title", "purpose"], &place),
            ..Draft::default()
        };
        for name in ["tooltip", "URL", "href", "comment"] {
            if let Some(text) = plain(name).filter(|text| !text.trim().is_empty()) {
                let attribute = Attribute::new(name, text, place.as_str());
                draft.unread.left(&attribute, "a map has no place for it");
            }
        }
        for group in &graph.groups {
            self.group(group, &mut draft);
        }
        for node in &graph.nodes {
            draft.elements.push(self.node(node));
        }
        for edge in &graph.edges {
            draft.relations.push(self.edge(edge));
        }
        draft
    }

    fn names(&self) -> Names<'_> {
        Names {
            graph: &self.graph.name.text,
            ..Names::default()
        }
    }

    /// The label of a group, as it is drawn.
    fn label_of(&self, group: &Group) -> String {
        let names = Names {
            graph: &group.name,
            ..Names::default()
        };
        group
            .attributes
            .get("label")
            .map(|label| label.label(names))
            .unwrap_or_default()
    }

    /// The heading of a group: its label, else a name that says a kind; empty where it has none.
    fn heading(&self, group: &Group) -> String {
        let label = self.label_of(group);
        let name = group.name.strip_prefix("cluster").unwrap_or(&group.name);
        match (label.is_empty(), group.is_cluster()) {
            (false, true) => label,
            // What is not drawn heads nothing, unless it says a kind.
            (false, false) if NodeKind::named(&label).is_some() => label,
            _ if NodeKind::named(name).is_some() => one_line(&name.replace('_', " ")),
            _ => String::new(),
        }
    }

    /// Tells of a group.
    fn group(&self, group: &Group, draft: &mut Draft) {
        let (place, heading, label) = (self.lines.place(group.at), self.heading(group), self.label_of(group));
        let word = if group.is_cluster() { "cluster" } else { "subgraph" };
        let why = match NodeKind::named(&heading) {
            Some(_) => "it gives the kind of what is in it, and is not a box itself",
            None if !heading.is_empty() => "a group is not a box; what is in it is tagged with its label",
            None if group.is_cluster() => "a group without a label is not a box",
            None if !label.is_empty() => "its label is not drawn, as its name does not begin with `cluster`",
            // It only places what stands in it.
            None => "",
        };
        if !why.is_empty() {
            let title = if label.is_empty() { group.name.clone() } else { label };
            draft.leave_out(word, title, place.clone(), why);
        }
        for attribute in said(&group.attributes, TYPES, &place) {
            draft.unread.left(&attribute, "a group has no fields in a map");
        }
        for name in TEXTS.iter().filter(|name| **name != "label") {
            if let Some(text) = group.attributes.get(*name) {
                let attribute = Attribute::new(*name, text.plain(), place.as_str());
                draft.unread.left(&attribute, "a group has no fields in a map");
            }
        }
    }

    /// The headings that a node stands under, the innermost first.
    fn headings(&self, node: &Node) -> Vec<String> {
        let mut headings = Vec::new();
        for group in &node.groups {
            let mut at = Some(*group);
            while let Some(group) = at.map(|at| &self.graph.groups[at]) {
                let types = TYPES.iter().map(|name| value(&group.attributes, name).to_owned());
                for heading in types.chain([self.heading(group)]) {
                    if !heading.is_empty() && !headings.contains(&heading) {
                        headings.push(heading);
                    }
                }
                at = group.parent;
            }
        }
        headings
    }

    fn node(&self, node: &Node) -> Element {
        let place = self.lines.place(node.at);
        let name = node.name.plain();
        let names = Names {
            node: &node.name.text,
            ..self.names()
        };
        let is_record = matches!(value(&node.attributes, "shape"), "record" | "Mrecord");
        let label = node.attributes.get("label").map(|label| match is_record {
            true => label.record(names),
            false => label.label(names),
        });
        let beside = self.text(&node.attributes, "xlabel", names);
        let is_own = node.attributes.contains_key("title");
        // A box whose own text is empty is known by the text beside it.
        let (title, beside) = match (node.attributes.get("title"), &label) {
            (Some(title), _) => (title.plain(), beside),
            (None, Some(label)) if label.is_empty() && !beside.is_empty() => (beside, String::new()),
            (None, Some(label)) => (label.clone(), beside),
            (None, None) => (name.clone(), beside),
        };
        let types: Vec<&str> = TYPES.iter().map(|name| value(&node.attributes, name)).collect();
        let mut said_types: Vec<&str> = types.iter().copied().filter(|word| !word.is_empty()).collect();
        let class = value(&node.attributes, "class");
        if NodeKind::named(class).is_some() {
            said_types.push(class);
        }
        let headings = self.headings(node);
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let chosen = kinds::chosen(&said_types, &headings);
        let mut attributes = said(&node.attributes, &["title", "description"], &place);
        attributes.retain(|attribute| {
            !TYPES.contains(&folded(&attribute.name).as_str()) || attribute.text.trim() != chosen.word
        });
        attributes.extend(fields::tags(&chosen.tags, &place));
        // A day of that name, not the angle at which Graphviz begins.
        if let Some(day) = node.attributes.get("start") {
            attributes.push(Attribute::new("start", day.plain(), place.as_str()));
        }
        let drawn_label = node
            .attributes
            .get("label")
            .filter(|label| label.markup || label.text.trim() != "\\N");
        let is_textless = title.is_empty() && !is_own;
        let nature = match chosen.nature {
            _ if is_invisible(&node.attributes) => {
                Nature::Point("it is not drawn (`style=invis`), so the lines through it are joined")
            }
            Nature::ByPlace if value(&node.attributes, "shape") == "point" && drawn_label.is_none() => {
                Nature::Point("a point without a text is not a box, so the lines through it are joined")
            }
            Nature::ByPlace if is_textless => Nature::Textless,
            nature => nature,
        };
        let note = match (nature, is_textless) {
            (Nature::Textless, _) => "its name is its title, as it has no text",
            _ => chosen.note,
        };
        let is_new = |text: &String| !text.is_empty() && *text != title && *text != name;
        let more = [
            node.attributes.get("description").map(Value::plain).unwrap_or_default(),
            Some(beside).filter(is_new).unwrap_or_default(),
            Some(self.text(&node.attributes, "tooltip", names))
                .filter(is_new)
                .unwrap_or_default(),
            node.attributes.get("comment").map(Value::plain).unwrap_or_default(),
            self.text(&node.attributes, "URL", names),
            self.text(&node.attributes, "href", names),
        ];
        Element {
            key: key(&node.name),
            place,
            word: chosen.word,
            title: if nature == Nature::Textless {
                name.clone()
            } else {
                title
            },
            description: paragraphs(&more),
            attributes,
            own_id: Some(node.name.text.clone()),
            short_name: Some(name),
            nature,
            note: note.to_owned(),
        }
    }

    fn text(&self, attributes: &Attributes, name: &str, names: Names<'_>) -> String {
        attributes.get(name).map(|text| text.label(names)).unwrap_or_default()
    }

    fn edge(&self, edge: &Edge) -> Relation {
        let place = self.lines.place(edge.at);
        let [from, to] = [edge.from, edge.to].map(|at| &self.graph.nodes[at].name);
        let course = match is_edge_invisible(&edge.attributes) {
            true => Course::Out("an invisible edge, which only places its ends"),
            false => course(edge),
        };
        let mut names = Names {
            ends: Some((&from.text, &to.text, if edge.arrow { "->" } else { "--" })),
            ..self.names()
        };
        let word = TYPES
            .iter()
            .map(|name| value(&edge.attributes, name))
            .find(|word| !word.is_empty());
        let word = word.unwrap_or_default();
        let mut signs = Signs::none();
        signs.add(signs::of_word(word, Doubled::Strengthens), format!("its type `{word}`"));
        let (head, tail) = match course {
            Course::Turned(_) => ("arrowtail", "arrowhead"),
            _ => ("arrowhead", "arrowtail"),
        };
        let bar = |name: &str| is_bar(&edge.attributes, name).then_some(Effect::Hinders);
        signs.add(bar(head), format!("its {head} `{}`", value(&edge.attributes, head)));
        let mut texts = Vec::new();
        for name in ["label", "xlabel", "headlabel", "taillabel"] {
            let text = self.text(&edge.attributes, name, names);
            let (effect, rest) = signs::of_label(&text, Doubled::Strengthens);
            signs.add(effect, format!("its {name} `{text}`"));
            texts.push(rest);
        }
        let label = self.text(&edge.attributes, "label", names);
        names.label = &label;
        for name in [
            "tooltip",
            "edgetooltip",
            "labeltooltip",
            "headtooltip",
            "tailtooltip",
            "comment",
        ] {
            let text = self.text(&edge.attributes, name, names);
            if text != label {
                texts.push(text);
            }
        }
        // A bar at one end alone says nothing of the way to the other.
        let back = (course == Course::Both && (bar(head).is_some() || bar(tail).is_some()))
            .then(|| bar(tail).unwrap_or(Effect::Supports));
        let mut attributes = said(&edge.attributes, &[], &place);
        attributes
            .retain(|attribute| !TYPES.contains(&folded(&attribute.name).as_str()) || attribute.text.trim() != word);
        // Graphviz keeps lines short by their weight; a weight that is negative says more.
        if let Some(weight) = edge
            .attributes
            .get("weight")
            .filter(|weight| weight.text.trim().starts_with('-'))
        {
            attributes.push(Attribute::new("weight", weight.plain(), place.as_str()));
        }
        let to_group = ["lhead", "ltail"].iter().any(|name| {
            let group = value(&edge.attributes, name);
            self.graph
                .groups
                .iter()
                .any(|own| !group.is_empty() && own.name == group)
        });
        let note = match to_group {
            true => "drawn to a group, and linked to the box that it names there",
            false => "",
        };
        Relation {
            id: String::new(),
            place,
            word: word.to_owned(),
            from: key(from),
            to: key(to),
            rationale: paragraphs(&texts),
            attributes,
            evidence: addresses(&edge.attributes),
            signs,
            back,
            course,
            note: note.to_owned(),
        }
    }
}

/// What relations name a node by: markup and text are two names.
fn key(name: &Value) -> String {
    match name.markup {
        true => format!("<{}>", name.text),
        false => name.text.clone(),
    }
}

/// Texts as lines, each once, without those that are empty.
fn paragraphs(texts: &[String]) -> String {
    let mut each: Vec<&str> = Vec::new();
    for text in texts.iter().map(|text| text.trim()) {
        if !text.is_empty() && !each.contains(&text) {
            each.push(text);
        }
    }
    each.join("\n")
}

/// The addresses that an edge leads to, as evidence that can be read there.
fn addresses(attributes: &Attributes) -> Vec<Evidence> {
    let mut each: Vec<Evidence> = Vec::new();
    let names = TEXTS
        .iter()
        .filter(|name| name.ends_with("URL") || name.ends_with("href"));
    for text in names.filter_map(|name| attributes.get(*name)) {
        let url = text.plain().trim().to_owned();
        if !url.is_empty() && !each.iter().any(|one| one.url == url) {
            each.push(Evidence {
                source: url.clone(),
                strength: None,
                url,
            });
        }
    }
    each
}

/// The attributes that say what a thing is.
fn said(attributes: &Attributes, but: &[&str], place: &str) -> Vec<Attribute> {
    let says = |name: &str| {
        !LOOK.contains(&name)
            && !TEXTS.contains(&name)
            && !but.contains(&folded(name).as_str())
            && !name.starts_with('_')
    };
    attributes
        .iter()
        .filter(|(name, _)| says(name))
        .map(|(name, value)| Attribute::new(name.as_str(), value.plain(), place))
        .collect()
}

/// Lines of places, found by halving.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn place(&self, at: usize) -> String {
        format!("line {}", self.0.partition_point(|feed| *feed < at) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::account::Fate;
    use super::*;

    fn import(text: &str) -> Import {
        read(text.as_bytes(), &Choices::default()).unwrap()
    }

    fn links(import: &Import) -> Vec<String> {
        import
            .map
            .links
            .iter()
            .map(|link| format!("{}>{}", link.from, link.to))
            .collect()
    }

    #[test]
    fn what_people_write_is_read() {
        let text = "// c\n# c\nStrict DiGraph \"A \" + \"map\" {\n rankdir=LR; node [shape=box, kind=enabler]\n _a:n:w -> {b c} -> é [label=<why <b>so</b>>]\n \
            subgraph cluster_x { label=\"End outcomes\"; node [kind=\"\"] d [label=\"One\\ntwo &lt;3\"] }\n é -> d [dir=back]; b -> c [style=invis]; d -- d }";
        let import = import(text);
        assert_eq!(import.map.title, "A map");
        assert_eq!(links(&import), ["a>b", "a>c", "b>e", "c>e", "d>e"]);
        let d = import.map.nodes.iter().find(|node| node.id.as_str() == "d").unwrap();
        assert_eq!((d.title.as_str(), d.kind), ("One two <3", NodeKind::EndOutcome));
        assert_eq!(import.map.links[2].rationale, "why so");
        let left = import
            .accounts
            .iter()
            .filter(|account| matches!(account.fate, Fate::LeftOut { .. }));
        assert_eq!(
            left.count(),
            3,
            "the invisible edge, the one to itself, and the cluster: {:?}",
            import.accounts
        );
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, says) in [
            (
                "",
                "line 1, column 1: the end of the file is where `digraph` or `graph` should be",
            ),
            ("digraph {\n a -> ", "line 2, column 7: the end of the file"),
            ("digraph {\n a [b", "line 2, column 6: the end of the file"),
            ("digraph { \"a", "line 1, column 11: this text never ends"),
            ("digraph { a [label=<x }", "line 1, column 20: this label never ends"),
            ("digraph { /* ", "line 1, column 11: this comment never ends"),
            ("digraph { a } x", "line 1, column 15: `x` is where the end of the file"),
            ("digraph { % }", "line 1, column 11: `%` does not begin anything"),
            ("<mxfile/>", "line 1, column 1: `mxfile`"),
        ] {
            let error = read(text.as_bytes(), &Choices::default()).unwrap_err().to_string();
            assert!(error.starts_with(says) || text.starts_with("<mx"), "{text}: {error}");
        }
    }

    #[test]
    fn depth_and_products_are_bounded() {
        let deep = format!("digraph {}", "{".repeat(200_000));
        assert!(matches!(
            read(deep.as_bytes(), &Choices::default()),
            Err(Error::TooDeep { .. })
        ));
        let many: String = (0..1500).map(|n| format!("n{n} ")).collect();
        let product = format!("digraph {{ {{{many}}} -> {{{many}}} }}");
        assert!(matches!(
            read(product.as_bytes(), &Choices::default()),
            Err(Error::TooMany { what: "edges", .. })
        ));
    }
}
