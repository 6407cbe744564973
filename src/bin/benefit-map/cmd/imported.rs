//! What an import of another tool's file tells: what became of each sort of thing, and in a report of each.

use anyhow::{Result, bail};
use benefit_map::exchange::{Fate, Import, Outcome, What};
use benefit_map::table::{Cell, Column, Table, Values};

use super::tables::counted;
use crate::io::Terminal;

/// How many groups are told before the rest are counted.
const A_FEW: usize = 40;

/// Tells what became of all that is in the file.
pub fn tell(imported: &Import, terminal: &Terminal) {
    let groups = imported.groups();
    for group in groups.iter().take(A_FEW) {
        terminal.say(format!("{}: {group}", group.outcome));
    }
    if groups.len() > A_FEW {
        terminal.say(format!(
            "… and {} more kinds (--report FILE lists everything)",
            groups.len() - A_FEW
        ));
    }
    let left_out = |what: What| {
        groups
            .iter()
            .any(|group| group.outcome == Outcome::LeftOut && group.what == what && group.why != "left out by --kind")
    };
    if groups
        .iter()
        .any(|group| group.why.contains("its kind guessed") || group.why.contains("its kind not known"))
    {
        terminal.say("  help: use --kind TYPE=KIND to say what elements of a type become");
    } else if left_out(What::Element) {
        terminal.say("  help: use --kind TYPE=KIND to read elements of a type that was left out");
    }
    for word in &imported.unused {
        terminal.warn(format!(
            "--kind names the type `{word}`, but no element of the file has it"
        ));
    }
}

/// Refuses to make a map of nothing, and says what makes it one of something.
pub fn holds_something(imported: &Import) -> Result<()> {
    if !imported.map.nodes.is_empty() {
        return Ok(());
    }
    let (elements, _) = imported.count(What::Element);
    if elements == 0 {
        bail!("it has no elements, so no map was written: check that it is the right file");
    }
    let word = imported
        .accounts
        .iter()
        .find(|account| account.what == What::Element && !account.word.is_empty())
        .map_or("TYPE", |account| account.word.as_str());
    bail!(
        "nothing in it is part of a benefit chain, so no map was written: use --kind to say what elements become, as in \
         --kind '{word}=enabler'"
    );
}

/// How much of the file is in the map.
pub fn share(imported: &Import) -> String {
    let (elements, nodes) = imported.count(What::Element);
    let (relations, links) = imported.count(What::Relation);
    format!(
        "{nodes} of {} and {links} of {}",
        counted(elements, "element", "elements"),
        counted(relations, "relation", "relations"),
    )
}

/// What became of each thing, as a table.
pub fn report(imported: &Import) -> Table {
    let column = |name: &'static str| Column {
        name: name.into(),
        values: Values::Text,
    };
    let rows = imported.accounts.iter().map(|account| {
        let (became, kind) = match &account.fate {
            Fate::Kept { id, kind, .. } => (id.as_str(), kind.map_or("", |kind| kind.as_str())),
            _ => ("", ""),
        };
        let cells = [
            account.what.as_str(),
            &account.id,
            &account.word,
            &account.title,
            &account.place,
            account.fate.outcome().as_str(),
            became,
            kind,
            account.fate.why(),
        ];
        cells
            .into_iter()
            .map(|text| match text {
                "" => Cell::Empty,
                text => Cell::Text(text.to_owned()),
            })
            .collect()
    });
    Table {
        name: "report".to_owned(),
        columns: ["what", "id", "type", "title", "place", "fate", "became", "kind", "why"]
            .map(column)
            .to_vec(),
        rows: rows.collect(),
    }
}
