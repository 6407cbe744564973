//! Confidence in links: one question for each link of a map, answered like any other set. Votes are not evidence.

use std::collections::BTreeSet;

use super::Scale;
use super::set::{Group, Question, QuestionSet};
use crate::graph::{BenefitGraph, NodeIx, Way};
use crate::map::{Effect, Link, Node, NodeId};

/// The id of the set that is made from the links of a map.
pub const LINKS: &str = "links";

/// The id of the question about a link, as findings name the link: `from -> to`.
pub fn question_of(link: &Link) -> String {
    format!("{} -> {}", link.from, link.to)
}

fn title(node: &Node) -> &str {
    match node.title.trim() {
        "" => node.id.as_str(),
        title => title,
    }
}

/// The questions about the links of a map, in a group for each box that they lead to; with `outcome`, only about links on a way
/// to that box. Links from or to boxes that the map does not have are left out, and of two links between the same boxes the
/// second. A map without links gives no groups.
pub fn links_set(graph: &BenefitGraph<'_>, outcome: Option<&NodeId>) -> QuestionSet {
    let wanted: Option<BTreeSet<NodeIx>> = outcome.map(|id| {
        let end = graph.find(id.as_str());
        end.into_iter()
            .chain(
                end.into_iter()
                    .flat_map(|ix| graph.upstream(ix).iter().collect::<Vec<_>>()),
            )
            .collect()
    });
    let groups = graph
        .nodes()
        .filter(|to| wanted.as_ref().is_none_or(|wanted| wanted.contains(to)))
        .filter_map(|to| {
            let mut seen = BTreeSet::new();
            let questions: Vec<Question> = graph
                .links_of(to, Way::Upstream)
                .filter(|link| seen.insert(link.from))
                .map(|link| question(link.link, graph.node(link.from), graph.node(to)))
                .collect();
            (!questions.is_empty()).then(|| Group {
                id: graph.id(to).to_string(),
                title: title(graph.node(to)).to_owned(),
                questions,
            })
        });
    QuestionSet {
        format: 1,
        schema: String::new(),
        id: LINKS.to_owned(),
        version: String::new(),
        title: "Confidence in links".to_owned(),
        purpose: "Shows how sure people are of each link, and which links divide them.".to_owned(),
        source: String::new(),
        scale: Scale::Confidence,
        groups: groups.collect(),
    }
}

fn question(link: &Link, from: &Node, to: &Node) -> Question {
    let does = match link.effect {
        Effect::Hinders => "makes less likely",
        _ => "helps to bring about",
    };
    Question {
        id: question_of(link),
        factor: String::new(),
        text: format!("How sure are you that \"{}\" {does} \"{}\"?", title(from), title(to)),
        source: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BenefitMap, NodeKind};

    #[test]
    fn every_link_is_asked_about_and_those_on_the_way_to_one_outcome_alone() {
        let mut map = BenefitMap::new("Kiosks");
        for (id, kind) in [
            ("kiosks", NodeKind::Enabler),
            ("self-service", NodeKind::BusinessChange),
            ("learning", NodeKind::EndOutcome),
            ("savings", NodeKind::EndOutcome),
        ] {
            map.nodes
                .push(Node::new(id.parse().unwrap(), kind, format!("The {id}")));
        }
        for (from, to) in [
            ("kiosks", "self-service"),
            ("kiosks", "self-service"),
            ("self-service", "learning"),
            ("self-service", "savings"),
            ("ghost", "savings"),
        ] {
            map.links.push(Link::new(from.parse().unwrap(), to.parse().unwrap()));
        }
        map.links[2].effect = Effect::Hinders;
        let graph = BenefitGraph::new(&map);
        let ids = |set: &QuestionSet| {
            set.questions()
                .map(|(_, question)| question.id.clone())
                .collect::<Vec<_>>()
        };
        let all = links_set(&graph, None);
        assert_eq!(
            ids(&all),
            [
                "kiosks -> self-service",
                "self-service -> learning",
                "self-service -> savings"
            ]
        );
        let texts: Vec<&str> = all.questions().map(|(_, question)| question.text.as_str()).collect();
        assert_eq!(
            texts[1],
            "How sure are you that \"The self-service\" makes less likely \"The learning\"?"
        );
        let one = links_set(&graph, Some(&"learning".parse().unwrap()));
        assert_eq!(ids(&one), ["kiosks -> self-service", "self-service -> learning"]);
    }
}
