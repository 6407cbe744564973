//! The pictures of a health check: bars that part at one line, groups as a grid, words for those who do not see them.

use benefit_map::report::{Lines, html, survey_bars, survey_grid, survey_report, survey_rounds};
use benefit_map::scene::theme::Theme;
use benefit_map::scene::{Form, Part, Scene};
use benefit_map::survey::{Answers, Intake, QuestionSet, Results, built_in};
use benefit_map::{draw, table};

const EXAMPLE: &str = include_str!("../../examples/maps/smart-waste/answers.csv");

fn read(sets: &[QuestionSet], text: &str) -> Answers {
    let mut intake = Intake::new(sets);
    table::answers(&table::csv::read("answers.csv", text.as_bytes()).unwrap(), &mut intake).unwrap();
    intake.finish()
}

/// The left and the right sides of every area of a part, with the upper side.
fn areas(scene: &Scene, part: Part) -> Vec<(f64, f64, f64)> {
    let of = |form: &Form| match form {
        Form::Area(points) => {
            let xs = points.iter().map(|point| point.0);
            let left = xs.clone().fold(f64::INFINITY, f64::min);
            Some((left, xs.fold(0.0, f64::max), points[0].1))
        }
        _ => None,
    };
    scene
        .shapes
        .iter()
        .filter(|shape| shape.part == part)
        .filter_map(|shape| of(&shape.form))
        .collect()
}

fn lies_inside(scene: &Scene) {
    for line in scene.lines() {
        assert!(line.x >= 0.0 && line.x + line.width <= scene.width + 0.5, "{line:?}");
        assert!(line.y > 0.0 && line.y <= scene.height, "{line:?}");
    }
    for shape in &scene.shapes {
        if let Form::Area(points) | Form::Line(points) = &shape.form {
            assert!(
                points
                    .iter()
                    .all(|(x, y)| *x >= 0.0 && *x <= scene.width && *y >= 0.0 && *y <= scene.height)
            );
        }
    }
}

#[test]
fn eight_invented_people_answered_the_example_and_every_row_counts() {
    let sets = built_in();
    let answers = read(&sets, EXAMPLE);
    assert!(answers.remarks.is_empty(), "{:?}", answers.remarks);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    assert_eq!((results.respondents, results.round), (8, 1));
    assert!(results.questions.iter().all(|result| result.tally.answered() >= 7));
    assert!(results.questions.iter().any(|result| result.tally.divides()));
}

#[test]
fn bars_part_at_one_line_and_each_person_is_equally_wide() {
    let sets = built_in();
    let answers = read(&sets, EXAMPLE);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let scene = survey_bars(&results, Lines::Questions);
    lies_inside(&scene);
    // Below the key, every lower answer ends at the middle or left of it, every higher one begins there or right of it.
    let below_key = |areas: Vec<(f64, f64, f64)>| -> Vec<(f64, f64)> {
        let top = areas.iter().map(|area| area.2).fold(f64::INFINITY, f64::min);
        areas
            .into_iter()
            .filter(|area| area.2 > top)
            .map(|(left, right, _)| (left, right))
            .collect()
    };
    let left: Vec<_> = [Part::FarLeft, Part::Left]
        .into_iter()
        .flat_map(|part| below_key(areas(&scene, part)))
        .collect();
    let right: Vec<_> = [Part::Right, Part::FarRight]
        .into_iter()
        .flat_map(|part| below_key(areas(&scene, part)))
        .collect();
    let middle = left.iter().map(|area| area.1).fold(0.0, f64::max);
    assert!(
        right.iter().all(|area| area.0 >= middle - 1e-6),
        "a clean line down the middle"
    );
    let people: f64 = left.iter().chain(&right).map(|(left, right)| right - left).sum();
    let n: u64 = results.questions.iter().map(|result| result.tally.n()).sum();
    let one = people / n as f64;
    for (left, right) in left.iter().chain(&right) {
        let count = (right - left) / one;
        assert!((count - count.round()).abs() < 1e-6 && count > 0.5, "{count}");
    }
    let aside: f64 = below_key(areas(&scene, Part::Aside))
        .iter()
        .map(|(left, right)| right - left)
        .sum();
    assert!(aside > 0.0, "who could not say has a bar beside, in the same measure");
}

/// The answers of the example, and the same people once more with every point raised by one, and a third time as the first.
fn three_rounds() -> String {
    let mut lines = EXAMPLE.lines();
    let head = lines.next().unwrap();
    let names: Vec<&str> = head.split(',').collect();
    let at = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let mut out = vec![head.to_owned()];
    for line in lines.filter(|line| line.starts_with("critical-success-factors,") && !line.contains('"')) {
        for round in ["1", "2", "3"] {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            cells[at("round")] = round.to_owned();
            if let (Ok(point), "2") = (cells[at("answer")].parse::<u8>(), round) {
                cells[at("answer")] = (point + 1).min(4).to_string();
            }
            out.push(cells.join(","));
        }
    }
    out.join("\n")
}

#[test]
fn small_pictures_have_a_bar_for_every_round_in_one_measure() {
    let sets = built_in();
    let answers = read(&sets, &three_rounds());
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    assert_eq!((results.round, results.before), (3, Some(2)));
    let scene = survey_rounds(&results, Lines::Questions);
    lies_inside(&scene);
    let labels = |label: &str| scene.lines().filter(|line| line.text == label).count();
    let questions = results.questions.len();
    assert_eq!(
        ["Round 1", "Round 2", "Round 3", "Round 4"].map(labels),
        [questions, questions, questions, 0]
    );
    // By hand from the rows: nobody strongly disagrees in the second round, and the third is the first again.
    for result in &results.questions {
        let rounds: Vec<_> = results.rounds(result).map(|(_, tally)| tally).collect();
        let [first, second, third] = rounds[..] else {
            panic!("three rounds")
        };
        assert_eq!(
            (second.counts[0], &first.counts),
            (0, &third.counts),
            "{}",
            result.question.id
        );
        assert_eq!(
            second.counts[3],
            first.counts[2] + first.counts[3],
            "{}",
            result.question.id
        );
        assert_eq!(third, &result.tally);
    }
    // One person is equally wide everywhere: the areas of all rounds together are the answers of all rounds.
    let below_key = |part: Part| -> f64 {
        let areas = areas(&scene, part);
        let top = areas.iter().map(|area| area.2).fold(f64::INFINITY, f64::min);
        areas
            .iter()
            .filter(|area| area.2 > top)
            .map(|area| area.1 - area.0)
            .sum()
    };
    let count = |of: &[usize]| -> u64 {
        let tallies = results.questions.iter().flat_map(|result| results.rounds(result));
        tallies
            .flat_map(|(_, tally)| of.iter().map(|at| tally.counts[*at]))
            .sum()
    };
    let one = below_key(Part::FarLeft) / count(&[0]) as f64;
    for (part, point) in [(Part::Left, 1), (Part::Right, 2), (Part::FarRight, 3)] {
        assert!(
            (below_key(part) / count(&[point]) as f64 - one).abs() < 1e-6,
            "{part:?}"
        );
    }
    assert!(scene.description.contains("Round 1:") && scene.description.contains("round 3:"));
    // An earlier round has those up to it, and a document shows them where the bars do not.
    let earlier = Results::new(&sets, 0, &answers, Some(2)).unwrap();
    assert!(
        earlier
            .questions
            .iter()
            .all(|result| earlier.rounds(result).count() == 2)
    );
    let page =
        |results: &Results<'_>| html::write(&survey_report("Answers", std::slice::from_ref(results), Lines::Factors));
    assert!(page(&results).contains("round by round, weakest first (1 of 3)"));
    assert!(!page(&earlier).contains("round by round"));
}

#[test]
fn one_line_for_each_factor_is_its_weakest_question() {
    let sets = built_in();
    let answers = read(&sets, EXAMPLE);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let factors = results.factors();
    assert_eq!(factors.len(), 27);
    assert_eq!(factors.iter().map(|(_, count)| count).sum::<usize>(), 71);
    for (weakest, _) in &factors {
        let same = results
            .questions
            .iter()
            .filter(|other| other.group.id == weakest.group.id && other.question.factor == weakest.question.factor);
        for other in same {
            assert!(other.tally.median() >= weakest.tally.median(), "{}", other.question.id);
        }
    }
    let scene = survey_bars(&results, Lines::Factors);
    lies_inside(&scene);
    assert!(scene.description.contains("median"), "{}", scene.description);
    assert!(scene.height < survey_bars(&results, Lines::Questions).height);
}

#[test]
fn the_grid_shows_nine_groups_by_signs_as_well_as_colours() {
    let sets = built_in();
    let answers = read(&sets, EXAMPLE);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let scene = survey_grid(&results);
    lies_inside(&scene);
    // A sign for each group, and one for each of the four points in the key.
    assert_eq!(scene.symbols.len(), 9 + 4);
    for group in &results.set.groups {
        assert!(scene.description.contains(&group.title), "{}", group.title);
    }
    for theme in Theme::ALL {
        let picture = draw::svg(&scene, theme);
        assert!(
            picture.contains("<desc") && picture.contains("role=\"img\""),
            "{}",
            theme.name
        );
    }
}

#[test]
fn a_document_has_the_pictures_every_count_and_the_notes_as_text() {
    let sets = built_in();
    let text = EXAMPLE.replace("softened", "<script>alert(1)</script>");
    let answers = read(&sets, &text);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let page = html::write(&survey_report("How people answered", &[results], Lines::Factors));
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"));
    assert!(page.matches("<svg").count() >= 2);
    assert!(page.contains("Every question, weakest first") && page.contains("What people wrote"));
}

#[test]
fn a_picture_of_nobody_and_of_long_words_is_sound() {
    let long = "A very long statement about everything ".repeat(20);
    let set = serde_json::json!({
        "format": 1, "id": "own", "title": long, "scale": "checklist",
        "groups": [{"id": "g", "title": long, "questions": [
            {"id": "a", "text": long}, {"id": "b", "text": "Unbreakable".repeat(30)}, {"id": "c", "text": "Short?"}]}]
    });
    let sets = [QuestionSet::parse("own.json", &set.to_string()).unwrap()];
    let mut rows = String::from("question,respondent,answer,round\n");
    for person in 0..400 {
        let answer = ["yes", "partly", "no", "don't know"][person % 4];
        rows.push_str(&format!("a,p{person},{answer},1\na,p{person},{answer},2\n"));
    }
    rows.push_str("b,p1,don't know,2\n");
    let answers = read(&sets, &rows);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    for scene in [
        survey_bars(&results, Lines::Questions),
        survey_bars(&results, Lines::Factors),
        survey_grid(&results),
    ] {
        lies_inside(&scene);
    }
}

#[test]
fn nobody_misses_that_people_are_far_apart_on_a_question_that_is_not_shown() {
    let sets = built_in();
    let answers = read(&sets, EXAMPLE);
    let results = Results::new(&sets, 0, &answers, None).unwrap();
    let hidden = results
        .questions
        .iter()
        .find(|one| one.question.id == "delivery.bad-news")
        .unwrap();
    assert!(hidden.tally.divides());
    assert!(
        results
            .factors()
            .iter()
            .all(|(shown, _)| shown.question.id != hidden.question.id)
    );
    let scene = survey_bars(&results, Lines::Factors);
    let words: Vec<&str> = scene.lines().map(|line| line.text.as_str()).collect();
    assert!(
        words.contains(&"people are far apart on 1 other question of this factor"),
        "{words:?}"
    );
}
