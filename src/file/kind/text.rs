//! Text that is neither JSON nor XML: DOT, Mermaid, tables and words.

use super::FileKind;

/// What a text is that begins neither as JSON nor as XML.
pub(super) fn kind(text: &str) -> FileKind {
    if is_dot(text) {
        FileKind::Dot
    } else if is_mermaid(text) {
        FileKind::Mermaid
    } else {
        table(text).unwrap_or(FileKind::Text)
    }
}

/// The text after comments as programming languages have them, and after the fence of a block of code.
pub(super) fn without_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let end = if text.starts_with("//") || text.starts_with('#') {
            text.find('\n')
        } else if text.starts_with("/*") {
            text.find("*/").map(|at| at + 2)
        } else {
            return text;
        };
        match end {
            Some(end) => text = &text[end..],
            None => return "",
        }
    }
}

/// `strict digraph name {`, of which `strict` and the name may be missing (graphviz.org/doc/info/lang.html).
fn is_dot(text: &str) -> bool {
    let mut rest = without_comments(text);
    rest = word(rest, "strict").map_or(rest, without_comments);
    let Some(rest) = word(rest, "digraph").or_else(|| word(rest, "graph")) else {
        return false;
    };
    let rest = without_comments(rest);
    let after_name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or("", |(_, rest)| rest),
        None => rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')),
    };
    without_comments(after_name).starts_with('{')
}

/// The diagrams of Mermaid that hold boxes and lines; `%%` begins its comments, and a block of settings may stand before.
fn is_mermaid(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.next_if(|line| line.starts_with("```") || line.starts_with("~~~"));
    if lines.next_if_eq(&"---").is_some() {
        lines.find(|line| *line == "---");
    }
    let Some(first) = lines.find(|line| !line.starts_with("%%")) else {
        return false;
    };
    let mut words = first.split([' ', '\t', ';']);
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let directed = matches!(second, "TB" | "TD" | "BT" | "LR" | "RL");
    match first {
        "flowchart" | "flowchart-elk" => directed || second.is_empty(),
        "graph" => directed,
        "sequenceDiagram" | "classDiagram" | "stateDiagram" | "stateDiagram-v2" | "mindmap" | "gantt" => true,
        _ => false,
    }
}

fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = (text.get(..word.len())?, text.get(word.len()..)?);
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (first.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

/// Names that heads of tables have: those of our own, and those of the tools whose tables are read.
const HEADS: [&str; 14] = [
    "id", "kpi", "node", "owner", "title", "name", "label", "kind", "type", "from", "to", "source", "risk", "date",
];

/// A table: a first row of several names, of which one is known or which is followed by a row of as many cells.
fn table(text: &str) -> Option<FileKind> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (first, second) = (lines.next()?, lines.next());
    // Excel writes the separator down in a line before the first.
    let (first, second) = match first.to_ascii_lowercase().strip_prefix("sep=") {
        Some(_) => (second?, lines.next()),
        None => (first, second),
    };
    for separator in [',', ';', '\t', '|'] {
        let heads = cells(first, separator);
        if heads.len() < 2 {
            continue;
        }
        let has = |name: &str| heads.iter().any(|head| head == name);
        if has("kpi") && has("date") && has("value") {
            return Some(FileKind::Measurements);
        }
        let named = HEADS.into_iter().any(has);
        // A comma stands in prose too; there no second row has as many.
        let alike = heads.len() > 2 && second.is_some_and(|second| cells(second, separator).len() == heads.len());
        if named || alike {
            return Some(FileKind::Table);
        }
    }
    None
}

/// The cells of a row in lower case, without their quotes; a separator between quotes does not count.
fn cells(row: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in row.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cells
                .last_mut()
                .into_iter()
                .for_each(|cell| cell.extend(c.to_lowercase())),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}
