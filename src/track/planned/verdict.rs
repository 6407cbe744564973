//! How a KPI stands on a day, by the last value that is known on it: the one place where that is decided.

use super::{Goal, Planned};
use crate::map::{Day, Profile, words};
use crate::track::{Frequency, Observation, Status};

words! {
    /// Why the last value does not say how a KPI stands on the day looked from.
    Missing {
        /// There is no value, and one was due.
        NothingMeasured = "nothing-measured",
        /// The last value is older than it holds.
        Stale = "stale",
        /// The final target has fallen due, and there is no figure of that time.
        AwaitingFinalFigure = "awaiting-final-figure",
    }
}

/// How a KPI stands as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// How it stands.
    pub status: Status,
    /// Why its last value does not say so any more: beside `no-data`, and beside the bad status that stays from an old
    /// value. `None` where the value holds, and where nothing was due.
    pub missing: Option<Missing>,
}

impl Verdict {
    fn of(status: Status) -> Self {
        Self { status, missing: None }
    }
}

impl Planned {
    /// How the KPI stands as of a day by the last value that is known on it, which is none of a later day.
    ///
    /// A value is held against the plan of its own day. Then its age counts: what was behind the plan stays so, whatever
    /// day comes, until a measurement lifts it; what was not becomes `no-data` once the value is older than it holds
    /// ([`Planned::holds_until`]), and on the day of the final target, until there is a final figure
    /// ([`Planned::is_final`]). What is judged by a final figure stays. The table is in `docs/tracking.md`.
    /// ```
    /// use benefit_map::map::Kpi;
    /// use benefit_map::track::{Missing, Observation, Planned, Status};
    ///
    /// let kpi: Kpi = serde_json::from_str(r#"{"id": "km", "node": "rounds", "baseline": {"date": "2026-01-01", "value": 5200},
    ///   "targets": [{"date": "2027-12-31", "value": 3200}], "measurement": {"frequency": "monthly"}}"#)?;
    /// let plan = Planned::of(&kpi);
    /// let last = Observation { date: "2026-03-31".parse().unwrap(), value: 4900.into() };
    /// let now = plan.verdict(Some(last), "2026-04-30".parse().unwrap());
    /// assert_eq!((now.status, now.missing), (Status::OnTrack, None));
    /// // April was due and has not come, and the 30 days of grace are over.
    /// let later = plan.verdict(Some(last), "2026-07-01".parse().unwrap());
    /// assert_eq!((later.status, later.missing), (Status::NoData, Some(Missing::Stale)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn verdict(&self, last: Option<Observation>, as_of: Day) -> Verdict {
        let due = self.goal.and_then(|goal| goal.date).filter(|due| *due <= as_of);
        let Some(last) = last else {
            let missing = (due.is_some() || self.overdue(None, as_of) > 0).then_some(Missing::NothingMeasured);
            return Verdict {
                status: missing.map_or(Status::NotDue, |_| Status::NoData),
                missing,
            };
        };
        let then = self.status(last.date, last.value);
        let old = |missing| Verdict {
            status: if then.is_behind() { then } else { Status::NoData },
            missing: Some(missing),
        };
        if let Some(due) = due {
            if !self.is_final(last) {
                return old(Missing::AwaitingFinalFigure);
            }
            match self.status(last.date.max(due), last.value) {
                // A day that comes lifts nothing.
                Status::Achieved if then.is_behind() => return Verdict::of(then),
                status @ (Status::Achieved | Status::Missed) => return Verdict::of(status),
                // Points go on after the last target.
                _ => {}
            }
        }
        let awaited = || self.promises(as_of) || self.overdue(Some(last), as_of) > 0;
        if as_of <= self.holds_until(last.date) || then == Status::NotDue && !awaited() {
            return Verdict::of(then);
        }
        old(Missing::Stale)
    }

    /// The last day on which a value of that day still says how the KPI stands: the last of the measuring period after its
    /// own and [`Frequency::grace`](crate::track::Frequency::grace) more; the same day of the next year where the plan does
    /// not say how often it is measured.
    pub fn holds_until(&self, measured: Day) -> Day {
        match self.measured {
            Some((frequency, periods)) => {
                let last = periods.last_day(periods.number(measured) + 1);
                last.later(frequency.grace())
            }
            None => measured.years_later(1),
        }
    }

    /// Whether the final target can be judged by that value: it is one of its day or later, or of a tenth of the measuring
    /// period (of a year, where the plan names no frequency) before it. A step, which comes all at once, is judged by an
    /// earlier value only where that meets it. Never where the final target has no day.
    pub fn is_final(&self, value: Observation) -> bool {
        let Some(Goal {
            date: Some(due),
            value: goal,
        }) = self.goal
        else {
            return false;
        };
        let early = self.is_judged_early() || self.meets(goal, value.value);
        value.date >= due || early && self.may_be_final(value.date)
    }

    /// Whether a value of that day can be a final figure.
    pub fn may_be_final(&self, day: Day) -> bool {
        let frequency = self.frequency().unwrap_or(Frequency::YEARLY);
        self.goal
            .and_then(|goal| goal.date)
            .is_some_and(|due| day.days_until(due) <= frequency.lead())
    }

    /// Whether a final figure of a few days before the final target's day can say that it is missed: not of a step.
    pub fn is_judged_early(&self) -> bool {
        self.profile != Profile::Step
    }
}
