//! A logframe or a results framework: levels by word and number, or a column for each level; indicators in further rows.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Cell, DecisionKind, RawRow};
use super::build::{Builder, Place, Told, quoted, several};
use super::cells::{Cells, DayIn};
use super::found::Found;
use super::grid::Grid;
use super::level::{Level, level_of, numbered};
use super::measures::{Measures, percents};
use super::register::free_fields;
use super::role::Role;
use super::rows::{Sort, Sorter, tell_group};
use super::waiting::{Side, Waiting};
use crate::map::called::plain;
use crate::map::written::Edge;
use crate::map::{NodeKind, is_blank};

/// A box of the chain, as its row has it.
struct Step {
    boxed: usize,
    depth: usize,
    number: Vec<String>,
    place: Place,
}

/// The rows of a logframe, brought into the tables.
pub(super) fn logframe(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) -> Vec<Waiting> {
    match found.has(Role::Level) {
        true => by_level(grid, found, table, builder),
        false => by_columns(grid, found, table, builder),
    }
}

fn by_level(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) -> Vec<Waiting> {
    let cells = Cells::new(grid, found);
    let sorter = Sorter::new(grid, found);
    let mut measures = Measures::new();
    let percents = percents(&cells);
    let mut waiting = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut current: Option<(Level, String)> = None;
    let mut group: Option<Level> = None;
    for row in &found.rows {
        let place = Place { table, row: row.number };
        let said = cells.said(row, Role::Level);
        let sort = sorter.sort(row, place, builder);
        if sort == Sort::Aside {
            continue;
        }
        if let Sort::Group(text) = &sort {
            match level_of(text).filter(|level| level.number.is_empty() && level.title.is_empty()) {
                Some(level) => {
                    let message = format!("{} says which level the rows that follow are", quoted(text));
                    builder.tell(place, None, Told::taken(DecisionKind::NoteRow, message));
                    group = Some(level);
                    continue;
                }
                None if level_of(text).is_none() => {
                    tell_group(text, place, builder);
                    continue;
                }
                None => {}
            }
        }
        let named = level_of(&said).or_else(|| {
            let mut level = group.clone()?;
            let own = if said.is_empty() {
                cells.said(row, Role::Title)
            } else {
                said.clone()
            };
            if own.is_empty() {
                return None;
            }
            let split = numbered(&own).map(|(number, rest)| (number, rest.to_owned()));
            (level.number, level.title) = split.unwrap_or_else(|| {
                (
                    said.split('.')
                        .filter(|part| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty())
                        .map(str::to_owned)
                        .collect(),
                    own,
                )
            });
            Some(level)
        });
        let title = cells.said(row, Role::Title);
        // The statement may carry the number: `1.1 Farmers trained`.
        let (number, title) = match numbered(&title) {
            Some((number, rest)) => (Some(number), rest.to_owned()),
            None => (None, title),
        };
        let is_same = match (&named, &current) {
            (None, Some(_)) => title.is_empty(),
            (Some(level), Some((before, text))) => {
                let own = if title.is_empty() { &level.title } else { &title };
                level.kind == before.kind
                    && level.number == before.number
                    && (own.is_empty() || plain(own) == plain(text))
            }
            (_, None) => false,
        };
        if !is_same {
            let Some(mut level) = named else {
                let message = match said.as_str() {
                    "" => "the row says no level, and neither does a row above it, so it was left out".to_owned(),
                    said => format!("{} is not a level of a logframe, so the row was left out", quoted(said)),
                };
                builder.tell(
                    place,
                    None,
                    Told::fault(
                        DecisionKind::UnreadableWord,
                        message,
                        "Write a level such as Impact, Outcome 1, Output 1.1, Activity 1.1.1 or Input.",
                    ),
                );
                current = None;
                continue;
            };
            if level.number.is_empty()
                && let Some(number) = number
            {
                level.number = number;
            }
            let own = match title.as_str() {
                "" => level.title.clone(),
                title => title.to_owned(),
            };
            if own.is_empty() {
                let message = format!("{} has no statement, so the row was left out", quoted(&said));
                builder.tell(
                    place,
                    None,
                    Told::fault(DecisionKind::MissingValue, message, "Write what is to be reached."),
                );
                current = None;
                continue;
            }
            let boxed = box_of(&cells, row, place, &level, &own, builder);
            steps.push(Step {
                boxed,
                depth: level.depth,
                number: level.number.clone(),
                place,
            });
            current = Some((level, own));
            about(&cells, row, place, boxed, builder);
        }
        let Some(boxed) = steps.last().map(|step| step.boxed) else {
            continue;
        };
        measured(
            &mut measures,
            &cells,
            row,
            (place, boxed, percents),
            if is_same { Turn::Further } else { Turn::First },
            builder,
        );
        waiting.extend(others(&cells, row, place, boxed));
    }
    links(&steps, builder);
    waiting
}

fn box_of(
    cells: &Cells<'_>,
    row: &RawRow,
    place: Place,
    level: &Level,
    title: &str,
    builder: &mut Builder<'_>,
) -> usize {
    let mut code = cells.said(row, Role::Id);
    if code.is_empty() && !level.number.is_empty() {
        // The number outlasts the words of the statement.
        code = format!("{} {}", level.word, level.number.join("."));
    }
    let there = match code.as_str() {
        "" => builder.called(title),
        code => builder.coded(code),
    };
    if let Some(at) = there.filter(|at| builder.boxed(*at).at.is_none()) {
        builder.again(at, place, level.kind);
        return at;
    }
    builder.node(place, level.kind, title, &code)
}

fn about(cells: &Cells<'_>, row: &RawRow, place: Place, boxed: usize, builder: &mut Builder<'_>) {
    for (role, column, edge) in [(Role::Start, "start", Edge::First), (Role::Due, "due", Edge::Last)] {
        let Some(of) = cells.found.column(role) else { continue };
        match cells.day(row, role, edge) {
            DayIn::Nothing => {
                if let Some(told) = cells.blank(row, of) {
                    builder.tell(place, Some(&of.head), told);
                }
            }
            DayIn::Is(day, told) => {
                if let Some(told) = told {
                    builder.tell(place, Some(&of.head), told);
                }
                if let Some(record) = builder.record_of(boxed) {
                    record.set(column, Cell::Day(day));
                }
            }
            DayIn::Words(mut told) => {
                let name = super::mapping::free_name(&of.head).unwrap_or_else(|| format!("x-{column}"));
                told.message.push_str(&format!(", so it was kept as `{name}`"));
                builder.tell(place, Some(&of.head), told);
                let text = Cell::text(cells.text(row, role));
                if let Some(record) = builder.record_of(boxed) {
                    record.set(name, text);
                }
            }
        }
    }
    if let Some(record) = builder.record_of(boxed) {
        for (role, column) in [(Role::Description, "description"), (Role::Owner, "owner")] {
            record.set(column, cells.cell(row, role).clone());
        }
    }
}

/// Which row of its box a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Further,
}

/// The KPI of a row; free fields go to the box in its first row, and to the KPI in further ones.
fn measured(
    measures: &mut Measures,
    cells: &Cells<'_>,
    row: &RawRow,
    (place, boxed, percents): (Place, usize, super::measures::Percents),
    turn: Turn,
    builder: &mut Builder<'_>,
) {
    let free = free_fields(cells, row);
    let id = measures
        .read(cells, row, place, percents, builder)
        .map(|measure| measures.add((measure, boxed), cells, row, place, None, builder));
    let record = match (turn, id) {
        (Turn::First, _) => builder.record_of(boxed),
        (Turn::Further, Some(_)) => builder.last("kpis"),
        (Turn::Further, None) => None,
    };
    if let Some(record) = record {
        for (name, cell) in free {
            record.set(name, cell);
        }
    }
}

fn others(cells: &Cells<'_>, row: &RawRow, place: Place, boxed: usize) -> Vec<Waiting> {
    let mut out = Vec::new();
    for role in [
        Role::Project,
        Role::Objective,
        Role::DependsOn,
        Role::LeadsTo,
        Role::Disbenefit,
        Role::Risk,
        Role::Assumptions,
    ] {
        for column in cells.columns(role) {
            let text = Grid::cell(row, column.at).to_text().trim().to_owned();
            if !is_blank(&text) {
                out.push(Waiting {
                    place,
                    head: column.head.clone(),
                    boxed,
                    text,
                    role,
                    assumed: Side::Above,
                });
            }
        }
    }
    out
}

/// Links every box to what it belongs to: by its number, else to the nearest box above it of the next level up.
fn links(steps: &[Step], builder: &mut Builder<'_>) {
    let depths: BTreeSet<usize> = steps.iter().map(|step| step.depth).collect();
    let mut late = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        // The next level up that the sheet has.
        let Some(up) = depths.range(..step.depth).next_back().copied() else {
            continue;
        };
        let of_level = |depth: usize| steps.iter().enumerate().filter(move |(_, other)| other.depth == depth);
        let by_number = depths.range(..step.depth).rev().find_map(|depth| {
            of_level(*depth).map(|(_, other)| other).find(|other| {
                !other.number.is_empty()
                    && other.number.len() < step.number.len()
                    && step.number.starts_with(&other.number)
            })
        });
        // The money of a programme is for all that nothing else leads to; which that is shows at the end.
        if by_number.is_none() && step.number.is_empty() && step.depth == 8 {
            late.push(at);
            continue;
        }
        if let Some(other) = by_number {
            builder.link(step.place, step.boxed, other.boxed);
            continue;
        }
        let candidates: Vec<(usize, &Step)> = of_level(up).collect();
        let chosen = match candidates.as_slice() {
            [(_, one)] => Some(*one),
            many => {
                let above = many
                    .iter()
                    .rev()
                    .find(|(place, _)| *place < at)
                    .or(many.first())
                    .map(|(_, one)| *one);
                if let Some(one) = above {
                    let title = builder.boxed(one.boxed).title.clone();
                    let own = builder.boxed(step.boxed).title.clone();
                    let mut told = Told::taken(
                        DecisionKind::NameForId,
                        format!(
                            "no number says what {} belongs to, so it was linked to {}, the nearest above it",
                            quoted(&own),
                            quoted(&title)
                        ),
                    );
                    told.help =
                        "Number the levels, as in Output 1.1 below Outcome 1, to say what belongs to what.".to_owned();
                    builder.tell(step.place, None, told);
                }
                above
            }
        };
        if let Some(one) = chosen {
            builder.link(step.place, step.boxed, one.boxed);
        }
    }
    for at in late {
        let step = &steps[at];
        let free: Vec<usize> = steps
            .iter()
            .filter(|other| other.depth < step.depth && other.depth > 2 && builder.leads_to(other.boxed).is_empty())
            .map(|other| other.boxed)
            .collect();
        let own = builder.boxed(step.boxed).title.clone();
        let titles: Vec<String> = free.iter().map(|other| quoted(&builder.boxed(*other).title)).collect();
        builder.tell(
            step.place,
            None,
            Told::taken(
                DecisionKind::NameForId,
                format!(
                    "{} has no number, so it was linked to all that nothing else leads to: {}",
                    quoted(&own),
                    titles.join(", ")
                ),
            ),
        );
        for other in free {
            builder.link(step.place, step.boxed, other);
        }
    }
}

/// A column for each level: what is in one row leads from the lower stage to the higher.
fn by_columns(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) -> Vec<Waiting> {
    let cells = Cells::new(grid, found);
    let sorter = Sorter::new(grid, found);
    let mut measures = Measures::new();
    let percents = percents(&cells);
    let mut waiting = Vec::new();
    let mut levels: Vec<(usize, NodeKind)> = found
        .columns
        .iter()
        .filter_map(|column| match &column.meaning {
            super::mapping::Meaning::Is(role) => Some((column.at, role.kind()?)),
            _ => None,
        })
        .collect();
    // From the work to what it is for: of one kind, activities stand below outputs.
    let depth = |at: usize| {
        let column = found.columns.iter().find(|column| column.at == at);
        column
            .and_then(|column| level_of(&column.head))
            .map_or(0, |level| level.depth)
    };
    levels.sort_by_key(|(at, kind)| (*kind, std::cmp::Reverse(depth(*at))));
    let mut last: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in &found.rows {
        let place = Place { table, row: row.number };
        if sorter.sort(row, place, builder) == Sort::Aside {
            continue;
        }
        let mut own: Vec<(usize, NodeKind, Vec<usize>)> = Vec::new();
        let mut lowest_new = None;
        for (at, kind) in &levels {
            let text = Grid::cell(row, *at).to_text().trim().to_owned();
            let these: Vec<usize> = match is_blank(&text) {
                true => last.get(at).cloned().unwrap_or_default(),
                false => {
                    let mut all = Vec::new();
                    for part in several(&text) {
                        let (code, title) = match level_of(&part).filter(|level| !level.title.is_empty()) {
                            Some(level) => (String::new(), level.title),
                            None => match numbered(&part) {
                                Some((_, rest)) => (String::new(), rest.to_owned()),
                                None => (String::new(), part.clone()),
                            },
                        };
                        all.push(match builder.called(&title) {
                            Some(boxed) => boxed,
                            None => {
                                lowest_new = Some(());
                                builder.node(place, *kind, &title, &code)
                            }
                        });
                    }
                    last.insert(*at, all.clone());
                    all
                }
            };
            if !these.is_empty() {
                own.push((*at, *kind, these));
            }
        }
        let said: Vec<&(usize, NodeKind, Vec<usize>)> = own.iter().collect();
        let says = |at: usize| !is_blank(Grid::cell(row, at).to_text().trim());
        for pair in said.windows(2) {
            let [(from_at, _, from), (to_at, _, to)] = pair else {
                continue;
            };
            // What neither cell of the row says was said before.
            if !says(*from_at) && !says(*to_at) {
                continue;
            }
            for from in from {
                for to in to {
                    builder.link(place, *from, *to);
                }
            }
        }
        // The measures of a row are those of the lowest stage that it names; where it names none, of the row above.
        let named = own.iter().find(|(at, ..)| says(*at)).or(own.first());
        let Some(boxed) = named.and_then(|(_, _, boxes)| boxes.first().copied()) else {
            continue;
        };
        if lowest_new.is_some() {
            about(&cells, row, place, boxed, builder);
        }
        measured(
            &mut measures,
            &cells,
            row,
            (place, boxed, percents),
            if lowest_new.is_some() {
                Turn::First
            } else {
                Turn::Further
            },
            builder,
        );
        waiting.extend(others(&cells, row, place, boxed));
    }
    waiting
}
