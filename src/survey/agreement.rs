//! How far people agree who answered on a scale: two measures for answers that have an order and no distances.
//!
//! Both take how many people gave each answer, from the lowest point of the scale to the highest. Neither is ever shown
//! alone: three low answers and one high one have the same agreement as four different ones.

/// Both measures are given to this many digits after the point, so that every machine gives the same.
const DIGITS: f64 = 1e7;

/// Van der Eijk's agreement A: 1 where all gave the same answer, 0 where all answers were given equally often, -1 where one
/// half is at each end. `None` where nobody answered.
///
/// Source: C. van der Eijk, Measuring agreement in ordered rating scales, Quality & Quantity 35 (2001), 325–341.
///
/// ```
/// use benefit_map::survey::agreement;
/// assert_eq!(agreement(&[30, 40, 210, 130, 530, 50, 10]), Some(0.6113333));
/// assert_eq!(agreement(&[2, 0, 0, 2]), Some(-1.0));
/// ```
pub fn agreement(counts: &[u64]) -> Option<f64> {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return None;
    }
    // The answers are taken apart into layers: in each, every answer that was given is there equally often.
    let mut left = counts.to_vec();
    let mut whole = 0.0;
    while let Some(height) = left.iter().copied().filter(|count| *count > 0).min() {
        let given: Vec<bool> = left.iter().map(|count| *count > 0).collect();
        let points = given.iter().filter(|given| **given).count() as u64;
        whole += (height * points) as f64 / n as f64 * of_layer(&given);
        left.iter_mut().for_each(|count| *count = count.saturating_sub(height));
    }
    Some(rounded(whole))
}

/// The agreement of answers that were each given equally often, or not at all.
fn of_layer(given: &[bool]) -> f64 {
    let points = given.len() as f64;
    let present = given.iter().filter(|given| **given).count() as f64;
    if given.len() < 2 {
        return 1.0;
    }
    // Three points of the scale, of which two were given: side by side they speak for one peak, with a gap between for two.
    let (mut peak, mut gap) = (0.0, 0.0);
    for first in 0..given.len() {
        for second in first + 1..given.len() {
            for third in second + 1..given.len() {
                match (given[first], given[second], given[third]) {
                    (true, true, false) | (false, true, true) => peak += 1.0,
                    (true, false, true) => gap += 1.0,
                    _ => {}
                }
            }
        }
    }
    let one_peak = match peak + gap > 0.0 {
        true => ((points - 2.0) * peak - (points - 1.0) * gap) / ((points - 2.0) * (peak + gap)),
        false => 1.0,
    };
    one_peak * (1.0 - (present - 1.0) / (points - 1.0))
}

/// Tastle and Wierman's consensus: 1 where all gave the same answer, 0 where one half is at each end. `None` where nobody
/// answered.
///
/// Source: W. Tastle and M. Wierman, Consensus and dissention: a measure of ordinal dispersion, International Journal of
/// Approximate Reasoning 45 (2007), 531–545.
///
/// ```
/// use benefit_map::survey::consensus;
/// assert_eq!(consensus(&[30, 40, 210, 130, 530, 50, 10]), Some(0.7256876));
/// ```
pub fn consensus(counts: &[u64]) -> Option<f64> {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return None;
    }
    let width = counts.len().saturating_sub(1) as f64;
    if width == 0.0 {
        return Some(1.0);
    }
    // The formula measures from the middle of the answers; that middle is a step of it and never shown.
    let at: u64 = counts.iter().zip(0u64..).map(|(count, point)| count * point).sum();
    let middle = at as f64 / n as f64;
    let lost: f64 = counts
        .iter()
        .zip(0u32..)
        .filter(|(count, _)| **count > 0)
        .map(|(count, point)| *count as f64 / n as f64 * (1.0 - (f64::from(point) - middle).abs() / width).log2())
        .sum();
    Some(rounded(1.0 + lost))
}

fn rounded(value: f64) -> f64 {
    // Adding nothing turns -0 into 0.
    (value * DIGITS).round() / DIGITS + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published with the package agrmt for R (agrmt.r-forge.r-project.org), there as 0.6113333 and 0.7256876.
    #[test]
    fn the_published_vector_is_reproduced_to_its_last_digit() {
        let counts = [30, 40, 210, 130, 530, 50, 10];
        assert_eq!(agreement(&counts), Some(0.611_333_3));
        assert_eq!(consensus(&counts), Some(0.725_687_6));
    }

    /// Calculated by hand from the two formulas, for a scale of four points.
    #[test]
    fn the_vectors_of_four_points_are_reproduced_to_their_last_digit() {
        let four = |value: Option<f64>| (value.unwrap() * 1e4).round() / 1e4;
        for (counts, a, tw) in [
            ([2, 0, 0, 2], -1.0, 0.0),
            ([1, 1, 1, 1], 0.0, 0.3685),
            ([0, 2, 2, 0], 0.6667, 0.7370),
            ([3, 0, 0, 1], 0.0, 0.1887),
            ([4, 0, 0, 0], 1.0, 1.0),
        ] {
            assert_eq!(four(agreement(&counts)), a, "{counts:?}");
            assert_eq!(four(consensus(&counts)), tw, "{counts:?}");
        }
    }

    #[test]
    fn nobody_agrees_on_nothing_and_scales_of_any_length_have_a_measure() {
        assert_eq!((agreement(&[0, 0, 0, 0]), consensus(&[0, 0])), (None, None));
        assert_eq!((agreement(&[]), consensus(&[])), (None, None));
        assert_eq!((agreement(&[3]), consensus(&[3])), (Some(1.0), Some(1.0)));
        assert_eq!((agreement(&[3, 3]), consensus(&[3, 3])), (Some(0.0), Some(0.0)));
        assert_eq!((agreement(&[0, 5]), consensus(&[0, 5])), (Some(1.0), Some(1.0)));
        assert_eq!((agreement(&[2, 0, 2]), consensus(&[2, 0, 2])), (Some(-1.0), Some(0.0)));
    }
}
