//! How blocks of a report go on pages: which lie across, and what stays together.

use super::model::{Block, Report, Table, Width};

/// A table of so many rows is not divided between pages.
const SMALL: usize = 6;

/// Whether a table is not divided between pages.
pub(super) fn stays_whole(table: &Table) -> bool {
    table.rows.len() <= SMALL
}

/// Whether the block at that place stays with the table or the picture that follows it: at once, or after one more
/// paragraph where it is the first under its heading.
pub(super) fn leads_up(report: &Report, at: usize) -> bool {
    let blocks = &report.blocks;
    let comes = |at: usize| matches!(blocks.get(at), Some(Block::Table(_) | Block::Picture(_)));
    let is_first = at > 0 && matches!(blocks[at - 1], Block::Heading { .. });
    let one_more = matches!(blocks.get(at + 1), Some(Block::Paragraph(_) | Block::Note(_)));
    comes(at + 1) || (is_first && one_more && comes(at + 2))
}

/// How many blocks before a wide one may go with it onto its page.
const WITH_IT: usize = 4;

/// The page that a block is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lie {
    /// Its short side across.
    Standing,
    /// Its long side across.
    Across,
    /// Twice as large, its long side across.
    Foldout,
}

/// For each block, how its page lies: as what is wide asks, and with it the heading and the few words that lead up to it, which
/// would else be left behind on a page of their own.
pub(super) fn lies(report: &Report) -> Vec<Lie> {
    let blocks = &report.blocks;
    let mut lies = vec![Lie::Standing; blocks.len()];
    for at in 0..blocks.len() {
        let lie = lie(&blocks[at]);
        if lie == Lie::Standing {
            continue;
        }
        lies[at] = lie;
        let mut first = None;
        for before in (at.saturating_sub(WITH_IT)..at).rev() {
            match &blocks[before] {
                Block::Heading { .. } => first = Some(before),
                // What a document begins with goes with it too.
                Block::Paragraph(_) | Block::Note(_) if first.is_none() => first = (before == 0).then_some(0),
                _ => break,
            }
        }
        if let Some(first) = first {
            lies[first..at].fill(lie);
        }
    }
    keep_short_runs(blocks, &mut lies);
    lies
}

/// A few words between two pages that lie across stay on the first: they would have a page of their own otherwise.
fn keep_short_runs(blocks: &[Block], lies: &mut [Lie]) {
    let mut at = 0;
    while let Some(from) = (at..blocks.len()).find(|at| lies[*at] == Lie::Standing) {
        let to = (from..blocks.len())
            .find(|at| lies[*at] != Lie::Standing)
            .unwrap_or(blocks.len());
        let is_words = |block: &Block| matches!(block, Block::Heading { .. } | Block::Paragraph(_) | Block::Note(_));
        let between = from > 0 && to < blocks.len();
        if between && to - from <= WITH_IT && blocks[from..to].iter().all(is_words) {
            let before = lies[from - 1];
            lies[from..to].fill(before);
        }
        at = to;
    }
}

fn lie(block: &Block) -> Lie {
    let width = match block {
        Block::Table(table) => table.width,
        Block::Picture(picture) => picture.width,
        _ => Width::Text,
    };
    match width {
        Width::Text => Lie::Standing,
        Width::Landscape => Lie::Across,
        Width::Foldout => Lie::Foldout,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Column, Table};
    use super::*;

    #[test]
    fn headings_go_with_what_they_lead_up_to() {
        let mut report = Report::new("r");
        let wide = || {
            let mut table = Table::new("t", [Column::new("c", 1.0)]);
            table.width = Width::Landscape;
            Block::Table(table)
        };
        report.extend([
            Block::text("before"),
            Block::heading(1, "a"),
            Block::heading(2, "b"),
            Block::text("leads up"),
            wide(),
            Block::text("after"),
            wide(),
        ]);
        assert_eq!(
            lies(&report),
            [
                Lie::Standing,
                Lie::Across,
                Lie::Across,
                Lie::Across,
                Lie::Across,
                Lie::Across,
                Lie::Across
            ]
        );
    }

    #[test]
    fn a_document_that_begins_with_a_wide_table_lies_across() {
        let mut report = Report::new("r");
        let mut table = Table::new("t", [Column::new("c", 1.0)]);
        table.width = Width::Landscape;
        report.extend([Block::text("how to read it"), Block::Table(table), Block::text("after")]);
        assert_eq!(lies(&report), [Lie::Across, Lie::Across, Lie::Standing]);
    }

    #[test]
    fn a_paragraph_or_two_stay_with_the_table_under_a_heading() {
        let mut report = Report::new("r");
        report.extend([
            Block::text("far off"),
            Block::text("before"),
            Block::Table(Table::new("t", [Column::new("c", 1.0)])),
            Block::heading(1, "a"),
            Block::text("what"),
            Block::text("to do"),
            Block::Table(Table::new("u", [Column::new("c", 1.0)])),
        ]);
        let leading: Vec<usize> = (0..report.blocks.len()).filter(|at| leads_up(&report, *at)).collect();
        assert_eq!(leading, [1, 4, 5]);
    }
}
