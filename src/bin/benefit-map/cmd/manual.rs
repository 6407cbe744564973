//! `completions` and `man`: made of the same definitions as `--help`.

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::args::{Cli, Completions, Man};
use crate::io::Terminal;
use crate::{Verdict, io};

pub fn completions(args: &Completions) -> Result<Verdict> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "benefit-map", &mut out);
    io::write(None, &out)?;
    Ok(Verdict::Clean)
}

pub fn man(args: &Man, terminal: &Terminal) -> Result<Verdict> {
    let Some(dir) = &args.output else {
        let mut out = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut out)?;
        io::write(None, &out)?;
        return Ok(Verdict::Clean);
    };
    std::fs::create_dir_all(dir).with_context(|| format!("the folder {} could not be made", dir.display()))?;
    let mut command = Cli::command();
    command.build();
    let mut pages = vec![command.clone()];
    let mut count = 0;
    // Sub-commands of sub-commands have pages of their own: benefit-map-import-tables.1.
    while let Some(command) = pages.pop() {
        pages.extend(command.get_subcommands().filter(|c| c.get_name() != "help").cloned());
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let mut out = Vec::new();
        clap_mangen::Man::new(command)
            .title(name.to_uppercase())
            .render(&mut out)?;
        io::write(Some(&dir.join(format!("{name}.1"))), &out)?;
        count += 1;
    }
    terminal.say(format!("wrote {count} manual pages to {}", dir.display()));
    Ok(Verdict::Clean)
}
