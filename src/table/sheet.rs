//! The tables that a map has, and their columns: one list for going out and coming back.

use crate::map::called::folded;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Cell, list};
use crate::map::record::{self, Field, Kind, Record};
use crate::map::{FreeFields, FreeValue, NodeKind, is_free_name};

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

/// A field that has a column, and the field of the record that it is inside of, if it is inside of one.
#[derive(Debug)]
pub(super) struct Placed {
    inside: Option<&'static str>,
    field: &'static Field,
    column: Column,
}

impl Placed {
    /// The field of the record that it is inside of, if it is inside of one; the field itself; and the name of its column.
    pub(super) fn parts(&self) -> (Option<&'static str>, &'static Field, &str) {
        (self.inside, self.field, &self.column.name)
    }
}

/// The fields of a record that have a column, as [`record`] describes it: one for a field; for a record inside, one for
/// each of its fields; for a list of records none, as these have a table of their own.
pub(super) fn placed(record: &'static Record) -> Vec<Placed> {
    let mut out = Vec::new();
    for field in record.fields {
        let inner = match field.kind {
            // They have a table of their own.
            Kind::Record(inner)
                if [&record::VALUE, &record::APPRAISAL, &record::DOCUMENT]
                    .iter()
                    .any(|own| std::ptr::eq(*own, inner)) =>
            {
                continue;
            }
            Kind::Record(inner) => inner,
            Kind::Trajectory => &record::TRAJECTORY,
            _ => {
                out.extend(values_of(&field.kind).map(|values| Placed {
                    inside: None,
                    field,
                    column: col(field.name, values),
                }));
                continue;
            }
        };
        for part in inner.fields {
            let name = match (field.name, inner.name) {
                // A date, a value, a share or a reason would not say of what.
                ("baseline" | "optimism_bias" | "deflator" | "multiplier" | "review" | "weights", _) | (_, "share") => {
                    Cow::Owned(format!("{}_{}", field.name, part.name))
                }
                _ => Cow::Borrowed(part.name),
            };
            out.extend(values_of(&part.kind).map(|values| Placed {
                inside: Some(field.name),
                field: part,
                column: Column { name, values },
            }));
        }
    }
    out
}

/// What the cells of a field of that kind hold; `None` for what has no cell.
fn values_of(kind: &Kind) -> Option<Values> {
    Some(match kind {
        Kind::Text | Kind::Threatened | Kind::Language => Text,
        Kind::Flag => Bool,
        Kind::Number | Kind::Whole { .. } => Number,
        Kind::Day => Day,
        Kind::Id => Id,
        Kind::Reference(record) => Reference(table_of(record)),
        Kind::Word(words) => Word(words),
        Kind::List(Kind::Text | Kind::Reference(_) | Kind::Number) => List,
        // Lists of records have a table, and the number of the format is that of the program.
        _ => return None,
    })
}

/// The cells of a record under the columns of its fields, in their order.
pub(super) fn cells(fields: &[Placed], record: &impl Serialize) -> Vec<Cell> {
    // A record is a structure with string keys and finite numbers: it always has a value.
    let record = serde_json::to_value(record).unwrap_or_default();
    let cell = |placed: &Placed| {
        let within = placed.inside.map_or(Some(&record), |outer| record.get(outer));
        match within.and_then(|within| within.get(placed.field.name)) {
            Some(value) => cell(value, placed.column.values),
            None => Cell::Empty,
        }
    };
    fields.iter().map(cell).collect()
}

fn cell(value: &Value, values: Values) -> Cell {
    match (value, values) {
        (value, Number) => crate::map::Number::deserialize(value).map_or(Cell::Empty, Cell::Number),
        (value, Day) => crate::map::Day::deserialize(value).map_or(Cell::Empty, Cell::Day),
        (Value::Bool(true), _) => Cell::Bool(true),
        (Value::String(text), _) => Cell::text(text),
        (Value::Array(entries), _) => {
            let text = |entry: &Value| match entry {
                Value::String(text) => text.clone(),
                number => crate::map::Number::deserialize(number).map_or(String::new(), |number| number.to_string()),
            };
            let texts: Vec<String> = entries.iter().map(text).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            Cell::text(list::join(&texts))
        }
        _ => Cell::Empty,
    }
}

/// The free fields of a record, as cells under their names.
///
/// A text that would come back as a number or as yes or no has an apostrophe before it, as texts have that a spreadsheet would run.
pub(super) fn free_cells(fields: &FreeFields) -> Vec<(String, Cell)> {
    let cells = fields.iter().map(|(name, value)| {
        let cell = match value {
            FreeValue::Text(text) if reads_as_value(text.trim_start_matches('\'')) => Cell::Text(format!("'{text}")),
            FreeValue::Text(text) => Cell::Text(text.clone()),
            FreeValue::Number(number) => Cell::Number(*number),
            FreeValue::Flag(flag) => Cell::Bool(*flag),
        };
        (name.to_owned(), cell)
    });
    cells.collect()
}

/// What a cell of a free field says; `None` where it is empty. The inverse of [`free_cells`].
pub(super) fn free_value(cell: &Cell) -> Option<FreeValue> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Number(number) => FreeValue::Number(*number),
        Cell::Bool(flag) => FreeValue::Flag(*flag),
        Cell::Text(text) => match text.as_str() {
            "true" => FreeValue::Flag(true),
            "false" => FreeValue::Flag(false),
            text if reads_as_value(text) => FreeValue::Number(crate::map::Number::new(text).ok()?),
            text => match text
                .strip_prefix('\'')
                .filter(|_| reads_as_value(text.trim_start_matches('\'')))
            {
                Some(marked) => FreeValue::Text(marked.to_owned()),
                None => FreeValue::Text(text.to_owned()),
            },
        },
        other => FreeValue::Text(other.to_text().into_owned()),
    })
}

/// Whether a text is a number as the format writes it, or a word for yes or no.
fn reads_as_value(text: &str) -> bool {
    matches!(text, "true" | "false") || crate::map::Number::new(text).is_ok_and(|number| number.to_string() == text)
}

/// The tables whose records have free fields.
pub(super) fn has_free_fields(table: &str) -> bool {
    matches!(table, "nodes" | "links" | "kpis" | "risks")
}

/// The name of a free field that a head is, whatever its case.
pub(super) fn free_head(table: &str, head: &str) -> Option<String> {
    let name = head.trim().to_lowercase();
    (has_free_fields(table) && is_free_name(&name)).then_some(name)
}

/// The table that holds the records of that description.
fn table_of(record: &'static Record) -> &'static str {
    if std::ptr::eq(record, &record::OPTION) {
        return "options";
    }
    let lists = record::MAP.fields.iter();
    lists
        .filter(|field| matches!(field.kind, Kind::List(Kind::Record(held)) if std::ptr::eq(*held, record)))
        .map(|field| field.name)
        .next()
        .unwrap_or_default()
}

/// The columns of a table of records: those that name what they belong to, then their own.
fn columns(belongs_to: &[Column], record: &'static Record, leave_out: &[&str]) -> Vec<Column> {
    let own = placed(record).into_iter();
    let own = own.filter(|placed| !leave_out.contains(&placed.inside.unwrap_or(placed.field.name)));
    belongs_to
        .iter()
        .cloned()
        .chain(own.map(|placed| placed.column))
        .collect()
}

/// Every table with its columns.
static COLUMNS: LazyLock<BTreeMap<&'static str, Vec<Column>>> = LazyLock::new(|| {
    let node = || col("node", Reference("nodes"));
    let kpi = || col("kpi", Reference("kpis"));
    let option = || col("option", Reference("options"));
    let ends = || [col("from", Reference("nodes")), col("to", Reference("nodes"))];
    let nth = |mut columns: Vec<Column>| {
        columns.push(NTH);
        columns
    };
    let mut about = columns(&[], &record::MAP, &["$schema", "arrangement"]);
    about.push(col("$schema", Text));
    BTreeMap::from([
        ("map", about),
        ("nodes", columns(&[], &record::NODE, &[])),
        ("links", columns(&[], &record::LINK, &[])),
        ("owners", columns(&[], &record::OWNER, &[])),
        ("kpis", columns(&[], &record::KPI, &[])),
        ("targets", nth(columns(&[kpi()], &record::TARGET, &[]))),
        ("trajectory", nth(columns(&[kpi()], &record::POINT, &[]))),
        ("evidence", nth(columns(&ends(), &record::EVIDENCE, &[]))),
        ("costs", nth(columns(&[node()], &record::COST, &[]))),
        ("stakeholders", nth(columns(&[node()], &record::STAKEHOLDER, &[]))),
        ("benefit_values", nth(columns(&[kpi()], &record::VALUE, &[]))),
        ("benefit_amounts", nth(columns(&[kpi()], &record::AMOUNT, &[]))),
        ("beneficiaries", nth(columns(&[kpi()], &record::BENEFICIARY, &[]))),
        ("risks", columns(&[], &record::RISK, &[])),
        (
            "responses",
            nth(columns(&[col("risk", Reference("risks"))], &record::RESPONSE, &[])),
        ),
        ("plans", columns(&[], &record::PLAN, &[])),
        (
            "activities",
            nth(columns(&[col("owner", Reference("owners"))], &record::ACTIVITY, &[])),
        ),
        ("partners", columns(&[], &record::PARTNER, &[])),
        ("reviews", columns(&[], &record::REVIEW, &[])),
        ("arrangement", vec![col("kind", Word(NodeKind::WORDS)), node()]),
        ("allow", columns(&[], &record::ALLOWANCE, &[])),
        ("document", columns(&[], &record::DOCUMENT, &[])),
        ("approvals", columns(&[], &record::APPROVAL, &[])),
        ("appraisal", columns(&[], &record::APPRAISAL, &[])),
        ("rate_bands", columns(&[], &record::RATE_BAND, &[])),
        ("deflator", columns(&[], &record::PRICE_INDEX, &[])),
        ("income_groups", columns(&[], &record::INCOME_GROUP, &[])),
        ("options", columns(&[], &record::OPTION, &[])),
        ("differences", nth(columns(&[option()], &record::DIFFERENCE, &[]))),
        ("measurements", MEASUREMENTS.to_vec()),
    ])
});

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
    "stakeholders",
    "benefit_values",
    "benefit_amounts",
    "beneficiaries",
    "risks",
    "responses",
    "plans",
    "activities",
    "partners",
    "reviews",
    "arrangement",
    "allow",
    "document",
    "approvals",
    "appraisal",
    "rate_bands",
    "deflator",
    "income_groups",
    "options",
    "differences",
];

/// The columns of the table of that name, in the order in which they are written, or nothing where the name is
/// neither in [`TABLES`] nor `measurements`.
pub fn known_columns(table: &str) -> &'static [Column] {
    COLUMNS.get(table).map_or(&[], Vec::as_slice)
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
        "stakeholders" => &["node", "who"],
        "approvals" => &["by"],
        "benefit_values" => &["kpi"],
        "benefit_amounts" => &["kpi", "year", "amount"],
        "beneficiaries" => &["kpi", "group", "share"],
        "appraisal" => &["base_year", "end"],
        "rate_bands" => &["from", "rate"],
        "deflator" => &["year", "level"],
        "income_groups" => &["name"],
        "options" => &["id"],
        "differences" => &["option", "of", "factor"],
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
        .map(|name| folded(name))
        .filter(|name| !name.is_empty())
        .collect();
    let score = |table: &str| {
        let has = |wanted: &str| names.iter().any(|name| *name == folded(wanted));
        let needed: &[&str] = match table {
            "nodes" => &["kind", "title"],
            // What an option or a value has alone: other tables have ids, kinds, titles and sources too.
            "options" => &["id", "nodes"],
            "approvals" => &["by", "role"],
            "benefit_values" => &["kpi", "class"],
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

/// The known name that was probably meant: one spelled nearly so, or one that is a word of the unknown name, as in
/// `owner_name`.
pub(super) fn nearest<'n>(unknown: &str, known: impl IntoIterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let unknown = folded(unknown);
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
