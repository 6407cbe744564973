//! What a program that uses the library has to build: no server and no command line, unless it asks for them.

use std::collections::BTreeSet;
use std::process::Command;

/// The packages that the library depends on with those features, by name.
fn packages(features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(features)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "cargo tree: {said}");
    let listed = String::from_utf8(output.stdout).unwrap();
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

/// What only the server and the command line need.
const PROGRAM: [&str; 9] = [
    "clap",
    "clap_complete",
    "anyhow",
    "notify",
    "axum",
    "hyper",
    "tokio",
    "qrcode",
    "fontdb",
];

#[test]
fn the_library_alone_has_neither_server_nor_command_line() {
    let whole = packages(&[]);
    for name in PROGRAM {
        assert!(whole.contains(name), "the program has {name}");
    }
    let core = packages(&["--no-default-features"]);
    let found: Vec<&str> = PROGRAM.into_iter().filter(|name| core.contains(*name)).collect();
    assert_eq!(found, [""; 0], "among the dependencies of the library alone");
    assert!(
        core.len() * 3 < whole.len(),
        "{} of {} packages",
        core.len(),
        whole.len()
    );
}

#[test]
fn no_feature_for_files_brings_a_server() {
    let files = packages(&["--no-default-features", "--features", "xlsx,documents,exchange"]);
    let found: Vec<&str> = ["clap", "anyhow", "notify", "axum", "hyper", "tokio"]
        .into_iter()
        .filter(|name| files.contains(*name))
        .collect();
    assert_eq!(found, [""; 0]);
}
