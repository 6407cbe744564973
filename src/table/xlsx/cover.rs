//! The sheet that explains the others.

use super::super::Table;
use crate::map::BenefitMap;
use crate::track::Standing;

/// What the first sheet of a workbook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The heading.
    pub title: String,
    /// Paragraphs, in order. Text, never markup.
    pub paragraphs: Vec<String>,
}

impl Cover {
    /// For a map's own tables: what may be changed, and what happens to it.
    pub fn of_map(map: &BenefitMap) -> Self {
        let paragraphs = [
            "This workbook is a benefit map as tables, with one sheet for each table. You can change it here and read it back: \
             `benefit-map import workbook` turns it into a map again, and nothing is lost on the way.",
            "You may change any cell, add and delete rows, sort and filter them, move columns, and add columns and \
             sheets of your own: import leaves out what is not part of the map, and names it.",
            "Keep the names of the sheets and the names in the first row of each. Ids, on grey, stay as they are: rows are matched by id, \
             never by title, and other sheets refer to them, so you cannot type over one. A new \
             row needs no id; it is given one. An id that is there twice, for example after you copy a row, turns red: clear it in \
             the new row.",
            "Cells with an arrow offer the words or ids that fit. Dates are real dates, shown as year, month \
             and day. Shares and tolerances are numbers such as 0.6. `true` means yes, and an empty cell means no. Several \
             partners, tags or assumptions in one cell are separated by semicolons.",
            "A row with nothing but its id is still a record. If you delete a row here, import reports it, \
             and deletes it from the map only with `--prune`.",
            "Sheets whose names begin with a capital letter are made from the map and are not read back.",
        ];
        Self {
            title: if map.title.is_empty() {
                "Benefit map".to_owned()
            } else {
                map.title.clone()
            },
            paragraphs: paragraphs.map(str::to_owned).to_vec(),
        }
    }

    /// For the benefits register: how to read it, and how money is shown. The total is that of the rows of costs.
    pub fn of_register(map: &BenefitMap, standing: Option<&Standing<'_>>) -> Self {
        let mut paragraphs = vec![
            "The sheet `Register` is the form to print: every outcome of the map, disbenefits included, with a row for each \
             of its KPIs. The facts about the benefit are in each of its rows, in grey after the first, so that rows can be sorted \
             and filtered. It is made from the map and is not read back: change the map, and write it again."
                .to_owned(),
            match standing {
                Some(standing) => format!(
                    "Last values, statuses and forecasts are as of {}: later measurements are left out.",
                    standing.as_of
                ),
                None => "No measurements were given, so the KPIs have no status.".to_owned(),
            },
            "`Target when due` is the value that is promised for the day on which the benefit is due: the target of that \
             day, else the value of the planned path, else the final target if that was due earlier."
                .to_owned(),
            "The sheet `benefits` has a row for each benefit, with what leads to it, what it leads to, and what it costs."
                .to_owned(),
            "`enabled_by` names what leads to the benefit directly, `outputs` every enabler and business change before \
             it, `depends_on` the outcomes that must come first, `feeds` the end outcomes that it leads to, each by its \
             title. `disbenefits` are those that the same outputs cause."
                .to_owned(),
            "`cost_upstream` is all the money spent on what leads to the benefit and on the benefit itself, each node's \
             cost counted once however many chains run from it. The same money leads to several benefits, named in \
             `cost_shared_with`, so do not add the column up."
                .to_owned(),
        ];
        if let Some(total) = map.cost_of_all(&map.nodes) {
            let currency = if map.currency.is_empty() {
                String::new()
            } else {
                format!("{} ", map.currency)
            };
            paragraphs.push(format!("All costs of the map, each counted once: {currency}{total}."));
        }
        Self {
            title: match standing {
                Some(standing) => format!(
                    "Benefits register: {}, as of {}",
                    Self::of_map(map).title,
                    standing.as_of
                ),
                None => format!("Benefits register: {}", Self::of_map(map).title),
            },
            paragraphs,
        }
    }

    /// For the KPI register.
    pub fn of_kpis(map: &BenefitMap) -> Self {
        Self {
            title: format!("KPI register: {}", Self::of_map(map).title),
            paragraphs: vec![
                "A row for each KPI: what is measured, of which node, from which baseline to which final target, and who \
                 answers for it. It is made from the map and is not read back: change the map, and write it again."
                    .to_owned(),
            ],
        }
    }

    /// For expected and actual values as of a day.
    pub fn of_trajectory(map: &BenefitMap, as_of: crate::map::Day) -> Self {
        Self {
            title: format!("Expected and actual values: {}", Self::of_map(map).title),
            paragraphs: vec![format!(
                "A row for each KPI and period, statuses as of {as_of}. `variance` is actual minus expected, in the \
                 KPI's unit. The sheet is made from the map and the measurements and is not read back."
            )],
        }
    }

    /// The same with one more paragraph, where there is one.
    #[must_use]
    pub fn saying(mut self, paragraph: Option<String>) -> Self {
        self.paragraphs.extend(paragraph);
        self
    }

    /// For coverage.
    pub fn of_coverage(map: &BenefitMap) -> Self {
        Self {
            title: format!("Coverage: {}", Self::of_map(map).title),
            paragraphs: vec![
                "What share of the map has the evidence, owners and measures that it needs. `percent` is cut to one place and not rounded, so that \
                 100 means all; it is empty where nothing to cover. The sheet `uncovered` lists what is \
                 missing. The sheets are made from the map and are not read back."
                    .to_owned(),
            ],
        }
    }

    /// For the traceability matrix.
    pub fn of_matrix(map: &BenefitMap) -> Self {
        Self {
            title: format!("Traceability: {}", Self::of_map(map).title),
            paragraphs: vec![
                "Each cell of the sheet `matrix` shows how strong the evidence of the best chain from its row to its column is, how many \
                 chains there are, and how many links the best has; an empty cell means that no chain leads there."
                    .to_owned(),
                "The sheet `connections` says the same as a list to filter: a row for every pair that is connected by at \
                 least one chain, and a row without chains for each thing that is not connected. `best_chain` is \
                 the strength of the strongest chain, which is that of its weakest link. `links` is how many links that chain has. `at_least` says that some chains run through a \
                 loop and are counted once for every way in and out. The sheets are made from the map and are not read back."
                    .to_owned(),
            ],
        }
    }

    /// For a list of chains.
    pub fn of_chains(map: &BenefitMap) -> Self {
        Self {
            title: format!("Chains: {}", Self::of_map(map).title),
            paragraphs: vec![
                "The strongest chains first, with a row for each step: its evidence, and who answers for the box that it leads to. The \
                 sheet is made from the map and is not read back."
                    .to_owned(),
            ],
        }
    }
}

/// What a row of a sheet is, in a line; for tables that are not known, how many columns they have.
pub(super) fn about(table: &Table) -> String {
    match table.name.as_str() {
        super::progress::PROGRESS_SHEET => {
            "one row for each KPI and period: expected and actual values, with variance and status as formulas; drawn on the \
             sheet Charts"
        }
        "map" => "the map itself: its title, purpose, period and currency, in one row",
        "nodes" => "the boxes: investments, enablers, business changes, intermediate and end outcomes",
        "links" => "the lines: what leads to what, why, and how much it contributes",
        "owners" => "the people and posts who answer for something",
        "kpis" if table.columns.iter().any(|column| column.name == "final_target_value") => "one row for each KPI",
        "kpis" => "what is measured, of which node, from which baseline, and how",
        "targets" => "the values that are promised, with their dates",
        "trajectory" if table.columns.iter().any(|column| column.name == "expected") => "one row for each KPI and period",
        "trajectory" => "the listed points of a planned path; a KPI without any follows its profile",
        "evidence" if table.columns.len() == 2 => "how many links have evidence of each strength",
        "evidence" => "the evidence for a link, and how strong it is",
        "costs" => "what a node costs, by year",
        "stakeholders" => "who is better or worse off with a node, and how",
        "document" => "which version of the map this is: one row",
        "approvals" => "who has approved the map, and when",
        "benefit_values" => "what the benefit that a KPI measures is worth in money",
        "benefit_amounts" => "what it is worth in a year",
        "beneficiaries" => "which group of people has which share of a benefit",
        "appraisal" => "what an economic appraisal goes by",
        "rate_bands" => "a discount rate, and the years that it holds for",
        "deflator" => "the level of prices in a year",
        "income_groups" => "a group of people with its income or its weight",
        "options" => "an option, and the nodes that belong to it",
        "differences" => "which costs and values belong to an option",
        "risks" => "what could stop a benefit; `threatens` is a node, or a link as `from -> to`",
        "responses" => "what could be done about a risk, and what was chosen",
        "plans" => "who has a benefits realisation plan",
        "activities" => "the activities in the plan of an owner",
        "partners" => "the organisations that share in the work or the benefit",
        "reviews" => "who has reviewed what, and what they said; leave the fingerprints as they are",
        "arrangement" => "the order of the boxes of a kind in the picture",
        "allow" => "findings of `check` that are accepted, and why",
        "measurements" => "measured values",
        "Register" => "one row for each KPI of a benefit or disbenefit, as a form to print",
        "benefits" => "one row for each benefit or disbenefit: what leads to it, what it leads to, and what it costs",
        "coverage" => "one row for each measure: how much is covered, out of how much",
        "uncovered" => "what is not covered, one by one",
        "matrix" => "what leads to what: rows to columns",
        "connections" => "one row for each pair: what leads to what, by how many chains",
        "chains" => "the chains, with one row for each step",

        _ => return format!("{} columns", table.columns.len()),
    }
    .to_owned()
}
