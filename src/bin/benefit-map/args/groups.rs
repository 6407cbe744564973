//! The list of commands as the help shows it: in groups, by what people want to do.

use std::fmt::Write as _;

use clap::builder::StyledStr;
use clap::{Command, CommandFactory};

use super::Cli;
use crate::columns;

/// Commands that belong together.
#[derive(Debug)]
pub struct Group {
    /// What people want to do with them.
    pub heading: &'static str,
    /// Their names in the order of use, each with what it does in a few words.
    pub commands: &'static [(&'static str, &'static str)],
}

/// What the help lists.
pub const GROUPS: &[Group] = &[
    Group {
        heading: "Begin",
        commands: &[
            ("demo", "write a full example to a folder, and say what to open"),
            ("new", "start a map, or a form for measurements"),
            ("import", "make a map from tables, a workbook or another tool's file"),
            ("workshop", "draw a map together, live, in browsers"),
        ],
    },
    Group {
        heading: "Look",
        commands: &[
            ("draw", "draw the map: a picture, slides or a web page"),
            ("chart", "draw what was planned, measured and forecast"),
            ("trace", "show what leads to what, and how strong the evidence is"),
        ],
    },
    Group {
        heading: "Check",
        commands: &[
            ("check", "find what is wrong, where, and what to do"),
            ("explain", "explain a rule, a part of the method or a term"),
            ("coverage", "show what share has evidence, owners and measures"),
            ("appraise", "show costs, benefits and net value, by option"),
            ("what-if", "show what is lost and saved if a part is cut or comes later"),
        ],
    },
    Group {
        heading: "Track",
        commands: &[
            ("status", "show how every KPI and box is doing, worst first"),
            ("trajectory", "compare plan and measured values, period by period"),
            ("escalate", "list what each owner needs to know"),
            ("survey", "ask many people, and see where they differ"),
        ],
    },
    Group {
        heading: "Hand over",
        commands: &[
            ("build", "write all that the project file lists"),
            ("report", "write a business case, benefit profiles or an audit report"),
            ("register", "write the benefits register"),
            ("kpis", "write the KPI register"),
            ("plan", "write each owner's benefits realisation plan"),
            ("pack", "write every view of the map, each as a picture"),
            ("portfolio", "add up what many maps bring about, without counting twice"),
            ("export", "write the map for a spreadsheet or another tool"),
        ],
    },
    Group {
        heading: "Assure",
        commands: &[
            ("diff", "show what changed between two maps"),
            ("review", "record what owners agree with or challenge"),
            ("seal", "seal a map as it is, or verify it against its seals"),
        ],
    },
];

/// What only `help --all` lists besides.
pub const RARE: &[Group] = &[Group {
    heading: "Files and shells",
    commands: &[
        ("fmt", "write maps in their one standard form, in place"),
        ("schema", "print the JSON Schema of the map file"),
        ("rates", "list the tables of discount rates for `appraise`"),
        ("completions", "print completions for a shell"),
        ("man", "write the manual pages"),
        ("help", "show the help of a command, or list all commands"),
    ],
}];

/// The width of help where nothing says another, as in the help of each command.
const WIDTH: usize = 100;

/// Below this width what a command does goes on the line after its name.
const NARROW: usize = 60;

/// The whole command line, with its commands in groups: what is parsed, shown as help and made into manuals.
pub fn command() -> Command {
    let command = Cli::command();
    let header = command.get_styles().get_header();
    let list = list(&command, GROUPS);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}{header}Options:{header:#}\n{{options}}{{after-help}}",
        list.ansi()
    );
    command.help_template(StyledStr::from(template))
}

/// The help that lists every command, with the names that are understood besides.
pub fn all() -> StyledStr {
    let command = Cli::command();
    let header = command.get_styles().get_header();
    let mut out = String::new();
    let _ = write!(out, "{}{}", list(&command, GROUPS).ansi(), list(&command, RARE).ansi());
    let _ = writeln!(out, "{header}Also understood:{header:#}");
    let width = width();
    let visible = command.get_subcommands().filter(|below| !below.is_hide_set());
    let mut named: Vec<(String, String)> = visible
        .filter_map(|below| {
            let names: Vec<&str> = below.get_all_aliases().collect();
            (!names.is_empty()).then(|| (names.join(", "), format!("the same as {}", below.get_name())))
        })
        .collect();
    let old = command
        .get_subcommands()
        .filter(|below| below.is_hide_set() && !below.get_name().starts_with('_'));
    named.extend(old.map(|below| (below.get_name().to_owned(), about(below))));
    entries(&mut out, &command, &named, width);
    out.push_str("\n`benefit-map help COMMAND` shows the help of one of them.\n");
    StyledStr::from(out)
}

fn width() -> usize {
    columns::limit().unwrap_or(WIDTH)
}

fn about(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    about.trim_end_matches('.').to_owned()
}

/// The commands of some groups under their headings, with what each does.
fn list(command: &Command, groups: &[Group]) -> StyledStr {
    let header = command.get_styles().get_header();
    let mut out = String::new();
    for group in groups {
        let _ = writeln!(out, "{header}{}:{header:#}", group.heading);
        let named: Vec<(String, String)> = group
            .commands
            .iter()
            .map(|(name, about)| ((*name).to_owned(), (*about).to_owned()))
            .collect();
        entries(&mut out, command, &named, width());
        out.push('\n');
    }
    StyledStr::from(out)
}

/// Names with what they are, in lines that are no wider than that.
fn entries(out: &mut String, command: &Command, named: &[(String, String)], width: usize) {
    let literal = command.get_styles().get_literal();
    let longest = |groups: &[Group]| {
        let names = groups.iter().flat_map(|group| group.commands);
        names.map(|(name, _)| name.len()).max().unwrap_or_default()
    };
    // One column for all groups, so that the eye runs down a straight edge.
    let column = named.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let column = column.max(longest(GROUPS)).max(longest(RARE));
    for (name, about) in named {
        let room = width.saturating_sub(column + 4);
        let (gap, indent, room) = match width < NARROW {
            true => ("\n          ".to_owned(), 10, width.saturating_sub(10)),
            false => (" ".repeat(column + 2 - name.len()), column + 4, room),
        };
        let lines = columns::lines(about, room);
        let _ = writeln!(
            out,
            "  {literal}{name}{literal:#}{gap}{}",
            lines.join(&format!("\n{}", " ".repeat(indent)))
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let command = Cli::command();
        let mut listed: Vec<&str> = GROUPS
            .iter()
            .chain(RARE)
            .flat_map(|group| group.commands)
            .map(|(name, _)| *name)
            .collect();
        listed.sort_unstable();
        let mut there: Vec<&str> = command
            .get_subcommands()
            .filter(|below| !below.is_hide_set())
            .map(Command::get_name)
            .collect();
        there.sort_unstable();
        assert_eq!(listed, there);
    }

    #[test]
    fn the_model_is_sound() {
        command().debug_assert();
    }
}
