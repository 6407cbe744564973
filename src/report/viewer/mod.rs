//! A map as one page to send: the picture to explore, and the same map in words and tables under it.
//!
//! In go a graph, its picture and what was found out about it; out comes one HTML page that loads nothing. Everything
//! that the page tells stands in it as text, so that it reads and prints without script; the script finds its way in
//! the picture and shows again, beside it, what stands below. Text from the map is escaped, and a policy in the page
//! lets no script and no style run but the page's own, known by their hashes.

mod policy;
mod words;

use std::fmt::Write;

use serde::Serialize;

use crate::draw;
use crate::escape::json::printable;
use crate::escape::markup::markup;
use crate::finding;
use crate::graph::BenefitGraph;
use crate::map::{KpiId, Lookup, NodeKind};
use crate::scene::Scene;
use crate::scene::theme::{self, Theme};

const CSS: &str = include_str!("viewer.css");
const SCRIPT: &str = include_str!("viewer.js");

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
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

/// The page, with a final newline.
///
/// Every node has a part of its own whose id is `about-` and the node's id; every card of the picture is a group whose
/// id is `map-node-` and the node's id. Nodes that the picture leaves out are left out of the words, too.
pub fn write(viewer: &Viewer<'_>) -> String {
    let picture = draw::svg_within(viewer.scene, viewer.theme, "map-");
    let dark = if viewer.theme.name == theme::DEFAULT.name {
        dark_rules(viewer)
    } else {
        String::new()
    };
    let words = words::Words::new(viewer).write();
    let title = markup(&viewer.graph.map().title);
    let mut body = String::new();
    let _ = write!(
        body,
        "<a class=\"skip\" href=\"#words\">Skip to the map in words</a>\n\
         <header><h1 dir=\"auto\">{title}</h1></header>\n<main>\n\
         <section id=\"viewer\" aria-label=\"The map as a picture\">\n{}\
         <div id=\"desk\"><div id=\"stage\">{picture}</div>\
         <aside id=\"panel\" aria-label=\"What was chosen\" tabindex=\"-1\" hidden></aside></div>\n</section>\n{words}</main>\n",
        bar(viewer),
    );
    let mut out = String::with_capacity(body.len() + 2 * SCRIPT.len() + CSS.len());
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{CSS}</style>\n",
        markup(&viewer.scene.language),
        policy::policy(SCRIPT, std::iter::once(CSS).chain(styles(&body)).chain([dark.as_str()])),
    );
    let _ = write!(
        out,
        "</head>\n<body>\n{body}<script type=\"application/json\" id=\"map-data\">{}</script>\n",
        data(viewer)
    );
    // After the picture, whose own style sheet it overrules.
    if !dark.is_empty() {
        let _ = writeln!(out, "<style>{dark}</style>");
    }
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The style sheets that stand in markup that this page has written.
fn styles(markup: &str) -> impl Iterator<Item = &str> {
    markup
        .split("<style>")
        .skip(1)
        .filter_map(|rest| rest.split("</style>").next())
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
fn bar(viewer: &Viewer<'_>) -> String {
    let map = viewer.graph.map();
    let mut out = String::from(
        "<form id=\"bar\" role=\"search\" aria-label=\"Find in the map\" hidden>\
         <label>Search <input id=\"search\" type=\"search\" autocomplete=\"off\"></label>",
    );
    let owners = map.owners.iter().map(|o| (o.id.as_str(), o.name.as_str()));
    let partners = map.partners.iter().map(|p| (p.id.as_str(), p.name.as_str()));
    select(&mut out, "owner", "Owner", owners);
    select(&mut out, "partner", "Partner", partners);
    select(
        &mut out,
        "kind",
        "Kind",
        NodeKind::ALL.iter().map(|k| (k.as_str(), k.heading())),
    );
    out.push_str(
        "<span class=\"buttons\" role=\"group\" aria-label=\"Size of the picture\">\
         <button type=\"button\" id=\"nearer\" aria-label=\"Zoom in\">+</button>\
         <button type=\"button\" id=\"farther\" aria-label=\"Zoom out\">\u{2212}</button>\
         <button type=\"button\" id=\"fit\">Fit</button></span>\
         <button type=\"button\" id=\"clear\">Show all</button>\
         <p id=\"told\" role=\"status\"></p></form>\n",
    );
    out
}

/// A choice among what there is; left out where there is nothing to choose.
fn select<'a>(out: &mut String, id: &str, name: &str, options: impl Iterator<Item = (&'a str, &'a str)>) {
    let options: Vec<String> = options
        .map(|(value, text)| format!("<option value=\"{}\">{}</option>", markup(value), markup(text)))
        .collect();
    if !options.is_empty() {
        let _ = write!(
            out,
            "<label>{name} <select id=\"{id}\"><option value=\"\">All</option>{}</select></label>",
            options.concat()
        );
    }
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
