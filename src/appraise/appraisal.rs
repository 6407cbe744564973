//! The appraisal of a map: present values of costs and benefits for each option, against business as usual.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::bands::Bands;
use super::exact::{sum, times};
use super::fault::{Error, Fault, Faults};
use super::line::{InputUnit, Line, Side};
use super::membership::Choice;
use super::quantity::Path;
use super::rates::{Factors, RateTable};
use super::setup::Setup;
use super::unmonetised::{Unmonetised, unmonetised};
use super::weighting::Weighting;
use super::year::Calendar;
use super::{cost_line, value_line};
use crate::finding::Subject;
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, KpiId, Language, OptionKind, Timing, proposed};

/// What is assumed beside what the map says.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Assumed {
    /// Rates in place of those of the map.
    pub rates: Option<RateTable>,
    /// By how many months all benefits come later.
    pub later: u16,
    /// By how many months the benefits of some KPIs come later, beside that.
    pub late: BTreeMap<KpiId, u16>,
    /// The bands that ratios are put into; `None` for none, since no ratio is a pass mark.
    pub bands: Option<Bands>,
}

/// Which costs and benefits are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All of them: the net present social value.
    Society,
    /// What the public sector pays and gains.
    PublicSector,
}

/// A map appraised.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Appraised {
    /// The years.
    pub calendar: Calendar,
    /// The rates.
    pub rates: RateTable,
    /// The factors that follow from them.
    pub factors: Factors,
    /// When in a year amounts fall, unless they say otherwise.
    pub timing: Timing,
    /// The year whose prices results are in.
    pub price_year: String,
    /// The currency of the map; may be empty.
    pub currency: String,
    /// The language of the map.
    pub language: Language,
    /// The option that all are compared with; `None` where the map has no business as usual, and all are compared with nothing.
    pub compared_with: Option<String>,
    /// Every cost and value of the map.
    pub lines: Vec<Line>,
    /// The options, in the order of the map.
    pub options: Vec<OptionResult>,
    /// How much benefits count by who has them; `None` where the map does not say.
    pub weighting: Option<Weighting>,
    /// The bands that ratios are put into, where that was asked for.
    pub bands: Option<Bands>,
}

/// What an option comes to, against business as usual.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OptionResult {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is among the others.
    pub kind: OptionKind,
    /// The costs and values that count, and what each is multiplied by: below zero for what only business as usual has.
    pub counted: Vec<Counted>,
    /// In the view of society.
    pub society: Totals,
    /// In the view of the public sector.
    pub public_sector: Totals,
    /// In the view of society, every benefit times its weight; `None` where the map has no weights. Never in place of `society`.
    pub weighted: Option<Totals>,
    /// Year by year, in the view of society.
    pub years: Vec<YearResult>,
    /// The first year by whose end costs are paid back by benefits, undiscounted; `None` where they never are.
    pub payback: Option<i64>,
    /// What has no value in money.
    pub unmonetised: Vec<Unmonetised>,
    /// What every input would have to be for the net present value to be 0.
    pub switching: Vec<Switching>,
}

/// A cost or a value that counts in an option.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Its place in [`Appraised::lines`].
    pub line: usize,
    /// What its amounts are multiplied by.
    pub factor: Decimal,
    /// Its present value, times that; above zero for a cost too.
    pub present: Decimal,
}

/// Present values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The present value of costs.
    pub pvc: Decimal,
    /// The present value of benefits.
    pub pvb: Decimal,
    /// Benefits less costs.
    pub npsv: Decimal,
    /// Benefits over costs; `None` where there are no costs above zero.
    pub bcr: Option<Decimal>,
}

impl Totals {
    pub(super) fn of(pvc: Decimal, pvb: Decimal) -> Option<Self> {
        Some(Self {
            pvc,
            pvb,
            npsv: pvb.checked_sub(pvc)?,
            bcr: (pvc > Decimal::ZERO).then(|| pvb.checked_div(pvc)).flatten(),
        })
    }
}

/// What a year comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct YearResult {
    /// Counted from year 0.
    pub index: usize,
    /// The factor of amounts that do not say when in the year they fall.
    pub factor: Decimal,
    /// Costs, undiscounted.
    pub cost: Decimal,
    /// Benefits, undiscounted.
    pub benefit: Decimal,
    /// Costs, discounted.
    pub pv_cost: Decimal,
    /// Benefits, discounted.
    pub pv_benefit: Decimal,
}

/// What an input would have to be for the net present value to be 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Switching {
    /// What the input is: `deadweight`, `capital cost`; `all costs`, `all benefits`.
    pub input: String,
    /// What it belongs to.
    pub subject: Subject,
    /// The title of the node or the KPI.
    pub title: String,
    /// What it is now.
    pub base: Decimal,
    /// What it would have to be.
    pub value: Decimal,
    /// The change in per cent of what it is now; `None` where it is 0 now.
    pub change_percent: Option<Decimal>,
    /// What it is in.
    pub unit: InputUnit,
    /// Whether it can be that at all: a share only from 0 to 1, an amount and a factor not on the other side of 0.
    pub is_possible: bool,
}

/// What a map says of money that cannot be worked with; nothing where an appraisal can be made, and where the map has none.
pub fn faults(map: &BenefitMap) -> Vec<Fault> {
    let Some(appraisal) = &map.appraisal else {
        return Vec::new();
    };
    let mut faults = Faults::default();
    if let Some(setup) = Setup::of(map, appraisal, None, &mut faults) {
        lines(map, &Assumed::default(), &setup, &mut faults);
    }
    faults.0
}

/// The appraisal of a map.
///
/// ```
/// use benefit_map::appraise::{Assumed, appraise};
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::BenefitMap;
///
/// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "appraisal": {"base_year": "2026-27", "end": "2035-36"},
///   "nodes": [{"id": "i", "kind": "investment", "cost": [{"year": "2026-27", "amount": 100}]}, {"id": "o", "kind": "end-outcome"}],
///   "kpis": [{"id": "k", "node": "o", "value": {"amounts": [{"year": "2027-28", "amount": 207}]}}]}"#)?;
/// let appraised = appraise(&BenefitGraph::new(&map), &Assumed::default())?;
/// let total = appraised.options[0].society;
/// // Factors are used unrounded: sums are rounded when they are shown.
/// assert_eq!([total.pvc, total.pvb, total.npsv].map(|sum| sum.round_dp(2)), [100.into(), 200.into(), 100.into()]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::NoAppraisal`] where the map has none, [`Error::Faulty`] with everything that cannot be worked with, [`Error::TooLarge`]
/// where a sum cannot be held.
pub fn appraise(graph: &BenefitGraph<'_>, assumed: &Assumed) -> Result<Appraised, Error> {
    let map = graph.map();
    let Some(appraisal) = &map.appraisal else {
        return Err(Error::NoAppraisal);
    };
    let mut faults = Faults::default();
    let Some(setup) = Setup::of(map, appraisal, assumed.rates.as_ref(), &mut faults) else {
        return Err(Error::Faulty(faults.0));
    };
    let (lines, owners) = lines(map, assumed, &setup, &mut faults);
    if !faults.0.is_empty() {
        return Err(Error::Faulty(faults.0));
    }
    let factors = setup.rates.factors(setup.last)?;
    let choices = Choice::all(graph, appraisal);
    let usual = choices.iter().find(|choice| choice.kind == OptionKind::BusinessAsUsual);
    let counts = |choice: &Choice, at: usize| {
        let (node, kpi, option) = &owners[at];
        match kpi {
            None => choice.of_cost(node, option.as_ref()),
            Some(kpi) => choice.of_value(node, kpi),
        }
    };
    let present: Option<Vec<Decimal>> = lines
        .iter()
        .map(|line| factors.present_value(&line.amounts, line.timing))
        .collect();
    let present = present.ok_or(Error::TooLarge)?;
    let mut options = Vec::new();
    for choice in &choices {
        let mut counted = Vec::new();
        for (line, present) in present.iter().enumerate() {
            let factor = counts(choice, line) - usual.map_or(Decimal::ZERO, |usual| counts(usual, line));
            if !factor.is_zero() {
                let present = times(*present, factor).ok_or(Error::TooLarge)?;
                counted.push(Counted { line, factor, present });
            }
        }
        let result = of_option(graph, choice, (&lines, counted), &factors, &setup);
        options.push(result.ok_or(Error::TooLarge)?);
    }
    Ok(Appraised {
        price_year: setup.calendar.label(setup.price_year),
        calendar: setup.calendar,
        rates: setup.rates,
        factors,
        timing: setup.timing,
        currency: map.currency.clone(),
        language: map.language(),
        compared_with: usual.map(|usual| usual.id.clone()),
        lines,
        options,
        weighting: setup.weighting,
        bands: assumed.bands,
    })
}

/// What a line belongs to: its node, the KPI of a value, the option of a cost.
type Owner = (crate::map::NodeId, Option<String>, Option<crate::map::OptionId>);

/// Every cost and value in money.
fn lines(map: &BenefitMap, assumed: &Assumed, setup: &Setup, faults: &mut Faults) -> (Vec<Line>, Vec<Owner>) {
    let (mut lines, mut owners) = (Vec::new(), Vec::new());
    for node in &map.nodes {
        for (nth, cost) in node.cost.iter().enumerate() {
            if let Some(line) = cost_line::of(node, nth, cost, setup, faults) {
                lines.push(line);
                owners.push((node.id.clone(), None, cost.option.clone()));
            }
        }
    }
    for kpi in &map.kpis {
        let Some(value) = kpi.value.as_ref().filter(|value| value.is_in_money()) else {
            continue;
        };
        let late = assumed.late.get(&kpi.id).copied().unwrap_or(0);
        if let Some(line) = value_line::of(
            (kpi, value),
            (assumed.later.saturating_add(late), &Path::Planned),
            setup,
            faults,
        ) {
            lines.push(line);
            owners.push((kpi.node.clone(), Some(kpi.id.to_string()), None));
        }
    }
    (lines, owners)
}

/// `None` where a sum is too large to be held.
fn of_option(
    graph: &BenefitGraph<'_>,
    choice: &Choice,
    (lines, counted): (&[Line], Vec<Counted>),
    factors: &Factors,
    setup: &Setup,
) -> Option<OptionResult> {
    let totals = |view: View| {
        let seen = |line: &Line| view == View::Society || line.is_public();
        let side = |side: Side| {
            let of = counted
                .iter()
                .filter(|one| lines[one.line].side == side && seen(&lines[one.line]));
            sum(of.map(|one| one.present))
        };
        Totals::of(side(Side::Cost)?, side(Side::Benefit)?)
    };
    let society = totals(View::Society)?;
    let weighted = match &setup.weighting {
        Some(_) => Some(weighted(lines, &counted, society)?),
        None => None,
    };
    let mut years: Vec<YearResult> = (0..=setup.last)
        .map(|index| YearResult {
            index,
            factor: factors.of(index, setup.timing),
            cost: Decimal::ZERO,
            benefit: Decimal::ZERO,
            pv_cost: Decimal::ZERO,
            pv_benefit: Decimal::ZERO,
        })
        .collect();
    for one in &counted {
        let line = &lines[one.line];
        for (at, amount) in line.amounts.iter().enumerate().filter(|(_, amount)| !amount.is_zero()) {
            let amount = times(*amount, one.factor)?;
            let present = times(amount, factors.of(at, line.timing))?;
            let year = &mut years[at];
            let (plain, worth) = match line.side {
                Side::Cost => (&mut year.cost, &mut year.pv_cost),
                Side::Benefit => (&mut year.benefit, &mut year.pv_benefit),
            };
            *plain = plain.checked_add(amount)?;
            *worth = worth.checked_add(present)?;
        }
    }
    let unmonetised = unmonetised(graph, choice, society.pvc, setup);
    Some(OptionResult {
        id: choice.id.clone(),
        title: choice.title.clone(),
        kind: choice.kind,
        switching: switching(lines, &counted, society),
        society,
        public_sector: totals(View::PublicSector)?,
        weighted,
        payback: payback(&years)?,
        years,
        unmonetised,
        counted,
    })
}

impl Appraised {
    /// How many of the benefits that count in an option say which groups have them, and how many there are.
    pub fn with_groups(&self, option: &OptionResult) -> (usize, usize) {
        let benefits = option.counted.iter().map(|one| &self.lines[one.line]);
        let benefits = benefits.filter(|line| line.side == Side::Benefit);
        benefits.fold((0, 0), |(said, all), line| {
            (said + usize::from(!line.shares.is_empty()), all + 1)
        })
    }
}

/// The totals with every benefit times its weight. What is paid has none.
fn weighted(lines: &[Line], counted: &[Counted], society: Totals) -> Option<Totals> {
    let benefits = counted.iter().filter(|one| lines[one.line].side == Side::Benefit);
    let benefits: Option<Vec<Decimal>> = benefits.map(|one| times(one.present, lines[one.line].weight)).collect();
    Totals::of(society.pvc, sum(benefits?)?)
}

/// The first year by whose end all that was paid so far has come back, and after which it never falls short again.
fn payback(years: &[YearResult]) -> Option<Option<i64>> {
    let (mut so_far, mut since, mut was_short) = (Decimal::ZERO, None, false);
    for year in years {
        so_far = so_far.checked_add(year.benefit.checked_sub(year.cost)?)?;
        if so_far < Decimal::ZERO {
            (since, was_short) = (None, true);
        } else if since.is_none() {
            since = Some(year.index as i64);
        }
    }
    Some(since.filter(|_| was_short))
}

/// The net present value is a straight line of every input, so what makes it 0 is exact.
fn switching(lines: &[Line], counted: &[Counted], total: Totals) -> Vec<Switching> {
    let mut out = Vec::new();
    for (input, side) in [("all costs", total.pvc), ("all benefits", total.pvb)] {
        if side.is_zero() {
            continue;
        }
        let other = if input == "all costs" { total.pvb } else { total.pvc };
        out.push(Switching {
            input: input.to_owned(),
            subject: Subject::Map,
            title: String::new(),
            base: side,
            value: other,
            change_percent: percent(side, other),
            unit: InputUnit::Money,
            is_possible: side.is_sign_negative() == other.is_sign_negative(),
        });
    }
    // One value of the map may count in an option and in business as usual: it is one input.
    let mut net: HashMap<usize, Decimal> = HashMap::new();
    for one in counted {
        let part = net.entry(one.line).or_default();
        *part = part
            .checked_add(one.present * lines[one.line].sign())
            .unwrap_or_default();
    }
    for one in counted {
        let Some(part) = net.remove(&one.line) else { continue };
        let line = &lines[one.line];
        for input in &line.inputs {
            let slope = part.checked_mul(input.per_unit).filter(|slope| !slope.is_zero());
            let change = slope.and_then(|slope| total.npsv.checked_div(slope));
            let Some(value) = change.and_then(|change| input.value.checked_sub(change)) else {
                continue;
            };
            let is_possible = match input.unit {
                InputUnit::Share => value >= Decimal::ZERO && value <= Decimal::ONE,
                InputUnit::Percent | InputUnit::Factor => value >= Decimal::ZERO,
                InputUnit::Money => value.is_zero() || value.is_sign_negative() == input.value.is_sign_negative(),
            };
            out.push(Switching {
                input: input.name.to_owned(),
                subject: line.subject.clone(),
                title: line.title.clone(),
                base: input.value,
                value,
                change_percent: percent(input.value, value),
                unit: input.unit,
                is_possible,
            });
        }
    }
    out
}

fn percent(from: Decimal, to: Decimal) -> Option<Decimal> {
    let change = to.checked_sub(from)?.checked_div(from.abs())?;
    change.checked_mul(Decimal::ONE_HUNDRED)
}

impl Appraised {
    /// The option of that id.
    ///
    /// # Errors
    /// [`Error::UnknownOption`] where there is none.
    pub fn option(&self, id: &str) -> Result<&OptionResult, Error> {
        self.options
            .iter()
            .find(|option| option.id == id)
            .ok_or_else(|| Error::unknown_option(id, self.options.iter().map(|option| &option.id)))
    }

    /// What the KPI is worth in a full year: the most of any year of the appraisal, or the largest loss, not discounted, in real prices
    /// of the price year. `None` where it has no value in money.
    pub fn full_year_value(&self, kpi: &KpiId) -> Option<Decimal> {
        let of_kpi = |line: &&Line| line.side == Side::Benefit && line.subject == Subject::Kpi(kpi.clone());
        let line = self.lines.iter().find(of_kpi)?;
        line.amounts.iter().copied().max_by_key(|amount| amount.abs())
    }

    /// The option that is proposed: the first preferred one, else the first that is not what all are compared with, else the
    /// first.
    pub fn preferred(&self) -> Option<&OptionResult> {
        self.options
            .get(proposed(self.options.iter().map(|option| option.kind)))
    }
}
