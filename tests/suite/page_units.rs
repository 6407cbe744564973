//! The pure parts of the workshop's page, tested in Node, and the types of all its scripts, checked where `tsc` is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::skip::skip;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_pure_parts_of_the_page_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str, name: &str| {
        fs::copy(root().join(from).join(name), folder.path().join(name)).unwrap();
    };
    for name in [
        "board.js",
        "chains.js",
        "clip.js",
        "dimensions.js",
        "drafts.js",
        "figures.js",
        "optimist.js",
        "shifted.js",
        "today.js",
        "typed.js",
    ] {
        copy("src/web/page", name);
    }
    copy("tests/page", "pure.test.mjs");
    fs::write(folder.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
    let Ok(done) = Command::new("node").arg("--test").current_dir(folder.path()).output() else {
        skip("no node, so the pure parts of the page were not tested (Debian: nodejs)");
        return;
    };
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let passed = said
        .lines()
        .find_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix("pass "));
    let passed: u32 = passed.unwrap_or_else(|| panic!("{said}")).trim().parse().unwrap();
    assert!(passed >= 15, "{said}");
}

#[test]
fn the_types_of_the_page_hold() {
    // No package of Debian's that the tests need anyway has it, so it is no duty.
    let Ok(done) = Command::new("tsc")
        .args(["-p", "src/web/page/jsconfig.json"])
        .current_dir(root())
        .output()
    else {
        return;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}
