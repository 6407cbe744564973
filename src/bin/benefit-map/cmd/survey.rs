//! `survey`: question sets, forms to fill in, and the answers of many files in one table.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use benefit_map::file::FileKind;
use benefit_map::finding::nearest;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Node};
use benefit_map::report;
use benefit_map::survey::{Answers, Intake, LINKS, QuestionSet, Remark, RemarkKind, built_in, links_set, sets_json};
use benefit_map::table::{self, xlsx::Cover};

use crate::args::{Answered, Asked, SetsFormat, SurveyCollect, SurveyForm, SurveySets, SurveyWorkbook, WithAnswers};
use crate::cmd::tables::{Telling, counted, tell};
use crate::columns::{self, Cell};
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, named, output};

/// How many remarks of one kind are printed before the rest are counted.
const A_FEW: usize = 3;

/// `survey sets`.
pub fn sets(args: &SurveySets, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the question sets", args.format, args.output.as_deref())?;
    let sets = built_in();
    let bytes = match output.format {
        SetsFormat::Json => sets_json(&sets).into_bytes(),
        SetsFormat::Text => {
            let row = |set: &QuestionSet| -> [Cell; 4] {
                [
                    set.id.as_str().into(),
                    counted(set.questions().count(), "question", "questions").into(),
                    set.source.as_str().into(),
                    set.title.as_str().into(),
                ]
            };
            let rows: Vec<[Cell; 4]> = sets.iter().map(row).collect();
            let width = columns::width(&output.place);
            let mut page = Page::default();
            page.rendered(
                &columns::write(["set", "size", "source", "title"], &rows, width, |_, text| text),
                terminal.out,
            );
            page.gap();
            page.line("`benefit-map survey form SET -o form.html` writes a form; --format json lists every question.");
            page.written(&output.place)
        }
    };
    let what = counted(sets.len(), "set", "sets");
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(Verdict::Clean)
}

/// `survey form`.
pub fn form(args: &SurveyForm, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("a form", &["html", "htm"], args.output.as_deref())?;
    let set = asked(&args.asked, files)?;
    let page = report::survey_form(&set, args.round);
    let what = counted(set.questions().count(), "question", "questions");
    files.write(&place, page.as_bytes())?.say(what, terminal);
    Ok(Verdict::Clean)
}

/// `survey workbook`.
pub fn workbook(args: &SurveyWorkbook, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("a workbook", &["xlsx"], args.output.as_deref())?;
    let set = asked(&args.asked, files)?;
    let cover = Cover {
        title: set.title.clone(),
        paragraphs: table::form_paragraphs(&set),
    };
    let bytes = table::xlsx::write(&[table::answer_form(&set)], &cover)?;
    let what = counted(set.questions().count(), "question", "questions");
    files.write(&place, &bytes)?.say(what, terminal);
    Ok(Verdict::Clean)
}

/// `survey collect`.
pub fn collect(args: &SurveyCollect, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let place = output::only("the answers", &["csv"], args.output.as_deref())?;
    let document = args.links_of.as_deref().map(|map| files.map(map)).transpose()?;
    let sets = known(
        &args.answered,
        document.as_ref().map(|document| &document.map),
        None,
        files,
    )?;
    let answers = read(&args.files, &sets, &args.answered, files, terminal)?;
    let bytes = table::csv::write(&table::answers_table(&answers, &sets));
    files
        .write(&place, &bytes)?
        .say(counted(answers.all.len(), "answer", "answers"), terminal);
    Ok(verdict(&args.answered, &answers))
}

/// What people answered, where files of answers were named, with the sets that they were asked.
pub fn beside(
    args: &WithAnswers,
    map: &BenefitMap,
    files: &Files,
    terminal: &Terminal,
) -> Result<Option<(Vec<QuestionSet>, Answers)>> {
    if args.answers.is_empty() {
        return Ok(None);
    }
    let how = Answered {
        questions: args.questions.clone(),
        ..Answered::default()
    };
    let sets = known(&how, Some(map), None, files)?;
    let answers = read(&args.answers, &sets, &how, files, terminal)?;
    Ok(Some((sets, answers)))
}

/// What the exit code must say of rows that do not count.
pub fn verdict(args: &Answered, answers: &Answers) -> Verdict {
    match args.strict && answers.left_out() > 0 {
        true => Verdict::Findings,
        false => Verdict::Clean,
    }
}

/// The set that a form asks: one that the program brings, one of a file, or the links of a map.
fn asked(args: &Asked, files: &Files) -> Result<QuestionSet> {
    if args.set == LINKS {
        let path = args
            .links_of
            .as_deref()
            .context("name the map whose links are asked about: --map MAP")?;
        let document = files.map(path)?;
        let file = path.display();
        let outcome = match &args.outcome {
            Some(text) => Some(named::find::<Node>("--outcome", text, &document.map, &file)?.id.clone()),
            None => None,
        };
        let set = links_set(&BenefitGraph::new(&document.map), outcome.as_ref());
        if set.groups.is_empty() {
            bail!("{file} has no links to ask about: link two boxes first");
        }
        return Ok(set);
    }
    if args.links_of.is_some() {
        bail!("--map goes with the set `{LINKS}`, which asks about the links of a map");
    }
    if is_file(&args.set) {
        return own(Path::new(&args.set), files);
    }
    let mut sets = built_in();
    match sets.iter().position(|set| set.id == args.set) {
        Some(at) => Ok(sets.swap_remove(at)),
        None => bail!(unknown(&args.set, &sets)),
    }
}

/// Whether the name of a set is the name of a file: ids have no such endings.
pub fn is_file(name: &str) -> bool {
    name.ends_with(".json") || Path::new(name).is_file()
}

/// What to say of a set that is not known.
pub fn unknown(name: &str, sets: &[QuestionSet]) -> String {
    let near = nearest(name, sets.iter().map(|set| set.id.as_str()));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`benefit-map survey sets` lists those of the program; a set of your own is a file that ends in .json"
            .to_owned(),
    };
    format!("the question set `{name}` is not known: {help}")
}

/// The set of a file.
fn own(path: &Path, files: &Files) -> Result<QuestionSet> {
    let bytes = files.bytes(path)?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("{name} is not text in UTF-8, so it is not a question set"))?;
    QuestionSet::parse(&name, &text).map_err(|error| {
        // The help is a sentence of its own; on the one line of an error it goes on behind a colon.
        let mut letters = error.help.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
        anyhow::anyhow!("{error}: {first}{}", letters.as_str().trim_end_matches('.'))
    })
}

/// The sets that answers are read with: those of files first, then those of the program and the links of the map.
pub fn known(args: &Answered, map: Option<&BenefitMap>, more: Option<&str>, files: &Files) -> Result<Vec<QuestionSet>> {
    let mut sets: Vec<QuestionSet> = Vec::new();
    let more = more.filter(|name| is_file(name)).map(PathBuf::from);
    for path in args.questions.iter().chain(&more) {
        let set = own(path, files)?;
        if sets.iter().any(|known| known.id == set.id) {
            bail!(
                "two files have a set with the id `{}`: give each an id of its own",
                set.id
            );
        }
        sets.push(set);
    }
    let links = map.map(|map| links_set(&BenefitGraph::new(map), None));
    for set in built_in().into_iter().chain(links) {
        // A set of one's own takes the place of one of the same id.
        if sets.iter().all(|known| known.id != set.id) {
            sets.push(set);
        }
    }
    Ok(sets)
}

/// The answers of files and of the files in folders; what there is to say of their rows is printed.
pub fn read(
    paths: &[PathBuf],
    sets: &[QuestionSet],
    args: &Answered,
    files: &Files,
    terminal: &Terminal,
) -> Result<Answers> {
    let telling = if args.all { Telling::All } else { Telling::AFew };
    let mut intake = Intake::new(sets);
    let mut decisions = Vec::new();
    for path in paths {
        let mut found = vec![path.clone()];
        if path.is_dir() {
            found = files.list(path, "csv")?;
            found.extend(files.list(path, "xlsx")?);
            if found.is_empty() {
                bail!(
                    "{} has no files of answers: it needs files that end in .csv or .xlsx",
                    path.display()
                );
            }
        }
        for file in &found {
            let name = match crate::io::is_stream(file) {
                true => "<stdin>".to_owned(),
                false => file.display().to_string(),
            };
            let bytes = files.bytes_of(
                file,
                "a table of answers",
                &[
                    FileKind::Table,
                    FileKind::Text,
                    FileKind::Measurements,
                    FileKind::Workbook,
                    FileKind::Zip,
                    FileKind::Empty,
                    FileKind::Binary,
                ],
            )?;
            if bytes.is_empty() {
                intake.empty_file(&name);
                continue;
            }
            match bytes.starts_with(b"PK\x03\x04") {
                true => sheets(&name, &bytes, &mut intake, &mut decisions)?,
                false => {
                    let raw = table::csv::read(&name, &bytes)?;
                    decisions.extend(raw.decisions.clone());
                    table::answers(&raw, &mut intake)?;
                }
            }
        }
    }
    let answers = intake.finish();
    tell(&decisions, telling, terminal);
    say(&answers, args, terminal);
    Ok(answers)
}

/// The sheets of a workbook that hold answers.
fn sheets(name: &str, bytes: &[u8], intake: &mut Intake<'_>, decisions: &mut Vec<table::Decision>) -> Result<()> {
    let mut refused = None;
    let mut read = 0;
    for sheet in table::xlsx::read_every_sheet(name, bytes)? {
        match table::answers(&sheet, intake) {
            Ok(()) => {
                decisions.extend(sheet.decisions);
                read += 1;
            }
            Err(error) => refused = Some(error),
        }
    }
    match refused {
        Some(error) if read == 0 => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints what there is to say of rows, kind by kind.
fn say(answers: &Answers, args: &Answered, terminal: &Terminal) {
    for kind in RemarkKind::ALL {
        let of_kind: Vec<&Remark> = answers.remarks.iter().filter(|remark| remark.kind == *kind).collect();
        let word = match kind.leaves_out() {
            true => "left out",
            false => "note",
        };
        let most = if args.all { of_kind.len() } else { A_FEW };
        let mut help = "";
        for remark in of_kind.iter().take(most) {
            if help != remark.help && !help.is_empty() {
                terminal.say(format!("  help: {help}"));
            }
            terminal.say(format!("{word}: {remark}"));
            help = &remark.help;
        }
        if of_kind.len() > most {
            terminal.say(format!(
                "{word}: … and {} more like this (--all shows them)",
                of_kind.len() - most
            ));
        }
        if !help.is_empty() {
            terminal.say(format!("  help: {help}"));
        }
    }
    let left_out = answers.left_out();
    if left_out > 0 {
        terminal.say(format!(
            "{left_out} of {} do not count",
            counted(answers.rows, "row", "rows")
        ));
    }
}
