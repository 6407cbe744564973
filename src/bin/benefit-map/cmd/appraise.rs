//! `appraise`: what a map costs and what its benefits are worth.

use anyhow::{Context, Result, bail};
use benefit_map::appraise::{
    Appraised, Assumed, Error, Explained, OptionResult, RateTable, appraise, behind, behind_value, scenarios_value,
    sensitivities_value, values_so_far, values_so_far_value,
};
use benefit_map::escape::json::pretty;
use benefit_map::file::Document;
use benefit_map::finding::Whereabouts;
use benefit_map::graph::BenefitGraph;
use benefit_map::report::money_chart::{self, MoneyChart};
use benefit_map::scene::Scene;
use benefit_map::table;

use crate::args::{Appraise, AppraiseFormat};
use crate::cmd::appraise_text::{Sure, explained, text};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
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
            AppraiseFormat::Text | AppraiseFormat::Json => appraised.scenarios(),
            _ => Vec::new(),
        },
        behind: match output.format {
            AppraiseFormat::Text | AppraiseFormat::Json => {
                let options = appraised.options.iter();
                options
                    .map(|one| behind(&graph, &appraised, one))
                    .collect::<Result<_, _>>()?
            }
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
    if args.explain == Some(Explained::WeightedNpsv) && appraised.weighting.is_none() {
        bail!(
            "the map has no weights, and so no weighted net value to explain: describe the groups of people in `weights` of its appraisal"
        );
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

/// The appraisal for programs, with how sure each option is beside what it comes to.
fn json(appraised: &Appraised, sure: &Sure, option: Option<&str>) -> String {
    let mut whole = appraised.as_value(option);
    let wanted = appraised.options.iter().zip(&sure.behind).zip(&sure.scenarios);
    let wanted = wanted.filter(|((one, _), _)| option.is_none_or(|id| one.id == id));
    if let Some(values) = whole["options"].as_array_mut() {
        for (value, ((one, behind), scenarios)) in values.iter_mut().zip(wanted) {
            value["by_investment"] = behind_value(behind);
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
    let what = "the map cannot be appraised".to_owned();
    io::Several {
        what,
        lines: lines.collect(),
    }
    .into()
}
