//! The words that were typed, as arguments: old and usual spellings are understood, and what is not understood names the likely one.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Command, Error};

/// A spelling that was understood in the place of another: what was typed, and how it is spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respelt {
    /// As typed.
    pub old: String,
    /// As it is spelt.
    pub new: String,
}

/// Formats that people ask `export`, `import` and `report` for, with the command that writes or reads them.
const FORMATS: &[(&str, &[&str], &str)] = &[
    ("export", &["svg"], "draw --format svg"),
    ("export", &["png"], "draw --format png"),
    ("export", &["pdf"], "draw --format pdf"),
    ("export", &["pptx", "powerpoint", "slides"], "draw --format pptx"),
    ("export", &["html"], "draw --format html"),
    ("export", &["docx", "word"], "report business-case --format docx"),
    ("export", &["md", "markdown"], "report business-case --format markdown"),
    ("export", &["csv"], "export tables"),
    ("export", &["excel", "spreadsheet"], "export xlsx"),
    ("export", &["draw.io", "diagrams.net"], "export drawio"),
    ("import", &["csv"], "import tables"),
    ("import", &["excel", "spreadsheet"], "import xlsx"),
    ("report", &["register"], "register"),
    ("report", &["kpis"], "kpis"),
    ("report", &["plan", "plans"], "plan"),
    ("report", &["status"], "status"),
    ("report", &["case"], "report business-case"),
    ("report", &["profiles", "benefit", "benefits"], "report profile"),
];

/// Commands that people look for under another name, where the letters do not lead there.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["open", "serve", "edit", "start", "run"], "workshop"),
    (&["view", "show", "graph", "svg", "pdf", "slides", "pptx"], "draw"),
    (&["plot", "chart-kpi"], "chart"),
    (&["convert", "save", "excel", "xlsx", "csv", "tables"], "export"),
    (&["load", "read"], "import"),
    (&["verify", "sign", "freeze"], "seal"),
    (&["compare", "changes", "history"], "diff"),
    (&["approve", "agree", "challenge"], "review"),
    (&["format", "tidy"], "fmt"),
    (&["method", "glossary", "docs", "learn", "rule"], "explain"),
    (&["next", "findings", "audit"], "check"),
    (&["dashboard", "progress", "track"], "status"),
    (&["owners", "email", "letters"], "escalate"),
    (&["questionnaire", "health-check", "form", "poll", "answers"], "survey"),
    (&["schedule", "gantt", "plans"], "plan"),
    (&["matrix", "chains", "path"], "trace"),
    (&["case", "document", "docx", "word"], "report"),
    (&["make", "all"], "build"),
    (&["example", "sample", "tutorial"], "demo"),
];

/// Options that people look for under another name.
const OPTIONS: &[(&[&str], &str)] = &[
    (&["date", "day", "asof", "as_of", "at", "when", "until", "on"], "as-of"),
    (&["out", "file", "to", "dest", "destination", "save"], "output"),
    (
        &["fail-on", "fail", "fail-under", "error-on", "severity", "level"],
        "deny",
    ),
    (&["data", "actuals", "measured", "values", "measures"], "measurements"),
    (&["json", "csv", "html", "pdf", "type"], "format"),
    (&["force", "overwrite", "yes"], "replace"),
    (&["verbose", "full"], "all"),
    (&["silent", "no-progress"], "quiet"),
    (&["kpis"], "kpi"),
    (&["colors", "colours", "theme-name"], "theme"),
];

/// The arguments that the words are, and the old spellings among them.
///
/// # Errors
/// What `clap` says of words that are no command line, with the likely command or option.
pub fn parse(words: &[OsString], model: &Command) -> Result<(ArgMatches, Vec<Respelt>), Error> {
    let mut respelt = Vec::new();
    let words = match known_format(words, &mut respelt) {
        Some(words) => words,
        None => words.to_vec(),
    };
    let error = match model.clone().try_get_matches_from(&words) {
        Ok(matches) => return Ok((matches, respelt)),
        Err(error) => error,
    };
    if matches!(
        error.kind(),
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand | ErrorKind::MissingRequiredArgument
    ) && let Some((words, old)) = with_old_values(&words, model)
        && let Ok(matches) = model.clone().try_get_matches_from(words)
    {
        respelt.extend(old);
        return Ok((matches, respelt));
    }
    Err(hinted(error, &words, model))
}

/// The places of the words that are commands or their values, not options; the program's own name is not among them.
fn plain(words: &[OsString]) -> impl Iterator<Item = (usize, &str)> {
    let mut is_value = false;
    words.iter().enumerate().skip(1).filter_map(move |(at, word)| {
        let word = word.to_str()?;
        if std::mem::take(&mut is_value) {
            return None;
        }
        is_value = matches!(word, "--color" | "--colour");
        (!word.starts_with('-')).then_some((at, word))
    })
}

/// The words with the command that writes the format, where `export`, `import` or `report` was asked for one of another command.
fn known_format(words: &[OsString], respelt: &mut Vec<Respelt>) -> Option<Vec<OsString>> {
    let mut plain = plain(words);
    let (at, command) = plain.next()?;
    let (next, format) = plain.next()?;
    let format = format.to_lowercase();
    let (.., new) = FORMATS
        .iter()
        .find(|(asked, formats, _)| *asked == command && formats.contains(&format.as_str()))?;
    respelt.push(Respelt {
        old: format!("benefit-map {command} {format}"),
        new: format!("benefit-map {new}"),
    });
    let mut out: Vec<OsString> = words[..at].to_vec();
    out.extend(new.split(' ').map(OsString::from));
    out.extend(words[at + 1..next].iter().cloned());
    out.extend(words[next + 1..].iter().cloned());
    Some(out)
}

/// The words with an option before each value, where one had several, and with `=` where a value may be left out.
fn with_old_values(words: &[OsString], model: &Command) -> Option<(Vec<OsString>, Vec<Respelt>)> {
    let mut out: Vec<OsString> = Vec::new();
    let mut old = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let value = words.get(at).filter(|next| !next.to_string_lossy().starts_with('-'));
        match (word.to_str(), value) {
            (Some(option @ ("--measurements" | "--answers")), Some(_)) => {
                let mut count = 0;
                while let Some(value) = words.get(at).filter(|next| !next.to_string_lossy().starts_with('-')) {
                    out.extend([option.into(), value.clone()]);
                    at += 1;
                    count += 1;
                }
                if count > 1 {
                    let short = if option == "--measurements" { "-m" } else { option };
                    old.push(Respelt {
                        old: format!("{option} FILE FILE"),
                        new: format!("{short} FILE {short} FILE"),
                    });
                }
            }
            (Some("--findings"), Some(value)) if is_profile(&value.to_string_lossy(), model) => {
                let value = value.to_string_lossy();
                out.push(format!("--findings={value}").into());
                old.push(Respelt {
                    old: format!("--findings {value}"),
                    new: format!("--findings={value}"),
                });
                at += 1;
            }
            _ => out.push(word.clone()),
        }
    }
    (!old.is_empty()).then_some((out, old))
}

fn is_profile(word: &str, model: &Command) -> bool {
    let check = model.find_subcommand("check");
    let profile = check.and_then(|check| check.get_arguments().find(|arg| arg.get_id() == "profile"));
    profile.is_some_and(|arg| arg.get_possible_values().iter().any(|known| known.matches(word, false)))
}

/// The command that the words name, as far as they name one.
fn command<'m>(words: &[OsString], model: &'m Command) -> &'m Command {
    walk(words, model).0
}

/// The name of the command that the words name, as in `report audit`; empty where they name none.
pub fn path(words: &[OsString], model: &Command) -> String {
    walk(words, model).1.join(" ")
}

fn walk<'m>(words: &[OsString], model: &'m Command) -> (&'m Command, Vec<&'m str>) {
    let (mut found, mut path) = (model, Vec::new());
    for (_, word) in plain(words) {
        match found.find_subcommand(word) {
            Some(below) => found = below,
            None => break,
        }
        path.push(found.get_name());
    }
    (found, path)
}

/// The error with the likely command or option, where the letters alone do not lead there.
fn hinted(mut error: Error, words: &[OsString], model: &Command) -> Error {
    let invalid = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.trim_start_matches('-').to_lowercase()),
        _ => None,
    };
    let looked_up = |table: &[(&[&str], &'static str)], word: &str| {
        let known = table.iter().find(|(names, _)| names.contains(&word))?;
        Some(known.1)
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = invalid(ContextKind::InvalidSubcommand).unwrap_or_default();
            let known = looked_up(COMMANDS, &word).filter(|name| command(words, model).find_subcommand(name).is_some());
            if let Some(name) = known {
                let name = ContextValue::Strings(vec![name.to_owned()]);
                error.insert(ContextKind::SuggestedSubcommand, name);
            } else if error.get(ContextKind::SuggestedSubcommand).is_none() {
                let mut tip = clap::builder::StyledStr::new();
                use std::fmt::Write as _;
                let _ = write!(tip, "`benefit-map help --all` lists every command");
                error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
            }
        }
        ErrorKind::UnknownArgument => {
            let word = invalid(ContextKind::InvalidArg).unwrap_or_default();
            let word = word.split('=').next().unwrap_or_default();
            let has = |name: &str| {
                command(words, model)
                    .get_arguments()
                    .any(|arg| arg.get_long() == Some(name))
            };
            if let Some(name) = looked_up(OPTIONS, word).filter(|name| has(name) || *name == "quiet") {
                error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{name}")));
            }
        }
        _ => {}
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        std::iter::once("benefit-map")
            .chain(line.split_whitespace())
            .map(OsString::from)
            .collect()
    }

    fn respelt(line: &str) -> Vec<(String, String)> {
        let (_, respelt) =
            parse(&words(line), &crate::args::command()).unwrap_or_else(|error| panic!("{line}: {error}"));
        respelt.into_iter().map(|one| (one.old, one.new)).collect()
    }

    #[test]
    fn no_option_swallows_the_word_after_its_value() {
        let mut waiting = vec![crate::args::command()];
        let mut seen = 0;
        while let Some(mut command) = waiting.pop() {
            command.build();
            for arg in command
                .get_arguments()
                .filter(|arg| !arg.is_positional() && arg.get_action().takes_values())
            {
                let values = arg.get_num_args().unwrap_or_default();
                let is_one = values.min_values() == 1 && values.max_values() == 1;
                let is_after_equals = values.max_values() == 1 && arg.is_require_equals_set();
                assert!(
                    is_one || is_after_equals,
                    "{}: --{} takes {values:?} values, and so may take the map for one: let it take one value and be repeated, \
                     or take it after `=`",
                    command.get_name(),
                    arg.get_long().unwrap_or_default()
                );
                seen += 1;
            }
            waiting.extend(command.get_subcommands().cloned());
        }
        assert!(seen > 200, "{seen} options");
    }

    #[test]
    fn old_forms_are_understood_where_they_can_mean_one_thing() {
        assert_eq!(respelt("status map.json --measurements a.csv"), []);
        assert_eq!(respelt("status --measurements a.csv map.json"), []);
        let several = ("--measurements FILE FILE".to_owned(), "-m FILE -m FILE".to_owned());
        assert_eq!(
            respelt("status map.json --measurements a.csv b.csv --as-of 2028-04-01"),
            [several]
        );
        assert_eq!(respelt("draw map.json -o x.html --findings"), []);
        assert_eq!(respelt("draw --findings map.json -o x.html"), []);
        let findings = ("--findings audit".to_owned(), "--findings=audit".to_owned());
        assert_eq!(respelt("draw map.json --findings audit -o x.html"), [findings]);
        let svg = (
            "benefit-map export svg".to_owned(),
            "benefit-map draw --format svg".to_owned(),
        );
        assert_eq!(respelt("--color never export SVG map.json -o x.svg"), [svg]);
    }

    #[test]
    fn every_word_of_the_tables_leads_to_a_command_or_an_option() {
        let model = crate::args::command();
        for (asked, formats, new) in FORMATS {
            let below = model.find_subcommand(asked).unwrap();
            for format in *formats {
                assert!(below.find_subcommand(format).is_none(), "{asked} {format} is there");
            }
            let line = format!("{new} map.json -o x");
            let line = if line.starts_with("import") {
                line.replace("map.json", "x")
            } else {
                line
            };
            assert!(model.clone().try_get_matches_from(words(&line)).is_ok(), "{line}");
        }
        for (names, command) in COMMANDS {
            assert!(model.find_subcommand(command).is_some(), "{command}");
            for name in *names {
                assert!(model.find_subcommand(name).is_none(), "{name} is there");
            }
        }
    }
}
