//! A register: a row a benefit with its measures, further rows for further measures, and what its other columns name.

use std::collections::BTreeMap;

use super::super::{Cell, DecisionKind, RawRow, list};
use super::build::{Builder, Place, Told, quoted, several};
use super::cells::{Cells, DayIn};
use super::found::Found;
use super::grid::Grid;
use super::mapping::Meaning;
use super::measures::{Measures, percents};
use super::role::Role;
use super::rows::{Sort, Sorter, tell_group};
use super::waiting::{Side, Waiting};
use crate::map::called::{folded, plain};
use crate::map::written::Edge;
use crate::map::{BenefitClass, Day, Gains, NamedKind, NodeKind, is_blank};

/// What the rows of the table are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    Benefits,
    Kpis,
}

/// Which row of its benefit a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Further,
}

/// What the cells of a category say, each of what it is.
#[derive(Default)]
struct Class {
    class: Option<BenefitClass>,
    gains: Option<Gains>,
    kind: Option<NodeKind>,
    disbenefit: bool,
    unintended: bool,
    tags: Vec<String>,
}

/// The rows of a register, brought into the tables.
pub(super) fn register(grid: &Grid, found: &Found, table: usize, builder: &mut Builder<'_>) -> Vec<Waiting> {
    let cells = Cells::new(grid, found);
    let sorter = Sorter::new(grid, found);
    let mut measures = Measures::new();
    let percents = percents(&cells);
    let mut waiting = Vec::new();
    let mut last: Option<usize> = None;
    let mut due_of: BTreeMap<usize, Day> = BTreeMap::new();
    let rows = match !found.has(Role::Title) && found.has(Role::Kpi) {
        true => Rows::Kpis,
        false => Rows::Benefits,
    };
    for row in &found.rows {
        let place = Place { table, row: row.number };
        match sorter.sort(row, place, builder) {
            Sort::Aside => continue,
            Sort::Group(text) => {
                tell_group(&text, place, builder);
                continue;
            }
            Sort::Record => {}
        }
        let Some((boxed, is_new)) = box_of(&cells, row, place, last, rows, builder) else {
            continue;
        };
        last = Some(boxed);
        if is_new && let Some(due) = about(&cells, row, place, boxed, builder) {
            due_of.insert(boxed, due);
        }
        let mut class = class_of(&cells, row, place, builder);
        let mut id = None;
        let mut qualitative = false;
        if let Some(measure) = measures.read(&cells, row, place, percents, builder) {
            qualitative = measure.qualitative;
            id = Some(measures.add(
                (measure, boxed),
                &cells,
                row,
                place,
                due_of.get(&boxed).copied(),
                builder,
            ));
        } else if class.class.is_some() || class.gains.is_some() {
            let measure = super::measures::Measure::default();
            id = Some(measures.add((measure, boxed), &cells, row, place, None, builder));
        }
        if qualitative {
            class.class = class.class.or(Some(BenefitClass::Qualitative));
        }
        let turn = if is_new { Turn::First } else { Turn::Further };
        classify(class, id.as_deref(), (place, boxed, turn), builder);
        let free = free_fields(&cells, row);
        match (is_new, id.is_some()) {
            (true, _) if rows == Rows::Benefits => {
                if let Some(record) = builder.record_of(boxed) {
                    for (name, cell) in free {
                        record.set(name, cell);
                    }
                }
            }
            (_, true) => {
                if let Some(record) = builder.last("kpis") {
                    for (name, cell) in free {
                        record.set(name, cell);
                    }
                }
            }
            _ => {}
        }
        for role in [
            Role::Project,
            Role::Investment,
            Role::Enabler,
            Role::BusinessChange,
            Role::IntermediateOutcome,
            Role::EndOutcome,
            Role::Objective,
            Role::DependsOn,
            Role::LeadsTo,
            Role::Disbenefit,
            Role::Risk,
            Role::Assumptions,
        ] {
            for column in cells.columns(role) {
                let cell = Grid::cell(row, column.at);
                let text = cell.to_text().trim().to_owned();
                if text.is_empty() || is_blank(&text) {
                    if !text.is_empty() && !matches!(cell, Cell::Empty) {
                        let message = format!("{} names nothing, and was taken as empty", quoted(&text));
                        builder.tell(place, Some(&column.head), Told::taken(DecisionKind::BlankWord, message));
                    }
                    continue;
                }
                waiting.push(Waiting {
                    place,
                    head: column.head.clone(),
                    boxed,
                    text,
                    role,
                    assumed: Side::Below,
                });
            }
        }
    }
    waiting
}

/// The box that a row is of, and whether the row is the first of it. `None` where no row above names one.
fn box_of(
    cells: &Cells<'_>,
    row: &RawRow,
    place: Place,
    last: Option<usize>,
    rows: Rows,
    builder: &mut Builder<'_>,
) -> Option<(usize, bool)> {
    let title = cells.said(row, Role::Title);
    let code = cells.said(row, Role::Id);
    let parent = cells.said(row, Role::BelongsTo);
    if rows == Rows::Kpis {
        let reference = if parent.is_empty() { &code } else { &parent };
        if let Some(at) = builder.called(reference).filter(|_| !reference.is_empty()) {
            return Some((at, false));
        }
        if !parent.is_empty() {
            let at = builder.node(place, NodeKind::IntermediateOutcome, &parent, "");
            return Some((at, true));
        }
        let kpi = cells.said(row, Role::Kpi);
        if kpi.is_empty() {
            return last.map(|at| (at, false));
        }
        let message = format!(
            "no column says which benefit {} belongs to, so a box of that title was made for it",
            quoted(&kpi)
        );
        builder.tell(place, None, Told::taken(DecisionKind::MissingValue, message));
        return Some((builder.node(place, NodeKind::IntermediateOutcome, &kpi, &code), true));
    }
    if title.is_empty() {
        if let Some(at) = builder.coded(&code).filter(|_| !code.is_empty()) {
            return Some((at, builder.boxed(at).at.is_none()));
        }
        return match last {
            // A further row of the benefit above.
            Some(at) if code.is_empty() => Some((at, false)),
            _ => {
                let message = "the row names no benefit, and neither does a row above it, so it was left out";
                builder.tell(
                    place,
                    None,
                    Told::fault(
                        DecisionKind::NoSuchRecord,
                        message,
                        "Give the row a title, or the reference of a benefit.",
                    ),
                );
                None
            }
        };
    }
    let kind = kind_of(cells, row);
    let by_code = builder.coded(&code).filter(|_| !code.is_empty());
    if let Some(at) = by_code {
        let other = builder.boxed(at).clone();
        // On the map, the title may have changed since; in the sheet, it is another benefit of the same reference.
        if plain(&other.title) == plain(&title) || other.at.is_none() {
            let is_new = other.at.is_none();
            if is_new {
                builder.again(at, place, kind);
                if let Some(record) = builder.record_of(at) {
                    record.set("title", Cell::text(title));
                }
            }
            return Some((at, is_new));
        }
        let made = builder.node(place, kind, &title, &code);
        let id = builder.boxed(made).id.clone();
        let head = cells.found.column(Role::Id).map(|column| column.head.clone());
        let message = format!(
            "{} is also the reference of {}, so this benefit was given the id `{id}`",
            quoted(&code),
            quoted(&other.title)
        );
        builder.tell(
            place,
            head.as_deref(),
            Told::fault(
                DecisionKind::DuplicateId,
                message,
                "Give each benefit a reference of its own.",
            ),
        );
        return Some((made, true));
    }
    if let Some(at) = builder.called(&title)
        && (code.is_empty() || builder.boxed(at).at.is_none())
    {
        let is_new = builder.boxed(at).at.is_none();
        builder.again(at, place, kind);
        return Some((at, is_new));
    }
    Some((builder.node(place, kind, &title, &code), true))
}

fn kind_of(cells: &Cells<'_>, row: &RawRow) -> NodeKind {
    let text = cells.said(row, Role::Level);
    NodeKind::named(&text).unwrap_or(NodeKind::IntermediateOutcome)
}

/// What the row says of the benefit itself; gives the day by which it is due.
fn about(cells: &Cells<'_>, row: &RawRow, place: Place, boxed: usize, builder: &mut Builder<'_>) -> Option<Day> {
    let mut due = None;
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
                if role == Role::Due {
                    due = Some(day);
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
    let owner = cells.text(row, Role::Owner);
    if owner.contains(" / ") || owner.contains(" and ") && owner.len() < 80 || owner.contains(" & ") {
        let head = cells.found.column(Role::Owner).map(|column| column.head.clone());
        let mut told = Told::taken(
            DecisionKind::NameMadeRecord,
            format!("{} may be several people, and was taken as one owner", quoted(&owner)),
        );
        told.help = "Name the one person who answers for it.".to_owned();
        builder.tell(place, head.as_deref(), told);
    }
    let record = builder.record_of(boxed)?;
    for (role, column) in [
        (Role::Description, "description"),
        (Role::Owner, "owner"),
        (Role::QuickWin, "quick_win"),
        (Role::Partners, "partners"),
        (Role::Tags, "tags"),
    ] {
        let cell = cells.cell(row, role).clone();
        let cell = match (role, cell) {
            (Role::Partners | Role::Tags, Cell::Text(text)) => {
                let parts = several(&text);
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                Cell::text(list::join(&parts))
            }
            (_, cell) => cell,
        };
        record.set(column, cell);
    }
    due
}

/// What the cells under heads such as `Category` and `Type` say.
fn class_of(cells: &Cells<'_>, row: &RawRow, place: Place, builder: &mut Builder<'_>) -> Class {
    let mut class = Class::default();
    for column in cells.columns(Role::Category) {
        let text = Grid::cell(row, column.at).to_text().trim().to_owned();
        if text.is_empty() {
            continue;
        }
        if is_blank(&text) {
            let message = format!("{} says no category, and was taken as empty", quoted(&text));
            builder.tell(place, Some(&column.head), Told::taken(DecisionKind::BlankWord, message));
            continue;
        }
        let head = folded(&column.head);
        for part in text
            .split([';', ',', '/', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let named = NamedKind::of(part);
            if let Some(found) = class_named(part, &head) {
                class.class = Some(found);
            } else if let Some(found) = gains_named(part) {
                class.gains = Some(found);
            } else if let Some(named) = named {
                class.disbenefit |= named.disbenefit;
                class.unintended |= named.unintended;
                if !named.disbenefit && !named.unintended && folded(part) != "benefit" {
                    class.kind = Some(named.kind);
                }
            } else {
                class.tags.push(part.to_owned());
            }
        }
    }
    class
}

/// The class of a benefit in the words of the Green Book and of registers.
fn class_named(text: &str, head: &str) -> Option<BenefitClass> {
    let word = folded(text);
    let word = word
        .strip_suffix("_benefit")
        .or_else(|| word.strip_suffix("_benefits"))
        .unwrap_or(&word);
    Some(match word {
        "cashable"
        | "cash_releasing"
        | "cash"
        | "cash_releasing_benefit"
        | "crb"
        | "cashable_saving"
        | "cash_saving"
        | "cash_releasing_savings"
        | "cash_generating" => BenefitClass::CashReleasing,
        "non_cashable"
        | "noncashable"
        | "non_cash_releasing"
        | "non_cash"
        | "not_cashable"
        | "ncrb"
        | "non_cash_releasing_benefit"
        | "cost_avoidance"
        | "efficiency_non_cashable" => BenefitClass::NonCashReleasing,
        "quantifiable"
        | "quantitative"
        | "quantified"
        | "quantifiable_non_financial"
        | "non_financial_quantifiable"
        | "measurable"
        | "qb" => BenefitClass::Quantifiable,
        "qualitative" | "unquantifiable" | "non_quantifiable" | "intangible" | "qualitative_only" => {
            BenefitClass::Qualitative
        }
        "yes" | "y" | "true" if head.contains("cash") => BenefitClass::CashReleasing,
        "no" | "n" | "false" if head.contains("cash") => BenefitClass::NonCashReleasing,
        _ => return None,
    })
}

/// Who gains, in the words of the Green Book.
fn gains_named(text: &str) -> Option<Gains> {
    Some(match folded(text).as_str() {
        "public_sector_direct"
        | "direct_public_sector"
        | "direct_public"
        | "public_direct"
        | "direct_to_public_sector" => Gains::PublicDirect,
        "public_sector_indirect" | "indirect_public_sector" | "indirect_public" | "public_indirect" => {
            Gains::PublicIndirect
        }
        "wider_society" | "society" | "societal" | "wider_uk_society" | "wider_social" | "uk_society" => Gains::Society,
        _ => return None,
    })
}

fn classify(class: Class, kpi: Option<&str>, (place, boxed, turn): (Place, usize, Turn), builder: &mut Builder<'_>) {
    let named = class.class;
    if let Some(kpi) = kpi.filter(|_| named.is_some() || class.gains.is_some()) {
        let has = builder
            .rows("benefit_values")
            .iter()
            .any(|record| record.text("kpi") == kpi);
        let record = match has {
            true => builder.last("benefit_values"),
            false => {
                builder
                    .add("benefit_values", place)
                    .set("kpi", Cell::text(kpi.to_owned()));
                builder.last("benefit_values")
            }
        };
        if let Some(record) = record {
            record.set(
                "class",
                Cell::text(named.map(|class| class.to_string()).unwrap_or_default()),
            );
            record.set(
                "gains",
                Cell::text(class.gains.map(|gains| gains.to_string()).unwrap_or_default()),
            );
        }
    }
    let Some(record) = builder.record_of(boxed).filter(|_| turn == Turn::First) else {
        return;
    };
    if let Some(kind) = class.kind {
        record.set("kind", Cell::text(kind.to_string()));
    }
    if class.disbenefit {
        record.set("disbenefit", Cell::Bool(true));
    }
    if class.unintended {
        record.set("unintended", Cell::Bool(true));
    }
    if !class.tags.is_empty() {
        let mut all = list::split(&record.text("tags"));
        all.extend(class.tags);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        record.set("tags", Cell::text(list::join(&all)));
    }
}

/// The cells of a row that a map has no field for, by the names of their free fields.
pub(super) fn free_fields(cells: &Cells<'_>, row: &RawRow) -> Vec<(String, Cell)> {
    let free = cells.found.columns.iter().filter_map(|column| match &column.meaning {
        Meaning::Free(name) => Some((name.clone(), Grid::cell(row, column.at).clone())),
        _ => None,
    });
    let mut out: Vec<(String, Cell)> = free.filter(|(_, cell)| !cell.is_empty()).collect();
    // Who measures and which organisation answers have a field only beside others.
    if let Some(column) = cells.found.column(Role::Organisation)
        && let Some(name) = super::mapping::free_name(&column.head)
    {
        let cell = Grid::cell(row, column.at).clone();
        if !cell.is_empty() {
            out.push((name, cell));
        }
    }
    out
}
