//! The business case: what it must hold, and that Word documents of it are sound, in whose styles it may be.

use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::written::Notation;
use benefit_map::map::{BenefitMap, Day};
use benefit_map::report::{Block, CaseOptions, Report, business_case, docx, html, pdf};
use benefit_map::table::csv;
use benefit_map::track::{Intake, Measurements};

use crate::support::archive::{check_package, part};
use crate::support::example::{example, fonts};
use crate::support::foreign::{converted, there, told_of_pdf, words_of_pdf};
use crate::support::hostile::{HOSTILE, everything, long_word};

fn day() -> Day {
    Day::new("2028-04-01").unwrap()
}

fn measured(map: &BenefitMap) -> Measurements {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/maps/smart-waste/measurements.csv"
    );
    let mut intake = Intake::new(map, Notation::default());
    let bytes = std::fs::read(path).unwrap();
    benefit_map::table::stream::measurements("measurements.csv", bytes.as_slice(), &mut intake).unwrap();
    intake.finish().measurements
}

fn case(map: &BenefitMap, measurements: Option<&Measurements>) -> Report {
    let mut options = CaseOptions::new(day());
    options.measurements = measurements;
    options.source = "map.json".to_owned();
    business_case(&BenefitGraph::new(map), &options)
}

fn headings(report: &Report) -> Vec<&str> {
    let of = |block| match block {
        &Block::Heading { level: 1, ref text, .. } => Some(text.as_str()),
        _ => None,
    };
    report.blocks.iter().filter_map(of).collect()
}

#[test]
fn it_holds_what_a_board_must_see() {
    let map = example();
    let report = case(&map, Some(&measured(&map)));
    assert_eq!(
        headings(&report),
        [
            "Summary",
            "Strategic purpose",
            "How the benefits come about",
            "What leads to each end outcome",
            "Evidence and assumptions",
            "Benefits register",
            "How benefits are measured",
            "Risks and responses",
            "Benefits realisation plans",
            "Partners and what each gains",
            "Costs and what they lead to",
            "Economic appraisal"
        ]
    );
    let page = html::write(&report);
    for node in &map.nodes {
        assert!(page.contains(&node.title), "{}", node.title);
    }
    for kpi in &map.kpis {
        assert!(page.contains(&kpi.title), "{}", kpi.title);
    }
    for risk in map
        .risks
        .iter()
        .filter(|risk| risk.status == benefit_map::map::RiskStatus::Open)
    {
        assert!(page.contains(&risk.title), "{}", risk.title);
    }
    // The sum of the costs, added up here from the file.
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/maps/smart-waste/map.json"
    ))
    .unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let costs = json["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|node| node["cost"].as_array())
        .flatten();
    let begins = |year: &serde_json::Value| year.as_str().map(|year| year[..4].parse::<i64>().unwrap());
    let years =
        |cost: &serde_json::Value| begins(&cost["until"]).map_or(1, |last| last + 1 - begins(&cost["year"]).unwrap());
    let sum: i64 = costs.map(|cost| cost["amount"].as_i64().unwrap() * years(cost)).sum();
    let shown = format!("£{}", benefit_map::map::group_digits(&sum.to_string()));
    assert!(page.contains(&format!("costs {shown} in all")), "{shown}");
    // The ratio never stands without the benefits that have no value in money.
    let of_money = page.split_once("Options: present values").unwrap().1;
    assert!(of_money.contains("Benefits without a value in money") && of_money.contains("No ratio is a pass mark"));
    assert!(page.contains("Of which capital") && page.contains("2035-36"));
    // A picture of the whole map and one an end outcome.
    assert!(page.contains("Figure 1: The benefit map"));
    assert_eq!(page.matches(": What leads to “").count(), 5);
}

#[test]
fn without_measurements_it_says_nothing_of_status() {
    let map = example();
    let page = html::write(&case(&map, None));
    assert!(page.contains("Nothing has been measured yet"));
    assert!(!page.contains("Off track"));
}

#[test]
fn an_empty_map_makes_a_document_that_says_so() {
    let report = case(&BenefitMap::new(""), None);
    assert_eq!(headings(&report).len(), 11);
    let bytes = docx::write(&report, &fonts(), None).unwrap();
    check_package(&bytes);
    assert!(part(&bytes, "word/document.xml").contains("The map has no KPIs yet"));
}

#[test]
fn a_word_document_is_made_of_words_own_things() {
    let map = example();
    let report = case(&map, Some(&measured(&map)));
    let bytes = docx::write(&report, &fonts(), None).unwrap();
    assert_eq!(docx::write(&report, &fonts(), None).unwrap(), bytes);
    check_package(&bytes);
    let document = part(&bytes, "word/document.xml");
    // The list of contents has page numbers before Word has counted them, each at least that of the line before.
    let pages: Vec<usize> = document
        .split(" PAGEREF ")
        .skip(1)
        .map(|rest| {
            let (_, shown) = rest.split_once("w:fldCharType=\"separate\"/></w:r>").unwrap();
            let (number, _) = shown.split_once("</w:t>").unwrap();
            number.rsplit_once('>').unwrap().1.parse().unwrap()
        })
        .collect();
    assert!(pages.len() > 20 && pages.is_sorted() && pages[0] > 1, "{pages:?}");
    let tables = document.matches("<w:tbl>").count();
    assert_eq!(
        document.matches("<w:tblHeader/>").count(),
        tables,
        "the head of every table repeats"
    );
    for needed in [
        " TOC \\o",
        " SEQ Table ",
        " SEQ Figure ",
        " REF _",
        "w:orient=\"landscape\"",
        "<w:pStyle w:val=\"Heading1\"/>",
        "asvg:svgBlip",
    ] {
        assert!(document.contains(needed), "{needed}");
    }
    // Every picture has words for those who do not see it, and a PNG for those who cannot read SVG.
    let pictures = document.matches("<w:drawing>").count();
    assert!(pictures >= 6);
    assert_eq!(document.matches("descr=\"\"").count(), 0);
    // What is drawn is a picture as SVG, or a chart of Word with the values that it is made from.
    let charts = document.matches("<c:chart ").count();
    assert!(charts > 20, "{charts}");
    assert_eq!(document.matches("asvg:svgBlip ").count() + charts, pictures);
    let all = crate::support::archive::parts(&bytes);
    let chart = all
        .iter()
        .find(|(name, _)| name.starts_with("word/charts/chart"))
        .map(|(_, chart)| String::from_utf8_lossy(chart).into_owned())
        .unwrap();
    assert!(
        chart.contains("<c:externalData ") && chart.contains("<c:f>Data!$A$2"),
        "{chart}"
    );
    // LibreOffice leaves out a series that comes before a longer one, so all series of a chart have as many rows.
    for (name, chart) in all.iter().filter(|(name, _)| name.starts_with("word/charts/chart")) {
        let chart = String::from_utf8_lossy(chart);
        let rows = chart.split("<c:formatCode>").skip(1);
        let rows = rows.filter_map(|list| list.split("<c:ptCount val=\"").nth(1)?.split('"').next());
        let rows: std::collections::BTreeSet<&str> = rows.collect();
        assert_eq!(rows.len(), 1, "{name}: {rows:?}");
        assert!(chart.contains("<c:majorUnit "), "{name}");
    }
    let books = all.iter().filter(|(name, _)| name.starts_with("word/embeddings/"));
    let books: Vec<&Vec<u8>> = books.map(|(_, book)| book).collect();
    assert_eq!(books.len(), charts);
    // The workbook has the values of the chart.
    let sheet = part(books[0], "xl/worksheets/sheet1.xml");
    let values = chart.split("<c:yVal>").nth(1).unwrap();
    let first = values.split("<c:v>").nth(1).unwrap().split('<').next().unwrap();
    assert!(sheet.contains(&format!("<v>{first}</v>")), "{first}: {sheet}");
    // A figure below zero has a minus sign, after which no line ends, as it may after a hyphen.
    assert!(document.contains("(\u{2212}"), "nothing is below zero");
    for before in [">-", "(-", " -"] {
        for rest in document.split(before).skip(1) {
            let begins_with_digit = rest.starts_with(|c: char| c.is_ascii_digit());
            assert!(
                !begins_with_digit,
                "{before}{}",
                rest.chars().take(40).collect::<String>()
            );
        }
    }
    // What a field or a link leads to is there.
    for word in ["w:anchor=\"", " REF ", " PAGEREF "] {
        for piece in document.split(word).skip(1) {
            let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(
                document.contains(&format!("w:name=\"{name}\"")),
                "nothing is called {name}"
            );
        }
    }
    assert!(part(&bytes, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    if there("soffice") && there("pdftotext") {
        let words = words_of_pdf(&converted("case.docx", &bytes));
        for needed in ["Table1:", "Figure2:", "Page2of", "Benefitsregister"] {
            assert!(words.contains(needed), "{needed}");
        }
    }
}

#[test]
fn no_words_break_a_word_document() {
    let bytes = docx::write(&everything(), &fonts(), None).unwrap();
    check_package(&bytes);
    let document = part(&bytes, "word/document.xml");
    for words in HOSTILE.into_iter().chain([long_word().as_str()]) {
        let escaped = words
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        assert!(document.contains(&escaped), "{words}");
    }
    assert!(document.contains("<w:bidi/>") && document.contains("<w:rtl/>"));
    if there("soffice") && there("pdftotext") {
        let words = words_of_pdf(&converted("hostile.docx", &bytes));
        assert!(words.contains("a<b&\"c\">'d'") && words.contains("<script>alert(1)</script>"));
    }
}

#[test]
fn a_template_lends_its_styles_whatever_their_ids_are() {
    let plain = docx::write(&everything(), &fonts(), None).unwrap();
    // A template of our own document: its styles renamed, coloured and without one that we use, its page narrower.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&plain)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut text).unwrap();
        if name == "word/styles.xml" || name == "word/document.xml" {
            let changed = String::from_utf8(text)
                .unwrap()
                .replace("\"Heading1\"", "\"berschrift1\"")
                .replace("17467D", "AA0000")
                .replace("<w:name w:val=\"Note Box\"/>", "<w:name w:val=\"Something else\"/>")
                .replace("w:w=\"11906\" w:h=\"16838\"", "w:w=\"12240\" w:h=\"15840\"");
            text = changed.into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, &text).unwrap();
    }
    let template = docx::Template::read(&out.finish().unwrap().into_inner()).unwrap();
    let bytes = docx::write(&everything(), &fonts(), Some(&template)).unwrap();
    check_package(&bytes);
    let (document, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    assert!(document.contains("<w:pStyle w:val=\"berschrift1\"/>"));
    assert!(!document.contains("<w:pStyle w:val=\"Heading1\"/>"));
    assert!(styles.contains("AA0000"));
    assert_eq!(
        styles.matches("<w:name w:val=\"Note Box\"/>").count(),
        1,
        "what a template lacks is added"
    );
    assert_eq!(styles.matches("<w:name w:val=\"heading 1\"/>").count(), 1);
    assert!(document.contains("w:w=\"12240\" w:h=\"15840\""));
    if there("soffice") {
        converted("styled.docx", &bytes);
    }
}

#[test]
fn what_is_no_template_is_refused_with_a_reason() {
    let map = file::Document::parse("m.json", b"{\"format\": 1}").unwrap();
    let workbook_like = {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        out.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        out.finish().unwrap().into_inner()
    };
    for (bytes, words) in [
        (b"{}".to_vec(), "not an Office document"),
        (workbook_like, "not a Word document"),
        (
            csv::write(&benefit_map::table::benefit_register(&map.map, None)),
            "not an Office document",
        ),
    ] {
        let error = docx::Template::read(&bytes).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn a_pdf_has_pages_numbers_and_all_the_words() {
    let map = example();
    let report = case(&map, Some(&measured(&map)));
    let bytes = pdf::write(&report, &fonts()).unwrap();
    assert_eq!(pdf::write(&report, &fonts()).unwrap(), bytes);
    let hostile = pdf::write(&everything(), &fonts()).unwrap();
    pdf::write(&case(&BenefitMap::new(""), None), &fonts()).unwrap();
    if there("pdftotext") {
        let told = told_of_pdf(&bytes);
        assert!(
            told.contains("Tagged:yes") && told.contains("Title:Smartwaste"),
            "{told}"
        );
        let words = words_of_pdf(&bytes);
        for node in &map.nodes {
            assert!(words.contains(&node.title.replace(' ', "")), "{}", node.title);
        }
        // The last page says how many there are.
        let pages = told.split("Pages:").nth(1).unwrap();
        let pages: String = pages.chars().take_while(char::is_ascii_digit).collect();
        assert!(words.contains(&format!("Page{pages}of{pages}")), "{pages}");
        let words = words_of_pdf(&hostile);
        assert!(words.contains("a<b&\"c\">'d'") && words.contains("<script>alert(1)</script>"));
        assert!(words.contains(&long_word()[..20]));
    }
}

#[test]
fn years_of_costs_stand_in_their_order_however_they_are_written() {
    let folder = crate::support::folder::Folder::new();
    folder.put(
        "map.json",
        r#"{"format": 1, "title": "Pumps", "currency": "GBP", "nodes": [
            {"id": "a", "kind": "investment", "title": "A", "cost": [{"year": "2030-31", "amount": 7}, {"year": "FY26/27", "amount": 5}]},
            {"id": "b", "kind": "investment", "title": "B", "cost": [{"year": "2026-27", "amount": 2}, {"year": "2027/28", "amount": 6}]}]}"#,
    );
    let ran = folder.run("report business-case map.json --as-of 2026-04-01 -o case.md");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let page = std::fs::read_to_string(folder.at("case.md")).unwrap();
    assert!(
        page.contains("| What | 2026\\-27 | 2027\\-28 | 2030\\-31 | Total |"),
        "{page}"
    );
    assert!(page.contains("| **£7** | **£6** | **£7** | **£20** |"), "{page}");
}
