//! How people answered, as pictures and as a document: bars that part at the middle, the groups as a grid, and every count.

use super::model::{Align, Block, Cell, Column, Picture, Report, Table};
use crate::chart::{
    AnswerBars, AnswerCell, AnswerGrid, AnswerRounds, AnswerRow, RoundBar, RoundsPanel, answer_bars, answer_grid,
    answer_rounds,
};
use crate::scene::Scene;
use crate::survey::{DONT_KNOW, QuestionResult, Results};
use crate::text::count;

/// How many lines of bars a picture in a document has.
const LINES_OF_A_PAGE: usize = 14;
/// How many panels, of three in a row, a picture in a document has.
const PANELS_OF_A_PAGE: usize = 12;
/// A picture that is higher, in px, would have type under 10 pt on a slide of 16 to 9.
const HEIGHT_OF_A_SLIDE: f64 = 570.0;

/// What the pictures of a document are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Medium {
    /// Pages: as many lines on a picture as can be read on one.
    #[default]
    Pages,
    /// Slides: as many as keep their type at 10 pt.
    Slides,
}

/// Which lines the bars have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// One line for each factor of a set: its weakest question.
    #[default]
    Factors,
    /// One line for each question.
    Questions,
}

/// A number of people: `1 person`, `3 people`.
fn people(count: u64) -> String {
    match count {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    }
}

/// Who answered, and when.
pub(super) fn subtitle(results: &Results<'_>) -> String {
    let answered = match results.respondents {
        0 => "answered without names".to_owned(),
        count => format!("{} answered", people(count as u64)),
    };
    format!(
        "Round {}: {answered}. Every answer is counted; nothing is averaged.",
        results.round
    )
}

/// One question in words.
fn spoken(results: &Results<'_>, result: &QuestionResult<'_>) -> String {
    result.tally.words(results.set.scale)
}

/// On what people are far apart: the question that is shown, or others of its factor that are not.
fn far_apart(results: &Results<'_>, shown: &QuestionResult<'_>, lines: Lines) -> String {
    let is_hidden = |other: &&QuestionResult<'_>| {
        lines == Lines::Factors
            && !shown.question.factor.is_empty()
            && other.question.factor == shown.question.factor
            && other.group.id == shown.group.id
            && other.question.id != shown.question.id
    };
    let hidden = results.questions.iter().filter(is_hidden);
    let others = match hidden.filter(|other| other.tally.divides()).count() {
        0 => String::new(),
        1 => "1 other question".to_owned(),
        count => format!("{count} other questions"),
    };
    match (shown.tally.divides(), others.as_str()) {
        (false, "") => String::new(),
        (true, "") => "people are far apart".to_owned(),
        (false, others) => format!("people are far apart on {others} of this factor"),
        (true, others) => format!("people are far apart here, and on {others} of this factor"),
    }
}

/// The bars: weakest first. The description says every line in words.
pub fn survey_bars(results: &Results<'_>, lines: Lines) -> Scene {
    bars_of(results, &shown(results, lines), lines)
}

/// The lines, each with the question that it shows and how many it is the weakest of.
fn shown<'r, 's>(results: &'r Results<'s>, lines: Lines) -> Vec<(&'r QuestionResult<'s>, usize)> {
    match lines {
        Lines::Factors => results.factors(),
        Lines::Questions => results.weakest_first().into_iter().map(|result| (result, 1)).collect(),
    }
}

/// What a line or a panel is about, and of how many questions it shows the weakest.
fn subject(result: &QuestionResult<'_>, questions: usize) -> String {
    let factor = match result.question.factor.as_str() {
        "" => result.group.title.clone(),
        factor => factor.to_owned(),
    };
    match questions {
        1 => factor,
        many => format!("{factor} (weakest of {many})"),
    }
}

/// A panel for each line of the bars, with every round up to this one; weakest first, as this round has them.
pub fn survey_rounds(results: &Results<'_>, lines: Lines) -> Scene {
    rounds_of(results, &shown(results, lines))
}

fn rounds_of(results: &Results<'_>, shown: &[(&QuestionResult<'_>, usize)]) -> Scene {
    let scale = results.set.scale;
    let panel = |(result, questions): &(&QuestionResult<'_>, usize)| RoundsPanel {
        subject: subject(result, *questions),
        text: result.question.text.clone(),
        rounds: results
            .rounds(result)
            .map(|(round, tally)| RoundBar {
                label: format!("Round {round}"),
                counts: tally.counts.clone(),
                beside: tally.dont_know,
            })
            .collect(),
    };
    let said = shown.iter().map(|(result, _)| {
        let rounds: Vec<String> = results
            .rounds(result)
            .map(|(round, tally)| format!("round {round}: {}", tally.words(scale)))
            .collect();
        format!("{} {}.", result.question.text, capital(&rounds.join("; ")))
    });
    let description = format!(
        "How people answered in each round up to round {}, weakest first. {}",
        results.round,
        said.collect::<Vec<_>>().join(" ")
    );
    answer_rounds(&AnswerRounds {
        title: format!("{}: round by round", results.set.title),
        subtitle: subtitle(results),
        description,
        points: scale.points().iter().map(|word| (*word).to_owned()).collect(),
        beside: DONT_KNOW.to_owned(),
        panels: shown.iter().map(panel).collect(),
        ..AnswerRounds::default()
    })
}

fn bars_of(results: &Results<'_>, shown: &[(&QuestionResult<'_>, usize)], lines: Lines) -> Scene {
    let row = |(result, questions): &(&QuestionResult<'_>, usize)| AnswerRow {
        subject: subject(result, *questions),
        text: result.question.text.clone(),
        counts: result.tally.counts.clone(),
        beside: result.tally.dont_know,
        earlier: result
            .earlier
            .last()
            .map(|(_, tally)| tally.counts.clone())
            .unwrap_or_default(),
        apart: far_apart(results, result, lines),
    };
    let said: Vec<String> = shown
        .iter()
        .map(|(result, _)| format!("{} {}.", result.question.text, spoken(results, result)))
        .collect();
    answer_bars(&AnswerBars {
        title: results.set.title.clone(),
        subtitle: subtitle(results),
        description: format!(
            "How {} answered in round {}, weakest first. {}",
            count(results.respondents, "person", "people"),
            results.round,
            said.join(" ")
        ),
        points: results
            .set
            .scale
            .points()
            .iter()
            .map(|word| (*word).to_owned())
            .collect(),
        beside: DONT_KNOW.to_owned(),
        earlier: results.before.map(|round| format!("round {round}")).unwrap_or_default(),
        rows: shown.iter().map(row).collect(),
        ..AnswerBars::default()
    })
}

/// The groups of the set as a grid, each coloured by its weakest question.
pub fn survey_grid(results: &Results<'_>) -> Scene {
    let scale = results.set.scale;
    let groups = results.groups();
    let cells: Vec<AnswerCell> = groups
        .iter()
        .map(|(group, weakest)| AnswerCell {
            title: group.title.clone(),
            weakest: weakest.map(|result| result.question.text.clone()).unwrap_or_default(),
            answered: match weakest {
                Some(result) => {
                    let median = result
                        .tally
                        .median()
                        .map(|median| median.words(scale))
                        .unwrap_or_default();
                    let apart = if result.tally.divides() {
                        ", people far apart"
                    } else {
                        ""
                    };
                    format!("{}{apart}", capital(&median))
                }
                None => "Nobody answered".to_owned(),
            },
            point: weakest
                .and_then(|result| result.tally.median())
                .map(|median| usize::from(median.low) - 1),
        })
        .collect();
    let said: Vec<String> = groups
        .iter()
        .map(|(group, weakest)| match weakest {
            Some(result) => format!("{}: {} {}.", group.title, result.question.text, spoken(results, result)),
            None => format!("{}: nobody answered.", group.title),
        })
        .collect();
    answer_grid(&AnswerGrid {
        title: results.set.title.clone(),
        subtitle: subtitle(results),
        description: format!("Each group by its weakest question. {}", said.join(" ")),
        points: scale.points().iter().map(|word| (*word).to_owned()).collect(),
        cells,
        ..AnswerGrid::default()
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The results of several sets as a document: for each its grid, its bars, a table of every count, and what people wrote.
pub fn survey_report(title: &str, all: &[Results<'_>], lines: Lines) -> Report {
    report_for(title, all, lines, Medium::Pages)
}

/// The same as it is on slides: pictures in so many parts that no type is under 10 pt.
pub fn survey_slides(title: &str, all: &[Results<'_>], lines: Lines) -> Report {
    report_for(title, all, lines, Medium::Slides)
}

fn report_for(title: &str, all: &[Results<'_>], lines: Lines, medium: Medium) -> Report {
    let mut report = Report::new(title);
    for results in all {
        report.push(Block::heading(1, results.set.title.clone()));
        report.push(Block::text(subtitle(results)));
        // The grid is a picture for a page; slides show the weakest of each group among the bars.
        report.extend(grid_of(results).filter(|_| medium == Medium::Pages));
        report.extend(bars_in_parts(results, lines, medium));
        report.extend(rounds_in_parts(results, lines, medium));
        report.push(Block::Table(table(results)));
        let notes: Vec<String> = results
            .weakest_first()
            .into_iter()
            .flat_map(|result| {
                result
                    .notes
                    .iter()
                    .map(move |note| format!("\u{201c}{note}\u{201d}, on: {}", result.question.text))
            })
            .collect();
        if !notes.is_empty() {
            report.push(Block::heading(2, "What people wrote"));
            report.push(Block::list(super::ListKind::Bullets, notes));
        }
    }
    report
}

/// The grid of a set, where it has more than one group.
pub(super) fn grid_of(results: &Results<'_>) -> Option<Block> {
    let caption = format!("{}: each group by its weakest question", results.set.title);
    (results.set.groups.len() > 1).then(|| Block::picture(Picture::new(survey_grid(results), caption)))
}

/// The bars of a set, as many lines on a picture as its medium can show.
pub(super) fn bars_in_parts(results: &Results<'_>, lines: Lines, medium: Medium) -> Vec<Block> {
    let shown = shown(results, lines);
    let draw = |some: &[_]| bars_of(results, some, lines);
    in_parts(&shown, LINES_OF_A_PAGE, medium, draw, |part| {
        format!("{}: how people answered, weakest first{part}", results.set.title)
    })
}

/// Round by round, where there are more than the two that the bars show; as many panels on a picture as its medium can show.
fn rounds_in_parts(results: &Results<'_>, lines: Lines, medium: Medium) -> Vec<Block> {
    if results.questions.first().is_none_or(|result| result.earlier.len() < 2) {
        return Vec::new();
    }
    let shown = shown(results, lines);
    let draw = |some: &[_]| rounds_of(results, some);
    in_parts(&shown, PANELS_OF_A_PAGE, medium, draw, |part| {
        format!("{}: round by round, weakest first{part}", results.set.title)
    })
}

/// Things as pictures of at most so many, and on slides of so few that their type is not too small. The caption is given what part it is.
fn in_parts<T>(
    all: &[T],
    most: usize,
    medium: Medium,
    draw: impl Fn(&[T]) -> Scene,
    caption: impl Fn(&str) -> String,
) -> Vec<Block> {
    let mut scenes = Vec::new();
    let mut rest = all;
    while !rest.is_empty() {
        let mut count = rest.len().min(most);
        let mut scene = draw(&rest[..count]);
        while medium == Medium::Slides && count > 1 && scene.height > HEIGHT_OF_A_SLIDE {
            count -= 1;
            scene = draw(&rest[..count]);
        }
        scenes.push(scene);
        rest = &rest[count..];
    }
    let parts = scenes.len();
    let picture = |(at, scene): (usize, Scene)| {
        let part = match parts {
            1 => String::new(),
            _ => format!(" ({} of {parts})", at + 1),
        };
        Block::picture(Picture::new(scene, caption(&part)))
    };
    scenes.into_iter().enumerate().map(picture).collect()
}

/// Every count of a set.
fn table(results: &Results<'_>) -> Table {
    let scale = results.set.scale;
    let mut columns = vec![Column::new("Question", 6.0)];
    columns.extend(
        scale
            .points()
            .iter()
            .zip(1..)
            .map(|(word, point)| match scale.has_numbers() {
                true => Column::new(point.to_string(), 0.7).align(Align::End),
                false => Column::new(capital(word), 1.1).align(Align::End),
            }),
    );
    columns.push(Column::new("Don't know", 1.1).align(Align::End));
    columns.push(Column::new("Median", 2.4));
    columns.push(Column::new("Agreement", 1.9).align(Align::End));
    let points: Vec<String> = scale
        .points()
        .iter()
        .zip(1..)
        .map(|(word, at)| format!("{at} {word}"))
        .collect();
    let caption = match scale.has_numbers() {
        true => format!("Every question, weakest first: how many answered {}", points.join(", ")),
        false => "Every question, weakest first".to_owned(),
    };
    let mut table = Table::new(caption, columns);
    for result in results.weakest_first() {
        let tally = &result.tally;
        let mut cells = vec![Cell::text(result.question.text.clone())];
        cells.extend(tally.counts.iter().map(|count| Cell::text(count.to_string())));
        cells.push(Cell::text(tally.dont_know.to_string()));
        cells.push(Cell::text(
            tally.median().map(|median| median.words(scale)).unwrap_or_default(),
        ));
        cells.push(Cell::text(
            tally
                .agreement()
                .map(|measure| format!("{measure:.2}"))
                .unwrap_or_default(),
        ));
        table.push(cells);
    }
    table
}
