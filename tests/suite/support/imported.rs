//! What tests of imports share: a map in short, and what was told of a file.

use std::path::PathBuf;
use std::process::{Command, Output};

use benefit_map::exchange::{Choices, Error, Fate, Import, Outcome, Row, Sheet, What};
use benefit_map::map::Effect;

use super::program::program;

/// Reads the bytes of a file.
pub type Reader = fn(&[u8], &Choices) -> Result<Import, Error>;

/// The import of a text without any choices.
pub fn import(read: Reader, text: &str) -> Import {
    read(text.as_bytes(), &Choices::default()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The boxes as `kind title`, in the order of the map.
pub fn nodes(import: &Import) -> Vec<String> {
    import
        .map
        .nodes
        .iter()
        .map(|node| format!("{} {}", node.kind, node.title))
        .collect()
}

/// The titles of the boxes, in the order of the map.
pub fn titles(import: &Import) -> Vec<&str> {
    import.map.nodes.iter().map(|node| node.title.as_str()).collect()
}

/// The links as `from -> to`, `-|` where they hinder and `~>` where they are feedback.
pub fn links(import: &Import) -> Vec<String> {
    let arrow = |effect: Effect, feedback: bool| match (effect, feedback) {
        (Effect::Hinders, false) => "-|",
        (Effect::Supports, false) => "->",
        (Effect::Hinders, true) => "~|",
        (Effect::Supports, true) => "~>",
    };
    let each = import.map.links.iter();
    each.map(|link| format!("{} {} {}", link.from, arrow(link.effect, link.feedback), link.to))
        .collect()
}

/// What is told of all things of a sort that are in the map or not, each once: `why` of the report.
pub fn whys(import: &Import, what: What, outcome: Outcome) -> Vec<&str> {
    let mut each: Vec<&str> = Vec::new();
    for account in import
        .accounts
        .iter()
        .filter(|one| one.what == what && one.fate.outcome() == outcome)
    {
        if !each.contains(&account.fate.why()) {
            each.push(account.fate.why());
        }
    }
    each
}

/// What is told of the relation that became that link.
pub fn why_of<'i>(import: &'i Import, link: &str) -> &'i str {
    let is_it =
        |fate: &&Fate| matches!(fate, Fate::Kept { id, kind: None, .. } if id.split(", ").any(|one| one == link));
    let mut fates = import.accounts.iter().map(|account| &account.fate);
    fates.find(is_it).unwrap_or_else(|| panic!("there is no {link}")).why()
}

/// A table as it comes in.
pub fn sheet(name: &str, header: &[&str], rows: &[&[&str]]) -> Sheet {
    let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let row = |(at, cells): (usize, &&[&str])| Row {
        number: at + 2,
        cells: texts(cells),
    };
    Sheet {
        name: name.to_owned(),
        header: texts(header),
        rows: rows.iter().enumerate().map(row).collect(),
    }
}

/// A folder of files, and the program run in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with these files in it.
    pub fn of(files: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self(dir)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn run(&self, words: &str) -> Output {
        let mut command = Command::new(program());
        command.current_dir(self.0.path()).args(words.split(' '));
        command.output().unwrap()
    }

    /// Runs it and gives back the exit code and what was said.
    pub fn said(&self, words: &str) -> (i32, String) {
        let output = self.run(words);
        let code = output.status.code().unwrap();
        (code, String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
