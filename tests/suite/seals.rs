//! Seals: what is held of a map and its measurements, what is computed again, and what no change gets past.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::audit::{self, RowsHeld, SealBook, Sealing};
use benefit_map::check::Profile;
use benefit_map::map::{BenefitMap, Number, digest};
use benefit_map::track::{Measurement, Measurements, RowsRead};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::program;

const MAP: &str = r#"{"format": 1, "title": "m", "owners": [{"id": "o", "name": "Olive"}],
  "nodes": [{"id": "a", "kind": "investment", "title": "A"}, {"id": "b", "kind": "business-change", "title": "B"},
    {"id": "c", "kind": "end-outcome", "title": "C", "owner": "o"}],
  "links": [{"from": "a", "to": "b", "evidence": [{"source": "Tender", "strength": "strong"}]}, {"from": "b", "to": "c"}],
  "kpis": [{"id": "k", "node": "c", "title": "K", "direction": "increase", "baseline": {"date": "2026-01-01", "value": 10},
    "targets": [{"date": "2029-01-01", "value": 50}]}, {"id": "l", "node": "c", "title": "L"}],
  "reviews": [{"subject": "node c", "by": "o", "on": "2026-05-01", "says": "challenged", "note": "Which survey?"}]}"#;

const ROWS: &str = "kpi,date,value,source,note\nk,2026-06-30,40,Panel,\nk,2026-06-30,11,Panel,corrected: typing error\n\
                    l,2026-06-30,3,System,\nk,2026-07-31,12,Panel,\n";

/// A folder with a map and its measurements.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("map.json"), MAP).unwrap();
    fs::write(dir.path().join("m.csv"), ROWS).unwrap();
    dir
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program()).current_dir(dir).args(args).output().unwrap()
}

/// What was said on both streams, and the exit code.
fn told(dir: &Path, args: &[&str]) -> (String, i32) {
    let output = run(dir, args);
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (text.concat(), output.status.code().unwrap())
}

fn seal(dir: &Path, rest: &[&str]) {
    let args = [&["seal", "map.json", "-o", "s.json"][..], rest].concat();
    let (text, code) = told(dir, &args);
    assert_eq!(code, 0, "{text}");
}

fn book(dir: &Path) -> Value {
    serde_json::from_slice(&fs::read(dir.join("s.json")).unwrap()).unwrap()
}

/// The file with its last seal forged: changed, and given the digest that then belongs to it.
fn forge(dir: &Path, change: impl FnOnce(&mut Value)) {
    let mut book = book(dir);
    change(&mut book);
    let seals = book["seals"].as_array_mut().unwrap();
    let last = seals.last_mut().unwrap();
    last["digest"] = json!("");
    let bare: audit::Seal = serde_json::from_value(last.clone()).unwrap();
    last["digest"] = json!(digest(&serde_json::to_vec(&bare).unwrap()));
    fs::write(dir.join("s.json"), serde_json::to_vec_pretty(&book).unwrap()).unwrap();
}

const VERIFY: [&str; 6] = ["seal", "map.json", "--verify", "s.json", "--measurements", "m.csv"];

#[test]
fn a_seal_holds_profile_version_time_and_every_row() {
    let dir = folder();
    seal(
        dir.path(),
        &[
            "--measurements",
            "m.csv",
            "--on",
            "2026-10-05",
            "--by",
            "Internal Audit",
        ],
    );
    let seal = &book(dir.path())["seals"][0];
    assert_eq!(
        (seal["profile"].as_str(), seal["version"].as_str()),
        (Some("audit"), Some(audit::VERSION))
    );
    assert!(seal["made"].as_str().unwrap().ends_with('Z') && seal["on"] == "2026-10-05");
    assert_eq!(
        (&seal["rows"][0]["kpi"], &seal["rows"][0]["rows"]),
        (&json!("k"), &json!(3))
    );
    let (text, code) = told(dir.path(), &VERIFY);
    assert_eq!(code, 0, "{text}");
    for line in [
        "The chain of seals is complete.",
        "The coverage and the findings of seal 1 are those of the map beside it.",
        "map.json is the map of the last seal.",
        "The measurements are the same as in the last seal.",
        "seals that were cut off or made again cannot be noticed",
        "under the profile audit",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn measurements_that_were_sealed_and_are_not_given_are_said_not_to_be_verified() {
    let dir = folder();
    seal(dir.path(), &["--measurements", "m.csv", "--on", "2026-10-05"]);
    for args in [&VERIFY[..4], &["seal", "--verify", "s.json"]] {
        let (text, code) = told(dir.path(), args);
        assert!(text.contains("none were given: they have NOT been verified"), "{text}");
        assert_eq!(code, 1);
    }
}

#[test]
fn seal_ignores_provenance_of_no_measurement() {
    for (what, rows) in [
        ("value", ROWS.replace("11,Panel", "50,Panel")),
        ("note", ROWS.replace("typing error", "on request")),
        ("source", ROWS.replace("12,Panel", "12,Guess")),
        ("superseded value", ROWS.replace("40,Panel", "41,Panel")),
        ("superseded row gone", ROWS.replace("k,2026-06-30,40,Panel,\n", "")),
        (
            "order of the two",
            "kpi,date,value,source,note\nk,2026-06-30,11,Panel,corrected: typing error\nk,2026-06-30,40,Panel,\n\
             l,2026-06-30,3,System,\nk,2026-07-31,12,Panel,\n"
                .to_owned(),
        ),
        ("day", ROWS.replace("2026-07-31", "2026-07-30")),
    ] {
        let dir = folder();
        seal(dir.path(), &["--measurements", "m.csv", "--on", "2026-10-05"]);
        assert_ne!(rows, ROWS);
        fs::write(dir.path().join("m.csv"), rows).unwrap();
        let (text, code) = told(dir.path(), &VERIFY);
        assert!(
            text.contains("The measurements are not the same as in the last seal."),
            "{what}: {text}"
        );
        assert!(text.contains("rows of k.") && code == 1, "{what}: {text}");
    }
    // The same rows in two files, of which one has its columns in another order, are the same measurements.
    let dir = folder();
    seal(dir.path(), &["--measurements", "m.csv", "--on", "2026-10-05"]);
    fs::write(
        dir.path().join("m.csv"),
        "note;kpi;value;date;source\n;l;3;2026-06-30;System\n;k;12;2026-07-31;Panel\n",
    )
    .unwrap();
    fs::write(
        dir.path().join("n.csv"),
        "kpi,date,value,source,note\nk,2026-06-30,40,Panel,\nk,2026-06-30,11,Panel,corrected: typing error\n",
    )
    .unwrap();
    let (text, code) = told(dir.path(), &[&VERIFY[..], &["n.csv"]].concat());
    assert_eq!(code, 0, "{text}");
    // What was measured since leaves what was sealed as it was, and says so.
    fs::write(dir.path().join("n.csv"), "kpi,date,value\nk,2026-08-31,13\n").unwrap();
    fs::write(dir.path().join("m.csv"), ROWS).unwrap();
    let (text, code) = told(dir.path(), &[&VERIFY[..], &["n.csv"]].concat());
    assert!(
        text.contains("Every sealed row is unchanged, and 1 row came after."),
        "{text}"
    );
    assert_eq!(code, 1);
}

#[test]
fn expect_refuses_the_kept_digest_only_where_seal_cut_off_passes_without_it() {
    let dir = folder();
    seal(dir.path(), &["--on", "2026-01-05"]);
    let first = book(dir.path())["seals"][0]["digest"].as_str().unwrap().to_owned();
    let one = fs::read(dir.path().join("s.json")).unwrap();
    fs::write(dir.path().join("map.json"), MAP.replace("\"C\"", "\"Clean\"")).unwrap();
    seal(dir.path(), &["--on", "2027-01-05"]);
    let second = book(dir.path())["seals"][1]["digest"].as_str().unwrap().to_owned();
    let expect = |digest: &str| told(dir.path(), &["seal", "--verify", "s.json", "--expect", digest]);
    let (text, code) = expect(&first);
    assert!(
        text.contains("Seal 1 is the one expected; 1 seal was added since.") && code == 0,
        "{text}"
    );
    assert!(
        expect(&first["sha256:".len()..].to_uppercase())
            .0
            .contains("Seal 1 is the one expected")
    );
    assert!(expect(&second).0.contains("Seal 2 is the one expected, and the last."));
    // Cut off at the end: whole to look at, and refused by whoever kept the digest of what was cut.
    fs::write(dir.path().join("s.json"), one).unwrap();
    let (text, code) = told(dir.path(), &["seal", "--verify", "s.json"]);
    assert!(
        code == 0 && text.contains("seals that were cut off or made again"),
        "{text}"
    );
    let (text, code) = expect(&second);
    assert!(code == 2 && text.contains("seals have been cut off"), "{text}");
    assert_eq!(expect(&first).1, 0);
}

#[test]
fn seal_coverage_never_recomputed_would_hide_forged_figures() {
    let forged = |change: fn(&mut Value)| {
        let dir = folder();
        seal(dir.path(), &["--on", "2026-10-05"]);
        forge(dir.path(), change);
        told(dir.path(), &["seal", "--verify", "s.json"])
    };
    let (text, code) = forged(|book| book["seals"][0]["findings"]["errors"] = json!(0));
    assert!(
        code == 2 && text.contains("are not those of the map in the file"),
        "{text}"
    );
    assert!(text.contains("for findings the seal has 0 errors"), "{text}");
    let (text, code) = forged(|book| {
        for share in book["seals"][0]["coverage"].as_array_mut().unwrap() {
            share["covered"] = share["of"].clone();
        }
    });
    assert!(
        code == 2 && text.contains("for `evidence` the seal has 2 of 2, but the map gives 1 of 2"),
        "{text}"
    );
    // Of another version the rules may be others: that is said, with what differs, and it is no pass.
    let (text, code) = forged(|book| {
        book["seals"][0]["version"] = json!("0.0.1");
        book["seals"][0]["findings"]["errors"] = json!(0);
    });
    assert!(
        code == 1 && text.contains("cannot be compared: benefit-map 0.0.1 made it"),
        "{text}"
    );
    assert!(text.contains("for findings the seal has 0 errors"), "{text}");
    let (text, code) = forged(|book| book["seals"][0]["version"] = json!("0.0.1"));
    assert!(code == 0 && text.contains("are found again by this version"), "{text}");
    // A seal that was turned into one of the older form, which says less of itself.
    let (text, code) = forged(|book| {
        let seal = book["seals"][0].as_object_mut().unwrap();
        for field in ["format", "made", "profile", "version"] {
            seal.remove(field);
        }
        seal["findings"]["errors"] = json!(0);
    });
    assert!(code == 2 && text.contains("replaced by one of an older form"), "{text}");
    // Figures that rest on measurements are computed from those that were sealed.
    let dir = folder();
    seal(dir.path(), &["--on", "2026-10-05", "--measurements", "m.csv"]);
    forge(dir.path(), |book| {
        let shares = book["seals"][0]["coverage"].as_array_mut().unwrap();
        let data = shares.iter_mut().find(|share| share["measure"] == "data").unwrap();
        data["of"] = json!(9);
    });
    let (text, code) = told(dir.path(), &VERIFY);
    assert!(code == 2 && text.contains("for `data` the seal has"), "{text}");
}

/// The one seal of a book, as an earlier version made it.
fn of_the_first_format(map: &BenefitMap, measurements: &str) -> String {
    let mut map = map.clone();
    map.canonicalize();
    let mut seal = json!({
        "number": 1, "on": "2026-10-05", "by": "Audit",
        "map": digest(&serde_json::to_vec(&map).unwrap()),
        "measurements": digest(measurements.as_bytes()),
        "coverage": [], "findings": {"errors": 0, "warnings": 0, "notes": 0, "allowed": 0}, "digest": "",
    });
    let bare: audit::Seal = serde_json::from_value(seal.clone()).unwrap();
    seal["digest"] = json!(digest(&serde_json::to_vec(&bare).unwrap()));
    json!({"format": 1, "seals": [seal], "map": map}).to_string()
}

#[test]
fn seals_of_the_first_format_are_read_and_say_what_they_do_not_cover() {
    let dir = folder();
    let map: BenefitMap = serde_json::from_str(MAP).unwrap();
    let old = of_the_first_format(&map, "k,2026-06-30,11\nk,2026-07-31,12\nl,2026-06-30,3\n");
    assert!(!old.contains("version") && SealBook::read(&old).is_ok());
    fs::write(dir.path().join("s.json"), &old).unwrap();
    let (text, code) = told(dir.path(), &VERIFY);
    assert!(
        text.contains("The measurements are the same as in the last seal."),
        "{text}"
    );
    assert!(text.contains("not sources, notes or superseded rows"), "{text}");
    assert!(
        text.contains("cannot be compared: an earlier version made it") && code == 1,
        "{text}"
    );
    // It can be added to, and the chain then goes on in the new form.
    seal(dir.path(), &["--measurements", "m.csv", "--on", "2026-11-05"]);
    assert_eq!(
        (&book(dir.path())["format"], &book(dir.path())["seals"][1]["format"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(told(dir.path(), &VERIFY).1, 0);
}

/// What `report audit` writes, what it says and its exit code.
fn report(dir: &Path, rest: &[&str]) -> (String, String, i32) {
    let args = ["report", "audit", "map.json", "--as-of", "2026-10-05", "-o", "a.html"];
    let (text, code) = told(dir, &[&args[..], rest].concat());
    (fs::read_to_string(dir.join("a.html")).unwrap(), text, code)
}

#[test]
fn report_says_nothing_changed_only_where_it_is_so() {
    let dir = folder();
    seal(dir.path(), &["--measurements", "m.csv", "--on", "2026-10-05"]);
    let all = ["--seals", "s.json", "--measurements", "m.csv"];
    let (page, text, code) = report(dir.path(), &all);
    assert_eq!(code, 0, "{text}");
    assert!(page.contains("The map has not changed since seal 1") && page.contains("are the same as in the last seal"));
    let (page, text, code) = report(dir.path(), &all[..2]);
    assert!(page.contains("NOT been verified") && text.contains("NOT been verified") && code == 0);
    fs::write(dir.path().join("m.csv"), ROWS.replace("11,Panel", "50,Panel")).unwrap();
    let (page, text, code) = report(dir.path(), &all);
    assert!(page.contains("The measurements are not the same as in the last seal.") && page.contains("rows of k."));
    assert!(!page.contains("Nothing has changed"));
    assert_eq!(code, 1, "{text}");
}

#[test]
fn report_digest_is_not_the_seal_digest_only_where_the_map_is_another() {
    let dir = folder();
    seal(dir.path(), &["--on", "2026-10-05"]);
    let map = book(dir.path())["seals"][0]["map"].as_str().unwrap().to_owned();
    assert!(
        report(dir.path(), &["--seals", "s.json"])
            .0
            .contains(&format!("Digest of the map</dt><dd dir=\"auto\">{map}"))
    );
    // Without the challenge it is another map, with another digest.
    let mut cleaned: BenefitMap = serde_json::from_str(MAP).unwrap();
    cleaned.reviews.clear();
    fs::write(dir.path().join("map.json"), benefit_map::file::write(&cleaned)).unwrap();
    assert!(
        !report(dir.path(), &["--seals", "s.json"])
            .0
            .contains(&format!("Digest of the map</dt><dd dir=\"auto\">{map}"))
    );
    assert_ne!(audit::map_digest(&cleaned), map);
}

#[test]
fn a_seal_is_signed_and_verified_with_a_key_that_people_have() {
    let dir = folder();
    let key = |name: &str| {
        let made = Command::new("ssh-keygen")
            .current_dir(dir.path())
            .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name])
            .status();
        made.is_ok_and(|status| status.success())
    };
    if !key("alice") || !key("mallory") {
        crate::support::skip::skip("the program ssh-keygen is missing (Debian: openssh-client)");
        return;
    }
    let public = fs::read_to_string(dir.path().join("alice.pub")).unwrap();
    fs::write(dir.path().join("allowed"), format!("alice@example.org {public}")).unwrap();
    seal(dir.path(), &["--on", "2026-10-05", "--sign", "alice"]);
    let verify = || {
        told(
            dir.path(),
            &["seal", "--verify", "s.json", "--verify-signature", "allowed"],
        )
    };
    let (text, code) = verify();
    assert!(
        code == 0 && text.contains("Seal 1 is signed by alice@example.org."),
        "{text}"
    );
    // Anybody can verify it without this program.
    let digest = book(dir.path())["seals"][0]["digest"].as_str().unwrap().to_owned();
    fs::write(dir.path().join("line"), format!("{digest}\n")).unwrap();
    let by_hand = Command::new("ssh-keygen")
        .current_dir(dir.path())
        .args([
            "-Y",
            "verify",
            "-f",
            "allowed",
            "-I",
            "alice@example.org",
            "-n",
            "seal@benefit-map",
            "-s",
            "s.json.1.sig",
        ])
        .stdin(fs::File::open(dir.path().join("line")).unwrap())
        .output()
        .unwrap();
    assert!(by_hand.status.success());
    // A later seal without a signature is no pass; one by a stranger is refused, and so is one of another seal.
    seal(dir.path(), &["--on", "2026-10-06"]);
    let (text, code) = verify();
    assert!(
        code == 1 && text.contains("Seal 2 is not signed: the file s.json.2.sig does not exist."),
        "{text}"
    );
    seal(dir.path(), &["--on", "2026-10-07", "--sign", "mallory"]);
    let (text, code) = verify();
    assert!(
        code == 2 && text.contains("the signature of seal 3 is not valid"),
        "{text}"
    );
    fs::copy(dir.path().join("s.json.1.sig"), dir.path().join("s.json.3.sig")).unwrap();
    assert_eq!(verify().1, 2);
    // A key that is not there leaves the file of seals as it was.
    let before = fs::read(dir.path().join("s.json")).unwrap();
    let (text, code) = told(dir.path(), &["seal", "map.json", "-o", "s.json", "--sign", "nobody"]);
    assert!(code == 2 && text.contains("nobody does not sign"), "{text}");
    assert_eq!(fs::read(dir.path().join("s.json")).unwrap(), before);
}

#[test]
fn without_ssh_keygen_signing_is_a_clear_error_and_no_seal_is_made() {
    let dir = folder();
    let output = Command::new(program())
        .current_dir(dir.path())
        .args(["seal", "map.json", "-o", "s.json", "--sign", "key"])
        .env("PATH", dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("`ssh-keygen` is not installed") && output.status.code() == Some(2),
        "{text}"
    );
    assert!(!dir.path().join("s.json").exists());
}

fn rows() -> Vec<Measurement> {
    let row = |(kpi, date, value, source, note): (&str, &str, i32, &str, &str)| {
        let mut made = Measurement::new(kpi.parse().unwrap(), date.parse().unwrap(), Number::from(value));
        made.source = source.to_owned();
        made.note = note.to_owned();
        made
    };
    [
        ("k", "2026-06-30", 40, "Panel", ""),
        ("k", "2026-06-30", 11, "Panel", "corrected"),
        ("l", "2026-06-30", 3, "System", ""),
        ("k", "2026-07-31", 12, "Panel", ""),
    ]
    .map(row)
    .to_vec()
}

fn sealed(map: &BenefitMap, rows: &[Measurement]) -> SealBook {
    let (values, read): (Measurements, RowsRead) = (rows.iter().cloned().collect(), rows.iter().collect());
    let sealing = Sealing {
        on: "2026-10-05".parse().unwrap(),
        made: "2026-10-05T09:00:00Z",
        by: "Audit",
        note: "first",
        profile: Profile::Audit,
        measured: Some((&values, &read)),
    };
    SealBook::seal(None, map, &sealing).unwrap()
}

/// Every value of a JSON tree that is no list and no record, by its path.
fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), out)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), out)),
        _ => out.push(path.to_owned()),
    }
}

proptest! {
    /// A single change of the sealed file, of the map or of the measurements is refused or told.
    #[test]
    fn no_single_change_gets_past_a_seal(which in any::<prop::sample::Index>(), row in 0usize..4, cell in 0usize..5) {
        let map: BenefitMap = serde_json::from_str(MAP).unwrap();
        let book = sealed(&map, &rows());
        let text = book.write();
        prop_assert!(SealBook::read(&text).unwrap().refigured(Some(&rows().into_iter().collect())).is_ok());

        // The file: every figure, word, day and digest in it, the map beside the seals too.
        let mut file: Value = serde_json::from_str(&text).unwrap();
        let mut paths = Vec::new();
        leaves(&file, "", &mut paths);
        let path = which.get(&paths);
        let leaf = file.pointer_mut(path).unwrap();
        *leaf = match leaf {
            Value::String(text) => json!(format!("{text}x")),
            Value::Number(number) => json!(number.as_f64().unwrap() as i64 + 1),
            Value::Bool(yes) => json!(!*yes),
            _ => json!("x"),
        };
        prop_assert!(SealBook::read(&file.to_string()).is_err(), "{}", path);

        // The map that is held against it, reviews and all.
        let mut other = serde_json::to_value(&map).unwrap();
        let mut paths = Vec::new();
        leaves(&other, "", &mut paths);
        let path = which.get(&paths);
        let leaf = other.pointer_mut(path).unwrap();
        *leaf = match leaf {
            Value::String(text) => json!(format!("{text}x")),
            Value::Number(number) => json!(number.as_f64().unwrap() as i64 + 1),
            _ => json!("x"),
        };
        if let Ok(other) = serde_json::from_value::<BenefitMap>(other) {
            prop_assert!(!book.holds(&other), "{}", path);
        }

        // The measurements.
        let mut changed = rows();
        match cell {
            0 => changed[row].value = Number::from(77),
            1 => changed[row].source.push('x'),
            2 => changed[row].note.push('x'),
            3 => changed[row].date = "2026-05-01".parse().unwrap(),
            _ => { changed.remove(row); }
        }
        let (values, read): (Measurements, RowsRead) = (changed.iter().cloned().collect(), changed.iter().collect());
        prop_assert!(matches!(book.holds_rows(&values, &read), RowsHeld::Changed(_)), "{:?}", book.holds_rows(&values, &read));
        let mut turned = rows();
        turned.swap(0, 1);
        let (values, read): (Measurements, RowsRead) = (turned.iter().cloned().collect(), turned.iter().collect());
        prop_assert_eq!(book.holds_rows(&values, &read), RowsHeld::Changed(vec!["k".to_owned()]));
    }
}
