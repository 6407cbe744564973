//! What can come next on a command line that is being typed: commands, options, their values, and ids of the map.
//!
//! The scripts of bash, zsh and fish ask for it (`shells/`). The first line says whether names of files can come too; each further
//! line is a word, a tab and what the word means.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use benefit_map::audit::Measure;
use benefit_map::check::RULES;
use benefit_map::map::{BenefitMap, Kpi, Node, Owner, Partner};
use benefit_map::method::{SUBJECTS, TERMS};
use clap::{Arg, Command};

use crate::Verdict;
use crate::args::{self, Complete};
use crate::files::Files;
use crate::named::Named;
use crate::page::words;
use crate::project::Project;

/// A larger map is not read while somebody waits for a word.
const LARGEST_MAP: u64 = 32 << 20;

/// The longest description, in characters.
const LONGEST: usize = 60;

/// A word that can come next, and what it means.
type Word = (String, String);

pub fn run(args: &Complete, files: &Files) -> Result<Verdict> {
    let mut model = args::command();
    model.build();
    let next = next(&args.words, &model, files);
    let mut out = String::from(if next.files { ":files\n" } else { ":words\n" });
    for (word, meaning) in &next.words {
        let meaning: String = words(meaning).replace('\t', " ").chars().take(LONGEST).collect();
        let _ = writeln!(out, "{word}\t{meaning}");
    }
    files.print(out.as_bytes())?;
    Ok(Verdict::Clean)
}

/// What can come next.
#[derive(Debug, Default)]
struct Next {
    words: Vec<Word>,
    /// Whether names of files can, too.
    files: bool,
}

/// A command line as far as it was typed.
struct Typed<'m> {
    model: &'m Command,
    command: &'m Command,
    /// The option whose value comes next.
    waiting: Option<&'m Arg>,
    positionals: usize,
    /// What was given of each argument last.
    given: BTreeMap<String, String>,
    /// Whether options are over, by `--`.
    is_over: bool,
}

impl<'m> Typed<'m> {
    fn take(&mut self, word: &str, next: Option<&String>) {
        if let Some(arg) = self.waiting {
            // Some shells cut a word at `=`.
            if word != "=" {
                self.given.insert(arg.get_id().to_string(), word.to_owned());
                self.waiting = None;
            }
        } else if self.is_over || !word.starts_with('-') || word == "-" {
            self.take_plain(word);
        } else if word == "--" {
            self.is_over = true;
        } else if let Some((name, value)) = word.split_once('=') {
            if let Some(arg) = option(self.command, name) {
                self.given.insert(arg.get_id().to_string(), value.to_owned());
            }
        } else {
            let takes = option(self.command, word).filter(|arg| arg.get_action().takes_values());
            let is_cut = next.is_some_and(|next| next == "=");
            self.waiting = takes.filter(|arg| is_cut || !arg.is_require_equals_set());
        }
    }

    fn take_plain(&mut self, word: &str) {
        let below = self.command.find_subcommand(word).filter(|_| self.positionals == 0);
        if let Some(below) = below {
            self.command = below;
        } else {
            if let Some(arg) = self.positional() {
                self.given.insert(arg.get_id().to_string(), word.to_owned());
            }
            self.positionals += 1;
        }
    }

    /// The positional argument that comes next; the last one again, where it takes several.
    fn positional(&self) -> Option<&'m Arg> {
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let is_several = |arg: &&&Arg| arg.get_num_args().is_some_and(|values| values.max_values() > 1);
        all.get(self.positionals)
            .or_else(|| all.last().filter(is_several))
            .copied()
    }

    /// The map that the line names.
    fn map(&self, files: &Files) -> Option<BenefitMap> {
        let named = ["map", "maps"].iter().find_map(|id| self.given.get(*id));
        let path = match named {
            Some(named) => PathBuf::from(named),
            None => Project::find(self.model).ok()??.map()?,
        };
        let size = std::fs::metadata(&path).ok()?;
        if !size.is_file() || size.len() > LARGEST_MAP {
            return None;
        }
        files.map(&path).ok().map(|document| document.map)
    }
}

/// The option of a name as it is typed, `--owner` or `-o`.
fn option<'m>(command: &'m Command, word: &str) -> Option<&'m Arg> {
    command.get_arguments().find(|arg| match word.strip_prefix("--") {
        Some(long) => {
            arg.get_long() == Some(long) || arg.get_all_aliases().is_some_and(|aliases| aliases.contains(&long))
        }
        None => arg.get_short().is_some_and(|short| word.ends_with(short)),
    })
}

fn next(typed: &[String], model: &Command, files: &Files) -> Next {
    let Some((current, before)) = typed.split_last() else {
        return Next::default();
    };
    let mut line = Typed {
        model,
        command: model,
        waiting: None,
        positionals: 0,
        given: BTreeMap::new(),
        is_over: false,
    };
    for (at, word) in before.iter().enumerate() {
        line.take(word, before.get(at + 1).or(Some(current)));
    }
    let current = if current == "=" { "" } else { current.as_str() };
    let mut next = if let Some(arg) = line.waiting {
        values(&line, arg, "", files)
    } else if let Some((name, _)) = current.split_once('=').filter(|_| current.starts_with("--")) {
        match option(line.command, name) {
            Some(arg) => values(&line, arg, &format!("{name}="), files),
            None => Next::default(),
        }
    } else if current.starts_with('-') && !line.is_over {
        options(line.command)
    } else {
        plain(&line, files)
    };
    // Of a list after commas the last piece is being typed.
    if let Some((list, _)) = current.rsplit_once(',') {
        next.words
            .iter_mut()
            .for_each(|(word, _)| *word = format!("{list},{word}"));
    }
    next.words.retain(|(word, _)| word.starts_with(current));
    next
}

/// What can come where no option is being typed: commands, or the value of an argument without a name.
fn plain(line: &Typed<'_>, files: &Files) -> Next {
    let mut next = match line.positional() {
        Some(arg) => values(line, arg, "", files),
        None => Next::default(),
    };
    if line.positionals == 0 {
        next.words.extend(commands(line.command));
    }
    if next.words.is_empty() && !next.files {
        return options(line.command);
    }
    next
}

/// The commands below one.
fn commands(command: &Command) -> Vec<Word> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    let named = below.map(|below| {
        let about = below.get_about().map(ToString::to_string).unwrap_or_default();
        (below.get_name().to_owned(), about)
    });
    named.collect()
}

fn options(command: &Command) -> Next {
    let words = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set())
        .filter_map(|arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            Some((format!("--{}", arg.get_long()?), help))
        });
    Next {
        words: words.collect(),
        files: false,
    }
}

/// The values that an argument can have.
fn values(line: &Typed<'_>, arg: &Arg, before: &str, files: &Files) -> Next {
    let possible = arg.get_possible_values();
    let name = arg
        .get_value_names()
        .and_then(|names| names.first())
        .map(|name| name.as_str());
    let mut is_file = false;
    let found: Vec<Word> = if !possible.is_empty() {
        // A word in capitals says that something of that kind may be there.
        is_file = possible.iter().any(|value| value.get_name() == "FILE");
        let shown = possible
            .iter()
            .filter(|value| !value.is_hide_set() && value.get_name() != "FILE");
        let word = |value: &clap::builder::PossibleValue| {
            let help = value.get_help().map(ToString::to_string).unwrap_or_default();
            (value.get_name().to_owned(), help)
        };
        shown.map(word).collect()
    } else {
        let of_map = |ids: fn(&BenefitMap) -> Vec<Word>| line.map(files).map(|map| ids(&map)).unwrap_or_default();
        match name {
            Some("NODE") => of_map(ids::<Node>),
            Some("OWNER") => of_map(ids::<Owner>),
            Some("PARTNER") => of_map(ids::<Partner>),
            Some("KPI") => of_map(ids::<Kpi>),
            Some("SUBJECT") => of_map(ids::<Node>),
            Some("DATE") => vec![
                ("today".to_owned(), String::new()),
                ("yesterday".to_owned(), String::new()),
            ],
            Some("MEASURE=PERCENT") => {
                let measures = Measure::ALL.iter();
                measures.map(|measure| (format!("{measure}="), String::new())).collect()
            }
            Some("WORD") => explained(),
            Some("COMMAND") => commands(line.model),
            Some(
                "COUNT" | "STEPS" | "TIMES" | "PIXELS" | "MONTH" | "TEXT" | "WHO" | "DIGEST" | "REVISION" | "TITLE"
                | "PORT",
            ) => Vec::new(),
            _ => {
                is_file = true;
                Vec::new()
            }
        }
    };
    Next {
        words: found
            .into_iter()
            .map(|(word, help)| (format!("{before}{word}"), help))
            .collect(),
        files: is_file,
    }
}

fn ids<T: Named>(map: &BenefitMap) -> Vec<Word> {
    let record = |record: &T| (record.id().to_owned(), record.name().to_owned());
    T::all(map).iter().map(record).collect()
}

/// What `explain` explains.
fn explained() -> Vec<Word> {
    let subjects = SUBJECTS
        .iter()
        .map(|subject| (subject.name.to_owned(), subject.sentence.to_owned()));
    let terms = TERMS.iter().filter(|term| !term.name.contains(' '));
    let terms = terms.map(|term| (term.name.to_owned(), String::new()));
    let rules = RULES
        .iter()
        .flat_map(|rule| [rule.code, rule.slug].map(|name| (name.to_owned(), rule.summary.to_owned())));
    subjects.chain(terms).chain(rules).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_after(typed: &[&str]) -> (Vec<String>, bool) {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let mut model = args::command();
        model.build();
        let next = next(&typed, &model, &Files::new());
        (next.words.into_iter().map(|(word, _)| word).collect(), next.files)
    }

    #[test]
    fn commands_options_values_and_files_come_where_they_can() {
        assert_eq!(words_after(&["dr"]).0, ["draw"]);
        assert_eq!(words_after(&["help", "dr"]).0, ["draw"]);
        assert_eq!(words_after(&["import", "arch"]).0, ["archimate", "archi-csv"]);
        assert_eq!(words_after(&["check", "map.json", "--prof"]).0, ["--profile"]);
        let profiles = ["workshop", "outline", "business-case", "audit"];
        assert_eq!(words_after(&["check", "--profile", ""]).0, profiles);
        assert_eq!(words_after(&["check", "--profile", "=", "au"]).0, ["audit"]);
        assert_eq!(words_after(&["check", "--profile=au"]).0, ["--profile=audit"]);
        assert_eq!(words_after(&["draw", "--findings", "=", "au"]).0, ["audit"]);
        assert_eq!(words_after(&["draw", ""]), (Vec::new(), true));
        assert_eq!(words_after(&["draw", "map.json", "-o", ""]), (Vec::new(), true));
        assert_eq!(
            words_after(&["pack", "map.json", "--formats", "svg,p"]).0,
            ["svg,png", "svg,pdf", "svg,pptx"]
        );
        assert_eq!(words_after(&["status", "--as-of", "y"]).0, ["yesterday"]);
        assert_eq!(words_after(&["explain", "BM10"]).0[0], "BM101");
        assert_eq!(
            words_after(&["rules", "--"]).0.len(),
            words_after(&["rules", "-"]).0.len()
        );
        assert!(words_after(&["draw", "--focus", ""]).0.is_empty(), "no map was named");
    }
}
