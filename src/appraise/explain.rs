//! Where a result comes from: the tree from it down to each input, with its source.

use rust_decimal::Decimal;

use super::appraisal::{Appraised, Counted, OptionResult};
use super::line::{Line, Side};
use super::shown::{factor, figure, input, ratio};
use super::weighting::Weighting;

crate::map::words! {
    /// A result that can be explained.
    Explained {
        /// The net present social value.
        Npsv = "npsv",
        /// The present value of costs.
        Pvc = "pvc",
        /// The present value of benefits.
        Pvb = "pvb",
        /// The benefit-cost ratio.
        Bcr = "bcr",
        /// The net present social value with every benefit times the weight of those who have it.
        WeightedNpsv = "weighted-npsv",
    }
}

/// A result or an input, and what it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What it is, and how it follows from what is below.
    pub what: String,
    /// The figure; may be empty.
    pub figure: String,
    /// Where it comes from; empty where it follows from what is below.
    pub source: String,
    /// What it comes from.
    pub below: Vec<Branch>,
}

impl Branch {
    fn new(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            figure: figure.into(),
            source: String::new(),
            below: Vec::new(),
        }
    }

    fn from(mut self, below: impl IntoIterator<Item = Branch>) -> Self {
        self.below.extend(below);
        self
    }
}

/// What is said of an input whose source the map does not give.
const NO_SOURCE: &str = "no source in the map";

impl Appraised {
    /// The tree from a result of an option down to each input.
    pub fn explain(&self, option: &OptionResult, what: Explained) -> Branch {
        let total = &option.society;
        let costs = || self.side(option, Side::Cost, total.pvc);
        let benefits = || self.side(option, Side::Benefit, total.pvb);
        match what {
            Explained::Pvc => costs(),
            Explained::Pvb => benefits(),
            Explained::Npsv => Branch::new(
                "net present social value = present value of benefits − present value of costs",
                figure(total.npsv, 2),
            )
            .from([benefits(), costs()]),
            Explained::Bcr => Branch::new(
                "benefit-cost ratio = present value of benefits ÷ present value of costs",
                ratio(total.bcr),
            )
            .from([benefits(), costs()]),
            Explained::WeightedNpsv => self.weighted(option),
        }
    }

    /// The weighted net value: from the present value of every benefit and its weight, and that from the groups that have it.
    fn weighted(&self, option: &OptionResult) -> Branch {
        let (Some(total), Some(weighting)) = (&option.weighted, &self.weighting) else {
            return Branch::new("the map has no weights, and so no weighted net value", "");
        };
        let benefits = option
            .counted
            .iter()
            .filter(|one| self.lines[one.line].side == Side::Benefit);
        let benefits = benefits.map(|counted| {
            let line = &self.lines[counted.line];
            let present = counted.present.checked_mul(line.weight).unwrap_or_default();
            Branch::new(
                format!(
                    "{}: {} × {}",
                    named(line),
                    figure(counted.present, 2),
                    factor(line.weight)
                ),
                figure(present, 2),
            )
            .from([weight(line, weighting), self.line(counted)])
        });
        let weighted = Branch::new(
            "weighted benefits = the sum of present values × weight",
            figure(total.pvb, 2),
        )
        .from(benefits);
        Branch::new(
            "weighted net value = weighted benefits − present value of costs",
            figure(total.npsv, 2),
        )
        .from([weighted, self.side(option, Side::Cost, total.pvc)])
    }

    fn side(&self, option: &OptionResult, side: Side, total: Decimal) -> Branch {
        let what = match side {
            Side::Cost => "present value of costs = the sum of",
            Side::Benefit => "present value of benefits = the sum of",
        };
        let counted = option.counted.iter().filter(|one| self.lines[one.line].side == side);
        Branch::new(what, figure(total, 2)).from(counted.map(|one| self.line(one)))
    }

    fn line(&self, counted: &Counted) -> Branch {
        let line = &self.lines[counted.line];
        let name = named(line);
        let times = match counted.factor {
            factor if factor == Decimal::ONE => String::new(),
            factor if factor.is_sign_negative() => format!(
                ", × {} as business as usual has it and this option has less of it",
                factor.normalize()
            ),
            factor => format!(", × {} in this option", factor.normalize()),
        };
        let years = line.amounts.iter().enumerate().filter(|(_, amount)| !amount.is_zero());
        let years = years.map(|(at, amount)| {
            let discount = self.factors.of(at, line.timing);
            let present = amount.checked_mul(discount).unwrap_or_default();
            let year = self.calendar.label(at as i64);
            let what = format!("{year}: {} × {}", figure(*amount, 2), factor(discount));
            Branch::new(what, figure(present, 2)).from(quantity(line, at))
        });
        let steps = line
            .steps
            .iter()
            .map(|(what, value)| Branch::new(what.clone(), value.clone()));
        let inputs = line.inputs.iter().map(|one| Branch {
            source: match one.source.trim() {
                "" => NO_SOURCE.to_owned(),
                source => source.to_owned(),
            },
            ..Branch::new(format!("input: {}", one.name), input(one.value, one.unit))
        });
        let amounts = Branch::new("amounts by year, from", "").from(steps);
        let rates = Branch {
            source: match self.rates.source.trim() {
                "" => NO_SOURCE.to_owned(),
                source => source.to_owned(),
            },
            ..Branch::new(format!("input: discount rates `{}`", self.rates.name), "")
        };
        Branch::new(format!("{name}{times}"), figure(counted.present, 2))
            .from(years)
            .from([amounts])
            .from(inputs)
            .from([rates])
    }
}

/// The title of a line and what it belongs to.
fn named(line: &Line) -> String {
    match line.title.trim() {
        "" => line.subject.to_string(),
        title => format!("{title} ({})", line.subject),
    }
}

/// The weight of a benefit: of every group with a share of it, and of the rest.
fn weight(line: &Line, weighting: &Weighting) -> Branch {
    let sourced = |source: &str, branch: Branch| Branch {
        source: match source {
            "" => NO_SOURCE.to_owned(),
            source => source.to_owned(),
        },
        ..branch
    };
    let of_groups = line.shares.iter().map(|one| {
        let group = &weighting.groups[one.group];
        let how = match (group.income, weighting.median_income) {
            (Some(income), Some(median)) => format!(
                "weight = ({} ÷ {}) to the power of {}",
                figure(median, 2),
                figure(income, 2),
                weighting.elasticity.normalize()
            ),
            _ => "weight".to_owned(),
        };
        let below = sourced(&weighting.source, Branch::new(how, factor(group.weight)));
        let share = Branch::new(
            format!("{} has the share", group.name),
            one.share.normalize().to_string(),
        );
        sourced(&one.source, share).from([below])
    });
    let rest = line.shares.iter().fold(Decimal::ONE, |rest, one| rest - one.share);
    let rest = (!rest.is_zero()).then(|| {
        let what = "what no group has counts once: the share";
        Branch::new(what, rest.normalize().to_string())
    });
    Branch::new("weight = the sum of shares × weights", factor(line.weight))
        .from(of_groups)
        .from(rest)
}

/// By how much the KPI moves in a year, where the amount follows from that.
fn quantity(line: &Line, year: usize) -> Option<Branch> {
    let quantity = line.quantities.get(year)?;
    Some(Branch::new("change of the KPI in the year", figure(*quantity, 2)))
}
