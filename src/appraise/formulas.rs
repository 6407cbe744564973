//! The formulas that stand for themselves: optimism bias, additionality, distributional weights, ranges.

use rust_decimal::Decimal;

use super::exact::{ONE, times};

/// What optimism bias multiplies a cost by: 1 + U × (1 − m), with U the upper bound in per cent (51 for 51 %) and m the share
/// of its causes that is managed. `None` where it is too large to be held.
///
/// Source: HM Treasury, supplementary Green Book guidance: optimism bias.
/// ```
/// use benefit_map::appraise::optimism_bias;
/// // 51 %, of which 92 % is managed.
/// let factor = optimism_bias("51".parse()?, "0.92".parse()?).unwrap();
/// assert_eq!(factor.normalize().to_string(), "1.0408");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn optimism_bias(percent: Decimal, mitigation: Decimal) -> Option<Decimal> {
    let left = ONE.checked_sub(mitigation)?;
    ONE.checked_add(times(times(percent, left)?, Decimal::new(1, 2))?)
}

/// The percentage of a work of several types: each share of it times the percentage of that type, summed.
///
/// ```
/// use benefit_map::appraise::mixed_bias;
/// // 30 % of a non-standard building (51 %) and 70 % of a standard one (24 %).
/// let mixed = mixed_bias(&[("0.3".parse()?, 51.into()), ("0.7".parse()?, 24.into())]).unwrap();
/// assert_eq!(mixed.normalize().to_string(), "32.1");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn mixed_bias(parts: &[(Decimal, Decimal)]) -> Option<Decimal> {
    super::exact::sum(
        parts
            .iter()
            .map(|(share, percent)| times(*share, *percent))
            .collect::<Option<Vec<_>>>()?,
    )
}

/// What is lost of a gross effect on its way, and what multiplies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjustment {
    /// The share that goes to others.
    pub leakage: Decimal,
    /// The share that is lost elsewhere.
    pub displacement: Decimal,
    /// The share that takes the place of something else.
    pub substitution: Decimal,
    /// What further effects multiply it by.
    pub multiplier: Decimal,
}

impl Adjustment {
    /// Nothing is lost, and nothing multiplied.
    pub const NONE: Self = Self {
        leakage: Decimal::ZERO,
        displacement: Decimal::ZERO,
        substitution: Decimal::ZERO,
        multiplier: Decimal::ONE,
    };

    /// What is left of one: (1 − leakage) × (1 − displacement) × (1 − substitution) × multiplier.
    pub fn left(self) -> Option<Decimal> {
        let shares = [self.leakage, self.displacement, self.substitution];
        let left = shares
            .into_iter()
            .try_fold(ONE, |product, share| times(product, ONE.checked_sub(share)?))?;
        times(left, self.multiplier)
    }
}

/// The additional effect: what is left of the gross effect less what is left of the reference case, each by its own
/// adjustment.
///
/// Source: English Partnerships / HCA, Additionality Guide, third edition.
/// ```
/// use benefit_map::appraise::{Adjustment, additionality};
/// let lost = Adjustment { leakage: "0.1".parse()?, displacement: "0.25".parse()?, multiplier: "1.1".parse()?, ..Adjustment::NONE };
/// let additional = additionality(100.into(), lost, 20.into(), lost).unwrap();
/// assert_eq!(additional.normalize().to_string(), "59.4");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn additionality(
    gross: Decimal,
    of_gross: Adjustment,
    reference: Decimal,
    of_reference: Adjustment,
) -> Option<Decimal> {
    times(gross, of_gross.left()?)?.checked_sub(times(reference, of_reference.left()?)?)
}

/// The welfare weight of people with that income: (median ÷ income) to the power of 1.3. Not a number of money: always to be
/// shown beside the unweighted figure. `None` where either is not above zero.
///
/// Source: HM Treasury, the Green Book, annex A3.
/// ```
/// use benefit_map::appraise::welfare_weight;
/// assert_eq!(format!("{:.4}", welfare_weight(30_000.0, 15_000.0).unwrap()), "2.4623");
/// ```
pub fn welfare_weight(median: f64, income: f64) -> Option<f64> {
    (median.is_finite() && income.is_finite() && median > 0.0 && income > 0.0)
        .then(|| to_the_power(median / income, 13, 10))
}

/// The ratio of incomes (median ÷ income) that a welfare weight stands for; `None` for a weight that is not above zero.
///
/// ```
/// use benefit_map::appraise::income_ratio;
/// assert_eq!(format!("{:.4}", income_ratio(2.5).unwrap()), "2.0235");
/// ```
pub fn income_ratio(weight: f64) -> Option<f64> {
    (weight.is_finite() && weight > 0.0).then(|| to_the_power(weight, 10, 13))
}

/// A number above zero to the power of `p / q`, by multiplying and dividing alone: the same to the last bit on every machine,
/// which the functions of the system are not.
pub(super) fn to_the_power(x: f64, p: u32, q: u32) -> f64 {
    let whole = |base: f64, times: u32| (0..times).fold(1.0, |product, _| product * base);
    // The root of x by Newton's method, from above, where it only ever comes down; then multiplied up.
    let (last, of_all) = (f64::from(q - 1), f64::from(q));
    let mut root = x.max(1.0);
    loop {
        let next = (last * root + x / whole(root, q - 1)) / of_all;
        if next.partial_cmp(&root) != Some(std::cmp::Ordering::Less) {
            return whole(root, p);
        }
        root = next;
    }
}

/// The mean of a triangular distribution: the sum of low, best guess and high, over three.
pub fn triangular_mean(low: Decimal, best: Decimal, high: Decimal) -> Option<Decimal> {
    super::exact::sum([low, best, high])?.checked_div(Decimal::from(3))
}

/// What a published total says beside the sum of its published rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// They are the same.
    Same,
    /// They differ by no more than rounding the rows before they were summed explains: the total may be right.
    RowsRounded {
        /// The sum of the rows as published.
        sum: Decimal,
        /// The most that rounding explains.
        most: Decimal,
    },
    /// They differ by more than that.
    Different {
        /// The sum of the rows as published.
        sum: Decimal,
        /// The most that rounding explains.
        most: Decimal,
    },
}

/// Holds a published total against its rows, all published with so many decimals. A total of unrounded rows differs from the sum of
/// rounded ones: that is said, and nothing is corrected. `None` where the sum is too large to be held.
///
/// ```
/// use benefit_map::appraise::{Published, published};
/// let rows: Vec<_> = ["10.4", "10.4", "10.4"].iter().map(|row| row.parse().unwrap()).collect();
/// assert!(matches!(published(&rows, "31.3".parse()?, 1), Some(Published::RowsRounded { .. })));
/// assert!(matches!(published(&rows, "32.0".parse()?, 1), Some(Published::Different { .. })));
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn published(rows: &[Decimal], total: Decimal, decimals: u32) -> Option<Published> {
    let sum = super::exact::sum(rows.iter().copied())?;
    // Half a unit of the last place for each row, and for the total.
    let half = Decimal::new(5, decimals.checked_add(1)?.min(28));
    let most = times(half, super::exact::whole(rows.len() + 1))?;
    let off = sum.checked_sub(total)?.abs();
    Some(match off {
        off if off.is_zero() => Published::Same,
        off if off <= most => Published::RowsRounded { sum, most },
        _ => Published::Different { sum, most },
    })
}
