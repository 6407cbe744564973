//! `appraise`: what a map costs and what its benefits are worth.

use anyhow::{Context, Result, bail};
use benefit_map::appraise::shown::{factor, figure, input, money, ratio};
use benefit_map::appraise::{
    Appraised, Assumed, Branch, Distribution, Error, INDEPENDENCE, OptionResult, RateTable, Scenario, Sensitivity,
    Side, Switching, ValueSoFar, appraise, scenarios, scenarios_value, sensitivities_value, values_so_far,
    values_so_far_value,
};
use benefit_map::escape::json::pretty;
use benefit_map::file::Document;
use benefit_map::finding::Whereabouts;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{Day, OptionKind, difference_with_unit, with_unit};
use benefit_map::report::money_chart::{self, MoneyChart};
use benefit_map::scene::Scene;
use benefit_map::table;

use crate::args::{Appraise, AppraiseFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::picture::{self, PictureFormat, Replace, Wanted};
use crate::{Verdict, io, measured, output};

pub fn run(args: &Appraise, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    if let Some(book) = &args.verify {
        return super::verify::run(args, book, files, terminal);
    }
    let output = output::of("the appraisal", args.format, args.output.as_deref())?;
    if args.bands.is_some() && !matches!(output.format, AppraiseFormat::Text | AppraiseFormat::Json) {
        bail!("only text and JSON say a band: leave out --bands, or choose `--format text` or `--format json`");
    }
    let document = files.map(&args.map)?;
    let graph = BenefitGraph::new(&document.map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let mut assumed = Assumed::default();
    assumed.rates = args.rates.as_deref().map(|name| rates_of(name, files)).transpose()?;
    assumed.bands = args.bands;
    let appraised = appraise(&graph, &assumed).map_err(|why| told(&why, &document))?;
    let option = args.option.as_deref();
    let chosen = match option {
        Some(id) => Some(appraised.option(id)?),
        None => appraised.preferred(),
    };
    let as_of = io::day_or_today(args.as_of)?;
    let measurements = measured::read_named(&args.measured, &document.map, as_of, files, terminal)?;
    let so_far = measurements
        .as_ref()
        .map(|known| values_so_far(&graph, known, as_of, &assumed))
        .transpose()?;
    let sure = Sure {
        // Only text and JSON show scenarios.
        scenarios: match output.format {
            AppraiseFormat::Text | AppraiseFormat::Json => scenarios(&graph, &assumed, &appraised)?,
            _ => Vec::new(),
        },
        drawn: args.draws.map(|draws| (draws, args.seed)),
        so_far: so_far.map(|values| (as_of, values)),
    };
    if let Some(format) = pictured(output.format) {
        let chosen = chosen.ok_or(Error::NoAppraisal)?;
        let scenes = charts(args, &appraised, chosen)?;
        let wanted = Wanted {
            format,
            theme: args.theme,
            pixels: args.pixels,
            replace: Replace::No,
        };
        let what = counted(scenes.len(), "chart", "charts");
        picture::write(&scenes, &wanted, (&output.place, &what), files, terminal)?;
        return Ok(Verdict::Clean);
    }
    if !args.chart.is_empty() {
        bail!("only a picture shows a chart: leave out --chart, or name an output that ends in .svg, .png or .pdf");
    }
    if args.pixels.scale.is_some() || args.pixels.dpi.is_some() {
        bail!("only a PNG has pixels: leave out --scale and --dpi, or name an output that ends in .png");
    }
    let bytes = match (args.explain, chosen, output.format) {
        (Some(what), Some(chosen), _) => {
            explained(&appraised, chosen, &appraised.explain(chosen, what)).written(&output.place)
        }
        (_, _, AppraiseFormat::Text) => text(&appraised, &sure, option).written(&output.place),
        (_, _, AppraiseFormat::Json) => json(&appraised, &sure, option).into_bytes(),
        (_, _, AppraiseFormat::Xlsx) => table::xlsx::appraisal(&document.map.title, &appraised)?,
        // Pictures are written above.
        (_, _, AppraiseFormat::Svg | AppraiseFormat::Png | AppraiseFormat::Pdf) => Vec::new(),
        (_, _, AppraiseFormat::Csv) => table::csv::write(&table::appraise::appraisal(&appraised, option)),
    };
    let what = counted(option.map_or(appraised.options.len(), |_| 1), "option", "options");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(args.measured.verdict(measurements.as_ref()))
}

/// The picture that an appraisal is to be written as; `None` where it is to be written in words or figures.
fn pictured(format: AppraiseFormat) -> Option<PictureFormat> {
    match format {
        AppraiseFormat::Svg => Some(PictureFormat::Svg),
        AppraiseFormat::Png => Some(PictureFormat::Png),
        AppraiseFormat::Pdf => Some(PictureFormat::Pdf),
        _ => None,
    }
}

/// How many draws a distribution is made of where nobody says.
const DRAWS: usize = 10_000;

/// The charts that are asked for, each once.
fn charts(args: &Appraise, appraised: &Appraised, option: &OptionResult) -> Result<Vec<Scene>> {
    if args.explain.is_some() {
        bail!("--explain prints text: leave it out, or name an output that ends in .txt");
    }
    let mut asked = args.chart.clone();
    if asked.is_empty() {
        asked.push(MoneyChart::CashFlow);
    }
    let mut done = Vec::new();
    let mut scenes = Vec::new();
    for chart in asked {
        if done.contains(&chart) {
            continue;
        }
        done.push(chart);
        let scene = match chart {
            MoneyChart::CashFlow => Some(money_chart::flow(appraised, option)),
            MoneyChart::Waterfall => Some(money_chart::waterfall(appraised, option)),
            MoneyChart::Tornado => money_chart::tornado(appraised, option),
            MoneyChart::Distribution => {
                let drawn = appraised.draw(option, args.draws.unwrap_or(DRAWS), args.seed);
                money_chart::distribution(appraised, option, &drawn)
            }
        };
        let Some(scene) = scene else {
            bail!(
                "no cost and no value of the option `{}` has a `range`, so the chart `{chart}` has nothing to show: add ranges to the map, or choose \
                 another --chart",
                option.id
            );
        };
        scenes.push(scene);
    }
    Ok(scenes)
}

/// How sure the results are.
struct Sure {
    /// By option.
    scenarios: Vec<Vec<Scenario>>,
    /// How many draws, and their seed.
    drawn: Option<(usize, u64)>,
    /// What benefits were worth up to a day, where measurements were given.
    so_far: Option<(Day, Vec<ValueSoFar>)>,
}

impl Sure {
    /// The draws of an option, where they are wanted.
    fn distribution(&self, appraised: &Appraised, option: &OptionResult) -> Option<Distribution> {
        let (draws, seed) = self.drawn?;
        Some(appraised.draw(option, draws, seed))
    }
}

/// The appraisal for programs, with how sure each option is beside what it comes to.
fn json(appraised: &Appraised, sure: &Sure, option: Option<&str>) -> String {
    let mut whole = appraised.as_value(option);
    let wanted = appraised.options.iter().zip(&sure.scenarios);
    let wanted = wanted.filter(|(one, _)| option.is_none_or(|id| one.id == id));
    if let Some(values) = whole["options"].as_array_mut() {
        for (value, (one, scenarios)) in values.iter_mut().zip(wanted) {
            value["scenarios"] = scenarios_value(scenarios);
            value["sensitivities"] = sensitivities_value(&appraised.sensitivities(one));
            if let Some(drawn) = sure.distribution(appraised, one) {
                value["distribution"] = drawn.as_value();
            }
        }
    }
    if let Some((as_of, values)) = &sure.so_far {
        whole["as_of"] = as_of.to_string().into();
        whole["values_so_far"] = values_so_far_value(values);
    }
    pretty(&whole)
}

/// The rates of that name, else those in a file of that name.
pub fn rates_of(name: &str, files: &Files) -> Result<RateTable> {
    let unknown = match RateTable::named(name) {
        Ok(table) => return Ok(table),
        Err(why) => why,
    };
    let path = std::path::Path::new(name);
    if !path.exists() {
        bail!("{unknown}; and no file has that name");
    }
    let bytes = files.bytes(path)?;
    let table: RateTable = serde_json::from_slice(&bytes).with_context(|| {
        format!("{name} has no rates: write {{\"name\": \"…\", \"source\": \"…\", \"bands\": [{{\"from\": 0, \"rate\": 0.035}}]}}")
    })?;
    Ok(table)
}

/// Why there is no appraisal, with the line of each fault.
pub fn told(why: &Error, document: &Document) -> anyhow::Error {
    let Error::Faulty(faults) = why else {
        return anyhow::anyhow!("{why}");
    };
    let lines = faults.iter().map(|fault| {
        let place = document.source.place(&fault.subject, 0, Some(fault.field));
        let place = place.map_or(String::new(), |place| {
            format!("{}:{}:{}: ", place.file, place.line, place.column)
        });
        format!("{place}{fault}")
    });
    let lines: Vec<String> = lines.collect();
    anyhow::anyhow!("the map cannot be appraised:\n  {}", lines.join("\n  "))
}

/// A right-aligned column of figures.
fn right(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

fn text(appraised: &Appraised, sure: &Sure, option: Option<&str>) -> Page {
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
    for (one, scenarios) in appraised.options.iter().zip(&sure.scenarios) {
        let wanted = match option {
            Some(id) => one.id == id,
            None => one.kind != OptionKind::BusinessAsUsual,
        };
        if wanted {
            of_option(appraised, one, &mut page);
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

fn of_option(appraised: &Appraised, one: &OptionResult, page: &mut Page) {
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
    unmonetised(one, page);
    switching(&one.switching, page);
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
        let name = match scenario.name {
            "low" => "low: costs at the high end of their ranges, benefits at the low end",
            "high" => "high: costs at the low end of their ranges, benefits at the high end",
            "central" => "central: every best guess",
            name => name,
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

fn explained(appraised: &Appraised, option: &OptionResult, tree: &Branch) -> Page {
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
