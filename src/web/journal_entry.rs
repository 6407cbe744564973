//! The lines of a journal: what each says, how it is written, and how it is read again.
//!
//! A line is a check sum, a space and JSON: the first 16 hexadecimal digits of the SHA-256 (FIPS 180-4) of the JSON. Journals of
//! format 1 have lines without a check sum; they are read still, and go on with lines that have one.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::keys::{Role, public};
use crate::map::BenefitMap;
use crate::session::board::{Board, BoardStep};
use crate::session::{HistoryEntry, Mark, Step, hash};

/// The number of the journal's format that is written.
pub(super) const FORMAT: u32 = 2;

/// How many digits a check sum has.
const DIGITS: usize = 16;

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Entry {
    /// The first line.
    Begin {
        /// The number of the journal's format.
        journal: u32,
        /// The revision that the map had.
        rev: u64,
        /// When.
        at: String,
        /// The map.
        map: Box<BenefitMap>,
    },
    /// Steps that were done together, as format 1 has them.
    Batch(Vec<Step>),
    /// Steps that were done together, and the hash of the map after them.
    Steps {
        /// The hash.
        hash: String,
        /// The steps.
        steps: Vec<Step>,
    },
    /// The steps before stand in the map's file.
    Saved(u64),
    /// The map as it was, so that nobody needs to go back to the beginning to find out.
    Map {
        /// The revision.
        rev: u64,
        /// The hash of the map.
        hash: String,
        /// The map.
        map: Box<BenefitMap>,
    },
    /// What people did beside the map, in order.
    Board(Vec<BoardStep>),
    /// All that was beside the map.
    Beside(Box<Board>),
}

/// What can be seen of a line without making its maps and edits.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EntryHead {
    Begin { journal: u32, rev: u64 },
    Batch(Vec<StepHead>),
    Steps { hash: String, steps: Vec<StepHead> },
    Saved(u64),
    Map { rev: u64 },
    Board(Vec<BoardStep>),
    Beside(Box<Board>),
}

#[derive(Debug, Deserialize)]
pub(super) struct StepHead {
    pub rev: u64,
    pub client: String,
    #[serde(default)]
    pub n: Option<u64>,
    pub change: ChangeHead,
}

impl StepHead {
    /// What the timeline needs to know of it.
    pub fn mark(&self) -> Mark {
        Mark {
            rev: self.rev,
            returns_to: match self.change {
                ChangeHead::Return(rev) => Some(rev),
                ChangeHead::Edit(_) | ChangeHead::Map(_) => None,
            },
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ChangeHead {
    Edit(#[allow(dead_code, reason = "it is passed over")] IgnoredAny),
    Map(#[allow(dead_code, reason = "it is passed over")] IgnoredAny),
    Return(u64),
}

/// Whether a line has a check sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// Of format 1: it has none, and clients stand in it as they call themselves.
    Old,
    /// It has one.
    New,
}

impl Entry {
    /// The line as it is written, with its line feed; refused where it could not be read again as what it is.
    pub fn encode(&self) -> Result<Vec<u8>, String> {
        let json = serde_json::to_string(self).map_err(|error| error.to_string())?;
        let mut text = hash(&json).into_bytes();
        text.push(b' ');
        text.extend(json.as_bytes());
        let read = Self::decode(&text)?;
        if read != *self {
            return Err("it would be read as something else".to_owned());
        }
        text.push(b'\n');
        Ok(text)
    }

    /// What a line says, without its line feed.
    pub fn decode(text: &[u8]) -> Result<Self, String> {
        let (age, json) = checked(text)?;
        let mut line: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if age == Age::Old
            && let Self::Batch(steps) = &mut line
        {
            for step in steps {
                step.client = public(Role::Edit, &step.client);
            }
        }
        Ok(line)
    }

    /// The steps of it.
    pub fn into_steps(self) -> Vec<Step> {
        match self {
            Self::Batch(steps) | Self::Steps { steps, .. } => steps,
            Self::Begin { .. } | Self::Saved(_) | Self::Map { .. } | Self::Board(_) | Self::Beside(_) => Vec::new(),
        }
    }
}

impl EntryHead {
    /// What can be seen of a line without its line feed.
    pub fn decode(text: &[u8]) -> Result<(Age, Self), String> {
        let (age, json) = checked(text)?;
        let mut head: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if age == Age::Old
            && let Self::Batch(steps) = &mut head
        {
            for step in steps {
                step.client = public(Role::Edit, &step.client);
            }
        }
        Ok((age, head))
    }
}

impl EntryHead {
    /// The highest revision that it names.
    pub fn highest(&self) -> u64 {
        match self {
            Self::Begin { rev, .. } | Self::Map { rev, .. } | Self::Saved(rev) => *rev,
            Self::Batch(steps) | Self::Steps { steps, .. } => steps.iter().map(|step| step.rev).max().unwrap_or(0),
            Self::Board(_) | Self::Beside(_) => 0,
        }
    }
}

/// What is told of the steps of a line.
pub(super) fn history_entries(text: &[u8]) -> Result<Vec<HistoryEntry>, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Telling {
        Batch(Vec<HistoryEntry>),
        Steps { steps: Vec<HistoryEntry> },
    }
    let (age, json) = checked(text)?;
    let telling = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let (Telling::Batch(mut steps) | Telling::Steps { mut steps }) = telling;
    if age == Age::Old {
        for step in &mut steps {
            step.client = public(Role::Edit, &step.client);
        }
    }
    Ok(steps)
}

/// The JSON of a line whose check sum is right, where it has one.
fn checked(text: &[u8]) -> Result<(Age, &[u8]), String> {
    if text.first() == Some(&b'{') {
        return Ok((Age::Old, text));
    }
    let is_sum = |sum: &[u8]| sum.len() == DIGITS && sum.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match text.split_at_checked(DIGITS) {
        Some((sum, [b' ', json @ ..])) if is_sum(sum) => {
            let json_text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
            match hash(json_text).as_bytes() == sum {
                true => Ok((Age::New, json)),
                false => Err("its check sum does not fit its content".to_owned()),
            }
        }
        _ => Err("it begins with no check sum".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::session::{Change, Does};

    fn step(title: &str) -> Step {
        let edit = serde_json::json!({"do": "add-node", "id": "a", "kind": "enabler", "title": title});
        Step {
            rev: 7,
            at: "2026-11-24T10:15:30Z".to_owned(),
            client: "c".repeat(16),
            name: "Ada".to_owned(),
            colour: 3,
            does: Does::Edit,
            label: "add".to_owned(),
            touches: vec!["node a".to_owned()],
            n: Some(1),
            change: Change::Edit(serde_json::from_value(edit).unwrap()),
        }
    }

    fn steps(title: &str) -> Entry {
        Entry::Steps {
            hash: "0".repeat(16),
            steps: vec![step(title)],
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_any_other_byte_is_noticed() {
        let line = steps("Kiosks\n\u{2028}\"é");
        let text = line.encode().unwrap();
        assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), 1);
        let whole = &text[..text.len() - 1];
        assert_eq!(Entry::decode(whole), Ok(line));
        assert_eq!(history_entries(whole).unwrap(), [HistoryEntry::from(&step(""))]);
        assert!(matches!(
            EntryHead::decode(whole),
            Ok((Age::New, EntryHead::Steps { .. }))
        ));
        for at in 0..whole.len() {
            let mut other = whole.to_vec();
            other[at] ^= 1;
            assert!(
                Entry::decode(&other).is_err() && EntryHead::decode(&other).is_err(),
                "byte {at}"
            );
        }
        assert!(Entry::decode(b"").is_err() && Entry::decode(b"dear diary").is_err());
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        let mut edit = Edit::group(Vec::new());
        for _ in 0..62 {
            edit = Edit::group(vec![edit]);
        }
        let deep = Entry::Steps {
            hash: String::new(),
            steps: vec![Step {
                change: Change::Edit(edit),
                ..step("")
            }],
        };
        assert!(deep.encode().unwrap_err().contains("recursion"));
    }

    #[test]
    fn a_line_of_the_first_format_is_read_still() {
        let old = serde_json::json!({"batch": [{
            "rev": 1, "at": "", "client": "client-of-ada", "n": 1, "name": "Ada", "colour": 0, "does": "edit", "label": "", "touches": [],
            "change": {"edit": {"do": "group", "edits": []}},
        }]});
        let old = old.to_string();
        let steps = Entry::decode(old.as_bytes()).unwrap().into_steps();
        assert_eq!(steps[0].client, public(Role::Edit, "client-of-ada"));
        assert_eq!(history_entries(old.as_bytes()).unwrap()[0].client, steps[0].client);
        let (age, head) = EntryHead::decode(old.as_bytes()).unwrap();
        let EntryHead::Batch(heads) = head else { panic!() };
        assert_eq!((age, &heads[0].client), (Age::Old, &steps[0].client));
    }
}
