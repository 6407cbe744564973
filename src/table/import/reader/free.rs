//! Fields of people's own, in columns that begin with `x-`.

use super::super::super::sheet::free_value;
use super::Row;
use crate::map::limits::cut;
use crate::map::{FreeFields, FreeValue};

impl Row<'_> {
    /// The free fields of the record.
    pub(in crate::table::import) fn free(&self) -> FreeFields {
        let mut out = FreeFields::default();
        for (name, at) in &self.sheet.free {
            let value = self.row.cells.get(*at).and_then(free_value);
            if let Some(mut value) = value {
                if let FreeValue::Text(text) = &mut value {
                    cut(name, text);
                }
                out.set(name, value);
            }
        }
        out
    }
}
