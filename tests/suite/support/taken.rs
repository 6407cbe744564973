//! Registers that people lay out, read without help, and what tests ask of the map.

use benefit_map::map::{BenefitMap, Kpi, Node};
use benefit_map::table::{self, Adopted, Decision, Grid, Handling, Mapping, SheetKind, xlsx};
use rust_xlsxwriter::Workbook;

use super::workbook::by_hand;

/// What a file gave.
pub struct Taken {
    pub map: BenefitMap,
    pub adopted: Adopted,
    pub told: Vec<Decision>,
}

pub fn taken(grids: &[Grid], mapping: Option<&Mapping>) -> Taken {
    let adopted = table::adopt("r.xlsx", grids, mapping, None).unwrap_or_else(|error| panic!("{error}"));
    let imported = table::import(&adopted.tables).unwrap();
    let mut told = adopted.decisions.clone();
    told.extend(adopted.origins.retold(imported.decisions));
    let mut map = imported.map;
    map.canonicalize();
    Taken { map, adopted, told }
}

pub fn of_csv(text: &str) -> Taken {
    taken(&[Grid::of_csv("r.csv", text.as_bytes()).unwrap()], None)
}

pub fn of_workbook(make: impl FnOnce(&mut Workbook)) -> Taken {
    taken(&xlsx::grids("r.xlsx", &by_hand(make)).unwrap(), None)
}

impl Taken {
    pub fn node(&self, title: &str) -> &Node {
        let found = self.map.nodes.iter().find(|node| node.title == title);
        found.unwrap_or_else(|| panic!("no `{title}` among {:?}", titles(&self.map)))
    }

    pub fn kpis(&self, title: &str) -> Vec<&Kpi> {
        let node = self.node(title);
        self.map.kpis.iter().filter(|kpi| kpi.node == node.id).collect()
    }

    pub fn kpi(&self, title: &str) -> &Kpi {
        match self.kpis(title).as_slice() {
            [one] => one,
            many => panic!("{} KPIs of `{title}`", many.len()),
        }
    }

    pub fn owner(&self, title: &str) -> &str {
        let owner = self.node(title).owner.as_ref().map(|id| id.as_str());
        let owner = self.map.owners.iter().find(|one| Some(one.id.as_str()) == owner);
        owner.map_or("", |owner| owner.name.as_str())
    }

    /// The links as titles.
    pub fn links(&self) -> Vec<(&str, &str)> {
        let title = |id: &str| {
            self.map
                .nodes
                .iter()
                .find(|node| node.id.as_str() == id)
                .map_or("", |node| node.title.as_str())
        };
        let mut all: Vec<(&str, &str)> = self
            .map
            .links
            .iter()
            .map(|link| (title(link.from.as_str()), title(link.to.as_str())))
            .collect();
        all.sort_unstable();
        all
    }

    pub fn says(&self, handling: Handling, row: usize, words: &str) -> bool {
        self.told
            .iter()
            .any(|told| told.handling == handling && told.row == Some(row) && told.message.contains(words))
    }

    pub fn is_of(&self, sheet: &str) -> SheetKind {
        self.adopted
            .mapping
            .sheets
            .iter()
            .find(|one| one.sheet == sheet)
            .unwrap()
            .kind
    }
}

pub fn titles(map: &BenefitMap) -> Vec<&str> {
    map.nodes.iter().map(|node| node.title.as_str()).collect()
}

/// Baseline, targets with their days, and unit, in short: `120 -> 90 by 2029-03-31, visits`.
pub fn path(kpi: &Kpi) -> String {
    let from = kpi.baseline.map_or("?".to_owned(), |baseline| match baseline.date {
        Some(date) => format!("{} on {date}", baseline.value),
        None => baseline.value.to_string(),
    });
    let to: Vec<String> = kpi
        .targets
        .iter()
        .map(|target| match target.date {
            Some(date) => format!("{} by {date}", target.value),
            None => target.value.to_string(),
        })
        .collect();
    format!("{from} -> {}, {}", to.join(" and "), kpi.unit)
}
