//! A map as one page to send: the picture to explore, and the same map in words and tables under it.
//!
//! In go a graph, its picture and what was found out about it; out comes one HTML page that loads nothing. Everything
//! that the page tells stands in it as text, so that it reads and prints without script; the script finds its way in
//! the picture and shows again, beside it, what stands below. Text from the map is escaped, and a policy in the page
//! lets no script and no style run but the page's own, known by their hashes.

pub(super) mod policy;
mod words;

use serde::Serialize;

use crate::draw;
use crate::escape::json::printable;
use crate::finding;
use crate::graph::BenefitGraph;
use crate::map::{KpiId, Lookup, NodeKind};
use crate::scene::Scene;
use crate::scene::theme::{self, Theme};
use crate::xml::{Element, el};

use super::html::meta;

const CSS: &str = include_str!("viewer.css");
const SCRIPT: &str = include_str!("viewer.js");

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Viewer<'v> {
    /// The map.
    pub graph: &'v BenefitGraph<'v>,
    /// Its picture.
    pub scene: &'v Scene,
    /// The picture's look. The page follows the reader's wish for dark colours where this is the default look.
    pub theme: &'v Theme,
    /// Charts of KPIs, in the order that they are shown in.
    pub charts: &'v [(KpiId, Scene)],
    /// What the map was found wanting in; `None` where the page says nothing of that.
    pub findings: Option<&'v finding::Report>,
}

impl<'v> Viewer<'v> {
    /// A map and its picture in the usual look, without charts and findings.
    pub fn new(graph: &'v BenefitGraph<'v>, scene: &'v Scene) -> Self {
        Self {
            graph,
            scene,
            theme: &theme::DEFAULT,
            charts: &[],
            findings: None,
        }
    }
}

/// The page, with a final newline.
///
/// Every node has a part of its own whose id is `about-` and the node's id; every card of the picture is a group whose
/// id is `map-node-` and the node's id. Nodes that the picture leaves out are left out of the words, too.
pub fn write(viewer: &Viewer<'_>) -> String {
    let map = viewer.graph.map();
    let dark = (viewer.theme.name == theme::DEFAULT.name).then(|| dark_rules(viewer));
    let stage = el("div")
        .set("id", "stage")
        .add(draw::picture(viewer.scene, viewer.theme, "map-"))
        .add("\n");
    let panel = el("aside")
        .set("id", "panel")
        .set("aria-label", "What was chosen")
        .set("tabindex", "-1")
        .set("hidden", "");
    let picture = el("section")
        .set("id", "viewer")
        .set("aria-label", "The map as a picture")
        .line(bar(viewer))
        .line(el("div").set("id", "desk").add(stage).add(panel));
    let skip = el("a")
        .set("class", "skip")
        .set("href", "#words")
        .add("Skip to the map in words");
    let main = el("main").line(picture).lines(words::Words::new(viewer).write());
    let policy = policy::policy(
        SCRIPT,
        std::iter::once(CSS.to_owned())
            .chain(main.within("style").map(Element::words))
            .chain(dark.clone()),
    );
    let head = el("head")
        .line(el("meta").set("charset", "utf-8"))
        .line(
            el("meta")
                .set("http-equiv", "Content-Security-Policy")
                .set("content", policy),
        )
        .line(meta("viewport", "width=device-width, initial-scale=1"))
        .line(el("title").add(&map.title))
        .line(el("style").add(CSS));
    let data = el("script")
        .set("type", "application/json")
        .set("id", "map-data")
        .add(data(viewer));
    let body = el("body")
        .line(skip)
        .line(el("header").add(el("h1").set("dir", "auto").add(&map.title)))
        .line(main)
        .line(data)
        // After the picture, whose own style sheet it overrules.
        .lines(dark.map(|dark| el("style").add(dark)))
        .line(el("script").add(SCRIPT));
    el("html")
        .set("lang", &viewer.scene.language)
        .line(head)
        .line(body)
        .to_page()
}

/// The looks of every picture of the page in dark colours, for readers who wish for them on their screen.
fn dark_rules(viewer: &Viewer<'_>) -> String {
    let mut out = String::from("@media screen and (prefers-color-scheme:dark){");
    for scene in std::iter::once(viewer.scene).chain(viewer.charts.iter().map(|(_, scene)| scene)) {
        for line in draw::style_sheet(scene, &theme::DARK).lines() {
            if !out.contains(line) {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out.push('}');
    out
}

/// What finds the way in the picture; shown by the script, which it is of no use without.
fn bar(viewer: &Viewer<'_>) -> Element {
    let map = viewer.graph.map();
    let owners = map.owners.iter().map(|o| (o.id.as_str(), o.name.as_str()));
    let partners = map.partners.iter().map(|p| (p.id.as_str(), p.name.as_str()));
    let kinds = NodeKind::ALL.iter().map(|k| (k.as_str(), k.heading()));
    let button = |id: &str| el("button").set("type", "button").set("id", id);
    let search = el("input")
        .set("id", "search")
        .set("type", "search")
        .set("autocomplete", "off");
    let size = el("span")
        .set("class", "buttons")
        .set("role", "group")
        .set("aria-label", "Size of the picture")
        .add(button("nearer").set("aria-label", "Zoom in").add("+"))
        .add(button("farther").set("aria-label", "Zoom out").add("\u{2212}"))
        .add(button("fit").add("Fit"));
    el("form")
        .set("id", "bar")
        .set("role", "search")
        .set("aria-label", "Find in the map")
        .set("hidden", "")
        .add(el("label").add("Search ").add(search))
        .add(select("owner", "Owner", owners))
        .add(select("partner", "Partner", partners))
        .add(select("kind", "Kind", kinds))
        .add(size)
        .add(button("clear").add("Show all"))
        .add(el("p").set("id", "told").set("role", "status"))
}

/// A choice among what there is; left out where there is nothing to choose.
fn select<'a>(id: &str, name: &str, options: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Element> {
    let option = |(value, text): (&str, &str)| el("option").set("value", value).add(text);
    let mut options = options.map(option).peekable();
    options.peek()?;
    let all = el("select").set("id", id).add(option(("", "All"))).add_all(options);
    Some(el("label").add([name, " "]).add(all))
}

#[derive(Serialize)]
struct Data<'d> {
    nodes: Vec<DataNode<'d>>,
    links: Vec<DataLink<'d>>,
}

#[derive(Serialize)]
struct DataNode<'d> {
    id: &'d str,
    title: &'d str,
    kind: &'d str,
    owner: &'d str,
    partners: Vec<&'d str>,
    /// What a search looks through.
    text: String,
}

#[derive(Serialize)]
struct DataLink<'d> {
    from: &'d str,
    to: &'d str,
    flows: bool,
}

/// What the script needs to know, as JSON in which no tag can end.
fn data(viewer: &Viewer<'_>) -> String {
    let graph = viewer.graph;
    let map = graph.map();
    let records = Lookup::new(map);
    let nodes = words::shown(viewer).map(|ix| {
        let node = graph.node(ix);
        let owner = node.owner.as_ref().and_then(|id| records.owner(id));
        let mut text = vec![node.title.as_str(), node.id.as_str(), node.description.as_str()];
        text.extend(owner.map(|owner| owner.name.as_str()));
        text.extend(node.tags.iter().map(String::as_str));
        text.extend(records.kpis_of(&node.id).iter().map(|kpi| kpi.title.as_str()));
        DataNode {
            id: node.id.as_str(),
            title: &node.title,
            kind: node.kind.as_str(),
            owner: node.owner.as_ref().map_or("", |id| id.as_str()),
            partners: node.partners.iter().map(|id| id.as_str()).collect(),
            text: text.join("\n").to_lowercase(),
        }
    });
    let links = graph.links().iter().map(|link| DataLink {
        from: graph.id(link.from).as_str(),
        to: graph.id(link.to).as_str(),
        flows: link.flows(),
    });
    let data = Data {
        nodes: nodes.collect(),
        links: links.collect(),
    };
    // Texts and lists of texts have no way to fail.
    printable(serde_json::to_string(&data).unwrap_or_default()).replace('<', "\\u003c")
}
