//! One spelling for one idea across all commands: days, names, measurements, and the line that says what was written.

use crate::support::folder::Folder;
use crate::support::program::{Ran, commands, options};

/// A folder with the example map, its measurements in two files, and a map whose owners share a name.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", include_str!("../../examples/maps/smart-waste/map.json"));
    let measured = include_str!("../../examples/maps/smart-waste/measurements.csv");
    folder.put("measurements.csv", measured);
    let (head, rows) = measured.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let (early, late) = rows.split_at(rows.len() / 2);
    for (name, rows) in [("early.csv", early), ("late.csv", late)] {
        folder.put(name, format!("{head}\n{}\n", rows.join("\n")));
    }
    folder
}

/// The lines on standard error that say what was written.
fn wrote(ran: &Ran) -> Vec<String> {
    let said = ran.told.lines().filter(|line| line.starts_with("wrote "));
    said.map(str::to_owned).collect()
}

#[test]
fn every_command_that_writes_says_so_in_one_line_and_not_when_quiet() {
    let folder = folder();
    let measured = "-m measurements.csv --as-of 2028-04-01";
    let mut lines: Vec<(String, String)> = [
        ("new N.json", "N.json (5 boxes)"),
        ("new N.json --empty", "N.json (an empty map)"),
        ("draw map.json -o N.svg", "N.svg (33 boxes)"),
        ("draw map.json -o N.png", "N.png (33 boxes)"),
        ("draw map.json -o N.pptx", "N.pptx (33 boxes)"),
        ("draw map.json -o N.html", "N.html (33 boxes)"),
        ("draw map.json -o N.svg --overview", "N.svg (an overview)"),
        ("draw map.json -o N.pdf --paper a4", "N.pdf (33 boxes"),
        ("chart map.json --kpi rounds-km -o N.svg", "N.svg (1 KPI)"),
        ("trace map.json --rows owner -o N.csv", "N.csv ("),
        ("trace map.json --from inv-digital --to lower-cost -o N.csv", "N.csv ("),
        ("coverage map.json -o N.csv", "N.csv (33 nodes, "),
        ("appraise map.json -o N.csv", "N.csv (3 options)"),
        ("rates -o N.json", "N.json (3 tables)"),
        (
            "what-if map.json --without inv-digital -o N.csv",
            "N.csv (3 outcomes lost)",
        ),
        (
            "what-if map.json --keep-all -o N.json",
            "N.json (2 investments to keep)",
        ),
        ("register map.json -o N.csv", "N.csv ("),
        ("register map.json -o N.xlsx", "N.xlsx (29 KPIs)"),
        ("register map.json -o N.docx", "N.docx (33 nodes, "),
        ("kpis map.json -o N.xlsx", "N.xlsx (29 KPIs)"),
        ("plan map.json -o N.md", "N.md ("),
        ("plan map.json -o N.svg", "N.svg ("),
        ("report business-case map.json -o N.html", "N.html (33 nodes, "),
        ("report business-case map.json -o N.md", "N.md (33 nodes, "),
        ("report profile map.json -o N.html", "N.html (33 nodes, "),
        ("report audit map.json -o N.html", "N.html ("),
        ("pack map.json -o N --formats svg", "N ("),
        ("pack map.json -o N.zip --formats svg", "N.zip ("),
        ("export tables map.json -o N", "N ("),
        ("export xlsx map.json -o N.xlsx", "N.xlsx (33 nodes, "),
        ("export drawio map.json -o N.drawio", "N.drawio (33 nodes, "),
        ("export dot map.json -o N.dot", "N.dot (33 nodes, "),
        ("diff map.json map.json -o N.html", "N.html (0 changes)"),
        (
            "review map.json --agree map --by dir-place -o N.json",
            "N.json (1 review by dir-place on 2026-03-31)",
        ),
        ("check map.json --write-baseline N.json", "N.json ("),
        ("schema -o N.json", "N.json"),
        ("man -o N", "N ("),
        ("demo N", "N ("),
    ]
    .map(|(line, said)| (line.to_owned(), said.to_owned()))
    .to_vec();
    for (command, ending) in [("status", "csv"), ("escalate", "md"), ("trajectory", "csv")] {
        lines.push((
            format!("{command} map.json {measured} -o N.{ending}"),
            format!("N.{ending} ("),
        ));
    }
    for (at, (line, said)) in lines.iter().enumerate() {
        let named = |text: &str, name: &str| {
            text.replace("N.", &format!("{name}."))
                .replace(" N", &format!(" {name}"))
        };
        let name = format!("w{at}");
        let ran = folder.run(&named(line, &name));
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        let expected = named(&format!("wrote {said}"), &name);
        assert_eq!(wrote(&ran).len(), 1, "{line}: {}", ran.told);
        assert!(
            wrote(&ran)[0].starts_with(&expected),
            "{line}: {expected} in {}",
            ran.told
        );
        let quiet = folder.run(&format!("{} -q", named(line, &format!("q{at}"))));
        assert_eq!(quiet.code, 0, "{line}");
        // What a format cannot hold is said all the same.
        let is_loss = |line: &str| line.starts_with("left out");
        assert!(quiet.told.lines().all(is_loss), "{line}: {}", quiet.told);
    }
    // Standard output is no file, and nothing is said of it.
    assert_eq!(folder.run("draw map.json").told, "");
    folder.put("unsorted.json", r#"{"title": "t", "format": 1}"#);
    let fmt = folder.run("fmt unsorted.json");
    assert_eq!(fmt.told, "wrote unsorted.json (now in the standard form)\n");
}

#[test]
fn quiet_leaves_out_no_row_that_was_left_out() {
    let folder = folder();
    folder.put("bad.csv", "kpi,date,value\nrounds-km,soon,5\n");
    let ran = folder.run("status map.json -m measurements.csv -m bad.csv --as-of 2028-04-01 -q");
    assert!(ran.told.contains("left out: bad.csv"), "{}", ran.told);
    assert!(!ran.told.contains("superseded"), "{}", ran.told);
}

#[test]
fn measurements_are_named_one_by_one_and_never_swallow_the_map() {
    let folder = folder();
    let whole = folder.run("status map.json --measurements measurements.csv --as-of 2028-04-01");
    assert_eq!(whole.code, 0, "{}", whole.told);
    for line in [
        "status -m early.csv -m late.csv map.json --as-of 2028-04-01",
        "status -m early.csv map.json -m late.csv --as-of 2028-04-01",
        "status --measurements early.csv --measurements late.csv map.json --as-of 2028-04-01",
    ] {
        let ran = folder.run(line);
        assert_eq!((ran.code, &ran.out), (0, &whole.out), "{line}: {}", ran.told);
        assert!(!ran.told.contains("instead of"), "{line}: {}", ran.told);
    }
    let old = folder.run("status map.json --measurements early.csv late.csv --as-of 2028-04-01");
    assert_eq!((old.code, &old.out), (0, &whole.out), "{}", old.told);
    assert!(
        old.told
            .contains("note: write `-m FILE -m FILE` instead of `--measurements FILE FILE`"),
        "{}",
        old.told
    );
    // Nor does an option whose value may be left out.
    let page = folder.run("draw --findings map.json -o page.html");
    assert_eq!(page.code, 0, "{}", page.told);
    let old = folder.run("draw map.json --findings audit -o old.html");
    assert!(old.code == 0 && old.told.contains("`--findings=audit`"), "{}", old.told);
    assert_eq!(
        folder.run("draw map.json --findings=audit -o new.html").code,
        0,
        "the new spelling"
    );
    assert_eq!(
        folder.everything()[&folder.at("old.html")],
        folder.everything()[&folder.at("new.html")]
    );
}

#[test]
fn a_day_is_a_date_a_word_a_month_or_a_quarter_wherever_one_is_asked_for() {
    let folder = folder();
    let status = |day: &str| {
        let ran = folder.run(&format!(
            "status map.json -m measurements.csv --format json --as-of {day}"
        ));
        assert_eq!(ran.code, 0, "{day}: {}", ran.told);
        ran.out
    };
    // The program takes 2026-03-31 for today here.
    assert_eq!(status("today"), status("2026-03-31"));
    assert_eq!(status("yesterday"), status("2026-03-30"));
    assert_eq!(status("2028-02"), status("2028-02-29"));
    assert_eq!(status("2027-Q4"), status("2027-12-31"));
    // Where days begin the first day is meant.
    let form = |from: &str, name: &str| {
        let ran = folder.run(&format!(
            "new measurements map.json --from {from} --as-of 2027-Q2 -o {name}"
        ));
        assert_eq!(ran.code, 0, "{}", ran.told);
        folder.everything()[&folder.at(name)].clone()
    };
    assert_eq!(form("2027-Q1", "a.csv"), form("2027-01-01", "b.csv"));
    let mut seen = 0;
    for (command, help) in commands() {
        for (option, _) in options(&help).iter().filter(|(_, value)| value == "DATE") {
            let output = if help.contains("--output") { "-o x" } else { "" };
            let ran = folder.run(&format!("{command} map.json {output} --{option} next-week"));
            assert_eq!(ran.code, 2, "{command} --{option}");
            for form in ["2027-03-31", "today", "2027-03", "2027-Q1"] {
                assert!(ran.told.contains(form), "{command} --{option}: {}", ran.told);
            }
            assert!(["as-of", "from"].contains(&option.as_str()), "{command} --{option}");
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen} options take a day");
}

#[test]
fn owners_nodes_partners_and_kpis_go_by_id_or_by_name() {
    let folder = folder();
    for (by_id, by_name) in [
        (
            ["draw", "map.json", "--owner", "dir-place"],
            ["draw", "map.json", "--owner", "director of  place"],
        ),
        (
            ["plan", "map.json", "--owner", "dir-place"],
            ["plan", "map.json", "--owner", "Director of Place"],
        ),
        (
            ["chart", "map.json", "--owner", "dir-place"],
            ["chart", "map.json", "--owner", "Director of Place"],
        ),
        (
            ["draw", "map.json", "--focus", "fewer-km"],
            ["draw", "map.json", "--focus", "Fewer kilometres driven"],
        ),
        (
            ["trace", "map.json", "--node", "fewer-km"],
            ["trace", "map.json", "--node", "Fewer kilometres driven"],
        ),
    ] {
        let (id, name) = (folder.run_words(&by_id), folder.run_words(&by_name));
        assert_eq!((id.code, name.code), (0, 0), "{by_name:?}: {}", name.told);
        assert_eq!(id.out, name.out, "{by_name:?}");
    }
    let reviewed = folder.run_words(&[
        "review",
        "map.json",
        "--agree",
        "map",
        "--by",
        "Director of Place",
        "-o",
        "reviewed.json",
    ]);
    assert_eq!(reviewed.code, 0, "{}", reviewed.told);
    for words in [
        &["draw", "map.json", "--owner", "Director of Plaice"][..],
        &["plan", "map.json", "--owner", "Director of Plaice"],
        &["chart", "map.json", "--owner", "Director of Plaice"],
        &["review", "map.json", "--agree", "map", "--by", "Director of Plaice"],
    ] {
        let refused = folder.run_words(words);
        assert_eq!(refused.code, 2, "{words:?}");
        assert!(
            refused.told.contains("did you mean `Director of Place`?"),
            "{words:?}: {}",
            refused.told
        );
    }
}

#[test]
fn old_spellings_of_options_work_and_name_the_new_one() {
    let folder = folder();
    for (line, old, new) in [
        (
            "review map.json --agree map --by dir-place --on 2026-03-01 -o r.json",
            "--on",
            "--as-of",
        ),
        ("seal map.json --on 2026-03-01 -o s.json", "--on", "--as-of"),
        (
            "coverage map.json --fail-under line-of-sight=1",
            "--fail-under",
            "--deny",
        ),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        assert!(
            ran.told.contains(&format!("note: write `{new}` instead of `{old}`")),
            "{}",
            ran.told
        );
        let quiet = folder.run(&format!(
            "{} -q",
            line.replace(".json -o", ".json -o q").replace("-o ", "-o q")
        ));
        assert!(!quiet.told.contains("instead of"), "{}", quiet.told);
    }
    let below = folder.run("coverage map.json --deny evidence=100");
    assert_eq!(below.code, 1, "{}", below.told);
}

#[test]
fn usual_names_of_commands_run_the_one_that_is_meant() {
    let folder = folder();
    for (usual, meant) in [
        ("validate map.json", "check map.json"),
        ("lint map.json --format json", "check map.json --format json"),
        ("render map.json", "draw map.json"),
        ("export svg map.json", "draw map.json --format svg"),
        ("report kpis map.json", "kpis map.json"),
    ] {
        let (usual_ran, meant) = (folder.run(usual), folder.run(meant));
        assert_eq!((usual_ran.code, usual_ran.out), (meant.code, meant.out), "{usual}");
    }
    assert_eq!(folder.run("init fresh.json").code, 0);
    for (line, made, said) in [
        ("export pdf map.json -o a.pdf", "a.pdf", "draw --format pdf"),
        ("export csv map.json -o tables", "tables/nodes.csv", "export tables"),
        (
            "export word map.json -o a.docx",
            "a.docx",
            "report business-case --format docx",
        ),
        ("export excel map.json -o a.xlsx", "a.xlsx", "export xlsx"),
        ("import csv tables -o b.json", "b.json", "import tables"),
        ("import excel a.xlsx -o c.json", "c.json", "import xlsx"),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        assert!(folder.at(made).is_file(), "{line}");
        assert!(
            ran.told.contains(&format!("write `benefit-map {said}` instead")),
            "{line}: {}",
            ran.told
        );
    }
}

#[test]
fn what_is_not_known_names_the_likely_one() {
    let folder = folder();
    for (line, likely) in [
        ("chekc map.json", "'check'"),
        ("drow map.json", "'draw'"),
        ("open map.json", "'workshop'"),
        ("compare map.json map.json", "'diff'"),
        ("verify map.json", "'seal'"),
        ("gantt map.json", "'plan'"),
        ("nonsense-word", "help --all"),
        ("status map.json --asof 2028-04-01", "'--as-of'"),
        ("status map.json --date 2028-04-01", "'--as-of'"),
        ("status map.json --mesurements x.csv", "'--measurements'"),
        ("status map.json --data x.csv", "'--measurements'"),
        ("draw map.json --out x.svg", "'--output'"),
        ("check map.json --fail-on error", "'--deny'"),
        ("export tables map.json -o t --force", "'--replace'"),
        ("check map.json --silent", "'--quiet'"),
        ("export drawoi map.json", "`export drawio`"),
        ("report business-cse map.json", "'business-case'"),
    ] {
        let refused = folder.run(line);
        assert_eq!(refused.code, 2, "{line}");
        assert!(refused.told.contains(likely), "{line}: {likely} in {}", refused.told);
    }
}
