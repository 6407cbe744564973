//! The sheets of an appraisal's workbook for weights by who gains: the groups, the weight of each benefit, and the weighted results.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::appraisal::{Book, FIRST, float, formula, letters};
use crate::appraise::{Side, Totals, Weighting};

/// The sheet with the groups and their weights.
pub(super) const GROUPS: &str = "Groups";
/// The sheet with the shares that groups have of each benefit.
pub(super) const WEIGHTS: &str = "Weights";
/// The columns of `Groups`: the median income and the elasticity stand once, in the first row of data.
pub(super) const GROUP_HEADS: [&str; 5] = ["group", "income", "weight", "median income", "elasticity"];
/// The columns of `Results` with weighted figures.
pub(super) const WEIGHTED_HEADS: [&str; 3] = ["benefits, weighted", "net value, weighted", "ratio, weighted"];
/// The first of them, from 0.
pub(super) const WEIGHTED: u16 = 6;
/// The first column of `Weights` with the shares of a group, from 0.
pub(super) const SHARES: u16 = 2;

impl Book<'_> {
    /// A row for each group: its income and the weight that follows, or the weight that is stated.
    pub(super) fn groups(&self, sheet: &mut Worksheet, weighting: &Weighting) -> Result<(), XlsxError> {
        sheet.set_name(GROUPS)?;
        self.head(sheet, &GROUP_HEADS)?;
        for (row, group) in (1u32..).zip(&weighting.groups) {
            let number = row + 1;
            self.text(sheet, row, 0, &group.name)?;
            match group.income {
                Some(income) => {
                    sheet.write_number_with_format(row, 1, float(income), &self.input)?;
                    let weight = formula(format!("($D${FIRST}/B{number})^$E${FIRST}"), group.weight);
                    sheet.write_formula_with_format(row, 2, weight, &self.factor)?;
                }
                None => {
                    sheet.write_number_with_format(row, 2, float(group.weight), &self.input)?;
                }
            }
        }
        if let Some(median) = weighting.median_income {
            sheet.write_number_with_format(1, 3, float(median), &self.input)?;
        }
        sheet.write_number_with_format(1, 4, float(weighting.elasticity), &self.input)?;
        let below = u32::try_from(weighting.groups.len()).unwrap_or(0) + 2;
        let source = match weighting.source.as_str() {
            "" => "The map gives no source for the weights.".to_owned(),
            source => format!("Source: {source}"),
        };
        self.text(sheet, below, 0, &source)
    }

    /// A row for each cost and value, as in the other sheets: its weight, and the share that each group has.
    pub(super) fn weights(&self, sheet: &mut Worksheet, weighting: &Weighting) -> Result<(), XlsxError> {
        sheet.set_name(WEIGHTS)?;
        self.head(sheet, &["what", "weight"])?;
        for (column, group) in (SHARES..).zip(&weighting.groups) {
            let name = crate::escape::markup::legal(&group.name);
            sheet.write_string_with_format(0, column, name, &self.bold)?;
        }
        for (row, line) in (1u32..).zip(&self.appraised.lines) {
            let number = row + 1;
            self.text(sheet, row, 0, &line.title)?;
            // A cost counts once: who pays it is not weighted.
            if line.side == Side::Cost {
                sheet.write_formula_with_format(row, 1, formula("1".to_owned(), Decimal::ONE), &self.factor)?;
                continue;
            }
            let parts = (SHARES..).zip(FIRST..).take(weighting.groups.len());
            let parts: String = parts
                .map(|(column, group)| format!("+{}{number}*({GROUPS}!$C${group}-1)", letters(column)))
                .collect();
            sheet.write_formula_with_format(row, 1, formula(format!("1{parts}"), line.weight), &self.factor)?;
            for (column, group) in (SHARES..).zip(0..weighting.groups.len()) {
                let share = line.shares.iter().find(|one| one.group == group);
                let share = share.map_or(Decimal::ZERO, |one| one.share);
                sheet.write_number_with_format(row, column, float(share), &self.input)?;
            }
        }
        Ok(())
    }

    /// The weighted results of an option, beside those without weights.
    pub(super) fn weighted(
        &self,
        sheet: &mut Worksheet,
        (option, row): (u16, u32),
        total: &Totals,
    ) -> Result<(), XlsxError> {
        for (column, head) in (WEIGHTED..).zip(WEIGHTED_HEADS) {
            sheet.write_string_with_format(0, column, head, &self.bold)?;
        }
        let number = row + 1;
        let weighed = format!("{}*{}", self.all("'Present values'", "B"), self.all(WEIGHTS, "B"));
        let benefits = formula(self.counted(Side::Benefit, option, &weighed), total.pvb);
        sheet.write_formula_with_format(row, WEIGHTED, benefits, &self.money)?;
        let net = formula(format!("G{number}-C{number}"), total.npsv);
        sheet.write_formula_with_format(row, WEIGHTED + 1, net, &self.money)?;
        let ratio = Formula::new(format!("IF(C{number}>0,G{number}/C{number},\"n/a\")"));
        let ratio = ratio.set_result(total.bcr.map_or("n/a".to_owned(), |ratio| float(ratio).to_string()));
        sheet.write_formula_with_format(row, WEIGHTED + 2, ratio, &self.money)?;
        Ok(())
    }
}
