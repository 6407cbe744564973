//! The benefits register: what the Green Book's register and MSP's benefit profiles ask for, out of one map.

use super::register::{columns, name_of};
use super::{Cell, Column, Table, Values, list};
use crate::appraise::{Appraised, Assumed, appraise};
use crate::graph::{BenefitGraph, NodeIx, NodeSet, Way};
use crate::map::limits::{self, TooMuch};
use crate::map::record::{self, Field};
use crate::map::{
    BenefitClass, BenefitMap, Effect, Kpi, Locale, Lookup, Node, NodeKind, Number, Risk, RiskStatus, Target,
    Threatened, group_digits,
};
use crate::track::{Outlook, PromisedBy, Prospect, Standing, Status, at_due};

/// What stands first in every row: which benefit it is.
const BENEFIT: &[(&str, Values)] = &[
    ("id", Values::Id),
    ("title", Values::Text),
    ("class", Values::Text),
    ("kind", Values::Word(NodeKind::WORDS)),
    ("owner", Values::Text),
    ("organisation", Values::Text),
    ("due", Values::Day),
];
/// One of its KPIs.
const KPI: &[(&str, Values)] = &[
    ("kpi", Values::Text),
    ("kpi_title", Values::Text),
    ("unit", Values::Text),
    ("direction", Values::Word(crate::map::Direction::WORDS)),
    ("baseline", Values::Number),
    ("baseline_date", Values::Day),
    ("target_at_due", Values::Number),
    ("target_at_due_from", Values::Word(PromisedBy::WORDS)),
    ("final_target", Values::Number),
    ("final_target_date", Values::Day),
    ("lower", Values::Number),
    ("upper", Values::Number),
    ("targets", Values::Text),
    ("measured_by", Values::Text),
];

/// The columns of a KPI: beside its title every text in sentences that it has.
fn kpi_columns() -> Vec<Column> {
    let mut out = columns(KPI);
    let prose = prose().map(|field| Column {
        name: format!("kpi_{}", field.name).into(),
        values: Values::Text,
    });
    out.splice(TITLED..TITLED, prose);
    out
}

fn prose() -> impl Iterator<Item = &'static Field> {
    record::KPI.fields.iter().filter(|field| field.is_prose())
}

/// How many columns there are up to the title of a KPI.
const TITLED: usize = 2;

/// How that KPI stands.
const STANDING: &[(&str, Values)] = &[
    ("last_value", Values::Number),
    ("last_date", Values::Day),
    ("expected", Values::Number),
    ("status", Values::Word(Status::WORDS)),
    ("reason", Values::Text),
    ("forecast", Values::Number),
    ("forecast_date", Values::Day),
    ("prospect", Values::Word(Prospect::WORDS)),
];
/// What the benefit is worth that the KPI measures, where the map says so of any.
const WORTH: &[(&str, Values)] = &[
    ("value_class", Values::Word(BenefitClass::WORDS)),
    ("full_year_value", Values::Number),
];
/// What else the map says of the benefit.
const REST: &[(&str, Values)] = &[
    ("start", Values::Day),
    ("category", Values::List),
    ("description", Values::Text),
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
    ("cost_shared_with", Values::Text),
];
/// The printed form: what an owner looks for first, as words, in the columns of the register that fill it.
const PRINTED: &[(&str, &str)] = &[
    ("Ref", "id"),
    ("Benefit", "title"),
    ("Class", "class"),
    ("Owner", "owner"),
    ("Due", "due"),
    ("KPI", "kpi_title"),
    ("Unit", "unit"),
    ("Baseline", "baseline"),
    ("Baseline day", "baseline_date"),
    ("Target when due", "target_at_due"),
    ("Final target", "final_target"),
    ("Final target day", "final_target_date"),
    ("Value class", "value_class"),
    ("Full-year value", "full_year_value"),
    ("Last value", "last_value"),
    ("Last value day", "last_date"),
    ("Status", "status"),
    ("Reason", "reason"),
    ("Forecast", "forecast"),
    ("Forecast day", "forecast_date"),
    ("Prospect", "prospect"),
];

/// How many boxes a cell names before the rest are counted.
const NAMED: usize = 200;

/// Whether the benefits register of a map can be made in good time. Counts until it knows.
///
/// # Errors
/// [`TooMuch`] where what leads to each benefit, and what else that leads to, is more than can be gone through for all of them.
pub fn register_within_limits(map: &BenefitMap) -> Result<(), TooMuch> {
    let graph = BenefitGraph::new(map);
    let mut looks = 0;
    for ix in benefits(&graph) {
        let upstream = graph.upstream(ix);
        let beside = graph.reach(upstream.iter(), Way::Downstream);
        looks += upstream.len() + beside.len();
        limits::REGISTER_BOXES.hold(looks)?;
    }
    Ok(())
}

/// The benefits register, one row a KPI of a benefit, and one for a benefit without any: every outcome, and every other node
/// that is a disbenefit. End outcomes stand first, then intermediate ones, then the rest, each by id, and the KPIs of each
/// by their ids. What is said of the benefit stands in each of its rows, so that rows can be sorted and filtered.
///
/// - `class` is `benefit` or `disbenefit`, by [`BenefitGraph::is_disbenefit`], and says also `quick win` and `unintended`;
///   `category` holds the tags.
/// - `target_at_due` is what the KPI is to have reached on the day on which its benefit is due, by [`at_due`], and
///   `target_at_due_from` what promises it; `final_target` is the last target in time and `targets` has all of them. What
///   is to be kept within a band has `lower` and `upper`.
/// - `value_class` and `full_year_value` are there where any KPI of the map has a `value`: the class, and what the KPI is worth in a full
///   year by the appraisal of the map, by [`Appraised::full_year_value`]; empty where the map cannot be appraised.
/// - `last_value` to `prospect` say how the KPI stands, where a standing of the map is given; without one there are no such
///   columns. `reason` has the words that `status` has.
/// - `enabled_by` is what leads to the benefit directly; `outputs` are the enablers and business changes upstream,
///   `depends_on` the outcomes upstream, `investments` the investments; `feeds` the end outcomes downstream. Each has a
///   line with its title, in the map's order.
/// - `disbenefits` are those that come of the same outputs, and `risks` those to the benefit or to a link into it.
/// - `cost_upstream` is what the benefit and all upstream of it cost in the map's currency, each cost once however many
///   chains run from it. The same money stands in the rows of all that it leads to, which `cost_shared_with` names, and in
///   each row of a benefit with several KPIs, so the column is not to be added up.
///
/// Nothing flows along feedback. What the map does not say is an empty cell.
///
/// Source: HM Treasury, The Green Book (benefits register); AXELOS, Managing Successful Programmes (benefit profile).
pub fn benefit_register(map: &BenefitMap, standing: Option<&Standing<'_>>) -> Table {
    let graph = BenefitGraph::new(map);
    let records = Lookup::new(map);
    let has_values = map.kpis.iter().any(|kpi| kpi.value.is_some());
    let worth = appraise(&graph, &Assumed::default()).ok();
    let mut rows = Vec::new();
    for ix in benefits(&graph) {
        let head = benefit(&graph, ix);
        let rest = rest(&graph, ix);
        for kpi in measured(&graph, &records, ix) {
            let mut row = head.clone();
            row.extend(kpi_cells(map, graph.node(ix), kpi));
            if has_values {
                row.extend(worth_cells(worth.as_ref(), kpi));
            }
            if let Some(standing) = standing {
                row.extend(standing_cells(kpi.and_then(|kpi| standing.of(kpi))));
            }
            row.extend(rest.iter().cloned());
            rows.push(row);
        }
    }
    let standing: &[_] = if standing.is_some() { STANDING } else { &[] };
    Table {
        name: "register".to_owned(),
        columns: [
            columns(BENEFIT),
            kpi_columns(),
            columns(if has_values { WORTH } else { &[] }),
            columns(standing),
            columns(REST),
        ]
        .concat(),
        rows,
    }
}

/// The same for a workbook, as two tables: `Register`, a printed form with words as heads and a row for each KPI, and
/// `benefits`, one row a benefit with all that is not of a KPI.
pub fn benefit_register_sheets(map: &BenefitMap, standing: Option<&Standing<'_>>) -> [Table; 2] {
    let whole = benefit_register(map, standing);
    let place = |name: &str| whole.columns.iter().position(|column| column.name == name);
    let printed: Vec<(&str, usize)> = PRINTED
        .iter()
        .filter_map(|(head, name)| Some((*head, place(name)?)))
        .collect();
    let of_row = |row: &Vec<Cell>| printed.iter().map(|(_, at)| said(&row[*at])).collect();
    let form = Table {
        name: "Register".to_owned(),
        columns: printed
            .iter()
            .map(|(head, at)| Column {
                name: (*head).to_owned().into(),
                values: match whole.columns[*at].values {
                    Values::Number => Values::Number,
                    Values::Day => Values::Day,
                    _ => Values::Text,
                },
            })
            .collect(),
        rows: whole.rows.iter().map(of_row).collect(),
    };
    let graph = BenefitGraph::new(map);
    let all = benefits(&graph).into_iter().map(|ix| {
        let mut row = benefit(&graph, ix);
        row.extend(rest(&graph, ix));
        row
    });
    let benefits = Table {
        name: "benefits".to_owned(),
        columns: columns(&[BENEFIT, REST].concat()),
        rows: all.collect(),
    };
    [form, benefits]
}

fn worth_cells(worth: Option<&Appraised>, kpi: Option<&Kpi>) -> [Cell; 2] {
    let class = kpi.and_then(|kpi| kpi.value.as_ref()?.class);
    let full = kpi.and_then(|kpi| worth?.full_year_value(&kpi.id));
    [
        class.map_or(Cell::Empty, |class| Cell::text(class.as_str())),
        full.and_then(Number::rounded).map_or(Cell::Empty, Cell::Number),
    ]
}

/// A word of the library as people write it: `off-track` is "off track".
fn said(cell: &Cell) -> Cell {
    match cell {
        Cell::Text(text) => text
            .parse::<Status>()
            .map_or(cell.clone(), |status| Cell::text(status.label())),
        cell => cell.clone(),
    }
}

/// Every outcome, and every other node that is a disbenefit, in the order of the register.
fn benefits(graph: &BenefitGraph<'_>) -> Vec<NodeIx> {
    let mut benefits: Vec<NodeIx> = graph.nodes().filter(|ix| is_benefit(graph, *ix)).collect();
    benefits.sort_by_key(|ix| (std::cmp::Reverse(graph.node(*ix).kind), graph.id(*ix)));
    benefits
}

fn is_benefit(graph: &BenefitGraph<'_>, ix: NodeIx) -> bool {
    graph.node(ix).kind.is_outcome() || graph.is_disbenefit(ix)
}

/// The KPIs of a benefit, by id; one place for none where it has none.
fn measured<'m>(graph: &BenefitGraph<'m>, records: &Lookup<'m>, ix: NodeIx) -> Vec<Option<&'m Kpi>> {
    let mut kpis: Vec<Option<&Kpi>> = records.kpis_of(&graph.node(ix).id).iter().copied().map(Some).collect();
    kpis.sort_by_key(|kpi| kpi.map(|kpi| &kpi.id));
    if kpis.is_empty() {
        kpis.push(None);
    }
    kpis
}

fn benefit(graph: &BenefitGraph<'_>, ix: NodeIx) -> Vec<Cell> {
    let (map, node) = (graph.map(), graph.node(ix));
    let owner = node.owner.as_ref().and_then(|id| map.owner(id));
    vec![
        Cell::text(node.id.as_str()),
        Cell::text(&node.title),
        Cell::text(class(graph, ix)),
        Cell::text(node.kind.as_str()),
        name_of(map, node.owner.as_ref()),
        Cell::text(owner.map_or("", |owner| owner.organisation.as_str())),
        node.due.into(),
    ]
}

fn kpi_cells(map: &BenefitMap, node: &Node, kpi: Option<&Kpi>) -> Vec<Cell> {
    let Some(kpi) = kpi else {
        return vec![Cell::Empty; KPI.len() + prose().count()];
    };
    let due = node.due.and_then(|day| at_due(kpi, day));
    let target = kpi.final_target();
    let band = kpi.band;
    let said = record::KPI.prose(kpi);
    let said = prose().map(|field| {
        let text = said.iter().find(|(said, _)| said.name == field.name);
        text.map_or(Cell::Empty, |(_, text)| Cell::text(text))
    });
    let mut cells = vec![
        Cell::text(kpi.id.as_str()),
        Cell::text(&kpi.title),
        Cell::text(&kpi.unit),
        kpi.direction.map_or(Cell::Empty, |way| Cell::text(way.as_str())),
        kpi.baseline.map(|baseline| baseline.value).into(),
        kpi.baseline.and_then(|baseline| baseline.date).into(),
        due.map(|due| due.value).into(),
        due.map_or(Cell::Empty, |due| Cell::text(due.by.as_str())),
        target.map(|target| target.value).into(),
        target.and_then(|target| target.date).into(),
        band.and_then(|band| band.lower).into(),
        band.and_then(|band| band.upper).into(),
        Cell::text(targets(&kpi.targets)),
        Cell::text(measured_by(map, kpi)),
    ];
    cells.splice(TITLED..TITLED, said);
    cells
}

fn standing_cells(outlook: Option<&Outlook<'_>>) -> Vec<Cell> {
    let Some(o) = outlook else {
        return vec![Cell::Empty; STANDING.len()];
    };
    vec![
        o.last.map(|last| last.value).into(),
        o.last.map(|last| last.date).into(),
        o.expected.into(),
        Cell::text(o.status.as_str()),
        Cell::text(o.because(Locale::plain()).join("; ")),
        o.forecast.map(|forecast| forecast.value).into(),
        o.forecast.map(|forecast| forecast.date).into(),
        o.prospect.map_or(Cell::Empty, |prospect| Cell::text(prospect.as_str())),
    ]
}

fn rest(graph: &BenefitGraph<'_>, ix: NodeIx) -> Vec<Cell> {
    let (map, node) = (graph.map(), graph.node(ix));
    let upstream = graph.upstream(ix);
    let downstream = graph.downstream(ix);
    let among = |set: &NodeSet, which: &dyn Fn(NodeIx) -> bool| -> Vec<NodeIx> {
        let others = set.iter().filter(|at| *at != ix);
        others.filter(|at| which(*at)).collect()
    };
    let of_kind = |kind: NodeKind| move |at: NodeIx| graph.node(at).kind == kind;
    let outputs = among(&upstream, &|at| graph.node(at).kind.is_output());
    let same_outputs = graph.reach(outputs.iter().copied(), Way::Downstream);
    let costed: Vec<NodeIx> = upstream.iter().filter(|at| !graph.node(*at).cost.is_empty()).collect();
    let same_money = graph.reach(costed.iter().copied(), Way::Downstream);
    let lines = |nodes: &[NodeIx]| {
        let names = nodes.iter().map(|at| named(graph.node(*at)).to_owned());
        Cell::text(first_of(names, nodes.len()).join("\n"))
    };
    vec![
        node.start.into(),
        Cell::text(list::join(&node.tags)),
        Cell::text(&node.description),
        Cell::text(enabled_by(graph, ix)),
        lines(&outputs),
        lines(&among(&upstream, &|at| graph.node(at).kind.is_outcome())),
        Cell::text(assumptions(graph, ix)),
        lines(&among(&downstream, &of_kind(NodeKind::EndOutcome))),
        lines(&among(&same_outputs, &|at| graph.is_disbenefit(at))),
        Cell::text(risks(map, node)),
        Cell::text(partners(map, node)),
        lines(&among(&upstream, &of_kind(NodeKind::Investment))),
        cost(graph, &costed).into(),
        lines(&among(&same_money, &|at| is_benefit(graph, at))),
    ]
}

/// The first of many names, and how many more there are: a cell holds so much, and nobody reads more.
fn first_of(names: impl Iterator<Item = String>, count: usize) -> Vec<String> {
    let mut first: Vec<String> = names.take(NAMED).collect();
    if count > NAMED {
        first.push(format!("and {} more", group_digits(&(count - NAMED).to_string())));
    }
    first
}

fn class(graph: &BenefitGraph<'_>, ix: NodeIx) -> String {
    let node = graph.node(ix);
    let mut class = if graph.is_disbenefit(ix) {
        "disbenefit"
    } else {
        "benefit"
    }
    .to_owned();
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
    graph.map().cost_of_all(nodes.iter().map(|at| graph.node(*at)))
}

#[cfg(test)]
mod tests;
