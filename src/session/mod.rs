//! A workshop without clock, files, threads, randomness or network: one map, the edits of several people in their order, and what each
//! of them brings about.
//!
//! In go a map and [`Command`]s, each an action with who does it and when; out come the changed map, the [`Step`]s to write down, and the
//! [`Patch`] that brings those who watch up to date. The driver of a session takes the lock, gives the time, writes the journal and tells
//! the listeners; here that is `web`, and nothing in this room knows of it. Absent: rights, which belong to the driver.
//!
//! # The way of one edit
//!
//! ```text
//!   a page            the driver                        this room
//!   ──────            ──────────                        ─────────
//!   edit, n   ──────▶ who, when ─── Command ──────────▶ Session::answered   the same n again? the same answer
//!                                                       Session::apply      edit::apply, its inverse, who may undo it
//!                     more commands that have come in … Session::apply      several wait together
//!                     journal   ◀── Step, Step ──────── Session::pending
//!                     file      ◀── the map ─────────── Session::map
//!                     both flushed to the disk? ──────▶ Session::commit     or Session::roll_back: the map as it was
//!   answer    ◀────── ids, undo, redo ◀── Done ──────── Session::undoable
//!                     the next picture ◀─────────────── View::next          order kept, findings judged
//!   patch     ◀────── to all listeners ◀── Patch ────── View::patch         only what is new
//!
//!   old state ◀────── snapshot and steps, read from ◀── Timeline::recipe    which of them make that revision
//!                     the journal ────────────────────▶ replay              and the map that they make
//! ```
//!
//! # Example
//!
//! ```
//! use benefit_map::map::BenefitMap;
//! use benefit_map::session::{Action, Author, Command, Memory, Session};
//!
//! let map = BenefitMap::new("Kiosks");
//! let mut past = Memory::new(map.clone(), 0, 100);
//! let mut session = Session::new(map, 0);
//! let command = |action| Command {
//!     who: Author { client: "ada".to_owned(), name: "Ada".to_owned(), colour: 3 },
//!     number: None,
//!     at: "2026-11-24T10:15:30Z".to_owned(),
//!     action,
//! };
//! let add = serde_json::from_str(r#"{"do": "add-node", "kind": "enabler", "title": "Kiosks"}"#)?;
//! let done = session.apply(command(Action::Edit(add)), &past)?;
//! assert_eq!((done.rev, done.ids), (1, vec!["kiosks".to_owned()]));
//! for step in session.pending() {
//!     past.add(step)?;
//! }
//! session.commit();
//!
//! session.apply(command(Action::Undo), &past)?;
//! assert!(session.map().nodes.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod board;
mod brought;
mod browser;
mod difference;
mod findings;
mod foot;
mod lead;
mod order;
mod past;
mod picture;
mod refusal;
mod restore;
mod state;
mod step;
mod view;

pub use brought::{brought, in_their_order};
pub use difference::{Difference, difference};
pub use findings::{Findings, Found, Group, Related};
pub use lead::{Lead, Leader, Look, Shown};
pub use order::Order;
pub use past::{Memory, Past};
pub use picture::{Picture, PicturePatch};
pub use refusal::Refusal;
pub use restore::{Mark, Part, Recipe, Span, Timeline, replay};
pub use state::{Action, Command, Done, Labelled, Session, Undoable};
pub use step::{Author, Change, Does, HistoryEntry, Placement, Step, hash};
pub use view::{BoxOrder, Patch, Revision, View};
