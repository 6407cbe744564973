//! An appraisal beside what was measured, as charts, and in register and business case.

use benefit_map::appraise::{Assumed, appraise, values_so_far};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use benefit_map::report::money_chart;
use benefit_map::scene::Scene;
use benefit_map::track::{Measurement, Measurements};
use serde_json::{Value, json};

use crate::support::folder::Folder;

/// A step from 100 to 40 on the last day of 2026-27: 60 in every year after it, worth 10 each, half of it ours.
fn map() -> Value {
    json!({"format": 1, "title": "Bins", "currency": "GBP", "appraisal": {"base_year": "2026-27", "end": "2029-30"},
        "nodes": [{"id": "fund", "kind": "investment", "title": "Fund", "cost": [{"year": "2026-27", "amount": 500, "range": {"low": 400, "high": 900}}]},
            {"id": "clean", "kind": "end-outcome", "title": "Clean"}],
        "links": [{"from": "fund", "to": "clean"}],
        "kpis": [{"id": "litter", "node": "clean", "title": "Litter", "unit": "bags", "direction": "decrease",
            "baseline": {"date": "2026-03-31", "value": 100}, "targets": [{"date": "2027-03-31", "value": 40}], "trajectory": {"profile": "step"},
            "value": {"class": "cash-releasing", "unit_value": 10, "source": "s", "attribution": {"share": 0.5, "source": "s"},
                "range": {"low": 8, "high": 11}}},
            {"id": "calls", "node": "clean", "title": "Calls", "value": {"class": "qualitative"}}]})
}

fn read(map: &Value) -> BenefitMap {
    serde_json::from_value(map.clone()).unwrap()
}

fn float(value: rust_decimal::Decimal) -> f64 {
    value.to_string().parse().unwrap()
}

#[test]
fn planned_achieved_and_forecast_values_are_side_by_side() {
    let map = read(&map());
    let graph = BenefitGraph::new(&map);
    let id = map.kpis[0].id.clone();
    let measured: Measurements = [("2027-06-30", 80), ("2027-12-31", 60)]
        .into_iter()
        .map(|(day, value)| Measurement::new(id.clone(), day.parse().unwrap(), value.into()))
        .collect();
    let as_of = "2028-03-31".parse().unwrap();
    let all = values_so_far(&graph, &measured, as_of, &Assumed::default()).unwrap();
    assert_eq!(all.len(), 1, "what has no value in money is not listed");
    let one = &all[0];
    // Planned: a twelfth of a year of 60 in 2026-27, and 60 in 2027-28, each worth 10, half of it ours.
    assert!((float(one.planned_so_far.unwrap()) - (60.0 / 12.0 + 60.0) * 5.0).abs() < 1e-9);
    // Measured: 20 from June to November, 40 from December to March.
    let achieved = (6.0 * 20.0 + 4.0 * 40.0) / 12.0 * 5.0;
    assert!((float(one.achieved_so_far.unwrap()) - achieved).abs() < 1e-9, "{one:?}");
    assert!((float(one.planned) - (60.0 / 12.0 + 3.0 * 60.0) * 5.0).abs() < 1e-9);
    assert_eq!(one.forecast, None, "two values have no trend");
    // Nothing measured, nothing achieved is known.
    let none = values_so_far(&graph, &Measurements::default(), as_of, &Assumed::default()).unwrap();
    assert_eq!((none[0].achieved_so_far, none[0].forecast), (None, None));
    // Values of the plan alone are the plan.
    let planned: Measurements = [("2026-04-30", 100), ("2027-03-31", 40)]
        .into_iter()
        .map(|(day, value)| Measurement::new(id.clone(), day.parse().unwrap(), value.into()))
        .collect();
    let same = &values_so_far(&graph, &planned, as_of, &Assumed::default()).unwrap()[0];
    assert_eq!(same.achieved_so_far, same.planned_so_far);
}

#[test]
fn a_forecast_goes_on_by_the_trend_and_then_stays_level() {
    let mut with_later = map();
    with_later["kpis"][0]["targets"] = json!([{"date": "2030-03-31", "value": 40}]);
    let map = read(&with_later);
    let id = map.kpis[0].id.clone();
    let months = [
        ("2027-01-31", 95),
        ("2027-06-30", 90),
        ("2027-12-31", 84),
        ("2028-03-31", 80),
        ("2028-06-30", 76),
    ];
    let measured: Measurements = months
        .into_iter()
        .map(|(day, value)| Measurement::new(id.clone(), day.parse().unwrap(), value.into()))
        .collect();
    let as_of = "2028-06-30".parse().unwrap();
    let one = &values_so_far(&BenefitGraph::new(&map), &measured, as_of, &Assumed::default()).unwrap()[0];
    let (achieved, forecast) = (float(one.achieved_so_far.unwrap()), float(one.forecast.unwrap()));
    // Level from 76 on it would be at least this much more.
    assert!(forecast > achieved + 24.0 * 5.0 * 1.7, "{one:?}");
    assert!(forecast < achieved + 60.0 * 5.0 * 2.0, "{one:?}");
}

#[test]
fn measurements_put_the_values_into_text_json_and_case() {
    let folder = Folder::new();
    folder.put("map.json", map().to_string());
    folder.put(
        "measured.csv",
        "kpi,date,value\nlitter,2027-06-30,80\nlitter,2027-12-31,60\n",
    );
    let line = "appraise map.json --measurements measured.csv --as-of 2028-03-31";
    let ran = folder.run(line);
    assert_eq!(ran.code, 0, "{}", ran.told);
    for part in ["Value of benefits as of 31 March 2028", "achieved so far", "Litter"] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    let whole: Value = serde_json::from_str(&folder.run(&format!("{line} --format json")).out).unwrap();
    let one = &whole["values_so_far"][0];
    assert_eq!(
        (&one["kpi"], &one["planned_so_far"], &one["forecast"]),
        (&json!("litter"), &json!(325), &Value::Null)
    );
    let case = "report business-case map.json --measurements measured.csv --as-of 2028-03-31 -o case.md";
    assert_eq!(folder.run(case).code, 0);
    let found = folder
        .everything()
        .into_iter()
        .find(|(path, _)| path.ends_with("case.md"));
    let text = String::from_utf8(found.unwrap().1).unwrap();
    for part in [
        "Achieved so far",
        "Full-year value",
        "What each range does to the net value",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_register_has_class_and_full_year_value() {
    let folder = Folder::new();
    folder.put("map.json", map().to_string());
    let ran = folder.run("register map.json --format csv");
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split(',').collect()).collect();
    let at = |name: &str| {
        rows[0]
            .iter()
            .position(|head| *head == name)
            .unwrap_or_else(|| panic!("no {name}"))
    };
    let of = |kpi: &str, column: &str| {
        let row = rows.iter().find(|row| row.get(at("kpi")) == Some(&kpi)).unwrap();
        row[at(column)]
    };
    assert_eq!(
        (of("litter", "value_class"), of("litter", "full_year_value")),
        ("cash-releasing", "300")
    );
    assert_eq!(
        (of("calls", "value_class"), of("calls", "full_year_value")),
        ("qualitative", "")
    );
    // A map without values has no such columns.
    let mut plain = map();
    for kpi in plain["kpis"].as_array_mut().unwrap() {
        kpi.as_object_mut().unwrap().remove("value");
    }
    folder.put("plain.json", plain.to_string());
    assert!(
        !folder
            .run("register plain.json --format csv")
            .out
            .contains("full_year_value")
    );
}

/// Every text of a chart is inside the picture, and no two cover each other.
fn is_sound(scene: &Scene, name: &str) {
    let boxes: Vec<(f64, f64, f64, f64, &str)> = scene
        .texts
        .iter()
        .flat_map(|text| {
            text.lines.iter().map(move |line| {
                let width = benefit_map::text::measure(&line.text, text.style);
                (
                    line.x,
                    line.y - text.style.size() * 0.8,
                    width,
                    text.style.size(),
                    line.text.as_str(),
                )
            })
        })
        .collect();
    for (nth, (x, y, w, h, words)) in boxes.iter().enumerate() {
        assert!(
            *x >= 0.0 && x + w <= scene.width + 1.0 && *y >= 0.0 && y + h <= scene.height,
            "{name}: {words}"
        );
        for (x2, y2, w2, h2, other) in &boxes[nth + 1..] {
            let apart = x + w <= x2 + 0.5 || x2 + w2 <= x + 0.5 || y + h <= y2 + 0.5 || y2 + h2 <= y + 0.5;
            assert!(apart, "{name}: `{words}` and `{other}`");
        }
    }
    assert!(!scene.description.is_empty() && !scene.title.is_empty(), "{name}");
}

#[test]
fn charts_of_any_appraisal_are_sound_and_say_their_figures() {
    let mut maps = vec![map()];
    let example: Value = serde_json::from_str(include_str!("../../examples/maps/smart-waste/map.json")).unwrap();
    maps.push(example);
    // Huge amounts, tiny ones, losses, one year, no titles, forty KPIs over sixty years.
    for (amount, end, kpis) in [
        (900_000_000_000_000i64, "2029-30", 1),
        (1, "2026-27", 1),
        (70, "2085-86", 40),
    ] {
        let mut one = map();
        one["appraisal"]["end"] = json!(end);
        one["nodes"][0]["cost"] =
            json!([{"year": "2026-27", "amount": amount, "range": {"low": amount, "high": amount}}]);
        let values = (0..kpis).map(|nth| {
            json!({"id": format!("k{nth}"), "node": "clean", "value": {"source": "s", "range": {"low": -9, "high": amount},
                "amounts": [{"year": "2026-27", "amount": if nth % 3 == 1 { -3 } else { amount / 2 }}]}})
        });
        let values: Vec<Value> = values.collect();
        one["kpis"] = Value::Array(values);
        if kpis > 1 {
            for kpi in one["kpis"].as_array_mut().unwrap() {
                kpi["title"] = json!(
                    "A title that goes on for longer than the room beside the bars has, and then for some more words"
                );
                kpi["value"].as_object_mut().unwrap().remove("range");
            }
        } else {
            one["kpis"][0]["value"].as_object_mut().unwrap().remove("range");
        }
        maps.push(one);
    }
    for (nth, map) in maps.iter().enumerate() {
        let read = read(map);
        let whole = appraise(&BenefitGraph::new(&read), &Assumed::default()).unwrap();
        for option in &whole.options {
            is_sound(&money_chart::flow(&whole, option), &format!("flow {nth}"));
            is_sound(&money_chart::waterfall(&whole, option), &format!("waterfall {nth}"));
            if let Some(scene) = money_chart::tornado(&whole, option) {
                is_sound(&scene, &format!("tornado {nth}"));
            }
            let drawn = whole.draw(option, 2000, 7);
            assert_eq!(drawn.bins.iter().sum::<usize>(), 2000);
            if let Some(scene) = money_chart::distribution(&whole, option, &drawn) {
                is_sound(&scene, &format!("distribution {nth}"));
            }
        }
    }
    let read = read(&maps[0]);
    let whole = appraise(&BenefitGraph::new(&read), &Assumed::default()).unwrap();
    let option = &whole.options[0];
    let net = benefit_map::appraise::shown::money(option.society.npsv);
    for scene in [
        money_chart::waterfall(&whole, option),
        money_chart::tornado(&whole, option).unwrap(),
    ] {
        assert!(scene.description.contains(&net), "{}", scene.description);
        assert!(scene.lines().any(|line| line.text.contains(&net)), "{net}");
    }
}

#[test]
fn a_chart_is_drawn_only_where_there_is_something_to_draw() {
    let folder = Folder::new();
    let mut plain = map();
    plain["nodes"][0]["cost"][0].as_object_mut().unwrap().remove("range");
    plain["kpis"][0]["value"].as_object_mut().unwrap().remove("range");
    folder.put("map.json", plain.to_string());
    for (line, part) in [
        (
            "appraise map.json --chart tornado -o x.svg",
            "has a `range`, so the chart `tornado` has nothing to show",
        ),
        ("appraise map.json --chart waterfall", "only a picture shows a chart"),
        ("appraise map.json --scale 2", "only a PNG has pixels"),
        ("appraise map.json --explain npsv -o x.svg", "--explain prints text"),
        ("appraise map.json --chart pie -o x.svg", "pie"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}");
        assert!(ran.told.contains(part), "{line}: {}", ran.told);
    }
    folder.put("map.json", map().to_string());
    let ran = folder.run("appraise map.json --chart cash-flow --chart tornado -o x.svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(folder.at("x-1.svg").exists() && folder.at("x-2.svg").exists());
    let slides = folder.run("draw map.json --slides money -o x.pptx");
    assert_eq!(slides.code, 0, "{}", slides.told);
}

#[test]
fn lines_are_as_thick_as_the_money_that_they_lead_to() {
    let mut two = map();
    two["nodes"].as_array_mut().unwrap().extend([
        json!({"id": "app", "kind": "investment", "title": "App"}),
        json!({"id": "tidy", "kind": "end-outcome", "title": "Tidy"}),
    ]);
    two["links"] = json!([{"from": "fund", "to": "clean", "contribution": 0.5}, {"from": "fund", "to": "tidy"}, {"from": "app", "to": "tidy"}]);
    two["kpis"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "bags", "node": "tidy", "title": "Bags",
        "value": {"amounts": [{"year": "2026-27", "amount": 10}], "source": "s"}}));
    let read = read(&two);
    let graph = BenefitGraph::new(&read);
    let whole = appraise(&graph, &Assumed::default()).unwrap();
    let all = money_chart::link_money(&graph, &whole, &whole.options[0]);
    let of = |from: &str, to: &str| &all[&(from.parse().unwrap(), to.parse().unwrap())];
    assert_eq!(of("fund", "clean").share, 1.0);
    let large = float(whole.options[0].society.pvb) - 10.0;
    assert!((of("app", "tidy").share - 10.0 / large).abs() < 1e-9);
    assert_eq!(of("app", "tidy").words, "Leads to benefits worth 10 GBP.");
    assert!(
        of("fund", "clean")
            .words
            .starts_with("Leads to benefits worth between "),
        "{}",
        of("fund", "clean").words
    );
    let folder = Folder::new();
    folder.put("map.json", two.to_string());
    let ran = folder.run("draw map.json --lines money --format svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        ran.out.contains("leads to benefits worth more in money") || ran.out.contains("Thicker: leads to"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("the thickest: "),
        "the legend says what thick means: {}",
        ran.out
    );
    two.as_object_mut().unwrap().remove("appraisal");
    folder.put("map.json", two.to_string());
    let ran = folder.run("draw map.json --lines money --format svg");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("no appraisal"), "{}", ran.told);
}
