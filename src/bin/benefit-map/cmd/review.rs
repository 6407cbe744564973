//! `review`: who has looked at what, and whether it still holds.

use anyhow::Result;
use benefit_map::audit::{self, ReviewList, ReviewState};
use benefit_map::file;
use benefit_map::finding::snippet::Style;
use benefit_map::map::{Owner, Says};
use benefit_map::table;

use crate::args::{Review, TableFormat};
use crate::cmd::tables::counted;
use crate::columns::Cell;
use crate::files::{Files, Over};
use crate::io::Terminal;
use crate::page::Page;
use crate::{Verdict, columns, io, named, output};

pub fn run(args: &Review, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let document = files.map(&args.map)?;
    let said = [(&args.agree, Says::Agreed), (&args.challenge, Says::Challenged)];
    if args.agree.is_empty() && args.challenge.is_empty() {
        return status(args, &document.map, files, terminal);
    }
    let by = args
        .by
        .as_ref()
        .ok_or_else(|| anyhow::anyhow!("say who reviews: --by OWNER"))?;
    let by = &named::find::<Owner>("--by", by, &document.map, &args.map.display())?.id;
    if args.on.is_some() {
        terminal.renamed("--on", "--as-of");
    }
    let on = io::day_or_today(args.as_of.or(args.on))?;
    let mut map = document.map.clone();
    let mut count = 0;
    for (subjects, says) in said {
        for subject in subjects {
            map = audit::record_review(&map, subject, by, on, says, args.note.as_deref().unwrap_or(""))?;
            count += 1;
        }
    }
    let place = match &args.output {
        Some(output) => output::map(output)?,
        None => output::itself(&args.map),
    };
    let what = format!("{} by {by} on {on}", counted(count, "review", "reviews"));
    files
        .write_over(&place, file::write(&map).as_bytes(), Over::Itself(&args.map))?
        .say(what, terminal);
    Ok(Verdict::Clean)
}

fn status(args: &Review, map: &benefit_map::map::BenefitMap, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("the status of reviews", args.format, args.output.as_deref())?;
    let list = audit::reviews(map);
    let bytes = match output.format {
        TableFormat::Text => text(&list, columns::width(&output.place)).written(&output.place),
        TableFormat::Csv => table::csv::write(&table::audit::reviews(&list)),
        TableFormat::Json => list.to_json().into_bytes(),
    };
    let what = counted(list.rows.len(), "review", "reviews");
    files.write(&output.place, &bytes)?.say(what, terminal);
    let any = list.rows.iter().any(|row| row.state.is_open());
    Ok(if any { Verdict::Findings } else { Verdict::Clean })
}

fn text(list: &ReviewList<'_>, width: columns::Width) -> Page {
    let rows: Vec<[Cell; 6]> = list
        .rows
        .iter()
        .map(|row| {
            [
                row.state.to_string().into(),
                row.review.subject.as_str().into(),
                row.title.as_str().into(),
                row.reviewer.into(),
                row.review.on.map(|day| day.to_string()).unwrap_or_default().into(),
                row.review.note.as_str().into(),
            ]
        })
        .collect();
    let mut out = Page::default();
    if rows.is_empty() {
        out.line("Nobody has reviewed anything on this map.");
    } else {
        let head = ["state", "subject", "title", "by", "on", "note"];
        out.rendered(&columns::write(head, &rows, width, |_, piece| piece), Style::Plain);
    }
    let there: Vec<ReviewState> = ReviewState::ALL
        .iter()
        .copied()
        .filter(|state| *state != ReviewState::Agreed && list.rows.iter().any(|row| row.state == *state))
        .collect();
    if !there.is_empty() {
        out.gap();
    }
    for state in there {
        out.line(format!("{state}: {}.", state.meaning()));
    }
    out.gap();
    out.line(format!(
        "Agreed and unchanged since, KPIs included: {} of {} nodes, {} of {} links.",
        list.nodes.0, list.nodes.1, list.links.0, list.links.1
    ));
    out
}
