//! Charts: what a reader of the written SVG must find, and what holds for any series.

use std::collections::BTreeSet;

use benefit_map::chart::{Sheet, Size, chart, sheet, sparkline};
use benefit_map::draw::svg;
use benefit_map::map::{Baseline, Day, Kpi, KpiId, NodeId, Number};
use benefit_map::scene::theme::Theme;
use benefit_map::scene::{Form, Part, Scene};
use benefit_map::track::{self, Forecast, Measurements, Observation, PlannedPoint, Series, Status};
use proptest::prelude::*;

fn day(n: i64) -> Day {
    let first = Day::new("2026-01-01").unwrap().date();
    Day::from(first.checked_add(jiff::Span::new().days(n)).unwrap())
}

fn number(value: f64) -> Number {
    // Six significant digits: a Number holds no more than fifteen places after the point.
    Number::rounded(rust_decimal::Decimal::from_f64_retain(value).unwrap()).unwrap()
}

fn value(n: i64, v: f64) -> Observation {
    Observation {
        date: day(n),
        value: number(v),
    }
}

/// A series of nothing, as of that day: the tests fill in whatever a series can hold, also what no plan gives.
fn bare(title: &str, unit: &str, as_of: Day) -> Series<'static> {
    let mut kpi = Kpi::new(KpiId::new("k").unwrap(), NodeId::new("n").unwrap(), title);
    kpi.unit = unit.to_owned();
    of(kpi, as_of)
}

fn of(kpi: Kpi, as_of: Day) -> Series<'static> {
    // A series borrows its KPI, and these live as long as the tests do.
    track::series(Box::leak(Box::new(kpi)), &Measurements::default(), as_of)
}

/// A series in which every part occurs: 5,000 to 4,000 in 1,000 days, behind plan.
fn full() -> Series<'static> {
    let planned = |n: i64| {
        let v = 5000.0 - n as f64;
        PlannedPoint {
            date: day(n),
            value: Some(number(v)),
            amber: (number(v), number(v * 1.05)),
            red: (number(v), number(v * 1.15)),
        }
    };
    let mut kpi = Kpi::new(
        KpiId::new("k").unwrap(),
        NodeId::new("n").unwrap(),
        "Distance <driven> & more",
    );
    kpi.unit = "km".to_owned();
    kpi.baseline = Some(Baseline::new(Some(day(0)), number(5000.0)));
    let mut series = of(kpi, day(545));
    series.planned = vec![planned(0), planned(1000)];
    series.targets = vec![value(500, 4500.0), value(1000, 4000.0)];
    series.actuals = (1..7).map(|i| value(90 * i, 5010.0 - 30.0 * i as f64)).collect();
    series.forecast = (0..5)
        .map(|i| Forecast {
            date: day(540 + 115 * i),
            value: number(4830.0 - 40.0 * i as f64),
            interval: Some((number(4800.0 - 60.0 * i as f64), number(4860.0 - 20.0 * i as f64))),
        })
        .collect();
    series.outlook.status = Status::AtRisk;
    series
}

const SLIDE: Size = Size {
    width: 960.0,
    height: 540.0,
};

fn boxes(scene: &Scene) -> Vec<(f64, f64, f64, f64, String)> {
    scene
        .texts
        .iter()
        .flat_map(|text| {
            text.lines.iter().map(|line| {
                let (up, down) = (0.72 * text.style.size(), 0.2 * text.style.size());
                let left = match text.direction {
                    benefit_map::scene::TextDirection::LeftToRight => line.x,
                    benefit_map::scene::TextDirection::RightToLeft => line.x - line.width,
                };
                (left, line.y - up, left + line.width, line.y + down, line.text.clone())
            })
        })
        .collect()
}

/// Everything is inside, no two words overlap, and the SVG holds no number that is none.
fn assert_sound(scene: &Scene) {
    let all = boxes(scene);
    for (i, a) in all.iter().enumerate() {
        assert!(
            a.0 >= -0.01 && a.1 >= -0.01 && a.2 <= scene.width + 0.01 && a.3 <= scene.height + 0.01,
            "outside: {a:?} of {} by {}",
            scene.width,
            scene.height
        );
        for b in &all[i + 1..] {
            assert!(
                a.2 <= b.0 + 0.01 || b.2 <= a.0 + 0.01 || a.3 <= b.1 + 0.01 || b.3 <= a.1 + 0.01,
                "{a:?} overlaps {b:?}"
            );
        }
    }
    for shape in &scene.shapes {
        let (points, reach) = match &shape.form {
            Form::Line(points) | Form::Area(points) => (points.clone(), 0.0),
            Form::Marker(marker, at) => (vec![*at], marker.reach()),
        };
        for (x, y) in points {
            assert!(
                x - reach >= 0.0 && y - reach >= 0.0 && x + reach <= scene.width && y + reach <= scene.height,
                "{shape:?} is outside"
            );
        }
    }
    let text = svg(scene, Default::default());
    for word in ["NaN", "inf\"", "Infinity"] {
        assert!(!text.contains(word), "{word}");
    }
}

fn parts(scene: &Scene) -> BTreeSet<Part> {
    scene.shapes.iter().map(|shape| shape.part).collect()
}

#[test]
fn a_full_chart_shows_every_part_and_names_it() {
    let scene = chart(&full(), "Fewer kilometres", SLIDE);
    assert_sound(&scene);
    // The bars of a plan and of answers, and the dots of a map, are no part of a chart.
    let others = [
        Part::Activity,
        Part::Waits,
        Part::WaitsHead,
        Part::FarLeft,
        Part::Left,
        Part::Right,
        Part::FarRight,
        Part::Aside,
        Part::Join,
    ];
    let all = Part::ALL.into_iter().filter(|part| !others.contains(part));
    assert_eq!(parts(&scene), all.collect());
    let words: Vec<String> = boxes(&scene).into_iter().map(|b| b.4).collect();
    for wanted in [
        "measured 4,830 km",
        "target 4,000 km",
        "baseline 5,000 km",
        "planned",
        "at risk",
        "tolerated",
        "nine cases in ten",
        "as of 30 June 2027",
        "km",
    ] {
        assert!(words.iter().any(|w| w == wanted), "{wanted} among {words:?}");
    }
    assert!(words.iter().any(|w| w.starts_with("forecast")), "{words:?}");
    assert!(words.iter().any(|w| w.contains("off track")), "{words:?}");
    assert_eq!((scene.width, scene.height), (960.0, 540.0));
}

#[test]
fn the_picture_is_one_image_with_a_title_and_words() {
    let text = svg(&chart(&full(), "Fewer kilometres", SLIDE), Default::default());
    assert!(text.contains(r#"role="img""#));
    assert!(text.contains("Distance &lt;driven&gt; &amp; more</title>"), "{text}");
    assert!(text.contains("It starts from 5,000 on 1 January 2026."));
    assert!(!text.contains("<driven>"));
}

/// WCAG 2.2, contrast ratio of two colours as `#rrggbb`.
fn contrast(a: &str, b: &str) -> f64 {
    crate::support::svg::contrast(a, b)
}

/// A property of a class in the style sheet of a document.
fn look(text: &str, class: &str, property: &str) -> Option<String> {
    let rule = text.lines().find_map(|l| l.strip_prefix(&format!(".{class}{{")))?;
    let rule = rule.split('}').next()?;
    rule.split(';')
        .find_map(|p| Some(p.strip_prefix(property)?.strip_prefix(':')?.to_owned()))
}

#[test]
fn words_and_lines_can_be_seen_on_every_ground() {
    for theme in Theme::ALL {
        let text = svg(&chart(&full(), "Fewer kilometres", SLIDE), theme);
        let grounds: Vec<String> = ["page", "within", "doubtful", "fan"]
            .into_iter()
            .map(|class| look(&text, class, "fill").unwrap_or_else(|| panic!("{class} has a colour")))
            .collect();
        for class in ["ink", "ink-muted", "ink-b", "ink-c", "ink-bad"] {
            let ink = look(&text, class, "fill").unwrap_or_else(|| panic!("{class} occurs"));
            for ground in &grounds {
                let ratio = contrast(&ink, ground);
                assert!(ratio >= 4.5, "{}: {class} {ink} on {ground} is {ratio:.2}", theme.name);
            }
        }
        for class in [
            "axis", "limit", "fan-edge", "planned", "forecast", "actual", "target", "baseline", "today",
        ] {
            let stroke = look(&text, class, "stroke").unwrap_or_else(|| panic!("{class} occurs"));
            for ground in &grounds {
                let ratio = contrast(&stroke, ground);
                assert!(
                    ratio >= 3.0,
                    "{}: {class} {stroke} on {ground} is {ratio:.2}",
                    theme.name
                );
            }
        }
    }
}

#[test]
fn lines_are_told_apart_without_colour() {
    let text = svg(
        &chart(&full(), "Fewer kilometres", SLIDE),
        &benefit_map::scene::theme::PRINT,
    );
    let looks: BTreeSet<(Option<String>, Option<String>)> =
        ["limit", "fan-edge", "planned", "forecast", "actual", "today"]
            .into_iter()
            .map(|class| {
                let dash = look(&text, class, "stroke-dasharray");
                (dash, look(&text, class, "stroke-width"))
            })
            .collect();
    assert_eq!(looks.len(), 6, "{looks:?}");
    let dashes: BTreeSet<_> = looks.iter().map(|(dash, _)| dash).collect();
    assert_eq!(dashes.len(), 6, "{dashes:?}");
}

#[test]
fn poor_series_have_sound_pictures() {
    let empty = bare("", "", day(0));
    let mut one = bare("", "", day(0));
    one.actuals = vec![value(0, 7.0)];
    let mut zero = bare("", "%", day(0));
    zero.baseline = Some(value(0, 0.0));
    zero.targets = vec![value(0, 0.0)];
    let mut targets_only = bare("", "", day(5));
    targets_only.targets = vec![value(10, -5.0), value(900, 1e14)];
    let mut undated = bare("", "", day(4));
    undated.undated_target = Some(number(30.0));
    let mut long = full();
    let words = bare(
        &"A title ".repeat(40),
        &"of a unit that has a great many words ".repeat(8),
        day(545),
    );
    long.outlook = words.outlook;
    let all = vec![empty, one, zero, targets_only, undated, long, full()];
    for one in &all {
        assert_sound(&chart(one, "Whose it is", SLIDE));
        assert_sound(&chart(
            one,
            "",
            Size {
                width: 0.0,
                height: 0.0,
            },
        ));
        let spark = sparkline(
            one,
            Size {
                width: 120.0,
                height: 24.0,
            },
        );
        assert_eq!((spark.width, spark.height, spark.texts.len()), (120.0, 24.0, 0));
        assert_sound(&spark);
    }
    for width in [0.0, 800.0, 1200.0] {
        assert_sound(&sheet(
            &Sheet {
                title: "All".to_owned(),
                subtitle: "of them".to_owned(),
                charts: &all,
            },
            width,
        ));
    }
    assert_sound(&sheet(&Sheet::default(), 1200.0));
}

#[test]
fn charts_on_a_sheet_share_the_days_and_one_key() {
    let mut later = bare("", "", full().outlook.as_of);
    later.actuals = vec![value(2000, 3.0)];
    let scene = sheet(
        &Sheet {
            charts: &[full(), later],
            ..Sheet::default()
        },
        1200.0,
    );
    let words: Vec<String> = boxes(&scene).into_iter().map(|b| b.4).collect();
    let times = |word: &str| words.iter().filter(|w| *w == word).count();
    assert_eq!(times("measured"), 1, "one key: {words:?}");
    assert_eq!(times("2031"), 2, "both axes run to the last day of all: {words:?}");
}

#[test]
fn a_great_many_values_stay_a_small_file() {
    let mut many = bare("", "", day(20_000));
    many.actuals = (0..20_000).map(|i| value(i, ((i * 7919) % 1000) as f64)).collect();
    let scene = chart(&many, "", SLIDE);
    assert_sound(&scene);
    assert!(svg(&scene, Default::default()).len() < 60_000);
}

/// A number of any size, also of none.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        -100.0..100.0f64,
        0.0..1.0f64,
        (-1.0..1.0f64).prop_map(|v| v * 9e14),
        (-1.0..1.0f64).prop_map(|v| v * 1e-9),
        (0..100i32).prop_map(f64::from),
    ]
}

fn any_chart() -> impl Strategy<Value = Series<'static>> {
    let dated = |most: usize| {
        (proptest::collection::vec((0i64..3000, any_number()), 0..most), 1i64..40).prop_map(|(mut all, shrink)| {
            all.sort_by_key(|(n, _)| *n);
            all.into_iter().map(|(n, v)| value(n / shrink, v)).collect::<Vec<_>>()
        })
    };
    let unit = prop_oneof![
        Just(""),
        Just("%"),
        Just("% of bins"),
        Just("km"),
        Just("tonnes a year of all kinds")
    ];
    let optional = proptest::option::of((0i64..3000, any_number()));
    (dated(30), dated(5), dated(6), dated(6), optional, unit, any_number()).prop_map(
        |(actuals, targets, planned, forecast, other, unit, spread)| {
            let as_of = other.map_or(day(0), |(n, _)| day(n + 1));
            let mut series = bare("Something counted", unit, as_of);
            series.baseline = other.map(|(n, v)| value(n, v));
            series.undated_target = other.filter(|(n, _)| n % 3 == 0).map(|(_, v)| number(v / 2.0));
            series.planned = planned
                .into_iter()
                .map(|p| {
                    let v = p.value.to_f64();
                    let wide = (spread.abs() / 10.0).min(1e13);
                    PlannedPoint {
                        date: p.date,
                        value: Some(p.value),
                        amber: (p.value, number(v + wide)),
                        red: (number(v - wide), number(v + 2.0 * wide)),
                    }
                })
                .collect();
            series.forecast = forecast
                .into_iter()
                .map(|f| Forecast {
                    date: f.date,
                    value: f.value,
                    interval: Some((number(f.value.to_f64() - 1.0), number(f.value.to_f64() + 1.0))),
                })
                .collect();
            series.actuals = actuals;
            series.targets = targets;
            series.outlook.status = Status::OnTrack;
            series
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_series_has_a_sound_picture(one in any_chart(), width in 300.0..1400.0f64, height in 100.0..900.0f64) {
        assert_sound(&chart(&one, "", Size { width, height }));
        assert_sound(&sparkline(&one, Size { width: width / 8.0, height: height / 20.0 }));
    }

    #[test]
    fn any_sheet_is_sound(charts in proptest::collection::vec(any_chart(), 0..5), width in 300.0..1600.0f64) {
        assert_sound(&sheet(&Sheet { title: "All of them".to_owned(), subtitle: String::new(), charts: &charts }, width));
    }
}

#[test]
fn chart_zero_million_is_no_label_and_one_slip_of_the_keyboard_flattens_nothing() {
    let fees = |actuals: Vec<Observation>| {
        let mut series = bare("Legal fees", "\u{a3}", day(640));
        series.baseline = Some(value(0, 48_000.0));
        series.planned = [(0, 48_000.0), (1096, 30_000.0)]
            .map(|(n, v)| PlannedPoint {
                date: day(n),
                value: Some(number(v)),
                amber: (number(v), number(v)),
                red: (number(v), number(v * 1.1)),
            })
            .to_vec();
        series.targets = vec![value(1096, 30_000.0)];
        series.actuals = actuals;
        series
    };
    let slip = fees(vec![
        value(366, 45_000.0),
        value(457, 44_000_000.0),
        value(549, 42_500.0),
    ]);
    let narrow = Size {
        width: 420.0,
        height: 300.0,
    };
    // Where there is less room, the key names the baseline.
    let all = [
        "measured 42,500 \u{a3}",
        "target 30,000 \u{a3}",
        "baseline 48,000 \u{a3}",
    ];
    for (size, wanted) in [(SLIDE, &all[..]), (narrow, &all[..2])] {
        let scene = chart(&slip, "", size);
        assert_sound(&scene);
        let words: Vec<String> = boxes(&scene).into_iter().map(|b| b.4).collect();
        for wanted in wanted {
            assert!(words.iter().any(|word| word == wanted), "{wanted} among {words:?}");
        }
        // The axis is that of the others.
        assert!(words.iter().any(|word| word == "40,000"), "{words:?}");
        assert!(
            words.iter().any(|word| word.ends_with("outside the chart")),
            "{words:?}"
        );
        assert!(
            !words
                .iter()
                .any(|word| word.contains("million") && word.starts_with('0')),
            "{words:?}"
        );
        assert!(
            scene
                .description
                .contains("The value of 44,000,000 on 3 April 2027 lies far from all others")
        );
    }
    // Where most values are of that size, they are what the axis is for, and the small ones keep their digits.
    let wide = fees((1..5).map(|i| value(200 * i, 11_000_000.0 * i as f64)).collect());
    let words: Vec<String> = boxes(&chart(&wide, "", SLIDE)).into_iter().map(|b| b.4).collect();
    for wanted in ["measured 44 million", "target 30,000 \u{a3}"] {
        assert!(words.iter().any(|word| word == wanted), "{wanted} among {words:?}");
    }
}
