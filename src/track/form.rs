//! What is still to be measured: a row for each KPI and period.

use super::{Measurements, Planned};
use crate::map::{BenefitMap, Day, Kpi};

/// A measurement that falls due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due<'m> {
    /// Of what.
    pub kpi: &'m Kpi,
    /// The last day of its period.
    pub date: Day,
}

/// The measurements that fall due from `from` (where `None`, from the baseline of each KPI) to `as_of`, both days included,
/// and that have no value yet, by KPI id and day. At most `most`, and one more where there are more.
pub fn due<'m>(
    map: &'m BenefitMap,
    measurements: &Measurements,
    from: Option<Day>,
    as_of: Day,
    most: usize,
) -> Vec<Due<'m>> {
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    // Of several KPIs with one id nobody knows which a row would mean: the first holds, as everywhere.
    kpis.dedup_by(|later, kept| later.id == kept.id);
    let mut rows = Vec::new();
    for kpi in kpis {
        let left = most.saturating_sub(rows.len());
        let days = Planned::of(kpi).due_from(measurements.of(&kpi.id), from, as_of, left);
        rows.extend(days.into_iter().map(|date| Due { kpi, date }));
        if rows.len() > most {
            break;
        }
    }
    rows
}

/// The first measurement that falls due after that day; `None` where none does.
pub fn next_due(map: &BenefitMap, as_of: Day) -> Option<Due<'_>> {
    let next = |kpi| Planned::of(kpi).next_due(as_of).map(|date| Due { kpi, date });
    map.kpis
        .iter()
        .filter_map(next)
        .min_by(|a, b| (a.date, &a.kpi.id).cmp(&(b.date, &b.kpi.id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::{Measurement, outlook};

    fn map(frequency: &str, targets: &str) -> BenefitMap {
        serde_json::from_str(&format!(
            r#"{{"format": 1, "title": "m", "kpis": [{{"id": "k", "node": "n", "title": "K",
                "baseline": {{"date": "2026-03-31", "value": 1}}, "targets": {targets},
                "measurement": {{"source": "s", "frequency": "{frequency}"}}}}]}}"#
        ))
        .unwrap()
    }

    fn days(map: &BenefitMap, measurements: &Measurements, as_of: &str) -> Vec<String> {
        let rows = due(map, measurements, None, Day::new(as_of).unwrap(), 1000);
        rows.iter().map(|row| row.date.to_string()).collect()
    }

    #[test]
    fn a_row_for_each_period_that_has_ended_up_to_the_final_target() {
        let none = Measurements::default();
        let target = r#"[{"date": "2027-02-15", "value": 2}]"#;
        assert_eq!(
            days(&map("quarterly", target), &none, "2026-12-31"),
            ["2026-06-30", "2026-09-30", "2026-12-31"]
        );
        assert_eq!(
            days(&map("quarterly", target), &none, "2030-01-01")[3..],
            ["2027-02-15"]
        );
        assert_eq!(days(&map("monthly", target), &none, "2026-05-30"), ["2026-04-30"]);
        assert_eq!(days(&map("monthly", target), &none, "2026-03-31"), [""; 0]);
        assert_eq!(days(&map("", target), &none, "2030-01-01"), ["2027-02-28"]);
    }

    #[test]
    fn there_are_as_many_rows_as_measurements_are_overdue() {
        let none = Measurements::default();
        for frequency in [
            "weekly",
            "monthly",
            "every 2 months",
            "quarterly",
            "yearly",
            "each financial year",
        ] {
            for targets in ["[]", r#"[{"date": "2028-03-31", "value": 2}]"#] {
                let map = map(frequency, targets);
                for as_of in ["2026-04-30", "2026-12-31", "2027-11-11", "2028-03-30", "2029-05-01"] {
                    let overdue = outlook(&map.kpis[0], &none, Day::new(as_of).unwrap()).overdue;
                    assert_eq!(
                        days(&map, &none, as_of).len() as u32,
                        overdue,
                        "{frequency} {targets} {as_of}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_figure_of_a_target_can_be_entered_on_its_day_and_is_overdue_when_its_period_has_ended() {
        let map = map("weekly", r#"[{"date": "2028-03-31", "value": 2}]"#);
        let none = Measurements::default();
        let on = |day: &str| {
            let overdue = outlook(&map.kpis[0], &none, Day::new(day).unwrap()).overdue;
            (days(&map, &none, day).len() as u32, overdue)
        };
        assert_eq!((on("2028-03-30"), on("2028-03-31")), ((103, 103), (104, 103)));
        assert_eq!(days(&map, &none, "2028-03-31").last().unwrap(), "2028-03-31");
        assert_eq!(on("2028-04-30"), (104, 104));
    }

    #[test]
    fn periods_with_a_value_are_left_out_and_the_first_of_what_comes_is_known() {
        let map = map("quarterly", "[]");
        let measured: Measurements = [Measurement::new(
            "k".parse().unwrap(),
            Day::new("2026-08-11").unwrap(),
            "3".parse().unwrap(),
        )]
        .into_iter()
        .collect();
        assert_eq!(days(&map, &measured, "2026-12-31"), ["2026-06-30", "2026-12-31"]);
        let next = next_due(&map, Day::new("2026-01-01").unwrap()).unwrap();
        assert_eq!(next.date.to_string(), "2026-06-30");
        let rows = due(
            &map,
            &measured,
            Some(Day::new("2026-10-01").unwrap()),
            Day::new("2026-12-31").unwrap(),
            0,
        );
        assert_eq!(rows.len(), 1, "one more than the most shows that there are more");
    }
}
