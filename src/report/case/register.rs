//! The benefits register, as much of it as fits on paper: the whole of it is a spreadsheet.

use crate::appraise::Appraised;
use crate::graph::NodeIx;
use crate::map::{Aggregation, Day, Kpi, Language, Node, NodeKind, Number};
use crate::text::with_minus;
use crate::track::{AtDue, Outlook, PromisedBy, at_due};

use super::super::model::{Align, Block, Cell, Column, Inline, RowHeads, Table, Width};
use super::super::wording;
use super::{Case, status_and_why};

/// The columns that say something of the benefit; the others say something of one of its KPIs.
const OF_BENEFIT: usize = 2;

/// The section of the business case.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Benefits register", "register")];
    out.extend(body(case));
    out
}

/// The section on the end outcomes alone, as a board reads it.
pub(super) fn outcomes(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Outcomes", "outcomes")];
    let ends: Vec<NodeIx> = case.graph.of_kind(NodeKind::EndOutcome).collect();
    if ends.is_empty() {
        out.push(Block::note("The map has no end outcomes yet."));
        return out;
    }
    let worth = worth_of(case);
    let mut table = headed("End outcomes", case, worth.as_ref());
    for ix in by_due(case, ends) {
        benefit(case, ix, worth.as_ref(), &mut table);
    }
    out.push(Block::Table(table));
    out
}

/// How to read the register, and the register.
pub(super) fn body(case: &Case<'_, '_>) -> Vec<Block> {
    let words = "Every outcome with who answers for it and how it is measured, one row for each KPI. The target when due is the value that is promised for the day on which the benefit is due; where no target has that day, it is read off the planned path.";
    let standing = match case.standing {
        Some(_) => " The last columns give the status of each KPI, why, and where it is heading.",
        None => "",
    };
    let worth = match has_values(case) {
        true => " The full-year value is what the benefit is worth in its best year, not discounted, by the appraisal.",
        false => "",
    };
    let mut out = vec![Block::text(format!("{words}{worth}{standing}"))];
    let table = table(case);
    if table.rows.is_empty() {
        out.push(Block::note("The map has no outcomes yet."));
    } else {
        out.push(Block::Table(table));
    }
    out
}

/// What the KPIs of a map are worth; nothing where it cannot be appraised.
struct Worth<'c>(Option<&'c Appraised>);

impl Worth<'_> {
    /// What a KPI is worth in a full year, and in which class; a dash where the map says neither.
    fn cell(&self, kpi: &Kpi) -> Cell {
        let class = kpi.value.as_ref().and_then(|value| value.class);
        let full = self.0.as_ref().and_then(|whole| whole.full_year_value(&kpi.id));
        let mut out = Vec::new();
        let figures = wording::Figures(self.0.as_ref().map(|whole| whole.language).unwrap_or_default());
        out.extend(full.map(|full| Inline::text(figures.money(full))));
        if let Some(class) = class {
            out.extend((!out.is_empty()).then_some(Inline::Break));
            out.push(Inline::Emphasis(wording::capital(&class.as_str().replace('-', " "))));
        }
        if out.is_empty() {
            out.push(Inline::text("–"));
        }
        Cell(out)
    }
}

fn has_values(case: &Case<'_, '_>) -> bool {
    case.map.kpis.iter().any(|kpi| kpi.value.is_some())
}

/// What the KPIs are worth; `None` where the map gives none of them a value.
fn worth_of<'c>(case: &'c Case<'_, '_>) -> Option<Worth<'c>> {
    has_values(case).then(|| Worth(case.appraised().ok()))
}

/// The table without rows.
fn headed(caption: &str, case: &Case<'_, '_>, worth: Option<&Worth<'_>>) -> Table {
    let mut columns = vec![
        Column::new("Benefit", 2.5),
        Column::new("Owner", 1.6),
        Column::new("KPI", 2.4),
        Column::new("Unit", 1.4),
        Column::new("Baseline", 1.5).align(Align::End),
        Column::new("Due", 1.3).align(Align::End),
        Column::new("Target when due", 1.4).align(Align::End),
        Column::new("Final target", 1.5).align(Align::End),
    ];
    if worth.is_some() {
        columns.push(Column::new("Full-year value", 1.6).align(Align::End));
    }
    if case.standing.is_some() {
        columns.extend([
            Column::new("Last value", 1.5).align(Align::End),
            Column::new("Status and why", 2.6),
            Column::new("Outlook", 2.1),
        ]);
    }
    let mut table = Table::new(caption, columns);
    table.width = Width::Landscape;
    table.row_heads = RowHeads::FirstAnd(OF_BENEFIT);
    table
}

/// The nodes by the day on which they are due, those without one last.
fn by_due(case: &Case<'_, '_>, mut nodes: Vec<NodeIx>) -> Vec<NodeIx> {
    nodes.sort_by_key(|ix| {
        let node = case.graph.node(*ix);
        (node.due.is_none(), node.due, &node.id)
    });
    nodes
}

fn table(case: &Case<'_, '_>) -> Table {
    let worth = worth_of(case);
    let mut table = headed("Benefits register", case, worth.as_ref());
    let graph = case.graph;
    for kind in NodeKind::ALL.iter().rev() {
        let is_in = |ix: &NodeIx| kind.is_outcome() || graph.is_disbenefit(*ix);
        let nodes: Vec<NodeIx> = graph.of_kind(*kind).filter(is_in).collect();
        if nodes.is_empty() {
            continue;
        }
        table.push_group(match kind {
            NodeKind::EndOutcome => "End outcomes".to_owned(),
            NodeKind::IntermediateOutcome => "Intermediate outcomes".to_owned(),
            kind => format!("{}s that are disbenefits", kind.label()),
        });
        for ix in by_due(case, nodes) {
            benefit(case, ix, worth.as_ref(), &mut table);
        }
    }
    table
}

/// The rows of a benefit: one a KPI, or one that says that it has none.
fn benefit(case: &Case<'_, '_>, ix: NodeIx, worth: Option<&Worth<'_>>, table: &mut Table) {
    let node = case.graph.node(ix);
    let mut class = vec![if case.graph.is_disbenefit(ix) {
        "disbenefit"
    } else {
        "benefit"
    }];
    class.extend(node.quick_win.then_some("quick win"));
    class.extend(node.unintended.then_some("unintended"));
    let head = [
        Cell(vec![
            Inline::Strong(node.label().to_owned()),
            Inline::Break,
            Inline::Emphasis(wording::capital(&class.join(", "))),
        ]),
        Cell::text(
            node.owner
                .as_ref()
                .map_or("No owner", |id| wording::owner(&case.records, id)),
        ),
    ];
    let mut kpis: Vec<&Kpi> = case.records.kpis_of(&node.id).to_vec();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    match kpis.split_first() {
        None => table.push(head.into_iter().chain([absent("No KPI")])),
        Some((first, others)) => {
            table.push(head.into_iter().chain(measured(case, node, first, worth)));
            for kpi in others {
                table.push_under(OF_BENEFIT, measured(case, node, kpi, worth));
            }
        }
    }
}

fn measured(case: &Case<'_, '_>, node: &Node, kpi: &Kpi, worth: Option<&Worth<'_>>) -> Vec<Cell> {
    let language = case.map.language();
    let mut cells = vec![
        Cell::text(kpi.label()),
        Cell::text(kpi.unit.trim()),
        match kpi.baseline {
            Some(baseline) => dated(baseline.value, baseline.date, language),
            None => absent("Not set"),
        },
        Cell::text(node.due.map_or(String::new(), |day| case.map.language().short_day(day))),
    ];
    match (kpi.kept_within(), kpi.final_target()) {
        (Some(band), _) => {
            let band = with_minus(&band.shown(language.short()));
            cells.extend([Cell::text(&band), Cell::text(&band)]);
        }
        (None, target) => cells.extend([
            node.due
                .and_then(|day| at_due(kpi, day))
                .map_or(Cell::default(), |due| when_due(due, language)),
            match target {
                Some(target) => dated(target.value, target.date, language),
                None => absent("Not set"),
            },
        ]),
    }
    cells.extend(worth.map(|worth| worth.cell(kpi)));
    let Some(standing) = &case.standing else {
        return cells;
    };
    let Some(o) = standing.of(kpi) else {
        return cells;
    };
    cells.extend([
        last_value(o, language),
        status_and_why(o, language),
        Cell::text(wording::capital(
            &wording::ahead(o, case.map.language()).unwrap_or_default(),
        )),
    ]);
    cells
}

fn when_due(due: AtDue, language: Language) -> Cell {
    let value = Inline::text(wording::number(language, due.value));
    Cell(match due.by {
        PromisedBy::Target | PromisedBy::Final => vec![value],
        PromisedBy::Path => vec![value, Inline::Break, Inline::Emphasis("planned path".to_owned())],
    })
}

/// The last value, and under it its day: a column of numbers is read down its edge.
fn last_value(outlook: &Outlook<'_>, language: Language) -> Cell {
    let Some(last) = outlook.last else {
        return absent("Not measured");
    };
    let day = language.short_day(last.date);
    let when = match outlook.kpi.aggregation {
        None | Some(Aggregation::Latest) => day,
        Some(Aggregation::Cumulative) => format!("in all by {day}"),
        Some(Aggregation::Average) => format!("on average in the year to {day}"),
    };
    Cell(vec![
        Inline::text(wording::number(language, last.value)),
        Inline::Break,
        Inline::text(when),
    ])
}

fn dated(value: Number, day: Option<Day>, language: Language) -> Cell {
    let day = day.map_or("no date".to_owned(), |day| language.short_day(day));
    Cell(vec![
        Inline::text(wording::number(language, value)),
        Inline::Break,
        Inline::text(day),
    ])
}

fn absent(words: &str) -> Cell {
    Cell(vec![Inline::Emphasis(words.to_owned())])
}
