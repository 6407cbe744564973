//! Changes that make a map look better without anything having become better: each reason by its name, the way back, and
//! what is no such change.

use benefit_map::audit::{self, Judgement, Reason};
use benefit_map::map::BenefitMap;
use benefit_map::track::{Measurement, Measurements};
use serde_json::{Value, json};

/// A map that uses every field that may be called out.
fn base() -> Value {
    json!({"format": 1, "title": "Bins", "currency": "GBP", "period": {"start": "2026-01-01", "end": "2030-12-31"},
      "owners": [{"id": "o", "name": "Olive", "senior": true}, {"id": "p", "name": "Pat"}],
      "partners": [{"id": "firm", "name": "Firm"}],
      "nodes": [
        {"id": "fund", "kind": "investment", "title": "Fund", "cost": [{"year": "2026", "amount": 100}]},
        {"id": "loose", "kind": "investment", "title": "Loose", "cost": [{"year": "2026", "amount": 40}]},
        {"id": "tool", "kind": "enabler", "title": "Tool", "owner": "p", "start": "2026-02-01", "due": "2026-09-01",
         "partners": ["firm"]},
        {"id": "work", "kind": "business-change", "title": "Work"},
        {"id": "mid", "kind": "intermediate-outcome", "title": "Mid", "owner": "o"},
        {"id": "good", "kind": "end-outcome", "title": "Good", "owner": "o"},
        {"id": "noise", "kind": "end-outcome", "title": "Noise", "owner": "o", "disbenefit": true},
        {"id": "odd", "kind": "intermediate-outcome", "title": "Odd", "owner": "o", "unintended": true}],
      "links": [
        {"from": "fund", "to": "tool", "rationale": "pays", "evidence": [{"source": "Bill"}]},
        {"from": "tool", "to": "work", "rationale": "allows", "contribution": 0.4, "assumptions": ["staff come", "staff stay"],
         "evidence": [{"source": "Trial", "strength": "weak"}]},
        {"from": "work", "to": "mid", "rationale": "does", "contribution": 0.8, "evidence": [{"source": "Study", "strength": "strong"}]},
        {"from": "odd", "to": "mid", "rationale": "also", "contribution": 0.4, "evidence": [{"source": "Study", "strength": "strong"}]},
        {"from": "mid", "to": "good", "rationale": "brings"},
        {"from": "noise", "to": "good", "effect": "hinders", "rationale": "disturbs", "evidence": [{"source": "Survey"}]},
        {"from": "work", "to": "noise", "rationale": "is loud", "evidence": [{"source": "Survey"}]},
        {"from": "good", "to": "work", "feedback": true, "rationale": "spurs"}],
      "kpis": [
        {"id": "km", "node": "mid", "title": "Distance", "unit": "km", "direction": "decrease", "indicator": "outcome",
         "baseline": {"date": "2026-01-01", "value": 100},
         "targets": [{"date": "2027-01-01", "value": 60}, {"date": "2028-01-01", "value": 40}],
         "tolerance": {"amber": 0.05, "red": 0.15},
         "measurement": {"method": "administrative", "source": "Logs", "frequency": "monthly", "responsible": "p"}},
        {"id": "temp", "node": "good", "title": "Heat", "unit": "C", "direction": "maintain", "band": {"lower": 18, "upper": 24},
         "baseline": {"date": "2026-01-01", "value": 20}}],
      "risks": [{"id": "r", "title": "Strike", "threatens": "mid", "likelihood": 4, "impact": 5, "close_by": "2027-01-01"}],
      "plans": [{"owner": "p", "activities": [
        {"id": "buy", "title": "Buy", "start": "2026-02-01", "end": "2026-05-01"},
        {"id": "fit", "title": "Fit", "start": "2026-05-02", "end": "2026-08-01", "after": ["buy"]}]}],
      "allow": [{"rule": "no-quick-win", "subject": "map", "reason": "by design", "by": "o", "until": "2027-01-01"}]})
}

/// The value with that put where the pointer points; `null` takes it out, and at the end of a list it is added.
fn set(mut value: Value, pointer: &str, to: Value) -> Value {
    let (above, last) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(above).unwrap_or_else(|| panic!("{pointer}")) {
        Value::Object(fields) if to.is_null() => drop(fields.remove(last)),
        Value::Object(fields) => drop(fields.insert(last.to_owned(), to)),
        Value::Array(items) => {
            let at: usize = last.parse().unwrap();
            match (to.is_null(), at < items.len()) {
                (true, _) => drop(items.remove(at)),
                (false, true) => items[at] = to,
                (false, false) => items.push(to),
            }
        }
        _ => panic!("{pointer}"),
    }
    value
}

fn map(value: &Value) -> BenefitMap {
    serde_json::from_value(value.clone()).unwrap()
}

/// What is called out, as `judgement reason`, each once.
fn called(old: &BenefitMap, new: &BenefitMap) -> Vec<String> {
    let found = audit::compare(old, new, None);
    let told = found.greener.iter().map(|call| {
        // Every sentence names its place, and what it says is not cut short.
        assert!(call.to_string().starts_with(&call.subject.to_string()), "{call}");
        assert!(!call.what.is_empty() && !call.to_string().contains("{}"), "{call:?}");
        format!("{} {}", call.judgement, call.reason)
    });
    let mut told: Vec<String> = told.collect();
    told.dedup();
    told
}

/// Makes a test of each reason: what is edited, what is called out then, and what on the way back.
macro_rules! reasons {
    ($($name:ident: $edits:expr => $there:expr, $back:expr;)*) => {
        $(#[test]
        fn $name() {
            let edits: &[(&str, Value)] = &$edits;
            let (old, mut new) = (base(), base());
            for (pointer, to) in edits {
                new = set(new, pointer, to.clone());
            }
            let (old, new) = (map(&old), map(&new));
            let there: &[&str] = &$there;
            let back: &[&str] = &$back;
            assert_eq!(called(&old, &new), there, "there");
            assert_eq!(called(&new, &old), back, "back");
            let reason = stringify!($name).replace('_', "-");
            assert!(there.iter().any(|told| told.ends_with(&format!(" {reason}"))), "{reason}");
        })*
        /// The reasons that have a test above.
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

reasons! {
    removed_kpi: [("/kpis/1", json!(null))] => ["greener removed-kpi"], [];
    moved_kpi: [("/kpis/0/node", json!("odd"))] => ["greener moved-kpi"], ["greener moved-kpi"];
    lower_target: [("/kpis/0/targets/1/value", json!(45))] => ["greener lower-target"], [];
    later_target: [("/kpis/0/targets/1/date", json!("2029-01-01"))] => ["greener later-target"], [];
    removed_target: [("/kpis/0/targets/1", json!(null))] => ["greener removed-target"], ["open target-now-interim"];
    target_now_interim: [("/kpis/0/targets/2", json!({"date": "2035-01-01", "value": 40}))]
        => ["greener target-now-interim"], ["greener removed-target"];
    wider_tolerance: [("/kpis/0/tolerance/red", json!(0.5))] => ["greener wider-tolerance"], [];
    moved_baseline: [("/kpis/0/baseline/value", json!(120))] => ["greener moved-baseline"], [];
    removed_baseline: [("/kpis/0/baseline", json!(null))] => ["greener removed-baseline"], [];
    easier_path: [("/kpis/0/trajectory", json!({"profile": "step"}))] => ["greener easier-path"], [];
    turned_direction: [("/kpis/0/direction", json!("increase"))]
        => ["greener turned-direction"], ["greener turned-direction"];
    other_unit: [("/kpis/0/unit", json!("miles"))] => ["open other-unit"], ["open other-unit"];
    other_aggregation: [("/kpis/0/aggregation", json!("average"))] => ["open other-aggregation"], ["open other-aggregation"];
    looser_band: [("/kpis/1/band/lower", json!(15))] => ["greener looser-band"], [];
    rarer_measurement: [("/kpis/0/measurement/frequency", json!("quarterly"))] => ["greener rarer-measurement"], [];
    removed_frequency: [("/kpis/0/measurement/frequency", json!(null))] => ["greener removed-frequency"], [];
    other_measurement: [("/kpis/0/measurement/source", json!("Diaries"))]
        => ["open other-measurement"], ["open other-measurement"];
    other_indicator: [("/kpis/0/indicator", json!("leading"))] => ["open other-indicator"], ["open other-indicator"];
    removed_outcome: [("/nodes/4", json!(null))]
        => ["greener removed-outcome", "greener uncovered-left-out"], [];
    removed_disbenefit: [("/nodes/6", json!(null))] => ["greener removed-disbenefit", "greener uncovered-left-out"], [];
    other_kind: [("/nodes/7/kind", json!("business-change"))]
        => ["greener other-kind", "greener uncovered-left-out"], ["open other-kind"];
    no_longer_disbenefit: [("/nodes/6/disbenefit", json!(null))] => ["greener no-longer-disbenefit"], ["open now-disbenefit"];
    now_disbenefit: [("/nodes/5/disbenefit", json!(true))] => ["open now-disbenefit"], ["greener no-longer-disbenefit"];
    no_longer_unintended: [("/nodes/7/unintended", json!(null))] => ["greener no-longer-unintended"], ["open now-unintended"];
    now_unintended: [("/nodes/4/unintended", json!(true))] => ["open now-unintended"], ["greener no-longer-unintended"];
    now_quick_win: [("/nodes/2/quick_win", json!(true))] => ["greener now-quick-win"], [];
    later_due: [("/nodes/2/due", json!("2027-09-01"))] => ["greener later-due"], [];
    removed_due: [("/nodes/2/due", json!(null))] => ["greener removed-due"], [];
    later_start: [("/nodes/2/start", json!("2026-03-01"))] => ["greener later-start"], [];
    lower_cost: [("/nodes/1/cost/0/amount", json!(30))] => ["greener lower-cost"], [];
    removed_cost: [("/nodes/1/cost", json!(null))] => ["greener removed-cost", "greener uncovered-left-out"], [];
    fewer_partners: [("/nodes/2/partners", json!(null))] => ["open fewer-partners"], [];
    removed_partner: [("/partners/0", json!(null)), ("/nodes/2/partners", json!(null))]
        => ["greener removed-partner", "open fewer-partners"], [];
    removed_hindering_link: [("/links/5", json!(null))] => ["greener removed-hindering-link", "greener uncovered-left-out"], [];
    removed_harmful_link: [("/links/6", json!(null))] => ["greener removed-harmful-link", "greener uncovered-left-out"], [];
    turned_link: [("/links/5/effect", json!(null))] => ["greener turned-link"], ["open turned-link"];
    now_feedback: [("/links/4/feedback", json!(true))]
        => ["greener uncovered-left-out", "greener now-feedback"], ["open no-longer-feedback"];
    no_longer_feedback: [("/links/7/feedback", json!(null)), ("/links/7/evidence", json!([{"source": "S", "strength": "strong"}]))]
        => ["open no-longer-feedback"], ["greener now-feedback"];
    stronger_evidence: [("/links/1/evidence/0/strength", json!("strong"))] => ["greener stronger-evidence"], [];
    larger_share: [("/links/1/contribution", json!(0.9))] => ["greener larger-share"], [];
    smaller_share: [("/links/2/contribution", json!(0.6))] => ["open smaller-share"], ["greener larger-share"];
    removed_assumption: [("/links/1/assumptions/0", json!(null))] => ["greener removed-assumption"], [];
    removed_risk: [("/risks/0", json!(null))] => ["greener removed-risk"], [];
    closed_risk: [("/risks/0/status", json!("closed"))] => ["open closed-risk"], [];
    lower_likelihood: [("/risks/0/likelihood", json!(3))] => ["greener lower-likelihood"], [];
    lower_impact: [("/risks/0/impact", json!(null))] => ["greener lower-impact"], [];
    later_risk_date: [("/risks/0/close_by", json!("2028-01-01"))] => ["greener later-risk-date"], [];
    moved_risk: [("/risks/0/threatens", json!("odd"))] => ["greener moved-risk"], ["greener moved-risk"];
    removed_activity: [("/plans/0/activities/1", json!(null))] => ["greener removed-activity"], [];
    later_activity: [("/plans/0/activities/1/end", json!("2026-09-01"))] => ["greener later-activity"], [];
    removed_wait: [("/plans/0/activities/1/after", json!(null))] => ["greener removed-wait"], [];
    now_senior: [("/owners/1/senior", json!(true))] => ["greener now-senior"], [];
    other_currency: [("/currency", json!("JPY"))] => ["open other-currency"], ["open other-currency"];
    longer_period: [("/period/end", json!("2035-12-31"))] => ["greener longer-period"], [];
    added_allowance: [("/allow/1", json!({"rule": "BM201", "subject": "node loose", "reason": "later"}))]
        => ["greener added-allowance"], [];
    longer_allowance: [("/allow/0/until", json!("2031-01-01"))] => ["greener longer-allowance"], [];
    uncovered_left_out: [("/links/4", json!(null))] => ["greener uncovered-left-out"], [];
    money_share_risen: [("/nodes/0/cost/0/amount", json!(900))] => ["open money-share-risen"], ["greener lower-cost"];
}

#[test]
fn every_reason_has_a_test_of_its_name() {
    let page = concat!(include_str!("greener.rs"), include_str!("greener_money.rs"));
    for word in Reason::WORDS {
        let name = word.replace('-', "_");
        let tested = TESTED.contains(&name.as_str()) || page.contains(&format!("fn {name}()"));
        assert!(tested, "{word} has no test");
    }
}

#[test]
fn other_target() {
    let with = |value: i32| {
        map(&set(
            base(),
            "/kpis/1/targets",
            json!([{"date": "2028-01-01", "value": value}]),
        ))
    };
    assert_eq!(called(&with(20), &with(21)), ["open other-target"]);
    assert_eq!(called(&with(21), &with(20)), ["open other-target"]);
}

#[test]
fn removed_review() {
    let (old, new) = reviewed(benefit_map::map::Says::Challenged, |_| {});
    let mut gone = new;
    gone.reviews.clear();
    assert_eq!(called(&old, &gone), ["greener removed-review"]);
    let (old, mut gone) = reviewed(benefit_map::map::Says::Agreed, |_| {});
    gone.reviews.clear();
    assert!(
        called(&old, &gone).is_empty(),
        "an agreement that is gone makes nothing look better"
    );
}

#[test]
fn turned_review() {
    use benefit_map::map::{Fingerprints, Says};
    // The same day, another verdict.
    let (old, _) = reviewed(Says::Challenged, |_| {});
    let (_, new) = reviewed(Says::Agreed, |_| {});
    assert_eq!(called(&old, &new), ["greener turned-review"]);
    assert!(called(&new, &old).is_empty());
    // What was agreed changes, and the agreement is bound to it again without a new day.
    let (old, mut new) = reviewed(Says::Agreed, |map| {
        let mid = map.nodes.iter_mut().find(|node| node.id.as_str() == "mid");
        mid.unwrap().title = "Other".to_owned();
    });
    assert!(called(&old, &new).is_empty(), "it is suspect, and says so");
    let prints = Fingerprints::new(&new);
    new.reviews[0].fingerprint = prints.bind(&new.reviews[0]).unwrap();
    assert_eq!(called(&old, &new), ["greener turned-review"]);
    // Where the map goes back to what was agreed, the agreement holds again by itself.
    let mut turned_back = new.clone();
    turned_back.nodes.clone_from(&old.nodes);
    turned_back.reviews.clone_from(&old.reviews);
    let mut suspect = new.clone();
    suspect.reviews.clone_from(&old.reviews);
    assert!(called(&suspect, &turned_back).is_empty());
    // Somebody looked again on a later day: that is what is asked for.
    new.reviews[0].on = Some("2027-02-01".parse().unwrap());
    let prints = Fingerprints::new(&new);
    new.reviews[0].fingerprint = prints.bind(&new.reviews[0]).unwrap();
    assert!(called(&old, &new).is_empty());
}

/// The map with a review of `mid`, and the same after an edit.
fn reviewed(says: benefit_map::map::Says, edit: impl Fn(&mut BenefitMap)) -> (BenefitMap, BenefitMap) {
    let by = benefit_map::map::OwnerId::new("o").unwrap();
    let on = "2026-05-01".parse().unwrap();
    let old = audit::record_review(&map(&base()), "node mid", &by, on, says, "").unwrap();
    let mut new = old.clone();
    edit(&mut new);
    (old, new)
}

fn measured(rows: &[(&str, &str, i32)]) -> Measurements {
    rows.iter()
        .map(|(kpi, date, value)| {
            Measurement::new(
                benefit_map::map::KpiId::new(*kpi).unwrap(),
                date.parse().unwrap(),
                benefit_map::map::Number::from(*value),
            )
        })
        .collect()
}

#[test]
fn greener_status() {
    // 90 on a path that expects 80, with 15% for red: at risk.
    let values = measured(&[("km", "2026-07-01", 90)]);
    let old = map(&base());
    let new = map(&set(base(), "/kpis/0/tolerance/amber", json!(0.14)));
    let at = |old: &BenefitMap, new: &BenefitMap| {
        let found = audit::compare(old, new, Some((&values, "2026-07-15".parse().unwrap())));
        found.greener.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        at(&old, &new),
        [
            "kpi km: Distance: by the same measurements its status on 2026-07-15 is better: was at-risk, now on-track",
            "kpi km: Distance: the amber tolerance is wider: was 5%, now 14%",
        ]
    );
    assert!(at(&new, &old).is_empty());
    // Missed, until a stricter target that is due later takes the place of the final one.
    let missed = measured(&[("km", "2027-12-31", 55)]);
    let new = map(&set(
        base(),
        "/kpis/0/targets/2",
        json!({"date": "2035-01-01", "value": 10}),
    ));
    let found = audit::compare(&old, &new, Some((&missed, "2028-02-01".parse().unwrap())));
    let told: Vec<String> = found
        .greener
        .iter()
        .map(|call| format!("{} {}", call.judgement, call.reason))
        .collect();
    assert_eq!(told, ["greener greener-status", "open target-now-interim"]);
}

#[test]
fn fewer_warnings() {
    let values = measured(&[("km", "2026-07-01", 190)]);
    let old = map(&base());
    let new = map(&set(base(), "/links/4", json!(null)));
    let found = audit::compare(&old, &new, Some((&values, "2026-07-15".parse().unwrap())));
    let told: Vec<String> = found.greener.iter().map(ToString::to_string).collect();
    assert!(
        told.contains(
            &"node good: Good: by the same measurements it no longer has a warning on 2026-07-15: was mid (off-track) -> good, now \
              nothing"
                .to_owned()
        ),
        "{told:#?}"
    );
}

/// What is called out of one edit, sentence by sentence.
fn sentences(edits: &[(&str, Value)]) -> Vec<String> {
    let mut new = base();
    for (pointer, to) in edits {
        new = set(new, pointer, to.clone());
    }
    let found = audit::compare(&map(&base()), &map(&new), None);
    found
        .greener
        .iter()
        .map(|call| format!("{}: {call}", call.judgement))
        .collect()
}

#[test]
fn both_facts_are_said_where_it_is_open() {
    assert_eq!(
        sentences(&[("/kpis/0/targets/1", json!({"date": "2029-01-01", "value": 30}))]),
        [
            "open: kpi km: Distance: a target is due later: was 40 km by 2028-01-01, now 30 km by 2029-01-01; against that, it \
             asks for more"
        ]
    );
    assert_eq!(
        sentences(&[("/kpis/0/tolerance", json!({"amber": 0.1, "red": 0.12}))]),
        [
            "open: kpi km: Distance: the amber tolerance is wider: was 5%, now 10%; against that, the red tolerance is \
             narrower: was 15%, now 12%"
        ]
    );
    assert_eq!(
        sentences(&[("/risks/0/likelihood", json!(2)), ("/risks/0/impact", json!(5))]),
        ["greener: risk r: Strike: its likelihood is lower: was 4, now 2"]
    );
    let baseline = sentences(&[("/kpis/0/baseline", json!({"date": "2025-01-01", "value": 120}))]);
    assert_eq!(baseline.len(), 1, "{baseline:?}");
    assert!(baseline[0].starts_with(
        "open: kpi km: Distance: the baseline was moved: was 100 km on 2026-01-01, now 120 km on 2025-01-01"
    ));
    assert!(baseline[0].contains("against that, on "), "{baseline:?}");
}

#[test]
fn a_path_is_judged_by_what_it_expects_and_not_by_its_name() {
    // Back-loaded: less at first, more later.
    let curve = sentences(&[("/kpis/0/trajectory", json!({"profile": "s-curve"}))]);
    assert_eq!(curve.len(), 1, "{curve:?}");
    assert!(
        curve[0].starts_with(
            "greener: kpi km: Distance: the path expects less first and more later: was a straight line, now s-curve; on "
        ),
        "{curve:?}"
    );
    // The other way round it is stricter first, and open.
    let old = map(&set(base(), "/kpis/0/trajectory", json!({"profile": "s-curve"})));
    assert_eq!(called(&old, &map(&base())), ["open easier-path"]);
    // Points that lie on the straight line, or ask for more than it: nothing; below it: easier.
    let points = |value: i32| {
        let date = "2026-07-02";
        json!({"points": [{"date": date, "value": value}, {"date": "2027-01-01", "value": 60}]})
    };
    let of = |value| called(&map(&base()), &map(&set(base(), "/kpis/0/trajectory", points(value))));
    assert!(of(70).is_empty());
    assert_eq!(of(95), ["greener easier-path"]);
    // A profile that is stated and was meant before is no change of meaning.
    let linear = json!({"profile": "linear"});
    assert!(called(&map(&base()), &map(&set(base(), "/kpis/0/trajectory", linear))).is_empty());
    // A soft target on the way bends the path.
    let soft = json!({"date": "2026-12-01", "value": 98});
    assert_eq!(
        called(&map(&base()), &map(&set(base(), "/kpis/0/targets/2", soft))),
        ["greener easier-path"]
    );
}

#[test]
fn a_tolerance_is_judged_by_what_counts_where_none_is_stated() {
    let with = |tolerance: Value| map(&set(base(), "/kpis/0/tolerance", tolerance));
    let none = with(json!(null));
    // Without any, amber is 0 and red a tenth.
    for (tolerance, there) in [
        (json!({"amber": 0.02}), &["greener wider-tolerance"][..]),
        (json!({"red": 0.2}), &["greener wider-tolerance"]),
        (json!({"red": 0.1}), &[]),
        (json!({"red": 0.05}), &[]),
        (json!({"amber": 0, "red": 0.1}), &[]),
    ] {
        assert_eq!(called(&none, &with(tolerance.clone())), there, "{tolerance}");
    }
    // Taken away where what counts then is wider: red.
    assert_eq!(called(&with(json!({"red": 0.05})), &none), ["greener wider-tolerance"]);
    // 5 is no share, and counts as none.
    assert_eq!(
        called(&with(json!({"red": 0.05})), &with(json!({"red": 5}))),
        ["greener wider-tolerance"]
    );
}

#[test]
fn values_that_add_up_start_from_their_baseline() {
    let kpi = |value: i32| {
        json!({"id": "saved", "node": "mid", "title": "Saved", "direction": "increase", "aggregation": "cumulative",
            "baseline": {"date": "2026-01-01", "value": value}, "targets": [{"date": "2028-01-01", "value": 500}]})
    };
    let with = |value| map(&set(base(), "/kpis/2", kpi(value)));
    assert_eq!(called(&with(0), &with(100)), ["greener moved-baseline"]);
    assert!(called(&with(100), &with(0)).is_empty());
}

#[test]
fn what_means_the_same_is_not_called_out() {
    for edits in [
        vec![("/kpis/0/measurement/frequency", json!("each month"))],
        vec![("/kpis/0/unit", json!(" km "))],
        vec![("/kpis/0/aggregation", json!("latest"))],
        vec![("/kpis/0/measurement/source", json!("LOGS"))],
        vec![("/kpis/0/tolerance/amber", json!(0.050))],
        vec![("/allow/0/rule", json!("BM208"))],
        vec![("/nodes/3/title", json!("Working"))],
        vec![("/links/1/assumptions", json!(["staff stay", "staff come"]))],
        vec![(
            "/kpis/0/targets",
            json!([{"date": "2028-01-01", "value": 40}, {"date": "2027-01-01", "value": 60}]),
        )],
    ] {
        assert!(sentences(&edits).is_empty(), "{edits:?}: {:?}", sentences(&edits));
    }
    let mut turned = map(&base());
    turned.nodes.reverse();
    turned.links.reverse();
    turned.kpis.reverse();
    assert!(called(&map(&base()), &turned).is_empty());
    assert!(called(&map(&base()), &map(&base())).is_empty());
}

#[test]
fn what_is_newly_stated_is_not_called_out() {
    for edits in [
        vec![("/nodes/3/owner", json!("o")), ("/nodes/3/due", json!("2027-01-01"))],
        vec![(
            "/links/4/evidence",
            json!([{"source": "New study", "strength": "strong"}]),
        )],
        vec![(
            "/links/1/evidence/1",
            json!({"source": "New study", "strength": "strong"}),
        )],
        vec![
            ("/links/1/contribution", json!(0.9)),
            ("/links/1/evidence/1", json!({"source": "New study"})),
        ],
        vec![(
            "/kpis/1/measurement",
            json!({"method": "survey", "frequency": "monthly", "responsible": "p"}),
        )],
        vec![(
            "/risks/1",
            json!({"id": "s", "title": "Flood", "likelihood": 5, "impact": 5}),
        )],
        vec![("/kpis/0/targets/0/value", json!(50))],
    ] {
        assert!(sentences(&edits).is_empty(), "{edits:?}: {:?}", sentences(&edits));
    }
}

#[test]
fn what_is_surely_greener_comes_first() {
    let mut new = set(base(), "/kpis/0/unit", json!("miles"));
    new = set(new, "/risks/0", json!(null));
    let found = audit::compare(&map(&base()), &map(&new), None);
    let judged: Vec<Judgement> = found.greener.iter().map(|call| call.judgement).collect();
    assert_eq!(judged, [Judgement::Greener, Judgement::Open]);
    assert_eq!(found.called_out(Judgement::Open).count(), 1);
}
