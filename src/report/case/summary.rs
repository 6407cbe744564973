//! What a reader who stops after the first page must know, what the programme is for, and what is still open.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::finding::{Finding, Severity, Subject};
use crate::map::{NodeKind, Number};
use crate::scene::Verdict;
use crate::track::Status;

use super::super::model::{Align, Block, Cell, Column, Inline, ListKind, Table};
use super::super::wording;
use super::{Case, status_and_why};

/// How many findings of one rule are listed before the rest are counted.
const FINDINGS_OF_A_RULE: usize = 12;

/// How many KPIs that need attention a board sees before the rest are counted.
const WORST: usize = 6;

/// The summary.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let of = |kind: NodeKind| {
        case.graph
            .of_kind(kind)
            .map(|ix| case.graph.node(ix))
            .collect::<Vec<_>>()
    };
    let (investments, ends) = (of(NodeKind::Investment), of(NodeKind::EndOutcome));
    let mut out = vec![Block::heading_at(1, "Summary", "summary")];
    let total = total(case);
    let money = total.map(|total| wording::money(map, total));
    let outcomes: Vec<String> = ends.iter().map(|node| node.label().to_owned()).collect();
    let invested = match investments.len() {
        0 => "The map has no investments yet.".to_owned(),
        n => {
            let investments = wording::counted(n, "investment", "investments");
            match money {
                Some(money) => format!("The programme spends {money} on {investments}."),
                None => format!("The programme has {investments}."),
            }
        }
    };
    let steps = [
        (NodeKind::Enabler, "enabler", "enablers"),
        (NodeKind::BusinessChange, "business change", "business changes"),
    ];
    let steps: Vec<String> = (steps.into_iter())
        .map(|(kind, one, many)| (of(kind).len(), one, many))
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| wording::counted(n, one, many))
        .collect();
    let aims = match ends.len() {
        0 => "The map has no end outcomes yet.".to_owned(),
        n => format!(
            "{} bring about {}: {}.",
            match steps.is_empty() {
                true => "It is to".to_owned(),
                false => format!("Through {}, it is to", wording::row(&steps)),
            },
            wording::counted(n, "end outcome", "end outcomes"),
            wording::row(&outcomes)
        ),
    };
    out.push(Block::text(format!("{invested} {aims}")));
    let owners = map.named_owners();
    let owned = ends
        .iter()
        .filter(|node| owners.answering(node.owner.as_ref()).is_some())
        .count();
    let measured = ends
        .iter()
        .filter(|node| !case.records.kpis_of(&node.id).is_empty())
        .count();
    let sight = case.graph.sight();
    let aims = || case.graph.nodes().filter(|ix| sight.is_aim(*ix));
    let lines = aims().filter(|ix| sight.is_served(*ix)).count();
    let mut points = vec![
        format!(
            "{lines} of {} end outcomes have a line of sight from an investment that helps them.",
            aims().count()
        ),
        format!("{owned} of {} have an owner, and {measured} have a KPI.", ends.len()),
    ];
    if let Some(standing) = &case.standing {
        let mut of_status: BTreeMap<Status, usize> = BTreeMap::new();
        for outlook in &standing.kpis {
            *of_status.entry(outlook.status).or_default() += 1;
        }
        let told: Vec<String> = of_status
            .iter()
            .map(|(status, n)| format!("{n} {}", wording::status(*status).to_lowercase()))
            .collect();
        if !told.is_empty() {
            points.push(format!(
                "Of {}, as of {}: {}.",
                wording::count(standing.kpis.len(), "KPI", "KPIs"),
                map.language().day(standing.as_of),
                wording::row(&told)
            ));
        }
    }
    let mut points: Vec<Vec<Inline>> = points.into_iter().map(|point| vec![Inline::text(point)]).collect();
    if let Some(found) = &case.findings {
        points.push(match found.findings.len() {
            0 => vec![Inline::text(
                "The checks for a business case found no points to resolve.",
            )],
            n => vec![
                Inline::text(format!(
                    "The checks for a business case found {} to resolve, listed in ",
                    wording::counted(n, "point", "points")
                )),
                Inline::Reference("findings".to_owned()),
                Inline::text("."),
            ],
        });
    }
    out.push(Block::List {
        kind: ListKind::Bullets,
        items: points,
    });
    if let Some(table) = attention(case) {
        out.push(Block::text("What needs attention first:"));
        out.push(Block::Table(table));
    }
    out
}

/// What the programme is for.
pub(super) fn purpose(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "Strategic purpose", "purpose")];
    out.push(match map.purpose.trim() {
        "" => Block::note("The map has no purpose yet."),
        purpose => Block::text(purpose),
    });
    let ends: Vec<_> = (case.graph.of_kind(NodeKind::EndOutcome))
        .map(|ix| case.graph.node(ix))
        .collect();
    // A board has them in its summary and in the table of outcomes.
    if !ends.is_empty() && !case.is_short() {
        out.push(Block::text("The programme is to bring about these end outcomes:"));
        let items = ends.iter().map(|node| {
            let mut line = vec![Inline::Strong(node.label().to_owned())];
            if !node.description.trim().is_empty() {
                line.push(Inline::text(format!(". {}", node.description.trim())));
            }
            line
        });
        out.push(Block::List {
            kind: ListKind::Bullets,
            items: items.collect(),
        });
    }
    out
}

/// What all nodes cost; `None` where nothing says.
pub(super) fn total(case: &Case<'_, '_>) -> Option<Number> {
    case.map.cost_of_all(&case.map.nodes)
}

/// The sum of exact numbers; `None` of none.
pub(super) fn sum(mut amounts: impl Iterator<Item = Decimal>) -> Option<Number> {
    let first = amounts.next()?;
    amounts.try_fold(first, Decimal::checked_add).and_then(Number::rounded)
}

/// KPIs that are missed, off track or at risk.
fn attention(case: &Case<'_, '_>) -> Option<Table> {
    let standing = case.standing.as_ref()?;
    let mut worst: Vec<_> = standing.kpis.iter().filter(|o| o.status <= Status::AtRisk).collect();
    worst.sort_by_key(|outlook| outlook.status);
    if worst.is_empty() {
        return None;
    }
    let mut table = Table::new(
        "KPIs that need attention",
        [
            Column::new("KPI", 3.0),
            Column::new("Last value", 2.0),
            Column::new("Status and why", 3.0),
            Column::new("Owner", 1.7),
        ],
    );
    let most = if case.is_short() { WORST } else { usize::MAX };
    for outlook in worst.iter().take(most) {
        let kpi = outlook.kpi;
        let node = case.records.node(&kpi.node);
        let owner = node.and_then(|node| node.owner.as_ref());
        table.push([
            Cell::text(kpi.label()),
            Cell::text(
                wording::last_measured(outlook, case.map.language()).unwrap_or_else(|| "Not measured".to_owned()),
            ),
            status_and_why(outlook, case.map.language()),
            Cell::text(owner.map_or("No owner", |id| wording::owner(&case.records, id))),
        ]);
    }
    if worst.len() > most {
        table.push([Cell::text(format!("… and {} more", worst.len() - most))]);
    }
    Some(table)
}

/// What the checks find, gravest first.
pub(super) fn findings(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Points to resolve", "findings")];
    let Some(found) = &case.findings else {
        return out;
    };
    let all = &found.findings;
    if all.is_empty() {
        out.push(Block::text(
            "The checks for a business case found no points to resolve: the map meets every rule.",
        ));
        return out;
    }
    out.push(Block::text(format!(
        "The checks found {}. The table says where each is on the map, and what would resolve it.",
        wording::counted(all.len(), "point to resolve", "points to resolve")
    )));
    let mut table = Table::new(
        "Points to resolve, most serious first",
        [
            Column::new("Where", 2.4),
            Column::new("What", 3.4),
            Column::new("What to do", 3.4),
        ],
    );
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let mut of_rule: Vec<(&str, Vec<&Finding>)> = Vec::new();
        for finding in all.iter().filter(|f| f.severity == severity) {
            match of_rule.iter_mut().find(|(code, _)| *code == finding.code) {
                Some((_, known)) => known.push(finding),
                None => of_rule.push((finding.code, vec![finding])),
            }
        }
        for (code, known) in of_rule {
            let word = match severity {
                Severity::Error => "Error",
                Severity::Warning => "Warning",
                Severity::Note => "Note",
            };
            table.push_group(format!("{word} {code}: {}", known[0].rule.replace('-', " ")));
            for finding in known.iter().take(FINDINGS_OF_A_RULE) {
                table.push([
                    Cell::text(place(case, &finding.subject)),
                    Cell::text(wording::capital(&finding.message.replace('`', ""))),
                    Cell::text(wording::capital(&finding.help.replace('`', ""))),
                ]);
            }
            if known.len() > FINDINGS_OF_A_RULE {
                table.push([Cell::text(format!("… and {} more", known.len() - FINDINGS_OF_A_RULE))]);
            }
        }
    }
    out.push(Block::Table(table));
    out
}

/// A subject by its title, where it has one.
fn place(case: &Case<'_, '_>, subject: &Subject) -> String {
    let map = case.map;
    let title = |id: &str| {
        map.nodes
            .iter()
            .find(|node| node.id.as_str() == id)
            .map_or(id.to_owned(), |node| node.label().to_owned())
    };
    let words = subject.to_string();
    match words.split_once(' ') {
        Some(("node", id)) => title(id),
        Some(("link", ends)) => match ends.split_once(" -> ") {
            Some((from, to)) => format!("{} → {}", title(from), title(to)),
            None => words,
        },
        Some(("kpi", id)) => map
            .kpis
            .iter()
            .find(|kpi| kpi.id.as_str() == id)
            .map_or(words.clone(), |kpi| format!("KPI: {}", kpi.label())),
        Some(("owner", id)) => map
            .owners
            .iter()
            .find(|owner| owner.id.as_str() == id)
            .map_or(words.clone(), |owner| owner.label().to_owned()),
        Some(("risk", id)) => map
            .risks
            .iter()
            .find(|risk| risk.id.as_str() == id)
            .map_or(words.clone(), |risk| format!("Risk: {}", risk.title)),
        _ if words == "map" => "The map as a whole".to_owned(),
        _ => wording::capital(&words),
    }
}

/// Numbers are at the end of their cells.
pub(super) fn number_column(heading: impl Into<String>, share: f64) -> Column {
    Column::new(heading, share).align(Align::End)
}

/// The judgement of a strength of evidence.
pub(super) fn strength(strength: crate::map::Strength) -> Verdict {
    match strength {
        crate::map::Strength::Strong => Verdict::Good,
        crate::map::Strength::Moderate => Verdict::Good,
        crate::map::Strength::Weak => Verdict::Doubtful,
        crate::map::Strength::Assumed => Verdict::Open,
    }
}
