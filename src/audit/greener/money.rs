//! Values and costs that look better without better results: what a unit is worth, how much of it is claimed, and how it is discounted.

use std::fmt::Display;

use rust_decimal::Decimal;

use super::callout::{Callout, Callouts, Place, Reason, stated};
use super::matched::matched;
use crate::finding::Subject;
use crate::map::written::Year;
use crate::map::{Appraisal, BenefitMap, BenefitValue, Cost, Kpi, Node, RateBand, SourcedShare};

/// What is called out of the values of KPIs, the optimism bias and the years of costs, and what all is appraised by.
pub(super) fn money(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    for both in matched(&old.kpis, &new.kpis, |kpi| kpi.id.clone()) {
        let (Some(was), Some(is)) = both else { continue };
        let place = Place::new(Subject::Kpi(is.id.clone()), &is.title);
        match (&was.value, &is.value) {
            (Some(old), Some(new)) if old != new => value((was, old), (is, new), &place, out),
            (Some(old), None) if sum(old).is_some_and(|sum| sum < Decimal::ZERO) => {
                let call = place.call(Reason::HigherValue, "value", "a loss is not counted any more");
                out.push(call.was(stated(sum(old).map(|sum| sum.normalize())), ""));
            }
            _ => {}
        }
    }
    for both in matched(&old.nodes, &new.nodes, |node| node.id.clone()) {
        if let (Some(was), Some(is)) = both {
            costs(was, is, out);
        }
    }
    if let (Some(was), Some(is)) = (&old.appraisal, &new.appraisal) {
        appraisal(was, is, out);
    }
}

/// The sum of amounts by year.
fn sum(value: &BenefitValue) -> Option<Decimal> {
    let amounts = value.amounts.iter().map(|one| one.amount.decimal());
    amounts.reduce(|a, b| a + b)
}

/// The same call, as a question where the source is another one: then the value may have been found again.
fn sourced(call: Callout, was: &str, is: &str) -> Callout {
    match was.trim() == is.trim() {
        true => call,
        false => call.note("its source is another one").open(),
    }
}

fn value((kpi, old): (&Kpi, &BenefitValue), (_, new): (&Kpi, &BenefitValue), place: &Place, out: &mut Callouts) {
    let unit = (old.unit_value, new.unit_value);
    let is_worth = match kpi.unit_in_a_line() {
        "" => "a unit is worth more".to_owned(),
        unit => format!("one {unit} is worth more"),
    };
    match (unit, sum(old), sum(new)) {
        ((Some(was), Some(is)), ..) if is > was => {
            let call = place.call(Reason::HigherValue, "value.unit_value", is_worth);
            out.push(sourced(call.was(was.grouped(), is.grouped()), &old.source, &new.source));
        }
        (_, Some(was), Some(is)) if is > was => {
            let call = place.call(Reason::HigherValue, "value.amounts", "its amounts come to more");
            let call = call.was(was.normalize(), is.normalize());
            out.push(sourced(call, &old.source, &new.source));
        }
        ((Some(_), None), _, Some(_)) | ((None, Some(_)), Some(_), _) => {
            let call = place.call(Reason::HigherValue, "value", "its value is stated in another way");
            out.push(call.open());
        }
        _ => {}
    }
    let shares = |name: &str, was: &Option<SourcedShare>, is: &Option<SourcedShare>, usual: i64| {
        let share = |one: &Option<SourcedShare>| one.as_ref().map_or(Decimal::from(usual), |one| one.share.decimal());
        let source = |one: &Option<SourcedShare>| one.as_ref().map_or(String::new(), |one| one.source.clone());
        let shown = |one: &Option<SourcedShare>| stated(one.as_ref().map(|one| percent(one.share.decimal())));
        let field = format!("value.{name}");
        (
            share(was),
            share(is),
            source(was),
            source(is),
            shown(was),
            shown(is),
            field,
        )
    };
    let (was, is, from, to, before, after, field) = shares("attribution", &old.attribution, &new.attribution, 1);
    if is > was {
        let call = place.call(Reason::LargerAttribution, &field, "more of the benefit is claimed");
        out.push(sourced(call.was(before, after), &from, &to));
    }
    let lost = |value: &BenefitValue| value.drop_off.clone();
    for (name, was, is) in [
        ("deadweight", old.deadweight.clone(), new.deadweight.clone()),
        ("leakage", old.leakage.clone(), new.leakage.clone()),
        ("displacement", old.displacement.clone(), new.displacement.clone()),
        ("substitution", old.substitution.clone(), new.substitution.clone()),
        ("drop_off", lost(old), lost(new)),
    ] {
        let (was, is, from, to, before, after, field) = shares(name, &was, &is, 0);
        if is < was {
            let what = format!("less is taken off for {}", name.replace('_', "-"));
            let call = place.call(Reason::SmallerDeduction, &field, what);
            // What is simply left out has no other source.
            let to = if to.is_empty() { from.clone() } else { to };
            out.push(sourced(call.was(before, after), &from, &to));
        }
    }
    let by = |value: &BenefitValue| {
        let multiplier = value.multiplier.as_ref();
        multiplier.map_or(Decimal::ONE, |multiplier| multiplier.factor.decimal())
    };
    if by(new) > by(old) {
        let source = |value: &BenefitValue| {
            value
                .multiplier
                .as_ref()
                .map_or(String::new(), |one| one.source.clone())
        };
        let call = place.call(Reason::HigherValue, "value.multiplier", "it is multiplied by more");
        let call = call.was(by(old).normalize(), by(new).normalize());
        out.push(match old.multiplier {
            None => call,
            Some(_) => sourced(call, &source(old), &source(new)),
        });
    }
    let sooner = "the benefit is expected sooner";
    let delay = |value: &BenefitValue| value.delay.unwrap_or(0);
    if delay(new) < delay(old) {
        let months = |months: u16| format!("{months} months");
        let call = place.call(Reason::EarlierValue, "value.delay", sooner);
        out.push(call.was(months(delay(old)), months(delay(new))));
    }
    let first = |value: &BenefitValue| year(&value.from);
    if first(old).zip(first(new)).is_some_and(|(was, is)| is < was) || (first(old).is_some() && new.from.is_empty()) {
        let call = place.call(Reason::EarlierValue, "value.from", sooner);
        out.push(call.was(&old.from, &new.from));
    }
    let last = |value: &BenefitValue| year(&value.until);
    if last(old).zip(last(new)).is_some_and(|(was, is)| is > was) || (last(old).is_some() && new.until.is_empty()) {
        let call = place.call(Reason::LongerValue, "value.until", "the benefit is expected for longer");
        out.push(call.was(&old.until, &new.until));
    }
    if old.build_up != new.build_up {
        let listed = |value: &BenefitValue| {
            value
                .build_up
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        };
        let at =
            |value: &BenefitValue, nth: usize| value.build_up.get(nth).map_or(Decimal::ONE, |share| share.decimal());
        let years = 0..old.build_up.len().max(new.build_up.len());
        let changes: Vec<Decimal> = years.map(|nth| at(new, nth) - at(old, nth)).collect();
        if changes.iter().any(|change| *change > Decimal::ZERO) {
            let call = place.call(Reason::EarlierValue, "value.build_up", "the benefit builds up faster");
            let call = call.was(listed(old), listed(new));
            out.push(match changes.iter().any(|change| *change < Decimal::ZERO) {
                true => call.note("and slower in other years").open(),
                false => call,
            });
        }
    }
    if old.beneficiaries != new.beneficiaries {
        let listed = |value: &BenefitValue| {
            let groups = value.beneficiaries.iter();
            let groups = groups.map(|one| format!("{} {}", one.group, percent(one.share.decimal())));
            groups.collect::<Vec<_>>().join("; ")
        };
        let call = place.call(
            Reason::OtherWeights,
            "value.beneficiaries",
            "other groups of people are said to gain",
        );
        out.push(call.was(listed(old), listed(new)).open());
    }
    let basis = |value: &BenefitValue| (value.basis, value.price_year.clone());
    if basis(old) != basis(new) {
        let field = if old.basis == new.basis {
            "value.price_year"
        } else {
            "value.basis"
        };
        let call = place.call(Reason::OtherPrices, field, "its value is in other prices");
        let shown = |value: &BenefitValue| match field {
            "value.basis" => stated(value.basis),
            _ => value.price_year.clone(),
        };
        out.push(call.was(shown(old), shown(new)).open());
    }
}

fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())
}

/// The calendar year in which a year such as `2026-27` begins.
fn year(text: &str) -> Option<i64> {
    Some(Year::read(text)?.begins())
}

fn factor(cost: &Cost) -> Decimal {
    cost.optimism_bias.as_ref().map_or(Decimal::ONE, |bias| {
        let left = Decimal::ONE - bias.mitigation.map_or(Decimal::ZERO, |share| share.decimal());
        Decimal::ONE + bias.percent.decimal() * left / Decimal::ONE_HUNDRED
    })
}

/// Costs that come to less though their amounts do not: those are called out with the node.
fn costs(old: &Node, new: &Node, out: &mut Callouts) {
    let plain = |node: &Node| -> Decimal { node.cost.iter().map(Cost::in_all).sum() };
    let all = |node: &Node| -> Decimal { node.cost.iter().map(|cost| cost.in_all() * factor(cost)).sum() };
    if plain(new) < plain(old) || all(new) >= all(old) {
        return;
    }
    let call = Place::new(Subject::Node(new.id.clone()), &new.title);
    let call = call.call(Reason::LowerOptimismBias, "cost", "less is added for optimism bias");
    out.push(call.was(shown(all(old)), shown(all(new))));
}

fn shown(amount: Decimal) -> impl Display {
    amount.round_dp(2).normalize()
}

/// The rate of each year that both tables of bands have.
fn rates(bands: &[RateBand]) -> Vec<Option<Decimal>> {
    let of = |year: u16| {
        let inside = |band: &&RateBand| band.from <= year && band.to.is_none_or(|to| year <= to);
        bands.iter().find(inside).map(|band| band.rate.decimal())
    };
    (0..=300).map(of).collect()
}

fn appraisal(old: &Appraisal, new: &Appraisal, out: &mut Callouts) {
    let place = Place::new(Subject::Map, "");
    if (&old.rates, &old.bands) != (&new.rates, &new.bands) {
        let call = place.call(Reason::OtherRates, "appraisal.rates", "it is discounted by other rates");
        let named = |appraisal: &Appraisal| match (appraisal.bands.first(), appraisal.rates.trim()) {
            (Some(band), "") => percent(band.rate.decimal()),
            (Some(band), name) => format!("{} ({name})", percent(band.rate.decimal())),
            (None, name) => name.to_owned(),
        };
        let (was, is) = (rates(&old.bands), rates(&new.bands));
        let pairs = || {
            was.iter()
                .zip(&is)
                .filter_map(|(was, is)| Some((*was.as_ref()?, *is.as_ref()?)))
        };
        let lower = pairs().any(|(was, is)| is < was);
        let higher = pairs().any(|(was, is)| is > was);
        // Higher rates in every year make nothing look better.
        let is_known = !old.bands.is_empty() && !new.bands.is_empty();
        if lower || !is_known {
            let call = call.was(named(old), named(new));
            out.push(match is_known && !higher {
                true => call,
                false => call.open(),
            });
        }
    }
    if year(&old.end).zip(year(&new.end)).is_some_and(|(was, is)| is > was) {
        let call = place.call(
            Reason::LongerAppraisal,
            "appraisal.end",
            "more years of benefits are counted",
        );
        out.push(call.was(&old.end, &new.end));
    }
    for (field, was, is) in [
        ("appraisal.base_year", old.base_year.clone(), new.base_year.clone()),
        ("appraisal.price_year", old.price_year.clone(), new.price_year.clone()),
        ("appraisal.timing", stated(old.timing), stated(new.timing)),
    ] {
        if was != is {
            let call = place.call(Reason::OtherPrices, field, "amounts count in other years or prices");
            out.push(call.was(was, is).open());
        }
    }
    if old.weights != new.weights {
        let call = place.call(
            Reason::OtherWeights,
            "appraisal.weights",
            "benefits count more or less by who has them",
        );
        out.push(call.open());
    }
    if old.deflator != new.deflator {
        let call = place.call(
            Reason::OtherPrices,
            "appraisal.deflator",
            "amounts are brought to other prices",
        );
        out.push(call.open());
    }
}
