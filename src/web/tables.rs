//! A table that somebody pastes or drops on the page: read by the importer, and given back as one edit to look at.
//! Nothing is changed here: the page sends the edit where the person takes it.

use axum::extract::Request;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::answer::{either, value};
use super::app::{Here, held};
use super::error::Refused;
use super::keys::Role;
use super::registers::{Sheets, adopted, boxes_of, grids_of, is_named};
use super::request::body_up_to;
use crate::edit::{Edit, Sort};
use crate::file::FileKind;
use crate::map::{BenefitMap, NodeId, NodeKind, group_digits};
use crate::session::{View, brought, in_their_order};
use crate::table::{self, Adopted, DecisionKind, Handling, Mapping, Missing, RawTable, TABLES};

/// The longest request that is read here, in bytes: a workbook of some megabytes.
const LONGEST: usize = 12 << 20;
/// The most boxes that one table may add: with more, each change of anybody would take its time on every screen.
const MOST_BOXES: usize = 1_000;
/// The most rows that are looked at.
const MOST_ROWS: usize = 5_000;
/// The largest edit that a page can send, with room for what stands around it, in bytes.
const LARGEST_EDIT: usize = 1_000_000;
/// How many boxes and decisions are listed to look at.
const LISTED: usize = 200;
/// How much memory is kept for reading a table, in bytes.
const ROOM: usize = 64 << 20;

/// What a page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// What the file is called; empty for what was pasted.
    #[serde(default)]
    name: String,
    /// A table as text.
    #[serde(default)]
    text: Option<String>,
    /// The bytes of a file: a character for each, from 0 to 255.
    #[serde(default)]
    bytes: Option<String>,
    /// The stage of boxes whose row names none.
    kind: NodeKind,
    /// How it is to be read; found out where that is not said.
    #[serde(default)]
    reader: Option<Reader>,
    /// What the columns of a register are, as somebody corrected it.
    #[serde(default)]
    mapping: Option<Mapping>,
}

/// How a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reader {
    /// A box in a row, with the heads that the page names.
    List,
    /// A register, a logframe or a list, laid out as its owners keep it.
    Register,
    /// The tables of a map.
    Map,
}

/// What is made of it.
#[derive(Serialize)]
struct Read {
    /// The boxes that are new, the first of them.
    boxes: Vec<NewBox>,
    /// How many boxes are new.
    count: usize,
    /// What else comes with them, in words: `2 owners`.
    more: Vec<String>,
    /// How many records that are on the map are changed.
    changed: usize,
    /// How many boxes of the table are on the map already.
    known: usize,
    /// What was decided, what was left out first.
    decisions: Vec<Told>,
    /// How many decisions there are.
    decided: usize,
    /// How many things were left out or are wrong.
    left_out: usize,
    /// Whether some row names no stage.
    needs_kind: bool,
    /// How it was read.
    reader: Reader,
    /// What every column of a register was taken as.
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<Sheets>,
    /// The edit; without one there is nothing to add.
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<Edit>,
}

/// A box that is new.
#[derive(Serialize)]
struct NewBox {
    kind: NodeKind,
    title: String,
    owner: String,
}

/// Something that was decided.
#[derive(Serialize)]
struct Told {
    handling: Handling,
    /// What was decided, with its place.
    words: String,
    help: String,
}

/// Reads a table.
pub(super) async fn read(Here(app): Here, request: Request) -> Response {
    let read = async {
        // The turn comes first: a body that is as long as this takes memory while it comes in.
        let turn = app.front.budget.turn(Role::Edit).await?;
        let room = app.front.budget.room(ROOM).await?;
        let given: Given = body_up_to(request, LONGEST).await?;
        // The map as it is acknowledged; how its boxes stand is what was drawn last.
        let (map, view) = (app.newest.get().map.clone(), app.hub.shown().view);
        let read = held(turn, move || {
            let _room = room;
            preview(given, &map, &view)
        });
        Ok(value(&read.await??))
    };
    either(read.await)
}

pub(super) fn refused(why: impl Into<String>) -> Refused {
    Refused::new(409, "refused", why)
}

/// The tables in what was given.
fn tables_of(name: &str, bytes: &[u8]) -> Result<Vec<RawTable>, Refused> {
    let wrong = |error: table::Error| refused(error.to_string());
    match FileKind::of(bytes) {
        FileKind::Workbook => sheets(name, bytes),
        // What is no text to the one may be a table of an older program to the other.
        FileKind::Table | FileKind::Text | FileKind::Measurements | FileKind::Empty | FileKind::Binary => {
            Ok(vec![table::csv::read(name, bytes).map_err(wrong)?])
        }
        other => Err(refused(format!(
            "{name} is {}, and no table is read from one here: save the table as .xlsx or as CSV, or copy its cells and paste them",
            other.label()
        ))),
    }
}

#[cfg(feature = "xlsx")]
fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<RawTable>, Refused> {
    let wrong = |error: table::Error| refused(error.to_string());
    let tables = table::xlsx::read(name, bytes).map_err(wrong)?;
    if tables.iter().any(|table| TABLES.contains(&table.name.as_str())) {
        return Ok(tables);
    }
    table::xlsx::read_every_sheet(name, bytes).map_err(wrong)
}

#[cfg(not(feature = "xlsx"))]
fn sheets(name: &str, _bytes: &[u8]) -> Result<Vec<RawTable>, Refused> {
    Err(refused(format!(
        "{name} is a workbook, and this build reads none: save the sheet as CSV"
    )))
}

/// A table on its way to be the tables of a map.
struct Parted {
    tables: Vec<RawTable>,
    /// The ids of boxes that are new, in the order of the rows.
    order: Vec<String>,
    known: usize,
    is_without_stages: bool,
    /// What columns are called in the table.
    heads: std::collections::BTreeMap<&'static str, String>,
    reader: Reader,
    adopted: Option<Adopted>,
}

impl Parted {
    fn of_a_map(tables: Vec<RawTable>) -> Self {
        Self {
            tables,
            order: Vec::new(),
            known: 0,
            is_without_stages: false,
            heads: Default::default(),
            reader: Reader::Map,
            adopted: None,
        }
    }

    fn of_a_register(adopted: Adopted, map: &BenefitMap) -> Self {
        let (order, known) = boxes_of(&adopted, map);
        Self {
            tables: adopted.tables.clone(),
            order,
            known,
            reader: Reader::Register,
            adopted: Some(adopted),
            ..Self::of_a_map(Vec::new())
        }
    }
}

/// The tables of a map that were given, or those that a table makes that people keep by themselves.
fn taken_apart(
    tables: Vec<RawTable>,
    (name, bytes): (&str, &[u8]),
    (reader, mapping): (Option<Reader>, Option<&Mapping>),
    (map, kind): (&BenefitMap, NodeKind),
) -> Result<Parted, Refused> {
    let has_ids = |table: &RawTable| table.header.iter().any(|head| head.trim().eq_ignore_ascii_case("id"));
    let is_of_a_map =
        |table: &RawTable| TABLES.contains(&table.name.as_str()) && (table.name != "nodes" || has_ids(table));
    if reader != Some(Reader::Register) && mapping.is_none() && tables.iter().any(is_of_a_map) {
        return Ok(Parted::of_a_map(tables));
    }
    let filled: Vec<&RawTable> = tables.iter().filter(|table| !table.header.is_empty()).collect();
    let is_list = matches!(filled[..], [one] if table::is_plain_list(one));
    if mapping.is_some() || reader == Some(Reader::Register) {
        let adopted = adopted(name, &grids_of(name, bytes)?, mapping, map)?;
        return Ok(Parted::of_a_register(adopted, map));
    }
    if reader.is_none() && !is_list && !filled.is_empty() {
        // What names no columns of a register is a list without heads.
        if let Ok(adopted) = adopted(name, &grids_of(name, bytes)?, None, map)
            && is_named(&adopted)
        {
            return Ok(Parted::of_a_register(adopted, map));
        }
    }
    let many = filled.len();
    let Some(table) = filled.into_iter().max_by_key(|table| table.rows.len()) else {
        return Err(refused(
            "there is nothing in this table: the first row names the columns, such as Stage, Title and Owner",
        ));
    };
    let mut flat = table::flat(table, map, kind);
    if let (true, Some(first)) = (many > 1, flat.tables.first_mut()) {
        first.decisions.insert(0, table::one_sheet_of(&table.file, many));
    }
    Ok(Parted {
        tables: flat.tables,
        order: flat.order,
        known: flat.known.len(),
        is_without_stages: flat.is_without_stages,
        heads: flat.heads,
        reader: Reader::List,
        adopted: None,
    })
}

/// Whether a table has measured values, which are taken in by another way.
fn is_measured(table: &RawTable) -> bool {
    let has = |names: &[&str]| {
        let mut heads = table.header.iter().map(|head| head.trim().to_lowercase());
        heads.any(|head| names.contains(&head.as_str()))
    };
    table.name == "measurements" || (has(&["kpi", "kpi_id"]) && has(&["date", "day"]) && has(&["value", "actual"]))
}

fn preview(given: Given, map: &BenefitMap, view: &View) -> Result<Read, Refused> {
    let name = match given.name.trim() {
        "" => "pasted table".to_owned(),
        name => name.chars().take(100).collect(),
    };
    let bytes = match (given.text, given.bytes) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(bytes)) => bytes
            .chars()
            .map(|c| u8::try_from(u32::from(c)))
            .collect::<Result<_, _>>()
            .map_err(|_| Refused::unreadable("`bytes` has a character above 255"))?,
        _ => return Err(Refused::unreadable("give either `text` or `bytes`")),
    };
    let tables = tables_of(&name, &bytes)?;
    if !tables.is_empty() && tables.iter().all(is_measured) {
        let why =
            format!("{name} has measurements of KPIs, not boxes: drop the file on the map, and they are taken in");
        return Err(Refused::new(409, "measurements", why));
    }
    let longest = tables.iter().map(|table| table.rows.len()).max().unwrap_or(0);
    // Before anything is made of it: a row adds one box at most.
    if longest > MOST_ROWS {
        return Err(too_many(longest + 1, "rows"));
    }
    let reading = (given.reader, given.mapping.as_ref());
    let flat = taken_apart(tables, (&name, &bytes), reading, (map, given.kind))?;
    if flat.order.len() > MOST_BOXES {
        return Err(too_many(flat.order.len(), "new boxes"));
    }
    let import = table::onto(map, &flat.tables, Missing::Keep).map_err(|error| refused(error.to_string()))?;
    let order: Vec<NodeId> = flat.order.iter().filter_map(|id| id.parse().ok()).collect();
    let mut edits = brought(map, &import.map, &order);
    let is_new = |edit: &&Edit| matches!(edit, Edit::Add { what: Sort::Node, .. });
    let count = edits.iter().filter(is_new).count();
    if count > MOST_BOXES {
        return Err(too_many(count, "new boxes"));
    }
    let boxes = edits
        .iter()
        .filter_map(|edit| new_box(edit, &import.map))
        .take(LISTED)
        .collect();
    let more = more_words(&edits);
    let changed: std::collections::BTreeSet<String> = edits.iter().filter_map(subject_set).collect();
    if !edits.is_empty() {
        let stand = |kind: NodeKind| view.order.get(&kind).cloned().unwrap_or_default();
        edits.extend(in_their_order(&import.map, &order, &stand));
    }
    let edit = (!edits.is_empty()).then(|| Edit::Group {
        label: label(&name, count, changed.len()),
        edits,
    });
    let size = edit
        .as_ref()
        .and_then(|edit| serde_json::to_vec(edit).ok())
        .map_or(0, |text| text.len());
    if size > LARGEST_EDIT {
        return Err(too_large(size));
    }
    let all = match &flat.adopted {
        Some(adopted) => [adopted.decisions.clone(), adopted.origins.retold(import.decisions)].concat(),
        None => import.decisions,
    };
    let mut decisions: Vec<&table::Decision> = all
        .iter()
        .filter(|told| told.kind != DecisionKind::RowMissing && told.kind != DecisionKind::IdMade)
        .collect();
    decisions.sort_by_key(|told| told.handling);
    let left_out = decisions.iter().filter(|told| told.handling != Handling::Taken).count();
    let told = |told: &&table::Decision| Told {
        handling: told.handling,
        // In the words of the table that was given.
        words: match told.column.as_deref().and_then(|column| flat.heads.get(column)) {
            Some(head) => table::Decision {
                column: Some(head.clone()),
                ..(*told).clone()
            }
            .to_string(),
            None => told.to_string(),
        },
        help: told.help.clone(),
    };
    Ok(Read {
        boxes,
        count,
        more,
        changed: changed.len(),
        known: flat.known,
        decisions: decisions.iter().take(LISTED).map(told).collect(),
        decided: decisions.len(),
        left_out,
        needs_kind: flat.is_without_stages,
        reader: flat.reader,
        register: flat.adopted.as_ref().map(Sheets::of),
        edit,
    })
}

fn too_many(count: usize, what: &str) -> Refused {
    refused(format!(
        "this table has {} {what}, and at most {} boxes can be added at a time, so that the map stays quick for everyone. Nothing was added. \
         Add it in parts, or close the workshop and use `benefit-map import`, which takes tables of any length",
        group_digits(&count.to_string()),
        group_digits(&MOST_BOXES.to_string())
    ))
}

fn too_large(size: usize) -> Refused {
    refused(format!(
        "the texts of this table come to {} KB, and at most {} KB can be added at a time. Nothing was added. Add it in parts, or close the \
         workshop and use `benefit-map import`, which takes tables of any length",
        group_digits(&(size / 1_000).to_string()),
        group_digits(&(LARGEST_EDIT / 1_000).to_string())
    ))
}

fn label(name: &str, count: usize, changed: usize) -> String {
    let boxes = match count {
        0 => format!("{changed} changes"),
        1 => "1 box".to_owned(),
        many => format!("{many} boxes"),
    };
    format!("add {boxes} from the {name}").replace("from the pasted table", "from a pasted table")
}

fn new_box(edit: &Edit, map: &BenefitMap) -> Option<NewBox> {
    let Edit::Add {
        what: Sort::Node,
        fields,
        ..
    } = edit
    else {
        return None;
    };
    let node = map.nodes.iter().find(|node| fields["id"] == *node.id.as_str())?;
    let owner = node
        .owner
        .as_ref()
        .and_then(|id| map.owners.iter().find(|owner| owner.id == *id));
    Some(NewBox {
        kind: node.kind,
        title: node.title.clone(),
        owner: owner.map(|owner| owner.label().to_owned()).unwrap_or_default(),
    })
}

/// What is set in an edit.
fn subject_set(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Set { what, .. } => Some(what.to_string()),
        _ => None,
    }
}

/// How many records of each other sort are new, in words.
fn more_words(edits: &[Edit]) -> Vec<String> {
    let count = |sort: Sort| {
        let is_new = |edit: &&Edit| matches!(edit, Edit::Add { what, .. } if *what == sort);
        edits.iter().filter(is_new).count()
    };
    [
        (Sort::Owner, "owner", "owners"),
        (Sort::Kpi, "KPI", "KPIs"),
        (Sort::Link, "link", "links"),
        (Sort::Risk, "risk", "risks"),
        (Sort::Partner, "partner", "partners"),
        (Sort::Plan, "plan", "plans"),
    ]
    .into_iter()
    .map(|(sort, one, many)| (count(sort), one, many))
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect()
}
