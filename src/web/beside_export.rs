//! What lies beside the map as files to keep: a table and JSON. What nobody may know yet is in neither.

use std::borrow::Cow;

use serde::Serialize;

use crate::map::BenefitMap;
use crate::session::board::{Board, HealthNews, Note, RoundNews, VoteNews};
use crate::survey::COLUMNS as COLUMNS_OF_ANSWERS;
use crate::table::{Cell, Column, Table, Values};

/// The columns of the table.
const COLUMNS: [(&str, Values); 9] = [
    ("kind", Values::Text),
    ("about", Values::Text),
    ("title", Values::Text),
    ("question", Values::Text),
    ("text", Values::Text),
    ("dots", Values::Number),
    ("name", Values::Text),
    ("written", Values::Text),
    ("done", Values::Bool),
];

/// A row of it.
#[derive(Default)]
struct Row<'r> {
    kind: &'static str,
    about: &'r str,
    question: &'r str,
    text: &'r str,
    dots: Option<u32>,
    name: &'r str,
    written: &'r str,
    is_done: Option<&'r bool>,
}

/// Notes, votes that have ended and answers that are shown, a row each.
pub(super) fn table(board: &Board, map: &BenefitMap) -> Table {
    let all = board.all(0);
    let mut rows = Vec::new();
    for note in board.notes() {
        rows.push(Row {
            kind: if note.about.is_some() { "note" } else { "parked" },
            about: note.about.as_deref().unwrap_or_default(),
            text: &note.text,
            name: &note.name,
            written: &note.at,
            is_done: Some(&note.done),
            ..Row::default()
        });
    }
    let mut votes: Vec<&VoteNews<'_>> = all.votes.values().flatten().collect();
    votes.sort_by_key(|vote| vote.number);
    for vote in votes {
        let mut counts: Vec<(&str, u32)> = vote.counts.iter().flatten().map(|(to, many)| (*to, *many)).collect();
        counts.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
        for (about, dots) in counts {
            rows.push(Row {
                kind: "vote",
                about,
                question: vote.question,
                dots: Some(dots),
                ..Row::default()
            });
        }
    }
    let mut rounds: Vec<&RoundNews<'_>> = all.rounds.values().flatten().collect();
    rounds.sort_by_key(|round| round.number);
    for round in rounds {
        for said in round.answers.iter().flatten() {
            rows.push(Row {
                kind: "answer",
                about: round.question.about.as_deref().unwrap_or_default(),
                question: &round.question.text,
                text: said.answer,
                name: said.name.unwrap_or_default(),
                ..Row::default()
            });
        }
    }
    let column = |(name, values): (&'static str, Values)| Column {
        name: Cow::Borrowed(name),
        values,
    };
    let text = |text: &str| match text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    let cells = |row: Row<'_>| {
        vec![
            text(row.kind),
            text(row.about),
            text(&title_of(row.about, board, map)),
            text(row.question),
            text(row.text),
            row.dots.map_or(Cell::Empty, |dots| {
                Cell::Number(i32::try_from(dots).unwrap_or(i32::MAX).into())
            }),
            text(row.name),
            text(row.written),
            row.is_done.map_or(Cell::Empty, |is_done| Cell::Bool(*is_done)),
        ]
    };
    Table {
        name: "notes".to_owned(),
        columns: COLUMNS.map(column).into(),
        rows: rows.into_iter().map(cells).collect(),
    }
}

/// Rows of answers to a health check as a table, which `survey results` reads.
pub(super) fn answers(rows: Vec<[String; COLUMNS_OF_ANSWERS.len()]>) -> Table {
    let column = |name: &'static str| Column {
        name: Cow::Borrowed(name),
        values: Values::Text,
    };
    let cell = |text: String| match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(text),
    };
    let cells = |row: [String; COLUMNS_OF_ANSWERS.len()]| row.map(cell).into();
    Table {
        name: "answers".to_owned(),
        columns: COLUMNS_OF_ANSWERS.map(column).into(),
        rows: rows.into_iter().map(cells).collect(),
    }
}

/// What people call a subject: the title of a box, the two of a link, the text of a note.
fn title_of(about: &str, board: &Board, map: &BenefitMap) -> String {
    let title = |id: &str| {
        let node = map.nodes.iter().find(|node| node.id.as_str() == id);
        node.map_or_else(|| format!("{id} (deleted)"), |node| node.title.clone())
    };
    match about.split_once(' ') {
        Some(("node", id)) => title(id),
        Some(("link", ends)) => match ends.split_once(" -> ") {
            Some((from, to)) => format!("{} → {}", title(from), title(to)),
            None => String::new(),
        },
        Some(("note", id)) => {
            let all = board.all(0);
            let note = all.notes.get(id).copied().flatten();
            note.map_or_else(|| "(deleted)".to_owned(), |note| note.text.clone())
        }
        _ => String::new(),
    }
}

/// The same as JSON.
pub(super) fn json(board: &Board) -> Vec<u8> {
    #[derive(Serialize)]
    struct All<'b> {
        notes: Vec<&'b Note>,
        votes: Vec<VoteNews<'b>>,
        rounds: Vec<RoundNews<'b>>,
        health: Vec<HealthNews<'b>>,
    }
    let all = board.all(0);
    let mut votes: Vec<VoteNews<'_>> = all.votes.into_values().flatten().collect();
    votes.sort_by_key(|vote| vote.number);
    let mut rounds: Vec<RoundNews<'_>> = all.rounds.into_values().flatten().collect();
    rounds.sort_by_key(|round| round.number);
    let mut health: Vec<HealthNews<'_>> = all.health.into_values().flatten().collect();
    health.sort_by_key(|one| one.number);
    let notes = board.notes();
    let mut text = serde_json::to_vec_pretty(&All {
        notes,
        votes,
        rounds,
        health,
    })
    .unwrap_or_default();
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Author;
    use crate::session::board::BoardStep;

    #[test]
    fn what_is_known_to_all_is_in_the_table_and_what_is_not_is_in_neither() {
        let mut board = Board::default();
        let deeds = [
            serde_json::json!({"do": "note", "id": "note0001", "text": "=1+1", "about": "node a"}),
            serde_json::json!({"do": "note", "id": "note0002", "text": "Later"}),
            serde_json::json!({"do": "open-vote", "id": "vote0001", "question": "First?", "dots": 2, "among": "parking"}),
            serde_json::json!({"do": "vote", "id": "vote0001", "dots": {"note note0002": 2}}),
            serde_json::json!({"do": "open-round", "id": "round001", "question": {"text": "Sure?"}}),
            serde_json::json!({"do": "answer", "id": "round001", "answer": "Secret"}),
        ];
        let apply = |board: &mut Board, deed| {
            let step = BoardStep {
                at: "2026-11-24T10:15:30Z".to_owned(),
                who: Author {
                    name: "Ada".to_owned(),
                    ..Author::default()
                },
                deed: serde_json::from_value(deed).unwrap(),
            };
            board.apply(&step, 0).unwrap();
        };
        for deed in deeds {
            apply(&mut board, deed);
        }
        let map: BenefitMap = serde_json::from_value(serde_json::json!({"format": 1, "title": "x",
            "nodes": [{"id": "a", "kind": "enabler", "title": "Kiosks"}]}))
        .unwrap();
        let text = |board: &Board| String::from_utf8(crate::table::csv::write(&table(board, &map))).unwrap();
        let csv = text(&board);
        assert!(
            csv.contains("note,node a,Kiosks,,'=1+1,,Ada,2026-11-24T10:15:30Z,"),
            "{csv}"
        );
        assert!(csv.contains("parked,,,,Later"), "{csv}");
        assert!(!csv.contains("First?") && !csv.contains("Secret"), "{csv}");
        assert!(!String::from_utf8(json(&board)).unwrap().contains("Secret"));
        apply(&mut board, serde_json::json!({"do": "close-vote", "id": "vote0001"}));
        apply(&mut board, serde_json::json!({"do": "reveal", "id": "round001"}));
        let csv = text(&board);
        assert!(csv.contains("vote,note note0002,Later,First?,,2"), "{csv}");
        assert!(csv.contains("answer,,,Sure?,Secret"), "{csv}");
        assert!(String::from_utf8(json(&board)).unwrap().contains("Secret"));
    }
}
