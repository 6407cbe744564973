//! Documents about a map: one model of what a report says, and a writer for each format that it is read in.
//!
//! In goes a [`Report`]: headings, paragraphs, lists, tables, pictures and notes in reading order, all of it plain
//! values. Out comes what [`html::write`] makes of it, a page that stands alone, or what [`markdown::write`], and with the
//! feature `documents` `docx::write` and `pdf::write`, do.
//! Text is data: a writer escapes it for its format. The same report gives the same bytes; absent are the clock and the
//! files, for a report knows neither.
//!
//! ```text
//!  map ─▶ graph ─┬▶ business_case ─┐                 ┌▶ html      a page that stands alone
//!  measurements ─┼▶ benefit_register ├─▶ Report ─────┼▶ markdown  a text, and its pictures beside it
//!  day ──────────┴▶ audit, changes ─┘  blocks in     ├▶ docx      a document, in a template of your own where you have one
//!                                      reading order └▶ pdf       pages, set by hand
//!
//!  map ─▶ layout, chart ─▶ Scene ─┬▶ Block::Picture, inside of a report
//!                                 ├▶ viewer   one page to send, which works without script
//!                                 ├▶ deck     slides
//!                                 └▶ pack     a folder: every view of a map, with a page that leads to them
//! ```
//!
//! A new document is a function that gives a [`Report`]; a new format is a function that takes one. Neither knows of the
//! other. `docs/documents.md` says what is in which document.
//!
//! ```
//! use benefit_map::report::{Align, Block, Cell, Column, Report, Table, html};
//!
//! let mut report = Report::new("Findings on the map");
//! report.push(Block::heading(1, "What is missing"));
//! report.push(Block::text("Two outcomes have nobody who answers for them."));
//! let mut table = Table::new("Outcomes without an owner", [Column::new("Outcome", 3.0), Column::new("KPIs", 1.0).align(Align::End)]);
//! table.push([Cell::text("Cleaner streets"), Cell::text("2")]);
//! report.push(Block::Table(table));
//! let page = html::write(&report);
//! assert!(page.contains("<th scope=\"col\" class=\"end\">KPIs</th>"));
//! ```

pub mod audit;
mod case;
pub mod changes;
pub mod chart;
mod columns;
#[cfg(feature = "documents")]
pub mod deck;
#[cfg(feature = "documents")]
pub mod docx;
mod flow;
pub mod html;
mod label;
pub mod markdown;
pub mod matrix;
mod model;
pub mod money_chart;
#[cfg(feature = "documents")]
mod native;
mod own_theme;
pub mod pack;
#[cfg(feature = "documents")]
mod parts;
#[cfg(feature = "documents")]
pub mod pdf;
pub mod place;
mod profile;
mod sheet_css;
mod survey;
mod survey_form;
mod tracked;
pub mod viewer;
mod wording;

pub use case::{Audience, CaseOptions, Section, benefit_register, business_case};
pub use model::{
    Align, Block, Cell, Column, Fact, Inline, ListKind, Numbering, Picture, Report, Row, RowHeads, RowKind, Table,
    Target, Width,
};
pub use own_theme::{THEME_SCHEMA, ThemeFault, ThemeFaults, own_theme};
pub use profile::{ProfileOptions, benefit_profiles};
pub use survey::{Lines, survey_bars, survey_grid, survey_report, survey_rounds, survey_slides};
pub use survey_form::survey_form;
pub use tracked::{escalation_report, plan_report, status_report};
