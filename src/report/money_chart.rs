//! An appraisal as charts: what `appraise` comes to under the names of the pictures.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::appraise::{Appraised, Distribution, OptionResult, Side};
use crate::chart::{
    CashFlow, FlowYear, MoneyBar, MoneyHead, MoneyLook, MoneyRow, MoneyRows, Spread, cash_flow, money_rows, spread,
};
use crate::finding::Subject;
use crate::graph::{BenefitGraph, GraphLink};
use crate::layout::LinkMoney;
use crate::map::{KpiId, NodeId};
use crate::scene::Scene;

use super::wording::Figures;

crate::map::words! {
    /// A chart of an appraisal.
    MoneyChart {
        /// Costs and benefits year by year, with what both have come to so far.
        CashFlow = "cash-flow",
        /// From the costs over the benefits to the net value.
        Waterfall = "waterfall",
        /// What each range does to the net value.
        Tornado = "tornado",
        /// How the net value spreads when all ranges are drawn.
        Distribution = "distribution",
    }
}

/// How many rows a chart has on each side; the others are one row together.
const MOST_ROWS: usize = 10;

fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// A figure of draws, in whole units.
fn whole(figures: Figures, value: f64) -> String {
    figures.money(Decimal::from_f64_retain(value).unwrap_or_default())
}

fn head(appraised: &Appraised, option: &OptionResult, title: &str, subtitle: String, description: String) -> MoneyHead {
    let title = match option.title.trim() {
        "" => title.to_owned(),
        name => format!("{title}: {name}"),
    };
    MoneyHead {
        title,
        subtitle,
        description,
        unit: appraised.currency.clone(),
        language: appraised.language,
    }
}

/// What every chart goes by, in words.
fn basis(appraised: &Appraised) -> String {
    let against = match appraised.compared_with {
        Some(_) => "business as usual",
        None => "doing nothing",
    };
    format!("Real prices of {}, compared with {against}", appraised.price_year)
}

/// Costs and benefits by year, not discounted, and their discounted sum so far.
pub fn flow(appraised: &Appraised, option: &OptionResult) -> Scene {
    let figures = Figures(appraised.language);
    let mut so_far = Decimal::ZERO;
    let years = option.years.iter().map(|year| {
        so_far = so_far.saturating_add(year.pv_benefit.saturating_sub(year.pv_cost));
        FlowYear {
            label: appraised.calendar.label(year.index as i64),
            cost: float(year.cost),
            benefit: float(year.benefit),
            so_far: float(so_far),
        }
    });
    let years: Vec<FlowYear> = years.collect();
    let paid = match option.payback {
        Some(year) => format!(
            "Benefits have paid costs back by {}, before discounting.",
            appraised.calendar.label(year)
        ),
        None => "Benefits do not pay costs back in these years, before discounting.".to_owned(),
    };
    let description = format!(
        "Costs and benefits of each year from {} to {}, and what they have come to so far, discounted. {paid} By the end the net value is {}.",
        years.first().map_or("", |year| year.label.as_str()),
        years.last().map_or("", |year| year.label.as_str()),
        figures.money(option.society.npsv)
    );
    cash_flow(&CashFlow {
        head: head(appraised, option, "Cash flow", basis(appraised), description),
        benefits: "benefits".to_owned(),
        costs: "costs".to_owned(),
        so_far: "net so far, discounted".to_owned(),
        years,
    })
}

/// What an option counts on one side: the largest present values, each with its name, and the rest as one. The costs of a box in
/// several years are one.
fn largest(appraised: &Appraised, option: &OptionResult, side: Side) -> Vec<(String, Decimal)> {
    let counted = option
        .counted
        .iter()
        .filter(|one| appraised.lines[one.line].side == side);
    let mut all: Vec<(String, Decimal)> = Vec::new();
    let mut places: HashMap<&Subject, usize> = HashMap::new();
    for one in counted {
        let line = &appraised.lines[one.line];
        let at = *places.entry(&line.subject).or_insert(all.len());
        if at == all.len() {
            // The title of a cost ends in its first year.
            let title = match side {
                Side::Cost => line
                    .title
                    .rsplit_once(", ")
                    .map_or(line.title.as_str(), |(title, _)| title),
                Side::Benefit => line.title.as_str(),
            };
            let title = match title.trim() {
                "" => line.subject.to_string(),
                title => title.to_owned(),
            };
            all.push((title, Decimal::ZERO));
        }
        all[at].1 = all[at].1.saturating_add(one.present);
    }
    all.retain(|(_, present)| !present.is_zero());
    all.sort_by_key(|(_, present)| std::cmp::Reverse(present.abs()));
    if all.len() > MOST_ROWS {
        let rest = all.split_off(MOST_ROWS - 1);
        let sum = rest
            .iter()
            .map(|(_, present)| *present)
            .fold(Decimal::ZERO, Decimal::saturating_add);
        let what = if side == Side::Cost { "costs" } else { "benefits" };
        all.push((format!("{} other {what}", rest.len()), sum));
    }
    all
}

/// From the present values of costs over those of benefits to the net value, step by step.
pub fn waterfall(appraised: &Appraised, option: &OptionResult) -> Scene {
    let figures = Figures(appraised.language);
    let mut rows = Vec::new();
    let mut at = Decimal::ZERO;
    for (side, look, sign) in [
        (Side::Cost, MoneyLook::Cost, Decimal::NEGATIVE_ONE),
        (Side::Benefit, MoneyLook::Benefit, Decimal::ONE),
    ] {
        for (title, present) in largest(appraised, option, side) {
            let change = present * sign;
            let next = at.saturating_add(change);
            rows.push(MoneyRow {
                title,
                bars: vec![MoneyBar {
                    from: float(at),
                    to: float(next),
                    look,
                }],
                figures: figures.money(change),
            });
            at = next;
        }
    }
    let total = &option.society;
    rows.push(MoneyRow {
        title: "Net present social value".to_owned(),
        bars: vec![MoneyBar {
            from: 0.0,
            to: float(total.npsv),
            look: MoneyLook::Total,
        }],
        figures: figures.money(total.npsv),
    });
    let description = format!(
        "Present values: costs of {} and benefits of {} come to a net value of {}. {}",
        figures.money(total.pvc),
        figures.money(total.pvb),
        figures.money(total.npsv),
        rows.iter()
            .map(|row| format!("{}: {}.", row.title, row.figures))
            .collect::<Vec<_>>()
            .join(" ")
    );
    money_rows(&MoneyRows {
        head: head(
            appraised,
            option,
            "From costs to net value",
            format!("Present values. {}", basis(appraised)),
            description,
        ),
        key: vec![
            (MoneyLook::Cost, "costs".to_owned()),
            (MoneyLook::Benefit, "benefits".to_owned()),
            (MoneyLook::Total, "net value".to_owned()),
        ],
        mark: None,
        rows,
    })
}

/// What each range does to the net value, the widest first; `None` where the option has no range.
pub fn tornado(appraised: &Appraised, option: &OptionResult) -> Option<Scene> {
    let figures = Figures(appraised.language);
    let all = appraised.sensitivities(option);
    if all.is_empty() {
        return None;
    }
    let base = option.society.npsv;
    let shown = &all[..all.len().min(MOST_ROWS + 2)];
    let rows: Vec<MoneyRow> = shown
        .iter()
        .map(|one| {
            let bar = |to: Decimal| MoneyBar {
                from: float(base),
                to: float(to),
                look: if to < base { MoneyLook::Cost } else { MoneyLook::Benefit },
            };
            MoneyRow {
                title: match one.title.trim() {
                    "" => one.subject.to_string(),
                    title => title.to_owned(),
                },
                bars: [one.at_low, one.at_high]
                    .into_iter()
                    .filter(|end| *end != base)
                    .map(bar)
                    .collect(),
                figures: format!(
                    "{} to {}",
                    figures.money(one.at_low.min(one.at_high)),
                    figures.money(one.at_low.max(one.at_high))
                ),
            }
        })
        .collect();
    let more = match all.len() - shown.len() {
        0 => String::new(),
        more => format!(" {more} narrower ranges are not shown."),
    };
    let description = format!(
        "The net value with every best guess is {}. With one range at a time at its ends it is: {}{more}",
        figures.money(base),
        rows.iter()
            .map(|row| format!("{}: {}.", row.title, row.figures))
            .collect::<Vec<_>>()
            .join(" ")
    );
    let subtitle = format!("Net value at the ends of one range at a time, all else at its best guess.{more}");
    Some(money_rows(&MoneyRows {
        head: head(appraised, option, "What moves the net value", subtitle, description),
        key: vec![
            (MoneyLook::Cost, "lower net value".to_owned()),
            (MoneyLook::Benefit, "higher net value".to_owned()),
        ],
        mark: Some((float(base), format!("every best guess: {}", figures.money(base)))),
        rows,
    }))
}

/// How the net value spreads in draws; `None` where the option has no range.
pub fn distribution(appraised: &Appraised, option: &OptionResult, drawn: &Distribution) -> Option<Scene> {
    let figures = Figures(appraised.language);
    if drawn.ranged == 0 {
        return None;
    }
    // A share that falls short of all is not rounded up to it, nor one that is some down to none.
    let percent = match drawn.below_zero * 100.0 {
        share if share > 0.0 && share < 1.0 => "less than 1%".to_owned(),
        share if share > 99.0 && share < 100.0 => "more than 99%".to_owned(),
        share => format!("{share:.0}%"),
    };
    let subtitle = format!(
        "{} draws from the seed {}, each range by itself: {percent} of them are below 0",
        appraised.language.digits(&drawn.draws.to_string()),
        drawn.seed
    );
    let [p10, p50, p90] = drawn.percentiles;
    let description = format!(
        "{subtitle}. One in ten is below {}, half are below {}, and nine in ten below {}. The mean is {}, and every best guess gives {}.",
        whole(figures, p10),
        whole(figures, p50),
        whole(figures, p90),
        whole(figures, drawn.mean),
        whole(figures, drawn.best_guess)
    );
    Some(spread(&Spread {
        head: head(
            appraised,
            option,
            "How the net value may turn out",
            subtitle,
            description,
        ),
        sides: ["net value below 0".to_owned(), "net value above 0".to_owned()],
        lowest: drawn.ends[0],
        highest: drawn.ends[1],
        counts: drawn.bins.clone(),
        marks: vec![
            (
                drawn.best_guess,
                format!("every best guess: {}", whole(figures, drawn.best_guess)),
            ),
            (drawn.mean, format!("mean of the draws: {}", whole(figures, drawn.mean))),
            (p10, format!("one draw in ten is lower: {}", whole(figures, p10))),
            (p90, format!("nine draws in ten are lower: {}", whole(figures, p90))),
        ],
    }))
}

/// What the benefits that each link of the map leads to are worth in an option: present values, each counted whole on every link that
/// leads to it, as a map does not say how a benefit is shared out. Where a link states a contribution, the words have that share of it
/// beside the whole. Losses count by their size.
pub fn link_money(
    graph: &BenefitGraph<'_>,
    appraised: &Appraised,
    option: &OptionResult,
) -> BTreeMap<(NodeId, NodeId), LinkMoney> {
    let figures = Figures(appraised.language);
    let map = graph.map();
    let mut behind = vec![Decimal::ZERO; graph.len()];
    let nodes: HashMap<&KpiId, &NodeId> = map.kpis.iter().map(|kpi| (&kpi.id, &kpi.node)).collect();
    for one in &option.counted {
        let Subject::Kpi(id) = &appraised.lines[one.line].subject else {
            continue;
        };
        let Some(ix) = nodes.get(id).and_then(|node| graph.find(node.as_str())) else {
            continue;
        };
        for above in graph.upstream(ix).iter() {
            let had = &mut behind[above.index()];
            *had = had.saturating_add(one.present.abs());
        }
    }
    let links = || graph.links().iter().filter(|link| link.flows());
    let most = links().map(|link| behind[link.to.index()]).max().unwrap_or_default();
    let worth = |link: &GraphLink<'_>| {
        let whole = behind[link.to.index()];
        let share = whole.checked_div(most).filter(|_| !whole.is_zero())?;
        let unit = match appraised.currency.trim() {
            "" => String::new(),
            unit => format!(" {unit}"),
        };
        let words = match link.link.contribution {
            Some(part) => {
                let part = whole.saturating_mul(part.decimal());
                format!(
                    "Leads to benefits worth between {} (its share) and {}{unit} (all of it).",
                    figures.money(part),
                    figures.money(whole)
                )
            }
            None => format!("Leads to benefits worth {}{unit}.", figures.money(whole)),
        };
        Some(LinkMoney {
            share: float(share),
            words,
            figure: format!("{}{unit}", figures.money(whole)),
        })
    };
    links()
        .filter_map(|link| Some(((link.link.from.clone(), link.link.to.clone()), worth(link)?)))
        .collect()
}
