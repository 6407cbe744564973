//! What may be typed to appraise a map.

use std::path::PathBuf;

use benefit_map::appraise::{Bands, Explained, MOST_DRAWS};
use benefit_map::map::Day;
use benefit_map::report::money_chart::MoneyChart;
use benefit_map::scene::theme::Theme;
use clap::{Args, ValueEnum};

use super::{Measured, Pixels, TableFormat, theme_parser, words};
use crate::days::day;
use crate::output;

/// Appraise what the map costs and what its benefits are worth, option by option, discounted and against business as usual.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map appraise map.json\n  benefit-map appraise map.json --option smart-rounds --explain npsv\n  benefit-map appraise map.json --rates green-book-2026-health --format json\n  benefit-map appraise map.json --draws 10000 --seed 7\n  benefit-map appraise map.json --bands dft\n  benefit-map appraise map.json --measurements measurements.csv --as-of 2028-04-01\n  benefit-map appraise map.json -o appraisal.csv\n  benefit-map appraise map.json -o case.xlsx\n  benefit-map appraise map.json --verify case.xlsx\n  benefit-map appraise map.json --chart waterfall -o waterfall.svg\n  benefit-map appraise map.json --chart tornado --chart distribution -o charts.pdf\n\nThe field `appraisal` of the map holds the years, rates and options. Nothing is estimated: what has no value in money is listed, and never counted as 0.\n\nExit codes: 0 success, 1 with --verify: the workbook differs from the map, 2 could not run."
)]
pub struct Appraise {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Show one option only, by its id [default: all].
    #[arg(long, value_name = "ID")]
    pub option: Option<String>,
    /// The discount rates, in place of those of the map: a table that `benefit-map rates` lists, or a JSON file with `bands`.
    #[arg(long, value_name = "NAME|FILE")]
    pub rates: Option<String>,
    /// Say which band the benefit-cost ratio falls into; without this no ratio is called good or bad.
    #[arg(long, value_name = "WHOSE", value_parser = words::explained::<Bands>(), conflicts_with_all = ["explain", "verify"])]
    pub bands: Option<Bands>,
    /// Draw so many times at random within the ranges of the map, each by itself (up to 1,000,000).
    #[arg(long, value_name = "COUNT", value_parser = draws)]
    pub draws: Option<usize>,
    /// What the draws begin from: the same seed gives the same draws.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "draws")]
    pub seed: u64,
    /// Print where a result comes from, down to each input with its source.
    #[arg(long, value_name = "RESULT", value_parser = words::explained::<Explained>(), conflicts_with = "format")]
    pub explain: Option<Explained>,
    /// Compare this workbook, written with `-o case.xlsx` and perhaps edited, with the map, cell by cell.
    #[arg(long, value_name = "XLSX", conflicts_with_all = ["option", "draws", "explain", "measurements"])]
    pub verify: Option<PathBuf>,
    #[command(flatten)]
    pub measured: Measured,
    /// The reporting date, for what was achieved so far; later measurements are ignored [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Draw this chart, where the output is a picture (can be repeated) [default: cash-flow].
    #[arg(long, value_name = "CHART", value_parser = words::explained::<MoneyChart>(), conflicts_with_all = ["explain", "verify"])]
    pub chart: Vec<MoneyChart>,
    /// The colours of a picture: `print` is black on white.
    #[arg(long, value_parser = theme_parser(), default_value = "default")]
    pub theme: &'static Theme,
    #[command(flatten)]
    pub pixels: Pixels,
    #[arg(long, value_enum, help = output::format_help::<AppraiseFormat>())]
    pub format: Option<AppraiseFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<AppraiseFormat>())]
    pub output: Option<PathBuf>,
}

fn draws(text: &str) -> Result<usize, String> {
    let count: usize = text.parse().map_err(|_| format!("`{text}` is not a whole number"))?;
    match (1..=MOST_DRAWS).contains(&count) {
        true => Ok(count),
        false => Err(format!("write a number from 1 to {MOST_DRAWS}")),
    }
}

/// The formats of an appraisal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AppraiseFormat {
    /// Text to read.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets and economists: costs, benefits and factors by year.
    Csv,
    /// An Excel workbook in which every figure is a formula, down to the inputs.
    Xlsx,
    /// A chart for browsers and office programs; `--chart` says which.
    Svg,
    /// A chart made of pixels.
    Png,
    /// Charts to print, one on a page.
    Pdf,
}

/// List the tables of discount rates, with their editions and sources.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  benefit-map rates\n  benefit-map rates --format json")]
pub struct Rates {
    #[arg(long, value_enum, help = output::format_help::<RatesFormat>())]
    pub format: Option<RatesFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<RatesFormat>())]
    pub output: Option<PathBuf>,
}

/// The formats of a list of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RatesFormat {
    /// Text to read.
    Text,
    /// For programs.
    Json,
}

/// Show what would follow if boxes were left out, an assumption did not hold, or boxes came later: outcomes, KPIs and money.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  benefit-map what-if map.json --without inv-digital\n  benefit-map what-if map.json --without inv-digital --without inv-sensors --format json\n  benefit-map what-if map.json --delay bin-sensors=6\n  benefit-map what-if map.json --without-assumption 'inv-sensors -> bin-sensors#1'\n  benefit-map what-if map.json --keep-all\n\nA map shows the logic of its authors, and does not prove what would happen. Money is taken from the appraisal of the map; without one, costs are summed and not discounted.\n\nExit codes: 0 success, 2 could not run."
)]
#[command(group(clap::ArgGroup::new("change").required(true).multiple(true).args(["without", "without_assumption", "delay", "keep_all"])))]
pub struct WhatIf {
    /// The map; `-` reads standard input.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// Leave out this box, by id or title (can be repeated).
    #[arg(long, value_name = "NODE")]
    pub without: Vec<String>,
    /// Let this assumption not hold: its words, or `FROM -> TO#1` for the first assumption of a link (can be repeated).
    #[arg(long, value_name = "ASSUMPTION")]
    pub without_assumption: Vec<String>,
    /// Let this box, by id or title, come so many months later, as in bin-sensors=6 (can be repeated).
    #[arg(long, value_name = "NODE=MONTHS", value_parser = delay)]
    pub delay: Vec<(String, u16)>,
    /// Find the cheapest investments that keep every end outcome in sight.
    #[arg(long, conflicts_with_all = ["without", "without_assumption", "delay"])]
    pub keep_all: bool,
    /// Look at the money of this option of the appraisal, by its id [default: the preferred one].
    #[arg(long, value_name = "ID")]
    pub option: Option<String>,
    #[arg(long, value_enum, help = output::format_help::<TableFormat>())]
    pub format: Option<TableFormat>,
    #[arg(short, long, value_name = "FILE", help = output::output_help::<TableFormat>())]
    pub output: Option<PathBuf>,
}

fn delay(text: &str) -> Result<(String, u16), String> {
    let parts = text.rsplit_once('=').map(|(node, months)| (node.trim(), months.trim()));
    let Some((node, months)) = parts.filter(|(node, _)| !node.is_empty()) else {
        return Err("write a box and how many months later it comes, as in bin-sensors=6".to_owned());
    };
    match months.parse::<u16>() {
        Ok(months) if (1..=1200).contains(&months) => Ok((node.to_owned(), months)),
        _ => Err(format!("`{months}` is not a whole number of months from 1 to 1200")),
    }
}
