//! Pages as PDF: vector pictures, text that can be marked and searched, bookmarks, links, and tags for readers who
//! listen.
//!
//! A [`Document`] says what is where: each [`Piece`] is an SVG of ours on a page, and the tree of [`Element`]s tells
//! in which order the pieces are read and what they are. [`of_scenes`] makes a document of the sheets of a map.
//! Nothing of the clock goes in, so that the same document gives the same bytes.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target as PdfTarget};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla_svg::{SurfaceExt, SvgSettings, render_svg_glyph};

use crate::escape::markup::legal;
use crate::scene::theme::Theme;
use crate::scene::{Area, Card, Icon, PanelKind, Scene, TextStyle};
use crate::xml;

use super::raster::nominal;
use super::{Error, Fonts};

/// Points in a px.
const PT_IN_PX: f64 = 0.75;

/// A document, ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// What it is about, in a sentence or a few.
    pub description: String,
    /// Who answers for it; empty where nobody is named.
    pub author: String,
    /// A BCP 47 tag.
    pub language: String,
    /// Its pages, in order.
    pub pages: Vec<Page>,
    /// What is read, in the order of reading. Pieces that no element names are decoration.
    pub elements: Vec<Element>,
    /// The list beside the pages.
    pub bookmarks: Vec<Bookmark>,
}

/// A page, measured in px of 1/96 inch from its top left corner.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
    /// What is drawn on it, in order.
    pub pieces: Vec<Piece>,
    /// Where it can be clicked.
    pub links: Vec<Link>,
}

/// Something drawn.
#[derive(Debug, Clone)]
pub struct Piece {
    /// An SVG that this crate made.
    pub svg: xml::Element,
    /// Where it goes; the SVG is scaled to it.
    pub area: Area,
}

/// An area that leads somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it can be clicked.
    pub area: Area,
    /// Where it leads.
    pub to: Goal,
    /// The same in words.
    pub words: String,
}

/// Where a link leads.
#[derive(Debug, Clone)]
pub enum Goal {
    /// To an address.
    Address(String),
    /// To a place of this document.
    Place(Place),
}

/// A place of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The page, from 0.
    pub page: usize,
    /// From the top of the page, in px.
    pub y: f64,
}

/// What a part of a document is to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The title of the document.
    Title,
    /// A heading of that level, from 1, and its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph,
    /// A remark beside the text.
    Note,
    /// A list of dots.
    Bullets,
    /// A list of numbers.
    Numbers,
    /// An item of a list.
    Item,
    /// What stands before an item.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// The rows at its head.
    TableHead,
    /// The rows under them.
    TableBody,
    /// A row.
    Row,
    /// The head of a column.
    ColumnHead,
    /// The head of a row, or of so many rows.
    RowHead(usize),
    /// A cell, which reaches over so many rows.
    Cell(usize),
    /// A picture, and what it shows in words.
    Figure(String),
    /// What a table or a picture is called.
    Caption,
    /// The list of contents.
    Contents,
    /// A line of it.
    ContentsLine,
    /// Words that lead somewhere.
    Link,
}

/// A part of a document as it is read.
#[derive(Debug, Clone)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// What it holds, in order.
    pub children: Vec<Child>,
}

impl Element {
    /// An element of those parts.
    pub fn new(role: Role, children: Vec<Child>) -> Self {
        Self { role, children }
    }
}

/// What an element holds.
#[derive(Debug, Clone)]
pub enum Child {
    /// Another element.
    Element(Element),
    /// A piece, by its page and its place on it. Each piece has one parent at most.
    Piece(usize, usize),
    /// A link, by its page and its place on it, beside the piece that it covers.
    Link(usize, usize),
}

/// A line of the list beside the pages.
#[derive(Debug, Clone)]
pub struct Bookmark {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub place: Place,
    /// The lines under it.
    pub children: Vec<Bookmark>,
}

/// The document as PDF 1.7, tagged.
///
/// # Errors
/// [`Error::Pdf`] where the writer refuses it, [`Error::Svg`] for a piece that is no SVG.
pub fn write(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let mut pdf = krilla::Document::new_with(SerializeSettings {
        render_svg_glyph_fn: render_svg_glyph,
        ..SerializeSettings::default()
    });
    let read = pieces_read(document);
    let mut marks = Marks::default();
    for (number, page) in document.pages.iter().enumerate() {
        draw_page(&mut pdf, page, &read[number], fonts, &mut marks)?;
    }
    let language = Some(document.language.clone()).filter(|l| !l.is_empty());
    let mut tree = TagTree::new().with_lang(language.clone());
    for element in &document.elements {
        if let Some(group) = group(element, &marks) {
            tree.push(group);
        }
    }
    pdf.set_tag_tree(tree);
    if !document.bookmarks.is_empty() {
        let mut outline = Outline::new();
        for bookmark in &document.bookmarks {
            outline.push_child(outline_node(bookmark, document.pages.len()));
        }
        pdf.set_outline(outline);
    }
    let mut metadata = Metadata::new()
        .title(legal(&document.title))
        .description(legal(&document.description))
        .creator(concat!("benefit-map ", env!("CARGO_PKG_VERSION")).to_owned());
    if !document.author.is_empty() {
        metadata = metadata.authors(vec![legal(&document.author)]);
    }
    if let Some(language) = language {
        metadata = metadata.language(language);
    }
    pdf.set_metadata(metadata);
    pdf.finish().map_err(|error| Error::Pdf {
        reason: format!("{error:?}"),
    })
}

/// What krilla calls the pieces and the links of every page.
#[derive(Default)]
struct Marks {
    pieces: Vec<Vec<Option<Identifier>>>,
    links: Vec<Vec<Identifier>>,
}

/// Which pieces of each page an element names.
fn pieces_read(document: &Document) -> Vec<Vec<bool>> {
    fn walk(children: &[Child], read: &mut [Vec<bool>]) {
        for child in children {
            match child {
                Child::Element(element) => walk(&element.children, read),
                Child::Piece(page, piece) => {
                    if let Some(flag) = read.get_mut(*page).and_then(|page| page.get_mut(*piece)) {
                        *flag = true;
                    }
                }
                Child::Link(..) => {}
            }
        }
    }
    let mut read: Vec<Vec<bool>> = document
        .pages
        .iter()
        .map(|page| vec![false; page.pieces.len()])
        .collect();
    for element in &document.elements {
        walk(&element.children, &mut read);
    }
    read
}

fn draw_page(
    pdf: &mut krilla::Document,
    page: &Page,
    read: &[bool],
    fonts: &Fonts,
    marks: &mut Marks,
) -> Result<(), Error> {
    let size = |w: f64, h: f64| Size::from_wh((w * PT_IN_PX) as f32, (h * PT_IN_PX) as f32);
    let unusable = || Error::Pdf {
        reason: "a page or a picture without extent".to_owned(),
    };
    let settings = PageSettings::new(size(page.width, page.height).ok_or_else(unusable)?);
    let mut on_page = pdf.start_page_with(settings);
    let mut surface = on_page.surface();
    let mut pieces = Vec::with_capacity(page.pieces.len());
    for (piece, read) in page.pieces.iter().zip(read) {
        let tree = fonts.shape(&piece.svg)?;
        let area = &piece.area;
        let size = size(area.w, area.h).ok_or_else(unusable)?;
        let tag = if *read {
            ContentTag::Span(SpanTag::empty())
        } else {
            ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other))
        };
        let mark = surface.start_tagged(tag);
        surface.push_transform(&Transform::from_translate(
            (area.x * PT_IN_PX) as f32,
            (area.y * PT_IN_PX) as f32,
        ));
        let settings = SvgSettings {
            embed_text: true,
            ..SvgSettings::default()
        };
        surface.draw_svg(&tree, size, settings);
        surface.pop();
        surface.end_tagged();
        pieces.push(read.then_some(mark));
    }
    surface.finish();
    let mut links = Vec::with_capacity(page.links.len());
    for link in &page.links {
        let area = &link.area;
        let [left, top, right, bottom] =
            [area.x, area.y, area.x + area.w, area.y + area.h].map(|v| (v * PT_IN_PX) as f32);
        let rect = Rect::from_ltrb(left, top, right, bottom).ok_or_else(unusable)?;
        let target = match &link.to {
            Goal::Address(address) => PdfTarget::Action(Action::Link(LinkAction::new(address.clone()))),
            Goal::Place(place) => PdfTarget::Destination(destination(*place).into()),
        };
        let annotation = Annotation::new_link(LinkAnnotation::new(rect, target), Some(legal(&link.words)));
        links.push(on_page.add_tagged_annotation(annotation));
    }
    on_page.finish();
    marks.pieces.push(pieces);
    marks.links.push(links);
    Ok(())
}

fn destination(place: Place) -> XyzDestination {
    XyzDestination::new(place.page, Point::from_xy(0.0, (place.y.max(0.0) * PT_IN_PX) as f32))
}

/// The bookmark; one that leads past the last page leads to it.
fn outline_node(bookmark: &Bookmark, pages: usize) -> OutlineNode {
    let place = Place {
        page: bookmark.place.page.min(pages.saturating_sub(1)),
        ..bookmark.place
    };
    let mut node = OutlineNode::new(legal(&bookmark.text), destination(place)).with_open(true);
    for child in &bookmark.children {
        node.push_child(outline_node(child, pages));
    }
    node
}

/// The element with all that it holds; `None` where it holds nothing.
fn group(element: &Element, marks: &Marks) -> Option<TagGroup> {
    let mut group = TagGroup::new(kind(&element.role));
    for child in &element.children {
        let node = match child {
            Child::Element(element) => self::group(element, marks).map(Node::Group),
            Child::Piece(page, piece) => marks.pieces.get(*page)?.get(*piece)?.map(Node::Leaf),
            Child::Link(page, link) => marks.links.get(*page)?.get(*link).copied().map(Node::Leaf),
        };
        if let Some(node) = node {
            group.push(node);
        }
    }
    (!group.children.is_empty()).then_some(group)
}

/// What is told of a cell that reaches over so many rows; nothing where it is one.
fn span(rows: usize) -> Option<NonZeroU32> {
    u32::try_from(rows)
        .ok()
        .filter(|rows| *rows > 1)
        .and_then(NonZeroU32::new)
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Title => Tag::Title.into(),
        Role::Heading(level, words) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(legal(words))).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Note => Tag::Note.into(),
        Role::Bullets => Tag::L(ListNumbering::Disc).into(),
        Role::Numbers => Tag::L(ListNumbering::Decimal).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead(rows) => Tag::TH(TableHeaderScope::Row).with_row_span(span(*rows)).into(),
        Role::Cell(rows) => Tag::TD.with_row_span(span(*rows)).into(),
        Role::Figure(alt) => Tag::Figure(Some(legal(alt))).into(),
        Role::Caption => Tag::Caption.into(),
        Role::Contents => Tag::TOC.into(),
        Role::ContentsLine => Tag::TOCI.into(),
        Role::Link => Tag::Link.into(),
    }
}

/// A document of pictures, each on a page of its own size: the sheets of a map, or a chart.
///
/// Every stage and box has a bookmark, and a card that stands for a box on another sheet leads there.
///
/// # Errors
/// [`Error::TooManyLines`] where all pages together have more than can be written in good time.
pub fn of_scenes(scenes: &[Scene], theme: &Theme) -> Result<Document, Error> {
    let lines = scenes.iter().map(|scene| scene.routes.len()).sum();
    if lines > super::MOST_LINES {
        return Err(Error::TooManyLines { lines });
    }
    let first = scenes.first();
    let mut document = Document {
        title: first.map(|s| s.title.clone()).unwrap_or_default(),
        description: first.map(|s| s.description.clone()).unwrap_or_default(),
        language: first.map(|s| s.language.clone()).unwrap_or_default(),
        ..Document::default()
    };
    let homes: std::collections::BTreeMap<&str, Place> = scenes
        .iter()
        .enumerate()
        .flat_map(|(page, scene)| {
            let shown = shown(scene);
            let at_home = scene.cards.iter().filter(|card| !stands_in(card));
            at_home.map(move |card| (card.id.as_str(), place(page, card, shown)))
        })
        .collect();
    for (number, scene) in scenes.iter().enumerate() {
        let (width, height) = nominal(scene);
        let shown = shown(scene);
        let links = scene.cards.iter().filter(|card| stands_in(card)).filter_map(|card| {
            let to = *homes.get(card.id.as_str())?;
            Some(Link {
                area: scaled(&card.area(), shown),
                to: Goal::Place(to),
                words: format!("{}, on page {}", words(card), to.page + 1),
            })
        });
        document.pages.push(Page {
            width,
            height,
            pieces: vec![Piece {
                svg: super::picture(scene, theme, ""),
                area: Area {
                    x: 0.0,
                    y: 0.0,
                    w: width,
                    h: height,
                },
            }],
            links: links.collect(),
        });
        let alt = match scene.description.as_str() {
            "" => scene.title.clone(),
            description => description.to_owned(),
        };
        document
            .elements
            .push(Element::new(Role::Figure(alt), vec![Child::Piece(number, 0)]));
        for (i, link) in document.pages[number].links.iter().enumerate() {
            let to = Element::new(Role::Link, vec![Child::Link(number, i)]);
            debug_assert!(!link.words.is_empty());
            document
                .elements
                .push(Element::new(Role::Paragraph, vec![Child::Element(to)]));
        }
        let stages = stages(number, scene);
        if scenes.len() == 1 {
            document.bookmarks = stages;
        } else {
            document.bookmarks.push(Bookmark {
                text: format!("Page {}", number + 1),
                place: Place { page: number, y: 0.0 },
                children: stages,
            });
        }
    }
    Ok(document)
}

/// Px of the paper in a px of the scene.
fn shown(scene: &Scene) -> f64 {
    if scene.width > 0.0 {
        nominal(scene).0 / scene.width
    } else {
        1.0
    }
}

fn scaled(area: &Area, by: f64) -> Area {
    Area {
        x: area.x * by,
        y: area.y * by,
        w: area.w * by,
        h: area.h * by,
    }
}

fn place(page: usize, card: &Card, shown: f64) -> Place {
    Place {
        page,
        y: (card.area().y - 12.0) * shown,
    }
}

/// Whether the card stands for a box on another sheet.
fn stands_in(card: &Card) -> bool {
    card.badges
        .iter()
        .flat_map(|badge| &badge.symbols)
        .any(|symbol| symbol.icon == Icon::Page)
}

/// The title of a card.
fn words(card: &Card) -> String {
    let lines = card.texts.first().map(|text| text.lines.as_slice()).unwrap_or_default();
    lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The stages of a scene with their cards; the cards alone where there are no stages.
fn stages(page: usize, scene: &Scene) -> Vec<Bookmark> {
    let shown = shown(scene);
    let here = |card: &&Card| !stands_in(card);
    let line = |card: &Card| Bookmark {
        text: words(card),
        place: place(page, card, shown),
        children: Vec::new(),
    };
    let panels = scene.panels.iter().filter(|panel| panel.kind == PanelKind::Stage);
    let headings = scene.texts.iter().filter(|text| text.style == TextStyle::Heading);
    let mut out: Vec<Bookmark> = panels
        .zip(headings)
        .map(|(panel, heading)| {
            let area = panel.area;
            let inside = |card: &&Card| {
                (area.x..area.x + area.w).contains(&card.x) && (area.y..area.y + area.h).contains(&card.y)
            };
            let mut cards: Vec<&Card> = scene.cards.iter().filter(here).filter(inside).collect();
            cards.sort_by(|a, b| (a.y, a.x).partial_cmp(&(b.y, b.x)).unwrap_or(std::cmp::Ordering::Equal));
            Bookmark {
                text: heading
                    .lines
                    .iter()
                    .map(|l| l.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
                place: Place {
                    page,
                    y: (area.y - 24.0) * shown,
                },
                children: cards.into_iter().map(line).collect(),
            }
        })
        .collect();
    out.retain(|stage| !stage.children.is_empty());
    if out.is_empty() {
        out = scene.cards.iter().filter(here).map(line).collect();
    }
    out
}
