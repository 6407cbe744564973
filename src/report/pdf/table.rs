//! Tables: rows as high as their cells, and the head again on every page.

use crate::draw::pdf::{Child, Element, Role};
use crate::scene::Weight;

use super::super::columns::Place;
use super::super::flow::stays_whole;
use super::super::model::{Align, Inline, Row, RowKind, Table};
use super::line::{Set, Style, width};
use super::page::{Edge, Rule, Shift};
use super::{INK, STRONG, Setter};

const SIZE: f64 = 11.3;
/// Within a cell, left and right, in px.
const PAD: f64 = 6.0;

/// The widths of a table's columns, in px.
fn widths(table: &Table, room: f64) -> Vec<f64> {
    table.widths(room, |word, place| {
        let weight = match place {
            Place::Head => Weight::Bold,
            Place::Body => Weight::Regular,
        };
        // A hair more than the word: lines are broken by rounded widths.
        width(word, SIZE, weight) + 2.0 * PAD + 0.5
    })
}

type Cells = Vec<(Set, f64, Shift)>;

impl Setter<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let room = self.pages.width();
        let widths = widths(table, room);
        let bold = Style::bold(SIZE, INK);
        let head: Vec<Vec<Inline>> = table
            .columns
            .iter()
            .map(|c| vec![Inline::text(c.heading.clone())])
            .collect();
        let head = self.cells(table, &head, &widths, &bold);
        let mut body = Vec::new();
        let head_children = self.head_row(&head);
        let heads = |children: Vec<Vec<Child>>| {
            let cells = children
                .into_iter()
                .map(|c| Child::Element(Element::new(Role::ColumnHead, c)));
            Child::Element(Element::new(Role::Row, cells.collect()))
        };
        let head_element = Element::new(Role::TableHead, vec![heads(head_children)]);
        for (at, row) in table.rows.iter().enumerate() {
            let (cells, span) = self.row(table, at, &widths);
            // Under a cell that reaches on into the next row there is no rule.
            let goes_on = (0..widths.len())
                .take_while(|i| table.rows_down(at + 1, *i) == 0)
                .count();
            let goes_on = if at + 1 < table.rows.len() { goes_on } else { 0 };
            let from: f64 = widths[..goes_on].iter().sum();
            let with_next = self.kept_with(table, at, &widths);
            for (nth, mut part) in self.split(cells).into_iter().enumerate() {
                let height = row_height(&part);
                let wanted = height + with_next;
                if self.pages.left() < height || (self.pages.left() < wanted && wanted < self.pages.height() / 2.0) {
                    self.pages.next();
                    self.head_row(&head);
                    // What the row shares with those before it is shown again.
                    if nth == 0 && table.rows_down(at, 0) == 0 {
                        part = self.split(self.whole_row(table, row, &widths)).swap_remove(0);
                    }
                }
                // White would cover the rule above it.
                let ground = if row.kind == RowKind::Group { "#f4f6f8" } else { "none" };
                let rule = match row.kind {
                    RowKind::Total => Rule {
                        edge: Edge::Top,
                        from: 0.0,
                        to: room,
                        weight: 1.6,
                        ink: STRONG,
                    },
                    _ => Rule {
                        edge: Edge::Foot,
                        from,
                        to: room,
                        weight: 0.8,
                        ink: "#d5dbe1",
                    },
                };
                let children = self.pages.cells(&part, ground, &rule);
                let elements = children.into_iter().enumerate().filter_map(|(i, children)| {
                    let rows = if span { 1 } else { table.rows_down(at, i) };
                    let role = match span || table.is_head(i) {
                        true => Role::RowHead(rows),
                        false => Role::Cell(rows),
                    };
                    (rows > 0).then(|| Child::Element(Element::new(role, children)))
                });
                body.push(Child::Element(Element::new(Role::Row, elements.collect())));
            }
        }
        self.pages.element(Element::new(
            Role::Table,
            vec![
                Child::Element(head_element),
                Child::Element(Element::new(Role::TableBody, body)),
            ],
        ));
    }

    /// How high the rows are that stay on the page of a row, in px: the name of a group does not stay behind alone, and the last
    /// row does not go on alone. What stays with the next row stays with this one too.
    fn kept_with(&self, table: &Table, at: usize, widths: &[f64]) -> f64 {
        let mut height = 0.0;
        let mut at = at;
        while let (Some(row), Some(_)) = (table.rows.get(at), table.rows.get(at + 1)) {
            if row.kind != RowKind::Group && at + 2 != table.rows.len() {
                break;
            }
            at += 1;
            height += row_height(&self.row(table, at, widths).0);
        }
        height
    }

    /// How much room the start of a table wants: all of it where it is small, else its head and its first two rows, in px.
    pub(super) fn table_start(&self, table: &Table) -> f64 {
        let room = self.pages.width();
        let widths = widths(table, room);
        let head: Vec<Vec<Inline>> = table
            .columns
            .iter()
            .map(|c| vec![Inline::text(c.heading.clone())])
            .collect();
        let head = row_height(&self.cells(table, &head, &widths, &Style::bold(SIZE, INK)));
        let first = if stays_whole(table) { table.rows.len() } else { 2 };
        let rows = 0..table.rows.len().min(first);
        head + rows.map(|at| row_height(&self.row(table, at, &widths).0)).sum::<f64>()
    }

    fn head_row(&mut self, head: &Cells) -> Vec<Vec<Child>> {
        let room = self.pages.width();
        let rule = Rule {
            edge: Edge::Foot,
            from: 0.0,
            to: room,
            weight: 1.6,
            ink: STRONG,
        };
        self.pages.cells(head, "#f4f6f8", &rule)
    }

    /// The cells of a row, those that are one with the cell above them empty, and whether it is one across all columns.
    fn row(&self, table: &Table, at: usize, widths: &[f64]) -> (Cells, bool) {
        let row = &table.rows[at];
        if row.kind == RowKind::Group {
            let width = widths.iter().sum::<f64>() - 2.0 * PAD;
            let line = row.cells.first().map(|cell| cell.0.as_slice()).unwrap_or_default();
            let set = Set::new(self.report, &self.labels, line, &Style::bold(SIZE, INK), width);
            return (vec![(set, PAD, start as Shift)], true);
        }
        let mut own = row.clone();
        for (i, cell) in own.cells.iter_mut().enumerate() {
            if table.rows_down(at, i) == 0 {
                cell.0.clear();
            }
        }
        (self.whole_row(table, &own, widths), false)
    }

    /// The cells of a row that is none across all columns.
    fn whole_row(&self, table: &Table, row: &Row, widths: &[f64]) -> Cells {
        let of = |i: usize| row.cells.get(i).map(|cell| cell.0.clone()).unwrap_or_default();
        let style = match row.kind {
            RowKind::Body => Style::plain(SIZE, INK),
            RowKind::Group | RowKind::Total => Style {
                weight: Weight::Bold,
                ..Style::plain(SIZE, INK)
            },
        };
        let lines: Vec<Vec<Inline>> = (0..table.columns.len()).map(of).collect();
        self.cells(table, &lines, widths, &style)
    }

    fn cells(&self, table: &Table, lines: &[Vec<Inline>], widths: &[f64], style: &Style) -> Cells {
        let mut x = 0.0;
        let mut out = Cells::new();
        for ((line, column), width) in lines.iter().zip(&table.columns).zip(widths) {
            let set = Set::new(self.report, &self.labels, line, style, width - 2.0 * PAD);
            let place: Shift = match column.align {
                Align::Start => start,
                Align::Middle => middle,
                Align::End => end,
            };
            out.push((set, x + PAD, place));
            x += width;
        }
        out
    }

    /// A row higher than a page as several, none higher than most of one.
    fn split(&self, cells: Cells) -> Vec<Cells> {
        let most = ((self.pages.height() - 120.0) / (SIZE * 1.38)).max(1.0) as usize;
        let lines = cells.iter().map(|(set, ..)| set.lines.len()).max().unwrap_or(0);
        if lines <= most {
            return vec![cells];
        }
        (0..lines.div_ceil(most))
            .map(|part| {
                let some = |set: &Set| Set {
                    lines: set.lines.iter().skip(part * most).take(most).cloned().collect(),
                    ..set.clone()
                };
                cells.iter().map(|(set, x, place)| (some(set), *x, *place)).collect()
            })
            .collect()
    }
}

fn row_height(cells: &Cells) -> f64 {
    cells.iter().map(|(set, ..)| set.height()).fold(0.0, f64::max) + 10.0
}

fn start(_: f64, _: f64) -> f64 {
    0.0
}

fn middle(room: f64, used: f64) -> f64 {
    (room - used) / 2.0
}

fn end(room: f64, used: f64) -> f64 {
    room - used
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::super::model::{Cell, Column, Report};
    use super::*;

    #[test]
    fn the_name_of_a_group_stays_with_all_rows_that_stay_together() {
        let report = Report::new("Rows");
        let places = BTreeMap::new();
        let setter = Setter::new(&report, &places);
        let mut table = Table::new("", [Column::new("What", 1.0)]);
        table.push([Cell::text("first")]);
        table.push_group("Group");
        table.push([Cell::text("last but one")]);
        table.push([Cell::text("last")]);
        let high = |at| row_height(&setter.row(&table, at, &[300.0]).0);
        let kept: Vec<f64> = (0..4).map(|at| setter.kept_with(&table, at, &[300.0])).collect();
        assert_eq!(kept, [0.0, high(2) + high(3), high(3), 0.0]);
    }

    #[test]
    fn no_word_of_a_narrow_column_is_broken_while_others_have_room() {
        let mut table = Table::new(
            "",
            [
                Column::new("KPI", 2.6),
                Column::new("Kind", 0.2),
                Column::new("Why", 9.0),
            ],
        );
        table.push([
            Cell::text("Streets at grade B"),
            Cell::text("Outcome"),
            Cell::text("Quarterly"),
        ]);
        let report = Report::new("Words");
        let places = BTreeMap::new();
        let setter = Setter::new(&report, &places);
        let widths = widths(&table, 640.0);
        let (cells, _) = setter.row(&table, 0, &widths);
        let words: String = cells[1]
            .0
            .lines
            .iter()
            .flatten()
            .map(|run| run.words.as_str())
            .collect();
        assert_eq!((cells[1].0.lines.len(), words.as_str()), (1, "Outcome"));
    }
}
