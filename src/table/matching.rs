//! Which row of a table is which of another: by id, and where rows have none by what they belong to.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use super::decision::shown;
use super::{Cell, Table};

/// A row whose cells can be asked for by the names of the columns.
pub(super) trait Row {
    /// What stands under that column, as text; empty where there is no such column.
    fn text(&self, column: &str) -> Cow<'_, str>;
}

/// A row of a table that goes out.
pub(super) struct Exported<'t> {
    table: &'t Table,
    cells: &'t [Cell],
}

impl Row for Exported<'_> {
    fn text(&self, column: &str) -> Cow<'_, str> {
        let at = self.table.columns.iter().position(|known| known.name == column);
        at.and_then(|at| self.cells.get(at)).map_or("".into(), Cell::to_text)
    }
}

/// The rows of a table that goes out.
pub(super) fn exported(table: &Table) -> Vec<Exported<'_>> {
    table.rows.iter().map(|cells| Exported { table, cells }).collect()
}

/// How the rows of a table tell one from another.
struct Identity {
    /// What a record of it is called.
    noun: &'static str,
    /// The columns that name the record that the row belongs to; none where it is a record of its own.
    parent: &'static [&'static str],
    /// The columns that tell it from the others of that record.
    own: &'static [&'static str],
}

fn identity(table: &str) -> Identity {
    let (noun, parent, own): (_, &'static [&'static str], &'static [&'static str]) = match table {
        "nodes" => ("node", &[], &["id"]),
        "links" => ("link", &[], &["from", "to"]),
        "owners" => ("owner", &[], &["id"]),
        "partners" => ("partner", &[], &["id"]),
        "kpis" => ("KPI", &[], &["id"]),
        "risks" => ("risk", &[], &["id"]),
        "activities" => ("activity", &[], &["id"]),
        "plans" => ("plan of", &[], &["owner"]),
        "targets" => ("target of", &["kpi"], &["date"]),
        "trajectory" => ("point of", &["kpi"], &["date"]),
        "evidence" => ("evidence for", &["from", "to"], &["source"]),
        "costs" => ("cost of", &["node"], &["year", "cost_centre"]),
        "stakeholders" => ("stakeholder of", &["node"], &["who"]),
        "document" => ("document control", &[], &[]),
        "approvals" => ("approval by", &[], &["by", "version"]),
        "benefit_values" => ("value of", &["kpi"], &[]),
        "benefit_amounts" => ("amount of", &["kpi"], &["year"]),
        "beneficiaries" => ("group that gains from", &["kpi"], &["group"]),
        "rate_bands" => ("rates of", &[], &["from"]),
        "deflator" => ("prices of", &[], &["year"]),
        "income_groups" => ("group of people", &[], &["name"]),
        "options" => ("option", &[], &["id"]),
        "differences" => ("difference of", &["option"], &["of"]),
        "appraisal" => ("appraisal", &[], &[]),
        "responses" => ("response to", &["risk"], &["action"]),
        "arrangement" => ("place of", &["node"], &["kind"]),
        "reviews" => ("review of", &[], &["subject", "by", "on"]),
        "allow" => ("allowance of", &[], &["rule", "subject"]),
        _ => ("map", &[], &[]),
    };
    Identity { noun, parent, own }
}

/// One row before and one after, or a row that has none on the other side; by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// The same record on both sides.
    Both(usize, usize),
    /// A record that is only before.
    Before(usize),
    /// A record that is only after.
    After(usize),
}

/// The rows matched: those before in their order, then those that are only after in theirs.
///
/// What is left over of the rows that belong to one record (targets of a KPI, costs of a node) is matched in order: a
/// target whose day was changed is the same target. Of several rows with one id the first is matched with the first.
pub(super) fn pairs<A: Row, B: Row>(table: &str, before: &[A], after: &[B]) -> Vec<Pair> {
    let Identity { parent, own, .. } = identity(table);
    let mut partner: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    let whole: Vec<&str> = parent.iter().chain(own).copied().collect();
    let mut match_by = |columns: &[&str]| {
        let mut waiting: BTreeMap<Vec<String>, VecDeque<usize>> = BTreeMap::new();
        for (at, row) in after.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            waiting.entry(key(row, columns)).or_default().push_back(at);
        }
        let mut matched = Vec::new();
        for (at, row) in before.iter().enumerate().filter(|(at, _)| partner[*at].is_none()) {
            let key = key(row, columns);
            // A row that says nothing of what it is matches no other.
            let says = columns.is_empty() || key.iter().any(|text| !text.is_empty());
            if let Some(with) = waiting.get_mut(&key).filter(|_| says).and_then(VecDeque::pop_front) {
                matched.push((at, with));
            }
        }
        for (at, with) in matched {
            partner[at] = Some(with);
            taken[with] = true;
        }
    };
    match_by(&whole);
    if !parent.is_empty() && table != "arrangement" {
        match_by(parent);
    }
    let olds = partner.iter().enumerate().map(|(at, with)| match with {
        Some(with) => Pair::Both(at, *with),
        None => Pair::Before(at),
    });
    let news = (0..after.len()).filter(|at| !taken[*at]).map(Pair::After);
    olds.chain(news).collect()
}

fn key(row: &impl Row, columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| row.text(column).into_owned()).collect()
}

/// What the row belongs to, in the words of [`name_elsewhere`]; a link belongs to nothing.
pub(super) fn belongs_to(table: &str, row: &impl Row) -> Vec<String> {
    let Identity { parent, .. } = identity(table);
    let of = match table {
        "targets" | "trajectory" | "benefit_values" | "benefit_amounts" => "kpis",
        "differences" => "options",
        "evidence" => "links",
        "costs" | "stakeholders" | "arrangement" => "nodes",
        "responses" => "risks",
        "activities" => return vec!["plans".to_owned(), row.text("owner").into_owned()],
        _ => return Vec::new(),
    };
    [of.to_owned()].into_iter().chain(key(row, parent)).collect()
}

/// What names the record in rows that belong to it: its table, then its own words.
pub(super) fn name_elsewhere(table: &str, row: &impl Row) -> Vec<String> {
    let Identity { own, .. } = identity(table);
    [table.to_owned()].into_iter().chain(key(row, own)).collect()
}

/// The record in words: ``node `bin-sensors` ``, ``target of `rounds-km`, 2028-03-31``.
pub(super) fn named(table: &str, row: &impl Row) -> String {
    let Identity { noun, parent, own } = identity(table);
    let ends = |columns: &[&str], between: &str| {
        let texts: Vec<String> = key(row, columns)
            .iter()
            .filter(|t| !t.is_empty())
            .map(|t| shown(t))
            .collect();
        texts.join(between)
    };
    match (parent, own) {
        ([], []) => noun.to_owned(),
        ([], own) => format!("{noun} `{}`", ends(own, if table == "links" { " -> " } else { ", " })),
        (parent, own) => {
            let rest = ends(own, ", ");
            let rest = if rest.is_empty() { rest } else { format!(", {rest}") };
            format!("{noun} `{}`{rest}", ends(parent, " -> "))
        }
    }
}
