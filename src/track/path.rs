//! The way from one corner of a planned path to the next.

use rust_decimal::Decimal;

use crate::map::Profile;

/// The value after `gone` of `whole` days between two corners; `0 <= gone < whole`.
pub(super) fn between(from: Decimal, to: Decimal, gone: i64, whole: i64, profile: Profile) -> Decimal {
    // The share of the way as a fraction of whole numbers, so that the value is divided, and so rounded, only once.
    // At most 3,652,058 days lie in the calendar: their cube stays below 2^66.
    let (n, d) = (i128::from(gone), i128::from(whole));
    let (share, of) = match profile {
        Profile::Linear => (n, d),
        Profile::SCurve => (n * n * (3 * d - 2 * n), d * d * d),
        Profile::Step => return from,
    };
    let (share, of) = (Decimal::from(share), Decimal::from(of));
    let way = to - from;
    match way.checked_mul(share) {
        Some(product) => from + product / of,
        // Fifteen digits times a cube of thousands of years: 28 digits of the share are still enough.
        None => from + way * (share / of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_the_way_is_that_of_the_formula() {
        let at = |gone, profile| between(Decimal::ZERO, Decimal::from(1000), gone, 100, profile);
        // t = 0.1: 3 x 0.01 - 2 x 0.001 = 0.028; t = 0.9: 0.972, the mirror image.
        for (gone, linear, s_curve, step) in [(0, 0, 0, 0), (10, 100, 28, 0), (50, 500, 500, 0), (90, 900, 972, 0)] {
            assert_eq!(at(gone, Profile::Linear), Decimal::from(linear));
            assert_eq!(at(gone, Profile::SCurve), Decimal::from(s_curve));
            assert_eq!(at(gone, Profile::Step), Decimal::from(step));
        }
    }
}
