//! Published schemas, and what independent validators have against our files by them.

use serde_json::Value;

/// What an independent validator has against a report.
pub fn against_the_schema(log: &Value) -> Result<(), String> {
    let schema = serde_json::from_str(include_str!("../../fixtures/sarif/sarif-2.1.0-rtm.5.json")).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("sarif.json", schema).unwrap();
    let index = compiler.compile("sarif.json", &mut schemas).unwrap();
    schemas.validate(log, index).map_err(|error| error.to_string())
}

/// What xmllint has against a JUnit file, by the schema of Jenkins; none where there is no such program.
pub fn against_the_schema_of_junit(xml: &str) -> Option<String> {
    if !super::foreign::there("xmllint") {
        return None;
    }
    let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/junit/junit-10.xsd");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("junit.xml");
    std::fs::write(&path, xml).unwrap();
    let done = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema)
        .arg(&path)
        .output()
        .unwrap();
    (!done.status.success()).then(|| String::from_utf8_lossy(&done.stderr).into_owned())
}
