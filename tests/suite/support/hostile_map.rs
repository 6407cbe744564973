//! A map with something hostile in every text of every record, made by the schema of its file.

use serde_json::Value;

/// Stands in every hostile text, so that what became of it can be found.
pub const MARK: &str = "Zq7x";

/// What a text may begin with: formulas, commands to build servers, signs of Markdown.
pub const STARTS: [&str; 17] = [
    "=1+1 ",
    "+1 ",
    "-1 ",
    "@x ",
    "::error title=a::b ",
    "##[error]s ",
    "##vso[task.complete]s ",
    "\tx ",
    "\rx ",
    "'q ",
    "# h ",
    "1. n ",
    "<b>",
    "\u{202e}rtl ",
    "|p ",
    "```",
    "javascript:alert(1) ",
];

/// What a text may hold.
pub const PIECES: [&str; 18] = [
    "\u{1b}[2J\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;eA==\u{1b}\\",
    "\u{8}\u{8}\u{0}\u{7f}",
    "\u{9b}2J\u{9d}0;t\u{9c}\u{90}\u{85}",
    "a\r\n::error file=a::b",
    "a\n  ::set-output name=x::y",
    "a\n##[error]c ##vso[task.setvariable variable=a]b",
    "a\rover",
    "\u{202e}abc\u{202d}\u{2066}def\u{2069}\u{2067}",
    "a\u{200b}b\u{feff}c\u{2028}d\u{2029}e",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x='",
    "]]> --> */ </style></title></textarea>",
    "[a](javascript:alert(1)) ![b](javascript:x) <javascript:y>",
    "| c | \\| ` `` ``` {{ 7*7 }} {% raw %} ${x}",
    "\u{ffff}\u{fffe}\u{e0041}&#60;script&#62;",
    "wordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordword",
];

/// What an address may be.
const ADDRESSES: [&str; 10] = [
    "https://a|[Zq7x](javascript:alert(1))|b",
    "javascript:alert(1)//Zq7x",
    "mailto:a@b?attach=/etc/passwd&Zq7x",
    "https://user:pw@evil@good/Zq7x",
    "data:text/html,<script>Zq7x</script>",
    "https://a.example/Zq7x\"onclick=\"x",
    "https://a.example/Zq7x\n::error::x",
    "https://a.example/>(Zq7x)<\\",
    "vbscript:Zq7x",
    "https://a.example/Zq7x",
];

/// The name of the map's file.
pub const MAP: &str = "m\u{1b}]0;x\u{7}\n::error::y\u{202e}##[error]z\u{9b}.json";

/// The schema behind its references and alternatives to null.
fn resolved<'s>(schema: &'s Value, whole: &'s Value) -> &'s Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return resolved(&whole["$defs"][name], whole);
    }
    match schema["anyOf"].as_array() {
        Some(any) => resolved(
            any.iter().find(|one| one["type"] != "null").unwrap_or(&Value::Null),
            whole,
        ),
        None => schema,
    }
}

/// Puts a hostile text into every free text that a schema allows, those that a value lacks included.
struct Hostile<'s> {
    whole: &'s Value,
    count: usize,
}

impl Hostile<'_> {
    fn text(&mut self, field: &str) -> String {
        self.count += 1;
        if field == "url" {
            return ADDRESSES[self.count % ADDRESSES.len()].to_owned();
        }
        let start = STARTS[self.count % STARTS.len()];
        let (first, second) = (
            PIECES[self.count % PIECES.len()],
            PIECES[(self.count * 7 + 3) % PIECES.len()],
        );
        format!("{start}{MARK} {first} {second}")
    }

    fn is_free(schema: &Value) -> bool {
        let is_text = schema["type"] == "string" || schema["type"][0] == "string";
        is_text
            && ["enum", "const", "pattern", "format"]
                .iter()
                .all(|word| schema[word].is_null())
    }

    fn fill(&mut self, value: &mut Value, schema: &Value, field: &str) {
        let schema = resolved(schema, self.whole);
        match value {
            Value::String(text) if Self::is_free(schema) => *text = self.text(field),
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.fill(item, &schema["items"], field)),
            Value::Object(fields) => {
                for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                    let inner = resolved(property, self.whole);
                    let list = resolved(&inner["items"], self.whole);
                    if let Some(there) = fields.get_mut(name) {
                        self.fill(there, inner, name);
                    } else if Self::is_free(inner) {
                        let text = self.text(name);
                        fields.insert(name.clone(), text.into());
                    } else if Self::is_free(list) {
                        let texts = vec![self.text(name), self.text(name)];
                        fields.insert(name.clone(), texts.into());
                    }
                }
            }
            _ => {}
        }
    }
}

/// The example with hostile text everywhere, and another one to compare it with.
pub fn hostile_map(from: usize) -> String {
    let map = include_str!("../../../examples/maps/smart-waste/map.json");
    let mut map: Value = serde_json::from_str(map).unwrap();
    // A few chains are enough, and are drawn hundreds of times.
    let kept = [
        "inv-sensors",
        "bin-sensors",
        "bin-siting",
        "dynamic-rounds",
        "fewer-overflows",
        "fewer-km",
        "cleaner-city",
        "lower-carbon",
    ];
    let is_kept = |value: &Value| kept.contains(&value.as_str().unwrap());
    let keep = |list: &mut Value, fields: &[&str]| {
        list.as_array_mut()
            .unwrap()
            .retain(|record| fields.iter().all(|field| is_kept(&record[field])));
    };
    keep(&mut map["nodes"], &["id"]);
    keep(&mut map["links"], &["from", "to"]);
    keep(&mut map["kpis"], &["node"]);
    let whole: Value = serde_json::from_str(&benefit_map::file::schema()).unwrap();
    let mut hostile = Hostile {
        whole: &whole,
        count: from,
    };
    hostile.fill(&mut map, &whole, "");
    map["title"] = format!("{MARK} {}", PIECES.join(" ")).into();
    map["currency"] = "G\u{1b}[2J".into();
    let text = serde_json::to_string_pretty(&map).unwrap();
    let read = benefit_map::file::parse(MAP, &text).expect("hostile text is text");
    let texts = text.matches(MARK).count();
    assert!(
        texts > 200,
        "{texts} texts are hostile, and there are more in the example"
    );
    assert!(
        read.links
            .iter()
            .any(|link| link.evidence.iter().any(|e| e.url.contains("javascript:")))
    );
    text
}
