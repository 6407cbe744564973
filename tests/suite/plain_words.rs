//! What users read is plain: none of the words that hide who does what, and short sentences on the pages for everyone.
//!
//! To hold another text to it, add it to [`sources`]; to ban another word, add it to [`WORDS`].

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use benefit_map::check::RULES;

use crate::support::folder::Folder;
use crate::support::program;

/// Words and phrases that hide who does what, with the plainer way to say it. A word with a hyphen is another word.
const WORDS: &[(&str, &str)] = &[
    ("told", "shown, reported, listed"),
    ("tell", "show, say"),
    ("tells", "shows, says"),
    ("telling", "showing, saying"),
    ("stand", "be, be written"),
    ("stands", "is, is written"),
    ("stood", "was, was written"),
    ("standing", "status"),
    ("reckon", "calculate"),
    ("reckons", "calculates"),
    ("reckoned", "calculated"),
    ("reckoning", "calculation"),
    ("whoever", "anyone who"),
    ("anew", "again"),
    ("mend", "correct"),
    ("mends", "corrects"),
    ("mended", "corrected"),
    ("mending", "correcting"),
    ("twofold", "two, twice"),
    ("is none", "is not one"),
    ("are none", "are not"),
    ("is no", "is not a"),
    ("are no", "are not"),
    ("there is not", "is missing"),
    ("there are not", "are missing"),
    ("may be given again", "can be repeated"),
    ("may be given several times", "can be repeated"),
    ("a row a", "one row for each"),
    ("a row an", "one row for each"),
];

/// What may follow `is no` and `are no`, which then say something else: `is no longer used`.
const AFTER_NO: &[&str] = &["longer", "more", "less", "fewer", "better", "worse"];

/// Folders and files of the program whose messages are read here.
const MESSAGES: &[&str] = &[
    "src/audit",
    "src/bin",
    "src/chart",
    "src/check",
    "src/draw",
    "src/edit",
    "src/exchange",
    "src/file",
    "src/finding",
    "src/graph",
    "src/layout",
    "src/map",
    "src/method",
    "src/office",
    "src/report",
    "src/scene",
    "src/session",
    "src/survey",
    "src/table",
    "src/track",
    "src/web",
];

/// Words that may stay in a place, each with the reason: a part of the place's name, the word, why.
const ALLOWED: &[(&str, &str, &str)] = &[];

/// The grade of reading that the pages for everyone keep to: years at school, by Flesch and Kincaid.
const GRADE: f64 = 9.0;

/// A text that users read.
struct Source {
    /// The file, or the command whose help it is.
    name: String,
    /// The line of the file on which the text begins.
    line: usize,
    text: String,
}

impl Source {
    fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            line: 1,
            text: text.into(),
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder (or the file itself) whose names end so, in order.
fn files(path: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::from(path)];
    while let Some(next) = waiting.pop() {
        let full = root().join(&next);
        if full.is_dir() {
            waiting.extend(
                fs::read_dir(full)
                    .unwrap()
                    .map(|entry| next.join(entry.unwrap().file_name())),
            );
        } else if next.to_string_lossy().ends_with(ending) {
            found.push(next.to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{path} has no files that end in {ending}");
    found
}

/// The pages: those beside the sources, of `docs` and of the examples, but not the records of decisions, which are history.
fn pages() -> Vec<Source> {
    let mut names: Vec<String> = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
        .map(str::to_owned)
        .to_vec();
    names.extend(files("docs", ".md"));
    names.extend(files("examples/maps", "README.md"));
    names.push("action.yml".to_owned());
    // How we write names the words that we leave out.
    let skip = |name: &String| name.starts_with("docs/decisions/") || name == "docs/style.md";
    names.retain(|name| !skip(name));
    names
        .into_iter()
        .map(|name| Source::new(name.clone(), read(&name)))
        .collect()
}

/// The help of every command.
fn helps() -> Vec<Source> {
    let mut helps = vec![Source::new("benefit-map --help", program::help(&[]))];
    for (command, page) in program::commands() {
        helps.push(Source::new(format!("benefit-map {command} --help"), page));
    }
    assert!(helps.len() > 30, "the commands");
    helps
}

/// What the rules say of themselves: summary and the plain words of the workshop.
fn rules() -> Vec<Source> {
    let words = |count| move |rule: &&benefit_map::check::Rule| rule.plain.words(count);
    RULES
        .iter()
        .flat_map(|rule| {
            let texts = [
                rule.summary.to_owned(),
                words(1)(rule),
                words(2)(rule),
                rule.source.to_owned(),
            ];
            texts.map(|text| Source::new(format!("the rule {} {}", rule.code, rule.slug), text))
        })
        .collect()
}

/// The messages: every literal with a blank in it, without what is filled in.
fn messages() -> Vec<Source> {
    let mut found = Vec::new();
    for name in MESSAGES.iter().flat_map(|path| files(path, ".rs")) {
        if name.ends_with("tests.rs") || name.contains("/tests/") {
            continue;
        }
        let code = read(&name);
        // Tests beside the code come last in a file.
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (line, text) in literals(code) {
            if text.trim().contains(' ') {
                let text = without_fields(&text);
                found.push(Source {
                    name: name.clone(),
                    line,
                    text,
                });
            }
        }
    }
    assert!(found.len() > 1000, "the messages: {}", found.len());
    found
}

/// Everything that is held to plain words.
fn sources() -> Vec<Source> {
    let mut all = pages();
    all.push(Source::new("benefit-map schema", benefit_map::file::schema()));
    all.extend(helps());
    all.extend(rules());
    all.extend(messages());
    all
}

/// The string literals of a Rust source, each with its line; comments are passed over.
fn literals(code: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        match at(i) {
            '\n' => line += 1,
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
                continue;
            }
            // A character, unless it is a lifetime.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while at(i) != '\'' {
                    i += 1;
                }
            }
            '\'' if at(i + 2) == '\'' => i += 2,
            'r' if (at(i + 1) == '"' || at(i + 1) == '#') && !(at(i.wrapping_sub(1)).is_alphanumeric()) => {
                let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
                if at(i + 1 + hashes) == '"' {
                    let mut end = i + 2 + hashes;
                    let closes = |end: usize| at(end) == '"' && (1..=hashes).all(|n| at(end + n) == '#');
                    while end < chars.len() && !closes(end) {
                        end += 1;
                    }
                    let text: String = chars[i + 2 + hashes..end].iter().collect();
                    let lines = text.matches('\n').count();
                    found.push((line, text));
                    line += lines;
                    i = end + hashes;
                }
            }
            '"' => {
                let (mut text, begins) = (String::new(), line);
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    if at(i) == '\\' {
                        i += 1;
                        if at(i) == '\n' {
                            line += 1;
                            while at(i + 1).is_whitespace() {
                                i += 1;
                                line += usize::from(at(i) == '\n');
                            }
                        } else {
                            text.push(if at(i) == 'n' { '\n' } else { at(i) });
                        }
                    } else {
                        line += usize::from(at(i) == '\n');
                        text.push(at(i));
                    }
                    i += 1;
                }
                found.push((begins, text));
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// A message without the names of what is filled in: `{told}` is not read, and `told {}` is.
fn without_fields(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The words of a text in lower case, each with its line, counted from 0, and whether only blanks are before it.
fn words(text: &str) -> Vec<(usize, String, bool)> {
    let mut found = Vec::new();
    let (mut line, mut word, mut follows) = (0, String::new(), true);
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_alphanumeric() || c == '-' || c == '_' || c == '\'' {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            found.push((line, std::mem::take(&mut word), follows));
            follows = true;
        }
        follows &= c.is_whitespace();
        line += usize::from(c == '\n');
    }
    found
}

/// The unwanted words of a text: the line, counted from 0, the word, and the plainer one.
fn unwanted(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let words = words(text);
    let mut found = Vec::new();
    for (phrase, plain) in WORDS {
        let phrase_words: Vec<&str> = phrase.split(' ').collect();
        for (at, window) in words.windows(phrase_words.len()).enumerate() {
            let same = window
                .iter()
                .zip(&phrase_words)
                .all(|((_, word, _), wanted)| word == wanted);
            let joined = window.iter().skip(1).all(|(_, _, follows)| *follows);
            let after = words
                .get(at + phrase_words.len())
                .map_or("", |(_, word, _)| word.as_str());
            let fine = phrase.ends_with(" no") && AFTER_NO.contains(&after);
            if same && joined && !fine {
                found.push((window[0].0, *phrase, *plain));
            }
        }
    }
    found
}

#[test]
fn what_users_read_has_none_of_the_words_that_hide_who_does_what() {
    let mut faults = Vec::new();
    for source in sources() {
        for (line, word, plain) in unwanted(&source.text) {
            let allowed = ALLOWED
                .iter()
                .any(|(place, allowed, _)| source.name.contains(place) && *allowed == word);
            if !allowed {
                faults.push(format!(
                    "{}:{}: `{word}`; write: {plain}",
                    source.name,
                    source.line + line
                ));
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} places:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn unwanted_words_are_found_in_every_form_and_nowhere_else() {
    for (text, found) in [
        ("The map is told of it.", &["told"][..]),
        ("It stands\nalone, Whoever reads it", &["stands", "whoever"]),
        ("this is no\nmap, and there is none", &["is none", "is no"]),
        ("it is no longer here, and are no more than 3", &[]),
        ("standards understand a stand-alone page", &[]),
        ("What is, no one knows", &[]),
        ("A row a matter; a row, a table", &["a row a"]),
        ("recommended amendments", &[]),
    ] {
        let mut words: Vec<&str> = unwanted(text).into_iter().map(|(_, word, _)| word).collect();
        let mut expected = found.to_vec();
        words.sort_unstable();
        expected.sort_unstable();
        assert_eq!(words, expected, "{text}");
    }
    let code = "let a = \"one \\\n   two\"; // \"no\"\nlet b = '\"'; let c = r#\"a \"b\" c\"#;\nlet d = \"x\\\"y z\";";
    let expected = [(1, "one two"), (3, "a \"b\" c"), (4, "x\"y z")];
    assert_eq!(literals(code), expected.map(|(line, text)| (line, text.to_owned())));
    assert_eq!(without_fields("{told}: {} of {kpi}"), ":  of ");
}

/// The sentences of a page that is written in Markdown, without headings, code, tables, pictures and addresses.
fn sentences_of_page(page: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut code = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
            continue;
        }
        let trimmed = line.trim_start();
        let item = trimmed.starts_with("- ") || trimmed.split_once(". ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
        let apart = trimmed.starts_with(['#', '|', '!']);
        if code || apart {
            plain.push_str("\n\n");
            continue;
        }
        if trimmed.is_empty() || item {
            plain.push_str("\n\n");
        }
        plain.push_str(trimmed.trim_start_matches(['-', ' ']));
        plain.push(' ');
    }
    // Inline code is left out; of a link the text is read.
    let plain: String = plain.split('`').step_by(2).collect();
    let mut text = String::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once("](") {
        text.push_str(before);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    sentences(&text.replace(['[', '*', '_'], ""))
}

/// The sentences of a page of help, without the usage, the options' names and the examples.
fn sentences_of_help(page: &str) -> Vec<String> {
    let page = page.split("\nExample").next().unwrap();
    let mut text = String::new();
    for line in page.lines() {
        let trimmed = line.trim();
        let name = trimmed.starts_with(['-', '<', '[']) && !trimmed.starts_with("- ");
        let heading = trimmed.ends_with(':') || trimmed.starts_with("Usage");
        if trimmed.is_empty() || heading || name {
            text.push_str("\n\n");
            continue;
        }
        // A value and what it means: `- text:  Aligned columns`.
        let said = match trimmed.strip_prefix("- ") {
            Some(value) => {
                text.push_str("\n\n");
                value.split_once(": ").map_or("", |(_, said)| said)
            }
            None => trimmed,
        };
        let _ = write!(text, "{said} ");
    }
    let text: String = text.split('`').step_by(2).collect();
    sentences(&text)
}

/// The sentences of a text whose paragraphs are apart.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut sentence = String::new();
        let chars: Vec<char> = paragraph.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            sentence.push(*c);
            let ends = matches!(c, '.' | '?' | '!') && chars.get(at + 1).is_none_or(|next| next.is_whitespace());
            if ends {
                found.push(std::mem::take(&mut sentence));
            }
        }
        found.push(sentence);
    }
    found.retain(|sentence| {
        sentence
            .split_whitespace()
            .any(|word| word.chars().any(char::is_alphabetic))
    });
    found
}

/// About how many syllables an English word has: its groups of vowels, without a silent `e` or `ed` at its end.
fn syllables(word: &str) -> usize {
    let letters: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let stem = letters
        .strip_suffix("es")
        .or_else(|| letters.strip_suffix("ed").filter(|stem| !stem.ends_with(['t', 'd'])))
        .or_else(|| letters.strip_suffix('e').filter(|stem| !stem.ends_with('l')))
        .filter(|stem| stem.chars().any(|c| "aeiouy".contains(c)))
        .unwrap_or(&letters);
    let mut count = 0;
    let mut before = false;
    for c in stem.chars() {
        let vowel = "aeiouy".contains(c);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    count.max(1)
}

/// The grade of Flesch and Kincaid: about how many years at school it takes to read a text with ease
/// (Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel, 1975).
fn grade(sentences: &[String]) -> f64 {
    let words: Vec<&str> = sentences
        .iter()
        .flat_map(|sentence| sentence.split_whitespace())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let of = |count: usize| f64::from(u32::try_from(count).unwrap());
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * of(words.len()) / of(sentences.len().max(1)) + 11.8 * of(syllables) / of(words.len().max(1)) - 15.59
}

/// The longest sentences, for the person who shortens them.
fn longest(sentences: &[String]) -> String {
    let mut sentences: Vec<&String> = sentences.iter().collect();
    sentences.sort_by_key(|sentence| std::cmp::Reverse(sentence.split_whitespace().count()));
    let lines: Vec<&str> = sentences.iter().take(5).map(|sentence| sentence.trim()).collect();
    lines.join("\n  ")
}

#[test]
fn the_pages_for_everyone_read_at_grade_nine_or_less() {
    let mut texts: Vec<(String, Vec<String>)> = ["README.md", "docs/workshop.md"]
        .map(|name| (name.to_owned(), sentences_of_page(&read(name))))
        .to_vec();
    let help = helps().iter().flat_map(|help| sentences_of_help(&help.text)).collect();
    texts.push(("the help of all commands".to_owned(), help));
    let grades: Vec<(String, f64, String)> = texts
        .iter()
        .map(|(name, sentences)| (name.clone(), grade(sentences), longest(sentences)))
        .collect();
    for (name, sentences) in &texts {
        assert!(sentences.len() > 20, "{name}: {sentences:?}");
    }
    for (name, grade, longest) in &grades {
        assert!(
            *grade <= GRADE,
            "{name} reads at grade {grade:.1}; its longest sentences:\n  {longest}"
        );
    }
}

#[test]
fn a_grade_is_what_the_formula_says() {
    // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 - 15.59.
    let short =
        sentences_of_page("# The cat\n\n```sh\nnot this\n```\n| nor | this |\n\nThe cat sat on [the mat](x.md).\n");
    assert_eq!(short.len(), 1, "{short:?}");
    assert!(
        (grade(&short) - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9,
        "{}",
        grade(&short)
    );
    for (word, count) in [
        ("map", 1),
        ("benefit", 3),
        ("table", 2),
        ("people", 2),
        ("outcome", 2),
        ("linked", 1),
        ("needed", 2),
        ("files", 1),
        ("measure", 2),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
}

#[test]
fn the_commands_of_the_readme_run_as_printed_in_the_folder_of_the_demo() {
    let readme = read("README.md");
    let (_, tasks) = readme.split_once("## Find your task").unwrap();
    let tasks = tasks.split("\n## ").next().unwrap();
    let commands: Vec<&str> = tasks
        .lines()
        .filter_map(|line| line.split("`benefit-map ").nth(1)?.split('`').next())
        .collect();
    assert!(commands.len() > 25, "{commands:?}");
    let folder = Folder::new();
    assert_eq!(folder.run("demo .").code, 0);
    for command in commands {
        if command.starts_with("workshop ") {
            // It goes on until it is stopped; workshops have tests of their own.
            assert!(program::commands().iter().any(|(name, _)| name == "workshop"));
            continue;
        }
        let ran = folder.run(command);
        let findings = ["check", "diff"].iter().any(|name| command.starts_with(name));
        let wanted = if findings { 0..=1 } else { 0..=0 };
        assert!(
            wanted.contains(&ran.code),
            "benefit-map {command}: {}\n{}",
            ran.code,
            ran.told
        );
        if let Some((_, output)) = command.split_once(" -o ") {
            let output = output.split(' ').next().unwrap();
            assert!(
                folder.at(output).exists(),
                "benefit-map {command}: {output} was not written"
            );
        }
    }
}
