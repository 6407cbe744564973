//! The command line of `benefit-map`: arguments in, the library's public API, files and exit codes out.
//!
//! The one home of the clock, the environment and printing. Exit codes: 0 clean, 1 findings, 2 could not run; a
//! reader that closes the pipe is success.

// Here is where files, the clock and the environment are read, and where things are printed.
#![allow(clippy::disallowed_methods)]

mod args;
mod cmd;
mod columns;
mod document;
mod fonts;
mod git;
mod io;
mod measured;
mod page;
mod picture;
mod spark;

use std::process::ExitCode;

use args::{Cli, Command, Export, Import, Report};
use benefit_map::exchange::Format;
use clap::Parser;

/// What a command that ran has to say of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Nothing is wrong.
    Clean,
    /// There are findings.
    Findings,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => error.exit(),
        // What was typed may be the name of a file that somebody else chose.
        Err(error) => {
            io::Terminal::new(args::Colour::Auto).refused(&error);
            return ExitCode::from(2);
        }
    };
    let terminal = io::Terminal::new(cli.color);
    match run(cli.command, &terminal) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(error) if io::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, terminal: &io::Terminal) -> anyhow::Result<Verdict> {
    match command {
        Command::Demo(args) => cmd::demo::run(&args, terminal),
        Command::New(args) => cmd::new::run(&args, terminal),
        Command::Check(args) => cmd::check::run(&args, terminal),
        Command::Explain(args) => cmd::explain::run(&args, terminal),
        Command::Rules(args) => cmd::rules::run(&args),
        Command::Draw(args) => cmd::draw::run(&args, terminal),
        #[cfg(feature = "web")]
        Command::Workshop(args) => cmd::workshop::run(&args, terminal),
        Command::Register(args) => cmd::register::run(&args),
        Command::Kpis(args) => cmd::kpis::run(&args),
        Command::Chart(args) => cmd::chart::run(&args, terminal),
        Command::Trajectory(args) => cmd::trajectory::run(&args, terminal),
        Command::Status(args) => cmd::status::run(&args, terminal),
        Command::Escalate(args) => cmd::escalate::run(&args, terminal),
        Command::Plan(args) => cmd::plan::run(&args, terminal),
        Command::Report(Report::BusinessCase(args)) => cmd::report::business_case(&args, terminal),
        Command::Pack(args) => cmd::pack::pack(&args, terminal),
        Command::Watch(args) => cmd::pack::watch(&args, terminal),
        Command::Trace(args) => cmd::trace::run(&args, terminal),
        Command::Coverage(args) => cmd::coverage::run(&args, terminal),
        Command::Diff(args) => cmd::diff::run(&args, terminal),
        Command::Review(args) => cmd::review::run(&args, terminal),
        Command::Seal(args) => cmd::seal::run(&args, terminal),
        Command::Report(Report::Audit(args)) => cmd::report_audit::audit(&args, terminal),
        Command::Fmt(args) => cmd::fmt::run(&args, terminal),
        Command::Schema(args) => cmd::schema::run(&args),
        Command::Import(Import::Tables(args)) => cmd::tables::import(&args, terminal),
        Command::Import(Import::Xlsx(args)) => cmd::xlsx::import(&args, terminal),
        Command::Export(Export::Xlsx(args)) => cmd::xlsx::export(&args, terminal),
        Command::Import(Import::Archimate(args)) => cmd::exchange::archimate(&args, terminal),
        Command::Import(Import::ArchiCsv(args)) => cmd::exchange::archi_csv(&args, terminal),
        Command::Import(Import::Kumu(args)) => cmd::exchange::kumu(&args, terminal),
        Command::Import(Import::Graphml(args)) => cmd::exchange::graphml(&args, terminal),
        Command::Import(Import::Dot(args)) => cmd::exchange::dot(&args, terminal),
        Command::Export(Export::Drawio(args)) => cmd::exchange::export(&args.sent, Format::Drawio, terminal),
        Command::Export(Export::Archimate(args)) => cmd::exchange::export(&args.sent, Format::Archimate, terminal),
        Command::Export(Export::Graphml(args)) => cmd::exchange::export(&args.sent, Format::Graphml, terminal),
        Command::Export(Export::Dot(args)) => cmd::exchange::export(&args.sent, Format::Dot, terminal),
        Command::Export(Export::Mermaid(args)) => cmd::exchange::export(&args.sent, Format::Mermaid, terminal),
        Command::Export(Export::Tables(args)) => cmd::tables::export(&args, terminal),
        Command::Completions(args) => cmd::manual::completions(&args),
        Command::Man(args) => cmd::manual::man(&args, terminal),
    }
}
