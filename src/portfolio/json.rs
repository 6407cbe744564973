//! Totals and findings for programs.

use rust_decimal::Decimal;
use serde::Serialize;

use super::bounds::Bounds;
use super::model::Counts;
use super::money::{Money, Worth};
use super::read::Source;
use super::remark::Remark;
use super::totals::Total;
use crate::escape::json::pretty;
use crate::map::{Day, Number};

#[derive(Serialize)]
struct Totals<'t> {
    measures: Vec<MeasureYear<'t>>,
    money: AllMoney<'t>,
}

/// What the projects cost and are worth, at one set of rates and in the prices of one year.
#[derive(Serialize)]
struct AllMoney<'t> {
    currency: &'t str,
    price_year: &'t str,
    all: Option<OneWorth>,
    /// Why they are not added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_added: Option<&'t str>,
    projects: Vec<OneProject<'t>>,
}

#[derive(Serialize)]
struct OneProject<'t> {
    /// More than one where they are appraised together.
    maps: &'t [&'t str],
    #[serde(flatten)]
    worth: Option<OneWorth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_known: Option<&'t str>,
}

#[derive(Serialize)]
struct OneWorth {
    cost: Option<Number>,
    pv_cost: Option<Number>,
    pv_benefit: Option<Number>,
    npsv: Option<Number>,
    bcr: Option<Number>,
}

impl OneWorth {
    fn of(worth: Worth) -> Self {
        let pounds = |value: Decimal| number(value.round_dp(2));
        Self {
            cost: pounds(worth.cost),
            pv_cost: pounds(worth.pvc),
            pv_benefit: pounds(worth.pvb),
            npsv: pounds(worth.npsv()),
            bcr: worth.bcr().and_then(|bcr| number(bcr.round_dp(4))),
        }
    }
}

#[derive(Serialize)]
struct MeasureYear<'t> {
    outcome: &'t str,
    id: &'t str,
    title: &'t str,
    unit: &'t str,
    year: String,
    at_least: Option<Number>,
    at_most: Option<Number>,
    claims: Vec<OneClaim<'t>>,
    /// The change of the place where it measures itself, else of the claims.
    measured: Option<Range>,
    measured_by: Option<&'static str>,
    place: Option<Own>,
    /// Of the claims.
    achieved: Option<Range>,
    /// Of the claims, in a year that has not ended.
    forecast: Option<Range>,
    /// What the place measured and the claims do not explain.
    unexplained: Option<Range>,
    /// The claims that make the difference between the two.
    gap: Vec<String>,
}

/// What a place measured of itself.
#[derive(Serialize)]
struct Own {
    date: Day,
    value: Number,
    change: Option<Number>,
}

#[derive(Serialize)]
struct Range {
    at_least: Option<Number>,
    at_most: Option<Number>,
}

fn range(bounds: Bounds) -> Range {
    Range {
        at_least: number(bounds.at_least),
        at_most: number(bounds.at_most),
    }
}

#[derive(Serialize)]
struct OneClaim<'t> {
    map: &'t str,
    kpi: &'t str,
    value: Option<Number>,
    measured: Option<Number>,
    counts: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_counted: Option<&'static str>,
}

fn number(value: Decimal) -> Option<Number> {
    Number::rounded(value)
}

/// The totals and the money as JSON, `{"measures": [{"id", "unit", "year", "at_least", "at_most", "claims", "measured", "achieved", "unexplained", …}], "money": {…}}`, in
/// their order; ends with a line break.
pub fn totals_to_json(totals: &[Total<'_>], money: &Money<'_>) -> String {
    let least = |bounds: Option<Bounds>| bounds.and_then(|b| number(b.at_least));
    let most = |bounds: Option<Bounds>| bounds.and_then(|b| number(b.at_most));
    let own = |total: &Total<'_>| total.own.and_then(|own| own.change);
    let measured = |total: &Total<'_>| match own(total) {
        Some(change) => Some(Bounds {
            at_least: change,
            at_most: change,
        }),
        None => total.achieved,
    };
    let measures = totals.iter().map(|total| MeasureYear {
        outcome: total.outcome,
        id: &total.measure.id,
        title: &total.measure.title,
        unit: &total.measure.unit,
        year: total.year.to_string(),
        at_least: least(total.planned),
        at_most: most(total.planned),
        claims: total
            .claims
            .iter()
            .map(|one| OneClaim {
                map: &one.claim.map,
                kpi: one.claim.kpi.as_str(),
                value: one.planned.and_then(number),
                measured: one.achieved.and_then(number),
                counts: one.claim.counts,
                not_counted: one.why_not.map(|why| why.words()),
            })
            .collect(),
        measured: measured(total).map(range),
        measured_by: measured(total).map(|_| if own(total).is_some() { "place" } else { "claims" }),
        place: total.own.map(|own| Own {
            date: own.last.date,
            value: own.last.value,
            change: own.change.and_then(number),
        }),
        achieved: total.achieved.map(range),
        forecast: total.forecast.map(range),
        unexplained: total.unexplained().map(range),
        gap: total.undeclared().collect(),
    });
    pretty(&Totals {
        measures: measures.collect(),
        money: AllMoney {
            currency: &money.currency,
            price_year: &money.price_year,
            all: money.all.map(OneWorth::of),
            not_added: money.why_not.as_deref(),
            projects: money
                .projects
                .iter()
                .map(|project| OneProject {
                    maps: &project.maps,
                    worth: project.worth.as_ref().ok().copied().map(OneWorth::of),
                    not_known: project.worth.as_ref().err().map(String::as_str),
                })
                .collect(),
        },
    })
}

#[derive(Serialize)]
struct Findings<'f> {
    findings: Vec<OneFinding<'f>>,
}

#[derive(Serialize)]
struct OneFinding<'f> {
    rule: &'f str,
    severity: crate::finding::Severity,
    subject: &'f str,
    message: &'f str,
    help: &'f str,
    pointer: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// The findings as JSON, `{"findings": [{"rule", "severity", "subject", "message", "help", "pointer", "file", "line", "column"}]}`,
/// in their order; without a source they have no file, line and column. Ends with a line break.
pub fn findings_to_json(findings: &[Remark], source: Option<&Source>) -> String {
    let findings = findings.iter().map(|one| {
        let spot = source.map(|source| source.spot(&one.pointer));
        OneFinding {
            rule: one.rule.slug,
            severity: one.rule.severity,
            subject: &one.subject,
            message: &one.message,
            help: &one.help,
            pointer: &one.pointer,
            file: source.map(Source::file),
            line: spot.map(|spot| spot.line),
            column: spot.map(|spot| spot.column),
        }
    });
    pretty(&Findings {
        findings: findings.collect(),
    })
}
