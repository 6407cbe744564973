//! What must never come out, whatever went in: a judge of anything that the program prints or writes.

use std::io::Read;

/// What bytes are, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines for people.
    People,
    /// Annotations of GitHub Actions.
    Annotations,
    Json,
    Csv,
    Xml,
    Html,
    Markdown,
    /// Any other text for programs.
    Text,
    /// A package of XML parts.
    Package,
    Pdf,
    Image,
}

impl Kind {
    /// By the first bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned();
        let begins = |start: &str| text.trim_start().starts_with(start);
        match bytes {
            [b'P', b'K', 3, 4, ..] => Self::Package,
            [b'%', b'P', b'D', b'F', ..] => Self::Pdf,
            [0x89, b'P', b'N', b'G', ..] => Self::Image,
            _ if begins("<!doctype html") => Self::Html,
            _ if begins("<?xml") || begins("<svg") || begins("<mxfile") => Self::Xml,
            _ if (begins("{") || begins("[")) && serde_json::from_slice::<serde_json::Value>(bytes).is_ok() => {
                Self::Json
            }
            _ if begins("# ") => Self::Markdown,
            _ => Self::Text,
        }
    }

    /// By the ending of a name, else by the first bytes.
    pub fn named(name: &str, bytes: &[u8]) -> Self {
        match name.rsplit('.').next().unwrap_or("") {
            "csv" => Self::Csv,
            "md" => Self::Markdown,
            "html" => Self::Html,
            "json" => Self::Json,
            _ => Self::of(bytes),
        }
    }
}

/// What is wrong with an output.
pub fn faults_of(bytes: &[u8], kind: Kind) -> Vec<String> {
    judged(bytes, kind, Printed::Yes)
}

/// Whether a log could show the bytes: the parts of a package are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printed {
    Yes,
    No,
}

fn judged(bytes: &[u8], kind: Kind, printed: Printed) -> Vec<String> {
    match kind {
        Kind::Package => return package(bytes),
        Kind::Pdf => return pdf(bytes),
        Kind::Image => return Vec::new(),
        _ => {}
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec!["is not UTF-8".to_owned()];
    };
    let mut faults = characters(text, kind);
    if printed == Printed::Yes {
        faults.extend(commands(text, kind));
    }
    match kind {
        Kind::Json => {
            if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
                faults.push(format!("no JSON: {error}"));
            }
        }
        Kind::Csv => faults.extend(csv(text)),
        Kind::Xml => faults.extend(xml(text)),
        Kind::Html => faults.extend(html(text)),
        Kind::Markdown => faults.extend(markdown(text)),
        _ => {}
    }
    faults
}

/// Whether a text stands in the bytes, or in a part of them where they are a package.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    let bare = |bytes: &[u8]| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    if Kind::of(bytes) != Kind::Package {
        return bare(bytes);
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len()).any(|at| {
        let mut content = Vec::new();
        archive.by_index(at).unwrap().read_to_end(&mut content).unwrap();
        bare(&content)
    })
}

fn around(text: &str, at: usize) -> String {
    let from = text[..at].char_indices().rev().nth(30).map_or(0, |(i, _)| i);
    let to = text[at..].char_indices().nth(30).map_or(text.len(), |(i, _)| at + i);
    format!("{:?}", &text[from..to])
}

/// Nothing that a terminal obeys, and nothing that turns or hides text.
fn characters(text: &str, kind: Kind) -> Vec<String> {
    let bad = |(at, c): &(usize, char)| {
        let control = match c {
            '\n' => false,
            // In a cell of a spreadsheet a line may end so.
            '\r' => !text[at + 1..].starts_with('\n') || kind == Kind::People,
            '\t' => matches!(kind, Kind::People | Kind::Annotations),
            c => c.is_control(),
        };
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let hides = kind == Kind::People
            && matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
        control || turns || hides
    };
    text.char_indices()
        .find(bad)
        .map(|(at, c)| format!("raw {c:?} at {}", around(text, at)))
        .into_iter()
        .collect()
}

/// No line that a build server takes for a command, but annotations of ours.
fn commands(text: &str, kind: Kind) -> Vec<String> {
    let mut faults = Vec::new();
    for line in text.lines() {
        let start = line.trim_start();
        if kind == Kind::Annotations {
            let ours = ["::error ", "::warning ", "::notice "]
                .iter()
                .any(|word| line.starts_with(word));
            let properties = line.split("::").nth(1).unwrap_or("");
            if !ours || !properties.contains("title=BM") {
                faults.push(format!("no annotation of ours: {line:?}"));
            }
        } else if start.starts_with("::") {
            faults.push(format!("a line is a command: {line:?}"));
        }
        let marked = line.to_ascii_lowercase();
        if matches!(
            kind,
            Kind::People | Kind::Annotations | Kind::Json | Kind::Csv | Kind::Markdown | Kind::Xml | Kind::Html
        ) && (marked.contains("##[") || marked.contains("##vso["))
        {
            faults.push(format!("a line holds a command: {line:?}"));
        }
    }
    faults.truncate(3);
    faults
}

fn csv(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut faults = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(format!("no CSV: {error}"));
                break;
            }
        };
        for cell in &record {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            if runs && cell.parse::<f64>().is_err() {
                faults.push(format!("a cell is a formula: {cell:?}"));
            }
        }
    }
    faults.truncate(3);
    faults
}

/// Whether an address opens a page, a letter, or a place beside the page itself.
fn is_harmless(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with('#') || lower.starts_with("data:image/png;base64,") {
        return true;
    }
    match lower.split_once(':') {
        None => true,
        Some(("http" | "https", rest)) => !rest.split(['/', '?', '#']).nth(2).unwrap_or("").contains('@'),
        Some(("mailto", rest)) => !rest.contains("attach"),
        // The name of a file may hold a colon behind a place.
        Some((scheme, _)) => scheme.contains('/'),
    }
}

fn xml(text: &str) -> Vec<String> {
    let document = match roxmltree::Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![format!("no XML: {error}")],
    };
    let mut faults = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if ["script", "img", "iframe", "object", "foreignObject"].contains(&name)
            && node.tag_name().namespace() == Some("http://www.w3.org/2000/svg")
        {
            faults.push(format!("an element `{name}`"));
        }
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            let is_picture = node.tag_name().namespace() == Some("http://www.w3.org/2000/svg");
            if is_picture && key.starts_with("on") {
                faults.push(format!("an attribute `{key}`"));
            }
            let leads = matches!(key, "href" | "src" | "link" | "action")
                || (key == "Target" && node.attribute("TargetMode") == Some("External"));
            if leads && !is_harmless(value) {
                faults.push(format!("`{key}` leads to {value:?}"));
            }
        }
    }
    faults.truncate(3);
    faults
}

/// Tag by tag: no handler, no address that runs, no script but the page's own.
fn html(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/' || *c == '!')
            .collect();
        let (attributes, after) = attributes(&rest[name.len()..]);
        rest = after;
        for (key, value) in &attributes {
            if key.to_ascii_lowercase().starts_with("on")
                || !key
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_'))
            {
                faults.push(format!("an attribute {key:?} of `{name}`"));
            }
            if matches!(key.as_str(), "href" | "src" | "action" | "formaction" | "xlink:href") && !is_harmless(value) {
                faults.push(format!("`{key}` leads to {value:?}"));
            }
        }
        match name.as_str() {
            // Whatever stands within ends at the first end of it.
            "script" | "style" => {
                let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                let within = &rest[..end];
                let is_data = attributes
                    .iter()
                    .any(|(key, value)| key == "type" && value == "application/json");
                if within.contains("Zq7x") && !is_data {
                    faults.push(format!("text of the map in `{name}`"));
                }
                rest = &rest[end..];
            }
            "iframe" | "object" | "embed" | "base" | "textarea" | "b" => faults.push(format!("an element `{name}`")),
            _ => {}
        }
    }
    faults.truncate(3);
    faults
}

/// The attributes of a tag, and what stands behind it.
fn attributes(tag: &str) -> (Vec<(String, String)>, &str) {
    let mut all = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('>') {
            return (all, rest.strip_prefix('>').unwrap_or(rest));
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            match quote {
                Some(quote) => {
                    let inner = &after[1..];
                    let end = inner.find(quote).unwrap_or(inner.len());
                    value = inner[..end].to_owned();
                    rest = inner.get(end + 1..).unwrap_or("");
                }
                None => {
                    let end = after
                        .find(|c: char| c.is_whitespace() || c == '>')
                        .unwrap_or(after.len());
                    value = after[..end].to_owned();
                    rest = &after[end..];
                }
            }
        }
        if key.is_empty() {
            // Nothing that an attribute may begin with: the next character is passed over.
            rest = rest.get(1..).unwrap_or("");
            continue;
        }
        all.push((key, value));
    }
}

/// Markdown with every escaped sign taken out: what is left is markup of ours.
fn markdown(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            // What is escaped is shown; a line end is one.
            plain.push(match chars.next() {
                Some('\n') => '\n',
                _ => 'e',
            });
        } else {
            plain.push(c);
        }
    }
    for (at, _) in plain.match_indices("](") {
        let target: String = plain[at + 2..]
            .chars()
            .take_while(|c| !matches!(c, ')' | '\n'))
            .collect();
        if !is_harmless(target.trim_matches(['<', '>'])) {
            faults.push(format!("a link leads to {target:?}"));
        }
    }
    for (at, _) in plain.match_indices('<') {
        let ours = ["<a id=\"", "</a>", "<br>", "<http", "<mailto:"]
            .iter()
            .any(|tag| plain[at..].starts_with(tag));
        // Between brackets of a link stands the name of a picture.
        if !ours && !plain[..at].ends_with("](") {
            faults.push(format!("markup: {}", around(&plain, at)));
        }
    }
    if let Some(at) = plain.find("{{").or(plain.find("{%")) {
        faults.push(format!("a template: {}", around(&plain, at)));
    }
    let lines: Vec<&str> = plain.lines().collect();
    for table in lines
        .chunk_by(|a, b| a.starts_with('|') == b.starts_with('|'))
        .filter(|t| t[0].starts_with('|'))
    {
        let cells = |line: &str| line.matches('|').count();
        if let Some(odd) = table.iter().find(|line| cells(line) != cells(table[0])) {
            faults.push(format!("a row with other cells than its table: {odd:?}"));
        }
    }
    faults.truncate(4);
    faults
}

fn pdf(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut faults: Vec<String> = [
        "/JavaScript",
        "/JS ",
        "/JS(",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/EmbeddedFile",
    ]
    .into_iter()
    .filter(|word| text.contains(word))
    .map(|word| format!("`{word}` in a PDF"))
    .collect();
    for (at, _) in text.match_indices("/URI") {
        let rest = text[at + 4..].trim_start();
        if let Some(address) = rest.strip_prefix('(').and_then(|rest| rest.split(')').next())
            && !is_harmless(address)
        {
            faults.push(format!("a link leads to {address:?}"));
        }
    }
    faults.truncate(3);
    faults
}

/// Every part of a package is XML, a picture, or a text that is judged as itself.
fn package(bytes: &[u8]) -> Vec<String> {
    let mut archive = match zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return vec![format!("no package: {error}")],
    };
    let mut faults = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        if let Err(error) = part.read_to_end(&mut content) {
            faults.push(format!("{name}: {error}"));
            continue;
        }
        let kind = match name.rsplit('.').next().unwrap_or("") {
            "xml" | "rels" | "svg" | "vml" => Kind::Xml,
            other => Kind::named(other, &content),
        };
        if name.contains("..") || name.starts_with('/') || name.chars().any(char::is_control) {
            faults.push(format!("a part called {name:?}"));
        }
        faults.extend(
            judged(&content, kind, Printed::No)
                .into_iter()
                .map(|fault| format!("{name}: {fault}")),
        );
    }
    faults.truncate(4);
    faults
}

#[test]
fn the_judge_sees_what_is_wrong() {
    for (text, kind) in [
        ("a\u{1b}[2Jb", Kind::People),
        ("a\u{9b}b", Kind::Text),
        ("a\u{202e}b", Kind::Csv),
        ("a\n  ::error::b", Kind::People),
        ("a ##[error]", Kind::People),
        ("::error title=x::b\n", Kind::Annotations),
        ("a,=1+1\n", Kind::Csv),
        ("{\"a\": ", Kind::Json),
        ("<a>\u{0}</a>", Kind::Xml),
        ("<a b=c>", Kind::Xml),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"/>", Kind::Xml),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", Kind::Xml),
        ("<!doctype html><p onclick=x>", Kind::Html),
        ("<!doctype html><a href=\"javascript:x\">", Kind::Html),
        ("<!doctype html><script>\"Zq7x\"</script>", Kind::Html),
        ("<!doctype html><img src=x onerror=y>", Kind::Html),
        ("[a](javascript:x)", Kind::Markdown),
        ("[a](<https://u:p@b>)", Kind::Markdown),
        ("a <script>", Kind::Markdown),
        ("a {{ b }}", Kind::Markdown),
        ("| a | b |\n| --- | --- |\n| c | d | e |", Kind::Markdown),
        ("%PDF /URI (javascript:x)", Kind::Pdf),
        ("PK", Kind::Package),
    ] {
        assert!(!faults_of(text.as_bytes(), kind).is_empty(), "{text:?} as {kind:?}");
    }
    for (text, kind) in [
        ("a\u{241b}[2Jb\n", Kind::People),
        ("::error file=a,title=BM201 orphan::b\n", Kind::Annotations),
        ("id,\"a\r\nb\",-5\n", Kind::Csv),
        (
            "[a](<https://b/%7C>) \\<script\\> \\[a\\](javascript:x) <br>",
            Kind::Markdown,
        ),
        ("| a | b \\| c |\n| --- | --- |\n", Kind::Markdown),
        (
            "<!doctype html><p title=\"a > onclick=x\">b</p><a href=\"#c\">d</a>",
            Kind::Html,
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>&lt;script></title></svg>",
            Kind::Xml,
        ),
    ] {
        assert_eq!(
            faults_of(text.as_bytes(), kind),
            Vec::<String>::new(),
            "{text:?} as {kind:?}"
        );
    }
}
