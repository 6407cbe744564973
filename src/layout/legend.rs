//! The legend: what the marks of this picture mean, and no others.

use crate::map::NodeKind;
use crate::scene::{
    Area, BadgeStyle, Dash, Emphasis, Head, Icon, Ink, LegendEntry, Outline, Part, Route, Sample, Scene, Stroke,
    Symbol, Text, TextStyle, Tone,
};

use super::card::kind_icon;
use super::line::{DIVIDED_WEIGHT, USUAL_WEIGHT, look, vote_dash};
use super::{LayoutOptions, LinkDetail, Mark};
use crate::chart::sign;
use crate::text::typeset;
use crate::track::Status;

const ROW: f64 = 18.0;
const ROW_GAP: f64 = 8.0;
const ENTRY_GAP: f64 = 26.0;
const CARD: (f64, f64) = (26.0, 16.0);
const LINE: f64 = 40.0;

/// An entry with its words set, at (0, 0).
struct Entry {
    sample: Sample,
    size: (f64, f64),
    text: Text,
    width: f64,
}

/// What the legend says that the scene does not show by itself.
pub(super) struct Extra<'o> {
    /// What stages are called.
    pub options: &'o LayoutOptions,
    /// Initials with their names.
    pub owners: Vec<String>,
    /// What the thickest line is worth, where thickness is money.
    pub most_money: Option<String>,
    /// Stages that are rails without a heading, and that they have no cards, in words.
    pub rails: Vec<(NodeKind, &'static str)>,
}

/// The entries, in rows from the upper side `top`, no wider than `room`.
pub(super) fn legend(scene: &Scene, extra: Extra<'_>, left: f64, room: f64, top: f64) -> Vec<LegendEntry> {
    let groups: Vec<Vec<Entry>> = wanted(scene, extra)
        .into_iter()
        .map(|group| {
            group
                .into_iter()
                .map(|(sample, words)| entry(sample, &words, room))
                .collect()
        })
        .collect();
    let (mut x, mut y) = (left, top);
    let mut out = Vec::new();
    for group in groups {
        // A group that does not fit whole on what is left of a row begins the next.
        let whole: f64 = group.iter().map(|e| e.width).sum::<f64>() + ENTRY_GAP * (group.len().max(1) - 1) as f64;
        if x > left && x + whole > left + room {
            (x, y) = (left, y + ROW + ROW_GAP);
        }
        for entry in group {
            if x > left && x + entry.width > left + room {
                (x, y) = (left, y + ROW + ROW_GAP);
            }
            let next = x + entry.width + ENTRY_GAP;
            out.push(place(entry, x, y));
            x = next;
        }
    }
    out
}

fn entry(sample: Sample, words: &str, room: f64) -> Entry {
    let size = match &sample {
        Sample::Card { .. } => CARD,
        Sample::Symbol(symbol) => (symbol.size, symbol.size),
        Sample::Route(_) => (LINE, 12.0),
    };
    let text = typeset(
        words,
        TextStyle::Footer,
        Ink::Muted,
        size.0 + 8.0,
        room - size.0 - 8.0,
        0.0,
    );
    let width = size.0 + 8.0 + text.lines.iter().map(|l| l.width).fold(0.0, f64::max);
    Entry {
        sample,
        size,
        text,
        width: width.ceil(),
    }
}

fn place(mut entry: Entry, x: f64, y: f64) -> LegendEntry {
    let (w, h) = entry.size;
    entry.text.move_by(x, y + (ROW - TextStyle::Footer.leading()) / 2.0);
    let area = Area {
        x,
        y: y + (ROW - h) / 2.0,
        w,
        h,
    };
    LegendEntry {
        sample: placed(entry.sample, &area),
        area,
        text: entry.text,
    }
}

fn placed(sample: Sample, area: &Area) -> Sample {
    match sample {
        Sample::Symbol(symbol) => Sample::Symbol(Symbol {
            x: area.x,
            y: area.y,
            ..symbol
        }),
        Sample::Route(route) => {
            let (y, third) = (area.y + area.h / 2.0, area.w / 3.0);
            Sample::Route(Route {
                bezier: (0..4).map(|i| (area.x + third * f64::from(i), y)).collect(),
                ..route
            })
        }
        card => card,
    }
}

/// What occurs in the scene, each once, in reading order: cards, marks, lines, signals, owners.
fn wanted(scene: &Scene, extra: Extra<'_>) -> [Vec<(Sample, String)>; 5] {
    let Extra {
        options,
        owners,
        most_money,
        rails,
    } = extra;
    let person = |owner| (symbol(Icon::Person, Ink::Muted), owner);
    let owners = owners.into_iter().map(person).collect();
    [
        cards(scene, options, &rails),
        marks(scene),
        lines(scene, options.link_detail, most_money.as_deref()),
        signals(scene),
        owners,
    ]
}

fn cards(scene: &Scene, options: &LayoutOptions, rails: &[(NodeKind, &str)]) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    for &kind in NodeKind::ALL {
        let tone = Tone::of_kind(kind.stage());
        if scene.cards.iter().any(|c| c.tone == tone) {
            out.push((
                Sample::Card {
                    tone,
                    icon: kind_icon(kind),
                    outline: Outline::Solid,
                },
                options
                    .stage_words
                    .get(&kind)
                    .map_or(kind.label(), String::as_str)
                    .to_owned(),
            ));
        } else if let Some((_, none)) = rails.iter().find(|(rail, _)| *rail == kind) {
            let words = format!("{}: {}", options.heading_of(kind), none.to_lowercase());
            out.push((symbol(kind_icon(kind), Ink::Tone(tone)), words));
        }
    }
    if scene.cards.iter().any(|c| c.tone == Tone::Adverse) {
        out.push((
            Sample::Card {
                tone: Tone::Adverse,
                icon: Icon::Warning,
                outline: Outline::Double,
            },
            "Disbenefit".to_owned(),
        ));
    }
    out
}

fn marks(scene: &Scene) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    let has_badge = |icon: Icon| {
        let symbols = scene.cards.iter().flat_map(|c| &c.badges).flat_map(|b| &b.symbols);
        symbols.into_iter().any(|s| s.icon == icon)
    };
    for (icon, style, words) in [
        (Icon::Plus, BadgeStyle::Bright, "Added"),
        (Icon::Bolt, BadgeStyle::Bright, "Quick win"),
        (Icon::Wave, BadgeStyle::Plain, "Unintended effect"),
        (Icon::Bars, BadgeStyle::Plain, "Number of KPIs"),
        (Icon::Page, BadgeStyle::Plain, "Continues on another page"),
    ] {
        if has_badge(icon) {
            out.push((symbol(icon, Ink::Badge(style)), words.to_owned()));
        }
    }
    if scene
        .cards
        .iter()
        .any(|c| c.symbols.iter().any(|s| s.icon == Icon::Person))
    {
        out.push((symbol(Icon::Person, Ink::Muted), "Owner".to_owned()));
    }
    out
}

fn lines(scene: &Scene, detail: LinkDetail, most_money: Option<&str>) -> Vec<(Sample, String)> {
    if detail == LinkDetail::Changes {
        return [changed_lines(scene), other_lines(scene)].concat();
    }
    if detail == LinkDetail::Confidence {
        return [voted_lines(scene), other_lines(scene)].concat();
    }
    if detail == LinkDetail::Money {
        return [money_lines(scene, most_money), other_lines(scene)].concat();
    }
    let mut out = Vec::new();
    let has = |stroke: Stroke, dash: Dash| scene.routes.iter().any(|r| r.stroke == stroke && r.dash == dash);
    let is_weighed = [Dash::Long, Dash::Short, Dash::Dotted, Dash::DashDot]
        .iter()
        .any(|&d| has(Stroke::Onward, d));
    if is_weighed {
        for (dash, words) in [
            (Dash::Solid, "Helps, with strong evidence"),
            (Dash::Long, "with moderate evidence"),
            (Dash::Short, "with weak evidence"),
            (Dash::DashDot, "only assumed"),
            (Dash::Dotted, "without evidence"),
        ] {
            if has(Stroke::Onward, dash) {
                out.push((line(Stroke::Onward, dash, Head::Arrow, USUAL_WEIGHT), words.to_owned()));
            }
        }
    } else if has(Stroke::Onward, Dash::Solid) {
        out.push((
            line(Stroke::Onward, Dash::Solid, Head::Arrow, USUAL_WEIGHT),
            "Helps to bring about".to_owned(),
        ));
    }
    if scene
        .routes
        .iter()
        .any(|r| r.stroke == Stroke::Onward && r.weight != USUAL_WEIGHT)
    {
        out.push((
            line(Stroke::Onward, Dash::Solid, Head::Arrow, 3.5),
            "Thicker: larger contribution".to_owned(),
        ));
    }
    out.extend(other_lines(scene));
    out
}

/// What lines tell that do not simply help.
fn other_lines(scene: &Scene) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    if scene.shapes.iter().any(|shape| shape.part == Part::Join) {
        out.push((
            symbol(Icon::Disc, Ink::Muted),
            "Lines join at a dot; elsewhere they only cross".to_owned(),
        ));
    }
    if scene.routes.iter().any(|r| r.stroke == Stroke::Adverse) {
        out.push((
            line(Stroke::Adverse, Dash::Short, Head::Bar, USUAL_WEIGHT),
            "Hinders".to_owned(),
        ));
    }
    if scene.routes.iter().any(|r| r.stroke == Stroke::Back) {
        out.push((
            line(Stroke::Back, Dash::Long, Head::Open, USUAL_WEIGHT),
            "Feeds back".to_owned(),
        ));
    }
    out
}

/// What the lines of a picture of money tell.
fn money_lines(scene: &Scene, most: Option<&str>) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    let most = most.map_or(String::new(), |most| format!("; the thickest: {most}"));
    for (dash, weight, words) in [
        (
            Dash::Solid,
            4.0,
            format!("Thicker: leads to benefits worth more in money, each counted whole{most}"),
        ),
        (
            Dash::Dotted,
            USUAL_WEIGHT,
            "leads to no benefit with a value in money".to_owned(),
        ),
    ] {
        if scene
            .routes
            .iter()
            .any(|r| r.stroke == Stroke::Onward && r.dash == dash)
        {
            out.push((line(Stroke::Onward, dash, Head::Arrow, weight), words));
        }
    }
    out
}

/// What the lines of a picture of confidence tell.
fn voted_lines(scene: &Scene) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    for (lowest, words) in [
        (Some(4), "Everyone who answered is very sure"),
        (Some(3), "the least sure: fairly sure"),
        (Some(2), "the least sure: not very sure"),
        (Some(1), "the least sure: not at all sure"),
        (None, "nobody could say, or nobody was asked"),
    ] {
        let dash = vote_dash(lowest);
        if scene
            .routes
            .iter()
            .any(|route| route.stroke == Stroke::Onward && route.dash == dash)
        {
            out.push((line(Stroke::Onward, dash, Head::Arrow, USUAL_WEIGHT), words.to_owned()));
        }
    }
    if scene.routes.iter().any(|route| route.weight == DIVIDED_WEIGHT) {
        let sample = line(Stroke::Onward, Dash::Solid, Head::Arrow, DIVIDED_WEIGHT);
        out.push((sample, "Thick: people are far apart".to_owned()));
    }
    out
}

/// What the lines of a picture of changes tell.
fn changed_lines(scene: &Scene) -> Vec<(Sample, String)> {
    let mut out = Vec::new();
    let looks = [
        (None, "Unchanged"),
        (Some(Mark::Added), "Link added"),
        (Some(Mark::Removed), "Link removed"),
        (Some(Mark::Changed), "Link changed"),
    ];
    for (mark, words) in looks {
        let (dash, weight) = look(mark, Dash::Solid);
        if scene.routes.iter().any(|route| route.weight == weight) {
            out.push((line(Stroke::Onward, dash, Head::Arrow, weight), words.to_owned()));
        }
    }
    out
}

fn signals(scene: &Scene) -> Vec<(Sample, String)> {
    let shown = |icon: Icon, ink: Ink| {
        let symbols = scene.cards.iter().flat_map(|c| &c.badges).flat_map(|b| &b.symbols);
        symbols.into_iter().any(|s| s.icon == icon && s.ink == ink)
    };
    [
        (Status::OnTrack, "KPI on track"),
        (Status::AtRisk, "KPI at risk"),
        (Status::OffTrack, "KPI off track"),
        (Status::Achieved, "Target achieved"),
        (Status::Missed, "Target missed"),
        (Status::NotDue, "Not due"),
        (Status::NoData, "No data"),
    ]
    .into_iter()
    .filter_map(|(status, words)| {
        let (icon, verdict) = sign(status);
        let ink = Ink::Verdict(verdict);
        shown(icon, ink).then(|| (symbol(icon, ink), words.to_owned()))
    })
    .collect()
}

fn symbol(icon: Icon, ink: Ink) -> Sample {
    Sample::Symbol(Symbol {
        icon,
        x: 0.0,
        y: 0.0,
        size: 12.0,
        ink,
    })
}

fn line(stroke: Stroke, dash: Dash, head: Head, weight: f64) -> Sample {
    Sample::Route(Route {
        from: String::new(),
        to: String::new(),
        bezier: Vec::new(),
        stroke,
        dash,
        head,
        weight,
        emphasis: Emphasis::Normal,
        tooltip: String::new(),
    })
}
