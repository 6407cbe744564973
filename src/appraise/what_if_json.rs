//! What would follow from a change of a map, for programs.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::json::{number, totals};
use super::keep_all::{Candidate, KeepAll};
use super::what_if::{Cut, LOGIC, Later, Touched, TouchedKpi, WhatIf};
use super::what_if_money::{CutMoney, Saved};

fn nodes(all: &[Touched]) -> Value {
    all.iter()
        .map(|one| json!({"id": one.id.as_str(), "title": one.title, "kind": one.kind.as_str()}))
        .collect()
}

fn kpis(all: &[TouchedKpi]) -> Value {
    all.iter()
        .map(|one| json!({"id": one.id.as_str(), "title": one.title, "node": one.node.as_str()}))
        .collect()
}

fn maybe(value: Option<Decimal>) -> Value {
    value.map_or(Value::Null, number)
}

fn later(one: &Later) -> Value {
    json!({
        "node": one.node.as_str(),
        "kpi": one.kpi.as_ref().map(|id| id.as_str()),
        "title": one.title,
        "months_at_least": one.at_least,
        "months_at_most": one.at_most,
        "due": one.due.map(|day| day.to_string()),
        "then": one.then().map(|day| day.to_string()),
    })
}

impl WhatIf {
    /// What would follow, with what it comes to in money. The fields are listed in `docs/appraisal.md`.
    pub fn as_value(&self, cut: &Cut, money: &CutMoney, currency: &str) -> Value {
        let links = self.cut_links.iter();
        let links: Value = links
            .map(|(from, to)| json!({"from": from.as_str(), "to": to.as_str()}))
            .collect();
        json!({
            "without": nodes(&self.without),
            "option": self.option,
            "not_in_option": nodes(&self.outside),
            "without_assumptions": cut.assumptions,
            "cut_links": links,
            "delays": cut.delays.iter().map(|(id, months)| json!({"node": id.as_str(), "months": months})).collect::<Value>(),
            "lost": nodes(&self.lost),
            "weakened": nodes(&self.weakened),
            "no_more_harm": nodes(&self.no_more_harm),
            "kpis_lost": kpis(&self.kpis_lost),
            "kpis_weakened": kpis(&self.kpis_weakened),
            "unpaid": nodes(&self.unpaid),
            "leads_nowhere": nodes(&self.leads_nowhere),
            "out_of_sight_before": nodes(&self.out_of_sight_before),
            "later": self.later.iter().map(later).collect::<Value>(),
            "money": money_value(money, currency),
            "note": LOGIC,
        })
    }
}

fn money_value(money: &CutMoney, currency: &str) -> Value {
    let costs = |all: &[Saved]| -> Value {
        all.iter()
            .map(|one| json!({"node": one.node.as_str(), "title": one.title, "amount": number(one.amount)}))
            .collect()
    };
    let value = money.value.as_ref().map(|value| {
        let lost = value.lost.iter().map(|one| {
            json!({"kpi": one.kpi.as_str(), "title": one.title, "at_least": number(one.at_least),
                "at_most": number(one.at_most)})
        });
        let sums = value.lost_sum();
        json!({
            "option": value.option,
            "lost": lost.collect::<Value>(),
            "lost_at_least": maybe(sums.map(|(least, _)| least)),
            "lost_at_most": maybe(sums.map(|(_, most)| most)),
            "before": Value::Object(totals(&value.before)),
            "worst": Value::Object(totals(&value.worst)),
            "best": Value::Object(totals(&value.best)),
        })
    });
    json!({
        "currency": currency,
        "basis": if money.value.is_some() { "present-value" } else { "undiscounted" },
        "saved": maybe(money.saved_sum()),
        "saved_costs": costs(&money.saved),
        "could_be_saved": maybe(money.idle_sum()),
        "could_be_saved_costs": costs(&money.idle),
        "without_cost": money.without_cost,
        "value": value,
    })
}

impl KeepAll {
    /// The investments for programs.
    pub fn as_value(&self) -> Value {
        let candidates = |all: &[Candidate]| -> Value {
            let one = |one: &Candidate| json!({"id": one.investment.id.as_str(), "title": one.investment.title, "cost": maybe(one.cost)});
            all.iter().map(one).collect()
        };
        json!({
            "kept": candidates(&self.kept),
            "left_out": candidates(&self.left_out),
            "cost": number(self.cost),
            "at_least": number(self.at_least),
            "exact": self.is_exact(),
            "cost_of_all": number(self.cost_of_all),
            "basis": if self.is_present_value { "present-value" } else { "undiscounted" },
            "end_outcomes_in_sight": self.in_sight,
            "out_of_sight": nodes(&self.out_of_sight),
            "below_zero": self.below_zero.iter().map(|id| json!(id.as_str())).collect::<Value>(),
        })
    }
}
