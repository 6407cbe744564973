//! A form of one page, to be filled in offline: questions, their answers to choose from, and a file of answers to send back.
//!
//! In goes a set of questions; out comes one HTML page that loads nothing. It keeps what was typed in the reader's own browser
//! and saves it as a table of answers. Texts of the set are escaped, and a policy in the page lets no script and no style run
//! but the page's own, known by their hashes.

use super::html::meta;
use super::viewer::policy::policy;
use crate::survey::{Question, QuestionSet, Scale};
use crate::xml::{Element, el};

const CSS: &str = include_str!("form.css");
const SCRIPT: &str = include_str!("form.js");

/// The page, with a final newline. `round` is the round that its answers are for, from 1.
pub fn survey_form(set: &QuestionSet, round: u32) -> String {
    let head = el("head")
        .line(el("meta").set("charset", "utf-8"))
        .line(
            el("meta")
                .set("http-equiv", "Content-Security-Policy")
                .set("content", policy(SCRIPT, std::iter::once(CSS.to_owned()))),
        )
        .line(meta("viewport", "width=device-width, initial-scale=1"))
        .line(el("title").add(&set.title))
        .line(el("style").add(CSS));
    let mut number = 0;
    let mut form = el("form")
        .set("id", "form")
        .set("data-set", &set.id)
        .set("data-version", &set.version)
        .set("data-round", round.to_string())
        .set("novalidate", "")
        .line(about_you());
    for (at, group) in set.groups.iter().enumerate() {
        let heading = format!("group-{}", at + 1);
        let mut section = el("section")
            .set("aria-labelledby", &heading)
            .line(el("h2").set("id", &heading).add(&group.title));
        for question in &group.questions {
            number += 1;
            section.push_line(asked(number, question, set.scale));
        }
        form.push_line(section);
    }
    form.push_line(foot(number));
    let body = el("body")
        .line(
            el("a")
                .set("class", "skip")
                .set("href", "#form")
                .add("Skip to the questions"),
        )
        .line(header(set, round))
        .line(el("main").line(form))
        .line(el("script").add(SCRIPT));
    el("html").set("lang", "en-GB").line(head).line(body).to_page()
}

/// What the form is, and what happens to the answers.
fn header(set: &QuestionSet, round: u32) -> Element {
    let mut header = el("header").line(el("h1").add(&set.title));
    if !set.purpose.is_empty() {
        header.push_line(el("p").add(&set.purpose));
    }
    if round > 1 {
        header.push_line(el("p").add(format!("This is round {round}.")));
    }
    header
        .line(el("p").add(
            "Answer alone, before you talk about it with others. You need not answer every question. If you cannot say, choose \
             \"don't know\": that helps too.",
        ))
        .line(el("p").set("id", "kept").add(
            "Nothing is sent. This browser keeps what you type, so you can close the page and come back. At the end, save the file \
             and send it to the person who asked you.",
        ))
        .line(el("noscript").add(el("p").set("class", "notice").add(
            "This page needs script to save your answers. Ask for the form as a workbook instead.",
        )))
}

fn about_you() -> Element {
    let field = |id: &'static str, label: &'static str, hint: &'static str, complete: &'static str| {
        let hint_id = format!("{id}-hint");
        el("p")
            .add(el("label").set("for", id).add(label))
            .add(el("span").set("class", "hint").set("id", &hint_id).add(hint))
            .add(
                el("input")
                    .set("id", id)
                    .set("type", "text")
                    .set("maxlength", "200")
                    .set("autocomplete", complete)
                    .set("aria-describedby", hint_id),
            )
    };
    el("section")
        .set("aria-labelledby", "you")
        .line(el("h2").set("id", "you").add("About you"))
        .line(field(
            "name",
            "Your name (optional)",
            "Without a name the file has a random word in its place, which keeps your answers together.",
            "name",
        ))
        .line(field(
            "role",
            "Your role (optional)",
            "Such as benefit owner or supplier. Roles are shown only where at least three people answered.",
            "organization-title",
        ))
}

/// One question with its answers and room for a note.
fn asked(number: usize, question: &Question, scale: Scale) -> Element {
    let name = format!("q{number}");
    let mut legend = el("legend")
        .add(el("span").set("class", "number").add(format!("{number}. ")))
        .add(&question.text);
    if !question.source.is_empty() {
        legend.push(el("span").set("class", "source").add(format!(" {}", question.source)));
    }
    let points = scale.points().len();
    let answers = scale.answers().iter().zip(1..).map(|(words, at)| {
        let value = match at <= points && scale.has_numbers() {
            true => at.to_string(),
            false => (*words).to_owned(),
        };
        let input = el("input").set("type", "radio").set("name", &name).set("value", value);
        let class = (at == points + 1).then_some("apart");
        el("label").set("class", class).add(input).add(*words)
    });
    let note = format!("{name}-note");
    let details = el("details")
        .add(el("summary").add("Add a note"))
        .add(el("label").set("for", &note).add(format!("Note on question {number}")))
        .add(
            el("textarea")
                .set("id", &note)
                .set("rows", "2")
                .set("maxlength", "2000"),
        );
    let clear = el("button")
        .set("type", "button")
        .set("class", "clear")
        .set("hidden", "")
        .set("aria-label", format!("Clear answer to question {number}"))
        .add("Clear answer");
    el("fieldset")
        .set("data-question", &question.id)
        .line(legend)
        .line(el("div").set("class", "answers").add_all(answers))
        .line(el("div").set("class", "more").add(details).add(clear))
}

/// How far one is, and the button that saves.
fn foot(count: usize) -> Element {
    el("div")
        .set("id", "foot")
        .line(el("p").set("id", "progress").add(format!("0 of {count} answered")))
        .line(el("p").set("id", "said").set("role", "status").add(""))
        .line(
            el("button")
                .set("type", "button")
                .set("id", "save")
                .add("Save my answers as a file"),
        )
        .line(
            el("button")
                .set("type", "button")
                .set("id", "forget")
                .add("Delete what I typed"),
        )
}
