//! `survey`: forms out, answers in, results and triggers, as people type them.

use benefit_map::table;
use serde_json::{Value, json};

use crate::support::folder::Folder;

const MAP: &str = r#"{"format": 1, "title": "Kiosks in every library", "nodes": [
    {"id": "kiosks", "kind": "enabler", "title": "A kiosk in <every> library"},
    {"id": "self-service", "kind": "business-change", "title": "Visitors renew loans themselves"},
    {"id": "learning", "kind": "end-outcome", "title": "More people learn"}],
  "links": [{"from": "kiosks", "to": "self-service"}, {"from": "self-service", "to": "learning"}]}"#;

/// Four people on two statements: the vectors `2 0 0 2` and `3 0 0 1`, and one who cannot say.
const ANSWERS: &str = "set,question,respondent,role,answer,note,on,round\n\
    critical-success-factors,clarity.scope,Ada,owner,1,,2026-05-01,1\n\
    critical-success-factors,clarity.scope,Ben,owner,strongly disagree,,2026-05-01,1\n\
    critical-success-factors,clarity.scope,Cem,owner,4,=note,2026-05-01,1\n\
    critical-success-factors,clarity.scope,Dee,team,Strongly agree,,2026-05-01,1\n\
    critical-success-factors,clarity.scope,Eva,team,don't know,,2026-05-01,1\n\
    critical-success-factors,benefits.owners,Ada,owner,4,,2026-05-01,1\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("answers.csv", ANSWERS);
    folder
}

fn json(folder: &Folder, line: &str) -> (i32, Value) {
    let ran = folder.run(line);
    let value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{line}: {}\n{}", ran.out, ran.told));
    (ran.code, value)
}

#[test]
fn the_sets_are_listed_with_their_questions_and_sources() {
    let folder = folder();
    let (code, sets) = json(&folder, "survey sets --format json");
    assert_eq!(code, 0);
    let sets = sets.as_array().unwrap();
    assert_eq!((sets.len(), &sets[0]["id"]), (12, &json!("critical-success-factors")));
    let first = &sets[0]["groups"][0]["questions"][0];
    assert_eq!(first["id"], "clarity.clear-to-me");
    assert_eq!(first["source"], "PAS 184, Annex, Strategic clarity 1, statement 1");
    let text = folder.run("survey sets");
    assert!(
        text.out.contains("critical-success-factors  71 questions"),
        "{}",
        text.out
    );
}

#[test]
fn results_give_every_number_and_no_mean() {
    let folder = folder();
    let (code, results) = json(&folder, "survey results map.json --answers answers.csv --format json");
    assert_eq!(code, 0);
    let results = results.as_array().unwrap();
    assert_eq!(results.len(), 71, "every question of the set, answered or not");
    let of = |id: &str| results.iter().find(|one| one["question"] == id).unwrap();
    let scope = of("clarity.scope");
    for (field, value) in [
        ("n", json!(4)),
        ("counts", json!([2, 0, 0, 2])),
        ("dont_know", json!(1)),
        ("median", json!(2.5)),
        ("lowest", json!(1)),
        ("agreement", json!(-1)),
        ("consensus", json!(0)),
        ("divides", json!(true)),
        ("notes", json!(["=note"])),
    ] {
        assert_eq!(scope[field], value, "{field}");
    }
    assert_eq!(scope["roles"][0]["role"], "owner");
    assert_eq!(
        (scope["roles"].as_array().unwrap().len(), &scope["roles_hidden"]),
        (1, &json!(1))
    );
    let unanswered = of("skills.mine");
    for field in ["median", "lowest", "agreement", "consensus"] {
        assert_eq!(unanswered[field], Value::Null, "{field}");
    }
    let text = folder.run("survey results map.json --answers answers.csv").out;
    assert!(
        text.starts_with("Health check: critical success factors: round 1, 5 people\n"),
        "{text}"
    );
    assert!(text.contains("2 0 0 2"), "{text}");
    assert!(
        text.contains("People are far apart (agreement below 0.3) on clarity.scope."),
        "{text}"
    );
    let csv = folder
        .run("survey results map.json --answers answers.csv --format csv")
        .out;
    assert!(csv.contains(",clarity.scope,"), "{csv}");
    for output in [&text, &csv] {
        assert!(
            !output.to_lowercase().contains("average") && !output.to_lowercase().contains("mean"),
            "{output}"
        );
    }
}

#[test]
fn what_is_wrong_in_the_files_is_said_and_counts_when_asked() {
    let folder = folder();
    folder.put(
        "more.csv",
        "question,respondent,answer\nclarity.scope,Ada,5\nclarity.scope,Ben,4\nnothing.known,Ben,4\n",
    );
    let ran = folder.run("survey results map.json --answers answers.csv --answers more.csv --format json");
    assert_eq!(ran.code, 0);
    for said in [
        "left out: more.csv, row 2: the answer `5` is not on the scale of `clarity.scope`",
        "left out: more.csv, row 3: a second answer of `Ben` to `clarity.scope` in round 1",
        "the one in answers.csv, row 3 does not count",
        "left out: more.csv, row 4: no set has the question `nothing.known`",
        "3 of 9 rows do not count",
    ] {
        assert!(ran.told.contains(said), "{said}: {}", ran.told);
    }
    let strict = folder.run("survey results map.json --answers answers.csv --answers more.csv --strict -o results.csv");
    assert_eq!(strict.code, 1);
    // Adding risks is clean, unless rows that do not count are to be a fault.
    let add = "survey triggers map.json --answers answers.csv --answers more.csv --add -o";
    assert_eq!(folder.run(&format!("{add} lenient.json")).code, 0);
    assert_eq!(folder.run(&format!("{add} strict.json --strict")).code, 1);
    for (line, said) in [
        ("survey results map.json --answers map.json", "map.json"),
        (
            "survey results map.json --answers answers.csv --set clarit",
            "the question set `clarit` is not known",
        ),
        (
            "survey results map.json --answers answers.csv --set visionary",
            "nobody answered `visionary`",
        ),
        (
            "survey results map.json --answers answers.csv --round 7",
            "nobody answered in round 7",
        ),
        (
            "survey form critical-success-factor",
            "did you mean `critical-success-factors`?",
        ),
        ("survey form links", "--map MAP"),
        ("survey form visionary --map map.json", "goes with the set `links`"),
    ] {
        let before = folder.everything();
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains(said), "{line}: {}", ran.told);
        assert_eq!(folder.everything(), before);
    }
}

#[test]
fn answers_of_many_files_become_one_table_that_reads_back_the_same() {
    let folder = folder();
    folder.put("answers/a.csv", ANSWERS);
    folder.put(
        "answers/b.csv",
        "question;respondent;answer;note\nvisionary.owned;Ada;partly;=1+1\nclarity.scope;Fay;3;\n",
    );
    let ran = folder.run("survey collect answers -o all.csv");
    assert_eq!(
        (ran.code, ran.told.contains("wrote all.csv (8 answers)")),
        (0, true),
        "{}",
        ran.told
    );
    let (_, apart) = json(&folder, "survey results map.json --answers answers --format json");
    let (_, whole) = json(&folder, "survey results map.json --answers all.csv --format json");
    assert_eq!(apart, whole);
    assert_eq!(whole.as_array().unwrap().len(), 71 + 4);
    let again = folder.run("survey collect all.csv -o again.csv");
    assert_eq!(again.code, 0);
    assert_eq!(
        folder.everything()[&folder.at("again.csv")],
        folder.everything()[&folder.at("all.csv")]
    );
}

#[test]
fn a_workbook_is_a_form_whose_filled_rows_are_answers() {
    let folder = folder();
    assert_eq!(folder.run("survey workbook visionary -o form.xlsx").code, 0);
    let bytes = std::fs::read(folder.at("form.xlsx")).unwrap();
    let sheets = table::xlsx::read_every_sheet("form.xlsx", &bytes).unwrap();
    let sheet = sheets.iter().find(|sheet| sheet.name == "answers").unwrap();
    assert_eq!(sheet.header[..3], ["subject", "asks", "answer"]);
    assert_eq!(sheet.rows.len(), 4);
    let asked = sheet.rows[0].cells[1].to_text();
    assert!(asked.starts_with("Do all main stakeholders own a vision"), "{asked}");
    // Nothing is filled in yet: every row says so, and there are no results.
    let ran = folder.run("survey results map.json --answers form.xlsx");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("`visionary.owned` has no answer"), "{}", ran.told);
    assert!(ran.told.contains("no answer that counts"), "{}", ran.told);
}

#[test]
fn triggers_become_risks_once_and_are_then_taken_up() {
    let folder = folder();
    let (code, found) = json(&folder, "survey triggers map.json --answers answers.csv --format json");
    assert_eq!((code, found.as_array().unwrap().len()), (1, 1));
    assert_eq!(
        (&found[0]["question"], &found[0]["below"], &found[0]["taken_up"]),
        (&json!("clarity.scope"), &json!(2), &json!(false))
    );
    let before = folder.everything();
    let ran = folder.run("survey triggers map.json --answers answers.csv --add -o with-risks.json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert_eq!(
        folder.everything()[&folder.at("map.json")],
        before[&folder.at("map.json")]
    );
    let ran = folder.run("survey triggers map.json --answers answers.csv --add");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let map: Value = serde_json::from_slice(&folder.everything()[&folder.at("map.json")]).unwrap();
    assert_eq!(map["risks"][0]["id"], "trigger-clarity.scope");
    let title = map["risks"][0]["title"].as_str().unwrap();
    assert!(
        title.contains("It is plain what the project will do") && title.contains("2 of 4 below"),
        "{title}"
    );
    assert!(
        title.contains("PAS 184, Annex, Strategic clarity 1, statement 3"),
        "{title}"
    );
    let again = folder.run("survey triggers map.json --answers answers.csv --add");
    assert!(
        again.code == 0 && again.told.contains("nothing to add"),
        "{}",
        again.told
    );
    let (code, found) = json(&folder, "survey triggers map.json --answers answers.csv --format json");
    assert_eq!((code, &found[0]["taken_up"]), (0, &json!(true)));
    let wrong = folder.run("survey triggers map.json --answers answers.csv --only clarity.baseline");
    assert_eq!(wrong.code, 2, "{}", wrong.told);
}

#[test]
fn a_set_of_ones_own_and_the_links_of_a_map_are_asked_like_any_other() {
    let folder = folder();
    folder.put(
        "our.json",
        r#"{"format": 1, "id": "our-gate", "version": "3", "title": "Our gate", "scale": "checklist",
            "groups": [{"id": "g", "title": "G", "questions": [{"id": "g.a", "text": "Is <it> so?"}]}]}"#,
    );
    assert_eq!(folder.run("survey form our.json -o gate.html").code, 0);
    let page = std::fs::read_to_string(folder.at("gate.html")).unwrap();
    assert!(
        page.contains("Is &lt;it&gt; so?") && !page.contains("<it>"),
        "text of a set is escaped"
    );
    folder.put("gate.csv", "set,question,respondent,answer\nour-gate,g.a,Ada,partly\n");
    let (_, results) = json(
        &folder,
        "survey results map.json --answers gate.csv --set our.json --format json",
    );
    assert_eq!(
        (&results[0]["counts"], results.as_array().unwrap().len()),
        (&json!([0, 1, 0]), 1)
    );
    let (_, same) = json(
        &folder,
        "survey results map.json --answers gate.csv --questions our.json --format json",
    );
    assert_eq!(same, results);
    folder.put(
        "bad.json",
        r#"{"format": 1, "id": "x", "title": "X", "scale": "stars", "groups": []}"#,
    );
    let bad = folder.run("survey form bad.json -o bad.html");
    assert!(bad.code == 2 && bad.told.contains("bad.json:1:"), "{}", bad.told);

    assert_eq!(folder.run("survey form links --map map.json -o links.html").code, 0);
    let page = std::fs::read_to_string(folder.at("links.html")).unwrap();
    assert!(page.contains("data-question=\"kiosks -&gt; self-service\""), "{page}");
    folder.put(
        "links.csv",
        "set,question,respondent,answer\nlinks,kiosks -> self-service,Ada,2\nlinks,learning -> kiosks,Ada,2\n",
    );
    let ran = folder.run("survey results map.json --answers links.csv --format json");
    assert!(
        ran.told
            .contains("row 3: the set `links` has no question `learning -> kiosks`"),
        "{}",
        ran.told
    );
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&results[0]["question"], &results[0]["counts"]),
        (&json!("kiosks -> self-service"), &json!([0, 1, 0, 0]))
    );
    let one = folder.run_words(&[
        "survey",
        "form",
        "links",
        "--map",
        "map.json",
        "--outcome",
        "Visitors renew loans themselves",
    ]);
    assert!(one.out.contains("kiosks -&gt; self-service") && !one.out.contains("self-service -&gt; learning"));
}

#[test]
fn a_form_is_one_small_page_that_loads_nothing() {
    let folder = folder();
    for set in ["critical-success-factors", "citizen-centric"] {
        let ran = folder.run(&format!("survey form {set} --round 2 -o form.html"));
        assert_eq!(ran.code, 0, "{}", ran.told);
        let page = std::fs::read_to_string(folder.at("form.html")).unwrap();
        assert!(page.len() < 100_000, "{set}: {} bytes", page.len());
        assert!(page.contains("default-src 'none'; script-src 'sha256-"), "{set}");
        assert!(page.contains("data-round=\"2\""), "{set}");
        for way_out in ["http:", "https:", "//", "src=", "@import", "url("] {
            let markup = page.split("<script>").next().unwrap();
            assert!(!markup.contains(way_out), "{set}: {way_out}");
        }
    }
}
