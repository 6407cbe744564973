//! Answers to question sets as tables: rows of CSV files and workbooks into an intake, and answers, forms and results out.

use super::register::columns;
use super::{Cell, Error, RawTable, Table, Values};
use crate::map::called::folded;
use crate::map::{Day, Number};
use crate::survey::{Answers, COLUMNS, Intake, QuestionSet, Results, Row, Scale};

/// How many rows from the top may come before the one that names the columns.
const HEADER_WITHIN: usize = 20;

/// The column of a form that shows what is asked. A table that has it was sent out to be filled in by one person.
const ASKED: &str = "asks";

/// Hands every row of a table to the intake. Columns are found by name, in any order; `question` and `answer` are needed, and
/// others than those of [`COLUMNS`] are passed over. In a form a name, a role, a day or a round that is written in one row
/// holds for the rows below it too.
///
/// # Errors
/// [`Error::NoAnswerColumns`] where none of the first rows names `question` and `answer`.
pub fn answers(table: &RawTable, intake: &mut Intake<'_>) -> Result<(), Error> {
    let named = |names: &[String]| {
        let at = |wanted: &str| names.iter().position(|name| folded(name) == wanted);
        at("question").is_some() && at("answer").is_some()
    };
    let texts = |cells: &[Cell]| {
        cells
            .iter()
            .map(|cell| cell.to_text().trim().to_owned())
            .collect::<Vec<String>>()
    };
    // A title may be above the names of the columns.
    let (header, skipped) = match named(&table.header) {
        true => (table.header.clone(), 0),
        false => {
            let rows = table.rows.iter().take(HEADER_WITHIN).map(|row| texts(&row.cells));
            let found = rows.enumerate().find(|(_, names)| named(names));
            let (at, names) = found.ok_or_else(|| Error::NoAnswerColumns {
                file: table.file.clone(),
                header: table.header.join(", ").chars().take(60).collect(),
            })?;
            (names, at + 1)
        }
    };
    let places = COLUMNS.map(|wanted| header.iter().position(|name| folded(name) == wanted));
    let is_form = header.iter().any(|name| folded(name) == ASKED);
    let mut above: [String; COLUMNS.len()] = Default::default();
    let rows = &table.rows[skipped..];
    for raw in rows {
        let mut cells = places.map(|place| {
            let cell = place.and_then(|at| raw.cells.get(at));
            cell.map(|cell| cell.to_text().trim().to_owned()).unwrap_or_default()
        });
        if is_form {
            for (name, (cell, above)) in COLUMNS.iter().zip(cells.iter_mut().zip(&mut above)) {
                match *name {
                    "respondent" | "role" | "on" | "round" if cell.is_empty() => cell.clone_from(above),
                    _ => above.clone_from(cell),
                }
            }
        }
        let [set, question, respondent, role, answer, note, on, round, version] = cells.each_ref().map(String::as_str);
        let mut row = Row::default();
        (row.set, row.question, row.answer, row.note) = (set, question, answer, note);
        (row.respondent, row.role) = (respondent, role);
        (row.on, row.round, row.version) = (on, round, version);
        (row.file, row.number) = (&table.file, raw.number);
        intake.row(&row);
    }
    if rows.is_empty() {
        intake.empty_file(&table.file);
    }
    Ok(())
}

/// Answers as one table, with only those that hold.
pub fn answers_table(answers: &Answers, sets: &[QuestionSet]) -> Table {
    let row = |cells: [String; 9]| {
        let [set, question, respondent, role, answer, note, on, round, version] = cells;
        vec![
            Cell::text(set),
            Cell::text(question),
            Cell::text(respondent),
            Cell::text(role),
            answer.parse().map_or(Cell::text(&*answer), Cell::Number),
            Cell::text(note),
            Day::new(&on).ok().into(),
            round.parse::<Number>().ok().into(),
            Cell::text(version),
        ]
    };
    Table {
        name: "answers".to_owned(),
        columns: columns(&COLUMNS.map(|name| (name, Values::Text))),
        rows: answers.to_rows(sets).into_iter().map(row).collect(),
    }
}

/// A set as a table to be filled in by one person: a row for each question, with a list of the answers to choose from.
pub fn answer_form(set: &QuestionSet) -> Table {
    let rows = set.questions().map(|(group, question)| {
        let subject = match question.factor.as_str() {
            "" => group.title.clone(),
            factor => format!("{}: {factor}", group.title),
        };
        vec![
            Cell::text(subject),
            Cell::text(&*question.text),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text(&*set.id),
            Cell::text(&*question.id),
            Cell::text(&*set.version),
        ]
    });
    Table {
        name: "answers".to_owned(),
        columns: columns(&[
            ("subject", Values::Text),
            (ASKED, Values::Text),
            ("answer", Values::Word(set.scale.answers())),
            ("note", Values::Text),
            ("respondent", Values::Text),
            ("role", Values::Text),
            ("on", Values::Day),
            ("round", Values::Number),
            ("set", Values::Text),
            ("question", Values::Text),
            ("version", Values::Text),
        ]),
        rows: rows.collect(),
    }
}

/// What the first sheet of such a form says, in paragraphs.
pub fn form_paragraphs(set: &QuestionSet) -> Vec<String> {
    let mut all = vec![
        "Answer on the sheet `answers`, alone and before you talk about it. Choose an answer in each row, or type it. Leave a row \
         empty if you do not want to answer."
            .to_owned(),
        "Write your name and your role in the first row; they hold for all rows. You can leave out the name. Roles are shown only \
         where at least three people answered."
            .to_owned(),
        format!("The answers are {}.", set.scale.answers().join(", ")),
    ];
    if !set.purpose.is_empty() {
        all.insert(0, set.purpose.clone());
    }
    all
}

/// Results as a table with one row for each question, in the order of the sets. What is not known is an empty cell.
pub fn results_table(results: &[Results<'_>]) -> Table {
    const POINTS: [&str; 4] = ["answer_1", "answer_2", "answer_3", "answer_4"];
    let count = |count: u64| Cell::from(count.to_string().parse::<Number>().ok());
    let measure = |value: Option<f64>| Cell::from(value.and_then(|value| value.to_string().parse::<Number>().ok()));
    let mut rows = Vec::new();
    for one in results {
        for result in &one.questions {
            let tally = &result.tally;
            let mut row = vec![
                Cell::text(&*one.set.id),
                Cell::text(&*result.group.title),
                Cell::text(&*result.question.factor),
                Cell::text(&*result.question.id),
                Cell::text(&*result.question.text),
                count(u64::from(one.round)),
                count(tally.n()),
            ];
            row.extend((0..POINTS.len()).map(|at| tally.counts.get(at).map_or(Cell::Empty, |of| count(*of))));
            row.extend([
                count(tally.dont_know),
                count(tally.not_applicable),
                measure(tally.median().map(|median| median.number())),
                tally.lowest().map_or(Cell::Empty, |lowest| count(u64::from(lowest))),
                measure(tally.agreement()),
                measure(tally.consensus()),
                Cell::text(scale_words(one.set.scale)),
                Cell::text(&*result.question.source),
            ]);
            rows.push(row);
        }
    }
    let text = |name| (name, Values::Text);
    let number = |name| (name, Values::Number);
    let mut named: Vec<(&'static str, Values)> = ["set", "group", "factor", "question", "text"].map(text).to_vec();
    named.extend(["round", "n"].map(number));
    named.extend(POINTS.map(number));
    named.extend(
        [
            "dont_know",
            "not_applicable",
            "median",
            "lowest",
            "agreement",
            "consensus",
        ]
        .map(number),
    );
    named.extend(["points", "source"].map(text));
    Table {
        name: "results".to_owned(),
        columns: columns(&named),
        rows,
    }
}

/// What the numbers of the answers mean, as in `1 no, 2 partly, 3 yes`.
fn scale_words(scale: Scale) -> String {
    let points = scale.points().iter().zip(1..);
    points
        .map(|(word, point)| format!("{point} {word}"))
        .collect::<Vec<String>>()
        .join(", ")
}
