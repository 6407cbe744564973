//! Seals of a portfolio: everything that changed since is named, and a changed seal is refused.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::portfolio_example::city;
use crate::support::folder::Folder;
use crate::support::program::benefit_map;

const CITY: &str = "examples/portfolio/portfolio.json";

fn sealed() -> Folder {
    let folder = city();
    let ran = folder.run(&format!(
        "portfolio seal {CITY} -o seals.json --as-of 2028-04-01 --by Ann"
    ));
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        ran.told
            .contains("sealed examples/portfolio/portfolio.json with 5 maps as seal 1 of 2028-04-01"),
        "{}",
        ran.told
    );
    folder
}

fn verified(folder: &Folder) -> (i32, String) {
    let ran = folder.run(&format!("portfolio seal {CITY} --verify seals.json"));
    (ran.code, ran.out + &ran.told)
}

#[test]
fn a_portfolio_that_did_not_change_is_as_it_was_sealed_and_seals_make_a_chain() {
    let folder = sealed();
    let (code, said) = verified(&folder);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("are those of the last seal, and add up to the same."),
        "{said}"
    );
    let first: Value = serde_json::from_str(&std::fs::read_to_string(folder.at("seals.json")).unwrap()).unwrap();
    let digest = first["seals"][0]["digest"].as_str().unwrap().to_owned();
    assert!(digest.starts_with("sha256:"));
    assert_eq!(first["seals"][0]["maps"].as_array().unwrap().len(), 5);
    let ran = folder.run(&format!("portfolio seal {CITY} -o seals.json --as-of 2028-05-01"));
    assert_eq!(ran.code, 0, "{}", ran.told);
    let ran = folder.run(&format!("portfolio seal --verify seals.json --expect {digest}"));
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        ran.out.contains("Seal 1 is the one expected; 1 seal was added since."),
        "{}",
        ran.out
    );
    // A map is the same in a seal of its own.
    let map = "examples/portfolio/maps/solar-city.json";
    assert_eq!(
        folder.run(&format!("seal {map} -o map.json --as-of 2028-04-01")).code,
        0
    );
    let own: Value = serde_json::from_str(&std::fs::read_to_string(folder.at("map.json")).unwrap()).unwrap();
    let solar = first["seals"][0]["maps"].as_array().unwrap();
    let solar = solar.iter().find(|one| one["id"] == "solar-city").unwrap();
    assert_eq!(solar["map"], own["seals"][0]["map"]);
    let ran = folder.run(&format!("portfolio seal {CITY} -o seals.json --as-of 2028-04-30"));
    assert_eq!(ran.code, 2, "a seal does not come before the last");
}

#[test]
fn what_changed_is_named_map_by_map() {
    let folder = sealed();
    let change = |path: &str, from: &str, to: &str| {
        let path = format!("examples/portfolio/{path}");
        let text = std::fs::read_to_string(folder.at(&path)).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        folder.put(&path, text.replacen(from, to, 1));
    };
    change("maps/solar-city.json", "Solar on schools and halls", "Solar on schools");
    change("portfolio.json", "\"counts\": \"adds\"", "\"counts\": \"shown-only\"");
    let rows = "examples/portfolio/measurements/clean-buses.csv";
    let mut text = std::fs::read_to_string(folder.at(rows)).unwrap();
    text.push_str("bus-trips,2028-06-30,15000,Ticket machines,\n");
    folder.put(rows, text);
    change(
        "measurements/green-skills.csv",
        "fitters-kpi,2026-06-30,10",
        "fitters-kpi,2026-06-30,12",
    );
    std::fs::remove_file(folder.at("examples/portfolio/maps/warm-homes.json")).unwrap();
    let (code, said) = verified(&folder);
    assert_eq!(code, 1, "{said}");
    for line in [
        "the map `solar-city` was edited.",
        "The portfolio was edited:",
        "changed: claim ",
        "the map `clean-buses`: Every sealed row is unchanged, and 1 row came after.",
        "the map `green-skills`: Changed, moved or deleted since (value, date, source, note, or which came last): rows of fitters-kpi.",
        "the map `warm-homes` was sealed and was not read now.",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    assert!(!said.contains("liveable-streets"), "{said}");
}

#[test]
fn an_edited_seal_is_refused_and_nothing_is_sealed_while_a_map_cannot_be_read() {
    let folder = sealed();
    let text = std::fs::read_to_string(folder.at("seals.json")).unwrap();
    for (from, to, says) in [
        ("\"by\": \"Ann\"", "\"by\": \"Bo\"", "has been edited"),
        (
            "\"title\": \"Wexbridge 2031\"",
            "\"title\": \"Other\"",
            "is not the map of seal 1",
        ),
        ("\"number\": 1", "\"number\": 2", "has the number 2"),
        ("\"format\": 1", "\"format\": 7", "format 7"),
    ] {
        assert!(text.contains(from), "{from}");
        folder.put("edited.json", text.replacen(from, to, 1));
        let ran = folder.run(&format!("portfolio seal {CITY} --verify edited.json"));
        assert_eq!(ran.code, 2, "{from}");
        assert!(ran.told.contains(says), "{from}: {}", ran.told);
    }
    let before = std::fs::read(folder.at("seals.json")).unwrap();
    folder.put("examples/portfolio/maps/solar-city.json", "{");
    let ran = folder.run(&format!("portfolio seal {CITY} -o seals.json --as-of 2028-05-01"));
    assert_eq!(ran.code, 2);
    assert!(
        ran.told.contains("the map `solar-city` could not be read"),
        "{}",
        ran.told
    );
    assert_eq!(std::fs::read(folder.at("seals.json")).unwrap(), before);
}

#[test]
fn watch_writes_the_dashboard_again_when_a_map_is_saved() {
    let folder = city();
    let mut child = benefit_map()
        .current_dir(folder.path())
        .args(["portfolio", "watch", CITY, "-o", "d.html", "--as-of", "2028-04-01"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut until = |wanted: &str| {
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains(wanted)));
        assert!(line.is_some(), "it ended before it said {wanted}");
    };
    until("watching");
    let path = "examples/portfolio/maps/solar-city.json";
    let text = std::fs::read_to_string(folder.at(path)).unwrap();
    folder.put(path, text.replacen("Solar on schools and halls", "Solar town", 1));
    until("wrote d.html");
    child.kill().unwrap();
    child.wait().unwrap();
    let page = std::fs::read_to_string(folder.at("d.html")).unwrap();
    assert!(page.contains("Solar town"));
    let refused = folder.run(&format!("portfolio watch {CITY}"));
    assert_eq!(refused.code, 2);
    assert!(refused.told.contains("name both"), "{}", refused.told);
}

#[test]
fn a_seal_is_signed_and_verified_as_that_of_a_map() {
    let folder = city();
    for name in ["alice", "mallory"] {
        let made = std::process::Command::new("ssh-keygen")
            .current_dir(folder.path())
            .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", name])
            .status();
        if !made.is_ok_and(|status| status.success()) {
            crate::support::skip::skip("the program ssh-keygen is missing (Debian: openssh-client)");
            return;
        }
    }
    let public = std::fs::read_to_string(folder.at("alice.pub")).unwrap();
    folder.put("allowed", format!("alice@example.org {public}"));
    let seal = |day: &str, more: &str| folder.run(&format!("portfolio seal {CITY} -o seals.json --as-of {day} {more}"));
    let verify = || {
        let ran = folder.run(&format!(
            "portfolio seal {CITY} --verify seals.json --verify-signature allowed"
        ));
        (ran.code, ran.out + &ran.told)
    };
    assert_eq!(seal("2028-04-01", "--sign alice").code, 0);
    let (code, said) = verify();
    assert!(
        code == 0 && said.contains("Seal 1 is signed by alice@example.org."),
        "{said}"
    );
    assert!(said.contains("are those of the last seal"), "{said}");
    // A later seal without a signature is no pass; one by a stranger is refused, and so is the signature of another seal.
    assert_eq!(seal("2028-04-02", "").code, 0);
    let (code, said) = verify();
    assert!(code == 1 && said.contains("Seal 2 is not signed"), "{said}");
    assert_eq!(seal("2028-04-03", "--sign mallory").code, 0);
    let (code, said) = verify();
    assert!(
        code == 2 && said.contains("the signature of seal 3 is not valid"),
        "{said}"
    );
    std::fs::copy(folder.at("seals.json.1.sig"), folder.at("seals.json.3.sig")).unwrap();
    assert_eq!(verify().0, 2);
    // A key that is not there leaves the file of seals as it was.
    let before = std::fs::read(folder.at("seals.json")).unwrap();
    let ran = seal("2028-04-04", "--sign nobody");
    assert!(
        ran.code == 2 && ran.told.contains("nobody does not sign"),
        "{}",
        ran.told
    );
    assert_eq!(std::fs::read(folder.at("seals.json")).unwrap(), before);
}
