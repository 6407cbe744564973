//! The sheet on which every KPI's expected and actual values stand with their variances and statuses as formulas, so that
//! they follow what is typed.

use crate::map::called::folded;
use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_xlsxwriter::Formula;

use super::super::decision::shown;
use super::super::register::{columns, figures};
use super::super::sheet::letters;
use super::super::{Cell, Decision, DecisionKind, Handling, RawRow, RawTable, Table, Values};
use crate::map::{BenefitMap, Day, Direction, Kpi, Number};
use crate::track::{self, Every, Measurements, Observation, Planned, Row, Status};

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
    ("measured_on", Values::Day),         // G
    ("expected_then", Values::Number),    // H
    ("variance", Values::Number),         // I
    ("variance_percent", Values::Number), // J
    ("status", Values::Text),             // K
    ("direction", Values::Text),          // L
    ("amber", Values::Number),            // M
    ("red", Values::Number),              // N
    ("final_target", Values::Number),     // O
    ("lower", Values::Number),            // P
    ("upper", Values::Number),            // Q
    ("target", Values::Number),           // R
    (AS_WRITTEN, Values::Text),           // S
];
/// The column, which is not shown, that keeps what the row held when it was written, so that a figure which somebody changed
/// is found on the way back.
pub(super) const AS_WRITTEN: &str = "as_written";
/// What stands between the figures in it; no figure, day or word of a direction has one.
const BETWEEN: &str = "|";
/// The column of [`AS_WRITTEN`].
pub(super) const KEPT: u16 = 18;
/// The figures that it keeps, each with where it belongs.
const FIGURES: &[(&str, Belongs)] = &[
    ("kpi", Belongs::Kpis),
    ("date", Belongs::Measurements),
    ("expected", Belongs::Targets),
    ("actual", Belongs::Measurements),
    ("measured_on", Belongs::Measurements),
    ("expected_then", Belongs::Targets),
    ("direction", Belongs::Kpis),
    ("amber", Belongs::Kpis),
    ("red", Belongs::Kpis),
    ("final_target", Belongs::Targets),
    ("lower", Belongs::Kpis),
    ("upper", Belongs::Kpis),
    ("target", Belongs::Targets),
];

/// Where a figure belongs that somebody changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belongs {
    Measurements,
    Targets,
    Kpis,
}
/// Where the actual values stand, which may be typed over.
pub(super) const ACTUAL: u16 = 5;
/// Where the first of the three formulas stands.
pub(super) const VARIANCE: u16 = 8;

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
    let kept: Vec<String> = FIGURES
        .iter()
        .map(|(name, _)| {
            let at = COLUMNS.iter().position(|(column, _)| column == name);
            let cell = at.and_then(|at| cells.get(at));
            cell.map_or(String::new(), |cell| cell.to_text().into_owned())
        })
        .collect();
    cells.push(Cell::text(kept.join(BETWEEN)));
    cells
}

/// Whether a table is the sheet of progress of a workbook that was written here, or a copy of it.
pub fn is_progress(table: &RawTable) -> bool {
    table.header.iter().any(|name| folded(name) == AS_WRITTEN)
}

/// The measured values that somebody typed on a sheet of progress, as a table of measurements with the rows of the sheet; `None`
/// where nothing was typed, or nobody can say so. A value counts for the day on which the one before it was measured, else for
/// that of its row.
pub(super) fn typed(table: &RawTable) -> Option<RawTable> {
    let place = |wanted: &str| table.header.iter().position(|name| folded(name) == folded(wanted));
    let (kpi, date, actual, kept) = (place("kpi")?, place("date")?, place("actual")?, place(AS_WRITTEN)?);
    let nth = |name: &str| FIGURES.iter().position(|(figure, _)| *figure == name);
    let mut rows = Vec::new();
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).cloned().unwrap_or_default();
        let before = cell(kept).to_text().into_owned();
        let was = |name: &str| {
            nth(name)
                .and_then(|at| before.split(BETWEEN).nth(at))
                .unwrap_or_default()
        };
        let is_kept = before.is_empty() || cell(kpi).to_text() == was("kpi");
        if cell(actual).is_empty() || cell(actual).to_text() == was("actual") || !is_kept {
            continue;
        }
        let measured = place("measured_on").map(cell).filter(|cell| !cell.is_empty());
        rows.push(RawRow {
            number: row.number,
            cells: vec![cell(kpi), measured.unwrap_or_else(|| cell(date)), cell(actual)],
            had: Vec::new(),
        });
    }
    (!rows.is_empty()).then(|| RawTable {
        name: "measurements".to_owned(),
        header: ["kpi", "date", "value"].map(str::to_owned).to_vec(),
        rows,
        decisions: Vec::new(),
        ..table.clone()
    })
}

/// What becomes of actual values that were typed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Actuals {
    /// They are read as measurements.
    Read,
    /// They are only told.
    Told,
}

/// What somebody changed on a sheet of progress; nothing of a sheet that is none.
pub(super) fn changed(table: &RawTable, actuals: Actuals) -> Vec<Decision> {
    let place = |wanted: &str| table.header.iter().position(|name| folded(name) == folded(wanted));
    let (Some(kpi), Some(actual)) = (place("kpi"), place("actual")) else {
        return Vec::new();
    };
    let decision = |row: Option<usize>, column: Option<&str>, message: String, help: String| Decision {
        file: table.file.clone(),
        row,
        column: column.map(str::to_owned),
        kind: DecisionKind::ChangedFigure,
        handling: Handling::Fault,
        message,
        help,
    };
    let Some(kept) = place(AS_WRITTEN) else {
        let is_progress = folded(PROGRESS_SHEET) == table.name && place("expected").is_some();
        let message = format!(
            "the hidden column `{AS_WRITTEN}` is missing, so import cannot see whether figures were changed here; none were read"
        );
        let help =
            "Enter measured values in the file that --measurements names; export the workbook again to see them here.";
        let unknown = Decision {
            handling: Handling::LeftOut,
            ..decision(None, None, message, help.to_owned())
        };
        return is_progress.then_some(unknown).into_iter().collect();
    };
    let mut out = Vec::new();
    for row in &table.rows {
        let said = |at: usize| row.cells.get(at).map(Cell::to_text).unwrap_or_default();
        let of = |name: &str| place(name).map(said).unwrap_or_default();
        let day = match of("measured_on") {
            day if day.is_empty() => of("date"),
            day => day,
        };
        let value = format!("`{},{day},{}`", said(kpi), said(actual));
        let kept = said(kept);
        if kept.is_empty() {
            // A row that somebody added.
            if actuals == Actuals::Read && !said(actual).is_empty() {
                let message = format!("`{}` was read as the value measured on {day}", shown(&said(actual)));
                out.push(Decision {
                    handling: Handling::Taken,
                    ..decision(Some(row.number), Some("actual"), message, String::new())
                });
            } else if !said(actual).is_empty() {
                let message = format!(
                    "`{}` was typed in a row of its own, and was not read",
                    shown(&said(actual))
                );
                out.push(decision(Some(row.number), Some("actual"), message, measured(&value)));
            }
            continue;
        }
        let mut kept = kept.split(BETWEEN);
        for (name, belongs) in FIGURES {
            let (was, is) = (kept.next().unwrap_or_default(), of(name));
            if place(name).is_none() || is == was {
                continue;
            }
            let cell = place(name)
                .map(|at| format!("{}{}", letters(at), row.number))
                .unwrap_or_default();
            let message = match (was, is.as_ref()) {
                ("", is) => format!("{cell} was empty and holds `{}` now, which was not read", shown(is)),
                (was, "") => format!("{cell} held `{}` and is empty now, which changes nothing", shown(was)),
                (was, is) => format!(
                    "{cell} held `{}` and holds `{}` now, which was not read",
                    shown(was),
                    shown(is)
                ),
            };
            if actuals == Actuals::Read && *name == "actual" && !is.is_empty() {
                let was = if was.is_empty() { "nothing" } else { was };
                let message = format!(
                    "{cell} held `{was}`; `{}` was read as the value measured on {day}",
                    shown(&is)
                );
                out.push(Decision {
                    handling: Handling::Taken,
                    ..decision(Some(row.number), Some(name), message, String::new())
                });
                continue;
            }
            let help = match (belongs, *name) {
                (Belongs::Measurements, _) if is.is_empty() || said(actual).is_empty() => {
                    "Correct the value in the file that --measurements names, or leave it as it is there.".to_owned()
                }
                (Belongs::Measurements, _) => measured(&value),
                (Belongs::Targets, _) => format!(
                    "Change it on the sheet `targets`, `trajectory` or `kpis`, in the rows of `{}`, and import again.",
                    shown(&said(kpi))
                ),
                (Belongs::Kpis, _) => format!(
                    "Change it on the sheet `kpis`, in the row of `{}`, and import again.",
                    shown(&said(kpi))
                ),
            };
            out.push(decision(Some(row.number), Some(name), message, help));
        }
    }
    out
}

/// Where a measured value belongs.
fn measured(row: &str) -> String {
    format!(
        "Name this workbook with --measurements, or import it with --actuals FILE.csv; or write in the file that --measurements names, with the columns kpi, date and value: {row}."
    )
}

/// Variance, variance % and status of the row with that number, each with what it comes to now.
fn formulas_of(plan: &Planned, row: &Row<'_>, r: usize) -> [Formula; 3] {
    let is = |value: Option<Number>| value.map(|value| value.to_string()).unwrap_or_default();
    let told = Told { plan, row, r };
    let status = format!("IF(F{r}=\"\",\"{}\",{})", told.without_value(), told.judged());
    [
        Formula::new(told.variance()).set_result(is(row.variance)),
        Formula::new(told.percent()).set_result(is(row.variance_percent)),
        Formula::new(status).set_result(row.status.as_str()),
    ]
}

/// What the formulas of a row are made of: only the rule that the row needs, with the cells beside it for its figures.
struct Told<'a> {
    plan: &'a Planned,
    row: &'a Row<'a>,
    /// The number of the row on its sheet.
    r: usize,
}

/// What a value comes to that is not behind the plan of its day.
#[derive(Clone, Copy)]
struct Good {
    on_track: Status,
    achieved: Status,
    not_due: Status,
}

impl Good {
    /// As it is.
    const HOLDS: Self = Self {
        on_track: Status::OnTrack,
        achieved: Status::Achieved,
        not_due: Status::NotDue,
    };

    /// One and the same, whatever it was.
    const fn all(status: Status) -> Self {
        Self {
            on_track: status,
            achieved: status,
            not_due: status,
        }
    }
}

impl Told<'_> {
    /// The day of the value in `F`: that of the row, where one is typed in.
    fn day(&self) -> Day {
        self.row.measured.unwrap_or(self.row.date)
    }

    /// The cell of what was expected on that day; `None` where nothing was.
    fn expected(&self) -> Option<(Number, String)> {
        let (value, column) = match self.row.measured {
            Some(_) => (self.row.expected_then, 'H'),
            None => (self.row.expected, 'E'),
        };
        value.map(|value| (value, format!("{column}{}", self.r)))
    }

    fn variance(&self) -> String {
        let r = self.r;
        match (self.plan.band(), self.expected()) {
            (Some(_), _) if !self.plan.promises(self.day()) => "\"\"".to_owned(),
            (Some(band), _) => {
                let below = band.lower.map(|_| format!("IF(F{r}<P{r},F{r}-P{r},"));
                let above = band.upper.map(|_| format!("IF(F{r}>Q{r},F{r}-Q{r},"));
                let parts: Vec<String> = [below, above].into_iter().flatten().collect();
                let outside = format!("{}0{}", parts.concat(), ")".repeat(parts.len()));
                format!("IF(F{r}=\"\",\"\",ROUND({outside},10))")
            }
            (None, Some((_, cell))) => format!("IF(OR({cell}=\"\",F{r}=\"\"),\"\",ROUND(F{r}-{cell},10))"),
            (None, None) => "\"\"".to_owned(),
        }
    }

    fn percent(&self) -> String {
        let r = self.r;
        let share = |of: &str| format!("IF({of}=0,\"\",ROUND(100*I{r}/ABS({of}),2))");
        let share = match (self.plan.band(), self.expected()) {
            // Of the bound that it lies beyond; within the band it is none of anything.
            (Some(_), _) => format!("IF(I{r}=0,0,{})", share(&format!("(F{r}-I{r})"))),
            (None, Some((_, cell))) => share(&cell),
            (None, None) => "\"\"".to_owned(),
        };
        format!("IF(I{r}=\"\",\"\",{share})")
    }

    /// How the row stands when nobody knows its value.
    fn without_value(&self) -> Status {
        self.row.fell_due.map_or(Status::NotDue, |_| Status::NoData)
    }

    /// The status of a value in `F`, in the order of the tables in `docs/tracking.md`.
    fn judged(&self) -> String {
        let (day, as_of) = (self.day(), self.row.date);
        let due = self.plan.goal().and_then(|goal| goal.date).filter(|due| *due <= as_of);
        match due {
            Some(due) if day >= due => self.settled((day, format!("\"{}\"", Status::Achieved)), as_of),
            Some(due) => {
                // A day that comes lifts nothing.
                let kept = self.then(day, Good::all(Status::Achieved));
                match (self.plan.may_be_final(day), self.plan.is_judged_early()) {
                    (false, _) => self.then(day, Good::all(Status::NoData)),
                    (true, true) => self.settled((due, kept), as_of),
                    (true, false) => {
                        let old = self.then(day, Good::all(Status::NoData));
                        format!("IF({},{kept},{old})", self.met_goal())
                    }
                }
            }
            None => self.aged(day, as_of),
        }
    }

    /// What a final figure that stands for that day makes of the final target, in words for what is met; where points ask
    /// for more after it, they decide.
    fn settled(&self, (of, met): (Day, String), as_of: Day) -> String {
        let missed = Status::Missed;
        let met = match self.asked_after(of).is_empty() {
            true => met,
            false => format!("IF({},{met},{})", self.met(of), self.aged(self.day(), as_of)),
        };
        format!("IF({},{met},\"{missed}\")", self.met_goal())
    }

    /// What is said of a value by the plan of its own day, as far as it still holds.
    fn aged(&self, day: Day, as_of: Day) -> String {
        if as_of <= self.plan.holds_until(day) {
            return self.then(day, Good::HOLDS);
        }
        let awaited = self.plan.promises(as_of) || self.plan.overdue(self.value_of(day), as_of) > 0;
        let not_due = if awaited { Status::NoData } else { Status::NotDue };
        self.then(
            day,
            Good {
                not_due,
                ..Good::all(Status::NoData)
            },
        )
    }

    fn value_of(&self, date: Day) -> Option<Observation> {
        self.row.actual.map(|value| Observation { date, value })
    }

    /// What is said of a value by the plan of its own day, before that of the final target.
    fn then(&self, day: Day, good: Good) -> String {
        use Direction::{Decrease, Increase};
        let r = self.r;
        if let Some(band) = self.plan.band() {
            if !self.plan.promises(day) {
                return format!("\"{}\"", good.not_due);
            }
            let sizes = (
                band.lower.map(|bound| self.scale(bound, &format!("P{r}"))),
                band.upper.map(|bound| self.scale(bound, &format!("Q{r}"))),
            );
            let size = match sizes {
                (Some(lower), Some(upper)) => format!("IF(I{r}<0,{lower},{upper})"),
                (one, other) => one.or(other).unwrap_or_else(|| "1".to_owned()),
            };
            return self.beyond(&format!("ABS(I{r})"), &size, good);
        }
        let way = self.plan.direction();
        let expected = self.expected();
        let otherwise = match &expected {
            None => format!("\"{}\"", good.not_due),
            Some((value, cell)) => {
                let short = match way {
                    Some(Increase) => format!("{cell}-F{r}"),
                    Some(Decrease) => format!("F{r}-{cell}"),
                    _ => format!("ABS(F{r}-{cell})"),
                };
                self.beyond(&short, &self.scale(*value, cell), good)
            }
        };
        let not_short = match (&expected, way) {
            (Some((_, cell)), Some(Increase)) => format!(",F{r}>={cell}"),
            (Some((_, cell)), Some(Decrease)) => format!(",F{r}<={cell}"),
            _ => String::new(),
        };
        match (self.plan.goal(), way) {
            (Some(_), Some(Increase | Decrease)) => {
                format!(
                    "IF(AND({}{not_short}),\"{}\",{otherwise})",
                    self.met(day),
                    good.achieved
                )
            }
            _ => otherwise,
        }
    }

    /// Whether the value meets the final target.
    fn met_goal(&self) -> String {
        match self.plan.goal() {
            Some(goal) => self.meets(goal.value, &format!("O{}", self.r)),
            None => "FALSE".to_owned(),
        }
    }

    /// Whether the value meets the final target and all that is promised for days after that one.
    fn met(&self, day: Day) -> String {
        let later = self.asked_after(day);
        let later = later.into_iter().map(|value| self.meets(value, &value.to_string()));
        let all: Vec<String> = std::iter::once(self.met_goal()).chain(later).collect();
        match all.as_slice() {
            [one] => one.clone(),
            several => format!("AND({})", several.join(",")),
        }
    }

    /// What is promised for days after that one beside the final target: of what is to increase or to decrease the
    /// strictest, where that is stricter.
    fn asked_after(&self, day: Day) -> Vec<Number> {
        let mut values: BTreeSet<Number> = self.plan.promised_after(day).collect();
        let goal = self.plan.goal().map(|goal| goal.value);
        values.extend(goal);
        let strictest = match self.plan.direction() {
            Some(Direction::Increase) => values.pop_last(),
            Some(Direction::Decrease) => values.pop_first(),
            _ => return values.into_iter().filter(|value| Some(*value) != goal).collect(),
        };
        strictest.into_iter().filter(|value| Some(*value) != goal).collect()
    }

    /// Whether the value in `F` meets a target that stands in a cell or is written out.
    fn meets(&self, target: Number, cell: &str) -> String {
        let r = self.r;
        match self.plan.direction() {
            _ if self.plan.band().is_some() => format!("I{r}=0"),
            Some(Direction::Increase) => format!("F{r}>={cell}"),
            Some(Direction::Decrease) => format!("F{r}<={cell}"),
            _ => format!("ROUND(ABS(F{r}-({cell}))-N{r}*{},9)<=0", self.scale(target, cell)),
        }
    }

    /// What the tolerances in `M` and `N` make of a shortfall.
    fn beyond(&self, short: &str, size: &str, good: Good) -> String {
        let r = self.r;
        format!(
            "IF(ROUND({short}-N{r}*{size},9)>0,\"{}\",IF(ROUND({short}-M{r}*{size},9)>0,\"{}\",\"{}\"))",
            Status::OffTrack,
            Status::AtRisk,
            good.on_track
        )
    }

    /// What a tolerance is a share of: the value in the cell, or where that is zero the planned change.
    fn scale(&self, value: Number, cell: &str) -> String {
        if value != Number::ZERO {
            return format!("ABS({cell})");
        }
        let (low, high) = self.plan.tolerated(value, Decimal::ONE);
        low.or(high)
            .map_or("0".to_owned(), |reach| reach.decimal().abs().to_string())
    }
}
