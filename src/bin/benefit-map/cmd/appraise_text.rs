//! An appraisal in words and figures for a terminal.

use benefit_map::appraise::shown::{factor, figure, input, money, ratio};
use benefit_map::appraise::{
    Appraised, Assumption, Behind, Branch, Distribution, INDEPENDENCE, OptionResult, Scenario, Sensitivity, Side,
    Switching, ValueSoFar, Weighting,
};
use benefit_map::map::{Day, OptionKind, difference_with_unit, with_unit};

use crate::cmd::tables::counted;
use crate::page::{Page, words};

/// How sure the results are, and who is behind them.
pub struct Sure {
    /// By option.
    pub scenarios: Vec<Vec<Scenario>>,
    /// By option, investment by investment.
    pub behind: Vec<Vec<Behind>>,
    /// How many draws, and their seed.
    pub drawn: Option<(usize, u64)>,
    /// What benefits were worth up to a day, where measurements were given.
    pub so_far: Option<(Day, Vec<ValueSoFar>)>,
}

impl Sure {
    /// The draws of an option, where they are wanted.
    pub fn distribution(&self, appraised: &Appraised, option: &OptionResult) -> Option<Distribution> {
        let (draws, seed) = self.drawn?;
        Some(appraised.draw(option, draws, seed))
    }
}

/// A right-aligned column of figures.
fn right(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

pub fn text(appraised: &Appraised, sure: &Sure, option: Option<&str>) -> Page {
    let mut page = Page::default();
    let calendar = &appraised.calendar;
    let last = calendar.label(calendar.len() as i64 - 1);
    let currency = match words(&appraised.currency) {
        empty if empty.is_empty() => "units of money (the map names no currency)".to_owned(),
        currency => currency,
    };
    page.line(format!(
        "Appraisal from {} to {last}, in {currency}, real prices of {}",
        calendar.label(0),
        appraised.price_year
    ));
    page.line(rates_line(appraised));
    page.line(match &appraised.compared_with {
        Some(id) => format!("Every option is compared with business as usual (`{}`).", words(id)),
        None => {
            "The map has no option for business as usual, so every option is compared with doing nothing.".to_owned()
        }
    });
    page.gap();
    summary(appraised, option, &mut page);
    if let Some(weighting) = &appraised.weighting {
        weights(weighting, &mut page);
    }
    let options = appraised.options.iter().zip(&sure.behind).zip(&sure.scenarios);
    for ((one, behind), scenarios) in options {
        let wanted = match option {
            Some(id) => one.id == id,
            None => one.kind != OptionKind::BusinessAsUsual,
        };
        if wanted {
            of_option(appraised, (one, behind), &mut page);
            how_sure(appraised, sure, (one, scenarios), &mut page);
        }
    }
    if let Some((as_of, values)) = &sure.so_far {
        so_far(*as_of, values, &mut page);
    }
    page.gap();
    page.line("Present values use factors that are not rounded; factors are shown to four places.");
    page.line("Source of every figure: `benefit-map appraise MAP --explain npsv`.");
    page
}

/// Planned, achieved and forecast values side by side.
fn so_far(as_of: Day, values: &[ValueSoFar], page: &mut Page) {
    page.gap();
    page.line(format!(
        "Value of benefits as of {}, not discounted: planned and achieved so far, planned and forecast over all years",
        as_of.spelled()
    ));
    let heads = ["planned so far", "achieved so far", "planned", "forecast"];
    let heads: String = heads.iter().map(|head| right(head, FIGURE + 2)).collect();
    page.line(format!("{:<NAME$}{heads}", ""));
    let maybe = |value: Option<rust_decimal::Decimal>| value.map_or("n/a".to_owned(), money);
    for one in values {
        let figures = [
            maybe(one.planned_so_far),
            maybe(one.achieved_so_far),
            money(one.planned),
            maybe(one.forecast),
        ];
        let figures: String = figures.iter().map(|text| right(text, FIGURE + 2)).collect();
        page.line(format!("{:<NAME$}{figures}", clipped(&one.title)));
    }
    page.line("n/a: nothing was measured, measured values have no trend, or the map states amounts by year.");
}

fn rates_line(appraised: &Appraised) -> String {
    let table = &appraised.rates;
    let edition = match table.edition.as_str() {
        "" => String::new(),
        edition => format!(", edition {}", words(edition)),
    };
    let source = match words(&table.source) {
        source if source.is_empty() => String::new(),
        source => format!(" ({source})"),
    };
    format!("Discount rates: `{}`{edition}{source}", words(&table.name))
}

/// The head of a table of figures, and where its columns begin.
const NAME: usize = 34;
const FIGURE: usize = 16;

fn summary(appraised: &Appraised, option: Option<&str>, page: &mut Page) {
    let heads = ["costs (PVC)", "benefits (PVB)", "net value (NPSV)", "ratio (BCR)"];
    let heads: String = heads.iter().map(|head| right(head, FIGURE + 2)).collect();
    page.line(format!("{:<NAME$}{heads}", "Present values"));
    for one in appraised
        .options
        .iter()
        .filter(|one| option.is_none_or(|id| one.id == id))
    {
        let total = &one.society;
        let figures = [money(total.pvc), money(total.pvb), money(total.npsv), ratio(total.bcr)];
        let figures: String = figures.iter().map(|text| right(text, FIGURE + 2)).collect();
        page.line(format!("{:<NAME$}{figures}", clipped(&one.title)));
    }
}

fn clipped(title: &str) -> String {
    let title = words(title);
    match title.chars().count() < NAME {
        true => title,
        false => format!("{}…", title.chars().take(NAME - 2).collect::<String>().trim_end()),
    }
}

fn of_option(appraised: &Appraised, (one, behind): (&OptionResult, &[Behind]), page: &mut Page) {
    page.gap();
    page.line(format!("{} (`{}`)", words(&one.title), words(&one.id)));
    let public = &one.public_sector;
    page.line(format!(
        "  Public sector only: costs {}, benefits {}, net value {}, ratio {}",
        money(public.pvc),
        money(public.pvb),
        money(public.npsv),
        ratio(public.bcr)
    ));
    if let Some(line) = weighted(appraised, one) {
        page.line(line);
    }
    if let Some(bands) = appraised.bands {
        let band = one
            .society
            .bcr
            .map_or("none, because nothing is paid", |ratio| bands.of(ratio));
        page.line(format!("  Value for money: {band} ({})", bands.source()));
    }
    page.line(match one.payback {
        Some(year) => format!("  Paid back in {}, before discounting", appraised.calendar.label(year)),
        None => "  Not paid back within the years of the appraisal, before discounting".to_owned(),
    });
    page.gap();
    years(appraised, one, page);
    lines(appraised, one, page);
    by_investment(behind, page);
    unmonetised(one, page);
    switching(&one.switching, page);
}

/// The results with weights, which never take the place of those above them.
fn weighted(appraised: &Appraised, one: &OptionResult) -> Option<String> {
    let total = one.weighted.as_ref()?;
    let (said, all) = appraised.with_groups(one);
    Some(format!(
        "  Weighted by who gains: benefits {}, net value {}, ratio {} ({said} of {} which groups gain)",
        money(total.pvb),
        money(total.npsv),
        ratio(total.bcr),
        match all {
            1 => "1 benefit says".to_owned(),
            all => format!("{} say", counted(all, "benefit", "benefits")),
        }
    ))
}

/// The groups of people and their weights.
fn weights(weighting: &Weighting, page: &mut Page) {
    page.gap();
    let source = match words(&weighting.source) {
        source if source.is_empty() => "no source in the map".to_owned(),
        source => source,
    };
    page.line(format!("Weights by who gains ({source})"));
    for group in &weighting.groups {
        let of = match (group.income, weighting.median_income) {
            (Some(income), Some(median)) => format!(
                " = ({} ÷ {}) to the power of {}",
                money(median),
                money(income),
                weighting.elasticity.normalize()
            ),
            _ => String::new(),
        };
        page.line(format!(
            "  {:<width$}  {}{of}",
            clipped(&group.name),
            factor(group.weight),
            width = NAME
        ));
    }
    page.line("  What no group has counts once, and so do costs.");
}

fn years(appraised: &Appraised, one: &OptionResult, page: &mut Page) {
    let widths = [9, 8, 15, 15, 15, 15];
    let row = |cells: [String; 6]| -> String {
        let cells = cells.iter().zip(widths).map(|(cell, width)| right(cell, width));
        format!("  {}", cells.collect::<Vec<_>>().join(" "))
    };
    page.line(row([
        "year",
        "factor",
        "cost",
        "benefit",
        "PV of cost",
        "PV of benefit",
    ]
    .map(str::to_owned)));
    let mut quiet = 0;
    for year in &one.years {
        if year.cost.is_zero() && year.benefit.is_zero() {
            quiet += 1;
            continue;
        }
        page.line(row([
            appraised.calendar.label(year.index as i64),
            factor(year.factor),
            money(year.cost),
            money(year.benefit),
            money(year.pv_cost),
            money(year.pv_benefit),
        ]));
    }
    let total = &one.society;
    page.line(row([
        "all years".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        money(total.pvc),
        money(total.pvb),
    ]));
    if quiet > 0 {
        page.line(format!(
            "  ({} with neither cost nor benefit not shown)",
            counted(quiet, "year", "years")
        ));
    }
}

fn lines(appraised: &Appraised, one: &OptionResult, page: &mut Page) {
    for (side, head) in [
        (Side::Benefit, "Benefits, present value"),
        (Side::Cost, "Costs, present value"),
    ] {
        let counted = one.counted.iter().filter(|one| appraised.lines[one.line].side == side);
        let rows: Vec<String> = counted
            .map(|counted| {
                let line = &appraised.lines[counted.line];
                let sort = match (line.class, line.kind) {
                    (Some(class), _) => class.to_string(),
                    (_, Some(kind)) => kind.to_string(),
                    _ => "no class".to_owned(),
                };
                let title = match words(&line.title) {
                    title if title.is_empty() => words(&line.subject.to_string()),
                    title => title,
                };
                format!("  {}  {title} [{sort}]", right(&money(counted.present), FIGURE))
            })
            .collect();
        if !rows.is_empty() {
            page.gap();
            page.line(format!("  {head}"));
            rows.iter().for_each(|row| page.line(row));
        }
    }
}

/// What each investment is behind; left out where there are not several to share a value.
fn by_investment(all: &[Behind], page: &mut Page) {
    let sides = [
        (
            "Benefits by investment, present value",
            all.iter().map(|one| one.gains).collect::<Vec<_>>(),
        ),
        (
            "Losses by investment, present value",
            all.iter().map(|one| one.losses).collect(),
        ),
    ];
    let shown: Vec<_> = sides
        .into_iter()
        .filter(|(_, parts)| all.len() > 1 && parts.iter().any(|part| part.values > 0))
        .collect();
    for (head, parts) in &shown {
        page.gap();
        let heads: String = ["its share", "all of it"]
            .iter()
            .map(|head| right(head, FIGURE + 2))
            .collect();
        page.line(format!("{:<width$}{heads}", format!("  {head}"), width = NAME + 6));
        for (one, part) in all.iter().zip(parts) {
            let figures = [part.share.map_or("not stated".to_owned(), money), money(part.all)];
            let figures: String = figures.iter().map(|text| right(text, FIGURE + 2)).collect();
            page.line(format!(
                "    {:<width$}{figures}",
                clipped(&one.title),
                width = NAME + 2
            ));
        }
    }
    if !shown.is_empty() {
        page.line(
            "    What an investment is worth lies between the two. All of a value counts at each investment behind it.",
        );
    }
}

fn unmonetised(one: &OptionResult, page: &mut Page) {
    if one.unmonetised.is_empty() {
        return;
    }
    page.gap();
    page.line("  Benefits without a value in money: read the figures above beside them");
    for benefit in &one.unmonetised {
        let measure = match words(&benefit.measure) {
            measure if measure.is_empty() => "no KPI".to_owned(),
            measure => measure,
        };
        let unit = words(&benefit.unit);
        let change = match benefit.in_last_year {
            Some(change) => format!(
                ", planned change in the last year {}",
                difference_with_unit(&figure(change, 1), &unit)
            ),
            None => String::new(),
        };
        let quantity = match benefit.quantity {
            Some(quantity) => format!(", {} over all years", with_unit(&figure(quantity, 1), &unit)),
            None => String::new(),
        };
        let cost = match benefit.cost_per_unit {
            Some(cost) => format!(", {} of all costs for each", figure(cost, 2)),
            None => String::new(),
        };
        page.line(format!(
            "    {}: {measure}{change}{quantity}{cost}",
            words(&benefit.title)
        ));
    }
}

/// How many switching values are shown: those nearest to what the map says.
const NEAREST: usize = 8;

fn switching(all: &[Switching], page: &mut Page) {
    let mut possible: Vec<&Switching> = all
        .iter()
        .filter(|one| one.is_possible && one.change_percent.is_some())
        .collect();
    possible.sort_by_key(|one| one.change_percent.map(|change| change.abs()));
    if possible.is_empty() {
        return;
    }
    page.gap();
    page.line("  Switching values: what would make the net value 0, the nearest first");
    for one in possible.iter().take(NEAREST) {
        let of = match words(&one.title) {
            title if title.is_empty() => String::new(),
            title => format!(" of {title}"),
        };
        let change = one.change_percent.unwrap_or_default();
        let sign = if change.is_sign_negative() { "" } else { "+" };
        page.line(format!(
            "    {}{of}: {} instead of {} ({sign}{}%)",
            one.input,
            input(one.value, one.unit),
            input(one.base, one.unit),
            figure(change, 1)
        ));
    }
    if possible.len() > NEAREST {
        let more = counted(possible.len() - NEAREST, "more", "more");
        page.line(format!("    {more}: see --format json"));
    }
}

/// How many ranges are shown: those that move the net value most.
const WIDEST: usize = 8;

fn how_sure(appraised: &Appraised, sure: &Sure, (one, scenarios): (&OptionResult, &[Scenario]), page: &mut Page) {
    page.gap();
    page.line("  Scenarios: net value, and ratio");
    for scenario in scenarios {
        let phrase = scenario.assumes.phrase();
        let name = match scenario.assumes {
            word @ (Assumption::Central | Assumption::Low | Assumption::High) => format!("{word}: {phrase}"),
            _ => phrase.to_owned(),
        };
        let total = &scenario.total;
        page.line(format!(
            "  {}  {}  {name}",
            right(&money(total.npsv), FIGURE),
            right(&ratio(total.bcr), 6)
        ));
    }
    let ranges: Vec<Sensitivity> = appraised.sensitivities(one);
    if !ranges.is_empty() {
        page.gap();
        page.line("  One range at a time: net value at the low and the high end, the widest first");
        for range in ranges.iter().take(WIDEST) {
            page.line(format!(
                "  {} {}  {}",
                right(&money(range.at_low), FIGURE),
                right(&money(range.at_high), FIGURE),
                words(&range.title)
            ));
        }
    }
    let Some(drawn) = sure.distribution(appraised, one) else {
        return;
    };
    let amount = |value: f64| money(rust_decimal::Decimal::from_f64_retain(value).unwrap_or_default());
    page.gap();
    page.line(format!(
        "  {} from the seed {}, {} with a range",
        counted(drawn.draws, "draw", "draws"),
        drawn.seed,
        counted(drawn.ranged, "cost or benefit", "costs and benefits")
    ));
    for (value, name) in [
        (amount(drawn.best_guess), "net value with every best guess"),
        (amount(drawn.mean), "mean of the draws"),
        (amount(drawn.deviation), "standard deviation"),
        (amount(drawn.percentiles[0]), "one draw in ten is lower"),
        (amount(drawn.percentiles[1]), "half of the draws are lower"),
        (amount(drawn.percentiles[2]), "nine draws in ten are lower"),
    ] {
        page.line(format!("  {}  {name}", right(&value, FIGURE)));
    }
    page.line(format!(
        "  {:.1}% of the draws have a net value below 0.",
        drawn.below_zero * 100.0
    ));
    page.line(format!("  {INDEPENDENCE}"));
}

pub fn explained(appraised: &Appraised, option: &OptionResult, tree: &Branch) -> Page {
    let mut page = Page::default();
    page.line(format!("{} (`{}`)", words(&option.title), words(&option.id)));
    page.line(rates_line(appraised));
    page.gap();
    branch(tree, 0, &mut page);
    page
}

fn branch(tree: &Branch, depth: usize, page: &mut Page) {
    let mut line = format!("{}{}", "  ".repeat(depth), words(&tree.what));
    if !tree.figure.is_empty() {
        line.push_str(&format!(": {}", words(&tree.figure)));
    }
    if !tree.source.is_empty() {
        line.push_str(&format!(" [source: {}]", words(&tree.source)));
    }
    page.line(line);
    for below in &tree.below {
        branch(below, depth + 1, page);
    }
}
