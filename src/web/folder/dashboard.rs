//! The dashboard of a portfolio in the folder, made from the files as they are saved.

use std::io::Cursor;
use std::path::Path;

use super::paths::below;
use super::portfolio_files::tables;
use crate::file::Document;
use crate::map::{BenefitMap, Day};
use crate::portfolio::{self, Gathered, Held, Member, Portfolio};
use crate::report::html;
use crate::report::place::{self, Place};
use crate::table::stream;
use crate::track::{Intake, Measurements};
use crate::web::{measured, private};

/// How long all files of a dashboard may be together, in bytes.
const LONG: usize = 192 << 20;

/// What was read so far, and how much more may be.
struct Reading {
    left: usize,
    as_of: Day,
}

/// The dashboard of the portfolio in a file, as the page that `portfolio dashboard` writes. `name` is what it calls the file.
///
/// # Errors
/// Why there is none, in a sentence for people. A map that cannot be read is named on the page, and the rest is shown.
pub(super) fn page(path: &Path, name: &str, as_of: Day) -> Result<String, String> {
    let mut reading = Reading { left: LONG, as_of };
    let text =
        String::from_utf8(reading.bytes(path)?).map_err(|_| format!("{name} is not UTF-8: save it again as UTF-8"))?;
    let portfolio = portfolio::read(name, &text).map_err(|error| error.to_string())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let (mut maps, mut unread) = (Vec::new(), Vec::new());
    for member in &portfolio.maps {
        match reading.member(folder, member) {
            Ok((document, measured)) => maps.push((member.id.as_str(), document, measured)),
            Err(why) => unread.push((member.id.as_str(), why)),
        }
    }
    let own = match portfolio.measurements.is_empty() {
        true => None,
        false => {
            let map = portfolio::measures(&portfolio);
            Some(reading.measured(folder, &portfolio.measurements, &map))
        }
    };
    let held: Vec<Held<'_>> = maps
        .iter()
        .map(|(id, document, measurements)| Held {
            id,
            map: &document.map,
            measurements,
        })
        .collect();
    let mut gathered = Gathered::new(&held, as_of).without(&unread);
    if let Some(own) = &own {
        gathered = gathered.measured(own.as_ref().map_err(String::as_str));
    }
    Ok(written(&portfolio, (&held, &unread), &gathered, name))
}

fn written(
    portfolio: &Portfolio,
    (held, unread): (&[Held<'_>], &[(&str, String)]),
    gathered: &Gathered<'_>,
    name: &str,
) -> String {
    let totals = portfolio::totals(portfolio, gathered);
    let source = name.rsplit('/').next().unwrap_or(name);
    html::write(&place::dashboard(&Place {
        portfolio,
        maps: held,
        unread,
        totals: &totals,
        matrix: &portfolio::matrix(portfolio, gathered, &totals),
        own: &portfolio::own_standings(portfolio, gathered),
        money: &portfolio::money(portfolio, held),
        findings: &portfolio::check(portfolio, gathered),
        as_of: gathered.as_of,
        source,
    }))
}

impl Reading {
    /// The bytes of a file in the folder, as long as there is room for them.
    fn bytes(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        let bytes = private::read_in_place(path).map_err(|error| format!("it cannot be read: {error}"))?;
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(|| {
            let most = LONG >> 20;
            format!(
                "the files of this portfolio are longer than {most} MiB together: `portfolio dashboard` makes the page"
            )
        })?;
        Ok(bytes)
    }

    fn member(&mut self, folder: &Path, member: &Member) -> Result<(Document, Measurements), String> {
        let path = below(folder, &member.file).ok_or_else(|| outside(&member.file))?;
        let document = Document::parse(&member.file, self.bytes(&path)?);
        let document = document.map_err(|faults| super::listing::first_fault(&faults))?;
        let measured = self.measured(folder, &member.measurements, &document.map)?;
        Ok((document, measured))
    }

    /// What files say of the KPIs of a map.
    fn measured(&mut self, folder: &Path, named: &[String], map: &BenefitMap) -> Result<Measurements, String> {
        let mut intake = Intake::new(map, Default::default()).looking_from(self.as_of, self.as_of);
        for named in named {
            let path = below(folder, named).ok_or_else(|| outside(named))?;
            for path in tables(&path) {
                let bytes = self.bytes(&path).map_err(|why| format!("{named}: {why}"))?;
                match bytes.starts_with(b"PK\x03\x04") {
                    true => drop(measured::sheets(named, &bytes, &mut intake)?),
                    false => {
                        let read = stream::measurements(named, Cursor::new(bytes), &mut intake);
                        read.map_err(|error| error.to_string())?;
                    }
                }
            }
        }
        Ok(intake.finish().measurements)
    }
}

fn outside(file: &str) -> String {
    format!("`{file}` is not a file below the folder of the portfolio: move it there, and name it from there")
}
