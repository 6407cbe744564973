//! What is called out of a change that makes a map look better: why, where, and what was and is stated.

use std::fmt;

use crate::finding::Subject;
use crate::map::words;

words! {
    /// Whether a change makes the map look better for sure.
    Judgement {
        /// It does, and nothing on the map says that anything became better.
        Greener = "greener",
        /// It does in one way and the contrary in another, or it cannot be seen from the maps.
        Open = "open",
    }
}

words! {
    /// Why a change is called out. The words are stable: programs may rely on them.
    Reason {
        /// A KPI is gone, and with it what it promised.
        RemovedKpi = "removed-kpi",
        /// A KPI measures another node.
        MovedKpi = "moved-kpi",
        /// A target asks for less.
        LowerTarget = "lower-target",
        /// A target is due later, or on no day.
        LaterTarget = "later-target",
        /// A target is gone.
        RemovedTarget = "removed-target",
        /// A target has another value, and nothing says which is stricter.
        OtherTarget = "other-target",
        /// What was the final target, and could be missed, is one on the way.
        TargetNowInterim = "target-now-interim",
        /// More counts as on track or at risk.
        WiderTolerance = "wider-tolerance",
        /// The baseline has another value or day, which makes what is expected easier.
        MovedBaseline = "moved-baseline",
        /// The baseline, or its day, is gone.
        RemovedBaseline = "removed-baseline",
        /// Less is expected on some day before the target.
        EasierPath = "easier-path",
        /// The other way is better now.
        TurnedDirection = "turned-direction",
        /// Values are in another unit.
        OtherUnit = "other-unit",
        /// Measured values make the value of the KPI in another way.
        OtherAggregation = "other-aggregation",
        /// More lies within the band, or there is no band any more.
        LooserBand = "looser-band",
        /// It is measured less often.
        RarerMeasurement = "rarer-measurement",
        /// It is not said any more how often it is measured.
        RemovedFrequency = "removed-frequency",
        /// Its values come from elsewhere, or are measured in another way.
        OtherMeasurement = "other-measurement",
        /// It is an indicator of another sort.
        OtherIndicator = "other-indicator",
        /// An outcome is gone.
        RemovedOutcome = "removed-outcome",
        /// A disbenefit is gone.
        RemovedDisbenefit = "removed-disbenefit",
        /// A node is of another kind, of which less is asked.
        OtherKind = "other-kind",
        /// A disbenefit counts as a benefit.
        NoLongerDisbenefit = "no-longer-disbenefit",
        /// What was a benefit counts as a disbenefit, which needs no money to help it.
        NowDisbenefit = "now-disbenefit",
        /// An outcome is not marked as unintended any more, so that it need not be measured.
        NoLongerUnintended = "no-longer-unintended",
        /// An outcome is marked as unintended, so that less is asked of it.
        NowUnintended = "now-unintended",
        /// A node is marked as a quick win.
        NowQuickWin = "now-quick-win",
        /// A node is due later.
        LaterDue = "later-due",
        /// A node is due on no day.
        RemovedDue = "removed-due",
        /// Work, or an effect, begins later, or on no day.
        LaterStart = "later-start",
        /// A node costs less.
        LowerCost = "lower-cost",
        /// A node has no cost any more, or is gone with it.
        RemovedCost = "removed-cost",
        /// A node has smaller costs below 0, which are money that comes in.
        SmallerIncome = "smaller-income",
        /// Less is added to a cost for optimism bias.
        LowerOptimismBias = "lower-optimism-bias",
        /// A unit of a KPI is worth more, or its amounts come to more.
        HigherValue = "higher-value",
        /// More of a benefit is claimed as the work of the map.
        LargerAttribution = "larger-attribution",
        /// Less is taken off a value for what would happen anyway or is lost.
        SmallerDeduction = "smaller-deduction",
        /// The value of a benefit comes sooner.
        EarlierValue = "earlier-value",
        /// The value of a benefit lasts longer.
        LongerValue = "longer-value",
        /// It is discounted by other rates.
        OtherRates = "other-rates",
        /// More years are appraised.
        LongerAppraisal = "longer-appraisal",
        /// Amounts count in other prices or years.
        OtherPrices = "other-prices",
        /// Benefits count more or less by who has them.
        OtherWeights = "other-weights",
        /// A node of the work names a partner no more.
        FewerPartners = "fewer-partners",
        /// A partner is gone.
        RemovedPartner = "removed-partner",
        /// A link that hinders is gone.
        RemovedHinderingLink = "removed-hindering-link",
        /// A link that brings about a disbenefit is gone.
        RemovedHarmfulLink = "removed-harmful-link",
        /// A link helps where it hindered, or hinders where it helped.
        TurnedLink = "turned-link",
        /// A link is feedback, which needs no evidence and carries nothing.
        NowFeedback = "now-feedback",
        /// A link that was feedback counts.
        NoLongerFeedback = "no-longer-feedback",
        /// The same source counts as stronger evidence.
        StrongerEvidence = "stronger-evidence",
        /// A link brings about a larger share, without a new source.
        LargerShare = "larger-share",
        /// A link brings about a smaller share of what was shared out more than once.
        SmallerShare = "smaller-share",
        /// An assumption is gone.
        RemovedAssumption = "removed-assumption",
        /// A risk is gone.
        RemovedRisk = "removed-risk",
        /// A risk is closed.
        ClosedRisk = "closed-risk",
        /// A risk is less likely, or its likelihood is not said any more.
        LowerLikelihood = "lower-likelihood",
        /// A risk has less impact, or its impact is not said any more.
        LowerImpact = "lower-impact",
        /// A risk is to be settled later, or by no day.
        LaterRiskDate = "later-risk-date",
        /// A risk threatens something else.
        MovedRisk = "moved-risk",
        /// Planned work is gone.
        RemovedActivity = "removed-activity",
        /// Planned work begins or ends later, or on no day.
        LaterActivity = "later-activity",
        /// Planned work waits for less.
        RemovedWait = "removed-wait",
        /// An owner of the same name counts as senior.
        NowSenior = "now-senior",
        /// Amounts are in another currency.
        OtherCurrency = "other-currency",
        /// The map covers a longer time, or none that is stated.
        LongerPeriod = "longer-period",
        /// A finding is accepted that was not.
        AddedAllowance = "added-allowance",
        /// A finding is accepted for longer.
        LongerAllowance = "longer-allowance",
        /// A review that was open is gone.
        RemovedReview = "removed-review",
        /// The same review agrees where it challenged, or holds again though what it is of has changed.
        TurnedReview = "turned-review",
        /// Something that coverage found lacking is gone, and the share has risen.
        UncoveredLeftOut = "uncovered-left-out",
        /// The share of money that is covered has risen, and no money that was not covered is covered now.
        MoneyShareRisen = "money-share-risen",
        /// A KPI stands better by the same measurements.
        GreenerStatus = "greener-status",
        /// A node is not warned any more, by the same measurements.
        FewerWarnings = "fewer-warnings",
    }
}

/// A change that makes the new map look better, or may, without anything having become better.
///
/// Displayed, it is one sentence with its place, what was stated and what is: `kpi rounds-km: Distance driven a week: the
/// red tolerance is wider: was 15%, now 50%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// Why.
    pub reason: Reason,
    /// Whether it does so for sure.
    pub judgement: Judgement,
    /// The record; of the old map where it is gone.
    pub subject: Subject,
    /// What the record is called; empty where it has no title.
    pub title: String,
    /// The field as the file names it, such as `tolerance.red`; empty where the record is gone, the name of a measure where
    /// coverage is spoken of.
    pub field: String,
    /// What was stated; empty where nothing was.
    pub before: String,
    /// What is stated; empty where nothing is.
    pub after: String,
    /// What changed, in words.
    pub what: String,
    /// What follows from that, or what speaks against it; empty where there is nothing to add.
    pub note: String,
}

impl Callout {
    /// The sentence without the place: what changed, what was and is stated, and what follows.
    pub fn says(&self) -> String {
        let stated = |text: &str| match text {
            "" => "nothing".to_owned(),
            text => text.to_owned(),
        };
        let mut out = self.what.clone();
        if !self.before.is_empty() || !self.after.is_empty() {
            out += &format!(": was {}, now {}", stated(&self.before), stated(&self.after));
        }
        if !self.note.is_empty() {
            out += &format!("; {}", self.note);
        }
        out
    }
}

impl fmt::Display for Callout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.subject)?;
        if !self.title.is_empty() {
            write!(f, "{}: ", self.title)?;
        }
        f.write_str(&self.says())
    }
}

/// What is called out, as it is found.
pub(super) type Callouts = Vec<Callout>;

/// The record that something is called out of.
#[derive(Debug, Clone)]
pub(super) struct Place {
    subject: Subject,
    title: String,
}

impl Place {
    pub(super) fn new(subject: Subject, title: &str) -> Self {
        Self {
            subject,
            title: title.to_owned(),
        }
    }

    /// Something that makes the map look better, stated in that field.
    pub(super) fn call(&self, reason: Reason, field: &str, what: impl Into<String>) -> Callout {
        Callout {
            reason,
            judgement: Judgement::Greener,
            subject: self.subject.clone(),
            title: self.title.clone(),
            field: field.to_owned(),
            before: String::new(),
            after: String::new(),
            what: what.into(),
            note: String::new(),
        }
    }
}

impl Callout {
    /// The same with what was and what is stated.
    pub(super) fn was(mut self, before: impl fmt::Display, after: impl fmt::Display) -> Self {
        self.before = before.to_string();
        self.after = after.to_string();
        self
    }

    /// The same with what follows.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The same as a question that the maps leave open.
    pub(super) fn open(mut self) -> Self {
        self.judgement = Judgement::Open;
        self
    }
}

/// What is stated, or nothing.
pub(super) fn stated(value: Option<impl fmt::Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
