//! The standing of a map for programs.

use serde_json::{Value, json};

use crate::escape::json::pretty;

use super::{NodeStanding, Outlook, Reception, Standing, Status};

impl Standing<'_> {
    /// The standing as JSON: one object of `as_of`, `counts` (KPIs by status), `nodes` (worst first, as by
    /// [`Standing::worst_first`]) and `kpis` (by id); two spaces a level, with a final line break. What is not known is
    /// `null`. The fields are listed in `docs/tracking.md`.
    pub fn to_json(&self) -> String {
        let counts: serde_json::Map<String, Value> = Status::WORDS
            .iter()
            .map(|word| {
                let count = self.kpis.iter().filter(|o| o.status.as_str() == *word).count();
                ((*word).to_owned(), count.into())
            })
            .collect();
        let whole = json!({
            "as_of": self.as_of.to_string(),
            "counts": counts,
            "measurements": received(&self.reception),
            "nodes": self.worst_first().into_iter().map(node).collect::<Vec<_>>(),
            "kpis": self.kpis.iter().map(kpi).collect::<Vec<_>>(),
        });
        pretty(&whole)
    }
}

/// What became of the rows of measurements.
fn received(reception: &Reception) -> Value {
    let reasons = reception.left_out.iter().map(|reason| {
        let first = reason.first.iter().map(|remark| {
            json!({
                "file": remark.place.as_ref().map(|(file, _)| file),
                "row": remark.place.as_ref().map(|(_, row)| row),
                "column": remark.column,
                "message": remark.message,
                "help": remark.help,
            })
        });
        json!({"reason": reason.kind.as_str(), "rows": reason.rows, "first": first.collect::<Vec<_>>()})
    });
    json!({
        "rows": reception.rows,
        "left_out": reception.count(),
        "reasons": reasons.collect::<Vec<_>>(),
    })
}

fn node(standing: &NodeStanding<'_>) -> Value {
    let warning = standing.warning.as_ref().map(|warning| {
        json!({
            "status": warning.status.as_str(),
            "kpi": warning.kpi.id.as_str(),
            "path": warning.path.iter().map(|node| node.id.as_str()).collect::<Vec<_>>(),
            "effects": warning.effects.iter().map(|effect| effect.as_str()).collect::<Vec<_>>(),
        })
    });
    json!({
        "id": standing.node.id.as_str(),
        "title": standing.node.title,
        "kind": standing.node.kind.as_str(),
        "owner": standing.node.owner.as_ref().map(|owner| owner.as_str()),
        "status": standing.status.map(|status| status.as_str()),
        "decided_by": standing.decided_by.map(|kpi| kpi.id.as_str()),
        "warning": warning,
    })
}

fn kpi(o: &Outlook<'_>) -> Value {
    json!({
        "id": o.kpi.id.as_str(),
        "node": o.kpi.node.as_str(),
        "title": o.kpi.title,
        "unit": o.kpi.unit,
        "status": o.status.as_str(),
        "why": o.missing.map(|missing| missing.as_str()),
        "warns": o.warns,
        "last": o.last.map(|last| json!({"date": last.date, "value": last.value})),
        "age_days": o.age,
        "holds_until": o.holds_until,
        "expected": o.expected,
        "variance": o.variance,
        "variance_percent": o.variance_percent,
        "frequency": o.frequency.map(|frequency| frequency.to_string()),
        "periods_overdue": o.overdue,
        "unclear": o.unclear.iter().map(|unclear| unclear.as_str()).collect::<Vec<_>>(),
        "heading": o.heading.as_str(),
        "next_target": o.next.map(|next| json!({"date": next.date, "value": next.value})),
        "forecast": o.forecast.map(|forecast| json!({
            "date": forecast.date,
            "value": forecast.value,
            "low": forecast.interval.map(|(low, _)| low),
            "high": forecast.interval.map(|(_, high)| high),
        })),
        "prospect": o.prospect.map(|prospect| prospect.as_str()),
        "would_meet": o.would_meet,
        "first_met": o.first_met,
        "lost": o.lost,
    })
}
