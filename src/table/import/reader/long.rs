//! Texts that are longer than a map may hold.

use super::super::super::{DecisionKind, Handling, Values, known_columns, list};
use super::{Log, Sheet, What};
use crate::map::group_digits;
use crate::map::limits::{is_too_long, longest};

impl Sheet<'_> {
    /// Tells of texts that are longer than a map may hold, of which rows give the beginning alone.
    pub(super) fn tell_of_long_texts(&self, log: &mut Log) {
        let known = known_columns(self.table);
        let is_list = |name: &str| known.iter().any(|c| c.name == name && c.values == Values::List);
        for row in self.rows() {
            for (column, _) in &self.columns {
                let text = row.cell(column).to_text();
                let is_whole = match is_list(column) {
                    true => list::split(&text).iter().all(|one| !is_too_long(column, one)),
                    false => !is_too_long(column, &text),
                };
                if is_whole {
                    continue;
                }
                let most = longest(column);
                let what = What {
                    kind: DecisionKind::TextTooLong,
                    handling: Handling::LeftOut,
                    message: format!(
                        "the text has {} characters, of which the first {} were taken",
                        group_digits(&text.chars().count().to_string()),
                        group_digits(&most.to_string())
                    ),
                    help: "Shorten it.",
                };
                row.say(log, Some(column), what);
            }
        }
    }
}
