//! The current figures of a map in the cells of a sheet that somebody else laid out: only cells that say something else change.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::{Cell, RawRow, RawTable};
use super::Adopted;
use super::amount::{self, Value};
use super::build::{Place, several};
use super::cells::{Cells, DayIn, day_named};
use super::found::{Column, Found};
use super::grid::Grid;
use super::mapping::Meaning;
use super::role::{Role, SheetKind};
use crate::map::called::plain;
use crate::map::written::{DecimalMark, Edge, Settled};
use crate::map::{BenefitMap, Day, FreeFields, FreeValue, Kpi, Node, Number, is_blank};

/// A cell that says something else than the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// The name of the sheet.
    pub sheet: String,
    /// From 1.
    pub row: usize,
    /// From 0.
    pub column: usize,
    /// The head of the column.
    pub head: String,
    /// What stands there.
    pub was: Cell,
    /// What the map says.
    pub is: Cell,
}

/// What differs between a file and a map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The cells, in the order of the sheets, rows and columns.
    pub cells: Vec<Differs>,
    /// Titles of benefits of the map that have no row in the file.
    pub without_row: Vec<String>,
    /// Titles in the file of what the map does not have.
    pub not_in_map: Vec<String>,
    /// How many rows of the file are benefits, results or risks of the map.
    pub rows: usize,
}

impl Likeness {
    /// Whether the file has nothing of the map.
    pub fn is_foreign(&self) -> bool {
        self.rows == 0
    }
}

/// Compares the sheets of a file, taken apart with the map as what is known, with that map. `latest` gives the last measured
/// value of a KPI, by its id.
pub fn likeness(
    grids: &[Grid],
    adopted: &Adopted,
    map: &BenefitMap,
    latest: &BTreeMap<String, (Day, Number)>,
) -> Likeness {
    let of = |name: &str| adopted.tables.iter().find(|table| table.name == name);
    let mut out = Likeness::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let with = With {
        grids,
        adopted,
        map,
        latest,
        cells: adopted
            .found
            .iter()
            .map(|found| Cells::new(&grids[found.grid], found))
            .collect(),
    };
    if let Some(nodes) = of("nodes") {
        for row in &nodes.rows {
            let Some((place, found)) = with.place(row) else {
                continue;
            };
            let id = text(nodes, row, "id");
            // What a project or an objective is called is no row of its own.
            if !with.is_own_row(&text(nodes, row, "title"), place, found) {
                continue;
            }
            match map.nodes.iter().find(|node| node.id.as_str() == id) {
                Some(node) => {
                    seen.insert(id);
                    out.rows += 1;
                    with.node(node, place, found, &mut out.cells);
                }
                None => out.not_in_map.push(text(nodes, row, "title")),
            }
        }
    }
    if let Some(kpis) = of("kpis") {
        for row in &kpis.rows {
            let Some((place, found)) = with.place(row) else {
                continue;
            };
            let id = text(kpis, row, "id");
            if let Some(kpi) = map.kpis.iter().find(|kpi| kpi.id.as_str() == id) {
                out.rows += 1;
                with.kpi(kpi, (kpis, row), place, found, &mut out.cells);
            }
        }
    }
    if let Some(risks) = of("risks") {
        for row in &risks.rows {
            let Some((place, found)) = with.place(row).filter(|(_, found)| found.kind == SheetKind::Risks) else {
                continue;
            };
            let id = text(risks, row, "id");
            if let Some(risk) = map.risks.iter().find(|risk| risk.id.as_str() == id) {
                out.rows += 1;
                with.risk(risk, place, found, &mut out.cells);
            }
        }
    }
    let outcomes = map
        .nodes
        .iter()
        .filter(|node| node.kind.is_outcome() && !seen.contains(node.id.as_str()));
    out.without_row = outcomes.map(|node| node.title.clone()).collect();
    out.cells
        .sort_by(|a, b| (&a.sheet, a.row, a.column).cmp(&(&b.sheet, b.row, b.column)));
    out.cells.dedup();
    out
}

/// What stands in a row of a table under a column.
fn text(table: &RawTable, row: &RawRow, column: &str) -> String {
    cell_of(table, row, column).to_text().into_owned()
}

fn cell_of(table: &RawTable, row: &RawRow, column: &str) -> Cell {
    let at = table.header.iter().position(|name| name == column);
    at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
}

/// What a comparison goes by.
struct With<'w> {
    grids: &'w [Grid],
    adopted: &'w Adopted,
    map: &'w BenefitMap,
    latest: &'w BTreeMap<String, (Day, Number)>,
    /// Of each table, by its place among those that were read.
    cells: Vec<Cells<'w>>,
}

/// The row of a table at a place.
fn row_of(found: &Found, place: Place) -> Option<&RawRow> {
    let at = found.rows.binary_search_by_key(&place.row, |row| row.number).ok()?;
    found.rows.get(at)
}

impl<'w> With<'w> {
    fn place(&self, row: &RawRow) -> Option<(Place, &'w Found)> {
        let place = self.adopted.origins.place(row.number)?;
        Some((place, self.adopted.found.get(place.table)?))
    }

    fn grid(&self, found: &Found) -> &'w Grid {
        &self.grids[found.grid]
    }

    fn at(&self, place: Place, found: &Found, column: &Column) -> Cell {
        row_of(found, place)
            .map(|row| Grid::cell(row, column.at).clone())
            .unwrap_or_default()
    }

    /// Whether the row is that of the box itself.
    fn is_own_row(&self, title: &str, place: Place, found: &Found) -> bool {
        let names = [Role::Title, Role::Level, Role::Kpi];
        names.iter().filter_map(|role| found.column(*role)).any(|column| {
            let said = self.at(place, found, column).to_text().into_owned();
            plain(&said) == plain(title) || !said.is_empty() && plain(&said).ends_with(&plain(title))
        })
    }

    fn differs(&self, place: Place, found: &Found, column: &Column, is: Cell, out: &mut Vec<Differs>) {
        let was = self.at(place, found, column);
        if was != is {
            out.push(Differs {
                sheet: self.grid(found).sheet.clone(),
                row: place.row,
                column: column.at,
                head: column.head.clone(),
                was,
                is,
            });
        }
    }

    /// A text, which differs where it says something else than spaces and case.
    fn text(&self, place: Place, found: &Found, role: Role, is: &str, out: &mut Vec<Differs>) {
        let Some(column) = found.column(role) else { return };
        let was = self.at(place, found, column).to_text().into_owned();
        let says_nothing = is_blank(&was) && role != Role::Unit;
        if plain(&was) == plain(is) || says_nothing && is.is_empty() {
            return;
        }
        let is = if is.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(is.to_owned())
        };
        self.differs(place, found, column, is, out);
    }

    /// A day, in the writing of the cell where that is clear.
    fn day(
        &self,
        place: Place,
        found: &Found,
        column: Option<&Column>,
        (edge, is): (Edge, Option<Day>),
        out: &mut Vec<Differs>,
    ) {
        let Some(column) = column else { return };
        let was = self.at(place, found, column);
        let Some(cells) = self.cells.get(place.table) else {
            return;
        };
        let row = row_of(found, place);
        let role = match &column.meaning {
            Meaning::Is(role) => *role,
            _ => return,
        };
        let said = match row.map(|row| cells.day(row, role, edge)) {
            Some(DayIn::Is(day, _)) => Some(day),
            Some(DayIn::Words(_)) if is.is_none() => return,
            _ => None,
        };
        if said == is {
            return;
        }
        let is = match (is, &was) {
            (None, _) => Cell::Empty,
            (Some(day), Cell::Day(_)) => Cell::Day(day),
            (Some(day), Cell::Text(text)) => Cell::Text(spelled(day, text, said)),
            (Some(day), _) => Cell::Text(day.to_string()),
        };
        self.differs(place, found, column, is, out);
    }

    fn owner(&self, id: Option<&str>) -> String {
        let owner = id.and_then(|id| self.map.owners.iter().find(|owner| owner.id.as_str() == id));
        owner.map(|owner| owner.name.clone()).unwrap_or_default()
    }

    fn node(&self, node: &Node, place: Place, found: &'w Found, out: &mut Vec<Differs>) {
        if found.has(Role::Title) {
            let column = found.column(Role::Title);
            let was = column
                .map(|column| self.at(place, found, column).to_text().into_owned())
                .unwrap_or_default();
            if !plain(&was).ends_with(&plain(&node.title)) {
                self.text(place, found, Role::Title, &node.title, out);
            }
        }
        self.text(place, found, Role::Description, &node.description, out);
        self.text(
            place,
            found,
            Role::Owner,
            &self.owner(node.owner.as_ref().map(|id| id.as_str())),
            out,
        );
        self.day(place, found, found.column(Role::Start), (Edge::First, node.start), out);
        self.day(place, found, found.column(Role::Due), (Edge::Last, node.due), out);
        self.projects(node, place, found, out);
        if found.kind != SheetKind::Kpis {
            self.free(&node.free, place, found, out);
        }
    }

    /// The investments that lead to a box, where they are others than the cell names.
    fn projects(&self, node: &Node, place: Place, found: &Found, out: &mut Vec<Differs>) {
        let columns: Vec<&Column> = found
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Is(Role::Project))
            .collect();
        let [column] = columns.as_slice() else { return };
        let said = self.at(place, found, column).to_text().into_owned();
        let parts = if is_blank(&said) { Vec::new() } else { several(&said) };
        let known = |part: &String| {
            let mut nodes = self.map.nodes.iter();
            nodes.find(|one| {
                plain(&one.title) == plain(part)
                    || plain(one.id.as_str()) == plain(part)
                    || super::build::code_of(&one.title).is_some_and(|code| plain(code) == plain(part))
            })
        };
        // Names that the map does not have are left alone.
        if !parts.iter().all(|part| known(part).is_some()) {
            return;
        }
        let named: BTreeSet<&str> = parts.iter().filter_map(known).map(|one| one.id.as_str()).collect();
        let links = self.map.links.iter().filter(|link| link.to == node.id);
        let sources = links.filter_map(|link| self.map.nodes.iter().find(|one| one.id == link.from));
        let is: Vec<&Node> = sources
            .filter(|one| one.kind == crate::map::NodeKind::Investment || named.contains(one.id.as_str()))
            .collect();
        if is.iter().map(|one| one.id.as_str()).collect::<BTreeSet<_>>() == named {
            return;
        }
        let titles: Vec<&str> = is.iter().map(|one| one.title.as_str()).collect();
        let cell = if titles.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(titles.join("; "))
        };
        self.differs(place, found, column, cell, out);
    }

    fn free(&self, free: &FreeFields, place: Place, found: &Found, out: &mut Vec<Differs>) {
        for column in &found.columns {
            let Meaning::Free(name) = &column.meaning else { continue };
            let was = self.at(place, found, column);
            let Some(value) = free.get(name) else { continue };
            let same = match (value, super::super::sheet::free_value(&was)) {
                (value, Some(was)) => *value == was || value.to_string() == was.to_string(),
                (_, None) => false,
            };
            if same {
                continue;
            }
            let is = match value {
                FreeValue::Text(text) => match (crate::map::Day::new(text), &was) {
                    (Ok(day), Cell::Day(_)) => Cell::Day(day),
                    _ => Cell::Text(text.clone()),
                },
                FreeValue::Number(number) => Cell::Number(*number),
                FreeValue::Flag(flag) => Cell::Bool(*flag),
            };
            self.differs(place, found, column, is, out);
        }
    }

    fn kpi(
        &self,
        kpi: &Kpi,
        (table, row): (&RawTable, &RawRow),
        place: Place,
        found: &'w Found,
        out: &mut Vec<Differs>,
    ) {
        self.text(place, found, Role::Kpi, &kpi.title, out);
        if found.has(Role::Unit) && text(table, row, "unit") != kpi.unit {
            self.text(place, found, Role::Unit, &kpi.unit, out);
        }
        let plan = kpi.measurement.clone().unwrap_or_default();
        self.text(place, found, Role::Definition, &kpi.definition, out);
        self.text(place, found, Role::Frequency, &plan.frequency, out);
        self.text(place, found, Role::Source, &plan.source, out);
        self.text(
            place,
            found,
            Role::Responsible,
            &self.owner(plan.responsible.as_ref().map(|id| id.as_str())),
            out,
        );
        let baselines: Vec<&Column> = found
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Is(Role::Baseline))
            .collect();
        if let [column] = baselines.as_slice() {
            let was = number(&cell_of(table, row, "baseline_value"));
            self.value(
                place,
                found,
                column,
                (was, kpi.baseline.map(|baseline| baseline.value)),
                out,
            );
        }
        self.day(
            place,
            found,
            found.column(Role::BaselineDate),
            (Edge::Last, kpi.baseline.and_then(|baseline| baseline.date)),
            out,
        );
        self.targets(kpi, place, found, out);
        if let Some((_, value)) = self.latest.get(kpi.id.as_str()) {
            let columns: Vec<&Column> = found
                .columns
                .iter()
                .filter(|column| column.meaning == Meaning::Is(Role::Actual) && column.date.is_none())
                .collect();
            if let [column] = columns.as_slice() {
                let was = match amount::value(&self.at(place, found, column), &Settled::Assumed(DecimalMark::Point)) {
                    Value::Is(amount) => Number::try_from(amount.number).ok(),
                    _ => None,
                };
                self.value(place, found, column, (was, Some(*value)), out);
            }
        }
        if let Some((day, _)) = self.latest.get(kpi.id.as_str()) {
            self.day(
                place,
                found,
                found.column(Role::ActualDate),
                (Edge::Last, Some(*day)),
                out,
            );
        }
        if found.kind == SheetKind::Kpis {
            self.free(&kpi.free, place, found, out);
        }
    }

    /// The targets of a row: those with a day by that, the last one otherwise.
    fn targets(&self, kpi: &Kpi, place: Place, found: &'w Found, out: &mut Vec<Differs>) {
        let columns: Vec<&Column> = found
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Is(Role::Target))
            .collect();
        let Some(table) = self.adopted.tables.iter().find(|table| table.name == "targets") else {
            return;
        };
        let rows: Vec<&RawRow> = table
            .rows
            .iter()
            .filter(|row| {
                self.adopted.origins.place(row.number) == Some(place) && text(table, row, "kpi") == kpi.id.as_str()
            })
            .collect();
        let mut said = rows.iter();
        for column in &columns {
            let cell = self.at(place, found, column);
            let is_value = matches!(
                amount::value(&cell, &Settled::Assumed(DecimalMark::Point)),
                Value::Is(_)
            );
            let before = if is_value { said.next() } else { None };
            let was = before.and_then(|row| number(&cell_of(table, row, "value")));
            let day = column.date.as_deref().and_then(|date| day_named(date, Edge::Last));
            let now = match day {
                Some(day) => kpi.targets.iter().find(|target| target.date == Some(day)),
                None => kpi.targets.iter().max_by_key(|target| target.date),
            };
            match (was, now) {
                // Words that are no value stay where the map has none.
                (None, None) => {}
                (was, now) => self.value(place, found, column, (was, now.map(|target| target.value)), out),
            }
        }
        let last = kpi
            .targets
            .iter()
            .max_by_key(|target| target.date)
            .and_then(|target| target.date);
        self.day(place, found, found.column(Role::TargetDate), (Edge::Last, last), out);
    }

    /// A value, in the writing of its cell.
    fn value(
        &self,
        place: Place,
        found: &Found,
        column: &Column,
        (was, is): (Option<Number>, Option<Number>),
        out: &mut Vec<Differs>,
    ) {
        if was == is {
            return;
        }
        let cell = self.at(place, found, column);
        let is = match is {
            // A placeholder says so already.
            None if is_blank(&cell.to_text()) => return,
            None => Cell::Empty,
            Some(is) => written(&cell, was, is),
        };
        self.differs(place, found, column, is, out);
    }

    fn risk(&self, risk: &crate::map::Risk, place: Place, found: &Found, out: &mut Vec<Differs>) {
        self.text(place, found, Role::Title, &risk.title, out);
        self.text(
            place,
            found,
            Role::Owner,
            &self.owner(risk.owner.as_ref().map(|id| id.as_str())),
            out,
        );
        self.day(place, found, found.column(Role::Due), (Edge::Last, risk.close_by), out);
        self.free(&risk.free, place, found, out);
    }
}

fn number(cell: &Cell) -> Option<Number> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

/// A number in the writing of a cell that held another: with its unit, its scale and its separators.
fn written(cell: &Cell, was: Option<Number>, is: Number) -> Cell {
    // What one in the cell is worth in the unit of the KPI.
    let worth = |shown: Decimal| match was {
        Some(was) if !shown.is_zero() && !was.decimal().is_zero() => was.decimal().checked_div(shown),
        _ => Some(Decimal::ONE),
    };
    let plain_cell = || Cell::Number(is);
    let scaled = |shown: Decimal| {
        let worth = worth(shown).filter(|worth| !worth.is_zero())?;
        let value = is.decimal().checked_div(worth)?;
        Number::try_from(value.normalize())
            .ok()
            .or_else(|| Number::rounded(value))
    };
    match cell {
        Cell::Number(shown) => scaled(shown.decimal()).map_or_else(plain_cell, Cell::Number),
        Cell::Percent(shown) if shown.decimal().is_zero() => {
            Number::try_from(is.decimal() / Decimal::ONE_HUNDRED).map_or_else(|_| plain_cell(), Cell::Percent)
        }
        Cell::Percent(shown) => scaled(shown.decimal()).map_or_else(plain_cell, Cell::Percent),
        Cell::Money(shown, currency) => {
            scaled(shown.decimal()).map_or_else(plain_cell, |value| Cell::Money(value, currency.clone()))
        }
        Cell::Text(text) => respelled(text, scaled).map_or_else(plain_cell, Cell::Text),
        _ => plain_cell(),
    }
}

/// A text with another number in the place of its first.
fn respelled(text: &str, scaled: impl Fn(Decimal) -> Option<Number>) -> Option<String> {
    if let Value::Is(amount) = amount::value(&Cell::Text(text.to_owned()), &Settled::Assumed(DecimalMark::Point))
        && amount.change.is_some()
    {
        return None;
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..]
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(text.len() - start);
    let digits = text[start..start + length].trim_end_matches([',', '.']);
    let end = start + digits.len();
    let shown: Decimal = digits.replace(',', "").parse().ok()?;
    let before = text[..start].trim_end();
    let is_negative = before.ends_with(['-', '−', '(']);
    if is_negative {
        return None;
    }
    let number = scaled(shown)?;
    if number < Number::ZERO {
        return None;
    }
    let new = match digits.contains(',') {
        true => number.grouped(),
        false => number.to_string(),
    };
    Some(format!("{}{new}{}", &text[..start], &text[end..]))
}

/// A day in the writing of a text that says another: in numbers with slashes, hyphens or points, else year first.
fn spelled(day: Day, like: &str, was: Option<Day>) -> String {
    let sign = ['/', '.', '-']
        .into_iter()
        .find(|sign| like.matches(*sign).count() == 2);
    let parts: Vec<&str> = like.split(['/', '.', '-']).map(str::trim).collect();
    let (Some(sign), [first, _, last], Some(was)) = (sign, parts.as_slice(), was) else {
        return day.to_string();
    };
    let numbers = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !numbers || last.len() != 4 {
        return day.to_string();
    }
    let date = day.date();
    let (d, m) = (date.day(), date.month());
    let day_first = first.parse::<i8>().is_ok_and(|first| first == was.date().day());
    let (one, two) = if day_first { (d, m) } else { (m, d) };
    format!("{one:02}{sign}{two:02}{sign}{}", date.year())
}
