//! Maps for other tools, and maps from what other tools wrote.
//!
//! Out: [`export`] turns a map into the text of a draw.io, DOT, Mermaid, GraphML or ArchiMate file, and says how much
//! of the map that format has no place for. In: the bytes of a DOT, GraphML, ArchiMate or Kumu file, or the rows of
//! tables that Archi or Kumu wrote, become a map with an [`Account`] of every element and relation: what it was kept
//! as, or why it was left out. `docs/exchange.md` holds the tables of what goes where.
//!
//! ```text
//!  bytes ─▶ decode ─▶ a reader for each format ─▶ draft ─▶ kinds, links, days ─▶ map
//!           UTF-8/16   DOT, GraphML, ArchiMate,    boxes and  what is a stage,      └▶ an Account of each element:
//!           limits     Kumu, tables of Archi       lines      what runs which way      kept, changed or left out, and why
//! ```
//!
//! ```
//! use benefit_map::exchange::{self, Format};
//! use benefit_map::map::{BenefitMap, Node, NodeKind};
//!
//! let mut map = BenefitMap::new("One box");
//! map.nodes.push(Node::new("safer".parse().unwrap(), NodeKind::EndOutcome, "Safer streets"));
//! let export = exchange::export(&map, Format::Mermaid);
//! assert!(export.text.contains("Safer streets"));
//! ```
//!
//! What comes in is not trusted: XML is read without a document type and so without entities of its own, and every
//! reader has limits of depth and number. Absent: judging the map (`check` does), reading files, and pictures.

mod account;
mod archimate;
mod days;
mod decode;
mod dot;
mod draft;
mod drawio;
mod entities;
mod error;
mod fields;
mod free;
mod graphml;
mod joints;
mod kinds;
mod kumu;
mod links;
mod mermaid;
mod rows;
mod signs;
mod text;
mod tree;

use crate::graph::BenefitGraph;
use crate::layout::{self, LayoutOptions, ShareLines, layout};
use crate::map::limits::{self, TooMuch};
use crate::map::{BenefitMap, words};

pub use account::{Account, Fate, Group, Import, Outcome, What};
pub use error::Error;
pub use kinds::{As, BadKindChoice, Choice, Choices};
pub use rows::{Row, Sheet, without_comments};

words! {
    /// What a map can be written as.
    Format {
        /// draw.io (diagrams.net): native shapes and attached lines, uncompressed.
        Drawio = "drawio",
        /// Graphviz DOT.
        Dot = "dot",
        /// A Mermaid flowchart.
        Mermaid = "mermaid",
        /// GraphML, with shapes for yEd.
        Graphml = "graphml",
        /// The ArchiMate model exchange format 3.
        Archimate = "archimate",
    }
}

/// A map as another tool reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file, UTF-8 with a final line feed.
    pub text: String,
    /// What of the map is not in it, in the order of the map's own fields; empty where all of it is.
    pub left: Vec<Left>,
}

/// Something that the format has no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// What it is, in the singular and the plural.
    pub what: (&'static str, &'static str),
    /// How many there are; never 0.
    pub count: usize,
}

/// Whether the map can be written in a format in good time.
///
/// # Errors
/// [`TooMuch`] where the map has more links than other tools are given, or the format holds a picture and the map has
/// more boxes or lines than a picture has.
pub fn within_limits(map: &BenefitMap, format: Format) -> Result<(), TooMuch> {
    limits::EXCHANGE_LINKS.hold(map.links.len())?;
    match format {
        Format::Dot | Format::Mermaid => Ok(()),
        Format::Drawio | Format::Graphml | Format::Archimate => {
            layout::within_limits(&BenefitGraph::new(map), &LayoutOptions::default()).map(|_| ())
        }
    }
}

/// The map in a format. The same map gives the same text, whatever the order of its records.
///
/// Of several nodes with one id the first is written, and links to nothing are left out; both are told.
pub fn export(map: &BenefitMap, format: Format) -> Export {
    let mut map = map.clone();
    map.canonicalize();
    let graph = BenefitGraph::new(&map);
    // Other programs draw each line by itself.
    let options = LayoutOptions {
        share_lines: ShareLines::Never,
        ..LayoutOptions::default()
    };
    let scene = || layout(&graph, &options);
    let text = match format {
        Format::Drawio => drawio::write(&graph, &scene()),
        Format::Dot => dot::write(&graph),
        Format::Mermaid => mermaid::write(&graph),
        Format::Graphml => graphml::write(&graph, &scene()),
        Format::Archimate => archimate::write(&graph, &scene()),
    };
    Export {
        text,
        left: left(&graph, format),
    }
}

/// What of the map a format has no place for.
fn left(graph: &BenefitGraph<'_>, format: Format) -> Vec<Left> {
    let map = graph.map();
    let (nodes, links) = (&map.nodes, &map.links);
    // What people read in a drawing is there; what only a reader of the file would need is not.
    let mermaid = format == Format::Mermaid;
    let drawn = matches!(format, Format::Mermaid | Format::Drawio);
    let ordered = map.arrangement.as_ref().map_or(0, |a| a.order.iter().count());
    let counts = [
        (
            true,
            ("node whose id is another's", "nodes whose id is another's"),
            graph.duplicates().len(),
        ),
        (true, ("link to nothing", "links to nothing"), graph.dangling().len()),
        (
            drawn,
            ("purpose", "purposes"),
            usize::from(mermaid && !map.purpose.is_empty()),
        ),
        (drawn, ("period", "periods"), usize::from(map.period.is_some())),
        (
            mermaid,
            ("description", "descriptions"),
            nodes.iter().filter(|n| !n.description.is_empty()).count(),
        ),
        (
            mermaid,
            ("owner of a node", "owners of nodes"),
            nodes.iter().filter(|n| n.owner.is_some()).count(),
        ),
        (
            mermaid,
            ("date", "dates"),
            nodes.iter().flat_map(|n| [n.start, n.due]).flatten().count(),
        ),
        (mermaid, ("cost", "costs"), nodes.iter().map(|n| n.cost.len()).sum()),
        (mermaid, ("tag", "tags"), nodes.iter().map(|n| n.tags.len()).sum()),
        (
            mermaid,
            ("rationale", "rationales"),
            links.iter().filter(|l| !l.rationale.is_empty()).count(),
        ),
        (
            mermaid,
            ("assumption", "assumptions"),
            links.iter().map(|l| l.assumptions.len()).sum(),
        ),
        (
            mermaid,
            ("piece of evidence", "pieces of evidence"),
            links.iter().map(|l| l.evidence.len()).sum(),
        ),
        (
            drawn,
            ("partner", "partners"),
            if mermaid { map.partners.len() } else { 0 },
        ),
        (
            true,
            ("record of versions and approvals", "records of versions and approvals"),
            usize::from(map.document.is_some()),
        ),
        (true, ("appraisal", "appraisals"), usize::from(map.appraisal.is_some())),
        (true, ("KPI", "KPIs"), map.kpis.len()),
        (true, ("risk", "risks"), map.risks.len()),
        (true, ("plan", "plans"), map.plans.len()),
        (true, ("review", "reviews"), map.reviews.len()),
        (
            true,
            ("place in an order", "places in an order"),
            if drawn { 0 } else { ordered },
        ),
        (true, ("accepted finding", "accepted findings"), map.allow.len()),
    ];
    counts
        .into_iter()
        .filter(|(applies, _, count)| *applies && *count > 0)
        .map(|(_, what, count)| Left { what, count })
        .collect()
}

/// A map of a DOT file. Every node and edge is accounted for.
///
/// # Errors
/// [`Error`] where the bytes are no DOT text, with line and column.
pub fn import_dot(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    dot::read(bytes, choices)
}

/// A map of a GraphML file. Every node and edge is accounted for.
///
/// # Errors
/// [`Error`] where the bytes are no GraphML, with line and column.
pub fn import_graphml(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    graphml::read(bytes, choices)
}

/// A map of an ArchiMate model in the exchange format of The Open Group. Every element and relation is accounted for.
///
/// # Errors
/// [`Error`] where the bytes are no such model, with line and column.
pub fn import_archimate(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    archimate::read(bytes, choices)
}

/// A map of the tables that Archi writes: elements, relations and, if there are any, properties, in any order.
///
/// # Errors
/// [`Error`] where there is no table of elements, or two elements share an id.
pub fn import_archi_csv(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    archimate::read_csv(sheets, choices)
}

/// A map of a Kumu project as JSON. Every element and connection is accounted for.
///
/// # Errors
/// [`Error`] where the bytes are no such JSON, with line and column.
pub fn import_kumu(bytes: &[u8], choices: &Choices) -> Result<Import, Error> {
    kumu::read(bytes, choices)
}

/// A map of tables as Kumu imports them: elements (label, type, …) and connections (from, to, …), in any order.
///
/// # Errors
/// [`Error`] where there is neither, or two elements share a label.
pub fn import_kumu_sheets(sheets: &[Sheet], choices: &Choices) -> Result<Import, Error> {
    kumu::read_sheets(sheets, choices)
}
