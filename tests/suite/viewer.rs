//! A map as one page to send: it holds everything without script, runs nothing but its own, and is small.

use std::collections::BTreeSet;

use benefit_map::chart;
use benefit_map::check::{self, Profile};
use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, LayoutOptions};
use benefit_map::map::{BenefitMap, Kpi, KpiId, Link, Node, NodeId, NodeKind, Owner, OwnerId};
use benefit_map::report::viewer::{self, Viewer};
use benefit_map::scene::Scene;
use benefit_map::track::{self, Measurements};

use crate::support::hostile::HOSTILE;
use crate::support::markup::next_tag;

/// The page with charts and with the findings of an audit check.
fn page(map: &BenefitMap) -> String {
    let graph = BenefitGraph::new(map);
    let size = chart::Size {
        width: 560.0,
        height: 340.0,
    };
    let day = "2028-04-01".parse().unwrap();
    let known = Measurements::default();
    let charts: Vec<(KpiId, Scene)> = map
        .kpis
        .iter()
        .map(|kpi| {
            let series = track::series(kpi, &known, day);
            (kpi.id.clone(), chart::chart(&series, "", size))
        })
        .collect();
    let findings = check::check(&graph, &check::Options::new(Profile::Audit));
    let scene = layout::layout(&graph, &LayoutOptions::default());
    let mut page = Viewer::new(&graph, &scene);
    page.charts = &charts;
    page.findings = Some(&findings);
    viewer::write(&page)
}

fn example() -> BenefitMap {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste/map.json");
    file::load(&path).unwrap().map
}

/// Words that would be markup, a formula or a way out of the script if they were not text, in every place for words.
fn hostile() -> BenefitMap {
    let words = format!("</script><img src=x onerror=alert(1)> <!-- ]]> {}", HOSTILE.join(" "));
    let mut map = BenefitMap::new(words.as_str());
    map.purpose = words.clone();
    let owner = OwnerId::new("o").unwrap();
    map.owners.push({
        let mut owner = Owner::new(owner.clone(), words.clone());
        owner.organisation = words.clone();
        owner.senior = true;
        owner
    });
    for (id, kind) in [("a", NodeKind::Investment), ("b", NodeKind::EndOutcome)] {
        let mut node = Node::new(NodeId::new(id).unwrap(), kind, words.as_str());
        node.description = words.clone();
        node.owner = Some(owner.clone());
        node.tags = vec![words.clone()];
        map.nodes.push(node);
    }
    let mut link = Link::new(NodeId::new("a").unwrap(), NodeId::new("b").unwrap());
    link.rationale = words.clone();
    link.assumptions = vec![words.clone()];
    link.evidence = ["javascript:alert(1)", "https://a.example/?q=\"1\"&r=2"]
        .map(|url| {
            let mut evidence = benefit_map::map::Evidence::new(words.clone());
            evidence.url = url.to_owned();
            evidence
        })
        .to_vec();
    map.links.push(link);
    map.kpis
        .push(Kpi::new(KpiId::new("k").unwrap(), NodeId::new("b").unwrap(), words));
    map
}

/// Every element of a page: its name and its tag as written. Scripts and style sheets are passed over as one text, as
/// a browser does (HTML, 13.2.5.4).
fn elements(page: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        if name == "script" {
            rest = &rest[rest.find("</script").expect("the script ends")..];
        } else if name == "style" {
            rest = &rest[rest.find("</style").expect("the style sheet ends")..];
        }
        out.push((name, tag.to_owned()));
    }
    out
}

/// The values of an attribute, wherever it stands.
fn values(page: &str, attribute: &str) -> Vec<String> {
    elements(page)
        .iter()
        .filter_map(|(_, tag)| {
            tag.split(&format!(" {attribute}=\""))
                .nth(1)?
                .split('"')
                .next()
                .map(str::to_owned)
        })
        .collect()
}

#[test]
fn every_box_and_every_link_stands_in_the_page_without_script() {
    let map = example();
    let page = page(&map);
    let without = &page[..page.find("<script").unwrap()];
    let ids: BTreeSet<String> = values(without, "id").into_iter().collect();
    let (picture, words) = without.split_at(without.find("<section id=\"words\"").unwrap());
    for node in &map.nodes {
        assert!(
            ids.contains(&format!("map-node-{}", node.id)),
            "{} is not drawn",
            node.id
        );
        assert!(ids.contains(&format!("about-{}", node.id)), "{} is not told", node.id);
        assert!(words.contains(&format!(">{}</h4>", node.title.replace('&', "&amp;"))));
    }
    for link in &map.links {
        let ends = format!("<li data-from=\"{}\" data-to=\"{}\"", link.from, link.to);
        assert_eq!(
            words.matches(&ends).count(),
            2,
            "{} -> {} at both ends",
            link.from,
            link.to
        );
        let drawn = format!(" data-from=\"{}\" data-to=\"{}\"", link.from, link.to);
        assert!(picture.contains(&drawn), "{} -> {} can be followed", link.from, link.to);
    }
    for kpi in &map.kpis {
        assert!(words.contains(&kpi.title.replace('&', "&amp;")), "{}", kpi.id);
    }
    // What leads to a place of the page leads to one that is there, and no id stands twice.
    assert_eq!(ids.len(), values(without, "id").len());
    for to in values(without, "href").iter().filter_map(|to| to.strip_prefix('#')) {
        assert!(ids.contains(to), "nothing has the id {to}");
    }
}

#[test]
fn text_of_the_map_is_never_markup_and_the_page_loads_nothing() {
    let page = page(&hostile());
    let elements = elements(&page);
    for (name, tag) in &elements {
        assert_ne!(name, "img", "{tag}");
        let first = tag.split('"').step_by(2).collect::<String>();
        assert!(!first.contains(" on"), "{tag}");
    }
    let scripts: Vec<&str> = elements
        .iter()
        .filter(|(name, _)| name == "script")
        .map(|(_, tag)| tag.as_str())
        .collect();
    assert_eq!(scripts, ["script type=\"application/json\" id=\"map-data\"", "script"]);
    for name in ["link", "iframe", "object", "embed", "base", "image", "audio", "video"] {
        assert!(elements.iter().all(|(other, _)| other != name), "{name}");
    }
    assert!(values(&page, "src").is_empty() && values(&page, "style").is_empty());
    let addresses: Vec<String> = values(&page, "href")
        .into_iter()
        .filter(|to| !to.starts_with('#'))
        .collect();
    assert_eq!(addresses, ["https://a.example/?q=&quot;1&quot;&amp;r=2"]);
    let start = page.find("id=\"map-data\">").unwrap() + "id=\"map-data\">".len();
    let data = &page[start..start + page[start..].find("</script>").unwrap()];
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert!(data["nodes"][0]["title"].as_str().unwrap().starts_with("</script><img"));
}

#[test]
fn the_policy_names_every_style_sheet_and_one_script() {
    for map in [example(), hostile(), BenefitMap::new("Empty")] {
        let page = page(&map);
        let policy = &page[page.find("default-src 'none'").unwrap()..];
        let policy = &policy[..policy.find('"').unwrap()];
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"));
        let hashes = |directive: &str| {
            let of = policy.split("; ").find(|part| part.starts_with(directive)).unwrap();
            of.matches("'sha256-").count()
        };
        assert_eq!(hashes("script-src"), 1);
        let sheets: BTreeSet<&str> = page
            .split("<style>")
            .skip(1)
            .map(|rest| rest.split("</style>").next().unwrap())
            .collect();
        assert_eq!(hashes("style-src"), sheets.len());
    }
}

#[test]
fn the_same_map_has_the_same_page_and_it_is_small() {
    let one = page(&example());
    assert_eq!(one, page(&example()));
    let map = example();
    let graph = BenefitGraph::new(&map);
    let scene = layout::layout(&graph, &LayoutOptions::default());
    let bare = viewer::write(&Viewer::new(&graph, &scene));
    assert!(bare.len() < 300_000, "{} bytes", bare.len());
    assert!(!bare.contains("id=\"findings\"") && !bare.contains("<figure>"));
    assert!(one.contains("id=\"findings\"") && one.matches("<figure>").count() == map.kpis.len());
}
