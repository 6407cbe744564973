//! The command line of `benefit-map`: arguments in, the library's public API, files and exit codes out.
//!
//! The one home of the clock, the environment and printing. Exit codes: 0 clean, 1 findings, 2 could not run; a
//! reader that closes the pipe is success.

// Here is where files, the clock and the environment are read, and where things are printed.
#![allow(clippy::disallowed_methods)]

mod args;
mod cmd;
mod columns;
mod days;
mod dispatch;
mod document;
mod files;
mod fold;
mod fonts;
mod git;
mod io;
mod measured;
mod named;
mod output;
mod page;
mod picture;
mod progress;
mod project;
mod signature;
mod spark;
mod typed;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use args::Cli;
use clap::FromArgMatches;
use clap::error::ErrorKind;
use files::Files;
use io::Talk;
use project::Project;

/// What a command that ran has to say of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing is wrong.
    Clean,
    /// There are findings.
    Findings,
}

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let model = args::command();
    let started = match start(&words, &model) {
        Ok(started) => started,
        Err(Refused::Words(error)) => {
            let terminal = io::Terminal::new(args::Colour::Auto, Talk::All);
            if !error.use_stderr() {
                return terminal.helped(&error);
            }
            // What was typed may be the name of a file that somebody else chose.
            terminal.refused(&error);
            return ExitCode::from(2);
        }
        Err(Refused::File(error)) => {
            io::Terminal::new(args::Colour::Auto, Talk::All).error(&error);
            return ExitCode::from(2);
        }
    };
    let Started {
        cli,
        terminal,
        project,
        theme,
    } = started;
    let Some(command) = cli.command else {
        return match project.map(|project| cmd::state::run(&project, &model, &terminal)) {
            Some(ran) => end(ran, &terminal),
            None => {
                terminal.tell_help(&model.clone().render_help());
                ExitCode::from(2)
            }
        };
    };
    // What goes on until it is stopped has an end of its own to each thing that it does.
    if !command.is_endless() {
        progress::begin(terminal.talk);
    }
    let files = Files::new();
    // It was read with the words of the command line.
    theme.iter().for_each(|path| files.reads(path));
    end(dispatch::run(command, &files, &terminal), &terminal)
}

/// The command line, read.
struct Started {
    cli: Cli,
    terminal: io::Terminal,
    project: Option<Project>,
    /// The file of a theme that was read.
    theme: Option<PathBuf>,
}

/// Why a command line cannot be used.
enum Refused {
    /// The words, or it is help that they ask for.
    Words(clap::Error),
    /// The project file.
    File(anyhow::Error),
}

impl From<project::Refused> for Refused {
    fn from(refused: project::Refused) -> Self {
        match refused {
            project::Refused::Words(error) => Self::Words(error),
            project::Refused::File(faults) => Self::File(faults.into()),
        }
    }
}

/// Reads the words, and the project file where the command takes anything from one.
fn start(words: &[OsString], model: &clap::Command) -> Result<Started, Refused> {
    let mut before_values = words.iter().skip(1).take_while(|word| *word != "--");
    let (command, path) = project::named(words, model);
    let project = match before_values.any(|word| word == "--no-project") || !project::is_for(command, &path) {
        true => None,
        false => match Project::find(model) {
            Ok(project) => project,
            Err(error) => {
                // Help is had with a project file that is broken, too; a map that is missing may be named by it.
                return Err(match typed::parse(words, model) {
                    Err(plain) if plain.kind() != ErrorKind::MissingRequiredArgument => Refused::Words(plain),
                    _ => Refused::File(error),
                });
            }
        },
    };
    let parsed = project::parse(words, model, project.as_ref())?;
    let theme = theme_file(&parsed.matches);
    let cli = Cli::from_arg_matches(&parsed.matches).map_err(Refused::Words)?;
    let talk = if cli.quiet { Talk::Quiet } else { Talk::All };
    let terminal = io::Terminal::new(cli.color, talk);
    for one in &parsed.respelt {
        terminal.renamed(&one.old, &one.new);
    }
    parsed.notes.iter().for_each(|note| terminal.note(note));
    Ok(Started {
        cli,
        terminal,
        project,
        theme,
    })
}

/// The file of a theme that the words name.
fn theme_file(matches: &clap::ArgMatches) -> Option<PathBuf> {
    let mut found = matches;
    while let Some((_, below)) = found.subcommand() {
        found = below;
    }
    // Asked for what the command has no option for, the reader of arguments ends the program.
    if !found.ids().any(|id| id == "theme") {
        return None;
    }
    let mut raw = found.get_raw("theme")?;
    raw.next().map(PathBuf::from).filter(|path| args::is_theme_file(path))
}

/// The exit code of what ran.
fn end(ran: anyhow::Result<Verdict>, terminal: &io::Terminal) -> ExitCode {
    match ran {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) if io::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(2)
        }
    }
}
