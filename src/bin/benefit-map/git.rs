//! A file as git holds it in some revision, asked of the git program.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

/// The bytes of the file in that revision of the repository that it stands in.
pub fn show(revision: &str, path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    if revision.is_empty() || revision.starts_with('-') {
        bail!("`{revision}` is not a git revision: name a commit, a branch or a tag");
    }
    let name = path
        .file_name()
        .with_context(|| format!("{shown} is not the name of a file"))?
        .to_str()
        .with_context(|| format!("git cannot look up the name {shown}"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    let inside = git(folder, &["rev-parse", "--is-inside-work-tree"])?;
    if !inside.status.success() {
        bail!("{} is not in a git repository", folder.display());
    }
    let commit = git(
        folder,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ],
    )?;
    if !commit.status.success() {
        bail!("the git repository has no revision `{revision}`: `git log` and `git tag` list what it has");
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let content = git(folder, &["cat-file", "blob", &format!("{commit}:./{name}")])?;
    if !content.status.success() {
        bail!("revision `{revision}` does not have the file {shown}");
    }
    Ok(content.stdout)
}

fn git(folder: &Path, args: &[&str]) -> Result<Output> {
    Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                anyhow::anyhow!("the program `git` is not installed: install it, or name both maps as files")
            }
            _ => anyhow::Error::new(error).context("the program `git` could not be run"),
        })
}
