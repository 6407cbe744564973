//! What two plans of a KPI expect, side by side: on which days the one asks for less than the other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::map::{Day, Direction, Kpi, Number};
use crate::track::Planned;

/// A day on which the two plans do not expect the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub day: Day,
    pub before: Option<Number>,
    pub after: Option<Number>,
}

impl Moment {
    /// `on 2027-06-01 it expects 3,900 km, where it expected 3,600 km`.
    pub(super) fn told(&self, kpi: &Kpi) -> String {
        let amount = |value: Option<Number>| value.map_or("nothing".to_owned(), |value| kpi.amount(value));
        format!(
            "on {} it expects {}, where it expected {}",
            self.day,
            amount(self.after),
            amount(self.before)
        )
    }

    /// How far apart the two are; as far as can be where one expects nothing.
    fn distance(&self) -> Decimal {
        self.before
            .zip(self.after)
            .map_or(Decimal::MAX, |(a, b)| (a.decimal() - b.decimal()).abs())
    }
}

/// How what is expected differs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Expectations {
    /// The day on which the new plan is easiest compared with the old one.
    pub easier: Option<Moment>,
    /// The day on which it is hardest.
    pub harder: Option<Moment>,
    /// Whether it is easier on the first of all days on which it differs: what was promised comes later.
    pub easier_first: bool,
}

/// Shares of an expected value that are no difference: plans round to the figures that they are stated in.
const SAME: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// Compares what the two expect on the corners of both paths and on days between them. Where nothing says which way is
/// better every other value is both easier and harder.
pub(super) fn compared(old: &Kpi, new: &Kpi, way: Option<Direction>) -> Expectations {
    let (was, is) = (Planned::of(old), Planned::of(new));
    let mut found = Expectations::default();
    let mut differs = false;
    for day in days(&was, &is) {
        let moment = Moment {
            day,
            before: was.expected(day),
            after: is.expected(day),
        };
        let (easier, harder) = match (moment.before, moment.after) {
            (None, None) => continue,
            (Some(_), None) => (true, false),
            (None, Some(_)) => (false, true),
            (Some(before), Some(after)) => {
                let size = before.decimal().abs().max(after.decimal().abs());
                if moment.distance() <= size * SAME {
                    continue;
                }
                match way {
                    Some(Direction::Increase) => (after < before, after > before),
                    Some(Direction::Decrease) => (after > before, after < before),
                    Some(Direction::Maintain) | None => (true, true),
                }
            }
        };
        if !differs {
            found.easier_first = easier && !harder;
            differs = true;
        }
        let further = |held: &mut Option<Moment>| {
            if held.is_none_or(|held| held.distance() < moment.distance()) {
                *held = Some(moment);
            }
        };
        if easier {
            further(&mut found.easier);
        }
        if harder {
            further(&mut found.harder);
        }
    }
    found
}

/// The corners of both paths, and days between each two of them: eighths of the way, and the day before the next, on which
/// a step has not come yet.
fn days(was: &Planned, is: &Planned) -> BTreeSet<Day> {
    let corners: BTreeSet<Day> = was.corners().chain(is.corners()).map(|(day, _)| day).collect();
    // Of very long lists of points the corners and a day between them say enough.
    let parts = if corners.len() > 1000 { 2 } else { 8 };
    let mut days = corners.clone();
    for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
        let whole = from.days_until(*to);
        days.extend((1..parts).map(|part| from.later(whole * part / parts)));
        days.insert(to.later(-1));
    }
    days
}
