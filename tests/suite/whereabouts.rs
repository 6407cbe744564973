//! Where a map's things stand in the text it was read from.

use benefit_map::file::{self, Source};
use benefit_map::finding::{Subject, Whereabouts};
use benefit_map::map::BenefitMap;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::generate;

/// What stands at a place, and its line.
fn at<'s>(source: &'s Source, subject: &str, occurrence: usize, field: Option<&str>) -> (&'s str, usize) {
    let subject: Subject = subject.parse().unwrap();
    let place = source.place(&subject, occurrence, field).unwrap();
    assert_eq!(place.file, "m");
    (&source.text()[place.span.clone()], place.line)
}

#[test]
fn every_subject_is_found_where_it_stands() {
    let text = "\u{feff}{
  \"format\": 1,
  \"title\": \"T\",
  \"nodes\": [
    {\"id\": \"a\", \"kind\": \"enabler\", \"tags\": [
      \"x\"]},
    {\"kind\": \"end-outcome\", \"id\": \"a\", \"owner\": \"o\"}
  ],
  \"links\": [
    {\"from\": \"a\", \"to\": \"b\", \"rationale\": \"because\"},
    {
      \"to\": \"c\",
      \"from\": \"\\u0061\"
    }
  ],
  \"owners\": [{\"id\": \"o\", \"name\": \"O\"}],
  \"kpis\": [{\"id\": \"k\", \"node\": \"a\", \"unit\": \"km\"}],
  \"risks\": [{\"id\": \"r\"}],
  \"partners\": [{\"id\": \"p\", \"name\": \"P\"}],
  \"plans\": [{\"owner\": \"o\", \"activities\": [
    {\"id\": \"t\", \"title\": \"Work\"}]}],
  \"allow\": [
    {\"rule\": \"orphan\", \"subject\": \"map\", \"reason\": \"r1\"},
    {\"rule\": \"cycle\", \"subject\": \"map\", \"reason\": \"r2\"}]
}";
    let source = Source::new("m", text);
    for (subject, occurrence, field, expected) in [
        ("map", 0, None, ("{", 1)),
        ("map", 0, Some("title"), ("\"T\"", 3)),
        ("map", 0, Some("purpose"), ("{", 1)),
        ("node a", 0, None, ("\"a\"", 5)),
        ("node a", 0, Some("kind"), ("\"enabler\"", 5)),
        ("node a", 0, Some("tags"), ("\"tags\"", 5)),
        ("node a", 0, Some("owner"), ("\"a\"", 5)),
        ("node a", 1, None, ("\"a\"", 7)),
        ("node a", 1, Some("owner"), ("\"o\"", 7)),
        ("node a", 7, Some("owner"), ("\"o\"", 7)),
        ("link a -> b", 0, Some("rationale"), ("\"because\"", 10)),
        ("link a -> b", 0, None, ("\"a\", \"to\": \"b\"", 10)),
        ("link a -> c", 0, None, ("\"\\u0061\"", 13)),
        ("link a -> c", 0, Some("to"), ("\"c\"", 12)),
        ("owner o", 0, None, ("\"o\"", 16)),
        ("kpi k", 0, Some("unit"), ("\"km\"", 17)),
        ("risk r", 0, Some("owner"), ("\"r\"", 18)),
        ("partner p", 0, Some("name"), ("\"P\"", 19)),
        ("plan o", 0, None, ("\"o\"", 20)),
        ("activity t", 0, Some("title"), ("\"Work\"", 21)),
        ("allowance 2", 0, Some("reason"), ("\"r2\"", 24)),
        ("node nothing", 0, Some("title"), ("", 1)),
        ("allowance 3", 0, None, ("", 1)),
    ] {
        assert_eq!(at(&source, subject, occurrence, field), expected, "{subject} {field:?}");
    }
    let place = source.place(&"kpi k".parse().unwrap(), 0, Some("node")).unwrap();
    assert_eq!((place.line, place.column), (17, 32));
    // A text that is no map has a top all the same.
    for text in ["", "[", "7", "{\"nodes\": [{\"id\""] {
        let source = Source::new("m", text);
        assert_eq!(source.place(&Subject::Map, 0, Some("title")).unwrap().line, 1);
        assert_eq!(source.place(&"node a".parse().unwrap(), 0, None).unwrap().line, 1);
    }
}

/// The subjects and the fields of every record of a map, with the value that the file holds there.
fn subjects(map: &BenefitMap) -> Vec<(Subject, Value)> {
    let value = |record: &dyn erased::Record| record.value();
    let mut all: Vec<(Subject, Value)> = Vec::new();
    all.extend(map.nodes.iter().map(|n| (Subject::Node(n.id.clone()), value(n))));
    all.extend(map.owners.iter().map(|o| (Subject::Owner(o.id.clone()), value(o))));
    all.extend(map.kpis.iter().map(|k| (Subject::Kpi(k.id.clone()), value(k))));
    all.extend(map.risks.iter().map(|r| (Subject::Risk(r.id.clone()), value(r))));
    all.extend(map.partners.iter().map(|p| (Subject::Partner(p.id.clone()), value(p))));
    all.extend(map.links.iter().map(|l| {
        let (from, to) = (l.from.clone(), l.to.clone());
        (Subject::Link { from, to }, value(l))
    }));
    for plan in &map.plans {
        all.extend(
            plan.activities
                .iter()
                .map(|a| (Subject::Activity(a.id.clone()), value(a))),
        );
    }
    all
}

/// Any record as a JSON value.
mod erased {
    use serde_json::Value;

    pub trait Record {
        fn value(&self) -> Value;
    }
    impl<T: serde::Serialize> Record for T {
        fn value(&self) -> Value {
            serde_json::to_value(self).unwrap()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every field of every record is found: its place holds the value that the record has there.
    #[test]
    fn a_field_of_a_record_stands_at_its_place(mut map in generate::maps()) {
        map.canonicalize();
        let source = Source::new("m", file::write(&map));
        for (subject, record) in subjects(&map) {
            for (field, value) in record.as_object().unwrap() {
                let place = source.place(&subject, 0, Some(field)).unwrap();
                let shown: Value = serde_json::from_str(&source.text()[place.span.clone()]).unwrap();
                // Of a list or a record the name of the field is shown.
                let expected = if value.is_object() || value.is_array() { Value::from(field.as_str()) } else { value.clone() };
                prop_assert_eq!(shown, expected, "{} {}", subject, field);
                let line = source.text()[..place.span.start].matches('\n').count() + 1;
                prop_assert_eq!(place.line, line);
            }
        }
    }
}
