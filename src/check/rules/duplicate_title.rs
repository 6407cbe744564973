//! BM109: boxes that read the same.

use crate::check::context::Context;
use crate::check::context::kind;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::blank;
use crate::graph::NodeIx;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM109",
    slug: "duplicate-title",
    family: Family::Structure,
    summary: "two boxes that read the same",
    source: "PAS 184:2017, 5.2",
    severities: severities("-WWW"),
    plain: Plain::counted("1 title is used twice", "# titles are used twice"),
    page: include_str!("../../../docs/rules/duplicate-title.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let title = |ix: NodeIx| ctx.node(ix).title.as_str();
    let titled = ctx.graph.nodes().filter(|ix| !blank(title(*ix)));
    // Titles are told apart by what they come to in a few bytes, and compared only where that is the same.
    let mut all: Vec<(u64, NodeIx)> = titled.map(|ix| (digest(title(ix)), ix)).collect();
    all.sort_unstable();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, ix)) in same.iter().enumerate() {
            let mut before = same[..at].iter().take(MOST_ALIKE);
            let Some((_, first)) = before.find(|(_, other)| read(title(*ix)).eq(read(title(*other)))) else {
                continue;
            };
            let first = *first;
            let also = kind(ctx.kind(first));
            let id = ctx.graph.id(first);
            let message = format!("{} reads the same as {also} `{id}`", ctx.kind_and_name(*ix));
            let fault = Fault::new(ctx.subject(*ix), message).field("title");
            let fault = fault.related(ctx.subject(first), "the first with this title");
            sink.push(fault.help("make them one box, or say in the titles how they differ"));
        }
    }
}

/// Boxes that a title is compared with where all of them come to the same bytes: more only where somebody has made it so.
const MOST_ALIKE: usize = 8;

/// The letters as they are read: without capitals, and with one space for any white space.
fn read(title: &str) -> impl Iterator<Item = char> {
    let words = title.split_whitespace();
    words.flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}

/// FNV-1a over the letters: quick on short texts, and what comes to the same by chance is compared.
fn digest(title: &str) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    read(title).fold(BASIS, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME))
}
