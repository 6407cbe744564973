//! Reviews bind who looked, when, what they said and what was shown to them, and nothing of it changes unnoticed.

use benefit_map::audit::{self, ReviewState};
use benefit_map::check::{self, Options, Profile};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Fingerprints, Kpi, MeasurementPlan, Number, OwnerId, Says};
use proptest::prelude::*;

use crate::support::generate;
use crate::support::program::program;

fn map() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "title": "m",
          "owners": [{"id": "dir", "name": "Director", "senior": true}, {"id": "fin", "name": "Head of Finance"}],
          "nodes": [{"id": "mid", "kind": "intermediate-outcome", "title": "More patients seen"},
            {"id": "end", "kind": "end-outcome", "title": "Healthier residents"}],
          "links": [{"from": "mid", "to": "end", "rationale": "Seen early, cured early"}],
          "kpis": [{"id": "k", "node": "end", "title": "Residents in good health", "unit": "%", "direction": "increase",
            "baseline": {"date": "2026-01-31", "value": 10}, "targets": [{"date": "2029-03-31", "value": 50}],
            "tolerance": {"amber": 0.05, "red": 0.15}, "measurement": {"method": "survey", "frequency": "yearly"}}]}"#,
    )
    .unwrap()
}

fn agree(map: &BenefitMap, subject: &str) -> BenefitMap {
    let by = OwnerId::new("dir").unwrap();
    audit::record_review(
        map,
        subject,
        &by,
        "2026-05-01".parse().unwrap(),
        Says::Agreed,
        "as shown",
    )
    .unwrap()
}

fn states(map: &BenefitMap) -> Vec<ReviewState> {
    audit::reviews(map).rows.iter().map(|row| row.state).collect()
}

fn codes(map: &BenefitMap) -> Vec<&'static str> {
    let report = check::check(&BenefitGraph::new(map), &Options::new(Profile::Audit));
    let of_reviews = report
        .findings
        .iter()
        .map(|f| f.code)
        .filter(|code| code.starts_with("BM8"));
    of_reviews.collect()
}

#[test]
fn agreed_and_unchanged_after_target_cut_lost_kpi_or_another_name_is_never_said() {
    let agreed = agree(&map(), "node end");
    assert_eq!(states(&agreed), [ReviewState::Agreed]);
    assert_eq!((audit::reviews(&agreed).nodes, codes(&agreed)), ((1, 2), vec![]));
    type Change = fn(&mut BenefitMap);
    let changes: [(&str, Change, ReviewState, &str); 9] = [
        (
            "target",
            |m| m.kpis[0].targets[0].value = Number::from(15),
            ReviewState::KpisChanged,
            "BM804",
        ),
        (
            "baseline",
            |m| m.kpis[0].baseline = None,
            ReviewState::KpisChanged,
            "BM804",
        ),
        (
            "tolerance",
            |m| m.kpis[0].tolerance = None,
            ReviewState::KpisChanged,
            "BM804",
        ),
        (
            "unit",
            |m| m.kpis[0].unit = "people".to_owned(),
            ReviewState::KpisChanged,
            "BM804",
        ),
        ("gone", |m| m.kpis.clear(), ReviewState::KpisChanged, "BM804"),
        (
            "another",
            |m| m.kpis.push(Kpi::new("z".parse().unwrap(), "end".parse().unwrap(), "Z")),
            ReviewState::KpisChanged,
            "BM804",
        ),
        (
            "title",
            |m| m.nodes[1].title = "Happier".to_owned(),
            ReviewState::Suspect,
            "BM801",
        ),
        (
            "name",
            |m| m.owners[0].name = "Somebody Else".to_owned(),
            ReviewState::Altered,
            "BM805",
        ),
        (
            "both",
            |m| (m.nodes[1].due, m.kpis[0].band) = (Some("2030-01-01".parse().unwrap()), None),
            ReviewState::Suspect,
            "BM801",
        ),
    ];
    for (what, change, state, code) in changes {
        let mut changed = agreed.clone();
        change(&mut changed);
        assert_eq!(states(&changed), [state], "{what}");
        assert_eq!(codes(&changed), [code], "{what}");
        assert_eq!(
            audit::reviews(&changed).nodes,
            (0, 2),
            "{what}: not counted as unchanged"
        );
    }
    // Who measures, and how often, is no other promise.
    let mut planned = agreed.clone();
    planned.kpis[0].measurement = Some(MeasurementPlan::default());
    assert_eq!(states(&planned), [ReviewState::Agreed]);
    // A link is a claim about two nodes, and so about what is promised of both.
    let mut link = agree(&map(), "link mid -> end");
    assert_eq!(states(&link), [ReviewState::Agreed]);
    link.kpis[0].targets.clear();
    assert_eq!(states(&link), [ReviewState::KpisChanged]);
}

#[test]
fn an_agreement_of_an_earlier_version_is_never_told_as_unchanged() {
    let mut earlier = agree(&map(), "node end");
    earlier.reviews[0].fingerprint = Fingerprints::new(&earlier).of("node end").unwrap();
    assert!(earlier.reviews[0].fingerprint.starts_with("sha256:"));
    assert_eq!(
        (states(&earlier), codes(&earlier)),
        (vec![ReviewState::TextOnly], vec!["BM804"])
    );
    assert_eq!(audit::reviews(&earlier).nodes, (0, 2));
    let mut cut = earlier.clone();
    cut.kpis.clear();
    assert_eq!(states(&cut), [ReviewState::TextOnly], "its KPIs are not covered");
    earlier.nodes[1].title = "Other".to_owned();
    assert_eq!(states(&earlier), [ReviewState::Suspect]);
    let renewed = agree(&earlier, "node end");
    assert_eq!((states(&renewed), codes(&renewed)), (vec![ReviewState::Agreed], vec![]));
}

#[test]
fn the_command_says_what_each_state_means_and_fails_where_somebody_has_to_look() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("map.json");
    let run = |map: &BenefitMap| {
        std::fs::write(&file, benefit_map::file::write(map)).unwrap();
        let output = std::process::Command::new(program())
            .args(["review", "--status"])
            .arg(&file)
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    };
    let agreed = agree(&map(), "node end");
    let (text, code) = run(&agreed);
    assert!(
        text.contains("Agreed and unchanged since, KPIs included: 1 of 2 nodes"),
        "{text}"
    );
    assert_eq!(code, 0);
    let mut cut = agreed.clone();
    cut.kpis[0].targets[0].value = Number::from(15);
    let (text, code) = run(&cut);
    assert!(
        text.contains("kpis changed: agreed, but its KPIs have changed since."),
        "{text}"
    );
    assert!(text.contains("KPIs included: 0 of 2 nodes") && code == 1, "{text}");
    let mut earlier = agreed;
    earlier.reviews[0].fingerprint = Fingerprints::new(&earlier).of("node end").unwrap();
    let (text, code) = run(&earlier);
    assert!(
        text.contains("text only: agreed under an earlier version of benefit-map"),
        "{text}"
    );
    assert_eq!(code, 1);
}

proptest! {
    /// Who, when, what, the verdict, the words, the fingerprint and the reviewer's name: no change goes unnoticed.
    #[test]
    fn no_part_of_a_review_changes_unnoticed(map in generate::maps(), which in 0usize..8, note in "[a-z]{1,6}") {
        prop_assume!(map.owners.len() > 1 && map.nodes.len() > 1);
        let mut map = map;
        map.reviews.clear();
        map.canonicalize();
        let by = map.owners[0].id.clone();
        let subject = format!("node {}", map.nodes[0].id);
        let on = "2026-05-01".parse().unwrap();
        let map = audit::record_review(&map, &subject, &by, on, Says::Agreed, "seen").unwrap();
        prop_assert_eq!(states(&map), [ReviewState::Agreed]);
        // The order of the file has no say.
        let mut turned = map.clone();
        turned.kpis.reverse();
        turned.nodes.reverse();
        prop_assert_eq!(states(&turned), [ReviewState::Agreed]);
        let mut changed = map.clone();
        let other = map.owners[1].id.clone();
        let review = &mut changed.reviews[0];
        match which {
            0 => review.subject = format!("node {}", map.nodes[1].id),
            1 => review.by = other,
            2 => review.on = Some("2026-05-02".parse().unwrap()),
            3 => review.on = None,
            4 => review.says = Says::Challenged,
            5 => review.note.push_str(&note),
            6 => {
                // One digit of any of the four digests.
                let at = "v2:".len() + note.len() * 37;
                let digit = if review.fingerprint.as_bytes()[at] == b'0' { "1" } else { "0" };
                prop_assume!(review.fingerprint.as_bytes()[at] != b':');
                review.fingerprint.replace_range(at..=at, digit);
            }
            _ => changed.owners[0].name.push_str(&note),
        }
        prop_assert_eq!(states(&changed), [ReviewState::Altered]);
        prop_assert!(codes(&changed).contains(&"BM805"));
    }
}
