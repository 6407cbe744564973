//! Workbooks in the hands of LibreOffice: opened, changed, reckoned and saved there, and read back.

#![allow(clippy::disallowed_methods, reason = "a test writes and reads files where it works")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use benefit_map::file;
use benefit_map::map::written::Notation;
use benefit_map::map::{BenefitMap, Day, Number};
use benefit_map::table::{Decision, DecisionKind, Missing, changes, import, onto, stream, xlsx};
use benefit_map::track::{self, Every, Intake, Measurement, Measurements};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::archive::parts;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The example map with its measurements.
fn example() -> (BenefitMap, Measurements) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste");
    let text = std::fs::read_to_string(folder.join("map.json")).unwrap();
    let mut map: BenefitMap = serde_json::from_str(&text).unwrap();
    map.canonicalize();
    let measured = std::fs::read(folder.join("measurements.csv")).unwrap();
    let mut intake = Intake::new(&map, Notation::default());
    stream::measurements("measurements.csv", measured.as_slice(), &mut intake).unwrap();
    let measurements = intake.finish().measurements;
    (map, measurements)
}

/// LibreOffice, where it is installed.
fn soffice() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path)
        .map(|dir| dir.join("soffice"))
        .find(|file| file.is_file());
    if found.is_none() {
        crate::support::skip::skip("no soffice on the PATH, so no workbook was opened in LibreOffice");
    }
    found
}

/// The file, saved by LibreOffice as that kind, into `dir/out`.
fn saved_as(soffice: &Path, dir: &Path, file: &str, kind: &str) -> PathBuf {
    let out = dir.join("out");
    // A profile of its own, so that an open LibreOffice is no hindrance.
    let profile = format!("-env:UserInstallation=file://{}", dir.join("profile").display());
    let output = Command::new(soffice)
        .args([profile.as_str(), "--headless", "--convert-to", kind, "--outdir"])
        .arg(&out)
        .arg(dir.join(file))
        .output()
        .unwrap();
    let written = out.join(Path::new(file).with_extension(kind));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && written.is_file(),
        "LibreOffice made no {}: {said}",
        written.display()
    );
    written
}

#[test]
fn libreoffice_saves_what_was_changed_and_nothing_else() {
    let Some(soffice) = soffice() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (mut map, measurements) = example();
    // Texts and days that a spreadsheet program is tempted to change.
    map.nodes[0].description = "=1+1".to_owned();
    map.nodes[1].description = "  two\nlines, 007 ".to_owned();
    map.nodes[2].tags = vec!["2026-27".to_owned()];
    map.nodes[3].due = Some("1899-12-31".parse().unwrap());
    std::fs::write(
        dir.path().join("map.xlsx"),
        xlsx::tracked(&map, &measurements, Some(day("2028-04-01")), Every::Quarter).unwrap(),
    )
    .unwrap();

    // As LibreOffice sees it, in the open: its own flat format. There a title is changed and two rows change places.
    let flat = saved_as(&soffice, dir.path(), "map.xlsx", "fods");
    let text = std::fs::read_to_string(flat).unwrap();
    let old = "<text:p>Fewer overflowing street bins</text:p>";
    assert_eq!(text.matches(old).count(), 1, "the title stands once");
    let text = text.replace(old, "<text:p>No overflowing street bins</text:p>");
    let text = rows_swapped(&text, "nodes");
    std::fs::write(dir.path().join("edited.fods"), text).unwrap();
    let saved = saved_as(&soffice, dir.path(), "edited.fods", "xlsx");

    // Onto the map itself: the one change, and nothing that had to be decided.
    let tables = xlsx::read("edited.xlsx", &std::fs::read(&saved).unwrap()).unwrap();
    let after = onto(&map, &tables, Missing::Prune).unwrap();
    assert_eq!(after.decisions, []);
    let told: Vec<String> = changes(&map, &after.map).iter().map(ToString::to_string).collect();
    let id = map
        .nodes
        .iter()
        .find(|node| node.title == "Fewer overflowing street bins")
        .unwrap()
        .id
        .clone();
    assert_eq!(
        told,
        [format!(
            "node `{id}`: title was `Fewer overflowing street bins` and is `No overflowing street bins`"
        )]
    );

    let mut import = import(&xlsx::read("edited.xlsx", &std::fs::read(saved).unwrap()).unwrap()).unwrap();
    // A map made of the workbook alone: the day of 1899 is kept, and pointed out as far from the map's time.
    let decided: Vec<_> = import.decisions.iter().map(|d| (d.kind, d.column.as_deref())).collect();
    assert_eq!(decided, [(DecisionKind::FarDay, Some("due"))]);
    assert_ne!(
        import.map.nodes[0].id, map.nodes[0].id,
        "the rows were sorted otherwise"
    );
    import.map.canonicalize();
    let changed = map
        .nodes
        .iter_mut()
        .find(|node| node.title == "Fewer overflowing street bins")
        .unwrap();
    changed.title = "No overflowing street bins".to_owned();
    assert_eq!(import.map, map);
}

/// The flat document with the first two rows below the header of that sheet in each other's place.
fn rows_swapped(text: &str, sheet: &str) -> String {
    let start = text.find(&format!("<table:table table:name=\"{sheet}\"")).unwrap();
    let end = start + text[start..].find("</table:table>").unwrap();
    let rows: Vec<(usize, usize)> = text[start..end]
        .match_indices("<table:table-row ")
        .map(|(at, _)| {
            let from = start + at;
            (
                from,
                from + text[from..].find("</table:table-row>").unwrap() + "</table:table-row>".len(),
            )
        })
        .collect();
    let ((a, b), (c, d)) = (rows[1], rows[2]);
    [&text[..a], &text[c..d], &text[b..c], &text[a..b], &text[d..]].concat()
}

#[test]
fn libreoffice_saves_an_unchanged_workbook_as_no_change() {
    let Some(soffice) = soffice() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (map, measurements) = example();
    let bytes = xlsx::tracked(&map, &measurements, Some(day("2028-04-01")), Every::Quarter).unwrap();
    std::fs::write(dir.path().join("map.xlsx"), &bytes).unwrap();
    let saved = std::fs::read(saved_as(&soffice, dir.path(), "map.xlsx", "xlsx")).unwrap();
    // Saved by another program indeed, with the charts and the guard of the ids still in it.
    assert_ne!(saved, bytes);
    let names = parts(&saved);
    let charts = names
        .iter()
        .filter(|(name, _)| name.starts_with("xl/charts/chart"))
        .count();
    assert_eq!(charts, map.kpis.len());
    let nodes = &names
        .iter()
        .find(|(name, _)| name == "xl/worksheets/sheet5.xml")
        .unwrap()
        .1;
    let nodes = String::from_utf8_lossy(nodes);
    assert!(
        nodes.contains("type=\"custom\"") && nodes.contains("COUNTA("),
        "{nodes}"
    );

    let after = onto(&map, &xlsx::read("map.xlsx", &saved).unwrap(), Missing::Prune).unwrap();
    let told: Vec<String> = after.decisions.iter().map(Decision::to_string).collect();
    assert_eq!(told, [""; 0]);
    assert_eq!(changes(&map, &after.map), []);
    assert_eq!(file::write(&after.map), file::write(&map));
}

/// KPIs of every direction and profile, from zero and not, with all, some and no tolerances, within bands, and with and
/// without a frequency, each with values that run ahead of the plan, behind it, and round its edges, on the last days of
/// quarters and before them.
fn of_every_kind() -> (BenefitMap, Measurements) {
    let mut kpis = Vec::new();
    let frequencies = ["", "quarterly", "yearly", "monthly", "half-yearly", "now and then"];
    let mut kpi = |of: String| {
        let at = kpis.len();
        let plan = match frequencies[at % frequencies.len()] {
            "" => String::new(),
            text => format!(r#""measurement": {{"frequency": "{text}"}}, "#),
        };
        kpis.push(format!(r#"{{"id": "k{at:03}", "node": "n", {plan}{of}}}"#));
    };
    for way in [
        r#""direction": "increase","#,
        r#""direction": "decrease","#,
        r#""direction": "maintain","#,
        "",
    ] {
        for path in ["linear", "s-curve", "step"] {
            for tolerance in [
                r#""tolerance": {"amber": 0.05, "red": 0.15},"#,
                r#""tolerance": {"amber": 0.2},"#,
                "",
            ] {
                for (from, to) in [(0, 40), (40, 0), (50, 50), (-10, 30)] {
                    kpi(format!(
                        r#"{way} {tolerance} "trajectory": {{"profile": "{path}"}}, "baseline": {{"date": "2026-03-31", "value": {from}}},
                           "targets": [{{"date": "2027-03-31", "value": {to}}}]"#
                    ));
                }
            }
        }
        kpi(format!(
            r#"{way} "baseline": {{"date": "2026-03-31", "value": 7}},
               "trajectory": {{"points": [{{"date": "2026-07-31", "value": 9}}, {{"date": "2027-01-31", "value": 5.5}}]}}"#
        ));
        kpi(format!(
            r#"{way} "targets": [{{"value": 12}}], "baseline": {{"date": "2026-03-31", "value": 7}}"#
        ));
        kpi(format!(r#"{way} "targets": [{{"date": "2026-09-30", "value": 12}}]"#));
        // Stricter before the end, points that go on after the last target, and a target beside points.
        kpi(format!(
            r#"{way} "baseline": {{"date": "2026-03-31", "value": 10}},
               "targets": [{{"date": "2026-12-31", "value": 45}}, {{"date": "2027-03-31", "value": 20}}]"#
        ));
        kpi(format!(
            r#"{way} "baseline": {{"date": "2026-03-31", "value": 10}}, "targets": [{{"date": "2026-12-31", "value": 20}}],
               "trajectory": {{"points": [{{"date": "2026-12-31", "value": 20}}, {{"date": "2028-03-31", "value": 30}}]}}"#
        ));
        kpi(format!(
            r#"{way} "baseline": {{"date": "2026-03-31", "value": 30}}, "targets": [{{"value": 12}}],
               "trajectory": {{"points": [{{"date": "2027-01-10", "value": 8}}]}}"#
        ));
    }
    for band in [
        r#""lower": 18, "upper": 24"#,
        r#""lower": 20"#,
        r#""upper": 30"#,
        r#""lower": 0, "upper": 25"#,
    ] {
        for tolerance in [r#""tolerance": {"amber": 0.05, "red": 0.15},"#, ""] {
            kpi(format!(
                r#""direction": "maintain", {tolerance} "band": {{{band}}}, "baseline": {{"date": "2026-03-31", "value": 20}},
                   "targets": [{{"date": "2027-03-31", "value": 20}}]"#
            ));
        }
    }
    let map = format!(
        r#"{{"format": 1, "nodes": [{{"id": "n", "kind": "end-outcome", "title": "N"}}], "kpis": [{}]}}"#,
        kpis.join(",")
    );
    let map: BenefitMap = serde_json::from_str(&map).unwrap();
    let days = [
        ["2026-06-30", "2026-09-30", "2026-12-31", "2027-03-31", "2027-06-30"],
        ["2026-05-14", "2026-08-28", "2026-12-24", "2027-03-29", "2027-06-30"],
        ["2026-06-30", "2026-09-15", "2026-10-02", "2027-02-10", "2027-04-20"],
    ];
    let values = [
        "8", "20", "42.5", "0", "50", "-1", "17.1", "30", "5.225", "12", "24.9", "57.5",
    ];
    let rows = map.kpis.iter().enumerate().flat_map(|(k, kpi)| {
        days[k % 3]
            .iter()
            .enumerate()
            .filter(move |(d, _)| (k + d) % 6 != 5)
            .map(move |(d, date)| {
                Measurement::new(
                    kpi.id.clone(),
                    day(date),
                    Number::new(values[(5 * k + 7 * d) % values.len()]).unwrap(),
                )
            })
    });
    let measurements = rows.collect();
    (map, measurements)
}

#[test]
fn libreoffice_reckons_the_statuses_that_are_told() {
    let Some(soffice) = soffice() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (map, measurements) = of_every_kind();
    let as_of = Some(day("2027-06-30"));
    let bytes = xlsx::tracked(&map, &measurements, as_of, Every::Quarter).unwrap();
    // What the formulas come to is wiped out, so that nothing can be told but what is reckoned anew.
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts(&bytes) {
        let part = match name.as_str() {
            "xl/worksheets/sheet2.xml" => {
                let text = String::from_utf8(part).unwrap();
                let mut pieces = text.split("</f><v>");
                let mut out = pieces.next().unwrap().to_owned();
                for piece in pieces {
                    out.push_str("</f><v>wiped");
                    out.push_str(&piece[piece.find("</v>").unwrap()..]);
                }
                out.into_bytes()
            }
            _ => part,
        };
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(&part).unwrap();
    }
    std::fs::write(dir.path().join("map.xlsx"), writer.finish().unwrap().into_inner()).unwrap();
    let settings = dir.path().join("profile/user");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(
        settings.join("registrymodifications.xcu"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#,
    )
    .unwrap();
    let saved = saved_as(&soffice, dir.path(), "map.xlsx", "fods");
    let text = std::fs::read_to_string(saved).unwrap();
    let sheet = &text[text.find("<table:table table:name=\"Progress\"").unwrap()..];
    let sheet = &sheet[..sheet.find("</table:table>").unwrap()];
    let reckoned: Vec<Vec<String>> = sheet.split("<table:table-row ").skip(2).map(cells_reckoned).collect();

    let rows = track::trajectory(&map, &measurements, as_of, Every::Quarter);
    let text = |value: Option<Number>| value.map(|value| value.to_string()).unwrap_or_default();
    assert!(rows.len() > 800, "{}", rows.len());
    for status in track::Status::WORDS {
        assert!(
            rows.iter().any(|row| row.status.as_str() == *status),
            "no row is {status}"
        );
    }
    for (at, row) in rows.iter().enumerate() {
        let expected = [
            text(row.variance),
            text(row.variance_percent),
            row.status.as_str().to_owned(),
        ];
        assert_eq!(reckoned[at], expected, "row {}: {row:?}", at + 2);
    }
}

/// What the cells with formulas of a row of a flat document say.
fn cells_reckoned(row: &str) -> Vec<String> {
    row.split("<table:table-cell ")
        .filter(|cell| cell.contains("table:formula="))
        .map(|cell| {
            let tag = cell.split('>').next().unwrap();
            match tag.split("office:value=\"").nth(1) {
                Some(value) => value.split('"').next().unwrap().to_owned(),
                None => {
                    let said = cell.split("<text:p>").nth(1).unwrap_or_default();
                    said.split('<').next().unwrap().to_owned()
                }
            }
        })
        .collect()
}
