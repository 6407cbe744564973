//! The one word that says how a KPI stands.

use crate::map::words;

words! {
    /// How a KPI stands on a day, the one that needs most attention first.
    Status {
        /// The final target has fallen due and is not met.
        Missed = "missed",
        /// Behind the planned trajectory by more than the red tolerance.
        OffTrack = "off-track",
        /// Behind the planned trajectory by more than the amber tolerance.
        AtRisk = "at-risk",
        /// A value was due and there is none, or the last one is too old to say.
        NoData = "no-data",
        /// On the planned trajectory, ahead of it, or behind it within the amber tolerance.
        OnTrack = "on-track",
        /// The final target is met.
        Achieved = "achieved",
        /// Nothing is promised for the day yet, or the day has not come.
        NotDue = "not-due",
    }
}

impl Status {
    /// The word as it is read: `off track`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::OffTrack => "off track",
            Self::AtRisk => "at risk",
            Self::NoData => "no data",
            Self::OnTrack => "on track",
            Self::Achieved => "achieved",
            Self::NotDue => "not due",
        }
    }

    /// Whether the KPI is behind its plan: missed, off track or at risk.
    pub fn is_behind(self) -> bool {
        self <= Self::AtRisk
    }
}
