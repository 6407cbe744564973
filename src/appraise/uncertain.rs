//! How sure a result is: one input at a time, in scenarios, and by drawing at random within the ranges of the map.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use super::appraisal::{Appraised, OptionResult, Totals};
use super::exact::times;
use super::json::{number, totals};
use super::line::{Line, Side};
use super::rates::Factors;
use crate::finding::Subject;

/// What the net present value is at both ends of the range of one cost or value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sensitivity {
    /// What has the range.
    pub subject: Subject,
    /// Its title.
    pub title: String,
    /// The net present value at the low end.
    pub at_low: Decimal,
    /// The same at the high end.
    pub at_high: Decimal,
}

impl Sensitivity {
    /// How far the net present value moves between the ends.
    pub fn swing(&self) -> Decimal {
        (self.at_high - self.at_low).abs()
    }
}

crate::map::words! {
    /// What a scenario assumes; the word for programs.
    Assumption {
        /// Every best guess.
        Central = "central",
        /// Costs at the high end of their ranges, benefits at the low end.
        Low = "low",
        /// Costs at the low end of their ranges, benefits at the high end.
        High = "high",
        /// Discount rates half a percentage point lower.
        LowerRates = "rates half a percentage point lower",
        /// All benefits a year later.
        Later = "benefits a year later",
    }
}

impl Assumption {
    /// What is assumed, as a phrase.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Central => "every best guess",
            Self::Low => "costs at the high end of their ranges, benefits at the low end",
            Self::High => "costs at the low end of their ranges, benefits at the high end",
            Self::LowerRates => "discount rates half a percentage point lower",
            Self::Later => "all benefits a year later",
        }
    }
}

/// What an option comes to if something is assumed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Scenario {
    /// What is assumed.
    pub assumes: Assumption,
    /// What the option comes to.
    pub total: Totals,
}

/// The results of drawing at random.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Distribution {
    /// What the draws began from: the same seed gives the same draws.
    pub seed: u64,
    /// How many draws there were.
    pub draws: usize,
    /// The mean of the net present value over all draws.
    pub mean: f64,
    /// The net present value with every best guess.
    pub best_guess: f64,
    /// The standard deviation.
    pub deviation: f64,
    /// The values that 10, 50 and 90 of a hundred draws do not exceed.
    pub percentiles: [f64; 3],
    /// The share of draws with a net present value below 0.
    pub below_zero: f64,
    /// How many costs and values have a range; the others never vary.
    pub ranged: usize,
    /// The lowest and the highest draw.
    pub ends: [f64; 2],
    /// How many draws fell into each of [`BINS`] stretches of equal width between them.
    pub bins: Vec<usize>,
}

/// What is said beside every distribution.
pub const INDEPENDENCE: &str = "Each range is drawn by itself, as if nothing that makes one cost or benefit larger made another larger too. \
    Where things move together, the true spread is wider. Ask somebody with experience of such analyses before you rely on it.";

/// Into how many stretches of equal width draws are counted.
pub const BINS: usize = 40;

/// The most draws.
pub const MOST_DRAWS: usize = 1_000_000;

impl Appraised {
    /// Every range that counts in an option, one at a time, the widest swing first: a tornado.
    pub fn sensitivities(&self, option: &OptionResult) -> Vec<Sensitivity> {
        let mut out = Vec::new();
        for counted in &option.counted {
            let line = &self.lines[counted.line];
            let Some((low, high)) = line.range else { continue };
            let at = |end: Decimal| {
                let change = times(counted.present, end.checked_sub(Decimal::ONE)?)?;
                option.society.npsv.checked_add(times(change, line.sign())?)
            };
            if let (Some(at_low), Some(at_high)) = (at(low), at(high)) {
                out.push(Sensitivity {
                    subject: line.subject.clone(),
                    title: line.title.clone(),
                    at_low,
                    at_high,
                });
            }
        }
        out.sort_by_key(|one| std::cmp::Reverse(one.swing()));
        out
    }

    /// The option with all costs at one end of their ranges and all benefits at the other.
    fn at_ends(&self, option: &OptionResult, end: End) -> Option<Totals> {
        let side = |wanted: Side| {
            option.counted.iter().try_fold(Decimal::ZERO, |sum, counted| {
                let line = &self.lines[counted.line];
                if line.side != wanted {
                    return Some(sum);
                }
                let factor = line.range.map_or(Decimal::ONE, |(low, high)| match (end, line.side) {
                    (End::Bad, Side::Cost) | (End::Good, Side::Benefit) => high,
                    _ => low,
                });
                sum.checked_add(times(counted.present, factor)?)
            })
        };
        Totals::of(side(Side::Cost)?, side(Side::Benefit)?)
    }

    /// What an option comes to with other factors, or other amounts by year.
    fn discounted<'a>(
        &'a self,
        option: &OptionResult,
        factors: &Factors,
        amounts: impl Fn(&'a Line) -> Option<&'a [Decimal]>,
    ) -> Option<Totals> {
        let side = |wanted: Side| {
            let of_side = option.counted.iter().filter(|one| self.lines[one.line].side == wanted);
            of_side.into_iter().try_fold(Decimal::ZERO, |sum, counted| {
                let line = &self.lines[counted.line];
                let present = factors.present_value(amounts(line)?, line.timing)?;
                sum.checked_add(times(present, counted.factor)?)
            })
        };
        Totals::of(side(Side::Cost)?, side(Side::Benefit)?)
    }

    /// What every option comes to in each of the usual scenarios, in the order of the options. A scenario is left out where its
    /// figures are too large to be held, or its rates would be none.
    pub fn scenarios(&self) -> Vec<Vec<Scenario>> {
        // Half a percentage point: 3.0% in place of 3.5%.
        let lower = self.rates.shifted(-Decimal::new(5, 3));
        let lower = lower.factors(self.calendar.len().saturating_sub(1)).ok();
        let of = |option: &OptionResult| {
            let all = [
                (Assumption::Central, Some(option.society)),
                (Assumption::Low, self.at_ends(option, End::Bad)),
                (Assumption::High, self.at_ends(option, End::Good)),
                (
                    Assumption::LowerRates,
                    lower
                        .as_ref()
                        .and_then(|lower| self.discounted(option, lower, |line| Some(&line.amounts))),
                ),
                (
                    Assumption::Later,
                    self.discounted(option, &self.factors, |line| match line.side {
                        Side::Cost => Some(&line.amounts),
                        Side::Benefit => line.year_later.as_deref(),
                    }),
                ),
            ];
            let scenario =
                |(assumes, total): (Assumption, Option<Totals>)| total.map(|total| Scenario { assumes, total });
            all.into_iter().filter_map(scenario).collect()
        };
        self.options.iter().map(of).collect()
    }

    /// Draws every range from a triangular distribution between its ends with the best guess as its peak, each by itself. The same
    /// seed gives the same result on every machine.
    pub fn draw(&self, option: &OptionResult, draws: usize, seed: u64) -> Distribution {
        let float = |value: Decimal| value.to_f64().unwrap_or_default();
        let best_guess = float(option.society.npsv);
        let ranged: Vec<(f64, f64, f64)> = option
            .counted
            .iter()
            .filter_map(|counted| {
                let line = &self.lines[counted.line];
                let (low, high) = line.range?;
                // Of what is below 0, the low end is the larger part of the best guess.
                Some((
                    float(counted.present * line.sign()),
                    float(low.min(high)),
                    float(low.max(high)),
                ))
            })
            .collect();
        let draws = draws.clamp(1, MOST_DRAWS);
        let mut random = Random(seed);
        let mut results: Vec<f64> = Vec::with_capacity(draws);
        for _ in 0..draws {
            let moved: f64 = ranged
                .iter()
                .map(|(present, low, high)| present * (triangular(random.share(), *low, *high) - 1.0))
                .sum();
            results.push(best_guess + moved);
        }
        let count = draws as f64;
        let mean = results.iter().sum::<f64>() / count;
        let spread = results.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / count;
        results.sort_by(f64::total_cmp);
        let ends = [results[0], results[draws - 1]];
        let mut bins = vec![0; BINS];
        let wide = (ends[1] - ends[0]) / BINS as f64;
        for one in &results {
            let at = if wide > 0.0 {
                ((one - ends[0]) / wide) as usize
            } else {
                0
            };
            bins[at.min(BINS - 1)] += 1;
        }
        let at = |percent: usize| results[(draws * percent / 100).min(draws - 1)];
        Distribution {
            seed,
            draws,
            mean,
            best_guess,
            deviation: spread.sqrt(),
            percentiles: [at(10), at(50), at(90)],
            below_zero: results.partition_point(|one| *one < 0.0) as f64 / count,
            ranged: ranged.len(),
            ends,
            bins,
        }
    }
}

/// The end of every range that is bad or good for the net value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Bad,
    Good,
}

/// Numbers at random: SplitMix64, of which every step is whole numbers, so that they are the same everywhere.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below 1, of 53 bits.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The value of a triangular distribution from low to high with its peak at 1 that a share of all do not exceed.
fn triangular(share: f64, low: f64, high: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return 1.0;
    }
    let peak = (1.0 - low) / width;
    match share < peak {
        true => low + (share * width * (1.0 - low)).sqrt(),
        false => high - ((1.0 - share) * width * (high - 1.0)).sqrt(),
    }
}

impl Distribution {
    /// For programs; figures to six places.
    pub fn as_value(&self) -> Value {
        let round = |value: f64| (value * 1e6).round() / 1e6;
        json!({
            "seed": self.seed, "draws": self.draws, "ranged": self.ranged, "mean": round(self.mean),
            "best_guess": round(self.best_guess), "deviation": round(self.deviation), "p10": round(self.percentiles[0]),
            "p50": round(self.percentiles[1]), "p90": round(self.percentiles[2]), "below_zero": round(self.below_zero),
            "lowest": round(self.ends[0]), "highest": round(self.ends[1]), "bins": self.bins,
            "note": INDEPENDENCE,
        })
    }
}

/// Sensitivities for programs.
pub fn sensitivities_value(all: &[Sensitivity]) -> Value {
    let one = |one: &Sensitivity| {
        json!({"subject": one.subject.to_string(), "title": one.title, "npsv_at_low": number(one.at_low),
            "npsv_at_high": number(one.at_high)})
    };
    all.iter().map(one).collect()
}

/// Scenarios for programs.
pub fn scenarios_value(all: &[Scenario]) -> Value {
    let one = |one: &Scenario| {
        let mut fields = totals(&one.total);
        fields.insert("name".to_owned(), json!(one.assumes.as_str()));
        Value::Object(fields)
    };
    all.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_has_its_ends_its_peak_and_its_mean() {
        assert_eq!(triangular(0.0, 0.5, 2.0), 0.5);
        assert!((triangular(1.0, 0.5, 2.0) - 2.0).abs() < 1e-12);
        assert_eq!(triangular(0.3, 1.0, 1.0), 1.0);
        let mut random = Random(7);
        let mean: f64 = (0..100_000).map(|_| triangular(random.share(), 0.5, 2.0)).sum::<f64>() / 1e5;
        assert!((mean - 3.5 / 3.0).abs() < 0.005, "{mean}");
    }

    #[test]
    fn the_numbers_are_those_of_the_paper() {
        // The first of SplitMix64 from the seed 1234567, as its reference program prints them.
        let mut random = Random(1_234_567);
        assert_eq!(
            [random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }
}
