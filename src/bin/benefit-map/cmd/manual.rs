//! `completions` and `man`: made of the same definitions as `--help`.

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Cli, Completions, Man};
use crate::files::{Files, InFolder};
use crate::io::Terminal;
use crate::{Verdict, output};

pub fn completions(args: &Completions, files: &Files) -> Result<Verdict> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "benefit-map", &mut out);
    files.print(&out)?;
    Ok(Verdict::Clean)
}

pub fn man(args: &Man, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let Some(dir) = &args.output else {
        let mut out = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut out)?;
        files.print(&out)?;
        return Ok(Verdict::Clean);
    };
    output::folder("the manual", dir)?;
    let mut command = Cli::command();
    command.build();
    let mut pages = vec![command.clone()];
    let mut written = Vec::new();
    // Sub-commands of sub-commands have pages of their own: benefit-map-import-tables.1.
    while let Some(command) = pages.pop() {
        pages.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let mut out = Vec::new();
        clap_mangen::Man::new(command)
            .title(name.to_uppercase())
            .render(&mut out)?;
        written.push((format!("{name}.1"), out));
    }
    let count = written.len();
    files.write_folder(dir, &written, InFolder::Results)?;
    terminal.say(format!("wrote {count} manual pages to {}", dir.display()));
    Ok(Verdict::Clean)
}
