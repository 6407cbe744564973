//! A map of a DOT file.

use super::super::Error;
use super::super::account::Import;
use super::super::decode::decode;
use super::super::draft::{Course, Draft, Element, Nature, Relation};
use super::super::kinds::Choices;
use super::super::text::{fold, one_line};
use super::lex::entities;
use super::parse::{Attributes, parse};
use crate::map::NodeKind;

/// Attributes of Graphviz that say how a thing looks or where it stands, not what it is.
const LOOK: &[&str] = &[
    "area",
    "arrowhead",
    "arrowsize",
    "arrowtail",
    "bb",
    "bgcolor",
    "center",
    "charset",
    "class",
    "clusterrank",
    "color",
    "colorscheme",
    "compound",
    "concentrate",
    "constraint",
    "decorate",
    "dir",
    "distortion",
    "dpi",
    "edgetooltip",
    "fillcolor",
    "fixedsize",
    "fontcolor",
    "fontname",
    "fontpath",
    "fontsize",
    "forcelabels",
    "gradientangle",
    "group",
    "head_lp",
    "headclip",
    "headlabel",
    "headport",
    "height",
    "image",
    "imagepos",
    "imagescale",
    "k",
    "label",
    "labelangle",
    "labeldistance",
    "labelfloat",
    "labelfontcolor",
    "labelfontname",
    "labelfontsize",
    "labeljust",
    "labelloc",
    "landscape",
    "layer",
    "layers",
    "layout",
    "len",
    "lhead",
    "lp",
    "ltail",
    "lwidth",
    "margin",
    "maxiter",
    "mclimit",
    "mindist",
    "minlen",
    "mode",
    "newrank",
    "nodesep",
    "nojustify",
    "nslimit",
    "ordering",
    "orientation",
    "outputorder",
    "overlap",
    "pack",
    "pad",
    "page",
    "pencolor",
    "penwidth",
    "peripheries",
    "pin",
    "pos",
    "quantum",
    "rank",
    "rankdir",
    "ranksep",
    "ratio",
    "regular",
    "remincross",
    "resolution",
    "root",
    "rotate",
    "samehead",
    "sametail",
    "sep",
    "shape",
    "shapefile",
    "showboxes",
    "sides",
    "size",
    "skew",
    "smoothing",
    "sortv",
    "splines",
    "start",
    "style",
    "stylesheet",
    "tail_lp",
    "tailclip",
    "taillabel",
    "tailport",
    "target",
    "tooltip",
    "truecolor",
    "vertices",
    "viewport",
    "voro_margin",
    "weight",
    "width",
    "xdotversion",
    "xlabel",
    "xlp",
    "z",
];

/// What elements may call their type.
const TYPES: &[&str] = &["kind", "type", "stage", "class"];

pub(in super::super) fn read(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    let text = decode(bytes)?;
    let graph = parse(&text)?;
    let lines = Lines::new(&text);
    let mut draft = Draft {
        title: title(&graph.attributes).unwrap_or_else(|| graph.name.clone()),
        purpose: graph.attributes.get("purpose").cloned().unwrap_or_default(),
        attributes: said(&graph.attributes, &["title", "purpose"]),
        ..Draft::default()
    };
    for node in &graph.nodes {
        let cluster = node.cluster.map(|at| &graph.clusters[at]);
        let heading = cluster.map_or("", |cluster| {
            if cluster.label.is_empty() {
                &cluster.name
            } else {
                &cluster.label
            }
        });
        let types = TYPES.iter().filter_map(|name| node.attributes.get(*name));
        let named = types.map(|word| word.trim()).find(|word| !word.is_empty());
        let by_heading = NodeKind::named(heading).is_some();
        let word = named.unwrap_or(if by_heading { heading } else { "" });
        let mut attributes = said(
            &node.attributes,
            &["title", "description", "kind", "type", "stage", "class"],
        );
        if !by_heading && !heading.is_empty() {
            attributes.push((
                "tags".into(),
                serde_json::Value::from(vec![one_line(heading)]).to_string(),
            ));
        }
        // A day of that name, not the angle at which Graphviz begins.
        if let Some(day) = node.attributes.get("start") {
            attributes.push(("start".into(), day.clone()));
        }
        draft.elements.push(Element {
            key: node.name.clone(),
            place: lines.place(node.at),
            word: word.to_owned(),
            title: title(&node.attributes).unwrap_or_else(|| node.name.clone()),
            description: node.attributes.get("description").cloned().unwrap_or_default(),
            attributes,
            own_id: Some(node.name.clone()),
            short_name: Some(node.name.clone()),
            nature: NodeKind::named(word).map_or(Nature::ByPlace, Nature::Kind),
        });
    }
    for edge in &graph.edges {
        let is = |name: &str, value: &str| edge.attributes.get(name).is_some_and(|own| own.trim() == value);
        let course = match () {
            () if is("style", "invis") => Course::Out("an invisible edge, which only places its ends"),
            () if is("dir", "back") => Course::Turned("turned, as its arrow points back"),
            () if is("dir", "both") => Course::Both,
            () if is("dir", "none") || !graph.directed => Course::Either,
            () => Course::Onward,
        };
        let label = edge
            .attributes
            .get("label")
            .map(|label| one_line(&entities(label)))
            .unwrap_or_default();
        draft.relations.push(Relation {
            id: String::new(),
            place: lines.place(edge.at),
            word: edge.attributes.get("type").cloned().unwrap_or_default(),
            from: graph.nodes[edge.from].name.clone(),
            to: graph.nodes[edge.to].name.clone(),
            hinders: is("arrowhead", "tee") || is("label", "-"),
            rationale: if ["+", "-"].contains(&label.as_str()) {
                String::new()
            } else {
                label
            },
            attributes: said(&edge.attributes, &["type"]),
            evidence: Vec::new(),
            course,
        });
    }
    for cluster in &graph.clusters {
        let why = match NodeKind::named(&cluster.label) {
            Some(_) => "it says the kind of what stands in it, and is no box itself",
            None => "a group is no box; what stands in it is tagged with its label",
        };
        draft.leave_out("cluster", one_line(&cluster.label), lines.place(cluster.at), why);
    }
    draft.finish(choices)
}

/// The exact title, else the text of the label.
fn title(attributes: &Attributes) -> Option<String> {
    let label = || attributes.get("label").map(|label| one_line(&entities(label)));
    attributes.get("title").cloned().or_else(label)
}

/// The attributes that say what a thing is.
fn said(attributes: &Attributes, but: &[&str]) -> Vec<(String, String)> {
    let says = |name: &str| !LOOK.contains(&name) && !but.contains(&fold(name).as_str()) && !name.starts_with('_');
    attributes
        .iter()
        .filter(|(name, _)| says(name))
        .map(|(name, value)| (name.clone(), value.clone()))
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
                "line 1, column 1: the end of the file stands where `digraph` or `graph` is meant",
            ),
            ("digraph {\n a -> ", "line 2, column 7: the end of the file"),
            ("digraph {\n a [b", "line 2, column 6: the end of the file"),
            ("digraph { \"a", "line 1, column 11: this text never ends"),
            ("digraph { a [label=<x }", "line 1, column 20: this label never ends"),
            ("digraph { /* ", "line 1, column 11: this comment never ends"),
            (
                "digraph { a } x",
                "line 1, column 15: `x` stands where the end of the file",
            ),
            ("digraph { % }", "line 1, column 11: `%` begins nothing"),
            ("<mxfile/>", "line 1, column 1: `mxfile`"),
        ] {
            let error = read(text.as_bytes(), &Choices::default()).unwrap_err().to_string();
            assert!(error.starts_with(says) || text.starts_with("<mx"), "{text}: {error}");
        }
    }

    #[test]
    fn entities_are_read_where_they_are_some() {
        for (text, meant) in [
            ("&lt;&#65;&#x42;", "<AB"),
            ("&&;&amp", "&&;&amp"),
            ("&é;&#x10FFFF;", "&é;\u{10ffff}"),
            ("&#xD800;", "&#xD800;"),
        ] {
            assert_eq!(entities(text), meant);
        }
        assert_eq!(entities(&"&".repeat(1_000_000)).len(), 1_000_000);
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
