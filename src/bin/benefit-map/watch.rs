//! Files that are watched: what is made of them is made again each time one of them is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{RecursiveMode, Watcher};

use crate::Verdict;
use crate::args::Measured;
use crate::io::Terminal;

/// A save may come as several events: those that follow each other so closely are one.
const TOGETHER: Duration = Duration::from_millis(150);

/// A map and its files of measurements, to be watched.
pub fn of_map<'p>(map: &'p Path, measured: &'p Measured) -> impl Fn() -> Vec<PathBuf> + 'p {
    let measured = measured.measurements.iter().map(PathBuf::as_path);
    let all: Vec<PathBuf> = std::iter::once(map).chain(measured).map(Path::to_owned).collect();
    move || all.clone()
}

/// Does something once, and again each time one of the inputs is saved, until somebody stops it. Where it fails, the error is shown and the
/// next save is waited for. `inputs` is asked after each time, for what is read may depend on what was read.
pub fn watch(
    inputs: impl Fn() -> Vec<PathBuf>,
    mut again: impl FnMut() -> Result<()>,
    terminal: &Terminal,
) -> Result<Verdict> {
    let (send, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Whoever no longer listens has stopped.
        let _ = send.send(event);
    })
    .context("the files cannot be watched")?;
    let mut watched = BTreeSet::new();
    let mut try_once = || -> Result<Vec<PathBuf>> {
        if let Err(error) = again() {
            terminal.error(&error);
        }
        let inputs: Vec<PathBuf> = inputs()
            .iter()
            .map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()))
            .collect();
        // The folder, for editors put a new file in the place of the old one.
        let folders = inputs.iter().filter_map(|path| match path.is_dir() {
            true => Some(path.clone()),
            false => path.parent().map(Path::to_owned),
        });
        for folder in folders {
            // One that is not there yet is watched once it is.
            if folder.is_dir() && watched.insert(folder.clone()) {
                watcher
                    .watch(&folder, RecursiveMode::NonRecursive)
                    .with_context(|| format!("{} cannot be watched", folder.display()))?;
            }
        }
        Ok(inputs)
    };
    let mut inputs = try_once()?;
    terminal.say("watching; stop with Ctrl+C");
    while let Ok(first) = changes.recv() {
        let mut events = vec![first];
        while let Ok(next) = changes.recv_timeout(TOGETHER) {
            events.push(next);
        }
        let touches = |event: &notify::Event| {
            // Reading is an event too, on some systems.
            !event.kind.is_access() && event.paths.iter().any(|path| is_input(path, &inputs))
        };
        if events.iter().flatten().any(touches) {
            inputs = try_once()?;
        }
    }
    Ok(Verdict::Clean)
}

/// Of a folder of measurements the tables are read, and only they.
fn is_input(path: &PathBuf, inputs: &[PathBuf]) -> bool {
    let is_table = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let is_in = |folder: &Path| inputs.iter().any(|input| input == folder);
    inputs.contains(path) || (is_table && path.parent().is_some_and(is_in))
}
