//! Signatures of seals: made and verified by `ssh-keygen`, with keys that people have.
//!
//! Signed is one line, the digest of the seal, in a namespace of our own, so that a signature made for anything else is
//! none of a seal. The file is OpenSSH's own (SSHSIG, `PROTOCOL.sshsig`), and anybody can verify it without benefit-map.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// What signatures of seals are made for.
pub const NAMESPACE: &str = "seal@benefit-map";

/// Beside a file of seals, the file with the signature of the seal of that number.
pub fn beside(book: &Path, number: usize) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(format!(".{number}.sig"));
    PathBuf::from(name)
}

/// The line that is signed.
fn line(digest: &str) -> String {
    format!("{digest}\n")
}

/// The signature of a digest by the private key in a file, or by the agent that holds it.
///
/// # Errors
/// Where `ssh-keygen` is not there, or does not sign.
pub fn sign(key: &Path, digest: &str) -> Result<Vec<u8>> {
    let output = ssh_keygen(&["-Y", "sign", "-n", NAMESPACE, "-f", &text(key)?], &line(digest))?;
    if !output.status.success() {
        bail!("{} does not sign: {}", key.display(), said(&output));
    }
    Ok(output.stdout)
}

/// Who signed a digest, of those that a file of allowed signers names (ssh-keygen(1), ALLOWED SIGNERS).
///
/// # Errors
/// Where `ssh-keygen` is not there, or the signature is of nobody allowed, or of something else.
pub fn verify(signature: &Path, allowed: &Path, digest: &str) -> Result<String> {
    for file in [signature, allowed] {
        std::fs::metadata(file).with_context(|| format!("{} could not be read", file.display()))?;
    }
    let (signature, allowed) = (text(signature)?, text(allowed)?);
    let found = ssh_keygen(
        &["-Y", "find-principals", "-s", &signature, "-f", &allowed],
        &line(digest),
    )?;
    let names = String::from_utf8_lossy(&found.stdout).into_owned();
    let mut why = said(&found);
    for name in names.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let verified = ssh_keygen(
            &[
                "-Y", "verify", "-n", NAMESPACE, "-f", &allowed, "-I", name, "-s", &signature,
            ],
            &line(digest),
        )?;
        if verified.status.success() {
            return Ok(name.to_owned());
        }
        why = said(&verified);
    }
    bail!("{signature} is not a signature of that seal by anyone in {allowed}: {why}")
}

/// A path as an argument; one that begins with a dash is no option.
fn text(path: &Path) -> Result<String> {
    let text = path
        .to_str()
        .with_context(|| format!("{} is not UTF-8 text, so ssh-keygen cannot use it", path.display()))?;
    Ok(match text.starts_with('-') {
        true => format!("./{text}"),
        false => text.to_owned(),
    })
}

fn ssh_keygen(args: &[&str], input: &str) -> Result<Output> {
    let child = Command::new("ssh-keygen")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("`ssh-keygen` is not installed, and signatures need it: install OpenSSH")
        }
        Err(error) => return Err(error).context("`ssh-keygen` could not be run"),
    };
    if let Some(mut stdin) = child.stdin.take() {
        // It may end before it has read all, where it refuses; what it says then is told.
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output().context("`ssh-keygen` could not be run")
}

/// What the program said, in one line.
fn said(output: &Output) -> String {
    let all = [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let words: Vec<&str> = all.iter().flat_map(|text| text.split_whitespace()).collect();
    match words.is_empty() {
        true => "ssh-keygen gives no reason".to_owned(),
        false => words.join(" "),
    }
}
