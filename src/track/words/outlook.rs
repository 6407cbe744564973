//! How a KPI stands and why: the one home of what `status`, the registers and the reports say of it.

use crate::map::{Aggregation, Day, Locale, Number};
use crate::track::{Heading, Missing, Outlook, Prospect, Unclear};

impl Outlook<'_> {
    /// Why the last value does not say how the KPI stands on the day looked from: `last measured 55 months ago`. `None`
    /// where it does. Days and numbers are written as `locale` has them.
    pub fn reason(&self, locale: Locale) -> Option<String> {
        let last = self
            .last
            .map(|last| format!("last measured {}", ago(last.date, self.as_of)));
        Some(match self.missing? {
            Missing::NothingMeasured => "nothing measured".to_owned(),
            Missing::Stale => last?,
            Missing::AwaitingFinalFigure => {
                let due = self.goal.and_then(|goal| goal.date);
                let due = due.map(|due| format!(" of {}", locale.day(due))).unwrap_or_default();
                let met = self.first_met.filter(|_| self.lost.is_none());
                let met = met
                    .map(|day| format!(" (met on {})", locale.day(day)))
                    .unwrap_or_default();
                format!("awaiting the final figure{due}, {}{met}", last?)
            }
        })
    }

    /// The last value with its unit and its day, with what it is made of: `4,315 km on 2028-03-31`, `12 bins in all by
    /// 2028-03-31`. `None` where nothing is measured. Days and numbers are written as `locale` has them.
    pub fn last_measured(&self, locale: Locale) -> Option<String> {
        let last = self.last?;
        let (value, day) = (locale.amount(self.kpi, last.value), locale.day(last.date));
        Some(match self.kpi.aggregation {
            None | Some(Aggregation::Latest) => format!("{value} on {day}"),
            Some(Aggregation::Cumulative) => format!("{value} in all by {day}"),
            Some(Aggregation::Average) => format!("{value} on average in the year to {day}"),
        })
    }

    /// What the last value is held against: `expected 11.497 (+26.12%)`, `outside its band, 18 to 24 (-3%)`. `nothing
    /// measured` where there is no value. Numbers are written as `locale` has them.
    pub fn held_against(&self, locale: Locale) -> String {
        if self.last.is_none() {
            return "nothing measured".to_owned();
        }
        match (self.expected, self.kpi.kept_within(), self.variance) {
            (Some(expected), ..) => format!("expected {}{}", locale.number(expected), self.percent(locale)),
            (None, Some(band), Some(variance)) if variance == Number::ZERO => {
                format!("within its band, {}", band.shown(locale))
            }
            (None, Some(band), Some(_)) => format!("outside its band, {}{}", band.shown(locale), self.percent(locale)),
            (None, ..) => "nothing expected yet".to_owned(),
        }
    }

    /// Why the KPI has its status, each reason by itself and the first the weightiest: what its last value is held against,
    /// why that does not settle it, what is overdue, whether a met target was lost, what is set aside, and which way it
    /// moves where that matters. Days and numbers are written as `locale` has them.
    pub fn because(&self, locale: Locale) -> Vec<String> {
        let mut parts = vec![self.held_against(locale)];
        if self.last.is_some() {
            parts.extend(self.reason(locale));
        }
        if self.overdue > 0 {
            parts.push(match self.overdue {
                1 => "1 period overdue".to_owned(),
                many => format!("{many} periods overdue"),
            });
        }
        if let (Some(met), Some(lost)) = (self.first_met, self.lost) {
            parts.push(format!(
                "met on {}, lost again on {}",
                locale.day(met),
                locale.day(lost)
            ));
        }
        parts.extend(self.set_aside());
        match self.heading {
            Heading::Better if self.status.is_behind() => parts.push("getting better".to_owned()),
            Heading::Worse => parts.push("getting worse".to_owned()),
            _ => {}
        }
        parts
    }

    /// What lies ahead: `at this pace 14.4 by 2029-03-31, so the target of 9 is unlikely`, or the next target where there is no forecast.
    /// `None` where nothing dated lies ahead. Days and numbers are written as `locale` has them.
    pub fn ahead(&self, locale: Locale) -> Option<String> {
        let next = self.next?;
        let target = locale.number(next.value);
        if let (Some(forecast), Some(prospect)) = (self.forecast, self.prospect) {
            let sure = match prospect {
                Prospect::Likely => "likely",
                Prospect::Open => "uncertain",
                Prospect::Unlikely => "unlikely",
            };
            let value = locale.number(forecast.value);
            return Some(format!(
                "at this pace {value} by {}, so the target of {target} is {sure}",
                locale.day(forecast.date)
            ));
        }
        Some(format!("next target {target} by {}", locale.day(next.date?)))
    }

    /// How the KPI stands, in one line: its last value, [why](Self::because), and [what lies ahead](Self::ahead).
    pub fn facts(&self, locale: Locale) -> String {
        let mut parts = self.because(locale);
        if let (Some(last), Some(first)) = (self.last_measured(locale), parts.first_mut()) {
            *first = format!("{last}, {first}");
        }
        parts.extend(self.ahead(locale));
        parts.join("; ")
    }

    /// The variance in per cent in brackets; nothing where there is none.
    fn percent(&self, locale: Locale) -> String {
        let percent = self.variance_percent.filter(|p| *p != Number::ZERO);
        percent.map_or_else(String::new, |p| {
            format!(" ({}{}%)", if p > Number::ZERO { "+" } else { "" }, locale.number(p))
        })
    }

    /// What the map says of the KPI in a way that cannot be used, each with what counts in its place.
    pub fn set_aside(&self) -> impl Iterator<Item = String> + '_ {
        self.unclear.iter().map(|unclear| match unclear {
            Unclear::Frequency => {
                let text = self.kpi.measurement.as_ref().map_or("", |plan| plan.frequency.trim());
                let short: String = text.chars().take(40).collect();
                let cut = if short.len() < text.len() { "…" } else { "" };
                format!("frequency \"{short}{cut}\" is not understood and is read as once a year")
            }
            Unclear::Tolerance => "its tolerance is not a share and does not count".to_owned(),
        })
    }
}

/// How long before a day another one lies: `12 days ago`, `3 months ago`, `today`.
fn ago(day: Day, as_of: Day) -> String {
    let days = day.days_until(as_of);
    let (a, b) = (day.date(), as_of.date());
    let months = (i64::from(b.year()) - i64::from(a.year())) * 12 + i64::from(b.month()) - i64::from(a.month());
    // A month is over with the same day of the next, or with that month's last.
    let unfinished = b.day() < a.day() && b != b.last_of_month();
    let months = months - i64::from(unfinished);
    match (days, months) {
        (..=0, _) => "today".to_owned(),
        (1, _) => "yesterday".to_owned(),
        (2..=60, _) => format!("{days} days ago"),
        (_, ..=119) => format!("{months} months ago"),
        _ => format!("{} years ago", months / 12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Kpi;
    use crate::track::{Measurement, outlook};

    fn day(text: &str) -> Day {
        Day::new(text).unwrap()
    }

    #[test]
    fn ages_are_told_in_days_months_or_years() {
        for (from, to, told) in [
            ("2026-03-31", "2026-03-31", "today"),
            ("2026-03-31", "2026-04-01", "yesterday"),
            ("2026-03-31", "2026-05-30", "60 days ago"),
            ("2026-03-31", "2026-05-31", "2 months ago"),
            ("2026-05-31", "2030-12-31", "55 months ago"),
            ("2026-11-30", "2027-02-28", "3 months ago"),
            ("2026-11-15", "2027-02-14", "2 months ago"),
            ("2020-01-01", "2030-06-01", "10 years ago"),
        ] {
            assert_eq!(ago(day(from), day(to)), told, "{from} {to}");
        }
    }

    #[test]
    fn a_reason_names_what_is_missing_and_what_is_set_aside() {
        let kpi: Kpi = serde_json::from_str(
            r#"{"id": "k", "node": "n", "direction": "increase", "baseline": {"date": "2026-01-01", "value": 0},
                "targets": [{"date": "2026-12-31", "value": 10}], "tolerance": {"amber": 5, "red": 15},
                "measurement": {"frequency": "On a rolling basis"}}"#,
        )
        .unwrap();
        let told = |rows: &[(&str, i32)], as_of: &str| {
            let rows = rows
                .iter()
                .map(|(date, value)| Measurement::new(kpi.id.clone(), day(date), (*value).into()));
            let o = outlook(&kpi, &rows.collect(), day(as_of));
            let set_aside: Vec<String> = o.set_aside().collect();
            (o.reason(Locale::plain()).unwrap_or_default(), set_aside)
        };
        let (reason, set_aside) = told(&[("2026-10-31", 10)], "2027-02-28");
        assert_eq!(
            reason,
            "awaiting the final figure of 2026-12-31, last measured 4 months ago (met on 2026-10-31)"
        );
        assert_eq!(
            set_aside,
            [
                "frequency \"On a rolling basis\" is not understood and is read as once a year",
                "its tolerance is not a share and does not count",
            ]
        );
        assert_eq!(told(&[], "2027-01-31").0, "nothing measured");
        assert_eq!(told(&[("2026-06-30", 6)], "2026-07-31").0, "");
    }

    #[test]
    fn a_line_says_value_reasons_and_what_lies_ahead() {
        let kpi: Kpi = serde_json::from_str(
            r#"{"id": "k", "node": "n", "unit": "km", "direction": "decrease",
                "baseline": {"date": "2026-01-01", "value": 100}, "targets": [{"date": "2026-12-31", "value": 50}]}"#,
        )
        .unwrap();
        let row = |date: &str, value: i32| Measurement::new(kpi.id.clone(), day(date), value.into());
        let plain = Locale::plain();
        let none = outlook(&kpi, &std::iter::empty().collect(), day("2026-01-02"));
        assert_eq!(none.facts(plain), "nothing measured; next target 50 by 2026-12-31");
        assert_eq!(none.last_measured(plain), None);
        let one = outlook(
            &kpi,
            &std::iter::once(row("2026-12-31", 60)).collect(),
            day("2027-01-02"),
        );
        assert_eq!(one.because(plain), ["expected 50 (+20%)"]);
        assert_eq!(one.facts(plain), "60 km on 2026-12-31, expected 50 (+20%)");
        assert_eq!(one.ahead(plain), None);
    }
}
