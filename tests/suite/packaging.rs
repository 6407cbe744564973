//! What is published: an archive with the same bytes each time, and an installer that takes nothing damaged.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::folder::Folder;
use crate::support::skip::skip;

/// The system whose archive the installer asks for here; `None` where it knows none.
fn system() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-gnu"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Some("x86_64-apple-darwin"),
        ("macos", "aarch64") => Some("aarch64-apple-darwin"),
        _ => None,
    }
}

fn script(name: &str) -> String {
    format!("{}/scripts/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Packs a folder with a program that only says its version.
fn pack(folder: &Path, name: &str, archive: &str) -> Output {
    let inside = folder.join(name);
    fs::create_dir_all(&inside).unwrap();
    let program = inside.join("benefit-map");
    fs::write(&program, "#!/bin/sh\necho benefit-map 9.9.9\n").unwrap();
    fs::write(inside.join("README.md"), "Read me.\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut python = Command::new("python3");
    python.arg(script("archive.py")).arg(&inside).arg(folder.join(archive));
    python.arg("1700000000").output().unwrap()
}

fn install(releases: &Path, to: &Path) -> Output {
    let mut sh = Command::new("sh");
    sh.arg(script("install.sh")).arg(to);
    sh.env("BENEFIT_MAP_RELEASES", releases)
        .env("BENEFIT_MAP_VERSION", "9.9.9");
    sh.output().unwrap()
}

#[test]
fn the_installer_takes_an_archive_only_with_its_check_sum() {
    let Some(system) = system() else {
        return skip("the installer knows no archive for this system");
    };
    if Command::new("python3").arg("--version").output().is_err() {
        return skip("python3 is missing, which packs archives");
    }
    let folder = Folder::new();
    let (releases, home) = (folder.path().to_owned(), folder.at("bin"));
    let name = format!("benefit-map-9.9.9-{system}");
    let archive = format!("{name}.tar.gz");
    assert!(pack(&releases, &name, &archive).status.success());

    let done = install(&releases, &home);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains("installed benefit-map 9.9.9"));
    let said = Command::new(home.join("benefit-map")).output().unwrap();
    assert_eq!(said.stdout, b"benefit-map 9.9.9\n");

    // The same folder gives the same bytes.
    let first = fs::read(releases.join(&archive)).unwrap();
    assert!(pack(&releases, &name, &archive).status.success());
    assert_eq!(fs::read(releases.join(&archive)).unwrap(), first);

    // One byte off: refused, and what was installed stays.
    let mut damaged = first;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(releases.join(&archive), damaged).unwrap();
    let refused = install(&releases, &home);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("check sum"));
    assert_eq!(
        Command::new(home.join("benefit-map")).output().unwrap().stdout,
        b"benefit-map 9.9.9\n"
    );

    // Nothing there: said, and nothing is made.
    let elsewhere = folder.at("other");
    let missing = install(&folder.at("none"), &elsewhere);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("Nothing was installed"));
    assert!(!elsewhere.exists());
}

#[test]
fn the_wheel_has_the_version_of_the_package_and_the_container_no_rights() {
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    // The wheel takes its version from Cargo.toml, so that there is one.
    let wheel = read("pyproject.toml");
    assert!(wheel.contains("dynamic = [\"version\"]") && !wheel.contains("\nversion"));
    // The container runs as a user without rights.
    let container = read("Containerfile");
    let user = container
        .lines()
        .rfind(|line| line.starts_with("USER "))
        .expect("a user");
    assert!(!user.contains("root") && !user.ends_with(" 0"), "{user}");
}
