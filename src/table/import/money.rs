//! Which currency the amounts in the tables are in.

use super::super::{Cell, DecisionKind, Handling};
use super::Sheets;
use super::reader::{Log, What};
use crate::map::written::{Currency, Figure, Purse};

/// Where amounts stand.
const AMOUNTS: [(&str, &str); 5] = [
    ("costs", "amount"),
    ("responses", "cost"),
    ("benefit_values", "unit_value"),
    ("benefit_amounts", "amount"),
    ("income_groups", "income"),
];

/// The currency of the map's amounts: the one that it names, else whatever all its amounts agree on, which is told.
pub(super) fn purse(sheets: &Sheets<'_>, named: &str, log: &mut Log) -> Purse {
    if !named.trim().is_empty() {
        return Purse::Named(named.to_owned());
    }
    let mut first: Option<(Currency, &str)> = None;
    for (table, column) in AMOUNTS {
        for row in sheets.rows(table) {
            let shown = match row.cell(column) {
                Cell::Money(_, currency) => Some(currency.clone()),
                Cell::Text(text) => Figure::new(text).and_then(|figure| figure.currency()),
                _ => None,
            };
            let Some(currency) = shown else { continue };
            match &first {
                Some((one, _)) if !one.may_be(&currency) => return Purse::Mixed(one.clone(), currency),
                Some(_) => {}
                None => first = Some((currency, table)),
            }
        }
    }
    if let Some((currency, table)) = first
        && let Some(sheet) = sheets.get(table)
    {
        let help = match currency.code() {
            Some(code) => format!("Name it in the table `map`, column `currency`: {code}."),
            None => "Name it in the table `map`, column `currency`, by its ISO 4217 code.".to_owned(),
        };
        let what = What {
            kind: DecisionKind::CurrencyUnnamed,
            handling: Handling::Taken,
            message: format!(
                "the map names no currency, and its amounts are in {currency}: they were taken as numbers"
            ),
            help: &help,
        };
        sheet.say(log, None, what);
    }
    Purse::Any
}
