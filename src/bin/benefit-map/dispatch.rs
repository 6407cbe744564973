//! Which code runs each command.

use anyhow::Result;
use benefit_map::exchange::Format;

use crate::args::{Command, Export, Import, Portfolio, Report, Survey};
use crate::files::Files;
use crate::io::Terminal;
use crate::{Verdict, cmd};

/// Runs a command, and says how it ended.
pub fn run(command: Command, files: &Files, terminal: &Terminal) -> Result<Verdict> {
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
        Command::Survey(Survey::Sets(args)) => cmd::survey::sets(&args, files, terminal),
        Command::Survey(Survey::Form(args)) => cmd::survey::form(&args, files, terminal),
        Command::Survey(Survey::Workbook(args)) => cmd::survey::workbook(&args, files, terminal),
        Command::Survey(Survey::Collect(args)) => cmd::survey::collect(&args, files, terminal),
        Command::Survey(Survey::Results(args)) => cmd::survey_results::run(&args, files, terminal),
        Command::Survey(Survey::Triggers(args)) => cmd::survey_triggers::run(&args, files, terminal),
        Command::Plan(args) => cmd::plan::run(&args, files, terminal),
        Command::Report(Report::BusinessCase(args)) => cmd::report::business_case(&args, files, terminal),
        Command::Report(Report::Profile(args)) => cmd::report::profile(&args, files, terminal),
        Command::Build(args) => cmd::build::run(&args, terminal),
        Command::Pack(args) => cmd::pack::pack(&args, files, terminal),
        Command::Portfolio(Portfolio::New(args)) => cmd::portfolio::new(&args, files, terminal),
        Command::Portfolio(Portfolio::Check(args)) => cmd::portfolio::check(&args, files, terminal),
        Command::Portfolio(Portfolio::Totals(args)) => cmd::portfolio::totals(&args, files, terminal),
        Command::Portfolio(Portfolio::Status(args)) => cmd::portfolio_shown::status(&args, files, terminal),
        Command::Portfolio(Portfolio::Matrix(args)) => cmd::portfolio_shown::matrix(&args, files, terminal),
        Command::Portfolio(Portfolio::Register(args)) => cmd::portfolio_shown::register(&args, files, terminal),
        Command::Portfolio(Portfolio::Draw(args)) => cmd::portfolio_shown::draw(&args, files, terminal),
        Command::Portfolio(Portfolio::Dashboard(args)) => cmd::portfolio_shown::dashboard(&args, files, terminal),
        Command::Portfolio(Portfolio::Report(args)) => cmd::portfolio_shown::report(&args, files, terminal),
        Command::Portfolio(Portfolio::WhatIf(args)) => cmd::portfolio_shown::what_if(&args, files, terminal),
        Command::Portfolio(Portfolio::Diff(args)) => cmd::portfolio_shown::diff(&args, files, terminal),
        Command::Portfolio(Portfolio::Lists(args)) => cmd::portfolio_shown::lists(&args, files, terminal),
        Command::Portfolio(Portfolio::Seal(args)) => cmd::portfolio_seal::run(&args, files, terminal),
        Command::Portfolio(Portfolio::Watch(args)) => cmd::portfolio_shown::watch(&args, terminal),
        Command::Portfolio(Portfolio::Schema(args)) => cmd::portfolio::schema(&args, files, terminal),
        Command::Watch(args) => cmd::pack::old_watch(&args, terminal),
        Command::Trace(args) => cmd::trace::run(&args, files, terminal),
        Command::Coverage(args) => cmd::coverage::run(&args, files, terminal),
        Command::Appraise(args) => cmd::appraise::run(&args, files, terminal),
        Command::Rates(args) => cmd::rates::run(&args, files, terminal),
        Command::WhatIf(args) => cmd::what_if::run(&args, files, terminal),
        Command::Diff(args) => cmd::diff::run(&args, files, terminal),
        Command::Review(args) => cmd::review::run(&args, files, terminal),
        Command::Seal(args) => cmd::seal::run(&args, files, terminal),
        Command::Report(Report::Audit(args)) => cmd::report_audit::audit(&args, files, terminal),
        Command::Fmt(args) => cmd::fmt::run(&args, files, terminal),
        Command::Schema(args) => cmd::schema::run(&args, files, terminal),
        Command::Import(Import::Tables(args)) => cmd::tables::import(&args, files, terminal),
        Command::Import(Import::Xlsx(args)) => cmd::xlsx::import(&args, files, terminal),
        Command::Export(Export::Xlsx(args)) => cmd::xlsx::export(&args, files, terminal),
        Command::Export(Export::Register(args)) => cmd::export_register::run(&args, files, terminal),
        Command::Import(Import::Register(args)) => cmd::import_register::run(&args, files, terminal),
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
