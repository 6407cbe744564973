//! The language of a map, as people write it in a cell.

use super::super::super::DecisionKind;
use super::{Log, Row};
use crate::map::Language;

impl Row<'_> {
    /// The language of the tag in the cell, or of a word that means one, such as `German` or `en_GB`.
    pub(in super::super) fn language(&self, column: &str, log: &mut Log) -> Option<Language> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        match Language::new(&text) {
            Ok(language) => Some(language),
            Err(bad) => {
                let meant = bad.suggestion();
                match meant {
                    Some(meant) => self.understood(column, DecisionKind::WordUnderstood, &text, meant.as_str(), log),
                    None => {
                        let help = "Write a language and, where it matters, a region, as in `en-GB`, `cy` or `fr-CA`.";
                        let why = ("is not the tag of a language", "it", help);
                        self.unreadable(column, DecisionKind::UnreadableWord, &text, why, log);
                    }
                }
                meant
            }
        }
    }
}
