//! One table as people keep it, with a box, who answers for it and how it is measured in a row, taken apart into the tables
//! of a map.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::shown;
use super::sheet::{known_columns, other_name};
use super::{Cell, Decision, DecisionKind, Handling, RawRow, RawTable};
use crate::map::called::{folded, fresh_id};
use crate::map::{BenefitMap, NodeKind};

/// A table taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Flat {
    /// The tables of a map that it makes, for [`onto`](super::onto): boxes that are on the map already have no row.
    pub tables: Vec<RawTable>,
    /// The titles of boxes that are on the map already, each once, in the order of the rows.
    pub known: Vec<String>,
    /// The ids of the boxes that are new, in the order of the rows.
    pub order: Vec<String>,
    /// Whether a new box has no stage of its own.
    pub is_without_stages: bool,
    /// By the name of a column of `kpis` and `targets`: what the table calls it, for what is told of its cells.
    pub heads: BTreeMap<&'static str, String>,
}

/// What a column of such a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A column of `nodes`.
    Node(&'static str),
    /// A column of `kpis`.
    Kpi(&'static str),
    /// A column of `targets`.
    Target(&'static str),
    /// Titles of boxes that the box leads to, parted by `;`.
    LeadsTo,
}

/// Names in folded form that such tables give their columns, beside those that the tables of a map have.
const HEADS: &[(Part, &[&str])] = &[
    (
        Part::Node("title"),
        &[
            "title",
            "titles",
            "name",
            "label",
            "box",
            "benefit",
            "benefit_title",
            "item",
            "what",
            "outcome_title",
        ],
    ),
    (
        Part::Node("kind"),
        &["kind", "stage", "stages", "type", "category", "level", "layer"],
    ),
    (
        Part::Node("owner"),
        &[
            "owner",
            "owners",
            "owner_name",
            "benefit_owner",
            "responsible",
            "who",
            "lead",
        ],
    ),
    (
        Part::Kpi("title"),
        &[
            "kpi",
            "kpis",
            "measure",
            "indicator",
            "metric",
            "what_is_measured",
            "how_measured",
        ],
    ),
    (Part::Kpi("unit"), &["unit", "units"]),
    (Part::Kpi("direction"), &["direction"]),
    (Part::Kpi("frequency"), &["frequency", "how_often"]),
    (
        Part::Kpi("baseline_value"),
        &["baseline", "baseline_value", "from_value"],
    ),
    (Part::Kpi("baseline_date"), &["baseline_date", "baseline_year"]),
    (Part::Target("value"), &["target", "target_value"]),
    (Part::Target("date"), &["target_date", "target_by", "by", "by_when"]),
    (Part::LeadsTo, &["leads_to", "links_to", "contributes_to", "supports"]),
];

/// What a column of that name is; `None` where nobody knows.
fn part_of(head: &str) -> Option<Part> {
    let head = folded(head);
    let found = HEADS.iter().find(|(_, names)| names.contains(&head.as_str()));
    found.map(|(part, _)| *part).or_else(|| {
        let known = known_columns("nodes")
            .iter()
            .find(|column| folded(&column.name) == head);
        let name = match known {
            Some(column) => column.name.as_ref(),
            None => other_name("nodes", &head)?,
        };
        // The names of columns live as long as the program.
        known_columns("nodes").iter().find_map(|column| match &column.name {
            std::borrow::Cow::Borrowed(own) if *own == name => Some(Part::Node(own)),
            _ => None,
        })
    })
}

/// Whether a table is a list of boxes as people paste it: every head is known here, and what stands under the head of the stage
/// names stages. A register of other heads is for [`adopt`](super::adopt).
pub fn is_plain_list(table: &RawTable) -> bool {
    let heads = || {
        table
            .header
            .iter()
            .enumerate()
            .filter(|(_, head)| !head.trim().is_empty())
    };
    if !heads().all(|(_, head)| part_of(head).is_some()) {
        return false;
    }
    let Some((at, _)) = heads().find(|(_, head)| part_of(head) == Some(Part::Node("kind"))) else {
        return heads().any(|(_, head)| part_of(head) == Some(Part::Node("title")));
    };
    let cells = || {
        table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(at))
            .filter(|cell| !cell.is_empty())
    };
    let stages = cells()
        .filter(|cell| NodeKind::named(&cell.to_text()).is_some())
        .count();
    stages * 2 >= cells().count()
}

/// A text as titles are compared: without case, and with single spaces.
fn same(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Takes a table apart; boxes whose row names no stage are of `kind`.
///
/// A table whose heads name nothing that is known has no heads: its first column holds titles, from the first row on. A title
/// that is on the map, or in an earlier row, names that box, and no second one is made. A row with a KPI and no title belongs
/// to the box above it.
pub fn flat(table: &RawTable, map: &BenefitMap, kind: NodeKind) -> Flat {
    let mut parts: Vec<Option<Part>> = table.header.iter().map(|head| part_of(head)).collect();
    let mut taken = BTreeSet::new();
    for part in &mut parts {
        // The second column of a name is told by the importer as any.
        if part.is_some_and(|part| !taken.insert(part)) {
            *part = None;
        }
    }
    let (table, parts) = match parts.iter().all(Option::is_none) {
        true => headless(table),
        false => (table.clone(), parts),
    };
    Apart::new(&table, &parts, map, kind).all()
}

/// A table without heads: what was taken for them is its first row, and its first column has titles.
fn headless(table: &RawTable) -> (RawTable, Vec<Option<Part>>) {
    let mut table = table.clone();
    let cells = table.header.iter().map(|text| Cell::text(text.clone())).collect();
    table.rows.insert(
        0,
        RawRow {
            number: table.header_row,
            cells,
            had: Vec::new(),
        },
    );
    let wide = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(1);
    table.header = (0..wide).map(super::sheet::letters).collect();
    let more = match wide {
        0 | 1 => String::new(),
        2 => ", and the second column was left out".to_owned(),
        many => format!(", and {} more columns were left out", many - 1),
    };
    table.decisions.push(Decision {
        file: table.file.clone(),
        row: None,
        column: None,
        kind: DecisionKind::ColumnUnderstood,
        handling: if wide > 1 { Handling::LeftOut } else { Handling::Taken },
        message: format!("no row names the columns, so the first column was taken as titles{more}"),
        help: "To use more columns, put a row above with names such as Stage, Title, Owner and KPI.".to_owned(),
    });
    table.header.truncate(1);
    for row in &mut table.rows {
        row.cells.truncate(1);
    }
    (table, vec![Some(Part::Node("title"))])
}

/// A table on its way to be several.
struct Apart<'t> {
    table: &'t RawTable,
    parts: &'t [Option<Part>],
    kind: NodeKind,
    /// By title: the id of the box.
    ids: BTreeMap<String, String>,
    /// Titles that are on the map.
    there: BTreeSet<String>,
    /// Every id that is given.
    given: BTreeSet<String>,
    nodes: Vec<RawRow>,
    kpis: Vec<RawRow>,
    targets: Vec<RawRow>,
    links: Vec<RawRow>,
    decisions: Vec<Decision>,
    known: Vec<String>,
    order: Vec<String>,
    is_without_stages: bool,
}

const KPI_COLUMNS: [&str; 8] = [
    "id",
    "node",
    "title",
    "unit",
    "direction",
    "frequency",
    "baseline_value",
    "baseline_date",
];

impl<'t> Apart<'t> {
    fn new(table: &'t RawTable, parts: &'t [Option<Part>], map: &BenefitMap, kind: NodeKind) -> Self {
        let mut ids = BTreeMap::new();
        for node in &map.nodes {
            ids.entry(same(&node.title)).or_insert_with(|| node.id.to_string());
        }
        let mut given: BTreeSet<String> = map.nodes.iter().map(|node| node.id.to_string()).collect();
        given.extend(map.owners.iter().map(|owner| owner.id.to_string()));
        given.extend(map.kpis.iter().map(|kpi| kpi.id.to_string()));
        given.extend(map.risks.iter().map(|risk| risk.id.to_string()));
        given.extend(map.partners.iter().map(|partner| partner.id.to_string()));
        let activities = map.plans.iter().flat_map(|plan| &plan.activities);
        given.extend(activities.map(|activity| activity.id.to_string()));
        Self {
            table,
            parts,
            kind,
            there: ids.keys().cloned().collect(),
            ids,
            given,
            nodes: Vec::new(),
            kpis: Vec::new(),
            targets: Vec::new(),
            links: Vec::new(),
            decisions: Vec::new(),
            known: Vec::new(),
            order: Vec::new(),
            is_without_stages: false,
        }
    }

    /// An id that nothing has, made from a text.
    fn fresh(&mut self, text: &str, otherwise: &str) -> String {
        fresh_id(&mut self.given, text, otherwise)
    }

    fn cell(&self, row: &RawRow, part: Part) -> Cell {
        let at = self.parts.iter().position(|one| *one == Some(part));
        at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    }

    fn text(&self, row: &RawRow, part: Part) -> String {
        self.cell(row, part).to_text().trim().to_owned()
    }

    fn tell(&mut self, row: &RawRow, kind: DecisionKind, handling: Handling, message: String) {
        self.decisions.push(Decision {
            file: self.table.file.clone(),
            row: Some(row.number),
            column: None,
            kind,
            handling,
            message,
            help: String::new(),
        });
    }

    fn all(mut self) -> Flat {
        let full = self.table.rows.iter().filter(|row| filled(row) > 1).count() * 2 > self.table.rows.len();
        let mut leads = Vec::new();
        let mut last: Option<String> = None;
        for row in &self.table.rows {
            let title = self.text(row, Part::Node("title"));
            let has_kpi = !self.text(row, Part::Kpi("title")).is_empty();
            let id = if title.is_empty() {
                if !has_kpi {
                    // A note, or a box without a title: the importer says what becomes of it.
                    self.nodes.push(self.node(row, None));
                    continue;
                }
                last.clone()
            } else if full && filled(row) == 1 {
                self.nodes.push(self.node(row, None));
                continue;
            } else {
                Some(self.boxed(row, &title))
            };
            let Some(id) = id else {
                let message = "the row has a KPI, but no box is named in it or above it, so it was left out".to_owned();
                self.tell(row, DecisionKind::NoSuchRecord, Handling::LeftOut, message);
                continue;
            };
            if has_kpi {
                self.measured(row, &id);
            }
            for other in self.text(row, Part::LeadsTo).split([';', '\n']).map(str::trim) {
                if !other.is_empty() {
                    leads.push((row, id.clone(), other.to_owned()));
                }
            }
            last = Some(id);
        }
        for (row, from, other) in leads {
            match self.ids.get(&same(&other)).cloned() {
                Some(to) => self.links.push(made(row, [from, to])),
                None => {
                    let message = format!("no box is called `{}`, so the link to it was left out", shown(&other));
                    self.tell(row, DecisionKind::NoSuchRecord, Handling::LeftOut, message);
                }
            }
        }
        self.tables()
    }

    /// The id of the box of a row; a row of `nodes` is made for it where it is new.
    fn boxed(&mut self, row: &RawRow, title: &str) -> String {
        let key = same(title);
        if let Some(id) = self.ids.get(&key).cloned() {
            if self.there.contains(&key) && !self.known.iter().any(|one| same(one) == key) {
                self.known.push(title.to_owned());
                let message = format!("`{}` is on the map already, so nothing of it was changed", shown(title));
                self.tell(row, DecisionKind::NameForId, Handling::Taken, message);
            }
            return id;
        }
        let id = self.fresh(title, "box");
        self.ids.insert(key, id.clone());
        self.order.push(id.clone());
        self.is_without_stages |= self.cell(row, Part::Node("kind")).is_empty();
        self.nodes.push(self.node(row, Some(&id)));
        id
    }

    /// The row of `nodes` of a row; without an id it is one that the importer is to judge.
    fn node(&self, row: &RawRow, id: Option<&str>) -> RawRow {
        let kind = self.cell(row, Part::Node("kind"));
        let kind = match (id, kind.is_empty()) {
            (Some(_), true) => Cell::text(self.kind.to_string()),
            _ => kind,
        };
        let mut cells = vec![id.map_or(Cell::Empty, Cell::text), kind];
        for (at, part) in self.parts.iter().enumerate() {
            if is_of_nodes(*part) {
                cells.push(row.cells.get(at).cloned().unwrap_or_default());
            }
        }
        RawRow {
            number: row.number,
            cells,
            had: Vec::new(),
        }
    }

    fn measured(&mut self, row: &RawRow, node: &str) {
        let title = self.text(row, Part::Kpi("title"));
        let kpi = self.fresh(&title, "kpi");
        let mut cells = vec![Cell::text(kpi.clone()), Cell::text(node)];
        for name in &KPI_COLUMNS[2..] {
            cells.push(self.cell(row, Part::Kpi(name)));
        }
        self.kpis.push(RawRow {
            number: row.number,
            cells,
            had: Vec::new(),
        });
        let value = self.cell(row, Part::Target("value"));
        if !value.is_empty() {
            let cells = vec![Cell::text(kpi), self.cell(row, Part::Target("date")), value];
            self.targets.push(RawRow {
                number: row.number,
                cells,
                had: Vec::new(),
            });
        }
    }

    /// What columns of other names were taken as.
    fn understood(&self) -> Vec<Decision> {
        let said = self.table.header.iter().zip(self.parts).filter_map(|(head, part)| {
            let (name, words) = match (*part)? {
                Part::Node("title") => ("title", "the titles of the boxes"),
                Part::Node("kind") => ("kind", "their stages"),
                Part::Node("owner") => ("owner", "their owners"),
                Part::Kpi("title") => ("kpi", "what is measured at the box"),
                Part::LeadsTo => ("leads_to", "the boxes that it leads to"),
                _ => return None,
            };
            // Without heads, the letter of the column says nothing.
            let is_plain = folded(head) == name || self.table.header.len() == 1;
            (!is_plain).then(|| Decision {
                file: self.table.file.clone(),
                row: Some(self.table.header_row),
                column: Some(head.clone()),
                kind: DecisionKind::ColumnUnderstood,
                handling: Handling::Taken,
                message: format!("`{}` was taken as {words}", shown(head)),
                help: String::new(),
            })
        });
        said.collect()
    }

    fn tables(self) -> Flat {
        let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut nodes = head(&["id", "kind"]);
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                Some(Part::Node("kind")) => {}
                Some(Part::Node(name)) => nodes.push((*name).to_owned()),
                None => nodes.push(self.table.header[at].clone()),
                _ => {}
            }
        }
        let make = |name: &str, header: Vec<String>, rows: Vec<RawRow>, decisions: Vec<Decision>| RawTable {
            name: name.to_owned(),
            header,
            rows,
            decisions,
            ..self.table.clone()
        };
        let mut told = self.table.decisions.clone();
        told.extend(self.understood());
        told.extend(self.decisions);
        let mut tables = vec![make("nodes", nodes, self.nodes, told)];
        for (name, header, rows) in [
            ("kpis", head(&KPI_COLUMNS), self.kpis),
            ("targets", head(&["kpi", "date", "value"]), self.targets),
            ("links", head(&["from", "to"]), self.links),
        ] {
            if !rows.is_empty() {
                tables.push(make(name, header, rows, Vec::new()));
            }
        }
        let heads = self
            .parts
            .iter()
            .zip(&self.table.header)
            .filter_map(|(part, head)| match part {
                Some(Part::Target(name)) => Some((*name, head.clone())),
                Some(Part::Kpi(name)) if *name != "title" => Some((*name, head.clone())),
                _ => None,
            });
        Flat {
            heads: heads.collect(),
            tables,
            known: self.known,
            order: self.order,
            is_without_stages: self.is_without_stages,
        }
    }
}

/// Whether a column belongs to `nodes` beside the id and the stage, which come first; what nobody knows is judged there.
fn is_of_nodes(part: Option<Part>) -> bool {
    match part {
        None => true,
        Some(Part::Node(name)) => name != "kind",
        Some(_) => false,
    }
}

fn filled(row: &RawRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

fn made<const N: usize>(row: &RawRow, cells: [String; N]) -> RawRow {
    RawRow {
        number: row.number,
        cells: cells.into_iter().map(Cell::text).collect(),
        had: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Missing, csv, onto};
    use super::*;
    use crate::map::{BenefitMap, Node};

    fn brought(map: &BenefitMap, text: &str) -> (BenefitMap, Vec<String>, Flat) {
        let table = csv::read("pasted table", text.as_bytes()).unwrap();
        let flat = flat(&table, map, NodeKind::Enabler);
        let import = onto(map, &flat.tables, Missing::Keep).unwrap();
        let told = import.decisions.iter().map(ToString::to_string).collect();
        (import.map, told, flat)
    }

    fn titles(map: &BenefitMap) -> Vec<(&str, &str)> {
        map.nodes.iter().map(|n| (n.kind.as_str(), n.title.as_str())).collect()
    }

    #[test]
    fn boxes_owners_kpis_targets_and_links_are_in_one_table() {
        let text = "Stage\tBenefit\tWho\tKPI\tBaseline\tTarget\tTarget date\tLeads to\n\
                    Enabler\tSensors\tAda\tSensors in use\t0\t1200\t2027-03-31\tNew rounds\n\
                    business change\tNew rounds\tBo\tKm driven\t5200\t3100\t2028-03-31\tCleaner air; Quiet\n\
                    \t\t\tRounds planned by data\t\t90%\t\t\n\
                    end outcome\tCleaner air\t\t\t\t\t\t\n";
        let (map, told, flat) = brought(&BenefitMap::new("x"), text);
        assert_eq!(
            titles(&map),
            [
                ("enabler", "Sensors"),
                ("business-change", "New rounds"),
                ("end-outcome", "Cleaner air")
            ]
        );
        assert_eq!(flat.order, ["sensors", "new-rounds", "cleaner-air"]);
        assert_eq!(
            map.owners.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(),
            ["Ada", "Bo"]
        );
        let of = |title: &str| map.kpis.iter().find(|kpi| kpi.title == title).unwrap();
        assert_eq!(of("Sensors in use").targets[0].value.to_string(), "1200");
        assert_eq!(of("Rounds planned by data").node.as_str(), "new-rounds");
        assert_eq!(map.links.len(), 2);
        assert!(
            told.iter().any(|one| one.contains("row 3") && one.contains("`Quiet`")),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_on_the_map_is_not_made_twice_and_not_emptied() {
        let mut map = BenefitMap::new("x");
        let mut node = Node::new("air".parse().unwrap(), NodeKind::EndOutcome, "Cleaner  air");
        node.tags = vec!["kept".to_owned()];
        map.nodes.push(node);
        let (after, told, flat) = brought(&map, "Title\tOwner\tKPI\ncleaner air\t\tNO2\nMasts\t\t\nMasts\t\t\n");
        assert_eq!(titles(&after), [("enabler", "Masts"), ("end-outcome", "Cleaner  air")]);
        assert_eq!(after.nodes[1].tags, ["kept"]);
        assert_eq!(after.kpis[0].node.as_str(), "air");
        assert_eq!(flat.known, ["cleaner air"]);
        assert!(
            told.iter().any(|one| one.contains("row 2") && one.contains("already")),
            "{told:?}"
        );
    }

    #[test]
    fn without_heads_the_first_column_has_titles_and_what_is_left_out_is_said() {
        let (map, told, _) = brought(&BenefitMap::new("x"), "Masts\tx\ty\nPoles\tz\t\n");
        assert_eq!(titles(&map), [("enabler", "Masts"), ("enabler", "Poles")]);
        assert!(
            told.iter().any(|one| one.contains("2 more columns were left out")),
            "{told:?}"
        );
        let (map, _, _) = brought(&BenefitMap::new("x"), "日本\n日本 2\n");
        assert_eq!(map.nodes.len(), 2);
    }

    #[test]
    fn rubbish_is_told_with_its_row() {
        let text = "Stage\tTitle\tOwner\tWeight\nwombat\tMasts\tAda\t3\n\tEnablers\t\t\nenabler\tPoles\tBo\t4\n";
        let (map, told, _) = brought(&BenefitMap::new("x"), text);
        assert!(
            told.iter().any(|one| one.contains("row 2") && one.contains("wombat")),
            "{told:?}"
        );
        assert!(told.iter().any(|one| one.contains("Weight")), "{told:?}");
        assert!(map.nodes.iter().any(|node| node.title == "Poles"));
    }
}
