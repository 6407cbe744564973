//! Measurements in a workshop: a file that somebody hands in, how the map stands by all of them, and a chart of a KPI.

use std::collections::BTreeMap;
use std::io::Cursor;

use axum::Extension;
use axum::extract::Request;
use axum::response::Response;
use serde::Serialize;

use super::answer::{content, either, value};
use super::app::{App, Here, held};
use super::edit_loop::Message;
use super::error::Refused;
use super::keys::Role;
use super::request::{Parameters, body, editor};
use super::wire::{HandingIn, ReadIn};
use crate::chart::{Size, chart};
use crate::draw;
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day, KpiId, Number};
use crate::session::board::{Board, Deed, MeasuredRow};
use crate::table::{Cell, Column, Table, Values, stream};
use crate::track::{self, Intake, Measurement, Measurements, Status, Taken};

/// How many remarks on a file are sent.
const REMARKS: usize = 20;
/// How many points a line of a KPI has.
const POINTS: usize = 60;
/// A chart in the details, in px.
const SIZE: Size = Size {
    width: 560.0,
    height: 320.0,
};

/// Reads a table of measurements, and takes it where that is asked for.
pub(super) async fn hand_in(Here(app): Here, Extension(role): Extension<Role>, request: Request) -> Response {
    let done = async {
        let HandingIn {
            client,
            name,
            text,
            take,
        } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        let map = app.hub.shown().view.map.clone();
        let as_of = app.front.as_of();
        let turn = app.front.budget.turn(role).await?;
        let read = held(turn, move || read(&map, &name, text, as_of)).await??;
        let (rows, remarks, left_out) = read;
        let (many, kpis) = (rows.len(), count_kpis(&rows));
        if take && !rows.is_empty() {
            let deed = Deed::Measure { rows };
            app.ask(|reply| Message::Board { who, deed, reply }).await??;
        }
        Ok(value(&ReadIn {
            rows: many,
            kpis,
            left_out,
            remarks,
        }))
    };
    either(done.await)
}

fn count_kpis(rows: &[MeasuredRow]) -> usize {
    let kpis: std::collections::BTreeSet<&KpiId> = rows.iter().map(|row| &row.kpi).collect();
    kpis.len()
}

/// The rows of a table, what is to be said of it, and how many rows were left out.
fn read(
    map: &BenefitMap,
    name: &str,
    text: String,
    as_of: Day,
) -> Result<(Vec<MeasuredRow>, Vec<String>, u64), Refused> {
    let mut intake = Intake::new(map, Default::default()).looking_from(as_of, as_of);
    let refused = |why: String| Refused::new(409, "refused", why);
    let cuts = match text.starts_with("PK\u{3}\u{4}") {
        true => {
            let bytes: Result<Vec<u8>, _> = text.chars().map(|c| u8::try_from(u32::from(c))).collect();
            let bytes = bytes.map_err(|_| refused("this is not the bytes of a workbook".to_owned()))?;
            sheets(name, &bytes, &mut intake).map_err(refused)?
        }
        false => {
            let cut = stream::measurements(name, Cursor::new(text.into_bytes()), &mut intake);
            vec![cut.map_err(|error| refused(error.to_string()))?]
        }
    };
    let Taken {
        measurements, remarks, ..
    } = intake.finish();
    let source: String = name.chars().take(100).collect();
    let rows = measurements.kpis().flat_map(|kpi| {
        let source = &source;
        measurements.of(kpi).iter().map(move |seen| MeasuredRow {
            kpi: kpi.clone(),
            date: seen.date,
            value: seen.value,
            source: source.clone(),
            note: String::new(),
        })
    });
    let rows: Vec<MeasuredRow> = rows.collect();
    let decided = cuts.iter().flat_map(|cut| &cut.decisions).map(ToString::to_string);
    let remarked = remarks.iter().map(|remark| {
        let place = remark
            .place
            .as_ref()
            .map(|(_, row)| format!("Row {row}: "))
            .unwrap_or_default();
        format!("{place}{}. {}", remark.message, remark.help)
            .trim_end()
            .to_owned()
    });
    let said: Vec<String> = remarked.chain(decided).take(REMARKS).collect();
    let given: u64 = cuts.iter().map(|cut| cut.rows).sum();
    let left_out = given.saturating_sub(rows.len() as u64);
    Ok((rows, said, left_out))
}

/// The sheets of a workbook that name the columns of measurements: the one that is called so, or else all that are no other table
/// of a map.
#[cfg(feature = "xlsx")]
pub(super) fn sheets(name: &str, bytes: &[u8], intake: &mut Intake<'_>) -> Result<Vec<stream::Cut>, String> {
    let all = crate::table::xlsx::read_every_sheet(name, bytes).map_err(|error| error.to_string())?;
    let is_named = |sheet: &&crate::table::RawTable| sheet.name == "measurements";
    let is_other = |sheet: &&crate::table::RawTable| {
        !crate::table::TABLES.contains(&sheet.name.as_str()) && !crate::table::xlsx::is_progress(sheet)
    };
    let named: Vec<_> = all.iter().filter(is_named).collect();
    let wanted = if named.is_empty() {
        all.iter().filter(is_other).collect()
    } else {
        named
    };
    let (mut cuts, mut why) = (Vec::new(), format!("{name} has no sheet of measurements"));
    for sheet in wanted {
        match stream::sheet(sheet, intake) {
            Ok(cut) => cuts.push(cut),
            Err(error) => why = error.to_string(),
        }
    }
    if cuts.is_empty() { Err(why) } else { Ok(cuts) }
}

#[cfg(not(feature = "xlsx"))]
pub(super) fn sheets(name: &str, _: &[u8], _: &mut Intake<'_>) -> Result<Vec<stream::Cut>, String> {
    Err(format!("this build reads no workbooks: save {name} as CSV"))
}

/// All measurements of a board.
fn measurements(board: &Board) -> Measurements {
    let rows = board.measured().map(|row| Measurement {
        source: row.source.clone(),
        note: row.note.clone(),
        ..Measurement::new(row.kpi.clone(), row.date, row.value)
    });
    rows.collect()
}

/// How a KPI stands.
#[derive(Serialize)]
struct KpiNow {
    status: Status,
    label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<(Day, Number)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Number>,
    /// The last of what was measured, the earliest first.
    points: Vec<(Day, Number)>,
}

/// How the map stands.
#[derive(Serialize)]
struct StatusNow {
    as_of: Day,
    rows: usize,
    kpis: BTreeMap<String, KpiNow>,
    nodes: BTreeMap<String, Status>,
}

fn day_of(app: &App, parameters: &Parameters) -> Result<Day, Refused> {
    let wrong = |error| Refused::unreadable(format!("as_of: {error}"));
    let asked = parameters.get("as_of").filter(|text| !text.is_empty());
    let asked = asked.map(str::parse).transpose().map_err(wrong)?;
    Ok(asked.unwrap_or_else(|| app.front.as_of()))
}

pub(super) async fn status(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let made = async {
        let as_of = day_of(&app, &parameters)?;
        let (map, board) = (app.hub.shown().view.map.clone(), app.hub.listen().board);
        let make = move || {
            let graph = BenefitGraph::new(&map);
            let known = measurements(&board);
            let standing = track::standing(&graph, &known, as_of);
            let kpis = standing.kpis.iter().map(|outlook| {
                let seen = known.of(&outlook.kpi.id);
                let upto = seen.partition_point(|one| one.date <= as_of);
                let points = seen[upto.saturating_sub(POINTS)..upto].iter();
                let now = KpiNow {
                    status: outlook.status,
                    label: outlook.status.label(),
                    last: outlook.last.map(|one| (one.date, one.value)),
                    expected: outlook.expected,
                    points: points.map(|one| (one.date, one.value)).collect(),
                };
                (outlook.kpi.id.to_string(), now)
            });
            let nodes = standing.nodes.iter();
            let nodes = nodes.filter_map(|one| Some((one.node.id.to_string(), one.status?)));
            let now = StatusNow {
                as_of,
                rows: known.len(),
                kpis: kpis.collect(),
                nodes: nodes.collect(),
            };
            serde_json::to_vec(&now).unwrap_or_default()
        };
        let made = held(app.front.budget.turn(role).await?, make).await?;
        Ok(content("application/json", app.front.budget.hold(made, role)?))
    };
    either(made.await)
}

pub(super) async fn picture(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let made = async {
        let as_of = day_of(&app, &parameters)?;
        let id = parameters.get("kpi").unwrap_or_default().to_owned();
        let (map, board) = (app.hub.shown().view.map.clone(), app.hub.listen().board);
        let make = move || {
            let kpi = map.kpis.iter().find(|kpi| kpi.id.as_str() == id)?;
            let series = track::series(kpi, &measurements(&board), as_of);
            Some(draw::svg(&chart(&series, "", SIZE), Default::default()).into_bytes())
        };
        let made = held(app.front.budget.turn(role).await?, make).await?;
        let none = || Refused::new(404, "unknown", "the map has no such KPI");
        Ok(content(
            "image/svg+xml",
            app.front.budget.hold(made.ok_or_else(none)?, role)?,
        ))
    };
    either(made.await)
}

/// All measurements as the table that every command reads.
pub(super) fn table(board: &Board) -> Table {
    let columns = [
        ("kpi", Values::Text),
        ("date", Values::Day),
        ("value", Values::Number),
        ("source", Values::Text),
        ("note", Values::Text),
    ];
    let text = |text: &str| match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    let row = |row: &MeasuredRow| {
        vec![
            text(row.kpi.as_str()),
            Cell::Day(row.date),
            Cell::Number(row.value),
            text(&row.source),
            text(&row.note),
        ]
    };
    Table {
        name: "measurements".to_owned(),
        columns: columns
            .map(|(name, values)| Column {
                name: name.into(),
                values,
            })
            .into(),
        rows: board.measured().map(row).collect(),
    }
}
