//! What is made of a portfolio: pictures, tables, documents and lists.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::portfolio_example::city;
use crate::support::archive::{sizes, slides};
use crate::support::folder::Folder;
use crate::support::skip::skip;

const CITY: &str = "examples/portfolio/portfolio.json --as-of 2028-04-01";

/// A portfolio of so many projects and ten outcomes, each project with two links, and one in three waits for another.
fn large(projects: usize) -> Folder {
    let folder = Folder::new();
    let mut maps = Vec::new();
    let mut links = Vec::new();
    let mut waits = Vec::new();
    for n in 0..projects {
        let map = json!({
            "format": 1, "title": format!("Project {n} with a title that is somewhat long"),
            "nodes": [{"id": "work", "kind": "enabler", "title": "Work"},
                      {"id": "one", "kind": "end-outcome", "title": format!("First of what project {n} brings about")},
                      {"id": "two", "kind": "end-outcome", "title": format!("Second of {n}")}]
        });
        folder.put(&format!("m{n}.json"), map.to_string());
        maps.push(json!({"id": format!("m{n}"), "file": format!("m{n}.json")}));
        for (at, node) in ["one", "two"].iter().enumerate() {
            links.push(json!({"map": format!("m{n}"), "node": node, "outcome": format!("o{}", (n * 3 + at * 7) % 10)}));
        }
        if n % 3 == 2 {
            let on = json!({"map": format!("m{}", n - 2), "node": "work"});
            waits.push(json!({"map": format!("m{n}"), "node": "work", "on": on}));
        }
    }
    let outcomes: Vec<Value> = (0..10)
        .map(|n| json!({"id": format!("o{n}"), "title": format!("What the place wants, number {n}")}))
        .collect();
    let portfolio = json!({"format": 1, "title": "Many", "maps": maps, "outcomes": outcomes, "links": links, "dependencies": waits});
    folder.put("many.json", portfolio.to_string());
    folder
}

struct Card {
    id: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

fn attribute<'n>(node: roxmltree::Node<'n, '_>, name: &str) -> Option<&'n str> {
    node.attribute(name)
}

/// The boxes of a drawing: of each card its largest outline.
fn boxes(document: &roxmltree::Document<'_>) -> Vec<Card> {
    let mut out = Vec::new();
    for group in document.descendants().filter(|node| node.has_attribute("data-id")) {
        let at = attribute(group, "transform")
            .unwrap()
            .trim_start_matches("translate(")
            .trim_end_matches(')');
        let at: Vec<f64> = at.split([' ', ',']).map(|number| number.parse().unwrap()).collect();
        let number =
            |node: roxmltree::Node<'_, '_>, name: &str| attribute(node, name).and_then(|text| text.parse::<f64>().ok());
        let largest = group
            .descendants()
            .filter_map(|node| Some((number(node, "width")?, number(node, "height")?)))
            .max_by(|a, b| (a.0 * a.1).total_cmp(&(b.0 * b.1)));
        let (width, height) = largest.expect("a card has an outline");
        out.push(Card {
            id: attribute(group, "data-id").unwrap().to_owned(),
            left: at[0],
            top: at[1],
            right: at[0] + width,
            bottom: at[1] + height,
        });
    }
    out
}

/// Points along a path, a few on each piece of it.
fn points(path: &str) -> Vec<(f64, f64)> {
    let mut pieces: Vec<(char, Vec<f64>)> = Vec::new();
    let mut number = String::new();
    let push = |number: &mut String, pieces: &mut Vec<(char, Vec<f64>)>| {
        if !number.is_empty() {
            pieces.last_mut().unwrap().1.push(number.parse().unwrap());
            number.clear();
        }
    };
    for c in path.chars() {
        match c {
            'M' | 'c' | 'C' | 'l' | 'L' | 'h' | 'H' | 'v' | 'V' => {
                push(&mut number, &mut pieces);
                pieces.push((c, Vec::new()));
            }
            '-' => {
                push(&mut number, &mut pieces);
                number.push(c);
            }
            '.' if number.contains('.') => {
                push(&mut number, &mut pieces);
                number.push(c);
            }
            '0'..='9' | '.' => number.push(c),
            ' ' | ',' => push(&mut number, &mut pieces),
            other => panic!("{other} in {path}"),
        }
    }
    push(&mut number, &mut pieces);
    let mut at = (0.0, 0.0);
    let mut out = Vec::new();
    for (command, numbers) in pieces {
        let size = match command {
            'c' | 'C' => 6,
            'h' | 'H' | 'v' | 'V' => 1,
            _ => 2,
        };
        for chunk in numbers.chunks(size) {
            let from = at;
            let base = if command.is_ascii_lowercase() { at } else { (0.0, 0.0) };
            let curve: [(f64, f64); 3] = match command.to_ascii_lowercase() {
                'c' => [(chunk[0], chunk[1]), (chunk[2], chunk[3]), (chunk[4], chunk[5])]
                    .map(|(x, y)| (base.0 + x, base.1 + y)),
                'h' => [(base.0 + chunk[0], from.1); 3],
                'v' => [(from.0, base.1 + chunk[0]); 3],
                'm' => {
                    at = (chunk[0], chunk[1]);
                    out.push(at);
                    continue;
                }
                _ => [(base.0 + chunk[0], base.1 + chunk[1]); 3],
            };
            for step in 1..=40 {
                let t = f64::from(step) / 40.0;
                let u = 1.0 - t;
                let mix = |a: f64, b: f64, c: f64, d: f64| {
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                out.push((
                    mix(from.0, curve[0].0, curve[1].0, curve[2].0),
                    mix(from.1, curve[0].1, curve[1].1, curve[2].1),
                ));
            }
            at = curve[2];
        }
    }
    out
}

#[test]
fn a_programme_of_thirty_projects_has_no_overlap_and_no_line_through_a_box() {
    let folder = large(30);
    let ran = folder.run("portfolio draw many.json -o many.svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let text = std::fs::read_to_string(folder.at("many.svg")).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let boxes = boxes(&document);
    assert_eq!(boxes.len(), 30 + 60 + 10);
    for (nth, a) in boxes.iter().enumerate() {
        for b in &boxes[nth + 1..] {
            let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert!(apart, "{} and {} overlap", a.id, b.id);
        }
    }
    let mut lines = 0;
    for path in document
        .descendants()
        .filter(|node| node.has_attribute("data-from") && node.attribute("class") != Some("head-onward"))
    {
        let (from, to) = (
            attribute(path, "data-from").unwrap(),
            attribute(path, "data-to").unwrap(),
        );
        let Some(way) = attribute(path, "d").filter(|way| !way.contains('z')) else {
            continue;
        };
        lines += 1;
        for (x, y) in points(way) {
            let hit = boxes
                .iter()
                .filter(|one| one.id != from && one.id != to)
                .find(|one| x > one.left + 0.5 && x < one.right - 0.5 && y > one.top + 0.5 && y < one.bottom - 0.5);
            assert!(hit.is_none(), "{from} -> {to} runs through {}", hit.unwrap().id);
        }
    }
    assert!(lines >= 130, "{lines} lines");
    for heading in ["Projects", "What they bring about", "Outcomes of the place"] {
        assert!(text.contains(heading), "{heading}");
    }
    assert!(
        !text.contains("Business changes"),
        "the words of a map are not those of a programme"
    );
}

#[test]
fn the_programme_is_drawn_in_every_format() {
    let folder = city();
    for (ending, begins) in [
        ("svg", &b"<svg"[..]),
        ("png", b"\x89PNG"),
        ("pdf", b"%PDF"),
        ("html", b"<!"),
        ("pptx", b"PK"),
    ] {
        let ran = folder.run(&format!("portfolio draw {CITY} -o programme.{ending}"));
        assert_eq!(ran.code, 0, "{ending}: {}", ran.told);
        assert!(
            std::fs::read(folder.at(&format!("programme.{ending}")))
                .unwrap()
                .starts_with(begins),
            "{ending}"
        );
    }
    let page = std::fs::read_to_string(folder.at("programme.html")).unwrap();
    // Each project leads to its own map.
    for nth in 1..=5 {
        assert!(page.contains(&format!("href=\"#project-{nth}\"")), "{nth}");
        assert!(page.contains(&format!(" id=\"project-{nth}\"")), "{nth}");
    }
    assert!(page.contains("62 electric buses"));
    assert!(!page.contains("src=\"http") && !page.contains("<script src"));
}

#[test]
fn no_type_on_a_slide_of_a_portfolio_is_smaller_than_ten_points() {
    let folder = city();
    for line in ["portfolio dashboard FILE -o d.pptx", "portfolio draw FILE -o d.pptx"] {
        let ran = folder.run(&line.replace("FILE", CITY));
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        let slides = slides(&std::fs::read(folder.at("d.pptx")).unwrap());
        for (at, slide) in slides.iter().enumerate() {
            let least = sizes(slide).into_iter().min();
            assert!(
                least.is_none_or(|least| least >= 1000),
                "{line}: slide {}: {least:?}",
                at + 1
            );
        }
        let all = slides.concat();
        for title in ["Clean and frequent buses", "Warm homes", "Fewer people in cold homes"] {
            assert!(all.contains(title), "{line}: {title}");
        }
        assert!(all.contains("Line of sight to: Fewer people in cold homes"), "{line}");
        std::fs::remove_file(folder.at("d.pptx")).unwrap();
    }
}

fn rows(folder: &Folder, line: &str) -> Vec<Value> {
    let ran = folder.run(&format!("{line} --format json"));
    assert!(ran.code < 2, "{line}: {}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    out["rows"].as_array().unwrap().clone()
}

#[test]
fn the_matrix_has_status_evidence_and_money_of_every_project_that_serves_an_outcome() {
    let folder = city();
    let rows = rows(&folder, &format!("portfolio matrix {CITY}"));
    assert_eq!(rows.len(), 14);
    let of = |outcome: &str, map: &str| {
        let found = rows.iter().find(|row| row["outcome"] == outcome && row["map"] == map);
        found.unwrap_or_else(|| panic!("{outcome} {map}")).clone()
    };
    let square = of("lower-emissions", "warm-homes");
    assert_eq!(square["evidence"], "moderate");
    assert_eq!(square["kpis"], "gas-co2; council-co2");
    assert!(square["map_cost"].as_i64().unwrap() > 10_000_000, "{square}");
    assert_eq!(of("less-driving", "clean-buses")["evidence"], "weak");
}

#[test]
fn a_shared_cost_counts_once_and_projects_that_need_each_other_are_one() {
    let folder = city();
    let cost = |portfolio: &Value| {
        folder.put("examples/portfolio/other.json", portfolio.to_string());
        let ran = folder.run("portfolio dashboard examples/portfolio/other.json --as-of 2028-04-01 -o d.xlsx");
        assert_eq!(ran.code, 0, "{}", ran.told);
        let rows = rows(
            &folder,
            "portfolio matrix examples/portfolio/other.json --as-of 2028-04-01",
        );
        let costs: BTreeSet<(String, i64)> = rows
            .iter()
            .map(|row| {
                (
                    row["map"].as_str().unwrap().to_owned(),
                    row["map_cost"].as_i64().unwrap_or_default(),
                )
            })
            .collect();
        costs
    };
    let text = std::fs::read_to_string(folder.at("examples/portfolio/portfolio.json")).unwrap();
    let mut portfolio: Value = serde_json::from_str(&text).unwrap();
    portfolio["appraisal"]["together"] = json!([]);
    let once = cost(&portfolio);
    portfolio["shared_costs"] = json!([]);
    let thrice = cost(&portfolio);
    let sum = |costs: &BTreeSet<(String, i64)>| costs.iter().map(|(_, cost)| cost).sum::<i64>();
    // The data hub is 410,000 and 150,000 in each of three maps.
    assert_eq!(sum(&thrice) - sum(&once), 2 * 560_000);
    portfolio["appraisal"]["together"] = json!([["warm-homes", "green-skills"]]);
    let together = cost(&portfolio);
    let of = |costs: &BTreeSet<(String, i64)>, map: &str| costs.iter().find(|(id, _)| id == map).unwrap().1;
    // It is with the first of them, and the other says whose it is.
    assert_eq!(of(&together, "green-skills"), 0);
    assert_eq!(sum(&together), sum(&thrice));
    assert_eq!(
        of(&together, "warm-homes"),
        of(&thrice, "warm-homes") + of(&thrice, "green-skills")
    );
}

#[test]
fn status_names_every_claim_and_ends_with_1_where_some_are_behind() {
    let folder = city();
    let ran = folder.run(&format!("portfolio status {CITY} --format json"));
    assert_eq!(ran.code, 1, "{}", ran.told);
    let rows = rows(&folder, &format!("portfolio status {CITY}"));
    // 17 claims, and two measures that the city measures itself.
    assert_eq!(rows.len(), 19);
    let one = rows
        .iter()
        .find(|row| row["map"] == "warm-homes" && row["kpi"] == "gas-co2")
        .unwrap();
    assert_eq!((&one["measure"], &one["planned"]), (&json!("co2"), &json!(-5400)));
    assert!(one["measured"].as_i64().unwrap() < 0);
}

#[test]
fn the_register_has_bounds_and_targets() {
    let folder = city();
    let rows = rows(&folder, &format!("portfolio register {CITY}"));
    let jobs = rows.iter().find(|row| row["measure"] == "jobs").unwrap();
    assert_eq!(
        (
            &jobs["planned_at_least"],
            &jobs["planned_at_most"],
            &jobs["target"],
            &jobs["owner"]
        ),
        (
            &json!(1_000),
            &json!(1_150),
            &json!(1_300),
            &json!("Director of Skills")
        )
    );
}

#[test]
fn what_if_a_map_or_a_node_goes_is_shown_and_what_is_not_there_is_refused() {
    let folder = city();
    let without = |what: &str| rows(&folder, &format!("portfolio what-if {CITY} --without {what}"));
    let of = |rows: &[Value], measure: &str| {
        let row = rows.iter().find(|row| row["measure"] == measure).unwrap();
        (row["at_least"].clone(), row["without_at_least"].clone())
    };
    assert_eq!(of(&without("clean-buses"), "co2"), (json!(-14_600), json!(-8_700)));
    assert_eq!(of(&without("clean-buses"), "jobs"), (json!(1_000), json!(1_000)));
    // Fewer kilometres by car hang on more riders alone.
    assert_eq!(
        of(&without("clean-buses:more-riders"), "car-km-saved"),
        (json!(6_400), json!(4_800))
    );
    let ran = folder.run(&format!("portfolio what-if {CITY} --without solar-city"));
    assert_eq!(ran.code, 0);
    assert!(
        ran.told.contains("no map leads to the outcome `within-means` any more"),
        "{}",
        ran.told
    );
    assert!(
        ran.told.contains("warm-homes settings waits for something that is cut"),
        "{}",
        ran.told
    );
    for (what, says) in [
        ("nobody", "no map `nobody`"),
        ("solar-city:nothing", "no node `nothing`"),
    ] {
        let ran = folder.run(&format!("portfolio what-if {CITY} --without {what}"));
        assert_eq!(ran.code, 2);
        assert!(ran.told.contains(says), "{}", ran.told);
    }
}

#[test]
fn diff_says_what_was_added_changed_and_removed_and_what_it_comes_to() {
    let folder = city();
    let file = "examples/portfolio/portfolio.json";
    assert_eq!(folder.run(&format!("portfolio diff {file} {CITY}")).code, 0);
    let mut other: Value = serde_json::from_str(&std::fs::read_to_string(folder.at(file)).unwrap()).unwrap();
    other["claims"][5]["counts"] = json!("shown-only");
    other["links"].as_array_mut().unwrap().remove(0);
    other["outcomes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "new", "title": "New"}));
    folder.put("examples/portfolio/other.json", other.to_string());
    let line = format!("portfolio diff {file} examples/portfolio/other.json --as-of 2028-04-01");
    assert_eq!(folder.run(&line).code, 1);
    let rows = rows(&folder, &line);
    let of = |subject: &str| {
        rows.iter()
            .find(|row| row["subject"] == subject)
            .map(|row| row["change"].clone())
    };
    assert_eq!(of("claim warm-homes council-co2 -> co2"), Some(json!("changed")));
    assert_eq!(
        of("link warm-homes lower-home-carbon -> lower-emissions"),
        Some(json!("removed"))
    );
    assert_eq!(of("outcome new"), Some(json!("added")));
    let total = rows.iter().find(|row| row["subject"] == "total co2 2030-31").unwrap();
    assert!(total["after"].as_str().unwrap().contains("planned -13400"), "{total}");
}

#[test]
fn the_dashboard_and_the_case_say_what_is_planned_what_is_wrong_and_who_answers() {
    let folder = city();
    for (line, begins) in [
        ("portfolio dashboard FILE -o d.html", &b"<!"[..]),
        ("portfolio dashboard FILE -o d.pptx", b"PK"),
        ("portfolio dashboard FILE -o d.xlsx", b"PK"),
        ("portfolio report FILE -o case.docx", b"PK"),
        ("portfolio report FILE -o case.pdf", b"%PDF"),
        ("portfolio report FILE -o case.html", b"<!"),
    ] {
        let ran = folder.run(&line.replace("FILE", CITY));
        assert_eq!(ran.code, 0, "{line}: {}", ran.told);
        let name = line.rsplit(' ').next().unwrap();
        assert!(std::fs::read(folder.at(name)).unwrap().starts_with(begins), "{line}");
    }
    for page in ["d.html", "case.html"] {
        let page = std::fs::read_to_string(folder.at(page)).unwrap();
        for said in [
            "6,400 to 11,200",
            "benefit-in-two-maps",
            "Director of Public Health",
            "The grid connection for the depot comes late",
            "Counted once, though several projects show it",
            "is not explained",
        ] {
            assert!(page.contains(said), "{said}");
        }
        assert!(!page.contains("src=\"http") && !page.contains("<link"));
        assert!(!page.contains('`'), "the marks of code are for a terminal");
    }
}

#[test]
fn text_of_maps_is_never_markup_on_the_dashboard() {
    let folder = city();
    let path = "examples/portfolio/maps/solar-city.json";
    let text = std::fs::read_to_string(folder.at(path)).unwrap();
    folder.put(
        path,
        text.replace("Solar on schools and halls", "<script>alert(1)</script>"),
    );
    for line in [
        "dashboard FILE -o d.html",
        "draw FILE -o p.html",
        "matrix FILE -o m.html",
    ] {
        let ran = folder.run(&format!("portfolio {}", line.replace("FILE", CITY)));
        assert_eq!(ran.code, 0, "{}", ran.told);
        let page = std::fs::read_to_string(folder.at(line.rsplit(' ').next().unwrap())).unwrap();
        assert!(!page.contains("<script>alert"), "{line}");
    }
}

#[test]
fn the_lists_have_a_key_for_every_row_and_answer_a_question() {
    let folder = city();
    let ran = folder.run(&format!("portfolio lists {CITY} -o lists"));
    assert_eq!(ran.code, 0, "{}", ran.told);
    let read = |name: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(folder.at(&format!("lists/{name}.csv"))).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    };
    let projects = read("major-projects");
    assert_eq!(projects[0].len(), 1 + 5);
    assert!(
        projects
            .iter()
            .any(|row| row[0] == "Project Name" && row[1] == "Warm homes")
    );
    let keys = |name: &str| {
        read(name)
            .into_iter()
            .skip(1)
            .map(|row| row[0].clone())
            .collect::<BTreeSet<String>>()
    };
    let (nodes, kpis, owners) = (keys("dim_node"), keys("dim_kpi"), keys("dim_owner"));
    // And the six outcomes of the city.
    assert_eq!(nodes.len(), 25 + 22 + 23 + 20 + 20 + 6);
    for row in read("dim_kpi").iter().skip(1) {
        assert!(nodes.contains(&row[1]), "{row:?}");
    }
    for row in read("dim_node").iter().skip(1) {
        assert!(row[4].is_empty() || owners.contains(&row[4]), "{row:?}");
    }
    for name in ["fact_measurement", "fact_expected"] {
        assert!(read(name).iter().skip(1).all(|row| kpis.contains(&row[0])), "{name}");
    }
    assert!(
        read("bridge_reach")
            .iter()
            .skip(1)
            .all(|row| nodes.contains(&row[0]) && nodes.contains(&row[1]))
    );
    // Money of one project leads to an outcome of the place by way of another project that waits for it.
    let reach: BTreeSet<(String, String)> = read("bridge_reach")
        .into_iter()
        .skip(1)
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let of_solar = reach.iter().filter(|(from, _)| from.starts_with("solar-city:"));
    assert!(of_solar.clone().any(|(_, to)| to.starts_with("place:")));
    assert!(of_solar.clone().any(|(_, to)| to.starts_with("warm-homes:")));
}

/// Runs SQL over CSV files in SQLite, where a table is called as its file is, as in DuckDB; each row with blanks between its cells.
const ASK: &str = r#"
import csv, pathlib, sqlite3, sys
base = sqlite3.connect(":memory:")
for path in pathlib.Path("lists").glob("*.csv"):
    rows = list(csv.reader(open(path, encoding="utf-8-sig")))
    columns = ", ".join('"%s"' % name for name in rows[0])
    base.execute('CREATE TABLE "%s" (%s)' % (path.as_posix(), columns))
    base.executemany('INSERT INTO "%s" VALUES (%s)' % (path.as_posix(), ", ".join("?" * len(rows[0]))), rows[1:])
for row in base.execute(sys.argv[1]):
    print(*row)
"#;

#[test]
fn the_query_of_the_page_gives_what_was_measured_last() {
    let folder = city();
    assert_eq!(folder.run(&format!("portfolio lists {CITY} -o lists")).code, 0);
    let page = std::fs::read_to_string("docs/portfolio.md").unwrap();
    let query = page.split("```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let asked = std::process::Command::new("python3")
        .args(["-c", ASK, query])
        .current_dir(folder.path())
        .output();
    let Ok(asked) = asked else {
        return skip("python3 is missing, which asks the lists");
    };
    let said = String::from_utf8(asked.stdout).unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    // Of each KPI the last row of its file.
    let mut wanted = Vec::new();
    let portfolio: Value =
        serde_json::from_str(&std::fs::read_to_string("examples/portfolio/portfolio.json").unwrap()).unwrap();
    for claim in portfolio["claims"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["measure"] == "co2")
    {
        let (map, kpi) = (claim["map"].as_str().unwrap(), claim["kpi"].as_str().unwrap());
        let rows = std::fs::read_to_string(format!("examples/portfolio/measurements/{map}.csv")).unwrap();
        let of_kpi = rows.lines().filter(|row| row.starts_with(&format!("{kpi},")));
        let Some(last) = of_kpi.filter(|row| row.split(',').nth(1) <= Some("2028-04-01")).max() else {
            continue;
        };
        let cells: Vec<&str> = last.split(',').collect();
        wanted.push((format!("{map}:{kpi} "), format!(" {} {}", cells[1], cells[2])));
    }
    wanted.sort();
    let rows: Vec<&str> = said.lines().collect();
    assert!(rows.len() >= 5 && rows.len() == wanted.len(), "{said}");
    for (row, (begins, ends)) in rows.iter().zip(&wanted) {
        assert!(row.starts_with(begins) && row.ends_with(ends), "{row}: {begins}…{ends}");
    }
}
