//! `rates`: the tables of discount rates that come with the program.

use anyhow::Result;
use benefit_map::appraise::shown::figure;
use benefit_map::appraise::{tables, tables_json};

use crate::args::{Rates, RatesFormat};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, output};

/// `rates`: the tables that come with the program.
pub fn run(args: &Rates, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the rates", args.format, args.output.as_deref())?;
    let all = tables();
    let bytes = match output.format {
        RatesFormat::Json => tables_json(&all).into_bytes(),
        RatesFormat::Text => {
            let mut page = Page::default();
            for (at, table) in all.iter().enumerate() {
                if at > 0 {
                    page.gap();
                }
                page.line(format!("{}: {}, edition {}", table.name, table.title, table.edition));
                page.line(format!("  {}", table.source));
                for band in &table.bands {
                    let years = match band.to {
                        Some(to) => format!("years {} to {to}", band.from),
                        None => format!("years from {}", band.from),
                    };
                    let percent = band.rate.decimal() * rust_decimal::Decimal::ONE_HUNDRED;
                    page.line(format!("  {years:<20}{}%", figure(percent, 2)));
                }
            }
            page.written(&output.place)
        }
    };
    files
        .write(&output.place, &bytes)?
        .say(counted(all.len(), "table", "tables"), terminal);
    Ok(Verdict::Clean)
}
