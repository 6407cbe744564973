//! Every rule, in one list.

use super::Profile;
use super::context::Context;
use super::rules::*;
use super::sink::Sink;
use crate::finding::{RuleInfo, Severity, nearest};
use crate::map::words;

words! {
    /// What a rule is about; the third character of its code.
    Family {
        /// BM1: the structure of the map.
        Structure = "structure",
        /// BM2: whether investments lead to end outcomes.
        LineOfSight = "line-of-sight",
        /// BM3: why a link should hold.
        TheoryOfChange = "theory-of-change",
        /// BM4: KPIs and their measurements.
        Tracking = "tracking",
        /// BM5: owners and plans.
        Delivery = "delivery",
        /// BM6: risks.
        Risk = "risk",
        /// BM7: money and partners.
        MoneyAndPartners = "money-and-partners",
        /// BM8: who agreed to what.
        Reviews = "reviews",
        /// BM9: the map's own settings for checks.
        Checker = "checker",
    }
}

/// How much a rule's findings matter in each profile; `None` where the rule is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Severities {
    /// While the map is being born.
    pub workshop: Option<Severity>,
    /// In an outline business case.
    pub outline: Option<Severity>,
    /// In a full business case.
    pub business_case: Option<Severity>,
    /// Under audit.
    pub audit: Option<Severity>,
}

impl Severities {
    /// The severity in a profile; `None` where the rule is off.
    pub fn of(self, profile: Profile) -> Option<Severity> {
        match profile {
            Profile::Workshop => self.workshop,
            Profile::Outline => self.outline,
            Profile::BusinessCase => self.business_case,
            Profile::Audit => self.audit,
        }
    }
}

/// The severities in the order workshop, outline, business case, audit: `E`, `W`, `N`, or `-` for off.
pub(super) const fn severities(letters: &str) -> Severities {
    const fn of(letter: u8) -> Option<Severity> {
        match letter {
            b'E' => Some(Severity::Error),
            b'W' => Some(Severity::Warning),
            b'N' => Some(Severity::Note),
            b'-' => None,
            _ => panic!("a severity is one of E, W, N and -"),
        }
    }
    let letters = letters.as_bytes();
    assert!(letters.len() == 4, "one letter for each profile");
    Severities {
        workshop: of(letters[0]),
        outline: of(letters[1]),
        business_case: of(letters[2]),
        audit: of(letters[3]),
    }
}

/// What a rule has to know beside the map. One that does not know it does not run, and leaves its allowances alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// What has been measured.
    pub measurements: bool,
    /// The day to judge by.
    pub day: bool,
    /// What people answered in a health check.
    pub answers: bool,
}

impl Needs {
    /// The map is enough.
    pub(super) const NOTHING: Self = Self {
        measurements: false,
        day: false,
        answers: false,
    };
    /// The day to judge by.
    pub(super) const DAY: Self = Self {
        day: true,
        ..Self::NOTHING
    };
    /// What has been measured.
    pub(super) const MEASUREMENTS: Self = Self {
        measurements: true,
        ..Self::NOTHING
    };
    /// Both.
    pub(super) const MEASUREMENTS_AND_DAY: Self = Self {
        day: true,
        ..Self::MEASUREMENTS
    };
    /// What people answered.
    pub(super) const ANSWERS: Self = Self {
        answers: true,
        ..Self::NOTHING
    };
    /// What people answered, and the day to judge by.
    pub(super) const ANSWERS_AND_DAY: Self = Self {
        day: true,
        ..Self::ANSWERS
    };
}

/// What a rule finds, as people in a room would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain {
    one: &'static str,
    /// With `#` for the number.
    many: &'static str,
}

impl Plain {
    /// Of findings that are counted: the words for one, and those for many with `#` for the number.
    pub(super) const fn counted(one: &'static str, many: &'static str) -> Self {
        Self { one, many }
    }

    /// Of a finding about the map as a whole.
    pub(super) const fn of_the_map(words: &'static str) -> Self {
        Self {
            one: words,
            many: words,
        }
    }

    /// The words for so many findings: `3 links do not say why`.
    pub fn words(self, count: usize) -> String {
        match count {
            1 => self.one.to_owned(),
            _ => self.many.replace('#', &count.to_string()),
        }
    }

    /// Whether the words count things, and do not speak of the map as a whole.
    pub fn counts(self) -> bool {
        self.one != self.many
    }
}

words! {
    /// What puts a finding right in one step.
    Fix {
        /// Give the box an owner.
        SetOwner = "set-owner",
        /// Link the box to another.
        Link = "link",
        /// Let the link run the other way.
        TurnLink = "turn-link",
        /// Delete the link.
        DeleteLink = "delete-link",
        /// Give the box a KPI.
        AddKpi = "add-kpi",
        /// Say that the box is a quick win.
        MarkQuickWin = "mark-quick-win",
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// `BM` and three digits, the first of them the family. Never used again for another rule.
    pub code: &'static str,
    /// The name in kebab-case; reads well after "allow".
    pub slug: &'static str,
    /// What the rule is about.
    pub family: Family,
    /// What it finds, in one phrase.
    pub summary: &'static str,
    /// The clause or paper that it comes from.
    pub source: &'static str,
    /// How much its findings matter, by profile.
    pub severities: Severities,
    /// The same for the people in a room, of one finding and of many.
    pub plain: Plain,
    /// What has to be known beside the map before it can run.
    pub needs: Needs,
    /// What puts a finding right in one step, the likeliest first; empty where it takes thought.
    pub fixes: &'static [Fix],
    /// The codes of rules that say the same where it is so of the whole map: a map in which nobody owns anything is one
    /// finding of the rule on end outcomes, and none of the rules on outcomes and outputs.
    pub also_said_by: &'static [&'static str],
    /// The rule's page, in Markdown.
    pub page: &'static str,
    pub(super) run: fn(&Context<'_>, &mut Sink<'_>),
}

impl Rule {
    /// A rule that runs so, without a name yet: the map is all that it needs, no one step puts a finding right, and no
    /// other rule says the same. What a rule has to say of itself is written before this.
    pub(super) const fn of(run: fn(&Context<'_>, &mut Sink<'_>)) -> Self {
        Self {
            code: "",
            slug: "",
            family: Family::Structure,
            summary: "",
            source: "",
            severities: severities("----"),
            plain: Plain::of_the_map(""),
            needs: Needs::NOTHING,
            fixes: &[],
            also_said_by: &[],
            page: "",
            run,
        }
    }
}

/// Every rule, in the order of the codes.
pub static RULES: &[&Rule] = &[
    &unknown_reference::RULE,
    &duplicate_id::RULE,
    &self_link::RULE,
    &duplicate_link::RULE,
    &cycle::RULE,
    &link_against_the_flow::RULE,
    &stage_skipped::RULE,
    &empty_title::RULE,
    &duplicate_title::RULE,
    &activity_worded_outcome::RULE,
    &two_things_in_one_box::RULE,
    &empty_map::RULE,
    &placeholder_text::RULE,
    &feedback_forwards::RULE,
    &text_from_template::RULE,
    &vague_outcome::RULE,
    &orphan::RULE,
    &no_line_of_sight_to_end_outcome::RULE,
    &no_line_of_sight_from_investment::RULE,
    &enabler_without_business_change::RULE,
    &outcome_without_output::RULE,
    &dead_end::RULE,
    &enabler_heavy_map::RULE,
    &no_quick_win::RULE,
    &single_point_of_failure::RULE,
    &redundant_link::RULE,
    &money_that_only_harms::RULE,
    &link_without_rationale::RULE,
    &link_without_evidence::RULE,
    &weak_chain::RULE,
    &contribution_over_whole::RULE,
    &assumption_nobody_tests::RULE,
    &evidence_not_weighed::RULE,
    &link_divides_the_room::RULE,
    &outcome_without_kpi::RULE,
    &output_without_leading_indicator::RULE,
    &indicator_on_wrong_stage::RULE,
    &kpi_without_baseline::RULE,
    &baseline_after_target::RULE,
    &kpi_without_target::RULE,
    &target_not_time_bound::RULE,
    &target_against_direction::RULE,
    &trajectory_misses_target::RULE,
    &trajectory_out_of_order::RULE,
    &kpi_without_measurement_plan::RULE,
    &kpi_without_tolerance::RULE,
    &measurement_of_unknown_kpi::RULE,
    &measurement_overdue::RULE,
    &tolerance_not_a_share::RULE,
    &frequency_not_understood::RULE,
    &kpi_without_unit::RULE,
    &target_promises_nothing::RULE,
    &target_after_due::RULE,
    &figure_out_of_line::RULE,
    &end_outcome_without_owner::RULE,
    &outcome_without_owner::RULE,
    &output_without_owner::RULE,
    &owner_not_senior::RULE,
    &owner_without_plan::RULE,
    &plan_out_of_order::RULE,
    &owner_overloaded::RULE,
    &time_runs_backwards::RULE,
    &outcome_without_risk_review::RULE,
    &risk_without_owner::RULE,
    &high_risk_without_response::RULE,
    &risk_without_close_date::RULE,
    &risk_overdue::RULE,
    &unintended_impact_not_tracked::RULE,
    &risk_not_scored::RULE,
    &risk_trigger_not_taken_up::RULE,
    &investment_without_cost::RULE,
    &partner_without_benefit::RULE,
    &benefit_without_partner_share::RULE,
    &negative_cost::RULE,
    &appraisal_not_possible::RULE,
    &real_and_nominal_mixed::RULE,
    &value_without_source::RULE,
    &price_year_missing::RULE,
    &optimism_bias_without_method::RULE,
    &value_counted_twice::RULE,
    &horizon_shorter_than_benefit::RULE,
    &cost_without_option::RULE,
    &benefit_without_class::RULE,
    &attribution_missing::RULE,
    &bcr_without_unmonetised::RULE,
    &value_above_investment_unlikely::RULE,
    &cost_years_unclear::RULE,
    &suspect_review::RULE,
    &review_of_nothing::RULE,
    &open_challenge::RULE,
    &partial_agreement::RULE,
    &altered_review::RULE,
    &health_check_out_of_date::RULE,
    &allowance_unused::RULE,
    &unknown_rule::RULE,
    &allowance_without_approver_or_expiry::RULE,
];

/// Every rule, as reports for machines describe it, with its severity in a profile; in the order of the codes.
pub fn described(profile: Profile) -> Vec<RuleInfo> {
    let info = |rule: &&'static Rule| RuleInfo {
        code: rule.code,
        slug: rule.slug,
        family: rule.family.as_str(),
        summary: rule.summary,
        source: rule.source,
        page: rule.page,
        severity: rule.severities.of(profile),
    };
    RULES.iter().map(info).collect()
}

/// The rule's [`also_said_by`](Rule::also_said_by), by its code; empty where no rule has it.
pub fn also_said_by(code: &str) -> &'static [&'static str] {
    find(code).map_or(&[], |rule| rule.also_said_by)
}

/// A code or a slug that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{text}`{}", .nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
pub struct UnknownRule {
    /// The text as it was given.
    pub text: String,
    /// The code or slug that is most like it, where one is.
    pub nearest: Option<&'static str>,
}

/// The rule of that code (in any case) or slug.
///
/// # Errors
/// [`UnknownRule`] where there is none, with the one that was perhaps meant.
/// ```
/// use benefit_map::check;
///
/// assert_eq!(check::explain("BM105").unwrap().slug, "cycle");
/// assert_eq!(check::explain("cycle").unwrap().code, "BM105");
/// let unknown = check::explain("cycles").unwrap_err();
/// assert!(unknown.to_string().contains("cycle"), "it says what was perhaps meant");
/// ```
pub fn explain(code_or_slug: &str) -> Result<&'static Rule, UnknownRule> {
    find(code_or_slug).ok_or_else(|| UnknownRule {
        text: code_or_slug.to_owned(),
        nearest: nearest(code_or_slug, RULES.iter().flat_map(|rule| [rule.code, rule.slug])),
    })
}

/// The rule of that code or slug.
pub(super) fn find(code_or_slug: &str) -> Option<&'static Rule> {
    let named = |rule: &&&Rule| rule.slug == code_or_slug || rule.code.eq_ignore_ascii_case(code_or_slug);
    RULES.iter().find(named).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_slugs_are_in_order_and_each_once() {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        for rule in RULES {
            assert_eq!(explain(rule.slug).unwrap().code, rule.code);
            assert_eq!(explain(&rule.code.to_lowercase()).unwrap().slug, rule.slug);
            let family = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
                .iter()
                .position(|digit| rule.code[2..].starts_with(digit));
            let expected = match rule.family {
                Family::Checker => 9,
                other => other as usize + 1,
            };
            assert_eq!(family, Some(expected), "{}", rule.code);
            let said = [rule.summary, rule.source, rule.page];
            assert!(!said.contains(&""), "{} does not say all of itself", rule.code);
        }
    }

    #[test]
    fn every_rule_has_plain_words_that_count_what_can_be_counted() {
        let mut said = std::collections::BTreeSet::new();
        for rule in RULES {
            let (one, twelve) = (rule.plain.words(1), rule.plain.words(12));
            assert!(
                !one.trim().is_empty() && !one.contains('#') && !twelve.contains('#'),
                "{}",
                rule.slug
            );
            assert_eq!(rule.plain.counts(), twelve.contains("12"), "{}: {twelve}", rule.slug);
            assert!(!rule.plain.counts() || one.contains('1'), "{}: {one}", rule.slug);
            assert!(said.insert(twelve), "{}: another rule has the same words", rule.slug);
        }
        let orphan = explain("orphan").unwrap().plain;
        assert_eq!(orphan.words(1), "1 box is not linked to anything");
        assert_eq!(orphan.words(12), "12 boxes are not linked to anything");
    }

    #[test]
    fn rules_that_say_the_same_are_rules_and_none_says_it_of_itself() {
        for rule in RULES {
            for other in rule.also_said_by {
                assert!(explain(other).is_ok() && *other != rule.code, "{}: {other}", rule.code);
            }
        }
    }

    #[test]
    fn an_unknown_rule_is_told_what_was_meant() {
        let meant = |text| explain(text).unwrap_err().nearest;
        assert_eq!(meant("orphans"), Some("orphan"));
        assert_eq!(meant("No_Quick Win"), Some("no-quick-win"));
        assert_eq!(meant("BM1O1"), Some("BM101"));
        assert_eq!(meant("something-else-altogether"), None);
        assert_eq!(meant(&"x".repeat(1_000_000)), None);
    }
}
