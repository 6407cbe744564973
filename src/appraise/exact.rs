//! Decimals of 28 significant digits: what the four operations come to, or nothing where it is too large to be held.

use rust_decimal::Decimal;

/// One whole.
pub(super) const ONE: Decimal = Decimal::ONE;

/// A product.
pub(super) fn times(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_mul(b)
}

/// A sum.
pub(super) fn sum(all: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    all.into_iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one))
}

/// A whole number as a decimal.
pub(super) fn whole(n: usize) -> Decimal {
    Decimal::from(n as u64)
}

/// The square root of a number from 1 up, to 28 digits: Newton's steps from above, which end where they no longer fall.
pub(super) fn root(number: Decimal) -> Option<Decimal> {
    let mut at = number.max(ONE);
    for _ in 0..200 {
        let next = (at.checked_add(number.checked_div(at)?)?).checked_div(Decimal::TWO)?;
        if next >= at {
            break;
        }
        at = next;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_times_itself_is_the_number() {
        for text in ["1", "1.035", "1.08", "2", "1.0129"] {
            let number: Decimal = text.parse().unwrap();
            let root = root(number).unwrap();
            let off = (root * root - number).abs();
            assert!(off < Decimal::new(1, 26), "{text}: {root}");
        }
    }

    #[test]
    fn what_cannot_be_held_is_nothing() {
        let large: Decimal = "999999999999999".parse().unwrap();
        assert_eq!(times(large, large), None);
    }
}
