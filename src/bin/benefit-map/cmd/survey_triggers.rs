//! `survey triggers`: statements that people do not agree with, and the risks that they become.

use anyhow::{Result, bail};
use benefit_map::edit::{self, Edit, Sort};
use benefit_map::file;
use benefit_map::survey::{Trigger, triggers, triggers_json};

use crate::args::{SurveyTriggers, TriggersFormat};
use crate::cmd::survey::verdict;
use crate::cmd::survey_results::Wanted;
use crate::cmd::tables::counted;
use crate::columns::{self, Cell};
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, output};

pub fn run(args: &SurveyTriggers, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let list = match args.add {
        true => None,
        false => Some(output::of("the triggers", args.format, args.output.as_deref())?),
    };
    let document = files.map(&args.map)?;
    let wanted = Wanted::of(&args.looked);
    let (sets, answers) = wanted.read(&document.map, files, terminal)?;
    let results = wanted.results(&sets, &answers)?;
    let all = results.iter().flat_map(|one| triggers(one, &document.map, args.stage));
    let found: Vec<Trigger<'_, '_>> = match args.only.is_empty() {
        true => all.collect(),
        false => only(&args.only, all.collect())?,
    };
    let open: Vec<&Trigger<'_, '_>> = found.iter().filter(|trigger| !trigger.taken_up).collect();
    let of_rows = verdict(&args.looked.answered, &answers);
    let Some(output) = list else {
        let added = add(args, &document.map, &open, files, terminal)?;
        return Ok(added.max(of_rows));
    };
    let bytes = match output.format {
        TriggersFormat::Json => triggers_json(&found).into_bytes(),
        TriggersFormat::Text => text(args, &found, columns::width(&output.place), terminal).written(&output.place),
    };
    files
        .write(&output.place, &bytes)?
        .say(counted(found.len(), "trigger", "triggers"), terminal);
    Ok(match open.is_empty() {
        true => of_rows,
        false => Verdict::Findings,
    })
}

/// The triggers of the questions that are named.
fn only<'r, 's>(wanted: &[String], all: Vec<Trigger<'r, 's>>) -> Result<Vec<Trigger<'r, 's>>> {
    if let Some(missing) = wanted
        .iter()
        .find(|id| all.iter().all(|trigger| trigger.result.question.id != **id))
    {
        bail!("`{missing}` is not among the triggers: run the command without --only to see them");
    }
    Ok(all
        .into_iter()
        .filter(|trigger| wanted.contains(&trigger.result.question.id))
        .collect())
}

/// Adds the triggers to the map, each by an edit.
fn add(
    args: &SurveyTriggers,
    map: &benefit_map::map::BenefitMap,
    open: &[&Trigger<'_, '_>],
    files: &Files,
    terminal: &Terminal,
) -> Result<Verdict> {
    if open.is_empty() && args.output.is_none() {
        terminal.note("there is nothing to add: every trigger is a risk of the map already");
        return Ok(Verdict::Clean);
    }
    let mut changed = map.clone();
    for trigger in open {
        let serde_json::Value::Object(fields) = serde_json::to_value(trigger.proposed())? else {
            bail!("the risk of `{}` cannot be written", trigger.result.question.id);
        };
        let edit = Edit::Add {
            what: Sort::Risk,
            fields,
            plan: None,
            at: None,
        };
        edit::apply(&mut changed, &edit)?;
    }
    let place = match &args.output {
        Some(output) => output::map(output)?,
        None => output::itself(&args.map),
    };
    let what = match open.len() {
        1 => "1 risk added; say what it threatens and who owns it".to_owned(),
        count => format!("{count} risks added; say what each threatens and who owns it"),
    };
    files
        .write_over(&place, file::write(&changed).as_bytes(), Over::Itself(&args.map))?
        .say(what, terminal);
    Ok(Verdict::Clean)
}

fn text(args: &SurveyTriggers, found: &[Trigger<'_, '_>], width: columns::Width, terminal: &Terminal) -> Page {
    let mut page = Page::default();
    let stage = match args.stage {
        benefit_map::survey::Stage::Early => "at any time: somebody disagrees, or says no",
        benefit_map::survey::Stage::BeforeCommitment => {
            "before money is committed: somebody does not strongly agree, or does not say yes"
        }
    };
    page.line(format!("{} ({stage})", counted(found.len(), "trigger", "triggers")));
    if found.is_empty() {
        return page;
    }
    page.gap();
    let row = |trigger: &Trigger<'_, '_>| -> [Cell; 5] {
        let tally = &trigger.result.tally;
        let state = if trigger.taken_up { "on the map" } else { "open" };
        [
            state.into(),
            format!("{} of {}", trigger.below, tally.n()).into(),
            tally
                .lowest()
                .map_or("–", |lowest| trigger.set.scale.word_of(lowest))
                .into(),
            trigger.risk.as_str().into(),
            trigger.result.question.text.as_str().into(),
        ]
    };
    let rows: Vec<[Cell; 5]> = found.iter().map(row).collect();
    let head = ["risk", "below", "lowest", "id", "statement"];
    page.rendered(&columns::write(head, &rows, width, |_, piece| piece), terminal.out);
    if found.iter().any(|trigger| !trigger.taken_up) {
        page.gap();
        page.line("`--add` makes the open ones risks of the map; with `--only QUESTION` some of them.");
    }
    page
}
