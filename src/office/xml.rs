//! Lengths as parts write them.

/// English Metric Units in a px of 1/96 inch.
const EMU_IN_PX: f64 = 9525.0;

/// A length in px of 1/96 inch as English Metric Units, to the nearest.
pub fn emu(px: f64) -> i64 {
    // `as` turns NaN into 0 and holds at the ends of the range.
    (px * EMU_IN_PX).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole() {
        assert_eq!((emu(1.0), emu(-0.5), emu(f64::NAN)), (9525, -4763, 0));
    }
}
