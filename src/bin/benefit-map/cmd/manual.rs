//! `completions`, `man` and `help`: made of the same definitions as `--help`.

use std::ffi::OsString;

use anyhow::{Result, bail};
use benefit_map::finding::nearest;
use clap_complete::Shell;

use crate::args::{self, Completions, Help, Man};
use crate::files::{Files, InFolder};
use crate::io::Terminal;
use crate::{Verdict, output};

pub fn completions(args: &Completions, files: &Files) -> Result<Verdict> {
    // These ask the program at each word, so that they know the ids of the map; the others hold what can be typed.
    match args.shell {
        Shell::Bash => files.print(include_bytes!("../shells/benefit-map.bash"))?,
        Shell::Zsh => files.print(include_bytes!("../shells/benefit-map.zsh"))?,
        Shell::Fish => files.print(include_bytes!("../shells/benefit-map.fish"))?,
        shell => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut args::command(), "benefit-map", &mut out);
            files.print(&out)?;
        }
    }
    Ok(Verdict::Clean)
}

pub fn man(args: &Man, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let Some(dir) = &args.output else {
        let mut out = Vec::new();
        clap_mangen::Man::new(args::command()).render(&mut out)?;
        files.print(&out)?;
        return Ok(Verdict::Clean);
    };
    output::folder("the manual", dir)?;
    let mut command = args::command();
    command.build();
    let mut pages = vec![command.clone()];
    let mut written = Vec::new();
    // Sub-commands of sub-commands have pages of their own: benefit-map-import-tables.1.
    while let Some(command) = pages.pop() {
        pages.extend(
            command
                .get_subcommands()
                .filter(|below| !below.is_hide_set() && (below.get_name() != "help" || !below.has_subcommands()))
                .cloned(),
        );
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let mut out = Vec::new();
        clap_mangen::Man::new(command)
            .title(name.to_uppercase())
            .render(&mut out)?;
        written.push((format!("{name}.1"), out));
    }
    let count = written.len();
    let (wrote, _) = files.write_folder(dir, &written, InFolder::Results)?;
    wrote.say(format!("{count} manual pages"), terminal);
    Ok(Verdict::Clean)
}

/// The help of benefit-map, of a command, or the list of all commands.
pub fn help(args: &Help, terminal: &Terminal) -> Result<Verdict> {
    if args.all {
        terminal.help(&args::all())?;
        return Ok(Verdict::Clean);
    }
    show(&args.words, terminal)
}

/// The help of a command that is asked for below it, as in `import help tables`: `words` are `help` and what follows.
pub fn help_of(command: &str, words: &[OsString], terminal: &Terminal) -> Result<Verdict> {
    let below = words.iter().skip(1).map(|word| word.to_string_lossy().into_owned());
    show(
        &std::iter::once(command.to_owned()).chain(below).collect::<Vec<_>>(),
        terminal,
    )
}

fn show(words: &[String], terminal: &Terminal) -> Result<Verdict> {
    let mut command = args::command();
    command.build();
    for word in words {
        let Some(below) = command.find_subcommand(word) else {
            let names = command.get_subcommands().map(|below| below.get_name());
            let meant = match nearest(word, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`benefit-map help --all` lists every command".to_owned(),
            };
            bail!("no command is called `{}`: {meant}", words.join(" "));
        };
        command = below.clone();
    }
    terminal.help(&command.render_long_help())?;
    Ok(Verdict::Clean)
}
