//! The benefit register, as much of it as fits on paper: the whole of it is a spreadsheet.

use crate::map::{Node, NodeKind};

use super::super::model::{Block, Cell, Column, Inline, Table, Width};
use super::super::wording;
use super::Case;

pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![
        Block::heading_at(1, "Benefit register", "register"),
        Block::text(
            "Every outcome with who answers for it, how it is measured, and where it is to arrive. Disbenefits stand among the benefits that they come with.",
        ),
    ];
    let mut table = Table::new(
        "Benefit register",
        [
            Column::new("Benefit", 3.0),
            Column::new("Owner", 2.0),
            Column::new("Measured by", 3.0),
            Column::new("Baseline", 2.2),
            Column::new("Target", 2.4),
            Column::new("Due", 1.5),
        ],
    );
    table.width = Width::Landscape;
    for (kind, heading) in [
        (NodeKind::EndOutcome, "End outcomes"),
        (NodeKind::IntermediateOutcome, "Intermediate outcomes"),
    ] {
        let mut nodes: Vec<&Node> = map.nodes.iter().filter(|node| node.kind == kind).collect();
        if nodes.is_empty() {
            continue;
        }
        nodes.sort_by_key(|node| (node.due.is_none(), node.due, &node.id));
        table.push_group(heading);
        for node in nodes {
            let kpis: Vec<_> = map.kpis_of(&node.id).collect();
            let lines = |of: &dyn Fn(&crate::map::Kpi) -> String| Cell::lines(kpis.iter().map(|kpi| of(kpi)));
            let mut name = vec![Inline::Strong(wording::shown(node).to_owned())];
            let mut marks = Vec::new();
            for (is, word) in [
                (node.disbenefit, "disbenefit"),
                (node.quick_win, "quick win"),
                (node.unintended, "unintended"),
            ] {
                if is {
                    marks.push(word);
                }
            }
            if !marks.is_empty() {
                name.push(Inline::Break);
                name.push(Inline::Emphasis(wording::capital(&wording::row(&marks))));
            }
            table.push([
                Cell(name),
                Cell::text(node.owner.as_ref().map_or("Nobody", |id| wording::owner(map, id))),
                lines(&|kpi| wording::kpi_title(kpi).to_owned()),
                lines(&wording::short_baseline),
                lines(&wording::short_target),
                Cell::text(node.due.map_or(String::new(), |day| day.abbreviated())),
            ]);
        }
    }
    if table.rows.is_empty() {
        out.push(Block::note("The map has no outcomes yet."));
    } else {
        out.push(Block::Table(table));
    }
    out
}
