//! How wide the columns of a table are.

#![cfg_attr(
    not(feature = "documents"),
    allow(dead_code, reason = "only documents have words of a known width")
)]

use super::model::{Inline, RowKind, Table};

/// A single word takes no more than this part of the table, however long it is: what is longer is broken.
const LONGEST: f64 = 0.35;

impl Table {
    /// The columns' parts of the width, from the first to the last; they sum up to 1, and none is vanishing.
    pub(super) fn shares(&self) -> Vec<f64> {
        let wanted: Vec<f64> = self
            .columns
            .iter()
            .map(|column| {
                if column.share.is_finite() {
                    column.share.max(0.0)
                } else {
                    1.0
                }
            })
            .collect();
        let sum: f64 = wanted.iter().sum();
        let even = 1.0 / wanted.len().max(1) as f64;
        let least = even.min(0.05);
        let own: Vec<f64> = wanted
            .iter()
            .map(|share| if sum > 0.0 { (share / sum).max(least) } else { even })
            .collect();
        let sum: f64 = own.iter().sum();
        own.into_iter().map(|share| share / sum).collect()
    }

    /// The widths of the columns in a table of that width, from the first to the last: their [shares](Self::shares), but no
    /// column so narrow that a word of it is broken while another has room to spare. `word` measures a word, with all that a
    /// cell keeps free beside it; `true` for a word of the head.
    pub(super) fn widths(&self, room: f64, word: impl Fn(&str, Place) -> f64) -> Vec<f64> {
        let mut widths: Vec<f64> = self.shares().into_iter().map(|share| share * room).collect();
        let mut least: Vec<f64> = self
            .columns
            .iter()
            .map(|c| longest(&c.heading, Place::Head, &word))
            .collect();
        for row in self.rows.iter().filter(|row| row.kind != RowKind::Group) {
            for (least, cell) in least.iter_mut().zip(&row.cells) {
                let texts = cell.0.iter().filter_map(Inline::words);
                *least = texts
                    .map(|text| longest(text, Place::Body, &word))
                    .fold(*least, f64::max);
            }
        }
        for least in &mut least {
            *least = least.min(LONGEST * room);
        }
        let short: f64 = widths
            .iter()
            .zip(&least)
            .map(|(width, least)| (least - width).max(0.0))
            .sum();
        let spare: f64 = widths
            .iter()
            .zip(&least)
            .map(|(width, least)| (width - least).max(0.0))
            .sum();
        if short > spare || short == 0.0 {
            return widths;
        }
        for (width, least) in widths.iter_mut().zip(&least) {
            *width = match *width < *least {
                true => *least,
                false => *width - (*width - *least) * short / spare,
            };
        }
        widths
    }
}

/// Where a word of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the head, which is bold.
    Head,
    /// In a row.
    Body,
}

/// The width of the longest word, where lines may end at a space and behind a hyphen or a slash.
fn longest(text: &str, place: Place, word: impl Fn(&str, Place) -> f64) -> f64 {
    text.split_whitespace()
        .flat_map(|one| one.split_inclusive(['-', '/', '–', '—']))
        .map(|one| word(one, place))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::model::{Cell, Column};
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        let shares = [("A", 2.0), ("B", 1.0), ("C", 2.0)];
        let mut table = Table::new("", shares.map(|(head, share)| Column::new(head, share)));
        for row in rows {
            table.push(row.map(Cell::text));
        }
        table
    }

    fn widths(rows: &[[&str; 3]], room: f64) -> Vec<f64> {
        table(rows).widths(room, |word, _| word.chars().count() as f64)
    }

    #[test]
    fn a_column_is_no_narrower_than_its_longest_word_while_others_have_room() {
        assert_eq!(widths(&[["a b", "Outcomes", "c"]], 25.0), [8.5, 8.0, 8.5]);
        // Where each word fits, the shares hold.
        assert_eq!(widths(&[["abc", "abcd", "c"]], 25.0), [10.0, 5.0, 10.0]);
        // A line may end behind a hyphen.
        assert_eq!(widths(&[["a", "near-miss", "c"]], 25.0), [10.0, 5.0, 10.0]);
    }

    #[test]
    fn words_too_long_for_the_page_leave_the_shares_as_they_are_and_never_take_all_of_it() {
        let all = ["a", "b", "c"].map(|letter| letter.repeat(9));
        assert_eq!(widths(&[[&all[0], &all[1], &all[2]]], 25.0), [10.0, 5.0, 10.0]);
        let wide = widths(&[["a", &"w".repeat(500), "c"]], 300.0);
        assert!((wide[1] - 105.0).abs() < 1e-9, "{wide:?}");
        assert!((wide.iter().sum::<f64>() - 300.0).abs() < 1e-9, "{wide:?}");
    }
}
