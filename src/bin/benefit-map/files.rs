//! The files of one run: what it reads, and what it therefore never writes over.
//!
//! Whatever a command reads or writes goes through here, so that no command can forget to look: reading takes note of the file,
//! under whatever name it was reached, and writing is refused where it would hit one of them.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self as streams, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use benefit_map::file::{self, Document, FileKind};
use benefit_map::map::limits;
use benefit_map::report::own_theme;
use benefit_map::scene::theme::Theme;

use crate::io::{self, Terminal};
use crate::output::{self, Place};
use crate::progress;

/// How much of the beginning of a file shows what it is, in bytes.
const SAMPLE: u64 = 1 << 20;
/// No file of a theme is larger, in bytes.
const MOST_OF_THEME: usize = 1 << 20;

/// What a run has read and written so far.
#[derive(Debug, Default)]
pub struct Files {
    read: RefCell<Vec<Known>>,
    folders: RefCell<Vec<Known>>,
    written: RefCell<Vec<Known>>,
}

#[derive(Debug)]
struct Known {
    /// As the user named it.
    name: PathBuf,
    identity: Identity,
}

/// What may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over<'p> {
    /// An earlier result; never what was read, nor what only people can make again.
    Results,
    /// Also this file, which was read: the command works in place.
    Itself(&'p Path),
    /// Also a map that was not read, as the user asked for.
    Maps,
}

/// What may be there already in a folder that is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InFolder {
    /// Earlier results.
    Results,
    /// Anything that was not read, as the user asked for.
    Anything,
}

/// That files were written, which people want to know: a command says it with what is in them, or in words of its own.
#[must_use = "people want to know what was written"]
#[derive(Debug)]
pub struct Wrote {
    /// The files or the folder; none where it went to standard output.
    to: Option<String>,
}

impl Wrote {
    /// Says in one line what was written and what is in it, as in `wrote map.svg (33 boxes)`; of standard output nothing.
    pub fn say(self, what: impl std::fmt::Display, terminal: &Terminal) {
        if let Some(line) = self.line(what) {
            terminal.note(line);
        }
    }

    /// The same line, for more to be said after it.
    pub fn line(self, what: impl std::fmt::Display) -> Option<String> {
        let to = self.to?;
        Some(match what.to_string() {
            what if what.is_empty() => format!("wrote {to}"),
            what => format!("wrote {to} ({what})"),
        })
    }

    /// Nothing, for the command has words of its own.
    pub fn said_otherwise(self) {}

    /// What was written there, where it was written with other files.
    pub fn at(place: &Place) -> Self {
        Self {
            to: place.path().map(|path| path.display().to_string()),
        }
    }

    fn to(path: &Path) -> Self {
        Self {
            to: Some(path.display().to_string()),
        }
    }
}

/// A theme of a house. It is kept until the program ends: there is one in a run.
pub fn theme(path: &Path) -> Result<&'static Theme> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the theme {}", path.display()))?;
    if bytes.len() > MOST_OF_THEME {
        bail!(
            "{} is larger than any theme ({MOST_OF_THEME} bytes): name a file of colours",
            path.display()
        );
    }
    let text = String::from_utf8_lossy(&bytes);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let keep = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    match own_theme(&name, &text, keep) {
        Ok(theme) => Ok(Box::leak(Box::new(theme))),
        Err(faults) => bail!("{} cannot be used as a theme:\n{faults}", path.display()),
    }
}

impl Files {
    /// Nothing is read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The map of a file, or of standard input for `-`.
    pub fn map(&self, path: &Path) -> Result<Document> {
        if io::is_stream(path) {
            return Ok(Document::parse("<stdin>", self.bytes(path)?)?);
        }
        self.reads(path);
        progress::stage(format!("Reading {}", path.display()));
        Ok(file::load(path)?)
    }

    /// The bytes of a file, or of standard input for `-`.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>> {
        self.reads(path);
        if !io::is_stream(path) {
            return Ok(file::read(path)?);
        }
        let mut bytes = Vec::new();
        // One byte more than is read lets the library say so; a stream may never end.
        streams::stdin()
            .lock()
            .take(((limits::FILE_SIZE.most as u64) << 20) + 1)
            .read_to_end(&mut bytes)
            .context("standard input could not be read")?;
        Ok(bytes)
    }

    /// The bytes of a file, or of standard input for `-`, which must be of one of these kinds; `what` is meant, as in `a workbook`.
    pub fn bytes_of(&self, path: &Path, what: &str, kinds: &[FileKind]) -> Result<Vec<u8>> {
        let bytes = self.bytes(path)?;
        expect(path, FileKind::of(&bytes), what, kinds)?;
        Ok(bytes)
    }

    /// A file, or standard input for `-`, to be read piece by piece, and what it is as far as its beginning shows.
    pub fn open(&self, path: &Path) -> Result<(Box<dyn Read>, FileKind)> {
        let failed = |source| file::Error::Io {
            path: path.to_owned(),
            doing: file::Doing::Read,
            source,
        };
        self.reads(path);
        let mut whole: Box<dyn Read> = match io::is_stream(path) {
            true => Box::new(streams::stdin().lock()),
            false => Box::new(File::open(path).map_err(failed)?),
        };
        let mut beginning = Vec::new();
        whole
            .by_ref()
            .take(SAMPLE)
            .read_to_end(&mut beginning)
            .map_err(failed)?;
        let kind = FileKind::of(&beginning);
        Ok((Box::new(streams::Cursor::new(beginning).chain(whole)), kind))
    }

    /// The files of a folder with that ending, in order of name; a folder that was read gets no further file to be read.
    pub fn list(&self, folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
        let listed = list(folder, ending)?;
        note(&self.folders, folder);
        Ok(listed)
    }

    /// The files that were read so far, and the folders that were listed, as the user named them.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let (read, folders) = (self.read.borrow(), self.folders.borrow());
        read.iter()
            .chain(folders.iter())
            .map(|known| known.name.clone())
            .collect()
    }

    /// Takes note of a file that is read by other means.
    pub fn reads(&self, path: &Path) {
        match io::is_stream(path) {
            true => note(&self.read, Path::new(STDIN)),
            false => note(&self.read, path),
        }
    }

    /// Writes a result whole.
    pub fn write(&self, place: &Place, bytes: &[u8]) -> Result<Wrote> {
        self.write_over(place, bytes, Over::Results)
    }

    /// Writes a file whole, where it is clear what may be there.
    pub fn write_over(&self, place: &Place, bytes: &[u8], over: Over<'_>) -> Result<Wrote> {
        let Some(path) = place.path() else {
            self.print(bytes)?;
            return Ok(Wrote { to: None });
        };
        self.may_write(path, over)?;
        progress::stage(format!("Writing {}", path.display()));
        file::save(path, bytes)?;
        note(&self.written, path);
        Ok(Wrote::to(path))
    }

    /// Writes several results, or none of them where one may not be written.
    pub fn write_all(&self, files: &[(&Place, &[u8], Over<'_>)]) -> Result<Wrote> {
        for (at, (place, _, over)) in files.iter().enumerate() {
            let Some(path) = place.path() else { continue };
            self.may_write(path, *over)?;
            let earlier = files[..at].iter().filter_map(|(place, ..)| place.path());
            if earlier.into_iter().any(|other| would_be_one(other, path)) {
                bail!(
                    "{} would be written twice: give each output its own name",
                    path.display()
                );
            }
        }
        for (place, bytes, over) in files {
            self.write_over(place, bytes, *over)?.said_otherwise();
        }
        let mut paths = files.iter().filter_map(|(place, ..)| place.path());
        Ok(match (paths.next(), paths.next_back()) {
            (None, _) => Wrote { to: None },
            (Some(only), None) => Wrote::to(only),
            (Some(first), Some(last)) => Wrote {
                to: Some(format!("{} to {}", first.display(), last.display())),
            },
        })
    }

    /// Writes a new file, and never over one that is there.
    pub fn write_new(&self, place: &Place, bytes: &[u8]) -> Result<Wrote> {
        let Some(path) = place.path() else {
            self.print(bytes)?;
            return Ok(Wrote { to: None });
        };
        file::save_new(path, bytes)?;
        Ok(Wrote::to(path))
    }

    /// Writes what has changed of the files of a folder, which is made where it is missing, and says how many that were. Where one of
    /// them may not be written, none is.
    pub fn write_folder(&self, folder: &Path, files: &[(String, Vec<u8>)], over: InFolder) -> Result<(Wrote, usize)> {
        let over = match over {
            InFolder::Results => Over::Results,
            InFolder::Anything => Over::Maps,
        };
        let mut changed = Vec::new();
        for (name, bytes) in files {
            let path = folder.join(name);
            match fs::symlink_metadata(&path) {
                // The user named the folder and not what is in it: a link there may lead anywhere.
                Ok(about) if about.is_symlink() => bail!(
                    "{} is a link to another file, which is not followed: remove it, or name another folder",
                    path.display()
                ),
                Ok(about) if !about.is_file() => bail!(
                    "{} already exists and is not a file: remove it, or name another folder",
                    path.display()
                ),
                Ok(_) if fs::read(&path).is_ok_and(|there| there == *bytes) => continue,
                _ => self.may_write(&path, over)?,
            }
            changed.push((path, bytes));
        }
        fs::create_dir_all(folder).map_err(|source| file::Error::Io {
            path: folder.to_owned(),
            doing: file::Doing::Write,
            source,
        })?;
        for (path, bytes) in &changed {
            file::save(path, bytes)?;
            note(&self.written, path);
        }
        Ok((Wrote::to(folder), changed.len()))
    }

    /// Makes the folder that a file goes into, where it is missing.
    pub fn make_folder_of(&self, file: &Path) -> Result<()> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), fs::create_dir_all);
        made.with_context(|| format!("the folder of {} cannot be made", file.display()))
    }

    /// Writes to standard output.
    pub fn print(&self, bytes: &[u8]) -> Result<()> {
        if let Some(known) = find(&self.read, Path::new(STDOUT)) {
            bail!(
                "standard output goes to {}, which is read by this command: send it to another file",
                shown(&known)
            );
        }
        let mut out = streams::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }

    /// Refuses to write where something would be lost, before anything is written.
    pub fn may_write(&self, path: &Path, over: Over<'_>) -> Result<()> {
        let is_own = match over {
            Over::Itself(own) => identity(own).is_some_and(|own| identity(path) == Some(own)),
            _ => false,
        };
        if is_own {
            return Ok(file::writable(path)?);
        }
        if let Some(input) = find(&self.read, path) {
            let (input, path) = (shown(&input), path.display());
            if input == path.to_string() {
                bail!("{path} is the input, and would be overwritten: name another file");
            }
            bail!(
                "{path} is the same file as {input}, which is read by this command, and would be overwritten: name another file"
            );
        }
        if find(&self.written, path).is_some() {
            bail!(
                "{} would be written twice: give each output its own name",
                path.display()
            );
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if output::ending(path).as_deref() == Some("csv")
            && let Some(folder) = find(&self.folders, parent.unwrap_or(Path::new(".")))
        {
            bail!(
                "{} would be read with the other files of {} next time: name a file in another folder",
                path.display(),
                shown(&folder)
            );
        }
        file::writable(path)?;
        match kind_of(path) {
            Some(FileKind::Map | FileKind::Measurements) if over == Over::Maps => Ok(()),
            Some(kind) if kind.is_source() => bail!(
                "{} already exists and is {}, which would be lost: name another file, or move it away",
                path.display(),
                kind.label()
            ),
            _ => Ok(()),
        }
    }
}

/// Refuses a file of another kind, and says what it is and what reads it.
pub fn expect(path: &Path, kind: FileKind, what: &str, kinds: &[FileKind]) -> Result<()> {
    if kinds.contains(&kind) {
        return Ok(());
    }
    let path = match io::is_stream(path) {
        true => Path::new("standard input").display(),
        false => path.display(),
    };
    // To begin a map is no advice where another file is meant.
    let advice = match kind {
        FileKind::Empty => "name the file that holds it",
        kind => kind.advice(),
    };
    bail!("{path} is {}, but {what} is needed: {advice}", kind.label())
}

/// The files of a folder with that ending, in order of name.
pub fn list(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let failed = |source| file::Error::Io {
        path: folder.to_owned(),
        doing: file::Doing::Read,
        source,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if output::ending(&path).as_deref() == Some(ending) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What a file holds that is there already where something may be written; none where there is none.
pub fn there(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// The names of what is in a folder, in order, hidden ones left out.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Whether there is anything in a folder.
pub fn is_filled(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// What is in a file that is there.
pub fn kind_of(path: &Path) -> Option<FileKind> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    file.take(SAMPLE).read_to_end(&mut bytes).ok()?;
    Some(FileKind::of(&bytes))
}

const STDIN: &str = "/dev/stdin";
const STDOUT: &str = "/dev/stdout";

fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(STDIN) => "standard input".to_owned(),
        _ => path.display().to_string(),
    }
}

fn note(known: &RefCell<Vec<Known>>, path: &Path) {
    if let Some(identity) = identity(path) {
        known.borrow_mut().push(Known {
            name: path.to_owned(),
            identity,
        });
    }
}

/// The name under which a file is known.
fn find(known: &RefCell<Vec<Known>>, path: &Path) -> Option<PathBuf> {
    let identity = identity(path)?;
    let known = known.borrow();
    known
        .iter()
        .find(|known| known.identity == identity)
        .map(|known| known.name.clone())
}

/// Whether two paths would name one file, of which neither need be there yet. Names that differ in case alone are taken for one, as
/// some file systems do.
fn would_be_one(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()?;
        Some(parent.join(path.file_name()?).to_string_lossy().to_lowercase())
    };
    identity(one).is_some_and(|one| identity(other) == Some(one))
        || whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// What a file or a folder is under every one of its names; none where it is not there, or where nothing of it can be lost.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let about = fs::metadata(path).ok()?;
    (about.is_file() || about.is_dir()).then(|| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
type Identity = String;

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let whole = fs::canonicalize(path).ok()?;
    Some(whole.to_string_lossy().to_lowercase())
}
