//! Lines and bands cut off where they leave the range of the axis.

/// A day and a value, or a place in px: what runs from left to right.
type At = (f64, f64);

/// The pieces of a line that lie from `low` to `high`, each of at least two points.
pub(super) fn line(points: &[At], low: f64, high: f64) -> Vec<Vec<At>> {
    let mut pieces: Vec<Vec<At>> = Vec::new();
    let mut open: Vec<At> = Vec::new();
    for pair in with_crossings(points, low, high).windows(2) {
        // Between two neighbours no limit is crossed: the middle tells for the whole.
        let middle = (pair[0].1 + pair[1].1) / 2.0;
        if (low..=high).contains(&middle) {
            if open.is_empty() {
                open.push((pair[0].0, pair[0].1.clamp(low, high)));
            }
            open.push((pair[1].0, pair[1].1.clamp(low, high)));
        } else if !open.is_empty() {
            pieces.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        pieces.push(open);
    }
    pieces
}

/// The outline of what lies between two lines over the same places; empty where they are nowhere apart.
pub(super) fn band(below: &[At], above: &[At], low: f64, high: f64) -> Vec<At> {
    let edge = |points: &[At]| -> Vec<At> {
        with_crossings(points, low, high)
            .into_iter()
            .map(|(x, y)| (x, y.clamp(low, high)))
            .collect()
    };
    let (below, above) = (edge(below), edge(above));
    if below == above {
        return Vec::new();
    }
    above.into_iter().chain(below.into_iter().rev()).collect()
}

/// The points, with those in which the line crosses a limit.
fn with_crossings(points: &[At], low: f64, high: f64) -> Vec<At> {
    let mut out = Vec::with_capacity(points.len());
    for (i, &to) in points.iter().enumerate() {
        if let Some(&from) = i.checked_sub(1).and_then(|before| points.get(before)) {
            let rising = to.1 > from.1;
            for limit in if rising { [low, high] } else { [high, low] } {
                if (from.1 < limit) != (to.1 < limit) && from.1 != limit && to.1 != limit {
                    let share = (limit - from.1) / (to.1 - from.1);
                    out.push((from.0 + share * (to.0 - from.0), limit));
                }
            }
        }
        out.push(to);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves() {
        let pieces = line(&[(0.0, 0.0), (10.0, 20.0), (20.0, 0.0)], 5.0, 10.0);
        assert_eq!(pieces, [[(2.5, 5.0), (5.0, 10.0)], [(15.0, 10.0), (17.5, 5.0)]]);
        assert_eq!(line(&[(0.0, 7.0), (4.0, 7.0)], 5.0, 10.0), [[(0.0, 7.0), (4.0, 7.0)]]);
        assert!(line(&[(0.0, 11.0), (4.0, 12.0)], 5.0, 10.0).is_empty());
    }

    #[test]
    fn a_band_is_cut_where_it_leaves() {
        let outline = band(&[(0.0, 1.0), (2.0, 1.0)], &[(0.0, 2.0), (2.0, 4.0)], 0.0, 3.0);
        assert_eq!(outline, [(0.0, 2.0), (1.0, 3.0), (2.0, 3.0), (2.0, 1.0), (0.0, 1.0)]);
        assert!(band(&[(0.0, 1.0), (2.0, 1.0)], &[(0.0, 1.0), (2.0, 1.0)], 0.0, 3.0).is_empty());
    }
}
