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

/// For each block, whether its page lies across: what asks for it, and the heading and the few words that lead up to it,
/// which would else be left behind on a page of their own.
pub(super) fn lies_across(report: &Report) -> Vec<bool> {
    let blocks = &report.blocks;
    let mut across = vec![false; blocks.len()];
    for at in 0..blocks.len() {
        if !is_wide(&blocks[at]) {
            continue;
        }
        across[at] = true;
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
            across[first..at].fill(true);
        }
    }
    across
}

fn is_wide(block: &Block) -> bool {
    match block {
        Block::Table(table) => table.width == Width::Landscape,
        Block::Picture(picture) => picture.width == Width::Landscape,
        _ => false,
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
        assert_eq!(lies_across(&report), [false, true, true, true, true, false, true]);
    }

    #[test]
    fn a_document_that_begins_with_a_wide_table_lies_across() {
        let mut report = Report::new("r");
        let mut table = Table::new("t", [Column::new("c", 1.0)]);
        table.width = Width::Landscape;
        report.extend([Block::text("how to read it"), Block::Table(table), Block::text("after")]);
        assert_eq!(lies_across(&report), [true, true, false]);
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
