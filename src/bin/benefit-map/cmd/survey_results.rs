//! `survey results`: how people answered, question by question.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};
use benefit_map::draw::pptx;
use benefit_map::map::BenefitMap;
use benefit_map::report::deck::report_deck;
use benefit_map::report::{
    Lines, Report, docx, html, pdf, survey_bars, survey_grid, survey_report, survey_rounds, survey_slides,
};
use benefit_map::scene::Scene;
use benefit_map::survey::{Answers, Median, QuestionResult, QuestionSet, Results, Scale, Tally, results_json};
use benefit_map::table::{self, xlsx::Cover};
use benefit_map::text;

use crate::args::{Answered, Looked, ResultsFormat, SurveyResults};
use crate::cmd::survey::{is_file, known, read, unknown, verdict};
use crate::cmd::tables::counted;
use crate::columns::{self, Cell};
use crate::files::Files;
use crate::io::Terminal;
use crate::output::Place;
use crate::page::Page;
use crate::picture::{self, PictureFormat};
use crate::{Verdict, fonts, output};

pub fn run(args: &SurveyResults, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the results", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let wanted = Wanted::of(&args.looked);
    let (sets, answers) = wanted.read(&document.map, files, terminal)?;
    let results = wanted.results(&sets, &answers)?;
    let bytes = match output.format {
        ResultsFormat::Text => shown(&results, columns::width(&output.place), terminal).written(&output.place),
        ResultsFormat::Json => results_json(&results).into_bytes(),
        ResultsFormat::Csv => table::csv::write(&table::results_table(&results)),
        ResultsFormat::Xlsx => table::xlsx::write(&[table::results_table(&results)], &cover(&document.map))?,
        ResultsFormat::Svg => {
            drawn(args, PictureFormat::Svg, &results, (&output.place, files), terminal)?;
            return Ok(verdict(&args.looked.answered, &answers));
        }
        ResultsFormat::Png => {
            drawn(args, PictureFormat::Png, &results, (&output.place, files), terminal)?;
            return Ok(verdict(&args.looked.answered, &answers));
        }
        ResultsFormat::Html => html::write(&report_of(args, &document.map, &results)).into_bytes(),
        ResultsFormat::Pdf => {
            let report = report_of(args, &document.map, &results);
            pdf::within_limits(&report)?;
            let fonts = fonts::for_letters(letters(&document.map, &results), terminal);
            pdf::write(&report, &fonts)?
        }
        ResultsFormat::Docx => {
            let fonts = fonts::for_letters(letters(&document.map, &results), terminal);
            docx::write(&report_of(args, &document.map, &results), &fonts, None)?
        }
        ResultsFormat::Pptx => {
            let report = survey_slides(&title_of(&document.map), &results, lines(args));
            pptx::write(&report_deck(&report, args.theme, None))?
        }
    };
    let what = counted(
        results.iter().map(|one| one.questions.len()).sum(),
        "question",
        "questions",
    );
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(verdict(&args.looked.answered, &answers))
}

/// Which lines the pictures have.
fn lines(args: &SurveyResults) -> Lines {
    match args.every {
        true => Lines::Questions,
        false => Lines::Factors,
    }
}

/// Writes a picture of each set.
fn drawn(
    args: &SurveyResults,
    format: PictureFormat,
    results: &[Results<'_>],
    (place, files): (&Place, &Files),
    terminal: &Terminal,
) -> Result<()> {
    if args.rounds && results.iter().all(|one| one.before.is_none()) {
        bail!(
            "only one round was answered, so --rounds has nothing to compare: leave it out, or add the answers of another round"
        );
    }
    let scene = |one: &Results<'_>| match (args.rounds, args.grid) {
        (true, _) => survey_rounds(one, lines(args)),
        (false, true) => survey_grid(one),
        (false, false) => survey_bars(one, lines(args)),
    };
    let scenes: Vec<Scene> = results.iter().map(scene).collect();
    let wanted = picture::Wanted {
        format,
        theme: args.theme,
        pixels: args.pixels,
        replace: picture::Replace::No,
    };
    let what = counted(results.len(), "set", "sets");
    picture::write(&scenes, &wanted, (place, &what), files, terminal)
}

fn report_of(args: &SurveyResults, map: &BenefitMap, results: &[Results<'_>]) -> Report {
    survey_report(&title_of(map), results, lines(args)).in_language(map.language())
}

fn title_of(map: &BenefitMap) -> String {
    format!("How people answered: {}", map.title)
}

/// The letters of what a document says that the embedded face lacks.
fn letters(map: &BenefitMap, results: &[Results<'_>]) -> BTreeSet<char> {
    let mut words = map.title.clone();
    for one in results {
        words.push_str(&one.set.title);
        for result in &one.questions {
            words.push_str(&result.question.text);
            words.push_str(&result.question.factor);
            words.push_str(&result.group.title);
            words.extend(result.notes.iter().map(String::as_str));
        }
    }
    text::lacking(&words)
}

/// Which results are asked for.
pub struct Wanted<'a> {
    /// The files of answers.
    pub answers: &'a [PathBuf],
    /// How they are read.
    pub answered: &'a Answered,
    /// One set alone.
    pub set: Option<&'a str>,
    /// One round alone.
    pub round: Option<u32>,
}

impl<'a> Wanted<'a> {
    /// What a command was asked for.
    pub fn of(looked: &'a Looked) -> Self {
        Self {
            answers: &looked.answers,
            answered: &looked.answered,
            set: looked.set.as_deref(),
            round: looked.round,
        }
    }

    /// The sets that there are, and the answers to them.
    pub fn read(&self, map: &BenefitMap, files: &Files, terminal: &Terminal) -> Result<(Vec<QuestionSet>, Answers)> {
        let sets = known(self.answered, Some(map), self.set, files)?;
        if let Some(name) = self.set
            && !is_file(name)
            && sets.iter().all(|set| set.id != name)
        {
            bail!(unknown(name, &sets));
        }
        let answers = read(self.answers, &sets, self.answered, files, terminal)?;
        Ok((sets, answers))
    }

    /// The results of the sets that are asked for.
    pub fn results<'s>(&self, sets: &'s [QuestionSet], answers: &Answers) -> Result<Vec<Results<'s>>> {
        let mut found = Vec::new();
        for (at, set) in sets.iter().enumerate() {
            // A set of a file was read before those of the program.
            let is_wanted = match self.set {
                Some(name) if is_file(name) => at == self.answered.questions.len(),
                Some(name) => set.id == name,
                None => true,
            };
            if is_wanted {
                found.extend(Results::new(sets, at, answers, self.round));
            }
        }
        if found.is_empty() {
            match (self.set, self.round) {
                (Some(set), Some(round)) => {
                    bail!("nobody answered `{set}` in round {round}: name another round, or leave out --round")
                }
                (Some(set), None) => {
                    bail!("nobody answered `{set}`: name the files with its answers, or leave out --set")
                }
                (None, Some(round)) => {
                    bail!("nobody answered in round {round}: name another round, or leave out --round")
                }
                (None, None) => bail!("the files have no answer that counts: look at the rows that were left out"),
            }
        }
        Ok(found)
    }
}

fn cover(map: &BenefitMap) -> Cover {
    Cover {
        title: format!("How people answered: {}", map.title),
        paragraphs: vec![
            "One row for each question: how many people gave each answer, how many could not say, the median, the lowest answer \
             and how far people agree. Read the answers, and never the measures alone. The sheet is not read back."
                .to_owned(),
        ],
    }
}

/// The results for people: set by set, weakest first.
fn shown(results: &[Results<'_>], width: columns::Width, terminal: &Terminal) -> Page {
    let mut page = Page::default();
    for (index, one) in results.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        let scale = one.set.scale;
        let people = match one.respondents {
            0 => "people who gave no name".to_owned(),
            count => counted(count, "person", "people"),
        };
        page.line(format!("{}: round {}, {people}", one.set.title, one.round));
        if scale.has_numbers() {
            let points = scale
                .points()
                .iter()
                .zip(1..)
                .map(|(word, point)| format!("{point} {word}"));
            page.line(format!("Answers: {}", points.collect::<Vec<_>>().join(", ")));
        }
        page.gap();
        let rows: Vec<[Cell; 6]> = one.weakest_first().into_iter().map(|result| row(one, result)).collect();
        let points: Vec<String> = (1u8..).take(scale.points().len()).map(|at| point(scale, at)).collect();
        let counts = points.join(if scale.has_numbers() { " " } else { ", " });
        let head = ["median", "lowest", &counts, "don't know", "agreement", "question"];
        page.rendered(&columns::write(head, &rows, width, |_, piece| piece), terminal.out);
        let divided: Vec<&str> = one
            .questions
            .iter()
            .filter(|result| result.tally.divides())
            .map(|result| result.question.id.as_str())
            .collect();
        if !divided.is_empty() {
            page.gap();
            page.line(format!(
                "People are far apart (agreement below 0.3) on {}.",
                divided.join(", ")
            ));
        }
    }
    page
}

fn row(all: &Results<'_>, result: &QuestionResult<'_>) -> [Cell; 6] {
    let scale = all.set.scale;
    let tally = &result.tally;
    let mut lines = vec![format!("{} [{}]", result.question.text, result.question.id)];
    for (role, of_role) in &result.roles {
        lines.push(format!("  {role}: {}", answers(of_role)));
    }
    if let Some((round, before)) = result.earlier.last() {
        lines.push(format!("  round {round}: {}", answers(before)));
    }
    lines.extend(
        result
            .notes
            .iter()
            .map(|note| format!("  note: {}", note.split_whitespace().collect::<Vec<_>>().join(" "))),
    );
    [
        tally
            .median()
            .map_or("–".to_owned(), |median| middle(scale, median))
            .into(),
        tally
            .lowest()
            .map_or("–".to_owned(), |lowest| point(scale, lowest))
            .into(),
        answers(tally).into(),
        tally.dont_know.to_string().into(),
        tally
            .agreement()
            .map_or("–".to_owned(), |agreement| format!("{agreement:.2}"))
            .into(),
        Cell::lines(lines),
    ]
}

/// How many gave each answer, lowest first, as in `2 0 0 2`.
fn answers(tally: &Tally) -> String {
    let counts: Vec<String> = tally.counts.iter().map(u64::to_string).collect();
    counts.join(" ")
}

fn point(scale: Scale, point: u8) -> String {
    match scale.has_numbers() {
        true => point.to_string(),
        false => scale.word_of(point).to_owned(),
    }
}

fn middle(scale: Scale, median: Median) -> String {
    match median.low == median.high {
        true => point(scale, median.low),
        false => format!("{} or {}", point(scale, median.low), point(scale, median.high)),
    }
}
