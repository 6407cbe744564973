//! A map that is watched: what is made of it is made again each time it is saved.

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

/// Does something once, and again each time the map or a file of measurements is saved, until somebody stops it. Where it fails, the
/// error is shown and the next save is waited for.
pub fn watch(
    map: &Path,
    measured: &Measured,
    mut again: impl FnMut() -> Result<()>,
    terminal: &Terminal,
) -> Result<Verdict> {
    let (send, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Whoever no longer listens has stopped.
        let _ = send.send(event);
    })
    .context("the map cannot be watched")?;
    // The folder, for editors put a new file in the place of the old one.
    let inputs: Vec<PathBuf> = std::iter::once(map)
        .chain(measured.measurements.iter().map(PathBuf::as_path))
        .map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
        .collect();
    let folder_of = |path: &'_ PathBuf| match path.is_dir() {
        true => Some(path.clone()),
        false => path.parent().map(Path::to_owned),
    };
    let mut folders: Vec<PathBuf> = inputs.iter().filter_map(folder_of).collect();
    folders.sort();
    folders.dedup();
    for folder in folders {
        watcher
            .watch(&folder, RecursiveMode::NonRecursive)
            .with_context(|| format!("{} cannot be watched", folder.display()))?;
    }
    // Of a folder of measurements the tables are read, and only they.
    let is_input = |path: &PathBuf| {
        let is_table = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        inputs.contains(path)
            || (is_table
                && path
                    .parent()
                    .is_some_and(|folder| inputs.iter().any(|input| input == folder)))
    };
    let mut try_once = || {
        if let Err(error) = again() {
            terminal.error(&error);
        }
    };
    try_once();
    terminal.say("watching; stop with Ctrl+C");
    while let Ok(first) = changes.recv() {
        let mut events = vec![first];
        while let Ok(next) = changes.recv_timeout(TOGETHER) {
            events.push(next);
        }
        let touches = |event: &notify::Event| {
            // Reading is an event too, on some systems.
            !event.kind.is_access() && event.paths.iter().any(is_input)
        };
        if events.iter().flatten().any(touches) {
            try_once();
        }
    }
    Ok(Verdict::Clean)
}
