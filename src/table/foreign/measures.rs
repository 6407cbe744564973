//! The KPI of a row: its unit, its values and their days, and what they cannot be.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::{Cell, DecisionKind, RawRow};
use super::amount::{Amount, Value};
use super::build::{Builder, Place, Told, quoted};
use super::cells::{Cells, DayIn, day_named};
use super::found::Column;
use super::grid::Grid;
use super::mapping::free_name;
use super::role::Role;
use super::units::{Sort, by_words, in_unit, unit_in};
use crate::map::called::plain;
use crate::map::written::{Edge, is_percent, unit_tens};
use crate::map::{Day, Number};

/// A value in the unit of its KPI, with the day that it says or that its head says.
struct Figure {
    value: Number,
    date: Option<Day>,
}

/// What a row says of a KPI.
#[derive(Default)]
pub(super) struct Measure {
    title: String,
    unit: String,
    baseline: Option<Figure>,
    targets: Vec<Figure>,
    actuals: Vec<(Figure, String)>,
    amounts: Vec<(String, Number)>,
    /// Words where a value should be, by free field.
    words: Vec<(String, String)>,
    /// Words in the place of a target that say that it has no value, such as `Qualitative`.
    pub(super) qualitative: bool,
}

/// The KPIs of a sheet as they are made.
pub(super) struct Measures {
    /// By box: how many KPIs its rows made.
    counts: BTreeMap<usize, usize>,
    /// By box and title in plain form: the id.
    ids: BTreeMap<(usize, String), String>,
    /// The unit of the row above, for rows that go on with it.
    last_unit: String,
}

/// Whether other values of a column that are measured in per cent are more than 1, so that a bare 0.74 was a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Percents {
    AboveOne,
    Unknown,
}

impl Measures {
    pub(super) fn new() -> Self {
        Self {
            counts: BTreeMap::new(),
            ids: BTreeMap::new(),
            last_unit: String::new(),
        }
    }

    /// What the row says of a KPI; `None` where it says nothing of any. Of each cell that had to be understood it is told.
    pub(super) fn read(
        &mut self,
        cells: &Cells<'_>,
        row: &RawRow,
        place: Place,
        percents: Percents,
        builder: &mut Builder<'_>,
    ) -> Option<Measure> {
        let mut measure = Measure {
            title: cells.said(row, Role::Kpi),
            ..Measure::default()
        };
        let values: Vec<(&Column, Role, Value)> = [Role::Baseline, Role::Target, Role::Actual]
            .into_iter()
            .flat_map(|role| cells.columns(role).map(move |column| (column, role)))
            .map(|(column, role)| (column, role, cells.value(row, column)))
            .collect();
        let own = cells.said(row, Role::Unit);
        let amounts: Vec<(&Column, Value)> = cells
            .columns(Role::Amount)
            .map(|column| (column, cells.value(row, column)))
            .collect();
        let says = !measure.title.is_empty()
            || !own.is_empty()
            || !cells.said(row, Role::KpiId).is_empty()
            || values.iter().any(|(_, _, value)| *value != Value::Nothing)
            || amounts.iter().any(|(_, value)| *value != Value::Nothing);
        if !says {
            return None;
        }
        measure.unit = self.unit(&own, &values, &measure.title);
        let baseline = values.iter().find_map(|(_, role, value)| match (role, value) {
            (Role::Baseline, Value::Is(amount)) => Some(amount.clone()),
            _ => None,
        });
        // A share that lost its format: 0.74 in per cent, where others of the column are 88.5.
        let bare: Vec<Decimal> = values
            .iter()
            .filter_map(|(_, _, value)| match value {
                Value::Is(amount) if amount.is_bare => Some(amount.number),
                Value::Is(_) => Some(Decimal::TWO),
                _ => None,
            })
            .collect();
        let are_shares = is_percent(&measure.unit)
            && percents == Percents::AboveOne
            && !bare.is_empty()
            && bare.iter().all(|number| number.abs() <= Decimal::ONE)
            && bare.iter().any(|number| !number.fract().is_zero());
        for (column, role, value) in &values {
            let amount = match value {
                Value::Nothing => {
                    if let Some(told) = cells.blank(row, column) {
                        builder.tell(place, Some(&column.head), told);
                    }
                    continue;
                }
                Value::Is(amount) => amount,
                Value::Words(refusal) => {
                    let text = Grid::cell(row, column.at).to_text().trim().to_owned();
                    if plain(&text) == "qualitative" {
                        measure.qualitative = true;
                        builder.tell(
                            place,
                            Some(&column.head),
                            Told::taken(
                                DecisionKind::WordUnderstood,
                                "`Qualitative` says that the benefit has no value, and was taken as its class",
                            ),
                        );
                        continue;
                    }
                    let name = kept(column);
                    builder.tell(
                        place,
                        Some(&column.head),
                        Told::left_out(
                            DecisionKind::UnreadableNumber,
                            format!(
                                "{} {}, so it was kept as `{name}` of the KPI",
                                quoted(&text),
                                refusal.why
                            ),
                            format!(
                                "Write a number and its unit; for a state that is reached or not, 0 and 1. {}",
                                refusal.help
                            )
                            .trim()
                            .to_owned(),
                        ),
                    );
                    measure.words.push((name, text));
                    continue;
                }
            };
            let amount = match are_shares {
                true => {
                    let number = (amount.number * Decimal::ONE_HUNDRED).normalize();
                    builder.tell(place, Some(&column.head), Told {
                        help: "If it is less than one per cent, write it with its sign, as in 0.7%.".to_owned(),
                        ..Told::taken(
                            DecisionKind::NumberUnderstood,
                            format!("`{}` was taken as {number}, as the unit is {} and other values of the sheet are above 1", amount.number, measure.unit),
                        )
                    });
                    Amount {
                        number,
                        ..amount.clone()
                    }
                }
                false => amount.clone(),
            };
            let text = Grid::cell(row, column.at).to_text().trim().to_owned();
            let from = baseline.as_ref().filter(|_| *role != Role::Baseline);
            match in_unit(
                &amount,
                &measure.unit,
                from,
                if are_shares { Sort::Share } else { Sort::Plain },
            ) {
                Ok((number, note)) => {
                    let bare = text == number.to_string() || matches!(Grid::cell(row, column.at), Cell::Number(_));
                    let bare = bare && note.is_empty();
                    if !bare && !are_shares {
                        let unit = match measure.unit.as_str() {
                            "" => String::new(),
                            unit => format!(", in {unit}"),
                        };
                        let date = amount
                            .date
                            .as_ref()
                            .map_or(String::new(), |date| format!(", of {date}"));
                        let aside = match amount.aside.as_str() {
                            "" => String::new(),
                            aside => format!(", without `{aside}`"),
                        };
                        builder.tell(
                            place,
                            Some(&column.head),
                            Told::taken(
                                DecisionKind::NumberUnderstood,
                                format!("{} was taken as {number}{unit}{date}{aside}{note}", quoted(&text)),
                            ),
                        );
                    }
                    let date = amount.date.as_deref().or(column.date.as_deref());
                    let figure = Figure {
                        value: number,
                        date: date.and_then(|date| day_named(date, Edge::Last)),
                    };
                    match role {
                        Role::Baseline => measure.baseline = Some(figure),
                        Role::Target => measure.targets.push(figure),
                        _ => measure.actuals.push((figure, column.head.clone())),
                    }
                }
                Err((why, help)) => {
                    let name = kept(column);
                    builder.tell(
                        place,
                        Some(&column.head),
                        Told::left_out(
                            DecisionKind::UnreadableNumber,
                            format!("{} {why}, so it was kept as `{name}` of the KPI", quoted(&text)),
                            help,
                        ),
                    );
                    measure.words.push((name, text));
                }
            }
        }
        for (column, value) in amounts {
            let year = column
                .date
                .as_deref()
                .and_then(crate::map::written::financial_year)
                .or_else(|| column.date.clone());
            match (value, year) {
                (Value::Is(amount), Some(year)) => {
                    let tens = Decimal::from(10u64.pow(unit_tens(&column.unit)));
                    let scaled = if amount.tens == 0 {
                        amount.number * tens
                    } else {
                        amount.number
                    };
                    if let Ok(number) = Number::try_from(scaled) {
                        measure.amounts.push((year, number));
                    }
                }
                (Value::Nothing, _) => {}
                (..) => {
                    let text = Grid::cell(row, column.at).to_text().trim().to_owned();
                    let name = kept(column);
                    builder.tell(place, Some(&column.head), Told::left_out(
                        DecisionKind::MissingValue,
                        format!("{} is worth something, but its head names no year, so it was kept as `{name}` of the KPI", quoted(&text)),
                        "Name the year in the head, as in `2027-28`, or in the mapping as `date`.",
                    ));
                    measure.words.push((name, text));
                }
            }
        }
        Some(measure)
    }

    /// The unit of a row: that of its column, else of its values, else of the title of its KPI.
    fn unit(&mut self, own: &str, values: &[(&Column, Role, Value)], title: &str) -> String {
        let by_head = || {
            values
                .iter()
                .map(|(column, ..)| column.unit.as_str())
                .find(|unit| !unit.is_empty())
        };
        let by_value = || {
            values.iter().find_map(|(_, _, value)| match value {
                Value::Is(amount) if !amount.unit.is_empty() && amount.change.is_none() => Some(amount.unit.as_str()),
                _ => None,
            })
        };
        let has_level = values
            .iter()
            .any(|(_, role, value)| *role == Role::Baseline && matches!(value, Value::Is(_)));
        // Without a baseline a change is measured as itself.
        let change = values
            .iter()
            .filter(|_| !has_level)
            .find_map(|(_, _, value)| match value {
                Value::Is(amount) => amount.change.map(|change| (amount.unit.as_str(), change.word())),
                _ => None,
            });
        let unit = match (own, by_head(), by_value()) {
            (own, ..) if !own.is_empty() => own.to_owned(),
            (_, Some(unit), _) => unit.to_owned(),
            (_, _, Some(unit)) => unit.to_owned(),
            _ if change.is_some() => String::new(),
            _ if plain(title).starts_with("of which") => self.last_unit.clone(),
            _ => unit_in(title),
        };
        let unit = match change {
            Some((beside, word)) => {
                let base = if unit.is_empty() || beside == "%" {
                    beside
                } else {
                    unit.as_str()
                };
                format!("{base} {word}").trim().to_owned()
            }
            None => unit,
        };
        self.last_unit.clone_from(&unit);
        unit
    }

    /// Adds the KPI to the tables, and gives its id. `due` is the day of a target that names none.
    pub(super) fn add(
        &mut self,
        (measure, boxed): (Measure, usize),
        cells: &Cells<'_>,
        row: &RawRow,
        place: Place,
        due: Option<Day>,
        builder: &mut Builder<'_>,
    ) -> String {
        let of = builder.boxed(boxed).clone();
        let title = match measure.title.as_str() {
            "" => of.title.clone(),
            title => title.to_owned(),
        };
        let id = self.id_of(boxed, &of.id, &cells.said(row, Role::KpiId), &title, builder);
        let direction = cells.said(row, Role::Direction);
        let record = builder.add("kpis", place);
        record.set("id", Cell::text(id.clone()));
        record.set("node", Cell::text(of.id.clone()));
        record.set("title", Cell::text(title.clone()));
        record.set("unit", Cell::text(measure.unit.clone()));
        for (role, column) in [
            (Role::Definition, "definition"),
            (Role::Frequency, "frequency"),
            (Role::Source, "source"),
            (Role::Method, "method"),
            (Role::Responsible, "responsible"),
        ] {
            record.set(column, cells.cell(row, role).clone());
        }
        let last = measure.targets.last().map(|target| target.value);
        let derived = match (measure.baseline.as_ref().map(|figure| figure.value), last) {
            (Some(from), Some(to)) if to > from => Some("increase"),
            (Some(from), Some(to)) if to < from => Some("decrease"),
            (Some(_), Some(_)) => Some("maintain"),
            _ if measure.unit.ends_with("increase") || measure.unit.ends_with("reduction") => Some("increase"),
            (None, Some(_)) => by_words(&title),
            _ => None,
        };
        record.set(
            "direction",
            Cell::text(if direction.is_empty() {
                derived.unwrap_or_default().to_owned()
            } else {
                direction
            }),
        );
        for (name, text) in &measure.words {
            record.set(name.clone(), Cell::text(text.clone()));
        }
        self.baseline(&measure, cells, row, place, builder);
        self.targets(&measure, cells, row, (place, due, &id), builder);
        for (year, amount) in &measure.amounts {
            let record = builder.add("benefit_amounts", place);
            record.set("kpi", Cell::text(id.clone()));
            record.set("year", Cell::text(year.clone()));
            record.set("amount", Cell::Number(*amount));
        }
        if !measure.amounts.is_empty() {
            let has = builder
                .rows("benefit_values")
                .iter()
                .any(|record| record.text("kpi") == id);
            if !has {
                builder.add("benefit_values", place).set("kpi", Cell::text(id.clone()));
            }
        }
        self.actuals(measure, cells, row, (place, &id), builder);
        id
    }

    fn id_of(&mut self, boxed: usize, node: &str, code: &str, title: &str, builder: &mut Builder<'_>) -> String {
        let count = self.counts.entry(boxed).or_insert(0);
        *count += 1;
        let number = *count;
        // A KPI that the map has at this box, of the same title or the only one, is the same KPI.
        let known = builder.known.map(|map| {
            map.kpis
                .iter()
                .filter(|kpi| kpi.node.as_str() == node)
                .collect::<Vec<_>>()
        });
        let same = known.as_deref().and_then(|all| {
            let by_title = all.iter().find(|kpi| plain(&kpi.title) == plain(title));
            by_title
                .or(all.first().filter(|_| all.len() == 1 && number == 1))
                .map(|kpi| kpi.id.to_string())
        });
        let id = match (same, code) {
            (Some(id), _) if !self.ids.values().any(|have| *have == id) => id,
            (_, code) if !code.is_empty() => builder.id(code, "kpi"),
            _ => builder.id(&format!("{node}-kpi"), "kpi"),
        };
        builder.give(&id);
        self.ids
            .insert((boxed, format!("{} {number}", plain(title))), id.clone());
        id
    }

    fn baseline(&self, measure: &Measure, cells: &Cells<'_>, row: &RawRow, place: Place, builder: &mut Builder<'_>) {
        let day = dated(cells, row, Role::BaselineDate, place, builder);
        let Some(figure) = &measure.baseline else { return };
        let day = day.or(figure.date);
        if let Some(record) = builder.last("kpis") {
            record.set("baseline_value", Cell::Number(figure.value));
            record.set("baseline_date", Cell::from(day));
        }
    }

    fn targets(
        &self,
        measure: &Measure,
        cells: &Cells<'_>,
        row: &RawRow,
        (place, due, id): (Place, Option<Day>, &str),
        builder: &mut Builder<'_>,
    ) {
        let day = dated(cells, row, Role::TargetDate, place, builder);
        let count = measure.targets.len();
        for (at, target) in measure.targets.iter().enumerate() {
            // A day beside several targets is that of the last of them.
            let beside = day.filter(|_| count == 1 || at + 1 == count);
            let date = target.date.or(beside).or(due.filter(|_| at + 1 == count));
            let record = builder.add("targets", place);
            record.set("kpi", Cell::text(id.to_owned()));
            record.set("date", Cell::from(date));
            record.set("value", Cell::Number(target.value));
        }
    }

    fn actuals(
        &self,
        measure: Measure,
        cells: &Cells<'_>,
        row: &RawRow,
        (place, id): (Place, &str),
        builder: &mut Builder<'_>,
    ) {
        let day = dated(cells, row, Role::ActualDate, place, builder);
        let as_of = || {
            cells.found.above.iter().rev().find_map(|(_, text)| {
                super::heads::head(text)
                    .date
                    .and_then(|date| day_named(&date, Edge::Last))
            })
        };
        for (figure, head) in measure.actuals {
            let date = day.or(figure.date).or_else(as_of);
            match date {
                Some(date) => {
                    let record = builder.add("measurements", place);
                    record.set("kpi", Cell::text(id.to_owned()));
                    record.set("date", Cell::Day(date));
                    record.set("value", Cell::Number(figure.value));
                }
                None => {
                    let name = free_name(&head).unwrap_or_else(|| "x-actual".to_owned());
                    builder.tell(
                        place,
                        Some(&head),
                        Told::left_out(
                            DecisionKind::MissingValue,
                            format!(
                                "`{}` is a measured value without a day, so it was kept as `{name}` of the KPI",
                                figure.value
                            ),
                            "Add a column with the day on which it was measured, or name the day in the head.",
                        ),
                    );
                    if let Some(record) = builder.last("kpis") {
                        record.set(name, Cell::Number(figure.value));
                    }
                }
            }
        }
    }
}

/// The day in a column beside a value, told as it was read.
fn dated(cells: &Cells<'_>, row: &RawRow, role: Role, place: Place, builder: &mut Builder<'_>) -> Option<Day> {
    let head = cells.found.column(role).map(|column| column.head.clone());
    match cells.day(row, role, Edge::Last) {
        DayIn::Nothing => None,
        DayIn::Is(day, told) => {
            if let Some(told) = told {
                builder.tell(place, head.as_deref(), told);
            }
            Some(day)
        }
        DayIn::Words(mut told) => {
            told.message.push_str(", so the value has no day");
            builder.tell(place, head.as_deref(), told);
            None
        }
    }
}

fn kept(column: &Column) -> String {
    free_name(&column.head).unwrap_or_else(|| "x-value".to_owned())
}

/// Whether some value of the sheet that is in per cent is more than 1.
pub(super) fn percents(cells: &Cells<'_>) -> Percents {
    let above = cells.found.rows.iter().any(|row| {
        let own = cells.said(row, Role::Unit);
        let columns = cells.columns(Role::Baseline).chain(cells.columns(Role::Target));
        columns.into_iter().any(|column| match cells.value(row, column) {
            Value::Is(amount) => {
                (is_percent(&amount.unit) || is_percent(&own) || is_percent(&column.unit))
                    && amount.number > Decimal::ONE
            }
            _ => false,
        })
    });
    if above { Percents::AboveOne } else { Percents::Unknown }
}
