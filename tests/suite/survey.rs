//! Answers and what comes of them: against an independent calculation, with every fault of a row in its place.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use benefit_map::map::{BenefitMap, Risk};
use benefit_map::survey::{
    Answers, Intake, QuestionSet, RemarkKind, Results, Row, Scale, Stage, Tally, built_in, triggers,
};
use benefit_map::table;
use proptest::prelude::*;

/// The answers in the text of a CSV file.
fn read(sets: &[QuestionSet], text: &str) -> Answers {
    let mut intake = Intake::new(sets);
    table::answers(&table::csv::read("a.csv", text.as_bytes()).unwrap(), &mut intake).unwrap();
    intake.finish()
}

fn remarks(answers: &Answers) -> Vec<(RemarkKind, Option<usize>)> {
    answers.remarks.iter().map(|remark| (remark.kind, remark.row)).collect()
}

/// A set with one question for each number.
fn numbered(count: usize) -> QuestionSet {
    let questions: Vec<_> = (0..count)
        .map(|at| serde_json::json!({"id": format!("q{at}"), "text": format!("Statement {at}.")}))
        .collect();
    let set = serde_json::json!({
        "format": 1, "id": "many", "version": "2", "title": "Many", "scale": "agreement",
        "groups": [{"id": "all", "title": "All", "questions": questions}]
    });
    QuestionSet::parse("many.json", &set.to_string()).unwrap()
}

fn row<'r>(question: &'r str, respondent: &'r str, role: &'r str, answer: &'r str) -> Row<'r> {
    let mut row = Row::default();
    (row.question, row.respondent, row.role, row.answer) = (question, respondent, role, answer);
    row
}

#[test]
fn every_fault_of_a_row_is_reported_with_its_file_and_row() {
    let sets = built_in();
    let text = "set,question,respondent,role,answer,note,on,round,version\n\
        critical-success-factors,clarity.scope,Ada,owner,4,,2026-05-01,1,1\n\
        critical-success-factors,clarity.scop,Ada,owner,4,,,1,\n\
        critical-success-factor,clarity.scope,Ada,owner,4,,,1,\n\
        critical-success-factors,clarity.scope,ada ,owner,2,,2026-05-02,1,\n\
        critical-success-factors,clarity.scope,ADA,owner,1,,2026-04-01,1,\n\
        critical-success-factors,clarity.neighbours,Ada,owner,7,,,1,\n\
        visionary,visionary.owned,Ada,owner,4,,,1,\n\
        critical-success-factors,clarity.baseline,Ada,owner,,,,1,\n\
        critical-success-factors,clarity.quick-wins,Ada,owner,3,,,first,\n\
        critical-success-factors,clarity.near-steps,Ada,owner,3,<script>alert(1)</script>,yesterday,,0\n";
    let answers = read(&sets, text);
    assert_eq!(
        remarks(&answers),
        [
            (RemarkKind::UnknownQuestion, Some(3)),
            (RemarkKind::UnknownSet, Some(4)),
            (RemarkKind::Superseded, Some(5)),
            (RemarkKind::Superseded, Some(6)),
            (RemarkKind::OtherScale, Some(7)),
            (RemarkKind::OtherScale, Some(8)),
            (RemarkKind::Empty, Some(9)),
            (RemarkKind::BadRound, Some(10)),
            (RemarkKind::BadDay, Some(11)),
            (RemarkKind::OtherVersion, Some(11)),
            (RemarkKind::Markup, Some(11)),
        ]
    );
    let said: Vec<String> = answers
        .remarks
        .iter()
        .map(|remark| format!("{remark} {}", remark.help))
        .collect();
    assert!(said[0].starts_with("a.csv, row 3: the set `critical-success-factors` has no question `clarity.scop`"));
    assert!(said[0].ends_with("Did you mean `clarity.scope`?"));
    assert!(said[1].ends_with("Did you mean `critical-success-factors`?"));
    assert!(
        said[2].contains("this later one holds, and the one in row 2 does not count"),
        "{}",
        said[2]
    );
    assert!(
        said[3].contains("the one in row 5 has a later day and holds"),
        "{}",
        said[3]
    );
    assert!(said[4].contains("Write 1 (strongly disagree), 2"), "{}", said[4]);
    assert!(
        said[5].contains("Write no, partly, yes, don't know or not applicable."),
        "{}",
        said[5]
    );
    // What holds: the later of the two, and the row whose day and note have something to say of them.
    let held: Vec<(usize, String)> = answers
        .to_rows(&sets)
        .iter()
        .map(|cells| (0, format!("{} {}", cells[1], cells[4])))
        .collect();
    assert_eq!(
        held,
        [
            (0, "clarity.scope 2".to_owned()),
            (0, "clarity.near-steps 3".to_owned())
        ]
    );
    assert_eq!((answers.rows, answers.left_out()), (10, 8));
}

#[test]
fn a_file_without_answers_and_a_table_of_something_else_are_named() {
    let sets = built_in();
    let empty = read(&sets, "set,question,answer\n");
    assert_eq!(remarks(&empty), [(RemarkKind::EmptyFile, None)]);
    let mut intake = Intake::new(&sets);
    let other = table::csv::read("kpis.csv", b"kpi,date,value\na,2026-01-01,3\n").unwrap();
    let error = table::answers(&other, &mut intake).unwrap_err().to_string();
    assert!(
        error.starts_with("kpis.csv has no columns `question` and `answer`"),
        "{error}"
    );
    // A title above the names of the columns, other separators and another order are no fault.
    let messy = read(
        &sets,
        "Our answers;;\n;;\nAnswer;Respondent;Question\nTend to agree;Ada;clarity.scope\n",
    );
    assert_eq!((messy.all.len(), messy.remarks.len()), (1, 0));
}

#[test]
fn a_form_holds_its_name_for_all_rows_and_other_tables_do_not() {
    let sets = built_in();
    let form = "asks,answer,respondent,role,question\nIs it?,4,Ada,owner,clarity.scope\nAnd?,3,,,clarity.neighbours\n";
    let answers = read(&sets, form);
    let names: Vec<&str> = answers.all.iter().map(|answer| answer.respondent.as_str()).collect();
    assert_eq!(names, ["Ada", "Ada"]);
    let answers = read(&sets, &form.replace("asks,", "text,"));
    let names: Vec<&str> = answers.all.iter().map(|answer| answer.respondent.as_str()).collect();
    assert_eq!(names, ["Ada", ""]);
}

#[test]
fn answers_without_a_name_all_count() {
    let sets = [numbered(1)];
    let mut intake = Intake::new(&sets);
    for answer in ["4", "4", "1"] {
        intake.row(&row("q0", "", "", answer));
    }
    let answers = intake.finish();
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    assert_eq!(results.questions[0].tally.counts, [1, 0, 0, 2]);
    assert_eq!((results.respondents, answers.remarks.len()), (0, 0));
}

#[test]
fn roles_are_shown_only_where_three_answered() {
    let sets = [numbered(1)];
    let mut intake = Intake::new(&sets);
    for (name, role, answer) in [
        ("a", "Owner", "4"),
        ("b", "owner", "3"),
        ("c", "OWNER", "2"),
        ("d", "Supplier", "4"),
        ("e", "Supplier", "4"),
        ("f", "Supplier", "don't know"),
    ] {
        intake.row(&row("q0", name, role, answer));
    }
    let answers = intake.finish();
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let question = &results.questions[0];
    let shown: Vec<(&str, u64)> = question
        .roles
        .iter()
        .map(|(role, tally)| (role.as_str(), tally.n()))
        .collect();
    assert_eq!((shown, question.roles_hidden), (vec![("Owner", 3)], 1));
    let json: serde_json::Value = serde_json::from_str(&benefit_map::survey::results_json(&[results])).unwrap();
    assert!(!json.to_string().contains("Supplier"), "{json}");
}

#[test]
fn a_round_is_shown_beside_the_one_before_it() {
    let sets = [numbered(2)];
    let mut intake = Intake::new(&sets);
    for (name, answer, round) in [("a", "1", "1"), ("b", "2", "1"), ("a", "3", "3"), ("b", "4", "3")] {
        let mut row = row("q0", name, "", answer);
        row.round = round;
        intake.row(&row);
    }
    let answers = intake.finish();
    assert!(answers.remarks.is_empty(), "{:?}", answers.remarks);
    let last = Results::new(&sets, 0, &answers, None).unwrap();
    assert_eq!((last.round, last.before), (3, Some(1)));
    assert_eq!(last.questions[0].tally.counts, [0, 0, 1, 1]);
    assert_eq!(last.questions[0].earlier.last().unwrap().1.counts, [1, 1, 0, 0]);
    let first = Results::new(&sets, 0, &answers, Some(1)).unwrap();
    assert_eq!((first.round, first.before), (1, None));
    assert!(
        Results::new(&sets, 0, &answers, Some(2)).is_none(),
        "nobody answered in round 2"
    );
}

#[test]
fn triggers_are_those_of_the_stage_and_are_taken_up_by_their_risk() {
    let sets = [numbered(4)];
    let mut intake = Intake::new(&sets);
    for (question, answers) in [
        ("q0", ["4", "4"]),
        ("q1", ["4", "3"]),
        ("q2", ["4", "2"]),
        ("q3", ["don't know", "don't know"]),
    ] {
        for (name, answer) in ["a", "b"].iter().zip(answers) {
            intake.row(&row(question, name, "", answer));
        }
    }
    let answers = intake.finish();
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let mut map = BenefitMap::new("Map");
    let of = |map: &BenefitMap, stage| -> Vec<(String, bool)> {
        let all = triggers(&results, map, stage);
        all.iter()
            .map(|trigger| (trigger.result.question.id.clone(), trigger.taken_up))
            .collect()
    };
    assert_eq!(of(&map, Stage::Early), [("q2".to_owned(), false)]);
    let late: Vec<String> = of(&map, Stage::BeforeCommitment)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(late, ["q2", "q1", "q3"]);
    let proposed = triggers(&results, &map, Stage::Early)[0].proposed();
    assert_eq!(proposed.id.as_str(), "trigger-q2");
    assert_eq!(
        proposed.title,
        "Not yet so: \"Statement 2.\" (health check, round 1: 1 of 2 below \"tend to agree\"; Many)"
    );
    map.risks.push(Risk::new(proposed.id, "Reworded by its owner"));
    assert_eq!(of(&map, Stage::Early), [("q2".to_owned(), true)]);
}

#[test]
fn five_hundred_people_and_ninety_questions_take_less_than_a_second() {
    let sets = [numbered(90)];
    let mut text = String::from("set,question,respondent,role,answer,note,on,round\n");
    for person in 0..500 {
        for question in 0..90 {
            let answer = ["1", "2", "3", "4", "don't know"][(person * 7 + question * 3) % 5];
            text.push_str(&format!(
                "many,q{question},person {person},role {},{answer},,2026-05-01,1\n",
                person % 9
            ));
        }
    }
    let start = Instant::now();
    let answers = read(&sets, &text);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let json = benefit_map::survey::results_json(&[results]);
    let took = start.elapsed();
    assert_eq!(answers.all.len(), 45_000);
    assert!(json.len() > 10_000);
    // Without optimisation, and on a machine that does much else: work that grew
    // with the square of the answers would take hours.
    assert!(took < Duration::from_secs(120), "{took:?}");
}

/// The same from the list of answers, by the words of the definitions: nothing here is taken from the program.
mod naive {
    /// The median of a sorted list: the middle one, or half-way between the two in the middle.
    pub fn median(sorted: &[u8]) -> Option<f64> {
        let n = sorted.len();
        match n {
            0 => None,
            _ if n % 2 == 1 => Some(f64::from(sorted[n / 2])),
            _ => Some((f64::from(sorted[n / 2 - 1]) + f64::from(sorted[n / 2])) / 2.0),
        }
    }

    /// Van der Eijk's A: while there are answers, take one from every point that has any, as one layer.
    pub fn agreement(answers: &[u8], points: usize) -> f64 {
        let mut left: Vec<Vec<u8>> = (1..=points as u8)
            .map(|point| answers.iter().copied().filter(|answer| *answer == point).collect())
            .collect();
        let mut sum = 0.0;
        while left.iter().any(|some| !some.is_empty()) {
            let layer: String = left
                .iter()
                .map(|some| if some.is_empty() { '0' } else { '1' })
                .collect();
            let size = layer.matches('1').count();
            for some in &mut left {
                some.pop();
            }
            sum += size as f64 * of_layer(&layer) / answers.len() as f64;
        }
        sum
    }

    fn of_layer(layer: &str) -> f64 {
        let k = layer.len() as f64;
        let s = layer.matches('1').count() as f64;
        let bits: Vec<char> = layer.chars().collect();
        let (mut tu, mut tdu) = (0.0, 0.0);
        for a in 0..bits.len() {
            for b in 0..a {
                for c in 0..b {
                    let triple: String = [bits[c], bits[b], bits[a]].iter().collect();
                    tu += f64::from(u8::from(triple == "110" || triple == "011"));
                    tdu += f64::from(u8::from(triple == "101"));
                }
            }
        }
        let u = if tu + tdu == 0.0 {
            1.0
        } else {
            ((k - 2.0) * tu - (k - 1.0) * tdu) / ((k - 2.0) * (tu + tdu))
        };
        u * (1.0 - (s - 1.0) / (k - 1.0))
    }

    /// Tastle and Wierman: one term for each answer.
    pub fn consensus(answers: &[u8], points: usize) -> f64 {
        let n = answers.len() as f64;
        let mean = answers.iter().map(|answer| f64::from(*answer)).sum::<f64>() / n;
        let width = points as f64 - 1.0;
        1.0 + answers
            .iter()
            .map(|answer| (1.0 - (f64::from(*answer) - mean).abs() / width).log2() / n)
            .sum::<f64>()
    }
}

proptest! {
    #[test]
    fn results_agree_with_an_independent_calculation(
        given in prop::collection::vec((0usize..4, 0usize..6, 0u8..6, 1u32..4), 0..80)
    ) {
        let sets = [numbered(4)];
        let words = ["1", "2", "3", "strongly agree", "don't know", "n/a"];
        let mut intake = Intake::new(&sets);
        // The last answer of a person to a question in a round is the one that holds.
        let mut held: BTreeMap<(u32, usize, usize), u8> = BTreeMap::new();
        for (question, person, answer, round) in &given {
            let (question_id, name, round_text) = (format!("q{question}"), format!("p{person}"), round.to_string());
            let mut row = row(&question_id, &name, "", words[usize::from(*answer)]);
            row.round = &round_text;
            intake.row(&row);
            held.insert((*round, *question, *person), *answer);
        }
        let answers = intake.finish();
        prop_assert_eq!(answers.all.len(), held.len());
        prop_assert_eq!(answers.left_out(), given.len() - held.len());
        for round in 1..4 {
            let of_round: Vec<_> = held.iter().filter(|((r, ..), _)| *r == round).collect();
            let Some(results) = Results::new(&sets, 0, &answers, Some(round)) else {
                prop_assert!(of_round.is_empty());
                continue;
            };
            for (at, result) in results.questions.iter().enumerate() {
                let all: Vec<u8> = of_round.iter().filter(|((_, q, _), _)| *q == at).map(|(_, a)| **a).collect();
                let mut points: Vec<u8> = all.iter().copied().filter(|a| *a < 4).map(|a| a + 1).collect();
                points.sort_unstable();
                let tally = &result.tally;
                prop_assert_eq!(tally.n(), points.len() as u64);
                prop_assert_eq!(tally.dont_know, all.iter().filter(|a| **a == 4).count() as u64);
                prop_assert_eq!(tally.not_applicable, all.iter().filter(|a| **a == 5).count() as u64);
                prop_assert_eq!(tally.median().map(|median| median.number()), naive::median(&points));
                prop_assert_eq!(tally.lowest(), points.first().copied());
                match points.is_empty() {
                    true => prop_assert_eq!((tally.agreement(), tally.consensus()), (None, None)),
                    false => {
                        prop_assert!((tally.agreement().unwrap() - naive::agreement(&points, 4)).abs() < 1e-6);
                        prop_assert!((tally.consensus().unwrap() - naive::consensus(&points, 4)).abs() < 1e-6);
                    }
                }
            }
            // Weakest first: no median after a higher one, and nothing is lost.
            let order: Vec<_> = results.weakest_first().iter().map(|result| result.tally.median()).collect();
            prop_assert_eq!(order.len(), 4);
            let known: Vec<_> = order.iter().flatten().collect();
            prop_assert!(known.windows(2).all(|two| two[0] <= two[1]));
        }
    }

    #[test]
    fn measures_keep_their_bounds_and_do_not_mind_the_direction(counts in prop::collection::vec(0u64..40, 2..8)) {
        let agreement = benefit_map::survey::agreement(&counts);
        let consensus = benefit_map::survey::consensus(&counts);
        let back: Vec<u64> = counts.iter().rev().copied().collect();
        match counts.iter().sum::<u64>() {
            0 => prop_assert_eq!((agreement, consensus), (None, None)),
            _ => {
                let (a, c) = (agreement.unwrap(), consensus.unwrap());
                prop_assert!((-1.0..=1.0).contains(&a) && (0.0..=1.0).contains(&c), "{a} {c}");
                prop_assert!((benefit_map::survey::agreement(&back).unwrap() - a).abs() < 2e-7);
                prop_assert!((benefit_map::survey::consensus(&back).unwrap() - c).abs() < 2e-7);
            }
        }
    }
}

#[test]
fn three_bad_answers_and_a_good_one_are_said_to_divide_and_two_people_never() {
    let divides = |counts: &[u64]| {
        let mut tally = Tally::new(Scale::Agreement);
        tally.counts = counts.to_vec();
        tally.divides()
    };
    assert!(divides(&[3, 0, 0, 1]));
    assert!(divides(&[1, 1, 1, 1]));
    assert!(!divides(&[0, 2, 2, 0]));
    assert!(!divides(&[1, 0, 0, 1]), "two people are too few to be a room");
}
