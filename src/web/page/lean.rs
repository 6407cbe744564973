//! The files of the page as they are sent: without comments, and without space that means nothing. Both are for those who
//! read the files here.

/// A script, a style sheet or a page as it is sent; any other file as it is.
pub(in crate::web) fn lean(path: &str, text: &'static str) -> String {
    // What others made is as they made it.
    if path.starts_with("/vendor/") {
        text.to_owned()
    } else if path.ends_with(".js") {
        script(text)
    } else if path.ends_with(".css") {
        sheet(text)
    } else if ["/", "/map", "/dashboard"].contains(&path) {
        let lines = text.lines().map(str::trim_start);
        lines.flat_map(|line| [line, "\n"]).collect()
    } else {
        text.to_owned()
    }
}

/// Signs beside which space in a script means nothing.
const SIGNS: &[u8] = b"=(){},;:?<>&|+-*![]";
/// Signs after which a statement goes on, or another begins anyway, so that the end of the line means nothing.
const OPEN: &[u8] = b"{,;(=[:?&|+*!";
/// Signs that go on with a statement, or close what it is in, at the beginning of a line.
const ONWARD: &[u8] = b".)],:?&|=}";

/// A script whose statements all end with a semicolon or a brace.
fn script(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let (mut at, mut space) = (0, None);
    while at < bytes.len() {
        let here = bytes[at];
        match here {
            b' ' | b'\t' | b'\r' => space = space.or(Some(b' ')),
            b'\n' => space = Some(b'\n'),
            _ if bytes[at..].starts_with(b"//") => {
                at = end_of(bytes, at, b"\n");
                continue;
            }
            _ if bytes[at..].starts_with(b"/*") => {
                at = end_of(bytes, at + 2, b"*/") + 2;
                space = space.or(Some(b' '));
                continue;
            }
            _ => {
                if let (Some(space), Some(&last)) = (space.take(), out.last())
                    && means_something(space, last, here)
                    // What an arrow leads to may begin on the next line.
                    && !out.ends_with(b"=>")
                {
                    out.push(space);
                }
                let end = match here {
                    b'"' | b'\'' => quoted(bytes, at),
                    b'`' => template(bytes, at),
                    b'/' if begins_pattern(&out) => pattern(bytes, at),
                    _ => at + 1,
                };
                out.extend_from_slice(&bytes[at..end]);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    out.push(b'\n');
    // Only whole characters were left out.
    String::from_utf8(out).unwrap_or_default()
}

/// Whether space between two signs of a script has to stay.
fn means_something(space: u8, last: u8, next: u8) -> bool {
    let is_sum = |sign| matches!(sign, b'+' | b'-');
    match space {
        b'\n' => !OPEN.contains(&last) && !ONWARD.contains(&next),
        _ => (is_sum(last) && is_sum(next)) || !(SIGNS.contains(&last) || SIGNS.contains(&next)),
    }
}

/// Where a text comes next; at the end where it does not.
fn end_of(bytes: &[u8], from: usize, text: &[u8]) -> usize {
    let rest = &bytes[from.min(bytes.len())..];
    let found = rest.windows(text.len()).position(|window| window == text);
    found.map_or(bytes.len(), |offset| from + offset)
}

/// The end of a text in quotes that begins here.
fn quoted(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < bytes.len() && bytes[at] != bytes[from] {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// The end of a template that begins here, with what is worked out in it. None in it holds a brace of its own in a template.
fn template(bytes: &[u8], from: usize) -> usize {
    let (mut at, mut depth) = (from + 1, 0_usize);
    while at < bytes.len() {
        at = match bytes[at] {
            b'\\' => at + 2,
            b'`' if depth == 0 => return at + 1,
            b'`' => template(bytes, at),
            b'"' | b'\'' if depth > 0 => quoted(bytes, at),
            b'$' if depth == 0 && bytes.get(at + 1) == Some(&b'{') => {
                depth = 1;
                at + 2
            }
            b'{' if depth > 0 => {
                depth += 1;
                at + 1
            }
            b'}' if depth > 0 => {
                depth -= 1;
                at + 1
            }
            _ => at + 1,
        };
    }
    bytes.len()
}

/// Whether a stroke after that begins a regular expression, and divides nothing.
fn begins_pattern(before: &[u8]) -> bool {
    // A line may end before it, or a space may part it from `return`.
    let before = before.trim_ascii_end();
    let word: Vec<u8> = before
        .iter()
        .rev()
        .copied()
        .take_while(u8::is_ascii_alphabetic)
        .collect();
    match before.last() {
        None => true,
        Some(last) => b"(,=:[!&|?{};+>".contains(last) || word == b"nruter" || word == b"foepyt",
    }
}

/// The end of a regular expression that begins here.
fn pattern(bytes: &[u8], from: usize) -> usize {
    let (mut at, mut is_set) = (from + 1, false);
    while at < bytes.len() && (bytes[at] != b'/' || is_set) {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => is_set = true,
            b']' => is_set = false,
            _ => {}
        }
        at += 1;
    }
    (at + 1).min(bytes.len())
}

/// A style sheet. Space stays where it parts two selectors or two values.
fn sheet(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let (mut at, mut is_space) = (0, false);
    while at < bytes.len() {
        let here = bytes[at];
        if bytes[at..].starts_with(b"/*") {
            at = end_of(bytes, at + 2, b"*/") + 2;
            continue;
        }
        if here.is_ascii_whitespace() {
            (at, is_space) = (at + 1, true);
            continue;
        }
        let last = out.last().copied().unwrap_or(b'{');
        if is_space && !b"{};,".contains(&last) && !b"{};,".contains(&here) && last != b':' {
            out.push(b' ');
        }
        is_space = false;
        let end = if here == b'"' { quoted(bytes, at) } else { at + 1 };
        out.extend_from_slice(&bytes[at..end]);
        at = end;
    }
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_has_no_comments_and_no_space_that_means_nothing() {
        let script = "// a\n/**\n * b\n */\nconst x = 1; // c\n  /** @type {any} */ (y).z();\n/* d */\n  return `//  ${a ? `x  y` : \"}\"}`;\n";
        assert_eq!(
            lean("/x.js", script),
            "const x=1;(y).z();return `//  ${a ? `x  y` : \"}\"}`;\n"
        );
        for (text, sent) in [
            ("a + +b - -c", "a+ +b- -c"),
            ("x = /[/ ]  \"/.test(y)\nz", "x=/[/ ]  \"/.test(y)\nz"),
            ("return /a ( b/g;", "return /a ( b/g;"),
            ("(a) =>\n  /^( -> )?$/.test(a);", "(a)=>/^( -> )?$/.test(a);"),
            ("a / b / c", "a / b / c"),
            ("\"it's  //\" + '/*'", "\"it's  //\"+'/*'"),
            ("f()\n  .then((a) => a)\n  .finally();", "f().then((a)=>a).finally();"),
            ("}\nelse if (a in b) {\n}", "}\nelse if(a in b){}"),
            ("“ünï”  =  1", "“ünï”=1"),
        ] {
            assert_eq!(lean("/x.js", text), format!("{sent}\n"));
        }
        let sheet = "/* a */\n.a > .b, .c :is(.d) {\n  margin: -1px auto; width: calc(1px + 2px);\n}\n@media (a) and (b) { .x { y: \"a  b\" } }\n";
        assert_eq!(
            lean("/x.css", sheet),
            ".a > .b,.c :is(.d){margin:-1px auto;width:calc(1px + 2px);}@media (a) and (b){.x{y:\"a  b\"}}\n"
        );
    }
}
