//! BM418: targets that are reached already, or never.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::{Day, Direction, Number};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM418",
    slug: "target-promises-nothing",
    family: Family::Tracking,
    summary: "a target that is its baseline, is easier than an earlier one, or is beyond what its unit allows",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 target promises nothing", "# targets promise nothing"),
    page: include_str!("../../../docs/rules/target-promises-nothing.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis().filter(|kpi| !kpi.kpi.targets.is_empty()) {
        if let Some(fault) = beyond(&kpi).or_else(|| as_before(&kpi)).or_else(|| easier(&kpi)) {
            sink.push(fault.field("targets"));
        }
    }
}

/// A last target that is the baseline itself, where the KPI is to move.
fn as_before(kpi: &KpiAt<'_>) -> Option<Fault> {
    let direction = kpi.kpi.direction.filter(|way| *way != Direction::Maintain)?;
    let (baseline, target) = (kpi.kpi.baseline?, kpi.kpi.final_target()?);
    (target.value == baseline.value).then(|| {
        let message = format!(
            "{} is to {direction}, and its {} is the baseline, {}: it is reached on the first day",
            kpi.name(),
            if kpi.kpi.targets.len() == 1 { "target" } else { "last target" },
            kpi.kpi.amount(baseline.value)
        );
        kpi.fault(message)
            .help("promise a value that is better than the baseline; where it is only to be kept, make the direction `maintain`")
    })
}

/// A later target that is easier than an earlier one. One on the wrong side of the baseline is told by another rule.
fn easier(kpi: &KpiAt<'_>) -> Option<Fault> {
    let direction = kpi.kpi.direction.filter(|way| *way != Direction::Maintain)?;
    let easier = |a: Number, b: Number| match direction {
        Direction::Decrease => a > b,
        _ => a < b,
    };
    let sound = |value: Number| kpi.kpi.baseline.is_none_or(|baseline| !easier(value, baseline.value));
    let dated = kpi
        .kpi
        .targets
        .iter()
        .filter_map(|target| Some((target.date?, target.value)));
    let mut dated: Vec<(Day, Number)> = dated.filter(|(_, value)| sound(*value)).collect();
    dated.sort_by_key(|(day, _)| *day);
    let at = dated
        .windows(2)
        .position(|pair| pair[0].0 < pair[1].0 && easier(pair[1].1, pair[0].1))?;
    let ((early, first), (late, second)) = (dated[at], dated[at + 1]);
    let message = format!(
        "{} is to {direction}, and its target for {late}, {}, is easier than that for {early}, {}",
        kpi.name(),
        kpi.kpi.amount(second),
        kpi.kpi.amount(first)
    );
    Some(
        kpi.fault(message)
            .help("correct one of the two targets, or the direction"),
    )
}

/// A target that no value of the unit can reach.
fn beyond(kpi: &KpiAt<'_>) -> Option<Fault> {
    let (lowest, highest) = range(&kpi.kpi.unit, &kpi.kpi.title)?;
    let outside = |value: Number| value < lowest || value > highest;
    // Where it stood outside before, the unit means something else.
    if kpi.kpi.baseline.is_some_and(|baseline| outside(baseline.value)) {
        return None;
    }
    let target = kpi.kpi.targets.iter().find(|target| outside(target.value))?;
    let message = format!(
        "the target of {}, {}, can never be reached: in `{}` values run from {lowest} to {highest}",
        kpi.name(),
        kpi.kpi.amount(target.value),
        kpi.kpi.unit.trim()
    );
    Some(
        kpi.fault(message)
            .help("correct the target, or say in the unit what it is a share of, such as `% of the 2024 level`"),
    )
}

/// Between which values all figures of a unit must lie; `None` where that is not known for certain.
fn range(unit: &str, title: &str) -> Option<(Number, Number)> {
    let unit = unit.trim().to_lowercase();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let in_unit = words(&unit);
    let mut signs = ["%", "percentage", "percent", "per cent"].iter();
    let of_what = signs.find_map(|sign| unit.strip_prefix(sign)).map(str::trim_start);
    if let Some(of_what) = of_what {
        let year =
            |word: &String| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
        let passes = |word: &String| year(word) || MAY_PASS_ALL.iter().any(|known| is_form_of(word, known));
        // `% of homes` says by itself what the whole is; of `%` alone the title does.
        let bounded = if of_what.is_empty() {
            !words(&title.to_lowercase()).iter().any(passes)
        } else {
            (of_what.starts_with("of ") || of_what.starts_with(['(', ',', ';'])) && !in_unit.iter().any(passes)
        };
        return bounded.then(|| (Number::ZERO, Number::from(100)));
    }
    if let ["share" | "proportion" | "fraction"] = in_unit.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return Some((Number::ZERO, Number::ONE));
    }
    scale(&in_unit)
}

/// Whether the word is the known one, in the plural or, where that is long enough, with another ending.
fn is_form_of(word: &str, known: &str) -> bool {
    let rest = word.strip_prefix(known);
    rest.is_some_and(|rest| rest.is_empty() || rest == "s" || known.len() > 5)
}

/// `out of 10`, `score out of 5`, `points, 0 to 100`, `1-5`.
fn scale(words: &[String]) -> Option<(Number, Number)> {
    let whole = |word: &String| word.parse::<u16>().ok();
    let numbers: Vec<i32> = words.iter().filter_map(whole).map(i32::from).collect();
    let of_a_scale = |word: &String| SCALES.contains(&word.as_str());
    let only_the_scale = words.iter().all(|word| whole(word).is_some() || of_a_scale(word));
    match numbers[..] {
        [most] if most > 0 && only_the_scale && words.windows(2).any(|two| two[0] == "out" && two[1] == "of") => {
            Some((Number::ZERO, Number::from(most)))
        }
        [least, most] if least < most && only_the_scale => Some((Number::from(least), Number::from(most))),
        _ => None,
    }
}

/// Words of a scale beside its ends.
const SCALES: &[&str] = &[
    "a", "average", "from", "grade", "mean", "of", "on", "out", "point", "points", "rating", "scale", "score",
    "scores", "star", "stars", "the", "to",
];

/// Words that make of a percentage one which may pass 100 or be below 0; the longer ones with any ending.
const MAY_PASS_ALL: &[&str] = &[
    "against",
    "base",
    "baseline",
    "benchmark",
    "budget",
    "budgeted",
    "capacit",
    "change",
    "compar",
    "cost",
    "coverage",
    "decline",
    "decrease",
    "deliver",
    "demand",
    "difference",
    "drop",
    "enrolment",
    "enrollment",
    "expect",
    "fall",
    "forecast",
    "gain",
    "gdp",
    "gross",
    "growth",
    "improve",
    "income",
    "increase",
    "index",
    "inflation",
    "level",
    "load",
    "loss",
    "margin",
    "markup",
    "net",
    "norm",
    "normal",
    "occupan",
    "original",
    "output",
    "performance",
    "plan",
    "planned",
    "previous",
    "price",
    "productiv",
    "profit",
    "ratio",
    "real",
    "reduction",
    "relative",
    "return",
    "rise",
    "roi",
    "saving",
    "supply",
    "target",
    "trend",
    "turnover",
    "uplift",
    "usage",
    "usual",
    "utilisation",
    "utilization",
    "variance",
    "variation",
    "versus",
    "vs",
    "yield",
];

#[cfg(test)]
mod tests {
    use super::range;

    fn most(unit: &str, title: &str) -> Option<(String, String)> {
        range(unit, title).map(|(least, most)| (least.to_string(), most.to_string()))
    }

    #[test]
    fn a_share_cannot_pass_its_whole() {
        for unit in [
            "%",
            "% of network users",
            "% of residents",
            "per cent",
            "percent of households",
            "Percentage",
            "% (of homes)",
        ] {
            assert_eq!(
                most(unit, "Homes insulated"),
                Some(("0".into(), "100".into())),
                "{unit}"
            );
        }
        assert_eq!(most("share", ""), Some(("0".into(), "1".into())));
        for unit in ["out of 10", "score out of 10"] {
            assert_eq!(most(unit, ""), Some(("0".into(), "10".into())), "{unit}");
        }
        for unit in ["1 to 5", "score, 1-5", "points on a scale from 1 to 5"] {
            assert_eq!(most(unit, ""), Some(("1".into(), "5".into())), "{unit}");
        }
    }

    #[test]
    fn what_may_pass_a_hundred_has_no_bound() {
        for (unit, title) in [
            ("% change", "Footfall"),
            ("% of baseline", "Visits"),
            ("% of the 2019 level", "Emissions"),
            ("%", "Growth in turnover"),
            ("%", "Bed occupancy"),
            ("% year on year", "Visits"),
            ("percentage points", "Gap in attainment"),
            ("%", "Increase in yields"),
            ("% of planned output", "Homes built"),
            ("%, change on the year", "Visits"),
            ("visits", "Visits"),
            ("children aged 0 to 5", "Children reached"),
            ("per 100,000", "Missed collections"),
            ("days of 7", "Open days"),
            ("", ""),
        ] {
            assert_eq!(most(unit, title), None, "{unit} {title}");
        }
    }
}
