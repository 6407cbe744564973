//! Workbooks as people make them by hand.

use rust_xlsxwriter::{Workbook, Worksheet};

/// A workbook as somebody makes it by hand.
pub fn by_hand(make: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    make(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

pub fn sheet<'w>(workbook: &'w mut Workbook, name: &str, header: &[&str]) -> &'w mut Worksheet {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    for (at, name) in header.iter().enumerate() {
        sheet.write_string(0, at as u16, *name).unwrap();
    }
    sheet
}

/// A register of one benefit, as somebody keeps it.
pub fn own_register() -> Vec<u8> {
    by_hand(|workbook| {
        let sheet = sheet(workbook, "Benefits", &["Benefit", "Owner", "Baseline", "Target"]);
        sheet.write_string(1, 0, "Fewer bins").unwrap();
        sheet.write_string(1, 1, "Ann Ash").unwrap();
        sheet.write_number(1, 2, 10).unwrap();
        sheet.write_number(1, 3, 5).unwrap();
    })
}
