//! The JSON file: what is read, what is written, where faults are told.

#![allow(clippy::disallowed_methods, reason = "a test reads the fixtures where they lie")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use benefit_map::file::{self, FaultKind, Faults, SyntaxFault};
use benefit_map::finding::snippet::Style;
use benefit_map::map::BenefitMap;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::generate;
use crate::support::invalid::{INVALID, Schema};

/// The files of a folder of the package that end in `.json`, by name.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_owned));
    let json = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "json"));
    json.map(|path| {
        (
            path.file_stem().unwrap().to_str().unwrap().to_owned(),
            std::fs::read(path).unwrap(),
        )
    })
    .collect()
}

/// The example maps, by name.
fn examples() -> Vec<(String, Vec<u8>)> {
    ["smart-waste", "starter", "workshop-draft"]
        .into_iter()
        .map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps").join(name);
            (name.to_owned(), std::fs::read(path.join("map.json")).unwrap())
        })
        .collect()
}

fn faults(text: &str) -> Faults {
    file::parse("m", text).expect_err("the text should have a fault")
}

/// The faults of a text as kind, line and column.
fn told(text: &str) -> Vec<(FaultKind, usize, usize)> {
    let faults = faults(text);
    faults
        .list()
        .iter()
        .map(|f| (f.kind.clone(), f.line, f.column))
        .collect()
}

/// The JSON Schema in the hands of a validator that is not ours.
struct Validator {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let schema: Value = serde_json::from_str(&file::schema()).unwrap();
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource(file::SCHEMA_ID, schema).unwrap();
        let index = compiler.compile(file::SCHEMA_ID, &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn refusal(&self, value: &Value) -> Option<String> {
        self.schemas
            .validate(value, self.index)
            .err()
            .map(|error| format!("{error:#}"))
    }
}

static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);

#[test]
fn every_invalid_file_has_its_one_fault_where_it_stands() {
    let files = files("tests/fixtures/invalid");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, INVALID.iter().map(|row| row.0).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for ((name, bytes), (_, kind, line, column, _)) in files.iter().zip(INVALID) {
        let faults = file::parse_bytes(name, bytes).expect_err(name);
        let told: Vec<_> = faults
            .list()
            .iter()
            .map(|f| (format!("{:?}", f.kind), f.line, f.column))
            .collect();
        let as_expected = matches!(&told[..], [(k, l, c)] if k.starts_with(kind) && (l, c) == (line, column));
        if !as_expected {
            wrong.push(format!("{name}: expected {kind} at {line}:{column}, found {told:?}"));
        }
        for fault in faults.list() {
            let (message, help) = (fault.kind.message(), fault.kind.help());
            assert!(
                !message.is_empty() && !message.ends_with('.') && !help.ends_with('.'),
                "{name}: {message} {help}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_validator_judges_the_fixtures_by_the_schema_alike() {
    for (name, bytes) in examples().into_iter().chain(files("tests/fixtures/valid")) {
        file::parse_bytes(&name, &bytes).unwrap_or_else(|faults| panic!("{faults}"));
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(VALIDATOR.refusal(&value), None, "{name}");
    }
    for ((name, bytes), row) in files("tests/fixtures/invalid").iter().zip(INVALID) {
        let found = match serde_json::from_slice::<Value>(bytes) {
            Err(_) => Schema::NotJson,
            Ok(value) if VALIDATOR.refusal(&value).is_some() => Schema::Refuses,
            Ok(_) => Schema::Passes,
        };
        assert_eq!(found, row.4, "{name}");
    }
}

#[test]
fn the_schema_describes_every_field() {
    let schema: Value = serde_json::from_str(&file::schema()).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], file::SCHEMA_ID);
    let records = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    let mut fields = 0;
    for record in records {
        let Some(properties) = record["properties"].as_object() else {
            continue;
        };
        assert_eq!(record["additionalProperties"], false, "{record:#}");
        for (name, property) in properties {
            fields += 1;
            assert!(
                property["description"].as_str().is_some_and(|d| !d.is_empty()),
                "{name}"
            );
        }
    }
    assert!(fields > 90, "{fields}");
}

/// One text with a fault of each family, told in one run: nothing hides anything.
const MANY: &str = r#"{
  "format": 1, // the first
  "titel": "Bins",
  "nodes": [
    {"id": "Bin Sensors", "kind": "enabler", "due": "31/03/2027"},
    {"id": "rounds", "kind": "busines-change", "owner": "nobody", "start": 2026}
    {"id": "rounds", "kind": "end-outcome", "tags": "x",},
  ],
  "links": [
    {"from": "bin-sensors", "to": "rouds", "contribution": 0.1234567890123456}
  ]
}
"#;

#[test]
fn all_faults_of_a_text_are_told_in_one_run() {
    let kinds: Vec<(String, usize, usize)> = told(MANY)
        .into_iter()
        .map(|(kind, line, column)| {
            let name = format!("{kind:?}").replace("Syntax(", "");
            let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
            (name[..end].to_owned(), line, column)
        })
        .collect();
    let expected = [
        ("Comment", 2, 16),
        ("UnknownField", 3, 3),
        ("BadId", 5, 12),
        ("BadDay", 5, 53),
        ("BadWord", 6, 30),
        ("UnknownReference", 6, 57),
        ("WrongType", 6, 76),
        ("MissingComma", 6, 81),
        ("DuplicateId", 7, 12),
        ("WrongType", 7, 53),
        ("TrailingComma", 7, 56),
        ("TrailingComma", 7, 58),
        ("UnknownReference", 10, 35),
        ("TooManyDigits", 10, 60),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(k, l, c)| (k.to_owned(), l, c)).collect();
    assert_eq!(kinds, expected);
}

#[test]
fn the_report_shows_each_place_and_what_to_do() {
    let report = faults(MANY).render(Style::Plain);
    let one = "\
error: the map has no node `rouds`
  --> m:10:35
   |
10 |     {\"from\": \"bin-sensors\", \"to\": \"rouds\", \"contribution\": 0.1234567890123456}
   |                                   ^^^^^^^
   |
   = help: did you mean `rounds`?
";
    assert!(report.contains(one), "{report}");
    assert!(report.ends_with("`m` cannot be read: 14 faults"), "{report}");
    assert_eq!(report, faults(MANY).to_string());
    assert!(faults(MANY).render(Style::Coloured).contains("\u{1b}["));
}

#[test]
fn of_very_many_faults_a_hundred_are_shown_and_all_are_counted() {
    let nodes = vec!["7"; 20_000].join(",");
    let faults = faults(&format!(r#"{{"format": 1, "nodes": [{nodes}]}}"#));
    assert_eq!((faults.count(), faults.list().len()), (20_000, 10_000));
    let report = faults.to_string();
    assert_eq!(report.matches("must be a record").count(), 100);
    assert!(
        report.ends_with("20000 faults, 19900 of them not shown"),
        "{}",
        &report[report.len() - 200..]
    );
}

#[test]
fn what_is_not_known_is_not_told() {
    let none = |kind: &FaultKind| !matches!(kind, FaultKind::UnknownReference { .. } | FaultKind::DuplicateId { .. });
    for text in [
        // A record that could not be read may be the one that is pointed to.
        r#"{"format": 1, "nodes": [7], "links": [{"from": "a", "to": "b"}]}"#,
        r#"{"format": 1, "nodes": [{"kind": "enabler"}], "links": [{"from": "a", "to": "b"}]}"#,
        r#"{"format": 1, "nodes": [{"id": 5, "kind": "enabler"}], "links": [{"from": "a", "to": "b"}]}"#,
        r#"{"format": 1, "nodes": {}, "links": [{"from": "a", "to": "b"}]}"#,
        r#"{"format": 1, "plans": [{}, 3], "risks": 1, "owners": [{"id": "o", "name": "O"}]}"#,
        r#"{"format": 1, "plans": [3, {"owner": "o", "activities": [{"id": "a", "after": ["b"]}]}], "owners": [{"id": "o", "name": "O"}]}"#,
        "{\"format\": 1, \"links\": [{\"from\": \"a\", \"to\": \"b\"}],\n \"nodes\": [{\"id\": \"a\", \"kind\": \"enabler\"}, {\"id\"",
        // The id that a bad one was meant to be.
        r#"{"format": 1, "nodes": [{"id": "A", "kind": "enabler"}], "links": [{"from": "a", "to": "a"}]}"#,
    ] {
        let kinds = told(text);
        assert!(kinds.iter().all(|(kind, _, _)| none(kind)), "{text}\n{kinds:?}");
    }
    // By themselves they are for the rules.
    let text = r#"{"format": 1, "nodes": [{"id": "a", "kind": "enabler"}, {"id": "a", "kind": "enabler"}], "links": [{"from": "a", "to": "b"}]}"#;
    assert!(file::parse("m", text).is_ok());
}

#[test]
fn slips_of_the_keyboard_do_not_drag_others_along() {
    // A bracket, a quote or a comma too few or too many: one fault, and the rest of the file is read.
    let node = |id: &str| format!("{{\"id\": \"{id}\", \"kind\": \"enabler\"}}");
    let map = |nodes: &str| {
        format!(
            "{{\n  \"format\": 1,\n  \"nodes\": [\n{nodes}\n  ],\n  \"links\": [{{\"from\": \"a\", \"to\": \"c\"}}],\n  \"bad\": 1\n}}\n"
        )
    };
    for (slip, nodes) in [
        (
            "a bracket too many",
            format!("{}}},\n{},\n{}", node("a"), node("b"), node("c")),
        ),
        (
            "a bracket too few",
            format!("{{\"id\": \"a\", \"kind\": \"enabler\",\n{},\n{}", node("b"), node("c")),
        ),
        (
            "a quote too few",
            format!(
                "{{\"id\": \"a\", \"kind\": \"enabler\", \"title\": \"x}},\n{},\n{}",
                node("b"),
                node("c")
            ),
        ),
        (
            "quotes within quotes",
            format!(
                "{{\"id\": \"a\", \"kind\": \"enabler\", \"title\": \"the \"big\" one\"}},\n{},\n{}",
                node("b"),
                node("c")
            ),
        ),
        (
            "text without quotes",
            format!(
                "{{\"id\": \"a\", \"kind\": \"enabler\", \"title\": Bins of all kinds}},\n{},\n{}",
                node("b"),
                node("c")
            ),
        ),
    ] {
        let text = map(&nodes);
        let faults = faults(&text);
        let kinds: Vec<&FaultKind> = faults.list().iter().map(|fault| &fault.kind).collect();
        // Of a record that was cut short more may be told; of the others, nothing but the unknown field at the end.
        assert!(kinds.len() <= 3, "{slip}: {faults}");
        assert!(matches!(kinds[0], FaultKind::Syntax(_)), "{slip}: {faults}");
        let last = kinds[kinds.len() - 1];
        assert!(
            matches!(last, FaultKind::UnknownField { field, .. } if field == "bad"),
            "{slip}: {faults}"
        );
        assert!(
            !kinds
                .iter()
                .any(|kind| matches!(kind, FaultKind::UnknownReference { .. })),
            "{slip}: {faults}"
        );
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_taken() {
    let (_, bytes) = examples().swap_remove(0);
    let text = String::from_utf8(bytes).unwrap();
    let map = file::parse("m", &text).unwrap();
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(file::parse_bytes("m", marked.as_bytes()).unwrap(), map);
    assert_eq!(file::parse("m", &marked).unwrap(), map);
    let wrong = marked.replacen("\"title\"", "\"titel\"", 1);
    let faults = file::parse_bytes("m", wrong.as_bytes()).unwrap_err();
    assert_eq!((faults.list()[0].line, faults.list()[0].column), (4, 3), "{faults}");
    assert!(!faults.to_string().contains('\r'));
}

#[test]
fn the_order_of_the_file_carries_no_meaning_in_what_is_written() {
    let (_, bytes) = examples().swap_remove(0);
    let map = file::parse_bytes("m", &bytes).unwrap();
    let mut turned = map.clone();
    turned.nodes.reverse();
    turned.links.reverse();
    turned.kpis.reverse();
    turned.owners.reverse();
    assert_eq!(file::write(&turned), file::write(&map));
    assert_eq!(file::write(&map).as_bytes(), bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_the_canonical_map(map in generate::maps()) {
        let text = file::write(&map);
        let read = file::parse("m", &text).unwrap();
        let mut canonical = map;
        canonical.canonicalize();
        prop_assert_eq!(&read, &canonical);
        prop_assert_eq!(file::write(&read), text);
    }

    /// The reader with places and serde alone read the same map from any text that both take.
    #[test]
    fn the_reader_reads_what_serde_reads(map in generate::maps(), compact in any::<bool>()) {
        let text = if compact { serde_json::to_string(&map).unwrap() } else { serde_json::to_string_pretty(&map).unwrap() };
        prop_assert_eq!(file::parse("m", &text).unwrap(), serde_json::from_str::<BenefitMap>(&text).unwrap());
    }

    #[test]
    fn the_schema_takes_whatever_is_written(map in generate::maps()) {
        let value: Value = serde_json::from_str(&file::write(&map)).unwrap();
        prop_assert_eq!(VALIDATOR.refusal(&value), None);
    }

    /// Where a value of a written map is replaced by another, reader and schema refuse it or take it alike.
    #[test]
    fn reader_and_schema_judge_a_changed_map_alike(
        map in generate::maps(),
        pick in any::<prop::sample::Index>(),
        other in prop::sample::select(vec![
            "null", "true", "0", "1", "6", "-1", "2.5", "70000", "\"\"", "\"x\"", "\"X y\"", "\"2026-02-30\"",
            "\"2026-02-28\"", "\"a -> b\"", "\"enabler\"", "\"open\"", "[]", "[null]", "[\"x\"]", "{}", "[{}]",
            "{\"profile\": \"step\"}", "{\"points\": []}", "{\"enabler\": null}",
        ]),
    ) {
        let mut value: Value = serde_json::from_str(&file::write(&map)).unwrap();
        let mut paths = Vec::new();
        collect(&value, String::new(), &mut paths);
        *value.pointer_mut(&paths[pick.index(paths.len())]).unwrap() = serde_json::from_str(other).unwrap();
        let read = file::parse("m", &serde_json::to_string(&value).unwrap());
        let refusal = VALIDATOR.refusal(&value);
        prop_assert_eq!(read.is_err(), refusal.is_some(), "{:?}\n{:?}\n{:#}", read.err(), refusal, value);
    }

    /// The scanner finds a syntax fault exactly where the text is no JSON.
    #[test]
    fn a_text_has_syntax_faults_where_serde_cannot_read_it(
        text in "(\\[|\\]|\\{|\\}|:|,|\"|\"a\"|\"\\\\u00e9\"|\\\\|null|true|1|-|\\.5|e3|0| |\n|é|//|'){0,14}",
    ) {
        let found = match file::parse("m", &text) {
            Ok(_) => false,
            Err(faults) => faults.list().iter().any(|fault| matches!(fault.kind, FaultKind::Syntax(_))),
        };
        let json = serde_json::from_str::<Value>(&text);
        prop_assert_eq!(found, json.is_err(), "{:?} {:?}", text, json);
    }

    #[test]
    fn damage_is_told_within_the_text(map in generate::maps(), cut in any::<prop::sample::Index>(), length in 0usize..30) {
        let text = file::write(&map);
        let from = cut.index(text.len());
        let kept: String = text.char_indices().filter(|(at, _)| !(from..from + length).contains(at)).map(|(_, c)| c).collect();
        if let Err(faults) = file::parse("m", &kept) {
            let mut last = (0, 0);
            for fault in faults.list() {
                prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= kept.len());
                prop_assert!(kept.is_char_boundary(fault.span.start) && kept.is_char_boundary(fault.span.end));
                prop_assert!((fault.line, fault.column) >= last);
                last = (fault.line, fault.column);
            }
            prop_assert!(!faults.to_string().is_empty());
        }
    }
}

/// The JSON pointers of all values within a value.
fn collect(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for (n, inner) in values.iter().enumerate() {
                collect(inner, format!("{path}/{n}"), paths);
            }
        }
        Value::Object(fields) => {
            for (name, inner) in fields {
                collect(inner, format!("{path}/{name}"), paths);
            }
        }
        _ => {}
    }
    paths.push(path);
}

#[test]
fn syntax_faults_of_one_line_are_told_apart() {
    let kinds = told(r#"{"format": 1, "title": 'A', owners: [], "nodes": [,], /* */ "tags": .5,}"#);
    let soft = |kind: &FaultKind| {
        matches!(
            kind,
            FaultKind::Syntax(SyntaxFault::Quotes { .. } | SyntaxFault::UnquotedField { .. } | SyntaxFault::ExtraComma)
        )
    };
    assert_eq!(kinds.iter().filter(|(kind, _, _)| soft(kind)).count(), 3, "{kinds:?}");
}
