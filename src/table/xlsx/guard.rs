//! What keeps the ids of a map's sheets as they are while everything else is edited.

use rust_xlsxwriter::{
    ConditionalFormatDuplicate, DataValidation, DataValidationErrorStyle, Format, Formula, Worksheet, XlsxError,
};

use super::super::sheet::letters;
use super::super::{Table, Values};

/// Whether typing over ids is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// In the tables of a map, whose rows are matched by them.
    Guarded,
    /// In registers, which are not read back.
    Free,
}

/// Refuses to have an id typed over in a row that says anything else, and marks ids that stand twice. A sheet with
/// protection would not let its rows be sorted or deleted: see `docs/decisions/0057-ids-are-guarded-not-locked.md`.
pub(super) fn guard(sheet: &mut Worksheet, table: &Table, last: u32) -> Result<(), XlsxError> {
    let Some(at) = table.columns.iter().position(|column| column.values == Values::Id) else {
        return Ok(());
    };
    let column = at as u16;
    let rows = table.rows.len() as u32;
    if rows > 0 {
        // A new row that is inserted between others has the check too; it lets an id be typed as long as the row is empty.
        let others = [(0, at), (at + 1, table.columns.len())]
            .into_iter()
            .filter(|(from, to)| from < to)
            .map(|(from, to)| format!("${}2:${}2", letters(from), letters(to - 1)))
            .collect::<Vec<_>>()
            .join(",");
        let check = DataValidation::new()
            .allow_custom(Formula::new(format!("=COUNTA({others})=0")))
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("This id stays as it is")?
            .set_error_message(
                "Rows are matched to the map by their ids, and other sheets refer to them: press Escape. A new row \
                 needs no id, as it is given one; to choose your own, type it before the rest of the row.",
            )?;
        sheet.add_data_validation(1, column, rows, column, &check)?;
    }
    let twice = ConditionalFormatDuplicate::new().set_format(
        Format::new()
            .set_font_color(0x7A0014)
            .set_background_color(0xF9D0D5)
            .set_bold(),
    );
    sheet.add_conditional_format(1, column, last, column, &twice)?;
    Ok(())
}
