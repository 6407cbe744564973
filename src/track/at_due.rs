//! What a KPI is to have reached on a day that its plan need not name, such as the day on which its node is due.

use super::Planned;
use crate::map::{Day, Kpi, Number};

crate::map::words! {
    /// What promises a value for a day.
    PromisedBy {
        /// A target of that very day.
        Target = "target",
        /// The planned path, which leads on to a later target.
        Path = "planned path",
        /// The final target, which fell due before and holds on.
        Final = "final target",
    }
}

/// The value that is promised for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtDue {
    /// In the KPI's unit.
    pub value: Number,
    /// What promises it.
    pub by: PromisedBy,
}

/// What is promised for that day: the target of the day, of several the last stated, else what [`Planned::expected`] gives.
/// `None` before the path begins, where nothing dated is promised, and of what is to be kept within a band.
/// ```
/// use benefit_map::map::Kpi;
/// use benefit_map::track::{PromisedBy, at_due};
///
/// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "baseline": {"date": "2026-01-01", "value": 0},
///   "targets": [{"date": "2026-01-11", "value": 10}]}"#)?;
/// let on = |day: &str| at_due(&kpi, day.parse().unwrap()).map(|due| (due.value.to_string(), due.by));
/// assert_eq!(on("2026-01-06"), Some(("5".to_owned(), PromisedBy::Path)));
/// assert_eq!(on("2026-01-11"), Some(("10".to_owned(), PromisedBy::Target)));
/// assert_eq!(on("2030-01-01"), Some(("10".to_owned(), PromisedBy::Final)));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn at_due(kpi: &Kpi, day: Day) -> Option<AtDue> {
    if kpi.kept_within().is_some() {
        return None;
    }
    if let Some(target) = kpi.targets.iter().rfind(|target| target.date == Some(day)) {
        return Some(AtDue {
            value: target.value,
            by: PromisedBy::Target,
        });
    }
    let plan = Planned::of(kpi);
    let (_, last) = plan.days()?;
    let goal = plan.goal().and_then(|goal| goal.date);
    Some(AtDue {
        value: plan.expected(day)?,
        by: match last <= day && goal.is_some_and(|goal| goal <= day) {
            true => PromisedBy::Final,
            false => PromisedBy::Path,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_of_the_day_goes_before_the_path_and_the_final_one_holds_on() {
        let kpi: Kpi = serde_json::from_str(
            r#"{"id": "k", "node": "n", "baseline": {"date": "2026-01-01", "value": 0},
                "targets": [{"date": "2026-01-11", "value": 10}, {"date": "2026-01-31", "value": 50}]}"#,
        )
        .unwrap();
        let told = |day: &str| at_due(&kpi, Day::new(day).unwrap()).map(|at| (at.value.to_string(), at.by));
        assert_eq!(told("2025-12-31"), None);
        assert_eq!(told("2026-01-11"), Some(("10".to_owned(), PromisedBy::Target)));
        // Half of the twenty days from 10 to 50.
        assert_eq!(told("2026-01-21"), Some(("30".to_owned(), PromisedBy::Path)));
        assert_eq!(told("2026-01-31"), Some(("50".to_owned(), PromisedBy::Target)));
        assert_eq!(told("2030-01-01"), Some(("50".to_owned(), PromisedBy::Final)));
    }
}
