//! Every view of a map, each under a name that stays: what a pack of files holds, and the page that lists it.

use crate::graph::BenefitGraph;
use crate::layout::{self, Extent, LayoutOptions, Rest};
use crate::map::limits::{self, TooMuch};
use crate::map::{BenefitMap, NodeKind};
use crate::xml::{Element, el};

use super::html::meta;

/// One way to look at a map.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// What its files are called, without an ending: of letters, digits, dots, hyphens and underscores, made of ids, so
    /// that a change of title changes no name.
    pub name: String,
    /// What it shows, in words.
    pub title: String,
    /// The heading that it stands under on the page that lists all views.
    pub group: &'static str,
    /// How it is laid out.
    pub layout: LayoutOptions,
}

/// The views of a map: the whole of it, its overview, and one an end outcome, an owner and a partner, each in the order
/// of ids. Owners and partners without a node have none. `base` is what all have in common, such as signals and the day.
pub fn views(map: &BenefitMap, base: &LayoutOptions) -> Vec<View> {
    let mut out = vec![View {
        name: "map".to_owned(),
        title: "The whole map".to_owned(),
        group: "The map",
        layout: base.clone(),
    }];
    let mut add = |name: String, title: &str, group: &'static str, change: &dyn Fn(&mut LayoutOptions)| {
        let mut layout = base.clone();
        change(&mut layout);
        out.push(View {
            name,
            title: title.to_owned(),
            group,
            layout,
        });
    };
    let mut ends: Vec<_> = map
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::EndOutcome)
        .collect();
    ends.sort_by(|a, b| a.id.cmp(&b.id));
    ends.dedup_by(|a, b| a.id == b.id);
    if !ends.is_empty() {
        let title = "End outcomes and how much leads to each";
        add("overview".to_owned(), title, "The map", &|layout| {
            layout.extent = Extent::Overview;
        });
    }
    for node in ends {
        let group = "End outcomes, with all that leads to them";
        add(format!("outcome-{}", node.id), node.label(), group, &|layout| {
            layout.focus = vec![node.id.clone()];
            layout.rest = Rest::Hidden;
        });
    }
    let mut owners: Vec<_> = map.owners.iter().collect();
    owners.sort_by(|a, b| a.id.cmp(&b.id));
    owners.dedup_by(|a, b| a.id == b.id);
    for owner in owners {
        if map.nodes.iter().any(|node| node.owner.as_ref() == Some(&owner.id)) {
            let group = "Owners, and what each is responsible for";
            add(format!("owner-{}", owner.id), owner.label(), group, &|layout| {
                layout.owners = vec![owner.id.clone()];
            });
        }
    }
    let mut partners: Vec<_> = map.partners.iter().collect();
    partners.sort_by(|a, b| a.id.cmp(&b.id));
    partners.dedup_by(|a, b| a.id == b.id);
    for partner in partners {
        if map.nodes.iter().any(|node| node.partners.contains(&partner.id)) {
            let group = "Partners, with what they share in";
            add(format!("partner-{}", partner.id), partner.label(), group, &|layout| {
                layout.partners = vec![partner.id.clone()];
            });
        }
    }
    out
}

/// Whether a pack of these views can be made in good time, with so many boxes on all of them together at most:
/// [`limits::PACK_PAINTED_BOXES`] where they are painted in points, [`limits::PACK_BOXES`] where they are not.
///
/// # Errors
/// [`TooMuch`] for more views, or more boxes on all of them together, than that.
pub fn within_limits(graph: &BenefitGraph<'_>, views: &[View], most: &'static limits::Limit) -> Result<(), TooMuch> {
    limits::PACK_VIEWS.hold(views.len())?;
    let mut boxes = 0;
    for view in views {
        layout::within_limits(graph, &view.layout)?;
        boxes += layout::shown(graph, &view.layout).boxes;
        most.hold(boxes)?;
    }
    Ok(())
}

/// What the page that lists a pack says of itself in its head.
const GENERATOR: &str = "benefit-map pack";

/// Whether a page lists a pack, so that a folder can be told to be one.
pub fn is_index(page: &str) -> bool {
    page.contains(&meta("generator", GENERATOR).to_html())
}

/// The page that lists the views: each by its title, its picture where there is an SVG or a PNG of it, and a link to
/// every file of it. `endings` are those of the files, in the order in which they are listed.
pub fn index(map: &BenefitMap, views: &[View], endings: &[&str]) -> String {
    let title = match map.title.trim() {
        "" => "Benefit map",
        title => title,
    };
    let shown = ["svg", "png"].into_iter().find(|ending| endings.contains(ending));
    let head = el("head")
        .line(el("meta").set("charset", "utf-8"))
        .line(meta("viewport", "width=device-width, initial-scale=1"))
        .line(meta("generator", GENERATOR))
        .line(el("title").add(title))
        .line(el("style").add(["\n", CSS]));
    let mut main = el("main").line(el("h1").set("dir", "auto").add(title));
    for group in views.chunk_by(|a, b| a.group == b.group) {
        main.push_line(el("h2").add(group[0].group));
        main.push_line(el("ul").lines(group.iter().map(|view| entry(view, shown, endings))));
    }
    el("html")
        .set("lang", map.language().as_str())
        .line(head)
        .line(el("body").line(main))
        .to_page()
}

/// A view with its picture and its files.
fn entry(view: &View, shown: Option<&str>, endings: &[&str]) -> Element {
    let file = |ending: &str| format!("{}.{ending}", view.name);
    let picture = shown.map(|ending| {
        let image = el("img")
            .set("src", file(ending))
            .set("alt", &view.title)
            .set("loading", "lazy");
        el("a").set("href", file(ending)).add(image)
    });
    let mut files = el("p");
    for (i, ending) in endings.iter().enumerate() {
        let name = ending.to_uppercase();
        let link = el("a")
            .set("href", file(ending))
            .set("aria-label", format!("{} as {name}", view.title))
            .add(name);
        files.push(((i > 0).then_some(" "), link));
    }
    el("li")
        .line(el("h3").set("dir", "auto").add(&view.title))
        .lines(picture)
        .line(files)
}

const CSS: &str = "\
body{margin:0;background:#fff;color:#17212b;font:1rem/1.5 \"Liberation Sans\",Arial,Helvetica,sans-serif}
main{max-width:80rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem}
h2{font-size:1.3rem;margin:2rem 0 .75rem;padding-top:.6rem;border-top:2px solid #17467d}
h3{font-size:1rem;margin:0 0 .5rem;overflow-wrap:anywhere}
ul{list-style:none;margin:0;padding:0;display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr))}
li{border:1px solid #d5dbe1;border-radius:.4rem;padding:1rem}
img{display:block;width:100%;height:13rem;object-fit:contain}
p{margin:.6rem 0 0}
a{color:#17467d}
p a{display:inline-block;padding:.25rem .5rem}
a:focus-visible{outline:3px solid #17467d;outline-offset:2px}
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Node, NodeId, Owner, OwnerId};

    #[test]
    fn names_are_made_of_ids_and_the_page_lists_every_file() {
        let mut map = BenefitMap::new("<b>");
        let mut node = Node::new(NodeId::new("e.1").unwrap(), NodeKind::EndOutcome, "\"Cleaner\" streets");
        let owner = OwnerId::new("dir").unwrap();
        node.owner = Some(owner.clone());
        map.nodes.push(node);
        for id in ["dir", "idle"] {
            map.owners.push(Owner {
                id: OwnerId::new(id).unwrap(),
                name: String::new(),
                organisation: String::new(),
                senior: true,
            });
        }
        let views = views(&map, &LayoutOptions::default());
        let names: Vec<&str> = views.iter().map(|view| view.name.as_str()).collect();
        assert_eq!(names, ["map", "overview", "outcome-e.1", "owner-dir"]);
        let page = index(&map, &views, &["svg", "pdf"]);
        for name in names {
            assert_eq!(page.matches(&format!("href=\"{name}.svg\"")).count(), 2);
            assert_eq!(page.matches(&format!("href=\"{name}.pdf\"")).count(), 1);
        }
        assert!(is_index(&page) && !page.contains("<b>") && page.contains("&quot;Cleaner&quot; streets"));
    }
}
