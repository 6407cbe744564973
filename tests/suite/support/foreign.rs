//! Programs of others that read what we write: LibreOffice, poppler, xmllint.

use std::process::{Command, Stdio};

/// Whether a program is installed; told where it is not.
pub fn there(program: &str) -> bool {
    let found = Command::new(program)
        .arg(if program == "pdftoppm" || program == "pdftotext" {
            "-v"
        } else {
            "--version"
        })
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok();
    if !found {
        super::skip::skip(&format!("{program} is not installed"));
    }
    found
}

/// What LibreOffice makes of a file, as PDF. Each call has a profile of its own, so that tests do not wait for each other.
pub fn converted(name: &str, bytes: &[u8]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", dir.path().display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(dir.path())
        .arg(&path)
        .output()
        .unwrap();
    let pdf = path.with_extension("pdf");
    assert!(pdf.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(pdf).unwrap()
}

/// What pdfinfo says of a PDF, without white space.
pub fn told_of_pdf(bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    let done = Command::new("pdfinfo").arg(&path).output().unwrap();
    String::from_utf8_lossy(&done.stdout)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// The text of a PDF without white space.
pub fn words_of_pdf(bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    let done = Command::new("pdftotext").arg(&path).arg("-").output().unwrap();
    String::from_utf8_lossy(&done.stdout)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}
