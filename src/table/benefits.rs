//! The benefit register: what the Green Book's register and MSP's benefit profiles ask for, out of one map.

use super::register::{columns, name_of};
use super::{Cell, Table, Values, list};
use crate::graph::{BenefitGraph, NodeIx, NodeSet, Way};
use crate::map::{BenefitMap, Effect, Kpi, Node, NodeKind, Number, Risk, RiskStatus, Target, Threatened};

const REGISTER: &[(&str, Values)] = &[
    ("id", Values::Id),
    ("title", Values::Text),
    ("class", Values::Text),
    ("kind", Values::Word(NodeKind::WORDS)),
    ("category", Values::List),
    ("description", Values::Text),
    ("owner", Values::Text),
    ("organisation", Values::Text),
    ("start", Values::Day),
    ("due", Values::Day),
    ("measures", Values::Text),
    ("unit", Values::Text),
    ("baseline", Values::Text),
    ("targets", Values::Text),
    ("measured_by", Values::Text),
    ("enabled_by", Values::Text),
    ("outputs", Values::Text),
    ("depends_on", Values::Text),
    ("assumptions", Values::Text),
    ("feeds", Values::Text),
    ("disbenefits", Values::Text),
    ("risks", Values::Text),
    ("partners", Values::Text),
    ("investments", Values::Text),
    ("cost_upstream", Values::Number),
    ("cost_shared_with", Values::List),
];

/// The benefit register, one row a benefit: every outcome, and every other node that is marked as a disbenefit. End
/// outcomes stand first, then intermediate ones, then the rest, each by id.
///
/// - `class` is `benefit` or `disbenefit`, and says also `quick win` and `unintended`; `category` holds the tags.
/// - `measures` to `measured_by` have a line for each KPI, by KPI id; where there are several, each line begins with it.
/// - `enabled_by` is what leads to the benefit directly; `outputs` are the enablers and business changes upstream,
///   `depends_on` the outcomes upstream, `investments` the investments; `feeds` the end outcomes downstream. Each has a
///   line with its title, in the map's order.
/// - `disbenefits` are those that come of the same outputs, and `risks` those to the benefit or to a link into it.
/// - `cost_upstream` is what the benefit and all upstream of it cost in the map's currency, each cost once however many
///   chains run from it. The same money stands in the rows of all that it leads to, which `cost_shared_with` names, so
///   the column is not to be added up.
///
/// Nothing flows along feedback. What the map does not say is an empty cell.
///
/// Source: HM Treasury, The Green Book (benefits register); AXELOS, Managing Successful Programmes (benefit profile).
pub fn benefit_register(map: &BenefitMap) -> Table {
    let graph = BenefitGraph::new(map);
    let mut benefits: Vec<NodeIx> = graph.nodes().filter(|ix| is_benefit(graph.node(*ix))).collect();
    benefits.sort_by_key(|ix| (std::cmp::Reverse(graph.node(*ix).kind), graph.id(*ix)));
    Table {
        name: "register".to_owned(),
        columns: columns(REGISTER),
        rows: benefits.into_iter().map(|ix| row(&graph, ix)).collect(),
    }
}

fn is_benefit(node: &Node) -> bool {
    node.kind.is_outcome() || node.disbenefit
}

fn row(graph: &BenefitGraph<'_>, ix: NodeIx) -> Vec<Cell> {
    let map = graph.map();
    let node = graph.node(ix);
    let upstream = graph.upstream(ix);
    let downstream = graph.downstream(ix);
    let owner = node.owner.as_ref().and_then(|id| map.owner(id));
    let mut kpis: Vec<&Kpi> = map.kpis_of(&node.id).collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let among = |set: &NodeSet, which: &dyn Fn(&Node) -> bool| -> Vec<NodeIx> {
        let others = graph.nodes().filter(|at| *at != ix && set.contains(*at));
        others.filter(|at| which(graph.node(*at))).collect()
    };
    let outputs = among(&upstream, &|node| node.kind.is_output());
    let same_outputs = graph.reach(outputs.iter().copied(), Way::Downstream);
    let costed: Vec<NodeIx> = graph
        .nodes()
        .filter(|at| upstream.contains(*at) && !graph.node(*at).cost.is_empty())
        .collect();
    let same_money = graph.reach(costed.iter().copied(), Way::Downstream);
    let sharing = among(&same_money, &is_benefit);
    let lines = |nodes: &[NodeIx]| {
        Cell::text(
            nodes
                .iter()
                .map(|at| named(graph.node(*at)))
                .collect::<Vec<_>>()
                .join("\n"),
        )
    };
    vec![
        Cell::text(node.id.as_str()),
        Cell::text(&node.title),
        Cell::text(class(node)),
        Cell::text(node.kind.as_str()),
        Cell::text(list::join(&node.tags)),
        Cell::text(&node.description),
        name_of(map, node.owner.as_ref()),
        Cell::text(owner.map_or("", |owner| owner.organisation.as_str())),
        node.start.into(),
        node.due.into(),
        of_each(&kpis, |kpi| match kpi.direction {
            Some(direction) if !kpi.title.is_empty() => format!("{} ({direction})", kpi.title),
            _ => kpi.title.clone(),
        }),
        of_each(&kpis, |kpi| kpi.unit.clone()),
        of_each(&kpis, |kpi| match kpi.baseline {
            Some(baseline) => match baseline.date {
                Some(date) => format!("{} on {date}", baseline.value),
                None => baseline.value.to_string(),
            },
            None => String::new(),
        }),
        of_each(&kpis, |kpi| targets(&kpi.targets)),
        of_each(&kpis, |kpi| measured_by(map, kpi)),
        Cell::text(enabled_by(graph, ix)),
        lines(&outputs),
        lines(&among(&upstream, &|node| node.kind.is_outcome())),
        Cell::text(assumptions(graph, ix)),
        lines(&among(&downstream, &|node| node.kind == NodeKind::EndOutcome)),
        lines(&among(&same_outputs, &|node| node.disbenefit)),
        Cell::text(risks(map, node)),
        Cell::text(partners(map, node)),
        lines(&among(&upstream, &|node| node.kind == NodeKind::Investment)),
        cost(graph, &costed).into(),
        Cell::text(list::join(&sharing.iter().map(|at| graph.id(*at)).collect::<Vec<_>>())),
    ]
}

fn class(node: &Node) -> String {
    let mut class = if node.disbenefit { "disbenefit" } else { "benefit" }.to_owned();
    for (said, word) in [(node.quick_win, "quick win"), (node.unintended, "unintended")] {
        if said {
            class.push_str(", ");
            class.push_str(word);
        }
    }
    class
}

/// A node as a person would name it.
fn named(node: &Node) -> &str {
    if node.title.is_empty() {
        node.id.as_str()
    } else {
        &node.title
    }
}

/// A line for each KPI; nothing where none of them says anything. Of several every one has a line that names it.
fn of_each(kpis: &[&Kpi], say: impl Fn(&Kpi) -> String) -> Cell {
    let said: Vec<String> = kpis.iter().map(|kpi| say(kpi)).collect();
    if said.iter().all(String::is_empty) {
        return Cell::Empty;
    }
    match said.as_slice() {
        [one] => Cell::text(one),
        _ => {
            let lines = kpis.iter().zip(&said).map(|(kpi, said)| match said.as_str() {
                "" => format!("{}: not stated", kpi.id),
                said => format!("{}: {said}", kpi.id),
            });
            Cell::text(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

fn targets(targets: &[Target]) -> String {
    let mut targets: Vec<&Target> = targets.iter().collect();
    targets.sort_by_key(|target| (target.date.is_none(), target.date));
    let said = targets.iter().map(|target| match target.date {
        Some(date) => format!("{} by {date}", target.value),
        None => target.value.to_string(),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// `monthly, from fleet telematics (real-time), by Director of Place`, without what is not said.
fn measured_by(map: &BenefitMap, kpi: &Kpi) -> String {
    let Some(plan) = &kpi.measurement else {
        return String::new();
    };
    let mut parts = Vec::new();
    if !plan.frequency.is_empty() {
        parts.push(plan.frequency.clone());
    }
    match (plan.source.as_str(), plan.method) {
        ("", Some(method)) => parts.push(method.to_string()),
        ("", None) => {}
        (source, Some(method)) => parts.push(format!("from {source} ({method})")),
        (source, None) => parts.push(format!("from {source}")),
    }
    if let Cell::Text(name) = name_of(map, plan.responsible.as_ref()) {
        parts.push(format!("by {name}"));
    }
    parts.join(", ")
}

fn enabled_by(graph: &BenefitGraph<'_>, ix: NodeIx) -> String {
    let links = graph.links_of(ix, Way::Upstream).filter(|link| link.flows());
    let lines = links.map(|link| {
        let from = named(graph.node(link.from));
        match link.link.effect {
            Effect::Supports => from.to_owned(),
            Effect::Hinders => format!("{from}, which hinders it"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The assumptions of the links into the node, each once.
fn assumptions(graph: &BenefitGraph<'_>, ix: NodeIx) -> String {
    let mut said: Vec<&str> = Vec::new();
    for link in graph.links_of(ix, Way::Upstream).filter(|link| link.flows()) {
        for text in &link.link.assumptions {
            if !said.contains(&text.as_str()) {
                said.push(text);
            }
        }
    }
    said.join("\n")
}

fn risks(map: &BenefitMap, node: &Node) -> String {
    let concerns = |risk: &&Risk| match &risk.threatens {
        Some(Threatened::Node(id)) => *id == node.id,
        Some(Threatened::Link { to, .. }) => *to == node.id,
        None => false,
    };
    let lines = map.risks.iter().filter(concerns).map(|risk| {
        let title = if risk.title.is_empty() {
            risk.id.as_str()
        } else {
            &risk.title
        };
        let mut notes = Vec::new();
        if let (Some(likelihood), Some(impact)) = (risk.likelihood, risk.impact) {
            notes.push(format!("likelihood {}, impact {} of 5", likelihood.get(), impact.get()));
        }
        if risk.status == RiskStatus::Closed {
            notes.push("closed".to_owned());
        }
        if notes.is_empty() {
            title.to_owned()
        } else {
            format!("{title} ({})", notes.join("; "))
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn partners(map: &BenefitMap, node: &Node) -> String {
    let names = node.partners.iter().map(|id| {
        let partner = map.partners.iter().find(|partner| partner.id == *id);
        partner
            .map(|partner| partner.name.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or(id.as_str())
    });
    names.collect::<Vec<_>>().join("\n")
}

/// What the nodes cost together; `None` where none has a cost, or where the sum is larger than a number can be.
fn cost(graph: &BenefitGraph<'_>, nodes: &[NodeIx]) -> Option<Number> {
    let costs = nodes.iter().flat_map(|at| &graph.node(*at).cost);
    let sum = costs.map(|cost| cost.amount.decimal()).reduce(|a, b| a + b)?;
    Number::rounded(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> BenefitMap {
        serde_json::from_str(
            r#"{"format": 1, "currency": "GBP",
                "owners": [{"id": "o", "name": "Ada", "organisation": "Council"}],
                "partners": [{"id": "p", "name": "Housing trust"}],
                "nodes": [
                  {"id": "money", "kind": "investment", "title": "Fund", "cost": [{"year": "2026", "amount": 100}, {"year": "2027", "amount": 50}]},
                  {"id": "kit", "kind": "enabler", "title": "Sensors", "cost": [{"year": "2026", "amount": 7}]},
                  {"id": "way-a", "kind": "business-change", "title": "Rounds by need"},
                  {"id": "way-b", "kind": "business-change", "title": "Crews by need"},
                  {"id": "mid", "kind": "intermediate-outcome", "title": "Fewer km", "quick_win": true, "owner": "o", "tags": ["b", "a; c"], "partners": ["p"], "due": "2028-03-31"},
                  {"id": "bad", "kind": "intermediate-outcome", "title": "Shifts vary", "disbenefit": true, "unintended": true},
                  {"id": "end", "kind": "end-outcome", "title": "Cleaner air"}],
                "links": [
                  {"from": "money", "to": "kit"}, {"from": "kit", "to": "way-a"}, {"from": "kit", "to": "way-b"},
                  {"from": "way-a", "to": "mid", "assumptions": ["x", "y"]}, {"from": "way-b", "to": "mid", "assumptions": ["y"]},
                  {"from": "way-b", "to": "bad"}, {"from": "mid", "to": "end"}, {"from": "bad", "to": "end", "effect": "hinders"},
                  {"from": "end", "to": "money", "feedback": true}],
                "kpis": [
                  {"id": "k2", "node": "mid", "title": "Km", "unit": "km", "direction": "decrease", "baseline": {"date": "2026-03-31", "value": 5200},
                   "targets": [{"date": "2028-03-31", "value": 3100}, {"date": "2027-03-31", "value": 4000}],
                   "measurement": {"method": "real-time", "source": "telematics", "frequency": "monthly", "responsible": "o"}},
                  {"id": "k1", "node": "mid", "title": "Litres", "unit": "l"},
                  {"id": "k3", "node": "end", "title": "NO2", "baseline": {"value": 40}}],
                "risks": [{"id": "r1", "title": "Batteries fail", "threatens": "way-a -> mid", "likelihood": 2, "impact": 4},
                          {"id": "r2", "title": "Roads close", "threatens": "mid", "status": "closed"}]}"#,
        )
        .unwrap()
    }

    fn cell(table: &Table, id: &str, column: &str) -> String {
        let at = table.columns.iter().position(|c| c.name == column).unwrap();
        let row = table.rows.iter().find(|row| row[0] == Cell::text(id)).unwrap();
        row[at].to_text().into_owned()
    }

    #[test]
    fn a_row_a_benefit_end_outcomes_first() {
        let register = benefit_register(&map());
        let ids: Vec<_> = register.rows.iter().map(|row| row[0].to_text()).collect();
        assert_eq!(ids, ["end", "bad", "mid"]);
        assert!(register.rows.iter().all(|row| row.len() == register.columns.len()));
    }

    #[test]
    fn a_benefit_tells_what_the_map_says_of_it() {
        let register = benefit_register(&map());
        for (column, said) in [
            ("class", "benefit, quick win"),
            ("category", "b; \"a; c\""),
            ("owner", "Ada"),
            ("organisation", "Council"),
            ("due", "2028-03-31"),
            ("measures", "k1: Litres\nk2: Km (decrease)"),
            ("unit", "k1: l\nk2: km"),
            ("baseline", "k1: not stated\nk2: 5200 on 2026-03-31"),
            ("targets", "k1: not stated\nk2: 4000 by 2027-03-31, 3100 by 2028-03-31"),
            (
                "measured_by",
                "k1: not stated\nk2: monthly, from telematics (real-time), by Ada",
            ),
            ("enabled_by", "Rounds by need\nCrews by need"),
            ("outputs", "Sensors\nRounds by need\nCrews by need"),
            ("depends_on", ""),
            ("assumptions", "x\ny"),
            ("feeds", "Cleaner air"),
            ("disbenefits", "Shifts vary"),
            (
                "risks",
                "Batteries fail (likelihood 2, impact 4 of 5)\nRoads close (closed)",
            ),
            ("partners", "Housing trust"),
            ("investments", "Fund"),
        ] {
            assert_eq!(cell(&register, "mid", column), said, "{column}");
        }
        assert_eq!(cell(&register, "bad", "class"), "disbenefit, unintended");
        assert_eq!(cell(&register, "end", "measures"), "NO2");
        assert_eq!(cell(&register, "end", "baseline"), "40");
        assert_eq!(cell(&register, "end", "depends_on"), "Fewer km\nShifts vary");
        assert_eq!(
            cell(&register, "end", "enabled_by"),
            "Fewer km\nShifts vary, which hinders it"
        );
    }

    #[test]
    fn a_cost_counts_once_however_many_chains_run_from_it() {
        let register = benefit_register(&map());
        // 100 + 50 of the fund and 7 of the sensors, though two chains run from each.
        for id in ["end", "mid", "bad"] {
            assert_eq!(cell(&register, id, "cost_upstream"), "157");
        }
        assert_eq!(cell(&register, "mid", "cost_shared_with"), "bad; end");
    }
}
