//! The picture of a map drawn so close that it fits on a slide with its titles at 10 pt: type keeps its size, and what stands between
//! cards gives way.

use crate::scene::{Area, Card, LegendEntry, Outline, Point, STRIP, Sample, Scene, Text, TextStyle};
use crate::text::{baseline, height, measure, typeset};

/// The smallest type that is left in such a picture: everything smaller is taken out, and is in the notes of its slide.
const SMALLEST: TextStyle = TextStyle::Card;
/// The type of a slide is not smaller, in px: 10 pt.
const LEAST_TYPE: f64 = 10.0 * 96.0 / 72.0;
/// Above and below the words of a card, and beside them, in px.
const PAD: f64 = 5.0;
const BESIDE: f64 = 8.0;
/// No card is lower or narrower than this, in px.
const LOWEST: f64 = 30.0;
const NARROWEST: f64 = 150.0;
/// Between two cards of a column, and between two columns, at least, in px. Lines would not be followed through less.
const BETWEEN_CARDS: f64 = 8.0;
const BETWEEN_COLUMNS: f64 = 44.0;
/// Around the picture, beside the rule under a heading, under the last card, and around an entry of the legend, in px.
const EDGE: f64 = 12.0;
const UNDER_RULE: f64 = 10.0;
const UNDER_CARDS: f64 = 12.0;
const ENTRY_GAP: f64 = 28.0;
const ENTRY_HEIGHT: f64 = 24.0;

/// A column of cards: where it was laid out, where it comes to be, and its cards from the top, each with its upper and lower side before
/// and after.
#[derive(Default)]
struct Column {
    from: (f64, f64),
    to: (f64, f64),
    cards: Vec<([f64; 2], [f64; 2])>,
}

/// Where everything of a picture comes to be: each column is stretched and pressed by itself, and what lies between two columns goes with
/// both.
struct Sheet {
    columns: Vec<Column>,
    /// By how much what lies above the first card of a column or under the last one is pressed together.
    share: f64,
    /// The upper side of the highest thing among cards and lines, before and after.
    top: (f64, f64),
    /// The lower side of the room that there is.
    bottom: f64,
}

/// The scene as it fits into so many px of a slide with no type under 10 pt; `None` where it does not fit however close it is drawn.
/// It must be read to the right, with its title left out.
pub(super) fn drawn_close(mut scene: Scene, (w, h): Point) -> Option<Scene> {
    let scale = LEAST_TYPE / SMALLEST.size();
    let (w, h) = (w / scale, h / scale);
    // Stages have their names and signs in the headings.
    scene.legend.retain(|entry| !is_stage(entry));
    let legend = legend(std::mem::take(&mut scene.legend), w);
    let legend_height = bottom_of(legend.iter().map(|entry| &entry.area));
    // The rule over the footer goes with it.
    scene.rules.retain(|rule| rule.tone.is_some());
    let rule = bottom_of(scene.rules.iter().map(|rule| &rule.area));
    scene.texts.retain(|text| text.style == TextStyle::Heading);
    let lines = scene.texts.iter().flat_map(|text| &text.lines);
    let head = lines.map(|line| line.y).fold(rule, f64::min) - TextStyle::Heading.leading();
    let cards_top = rule - head + UNDER_RULE;
    let room = h - cards_top - UNDER_CARDS - legend_height;
    let sheet = Sheet::new(&mut scene, w, (cards_top, room))?;
    let to = |point: Point| sheet.at(point);
    for route in &mut scene.routes {
        route.bezier.iter_mut().for_each(|point| *point = to(*point));
    }
    // Dots where lines join are drawn by nobody who draws lines that can be moved.
    scene.shapes.clear();
    for line in scene.texts.iter_mut().flat_map(|text| &mut text.lines) {
        (line.x, line.y) = (sheet.across(line.x), line.y - head);
    }
    for symbol in &mut scene.symbols {
        (symbol.x, symbol.y) = (sheet.across(symbol.x), symbol.y - head);
    }
    let moved = |area: &mut Area, beside: f64| {
        let right = sheet.across(area.x + area.w - beside);
        area.x = sheet.across(area.x + beside);
        area.w = right - area.x;
    };
    for rule in &mut scene.rules {
        moved(&mut rule.area, 0.0);
        rule.area.y -= head;
    }
    let points = scene.routes.iter().flat_map(|route| &route.bezier);
    let cards = scene.cards.iter().map(|card| card.y + card.h / 2.0);
    let bottom = points.map(|point| point.1).chain(cards).fold(cards_top, f64::max) + UNDER_CARDS / 2.0;
    for panel in &mut scene.panels {
        // It reaches as far beyond its cards on one side as on the other.
        moved(&mut panel.area, EDGE);
        panel.area.x -= BESIDE;
        panel.area.w += 2.0 * BESIDE;
        (panel.area.y, panel.area.h) = (0.0, bottom);
    }
    scene.legend = legend;
    for entry in &mut scene.legend {
        move_entry(entry, (0.0, bottom + UNDER_CARDS / 2.0));
    }
    (scene.width, scene.height) = (w, bottom + UNDER_CARDS / 2.0 + legend_height);
    scene.paper = None;
    (scene.height <= h + 1.0).then_some(scene)
}

fn is_stage(entry: &LegendEntry) -> bool {
    let adverse = crate::scene::Tone::Adverse;
    matches!(&entry.sample, Sample::Card { tone, outline: Outline::Solid, .. } if *tone != adverse)
}

fn bottom_of<'a>(areas: impl Iterator<Item = &'a Area>) -> f64 {
    areas.map(|area| area.y + area.h).fold(0.0, f64::max)
}

/// A card with its title alone, no wider than so many px, and as little around it as a readable one needs; its upper left corner and its
/// words stay where they are until it is put into its place.
fn trimmed(card: &mut Card, widest: f64) {
    card.badges.clear();
    card.symbols.clear();
    card.texts.truncate(1);
    card.w = card.w.min(widest);
    let Some(title) = card.texts.first_mut() else { return };
    let words: Vec<&str> = title.lines.iter().map(|line| line.text.as_str()).collect();
    let left = STRIP + BESIDE;
    *title = typeset(
        &words.join(" "),
        title.style,
        title.ink,
        left,
        card.w - left - BESIDE,
        PAD,
    );
    card.h = (height(title) + 2.0 * PAD).max(LOWEST);
    // A single line stands in the middle of its card.
    title.move_by(0.0, (card.h - height(title)) / 2.0 - PAD);
    (card.x, card.y) = (card.w / 2.0, card.h / 2.0);
}

impl Sheet {
    /// Puts the cards into their columns, so many px wide and high; `None` where they do not fit.
    fn new(scene: &mut Scene, width: f64, (top, room): (f64, f64)) -> Option<Self> {
        let areas: Vec<Area> = scene.cards.iter().map(Card::area).collect();
        let mut order: Vec<usize> = (0..areas.len()).collect();
        order.sort_by(|a, b| areas[*a].x.total_cmp(&areas[*b].x));
        let mut columns: Vec<(Column, Vec<usize>)> = Vec::new();
        for at in order {
            let (left, right) = (areas[at].x, areas[at].x + areas[at].w);
            match columns.last_mut() {
                Some((column, cards)) if left < column.from.1 => {
                    column.from.1 = column.from.1.max(right);
                    cards.push(at);
                }
                _ => {
                    let column = Column {
                        from: (left, right),
                        ..Column::default()
                    };
                    columns.push((column, vec![at]));
                }
            }
        }
        let gaps = columns.len().checked_sub(1)? as f64;
        let widest = (width - 2.0 * EDGE - gaps * BETWEEN_COLUMNS) / columns.len() as f64;
        if widest < NARROWEST {
            return None;
        }
        scene.cards.iter_mut().for_each(|card| trimmed(card, widest));
        let wide = |(_, cards): &(Column, Vec<usize>)| cards.iter().map(|at| scene.cards[*at].w).fold(0.0, f64::max);
        let widths: Vec<f64> = columns.iter().map(wide).collect();
        let all: f64 = widths.iter().sum();
        let gap = match gaps > 0.0 {
            true => (width - 2.0 * EDGE - all) / gaps,
            false => 0.0,
        };
        let first = areas.iter().map(|area| area.y).fold(f64::MAX, f64::min);
        let last = bottom_of(areas.iter());
        let points = scene.routes.iter().flat_map(|route| &route.bezier).map(|point| point.1);
        let (first, last) = points.fold((first, last), |(first, last), y| (first.min(y), last.max(y)));
        let share = (room / (last - first).max(1.0)).min(1.0);
        let mut x = EDGE;
        let mut out = Vec::new();
        for ((mut column, mut cards), w) in columns.into_iter().zip(widths) {
            column.to = (x, x + w);
            x += w + gap;
            cards.sort_by(|a, b| areas[*a].y.total_cmp(&areas[*b].y));
            let heights: Vec<f64> = cards.iter().map(|at| scene.cards[*at].h).collect();
            let wanted: Vec<f64> = cards
                .iter()
                .map(|at| (areas[*at].y + areas[*at].h / 2.0 - first) * share)
                .collect();
            let centres = apart(&wanted, &heights, room)?;
            for ((at, centre), h) in cards.iter().zip(centres).zip(heights) {
                let card = &mut scene.cards[*at];
                let y = top + centre;
                card.move_by(column.to.0 + card.w / 2.0 - card.x, y - card.y);
                let area = areas[*at];
                column
                    .cards
                    .push(([area.y, area.y + area.h], [y - h / 2.0, y + h / 2.0]));
            }
            out.push(column);
        }
        Some(Self {
            columns: out,
            share,
            top: (first, top),
            bottom: top + room,
        })
    }

    /// The columns at both sides of a place of the picture that was laid out, and how far it is from the first to the second.
    fn beside(&self, x: f64) -> Option<(&Column, &Column, f64)> {
        let after = self.columns.partition_point(|column| column.from.0 <= x);
        let before = after.checked_sub(1).and_then(|at| self.columns.get(at));
        match (before, self.columns.get(after)) {
            (Some(column), _) if x <= column.from.1 => Some((column, column, 0.0)),
            (Some(a), Some(b)) => Some((a, b, (x - a.from.1) / (b.from.0 - a.from.1).max(1.0))),
            (Some(only), None) | (None, Some(only)) => Some((only, only, 0.0)),
            (None, None) => None,
        }
    }

    fn across(&self, x: f64) -> f64 {
        let Some((a, b, part)) = self.beside(x) else { return x };
        let (left, right) = a.from;
        match (x < left, x <= right) {
            (true, _) => a.to.0 - (left - x).min(EDGE - 2.0),
            (_, true) => a.to.0 + (a.to.1 - a.to.0) * (x - left) / (right - left).max(1.0),
            _ if std::ptr::eq(a, b) => a.to.1 + (x - right).min(EDGE - 2.0),
            _ => a.to.1 + (b.to.0 - a.to.1) * part,
        }
    }

    fn at(&self, (x, y): Point) -> Point {
        let down = match self.beside(x) {
            Some((a, b, part)) => self.down(a, y) * (1.0 - part) + self.down(b, y) * part,
            None => y,
        };
        (self.across(x), down)
    }

    /// Where a height comes to be in a column: as far down its card as before, and between two cards in the same share of the gap.
    fn down(&self, column: &Column, y: f64) -> f64 {
        let mut before = (self.top.0, self.top.1);
        for ([top, bottom], [to, end]) in &column.cards {
            for (from, to) in [(*top, *to), (*bottom, *end)] {
                if y <= from {
                    return before.1 + (to - before.1) * (y - before.0) / (from - before.0).max(0.1);
                }
                before = (from, to);
            }
        }
        // Lines that run back under the cards keep to what room there is.
        (before.1 + (y - before.0) * self.share).min(self.bottom + UNDER_CARDS / 2.0)
    }
}

/// The centres of things of these heights, as near to where they are wanted as they can be within the room without coming too near to
/// each other; `None` where they do not fit.
fn apart(wanted: &[f64], heights: &[f64], room: f64) -> Option<Vec<f64>> {
    let between = |a: usize, b: usize| (heights[a] + heights[b]) / 2.0 + BETWEEN_CARDS;
    let mut out = wanted.to_vec();
    for at in 0..out.len() {
        let least = match at {
            0 => heights[0] / 2.0,
            _ => out[at - 1] + between(at - 1, at),
        };
        out[at] = out[at].max(least);
    }
    for at in (0..out.len()).rev() {
        let most = match out.get(at + 1) {
            None => room - heights[at] / 2.0,
            Some(next) => next - between(at, at + 1),
        };
        out[at] = out[at].min(most);
    }
    let first = out.first().zip(heights.first());
    first.is_none_or(|(y, h)| *y >= h / 2.0 - 0.01).then_some(out)
}

/// The entries of a legend in type of the smallest size that is left, in rows from the top of the legend, no wider than so many px.
fn legend(mut entries: Vec<LegendEntry>, width: f64) -> Vec<LegendEntry> {
    let (mut x, mut y) = (EDGE, 0.0);
    for entry in &mut entries {
        let words: Vec<String> = entry.text.lines.iter().map(|line| line.text.clone()).collect();
        let words = words.join(" ");
        let length = measure(&words, SMALLEST);
        let needs = entry.area.w + 8.0 + length;
        if x > EDGE && x + needs > width - EDGE {
            (x, y) = (EDGE, y + ENTRY_HEIGHT);
        }
        let dy = y + (ENTRY_HEIGHT - entry.area.h) / 2.0 - entry.area.y;
        move_entry(entry, (x - entry.area.x, dy));
        let top = y + (ENTRY_HEIGHT - SMALLEST.leading()) / 2.0;
        entry.text = one_line(
            &entry.text,
            words,
            length,
            (x + entry.area.w + 8.0, top + baseline(SMALLEST)),
        );
        x += needs + ENTRY_GAP;
    }
    entries
}

fn one_line(text: &Text, words: String, width: f64, (x, y): Point) -> Text {
    let mut out = text.clone();
    out.style = SMALLEST;
    out.lines.truncate(1);
    if let Some(line) = out.lines.first_mut() {
        (line.x, line.y, line.width, line.text) = (x, y, width, words);
    }
    out
}

/// Moves an entry with its sample and its words.
fn move_entry(entry: &mut LegendEntry, (dx, dy): Point) {
    entry.area.x += dx;
    entry.area.y += dy;
    entry.text.move_by(dx, dy);
    match &mut entry.sample {
        Sample::Symbol(symbol) => symbol.move_by(dx, dy),
        Sample::Route(route) => route
            .bezier
            .iter_mut()
            .for_each(|point| *point = (point.0 + dx, point.1 + dy)),
        Sample::Card { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::BenefitGraph;
    use crate::layout::{LayoutOptions, OwnerLabel, TitleBlock, layout};
    use crate::map::{BenefitMap, Link, Node, NodeId, NodeKind};

    fn map(rows: usize) -> BenefitMap {
        let mut map = BenefitMap::default();
        let id = |stage: usize, row: usize| NodeId::new(format!("n{stage}-{row}")).unwrap();
        for (stage, kind) in NodeKind::ALL.iter().enumerate() {
            for row in 0..rows {
                let title = format!("A title of this stage that takes two lines, {stage} and {row}");
                map.nodes.push(Node::new(id(stage, row), *kind, title));
                if stage > 0 {
                    map.links.push(Link::new(id(stage - 1, row), id(stage, row)));
                    map.links
                        .push(Link::new(id(stage - 1, (row + 1) % rows), id(stage, row)));
                }
            }
        }
        map
    }

    fn close(rows: usize) -> Option<Scene> {
        let map = map(rows);
        let options = LayoutOptions {
            title: TitleBlock::LeftOut,
            owner_label: OwnerLabel::Hidden,
            ..LayoutOptions::default()
        };
        drawn_close(layout(&BenefitGraph::new(&map), &options), (1184.0, 588.0))
    }

    #[test]
    fn a_map_of_ten_rows_fits_with_its_type_and_its_cards_apart_and_one_of_thirty_does_not() {
        let scene = close(9).unwrap();
        let scale = (1184.0 / scene.width).min(588.0 / scene.height);
        let texts = scene.cards.iter().flat_map(|card| &card.texts).chain(&scene.texts);
        for text in texts.chain(scene.legend.iter().map(|entry| &entry.text)) {
            assert!(text.style.size() * scale >= LEAST_TYPE - 0.01, "{text:?}");
        }
        for (at, one) in scene.cards.iter().map(Card::area).enumerate() {
            for other in scene.cards[at + 1..].iter().map(Card::area) {
                let beside = one.x + one.w <= other.x || other.x + other.w <= one.x;
                assert!(
                    beside || one.y + one.h < other.y || other.y + other.h < one.y,
                    "{one:?} {other:?}"
                );
            }
        }
        let inside =
            |x: f64, y: f64| (-0.5..=scene.width + 0.5).contains(&x) && (-0.5..=scene.height + 0.5).contains(&y);
        for card in &scene.cards {
            let area = card.area();
            assert!(
                inside(area.x, area.y) && inside(area.x + area.w, area.y + area.h),
                "{area:?}"
            );
            // Words are within their card.
            let lines = card.texts.iter().flat_map(|text| &text.lines);
            assert!(
                lines
                    .into_iter()
                    .all(|line| line.y > area.y && line.y < area.y + area.h)
            );
        }
        let cards = scene.cards_by_id();
        for route in &scene.routes {
            let (first, last) = (route.bezier[0], route.bezier[route.bezier.len() - 1]);
            let (from, to) = (cards[route.from.as_str()].area(), cards[route.to.as_str()].area());
            assert!((first.0 - from.x - from.w).abs() < 0.5 && (last.0 - to.x).abs() < 0.5);
            assert!((from.y..=from.y + from.h).contains(&first.1) && (to.y..=to.y + to.h).contains(&last.1));
        }
        assert!(close(30).is_none());
    }
}
