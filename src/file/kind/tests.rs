use super::FileKind::{self, *};

fn of(text: &str) -> FileKind {
    FileKind::of(text.as_bytes())
}

#[test]
fn every_kind_of_json_is_known_by_its_fields() {
    for (text, kind) in [
        (r#"{"format": 1, "title": "t", "nodes": []}"#, Map),
        (r#"{"nodes": [{"id": "a"}], "links": []}"#, Map),
        (r#"{"titel": "t", "purpose": "p"}"#, Map),
        ("{\"format\": 1,", Map),
        ("{", Map),
        (r#"{}"#, Map),
        (r#""format": 1, "title": "t"}"#, Map),
        ("// our map\n{\"format\": 1}", Map),
        (
            r#"{"format": 1, "seals": [{"number": 1}], "map": {"format": 1, "nodes": []}}"#,
            Seals,
        ),
        (r#"{"baseline": 1, "findings": []}"#, Baseline),
        (
            r#"{"findings": [{"code": "BM101"}], "summary": {"errors": 0}}"#,
            Findings,
        ),
        (
            r#"{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": []}"#,
            Sarif,
        ),
        (
            r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "BenefitMap", "type": "object", "properties": {"nodes": {}}}"#,
            Schema,
        ),
        (r#"{"format": 1, "maps": ["a.json"]}"#, Portfolio),
        (r#"{"nodes":[{"id":"a","x":1}],"edges":[]}"#, Scene),
        (
            "{\"begin\":{\"journal\":1,\"map\":{\"format\":1}}}\n{\"batch\":[]}\n",
            Journal,
        ),
        (r#"{"name": "p", "elements": [], "connections": []}"#, Kumu),
        (
            r#"{"as_of": "2026-01-01", "counts": {}, "nodes": [], "kpis": []}"#,
            Answer,
        ),
        (
            r#"{"coverage": [], "links_by_evidence": [], "currency": "GBP"}"#,
            Answer,
        ),
        (r#"{"reviews": [], "nodes": {}, "links": {}}"#, Answer),
        (r#"{"name": "left-pad", "version": "1.0.0"}"#, Json),
        ("[1, 2]", Json),
        ("[", Json),
        ("[null, 1]", Json),
        ("\"a \\\" b\"\n", Json),
        ("\"format", Map),
        ("null\n", Json),
        ("{\"format\": 1, \"title\": \"a\u{1}b\"}", Map),
        // What stands deeper has no say.
        (r#"{"x": {"format": 1, "nodes": "seals\" : {"}}"#, Json),
    ] {
        assert_eq!(of(text), kind, "{text}");
    }
}

#[test]
fn every_kind_of_xml_is_known_by_its_outermost_element() {
    let archimate = r#"<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" identifier="m">"#;
    let archi = r#"<archimate:model xmlns:archimate="http://www.archimatetool.com/archimate" name="m">"#;
    for (text, kind) in [
        ("<?xml version=\"1.0\"?>\n<!-- yEd -->\n<graphml xmlns=\"…\">", GraphMl),
        ("<g:graphml>", GraphMl),
        ("<mxfile host=\"app.diagrams.net\">", Drawio),
        ("<mxGraphModel><root/></mxGraphModel>", Drawio),
        (archimate, Archimate),
        (archi, Archi),
        ("<model>", Xml),
        ("<testsuites tests=\"1\">", Junit),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Svg),
        (
            "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a.dtd\"><svg>",
            Svg,
        ),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><svg>", Svg),
        ("<!doctype html>\n<title>t</title>", Html),
        ("<html lang=\"en\">", Html),
        ("<opml>", Xml),
        ("<", Xml),
    ] {
        assert_eq!(of(text), kind, "{text}");
    }
}

#[test]
fn every_kind_of_text_is_known_by_its_first_lines() {
    for (text, kind) in [
        ("", Empty),
        (" \r\n\t", Empty),
        ("\u{feff}", Empty),
        ("digraph {", Dot),
        ("# made by hand\n/* twice */ strict digraph \"a { b\" {\n a -> b }", Dot),
        ("graph g {", Dot),
        ("Digraph G.1\n{", Dot),
        ("graph TD\n a --> b", Mermaid),
        ("%% drawn\nflowchart LR\n a --> b", Mermaid),
        ("---\ntitle: t\n---\nflowchart TD;", Mermaid),
        ("```mermaid\ngraph LR\n a-->b\n```", Mermaid),
        ("kpi,date,value,source,note\n", Measurements),
        ("\u{feff}Value;\"KPI\";Date\r\n1;k;2026-01-01\r\n", Measurements),
        ("sep=;\nkpi;date;value\n", Measurements),
        ("id,kind,title\na,enabler,A\n", Table),
        ("id\tkind\ttitle\n", Table),
        ("From;To\na;b\n", Table),
        (
            "\"kpi\",\"date\",\"value\"\n\"k\",\"2026-05-31\",\"108\"\n",
            Measurements,
        ),
        ("\"ID\",\"Type\",\"Name\"\n", Table),
        ("\"id\";\"a \"\"b\"\"\"\n", Table),
        ("# exported on Monday\n\"ID\",\"Type\"\n", Text),
        ("\"title\"\n\"Seats\"\n", Text),
        ("[OFFICIAL]\nid,kind,title\n", Text),
        ("[text] stands here", Text),
        ("eins,zwei,drei\n1,2,3\n", Table),
        ("Dear all,\nthe map is with Ann, who has it.\n", Text),
        ("graph of sales", Text),
        ("# Notes\n\nwords", Text),
        ("format: 1\ntitle: t\n", Text),
    ] {
        assert_eq!(of(text), kind, "{text:?}");
    }
}

#[test]
fn every_kind_of_package_is_known_by_its_parts() {
    let zip = |part: &str| {
        [
            b"PK\x03\x04".as_slice(),
            &[0; 26],
            part.as_bytes(),
            b"PK\x05\x06",
            &[0; 18],
        ]
        .concat()
    };
    let compound = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 64], &name, &[0; 8]].concat()
    };
    for (bytes, kind) in [
        (zip("xl/workbook.xml"), Workbook),
        (zip("xl/workbook.bin"), BinaryWorkbook),
        (
            zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
            OpenWorkbook,
        ),
        (zip("mimetypeapplication/vnd.oasis.opendocument.text"), Document),
        (zip("word/document.xml"), Document),
        (zip("ppt/presentation.xml"), Slides),
        (zip("visio/document.xml"), Visio),
        (zip("nodes.csv"), Zip),
        (compound("Workbook"), OldWorkbook),
        (compound("WordDocument"), OldOffice),
        (compound("EncryptedPackage"), OldOffice),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), Png),
        (b"\xff\xd8\xff\xe0\0".to_vec(), Picture),
        (b"GIF89a\0".to_vec(), Picture),
        (b"%PDF-1.7\n%\xc3".to_vec(), Pdf),
        (b"\x1f\x8b\x08\0".to_vec(), Binary),
        (b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), Binary),
        (vec![0x89; 300], Binary),
        (b"caf\xe9 et bar".to_vec(), Text),
    ] {
        assert_eq!(FileKind::of(&bytes), kind, "{bytes:?}");
    }
}

#[test]
fn text_in_utf_16_is_what_it_is_in_utf_8() {
    for text in [
        "{\"format\": 1}",
        "<graphml>",
        "digraph {",
        "kpi\tdate\tvalue\r\n",
        "Dear all",
    ] {
        let units: Vec<u16> = std::iter::once('\u{feff}')
            .chain(text.chars())
            .map(|c| c as u16)
            .collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [&little[..], &big, &little[2..], &big[2..]] {
            assert_eq!(FileKind::of(bytes), of(text), "{bytes:?}");
        }
    }
}

#[test]
fn every_kind_has_a_name_and_an_advice_and_a_sample_here() {
    for kind in FileKind::ALL {
        assert!(!kind.label().is_empty() && !kind.advice().is_empty(), "{kind:?}");
    }
    let here = include_str!("tests.rs");
    for kind in FileKind::ALL {
        let (inline, broken) = (format!(", {kind:?})"), format!(" {kind:?},\n"));
        assert!(
            here.contains(&inline) || here.contains(&broken),
            "{kind:?} is sampled by no test"
        );
    }
}
