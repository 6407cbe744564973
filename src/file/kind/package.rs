//! Files that are no text: packages of parts, pictures and pages, by their first bytes and the names of their parts.

use super::FileKind;

/// How much of the end of a package is looked at, in bytes: its list of parts stands there.
const LIST: usize = 1 << 18;

/// The part that shows what a package is.
const PARTS: [(&[u8], FileKind); 8] = [
    (b"xl/workbook.bin", FileKind::BinaryWorkbook),
    (b"xl/workbook", FileKind::Workbook),
    (b"word/document", FileKind::Document),
    (b"ppt/presentation", FileKind::Slides),
    (b"visio/document", FileKind::Visio),
    (b"opendocument.spreadsheet", FileKind::OpenWorkbook),
    (b"opendocument.presentation", FileKind::Slides),
    (b"opendocument.text", FileKind::Document),
];

/// What a file is that begins as no text does.
pub(super) fn kind(bytes: &[u8]) -> Option<FileKind> {
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(zip(bytes)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(compound(bytes)),
        [0x89, b'P', b'N', b'G', ..] => Some(FileKind::Png),
        [b'%', b'P', b'D', b'F', ..] => Some(FileKind::Pdf),
        [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => {
            Some(FileKind::Picture)
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(FileKind::Picture),
        [0x1f, 0x8b, ..] => Some(FileKind::Binary),
        _ => None,
    }
}

fn zip(bytes: &[u8]) -> FileKind {
    let first = &bytes[..bytes.len().min(LIST)];
    let last = &bytes[bytes.len().saturating_sub(LIST)..];
    let named = |part: &&(&[u8], FileKind)| holds(first, part.0) || holds(last, part.0);
    PARTS.iter().find(named).map_or(FileKind::Zip, |(_, kind)| *kind)
}

/// The Office files of before 2007 are one file of streams, whose names are UTF-16.
fn compound(bytes: &[u8]) -> FileKind {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    match holds(bytes, &wide("Workbook")) {
        true => FileKind::OldWorkbook,
        false => FileKind::OldOffice,
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
