//! From a graph to a picture: cards, headings, bands, legends and pages around what [`layered`](crate::layered) arranges.
//!
//! In goes a [`BenefitGraph`], whatever is wrong with its map; out comes a [`Scene`]. The same map gives the same
//! scene, and so does the same map with its nodes and links in any other order. Absent: colours, which are a matter
//! of the theme, and the clock, for the day is passed in.

mod arranged;
mod card;
mod compose;
mod content;
mod furniture;
mod groups;
mod legend;
mod line;
mod overview;
mod owners;
mod pages;
mod select;
mod sheet;
mod words;

use std::collections::BTreeMap;

use crate::graph::BenefitGraph;
use crate::map::limits::{self, TooMuch};
use crate::map::{Day, KpiId, NodeId, NodeKind, OwnerId, PartnerId, words};
use crate::scene::{Scene, TextStyle};
use crate::track::Status;

/// What is to be shown, and how, beyond the map itself.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct LayoutOptions {
    /// Nodes to look at: what leads to them and what they lead to stays as it is, the rest is set back. Ids that name
    /// no node are left alone; where none does, nothing is set back.
    pub focus: Vec<NodeId>,
    /// How many steps from the nodes that are looked at still belong to them; `None` for all the way.
    pub depth: Option<usize>,
    /// What becomes of the rest.
    pub rest: Rest,
    /// Only nodes of these owners; empty for all.
    pub owners: Vec<OwnerId>,
    /// Only nodes that one of these partners shares in; empty for all.
    pub partners: Vec<PartnerId>,
    /// Only nodes of these kinds; empty for all.
    pub kinds: Vec<NodeKind>,
    /// How owners are named.
    pub owner_label: OwnerLabel,
    /// The status of KPIs; those that are not in it show no sign.
    pub signals: BTreeMap<KpiId, Status>,
    /// Which way the map is read.
    pub direction: ReadingDirection,
    /// The order of nodes that is asked for, from the top; nodes of one stage keep it, and those that are not in it
    /// go where they cross least.
    pub order: Vec<NodeId>,
    /// Whether the order that the map itself holds is kept too.
    pub map_order: MapOrder,
    /// Whose nodes are kept together, in a band across all stages; `None` for no bands.
    pub group_by: Option<Grouping>,
    /// The paper that [`pages`] fits the picture to; `None` for one picture of any size.
    pub paper: Option<Paper>,
    /// Whether it may go on over several sheets of that paper.
    pub sheets: Sheets,
    /// Whether every node is drawn, or each end outcome with the numbers of what leads to it.
    pub extent: Extent,
    /// What the thickness and the dashes of links tell.
    pub link_detail: LinkDetail,
    /// Whether lines with a common end are drawn as one. Links that hinder, feed back or have a mark of their own never are, and
    /// none are between bands.
    pub share_lines: ShareLines,
    /// How a stage without boxes is drawn, beside others that have some.
    pub empty_stages: EmptyStages,
    /// Boxes and lines that differ between two maps; lines are marked where [`LinkDetail::Changes`] is asked for.
    pub marks: Marks,
    /// How sure people are of each link, shown where [`LinkDetail::Confidence`] is asked for; links that are not in it show
    /// that nobody answered.
    pub votes: BTreeMap<(NodeId, NodeId), Votes>,
    /// What benefits each link leads to are worth, shown where [`LinkDetail::Money`] is asked for; links that are not in it lead to
    /// none with a value in money.
    pub money: BTreeMap<(NodeId, NodeId), LinkMoney>,
    /// Whether the title and the purpose of the map stand above it.
    pub title: TitleBlock,
    /// What the picture is called and what it is for; `None` for the title and the purpose of the map.
    pub heading: Option<Heading>,
    /// What stages are called, where they are not called as on a map; in the plural.
    pub stage_words: BTreeMap<NodeKind, String>,
    /// The day that the picture speaks of, for the footer; left out where there is none.
    pub as_of: Option<Day>,
    /// Where the map comes from, such as a file name, for the footer; left out where it is empty.
    pub source: String,
}

/// How a stage without boxes is drawn, beside others that have some. Where the map is read downward it is a narrow row either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyStages {
    /// A rail of 28 px with the symbol of the stage; the legend says that it has none.
    #[default]
    Rail,
    /// A column under its heading, as where people are about to put boxes into it.
    Column,
}

impl LayoutOptions {
    /// What a stage is called above its cards.
    pub(crate) fn heading_of(&self, kind: NodeKind) -> &str {
        self.stage_words.get(&kind).map_or(kind.heading(), String::as_str)
    }
}

/// What a picture is called in place of its map, where it shows a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// What it is called.
    pub title: String,
    /// What stands under it; empty for nothing.
    pub purpose: String,
}

/// What benefits a link leads to are worth.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkMoney {
    /// The share of the largest such worth of the map, from 0 to 1.
    pub share: f64,
    /// The worth in words.
    pub words: String,
    /// The worth as a figure, such as `1,200,000 GBP`.
    pub figure: String,
}

/// How sure people are of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes {
    /// The lowest answer, from 1 (not at all sure) to 4 (very sure); `None` where nobody could say.
    pub lowest: Option<u8>,
    /// Whether people are far apart.
    pub divided: bool,
    /// All answers in words.
    pub words: String,
}

/// Whether the title and the purpose of a map stand above its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitleBlock {
    /// They do.
    #[default]
    Shown,
    /// They stand in the text around the picture.
    LeftOut,
}

/// What became of a box or a line between two maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Only the new map has it.
    Added,
    /// Only the old map has it.
    Removed,
    /// It says something else.
    Changed,
}

/// Boxes and lines that differ between two maps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The nodes.
    pub nodes: BTreeMap<NodeId, Mark>,
    /// The links, by their ends.
    pub links: BTreeMap<(NodeId, NodeId), Mark>,
}

/// Whether the order that people have put into the map is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MapOrder {
    /// It is.
    #[default]
    Kept,
    /// The map is drawn as if it held none.
    Forgotten,
}

/// What becomes of nodes that are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rest {
    /// They are set back.
    #[default]
    Faded,
    /// They are left out, with their links.
    Hidden,
}

words! {
    /// Which way the map is read: its stages are columns from left to right, or rows from top to bottom.
    ReadingDirection, by default Right {
        /// From left to right; on paper from top to bottom if only that fits.
        Right = "right",
        /// From top to bottom.
        Down = "down",
    }
}

words! {
    /// What makes nodes a group. A node that has several of them belongs to the first.
    Grouping {
        /// One band for each owner.
        Owner = "owner",
        /// One band for each partner.
        Partner = "partner",
        /// One band for each tag.
        Tag = "tag",
    }
}

/// Whether every node is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Every node that is selected.
    #[default]
    Whole,
    /// Each end outcome, with the numbers of the nodes of each kind on the chains that lead to it.
    Overview,
}

/// A sheet of paper, or a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// How large it is.
    pub size: PaperSize,
    /// Which way it lies.
    pub turn: Turn,
}

/// How large a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperSize {
    /// 297 by 210 mm (ISO 216).
    A4,
    /// 420 by 297 mm (ISO 216).
    A3,
    /// 594 by 420 mm (ISO 216).
    A2,
    /// A slide of 13.33 by 7.5 inches, 16 to 9.
    Wide,
    /// What a page of a report, A4 across, leaves for a picture with its heading and its caption: 268 by 138 mm.
    Report,
    /// What a slide leaves for a picture under its title: so many tenths of a millimetre across and down.
    Slide {
        /// Across.
        width: u32,
        /// Down.
        height: u32,
    },
    /// What a page that is folded into a report, A3 across, leaves for a picture: 391 by 227 mm.
    Foldout,
    /// A picture of so many px across and down, 96 to the inch.
    Shape {
        /// Across.
        width: u32,
        /// Down.
        height: u32,
    },
}

/// Millimetres in a px: 96 to the inch.
const MM_IN_PX: f64 = 25.4 / 96.0;

impl PaperSize {
    /// No text on it is smaller than this, in points: 7 on what is read in the hand, 10 on what is read across a room.
    pub fn least_type(self) -> f64 {
        match self {
            Self::A4 | Self::A3 | Self::A2 | Self::Report | Self::Foldout | Self::Shape { .. } => 7.0,
            Self::Wide | Self::Slide { .. } => 10.0,
        }
    }

    /// How much smaller a picture is drawn on it at most: px of the paper in a px of the picture.
    pub fn least_scale(self) -> f64 {
        const PX_IN_PT: f64 = 96.0 / 72.0;
        let smallest = TextStyle::ALL.into_iter().map(TextStyle::size).fold(f64::MAX, f64::min);
        self.least_type() * PX_IN_PT / smallest
    }
}

/// Which way a sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// The long side across.
    #[default]
    Landscape,
    /// The long side down.
    Portrait,
    /// Whichever way takes fewer sheets; of two that take as many, the way with the larger type.
    Either,
}

/// On how many sheets a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheets {
    /// On as many as it takes: no text becomes smaller than [`PaperSize::least_type`].
    #[default]
    AsNeeded,
    /// On one, which it fills, however small its text becomes.
    One,
}

/// A map on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The sheets, of which each says how large its paper is and which way it lies; never none.
    pub scenes: Vec<Scene>,
    /// The way that they are read.
    pub direction: ReadingDirection,
}

impl Paper {
    /// Width and height in millimetres; of a sheet that may lie either way, as if its long side were across.
    pub fn millimetres(self) -> (f64, f64) {
        let (long, short) = match self.size {
            PaperSize::A4 => (297.0, 210.0),
            PaperSize::A3 => (420.0, 297.0),
            PaperSize::A2 => (594.0, 420.0),
            PaperSize::Wide => (338.67, 190.5),
            PaperSize::Report => (268.0, 138.0),
            PaperSize::Foldout => (391.0, 227.0),
            // It lies as it is.
            PaperSize::Slide { width, height } => return (f64::from(width) / 10.0, f64::from(height) / 10.0),
            PaperSize::Shape { width, height } => return (f64::from(width) * MM_IN_PX, f64::from(height) * MM_IN_PX),
        };
        match self.turn {
            Turn::Landscape | Turn::Either => (long, short),
            Turn::Portrait => (short, long),
        }
    }
}

words! {
    /// How owners are named in their boxes.
    OwnerLabel, by default Name {
        /// By name, under the title.
        Name = "names",
        /// By initials, which the legend spells out.
        Initials = "initials",
        /// Not at all.
        Hidden = "hidden",
    }
}

words! {
    /// What the thickness and the dashes of links show beside what a link does: helps, hinders or feeds back.
    LinkDetail, by default Plain {
        /// Only what leads to what.
        Plain = "plain",
        /// The contribution as thickness, the strength of the evidence as dashes.
        Evidence = "evidence",
        /// What became of each link between two maps.
        Changes = "changes",
        /// How sure people are of each link: the lowest answer as dashes, disagreement as thickness.
        Confidence = "confidence",
        /// What the benefits that a link leads to are worth, as thickness.
        Money = "money",
    }
}

words! {
    /// Whether lines that leave one box, or arrive at one box, are drawn as one.
    ShareLines, by default Auto {
        /// Where single lines can no longer be followed, and shared ones cross much less.
        Auto = "auto",
        /// Never: each link has a line of its own.
        Never = "never",
        /// One smooth line past the columns between.
        Trunks = "trunks",
        /// One level line from each box, and one upright before each box.
        Uprights = "uprights",
    }
}

impl From<ShareLines> for crate::layered::Sharing {
    fn from(share: ShareLines) -> Self {
        match share {
            ShareLines::Auto => Self::Auto,
            ShareLines::Never => Self::Never,
            ShareLines::Trunks => Self::Trunks,
            ShareLines::Uprights => Self::Uprights,
        }
    }
}

/// What a picture shows, counted before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// The boxes.
    pub boxes: usize,
    /// The lines: links between the same two boxes that do the same are one.
    pub lines: usize,
}

/// What the picture of a map would show; of an overview the most that it may. Takes time in proportion to the size of the map.
pub fn shown(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Shown {
    pages::shown(graph, options)
}

/// What the picture of a map would [show](shown), where it can be made in good time. Counts until it knows.
///
/// # Errors
/// [`TooMuch`] where it would have more boxes or lines than a picture has, or than are cut into sheets of paper; where more
/// leads to the end outcomes of an overview than can be gone through for all of them.
pub fn within_limits(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Result<Shown, TooMuch> {
    let shown = shown(graph, options);
    limits::PICTURE_BOXES.hold(shown.boxes)?;
    limits::PICTURE_LINES.hold(shown.lines)?;
    if options.paper.is_some() {
        limits::PAPER_BOXES.hold(shown.boxes)?;
        limits::PAPER_LINES.hold(shown.lines)?;
    }
    if options.extent == Extent::Overview {
        pages::overview_within_limits(graph, options)?;
    }
    Ok(shown)
}

/// The same of a picture that is painted in points, or put on one page.
///
/// # Errors
/// [`TooMuch`] as [`within_limits`], and where it would have more boxes or lines than are painted.
pub fn sheet_within_limits(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Result<Shown, TooMuch> {
    let shown = within_limits(graph, options)?;
    limits::SHEET_BOXES.hold(shown.boxes)?;
    limits::SHEET_LINES.hold(shown.lines)?;
    Ok(shown)
}

/// The picture of a map, on one sheet whatever its size; `paper` is left alone.
///
/// Cards stand in the order of stage, then id; routes in the order of their ends, then of what they do. No two cards
/// overlap and no route runs through a card that is not its own. Several links between the same two nodes that do the
/// same are one route. A map without nodes gives the five headings over
/// empty columns; in others a stage without nodes is drawn as [`EmptyStages`] says.
pub fn layout(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Scene {
    pages::one(graph, options)
}

/// The picture of a map, fitted to its paper, on as many sheets as it takes; never none.
///
/// No text is smaller on the paper than [`PaperSize::least_type`]. A map that does not fit on one sheet is cut across the reading
/// direction; what a link leads to on another sheet stands in its stage, set back, with the number of that sheet.
/// Where a map that is read to the right has no room on the paper, and has it read downward, it is read downward; one that
/// is to be read downward always is. On paper that may lie [either way](Turn::Either) the ways of lying and of reading are weighed
/// alike: fewest sheets first, then the largest type, then across and to the right.
/// Only a single card that is larger than the paper is drawn smaller, on a sheet of its own. Where there may be only
/// [one sheet](Sheets::One), it has the form with the largest type. Without paper there is one sheet, the same as [`layout`] gives.
pub fn fitted(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Fitted {
    pages::fitted(graph, options)
}

/// The sheets of [`fitted`].
pub fn pages(graph: &BenefitGraph<'_>, options: &LayoutOptions) -> Vec<Scene> {
    fitted(graph, options).scenes
}
