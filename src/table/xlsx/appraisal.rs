//! An appraisal as a workbook that works it out again: every figure is a formula, down to the inputs.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::value::marked;
use crate::appraise::{Appraised, InputUnit, Line, Side};
use crate::escape::markup::legal;
use crate::map::Timing;
use crate::table::Error;

/// The first row of data in every sheet but the first, counted as formulas count.
pub(super) const FIRST: u32 = 2;

/// The columns of the sheet `Inputs`.
const SIDE: &str = "C";
const TIMING: &str = "D";
const BASE: &str = "E";
const KEPT: &str = "N";
/// The first column of the years there, from 0.
const PROFILE: u16 = 15;

/// The columns of the sheet `Inputs` before the years.
pub(super) const INPUT_HEADS: [&str; 15] = [
    "record",
    "what",
    "side",
    "timing (1 start, 2 middle, 3 end of the year)",
    "amount, or value of a unit",
    "optimism bias, %",
    "mitigation",
    "deadweight",
    "leakage",
    "displacement",
    "substitution",
    "multiplier",
    "attribution",
    "all of these together",
    "source",
];

/// The most costs and values of a workbook.
pub const MOST_LINES: usize = 10_000;

/// The appraisal as a workbook. The sheet `Inputs` has what the map says, on yellow; `Rates`, `Flows`, `Present values`, `Years` and
/// `Results` are formulas alone, and follow when an input is changed. The same appraisal gives the same bytes.
///
/// # Errors
/// [`Error::NotWritable`] where there are more costs and values than a workbook is to have, or the workbook cannot be made.
pub fn appraisal(title: &str, appraised: &Appraised) -> Result<Vec<u8>, Error> {
    if appraised.lines.len() > MOST_LINES {
        return Err(Error::NotWritable {
            reason: format!("an appraisal with more than {MOST_LINES} costs and values is not written as a workbook"),
        });
    }
    made(title, appraised).map_err(|error| Error::NotWritable {
        reason: error.to_string(),
    })
}

fn made(title: &str, appraised: &Appraised) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock stays out of it: the same appraisal gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title: String = legal(title).chars().take(200).collect();
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made));
    let book = Book {
        appraised,
        title,
        years: u16::try_from(appraised.calendar.len()).unwrap_or(u16::MAX),
        lines: u32::try_from(appraised.lines.len()).unwrap_or(u32::MAX),
        bold: Format::new().set_bold().set_text_wrap(),
        input: Format::new().set_background_color(Color::RGB(0xFF_F9_DB)),
        money: Format::new().set_num_format("#,##0.00"),
        factor: Format::new().set_num_format("0.0000"),
    };
    book.results(workbook.add_worksheet())?;
    book.years(workbook.add_worksheet())?;
    book.present_values(workbook.add_worksheet())?;
    book.flows(workbook.add_worksheet())?;
    book.options(workbook.add_worksheet())?;
    book.inputs(workbook.add_worksheet())?;
    book.rates(workbook.add_worksheet())?;
    if let Some(weighting) = &appraised.weighting {
        book.groups(workbook.add_worksheet(), weighting)?;
        book.weights(workbook.add_worksheet(), weighting)?;
    }
    workbook.save_to_buffer()
}

pub(super) struct Book<'a> {
    pub(super) appraised: &'a Appraised,
    title: String,
    years: u16,
    lines: u32,
    pub(super) bold: Format,
    pub(super) input: Format,
    pub(super) money: Format,
    pub(super) factor: Format,
}

/// A column by its letters, from 0.
pub(super) fn letters(at: u16) -> String {
    super::super::sheet::letters(usize::from(at))
}

pub(super) fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// A formula with what it comes to, for programs that do not work it out.
pub(super) fn formula(text: String, result: Decimal) -> Formula {
    Formula::new(text).set_result(float(result).to_string())
}

/// The number by which the sheets know when in a year an amount falls.
fn timing(timing: Timing) -> u8 {
    match timing {
        Timing::Start => 1,
        Timing::Middle => 2,
        Timing::End => 3,
    }
}

fn side(line: &Line) -> &'static str {
    match line.side {
        Side::Cost => "cost",
        Side::Benefit => "benefit",
    }
}

/// The inputs of a line as the sheet has them: the base, and what it is multiplied by.
struct Parts {
    base: Decimal,
    /// Optimism bias in per cent and what of it is mitigated, then shares that are lost, the multiplier and the attribution.
    factors: [Decimal; 8],
}

impl Parts {
    fn of(line: &Line) -> Self {
        let value = |name: &str, usual: Decimal| {
            let found = line.inputs.iter().find(|input| input.name == name);
            found.map_or(usual, |input| input.value)
        };
        let bias = line.inputs.iter().find(|input| input.name == "optimism bias");
        let mitigation = bias.map_or(Decimal::ZERO, |input| input.mitigation);
        let by_year = line.inputs.first().is_none_or(|input| input.name == "amounts by year");
        Self {
            base: match (by_year, line.inputs.first()) {
                (false, Some(input)) if input.unit == InputUnit::Money => input.value,
                _ => Decimal::ONE,
            },
            factors: [
                value("optimism bias", Decimal::ZERO),
                mitigation,
                value("deadweight", Decimal::ZERO),
                value("leakage", Decimal::ZERO),
                value("displacement", Decimal::ZERO),
                value("substitution", Decimal::ZERO),
                value("multiplier", Decimal::ONE),
                value("attribution", Decimal::ONE),
            ],
        }
    }

    /// What the base is multiplied by in every year.
    fn kept(&self) -> Decimal {
        let [
            bias,
            mitigation,
            deadweight,
            leakage,
            displacement,
            substitution,
            multiplier,
            attribution,
        ] = self.factors;
        let one = Decimal::ONE;
        let lost = (one - deadweight) * (one - leakage) * (one - displacement) * (one - substitution);
        let bias = one + bias / Decimal::ONE_HUNDRED * (one - mitigation);
        (bias * lost).checked_mul(multiplier).unwrap_or_default() * attribution
    }
}

impl Book<'_> {
    pub(super) fn head(&self, sheet: &mut Worksheet, names: &[&str]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            sheet.write_string_with_format(0, column, *name, &self.bold)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// The names of the years over columns from that one on.
    fn year_heads(&self, sheet: &mut Worksheet, from: u16) -> Result<(), XlsxError> {
        for year in 0..self.years {
            let label = self.appraised.calendar.label(i64::from(year));
            sheet.write_string_with_format(0, from + year, label, &self.bold)?;
        }
        Ok(())
    }

    pub(super) fn text(&self, sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        let text: String = legal(text).chars().take(32_000).collect();
        sheet.write_string(row, column, marked(&text).as_ref())?;
        Ok(())
    }

    /// The last row of data of the sheets with a row for each line, as formulas count; there is always one.
    fn last(&self) -> u32 {
        FIRST + self.lines.max(1) - 1
    }

    /// A column of a sheet over all lines.
    pub(super) fn all(&self, sheet: &str, column: &str) -> String {
        format!("{sheet}!${column}${FIRST}:${column}${}", self.last())
    }

    /// The sum over all lines of one side: what an option counts of each, times a column.
    pub(super) fn counted(&self, side: Side, option: u16, column: &str) -> String {
        let side = if side == Side::Cost { "cost" } else { "benefit" };
        let counts = self.all("Options", &letters(option + 1));
        format!(
            "SUMPRODUCT(({}=\"{side}\")*{counts}*{column})",
            self.all("Inputs", SIDE)
        )
    }

    fn results(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Results")?;
        self.head(
            sheet,
            &[
                "option",
                "title",
                "costs (PVC)",
                "benefits (PVB)",
                "net value (NPSV)",
                "ratio (BCR)",
            ],
        )?;
        for (at, option) in (0u16..).zip(&self.appraised.options) {
            let row = u32::from(at) + 1;
            let number = row + 1;
            let present = self.all("'Present values'", "B");
            self.text(sheet, row, 0, &option.id)?;
            self.text(sheet, row, 1, &option.title)?;
            let total = &option.society;
            let costs = formula(self.counted(Side::Cost, at, &present), total.pvc);
            let benefits = formula(self.counted(Side::Benefit, at, &present), total.pvb);
            sheet.write_formula_with_format(row, 2, costs, &self.money)?;
            sheet.write_formula_with_format(row, 3, benefits, &self.money)?;
            sheet.write_formula_with_format(
                row,
                4,
                formula(format!("D{number}-C{number}"), total.npsv),
                &self.money,
            )?;
            let ratio = Formula::new(format!("IF(C{number}>0,D{number}/C{number},\"n/a\")"));
            let ratio = ratio.set_result(total.bcr.map_or("n/a".to_owned(), |ratio| float(ratio).to_string()));
            sheet.write_formula_with_format(row, 5, ratio, &self.money)?;
            if let Some(weighted) = &option.weighted {
                self.weighted(sheet, (at, row), weighted)?;
            }
        }
        let below = u32::try_from(self.appraised.options.len()).unwrap_or(0) + 2;
        let says = [
            self.title.clone(),
            format!(
                "Real prices of {}, {}. Rates: {}. Every option is compared with {}.",
                self.appraised.price_year,
                match self.appraised.currency.as_str() {
                    "" => "no currency named",
                    currency => currency,
                },
                self.appraised.rates.name,
                self.appraised.compared_with.as_deref().unwrap_or("doing nothing")
            ),
            "Every figure of these sheets is a formula, down to the cells on yellow in Inputs, Options and Rates. Change one, and all else \
             follows. This workbook is made from the map and is not read back. `benefit-map appraise map.json --verify case.xlsx` shows where both differ."
                .to_owned(),
        ];
        for (line, text) in (below..).zip(says) {
            self.text(sheet, line, 0, &text)?;
        }
        // What has no value in money is said where the ratio stands.
        let mut line = below + 4;
        for option in &self.appraised.options {
            for benefit in &option.unmonetised {
                let text = format!(
                    "{}: no value in money for {} ({})",
                    option.id, benefit.title, benefit.measure
                );
                self.text(sheet, line, 0, &text)?;
                line += 1;
            }
        }
        Ok(())
    }

    fn years(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Years")?;
        self.head(
            sheet,
            &["option", "year", "cost", "benefit", "PV of cost", "PV of benefit"],
        )?;
        let mut row = 1;
        for (at, option) in (0u16..).zip(&self.appraised.options) {
            for (year, is) in (0u16..).zip(&option.years) {
                self.text(sheet, row, 0, &option.id)?;
                self.text(sheet, row, 1, &self.appraised.calendar.label(i64::from(year)))?;
                let flows = self.all("Flows", &letters(year + 2));
                let present = self.all("'Present values'", &letters(year + 2));
                for (column, side, over, result) in [
                    (2, Side::Cost, &flows, is.cost),
                    (3, Side::Benefit, &flows, is.benefit),
                    (4, Side::Cost, &present, is.pv_cost),
                    (5, Side::Benefit, &present, is.pv_benefit),
                ] {
                    let formula = formula(self.counted(side, at, over), result);
                    sheet.write_formula_with_format(row, column, formula, &self.money)?;
                }
                row += 1;
            }
        }
        Ok(())
    }

    /// A sheet with a row for each line: its title, the sum of its years, and a figure for each year.
    fn by_line(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        figure: impl Fn(&Line, u32, u16) -> Formula,
        total: impl Fn(&Line) -> Decimal,
    ) -> Result<(), XlsxError> {
        sheet.set_name(name)?;
        self.head(sheet, &["what", "all years"])?;
        self.year_heads(sheet, 2)?;
        let last = letters(self.years + 1);
        for (row, line) in (1..).zip(&self.appraised.lines) {
            let number = row + 1;
            self.text(sheet, row, 0, &line.title)?;
            let all = formula(format!("SUM(C{number}:{last}{number})"), total(line));
            sheet.write_formula_with_format(row, 1, all, &self.money)?;
            for year in 0..self.years {
                sheet.write_formula_with_format(row, year + 2, figure(line, number, year), &self.money)?;
            }
        }
        Ok(())
    }

    fn flows(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let figure = |line: &Line, row: u32, year: u16| {
            let text = format!(
                "Inputs!${BASE}{row}*Inputs!${KEPT}{row}*Inputs!{}{row}",
                letters(PROFILE + year)
            );
            formula(text, line.amounts.get(usize::from(year)).copied().unwrap_or_default())
        };
        self.by_line(sheet, "Flows", figure, |line| line.total().unwrap_or_default())
    }

    fn present_values(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let factors = &self.appraised.factors;
        let figure = |line: &Line, row: u32, year: u16| {
            let (column, rates) = (letters(year + 2), FIRST + u32::from(year));
            let text = format!(
                "Flows!{column}{row}*CHOOSE(Inputs!${TIMING}{row},Rates!$D${rates},Rates!$E${rates},Rates!$F${rates})"
            );
            let amount = line.amounts.get(usize::from(year)).copied().unwrap_or_default();
            let factor = factors.of(usize::from(year), line.timing);
            formula(text, amount.checked_mul(factor).unwrap_or_default())
        };
        let total = |line: &Line| factors.present_value(&line.amounts, line.timing).unwrap_or_default();
        self.by_line(sheet, "Present values", figure, total)
    }

    fn options(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Options")?;
        self.head(sheet, &["what"])?;
        for (at, option) in (1u16..).zip(&self.appraised.options) {
            let id: String = legal(&option.id);
            sheet.write_string_with_format(0, at, id, &self.bold)?;
            let mut factors = vec![Decimal::ZERO; self.appraised.lines.len()];
            for counted in &option.counted {
                factors[counted.line] = counted.factor;
            }
            for (row, factor) in (1..).zip(factors) {
                sheet.write_number_with_format(row, at, float(factor), &self.input)?;
            }
        }
        for (row, line) in (1..).zip(&self.appraised.lines) {
            self.text(sheet, row, 0, &line.title)?;
        }
        Ok(())
    }

    fn inputs(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Inputs")?;
        self.head(sheet, &INPUT_HEADS)?;
        self.year_heads(sheet, PROFILE)?;
        for (row, line) in (1u32..).zip(&self.appraised.lines) {
            let number = row + 1;
            let parts = Parts::of(line);
            self.text(sheet, row, 0, &line.subject.to_string())?;
            self.text(sheet, row, 1, &line.title)?;
            sheet.write_string(row, 2, side(line))?;
            sheet.write_number_with_format(row, 3, timing(line.timing), &self.input)?;
            sheet.write_number_with_format(row, 4, float(parts.base), &self.input)?;
            for (column, factor) in (5..).zip(parts.factors) {
                sheet.write_number_with_format(row, column, float(factor), &self.input)?;
            }
            let kept = format!(
                "(1+F{number}/100*(1-G{number}))*(1-H{number})*(1-I{number})*(1-J{number})*(1-K{number})*L{number}*M{number}"
            );
            sheet.write_formula_with_format(row, 13, formula(kept, parts.kept()), &self.factor)?;
            let source = line.inputs.first().map_or("", |input| input.source.as_str());
            self.text(sheet, row, 14, source)?;
            let whole = parts.base.checked_mul(parts.kept()).filter(|whole| !whole.is_zero());
            for (year, amount) in (0u16..).zip(&line.amounts) {
                // How often the base counts in the year: a change of a KPI, brought to the prices of the price year.
                let times = whole.and_then(|whole| amount.checked_div(whole)).unwrap_or_default();
                sheet.write_number_with_format(row, PROFILE + year, float(times), &self.input)?;
            }
        }
        Ok(())
    }

    fn rates(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Rates")?;
        self.head(
            sheet,
            &[
                "year",
                "index",
                "rate",
                "factor, start of the year",
                "factor, middle",
                "factor, end",
            ],
        )?;
        let factors = &self.appraised.factors;
        for year in 0..=self.years {
            let (row, number) = (u32::from(year) + 1, u32::from(year) + FIRST);
            self.text(sheet, row, 0, &self.appraised.calendar.label(i64::from(year)))?;
            sheet.write_number(row, 1, f64::from(year))?;
            let at = usize::from(year);
            let rate = match year {
                0 => Decimal::ZERO,
                _ => factors.rate(at),
            };
            sheet.write_number_with_format(row, 2, float(rate), &self.input)?;
            if year == self.years {
                // Only its rate is needed, for amounts late in the year before.
                break;
            }
            let start = match year {
                0 => Formula::new("1").set_result("1"),
                _ => formula(format!("D{}/(1+C{number})", number - 1), factors.of(at, Timing::Start)),
            };
            let next = number + 1;
            sheet.write_formula_with_format(row, 3, start, &self.factor)?;
            let middle = formula(format!("D{number}/SQRT(1+C{next})"), factors.of(at, Timing::Middle));
            sheet.write_formula_with_format(row, 4, middle, &self.factor)?;
            let end = formula(format!("D{number}/(1+C{next})"), factors.of(at, Timing::End));
            sheet.write_formula_with_format(row, 5, end, &self.factor)?;
        }
        Ok(())
    }
}
