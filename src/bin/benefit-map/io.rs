//! What the commands share: telling people of what was done, and the day.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use benefit_map::escape;
use benefit_map::file;
use benefit_map::finding::snippet::Style;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::Day;
use clap::builder::StyledStr;

use crate::args::Colour;
use crate::columns;
use crate::page::Page;
use crate::project;

/// How and whether to colour what is told on the two standard streams.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// For standard output.
    pub out: Style,
    /// For standard error.
    pub err: Style,
    /// How much is said besides.
    pub talk: Talk,
}

/// How much is said of what a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// What was done, hints and progress too.
    All,
    /// Warnings, errors and what was left out alone.
    Quiet,
}

impl Terminal {
    /// Colours as asked; on `auto` where the stream is a terminal that has some (TERM is not `dumb`). NO_COLOR (no-color.org) takes
    /// them away, and CLICOLOR_FORCE (bixense.com/clicolors) puts them in without a terminal.
    pub fn new(colour: Colour, talk: Talk) -> Self {
        let style = |is_terminal: bool| match colour {
            Colour::Always => Style::Coloured,
            Colour::Never => Style::Plain,
            Colour::Auto => {
                let said = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
                let unwanted = said("NO_COLOR").is_some();
                let forced = said("CLICOLOR_FORCE").is_some_and(|value| value != "0");
                let able = is_terminal
                    && said("TERM").is_none_or(|term| term != "dumb")
                    && said("CLICOLOR").is_none_or(|value| value != "0");
                if !unwanted && (forced || able) {
                    Style::Coloured
                } else {
                    Style::Plain
                }
            }
        };
        Self {
            out: style(io::stdout().is_terminal()),
            err: style(io::stderr().is_terminal()),
            talk,
        }
    }

    /// Tells on standard error what a command did: one line to a person, never data. Whatever is in it is made safe to print;
    /// a line feed in it is shown as a sign, so several lines are said one by one.
    pub fn say(&self, line: impl AsRef<str>) {
        let mut page = Page::default();
        page.line(line.as_ref());
        self.tell(&page);
    }

    /// Says what was done, or gives a hint: what --quiet leaves out.
    pub fn note(&self, line: impl AsRef<str>) {
        if self.talk == Talk::All {
            self.say(line);
        }
    }

    /// Tells on standard error of something to look at that did not stop the command.
    pub fn warn(&self, line: impl AsRef<str>) {
        self.labelled("warning", "\x1b[1;33m", line.as_ref());
    }

    /// Says how something is spelt that was understood under another name.
    pub fn renamed(&self, old: &str, new: &str) {
        self.note(format!("note: write `{new}` instead of `{old}`"));
    }

    /// Tells on standard error why a command line is none.
    pub fn refused(&self, error: &clap::Error) {
        self.tell(&styled(&error.render(), self.err));
    }

    /// Prints the help, or the version, that was asked for.
    pub fn helped(&self, help: &clap::Error) -> ExitCode {
        match self.help(&help.render()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
            _ => ExitCode::SUCCESS,
        }
    }

    /// Prints a page of help.
    pub fn help(&self, help: &StyledStr) -> io::Result<()> {
        io::stdout().write_all(&styled(help, self.out).printed())
    }

    /// Shows help on standard error to somebody who did not ask for it.
    pub fn tell_help(&self, help: &StyledStr) {
        self.tell(&styled(help, self.err));
    }

    /// Several lines on standard error.
    pub fn tell(&self, page: &Page) {
        let folded = columns::limit_of_errors().map(|width| page.folded(width));
        let page = folded.as_ref().unwrap_or(page);
        // A closed standard error is no reason to fail.
        let _ = io::stderr().write_all(page.as_str().as_bytes());
    }

    /// Tells on standard error why a command could not run, with every cause.
    pub fn error(&self, error: &anyhow::Error) {
        if let Some(faults) = error.downcast_ref::<project::Faults>() {
            let mut page = Page::default();
            page.rendered(&faults.render(self.err), self.err);
            self.tell(&page);
            self.labelled("error", "\x1b[1;31m", &causes(error));
        } else if let Some(faults) = faults(error) {
            let mut page = Page::default();
            let report = faults.render_within(self.err, columns::limit_of_errors());
            page.rendered(&format!("{}\n", report.trim_end()), self.err);
            self.tell(&page);
            // What was to be done with the file, where the command said so.
            let above: Vec<String> = error
                .chain()
                .take_while(|cause| file_error(*cause).is_none() && !cause.is::<file::Faults>())
                .map(ToString::to_string)
                .collect();
            if !above.is_empty() {
                self.labelled("error", "\x1b[1;31m", &above.join(": "));
            }
        } else {
            self.labelled("error", "\x1b[1;31m", &causes(error));
        }
        if let Some(several) = error.downcast_ref::<Several>() {
            let mut page = Page::default();
            for line in &several.lines {
                page.line(format!("  {line}"));
            }
            self.tell(&page);
        }
    }

    /// A line after a word in colour.
    fn labelled(&self, word: &str, colour: &str, line: &str) {
        let line = escape::terminal::visible(line);
        let line = match self.err {
            Style::Coloured => format!("{colour}{word}\x1b[0m: {line}\n"),
            _ => format!("{word}: {line}\n"),
        };
        let mut page = Page::default();
        page.rendered(&line, self.err);
        self.tell(&page);
    }
}

/// Why a command could not run, with everything that is wrong in a line of its own.
#[derive(Debug, thiserror::Error)]
#[error("{what}:")]
pub struct Several {
    /// What could not be done.
    pub what: String,
    /// All that is wrong.
    pub lines: Vec<String>,
}

/// What the reader of the command line says.
fn styled(text: &StyledStr, style: Style) -> Page {
    let text = match style {
        Style::Coloured => text.ansi().to_string(),
        _ => text.to_string(),
    };
    let mut page = Page::default();
    page.rendered(&text, style);
    page
}

/// The faults of a file, where they are why a command could not run.
fn faults(error: &anyhow::Error) -> Option<&file::Faults> {
    error.chain().find_map(|cause| match file_error(cause) {
        Some(file::Error::Faults(faults)) => Some(faults),
        _ => cause.downcast_ref::<file::Faults>(),
    })
}

/// What is wrong with a file, where that is a cause; a workshop passes it on as its own.
fn file_error<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e file::Error> {
    #[cfg(feature = "web")]
    if let Some(benefit_map::web::Error::File(error)) = cause.downcast_ref() {
        return Some(error);
    }
    cause.downcast_ref()
}

/// Why a file could not be read, in one line: its first fault with its place, and how many there are beside.
pub fn why(error: &anyhow::Error) -> String {
    let Some((faults, first)) = faults(error).and_then(|faults| Some((faults, faults.list().first()?))) else {
        return causes(error);
    };
    let (place, help) = (faults.place(first), first.kind.help());
    let help = match help.is_empty() {
        true => String::new(),
        false => format!(": {help}"),
    };
    let more = match faults.count() - 1 {
        0 => String::new(),
        1 => "; and 1 more fault".to_owned(),
        more => format!("; and {more} more faults"),
    };
    format!(
        "{}:{}:{}: {}{help}{more}",
        place.file,
        place.line,
        place.column,
        first.kind.message()
    )
}

/// Every cause of a failure, each said once: what a cause says that the one above has said already is left out.
fn causes(error: &anyhow::Error) -> String {
    let mut said = String::new();
    let mut is_explained = false;
    for cause in error.chain() {
        let text = match cause.downcast_ref::<io::Error>() {
            Some(_) if is_explained => continue,
            _ => cause.to_string(),
        };
        // The number is the system's own, and means nothing to most.
        let text = text.split(" (os error").next().unwrap_or_default().to_owned();
        // The place of a fault in JSON is told by who met it.
        let text = match cause.is::<serde_json::Error>() {
            true => escape::json::reason(&text),
            false => text,
        };
        is_explained = matches!(cause.downcast_ref::<file::Error>(), Some(file::Error::Io { .. }));
        if text.is_empty() || said.contains(&text) {
            continue;
        }
        if !said.is_empty() {
            said.push_str(": ");
        }
        said.push_str(&text);
    }
    said
}

/// Whether the failure is only that nobody reads any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Whether a path stands for a standard stream.
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Says which links of a map lead to nothing, since what follows leaves them out.
pub fn warn_of_dangling_links(graph: &BenefitGraph, path: &Path, terminal: &Terminal) {
    let count = graph.dangling().len();
    if count > 0 {
        let (links, are) = if count == 1 {
            ("link leads", "is")
        } else {
            ("links lead", "are")
        };
        terminal.warn(format!(
            "{count} {links} to or from a node that is not on the map and {are} left out; `benefit-map check {}` names them",
            path.display()
        ));
    }
}

/// The day given, else that of SOURCE_DATE_EPOCH (reproducible-builds.org), else today where the user is.
pub fn day_or_today(given: Option<Day>) -> Result<Day> {
    if let Some(day) = given {
        return Ok(day);
    }
    if let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let seconds = epoch.to_str().and_then(|text| text.parse().ok());
        let stamp = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let stamp = stamp.with_context(|| {
            format!(
                "SOURCE_DATE_EPOCH is `{}`, which is not a number of seconds: correct or unset it",
                epoch.display()
            )
        })?;
        return Ok(stamp.to_zoned_datetime(jiff::tz::TimeZone::UTC).date().into());
    }
    Ok(jiff::ZonedDateTime::now().date().into())
}

/// The time by the clock of the machine, in UTC to the second (RFC 3339). No variable of the environment changes it.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    let second = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    second.to_string()
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn every_cause_is_said_once() {
        let missing = std::path::Path::new("no-such-folder/map.json");
        let error = crate::files::Files::new().map(missing).unwrap_err();
        assert_eq!(
            causes(&error),
            "no-such-folder/map.json could not be read: no such file or folder exists"
        );
        let inner = anyhow::anyhow!("line 1: EOF").context("it is no whole file: line 1: EOF");
        assert_eq!(
            causes(&inner.context("x is refused")),
            "x is refused: it is no whole file: line 1: EOF"
        );
        let bare = Err::<(), _>(io::Error::from_raw_os_error(2)).context("x could not be read");
        assert!(!causes(&bare.unwrap_err()).contains("os error"));
    }
}
