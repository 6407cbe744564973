//! The one place where a test says that it could not be run here: aloud, and on a server of checks as a failure.

use std::io::Write as _;

/// Says past the test harness, which would swallow it, what was not tested and why.
///
/// # Panics
/// Where the variable `CI` is set: there everything has to be installed, and what is skipped in silence is not tested.
pub fn skip(why: &str) {
    if let Some(failure) = refused(why, std::env::var("CI").ok().as_deref()) {
        panic!("{failure}");
    }
    std::io::stderr()
        .write_all(format!("SKIPPED: {why}\n").as_bytes())
        .unwrap();
}

fn refused(why: &str, ci: Option<&str>) -> Option<String> {
    let ci = ci.is_some_and(|value| !matches!(value, "" | "0" | "false"));
    ci.then(|| format!("not tested, though CI is set: {why}; scripts/test.sh installs what the tests need"))
}

#[test]
fn what_is_skipped_is_a_failure_on_a_server_of_checks() {
    for value in [None, Some(""), Some("0"), Some("false")] {
        assert_eq!(refused("no browser", value), None);
    }
    for value in ["true", "1", "yes"] {
        let failure = refused("no browser", Some(value)).unwrap();
        assert!(failure.contains("no browser") && failure.contains("CI"), "{failure}");
    }
}

#[test]
fn nothing_is_skipped_in_another_way() {
    let mut waiting = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")];
    let mut seen = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        seen += 1;
        if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("skip.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let own = ["SKIP", "PED:"].concat();
            assert!(
                !text.contains(&own),
                "{} says by itself that it is skipped: use `skip`",
                path.display()
            );
            let beside = ["../", "shared"].concat();
            assert!(
                !text.contains(&beside),
                "{} reads what lies outside the project",
                path.display()
            );
        }
    }
    assert!(seen > 80, "{seen} files are too few to be all");
}
