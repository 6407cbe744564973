//! How a series went, in a few signs in a line of text.

use benefit_map::map::Number;
use benefit_map::track::Observation;

const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The last twelve values as bars from the lowest to the highest of them, with a blank after them; in the middle where they
/// are all the same. Nothing for fewer than three, of which the figures say more.
pub fn line(observed: &[Observation]) -> String {
    const MOST: usize = 12;
    let values: Vec<Number> = observed.iter().map(|o| o.value).collect();
    let values = &values[values.len().saturating_sub(MOST)..];
    if values.len() < 3 {
        return String::new();
    }
    let lowest = values.iter().min().map_or(0.0, |value| value.to_f64());
    let highest = values.iter().max().map_or(0.0, |value| value.to_f64());
    let top = (HEIGHTS.len() - 1) as f64;
    let bar = |value: &Number| {
        let share = match highest - lowest {
            0.0 => 0.5,
            range => (value.to_f64() - lowest) / range,
        };
        HEIGHTS[((share * top).round() as usize).min(HEIGHTS.len() - 1)]
    };
    values.iter().map(bar).chain([' ']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_reach_from_the_lowest_to_the_highest_of_the_last_twelve() {
        let observed = |values: &[&str]| -> Vec<Observation> {
            let of = |(at, value): (usize, &&str)| Observation {
                date: format!("2026-{:02}-01", at % 12 + 1).parse().unwrap(),
                value: Number::new(value).unwrap(),
            };
            values.iter().enumerate().map(of).collect()
        };
        assert_eq!(line(&observed(&["-7", "0", "7"])), "▁▅█ ");
        assert_eq!(line(&observed(&["5", "5", "5"])), "▅▅▅ ");
        assert_eq!(line(&observed(&["1", "2"])), "");
        let many = ["900", "1", "2", "3", "4", "5", "6", "7", "8", "8", "8", "8", "8"];
        assert_eq!(line(&observed(&many)), "▁▂▃▄▅▆▇█████ ");
    }
}
