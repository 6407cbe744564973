//! `workshop`: a room draws the map together.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use benefit_map::web::{Closing, Links, Options, Rights, Workshop};

use crate::Verdict;
use crate::args::{self, Link, Who};
use crate::fonts;
use crate::io::{Terminal, day_or_today};

pub fn run(args: &args::Workshop, terminal: &Terminal) -> Result<Verdict> {
    let rights = if args.view_only { Rights::View } else { Rights::Edit };
    let mut workshop = Workshop::start({
        let mut options = Options::new(&args.map);
        options.bind = args.bind;
        options.port = args.port;
        options.links = match args.new_links {
            true => Links::New,
            false => Links::Kept,
        };
        options.hosts = args.host.clone();
        options.rights = rights;
        options.closing = match args.closing {
            Who::Host => Closing::Host,
            Who::Editors => Closing::Editors,
        };
        options.today = Some(day_or_today(None)?);
        options.fonts = Some(fonts::for_workshop);
        options
    })?;
    // Before anybody knows that it has begun, so that it ends well from then on.
    workshop.heed()?;
    for note in workshop.notes() {
        terminal.say(format!("note: {note}"));
    }
    // The links are what a program would want of this; the rest is for people. A room goes on where nobody reads them any more.
    let edit = workshop.edit_link().map(|link| format!("edit  {link}\n"));
    let links = format!("{}view  {}\n", edit.unwrap_or_default(), workshop.view_link());
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(links.as_bytes()).and_then(|()| out.flush());
    drop(out);
    advise(args, &workshop, terminal);
    if args.open {
        open(workshop.edit_link().unwrap_or(workshop.view_link()), terminal);
    }
    workshop.wait().context("the workshop ended early")?;
    terminal.say("The workshop is closed; everything is saved.");
    Ok(Verdict::Clean)
}

/// What people need to know to use the links.
fn advise(args: &args::Workshop, workshop: &Workshop, terminal: &Terminal) {
    let is_alone = workshop.address().ip().is_loopback() && args.host.is_empty();
    let (edit, view) = match args.qr {
        Some(Link::Edit) => (true, false),
        Some(Link::View) => (false, true),
        Some(Link::None) => (false, false),
        None => (!is_alone, !is_alone),
    };
    for (wanted, word, link) in [
        (edit, "to edit", workshop.edit_link()),
        (view, "view only", Some(workshop.view_link())),
    ] {
        if let Some(code) = link.filter(|_| wanted).and_then(Workshop::qr) {
            terminal.say("");
            terminal.say(format!("For phones, {word}:"));
            code.lines().for_each(|line| terminal.say(line));
        }
    }
    if is_alone {
        terminal.say("");
        terminal.say(
            "These links work on this machine only. For other people and their phones, start with --bind 0.0.0.0, in \
             a network that you trust.",
        );
    } else if args.host.is_empty() {
        terminal.say("");
        terminal.say(
            "Anyone on this network who has a link can use it, and nothing is encrypted. Close the workshop \
             when you have finished.",
        );
    }
    terminal.say("Press Ctrl-C to close the workshop.");
}

/// Opens a link in whatever the system opens links with.
fn open(link: &str, terminal: &Terminal) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let begun = Command::new(program)
        .args(before)
        .arg(link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = begun {
        terminal.warn(format!(
            "no browser could be opened ({program}: {error}): open the link yourself"
        ));
    }
}
