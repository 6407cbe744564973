//! The rows of each table, made into records.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::decision::shown;
use super::super::{DecisionKind, Handling};
use super::names::{Names, Taken, Unknown};
use super::reader::{Log, Row, What, reads_as_footer};
use super::words::{AGGREGATIONS, DIRECTIONS, EFFECTS, INDICATORS, METHODS, PROFILES, STATUSES, STRENGTHS};
use super::{Sheets, appraisal, arrangement, control, money, reviews};
use crate::map::record::{self, Record};
use crate::map::written::{Bound, Edge, Meant, Purse};
use crate::map::{
    Activity, ActivityId, Allowance, BadId, Band, Baseline, BenefitMap, Effect, Evidence, Kpi, KpiId, Link,
    MeasurementPlan, NamedKind, Node, NodeId, NodeKind, OptionId, Owner, OwnerId, Partner, PartnerId, Period, Plan,
    Point, Response, ReviewPlan, Risk, RiskId, RiskStatus, Score, Target, Threatened, Tolerance, Trajectory,
};

/// How days of each sort are read.
const STARTS: (Edge, Bound) = (Edge::First, Bound::Plan);
const ENDS: (Edge, Bound) = (Edge::Last, Bound::Plan);
const MEASURED: (Edge, Bound) = (Edge::Last, Bound::Measured);

const MEND: &str = "Fill in the cell, or delete the row.";

/// All that cells may call the records of the map.
pub(super) struct Ids {
    pub(super) taken: Taken,
    owners: Names<OwnerId>,
    partners: Names<PartnerId>,
    pub(super) nodes: Names<NodeId>,
    kpis: Names<KpiId>,
    risks: Names<RiskId>,
    activities: Names<ActivityId>,
    pub(super) options: Names<OptionId>,
}

/// The map in the sheets.
pub(super) fn read(sheets: &Sheets<'_>, log: &mut Log) -> BenefitMap {
    let mut ids = Ids {
        taken: Taken::default(),
        owners: Names::new("owner", Unknown::Make),
        partners: Names::new("partner", Unknown::Make),
        nodes: Names::new("node", Unknown::Mend),
        kpis: Names::new("kpi", Unknown::Mend),
        risks: Names::new("risk", Unknown::Mend),
        activities: Names::new("activity", Unknown::Mend),
        options: Names::new("option", Unknown::Mend),
    };
    for table in ["owners", "partners", "nodes", "kpis", "risks", "activities", "options"] {
        for row in sheets.rows(table) {
            ids.taken.reserve(&row.cell("id").to_text());
        }
    }
    // Every record has its id before any cell refers to one, so that a reference follows an id that was mended.
    let taken = &mut ids.taken;
    let owner_ids = define(sheets, "owners", "name", &mut ids.owners, taken, log);
    let partner_ids = define(sheets, "partners", "name", &mut ids.partners, taken, log);
    let node_ids = define(sheets, "nodes", "title", &mut ids.nodes, taken, log);
    let kpi_ids = define(sheets, "kpis", "title", &mut ids.kpis, taken, log);
    let risk_ids = define(sheets, "risks", "title", &mut ids.risks, taken, log);
    let activity_ids = define(sheets, "activities", "title", &mut ids.activities, taken, log);
    let option_ids = define(sheets, "options", "title", &mut ids.options, taken, log);

    let mut map = about(sheets, log);
    log.period = map.period;
    log.purse = money::purse(sheets, &map.currency, log);
    for (row, id) in owner_ids {
        map.owners.push(Owner {
            id,
            name: row.text("name"),
            organisation: row.said("organisation", log),
            senior: row.truth("senior", log),
        });
    }
    for (row, id) in partner_ids {
        map.partners.push(Partner {
            id,
            name: row.text("name"),
        });
    }
    map.nodes = node_ids
        .into_iter()
        .map(|(row, id)| node(row, id, &mut ids, log))
        .collect();
    appraisal::costs(sheets, &mut map, &mut ids, log);
    control::stakeholders(sheets, &mut map, &mut ids, log);
    map.document = control::document(sheets, &mut ids, log);
    map.appraisal = appraisal::read(sheets, option_ids, &mut ids, log);
    links(sheets, &mut map, &mut ids, log);
    evidence(sheets, &mut map, &mut ids, log);
    for (row, id) in kpi_ids {
        map.kpis.extend(kpi(row, id, &mut ids, log));
    }
    targets(sheets, &mut map, &mut ids, log);
    points(sheets, &mut map, &mut ids, log);
    appraisal::values(sheets, &mut map, &mut ids, log);
    for (row, id) in risk_ids {
        let risk = risk(row, id, &mut ids, log);
        map.risks.push(risk);
    }
    responses(sheets, &mut map, &mut ids, log);
    for row in sheets.rows("plans") {
        let owner = ids.owners.refer(&row.text("owner"), &row, "owner", &mut ids.taken, log);
        match owner {
            Some(owner) => map.plans.push(Plan {
                owner,
                activities: Vec::new(),
            }),
            None => homeless(&row, "owner", "the plan has no owner, so it was left out", log),
        }
    }
    activities(activity_ids, &mut map, &mut ids, log);
    map.arrangement = arrangement::read(sheets, &map.nodes, &mut ids.nodes, &mut ids.taken, log);
    map.reviews = reviews::read(sheets, &mut ids.owners, &mut ids.taken, log);
    for row in sheets.rows("allow") {
        map.allow.push(Allowance {
            rule: row.text("rule"),
            subject: row.text("subject"),
            reason: row.said("reason", log),
            by: row.text("by"),
            until: row.day("until", ENDS, "the last day of the allowance", log),
        });
    }
    map.owners.extend(ids.owners.made.into_iter().map(|(id, name)| Owner {
        id,
        name,
        organisation: String::new(),
        senior: false,
    }));
    map.partners
        .extend(ids.partners.made.into_iter().map(|(id, name)| Partner { id, name }));
    map
}

fn define<'s, I: FromStr<Err = BadId> + Clone + std::fmt::Display>(
    sheets: &'s Sheets<'_>,
    table: &str,
    name: &str,
    names: &mut Names<I>,
    taken: &mut Taken,
    log: &mut Log,
) -> Vec<(Row<'s>, I)> {
    sheets
        .rows(table)
        .filter_map(|row| {
            if let Some(text) = row.lone_text().filter(|_| table == "nodes") {
                note(&row, &text, log);
                return None;
            }
            Some((row, names.define(&row, &row.text(name), taken, log)?))
        })
        .collect()
}

/// Tells of a row that holds one text alone. What is plainly a heading, a total or a note is left out; what could be a box
/// that somebody began to write is a fault.
fn note(row: &Row<'_>, text: &str, log: &mut Log) {
    let numbered = text
        .split_once(['.', ')'])
        .is_some_and(|(head, _)| head.chars().count() <= 3);
    let shouted = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let plainly = numbered || shouted || text.ends_with(['.', ':']) || reads_as_footer(text);
    let what = What {
        kind: DecisionKind::NoteRow,
        handling: if plainly { Handling::LeftOut } else { Handling::Fault },
        message: format!(
            "the row holds `{}` and nothing else, so it was taken for a heading or a note and left out",
            shown(text)
        ),
        help: "If it is a box, give it an id and a kind.",
    };
    row.say(log, None, what);
}

/// Tells of a row that does not say what it belongs to; nothing where the cell was unreadable and told before.
pub(super) fn homeless(row: &Row<'_>, column: &str, message: &str, log: &mut Log) {
    row.missing(column, Handling::Fault, message, MEND, log);
}

/// Tells of a row without the value that it is for: often one that is still to come.
pub(super) fn valueless(row: &Row<'_>, column: &str, message: &str, log: &mut Log) {
    row.missing(column, Handling::LeftOut, message, MEND, log);
}

/// Where the records of one table stand in the map, by their id.
pub(super) fn places<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, Vec<usize>> {
    let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.enumerate() {
        places.entry(key).or_default().push(at);
    }
    places
}

/// Where the record stands that the row belongs to; told where there is none.
pub(super) fn belongs<K: Ord>(
    places: &BTreeMap<K, Vec<usize>>,
    key: &K,
    row: &Row<'_>,
    (column, named): (&str, String),
    log: &mut Log,
) -> Option<usize> {
    let nth = row
        .whole("nth", ("count", "Write 1 for the first."), usize_from_one, log)
        .unwrap_or(1);
    let at = places.get(key).and_then(|all| all.get(nth - 1)).copied();
    if at.is_none() {
        let what = What {
            kind: DecisionKind::NoSuchRecord,
            handling: Handling::Fault,
            message: format!("the map has no {named}, so the row was left out"),
            help: "Add what it belongs to, or correct the reference.",
        };
        row.say(log, Some(column), what);
    }
    at
}

fn usize_from_one(n: u64) -> Option<usize> {
    usize::try_from(n).ok().filter(|n| *n > 0)
}

fn about(sheets: &Sheets<'_>, log: &mut Log) -> BenefitMap {
    let mut map = BenefitMap::default();
    for (i, row) in sheets.rows("map").enumerate() {
        if i > 0 {
            let what = What {
                kind: DecisionKind::SecondMapRow,
                handling: Handling::LeftOut,
                message: "a map has one row in this table, so this one was left out".to_owned(),
                help: "Keep the row of this map.",
            };
            row.say(log, None, what);
            continue;
        }
        map.title = row.text("title");
        map.purpose = row.text("purpose");
        map.currency = row.text("currency");
        map.language = row.language("language", log);
        map.schema = row.text("$schema");
        let (start, end) = (row.day("start", STARTS, "it", log), row.day("end", ENDS, "it", log));
        map.period = (start.is_some() || end.is_some()).then_some(Period { start, end });
    }
    map
}

fn node(row: Row<'_>, id: NodeId, ids: &mut Ids, log: &mut Log) -> Node {
    let stand_in = |kind, message: String, help: &str, log: &mut Log| {
        let what = What {
            kind,
            handling: Handling::Fault,
            message,
            help,
        };
        row.say(log, Some("kind"), what);
        NodeKind::Enabler
    };
    let named = NamedKind::of(&row.text("kind"));
    let kind = match row.meant_or_help("kind", |_, _| named.map(|named| named.kind), log) {
        Ok(Some(kind)) => kind,
        Ok(None) => stand_in(
            DecisionKind::MissingValue,
            "the node has no kind, and is treated as an enabler until it has one".to_owned(),
            "Write investment, enabler, business-change, intermediate-outcome or end-outcome.",
            log,
        ),
        Err(help) => stand_in(
            DecisionKind::UnreadableWord,
            format!(
                "`{}` is not a kind of node, so the node is treated as an enabler until it has one",
                shown(&row.text("kind"))
            ),
            &help,
            log,
        ),
    };
    let mut node = Node::new(id, kind, row.text("title"));
    node.description = row.text("description");
    node.owner = ids.owners.refer(&row.text("owner"), &row, "owner", &mut ids.taken, log);
    node.start = row.day("start", STARTS, "it", log);
    node.due = row.day("due", ENDS, "it", log);
    node.quick_win = row.truth("quick_win", log);
    node.disbenefit = row.truth("disbenefit", log) || named.is_some_and(|named| named.disbenefit);
    node.unintended = row.truth("unintended", log) || named.is_some_and(|named| named.unintended);
    node.partners = row
        .list("partners")
        .iter()
        .filter_map(|text| ids.partners.refer(text, &row, "partners", &mut ids.taken, log))
        .collect();
    node.tags = row.list("tags");
    node.objectives = row.list("objectives");
    node.constraints = row.list("constraints");
    let review = ReviewPlan {
        next: row.day("review_next", ENDS, "it", log),
        reporting_line: row.text("review_reporting_line"),
    };
    node.review = (review != ReviewPlan::default()).then_some(review);
    node.free = row.free();
    node
}

/// Both ends of a link or of its evidence; told where one is missing.
fn ends(row: &Row<'_>, what: &str, ids: &mut Ids, log: &mut Log) -> Option<(NodeId, NodeId)> {
    let from = ids.nodes.refer(&row.text("from"), row, "from", &mut ids.taken, log);
    let to = ids.nodes.refer(&row.text("to"), row, "to", &mut ids.taken, log);
    for (end, column) in [(&from, "from"), (&to, "to")] {
        if end.is_none() {
            homeless(
                row,
                column,
                &format!("the {what} does not name a node here, so it was left out"),
                log,
            );
        }
    }
    Some((from?, to?))
}

fn links(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    for row in sheets.rows("links") {
        let Some((from, to)) = ends(&row, "link", ids, log) else {
            continue;
        };
        let mut link = with_prose(Link::new(from, to), &record::LINK, &row, log);
        link.contribution = row.number("contribution", Meant::Share, "it", log);
        link.effect = row.word("effect", EFFECTS, log).unwrap_or(Effect::Supports);
        link.feedback = row.truth("feedback", log);
        link.assumptions = row.list("assumptions");
        link.free = row.free();
        map.links.push(link);
    }
}

fn evidence(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.links.iter().map(|link| (link.from.clone(), link.to.clone())));
    for row in sheets.rows("evidence") {
        let Some(ends) = ends(&row, "evidence", ids, log) else {
            continue;
        };
        let named = format!("link `{} -> {}`", ends.0, ends.1);
        if let Some(at) = belongs(&places, &ends, &row, ("from", named), log) {
            map.links[at].evidence.push(Evidence {
                source: row.said("source", log),
                strength: row.word("strength", STRENGTHS, log),
                url: row.said("url", log),
            });
        }
    }
}

/// The record with every text in sentences that its description knows, as the row has it.
fn with_prose<T: Serialize + DeserializeOwned>(made: T, described: &'static Record, row: &Row<'_>, log: &mut Log) -> T {
    let prose = described.fields.iter().filter(|field| field.is_prose());
    let said = prose.map(|field| (field.name.to_owned(), Value::from(row.said(field.name, log))));
    let said: Map<String, Value> = said.filter(|(_, text)| *text != "").collect();
    if said.is_empty() {
        return made;
    }
    let whole = serde_json::to_value(&made).map(|mut whole| {
        if let Value::Object(fields) = &mut whole {
            fields.extend(said);
        }
        whole
    });
    // Texts fit wherever the description has a text.
    whole.and_then(serde_json::from_value).unwrap_or(made)
}

fn kpi(row: Row<'_>, id: KpiId, ids: &mut Ids, log: &mut Log) -> Option<Kpi> {
    let Some(node) = ids.nodes.refer(&row.text("node"), &row, "node", &mut ids.taken, log) else {
        homeless(&row, "node", "the KPI does not name a node, so it was left out", log);
        return None;
    };
    let mut kpi = with_prose(Kpi::new(id, node, row.text("title")), &record::KPI, &row, log);
    kpi.free = row.free();
    kpi.indicator = row.word("indicator", INDICATORS, log);
    kpi.unit = row.text("unit");
    kpi.direction = row.word("direction", DIRECTIONS, log);
    kpi.aggregation = row.word("aggregation", AGGREGATIONS, log);
    let purse = log.purse.clone();
    let unit = kpi.unit.clone();
    let value = value_in(&unit, &purse);
    let lower = row.number("lower", value, "the bound", log);
    let upper = row.number("upper", value, "the bound", log);
    kpi.band = (lower.is_some() || upper.is_some()).then_some(Band { lower, upper });
    let date = row.day("baseline_date", MEASURED, "it", log);
    kpi.baseline = row
        .number("baseline_value", value, "the baseline", log)
        .map(|value| Baseline { date, value });
    if date.is_some() {
        row.missing(
            "baseline_value",
            Handling::LeftOut,
            "the baseline has a date but no value, so the date was left out",
            "Fill in the value that was measured on that day.",
            log,
        );
    }
    kpi.trajectory = row.word("profile", PROFILES, log).map(Trajectory::Profile);
    let amber = row.number("amber", Meant::Share, "it", log);
    let red = row.number("red", Meant::Share, "it", log);
    kpi.tolerance = (amber.is_some() || red.is_some()).then_some(Tolerance { amber, red });
    let plan = MeasurementPlan {
        method: row.word("method", METHODS, log),
        source: row.said("source", log),
        frequency: row.said("frequency", log),
        responsible: ids
            .owners
            .refer(&row.text("responsible"), &row, "responsible", &mut ids.taken, log),
    };
    kpi.measurement = (plan != MeasurementPlan::default()).then_some(plan);
    Some(kpi)
}

/// A value of a KPI of that unit.
fn value_in<'m>(unit: &'m str, purse: &'m Purse) -> Meant<'m> {
    Meant::Value { unit, purse }
}

/// The KPI that a row of values belongs to, by its place in the map.
pub(super) fn kpi_of(
    row: &Row<'_>,
    what: &str,
    places: &BTreeMap<KpiId, Vec<usize>>,
    ids: &mut Ids,
    log: &mut Log,
) -> Option<usize> {
    let Some(id) = ids.kpis.refer(&row.text("kpi"), row, "kpi", &mut ids.taken, log) else {
        homeless(
            row,
            "kpi",
            &format!("the {what} does not name a KPI, so it was left out"),
            log,
        );
        return None;
    };
    belongs(places, &id, row, ("kpi", format!("KPI `{id}`")), log)
}

fn targets(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.kpis.iter().map(|kpi| kpi.id.clone()));
    for row in sheets.rows("targets") {
        let Some(at) = kpi_of(&row, "target", &places, ids, log) else {
            continue;
        };
        let (unit, purse) = (map.kpis[at].unit.clone(), log.purse.clone());
        match row.number("value", value_in(&unit, &purse), "the target", log) {
            Some(value) => map.kpis[at].targets.push(Target {
                date: row.day("date", ENDS, "the date", log),
                value,
            }),
            None => valueless(&row, "value", "the target has no value, so it was left out", log),
        }
    }
}

fn points(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.kpis.iter().map(|kpi| kpi.id.clone()));
    for row in sheets.rows("trajectory") {
        let Some(at) = kpi_of(&row, "point", &places, ids, log) else {
            continue;
        };
        let date = row.day("date", ENDS, "the point", log);
        let (unit, purse) = (map.kpis[at].unit.clone(), log.purse.clone());
        let value = row.number("value", value_in(&unit, &purse), "the point", log);
        let (Some(date), Some(value)) = (date, value) else {
            for (lacks, column) in [(date.is_none(), "date"), (value.is_none(), "value")] {
                if lacks {
                    valueless(
                        &row,
                        column,
                        &format!("the point has no {column}, so it was left out"),
                        log,
                    );
                }
            }
            continue;
        };
        let kpi = &mut map.kpis[at];
        if let Some(Trajectory::Profile(profile)) = kpi.trajectory {
            let what = What {
                kind: DecisionKind::Superseded,
                handling: Handling::LeftOut,
                message: format!(
                    "the KPI `{}` has points, so its profile `{profile}` was left out",
                    kpi.id
                ),
                help: "Keep the profile or the points.",
            };
            row.say(log, Some("kpi"), what);
            kpi.trajectory = None;
        }
        let point = Point { date, value };
        match &mut kpi.trajectory {
            Some(Trajectory::Points(points)) => points.push(point),
            other => *other = Some(Trajectory::Points(vec![point])),
        }
    }
}

fn risk(row: Row<'_>, id: RiskId, ids: &mut Ids, log: &mut Log) -> Risk {
    let score = |n| Score::new(n).ok();
    let meant = ("a score", "Write a whole number from 1 to 5.");
    let threatens = row.text("threatens");
    let mut end = |text: &str| ids.nodes.refer(text.trim(), &row, "threatens", &mut ids.taken, log);
    let threatens = match threatens.split_once("->").or_else(|| threatens.split_once('→')) {
        Some((from, to)) => end(from).and_then(|from| Some(Threatened::Link { from, to: end(to)? })),
        None => end(&threatens).map(Threatened::Node),
    };
    Risk {
        id,
        title: row.text("title"),
        threatens,
        likelihood: row.whole("likelihood", meant, score, log),
        impact: row.whole("impact", meant, score, log),
        owner: ids.owners.refer(&row.text("owner"), &row, "owner", &mut ids.taken, log),
        responses: Vec::new(),
        close_by: row.day("close_by", ENDS, "it", log),
        status: row.word("status", STATUSES, log).unwrap_or(RiskStatus::Open),
        free: row.free(),
    }
}

fn responses(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.risks.iter().map(|risk| risk.id.clone()));
    for row in sheets.rows("responses") {
        let Some(id) = ids.risks.refer(&row.text("risk"), &row, "risk", &mut ids.taken, log) else {
            homeless(
                &row,
                "risk",
                "the response does not name a risk, so it was left out",
                log,
            );
            continue;
        };
        let purse = log.purse.clone();
        if let Some(at) = belongs(&places, &id, &row, ("risk", format!("risk `{id}`")), log) {
            map.risks[at].responses.push(Response {
                action: row.text("action"),
                cost: row.number("cost", Meant::Money(&purse), "it", log),
                chosen: row.truth("chosen", log),
            });
        }
    }
}

fn activities(rows: Vec<(Row<'_>, ActivityId)>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let mut places = places(map.plans.iter().map(|plan| plan.owner.clone()));
    for (row, id) in rows {
        let Some(owner) = ids.owners.refer(&row.text("owner"), &row, "owner", &mut ids.taken, log) else {
            homeless(
                &row,
                "owner",
                "the activity does not name an owner, so it was left out",
                log,
            );
            continue;
        };
        // Activities make a plan, so a plan need not be listed.
        if !places.contains_key(&owner) {
            places.insert(owner.clone(), vec![map.plans.len()]);
            map.plans.push(Plan {
                owner: owner.clone(),
                activities: Vec::new(),
            });
        }
        let Some(at) = belongs(&places, &owner, &row, ("owner", format!("plan of `{owner}`")), log) else {
            continue;
        };
        let activity = Activity {
            id,
            title: row.text("title"),
            node: ids.nodes.refer(&row.text("node"), &row, "node", &mut ids.taken, log),
            start: row.day("start", STARTS, "it", log),
            end: row.day("end", ENDS, "it", log),
            after: row
                .list("after")
                .iter()
                .filter_map(|text| ids.activities.refer(text, &row, "after", &mut ids.taken, log))
                .collect(),
            priority: row.whole(
                "priority",
                ("whole number", "Write a whole number; 1 is the most urgent."),
                |n| u16::try_from(n).ok(),
                log,
            ),
        };
        map.plans[at].activities.push(activity);
    }
}
