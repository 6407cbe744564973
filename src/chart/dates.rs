//! The axis of days: ticks at the beginnings of days, months, quarters or years, as many as their words have room.

use jiff::civil::Date;

use crate::map::{Day, Language};

/// A tick of the axis of days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateTick {
    /// The day, as [`Day::number`] counts.
    pub day: i64,
    /// What stands under the tick.
    pub words: String,
    /// What stands under that, where a month or a year begins that is not told yet; else empty.
    pub below: String,
}

/// From one tick to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Days(i64),
    Months(i64),
    Years(i64),
}

const STEPS: [Step; 17] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1000),
];

impl Step {
    /// In days, about.
    fn length(self) -> f64 {
        match self {
            Step::Days(n) => n as f64,
            Step::Months(n) => n as f64 * 30.4,
            Step::Years(n) => n as f64 * 365.25,
        }
    }

    /// What the words of a tick need, with room between them, in px.
    fn room(self) -> f64 {
        match self {
            Step::Days(_) => 26.0,
            Step::Months(_) => 36.0,
            Step::Years(_) => 46.0,
        }
    }
}

/// The ticks from `first` to `last` (as [`Day::number`] counts) on an axis of so many px a day; none where none of
/// them is the beginning of anything.
pub(super) fn ticks(first: i64, last: i64, px_a_day: f64, language: Language) -> Vec<DateTick> {
    let step = STEPS
        .into_iter()
        // Single days are told of a few months at most: a month must have room for its name twice over.
        .filter(|step| !matches!(step, Step::Days(_)) || 30.4 * px_a_day >= 150.0)
        .find(|step| step.length() * px_a_day >= step.room())
        .unwrap_or(Step::Years(1000));
    let mut out: Vec<DateTick> = Vec::new();
    // A year never has fewer than 365 days, nor more than 366.
    for year in (first / 366)..=(last / 365 + 1) {
        match step {
            Step::Years(n) if year % n == 0 => push(&mut out, (first, last), year, 1, 1, (step, language)),
            Step::Years(_) => {}
            Step::Months(n) => {
                for month in (1..=12).filter(|month| (month - 1) % n == 0) {
                    push(&mut out, (first, last), year, month, 1, (step, language));
                }
            }
            Step::Days(n) => {
                for month in 1..=12 {
                    for day in (1..=31).filter(|day| (day - 1) % n == 0 && (n == 1 || day + n / 2 <= 31)) {
                        push(&mut out, (first, last), year, month, day, (step, language));
                    }
                }
            }
        }
    }
    // The year, or the month, of the first tick is told, unless the next is told so close that both would not fit.
    if let Some(first) = out.first().map(|tick| (tick.day, tick.below.is_empty())) {
        let next = out
            .iter()
            .skip(1)
            .find(|tick| !tick.below.is_empty())
            .map(|tick| tick.day);
        let room = if matches!(step, Step::Days(_)) { 76.0 } else { 46.0 };
        if first.1 && next.is_none_or(|next| (next - first.0) as f64 * px_a_day >= room) {
            out[0].below = below(first.0, (step, language));
        }
    }
    out
}

fn push(
    out: &mut Vec<DateTick>,
    (first, last): (i64, i64),
    year: i64,
    month: i64,
    day: i64,
    (step, language): (Step, Language),
) {
    let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return;
    };
    let Ok(date) = Date::new(y, m, d) else { return };
    let number = Day::from(date).number();
    if year < 1 || !(first..=last).contains(&number) {
        return;
    }
    let begins = match step {
        Step::Days(_) => d == 1,
        Step::Months(_) => m == 1,
        Step::Years(_) => false,
    };
    out.push(DateTick {
        day: number,
        words: match step {
            Step::Days(_) => d.to_string(),
            Step::Months(_) => language.short_month(Day::from(date)),
            Step::Years(_) => year.to_string(),
        },
        below: if begins {
            words_below(date, (step, language))
        } else {
            String::new()
        },
    });
}

fn words_below(date: Date, (step, language): (Step, Language)) -> String {
    match step {
        Step::Days(_) => format!("{} {}", language.short_month(Day::from(date)), date.year()),
        Step::Months(_) => date.year().to_string(),
        Step::Years(_) => String::new(),
    }
}

fn below(number: i64, (step, language): (Step, Language)) -> String {
    let days = jiff::Span::new().try_days(number);
    let date = days
        .ok()
        .and_then(|span| Date::constant(1, 1, 1).checked_add(span).ok());
    date.map_or(String::new(), |date| words_below(date, (step, language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(first: &str, last: &str, width: f64) -> String {
        let (a, b) = (Day::new(first).unwrap().number(), Day::new(last).unwrap().number());
        let words: Vec<String> = ticks(a, b, width / (b - a) as f64, Language::default())
            .into_iter()
            .map(|t| match t.below.as_str() {
                "" => t.words,
                below => format!("{}/{below}", t.words),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn ticks_are_as_many_as_have_room() {
        assert_eq!(
            told("2026-03-31", "2027-03-31", 700.0),
            "Apr/2026 May Jun Jul Aug Sep Oct Nov Dec Jan/2027 Feb Mar"
        );
        assert_eq!(
            told("2026-03-31", "2028-03-31", 400.0),
            "Apr/2026 Jul Oct Jan/2027 Apr Jul Oct Jan/2028"
        );
        assert_eq!(told("2026-03-31", "2031-03-31", 300.0), "2027 2028 2029 2030 2031");
        assert_eq!(told("2026-03-30", "2026-04-03", 300.0), "30/Mar 2026 31 1/Apr 2026 2 3");
        assert_eq!(
            told("0001-01-01", "9999-12-31", 400.0),
            "1000 2000 3000 4000 5000 6000 7000 8000 9000"
        );
    }

    #[test]
    fn a_month_that_begins_close_by_leaves_no_room_for_the_one_before() {
        assert!(told("2026-03-25", "2026-04-20", 400.0).starts_with("25/Mar 2026 27 29 1/Apr 2026 3"));
        assert!(told("2026-03-29", "2026-04-24", 400.0).starts_with("29 1/Apr 2026 3"));
    }
}
