//! An appraisal as a table: costs, benefits and factors by year.

use rust_decimal::Decimal;

use super::{Cell, Column, Table, Values};
use crate::appraise::Appraised;
use crate::map::Number;

/// A row for each year of each option, or of the one of that id: the year, undiscounted costs and benefits, the factor, and both
/// discounted. Figures have fifteen digits.
pub fn appraisal(appraised: &Appraised, option: Option<&str>) -> Table {
    let columns = [
        ("option", Values::Text),
        ("year", Values::Text),
        ("index", Values::Number),
        ("cost", Values::Number),
        ("benefit", Values::Number),
        ("factor", Values::Number),
        ("pv_cost", Values::Number),
        ("pv_benefit", Values::Number),
    ];
    let wanted = appraised
        .options
        .iter()
        .filter(|one| option.is_none_or(|id| one.id == id));
    let rows = wanted.flat_map(|one| {
        one.years.iter().map(|year| {
            vec![
                Cell::text(&one.id),
                Cell::text(appraised.calendar.label(year.index as i64)),
                number(Decimal::from(year.index as u64)),
                number(year.cost),
                number(year.benefit),
                number(year.factor),
                number(year.pv_cost),
                number(year.pv_benefit),
            ]
        })
    });
    Table {
        name: "appraisal".to_owned(),
        columns: columns
            .into_iter()
            .map(|(name, values)| Column {
                name: name.into(),
                values,
            })
            .collect(),
        rows: rows.collect(),
    }
}

/// What has more digits before the point than a number may have stands as a text, to the last digit.
fn number(value: Decimal) -> Cell {
    match Number::rounded(value) {
        Some(number) => Cell::Number(number),
        None => Cell::text(value.round().to_string()),
    }
}
