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
mod signature;
mod spark;
mod typed;
mod watch;

use std::process::ExitCode;

use args::{Cli, Command, Export, Import, Report};
use benefit_map::exchange::Format;
use clap::FromArgMatches;
use files::Files;
use io::Talk;

/// What a command that ran has to say of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing is wrong.
    Clean,
    /// There are findings.
    Findings,
}

fn main() -> ExitCode {
    let words: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let typed = typed::parse(&words, &args::command());
    let typed = typed.and_then(|(typed, respelt)| Ok((Cli::from_arg_matches(&typed)?, respelt)));
    let (cli, respelt) = match typed {
        Ok(typed) => typed,
        Err(error) => {
            let terminal = io::Terminal::new(args::Colour::Auto, Talk::All);
            if !error.use_stderr() {
                return terminal.helped(&error);
            }
            // What was typed may be the name of a file that somebody else chose.
            terminal.refused(&error);
            return ExitCode::from(2);
        }
    };
    let talk = if cli.quiet { Talk::Quiet } else { Talk::All };
    let terminal = io::Terminal::new(cli.color, talk);
    for one in respelt {
        terminal.renamed(&one.old, &one.new);
    }
    // What goes on until it is stopped has an end of its own to each thing that it does.
    if !cli.command.is_endless() {
        progress::begin(talk);
    }
    match run(cli.command, &Files::new(), &terminal) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) if io::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, files: &Files, terminal: &io::Terminal) -> anyhow::Result<Verdict> {
    match command {
        Command::Demo(args) => cmd::demo::run(&args, files, terminal),
        Command::New(args) => cmd::new::run(&args, files, terminal),
        Command::Check(args) => cmd::check::run(&args, files, terminal),
        Command::Explain(args) => cmd::explain::run(&args, files, terminal),
        Command::Rules(args) => cmd::rules::old(&args, files, terminal),
        Command::Draw(args) => cmd::draw::run(&args, files, terminal),
        #[cfg(feature = "web")]
        Command::Workshop(args) => cmd::workshop::run(&args, terminal),
        Command::Register(args) => cmd::register::run(&args, files, terminal),
        Command::Kpis(args) => cmd::kpis::run(&args, files, terminal),
        Command::Chart(args) => cmd::chart::run(&args, files, terminal),
        Command::Trajectory(args) => cmd::trajectory::run(&args, files, terminal),
        Command::Status(args) => cmd::status::run(&args, files, terminal),
        Command::Escalate(args) => cmd::escalate::run(&args, files, terminal),
        Command::Plan(args) => cmd::plan::run(&args, files, terminal),
        Command::Report(Report::BusinessCase(args)) => cmd::report::business_case(&args, files, terminal),
        Command::Pack(args) => cmd::pack::pack(&args, files, terminal),
        Command::Watch(args) => cmd::pack::old_watch(&args, terminal),
        Command::Trace(args) => cmd::trace::run(&args, files, terminal),
        Command::Coverage(args) => cmd::coverage::run(&args, files, terminal),
        Command::Diff(args) => cmd::diff::run(&args, files, terminal),
        Command::Review(args) => cmd::review::run(&args, files, terminal),
        Command::Seal(args) => cmd::seal::run(&args, files, terminal),
        Command::Report(Report::Audit(args)) => cmd::report_audit::audit(&args, files, terminal),
        Command::Fmt(args) => cmd::fmt::run(&args, files, terminal),
        Command::Schema(args) => cmd::schema::run(&args, files, terminal),
        Command::Import(Import::Tables(args)) => cmd::tables::import(&args, files, terminal),
        Command::Import(Import::Xlsx(args)) => cmd::xlsx::import(&args, files, terminal),
        Command::Export(Export::Xlsx(args)) => cmd::xlsx::export(&args, files, terminal),
        Command::Import(Import::Archimate(args)) => cmd::exchange::archimate(&args, files, terminal),
        Command::Import(Import::ArchiCsv(args)) => cmd::exchange::archi_csv(&args, files, terminal),
        Command::Import(Import::Kumu(args)) => cmd::exchange::kumu(&args, files, terminal),
        Command::Import(Import::Graphml(args)) => cmd::exchange::graphml(&args, files, terminal),
        Command::Import(Import::Dot(args)) => cmd::exchange::dot(&args, files, terminal),
        Command::Export(Export::Drawio(args)) => cmd::exchange::export(&args.sent, Format::Drawio, files, terminal),
        Command::Export(Export::Archimate(args)) => {
            cmd::exchange::export(&args.sent, Format::Archimate, files, terminal)
        }
        Command::Export(Export::Graphml(args)) => cmd::exchange::export(&args.sent, Format::Graphml, files, terminal),
        Command::Export(Export::Dot(args)) => cmd::exchange::export(&args.sent, Format::Dot, files, terminal),
        Command::Export(Export::Mermaid(args)) => cmd::exchange::export(&args.sent, Format::Mermaid, files, terminal),
        Command::Export(Export::Tables(args)) => cmd::tables::export(&args, files, terminal),
        Command::Import(Import::Other(words)) => cmd::elsewhere::import(&words, terminal),
        Command::Export(Export::Other(words)) => cmd::elsewhere::export(&words, terminal),
        Command::Completions(args) => cmd::manual::completions(&args, files),
        Command::Complete(args) => cmd::complete::run(&args, files),
        Command::Man(args) => cmd::manual::man(&args, files, terminal),
        Command::Help(args) => cmd::manual::help(&args, terminal),
    }
}
