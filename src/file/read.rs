//! Text to map, or every fault of the text in its place.

use std::borrow::Cow;
use std::ops::Range;

use super::examine::{Found, Syntax, examine};
use super::fault::{FaultKind, Faults};
use super::kind::FileKind;
use super::lines::Lines;
use super::syntax::scan;
use super::tree::{Item, Shape, Tree};
use crate::escape::json::reason;
use crate::map::limits::TooMuch;
use crate::map::{BenefitMap, MAX_DIGITS, Number, limits};

/// The longest text of a map that is read, in bytes.
pub const MAX_BYTES: u64 = (limits::MAP_SIZE.most as u64) << 20;

/// With more places than this that are not UTF-8, a file is no text at all, such as a picture.
const NO_TEXT: usize = 100;

/// The map that a text holds. `name` is what the text is called in messages, such as the path of its file.
///
/// A byte order mark at the beginning is passed over; places are counted without it.
///
/// # Errors
/// [`Faults`]: everything that keeps the text from being a map, in the order of the places. A link to nothing or an id
/// that is taken twice does not by itself; it is told of only beside other faults, and otherwise left to `check`.
pub fn parse(name: &str, text: &str) -> Result<BenefitMap, Faults> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse_with(name, text, |_| ()).map(|(map, ())| map)
}

/// The map of a text without a byte order mark, and what is made of its items, which are not kept.
pub(super) fn parse_with<T>(
    name: &str,
    text: &str,
    make: impl FnOnce(Tree<'_>) -> T,
) -> Result<(BenefitMap, T), Faults> {
    if text.len() as u64 > MAX_BYTES {
        return Err(single(name, "", FaultKind::TooMuch(size(text.len())), 0..0));
    }
    // The walk judges, and serde only builds: by itself serde would take a list for a record, and would round a number
    // of twenty digits without a word.
    let (items, found) = inspect(text, Syntax::Sound);
    if !found.faults.is_empty() {
        return Err(Faults::new(name, text, &Lines::new(text), found.faults, found.more));
    }
    let made = make(Tree { text, items: &items });
    let plain = &*plain_numbers(text, &items);
    drop(items);
    let map = serde_json::from_str(plain).map_err(|error| {
        let at = byte_of(plain, error.line(), error.column());
        let message = reason(&error);
        single(name, plain, FaultKind::Other { message }, at..at)
    })?;
    Ok((map, made))
}

/// The map that the bytes of a file hold: as [`parse`], with faults where they are not UTF-8.
///
/// # Errors
/// [`Faults`], as [`parse`]; what is not UTF-8 is shown as `�`, and the rest of the text is looked at too.
pub fn parse_bytes(name: &str, bytes: &[u8]) -> Result<BenefitMap, Faults> {
    parse(name, decode(name, bytes)?)
}

/// The items of a text without a byte order mark, and all its faults; `state` tells whether others were found before.
fn inspect(text: &str, state: Syntax) -> (Vec<Item>, Found) {
    let (items, syntax) = scan(text);
    let state = if syntax.is_empty() { state } else { Syntax::Broken };
    let mut found = examine(Tree { text, items: &items }, state);
    let syntax = syntax.into_iter().map(|(fault, span)| (FaultKind::Syntax(fault), span));
    found.faults.extend(syntax);
    (items, found)
}

/// A text without faults, each number written as shortly as it can be where it is long: serde reads by way
/// of binary floats, exact for the 15 digits that a number may have, but not with many zeros after or before them.
fn plain_numbers<'t>(whole: &'t str, items: &[Item]) -> Cow<'t, str> {
    let long = |item: &&Item| item.shape == Shape::Number && item.end - item.start > MAX_DIGITS;
    let mut text = String::new();
    let mut copied = 0;
    for item in items.iter().filter(long) {
        if let Ok(number) = Number::new(&whole[item.span()]) {
            text += &whole[copied..item.start as usize];
            text += &number.to_string();
            copied = item.end as usize;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(whole);
    }
    text += &whole[copied..];
    Cow::Owned(text)
}

/// Refuses a file of another kind, of which no single fault would say what it is.
pub(super) fn of_a_map(name: &str, bytes: &[u8]) -> Result<(), Faults> {
    let kind = FileKind::of(bytes);
    let looks_like_one = match kind {
        FileKind::Map | FileKind::Empty => true,
        // A list, or a word alone.
        FileKind::Json => !bytes.trim_ascii_start().starts_with(b"{"),
        // A map of which the beginning is lost.
        FileKind::Text => bytes.contains(&b'{') && bytes.contains(&b'"'),
        _ => false,
    };
    match looks_like_one {
        true => Ok(()),
        false => Err(single(name, "", FaultKind::OtherKind { kind }, 0..0)),
    }
}

/// The text of a file, without its byte order mark.
pub(super) fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Faults> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(single(name, "", FaultKind::TooMuch(size(bytes.len())), 0..0));
    }
    // With its mark, or by the zero that is half of the first letter.
    let utf16 = matches!(
        bytes,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=127, ..] | [1..=127, 0, ..]
    );
    if utf16 {
        return Err(single(name, "", FaultKind::Utf16, 0..0));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut faults = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        if faults.len() == NO_TEXT {
            // No text at all, such as a picture: nothing in it is worth a word.
            return Err(Faults::new(name, &text, &Lines::new(&text), faults, 0));
        }
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        let kind = FaultKind::Encoding {
            bytes: chunk.invalid().to_vec(),
        };
        faults.push((kind, start..text.len()));
    }
    let (_, found) = inspect(&text, Syntax::Broken);
    // What a replacement character makes of an id or a word has been told by the bytes.
    let told = |span: &Range<usize>| faults.iter().any(|(_, at)| at.start < span.end && span.start < at.end);
    let others = found
        .faults
        .into_iter()
        .filter(|(_, span)| !told(span))
        .collect::<Vec<_>>();
    faults.extend(others);
    Err(Faults::new(name, &text, &Lines::new(&text), faults, found.more))
}

/// What a text of so many bytes is too large for.
pub(super) fn size(bytes: usize) -> TooMuch {
    TooMuch {
        limit: &limits::MAP_SIZE,
        have: bytes.div_ceil(1 << 20),
    }
}

fn single(name: &str, text: &str, kind: FaultKind, span: Range<usize>) -> Faults {
    Faults::new(name, text, &Lines::new(text), vec![(kind, span)], 0)
}

/// The byte of a line and column as `serde_json` counts them: from 1, the column in bytes.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STARTER: &str = include_str!("../../examples/maps/starter/map.json");
    const EVERYTHING: &str = include_str!("../../examples/maps/smart-waste/map.json");

    /// What the walk along the shapes finds.
    fn examined(text: &str) -> Vec<FaultKind> {
        let (_, found) = inspect(text, Syntax::Sound);
        found.faults.into_iter().map(|(kind, _)| kind).collect()
    }

    /// The walk lets nothing through that serde refuses, and beyond serde refuses only lists in the place of records
    /// and numbers that serde would round.
    fn hold_together(text: &str) -> Result<(), TestCaseError> {
        let faults = examined(text);
        let built = serde_json::from_str::<BenefitMap>(text);
        if faults.is_empty() {
            prop_assert!(built.is_ok(), "{:?}\n{}", built.err(), text);
        } else if built.is_ok() {
            let stricter = |kind: &FaultKind| {
                matches!(
                    kind,
                    FaultKind::WrongType { found: "a list", .. }
                        | FaultKind::TooManyDigits { .. }
                        | FaultKind::TooLong { .. }
                )
            };
            prop_assert!(faults.iter().all(stricter), "{:?}\n{}", faults, text);
        }
        Ok(())
    }

    #[test]
    fn the_examples_have_no_fault_either_way() {
        for text in [STARTER, EVERYTHING] {
            assert_eq!(examined(text), []);
            assert!(serde_json::from_str::<BenefitMap>(text).is_ok());
        }
    }

    #[test]
    fn a_number_of_sixteen_digits_is_not_rounded_unseen() {
        let with = |amount: &str| {
            let node = format!(r#"{{"id": "a", "kind": "investment", "cost": [{{"year": "1", "amount": {amount}}}]}}"#);
            parse("m", &format!(r#"{{"format": 1, "nodes": [{node}]}}"#))
        };
        let kept = with("123456789012345").unwrap();
        assert_eq!(kept.nodes[0].cost[0].amount.to_string(), "123456789012345");
        for long in ["0.10000000000000000001", "1234567890123456", "1e400", "1e15"] {
            let faults = with(long).unwrap_err();
            assert_eq!(faults.count(), 1, "{faults}");
            assert_eq!(
                faults.list()[0].kind,
                FaultKind::TooManyDigits { text: long.to_owned() }
            );
        }
        // Digits that say nothing do no harm, and do not bring a float's rounding in.
        for (written, meant) in [
            ("0.30000000000000000000000", "0.3"),
            ("123456789012345.000000000", "123456789012345"),
            ("0.000000000000001", "0.000000000000001"),
            ("123456789012345e-15", "0.123456789012345"),
        ] {
            assert_eq!(with(written).unwrap().nodes[0].cost[0].amount.to_string(), meant);
        }
        // Many digits in a text are nothing to look at.
        assert!(parse("m", r#"{"format": 1, "title": "12345678901234567890"}"#).is_ok());
    }

    #[test]
    fn bytes_that_are_no_text_hide_no_other_fault() {
        let text =
            b"\xef\xbb\xbf{\"format\": 1, \"titel\": \"\xe9\",\n \"nodes\": [{\"id\": \"\xe9\xe9\", \"kind\": 1}]}";
        let faults = parse_bytes("m", text).unwrap_err();
        let told: Vec<_> = faults.list().iter().map(|f| (f.line, f.column)).collect();
        assert_eq!(told, [(1, 15), (1, 25), (2, 20), (2, 21), (2, 33)], "{faults}");
        assert!(faults.to_string().contains("\"titel\": \"\u{fffd}\""), "{faults}");
        assert_eq!(parse_bytes("m", &[0x89; 300]).unwrap_err().list().len(), NO_TEXT);
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_place() {
        let faults = parse_bytes("m", b"{\"format\": 1,\n \"title\": \"caf\xe9\"}").unwrap_err();
        let fault = &faults.list()[0];
        assert_eq!((fault.line, fault.column), (2, 15));
        assert_eq!(fault.kind, FaultKind::Encoding { bytes: vec![0xe9] });
        assert!(matches!(
            parse_bytes("m", b"\xff\xfe{\0").unwrap_err().list()[0].kind,
            FaultKind::Utf16
        ));
        assert!(parse_bytes("m", b"\xef\xbb\xbf{\"format\": 1}").is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Any value of the starter is replaced by another.
        #[test]
        fn the_walk_and_serde_hold_together(at in 1usize..150, what in 0usize..24) {
            let (items, _) = scan(STARTER);
            let item = &items[at % items.len()];
            let others = [
                "null", "true", "false", "0", "1", "-1", "1.5", "1e3", "65536", "1e400", "\"\"", "\"x\"",
                "\"kiosks\"", "\"2026-02-30\"", "\"2026-02-28\"", "\"a -> b\"", "\"A\"", "[]", "[null]", "{}",
                "{\"profile\": \"linear\"}", "\"\\u0061\"", "\"enabler\"", "[{}]",
            ];
            let mut text = STARTER.to_owned();
            text.replace_range(item.span(), others[what]);
            hold_together(&text)?;
        }

        /// Bytes taken out anywhere: no panic, and the same judgement.
        #[test]
        fn damage_never_panics(from in 0usize..2000, length in 0usize..40) {
            let from = from.min(STARTER.len());
            let to = (from + length).min(STARTER.len());
            let mut bytes = STARTER.as_bytes().to_vec();
            bytes.drain(from..to);
            let text = String::from_utf8(bytes).expect("the starter is ASCII");
            hold_together(&text)?;
        }

        #[test]
        fn no_text_panics(text in "[\\[\\]{}:,\"'0-9a-z /*\\\\\\-+.eE\n\u{e9}\u{2028}\u{feff}]{0,80}") {
            let _ = parse("m", &text).map_err(|faults| faults.to_string());
        }
    }
}
