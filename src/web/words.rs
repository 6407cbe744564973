//! Groups of findings in plain language, as people in a room would say it.

/// For each rule, what is said of one finding and of several; `#` stands for the number.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "unknown-reference",
        "1 thing points at something that is not there",
        "# things point at something that is not there",
    ),
    ("duplicate-id", "1 id is used twice", "# ids are used twice"),
    ("self-link", "1 box leads to itself", "# boxes lead to themselves"),
    ("duplicate-link", "1 link is there twice", "# links are there twice"),
    ("cycle", "1 chain runs in a circle", "# chains run in a circle"),
    (
        "link-against-the-flow",
        "1 link runs backwards",
        "# links run backwards",
    ),
    ("stage-skipped", "1 link skips a stage", "# links skip a stage"),
    ("empty-title", "1 thing has no title", "# things have no title"),
    ("duplicate-title", "1 title is used twice", "# titles are used twice"),
    (
        "activity-worded-outcome",
        "1 outcome reads like work, not like a change",
        "# outcomes read like work, not like a change",
    ),
    (
        "two-things-in-one-box",
        "1 box says two things",
        "# boxes say two things",
    ),
    ("empty-map", "the map is empty", "the map is empty"),
    (
        "placeholder-text",
        "1 text is still to be filled in",
        "# texts are still to be filled in",
    ),
    (
        "feedback-forwards",
        "1 feedback link runs forwards",
        "# feedback links run forwards",
    ),
    (
        "orphan",
        "1 box is not linked to anything",
        "# boxes are not linked to anything",
    ),
    (
        "no-line-of-sight-to-end-outcome",
        "1 box leads to no end outcome",
        "# boxes lead to no end outcome",
    ),
    (
        "no-line-of-sight-from-investment",
        "1 outcome is not paid for by any investment",
        "# outcomes are not paid for by any investment",
    ),
    (
        "enabler-without-business-change",
        "1 chain has no business change",
        "# chains have no business change",
    ),
    (
        "outcome-without-output",
        "nothing brings about 1 outcome",
        "nothing brings about # outcomes",
    ),
    ("dead-end", "1 chain stops half way", "# chains stop half way"),
    (
        "enabler-heavy-map",
        "there are many enablers for few business changes",
        "there are many enablers for few business changes",
    ),
    ("no-quick-win", "there is no quick win", "there is no quick win"),
    (
        "single-point-of-failure",
        "1 end outcome hangs on a single box",
        "# end outcomes hang on a single box",
    ),
    (
        "redundant-link",
        "1 link says what a longer chain says already",
        "# links say what longer chains say already",
    ),
    (
        "money-that-only-harms",
        "money of 1 box only does harm",
        "money of # boxes only does harm",
    ),
    (
        "link-without-rationale",
        "1 link does not say why",
        "# links do not say why",
    ),
    (
        "link-without-evidence",
        "1 link has no evidence",
        "# links have no evidence",
    ),
    (
        "weak-chain",
        "1 end outcome rests on assumptions alone",
        "# end outcomes rest on assumptions alone",
    ),
    (
        "contribution-over-whole",
        "1 box is counted more than once",
        "# boxes are counted more than once",
    ),
    (
        "assumption-nobody-tests",
        "nobody tests 1 assumption",
        "nobody tests # assumptions",
    ),
    (
        "evidence-not-weighed",
        "nobody has said how strong the evidence of 1 link is",
        "nobody has said how strong the evidence of # links is",
    ),
    ("outcome-without-kpi", "1 outcome has no KPI", "# outcomes have no KPI"),
    (
        "output-without-leading-indicator",
        "1 output has no leading indicator",
        "# outputs have no leading indicator",
    ),
    (
        "indicator-on-wrong-stage",
        "1 KPI is of the wrong sort for its box",
        "# KPIs are of the wrong sort for their box",
    ),
    (
        "kpi-without-baseline",
        "1 KPI has no baseline",
        "# KPIs have no baseline",
    ),
    (
        "baseline-after-target",
        "1 baseline is later than its target",
        "# baselines are later than their target",
    ),
    ("kpi-without-target", "1 KPI has no target", "# KPIs have no target"),
    (
        "target-not-time-bound",
        "1 target has no date",
        "# targets have no date",
    ),
    (
        "target-against-direction",
        "1 target points the wrong way",
        "# targets point the wrong way",
    ),
    (
        "trajectory-misses-target",
        "1 planned path misses its target",
        "# planned paths miss their target",
    ),
    (
        "trajectory-out-of-order",
        "1 planned path is out of order",
        "# planned paths are out of order",
    ),
    (
        "kpi-without-measurement-plan",
        "nobody has said how 1 KPI is measured",
        "nobody has said how # KPIs are measured",
    ),
    (
        "kpi-without-tolerance",
        "1 KPI has no tolerance",
        "# KPIs have no tolerance",
    ),
    (
        "measurement-of-unknown-kpi",
        "1 measured KPI is not in the map",
        "# measured KPIs are not in the map",
    ),
    (
        "measurement-overdue",
        "measurements of 1 KPI are overdue",
        "measurements of # KPIs are overdue",
    ),
    (
        "tolerance-not-a-share",
        "1 tolerance is no share, so it does not count",
        "# tolerances are no share, so they do not count",
    ),
    (
        "figure-out-of-line",
        "1 figure is far off the others",
        "# figures are far off the others",
    ),
    (
        "frequency-not-understood",
        "1 KPI does not say clearly how often it is measured",
        "# KPIs do not say clearly how often they are measured",
    ),
    ("kpi-without-unit", "1 KPI has no unit", "# KPIs have no unit"),
    (
        "target-promises-nothing",
        "1 target promises nothing",
        "# targets promise nothing",
    ),
    (
        "target-after-due",
        "1 target comes long after its box is due",
        "# targets come long after their box is due",
    ),
    (
        "end-outcome-without-owner",
        "1 end outcome has no owner",
        "# end outcomes have no owner",
    ),
    (
        "outcome-without-owner",
        "1 outcome has no owner",
        "# outcomes have no owner",
    ),
    (
        "output-without-owner",
        "1 output has no owner",
        "# outputs have no owner",
    ),
    (
        "owner-not-senior",
        "1 benefit owner is not senior",
        "# benefit owners are not senior",
    ),
    ("owner-without-plan", "1 owner has no plan", "# owners have no plan"),
    (
        "plan-out-of-order",
        "1 plan is out of order",
        "# plans are out of order",
    ),
    (
        "time-runs-backwards",
        "1 day comes before its cause or outside the map's period",
        "# days come before their cause or outside the map's period",
    ),
    ("owner-overloaded", "1 owner has too much", "# owners have too much"),
    (
        "outcome-without-risk-review",
        "nobody has asked what may go wrong with 1 outcome",
        "nobody has asked what may go wrong with # outcomes",
    ),
    ("risk-without-owner", "1 risk has no owner", "# risks have no owner"),
    (
        "high-risk-without-response",
        "1 high risk has no response",
        "# high risks have no response",
    ),
    (
        "risk-without-close-date",
        "1 risk has no date to be settled by",
        "# risks have no date to be settled by",
    ),
    ("risk-overdue", "1 risk is overdue", "# risks are overdue"),
    (
        "unintended-impact-not-tracked",
        "1 unintended effect is not measured",
        "# unintended effects are not measured",
    ),
    (
        "risk-not-scored",
        "nobody has said how likely or how grave 1 risk is",
        "nobody has said how likely or how grave # risks are",
    ),
    (
        "investment-without-cost",
        "1 investment has no cost",
        "# investments have no cost",
    ),
    (
        "partner-without-benefit",
        "1 partner has no benefit",
        "# partners have no benefit",
    ),
    (
        "benefit-without-partner-share",
        "1 benefit has no partner",
        "# benefits have no partner",
    ),
    (
        "suspect-review",
        "1 thing has changed since it was agreed",
        "# things have changed since they were agreed",
    ),
    (
        "review-of-nothing",
        "1 review is of nothing on the map, or by nobody on it",
        "# reviews are of nothing on the map, or by nobody on it",
    ),
    (
        "partial-agreement",
        "1 agreement does not cover the KPIs as they are now",
        "# agreements do not cover the KPIs as they are now",
    ),
    (
        "altered-review",
        "1 review does not read as it was written",
        "# reviews do not read as they were written",
    ),
    (
        "open-challenge",
        "1 challenge has not been answered",
        "# challenges have not been answered",
    ),
    ("negative-cost", "1 cost is below 0", "# costs are below 0"),
    (
        "allowance-without-approver-or-expiry",
        "1 accepted finding has no approver or no end",
        "# accepted findings have no approver or no end",
    ),
    (
        "allowance-unused",
        "1 accepted finding is no longer there",
        "# accepted findings are no longer there",
    ),
    (
        "unknown-rule",
        "1 accepted finding names no rule",
        "# accepted findings name no rule",
    ),
];

/// A group of findings in plain language; the rule's summary with the number where the rule has no words yet.
pub(super) fn words(rule: &str, count: usize, summary: &str) -> String {
    match WORDS.iter().find(|(slug, _, _)| *slug == rule) {
        Some((_, one, _)) if count == 1 => (*one).to_owned(),
        Some((_, _, many)) => many.replace('#', &count.to_string()),
        None => format!("{summary} ({count})"),
    }
}

/// Whether the words of the rule count things, and do not speak of the map as a whole.
pub(super) fn counts(rule: &str) -> bool {
    let words = WORDS.iter().find(|(slug, _, _)| *slug == rule);
    words.is_none_or(|(_, _, many)| many.contains('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_words_and_all_words_have_a_rule() {
        let rules: Vec<&str> = crate::check::RULES.iter().map(|rule| rule.slug).collect();
        let words: Vec<&str> = WORDS.iter().map(|(slug, _, _)| *slug).collect();
        for slug in &rules {
            assert!(words.contains(slug), "no words for `{slug}`");
        }
        for slug in &words {
            assert!(rules.contains(slug), "no rule is called `{slug}`");
        }
    }

    #[test]
    fn words_are_those_of_the_number() {
        assert_eq!(words("orphan", 1, ""), "1 box is not linked to anything");
        assert_eq!(words("orphan", 12, ""), "12 boxes are not linked to anything");
        assert_eq!(
            words("new-rule", 2, "a thing that is wrong"),
            "a thing that is wrong (2)"
        );
    }
}
