//! Any bytes as the parts of a workbook: no panic, and the map that is made of its sheets is sound.
//!
//! The pieces between the bytes 0x1e are the sheet, the shared texts, the styles and the workbook itself; a piece that is empty or not
//! there is an ordinary one.
#![no_main]

use benefit_map::table::{import, xlsx};
use benefit_map_fuzz::{archive, let_panics_unwind, pieces, sound};
use libfuzzer_sys::fuzz_target;

const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const SHEET: &[u8] = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
const TEXTS: &[u8] = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si><si><t>title</t></si></sst>"#;
const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const WORKBOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="nodes" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

fuzz_target!(|bytes: &[u8]| {
    let_panics_unwind();
    let mut given = pieces(bytes);
    let mut or = |ordinary: &'static [u8]| match given.next() {
        Some(piece) if !piece.is_empty() => piece.to_vec(),
        _ => ordinary.to_vec(),
    };
    let (sheet, texts, styles, workbook) = (or(SHEET), or(TEXTS), or(STYLES), or(WORKBOOK));
    let whole = archive([
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", workbook.as_slice()),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet.as_slice()),
        ("xl/sharedStrings.xml", texts.as_slice()),
        ("xl/styles.xml", styles.as_slice()),
    ]);
    for read in [xlsx::read, xlsx::read_every_sheet] {
        match read("map.xlsx", &whole) {
            Err(error) => assert!(!error.to_string().is_empty()),
            Ok(tables) => {
                if let Ok(imported) = import(&tables) {
                    sound(&imported.map);
                }
            }
        }
    }
});
