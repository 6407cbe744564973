//! Figures as tables in Markdown, and the place in `docs/performance.md` where they stand.

use std::fmt::Write as _;

use crate::race::{Peer, Race, Side};
use crate::score::Score;
use crate::stability::{Kept, Stability};

const BEGIN: &str = "<!-- layout:begin -->";
const END: &str = "<!-- layout:end -->";

/// One row a map.
pub fn table(races: &[Race]) -> String {
    let mut text = String::from(
        "| graph | nodes | links | crossings | dot | ratio | length to dot's | height to dot's | mean angle, dot's | \
         overlaps | through | other faults | seconds | dot | times as fast | MB |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for race in races {
        let Side {
            score,
            seconds,
            megabytes,
        } = &race.ours;
        let peer = race.drawn();
        let ratio = |figure: fn(&Side) -> f64| match peer {
            Some(peer) if figure(peer) > 0.0 => format!("{:.2}", figure(&race.ours) / figure(peer)),
            _ => "–".to_owned(),
        };
        let theirs = |figure: &dyn Fn(&Side) -> String| figure_of(&race.peer, figure);
        let faults: Vec<String> = score
            .faults()
            .into_iter()
            .filter(|fault| !named_elsewhere(fault))
            .collect();
        let sides = if score.side_crossings > 0 {
            format!("{} at sides ", thousands(score.side_crossings))
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {}, {} | {} | {} | {}{} | {} | {} | {} | {} |",
            race.name,
            thousands(score.nodes as u64),
            thousands(score.links as u64),
            thousands(score.crossings),
            theirs(&|side| thousands(side.score.crossings)),
            ratio(|side| side.score.crossings as f64),
            ratio(|side| side.score.length),
            ratio(|side| side.score.height),
            degrees(&race.ours),
            theirs(&degrees),
            score.overlaps,
            score.through,
            sides,
            if faults.is_empty() && sides.is_empty() {
                "0".to_owned()
            } else {
                faults.join("; ")
            },
            time(*seconds),
            theirs(&|side| time(side.seconds)),
            peer.map_or("–".to_owned(), |peer| format!("{:.1}", peer.seconds / seconds)),
            megabytes.map_or("–".to_owned(), |megabytes| format!("{megabytes:.0}")),
        );
    }
    text
}

/// A figure of a peer's picture, or why there is none.
fn figure_of(peer: &Peer, figure: &dyn Fn(&Side) -> String) -> String {
    match peer {
        Peer::Absent => "–".to_owned(),
        Peer::Stopped => "stopped".to_owned(),
        Peer::Failed => "failed".to_owned(),
        Peer::Drew(side) => figure(side),
    }
}

/// One row a map, beside layout-rs.
pub fn beside_layout_rs(races: &[Race]) -> String {
    let mut text = String::from(
        "| graph | crossings | layout-rs | its overlaps | its lines through boxes | its lines short of boxes | its boxes out of stage | \
         length to its | seconds | layout-rs | times as fast |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for race in races {
        let theirs = |figure: &dyn Fn(&Side) -> String| figure_of(&race.rust, figure);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            race.name,
            thousands(race.ours.score.crossings),
            theirs(&|side| thousands(side.score.crossings)),
            theirs(&|side| thousands(side.score.overlaps)),
            theirs(&|side| thousands(side.score.through)),
            theirs(&|side| thousands((side.score.detached + side.score.missing_links) as u64)),
            theirs(&|side| thousands(side.score.out_of_stage as u64)),
            theirs(&|side| format!("{:.2}", race.ours.score.length / side.score.length)),
            time(race.ours.seconds),
            theirs(&|side| time(side.seconds)),
            theirs(&|side| format!("{:.1}", side.seconds / race.ours.seconds)),
        );
    }
    text
}

/// What tires the eye besides crossings, ours and dot's in turn, a row a map and a row of means.
pub fn looks(races: &[Race]) -> String {
    let mut text = String::from(
        "| graph | length in a band | links over 75° | links with a kink | flat crossings | links near boxes | heads overlap | pt on A4 | pt on 16:9 |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let cells = |score: &Score| {
        let look = &score.look;
        let flat = score.flat_crossings as f64 / score.crossings.max(1) as f64;
        [
            percent(look.banded),
            percent(look.steep),
            percent(look.kinked),
            percent(flat),
            percent(look.grazing),
            thousands(look.heads),
            format!("{:.1}", look.on_a4),
            format!("{:.1}", look.on_slide),
        ]
        .join(" | ")
    };
    for race in races {
        let _ = writeln!(text, "| {} | {} |", race.name, cells(&race.ours.score));
        if let Some(peer) = race.drawn() {
            let _ = writeln!(text, "| the same by dot | {} |", cells(&peer.score));
        }
    }
    let mean = |figure: &dyn Fn(&Score) -> f64| {
        percent(races.iter().map(|race| figure(&race.ours.score)).sum::<f64>() / races.len().max(1) as f64)
    };
    let _ = writeln!(
        text,
        "| mean of ours | {} | {} | {} | {} | {} | {} | – | – |",
        mean(&|score| score.look.banded),
        mean(&|score| score.look.steep),
        mean(&|score| score.look.kinked),
        mean(&|score| score.flat_crossings as f64 / score.crossings.max(1) as f64),
        mean(&|score| score.look.grazing),
        thousands(races.iter().map(|race| race.ours.score.look.heads).sum()),
    );
    text
}

/// The mean angle of crossings, where there are any.
fn degrees(side: &Side) -> String {
    match side.score.crossings {
        0 => "–".to_owned(),
        _ => format!("{:.0}°", side.score.mean_angle),
    }
}

/// Overlaps and lines through boxes have columns of their own.
fn named_elsewhere(fault: &str) -> bool {
    fault.ends_with("overlap") || fault.ends_with("foreign box")
}

/// Geometric means over maps of one kind; `None` where dot drew none of them.
pub fn means(what: &str, races: &[Race]) -> Option<String> {
    let pairs: Vec<(&Side, &Side)> = races
        .iter()
        .filter_map(|race| Some((&race.ours, race.drawn()?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let ratios = |figure: &dyn Fn(&Side) -> f64| -> Vec<f64> {
        pairs.iter().map(|(ours, peer)| figure(ours) / figure(peer)).collect()
    };
    // One more on both sides, so that a map without crossings has a ratio too.
    let crossings = ratios(&|side| side.score.crossings as f64 + 1.0);
    let worst = crossings.iter().copied().fold(0.0, f64::max);
    let behind = crossings.iter().filter(|ratio| **ratio > 1.0).count();
    let lengths = ratios(&|side| side.score.length);
    Some(format!(
        "| {what} | {} | {:.2} | {worst:.2} | {behind} | {:.2} | {:.2} | {:.2} | {:.1} | {} |\n",
        pairs.len(),
        geometric(&crossings),
        geometric(&lengths),
        lengths.iter().copied().fold(0.0, f64::max),
        geometric(&ratios(&|side| side.score.height)),
        1.0 / geometric(&ratios(&|side| side.seconds)),
        pairs.iter().map(|(ours, _)| ours.score.faults().len()).sum::<usize>(),
    ))
}

/// The head of a table of [`means`].
pub const MEANS_HEAD: &str = "| graphs | maps | crossings to dot's | the worst | maps behind dot | length to dot's | the worst | height to dot's | \
     times as fast | maps' faults |\n|---|---|---|---|---|---|---|---|---|---|\n";

fn geometric(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

/// The table of a trial of stability.
pub fn stability(found: &Stability) -> String {
    let percent = |share: f64| format!("{:.2}%", 100.0 * share);
    let mut text =
        "| after one node was added | pairs that kept their order | worst trial |\n|---|---|---|\n".to_owned();
    let mut row = |what: &str, kept: &Kept| {
        let _ = writeln!(text, "| {what} | {} | {} |", percent(kept.share()), percent(kept.worst));
    };
    row("this engine, given the earlier order", &found.ours);
    row("this engine, given nothing", &found.forgetful);
    if let Some(peer) = &found.peer {
        row("dot", peer);
    }
    let _ = writeln!(
        text,
        "\n{} trials on maps of 30 to 300 nodes. Crossings, compared with a layout that was given nothing: {:.3} times as many \
         in geometric mean, {:.2} times at worst, at most a tenth more in {} trials.",
        found.trials, found.crossings, found.worst, found.near
    );
    text
}

/// A number with its thousands apart.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Seconds, with as many digits as mean something.
fn time(seconds: f64) -> String {
    if seconds < 0.1 {
        format!("{seconds:.3}")
    } else if seconds < 10.0 {
        format!("{seconds:.2}")
    } else {
        format!("{seconds:.0}")
    }
}

/// A page with `report` between its two marks, in place of what stood there; `None` where the page has no such marks.
pub fn placed(page: &str, report: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n{END}{after}", report.trim_end()))
}
