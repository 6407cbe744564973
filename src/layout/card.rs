//! A node as a card: its size, its wrapped title, its owner and its badges.

use crate::map::{Node, NodeKind};
use crate::scene::{
    Area, Badge, BadgeStyle, Card, Emphasis, Icon, Ink, Line, Outline, STRIP, Symbol, Text, TextDirection, TextStyle,
    Tone,
};

use super::Mark;
use super::content::Elsewhere;
use crate::chart::sign;
use crate::text::{baseline, clean, direction, height, measure, typeset, widest_word, wrap};
use crate::track::Status;

/// Widths that a card may have, in px. The first is the rule; the others are for titles that would fill more than
/// [`LINES`] lines.
const WIDTHS: [f64; 5] = [210.0, 270.0, 350.0, 470.0, 630.0];
/// Lines of title beyond which a card grows wider, where it can; past the last width it grows downward only.
const LINES: usize = 8;
/// The same where room is short.
const NARROW_WIDTHS: [f64; 5] = [178.0, 210.0, 270.0, 350.0, 470.0];
/// The same where room is short.
const NARROW_LINES: usize = 16;
/// The widest that the other cards of a stage follow, in px.
const SHARED: f64 = WIDTHS[2];
/// Least height, in px.
const LEAST_HEIGHT: f64 = 44.0;

const PAD_LEFT: f64 = STRIP + 10.0;
const PAD_RIGHT: f64 = 10.0;
/// Above the title and below what is last, in px.
const PAD: f64 = 10.0;
/// The same where room is shortest.
const TIGHT_PAD: f64 = 7.0;

const BADGE_HEIGHT: f64 = 19.0;
const BADGE_GAP: f64 = 5.0;
const BADGE_ICON: f64 = 10.0;
const BADGE_PAD: f64 = 6.0;
const SIGNAL_GAP: f64 = 4.0;
/// More signs than this do not stand on one card; the first ones do.
const SIGNALS: usize = 6;

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// As much as a calm picture wants.
    Usual,
    /// As little as a readable one needs.
    Compact,
    /// The least with which a picture is still read: cards of so many px, or as wide as their longest word.
    Tight(u16),
}

impl Density {
    /// The tight settings, the calmest first.
    pub fn tight() -> impl Iterator<Item = Self> {
        (28..=42).rev().map(|fives| Self::Tight(fives * 5))
    }

    /// Above the title of a card and below what is last, in px.
    fn pad(self) -> f64 {
        match self {
            Self::Usual | Self::Compact => PAD,
            Self::Tight(_) => TIGHT_PAD,
        }
    }
}

/// What a card says about a node beside what the node itself holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The owner's name; empty where there is none.
    pub owner: String,
    /// The owner's organisation; empty where there is none.
    pub organisation: String,
    /// The owner's initials, where they stand for the name; else empty.
    pub initials: String,
    /// How many KPIs measure it.
    pub kpis: usize,
    /// How those KPIs stand that have a sign, the map's order kept.
    pub signals: Vec<Status>,
    /// What became of it between two maps.
    pub mark: Option<Mark>,
}

/// What a badge is made of.
struct Wanted {
    style: BadgeStyle,
    icon: Icon,
    word: String,
    signals: Vec<Status>,
}

impl Wanted {
    fn new(style: BadgeStyle, icon: Icon, word: impl Into<String>) -> Self {
        Self {
            style,
            icon,
            word: word.into(),
            signals: Vec::new(),
        }
    }

    /// In px.
    fn width(&self) -> f64 {
        let signals = self.signals.len() as f64 * (BADGE_ICON + SIGNAL_GAP);
        (BADGE_PAD + BADGE_ICON + 4.0 + measure(&self.word, TextStyle::Badge) + signals + BADGE_PAD + 1.0).ceil()
    }
}

/// The card of a node, `w` px wide and set as close as that, with its top left corner at (0, 0).
pub(super) fn card(node: &Node, title: &str, facts: &Facts, emphasis: Emphasis, (w, density): (f64, Density)) -> Card {
    let pad = density.pad();
    let room = w - PAD_LEFT - PAD_RIGHT;
    let mut texts = vec![typeset(title, TextStyle::Card, Ink::Text, PAD_LEFT, room, pad)];
    let mut symbols = Vec::new();
    let mut bottom = pad + height(&texts[0]);
    if facts.initials.is_empty() && !clean(&facts.owner).is_empty() {
        let indent = 16.0; // the picture of a person stands in it
        let mut owner = typeset(
            &facts.owner,
            TextStyle::Note,
            Ink::Muted,
            PAD_LEFT + indent,
            room - indent,
            bottom + 3.0,
        );
        let mut x = PAD_LEFT;
        if owner.direction == TextDirection::RightToLeft {
            owner.move_by(-indent, 0.0);
            x = w - PAD_RIGHT - 11.0;
        }
        symbols.push(Symbol {
            icon: Icon::Person,
            x,
            y: bottom + 5.0,
            size: 11.0,
            ink: Ink::Muted,
        });
        bottom += 3.0 + height(&owner);
        texts.push(owner);
    }
    let beside = beside_owner(&texts, w);
    let badges = badges(node, facts, room, bottom, beside);
    if let Some(last) = badges.last() {
        bottom = bottom.max(last.area.y + BADGE_HEIGHT);
    }
    let natural = bottom + pad;
    let h = natural.max(LEAST_HEIGHT);
    let mut card = Card {
        id: node.id.to_string(),
        x: w / 2.0,
        y: h / 2.0,
        w,
        h,
        tone: tone(node),
        outline: if node.disbenefit {
            Outline::Double
        } else {
            Outline::Solid
        },
        icon: icon(node),
        emphasis,
        texts,
        symbols,
        badges,
        tooltip: tooltip(node, facts),
    };
    // A single short line stands in the middle of its card.
    let shift = ((h - natural) / 2.0).floor();
    card.move_by(0.0, shift);
    card.y -= shift;
    card
}

/// The card of something on another page, `w` px wide, with its top left corner at (0, 0): set back, with the page.
pub(super) fn stand_in(elsewhere: &Elsewhere, w: f64) -> Card {
    let room = w - PAD_LEFT - PAD_RIGHT;
    let title = typeset(&elsewhere.title, TextStyle::Note, Ink::Text, PAD_LEFT, room, PAD - 2.0);
    let bottom = PAD - 2.0 + height(&title) + 4.0;
    let place = Wanted::new(BadgeStyle::Plain, Icon::Page, elsewhere.place.clone());
    let h = bottom + BADGE_HEIGHT + PAD - 2.0;
    Card {
        id: elsewhere.id.clone(),
        x: w / 2.0,
        y: h / 2.0,
        w,
        h,
        tone: Tone::of_kind(elsewhere.kind.stage()),
        outline: Outline::Solid,
        icon: kind_icon(elsewhere.kind),
        emphasis: Emphasis::Faded,
        texts: vec![title],
        symbols: Vec::new(),
        badges: vec![badge(&place, PAD_LEFT, bottom)],
        tooltip: String::new(),
    }
}

/// The title, or the id where there is none: a card without words could not be spoken of.
pub(super) fn shown_title(node: &Node) -> String {
    match clean(&node.title) {
        empty if empty.is_empty() => node.id.to_string(),
        title => title,
    }
}

/// The widths of cards of one stage, in px: all alike, as the longest title wants it, save that titles that want more
/// than [`SHARED`] px stand in wider cards of their own.
pub(super) fn widths(titles: &[String], density: Density) -> Vec<f64> {
    let own: Vec<f64> = titles.iter().map(|title| width_for(title, density)).collect();
    let shared = own.iter().copied().filter(|&w| w <= SHARED).fold(0.0, f64::max);
    own.into_iter().map(|w| w.max(shared)).collect()
}

fn width_for(title: &str, density: Density) -> f64 {
    let (widths, lines) = match density {
        Density::Usual => (&WIDTHS, LINES),
        Density::Compact => (&NARROW_WIDTHS, NARROW_LINES),
        // No word is cut, save one that would be on a wider card too.
        Density::Tight(width) => {
            let pads = PAD_LEFT + PAD_RIGHT;
            let word = widest_word(title, TextStyle::Card).ceil() + pads;
            return f64::from(width).max(word).min(NARROW_WIDTHS[1]);
        }
    };
    let fits = |w: &&f64| wrap(title, TextStyle::Card, **w - PAD_LEFT - PAD_RIGHT).len() <= lines;
    *widths.iter().find(fits).unwrap_or(&widths[widths.len() - 1])
}
pub(super) fn tone(node: &Node) -> Tone {
    if node.disbenefit {
        Tone::Adverse
    } else {
        Tone::of_kind(node.kind.stage())
    }
}

fn icon(node: &Node) -> Icon {
    if node.disbenefit {
        Icon::Warning
    } else {
        kind_icon(node.kind)
    }
}

/// The picture of a kind.
pub(super) fn kind_icon(kind: NodeKind) -> Icon {
    match kind {
        NodeKind::Investment => Icon::Coins,
        NodeKind::Enabler => Icon::Nut,
        NodeKind::BusinessChange => Icon::Exchange,
        NodeKind::IntermediateOutcome => Icon::Diamond,
        NodeKind::EndOutcome => Icon::Star,
    }
}

/// The room to the right of an owner's name of one line, as its left side and upper side in px.
fn beside_owner(texts: &[Text], w: f64) -> Option<(f64, f64)> {
    let [_, owner] = texts else { return None };
    let [line] = owner.lines.as_slice() else { return None };
    let right = line.x + line.width + 8.0;
    (owner.direction == TextDirection::LeftToRight && right < w).then(|| {
        let top = line.y - baseline(TextStyle::Note);
        (right, top - (BADGE_HEIGHT - TextStyle::Note.leading()) / 2.0)
    })
}

/// In rows under the texts, or beside the owner's name where one badge alone fits there.
fn badges(node: &Node, facts: &Facts, room: f64, bottom: f64, beside: Option<(f64, f64)>) -> Vec<Badge> {
    let wanted = wanted(node, facts);
    if let ([only], Some((left, top))) = (wanted.as_slice(), beside) {
        let right = PAD_LEFT + room;
        if left + only.width() <= right {
            return vec![badge(only, right - only.width(), top)];
        }
    }
    let (mut x, mut y) = (0.0, bottom + 6.0);
    let mut out = Vec::new();
    for wanted in &wanted {
        let w = wanted.width();
        if x > 0.0 && x + w > room {
            (x, y) = (0.0, y + BADGE_HEIGHT + BADGE_GAP);
        }
        out.push(badge(wanted, PAD_LEFT + x, y));
        x += w + BADGE_GAP;
    }
    out
}

fn wanted(node: &Node, facts: &Facts) -> Vec<Wanted> {
    let mut out = Vec::new();
    if let Some(mark) = facts.mark {
        let (style, icon, word) = match mark {
            Mark::Added => (BadgeStyle::Bright, Icon::Plus, "Added"),
            Mark::Removed => (BadgeStyle::Adverse, Icon::Cross, "Removed"),
            Mark::Changed => (BadgeStyle::Bright, Icon::Triangle, "Changed"),
        };
        out.push(Wanted::new(style, icon, word));
    }
    if node.disbenefit {
        out.push(Wanted::new(BadgeStyle::Adverse, Icon::Warning, "Disbenefit"));
    }
    if node.unintended {
        out.push(Wanted::new(BadgeStyle::Plain, Icon::Wave, "Unintended"));
    }
    if node.quick_win {
        out.push(Wanted::new(BadgeStyle::Bright, Icon::Bolt, "Quick win"));
    }
    if !facts.initials.is_empty() {
        out.push(Wanted::new(BadgeStyle::Plain, Icon::Person, facts.initials.clone()));
    }
    if facts.kpis > 0 {
        out.push(Wanted {
            signals: facts.signals.iter().copied().take(SIGNALS).collect(),
            ..Wanted::new(BadgeStyle::Plain, Icon::Bars, facts.kpis.to_string())
        });
    }
    out
}

fn badge(wanted: &Wanted, x: f64, y: f64) -> Badge {
    let style = wanted.style;
    let symbol = |icon: Icon, x: f64, ink: Ink| Symbol {
        icon,
        x,
        y: y + (BADGE_HEIGHT - BADGE_ICON) / 2.0,
        size: BADGE_ICON,
        ink,
    };
    let word_left = x + BADGE_PAD + BADGE_ICON + 4.0;
    let width = measure(&wanted.word, TextStyle::Badge);
    let mut symbols = vec![symbol(wanted.icon, x + BADGE_PAD, Ink::Badge(style))];
    let mut left = word_left + width + SIGNAL_GAP;
    for &signal in &wanted.signals {
        let (icon, verdict) = sign(signal);
        symbols.push(symbol(icon, left, Ink::Verdict(verdict)));
        left += BADGE_ICON + SIGNAL_GAP;
    }
    Badge {
        area: Area {
            x,
            y,
            w: wanted.width(),
            h: BADGE_HEIGHT,
        },
        style,
        symbols,
        text: Text {
            style: TextStyle::Badge,
            ink: Ink::Badge(style),
            direction: direction(&wanted.word),
            lines: vec![Line {
                x: match direction(&wanted.word) {
                    TextDirection::LeftToRight => word_left,
                    TextDirection::RightToLeft => word_left + width,
                },
                y: y + (BADGE_HEIGHT - TextStyle::Badge.leading()) / 2.0 + baseline(TextStyle::Badge),
                width,
                text: wanted.word.clone(),
            }],
        },
    }
}

/// What does not stand in the card: the description, the days, the owner's organisation.
fn tooltip(node: &Node, facts: &Facts) -> String {
    let mut parts = Vec::new();
    let description = clean(&node.description);
    if !description.is_empty() {
        parts.push(description);
    }
    match (node.start, node.due) {
        (Some(start), Some(due)) => parts.push(format!("From {start} to {due}.")),
        (Some(start), None) => parts.push(format!("From {start}.")),
        (None, Some(due)) => parts.push(format!("Due {due}.")),
        (None, None) => {}
    }
    let (owner, organisation) = (clean(&facts.owner), clean(&facts.organisation));
    if !organisation.is_empty() {
        parts.push(format!("Owner: {owner}, {organisation}."));
    } else if !facts.initials.is_empty() {
        parts.push(format!("Owner: {owner}."));
    }
    parts.join(" ")
}
