//! The tables of costs, of values and of the appraisal. Their columns are read as the description of each record has them.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::sheet::{Placed, placed};
use super::super::{DecisionKind, Handling};
use super::Sheets;
use super::reader::{Log, Row, What};
use super::records::{Ids, belongs, homeless, kpi_of, places, valueless};
use crate::map::record::{self, Kind, Presence, Record};
use crate::map::written::{Bound, Edge, Meant};
use crate::map::{
    Appraisal, AppraisalOption, Beneficiary, BenefitClass, BenefitMap, Confidence, Cost, CostKind, Deflator,
    Difference, Gains, IncomeGroup, Number, OptionId, OptionKind, PriceBasis, PriceIndex, RateBand, Stake, Timing,
    Weights, YearAmount,
};

/// The costs of nodes.
pub(super) fn costs(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.nodes.iter().map(|node| node.id.clone()));
    for row in sheets.rows("costs") {
        let Some(id) = ids.nodes.refer(&row.text("node"), &row, "node", &mut ids.taken, log) else {
            homeless(&row, "node", "the cost does not name a node, so it was left out", log);
            continue;
        };
        let Some(at) = belongs(&places, &id, &row, ("node", format!("node `{id}`")), log) else {
            continue;
        };
        let said = fields(&record::COST, &row, ids, log);
        if !said.contains_key("amount") {
            valueless(&row, "amount", "the cost has no amount, so it was left out", log);
            continue;
        }
        map.nodes[at].cost.extend(made::<Cost>(said, &record::COST));
    }
}

/// What KPIs are worth: their values, and those by year.
pub(super) fn values(sheets: &Sheets<'_>, map: &mut BenefitMap, ids: &mut Ids, log: &mut Log) {
    let places = places(map.kpis.iter().map(|kpi| kpi.id.clone()));
    for row in sheets.rows("benefit_values") {
        let Some(at) = kpi_of(&row, "value", &places, ids, log) else {
            continue;
        };
        let said = fields(&record::VALUE, &row, ids, log);
        if map.kpis[at].value.is_some() {
            let what = What {
                kind: DecisionKind::Superseded,
                handling: Handling::Fault,
                message: format!(
                    "the KPI `{}` has a value already, so the row was left out",
                    map.kpis[at].id
                ),
                help: "Keep one row for each KPI.",
            };
            row.say(log, Some("kpi"), what);
            continue;
        }
        map.kpis[at].value = made(said, &record::VALUE);
    }
    for row in sheets.rows("benefit_amounts") {
        let Some(at) = kpi_of(&row, "amount", &places, ids, log) else {
            continue;
        };
        let said = fields(&record::AMOUNT, &row, ids, log);
        if !said.contains_key("amount") {
            valueless(&row, "amount", "the row has no amount, so it was left out", log);
            continue;
        }
        let value = map.kpis[at].value.get_or_insert_default();
        value.amounts.extend(made::<YearAmount>(said, &record::AMOUNT));
    }
    for row in sheets.rows("beneficiaries") {
        let Some(at) = kpi_of(&row, "group that gains", &places, ids, log) else {
            continue;
        };
        let said = fields(&record::BENEFICIARY, &row, ids, log);
        if !said.contains_key("share") {
            valueless(&row, "share", "the group has no share, so it was left out", log);
            continue;
        }
        let value = map.kpis[at].value.get_or_insert_default();
        value
            .beneficiaries
            .extend(made::<Beneficiary>(said, &record::BENEFICIARY));
    }
}

/// The appraisal with its rates, prices and options; `None` where no row says anything of it. `options` are the rows of the
/// options with their ids.
pub(super) fn read(
    sheets: &Sheets<'_>,
    options: Vec<(Row<'_>, OptionId)>,
    ids: &mut Ids,
    log: &mut Log,
) -> Option<Appraisal> {
    let mut appraisal: Option<Appraisal> = None;
    let unnamed = || Appraisal::new("", "");
    for row in sheets.rows("appraisal") {
        let said = fields(&record::APPRAISAL, &row, ids, log);
        if appraisal.is_some() {
            let what = What {
                kind: DecisionKind::Superseded,
                handling: Handling::Fault,
                message: "a map has one appraisal, so this row was left out".to_owned(),
                help: "Keep one row.",
            };
            row.say(log, None, what);
            continue;
        }
        appraisal = made(said, &record::APPRAISAL);
    }
    for row in sheets.rows("rate_bands") {
        let said = fields(&record::RATE_BAND, &row, ids, log);
        let Some(band) = made::<RateBand>(said, &record::RATE_BAND) else {
            for column in ["from", "rate"] {
                valueless(
                    &row,
                    column,
                    &format!("the band has no `{column}`, so it was left out"),
                    log,
                );
            }
            continue;
        };
        appraisal.get_or_insert_with(unnamed).bands.push(band);
    }
    for row in sheets.rows("deflator") {
        let said = fields(&record::PRICE_INDEX, &row, ids, log);
        let Some(price) = made::<PriceIndex>(said, &record::PRICE_INDEX) else {
            valueless(
                &row,
                "level",
                "the year has no level of prices, so it was left out",
                log,
            );
            continue;
        };
        let deflator = &mut appraisal.get_or_insert_with(unnamed).deflator;
        deflator.get_or_insert_with(Deflator::default).index.push(price);
    }
    for row in sheets.rows("income_groups") {
        let said = fields(&record::INCOME_GROUP, &row, ids, log);
        let weights = &mut appraisal.get_or_insert_with(unnamed).weights;
        let weights = weights.get_or_insert_with(Weights::default);
        weights.groups.extend(made::<IncomeGroup>(said, &record::INCOME_GROUP));
    }
    for (row, id) in options {
        let mut said = fields(&record::OPTION, &row, ids, log);
        said.insert("id".to_owned(), Value::from(id.as_str()));
        let option = made::<AppraisalOption>(said, &record::OPTION);
        appraisal.get_or_insert_with(unnamed).options.extend(option);
    }
    let held = appraisal.iter().flat_map(|appraisal| &appraisal.options);
    let places = places(held.map(|option| option.id.clone()));
    for row in sheets.rows("differences") {
        let Some(id) = ids
            .options
            .refer(&row.text("option"), &row, "option", &mut ids.taken, log)
        else {
            let told = "the difference does not name an option, so it was left out";
            homeless(&row, "option", told, log);
            continue;
        };
        let Some(at) = belongs(&places, &id, &row, ("option", format!("option `{id}`")), log) else {
            continue;
        };
        let said = fields(&record::DIFFERENCE, &row, ids, log);
        if !said.contains_key("factor") {
            valueless(&row, "factor", "the difference has no factor, so it was left out", log);
            continue;
        }
        if let Some(appraisal) = &mut appraisal {
            let difference = made::<Difference>(said, &record::DIFFERENCE);
            appraisal.options[at].differences.extend(difference);
        }
    }
    appraisal
}

/// The record that the fields make; `None` where one is missing that must be there. A text that must be there may be empty.
pub(super) fn made<T: DeserializeOwned>(mut said: Map<String, Value>, described: &'static Record) -> Option<T> {
    for field in described.fields {
        if field.presence == Presence::Required && matches!(field.kind, Kind::Text) {
            said.entry(field.name).or_insert_with(|| Value::from(""));
        }
    }
    serde_json::from_value(Value::Object(said)).ok()
}

/// What a row says of a record of that description, by the names of its fields.
pub(super) fn fields(described: &'static Record, row: &Row<'_>, ids: &mut Ids, log: &mut Log) -> Map<String, Value> {
    let mut said = Map::new();
    for placed in &placed(described) {
        let (inside, field, _) = placed.parts();
        let Some(value) = value(&field.kind, placed, row, ids, log) else {
            continue;
        };
        match inside {
            None => drop(said.insert(field.name.to_owned(), value)),
            Some(outer) => {
                let inner = said.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(inner) = inner {
                    inner.insert(field.name.to_owned(), value);
                }
            }
        }
    }
    // A record inside of which what it is for is missing is none.
    for placed in &placed(described) {
        let (Some(outer), field, column) = placed.parts() else {
            continue;
        };
        let lacks = field.presence == Presence::Required
            && said.get(outer).is_some_and(|inner| inner.get(field.name).is_none());
        if lacks {
            said.remove(outer);
            let message = format!("`{outer}` has no `{}`, so it was left out", field.name);
            valueless(row, column, &message, log);
        }
    }
    said
}

/// What a cell says; `None` where it says nothing, or nothing that can be read, which is told.
fn value(kind: &Kind, placed: &Placed, row: &Row<'_>, ids: &mut Ids, log: &mut Log) -> Option<Value> {
    let (_, field, column) = placed.parts();
    let text = |text: String| (!text.is_empty()).then(|| Value::from(text));
    match kind {
        Kind::Text => match field.name {
            "year" | "base_year" | "price_year" | "from" | "until" | "end" => text(row.year(column, log)),
            "source" | "reason" => text(row.said(column, log)),
            _ => text(row.text(column)),
        },
        Kind::Number => number(field.name, column, row, log).and_then(|number| serde_json::to_value(number).ok()),
        Kind::Whole { least, most } => {
            let help = format!("Write a whole number from {least} to {most}.");
            let bounds = *least..=*most;
            row.whole(
                column,
                ("whole number", &help),
                |n| bounds.contains(&n).then_some(n),
                log,
            )
            .map(Value::from)
        }
        Kind::Day => {
            let edge = (Edge::Last, Bound::Plan);
            row.day(column, edge, "it", log)
                .and_then(|day| serde_json::to_value(day).ok())
        }
        Kind::Word(words) => word(words, column, row, log).map(Value::from),
        Kind::Reference(_) => {
            let id = ids.options.refer(&row.text(column), row, column, &mut ids.taken, log);
            id.map(|id| Value::from(id.as_str()))
        }
        Kind::List(Kind::Reference(_)) => {
            let all = row.list(column);
            let all = all
                .iter()
                .filter_map(|text| ids.nodes.refer(text, row, column, &mut ids.taken, log))
                .map(|id| Value::from(id.as_str()));
            Some(Value::Array(all.collect())).filter(|list| *list != Value::Array(Vec::new()))
        }
        Kind::List(Kind::Number) => {
            let mut out = Vec::new();
            for text in row.list(column) {
                match Number::new(text.trim()) {
                    Ok(number) => out.extend(serde_json::to_value(number)),
                    Err(why) => {
                        let what = What {
                            kind: DecisionKind::UnreadableNumber,
                            handling: Handling::LeftOut,
                            message: format!("{why}, so it was left out"),
                            help: "Write numbers such as 0.5, with `;` between them.",
                        };
                        row.say(log, Some(column), what);
                    }
                }
            }
            Some(Value::Array(out)).filter(|list| *list != Value::Array(Vec::new()))
        }
        _ => None,
    }
}

fn number(field: &str, column: &str, row: &Row<'_>, log: &mut Log) -> Option<Number> {
    let purse = log.purse.clone();
    let meant = match field {
        "amount" | "low" | "high" | "unit_value" | "income" | "median_income" => Meant::Money(&purse),
        "share" | "rate" | "mitigation" => Meant::Share,
        "percent" => Meant::Value {
            unit: "%",
            purse: &purse,
        },
        _ => Meant::Count,
    };
    let lost = match (row.table(), field) {
        ("costs", "amount") => "the cost",
        _ => "it",
    };
    row.number(column, meant, lost, log)
}

/// The word in the cell.
fn word(words: &'static [&'static str], column: &str, row: &Row<'_>, log: &mut Log) -> Option<&'static str> {
    macro_rules! one_of {
        ($($words:ident),*) => {$(
            if words == $words::WORDS {
                return row.word::<$words>(column, &[], log).map($words::as_str);
            }
        )*};
    }
    one_of!(
        CostKind,
        PriceBasis,
        Timing,
        OptionKind,
        BenefitClass,
        Gains,
        Confidence,
        Stake
    );
    None
}
