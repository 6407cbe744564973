//! What page and server say to each other, as `docs/workshop-protocol.md` describes it: each message a type.

use serde::{Deserialize, Serialize};

use super::keys::Role;
use super::link::Links;
use super::people::Person;
use super::shared_json::SharedJson;
use crate::check::Profile;
use crate::edit::Edit;
use crate::map::{BenefitMap, Day};
use crate::session::board::{BoardNews, Deed, Own};
use crate::session::{Author, HistoryEntry, Labelled, Leader, Look, Undoable};

/// `hello`: everything, for a page that comes.
#[derive(Serialize)]
pub(super) struct Hello<'h> {
    pub client: Option<&'h str>,
    /// Whether this page may close the workshop.
    pub closable: bool,
    pub hash: &'h str,
    pub links: Links,
    pub name: &'h str,
    /// Why nobody may edit, where those with the link that edits might expect so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_view: Option<&'h str>,
    pub profile: Profile,
    pub redo: Option<&'h Labelled>,
    pub rev: u64,
    pub role: Role,
    pub server: &'h str,
    pub today: Option<Day>,
    pub undo: Option<&'h Labelled>,
    /// Which view of the map it is: the next event `map` has the next number.
    pub view: u64,
    pub map: &'h SharedJson,
    pub picture: &'h SharedJson,
    pub findings: &'h SharedJson,
    pub file: &'h FileState,
    #[serde(flatten)]
    pub people: &'h PeopleNow,
}

/// `people`: who is there.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct PeopleNow {
    pub people: Vec<Person>,
    /// How many streams there are of those who have not said who they are.
    pub others: usize,
}

/// `file`: how the map's file is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FileState {
    /// What another program did to the journal, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journal: Option<String>,
    pub name: String,
    /// Whether what is in the file now is a map; only where it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readable: Option<bool>,
    pub state: FileIs,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Whether the file is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FileIs {
    /// It has what was acknowledged last.
    Saved,
    /// Somebody else has written to it.
    Changed,
}

impl FileState {
    /// The file as we left it.
    pub fn saved(name: String) -> Self {
        Self {
            journal: None,
            name,
            readable: None,
            state: FileIs::Saved,
            why: None,
        }
    }

    /// The file with another map in it.
    pub fn changed(name: String) -> Self {
        let why = format!("{name} was changed outside the workshop");
        Self {
            readable: Some(true),
            ..Self::unreadable(name, why)
        }
    }

    /// The file where it holds no map any more, and why not.
    pub fn unreadable(name: String, why: String) -> Self {
        Self {
            readable: Some(false),
            state: FileIs::Changed,
            why: Some(why),
            ..Self::saved(name)
        }
    }
}

/// `lead`: who shows the map to the others.
#[derive(Serialize)]
pub(super) struct LeadNow<'l> {
    pub lead: Option<&'l Leader>,
}

/// `gather`: everybody is asked to look somewhere.
#[derive(Serialize)]
pub(super) struct Gathering<'g> {
    #[serde(flatten)]
    pub who: &'g Author,
    pub look: &'g Look,
}

/// `board`: what lies beside the map, whole for a page that comes, else what is new of it.
#[derive(Serialize)]
pub(super) struct BoardEvent<'b> {
    pub whole: bool,
    #[serde(flatten)]
    pub news: BoardNews<'b>,
    /// What this page itself has said; only where it comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Own<'b>>,
}

/// `bye`: the server is going down.
#[derive(Serialize)]
pub(super) struct Bye {
    /// Who closed it from a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub why: &'static str,
}

/// A refusal.
#[derive(Serialize)]
pub(super) struct Refusal<'r> {
    pub code: &'r str,
    pub refused: &'r str,
}

/// The answer to an edit, an undo, a redo or a return.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answer {
    pub rev: u64,
    pub hash: String,
    pub ids: Vec<String>,
    pub label: String,
    #[serde(flatten)]
    pub undoable: Undoable,
}

/// The answer where only the revision is new.
#[derive(Serialize)]
pub(super) struct RevisionAnswer {
    pub rev: u64,
}

/// The answer where there is nothing to say.
#[derive(Serialize)]
pub(super) struct Empty {}

/// A map at a revision.
#[derive(Serialize)]
pub(super) struct MapAnswer<'m> {
    pub hash: &'m str,
    pub rev: u64,
    pub map: &'m BenefitMap,
}

/// A part of the history.
#[derive(Serialize)]
pub(super) struct History {
    /// The newest first.
    pub entries: Vec<HistoryEntry>,
    /// The earliest revision that can be returned to.
    pub first: u64,
    pub rev: u64,
}

/// A rule, explained.
#[derive(Serialize)]
pub(super) struct Explained {
    pub code: &'static str,
    pub page: &'static str,
    pub rule: &'static str,
    pub source: &'static str,
    pub summary: &'static str,
}

/// The formats that a map can be taken away in.
#[derive(Serialize)]
pub(super) struct Formats {
    pub formats: Vec<Format>,
}

/// One of them.
#[derive(Serialize)]
pub(super) struct Format {
    pub ending: &'static str,
    pub label: &'static str,
    pub name: &'static str,
}

/// `POST /api/edits`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Editing {
    pub client: String,
    pub n: u64,
    pub edit: Edit,
}

/// `POST /api/undo` and `/api/redo`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stepping {
    pub client: String,
    pub n: u64,
    /// Of an undo: leave the last step as it is.
    #[serde(default)]
    pub skip: bool,
}

/// `POST /api/return`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Returning {
    pub client: String,
    pub n: u64,
    pub rev: u64,
}

/// `POST /api/file`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settling {
    pub client: String,
    pub keep: Keep,
}

/// Which of two maps is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Keep {
    /// The workshop's.
    Ours,
    /// The one in the file.
    Theirs,
}

/// `POST /api/tidy` and `/api/close`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tidying {
    pub client: String,
}

/// `POST /api/board`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beside {
    pub client: String,
    pub deed: Deed,
}

/// The answer to it: what this page itself has said, as it is now.
#[derive(Serialize)]
pub(super) struct BesideAnswer<'b> {
    pub own: Own<'b>,
}

/// `POST /api/measurements`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HandingIn {
    pub client: String,
    /// What the file is called.
    pub name: String,
    /// What is in it: a text, or of a workbook its bytes, each as the character of that number (ISO 8859-1).
    pub text: String,
    /// Whether it is taken; else it is only read.
    #[serde(default)]
    pub take: bool,
}

/// The answer to it.
#[derive(Serialize)]
pub(super) struct ReadIn {
    pub rows: usize,
    pub kpis: usize,
    pub left_out: u64,
    pub remarks: Vec<String>,
}

/// `POST /api/lead`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leading {
    pub client: String,
    #[serde(rename = "do")]
    pub action: LeadAction,
    #[serde(default)]
    pub look: Option<Look>,
}

/// What somebody does about leading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LeadAction {
    /// To lead from now on.
    Begin,
    /// To be somewhere else.
    Go,
    /// To lead no longer.
    End,
    /// To ask everybody to look here, once.
    Gather,
}

/// `POST /api/presence`: what somebody says of themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Presence {
    pub client: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub colour: u8,
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub field: Option<String>,
}
