//! The economic appraisal: options, what has no value in money beside them, years, and how sure it is.

use rust_decimal::Decimal;

use super::super::model::{Block, Cell, Column, Picture, Table};
use super::super::money_chart;
use super::super::wording::{Figures, in_quotes};
use super::{Case, summary, weighted};
use crate::appraise::{
    Appraised, Assumed, Behind, Error, INDEPENDENCE, OptionResult, Switching, ValueSoFar, behind, values_so_far,
};
use crate::map::{OptionKind, difference_with_unit};
use crate::scene::Scene;

/// How many draws the chart of a document is made of, and what they begin from: the same document each time.
const DRAWS: usize = 10_000;
const SEED: u64 = 1;

/// How many switching values a document has: those nearest to what the map says.
const NEAREST: usize = 10;

/// The section; nothing for a map without an appraisal.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Economic appraisal", "appraisal")];
    if case.map.appraisal.is_none() {
        if case.options.sections.is_empty() {
            return Vec::new();
        }
        out.push(Block::note(
            "The map has no appraisal yet: it does not say over which years its costs and benefits count, and at which discount rates.",
        ));
        return out;
    }
    let whole = match case.appraised() {
        Ok(whole) => whole,
        Err(why) => {
            let why = match why {
                Error::Faulty(faults) => faults.first().map_or(String::new(), |fault| fault.message.clone()),
                why => why.to_string(),
            };
            let why = in_quotes(&why);
            out.push(Block::note(format!("The map cannot be appraised as it is: {why}.")));
            return out;
        }
    };
    out.push(Block::text(basis(whole)));
    out.push(Block::Table(options(whole)));
    out.push(Block::note(
        "A ratio leaves out every benefit without a value in money. Read the table of those benefits beside it. No ratio is a pass mark.",
    ));
    out.extend(better(whole).map(Block::note));
    if let Some(weighting) = &whole.weighting {
        out.extend(weighted::blocks(whole, weighting));
    }
    out.push(Block::Table(unmonetised(whole)));
    if case.is_short() {
        return out;
    }
    if let Some(option) = whole.preferred() {
        out.extend(year_by_year(case, whole, option));
    }
    out.extend(how_sure(whole));
    if let Some(known) = case.options.measurements
        && let Ok(values) = values_so_far(case.graph, known, case.options.as_of, &Assumed::default())
        && !values.is_empty()
    {
        out.push(Block::heading(2, "Value so far"));
        out.push(Block::Table(so_far(case, whole, &values)));
    }
    out
}

/// The proposed option in each year, and what each investment is behind.
fn year_by_year(case: &Case<'_, '_>, whole: &Appraised, option: &OptionResult) -> Vec<Block> {
    let mut out = vec![
        Block::heading(2, format!("Year by year: {}", option.title)),
        picture(money_chart::flow(whole, option), "Costs and benefits by year"),
        picture(money_chart::waterfall(whole, option), "From costs to net value"),
        Block::Table(years(whole, option)),
    ];
    if let Ok(all) = behind(case.graph, whole, option) {
        out.extend(by_investment(&all, whole, option));
    }
    out
}

/// What moves the result: one range at a time, all at random, one input until nothing is gained, and other assumptions.
fn how_sure(whole: &Appraised) -> Vec<Block> {
    let mut out = vec![Block::heading(2, "How sure the result is")];
    if let Some(option) = whole.preferred() {
        if let Some(scene) = money_chart::tornado(whole, option) {
            out.push(picture(scene, "What each range does to the net value"));
        }
        let drawn = whole.draw(option, DRAWS, SEED);
        if let Some(scene) = money_chart::distribution(whole, option, &drawn) {
            out.push(picture(scene, "How the net value may turn out"));
            out.push(Block::note(INDEPENDENCE));
        }
        out.push(Block::Table(switching(whole, option)));
    }
    out.push(Block::Table(scenarios(whole)));
    out
}

/// What every option but business as usual comes to if something else is assumed.
fn scenarios(whole: &Appraised) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        in_money("Scenarios: net present social value", whole),
        [
            Column::new("Option", 3.0),
            Column::new("What is assumed", 4.0),
            summary::number_column("Net value", 1.6),
            summary::number_column("Ratio", 1.0),
        ],
    );
    for (option, scenarios) in whole.options.iter().zip(whole.scenarios()) {
        if whole.compared_with.as_deref() == Some(option.id.as_str()) {
            continue;
        }
        for scenario in scenarios {
            table.push([
                Cell::text(option.title.clone()),
                Cell::text(super::wording::capital(scenario.assumes.phrase())),
                Cell::text(figures.money(scenario.total.npsv)),
                Cell::text(figures.ratio(scenario.total.bcr)),
            ]);
        }
    }
    table
}

/// What stands above a table of amounts.
pub(super) fn in_money(caption: impl std::fmt::Display, whole: &Appraised) -> String {
    match whole.currency.trim() {
        "" => caption.to_string(),
        currency => format!("{caption}, in {currency}"),
    }
}

/// What benefits are worth as planned, as measured and as forecast.
fn so_far(case: &Case<'_, '_>, whole: &Appraised, values: &[ValueSoFar]) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        in_money(
            format!(
                "Value of benefits as of {}, not discounted",
                whole.language.day(case.options.as_of)
            ),
            whole,
        ),
        [
            Column::new("Measure", 3.4),
            summary::number_column("Planned so far", 1.5),
            summary::number_column("Achieved so far", 1.5),
            summary::number_column("Planned, all years", 1.6),
            summary::number_column("Forecast, all years", 1.6),
        ],
    );
    let maybe = |value: Option<Decimal>| Cell::text(value.map_or("–".to_owned(), |value| figures.money(value)));
    for one in values {
        table.push([
            Cell::text(one.title.clone()),
            maybe(one.planned_so_far),
            maybe(one.achieved_so_far),
            Cell::text(figures.money(one.planned)),
            maybe(one.forecast),
        ]);
    }
    table
}

/// That another option has a higher net value than the preferred one: a reader asks why it is not preferred.
fn better(whole: &Appraised) -> Option<String> {
    let figures = Figures(whole.language);
    let preferred = whole.preferred()?;
    let best = whole.options.iter().max_by_key(|option| option.society.npsv)?;
    let more = best.society.npsv.checked_sub(preferred.society.npsv)?;
    let is_better = best.id != preferred.id && more > Decimal::ZERO;
    is_better.then(|| {
        format!(
            "{} has a higher net value than the preferred option, by {}. What has no value in money has to be worth that much.",
            best.title,
            figures.money(more)
        )
    })
}

fn picture(scene: Scene, caption: &str) -> Block {
    Block::picture(Picture::new(scene, caption))
}

fn basis(whole: &Appraised) -> String {
    let calendar = &whole.calendar;
    let name = &whole.rates.name;
    let source = match whole.rates.source.trim() {
        "" => name.clone(),
        source if name.is_empty() => source.to_owned(),
        source => format!("{name}: {source}"),
    };
    let source = if source.is_empty() {
        source
    } else {
        format!(" ({source})")
    };
    format!(
        "Costs and benefits from {} to {}, in real prices of {}, discounted at {}{source}. Every option is compared with {}. \
         Factors are not rounded before they are used. The workbook of the appraisal has every figure as a formula, down to its inputs.",
        calendar.label(0),
        calendar.label(calendar.len() as i64 - 1),
        in_money(&whole.price_year, whole),
        rates(whole),
        match &whole.compared_with {
            Some(_) => "business as usual",
            None => "doing nothing, as the map has no option for business as usual",
        }
    )
}

/// The discount rates of the years that are appraised: `3.5% a year to 2056-57, then 3%`.
fn rates(whole: &Appraised) -> String {
    let last = whole.calendar.len() as i64 - 1;
    let mut bands: Vec<_> = whole
        .rates
        .bands
        .iter()
        .filter(|band| i64::from(band.from) <= last)
        .collect();
    bands.sort_by_key(|band| band.from);
    let mut out: Vec<String> = Vec::new();
    for band in bands {
        let percent = band
            .rate
            .decimal()
            .checked_mul(Decimal::ONE_HUNDRED)
            .unwrap_or_default();
        let rate = format!("{}%", whole.language.digits(&percent.normalize().to_string()));
        let first = if out.is_empty() { " a year" } else { "" };
        let until = band.to.map(i64::from).filter(|to| *to < last);
        let until = until.map_or(String::new(), |to| format!(" to {}", whole.calendar.label(to)));
        out.push(format!("{rate}{first}{until}"));
    }
    out.join(", then ")
}

fn options(whole: &Appraised) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        in_money("Options: present values", whole),
        [
            Column::new("Option", 3.0),
            summary::number_column("Costs", 1.5),
            summary::number_column("Benefits", 1.5),
            summary::number_column("Net value", 1.5),
            summary::number_column("Ratio", 0.9),
            summary::number_column("Net value, public sector", 1.6),
            Column::new("Paid back in", 1.3),
        ],
    );
    for option in &whole.options {
        let (total, public) = (&option.society, &option.public_sector);
        let paid = match (option.kind, option.payback) {
            (OptionKind::BusinessAsUsual, _) => "–".to_owned(),
            (_, Some(year)) => whole.calendar.label(year),
            (_, None) => "Not in these years".to_owned(),
        };
        table.push([
            Cell::text(option.title.clone()),
            Cell::text(figures.money(total.pvc)),
            Cell::text(figures.money(total.pvb)),
            Cell::text(figures.money(total.npsv)),
            Cell::text(figures.ratio(total.bcr)),
            Cell::text(figures.money(public.npsv)),
            Cell::text(paid),
        ]);
    }
    table
}

/// The change in the last year, and not the sum over the years: most of these measures are shares, waits and scores.
fn unmonetised(whole: &Appraised) -> Table {
    let figures = Figures(whole.language);
    let last = whole.options.iter().map(|option| option.years.len()).max().unwrap_or(1);
    let last = whole.calendar.label(last as i64 - 1);
    let mut table = Table::new(
        "Benefits without a value in money",
        [
            Column::new("Benefit", 3.0),
            Column::new("Measure", 3.0),
            Column::new(format!("Planned change in {last}"), 2.0),
            Column::new("Options", 2.4),
        ],
    );
    let is_other = |option: &&OptionResult| whole.compared_with.as_deref() != Some(option.id.as_str());
    let others = whole.options.iter().filter(is_other).count();
    let mut seen: Vec<(&str, Option<&str>)> = Vec::new();
    let all = whole.options.iter().flat_map(|option| &option.unmonetised);
    for benefit in all {
        let key = (benefit.node.as_str(), benefit.kpi.as_ref().map(|id| id.as_str()));
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let has = |option: &&OptionResult| {
            let mut own = option.unmonetised.iter();
            own.any(|one| (one.node.as_str(), one.kpi.as_ref().map(|id| id.as_str())) == key)
        };
        let titles: Vec<&str> = whole
            .options
            .iter()
            .filter(has)
            .map(|option| option.title.as_str())
            .collect();
        table.push([
            Cell::text(benefit.title.clone()),
            Cell::text(match benefit.measure.trim() {
                "" => "No KPI",
                measure => measure,
            }),
            Cell::text(
                benefit
                    .in_last_year
                    .map_or("Not planned as a figure".to_owned(), |change| {
                        difference_with_unit(&figures.figure(change, 1), &benefit.unit)
                    }),
            ),
            Cell::text(match titles.len() {
                // Business as usual has nothing beside itself.
                all if all > 1 && all == others => "All options".to_owned(),
                _ => titles.join("; "),
            }),
        ]);
    }
    table
}

/// What each investment is behind; nothing where there are not several to share a value.
fn by_investment(all: &[Behind], whole: &Appraised, option: &OptionResult) -> Vec<Block> {
    let says = Figures(whole.language);
    let loses = all.iter().any(|one| one.losses.values > 0);
    if all.len() < 2 || !(loses || all.iter().any(|one| one.gains.values > 0)) {
        return Vec::new();
    }
    let mut columns = vec![
        Column::new("Investment", 3.6),
        summary::number_column("Benefits: its share", 1.7),
        summary::number_column("Benefits: all of them", 1.7),
    ];
    if loses {
        columns.push(summary::number_column("Losses: its share", 1.7));
        columns.push(summary::number_column("Losses: all of them", 1.7));
    }
    let caption = format!("What each investment is behind: {}", option.title);
    let mut table = Table::new(in_money(caption, whole), columns);
    for one in all {
        let parts = [one.gains, one.losses];
        let figures = parts
            .iter()
            .take(1 + usize::from(loses))
            .flat_map(|part| [part.share, Some(part.all)]);
        let figures =
            figures.map(|figure| Cell::text(figure.map_or("Not stated".to_owned(), |figure| says.money(figure))));
        table.push(std::iter::once(Cell::text(one.title.clone())).chain(figures));
    }
    vec![
        Block::heading(2, format!("Investment by investment: {}", option.title)),
        Block::Table(table),
        Block::note(
            "Present values. What an investment is worth lies between the two figures. Its share follows the contributions that the map's links state; a \
             link without one counts for nothing where others lead to the same box. All of a value counts at each investment behind it, so these figures \
             must not be added up.",
        ),
    ]
}

fn years(whole: &Appraised, option: &OptionResult) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        in_money("Costs and benefits by year", whole),
        [
            Column::new("Year", 1.4),
            summary::number_column("Factor", 1.0),
            summary::number_column("Cost", 1.5),
            summary::number_column("Benefit", 1.5),
            summary::number_column("Cost, discounted", 1.6),
            summary::number_column("Benefit, discounted", 1.6),
            summary::number_column("Net so far, discounted", 1.7),
        ],
    );
    let mut so_far = Decimal::ZERO;
    for year in &option.years {
        so_far = so_far.saturating_add(year.pv_benefit.saturating_sub(year.pv_cost));
        table.push([
            Cell::text(whole.calendar.label(year.index as i64)),
            Cell::text(figures.factor(year.factor)),
            Cell::text(figures.money(year.cost)),
            Cell::text(figures.money(year.benefit)),
            Cell::text(figures.money(year.pv_cost)),
            Cell::text(figures.money(year.pv_benefit)),
            Cell::text(figures.money(so_far)),
        ]);
    }
    table
}

fn switching(whole: &Appraised, option: &OptionResult) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        format!("What would make the net value of {} 0", option.title),
        [
            Column::new("Input", 2.4),
            Column::new("Of", 3.4),
            summary::number_column("Now", 1.4),
            summary::number_column("Net value 0 at", 1.6),
            summary::number_column("Change", 1.2),
        ],
    );
    let mut all: Vec<&Switching> = option
        .switching
        .iter()
        .filter(|one| one.is_possible && one.change_percent.is_some())
        .collect();
    all.sort_by_key(|one| one.change_percent.map(|change| change.abs()));
    for one in all.into_iter().take(NEAREST) {
        let of = match one.title.trim() {
            "" => whole
                .options
                .iter()
                .find(|other| other.id == option.id)
                .map_or("", |own| own.title.as_str()),
            title => title,
        };
        let change = one.change_percent.unwrap_or_default();
        let sign = if change.is_sign_negative() { "" } else { "+" };
        table.push([
            Cell::text(super::wording::capital(&one.input)),
            Cell::text(of),
            Cell::text(figures.input(one.base, one.unit)),
            Cell::text(figures.input(one.value, one.unit)),
            Cell::text(format!("{sign}{}%", figures.figure(change, 1))),
        ]);
    }
    table
}
