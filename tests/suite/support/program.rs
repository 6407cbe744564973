//! The program as a script meets it: a folder of its own, a command line, what came out, and the list of all commands.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The binary, with nothing of this machine's environment that could change what it says.
pub fn benefit_map() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benefit-map"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("SOURCE_DATE_EPOCH", "1774958400"); // 2026-03-31
    command
}

/// What came of a command line.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub told: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A folder to run the program in.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the words of a line, which holds no word with a blank in it.
    pub fn run(&self, line: &str) -> Ran {
        self.run_with(line, b"")
    }

    /// Runs words that may have blanks in them.
    pub fn run_words(&self, words: &[&str]) -> Ran {
        self.run_on(words, b"")
    }

    pub fn run_with(&self, line: &str, input: &[u8]) -> Ran {
        self.run_on(&line.split_whitespace().collect::<Vec<_>>(), input)
    }

    fn run_on(&self, words: &[&str], input: &[u8]) -> Ran {
        let mut child = benefit_map()
            .current_dir(self.path())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not read has closed it.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap().into()
    }

    /// Every file below the folder with what it holds; of a link, where it leads.
    pub fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let about = fs::symlink_metadata(&path).unwrap();
                if about.is_dir() {
                    folders.push(path);
                } else if about.is_symlink() {
                    let to = fs::read_link(&path).unwrap();
                    found.insert(path, to.to_string_lossy().into_owned().into_bytes());
                } else {
                    found.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        found
    }
}

/// The help of a command.
pub fn help(command: &[String]) -> String {
    let output = benefit_map().args(command).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that a page of help lists.
fn listed(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("Commands:\n") else {
        return Vec::new();
    };
    list.lines()
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

/// Every command that does something, with its help: `import tables`, but not `import`.
pub fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(command) = waiting.pop() {
        let page = help(&command);
        let below = listed(&page);
        if below.is_empty() {
            found.push((command.join(" "), page));
        }
        waiting.extend(below.into_iter().map(|sub| {
            let mut whole = command.clone();
            whole.push(sub);
            whole
        }));
    }
    found.sort();
    found
}

/// The options of a page of help that take a value, each with the name of that value: `--output FILE`.
pub fn options(help: &str) -> Vec<(String, String)> {
    help.lines()
        .filter_map(|line| {
            let line = line.trim_start();
            let long = line
                .strip_prefix("-")
                .filter(|line| line.starts_with('-') || line.get(1..3) == Some(", "))?;
            let long = &long[long.find("--").map_or(0, |at| at + 2)..].trim_start_matches('-');
            let (name, value) = long.split_once(' ')?;
            let value = value.trim().strip_prefix('<')?.split('>').next()?;
            Some((name.to_owned(), value.to_owned()))
        })
        .collect()
}
