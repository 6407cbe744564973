//! Appraisals by a second program, written from the method alone: whole numbers with sixty places, one loop after the other, and
//! nothing of the code that is tested.

use std::collections::BTreeSet;

use benefit_map::appraise::{Assumed, appraise};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A number times 10^60.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Fixed(BigInt);

fn scale() -> BigInt {
    BigInt::from(10).pow(60)
}

impl Fixed {
    fn whole(n: i64) -> Self {
        Self(BigInt::from(n) * scale())
    }

    /// A number as JSON writes it.
    fn of(value: &Value) -> Self {
        let text = value.to_string();
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest.to_owned()),
            None => (1, text),
        };
        let (before, after) = text.split_once('.').unwrap_or((&text, ""));
        let digits: BigInt = format!("{before}{after}").parse().unwrap();
        Self(digits * BigInt::from(10).pow(60 - after.len() as u32) * sign)
    }

    fn add(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    fn sub(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    fn mul(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0 / scale())
    }

    fn div(&self, other: &Self) -> Self {
        Self(&self.0 * scale() / &other.0)
    }

    fn root(&self) -> Self {
        Self((&self.0 * scale()).sqrt())
    }

    /// The number times itself so many hundredths of a time: 130 is to the power of 1.3.
    fn raised(&self, hundredths: u32) -> Self {
        let all = (0..hundredths).fold(one(), |product, _| product.mul(self));
        // The hundredth root of a number that is kept 10^60 times as large.
        Self((&all.0 * scale().pow(99)).nth_root(100))
    }

    /// To nine places, half away from zero.
    fn shown(&self) -> String {
        let unit = BigInt::from(10).pow(51);
        let half = &unit / 2;
        let zero = BigInt::from(0);
        let rounded: BigInt = if self.0 < zero {
            (&self.0 - half) / &unit
        } else {
            (&self.0 + half) / &unit
        };
        rounded.to_string()
    }
}

/// What two sums may differ by where both are next to nothing.
fn scale_of_nothing() -> BigUint {
    BigUint::from(10u32).pow(52)
}

fn one() -> Fixed {
    Fixed::whole(1)
}

const BASE: i64 = 2026;

fn year_of(text: &Value) -> i64 {
    text.as_str().unwrap()[..4].parse::<i64>().unwrap() - BASE
}

/// The factor of a year: by its rate bands, at the start, in the middle or at the end of the year.
fn factor(bands: &Value, year: i64, timing: &str) -> Fixed {
    let rate = |year: i64| {
        let bands = bands.as_array().unwrap();
        let inside =
            |band: &&Value| band["from"].as_i64().unwrap() <= year && band["to"].as_i64().is_none_or(|to| year <= to);
        Fixed::of(&bands.iter().find(inside).unwrap()["rate"])
    };
    let mut product = one();
    for k in 1..=year {
        product = product.mul(&one().add(&rate(k)));
    }
    let next = one().add(&rate(year + 1));
    match timing {
        "middle" => product = product.mul(&next.root()),
        "end" => product = product.mul(&next),
        _ => {}
    }
    one().div(&product)
}

/// The level of prices of a year by the deflator of the appraisal.
fn level(appraisal: &Value, year: i64) -> Fixed {
    let index = appraisal["deflator"]["index"].as_array().unwrap();
    Fixed::of(&index.iter().find(|entry| year_of(&entry["year"]) == year).unwrap()["level"])
}

/// The number of a day, counted by the months of a year that begins in March.
fn day(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let leap = |every: i64| year.div_euclid(every);
    365 * year + leap(4) - leap(100) + leap(400) + (153 * month + 2) / 5 + day - 1
}

/// The number of a day that is written `2026-03-31`.
fn day_of(text: &Value) -> i64 {
    let parts: Vec<i64> = text
        .as_str()
        .unwrap()
        .split('-')
        .map(|part| part.parse().unwrap())
        .collect();
    day(parts[0], parts[1], parts[2])
}

/// By how much a KPI is planned to move the right way in a year: the mean over the last days of its twelve months.
fn quantity(kpi: &Value, year: i64) -> Fixed {
    let (from, to) = (
        Fixed::of(&kpi["baseline"]["value"]),
        Fixed::of(&kpi["targets"][0]["value"]),
    );
    let (first, last) = (day_of(&kpi["baseline"]["date"]), day_of(&kpi["targets"][0]["date"]));
    let at = |now: i64| {
        if now >= last {
            return to.clone();
        }
        let t = Fixed::whole((now - first).max(0)).div(&Fixed::whole(last - first));
        let gone = match kpi["trajectory"]["profile"].as_str().unwrap() {
            "linear" => t,
            "s-curve" => {
                let square = t.mul(&t);
                square.mul(&Fixed::whole(3)).sub(&square.mul(&t).mul(&Fixed::whole(2)))
            }
            _ => Fixed::whole(0),
        };
        from.add(&to.sub(&from).mul(&gone))
    };
    let mut sum = Fixed::whole(0);
    for month in 4..16 {
        // The day before the first of the next month.
        let (y, next) = (BASE + year + month / 12, month % 12 + 1);
        sum = sum.add(&at(day(y, next, 1) - 1).sub(&from));
    }
    let mean = sum.div(&Fixed::whole(12));
    match kpi["direction"] == "decrease" {
        true => Fixed::whole(0).sub(&mean),
        false => mean,
    }
}

/// How much the value of a KPI counts by who has it: what no group has counts once.
fn weight(appraisal: &Value, value: &Value) -> Fixed {
    let weights = &appraisal["weights"];
    let mut all = one();
    for part in value["beneficiaries"].as_array().into_iter().flatten() {
        let mut groups = weights["groups"].as_array().unwrap().iter();
        let group = groups.find(|group| group["name"] == part["group"]).unwrap();
        let weight = match group["weight"].is_number() {
            true => Fixed::of(&group["weight"]),
            false => {
                let hundredths = weights["elasticity"].as_f64().unwrap_or(1.3) * 100.0;
                let ratio = Fixed::of(&weights["median_income"]).div(&Fixed::of(&group["income"]));
                ratio.raised(hundredths.round() as u32)
            }
        };
        let share = Fixed::of(&part["share"]);
        all = all.sub(&share).add(&share.mul(&weight));
    }
    all
}

/// Amounts by year and timing.
type Flow = Vec<(i64, String, Fixed)>;

/// Costs and benefits of an option; the benefits times their weights where that is asked for.
fn flows(map: &Value, option: &Value, by: Counted) -> (Flow, Flow) {
    let appraisal = &map["appraisal"];
    let last = year_of(&appraisal["end"]);
    let usual = appraisal["timing"].as_str().unwrap_or("start");
    let price_year = year_of(&appraisal["price_year"]);
    let named: BTreeSet<&str> = option["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    // Every link of the generated maps leads from an investment to an outcome.
    let mut belong = named.clone();
    for link in map["links"].as_array().unwrap() {
        if named.contains(link["from"].as_str().unwrap()) {
            belong.insert(link["to"].as_str().unwrap());
        }
    }
    let differs = |id: &str| {
        let mut factor = one();
        for difference in option["differences"].as_array().into_iter().flatten() {
            if difference["of"] == id {
                factor = factor.mul(&Fixed::of(&difference["factor"]));
            }
        }
        factor
    };
    let (mut costs, mut benefits) = (Vec::new(), Vec::new());
    for node in map["nodes"].as_array().unwrap() {
        let id = node["id"].as_str().unwrap();
        for cost in node["cost"].as_array().into_iter().flatten() {
            let counts = match cost["option"].as_str() {
                Some(own) => option["id"] == own,
                None => belong.contains(id),
            };
            if !counts {
                continue;
            }
            let first = year_of(&cost["year"]);
            let until = if cost["until"].is_string() {
                year_of(&cost["until"])
            } else {
                first
            };
            for year in first..=until {
                let mut amount = Fixed::of(&cost["amount"]).mul(&differs(id));
                if let Some(bias) = cost["optimism_bias"].as_object() {
                    let percent = Fixed::of(&bias["percent"]).div(&Fixed::whole(100));
                    let left = one().sub(&Fixed::of(&bias["mitigation"]));
                    amount = amount.mul(&one().add(&percent.mul(&left)));
                }
                if cost["basis"] == "nominal" {
                    amount = amount.mul(&level(appraisal, price_year)).div(&level(appraisal, year));
                }
                costs.push((year, cost["timing"].as_str().unwrap_or(usual).to_owned(), amount));
            }
        }
    }
    for kpi in map["kpis"].as_array().unwrap() {
        let value = &kpi["value"];
        if !value.is_object() || !belong.contains(kpi["node"].as_str().unwrap()) {
            continue;
        }
        let mut by_year: Vec<(i64, Fixed)> = Vec::new();
        if value["unit_value"].is_number() {
            let begins = kpi["baseline"]["date"].as_str().unwrap()[..4].parse::<i64>().unwrap() - BASE - 1;
            let from = if value["from"].is_string() {
                year_of(&value["from"])
            } else {
                begins
            };
            let until = if value["until"].is_string() {
                year_of(&value["until"])
            } else {
                last
            };
            for (nth, year) in (from..=until.min(last)).enumerate() {
                let quantity = quantity(kpi, year);
                let build_up = value["build_up"].as_array().cloned().unwrap_or_default();
                let share = match build_up.get(nth) {
                    Some(share) => Fixed::of(share),
                    None => {
                        let mut share = one();
                        for _ in build_up.len()..nth {
                            share = share.mul(&one().sub(&Fixed::of(&value["drop_off"]["share"])));
                        }
                        share
                    }
                };
                by_year.push((year, quantity.mul(&share).mul(&Fixed::of(&value["unit_value"]))));
            }
        }
        for amount in value["amounts"].as_array().into_iter().flatten() {
            by_year.push((year_of(&amount["year"]), Fixed::of(&amount["amount"])));
        }
        let mut kept = differs(kpi["id"].as_str().unwrap());
        if by == Counted::ByWeight {
            kept = kept.mul(&weight(appraisal, value));
        }
        for name in ["deadweight", "leakage", "displacement", "substitution"] {
            if value[name].is_object() {
                kept = kept.mul(&one().sub(&Fixed::of(&value[name]["share"])));
            }
        }
        if value["attribution"].is_object() {
            kept = kept.mul(&Fixed::of(&value["attribution"]["share"]));
        }
        if value["multiplier"].is_object() {
            kept = kept.mul(&Fixed::of(&value["multiplier"]["factor"]));
        }
        let timing = value["timing"].as_str().unwrap_or(usual);
        let months = value["delay"].as_i64().unwrap_or(0);
        for (year, amount) in by_year {
            let mut amount = amount.mul(&kept);
            if value["price_year"].is_string() {
                let from = year_of(&value["price_year"]);
                amount = amount.mul(&level(appraisal, price_year)).div(&level(appraisal, from));
            }
            let late = amount.mul(&Fixed::whole(months % 12)).div(&Fixed::whole(12));
            for (year, part) in [
                (year + months / 12, amount.sub(&late)),
                (year + months / 12 + 1, late.clone()),
            ] {
                if (0..=last).contains(&year) {
                    benefits.push((year, timing.to_owned(), part));
                }
            }
        }
    }
    (costs, benefits)
}

/// How benefits count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    Once,
    ByWeight,
}

/// Present values of costs and benefits of an option by itself.
fn present(map: &Value, option: &Value, by: Counted) -> (Fixed, Fixed) {
    let bands = &map["appraisal"]["bands"];
    let last = year_of(&map["appraisal"]["end"]);
    let all = |timing: &str| {
        (0..=last)
            .map(|year| factor(bands, year, timing))
            .collect::<Vec<Fixed>>()
    };
    let (start, middle, end) = (all("start"), all("middle"), all("end"));
    let worth = |flows: Vec<(i64, String, Fixed)>| {
        let mut sum = Fixed::whole(0);
        for (year, timing, amount) in flows {
            let factors = match timing.as_str() {
                "middle" => &middle,
                "end" => &end,
                _ => &start,
            };
            sum = sum.add(&amount.mul(&factors[year as usize]));
        }
        sum
    };
    let (costs, benefits) = flows(map, option, by);
    (worth(costs), worth(benefits))
}

fn label(year: i64) -> String {
    format!("{}-{:02}", BASE + year, (BASE + year + 1) % 100)
}

fn maybe(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![1 => Just(Value::Null), 1 => value].boxed()
}

/// A share of a thousand parts.
fn share() -> BoxedStrategy<Value> {
    (0u32..=1000).prop_map(|n| json!(f64::from(n) / 1000.0)).boxed()
}

fn sourced() -> BoxedStrategy<Value> {
    maybe(share().prop_map(|share| json!({"share": share, "source": "a study"})))
}

fn timing() -> BoxedStrategy<Value> {
    maybe(proptest::sample::select(vec!["start", "middle", "end"]).prop_map(|word| json!(word)))
}

fn cost(last: i64) -> BoxedStrategy<Value> {
    let bias = (0u32..=200, share()).prop_map(
        |(percent, mitigation)| json!({"percent": percent, "mitigation": mitigation, "type": "t", "reason": "r"}),
    );
    (
        (0..=last, 0..=last),
        -1_000_000i64..=1_000_000_000,
        any::<bool>(),
        maybe(bias),
        any::<bool>(),
        timing(),
        maybe(proptest::sample::select(vec!["option-a", "option-b"]).prop_map(|id| json!(id))),
    )
        .prop_map(|((a, b), cents, recurs, bias, nominal, timing, option)| {
            let mut cost = json!({"year": label(a.min(b)), "amount": cents as f64 / 100.0, "optimism_bias": bias,
                "timing": timing, "option": option, "basis": if nominal { "nominal" } else { "real" }});
            if recurs {
                cost["until"] = json!(label(a.max(b)));
            }
            cost
        })
        .boxed()
}

fn kpi(nth: usize, last: i64) -> BoxedStrategy<Value> {
    let profiles = proptest::sample::select(vec!["step", "linear", "s-curve"]);
    let units = (1i64..100_000, 0..=last, 0i64..5000, 0i64..5000, any::<bool>(), profiles);
    let amounts = proptest::collection::vec((0..=last, -10_000_000i64..100_000_000), 1..4);
    (
        (units, amounts, any::<bool>()),
        (sourced(), sourced(), sourced(), sourced(), sourced()),
        maybe((0u32..3000).prop_map(|n| json!({"factor": f64::from(n) / 1000.0}))),
        (maybe((0u16..60).prop_map(|months| json!(months))), timing()),
        (proptest::collection::vec(share(), 0..4), sourced()),
        (any::<bool>(), any::<bool>(), maybe((0..=last).prop_map(|year| json!(label(year))))),
        (any::<bool>(), 0u32..=600, 0u32..=400),
    )
        .prop_map(move |((units, amounts, by_unit), shares, multiplier, (delay, timing), (build_up, drop_off), window, groups)| {
            let (unit, reached, from, to, increases, profile) = units;
            let mut value = json!({"class": "cash-releasing", "source": "s", "deadweight": shares.0, "leakage": shares.1,
                "displacement": shares.2, "substitution": shares.3, "attribution": shares.4, "multiplier": multiplier,
                "delay": delay, "timing": timing});
            if let Value::String(year) = window.2 {
                value["price_year"] = json!(year);
            }
            let part = |group: &str, share: u32| json!({"group": group, "share": f64::from(share) / 1000.0, "source": "s"});
            if groups.0 {
                value["beneficiaries"] = json!([part("those with less", groups.1), part("those with more", groups.2)]);
            }
            if by_unit {
                value["unit_value"] = json!(unit as f64 / 100.0);
                value["build_up"] = Value::Array(build_up);
                value["drop_off"] = if drop_off.is_null() { json!({"share": 0}) } else { drop_off };
                if window.0 {
                    value["from"] = json!(label(1.min(last)));
                }
                if window.1 {
                    value["until"] = json!(label(last));
                }
            } else {
                let amounts: Vec<Value> = amounts
                    .iter()
                    .map(|(year, cents)| json!({"year": label(*year), "amount": *cents as f64 / 100.0}))
                    .collect();
                value["amounts"] = Value::Array(amounts);
            }
            json!({"id": format!("k{nth}"), "node": format!("o{}", nth % 2), "unit": "visits",
                "direction": if increases { "increase" } else { "decrease" },
                "baseline": {"date": format!("{BASE}-03-31"), "value": from},
                "targets": [{"date": format!("{}-03-31", BASE + 1 + reached), "value": to}],
                "trajectory": {"profile": profile}, "value": value})
        })
        .boxed()
}

/// A map with three investments, two outcomes, and an appraisal of three options.
pub fn map() -> BoxedStrategy<Value> {
    (0i64..24)
        .prop_flat_map(|last| {
            let band = (0u32..=120, 0u32..=120, 1i64..30);
            let costs = || proptest::collection::vec(cost(last), 0..4);
            let kpis: Vec<BoxedStrategy<Value>> = (0..4).map(|nth| kpi(nth, last)).collect();
            let levels = proptest::collection::vec(80i64..150, last as usize + 1);
            (
                Just(last),
                band,
                (costs(), costs(), costs()),
                kpis,
                (levels, 0..=last, timing()),
                (0u32..=20, 0u32..=20),
                (1u32..=200, proptest::sample::select(vec![0.0, 0.5, 1.0, 1.3, 1.45, 2.0]), any::<bool>()),
            )
        })
        .prop_map(|(last, (first, second, turn), costs, kpis, (levels, price_year, timing), factors, weights)| {
            let index: Vec<Value> = levels
                .iter()
                .enumerate()
                .map(|(year, level)| json!({"year": label(year as i64), "level": level}))
                .collect();
            let rate = |thousandths: u32| json!(f64::from(thousandths) / 1000.0);
            json!({"format": 1,
                "appraisal": {"base_year": label(0), "end": label(last), "price_year": label(price_year), "timing": timing,
                    "bands": [{"from": 0, "to": turn, "rate": rate(first)}, {"from": turn + 1, "rate": rate(second)}],
                    "deflator": {"source": "index", "index": index},
                    "weights": {"source": "s", "median_income": 30_000,
                        "elasticity": if weights.2 { json!(weights.1) } else { Value::Null },
                        "groups": [{"name": "those with less", "income": 3_000 + 150 * weights.0},
                            {"name": "those with more", "weight": f64::from(weights.0) / 200.0}]},
                    "options": [
                        {"id": "usual", "kind": "business-as-usual", "nodes": ["i0"], "differences": []},
                        {"id": "option-a", "kind": "preferred", "nodes": ["i0", "i1"],
                            "differences": [{"of": "i0", "factor": f64::from(factors.0) / 10.0}, {"of": "k1", "factor": f64::from(factors.1) / 10.0}]},
                        {"id": "option-b", "kind": "other", "nodes": ["i1", "i2"], "differences": []}]},
                "nodes": [{"id": "i0", "kind": "investment", "cost": costs.0}, {"id": "i1", "kind": "investment", "cost": costs.1},
                    {"id": "i2", "kind": "investment", "cost": costs.2},
                    {"id": "o0", "kind": "end-outcome"}, {"id": "o1", "kind": "end-outcome"}],
                "links": [{"from": "i0", "to": "o0"}, {"from": "i1", "to": "o1"}, {"from": "i2", "to": "o0"}],
                "kpis": kpis})
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn five_hundred_random_appraisals_come_to_the_same(map in map()) {
        let read: BenefitMap = serde_json::from_value(map.clone()).unwrap();
        let ours = appraise(&BenefitGraph::new(&read), &Assumed::default());
        let ours = ours.unwrap_or_else(|why| panic!("{why}\n{map}"));
        let options = map["appraisal"]["options"].as_array().unwrap();
        let usual = present(&map, &options[0], Counted::Once);
        let usual_weighted = present(&map, &options[0], Counted::ByWeight).1;
        for (option, result) in options.iter().zip(&ours.options) {
            let (costs, benefits) = present(&map, option, Counted::Once);
            let (costs, benefits) = (costs.sub(&usual.0), benefits.sub(&usual.1));
            let as_fixed = |value: rust_decimal::Decimal| {
                let digits: BigInt = value.mantissa().to_string().parse().unwrap();
                Fixed(digits * BigInt::from(10).pow(60 - value.scale()))
            };
            let total = result.society;
            for (what, theirs, ours) in [
                ("costs", &costs, total.pvc),
                ("benefits", &benefits, total.pvb),
                ("net", &benefits.sub(&costs), total.npsv),
            ] {
                // To nine places: less than one of the ninth, as a tie may be rounded either way.
                let off = as_fixed(ours).sub(theirs);
                let is_same = off.0.magnitude() < &BigUint::from(10u32).pow(51);
                prop_assert!(is_same, "{} of {}: {} and {}: {}", what, option["id"], theirs.shown(), as_fixed(ours).shown(), map);
            }
            // Weights have twelve digits.
            let theirs = present(&map, option, Counted::ByWeight).1;
            let scale = [&theirs, &usual_weighted].map(|sum| sum.0.magnitude().clone()).into_iter().max().unwrap();
            let weighted = result.weighted.unwrap();
            let off = as_fixed(weighted.pvb).sub(&theirs.sub(&usual_weighted));
            prop_assert!(off.0.magnitude() * 100_000_000_000u64 <= scale + scale_of_nothing(), "{}: {} {:?}", option["id"], off.shown(), weighted);
            prop_assert_eq!((weighted.pvc, weighted.npsv), (total.pvc, weighted.pvb - total.pvc));
            match total.bcr {
                None => prop_assert!(costs <= Fixed::whole(0) || costs.shown() == "0"),
                // A quotient of two results may differ in the digits that neither of them shows.
                Some(bcr) if costs > Fixed::whole(1) => {
                    let off = as_fixed(bcr).sub(&benefits.div(&costs));
                    let off = if off < Fixed::whole(0) { Fixed::whole(0).sub(&off) } else { off };
                    prop_assert!(off < Fixed(BigInt::from(10).pow(48)), "{}", map);
                }
                Some(_) => {}
            }
        }
    }
}
