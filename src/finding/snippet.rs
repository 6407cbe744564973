//! One message with its place shown under it, the way a good compiler does.
//!
//! In: what is wrong, where, and what to do. Out: text for a terminal or a log. What comes from a map is data: control
//! characters and those that turn or hide text are made visible, never passed on.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::escape::terminal::visible;

use super::{Place, Severity};

/// How text is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Letters only, for files and pipes.
    #[default]
    Plain,
    /// With ANSI colours, for terminals.
    Coloured,
}

/// What is said of one place.
#[derive(Debug, Clone, Copy)]
pub struct Message<'s> {
    /// How much it matters.
    pub level: Severity,
    /// The code of the rule that says it, such as `BM101`.
    pub code: Option<&'s str>,
    /// What is wrong, in one line.
    pub message: &'s str,
    /// Where that is.
    pub place: Option<&'s Place<'s>>,
    /// What to do about it; empty where there is nothing to add.
    pub help: &'s str,
}

/// Characters of a line that are shown before and after a place, when the line is too long to be shown whole.
const BEFORE: usize = 60;
const AFTER: usize = 80;

/// The message, the line of its place with carets under it, and the help; several lines without a final newline.
///
/// ```text
/// error[BM101]: node `bin` does not exist
///  --> map.json:12:15
///   |
/// 12 |     {"from": "bin", "to": "rounds"}
///   |              ^^^^^
///   = help: add the node, or correct the id
/// ```
///
/// Without a place the line is left out, and so it is where the place has no text; of a long line only the part about
/// the place is shown. An empty `help` is left out.
pub fn render(said: &Message<'_>, style: Style) -> String {
    render_within(said, style, None)
}

/// As [`render`]; of the line of the place no more is shown than fits a width in columns, where there is one.
pub(crate) fn render_within(said: &Message<'_>, style: Style, width: Option<usize>) -> String {
    let Message {
        level,
        code,
        message,
        place,
        help,
    } = *said;
    let level = match level {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut title = level.primary_title(one_line(message));
    if let Some(code) = code {
        title = title.id(code);
    }
    let mut group = Group::with_title(title);
    // The renderer counts columns in the window it is given: (as counted, as it is).
    let mut column = None;
    if let Some(place) = place {
        let file = one_line(&place.file);
        if place.text.is_empty() {
            let origin = Origin::path(file).line(place.line).char_column(place.column);
            group = group.element(origin);
        } else {
            let window = Window::of(place);
            let counted = window.text[..window.start].chars().count() + 1;
            let at = |column| format!("{file}:{}:{column}", place.line);
            column = Some((at(counted), at(place.column)));
            group = group.element(
                Snippet::source(window.text)
                    .path(file.into_owned())
                    .line_start(place.line)
                    .annotation(AnnotationKind::Primary.span(window.start..window.end)),
            );
        }
    }
    if !help.is_empty() {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = match width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    };
    let shown = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    match column {
        // The title may hold the same letters; the place is told on the line after it.
        Some((counted, true_one)) if counted != true_one => {
            let arrow = shown.find('\n').unwrap_or(0);
            format!("{}{}", &shown[..arrow], shown[arrow..].replacen(&counted, &true_one, 1))
        }
        _ => shown,
    }
}

/// The text on one line, without anything that moves a cursor or turns the direction of writing.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let text = match text.contains(['\n', '\r', '\t']) {
        true => Cow::Owned(text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")),
        false => Cow::Borrowed(text),
    };
    // The renderer draws joined emoji one by one, so that its carets stand right.
    normalize_untrusted_str(&visible(&text)).into()
}

/// The part of a line that is shown, and where in it the place lies (bytes).
struct Window {
    text: String,
    start: usize,
    end: usize,
}

impl Window {
    /// Looks at no more of the text than it shows, so that a line of hundreds of megabytes costs nothing.
    fn of(place: &Place<'_>) -> Self {
        let text = place.text;
        let start = boundary(text, place.span.start);
        let (before, after) = (&text[..start], &text[start..]);

        let mut left = start;
        for (n, (at, c)) in before.char_indices().rev().enumerate() {
            // A whole line is shown up to twice the measure: only then is it worth cutting.
            if c == '\n' || n == 2 * BEFORE {
                break;
            }
            left = at;
        }
        let mut cut_left = left > 0 && !text[..left].ends_with('\n');
        if cut_left {
            left = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        }

        let mut right = start;
        let mut cut_right = false;
        for (n, (at, c)) in after.char_indices().enumerate() {
            if c == '\n' {
                break;
            }
            if n == AFTER {
                cut_right = true;
                break;
            }
            right = start + at + c.len_utf8();
        }
        if !cut_right && text[start..right].ends_with('\r') {
            right -= 1;
        }
        cut_left &= left < start || start > 0;

        let mut shown = String::with_capacity(right - left + 6);
        if cut_left {
            shown.push('…');
        }
        let begin = {
            push_seen(&mut shown, &text[left..start]);
            shown.len()
        };
        let until = boundary(text, place.span.end).clamp(start, right.max(start));
        push_seen(&mut shown, &text[start..until]);
        let end = shown.len();
        push_seen(&mut shown, &text[until..right.max(until)]);
        if cut_right {
            shown.push('…');
        }
        Self {
            text: shown,
            start: begin,
            end,
        }
    }
}

/// Adds a part of a line with everything in it made visible but tabs, which the renderer turns into blanks.
fn push_seen(out: &mut String, part: &str) {
    for (at, piece) in part.split('\t').enumerate() {
        if at > 0 {
            out.push('\t');
        }
        out.push_str(&visible(piece));
    }
}

/// The nearest place at or before `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, span: std::ops::Range<usize>) -> Place<'_> {
        let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        Place {
            file: "map.json".into(),
            line: text[..span.start].matches('\n').count() + 1,
            column: text[line_start..span.start].chars().count() + 1,
            span,
            text,
        }
    }

    fn plain(place: Option<&Place<'_>>) -> String {
        render(
            &Message {
                level: Severity::Error,
                code: Some("BM101"),
                message: "node `x` does not exist",
                place,
                help: "add it",
            },
            Style::Plain,
        )
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        let text = "{\n  \"n\": \"é\", \"to\": \"x\"\n}\n";
        let at = text.find("\"x\"").unwrap();
        let shown = plain(Some(&place(text, at..at + 3)));
        let expected = "\
error[BM101]: node `x` does not exist
 --> map.json:2:19
  |
2 |   \"n\": \"é\", \"to\": \"x\"
  |                   ^^^
  |
  = help: add it";
        assert_eq!(shown, expected);
    }

    #[test]
    fn without_a_place_only_the_message_is_told() {
        assert_eq!(
            plain(None),
            "error[BM101]: node `x` does not exist\n |\n = help: add it"
        );
    }

    #[test]
    fn of_a_long_line_only_the_part_about_the_place_is_shown() {
        let text = format!("{}\"bad\"{}", "ä".repeat(100_000), "b".repeat(100_000));
        let at = text.find('"').unwrap();
        let shown = plain(Some(&place(&text, at..at + 5)));
        assert!(shown.contains(" --> map.json:1:100001\n"), "{shown}");
        assert!(shown.len() < 1000, "{}", shown.len());
        let lines: Vec<&str> = shown.lines().collect();
        let column = |line: &str, what: &str| line[..line.find(what).unwrap()].chars().count();
        assert_eq!(column(lines[3], "\"bad\""), column(lines[4], "^^^^^"), "{shown}");
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let text = "x".repeat(500);
        let place = place(&text, 400..403);
        let shown = |style| {
            render(
                &Message {
                    level: Severity::Note,
                    code: Some("BM1"),
                    message: "m:1:62",
                    place: Some(&place),
                    help: "h",
                },
                style,
            )
        };
        let mut coloured = String::new();
        let mut escape = false;
        for c in shown(Style::Coloured).chars() {
            match (escape, c) {
                (false, '\u{1b}') => escape = true,
                (true, 'm') => escape = false,
                (true, _) => {}
                (false, c) => coloured.push(c),
            }
        }
        assert_eq!(coloured, shown(Style::Plain));
        assert!(coloured.contains("map.json:1:401\n"), "{coloured}");
    }

    #[test]
    fn a_place_over_several_lines_is_shown_by_its_first() {
        let text = "{\r\n  \"nodes\": [\r\n  ]\r\n}";
        let shown = plain(Some(&place(text, 14..21)));
        assert!(shown.contains("2 |   \"nodes\": ["), "{shown}");
        assert!(!shown.contains("3 |"), "{shown}");
        assert!(!shown.contains('\r'), "{shown:?}");
    }

    #[test]
    fn any_span_is_taken() {
        let text = "é\n\n\"日本\"\n";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let place = Place {
                    file: "m".into(),
                    line: 1,
                    column: 1,
                    span: start..end,
                    text,
                };
                assert!(plain(Some(&place)).contains("m:1:1"));
            }
        }
    }

    #[test]
    fn nothing_from_a_map_moves_the_cursor() {
        let text = "\"\u{1b}[31m\u{202e}x\u{0}\"";
        let place = place(text, 0..text.len());
        let shown = render(
            &Message {
                level: Severity::Warning,
                code: None,
                message: "`\u{1b}[2J\u{202e}` is\nnot",
                place: Some(&place),
                help: "\u{9b}31m",
            },
            Style::Plain,
        );
        assert!(
            !shown.contains(|c: char| c != '\n' && c.is_control()) && !shown.contains('\u{202e}'),
            "{shown:?}"
        );
    }
}
