//! The dashboard of a portfolio of a folder that is served: what it is made of, and what it never reads.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::program::run_in_2028;
use crate::workshop_folder::{City, SECRET, map, write};

/// The example of the docs, in a folder of its own.
pub fn example(folder: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/portfolio");
    for below in ["", "maps", "measurements"] {
        fs::create_dir_all(folder.join(below)).unwrap();
        for one in fs::read_dir(from.join(below))
            .unwrap()
            .flatten()
            .filter(|one| one.path().is_file())
        {
            fs::copy(one.path(), folder.join(below).join(one.file_name())).unwrap();
        }
    }
}

#[test]
fn a_dashboard_is_the_one_of_the_command_and_follows_what_is_saved() {
    let city = City::new(example, |_| {});
    let dashboard = || {
        city.get("/api/folder/dashboard?portfolio=portfolio.json", &city.view)
            .json()
    };
    let by_command = || {
        let args = [
            "portfolio",
            "dashboard",
            "portfolio.json",
            "--as-of",
            "2028-04-01",
            "-o",
            "-",
        ];
        let args = [&args[..], &["--format", "html"]].concat();
        String::from_utf8(run_in_2028(&city.path(""), &args).stdout).unwrap()
    };
    let mut list = city.list();
    let version = |list: &Value| list["portfolios"][0]["version"].as_str().unwrap().to_owned();
    let first = version(&list.next("list"));
    let made = dashboard();
    assert_eq!(made["version"], first.as_str());
    assert!(
        made["page"] == by_command().as_str(),
        "the page and what the command writes differ"
    );
    // Saved by the workshop.
    let added = city.add("maps%2Fwarm-homes.json", "client-of-a-test", 1, "Draught proofing");
    assert_eq!(added.status, 200, "{}", added.text());
    let second = version(&list.until("list", |list| version(list) != first));
    assert!(dashboard()["page"] == by_command().as_str());
    // Saved by somebody else: what was measured.
    let rows = fs::read_to_string(city.path("measurements/city.csv")).unwrap();
    fs::write(city.path("measurements/city.csv"), rows.replace("31.9", "30.2")).unwrap();
    let third = version(&list.until("list", |list| version(list) != second));
    let page = dashboard()["page"].as_str().unwrap().to_owned();
    assert!(
        page == by_command() && page != made["page"],
        "what was measured is on the page"
    );
    // A map that can no longer be read is named, and the rest is shown.
    fs::write(city.path("maps/clean-buses.json"), "{").unwrap();
    list.until("list", |list| version(list) != third);
    let page = dashboard()["page"].as_str().unwrap().to_owned();
    assert!(page.contains("clean-buses") && page.contains("line 1"), "{page}");
}

#[test]
fn a_portfolio_reads_nothing_outside_its_own_folder() {
    let city = City::new(
        |folder| {
            write(folder.join("a.json"), map("Beside it"));
            let members: Vec<Value> = [
                "../../secret.json",
                "../a.json",
                "/etc/hostname",
                "link.json",
                "up/a.json",
            ]
            .iter()
            .enumerate()
            .map(|(nth, file)| json!({"id": format!("m{nth}"), "file": file}))
            .collect();
            let portfolio =
                json!({"format": 1, "title": "All", "maps": members, "measurements": ["../../secret.json"]});
            write(folder.join("sub/portfolio.json"), portfolio.to_string());
            #[cfg(unix)]
            {
                std::os::unix::fs::symlink("../../secret.json", folder.join("sub/link.json")).unwrap();
                std::os::unix::fs::symlink("..", folder.join("sub/up")).unwrap();
            }
        },
        |_| {},
    );
    let answer = city.get("/api/folder/dashboard?portfolio=sub%2Fportfolio.json", &city.view);
    let page = answer.json()["page"].as_str().unwrap().to_owned();
    assert!(!page.contains(SECRET) && !page.contains("Beside it"), "{page}");
    for nth in 0..5 {
        assert!(page.contains(&format!("m{nth}")), "m{nth} is named: {page}");
    }
}
