//! What the drawing tools of yWorks keep of the look of a thing, as far as it says something: labels and arrows.
//!
//! yEd for desktops writes `y:NodeLabel` and `y:EdgeLabel` with the text in them; yEd Live and other programs on yFiles
//! write `y:Label` with the text as an attribute or in an element `y:Label.Text`. What is shared by several is written
//! once, and referred to by its key.

use std::collections::HashMap;

use super::super::text::one_line;
use super::super::tree::Element;

/// The texts that are drawn on a thing.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Whether it has a look at all, so that it is drawn without a text where it has no label.
    pub(super) is_drawn: bool,
    /// The texts of its labels that are not empty, in one line each.
    pub(super) labels: Vec<String>,
}

/// The arrows at both ends of a line; `None` where the file does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Arrows<'e> {
    pub(super) source: Option<&'e str>,
    pub(super) target: Option<&'e str>,
}

/// What is written once and referred to by its key.
#[derive(Debug, Default)]
pub(super) struct Shared<'d>(HashMap<&'d str, &'d Element>);

impl<'d> Shared<'d> {
    /// All that the file shares.
    pub(super) fn of(root: &'d Element) -> Self {
        let lists = root.all("data").flat_map(|data| data.all("SharedData"));
        let each = lists.flat_map(|list| &list.children);
        Self(each.filter_map(|one| Some((one.attribute("Key")?, one))).collect())
    }

    /// The element itself, or the one that it refers to.
    fn found(&self, element: &'d Element) -> &'d Element {
        let key = (element.name == "GraphMLReference")
            .then(|| element.attribute("ResourceKey"))
            .flatten();
        key.and_then(|key| self.0.get(key).copied()).unwrap_or(element)
    }
}

/// The names of elements that hold a label.
const LABELS: &[&str] = &["NodeLabel", "EdgeLabel", "Label", "AttributeLabel", "MethodLabel"];

/// The labels that stand in the data of a thing.
pub(super) fn drawn(data: &Element) -> Drawn {
    let mut drawn = Drawn {
        is_drawn: !data.children.is_empty(),
        labels: Vec::new(),
    };
    // A group has a look for when it is open and one for when it is closed, with the same label.
    let mut todo: Vec<&Element> = vec![data];
    while let Some(element) = todo.pop() {
        if LABELS.contains(&element.name.as_str()) {
            let text = text_of(element);
            if !text.is_empty() && !drawn.labels.contains(&text) {
                drawn.labels.push(text);
            }
            continue;
        }
        let active = (element.name == "Realizers").then(|| {
            let at = element
                .attribute("active")
                .and_then(|at| at.parse::<usize>().ok())
                .unwrap_or(0);
            element.children.get(at)
        });
        match active.flatten() {
            Some(look) => todo.push(look),
            None => todo.extend(element.children.iter().rev()),
        }
    }
    drawn
}

/// The text of a label: in an attribute, in an element of its own, or in it.
fn text_of(label: &Element) -> String {
    let own = label.children.iter().find(|child| child.name.ends_with(".Text"));
    let text = match (label.attribute("Text"), own) {
        (Some(text), _) => text,
        (None, Some(text)) => &text.text,
        (None, None) => &label.text,
    };
    let text = text.trim();
    // yEd takes a label that begins so for HTML.
    match text.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("<html")) {
        true => without_tags(text),
        false => one_line(text),
    }
}

/// The text of HTML, in one line.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    one_line(&super::super::entities::decoded(&out))
}

/// The arrows of a line.
pub(super) fn arrows<'e>(edge: &'e Element, shared: &Shared<'e>) -> Arrows<'e> {
    let looks = edge
        .all("data")
        .flat_map(|data| &data.children)
        .map(|look| shared.found(look));
    for look in looks {
        if let Some(arrows) = look.child("Arrows") {
            return Arrows {
                source: arrows.attribute("source"),
                target: arrows.attribute("target"),
            };
        }
        if look.name.ends_with("EdgeStyle") {
            return Arrows {
                source: arrow(look, "sourceArrow", shared),
                target: arrow(look, "targetArrow", shared),
            };
        }
    }
    Arrows::default()
}

/// An arrow of a style of yFiles; one that the style does not speak of is none.
fn arrow<'e>(style: &'e Element, name: &str, shared: &Shared<'e>) -> Option<&'e str> {
    let own = style
        .children
        .iter()
        .find(|child| child.name.rsplit('.').next() == Some(name));
    let inner = own
        .and_then(|own| own.children.first())
        .map(|inner| shared.found(inner));
    let said = match (style.attribute(name), inner) {
        (Some(said), _) => Some(said),
        (None, Some(inner)) => inner.attribute("type").or(Some("default")),
        (None, None) => None,
    };
    Some(said.unwrap_or("none"))
}

impl Arrows<'_> {
    /// Whether there is an arrow at an end.
    fn is_there(arrow: Option<&str>) -> bool {
        arrow.is_some_and(|kind| !kind.eq_ignore_ascii_case("none") && kind != "{x:Null}")
    }

    /// Whether there is an arrow at the source and one at the target; `None` where the file says nothing of them.
    pub(super) fn ends(&self) -> Option<(bool, bool)> {
        let said = self.source.is_some() || self.target.is_some();
        said.then(|| (Self::is_there(self.source), Self::is_there(self.target)))
    }

    /// Whether an arrow is the bar that stands for hindering.
    pub(super) fn is_bar(arrow: Option<&str>) -> bool {
        arrow.is_some_and(|kind| matches!(kind, "t_shape" | "tee"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tree::parse;
    use super::*;

    #[test]
    fn labels_of_every_yed_are_read() {
        for (xml, labels) in [
            (
                "<data><y:ShapeNode><y:NodeLabel>a\nb</y:NodeLabel></y:ShapeNode></data>",
                &["a b"][..],
            ),
            (
                "<data><x:List><y:Label Text='a'/><y:Label><y:Label.Text><![CDATA[<b>]]></y:Label.Text></y:Label></x:List></data>",
                &["a", "<b>"],
            ),
            (
                "<data><y:EdgeLabels><y:EdgeLabel><y:EdgeLabel.Text>a</y:EdgeLabel.Text></y:EdgeLabel></y:EdgeLabels></data>",
                &["a"],
            ),
            (
                "<data><n><y:NodeLabel>&lt;html&gt;&lt;b&gt;Caf&amp;eacute;&lt;/b&gt;&lt;br&gt;x</y:NodeLabel></n></data>",
                &["Café x"],
            ),
            (
                "<data><P><y:Realizers active='1'><G><y:NodeLabel>open</y:NodeLabel></G><G><y:NodeLabel>shut</y:NodeLabel></G></y:Realizers></P></data>",
                &["shut"],
            ),
            (
                "<data><y:ShapeNode><y:NodeLabel hasText='false'> </y:NodeLabel></y:ShapeNode></data>",
                &[],
            ),
        ] {
            let data = parse(&xml.replace("y:", "").replace("x:", "")).unwrap();
            assert_eq!(drawn(&data).labels, labels, "{xml}");
            assert!(drawn(&data).is_drawn);
        }
    }

    #[test]
    fn arrows_of_every_yed_are_read() {
        let shared = "<graphml><data><SharedData><PolylineEdgeStyle Key='6' targetArrow='NONE'><PolylineEdgeStyle.sourceArrow>\
            <Arrow type='TRIANGLE'/></PolylineEdgeStyle.sourceArrow></PolylineEdgeStyle></SharedData></data></graphml>";
        let root = parse(shared).unwrap();
        let shared = Shared::of(&root);
        for (look, ends) in [
            (
                "<PolyLineEdge><Arrows source='none' target='standard'/></PolyLineEdge>",
                Some((false, true)),
            ),
            (
                "<PolyLineEdge><Arrows source='white_delta' target='none'/></PolyLineEdge>",
                Some((true, false)),
            ),
            ("<GraphMLReference ResourceKey='6'/>", Some((true, false))),
            (
                "<PolylineEdgeStyle><PolylineEdgeStyle.targetArrow><Arrow type='TRIANGLE'/></PolylineEdgeStyle.targetArrow></PolylineEdgeStyle>",
                Some((false, true)),
            ),
            ("<PolylineEdgeStyle/>", Some((false, false))),
            ("<List/>", None),
        ] {
            let edge = parse(&format!("<edge><data>{look}</data></edge>")).unwrap();
            let edge: &'static Element = Box::leak(Box::new(edge));
            let shared: Shared<'static> = Shared(
                shared
                    .0
                    .iter()
                    .map(|(key, one)| {
                        let one: &'static Element = Box::leak(Box::new((*one).clone()));
                        (&*Box::leak(key.to_string().into_boxed_str()), one)
                    })
                    .collect(),
            );
            assert_eq!(arrows(edge, &shared).ends(), ends, "{look}");
        }
    }
}
