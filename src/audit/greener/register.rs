//! Risks, plans, owners, allowances and reviews that ask for less attention than they did, and what holds for the whole map.

use std::collections::BTreeMap;

use super::callout::{Callouts, Place, Reason, stated};
use super::kpis::plain;
use super::matched::matched;
use super::network::{differing, is_later};
use crate::audit::review::{ReviewList, ReviewState, reviews_of_canonical};
use crate::check::explain;
use crate::finding::Subject;
use crate::map::{Activity, BenefitMap, Day, Owner, Period, Review, Risk, RiskStatus, is_blank};

/// What is called out of risks.
pub(super) fn risks(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    for both in matched(&old.risks, &new.risks, |risk| risk.id.clone()) {
        if let (Some(risk), None) = both
            && risk.status == RiskStatus::Open
        {
            let place = Place::new(Subject::Risk(risk.id.clone()), &risk.title);
            let call = place.call(Reason::RemovedRisk, "", "a risk that was open is gone");
            out.push(call.was(scores(risk), ""));
        }
        if let Some((before, after)) = differing(both) {
            risk(before, after, out);
        }
    }
}

/// `likelihood 4, impact 5`.
fn scores(risk: &Risk) -> String {
    let score = |name: &str, score: Option<crate::map::Score>| match score {
        Some(score) => format!("{name} {}", score.get()),
        None => format!("no {name}"),
    };
    format!(
        "{}, {}",
        score("likelihood", risk.likelihood),
        score("impact", risk.impact)
    )
}

fn risk(old: &Risk, new: &Risk, out: &mut Callouts) {
    let place = Place::new(Subject::Risk(new.id.clone()), &new.title);
    let exposure = old.exposure().zip(new.exposure());
    // Both facts, where one score falls and the other rises.
    let against = match exposure {
        Some((a, b)) if b >= a => Some(format!(
            "against that, likelihood times impact {}: was {a}, now {b}",
            if a == b { "is the same" } else { "is higher" }
        )),
        _ => None,
    };
    for (reason, field, was, is) in [
        (Reason::LowerLikelihood, "likelihood", old.likelihood, new.likelihood),
        (Reason::LowerImpact, "impact", old.impact, new.impact),
    ] {
        let Some(before) = was.filter(|before| is.is_none_or(|after| after < *before)) else {
            continue;
        };
        let what = match is {
            Some(_) => format!("its {field} is lower"),
            None => format!("its {field} is no longer given"),
        };
        let call = place
            .call(reason, field, what)
            .was(before.get(), stated(is.map(|score| score.get())));
        out.push(match &against {
            Some(note) => call.note(note.as_str()).open(),
            None => call,
        });
    }
    if old.status == RiskStatus::Open && new.status == RiskStatus::Closed {
        let call = place
            .call(Reason::ClosedRisk, "status", "it is closed")
            .was(old.status, new.status);
        out.push(
            call.note("whether it has passed or been dealt with cannot be seen")
                .open(),
        );
    }
    if is_later(old.close_by, new.close_by) {
        let call = place.call(
            Reason::LaterRiskDate,
            "close_by",
            "it closes later, or has no closing date",
        );
        out.push(call.was(stated(old.close_by), stated(new.close_by)));
    }
    if let Some(before) = old.threatens.as_ref().filter(|_| old.threatens != new.threatens) {
        let call = place.call(Reason::MovedRisk, "threatens", "it threatens something else");
        out.push(call.was(before, stated(new.threatens.as_ref())));
    }
}

/// What is called out of the activities of plans.
pub(super) fn plans(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    let all = |map: &'_ BenefitMap| {
        map.plans
            .iter()
            .flat_map(|plan| &plan.activities)
            .cloned()
            .collect::<Vec<_>>()
    };
    let (was, is) = (all(old), all(new));
    for both in matched(&was, &is, |activity| activity.id.clone()) {
        if let (Some(activity), None) = both {
            let place = Place::new(Subject::Activity(activity.id.clone()), &activity.title);
            let call = place.call(Reason::RemovedActivity, "", "planned work is gone");
            let days = format!("from {} to {}", day(activity.start), day(activity.end));
            out.push(call.was(days, ""));
        }
        if let Some((before, after)) = differing(both) {
            activity(before, after, out);
        }
    }
}

fn day(day: Option<Day>) -> String {
    day.map_or("no day".to_owned(), |day| day.to_string())
}

fn activity(old: &Activity, new: &Activity, out: &mut Callouts) {
    let place = Place::new(Subject::Activity(new.id.clone()), &new.title);
    for (field, what, was, is) in [
        ("start", "it begins later, or has no date", old.start, new.start),
        ("end", "it ends later, or has no date", old.end, new.end),
    ] {
        if is_later(was, is) {
            let call = place.call(Reason::LaterActivity, field, what);
            out.push(call.was(stated(was), stated(is)));
        }
    }
    let listed = |activity: &Activity| {
        let ids: Vec<&str> = activity.after.iter().map(|id| id.as_str()).collect();
        ids.join("; ")
    };
    if old.after.iter().any(|id| !new.after.contains(id)) {
        let call = place.call(Reason::RemovedWait, "after", "it no longer waits for other work");
        out.push(call.was(listed(old), listed(new)));
    }
}

/// What is called out of owners and partners.
pub(super) fn people(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    for both in matched(&old.owners, &new.owners, |owner| owner.id.clone()) {
        let Some((before, after)) = differing(both) else {
            continue;
        };
        let name = |owner: &Owner| plain(&owner.name).to_lowercase();
        if !before.senior && after.senior && name(before) == name(after) {
            let place = Place::new(Subject::Owner(after.id.clone()), &after.name);
            let call = place.call(Reason::NowSenior, "senior", "the same owner counts as senior");
            out.push(call.was("no", "yes"));
        }
    }
    for both in matched(&old.partners, &new.partners, |partner| partner.id.clone()) {
        if let (Some(partner), None) = both {
            let place = Place::new(Subject::Partner(partner.id.clone()), &partner.name);
            let call = place.call(Reason::RemovedPartner, "", "a partner is gone");
            let note = "whether it gains from an outcome is no longer asked";
            out.push(call.was(&partner.name, "").note(note));
        }
    }
}

/// What is called out of the map itself.
pub(super) fn whole(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    let place = Place::new(Subject::Map, &new.title);
    let [was, is] = [&old.currency, &new.currency].map(|currency| plain(currency));
    if was != is && !was.is_empty() {
        let call = place.call(Reason::OtherCurrency, "currency", "amounts are in another currency");
        out.push(call.was(was, is).note("the same numbers are other amounts").open());
    }
    let none = Period { start: None, end: None };
    let (was, is) = (old.period.unwrap_or(none), new.period.unwrap_or(none));
    let note = "days outside it are faults, and fewer are outside now";
    let call = |field: &str, what: &str, a: Option<Day>, b: Option<Day>| {
        let call = place.call(Reason::LongerPeriod, field, what);
        call.was(stated(a), stated(b)).note(note)
    };
    if is_later(was.end, is.end) {
        out.push(call(
            "period.end",
            "the map's period ends later, or has no end",
            was.end,
            is.end,
        ));
    }
    if was.start.is_some_and(|a| is.start.is_none_or(|b| b < a)) {
        let what = "the map's period begins earlier, or has no start";
        out.push(call("period.start", what, was.start, is.start));
    }
    allowances(old, new, out);
    looked_at(old, new, out);
}

/// An accepted finding: the rule, by its code, and what it is about.
type Accepted = (&'static str, Subject);

/// Until when each finding is accepted, `None` for ever; with the place of its entry in the list.
fn accepted(map: &BenefitMap) -> BTreeMap<Accepted, (Option<Day>, usize)> {
    let mut all: BTreeMap<Accepted, (Option<Day>, usize)> = BTreeMap::new();
    for (at, entry) in map.allow.iter().enumerate() {
        let Ok(rule) = explain(entry.rule.trim()) else { continue };
        let Ok(subject) = entry.subject.parse::<Subject>() else {
            continue;
        };
        if is_blank(&entry.reason) {
            continue;
        }
        let held = all.entry((rule.code, subject)).or_insert((entry.until, at));
        let longer = held.0.is_some_and(|held| entry.until.is_none_or(|until| until > held));
        if longer {
            *held = (entry.until, at);
        }
    }
    all
}

fn allowances(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    let was = accepted(old);
    for ((code, subject), (until, at)) in accepted(new) {
        let entry = &new.allow[at];
        let place = Place::new(subject.clone(), "");
        let rule = explain(code).map_or(code, |rule| rule.slug);
        let told = |until: Option<Day>| match until {
            Some(day) => format!("accepted until {day}"),
            None => "accepted for good".to_owned(),
        };
        let reason = format!("the reason given: {}", plain(&entry.reason));
        match was.get(&(code, subject)) {
            None => {
                let what = format!("a finding of {code} {rule} is now accepted, and was not before");
                let call = place.call(Reason::AddedAllowance, "allow", what);
                out.push(call.was("not accepted", told(until)).note(reason));
            }
            Some((before, _)) if is_later(*before, until) => {
                let what = format!("a finding of {code} {rule} is accepted for longer");
                let call = place.call(Reason::LongerAllowance, "allow", what);
                out.push(call.was(told(*before), told(until)).note(reason));
            }
            Some(_) => {}
        }
    }
}

/// Reviews that were open, or held, and are gone or hold for another reason than that somebody looked again.
fn looked_at(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    if old.reviews.is_empty() {
        return;
    }
    type Standing<'m> = BTreeMap<(String, String), (ReviewState, &'m Review)>;
    let (list, again) = (reviews_of_canonical(old), reviews_of_canonical(new));
    fn standing<'m>(list: &ReviewList<'m>) -> Standing<'m> {
        let rows = list.rows.iter().filter(|row| row.state != ReviewState::Superseded);
        let key = |review: &Review| (plain(&review.subject), review.by.to_string());
        rows.map(|row| (key(row.review), (row.state, row.review))).collect()
    }
    let (was, is) = (standing(&list), standing(&again));
    for ((subject, by), (state, before)) in was {
        let place = Place::new(subject.parse().unwrap_or(Subject::Map), "");
        let told = |state: ReviewState| plain(&format!("{state} by {by} {}", stated(before.on)));
        match is.get(&(subject.clone(), by.clone())) {
            None if state.is_open() => {
                let what = "a review that asked for an answer is gone";
                out.push(place.call(Reason::RemovedReview, "reviews", what).was(told(state), ""));
            }
            // One that holds again because the map went back to what was agreed is as it was.
            Some((now @ ReviewState::Agreed, after)) if after.on == before.on && *after != before => {
                let what = match state {
                    ReviewState::Agreed => "an agreement of the same day covers what was changed since",
                    _ => "a review of the same day agrees now",
                };
                let call = place.call(Reason::TurnedReview, "reviews", what);
                let note = "nobody has looked again on a later day";
                out.push(call.was(told(state), told(*now)).note(note));
            }
            _ => {}
        }
    }
}
