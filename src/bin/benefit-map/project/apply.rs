//! A project file as the defaults of the command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, Error};

use super::{Fault, Faults, OfMap, Project, Setting, Shape, below};
use crate::typed::{self, Respelt};

/// Commands of which the map is what they make, or that make none of it: they take no map from the project file.
const WITHOUT_MAP: [&str; 2] = ["new", "import"];

/// Options whose value changes what comes out: where one is given against the file, people are told which won.
const SAID: [&str; 6] = ["profile", "deny", "measurements", "baseline", "decimal", "dates"];

/// Which settings are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scope {
    /// Those of the file's own map.
    of_map: Taken,
    /// What the template would be for.
    template: ForTemplate,
    /// The baseline, which is not for a check that writes one.
    baseline: Taken,
}

/// What a template is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ForTemplate {
    /// Not known yet.
    Anything,
    /// A Word document.
    Word,
    /// Slides.
    Slides,
    /// What has no template.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Yes,
    No,
}

/// Why a command line cannot be used.
#[derive(Debug)]
pub enum Refused {
    /// The words.
    Words(Error),
    /// The project file.
    File(Faults),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Words(error)
    }
}

/// What was typed, completed by the project file.
#[derive(Debug)]
pub struct Parsed {
    /// The arguments.
    pub matches: ArgMatches,
    /// Spellings that were understood.
    pub respelt: Vec<Respelt>,
    /// What to say of flags and the file.
    pub notes: Vec<String>,
}

/// The words as arguments, with what the project file says where they say nothing.
///
/// # Errors
/// What `clap` says of the words, or a file that the project file names and that is missing.
pub fn parse(words: &[OsString], model: &Command, project: Option<&Project>) -> Result<Parsed, Refused> {
    let Some(project) = project else {
        let (matches, respelt) = typed::parse(words, model)?;
        return Ok(Parsed {
            matches,
            respelt,
            notes: Vec::new(),
        });
    };
    let whole = Scope {
        of_map: Taken::Yes,
        template: ForTemplate::Anything,
        baseline: Taken::Yes,
    };
    let (mut matches, mut respelt) = typed::parse(words, &with_defaults(model, project, whole, words))?;
    let mut words = words.to_vec();
    let scope = scope(&matches, project);
    let new = missing_map_of_diff(&matches, project);
    if scope != whole || new.is_some() {
        words.extend(new.map(OsString::from));
        (matches, respelt) = typed::parse(&words, &with_defaults(model, project, scope, &words))?;
    }
    let mut notes = Vec::new();
    let (path, innermost) = innermost(&matches);
    there(&path, innermost, project)?;
    let command = below(model, &path).unwrap_or(model);
    against(innermost, command, project, scope, &mut notes);
    Ok(Parsed {
        matches,
        respelt,
        notes,
    })
}

/// The arguments of the command that runs, and its name as it is typed.
fn innermost(matches: &ArgMatches) -> (String, &ArgMatches) {
    let (mut path, mut found) = (Vec::new(), matches);
    while let Some((name, below)) = found.subcommand() {
        path.push(name);
        found = below;
    }
    (path.join(" "), found)
}

/// Whether an argument has a value, typed or not.
fn has(matches: &ArgMatches, id: &str) -> bool {
    matches.ids().any(|known| known == id)
}

fn source(matches: &ArgMatches, id: &str) -> Option<ValueSource> {
    has(matches, id).then(|| matches.value_source(id)).flatten()
}

fn is_typed(matches: &ArgMatches, id: &str) -> bool {
    source(matches, id) == Some(ValueSource::CommandLine)
}

fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    if !has(matches, id) {
        return Vec::new();
    }
    let raw = matches.get_raw(id).into_iter().flatten();
    raw.map(PathBuf::from).collect()
}

/// Of `diff` with one map: the project's map, which is the new one.
fn missing_map_of_diff(matches: &ArgMatches, project: &Project) -> Option<PathBuf> {
    let (path, found) = innermost(matches);
    let is_one =
        path == "diff" && is_typed(found, "maps") && paths(found, "maps").len() == 1 && !is_typed(found, "git");
    is_one.then(|| project.map()).flatten()
}

fn scope(matches: &ArgMatches, project: &Project) -> Scope {
    let (path, found) = innermost(matches);
    let taken = |is_taken: bool| if is_taken { Taken::Yes } else { Taken::No };
    let typed: Vec<PathBuf> = ["map", "maps"]
        .iter()
        .filter(|id| is_typed(found, id))
        .flat_map(|id| paths(found, id))
        .collect();
    let own = project.map();
    let is_own = match typed.as_slice() {
        [] => true,
        [only] if path != "diff" || is_typed(found, "git") => is_same(only, own.as_deref()),
        // The second of two maps, where one was typed, is the project's.
        [_] => true,
        [.., last] => path == "diff" && is_same(last, own.as_deref()),
    };
    let output = paths(found, "output");
    let format = paths(found, "format");
    let is = |ending: &str| match format.first() {
        Some(format) => format.as_os_str() == ending,
        None => output.first().is_some_and(|path| ends_in(path, ending)),
    };
    let template = match (is("docx"), is("pptx")) {
        (true, _) => ForTemplate::Word,
        (_, true) => ForTemplate::Slides,
        _ => ForTemplate::Nothing,
    };
    Scope {
        of_map: taken(is_own),
        template,
        baseline: taken(!is_typed(found, "write_baseline")),
    }
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

fn is_same(one: &Path, other: Option<&Path>) -> bool {
    let Some(other) = other else { return false };
    one == other
        || std::fs::canonicalize(one).is_ok_and(|one| std::fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// The command line with the settings as its defaults.
fn with_defaults(model: &Command, project: &Project, scope: Scope, words: &[OsString]) -> Command {
    let verifies = words.iter().any(|word| word.to_string_lossy().starts_with("--verify"));
    let defaults = Defaults {
        project,
        scope,
        seals: if verifies { Taken::No } else { Taken::Yes },
    };
    defaults.of(model.clone(), "")
}

struct Defaults<'p> {
    project: &'p Project,
    scope: Scope,
    /// Whether seals go to the file of the project.
    seals: Taken,
}

impl Defaults<'_> {
    fn of(&self, mut command: Command, path: &str) -> Command {
        let names: Vec<String> = command
            .get_subcommands()
            .map(|below| below.get_name().to_owned())
            .collect();
        for name in names {
            let whole = match path {
                "" => name.clone(),
                path => format!("{path} {name}"),
            };
            command = command.mut_subcommand(name, |below| self.of(below, &whole));
        }
        let takes_map = !WITHOUT_MAP.contains(&path);
        let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
        for setting in &self.project.settings {
            if !self.is_taken(setting) {
                continue;
            }
            let key = setting.key;
            let is_meant = match (key.name, path) {
                ("deny", _) => key.commands == [path],
                ("map", _) => takes_map,
                ("seals", "report audit") => setting.values.first().is_some_and(|file| Path::new(file).exists()),
                _ => true,
            };
            // A baseline of findings is no number that a KPI starts from, and seals are what seals are added to.
            let arg = match (key.name, path) {
                ("map", _) if ids.iter().any(|id| id == "maps") => "maps",
                ("seals", "seal") if self.seals == Taken::Yes => "output",
                ("seals", "seal") => continue,
                _ => key.arg,
            };
            if is_meant && ids.iter().any(|id| id == arg) {
                command = command.mut_arg(arg, |own| {
                    // They live as long as the program, as every other default of the command line does.
                    let values = setting.values.iter().map(|value| &*value.clone().leak());
                    own.required(false)
                        .required_unless_present(Resettable::Reset)
                        .default_values(values.collect::<Vec<&'static str>>())
                });
                command = freed(command, arg, &ids);
            }
        }
        command
    }

    fn is_taken(&self, setting: &Setting) -> bool {
        let scope = match setting.key.name {
            "map" => return true,
            "template" | "slide-template" => {
                // One key may be for either: the file says which.
                let file = setting.values.first().map(Path::new);
                let is_slides = setting.key.name == "slide-template"
                    || file.is_some_and(|file| ["potx", "pptx", "potm", "pptm"].iter().any(|kind| ends_in(file, kind)));
                return match self.scope.template {
                    ForTemplate::Anything => true,
                    ForTemplate::Word => !is_slides,
                    ForTemplate::Slides => is_slides,
                    ForTemplate::Nothing => false,
                };
            }
            "baseline" if self.scope.of_map == Taken::Yes => self.scope.baseline,
            _ if setting.key.of_map == OfMap::Own => self.scope.of_map,
            _ => Taken::Yes,
        };
        scope == Taken::Yes
    }
}

/// The command without what asks for an argument that has a default now.
fn freed(mut command: Command, arg: &str, ids: &[String]) -> Command {
    let asking: &[&str] = match arg {
        "measurements" => &["strict"],
        "output" => &["by", "sign", "note", "as_of", "on"],
        _ => &[],
    };
    for id in asking.iter().filter(|id| ids.iter().any(|known| known == *id)) {
        command = command.mut_arg(*id, |own| own.requires(Resettable::Reset));
    }
    command
}

/// Refuses a file that the project file names, that this command would read and that is missing.
fn there(path: &str, matches: &ArgMatches, project: &Project) -> Result<(), Refused> {
    for setting in &project.settings {
        let key = setting.key;
        let is_file = matches!(key.shape, Shape::File | Shape::Files) && key.name != "seals";
        // A workshop makes the map that is missing.
        if !is_file || (path == "workshop" && key.name == "map") {
            continue;
        }
        let used = ["map", "maps"]
            .iter()
            .filter(|_| key.name == "map")
            .chain(std::iter::once(&key.arg));
        let is_used = used
            .into_iter()
            .any(|id| source(matches, id) == Some(ValueSource::DefaultValue));
        let missing = setting.values.iter().find(|file| !Path::new(file).exists());
        if let (true, Some(missing)) = (is_used, missing) {
            let help = match key.name {
                "map" => format!("correct the name, or start it with `benefit-map new {missing}`"),
                "measurements" => {
                    format!("correct the name, or start it with `benefit-map new measurements -o {missing}`")
                }
                "baseline" => {
                    format!("correct the name, or write it with `benefit-map check --write-baseline {missing}`")
                }
                _ => "correct the name, or take the line out".to_owned(),
            };
            let fault = Fault::new(
                setting.value.clone(),
                format!("the {} {missing} does not exist", what(key.name)),
                help,
            );
            return Err(Refused::File(project.fault(fault)));
        }
    }
    Ok(())
}

fn what(key: &str) -> &str {
    match key {
        "measurements" => "file of measurements",
        key => key,
    }
}

/// What to say of flags that win over the file, and of a map that is not its own.
fn against(matches: &ArgMatches, command: &Command, project: &Project, scope: Scope, notes: &mut Vec<String>) {
    let file = project.file.display();
    for setting in &project.settings {
        let key = setting.key;
        let is_here = key.name != "deny" || key.commands == [command.get_name()];
        if !SAID.contains(&key.name) || !is_here || !is_typed(matches, key.arg) {
            continue;
        }
        let typed = matches.get_raw(key.arg).into_iter().flatten();
        let typed: Vec<String> = typed.map(|word| word.to_string_lossy().into_owned()).collect();
        if typed != setting.values {
            notes.push(format!(
                "note: --{} {} is used; line {} of {file} says {}",
                key.name,
                typed.join(", "),
                project.line(setting.span.start),
                setting.values.join(", ")
            ));
        }
    }
    if scope.of_map == Taken::No {
        let takes = |arg: &str| command.get_arguments().any(|own| own.get_id() == arg);
        let unused: Vec<&str> = project
            .settings
            .iter()
            .filter(|setting| setting.key.of_map == OfMap::Own && setting.key.name != "map")
            .filter(|setting| takes(setting.key.arg) && !is_typed(matches, setting.key.arg))
            .map(|setting| setting.key.name)
            .collect();
        if !unused.is_empty() {
            let is = if unused == ["baseline"] { "is" } else { "are" };
            notes.push(format!(
                "note: this is not the map of {file}, whose {} {is} not used for it",
                unused.join(" and ")
            ));
        }
    }
}

/// Whether a command takes anything from a project file.
pub fn is_for(command: &Command, path: &str) -> bool {
    let ids: Vec<&str> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
    let is_known = |arg: &str| ids.contains(&arg) && !(arg == "map" && WITHOUT_MAP.contains(&path));
    path == "build"
        || path.is_empty()
        || super::KEYS.iter().any(|key| is_known(key.arg))
        || is_known("maps")
        || is_known("deny")
}

/// The command that the words name, and its name.
pub fn named<'m>(words: &[OsString], model: &'m Command) -> (&'m Command, String) {
    let path = typed::path(words, model);
    (below(model, &path).unwrap_or(model), path)
}
