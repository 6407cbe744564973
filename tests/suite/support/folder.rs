//! Folders that end with their test, the program run in them, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;

use super::program::{Ran, benefit_map};

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

    /// Another folder with the same files and folders in it.
    pub fn copied(&self) -> Self {
        let other = Self::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let to = other.path().join(path.strip_prefix(self.path()).unwrap());
                if path.is_dir() {
                    fs::create_dir_all(to).unwrap();
                    folders.push(path);
                } else {
                    fs::copy(path, to).unwrap();
                }
            }
        }
        other
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

/// The names of the files in a folder, in order, hidden ones too.
pub fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
