//! `check --next`: the one thing to do now.

use benefit_map::check::{self, Profile};
use benefit_map::finding::{Report, TextOptions, Whereabouts};

use crate::args::{Check, FindingsFormat};
use crate::cmd::tables::counted;
use crate::columns;
use crate::io::Terminal;
use crate::page::Page;

/// The next thing to do, or that nothing is left.
pub fn render(
    args: &Check,
    profile: Profile,
    report: &Report,
    places: &dyn Whereabouts,
    terminal: &Terminal,
) -> Vec<u8> {
    match args.format {
        FindingsFormat::Json => check::next_to_json(report, places).into_bytes(),
        _ => text(args, profile, report, places, terminal).printed(),
    }
}

fn text(args: &Check, profile: Profile, report: &Report, places: &dyn Whereabouts, terminal: &Terminal) -> Page {
    let map = args
        .maps
        .first()
        .map(|map| map.display().to_string())
        .unwrap_or_default();
    let mut page = Page::default();
    let Some(next) = check::next(report) else {
        page.line(format!("Nothing is left to do for the profile {profile}."));
        let stricter = Profile::ALL.iter().find(|other| **other > profile);
        if let Some(stricter) = stricter {
            page.line(format!("Next: benefit-map check {map} --profile {stricter} --next"));
        }
        return page;
    };
    page.line(format!("Next: {}", next.step.what));
    page.line(format!("Why: {}.", next.step.why));
    page.gap();
    let mut options = TextOptions::default();
    options.style = terminal.out;
    options.width = columns::limit();
    page.rendered(&next.finding.to_text(places, &options), terminal.out);
    page.gap();
    let topic = match next.step.explain {
        "" => next.finding.code,
        topic => topic,
    };
    page.line(format!("How: benefit-map explain {topic}"));
    page.line(format!(
        "Left after it: {} of this step, {} of other steps.",
        counted(next.alike, "finding", "findings"),
        next.later
    ));
    page
}
