//! `build`: every file that the project file lists.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result, bail};
use benefit_map::finding::nearest;
use clap::FromArgMatches;

use crate::args::{self, Build as Args, Cli, Command};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::Page;
use crate::project::{self, Build, Fault, Faults, NAME, Project, Refused};
use crate::{Verdict, dispatch, progress};

pub fn run(args: &Args, terminal: &Terminal) -> Result<Verdict> {
    let model = args::command();
    let Some(found) = Project::find(&model)? else {
        bail!("{NAME} is not in this folder or above it: `benefit-map new map.json --project` writes one");
    };
    // Everything in the file is relative to it: paths among the options too.
    if !found.folder.as_os_str().is_empty() {
        let failed = || format!("{} cannot be entered", found.folder.display());
        std::env::set_current_dir(&found.folder).with_context(failed)?;
    }
    let project = Project::at(Path::new(""), &model)?;
    let wanted = wanted(args, &project, &found.folder)?;
    let planned = planned(args, &wanted, &project, &model)?;
    if args.list {
        return list(&wanted);
    }
    let files = Files::new();
    let (mut failed, mut verdict) = (0, Verdict::Clean);
    for (build, command) in wanted.iter().zip(planned) {
        let is_diff = matches!(command, Command::Diff(_));
        let made = files.make_folder_of(&build.file);
        progress::stage(format!("Making {}", build.file.display()));
        match made.and_then(|()| dispatch::run(command, &files, terminal)) {
            // That maps differ is what is written, and no fault of the build.
            Ok(_) if is_diff => {}
            Ok(ran) => verdict = verdict.max(ran),
            Err(error) => {
                terminal.error(&error);
                failed += 1;
            }
        }
    }
    match failed {
        0 => Ok(verdict),
        count => bail!(
            "{count} of {} could not be written",
            counted(wanted.len(), "file", "files")
        ),
    }
}

/// The entries that were asked for; all of them, where none was named.
fn wanted<'p>(args: &Args, project: &'p Project, folder: &Path) -> Result<Vec<&'p Build>> {
    if project.builds.is_empty() {
        let help = "add [[build]] and file = \"map.svg\" under it";
        let fault = Fault::new(0..0, "the project file lists nothing to build", help);
        return Err(project.fault(fault).into());
    }
    if args.only.is_empty() {
        return Ok(project.builds.iter().collect());
    }
    args.only
        .iter()
        .map(|path| {
            // As the file names it, or as it is reached from where the command was typed.
            let found = project
                .builds
                .iter()
                .find(|build| build.file == *path || folder.join(&build.file) == *path);
            let names: Vec<String> = project
                .builds
                .iter()
                .map(|build| build.file.display().to_string())
                .collect();
            found.with_context(
                || match nearest(&path.to_string_lossy(), names.iter().map(String::as_str)) {
                    Some(near) => format!("{NAME} does not build {}: did you mean `{near}`?", path.display()),
                    None => format!("{NAME} does not build {}, but {}", path.display(), names.join(", ")),
                },
            )
        })
        .collect()
}

/// The command of each entry, every one of them looked at before any runs.
fn planned(args: &Args, wanted: &[&Build], project: &Project, model: &clap::Command) -> Result<Vec<Command>> {
    let (mut planned, mut faults) = (Vec::new(), Vec::new());
    for (at, build) in wanted.iter().enumerate() {
        if wanted[..at].iter().any(|other| other.file == build.file) {
            let message = format!("{} is built twice", build.file.display());
            faults.push(Fault::new(
                build.span.clone(),
                message,
                "give each entry a file of its own",
            ));
            continue;
        }
        let parsed = project::parse(&words(args, build, model), model, Some(project)).and_then(|parsed| {
            let cli = Cli::from_arg_matches(&parsed.matches)?;
            Ok(cli.command)
        });
        match parsed {
            Ok(Some(command)) if !command.is_endless() => planned.push(command),
            Ok(_) => {
                let message = format!("{} would never be done", build.file.display());
                faults.push(Fault::new(
                    build.span.clone(),
                    message,
                    "take --watch out of its options",
                ));
            }
            Err(Refused::File(missing)) => return Err(missing.into()),
            Err(Refused::Words(error)) => {
                let text = error.render().to_string();
                let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let why = lines
                    .next()
                    .unwrap_or_default()
                    .trim_start_matches("error: ")
                    .to_owned();
                let tip = lines.find_map(|line| line.strip_prefix("tip: ")).map(str::to_owned);
                let help = format!("`benefit-map help {}` lists its options", build.make);
                let message = format!("{} cannot be made: {why}", build.file.display());
                faults.push(Fault::new(build.span.clone(), message, tip.unwrap_or(help)));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(planned),
        false => Err(Faults {
            file: project.file.clone(),
            text: project.text.clone(),
            list: faults,
        }
        .into()),
    }
}

/// An entry as a command line.
fn words(args: &Args, build: &Build, model: &clap::Command) -> Vec<OsString> {
    let mut words: Vec<OsString> = std::iter::once("benefit-map")
        .chain(build.make.split(' '))
        .map(OsString::from)
        .collect();
    words.extend(["-o".into(), build.file.clone().into_os_string()]);
    words.extend(build.options.iter().map(OsString::from));
    let (command, path) = project::named(&words, model);
    let takes = |id: &str| command.get_arguments().any(|arg| arg.get_id() == id);
    let has = |option: &str| build.options.iter().any(|word| word.split('=').next() == Some(option));
    if let Some(day) = args.as_of.filter(|_| takes("as_of") && !has("--as-of")) {
        words.extend(["--as-of".into(), day.to_string().into()]);
    }
    // What a build wrote is written again. A pack knows its own folder by its page.
    if takes("replace") && path != "pack" && !has("--replace") {
        words.push("--replace".into());
    }
    words
}

fn list(wanted: &[&Build]) -> Result<Verdict> {
    let width = wanted
        .iter()
        .map(|build| build.file.display().to_string().chars().count())
        .max()
        .unwrap_or_default();
    let mut page = Page::default();
    for build in wanted {
        let file = build.file.display().to_string();
        let command: Vec<&str> = std::iter::once(build.make.as_str())
            .chain(build.options.iter().map(String::as_str))
            .collect();
        page.line(format!("{file:<width$}  {}", command.join(" ")));
    }
    Files::new().print(&page.printed())?;
    Ok(Verdict::Clean)
}
