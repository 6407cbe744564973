//! The text of a project file as settings, with every fault at once.

use std::ops::Range;
use std::path::{Path, PathBuf};

use benefit_map::finding::nearest;
use clap::Command;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Faults};
use super::{Build, DENY, KEYS, Key, Project, Setting, Shape};
use crate::args::is_theme_file;

/// What an entry of `build` can say.
const BUILD_KEYS: [&str; 3] = ["file", "make", "options"];

/// Commands that write a file or a folder, and so can be asked for in `build`.
pub const MAKES: &[&str] = &[
    "draw",
    "chart",
    "trace",
    "coverage",
    "appraise",
    "what-if",
    "status",
    "trajectory",
    "escalate",
    "report business-case",
    "report profile",
    "report audit",
    "register",
    "kpis",
    "plan",
    "pack",
    "export tables",
    "export xlsx",
    "export drawio",
    "export archimate",
    "export graphml",
    "export dot",
    "export mermaid",
    "diff",
];

/// Endings of what `draw` writes: these need no `make`.
const DRAWN: [&str; 6] = ["svg", "png", "pdf", "pptx", "html", "htm"];

/// Reads a project file. Paths in it are relative to `folder`, which is how its folder is reached.
///
/// # Errors
/// Every fault, in the order of the file.
pub fn read(file: &Path, folder: &Path, text: &str, model: &Command) -> Result<Project, Faults> {
    let mut reader = Reader {
        folder,
        model,
        faults: Vec::new(),
    };
    let mut project = Project {
        file: file.to_owned(),
        folder: folder.to_owned(),
        text: text.to_owned(),
        settings: Vec::new(),
        builds: Vec::new(),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let help = "correct the line: a key, `=` and a value, as in map = \"map.json\"";
        reader.fault(
            span,
            format!("it is not TOML: {}", error.message().replace('\n', ": ")),
            help,
        );
    }
    if reader.faults.is_empty() {
        for (key, value) in table.get_ref() {
            reader.top(key, value, &mut project);
        }
    }
    let mut list = reader.faults;
    list.sort_by_key(|fault| fault.span.start);
    match list.is_empty() {
        true => Ok(project),
        false => Err(Faults {
            file: file.to_owned(),
            text: text.to_owned(),
            list,
        }),
    }
}

struct Reader<'p> {
    folder: &'p Path,
    model: &'p Command,
    faults: Vec<Fault>,
}

type Name<'i> = Spanned<toml::de::DeString<'i>>;

impl Reader<'_> {
    fn fault(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(span, message, help));
    }

    fn top(&mut self, name: &Name<'_>, value: &Spanned<DeValue<'_>>, project: &mut Project) {
        let text: &str = name.get_ref();
        match text {
            "build" => self.builds(value, project),
            "deny" => self.deny(name, value, project),
            _ => match KEYS.iter().find(|key| key.name == text) {
                Some(key) => self.setting(key, name.span(), value, project),
                None => {
                    let known: Vec<&str> = KEYS.iter().map(|key| key.name).chain(["deny", "build"]).collect();
                    self.unknown(name, "a project file", &known);
                }
            },
        }
    }

    fn unknown(&mut self, name: &Name<'_>, of: &str, known: &[&str]) {
        let text: &str = name.get_ref();
        let help = match nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys are {}", known.join(", ")),
        };
        self.fault(name.span(), format!("{of} has no key `{text}`"), help);
    }

    /// `deny` for `check` alone, or by command.
    fn deny(&mut self, name: &Name<'_>, value: &Spanned<DeValue<'_>>, project: &mut Project) {
        let check = &DENY[0];
        let Some(table) = value.get_ref().as_table() else {
            return self.setting(check, name.span(), value, project);
        };
        for (name, value) in table {
            let text: &str = name.get_ref();
            match DENY.iter().find(|key| key.commands == [text]) {
                Some(key) => self.setting(key, name.span(), value, project),
                None => {
                    let known: Vec<&str> = DENY.iter().flat_map(|key| key.commands).copied().collect();
                    self.unknown(name, "`deny`", &known);
                }
            }
        }
    }

    fn setting(&mut self, key: &'static Key, span: Range<usize>, value: &Spanned<DeValue<'_>>, project: &mut Project) {
        let Some(words) = self.words(key, value) else { return };
        let mut values = Vec::new();
        for (word, at) in words {
            match key.shape {
                Shape::File | Shape::Files => values.push(self.folder.join(&word).to_string_lossy().into_owned()),
                Shape::WordOrFile if is_theme_file(Path::new(&word)) => {
                    values.push(self.folder.join(&word).to_string_lossy().into_owned());
                }
                Shape::Word | Shape::WordOrFile | Shape::Words | Shape::Number => {
                    if let Some((message, help)) = self.refused(key, &word) {
                        self.fault(at, message, help);
                    }
                    values.push(word);
                }
            }
        }
        project.settings.push(Setting {
            key,
            values,
            span,
            value: value.span(),
        });
    }

    /// The words of a value, each with its place; `None` where it is of another kind.
    fn words(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> Option<Vec<(String, Range<usize>)>> {
        let is_list = matches!(key.shape, Shape::Files | Shape::Words);
        match value.get_ref() {
            DeValue::String(text) if key.shape != Shape::Number => return Some(vec![(text.to_string(), value.span())]),
            DeValue::Integer(number) if key.shape == Shape::Number => {
                return Some(vec![(number.as_str().to_owned(), value.span())]);
            }
            DeValue::Array(items) if is_list => return self.texts(key.name, items),
            _ => {}
        }
        let (what, example) = match key.shape {
            Shape::Number => ("a number", format!("{} = 4", key.name)),
            Shape::Files | Shape::Words => (
                "a text or a list of texts",
                format!("{} = [\"{}\"]", key.name, key.example),
            ),
            _ => ("a text in quotes", format!("{} = \"{}\"", key.name, key.example)),
        };
        self.fault(
            value.span(),
            format!("`{}` is {what}, not {}", key.name, kind(value.get_ref())),
            format!("write {example}"),
        );
        None
    }

    fn texts(&mut self, name: &str, items: &[Spanned<DeValue<'_>>]) -> Option<Vec<(String, Range<usize>)>> {
        let mut out = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => out.push((text.to_owned(), item.span())),
                None => {
                    let message = format!("`{name}` lists texts, not {}", kind(item.get_ref()));
                    self.fault(item.span(), message, "put it in quotes");
                    return None;
                }
            }
        }
        Some(out)
    }

    /// Why the command line does not take a word for this key, and what it takes.
    fn refused(&self, key: &Key, word: &str) -> Option<(String, String)> {
        let command = key.commands.first().and_then(|path| below(self.model, path))?;
        let arg = command.get_arguments().find(|arg| arg.get_id() == key.arg)?;
        let possible = arg.get_possible_values();
        if possible.is_empty() {
            // What only a parser knows is tried: the command with the map that no file is read of.
            let flag = format!("--{}", arg.get_long()?);
            let path = key.commands.first()?.split(' ');
            let words = std::iter::once("benefit-map")
                .chain(path)
                .chain(["map.json", &flag, word]);
            let error = self.model.clone().try_get_matches_from(words).err()?;
            let text = error.render().to_string();
            let message = text
                .lines()
                .next()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            return Some((message, format!("write it as in {} = \"{}\"", key.name, key.example)));
        }
        if possible.iter().any(|value| value.matches(word, false)) {
            return None;
        }
        let names: Vec<&str> = possible.iter().map(|value| value.get_name()).collect();
        let help = match nearest(word, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", names.join(" or ")),
        };
        Some((format!("`{}` cannot be `{word}`", key.name), help))
    }

    fn builds(&mut self, value: &Spanned<DeValue<'_>>, project: &mut Project) {
        let Some(items) = value.get_ref().as_array() else {
            let help = "write each as [[build]] with file = \"map.svg\" under it";
            return self.fault(value.span(), "`build` is a list of files to write", help);
        };
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                let help = "write [[build]] with file = \"map.svg\" under it";
                self.fault(item.span(), "an entry of `build` has keys", help);
                continue;
            };
            if let Some(build) = self.build(table, item.span()) {
                project.builds.push(build);
            }
        }
    }

    fn build(&mut self, table: &DeTable<'_>, whole: Range<usize>) -> Option<Build> {
        let before = self.faults.len();
        let (mut file, mut make, mut options) = (None, None, Vec::new());
        for (name, value) in table {
            let text: &str = name.get_ref();
            match (text, value.get_ref()) {
                ("file", DeValue::String(path)) => file = Some((PathBuf::from(path.as_ref()), value.span())),
                ("make", DeValue::String(word)) => make = Some((word.to_string(), value.span())),
                ("options", DeValue::Array(items)) => {
                    options = self
                        .texts("options", items)?
                        .into_iter()
                        .map(|(text, _)| text)
                        .collect();
                }
                ("options", other) => {
                    let message = format!("`options` is a list of texts, not {}", kind(other));
                    self.fault(value.span(), message, "write options = [\"--paper\", \"a3\"]");
                }
                ("file" | "make", other) => {
                    let message = format!("`{text}` is a text in quotes, not {}", kind(other));
                    self.fault(value.span(), message, "put it in quotes");
                }
                _ => self.unknown(name, "an entry of `build`", &BUILD_KEYS),
            }
        }
        let Some((file, span)) = file else {
            if self.faults.len() == before {
                self.fault(whole, "an entry of `build` names no file", "add file = \"map.svg\"");
            }
            return None;
        };
        let make = match make {
            Some((make, at)) if !MAKES.contains(&make.as_str()) => {
                let help = match nearest(&make, MAKES.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it can be {}", MAKES.join(", ")),
                };
                self.fault(at, format!("`build` cannot make `{make}`"), help);
                return None;
            }
            Some((make, _)) => make,
            None => {
                let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
                if !DRAWN.contains(&ending.as_str()) {
                    let message = format!("the kind of document for {} is missing", file.display());
                    let help = "add make with the command that writes it, as in make = \"register\"";
                    self.fault(span, message, help);
                    return None;
                }
                "draw".to_owned()
            }
        };
        Some(Build {
            file,
            make,
            options,
            span,
        })
    }
}

/// The command of a path such as `report audit`.
pub fn below<'m>(model: &'m Command, path: &str) -> Option<&'m Command> {
    path.split(' ')
        .try_fold(model, |command, name| command.find_subcommand(name))
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "yes or no",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
