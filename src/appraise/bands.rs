//! Bands that a benefit-cost ratio falls into, for those who must report one. None is used unless it is asked for.

use rust_decimal::Decimal;

crate::map::words! {
    /// Whose bands.
    Bands {
        /// The value for money categories of the UK Department for Transport: poor below 1, low from 1, medium from 1.5, high from 2, very high from 4.
        Dft = "dft",
    }
}

/// Each band with the ratio that it begins at, in tenths, from the best (Department for Transport, Value for Money Framework).
const DFT: [(i64, &str); 5] = [
    (40, "very high"),
    (20, "high"),
    (15, "medium"),
    (10, "low"),
    (i64::MIN, "poor"),
];

impl Bands {
    /// The band of a ratio. Bounds belong to the band above them; the ratio counts with all its digits.
    pub fn of(self, ratio: Decimal) -> &'static str {
        let Self::Dft = self;
        let is_reached = |(tenths, _): &&(i64, &str)| *tenths == i64::MIN || ratio >= Decimal::new(*tenths, 1);
        DFT.iter().find(is_reached).map_or("poor", |(_, name)| name)
    }

    /// Who drew the bands, and what a reader must know of them.
    pub fn source(self) -> &'static str {
        let Self::Dft = self;
        "value for money category of the Department for Transport, by the ratio alone; benefits without a value in money can move it"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_to_the_band_above_them() {
        let of = |text: &str| Bands::Dft.of(text.parse().unwrap());
        for (ratio, band) in [
            ("-3", "poor"),
            ("0", "poor"),
            ("0.99999", "poor"),
            ("1", "low"),
            ("1.4999", "low"),
            ("1.5", "medium"),
            ("1.99", "medium"),
            ("2", "high"),
            ("3.9999", "high"),
            ("4", "very high"),
            ("400", "very high"),
        ] {
            assert_eq!(of(ratio), band, "{ratio}");
        }
    }
}
