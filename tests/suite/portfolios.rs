//! Portfolios: totals against reckoning written from `docs/portfolio.md`, findings, and the commands.

use std::collections::BTreeSet;

use benefit_map::finding::Severity;
use benefit_map::map::{BenefitMap, Day};
use benefit_map::portfolio::{self, Gathered, Held, Portfolio, RULES, Total};
use benefit_map::track::Measurements;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::folder::Folder;

/// A map with one KPI `k` on a straight path from the end of 2026 to the end of 2030.
fn map(from: i64, to: i64, unit: &str) -> BenefitMap {
    serde_json::from_value(json!({
        "format": 1, "title": "M",
        "nodes": [{"id": "o", "kind": "end-outcome", "title": "Outcome"}],
        "kpis": [{"id": "k", "node": "o", "title": "KPI", "unit": unit,
                  "baseline": {"date": "2026-12-31", "value": from}, "targets": [{"date": "2030-12-31", "value": to}]}]
    }))
    .unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A portfolio of maps `m0`, `m1` … that all claim on one measure; what each claim says beside the map and the KPI.
fn claiming(claims: &[Value]) -> Portfolio {
    let maps: Vec<Value> = (0..claims.len())
        .map(|n| json!({"id": format!("m{n}"), "file": format!("m{n}.json")}))
        .collect();
    let claims: Vec<Value> = claims
        .iter()
        .enumerate()
        .map(|(n, says)| {
            let mut claim = json!({"map": format!("m{n}"), "kpi": "k", "measure": "x"});
            claim.as_object_mut().unwrap().extend(says.as_object().unwrap().clone());
            claim
        })
        .collect();
    let text = json!({
        "format": 1, "title": "P", "maps": maps,
        "outcomes": [{"id": "o", "title": "O", "measures": [{"id": "x", "title": "X", "unit": "t"}]}], "claims": claims
    });
    portfolio::read("p.json", &text.to_string()).unwrap()
}

fn with_totals<T>(portfolio: &Portfolio, maps: &[BenefitMap], look: impl Fn(&[Total<'_>]) -> T) -> T {
    let none = Measurements::default();
    let ids: Vec<String> = (0..maps.len()).map(|n| format!("m{n}")).collect();
    let held: Vec<Held<'_>> = maps
        .iter()
        .zip(&ids)
        .map(|(map, id)| Held {
            id,
            map,
            measurements: &none,
        })
        .collect();
    look(&portfolio::totals(portfolio, &Gathered::new(&held, day("2027-01-01"))))
}

/// The last total of changes of so much, as they are claimed.
fn last(changes: &[i64], claims: &[Value]) -> (String, String) {
    let maps: Vec<BenefitMap> = changes.iter().map(|change| map(1_000, 1_000 + change, "t")).collect();
    with_totals(&claiming(claims), &maps, |totals| {
        let bounds = totals.last().unwrap().planned.unwrap();
        (bounds.at_least.to_string(), bounds.at_most.to_string())
    })
}

fn pair(least: &str, most: &str) -> (String, String) {
    (least.to_owned(), most.to_owned())
}

#[test]
fn what_adds_is_added_and_what_nobody_declared_lies_between_the_largest_and_the_sum() {
    assert_eq!(
        last(&[10, 20], &[json!({"counts": "adds"}), json!({"counts": "adds"})]),
        pair("30", "30")
    );
    assert_eq!(last(&[10, 20, 5], &[json!({}), json!({}), json!({})]), pair("20", "35"));
    assert_eq!(
        last(&[10, 20, 5], &[json!({}), json!({}), json!({"counts": "adds"})]),
        pair("25", "35")
    );
    assert_eq!(
        last(&[10, 20], &[json!({}), json!({"counts": "shown-only"})]),
        pair("10", "10")
    );
    assert_eq!(
        last(
            &[10, 20],
            &[json!({"counts": "adds"}), json!({"counts": "share", "share": 0.25})]
        ),
        pair("15", "15")
    );
}

#[test]
fn a_declared_overlap_is_taken_off_and_one_of_unknown_size_is_not_guessed() {
    let with = |by: Option<i64>| match by {
        Some(by) => json!({"counts": "overlaps", "with": [{"map": "m1", "kpi": "k", "by": by}]}),
        None => json!({"counts": "overlaps", "with": [{"map": "m1", "kpi": "k"}]}),
    };
    let adds = || json!({"counts": "overlaps", "with": [{"map": "m0", "kpi": "k"}]});
    assert_eq!(last(&[10, 20], &[with(Some(4)), adds()]), pair("26", "26"));
    assert_eq!(last(&[10, 20], &[with(None), adds()]), pair("20", "30"));
    // The other has not said anything of itself, and there is nobody else who has not.
    assert_eq!(last(&[10, 20], &[with(Some(4)), json!({})]), pair("26", "26"));
}

#[test]
fn one_kpi_that_is_claimed_twice_counts_once() {
    let mut portfolio = claiming(&[json!({"counts": "adds"})]);
    portfolio.claims.push(portfolio.claims[0].clone());
    with_totals(&portfolio, &[map(0, 10, "t")], |totals| {
        let total = totals.last().unwrap();
        assert_eq!(total.planned.unwrap().at_most.to_string(), "10");
        assert_eq!(total.claims[1].why_not, Some(portfolio::WhyNot::Twice));
    });
}

#[test]
fn reductions_are_changes_below_zero_and_what_makes_it_worse_is_taken_off() {
    assert_eq!(last(&[-40, -30], &[json!({}), json!({})]), pair("-40", "-70"));
    assert_eq!(
        last(&[-40, 15], &[json!({"counts": "adds"}), json!({"counts": "adds"})]),
        pair("-25", "-25")
    );
}

#[test]
fn other_units_percentages_without_a_whole_and_what_is_kept_are_not_added() {
    let maps = [map(0, 10, "t"), map(0, 10, "kg")];
    let portfolio = claiming(&[json!({"counts": "adds"}), json!({"counts": "adds"})]);
    with_totals(&portfolio, &maps, |totals| {
        let total = totals.last().unwrap();
        assert_eq!(total.planned.unwrap().at_most.to_string(), "10");
        assert_eq!(total.claims[1].why_not, Some(portfolio::WhyNot::Unit));
    });
    let mut portfolio = claiming(&[
        json!({"counts": "adds", "of": 200}),
        json!({"counts": "adds", "of": 800}),
    ]);
    portfolio.outcomes[0].measures[0].unit = "% of homes".to_owned();
    let maps = [map(10, 20, "% of homes"), map(40, 45, "% of homes")];
    with_totals(&portfolio, &maps, |totals| {
        assert_eq!(
            totals.last().unwrap().claims[0].why_not,
            Some(portfolio::WhyNot::NoDenominator)
        );
    });
    // So is one whose unit says it in words.
    let mut in_words = portfolio.clone();
    in_words.outcomes[0].measures[0].unit = "per cent".to_owned();
    with_totals(
        &in_words,
        &[map(10, 20, "per cent"), map(40, 45, "per cent")],
        |totals| {
            assert_eq!(
                totals.last().unwrap().claims[0].why_not,
                Some(portfolio::WhyNot::NoDenominator)
            );
        },
    );
    portfolio.outcomes[0].measures[0].of = Some(1_000.into());
    // 10% of 200 homes are 20, 5% of 800 are 40: 60 of 1,000 homes.
    with_totals(&portfolio, &maps, |totals| {
        assert_eq!(totals.last().unwrap().planned.unwrap().at_least.to_string(), "6");
    });
}

/// The bounds by looking at every choice of parts and at every choice of pairs: slow, and simple.
fn by_hand(parts: &[i64], pairs: &[(usize, usize, i64, i64)]) -> (i64, i64) {
    let mut least = 0;
    for choice in 0_u32..1 << parts.len() {
        let has = |n: usize| choice >> n & 1 == 1;
        let sum: i64 = (0..parts.len()).filter(|n| has(*n)).map(|n| parts[n]).sum();
        let shared: i64 = pairs.iter().filter(|p| has(p.0) && has(p.1)).map(|p| p.3).sum();
        least = least.max(sum - shared);
    }
    let mut best = 0;
    for choice in 0_u32..1 << pairs.len() {
        let mut colour: Vec<usize> = (0..parts.len()).collect();
        let mut is_tree = true;
        let mut sum = 0;
        for (_, p) in pairs.iter().enumerate().filter(|(n, _)| choice >> n & 1 == 1) {
            let (a, b) = (colour[p.0], colour[p.1]);
            is_tree &= a != b;
            sum += p.2;
            for one in &mut colour {
                if *one == b {
                    *one = a;
                }
            }
        }
        if is_tree {
            best = best.max(sum);
        }
    }
    (least, parts.iter().sum::<i64>() - best)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_portfolio_has_the_totals_that_are_reckoned_by_hand(
        changes in prop::collection::vec(1_i64..60, 1..6),
        kinds in prop::collection::vec(0_u8..5, 6),
        others in prop::collection::vec(0_usize..6, 6),
        bys in prop::collection::vec(prop::option::of(0_i64..30), 6),
    ) {
        let many = changes.len();
        let mut parts = changes.clone();
        let mut claims = Vec::new();
        for n in 0..many {
            let other = others[n] % many;
            claims.push(match kinds[n] {
                0 => json!({"counts": "adds"}),
                1 => json!({"counts": "share", "share": 0.5}),
                2 => json!({"counts": "shown-only"}),
                3 if other != n => match bys[n] {
                    Some(by) => json!({"counts": "overlaps", "with": [{"map": format!("m{other}"), "kpi": "k", "by": by}]}),
                    None => json!({"counts": "overlaps", "with": [{"map": format!("m{other}"), "kpi": "k"}]}),
                },
                _ => json!({}),
            });
            // Twice as much throughout, so that half of a change is a whole number.
            parts[n] = match kinds[n] {
                1 => changes[n],
                2 => 0,
                _ => 2 * changes[n],
            };
        }
        let mut pairs: Vec<(usize, usize, i64, i64)> = Vec::new();
        for a in 0..many {
            for b in a + 1..many {
                if kinds[a] == 2 || kinds[b] == 2 {
                    continue;
                }
                let names = |x: usize, y: usize| kinds[x] == 3 && others[x] % many == y && x != y;
                let said: Vec<Option<i64>> = [(a, b), (b, a)].iter().filter(|(x, y)| names(*x, *y)).map(|(x, _)| bys[*x]).collect();
                let is_open = |n: usize| kinds[n] == 4 || kinds[n] == 3 && others[n] % many == n;
                let smaller = parts[a].min(parts[b]);
                match said.iter().max() {
                    Some(Some(by)) if 2 * by <= smaller => pairs.push((a, b, 2 * by, 2 * by)),
                    Some(_) => pairs.push((a, b, 0, smaller)),
                    None if is_open(a) && is_open(b) => pairs.push((a, b, 0, smaller)),
                    None => {}
                }
            }
        }
        let (least, most) = by_hand(&parts, &pairs);
        let maps: Vec<BenefitMap> = changes.iter().map(|change| map(5, 5 + change, "t")).collect();
        let found = with_totals(&claiming(&claims), &maps, |totals| totals.last().and_then(|total| total.planned));
        match found {
            None => prop_assert!((0..many).all(|n| kinds[n] == 2)),
            Some(bounds) => {
                let two = rust_decimal::Decimal::from(2);
                prop_assert_eq!((bounds.at_least * two, bounds.at_most * two), (least.into(), most.into()), "{:?}", claims);
            }
        }
    }

    #[test]
    fn the_true_whole_of_people_who_are_known_lies_within(
        groups in prop::collection::vec(prop::collection::btree_set(0_u32..60, 1..30), 2..8),
        kinds in prop::collection::vec(0_u8..3, 8),
    ) {
        // Each map reaches some people; each claim says all that it has in common with others, says with whom, or says nothing.
        let many = groups.len();
        let common = |a: usize, b: usize| groups[a].intersection(&groups[b]).count();
        let claims: Vec<Value> = (0..many)
            .map(|n| {
                let others: Vec<usize> = (0..many).filter(|other| *other != n && common(n, *other) > 0).collect();
                let with = |by: bool| -> Vec<Value> {
                    others.iter().map(|other| match by {
                        true => json!({"map": format!("m{other}"), "kpi": "k", "by": common(n, *other)}),
                        false => json!({"map": format!("m{other}"), "kpi": "k"}),
                    }).collect()
                };
                match kinds[n] {
                    _ if others.is_empty() => json!({"counts": "adds"}),
                    0 => json!({"counts": "overlaps", "with": with(true)}),
                    1 => json!({"counts": "overlaps", "with": with(false)}),
                    _ => json!({}),
                }
            })
            .collect();
        let maps: Vec<BenefitMap> = groups.iter().map(|group| map(0, group.len() as i64, "t")).collect();
        let all: BTreeSet<u32> = groups.iter().flatten().copied().collect();
        let whole = rust_decimal::Decimal::from(all.len());
        with_totals(&claiming(&claims), &maps, |totals| {
            let bounds = totals.last().unwrap().planned.unwrap();
            assert!(bounds.at_least <= whole && whole <= bounds.at_most, "{bounds:?} {whole} {claims:?}");
        });
    }
}

#[test]
fn years_run_from_the_first_plan_to_the_last_and_follow_the_path() {
    let portfolio = claiming(&[json!({"counts": "adds"})]);
    with_totals(&portfolio, &[map(0, 1461, "t")], |totals| {
        let years: Vec<(String, String)> = totals
            .iter()
            .map(|total| (total.year.to_string(), total.planned.unwrap().at_least.to_string()))
            .collect();
        // 1,461 days, one more each.
        let wanted = [
            ("2026", "0"),
            ("2027", "365"),
            ("2028", "731"),
            ("2029", "1096"),
            ("2030", "1461"),
        ];
        assert_eq!(years, wanted.map(|(year, value)| (year.to_owned(), value.to_owned())));
    });
    let mut portfolio = portfolio;
    portfolio.first_month = Some(4);
    with_totals(&portfolio, &[map(0, 1461, "t")], |totals| {
        assert_eq!(totals[0].year.to_string(), "2026-27");
        assert_eq!(totals[0].planned.unwrap().at_least.to_string(), "90");
    });
}

fn city() -> Folder {
    let folder = Folder::new();
    for (name, change) in [("a.json", -40), ("b.json", -30)] {
        std::fs::write(
            folder.at(name),
            serde_json::to_string(&map(100, 100 + change, "t")).unwrap(),
        )
        .unwrap();
    }
    std::fs::write(folder.at("a.csv"), "kpi,date,value\nk,2027-12-31,88\n").unwrap();
    let text = json!({
        "format": 1, "title": "City",
        "maps": [{"id": "a", "file": "a.json", "measurements": ["a.csv"]}, {"id": "b", "file": "b.json"}],
        "outcomes": [{"id": "cleaner-air", "title": "Cleaner air", "measures": [
            {"id": "co2", "title": "Emissions", "unit": "t", "direction": "decrease"}]}],
        "claims": [{"map": "a", "kpi": "k", "measure": "co2", "counts": "adds"}, {"map": "b", "kpi": "k", "measure": "co2"}]
    });
    std::fs::write(folder.at("portfolio.json"), text.to_string()).unwrap();
    folder
}

#[test]
fn the_command_gives_totals_as_text_json_and_csv() {
    let folder = city();
    let ran = folder.run("portfolio totals portfolio.json --as-of 2028-01-31 --format json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let last = out["measures"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["id"], &last["unit"], &last["year"]),
        (&json!("co2"), &json!("t"), &json!("2030"))
    );
    assert_eq!((&last["at_least"], &last["at_most"]), (&json!(-70), &json!(-70)));
    assert_eq!(
        last["claims"][0],
        json!({"map": "a", "kpi": "k", "value": -40, "measured": null, "counts": "adds"})
    );
    let measured = &out["measures"][1];
    assert_eq!(
        (&measured["year"], &measured["measured"]),
        (&json!("2027"), &json!({"at_least": -12, "at_most": -12}))
    );
    let text = folder.run("portfolio totals portfolio.json --as-of 2028-01-31");
    assert!(
        text.out.contains("Emissions, t") && text.out.contains("-70"),
        "{}",
        text.out
    );
    let ran = folder.run("portfolio totals portfolio.json --as-of 2028-01-31 -o totals.csv");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let csv = std::fs::read_to_string(folder.at("totals.csv")).unwrap();
    assert!(csv.contains("cleaner-air,co2,t,2030,-70,-70,,,,,,,a,k,-40,"), "{csv}");
}

#[test]
fn a_broken_map_is_named_and_the_rest_is_reported() {
    let folder = city();
    std::fs::write(folder.at("b.json"), "{").unwrap();
    let ran = folder.run("portfolio totals portfolio.json --format json");
    assert_eq!(ran.code, 1);
    assert!(ran.told.contains("the map `b` could not be read"), "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        out["measures"].as_array().unwrap().last().unwrap()["at_least"],
        json!(-40)
    );
    let ran = folder.run("portfolio check portfolio.json");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("error[map-not-read]: map b: "), "{}", ran.out);
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let folder = city();
    for file in ["../b.json", "/etc/passwd", "sub/../../b.json", ""] {
        let text = json!({"format": 1, "title": "P", "maps": [{"id": "a", "file": file}], "outcomes": []});
        std::fs::write(folder.at("portfolio.json"), text.to_string()).unwrap();
        let ran = folder.run("portfolio check portfolio.json");
        assert_eq!(ran.code, 1, "{file}");
        assert!(
            ran.out.contains("is not a file below the folder of the portfolio"),
            "{file}: {}",
            ran.out
        );
    }
}

#[test]
fn a_portfolio_that_cannot_be_read_has_its_place() {
    let folder = city();
    for (text, says) in [
        ("{\n \"format\": 1,\n \"titel\": \"x\"}", "portfolio.json:3:"),
        ("{\"format\": 2, \"title\": \"x\"}", "the format is 2"),
        (
            "{\"format\": 1, \"maps\": [{\"id\": \"a\"}]}",
            "the field `file` is missing",
        ),
    ] {
        std::fs::write(folder.at("portfolio.json"), text).unwrap();
        let ran = folder.run("portfolio check portfolio.json");
        assert_eq!(ran.code, 2, "{text}");
        assert!(ran.told.contains(says), "{text}: {}", ran.told);
    }
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let mut percent = map(10, 20, "%");
    percent.kpis[0].id = "p".parse().unwrap();
    let mut a = map(100, 60, "t");
    a.kpis.push(percent.kpis.remove(0));
    let mut bare = map(1, 2, "t").kpis.remove(0);
    bare.id = "bare".parse().unwrap();
    bare.baseline = None;
    a.kpis.push(bare);
    let mut other = map(30, 10, "t").kpis.remove(0);
    other.id = "other".parse().unwrap();
    a.kpis.push(other);
    let b = map(100, 70, "kg");
    let text = json!({
        "format": 1, "title": "P",
        "maps": [{"id": "m0", "file": "a.json"}, {"id": "m1", "file": "a.json"}, {"id": "M 2", "file": "c.json"},
                 {"id": "m3", "file": "d.json"}, {"id": "m3", "file": "e.json"}],
        "outcomes": [
            {"id": "o", "title": "O", "measures": [
                {"id": "x", "title": "X", "unit": "t", "baseline": {"date": "2026-12-31", "value": 1000},
                 "targets": [{"date": "2030-12-31", "value": 900}]},
                {"id": "y", "title": "Y", "unit": "t"}, {"id": "z", "title": "Z", "unit": "%"},
                {"id": "w", "title": "W", "unit": "t", "adding": "whole-place", "baseline": {"date": "2026-12-31", "value": 50},
                 "targets": [{"date": "2030-12-31", "value": 45}]}]},
            {"id": "nobody", "title": "N"}],
        "claims": [
            {"map": "m0", "kpi": "k", "measure": "x"}, {"map": "m0", "kpi": "k", "measure": "x"},
            {"map": "m1", "kpi": "k", "measure": "x", "counts": "overlaps", "with": [{"map": "m9", "kpi": "k"}]},
            {"map": "m0", "kpi": "other", "measure": "x"}, {"map": "m0", "kpi": "k", "measure": "y", "counts": "share"},
            {"map": "m0", "kpi": "p", "measure": "z", "counts": "adds"},
            {"map": "m0", "kpi": "bare", "measure": "y", "counts": "adds"},
            {"map": "m0", "kpi": "k", "measure": "w", "counts": "adds"},
            {"map": "m9", "kpi": "k", "measure": "v"}]
    });
    let portfolio = portfolio::read("p.json", &text.to_string()).unwrap();
    let none = Measurements::default();
    let held = [("m0", &a), ("m1", &b)].map(|(id, map)| Held {
        id,
        map,
        measurements: &none,
    });
    let unread = [("m3", "it is no JSON".to_owned())];
    let gathered = Gathered::new(&held, day("2027-01-01")).without(&unread);
    let found = portfolio::check(&portfolio, &gathered.measured(Err("the file is not there")));
    let rules: BTreeSet<&str> = found.iter().map(|one| one.rule.slug).collect();
    // The rules that look at several maps beside one another have cases of their own.
    for rule in RULES {
        let is_across = [
            "dependency-loop",
            "currencies-differ",
            "definitions-differ",
            "benefit-in-two-maps",
            "claims-on-one-chain",
            "two-owners",
            "dependency-late",
            "shared-assumption-untested",
            "price-years-differ",
            "cost-in-two-maps",
            "shared-costs-differ",
            "map-out-of-date",
        ]
        .contains(&rule.slug);
        assert!(
            is_across || rules.contains(rule.slug),
            "{} finds nothing in {found:#?}",
            rule.slug
        );
    }
    assert!(
        found
            .iter()
            .all(|one| !one.help.is_empty() && one.help.ends_with(['.', '?']))
    );
    // The gravest of each subject comes with its place in words.
    assert!(
        found
            .iter()
            .any(|one| one.subject == "claim m1 k -> x" && one.rule.severity == Severity::Error)
    );
}

#[test]
fn a_sound_portfolio_has_no_findings_and_a_new_one_can_be_read() {
    let folder = city();
    let ran = folder.run("portfolio check portfolio.json");
    assert_eq!((ran.code, ran.out.as_str()), (0, "no findings\n"), "{}", ran.told);
    let ran = folder.run("portfolio new a.json b.json -o city.json --title Wexbridge");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let ran = folder.run("portfolio check city.json --format json");
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let rules: BTreeSet<&str> = out["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, BTreeSet::from(["map-serves-none"]));
    // What is there is not written over.
    let before = std::fs::read(folder.at("a.json")).unwrap();
    assert_eq!(folder.run("portfolio new b.json -o a.json").code, 2);
    assert_eq!(std::fs::read(folder.at("a.json")).unwrap(), before);
}
