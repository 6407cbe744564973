//! The sheet on which every KPI's expected and actual values stand with their variances and statuses as formulas, so that
//! they follow what is typed.

use rust_decimal::Decimal;
use rust_xlsxwriter::Formula;

use super::super::register::{columns, figures};
use super::super::{Cell, Table, Values};
use crate::map::{BenefitMap, Day, Direction, Kpi, Number};
use crate::track::{self, Every, Measurements, Planned, Row, Status};

/// The name of the sheet. It is made from the map, so reading passes it over.
pub(super) const PROGRESS_SHEET: &str = "Progress";

// The letters that the formulas name; the order of the columns follows them.
const COLUMNS: &[(&str, Values)] = &[
    ("kpi", Values::Text),                // A
    ("title", Values::Text),              // B
    ("unit", Values::Text),               // C
    ("date", Values::Day),                // D
    ("expected", Values::Number),         // E
    ("actual", Values::Number),           // F
    ("variance", Values::Number),         // G
    ("variance_percent", Values::Number), // H
    ("status", Values::Text),             // I
    ("direction", Values::Text),          // J
    ("amber", Values::Number),            // K
    ("red", Values::Number),              // L
    ("final_target", Values::Number),     // M
    ("lower", Values::Number),            // N
    ("upper", Values::Number),            // O
    ("target", Values::Number),           // P
];
/// Where the actual values stand, which may be typed over.
pub(super) const ACTUAL: u16 = 5;
/// Where the first of the three formulas stands.
pub(super) const VARIANCE: u16 = 6;

/// The sheet: its values, and for each row the formulas of variance, variance % and status with what they come to.
pub(super) struct Progress {
    pub(super) table: Table,
    pub(super) formulas: Vec<[Formula; 3]>,
}

/// Every KPI that has a dated plan or a measurement, by id, period by period; `None` where there is none.
pub(super) fn progress(
    map: &BenefitMap,
    measurements: &Measurements,
    as_of: Option<Day>,
    every: Every,
) -> Option<Progress> {
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    let mut rows = Vec::new();
    let mut formulas = Vec::new();
    for kpi in kpis {
        let first = measurements.of(&kpi.id).first().map(|observed| observed.value);
        let plan = Planned::with_first_value(kpi, first);
        for row in track::trajectory_of(kpi, measurements, as_of, every) {
            formulas.push(formulas_of(&plan, &row, rows.len() + 2));
            rows.push(cells(kpi, &plan, &row));
        }
    }
    (!rows.is_empty()).then(|| Progress {
        table: Table {
            name: PROGRESS_SHEET.to_owned(),
            columns: columns(COLUMNS),
            rows,
        },
        formulas,
    })
}

fn cells(kpi: &Kpi, plan: &Planned, row: &Row<'_>) -> Vec<Cell> {
    let (amber, red) = plan.tolerances();
    let band = plan.band();
    let target = kpi.targets.iter().rfind(|target| target.date == Some(row.date));
    let mut cells = vec![
        Cell::text(kpi.id.as_str()),
        Cell::text(&kpi.title),
        Cell::text(&kpi.unit),
    ];
    cells.extend(figures(row));
    cells.extend([
        plan.direction().map_or(Cell::Empty, |way| Cell::text(way.as_str())),
        Number::rounded(amber).into(),
        Number::rounded(red).into(),
        plan.goal().map(|goal| goal.value).into(),
        band.and_then(|band| band.lower).into(),
        band.and_then(|band| band.upper).into(),
        target.filter(|_| band.is_none()).map(|target| target.value).into(),
    ]);
    cells
}

/// Variance, variance % and status of the row with that number, each with what it comes to now.
fn formulas_of(plan: &Planned, row: &Row<'_>, r: usize) -> [Formula; 3] {
    let is = |value: Option<Number>| value.map(|value| value.to_string()).unwrap_or_default();
    let (variance, held_against) = match plan.band() {
        Some(band) => {
            let below = band.lower.map(|_| format!("IF(F{r}<N{r},F{r}-N{r},"));
            let above = band.upper.map(|_| format!("IF(F{r}>O{r},F{r}-O{r},"));
            let parts: Vec<String> = [below, above].into_iter().flatten().collect();
            let outside = format!("{}0{}", parts.concat(), ")".repeat(parts.len()));
            let promised = if plan.promises(row.date) { "" } else { "TRUE," };
            let variance = format!("IF(OR({promised}F{r}=\"\"),\"\",ROUND({outside},10))");
            // The bound that it lies beyond; within the band the value itself, of which 0 is 0 %.
            (variance, format!("(F{r}-G{r})"))
        }
        None => (
            format!("IF(OR(E{r}=\"\",F{r}=\"\"),\"\",ROUND(F{r}-E{r},10))"),
            format!("E{r}"),
        ),
    };
    let percent = format!("IF(G{r}=\"\",\"\",IF({held_against}=0,\"\",ROUND(100*G{r}/ABS({held_against}),2)))");
    let status = format!(
        "IF(F{r}=\"\",\"{}\",{})",
        without_value(plan, row).as_str(),
        judged(plan, row, r)
    );
    [
        Formula::new(variance).set_result(is(row.variance)),
        Formula::new(percent).set_result(is(row.variance_percent)),
        Formula::new(status).set_result(row.status.as_str()),
    ]
}

/// How the row stands when nobody knows its value.
fn without_value(plan: &Planned, row: &Row<'_>) -> Status {
    match row.actual {
        None => row.status,
        Some(_) if plan.promises(row.date) => Status::NoData,
        Some(_) => Status::NotDue,
    }
}

/// The status of a value in `F`, in the order of the table in `docs/tracking.md`.
fn judged(plan: &Planned, row: &Row<'_>, r: usize) -> String {
    use Direction::{Decrease, Increase};
    let goal = plan.goal();
    let due = goal.is_some_and(|goal| goal.date.is_some_and(|due| due <= row.date));
    if let Some(band) = plan.band() {
        let outside = format!("ABS(G{r})");
        if due {
            return format!("IF({outside}=0,\"achieved\",\"missed\")");
        }
        if !plan.promises(row.date) {
            return format!("\"{}\"", Status::NotDue.as_str());
        }
        let sizes = (
            band.lower.map(|bound| scale(plan, bound, &format!("N{r}"))),
            band.upper.map(|bound| scale(plan, bound, &format!("O{r}"))),
        );
        let size = match sizes {
            (Some(lower), Some(upper)) => format!("IF(G{r}<0,{lower},{upper})"),
            (one, other) => one.or(other).unwrap_or_else(|| "1".to_owned()),
        };
        return beyond(&outside, &size, r);
    }
    let way = plan.direction();
    if let (Some(goal), true) = (goal, due) {
        let met = match way {
            Some(Increase) => format!("F{r}>=M{r}"),
            Some(Decrease) => format!("F{r}<=M{r}"),
            _ => {
                let size = scale(plan, goal.value, &format!("M{r}"));
                format!("ROUND(ABS(F{r}-M{r})-L{r}*{size},9)<=0")
            }
        };
        return format!("IF({met},\"achieved\",\"missed\")");
    }
    let short = match way {
        Some(Increase) => format!("E{r}-F{r}"),
        Some(Decrease) => format!("F{r}-E{r}"),
        _ => format!("ABS(F{r}-E{r})"),
    };
    let otherwise = match row.expected {
        Some(expected) => beyond(&short, &scale(plan, expected, &format!("E{r}")), r),
        None => format!("\"{}\"", Status::NotDue.as_str()),
    };
    let and_expected = match (row.expected, way) {
        (None, _) => "TRUE".to_owned(),
        (Some(_), Some(Increase)) => format!("F{r}>=E{r}"),
        (Some(_), _) => format!("F{r}<=E{r}"),
    };
    match (goal, way) {
        (Some(_), Some(Increase)) => format!("IF(AND(F{r}>=M{r},{and_expected}),\"achieved\",{otherwise})"),
        (Some(_), Some(Decrease)) => format!("IF(AND(F{r}<=M{r},{and_expected}),\"achieved\",{otherwise})"),
        _ => otherwise,
    }
}

/// What the tolerances in `K` and `L` make of a shortfall.
fn beyond(short: &str, size: &str, r: usize) -> String {
    format!(
        "IF(ROUND({short}-L{r}*{size},9)>0,\"off-track\",IF(ROUND({short}-K{r}*{size},9)>0,\"at-risk\",\"on-track\"))"
    )
}

/// What a tolerance is a share of: the value in the cell, or where that is zero the planned change.
fn scale(plan: &Planned, value: Number, cell: &str) -> String {
    if value != Number::ZERO {
        return format!("ABS({cell})");
    }
    let (low, high) = plan.tolerated(value, Decimal::ONE);
    low.or(high)
        .map_or("0".to_owned(), |reach| reach.decimal().abs().to_string())
}
