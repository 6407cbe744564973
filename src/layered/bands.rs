//! Groups as bands: what the engine arranged, with the members of each group kept together in every column.
//!
//! In: boxes in their columns, and the group of each. Out: the same columns, every group in a band of its own from the
//! first column to the last, and lines led through the gaps between columns and between bands, where no box stands.
//! Order within a column and a band is the engine's; so is the order of the bands, by the middle of their members.

use super::input::Input;
use super::output::{Output, Point};

/// Between boxes of one column and band, in px.
const BETWEEN_ITEMS: f64 = 16.0;
/// From the side of a band to its boxes, in px.
const BAND_PAD: f64 = 14.0;
/// Between bands, or between a band and a line beside it, in px.
const BETWEEN_BANDS: f64 = 12.0;
/// Between two lines that run side by side, in px.
const BETWEEN_LINES: f64 = 8.0;
/// How far a line that turns back swings out, in px, at most.
const SWING: f64 = 30.0;

/// The band of one group, from the first column to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The group, as it is numbered in the input.
    pub group: usize,
    /// Its upper side, in px.
    pub y: f64,
    /// In px.
    pub height: f64,
}

/// Rearranges what [`arrange`](super::arrange) gave so that every group has a band of its own: the output, and the bands
/// from the top, one for every group that has a box. `group_of` holds the group of every item.
/// ```
/// use benefit_map::layered::{Connection, Flow, Input, Item, Options, arrange, bands};
///
/// let item = |stage| Item { stage, width: 100.0, height: 40.0 };
/// let input = Input {
///     items: vec![item(0), item(0), item(1)],
///     connections: vec![Connection { from: 0, to: 2, flow: Flow::Forward }, Connection { from: 1, to: 2, flow: Flow::Forward }],
///     stages: 2,
///     ..Input::default()
/// };
/// let (output, bands) = bands(&input, arrange(&input, &Options::default()), &[0, 1, 0]);
/// assert_eq!(bands.len(), 2);
/// // Bands do not overlap, and each box lies within the band of its group.
/// assert!(bands[0].y + bands[0].height <= bands[1].y);
/// let band = bands.iter().find(|band| band.group == 1).unwrap();
/// let centre = output.centres[1].1;
/// assert!(band.y <= centre - 20.0 && centre + 20.0 <= band.y + band.height);
/// ```
pub fn bands(input: &Input, mut output: Output, group_of: &[usize]) -> (Output, Vec<Band>) {
    let groups = order(&output, group_of);
    let band_of: Vec<usize> = group_of
        .iter()
        .map(|group| groups.iter().position(|g| g == group).unwrap_or_default())
        .collect();
    let lanes = lanes(input, &output, &band_of);
    let mut depth = vec![0usize; groups.len() + 1];
    let tracks: Vec<Option<(usize, usize)>> = lanes
        .iter()
        .map(|lane| {
            let lane = (*lane)?;
            depth[lane] += 1;
            Some((lane, depth[lane] - 1))
        })
        .collect();

    let mut lane_top = vec![0.0; groups.len() + 1];
    let mut bands = Vec::with_capacity(groups.len());
    let mut y = 0.0;
    for (band, &group) in groups.iter().enumerate() {
        lane_top[band] = y;
        y += BETWEEN_BANDS + depth[band] as f64 * BETWEEN_LINES;
        let height = fill(input, &mut output, &band_of, band, y + BAND_PAD);
        let height = height + 2.0 * BAND_PAD;
        bands.push(Band { group, y, height });
        y += height;
    }
    lane_top[groups.len()] = y;
    y += BETWEEN_BANDS + depth[groups.len()] as f64 * BETWEEN_LINES;

    let track_y: Vec<Option<f64>> = tracks
        .iter()
        .map(|t| t.map(|(lane, i)| lane_top[lane] + BETWEEN_BANDS / 2.0 + (i as f64 + 0.5) * BETWEEN_LINES))
        .collect();
    output.routes = lines(input, &output, &track_y);
    output.height = y;
    // A line that turns back at the first column swings out beyond it.
    let points = || output.routes.iter().flatten().map(|p| p.0);
    let left = points().fold(0.0, f64::min);
    let right = points().fold(output.width, f64::max);
    for column in &mut output.columns {
        column.x -= left;
    }
    for point in output.centres.iter_mut().chain(output.routes.iter_mut().flatten()) {
        point.0 -= left;
    }
    output.width = right - left;
    (output, bands)
}

/// Groups that have a box, by the mean of their boxes' places from the top; the lower number first where two are even.
fn order(output: &Output, group_of: &[usize]) -> Vec<usize> {
    let count = group_of.iter().max().map_or(0, |most| most + 1);
    let mut sums = vec![(0.0, 0usize); count];
    for (&group, centre) in group_of.iter().zip(&output.centres) {
        sums[group].0 += centre.1;
        sums[group].1 += 1;
    }
    let mut groups: Vec<usize> = (0..count).filter(|&g| sums[g].1 > 0).collect();
    let mean = |g: usize| sums[g].0 / sums[g].1 as f64;
    groups.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)).then(a.cmp(&b)));
    groups
}

/// Stacks the boxes of one band in every column, each column in the middle; gives back the height that they take.
fn fill(input: &Input, output: &mut Output, band_of: &[usize], band: usize, top: f64) -> f64 {
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); output.columns.len()];
    for i in (0..input.items.len()).filter(|&i| band_of[i] == band) {
        columns[output.column_of[i]].push(i);
    }
    let height_of = |column: &[usize]| {
        let boxes: f64 = column.iter().map(|&i| input.items[i].height).sum();
        boxes + BETWEEN_ITEMS * column.len().saturating_sub(1) as f64
    };
    let height = columns.iter().map(|column| height_of(column)).fold(0.0, f64::max);
    for column in &mut columns {
        column.sort_by(|&a, &b| output.centres[a].1.total_cmp(&output.centres[b].1).then(a.cmp(&b)));
        let mut y = top + ((height - height_of(column)) / 2.0).floor();
        for &i in column.iter() {
            output.centres[i].1 = y + input.items[i].height / 2.0;
            y += input.items[i].height + BETWEEN_ITEMS;
        }
    }
    height
}

/// The space between bands that a line runs through, counted from the one above the first band; `None` for a line
/// that needs none, because it only crosses the gap between two neighbouring columns, and for a self-link.
fn lanes(input: &Input, output: &Output, band_of: &[usize]) -> Vec<Option<usize>> {
    let count = input.items.len();
    input
        .connections
        .iter()
        .map(|c| {
            if c.from >= count || c.to >= count || c.from == c.to {
                return None;
            }
            let (from, to) = (output.column_of[c.from], output.column_of[c.to]);
            if to == from + 1 {
                return None;
            }
            let (source, target) = (band_of[c.from], band_of[c.to]);
            Some(if source > target { target + 1 } else { target })
        })
        .collect()
}

/// The lines, each leaving and arriving at a place of its own on the side of its box, in the order of where it goes.
fn lines(input: &Input, output: &Output, track_y: &[Option<f64>]) -> Vec<Vec<Point>> {
    let count = input.items.len();
    let is_sound = |i: &usize| input.connections[*i].from < count && input.connections[*i].to < count;
    let mut leaving: Vec<Vec<(f64, usize)>> = vec![Vec::new(); count];
    let mut arriving: Vec<Vec<(f64, usize)>> = vec![Vec::new(); count];
    for i in (0..input.connections.len()).filter(is_sound) {
        let c = input.connections[i];
        let middle = |item: usize| output.centres[item].1;
        leaving[c.from].push((track_y[i].unwrap_or(middle(c.to)), i));
        if c.from == c.to {
            leaving[c.from].push((middle(c.to), i + input.connections.len()));
        } else {
            arriving[c.to].push((track_y[i].unwrap_or(middle(c.from)), i));
        }
    }
    let mut start = vec![0.0; 2 * input.connections.len()];
    let mut end = vec![0.0; input.connections.len()];
    for item in 0..count {
        spread(
            &mut leaving[item],
            output.centres[item].1,
            input.items[item].height,
            &mut start,
        );
        spread(
            &mut arriving[item],
            output.centres[item].1,
            input.items[item].height,
            &mut end,
        );
    }
    (0..input.connections.len())
        .map(|i| {
            if !is_sound(&i) {
                return Vec::new();
            }
            let c = input.connections[i];
            let side = |item: usize, sign: f64| output.centres[item].0 + sign * input.items[item].width / 2.0;
            let from = (side(c.from, 1.0), start[i]);
            if c.from == c.to {
                let back = (from.0, start[i + input.connections.len()]);
                return vec![from, (from.0 + SWING, from.1), (from.0 + SWING, back.1), back];
            }
            let to = (side(c.to, -1.0), end[i]);
            let Some(y) = track_y[i] else {
                return joined(&[from, edge_in(output, c.from, from), edge_out(output, c.to, to), to]);
            };
            let (first, last) = (output.column_of[c.from], output.column_of[c.to]);
            if last > first {
                let enter = (output.columns[first + 1].x, y);
                let leave = (output.columns[last - 1].x + output.columns[last - 1].width, y);
                let path = [
                    from,
                    edge_in(output, c.from, from),
                    enter,
                    leave,
                    edge_out(output, c.to, to),
                    to,
                ];
                return joined(&path);
            }
            let right = edge_in(output, c.from, from);
            let left = edge_out(output, c.to, to);
            let swing = |gap: f64| (gap / 2.0).min(SWING);
            let after = output
                .columns
                .get(first + 1)
                .map_or(2.0 * SWING, |next| next.x - right.0);
            let before = match last.checked_sub(1) {
                Some(i) => left.0 - output.columns[i].x - output.columns[i].width,
                None => 2.0 * SWING,
            };
            let (out, back) = (right.0 + swing(after), left.0 - swing(before));
            let mut points = straight(from, right);
            points.extend([(out, right.1), (out, y), (right.0, y)]);
            points.extend(&straight((right.0, y), (left.0, y))[1..]);
            points.extend([(back, y), (back, left.1), left]);
            points.extend(&straight(left, to)[1..]);
            points
        })
        .collect()
}

/// Where a line that leaves a box comes to the side of its column; boxes narrower than it stand back.
fn edge_in(output: &Output, item: usize, from: Point) -> Point {
    let column = &output.columns[output.column_of[item]];
    ((column.x + column.width).max(from.0), from.1)
}

/// Where a line that goes to a box comes to the side of its column.
fn edge_out(output: &Output, item: usize, to: Point) -> Point {
    (output.columns[output.column_of[item]].x.min(to.0), to.1)
}

/// Places on the side of a box, evenly around its middle.
fn spread(ends: &mut [(f64, usize)], middle: f64, height: f64, out: &mut [f64]) {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let step = (1.5 * BETWEEN_LINES).min((height - 12.0).max(0.0) / ends.len().max(1) as f64);
    let first = middle - step * ends.len().saturating_sub(1) as f64 / 2.0;
    for (place, (_, i)) in ends.iter().enumerate() {
        out[*i] = first + step * place as f64;
    }
}

/// A straight piece as a Bézier curve.
fn straight(a: Point, b: Point) -> Vec<Point> {
    let at = |t: f64| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    vec![a, at(1.0 / 3.0), at(2.0 / 3.0), b]
}

/// A chain through points: straight where two are level, else a curve that leaves and arrives level. Pieces of no
/// length are left out, save where nothing else is left.
fn joined(points: &[Point]) -> Vec<Point> {
    let mut out = vec![points[0]];
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a == b {
            continue;
        }
        let piece = if a.1 == b.1 {
            straight(a, b)
        } else {
            let middle = (a.0 + b.0) / 2.0;
            vec![a, (middle, a.1), (middle, b.1), b]
        };
        out.extend(&piece[1..]);
    }
    if out.len() < 4 {
        return straight(points[0], points[points.len() - 1]);
    }
    out
}
