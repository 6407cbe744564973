//! Numbers as they are written: in this one place they are rounded.

/// A length in hundredths of a px.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hundredths(i64);

impl Hundredths {
    /// The nearest; 0 for what is not a number.
    pub fn of(px: f64) -> Self {
        // `as` turns NaN into 0 and holds at the ends of the range.
        Self((px * 100.0).round() as i64)
    }

    fn write(self, out: &mut String) {
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if self.0 < 0 {
            out.push('-');
        }
        // SVG lets the zero before a point go.
        if whole > 0 || rest == 0 {
            digits(whole, out);
        }
        if rest > 0 {
            out.push('.');
            out.push(digit(rest / 10));
            if !rest.is_multiple_of(10) {
                out.push(digit(rest % 10));
            }
        }
    }
}

/// A number in decimal. By hand, as most of a large picture is numbers: `write!` takes four times as long.
fn digits(mut number: u64, out: &mut String) {
    let mut room = [0u8; 20];
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(room[at..].iter().map(|&d| char::from(d)));
}

fn digit(number: u64) -> char {
    char::from(b'0' + (number % 10) as u8)
}

/// With two decimals at most, and none that says nothing: `12`, `0.5`, `-3.25`. Also a number of JSON.
pub(super) fn decimal(px: f64) -> String {
    let mut out = String::new();
    push_decimal(px, &mut out);
    out
}

/// What [`decimal`] gives, at the end of a text.
pub(super) fn push_decimal(px: f64, out: &mut String) {
    let hundredths = Hundredths::of(px);
    if hundredths.0 != 0 && hundredths.0.abs() < 100 {
        out.push_str(if hundredths.0 < 0 { "-0" } else { "0" });
        Hundredths(hundredths.0.abs()).write(out);
    } else {
        hundredths.write(out);
    }
}

/// A path from the first point through the others, by relative steps of one command: `l` for each point, `c` for
/// each three. Steps are between rounded points, so that rounding does not add up.
pub(super) fn path(points: &[(Hundredths, Hundredths)], command: char) -> String {
    let mut out = String::with_capacity(points.len() * 10);
    let Some((&(x, y), rest)) = points.split_first() else {
        return out;
    };
    out.push('M');
    x.write(&mut out);
    separate(&mut out, y);
    let mut from = (x, y);
    let every = if command == 'c' { 3 } else { 1 };
    for (i, step) in rest.chunks(every).enumerate() {
        if i == 0 {
            out.push(command);
        }
        for (j, &(x, y)) in step.iter().enumerate() {
            let (dx, dy) = (Hundredths(x.0 - from.0.0), Hundredths(y.0 - from.1.0));
            if i == 0 && j == 0 {
                dx.write(&mut out);
            } else {
                separate(&mut out, dx);
            }
            separate(&mut out, dy);
        }
        from = step[step.len() - 1];
    }
    out
}

/// A number after another: a minus sign parts them as well as a space.
fn separate(out: &mut String, number: Hundredths) {
    if number.0 >= 0 {
        out.push(' ');
    }
    number.write(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_decimals_at_most_and_no_negative_zero() {
        for (value, text) in [
            (12.0, "12"),
            (-0.001, "0"),
            (0.5, "0.5"),
            (-0.25, "-0.25"),
            (-3.256, "-3.26"),
            (1e9, "1000000000"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(decimal(value), text);
        }
    }

    #[test]
    fn steps_do_not_add_up_their_rounding() {
        let points: Vec<_> = (0..=30)
            .map(|i| (Hundredths::of(f64::from(i) / 3.0), Hundredths::of(0.0)))
            .collect();
        let d = path(&points, 'l');
        let steps: f64 = d[d.find('l').unwrap() + 1..]
            .split(' ')
            .enumerate()
            .filter(|(i, _)| i % 2 == 0)
            .map(|(_, n)| n.parse::<f64>().unwrap())
            .sum();
        assert!((steps - 10.0).abs() < 1e-9, "{d}");
    }
}
