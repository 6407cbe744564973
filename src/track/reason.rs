//! Why a KPI stands as it does where its last value alone does not say, in a few words.

use super::{Missing, Outlook, Unclear};
use crate::map::Day;

impl Outlook<'_> {
    /// Why the last value does not say how the KPI stands on the day looked from: `last measured 55 months ago`. `None`
    /// where it does. Days are written as `date` has them.
    pub fn reason(&self, date: impl Fn(Day) -> String) -> Option<String> {
        let last = self
            .last
            .map(|last| format!("last measured {}", ago(last.date, self.as_of)));
        Some(match self.missing? {
            Missing::NothingMeasured => "nothing measured".to_owned(),
            Missing::Stale => last?,
            Missing::AwaitingFinalFigure => {
                let due = self.goal.and_then(|goal| goal.date);
                let due = due.map(|due| format!(" of {}", date(due))).unwrap_or_default();
                let met = self.first_met.filter(|_| self.lost.is_none());
                let met = met.map(|day| format!(" (met on {})", date(day))).unwrap_or_default();
                format!("awaiting the final figure{due}, {}{met}", last?)
            }
        })
    }

    /// What the map says of the KPI in a way that cannot be used, each with what counts in its place.
    pub fn set_aside(&self) -> impl Iterator<Item = String> + '_ {
        self.unclear.iter().map(|unclear| match unclear {
            Unclear::Frequency => {
                let text = self.kpi.measurement.as_ref().map_or("", |plan| plan.frequency.trim());
                let short: String = text.chars().take(40).collect();
                let cut = if short.len() < text.len() { "…" } else { "" };
                format!("frequency \"{short}{cut}\" is not understood and is taken as once a year")
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
            let rows = rows.iter().map(|(date, value)| Measurement {
                kpi: kpi.id.clone(),
                date: day(date),
                value: (*value).into(),
                source: String::new(),
                note: String::new(),
            });
            let o = outlook(&kpi, &rows.collect(), day(as_of));
            let set_aside: Vec<String> = o.set_aside().collect();
            (o.reason(|day| day.to_string()).unwrap_or_default(), set_aside)
        };
        let (reason, set_aside) = told(&[("2026-10-31", 10)], "2027-02-28");
        assert_eq!(
            reason,
            "awaiting the final figure of 2026-12-31, last measured 4 months ago (met on 2026-10-31)"
        );
        assert_eq!(
            set_aside,
            [
                "frequency \"On a rolling basis\" is not understood and is taken as once a year",
                "its tolerance is not a share and does not count",
            ]
        );
        assert_eq!(told(&[], "2027-01-31").0, "nothing measured");
        assert_eq!(told(&[("2026-06-30", 6)], "2026-07-31").0, "");
    }
}
