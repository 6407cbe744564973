//! From a byte of a text to its line and column, fast for any text: also for one line of many megabytes.

/// Bytes between two stored counts of characters.
const STEP: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before every [`STEP`] bytes.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<u32>,
    chars: Vec<u32>,
}

impl Lines {
    /// Of a text shorter than 4 GiB.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut chars = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for (n, step) in bytes.chunks(STEP).enumerate() {
            chars.push(count);
            for (i, byte) in step.iter().enumerate() {
                count += u32::from(begins_character(*byte));
                if *byte == b'\n' {
                    starts.push((n * STEP + i + 1) as u32);
                }
            }
        }
        Self { starts, chars }
    }

    /// Line and column of the byte, both from 1, the column in characters.
    pub(super) fn position(&self, text: &str, at: usize) -> (usize, usize) {
        let at = at.min(text.len());
        let line = self.starts.partition_point(|start| *start as usize <= at);
        let start = self.starts[line - 1] as usize;
        (line, self.characters(text, at) - self.characters(text, start) + 1)
    }

    /// How many characters begin before the byte.
    fn characters(&self, text: &str, at: usize) -> usize {
        let step = at / STEP;
        let Some(before) = self.chars.get(step) else {
            // Only at the very end of a text whose length is a multiple of the step.
            let last = self.chars.len().saturating_sub(1);
            let begun = text.as_bytes()[last * STEP..at]
                .iter()
                .filter(|b| begins_character(**b));
            return self.chars.last().map_or(0, |n| *n as usize) + begun.count();
        };
        let begun = text.as_bytes()[step * STEP..at]
            .iter()
            .filter(|b| begins_character(**b));
        *before as usize + begun.count()
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_and_columns_are_those_of_a_plain_count(
            text in "([a-c]|é|日|🚮|\n|\r\n){0,40}",
            repeat in prop_oneof![1 => 1usize..3, 1 => 60usize..70],
        ) {
            let text = text.repeat(repeat);
            let lines = Lines::new(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let line = text[..at].matches('\n').count() + 1;
                let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
                prop_assert_eq!(lines.position(&text, at), (line, text[start..at].chars().count() + 1));
            }
        }
    }

    #[test]
    fn the_end_of_a_text_of_whole_steps_has_a_place() {
        for length in [0, 1, STEP - 1, STEP, STEP + 1, 2 * STEP] {
            let text = "x".repeat(length);
            assert_eq!(Lines::new(&text).position(&text, length), (1, length + 1));
        }
    }
}
