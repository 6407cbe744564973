//! An appraisal for programs.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::appraisal::{Appraised, OptionResult, Switching, Totals};
use super::line::Side;
use super::rates::RateTable;
use super::weighting::Weighting;
use crate::escape::json::pretty;
use crate::map::{BenefitClass, Number};

/// A figure: to fifteen significant digits, as programs keep them.
pub(super) fn number(value: Decimal) -> Value {
    match Number::rounded(value) {
        Some(number) => serde_json::to_value(number).unwrap_or(Value::Null),
        // Ten to the fifteenth and more: never infinite, as a decimal has at most 29 digits.
        None => json!(value.to_f64().unwrap_or_default()),
    }
}

fn maybe(value: Option<Decimal>) -> Value {
    value.map_or(Value::Null, number)
}

impl Appraised {
    /// The appraisal as JSON: `options` (all, or the one of that id), `rates` and what both go by; two spaces a level, with a final
    /// line break. The fields are listed in `docs/appraisal.md`. What there is not is `null`.
    pub fn to_json(&self, option: Option<&str>) -> String {
        pretty(&self.as_value(option))
    }

    /// The same, to be added to.
    pub fn as_value(&self, option: Option<&str>) -> Value {
        let wanted = self.options.iter().filter(|one| option.is_none_or(|id| one.id == id));
        let options: Vec<Value> = wanted.map(|one| self.option_value(one)).collect();
        json!({
            "options": options,
            "rates": rates(&self.rates),
            "base_year": self.calendar.label(0),
            "price_year": self.price_year,
            "end": self.calendar.label(self.calendar.len() as i64 - 1),
            "timing": self.timing.as_str(),
            "currency": self.currency,
            "weights": self.weighting.as_ref().map(weights),
            "compared_with": self.compared_with,
        })
    }

    fn option_value(&self, option: &OptionResult) -> Value {
        let years = option.years.iter().map(|year| {
            json!({
                "year": self.calendar.label(year.index as i64),
                "index": year.index,
                "factor": number(year.factor),
                "cost": number(year.cost),
                "benefit": number(year.benefit),
                "pv_cost": number(year.pv_cost),
                "pv_benefit": number(year.pv_benefit),
            })
        });
        let unmonetised = option.unmonetised.iter().map(|one| {
            json!({
                "node": one.node.as_str(),
                "title": one.title,
                "kpi": one.kpi.as_ref().map(|id| id.as_str()),
                "measure": one.measure,
                "class": one.class.map(BenefitClass::as_str),
                "unit": one.unit,
                "in_last_year": maybe(one.in_last_year),
                "quantity": maybe(one.quantity),
                "cost_per_unit": maybe(one.cost_per_unit),
            })
        });
        let lines = option.counted.iter().map(|counted| {
            let line = &self.lines[counted.line];
            json!({
                "subject": line.subject.to_string(),
                "title": line.title,
                "side": match line.side { Side::Cost => "cost", Side::Benefit => "benefit" },
                "kind": line.kind.map(|kind| kind.as_str()),
                "class": line.class.map(BenefitClass::as_str),
                "gains": line.gains.map(|gains| gains.as_str()),
                "factor": number(counted.factor),
                "present_value": number(counted.present),
                "weight": number(line.weight),
                "source": line.inputs.first().map(|input| input.source.as_str()),
            })
        });
        let mut out = Map::new();
        out.insert("id".to_owned(), json!(option.id));
        out.insert("title".to_owned(), json!(option.title));
        out.insert("kind".to_owned(), json!(option.kind.as_str()));
        out.extend(totals(&option.society));
        out.insert("public_sector".to_owned(), Value::Object(totals(&option.public_sector)));
        let weighted = option.weighted.as_ref().map(totals);
        out.insert("weighted".to_owned(), weighted.map_or(Value::Null, Value::Object));
        if let Some(bands) = self.bands {
            let band = option.society.bcr.map(|ratio| bands.of(ratio));
            let by = json!({"by": bands.as_str(), "category": band, "note": bands.source()});
            out.insert("value_for_money".to_owned(), by);
        }
        let payback = option.payback.map(|year| self.calendar.label(year));
        out.insert("payback".to_owned(), json!(payback));
        out.insert("years".to_owned(), years.collect());
        out.insert("lines".to_owned(), lines.collect());
        out.insert("unmonetised".to_owned(), unmonetised.collect());
        out.insert("switching".to_owned(), option.switching.iter().map(switching).collect());
        Value::Object(out)
    }
}

pub(super) fn totals(totals: &Totals) -> Map<String, Value> {
    let fields = [
        ("pvc", number(totals.pvc)),
        ("pvb", number(totals.pvb)),
        ("npsv", number(totals.npsv)),
        ("bcr", maybe(totals.bcr)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn switching(one: &Switching) -> Value {
    json!({
        "input": one.input,
        "subject": one.subject.to_string(),
        "title": one.title,
        "base": number(one.base),
        "value": number(one.value),
        "change_percent": maybe(one.change_percent),
        "possible": one.is_possible,
    })
}

/// How much benefits count by who has them.
fn weights(weighting: &Weighting) -> Value {
    let groups = weighting.groups.iter().map(|group| {
        json!({
            "name": group.name,
            "income": maybe(group.income),
            "weight": number(group.weight),
        })
    });
    json!({
        "source": weighting.source,
        "median_income": maybe(weighting.median_income),
        "elasticity": number(weighting.elasticity),
        "groups": groups.collect::<Vec<_>>(),
    })
}

/// A table of rates: its name, title, edition, source and bands.
pub(super) fn rates(table: &RateTable) -> Value {
    serde_json::to_value(table).unwrap_or(Value::Null)
}

/// Tables of rates as JSON: a list with the name, title, edition, source and bands of each.
pub fn tables_json(tables: &[RateTable]) -> String {
    pretty(&Value::Array(tables.iter().map(rates).collect()))
}
