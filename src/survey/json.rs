//! Sets, results and triggers for programs. The fields are listed in `docs/health-check.md`.

use serde_json::{Map, Value, json};

use super::results::{QuestionResult, Results};
use super::set::QuestionSet;
use super::tally::Tally;
use super::triggers::Trigger;
use crate::escape::json::pretty;

/// The sets as a JSON list: of each `id`, `title`, `version`, `scale`, `purpose`, `source` and `groups`, each with its `id`,
/// `title` and `questions`, each with its `id`, `text`, `factor` and `source`.
pub fn sets_json<'s>(sets: impl IntoIterator<Item = &'s QuestionSet>) -> String {
    let question =
        |q: &super::set::Question| json!({"id": q.id, "text": q.text, "factor": q.factor, "source": q.source});
    let group = |g: &super::set::Group| {
        let questions: Vec<Value> = g.questions.iter().map(question).collect();
        json!({"id": g.id, "title": g.title, "questions": questions})
    };
    let set = |s: &QuestionSet| {
        let groups: Vec<Value> = s.groups.iter().map(group).collect();
        json!({
            "id": s.id, "title": s.title, "version": s.version, "scale": s.scale.as_str(), "points": s.scale.points(),
            "purpose": s.purpose, "source": s.source, "groups": groups,
        })
    };
    pretty(&sets.into_iter().map(set).collect::<Vec<Value>>())
}

/// Every question of some results as a JSON list, set after set: `question`, `n`, `counts`, `dont_know`, `median`, `lowest`,
/// `agreement` and `consensus`, with more fields beside. What is not known is `null`.
pub fn results_json(results: &[Results<'_>]) -> String {
    let of = |all: &Results<'_>| {
        let lines = all.questions.iter().map(|result| question_json(all, result));
        lines.collect::<Vec<Value>>()
    };
    pretty(&results.iter().flat_map(of).collect::<Vec<Value>>())
}

fn question_json(all: &Results<'_>, result: &QuestionResult<'_>) -> Value {
    let mut fields = tally_json(&result.tally);
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("question", result.question.id.clone().into());
    put("set", all.set.id.clone().into());
    put("group", result.group.id.clone().into());
    put("factor", result.question.factor.clone().into());
    put("text", result.question.text.clone().into());
    put("source", result.question.source.clone().into());
    put("round", all.round.into());
    put("divides", result.tally.divides().into());
    let roles: Vec<Value> = result
        .roles
        .iter()
        .map(|(role, tally)| {
            let mut fields = tally_json(tally);
            fields.insert("role".to_owned(), role.clone().into());
            Value::Object(fields)
        })
        .collect();
    put("roles", roles.into());
    put("roles_hidden", result.roles_hidden.into());
    put("notes", result.notes.clone().into());
    let before = result.earlier.last().map(|(round, tally)| {
        let mut fields = tally_json(tally);
        fields.insert("round".to_owned(), (*round).into());
        Value::Object(fields)
    });
    put("before", before.unwrap_or(Value::Null));
    Value::Object(fields)
}

fn tally_json(tally: &Tally) -> Map<String, Value> {
    let whole = json!({
        "n": tally.n(),
        "counts": tally.counts,
        "dont_know": tally.dont_know,
        "not_applicable": tally.not_applicable,
        "median": tally.median().map(|median| number(median.number())),
        "lowest": tally.lowest(),
        "agreement": tally.agreement().map(number),
        "consensus": tally.consensus().map(number),
    });
    match whole {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// A whole number without a point, as people write it.
fn number(value: f64) -> Value {
    match value.fract() == 0.0 {
        true => (value as i64).into(),
        false => value.into(),
    }
}

/// Triggers as a JSON list.
pub fn triggers_json(triggers: &[Trigger<'_, '_>]) -> String {
    let one = |trigger: &Trigger<'_, '_>| {
        let tally = &trigger.result.tally;
        json!({
            "question": trigger.result.question.id,
            "set": trigger.set.id,
            "group": trigger.result.group.id,
            "text": trigger.result.question.text,
            "source": trigger.result.question.source,
            "round": trigger.round,
            "n": tally.n(),
            "counts": tally.counts,
            "dont_know": tally.dont_know,
            "lowest": tally.lowest(),
            "least": trigger.least,
            "below": trigger.below,
            "risk": trigger.risk.as_str(),
            "title": trigger.title(),
            "taken_up": trigger.taken_up,
        })
    };
    pretty(&triggers.iter().map(one).collect::<Vec<Value>>())
}
