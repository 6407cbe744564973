//! What tables, pictures and headings are called when something refers to them, and the names that links use.

use std::collections::{BTreeMap, BTreeSet};

use crate::escape::is_safe_link;
use crate::map;

use super::model::{Block, Inline, Numbering, Report, Target};

/// What every block of a report is called.
pub(super) struct Labels {
    /// For each block, in order.
    of_block: Vec<Label>,
    /// From the author's anchor to its block.
    by_anchor: BTreeMap<String, usize>,
    /// From the id that links use to its block.
    #[cfg_attr(not(feature = "documents"), allow(dead_code))]
    by_id: BTreeMap<String, usize>,
}

/// What one block is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// `Table 3`, `Figure 1`, `2.1`; empty for what is not counted.
    pub number: String,
    /// What links call it, each once in a report: letters, digits and hyphens. Empty for what nothing can lead to.
    pub id: String,
}

/// The highest and the lowest level of a heading.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=4;

/// The level that a writer shows.
pub(super) fn level(level: u8) -> u8 {
    level.clamp(*LEVELS.start(), *LEVELS.end())
}

impl Labels {
    pub fn of(report: &Report) -> Self {
        let mut counters = [0u32; 4];
        let (mut tables, mut pictures) = (0, 0);
        let mut taken = BTreeSet::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        let mut by_anchor = BTreeMap::new();
        let mut of_block = Vec::with_capacity(report.blocks.len());
        for (at, block) in report.blocks.iter().enumerate() {
            let (anchor, number, name) = match block {
                Block::Heading { level, text, anchor } => {
                    let depth = usize::from(self::level(*level));
                    counters[depth - 1] += 1;
                    counters[depth..].fill(0);
                    let number = match report.numbering {
                        Numbering::Decimal if depth < 4 => counters[..depth]
                            .iter()
                            .map(u32::to_string)
                            .collect::<Vec<_>>()
                            .join("."),
                        _ => String::new(),
                    };
                    (anchor.as_str(), number, text.as_str())
                }
                Block::Table(table) => (
                    table.anchor.as_str(),
                    counted(&mut tables, "Table", &table.caption),
                    "table",
                ),
                Block::Picture(picture) => (
                    picture.anchor.as_str(),
                    counted(&mut pictures, "Figure", &picture.caption),
                    "figure",
                ),
                _ => {
                    of_block.push(Label::default());
                    continue;
                }
            };
            let wanted = if anchor.is_empty() { name } else { anchor };
            let stem = map::slug(wanted)
                .unwrap_or_else(|| "part".to_owned())
                .replace(['.', '_'], "-");
            let mut id = stem.clone();
            // Numbers go on where those of the same stem ended, so that many that are called alike take no longer.
            let next = numbers.entry(stem.clone()).or_insert(2);
            while !taken.insert(id.clone()) {
                id = format!("{stem}-{next}");
                *next += 1;
            }
            by_id.insert(id.clone(), at);
            if !anchor.is_empty() {
                by_anchor.entry(anchor.to_owned()).or_insert(at);
            }
            of_block.push(Label { number, id });
        }
        Self {
            of_block,
            by_anchor,
            by_id,
        }
    }

    /// What the block at that place is called.
    pub fn at(&self, place: usize) -> &Label {
        &self.of_block[place]
    }

    /// The block that links call so.
    // Pages of paper alone ask for it.
    #[cfg_attr(not(feature = "documents"), allow(dead_code))]
    pub fn block_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// What the block of that anchor is called, and where it stands.
    pub fn named(&self, anchor: &str) -> Option<(usize, &Label)> {
        let at = *self.by_anchor.get(anchor)?;
        Some((at, &self.of_block[at]))
    }

    /// The words that stand for a reference, and the id that they lead to; the anchor alone where nothing has it.
    pub fn reference<'r>(&'r self, report: &'r Report, anchor: &str) -> (String, Option<&'r str>) {
        let Some((at, label)) = self.named(anchor) else {
            return (anchor.to_owned(), None);
        };
        let words = match (&report.blocks[at], label.number.as_str()) {
            (Block::Heading { text, .. }, "") => format!("“{text}”"),
            (Block::Heading { .. }, number) => format!("section {number}"),
            (Block::Table(_), "") => "the table".to_owned(),
            (Block::Picture(_), "") => "the figure".to_owned(),
            (_, number) => number.to_owned(),
        };
        (words, Some(&label.id))
    }

    /// A piece of a line as words and where they lead: to an address that is safe, or to a place of the report.
    pub fn resolve<'r>(&'r self, report: &'r Report, inline: &'r Inline) -> (String, Lead<'r>) {
        match inline {
            Inline::Link { text, target } => {
                let lead = match target {
                    Target::Address(address) if is_safe_link(address) => Lead::Address(address),
                    Target::Address(_) => Lead::Nowhere,
                    Target::Place(anchor) => self.named(anchor).map_or(Lead::Nowhere, |(_, l)| Lead::Place(&l.id)),
                };
                (text.clone(), lead)
            }
            Inline::Reference(anchor) => {
                let (words, id) = self.reference(report, anchor);
                (words, id.map_or(Lead::Nowhere, Lead::Place))
            }
            Inline::Text(text) | Inline::Strong(text) | Inline::Emphasis(text) | Inline::Code(text) => {
                (text.clone(), Lead::Nowhere)
            }
            Inline::Mark(verdict, word) => (format!("{} {word}", Inline::sign(*verdict)), Lead::Nowhere),
            Inline::Break => (String::new(), Lead::Nowhere),
        }
    }
}

/// Where words lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead<'r> {
    Nowhere,
    Address(&'r str),
    Place(&'r str),
}

fn counted(counter: &mut u32, word: &str, caption: &str) -> String {
    if caption.is_empty() {
        return String::new();
    }
    *counter += 1;
    format!("{word} {counter}")
}

#[cfg(test)]
mod tests {
    use super::super::model::{Column, Table};
    use super::*;

    #[test]
    fn headings_count_and_ids_are_unique() {
        let mut report = Report::new("r");
        report.numbering = Numbering::Decimal;
        for (level, text) in [(1, "A"), (2, "B"), (2, "B"), (1, "目的"), (9, "D")] {
            report.push(Block::heading(level, text));
        }
        let mut table = Table::new("T", [Column::new("c", 1.0)]);
        table.anchor = "costs".to_owned();
        report.push(Block::Table(table));
        let labels = Labels::of(&report);
        let all: Vec<_> = (0..6)
            .map(|i| (labels.at(i).number.as_str(), labels.at(i).id.as_str()))
            .collect();
        assert_eq!(
            all,
            [
                ("1", "a"),
                ("1.1", "b"),
                ("1.2", "b-2"),
                ("2", "part"),
                ("", "d"),
                ("Table 1", "costs")
            ]
        );
        assert_eq!(
            labels.reference(&report, "costs"),
            ("Table 1".to_owned(), Some("costs"))
        );
        assert_eq!(labels.reference(&report, "nothing"), ("nothing".to_owned(), None));
    }

    #[test]
    fn many_that_are_called_alike_take_no_longer() {
        // A search for a free number from the first would take hours.
        const MANY: usize = 100_000;
        let mut report = Report::new("r");
        report.extend((0..MANY).map(|_| Block::heading(2, "Line of sight")));
        let labels = Labels::of(&report);
        let last = format!("line-of-sight-{MANY}");
        assert_eq!(labels.at(MANY - 1).id, last);
        assert_eq!(labels.block_of(&last), Some(MANY - 1));
    }
}
