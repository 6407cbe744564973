//! Files that the tests hold current. `BLESS=1 cargo test` rewrites them; look at what changed before committing it.

use std::fs;
use std::path::Path;

/// Asserts that the project's file at `path` holds exactly `expected`; under BLESS it is written instead.
pub fn assert_same(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    if found != expected {
        let line = found.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
        panic!(
            "{path} is not what it should be, from line {}:\n  has:    {}\n  should: {}\n(BLESS=1 cargo test rewrites it)",
            line + 1,
            found.lines().nth(line).unwrap_or("(its end)"),
            expected.lines().nth(line).unwrap_or("(its end)"),
        );
    }
}
