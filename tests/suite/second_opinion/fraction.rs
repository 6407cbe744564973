//! Exact fractions.

// The names of arithmetic, without its operators: every step is seen.
#![allow(clippy::should_implement_trait)]

/// A fraction of whole numbers, the lower above zero.
#[derive(Debug, Clone, Copy)]
pub struct Frac(pub i128, pub i128);

impl Frac {
    pub fn new(n: i128, d: i128) -> Self {
        let sign = if d < 0 { -1 } else { 1 };
        let g = gcd(n.abs(), d.abs()).max(1);
        Self(sign * n / g, sign * d / g)
    }
    pub fn add(self, o: Self) -> Self {
        Self::new(self.0 * o.1 + o.0 * self.1, self.1 * o.1)
    }
    pub fn sub(self, o: Self) -> Self {
        self.add(Self(-o.0, o.1))
    }
    pub fn mul(self, o: Self) -> Self {
        Self::new(self.0 * o.0, self.1 * o.1)
    }
    pub fn div(self, o: Self) -> Self {
        Self::new(self.0 * o.1, self.1 * o.0)
    }
    pub fn abs(self) -> Self {
        Self(self.0.abs(), self.1)
    }
    pub fn whole_number(n: i64) -> Self {
        Self(n.into(), 1)
    }
    pub fn cmp(self, o: Self) -> std::cmp::Ordering {
        (self.0 * o.1).cmp(&(o.0 * self.1))
    }
    pub fn lt(self, o: Self) -> bool {
        self.cmp(o).is_lt()
    }
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
    pub fn float(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }
    /// Half to even, to so many digits after the point; fewer than none for tens and hundreds.
    pub fn round(self, places: i32) -> Self {
        let (n, d) = match places {
            0.. => (self.0 * 10i128.pow(places as u32), self.1),
            _ => (self.0, self.1 * 10i128.pow(places.unsigned_abs())),
        };
        let (mut whole, rest) = (n.div_euclid(d), n.rem_euclid(d));
        if 2 * rest > d || 2 * rest == d && whole % 2 != 0 {
            whole += 1;
        }
        match places {
            0.. => Self::new(whole, 10i128.pow(places as u32)),
            _ => Self::new(whole * 10i128.pow(places.unsigned_abs()), 1),
        }
    }
    /// The power of ten of the first digit that is not zero.
    pub fn exponent(self) -> i32 {
        assert!(!self.is_zero());
        let power = |e: i32| match e {
            0.. => Frac(10i128.pow(e as u32), 1),
            _ => Frac(1, 10i128.pow(e.unsigned_abs())),
        };
        (-18..18).rev().find(|e| !self.abs().lt(power(*e))).unwrap()
    }
    /// As it is written, which must come to an end.
    pub fn text(self) -> String {
        for places in 0..16 {
            let rounded = self.round(places);
            if rounded.cmp(self).is_eq() {
                let n = self.0 * 10i128.pow(places as u32) / self.1;
                let digits = format!("{:0>width$}", n.abs(), width = places as usize + 1);
                let (whole, rest) = digits.split_at(digits.len() - places as usize);
                let point = if places > 0 { "." } else { "" };
                let sign = if n < 0 { "-" } else { "" };
                return format!("{sign}{whole}{point}{rest}");
            }
        }
        panic!("{self:?} has no end");
    }
    /// In units of the last digit that a map with that scale states, cut.
    pub fn whole(self, scale: u32) -> i64 {
        (self.0 * 10i128.pow(scale) / self.1) as i64
    }
    /// Digits after the point.
    pub fn decimals(self) -> i32 {
        (0..16)
            .find(|places| self.round(*places).cmp(self).is_eq())
            .unwrap_or(16)
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
