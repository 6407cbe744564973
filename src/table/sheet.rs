//! The tables that a map has, and their columns: one list for going out and coming back.

use std::borrow::Cow;

use crate::map::{Aggregation, Direction, Effect, Indicator, Method, NodeKind, Profile, RiskStatus, Says, Strength};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values {
    /// The id of the row's own record.
    Id,
    /// The id of a record in the table of that name.
    Reference(&'static str),
    /// Open text.
    Text,
    /// Several texts or ids with `;` between them.
    List,
    /// A number.
    Number,
    /// A day.
    Day,
    /// `true`, or nothing.
    Bool,
    /// One word of a closed list.
    Word(&'static [&'static str]),
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// As it stands in the header: one of the names that a table has, or in a grid the title of something on the map.
    pub name: Cow<'static, str>,
    /// What its cells hold.
    pub values: Values,
}

const fn col(name: &'static str, values: Values) -> Column {
    let name = Cow::Borrowed(name);
    Column { name, values }
}

use Values::{Bool, Day, Id, List, Number, Reference, Text, Word};

const MAP: &[Column] = &[
    col("title", Text),
    col("purpose", Text),
    col("start", Day),
    col("end", Day),
    col("currency", Text),
    col("$schema", Text),
];
const NODES: &[Column] = &[
    col("id", Id),
    col("kind", Word(NodeKind::WORDS)),
    col("title", Text),
    col("description", Text),
    col("owner", Reference("owners")),
    col("start", Day),
    col("due", Day),
    col("quick_win", Bool),
    col("disbenefit", Bool),
    col("unintended", Bool),
    col("partners", List),
    col("tags", List),
];
const LINKS: &[Column] = &[
    col("from", Reference("nodes")),
    col("to", Reference("nodes")),
    col("rationale", Text),
    col("contribution", Number),
    col("effect", Word(Effect::WORDS)),
    col("feedback", Bool),
    col("assumptions", List),
];
const OWNERS: &[Column] = &[
    col("id", Id),
    col("name", Text),
    col("organisation", Text),
    col("senior", Bool),
];
const KPIS: &[Column] = &[
    col("id", Id),
    col("node", Reference("nodes")),
    col("title", Text),
    col("indicator", Word(Indicator::WORDS)),
    col("unit", Text),
    col("direction", Word(Direction::WORDS)),
    col("aggregation", Word(Aggregation::WORDS)),
    col("lower", Number),
    col("upper", Number),
    col("baseline_date", Day),
    col("baseline_value", Number),
    col("profile", Word(Profile::WORDS)),
    col("amber", Number),
    col("red", Number),
    col("method", Word(Method::WORDS)),
    col("source", Text),
    col("frequency", Text),
    col("responsible", Reference("owners")),
];
const DATED: &[Column] = &[
    col("kpi", Reference("kpis")),
    col("date", Day),
    col("value", Number),
    NTH,
];
const EVIDENCE: &[Column] = &[
    col("from", Reference("nodes")),
    col("to", Reference("nodes")),
    col("source", Text),
    col("strength", Word(Strength::WORDS)),
    col("url", Text),
    NTH,
];
const COSTS: &[Column] = &[
    col("node", Reference("nodes")),
    col("year", Text),
    col("amount", Number),
    col("cost_centre", Text),
    NTH,
];
const RISKS: &[Column] = &[
    col("id", Id),
    col("title", Text),
    col("threatens", Text),
    col("likelihood", Number),
    col("impact", Number),
    col("owner", Reference("owners")),
    col("close_by", Day),
    col("status", Word(RiskStatus::WORDS)),
];
const RESPONSES: &[Column] = &[
    col("risk", Reference("risks")),
    col("action", Text),
    col("cost", Number),
    col("chosen", Bool),
    NTH,
];
const PLANS: &[Column] = &[col("owner", Reference("owners"))];
const ACTIVITIES: &[Column] = &[
    col("owner", Reference("owners")),
    col("id", Id),
    col("title", Text),
    col("node", Reference("nodes")),
    col("start", Day),
    col("end", Day),
    col("after", List),
    col("priority", Number),
    NTH,
];
const PARTNERS: &[Column] = &[col("id", Id), col("name", Text)];
const ARRANGEMENT: &[Column] = &[col("kind", Word(NodeKind::WORDS)), col("node", Reference("nodes"))];
const REVIEWS: &[Column] = &[
    col("subject", Text),
    col("by", Reference("owners")),
    col("on", Day),
    col("says", Word(Says::WORDS)),
    col("note", Text),
    col("fingerprint", Text),
];
const ALLOW: &[Column] = &[
    col("rule", Text),
    col("subject", Text),
    col("reason", Text),
    col("by", Text),
    col("until", Day),
];
const MEASUREMENTS: &[Column] = &[
    col("kpi", Reference("kpis")),
    col("date", Day),
    col("value", Number),
    col("source", Text),
    col("note", Text),
];

/// Which of several records of one id a row belongs to, counted from 1. Two nodes of one id are a fault, but one that
/// going out and coming back must not hide; so the column is written only where it is needed.
pub(super) const NTH: Column = col("nth", Number);

/// Every table that belongs to a map, in the order in which they are written; `measurements`, which is data beside
/// the map, is not among them.
pub const TABLES: &[&str] = &[
    "map",
    "nodes",
    "links",
    "owners",
    "kpis",
    "targets",
    "trajectory",
    "evidence",
    "costs",
    "risks",
    "responses",
    "plans",
    "activities",
    "partners",
    "reviews",
    "arrangement",
    "allow",
];

/// The columns of the table of that name, in the order in which they are written, or nothing where the name is
/// neither in [`TABLES`] nor `measurements`.
pub fn known_columns(table: &str) -> &'static [Column] {
    match table {
        "map" => MAP,
        "nodes" => NODES,
        "links" => LINKS,
        "owners" => OWNERS,
        "kpis" => KPIS,
        "targets" | "trajectory" => DATED,
        "evidence" => EVIDENCE,
        "costs" => COSTS,
        "risks" => RISKS,
        "responses" => RESPONSES,
        "plans" => PLANS,
        "activities" => ACTIVITIES,
        "partners" => PARTNERS,
        "reviews" => REVIEWS,
        "arrangement" => ARRANGEMENT,
        "allow" => ALLOW,
        "measurements" => MEASUREMENTS,
        _ => &[],
    }
}

/// How far down the row that names the columns is looked for, in rows that are not blank.
pub(super) const HEADER_WITHIN: usize = 10;

/// The columns without which no row of the table can be taken. A table of nodes is dealt with by itself.
pub(super) fn required_columns(table: &str) -> &'static [&'static str] {
    match table {
        "links" | "evidence" => &["from", "to"],
        "kpis" => &["node"],
        "targets" => &["kpi", "value"],
        "trajectory" | "measurements" => &["kpi", "date", "value"],
        "costs" => &["node", "amount"],
        "responses" => &["risk"],
        "plans" | "activities" => &["owner"],
        "reviews" => &["subject", "by", "says"],
        _ => &[],
    }
}

/// The table whose columns these are, where they are those of one alone: at least three of them and half of all, with those
/// that it cannot do without.
pub(super) fn recognise(header: &[String]) -> Option<&'static str> {
    let names: Vec<String> = header
        .iter()
        .map(|name| fold(name))
        .filter(|name| !name.is_empty())
        .collect();
    let score = |table: &str| {
        let has = |wanted: &str| names.iter().any(|name| *name == fold(wanted));
        let needed: &[&str] = match table {
            "nodes" => &["kind", "title"],
            other => required_columns(other),
        };
        let known = known_columns(table).iter().filter(|column| has(&column.name)).count();
        let whole = !needed.is_empty() && needed.iter().all(|name| has(name));
        if whole && known >= 3 && known * 2 >= names.len() {
            known
        } else {
            0
        }
    };
    let most = TABLES.iter().map(|table| score(table)).max().filter(|most| *most > 0)?;
    let mut best = TABLES.iter().copied().filter(|table| score(table) == most);
    best.next().filter(|_| best.next().is_none())
}

/// The column that is meant by another name that people and graph tools give it, in folded form.
pub(super) fn other_name(table: &str, folded: &str) -> Option<&'static str> {
    match (table, folded) {
        ("links", "source") | ("evidence", "link_from") => Some("from"),
        ("links", "target") | ("evidence", "link_to") => Some("to"),
        ("nodes", "type" | "stage" | "category") => Some("kind"),
        ("nodes" | "kpis" | "risks" | "activities", "name" | "label") => Some("title"),
        ("nodes", "due_date" | "end") => Some("due"),
        ("kpis", "baseline") => Some("baseline_value"),
        ("targets" | "measurements", "kpi_id") => Some("kpi"),
        ("targets", "target") | ("measurements", "actual") => Some("value"),
        _ => None,
    }
}

/// A name of a table or a column with all that people write differently taken away: lower case, and everything
/// between letters and digits as one `_`.
pub(super) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    if out.ends_with('_') {
        out.pop();
    }
    out
}

/// The known name that was probably meant: one spelled nearly so, or one that is a word of the unknown name, as in
/// `owner_name`.
pub(super) fn nearest<'n>(unknown: &str, known: impl IntoIterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let unknown = fold(unknown);
    crate::finding::nearest(&unknown, known.clone()).or_else(|| {
        let is_part = |name: &&str| name.len() > 2 && unknown.split('_').any(|part| part == *name);
        known.into_iter().find(is_part)
    })
}

/// A column as spreadsheets letter it: A for 0, AA for 26.
pub(super) fn letters(mut at: usize) -> String {
    let mut out = String::new();
    loop {
        out.insert(0, char::from(b'A' + (at % 26) as u8));
        if at < 26 {
            return out;
        }
        at = at / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        for (at, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(at), name);
        }
    }
}
