//! What changed between two maps, as a part of a document and as one.

use super::wording::{capital, count};
use super::{Align, Block, Cell, Column, ListKind, Report, Table};
use crate::audit::{Callout, ChangeKind, Comparison, Judgement, Measure, Share, SightChange};
use crate::finding::Subject;
use crate::map::{BenefitMap, Language};

/// What to say above what makes a map look better for sure, and above what may.
const READ: [(Judgement, &str, &str); 2] = [
    (
        Judgement::Greener,
        "What makes the map look better",
        "Each of these changes makes the new map look better. None shows that results are better. Ask why each was made.",
    ),
    (
        Judgement::Open,
        "What may make the map look better",
        "The two maps do not say whether these make the new map look better: they help in one way and not in another, or \
         what is compared is not the same.",
    ),
];

/// The changes as a page of their own. `since` says what the new map is compared with, such as `old.json`.
pub fn changes_page(map: &BenefitMap, changes: &Comparison, since: &str) -> Report {
    let mut report = Report::new("Changes").in_language(map.language());
    report.subtitle.clone_from(&map.title);
    report.extend(change_blocks(changes, since, (1, map.language())));
    report
}

/// What changed: how much, what makes the map look better, what that did to line of sight and coverage, and every field.
/// Headings have the level given.
pub(super) fn change_blocks(changes: &Comparison, since: &str, (level, language): (u8, Language)) -> Vec<Block> {
    if changes.is_same() {
        return vec![Block::text(format!("The map has not changed since {since}."))];
    }
    let counts = changes.counted().join(", ");
    let mut blocks = vec![Block::text(format!("Records since {since}: {counts}."))];
    for (judgement, heading, how_to_read) in READ {
        let called: Vec<&Callout> = changes.called_out(judgement).collect();
        if !called.is_empty() {
            blocks.push(Block::heading(level, heading));
            blocks.push(Block::text(how_to_read));
            blocks.push(Block::Table(called_out(heading, &called)));
        }
    }
    for (heading, nodes) in [
        ("Line of sight lost", &changes.lost),
        ("Line of sight gained", &changes.gained),
    ] {
        if !nodes.is_empty() {
            let named = |change: &SightChange| name(&change.subject, &change.title);
            blocks.push(Block::heading(level, heading));
            blocks.push(Block::list(
                ListKind::Bullets,
                nodes.iter().map(named).collect::<Vec<_>>(),
            ));
        }
    }
    blocks.extend(coverage(changes, level, language));
    blocks.push(Block::heading(level, "Every change"));
    blocks.push(Block::Table(every_field(changes)));
    blocks
}

/// How many are called out: `3 changes make the map look better since seal 2`; `None` where there are none.
pub(super) fn called_out_sentence(changes: &Comparison, since: &str) -> Option<String> {
    let [greener, open] = READ.map(|(judgement, ..)| changes.called_out(judgement).count());
    let more = count(greener, "change makes", "changes make");
    let may = count(open, "change may", "changes may");
    match (greener, open) {
        (0, 0) => None,
        (_, 0) => Some(format!(
            "{more} the map look better since {since}, without any better results."
        )),
        (0, _) => Some(format!(
            "{may} make the map look better since {since}; the two maps do not settle it."
        )),
        _ => Some(format!(
            "{more} the map look better since {since}, without any better results; {may} do so."
        )),
    }
}

fn name(subject: &Subject, title: &str) -> String {
    match title {
        "" => subject.to_string(),
        title => format!("{title} ({subject})"),
    }
}

fn called_out(caption: &str, called: &[&Callout]) -> Table {
    let mut table = Table::new(
        caption,
        [
            Column::new("Where", 2.6),
            Column::new("What changed", 2.6),
            Column::new("Before", 2.0),
            Column::new("Now", 2.0),
            Column::new("What follows", 3.4),
        ],
    );
    for call in called {
        table.push([
            Cell::text(name(&call.subject, &call.title)),
            Cell::text(capital(&call.what)),
            Cell::text(call.before.as_str()),
            Cell::text(call.after.as_str()),
            Cell::text(capital(&call.note)),
        ]);
    }
    table
}

fn coverage(changes: &Comparison, level: u8, language: Language) -> Vec<Block> {
    let mut table = Table::new(
        "Coverage before and now",
        [
            Column::new("Measure", 4.0),
            Column::new("Before", 2.0).align(Align::End),
            Column::new("Now", 2.0).align(Align::End),
        ],
    );
    let told = |share: &Share| {
        let percent = share
            .percent()
            .map_or("nothing to cover".to_owned(), |p| format!("{p}%"));
        format!(
            "{} of {} ({percent})",
            language.number(share.covered),
            language.number(share.of)
        )
    };
    let differ = |(_, a, b): &&(Measure, Share, Share)| (a.covered, a.of) != (b.covered, b.of);
    let mut any = false;
    for (measure, before, after) in changes.coverage.iter().filter(differ) {
        any = true;
        table.push([
            Cell::text(measure.label()),
            Cell::text(told(before)),
            Cell::text(told(after)),
        ]);
    }
    match any {
        true => vec![Block::heading(level, "Coverage"), Block::Table(table)],
        false => Vec::new(),
    }
}

fn every_field(changes: &Comparison) -> Table {
    let mut table = Table::new(
        "Changes, field by field",
        [
            Column::new("Subject", 3.0),
            Column::new("Field", 1.6),
            Column::new("Before", 3.0),
            Column::new("Now", 3.0),
        ],
    );
    for change in &changes.changes {
        let name = name(&change.subject, &change.title);
        match change.kind {
            ChangeKind::Changed => {
                for field in &change.fields {
                    table.push([
                        Cell::text(name.as_str()),
                        Cell::text(field.field.as_str()),
                        Cell::text(field.before.as_str()),
                        Cell::text(field.after.as_str()),
                    ]);
                }
            }
            kind => table.push([Cell::text(name), Cell::text(format!("({kind})"))]),
        }
    }
    table
}
