//! The audit report.

use std::collections::BTreeMap;

use super::changes::{called_out_sentence, change_blocks};
use super::matrix::matrix_blocks;
use super::wording::{in_currency, in_quotes, number};
use super::{Align, Block, Cell, Column, Fact, Inline, ListKind, Numbering, Report, Table, Target};
use crate::audit::{Comparison, Coverage, Matrix, Measure, ReviewList, ReviewState, Seal, Share, map_digest, reviews};
use crate::check::explain;
use crate::finding::{Severity, Whereabouts};
use crate::graph::Backing;
use crate::map::{BenefitMap, Day, Language, NodeId, Number};
use crate::scene::Verdict;
use crate::survey::{Answers, QuestionSet, Results, Stage, triggers};
use crate::track::Reception;

/// All that an audit report is made from.
pub struct AuditInput<'a> {
    /// The map.
    pub map: &'a BenefitMap,
    /// Where it came from: the name of its file.
    pub source: &'a str,
    /// The day it is looked at from.
    pub as_of: Day,
    /// How many rows of measurements were given, and which were left out; `None` where none were given.
    pub reception: Option<&'a Reception>,
    /// What people answered in a health check, with the sets that they were asked; `None` where nobody was asked.
    pub answered: Option<(&'a [QuestionSet], &'a Answers)>,
    /// What the profile `audit` finds.
    pub findings: &'a crate::finding::Report,
    /// Where things stand in the source.
    pub whereabouts: &'a dyn Whereabouts,
    /// What is covered.
    pub coverage: &'a Coverage,
    /// Investments against end outcomes.
    pub matrix: &'a Matrix<'a>,
    /// What has changed, and since what, such as `seal 2 of 2026-05-01`; `None` where there is nothing to compare with.
    pub changes: Option<(&'a Comparison, &'a str)>,
    /// Seals, the first first; empty where there are none.
    pub seals: &'a [Seal],
    /// How the measurements compare with those of the last seal, a sentence each; empty where none were sealed.
    pub sealed_measurements: &'a [String],
}

/// The audit report: what a reader must know first, then each part whole.
pub fn audit_report(input: &AuditInput<'_>) -> Report {
    let map = input.map;
    let language = map.language();
    let mut report = Report::new("Audit report").in_language(language);
    report.subtitle.clone_from(&map.title);
    report.numbering = Numbering::Decimal;
    report.facts = vec![
        Fact::new("As of", language.day(input.as_of)),
        Fact::new("Made from", input.source),
        Fact::new("Digest of the map", map_digest(map)),
    ];
    if let Some(sentence) = input.reception.and_then(Reception::sentence) {
        report.facts.push(Fact::new("Measurements", sentence));
    }
    if let Some(last) = input.seals.last() {
        report.facts.push(Fact::new(
            "Last seal",
            format!("seal {} of {}", last.number, language.day(last.on)),
        ));
    }
    report.push(Block::heading(1, "Summary"));
    report.push(Block::list(ListKind::Bullets, summary(input)));
    report.push(Block::heading(1, "Coverage"));
    coverage_blocks(&mut report, input.coverage, language);
    if map.links.iter().any(|link| link.feedback) {
        report.push(Block::text(
            "Links that feed back are not counted where evidence is: no chain rests on them.",
        ));
    }
    report.push(Block::heading(1, "Traceability"));
    report.extend(matrix_blocks(input.matrix));
    report.push(Block::heading(1, "Findings"));
    finding_blocks(&mut report, input);
    report.push(Block::heading(1, "Evidence"));
    evidence_blocks(&mut report, map);
    report.push(Block::heading(1, "Reviews"));
    review_blocks(&mut report, &reviews(map), language);
    if let Some((sets, answers)) = input.answered {
        report.push(Block::heading(1, "Health check"));
        health_blocks(&mut report, map, sets, answers);
    }
    report.push(Block::heading(1, "Changes"));
    since_blocks(&mut report, input);
    report.push(Block::heading(1, "Accepted findings"));
    allowance_blocks(&mut report, map);
    report
}

/// Every set that was answered: who answered when, and what became of each statement that somebody disagrees with.
fn health_blocks(report: &mut Report, map: &BenefitMap, sets: &[QuestionSet], answers: &Answers) {
    let mut table = Table::new(
        "Statements that somebody disagrees with",
        [
            Column::new("Statement", 5.0),
            Column::new("Source", 2.4),
            Column::new("Disagree", 1.0).align(Align::End),
            Column::new("Of", 0.7).align(Align::End),
            Column::new("Risk on the map", 2.2),
        ],
    );
    let mut lines = Vec::new();
    for at in 0..sets.len() {
        let Some(results) = Results::new(sets, at, answers, None) else {
            continue;
        };
        let days = answers.all.iter().filter(|answer| answer.set == at);
        let last = days.filter_map(|answer| answer.on).max();
        lines.push(format!(
            "{}, round {}: {}{}.",
            results.set.title,
            results.round,
            match results.respondents {
                0 => "answered without names".to_owned(),
                n => format!("{} answered", plural(map.language(), n, "person", "people")),
            },
            last.map_or(String::new(), |day| format!(", last on {}", map.language().day(day)))
        ));
        let all = triggers(&results, map, Stage::Early);
        if all.is_empty() {
            continue;
        }
        table.push_group(results.set.title.clone());
        for trigger in &all {
            let question = trigger.result.question;
            table.push([
                Cell::text(question.text.clone()),
                Cell::text(question.source.clone()),
                Cell::text(trigger.below.to_string()),
                Cell::text(trigger.result.tally.n().to_string()),
                Cell::text(match trigger.taken_up {
                    true => format!("Yes: {}", trigger.risk),
                    false => "No".to_owned(),
                }),
            ]);
        }
    }
    if lines.is_empty() {
        report.push(Block::text("The files have no answer that counts."));
        return;
    }
    report.push(Block::list(ListKind::Bullets, lines));
    match table.rows.is_empty() {
        true => report.push(Block::text("Nobody disagrees with any statement.")),
        false => report.push(Block::Table(table)),
    }
}

fn plural(language: Language, n: usize, one: &str, many: &str) -> String {
    let number = language.digits(&n.to_string());
    format!("{number} {}", if n == 1 { one } else { many })
}

/// What a reader must know first, a sentence each.
fn summary(input: &AuditInput<'_>) -> Vec<String> {
    let map = input.map;
    let language = map.language();
    let mut out = vec![format!(
        "The map holds {}, {}, {} and {}.",
        plural(language, map.nodes.len(), "node", "nodes"),
        plural(language, map.links.len(), "link", "links"),
        plural(language, map.kpis.len(), "KPI", "KPIs"),
        plural(language, map.risks.len(), "risk", "risks"),
    )];
    for (measure, what) in [
        (Measure::LineOfSight, "end outcomes are helped by an investment"),
        (Measure::Money, "of the money helps an end outcome"),
        (Measure::Evidence, "links have evidence"),
        (Measure::Owner, "outcomes have an owner"),
    ] {
        let Some(share) = input.coverage.of(measure) else {
            continue;
        };
        let Some(percent) = share.percent() else {
            out.push(format!("{}: the map has nothing to count.", measure.label()));
            continue;
        };
        let covered = amount(language, share, share.covered, &input.coverage.currency);
        let of = amount(language, share, share.of, &input.coverage.currency);
        out.push(format!("{covered} of {of} {what} ({percent}%)."));
    }
    out.push(format!("Checked with the audit profile: {}.", input.findings.summary()));
    let state = reviews(map);
    let count = |state_is| state.rows.iter().filter(|row| row.state == state_is).count();
    let (suspect, challenged) = (count(ReviewState::Suspect), count(ReviewState::Challenged));
    if !state.rows.is_empty() {
        out.push(format!(
            "{} of {} nodes and {} of {} links have been agreed and have not changed since, KPIs included. {}",
            state.nodes.0,
            state.nodes.1,
            state.links.0,
            state.links.1,
            match (suspect, challenged) {
                (0, 0) => "Nothing is suspect or challenged.".to_owned(),
                (suspect, 0) => format!("{} suspect.", plural(language, suspect, "review is", "reviews are")),
                (0, challenged) => format!(
                    "{} challenged.",
                    plural(language, challenged, "subject is", "subjects are")
                ),
                (suspect, challenged) => format!(
                    "{} suspect and {} challenged.",
                    plural(language, suspect, "review is", "reviews are"),
                    plural(language, challenged, "subject is", "subjects are"),
                ),
            },
        ));
    }
    if let Some((changes, since)) = input.changes {
        let missed = changes.targets.iter().filter(|target| target.missed.is_some()).count();
        if changes.is_same() {
            out.push(format!("The map has not changed since {since}."));
        } else {
            out.push(format!(
                "{} since {since}.",
                plural(
                    language,
                    changes.changes.len(),
                    "record has changed",
                    "records have changed"
                )
            ));
        }
        out.extend(input.sealed_measurements.iter().cloned());
        if !changes.lost.is_empty() {
            let lost = plural(
                language,
                changes.lost.len(),
                "node has lost its line of sight",
                "nodes have lost their line of sight",
            );
            out.push(format!("{lost} since {since}."));
        }
        out.extend(called_out_sentence(changes, since));
        if missed > 0 {
            let targets = plural(language, missed, "target was", "targets were");
            out.push(format!("{targets} lowered, moved or withdrawn after being missed."));
        }
    }
    out
}

fn amount(language: Language, share: &Share, value: Number, currency: &str) -> String {
    match share.measure {
        Measure::Money => in_currency(language, currency, value),
        _ => number(language, value),
    }
}

/// How many things are named one by one under a table.
const NAMED: usize = 25;

fn coverage_blocks(report: &mut Report, coverage: &Coverage, language: Language) {
    let mut table = Table::new(
        "Coverage",
        [
            Column::new("What", 4.0),
            Column::new("Covered", 1.6).align(Align::End),
            Column::new("Of", 1.6).align(Align::End),
            Column::new("Share", 1.4),
        ],
    );
    for share in &coverage.shares {
        let told = match share.percent() {
            None => Cell::mark(Verdict::Open, "nothing to cover"),
            Some(percent) => {
                let verdict = if share.uncovered.is_empty() {
                    Verdict::Good
                } else if share.covered == Number::ZERO {
                    Verdict::Bad
                } else {
                    Verdict::Doubtful
                };
                Cell::mark(verdict, format!("{percent}%"))
            }
        };
        table.push([
            Cell::text(share.measure.label()),
            Cell::text(amount(language, share, share.covered, &coverage.currency)),
            Cell::text(amount(language, share, share.of, &coverage.currency)),
            told,
        ]);
    }
    report.push(Block::Table(table));
    report.push(Block::text(
        "Shares are cut to one decimal place, never rounded up: 100% means all. Where the map has nothing to cover, no share is given.",
    ));
    for share in coverage.shares.iter().filter(|share| !share.uncovered.is_empty()) {
        // What has no evidence is in the chapter on evidence.
        let told = matches!(
            share.measure,
            Measure::LineOfSight | Measure::Investments | Measure::Money | Measure::Owner | Measure::Data
        );
        if !told {
            continue;
        }
        report.push(Block::heading(
            2,
            format!(
                "Not covered: {}",
                share.measure.label().to_lowercase().replace("kpi", "KPI")
            ),
        ));
        let items = share.uncovered.iter().take(NAMED).map(|missing| {
            let cost = missing
                .amount
                .map(|value| format!(", {}", amount(language, share, value, &coverage.currency)));
            let remark = match missing.remark(share.measure) {
                "" => String::new(),
                remark => format!(": {remark}"),
            };
            format!(
                "{} ({}){}{remark}",
                missing.name,
                missing.subject,
                cost.unwrap_or_default()
            )
        });
        let mut items: Vec<String> = items.collect();
        if let Some(more) = share.uncovered.len().checked_sub(NAMED).filter(|n| *n > 0) {
            items.push(format!("and {more} more, which `benefit-map coverage` lists"));
        }
        report.push(Block::list(ListKind::Bullets, items));
    }
}

fn finding_blocks(report: &mut Report, input: &AuditInput<'_>) {
    let findings = &input.findings.findings;
    if findings.is_empty() {
        report.push(Block::text("Checked with the audit profile: no findings."));
        return;
    }
    report.push(Block::text(format!(
        "Checked with the audit profile: {}. Of each rule the first {NAMED} findings are shown.",
        input.findings.summary()
    )));
    for group in findings.chunk_by(|a, b| a.code == b.code) {
        let first = &group[0];
        let Ok(rule) = explain(first.code) else { continue };
        report.push(Block::heading(
            2,
            format!("{} {}: {}", rule.code, rule.slug, rule.summary),
        ));
        let verdict = match first.severity {
            Severity::Error => Verdict::Bad,
            Severity::Warning => Verdict::Doubtful,
            Severity::Note => Verdict::Open,
        };
        report.push(Block::Paragraph(vec![
            Inline::Mark(verdict, first.severity.to_string()),
            Inline::text(format!(
                ", {}. Source: {}.",
                plural(input.map.language(), group.len(), "finding", "findings"),
                rule.source
            )),
        ]));
        // What to do is said once where it is the same for all.
        let alike = group.iter().all(|finding| finding.help == first.help);
        if alike && !first.help.is_empty() {
            report.push(Block::text(format!("To do: {}.", in_quotes(&first.help))));
        }
        let mut table = Table::new(
            format!("Findings of {}", rule.code),
            [
                Column::new("Subject", 2.2),
                Column::new("What is wrong, and what to do", 5.0),
                Column::new("Place", 1.6),
            ],
        );
        for finding in group.iter().take(NAMED) {
            let place = input
                .whereabouts
                .place(&finding.subject, finding.occurrence, finding.field);
            let place = place.map(|place| format!("line {}, column {}", place.line, place.column));
            let mut what = vec![in_quotes(&finding.message)];
            if !finding.help.is_empty() && !alike {
                what.push(format!("To do: {}", in_quotes(&finding.help)));
            }
            table.push([
                Cell::text(finding.subject.to_string()),
                Cell::lines(what),
                Cell::text(place.unwrap_or_default()),
            ]);
        }
        report.push(Block::Table(table));
        if let Some(more) = group.len().checked_sub(NAMED).filter(|n| *n > 0) {
            report.push(Block::text(format!("and {more} more of {}.", rule.code)));
        }
    }
}

fn evidence_blocks(report: &mut Report, map: &BenefitMap) {
    let titles: BTreeMap<&str, &str> = map
        .nodes
        .iter()
        .rev()
        .map(|node| (node.id.as_str(), node.title.as_str()))
        .collect();
    let title = |id: &NodeId| {
        let found = titles.get(id.as_str()).copied().filter(|title| !title.is_empty());
        found.unwrap_or(id.as_str()).to_owned()
    };
    // By source: one study often supports several links.
    let mut sources: BTreeMap<(&str, &str), Vec<(String, &'static str)>> = BTreeMap::new();
    let mut without = Vec::new();
    for link in &map.links {
        let step = format!("{} → {}", title(&link.from), title(&link.to));
        if !Backing::of(link).is_evidence() {
            without.push(step.clone());
        }
        for evidence in &link.evidence {
            let strength = evidence
                .strength
                .map_or("strength not given", |strength| strength.as_str());
            let key = (evidence.source.as_str(), evidence.url.as_str());
            sources.entry(key).or_default().push((step.clone(), strength));
        }
    }
    if sources.is_empty() {
        report.push(Block::text("No link on the map has evidence."));
    } else {
        let mut table = Table::new(
            "Sources of evidence, and the links that rely on them",
            [
                Column::new("Source", 4.0),
                Column::new("Links, and the strength of the evidence for each", 5.0),
            ],
        );
        for ((source, url), links) in &sources {
            let mut cell = Cell::text(if source.is_empty() { "(no source)" } else { source });
            if !url.is_empty() {
                cell.0.push(Inline::Break);
                cell.0.push(Inline::Link {
                    text: (*url).to_owned(),
                    target: Target::Address((*url).to_owned()),
                });
            }
            table.push([
                cell,
                Cell::lines(links.iter().map(|(step, strength)| format!("{step} ({strength})"))),
            ]);
        }
        report.push(Block::Table(table));
    }
    if !without.is_empty() {
        report.push(Block::heading(2, "Links without evidence"));
        report.push(Block::text(format!(
            "{} no source of evidence, or only an assumption.",
            plural(map.language(), without.len(), "link has", "links have")
        )));
        let rest = without.len().saturating_sub(NAMED);
        without.truncate(NAMED);
        if rest > 0 {
            without.push(format!("and {rest} more"));
        }
        report.push(Block::list(ListKind::Bullets, without));
    }
}

fn review_blocks(report: &mut Report, list: &ReviewList<'_>, language: Language) {
    if list.rows.is_empty() {
        report.push(Block::text("No reviews are recorded on this map."));
        return;
    }
    let mut table = Table::new(
        "Reviews, and whether they are still valid",
        [
            Column::new("Subject", 4.0),
            Column::new("By", 2.0),
            Column::new("On", 1.9),
            Column::new("State", 1.6),
            Column::new("Note", 3.0),
        ],
    );
    for row in &list.rows {
        let verdict = match row.state {
            ReviewState::Agreed => Verdict::Good,
            ReviewState::Suspect | ReviewState::KpisChanged | ReviewState::TextOnly => Verdict::Doubtful,
            ReviewState::Altered | ReviewState::Challenged | ReviewState::OfNothing => Verdict::Bad,
            ReviewState::Superseded => Verdict::Open,
        };
        let subject = if row.title.is_empty() {
            row.review.subject.clone()
        } else {
            format!("{} ({})", row.title, row.review.subject)
        };
        table.push([
            Cell::text(subject),
            Cell::text(row.reviewer),
            Cell::text(row.review.on.map(|day| language.short_day(day)).unwrap_or_default()),
            Cell::mark(verdict, row.state.as_str()),
            Cell::text(row.review.note.as_str()),
        ]);
    }
    report.push(Block::Table(table));
    let there = ReviewState::ALL
        .iter()
        .filter(|state| **state != ReviewState::Agreed && list.rows.iter().any(|row| row.state == **state));
    let meanings: Vec<String> = there.map(|state| format!("{state}: {}", state.meaning())).collect();
    if !meanings.is_empty() {
        report.push(Block::list(ListKind::Bullets, meanings));
    }
}

fn since_blocks(report: &mut Report, input: &AuditInput<'_>) {
    if !input.seals.is_empty() {
        let mut table = Table::new(
            "Seals",
            [
                Column::new("Seal", 0.8),
                Column::new("On", 1.9),
                Column::new("By", 1.6),
                Column::new("Findings then", 2.4),
                Column::new("Digest", 5.0),
            ],
        );
        for seal in input.seals {
            let f = seal.findings;
            table.push([
                Cell::text(seal.number.to_string()),
                Cell::text(input.map.language().short_day(seal.on)),
                Cell::text(seal.by.as_str()),
                Cell::text(format!(
                    "{} errors, {} warnings, {} notes",
                    f.errors, f.warnings, f.notes
                )),
                Cell(vec![Inline::Code(seal.digest.clone())]),
            ]);
        }
        report.push(Block::Table(table));
    }
    if !input.sealed_measurements.is_empty() {
        report.push(Block::text(input.sealed_measurements.join(" ")));
    }
    let Some((changes, since)) = input.changes else {
        report.push(Block::text("No seal and no earlier map was given to compare with."));
        return;
    };
    report.extend(change_blocks(changes, since, (2, input.map.language())));
}

fn allowance_blocks(report: &mut Report, map: &BenefitMap) {
    if map.allow.is_empty() {
        report.push(Block::text("The map accepts no finding."));
        return;
    }
    let mut table = Table::new(
        "Findings that the map accepts, and why",
        [
            Column::new("Rule", 2.0),
            Column::new("Subject", 2.0),
            Column::new("Reason", 5.0),
            Column::new("Accepted by", 2.0),
            Column::new("Until", 1.5),
        ],
    );
    for entry in &map.allow {
        let owner = map.owners.iter().find(|owner| owner.id.as_str() == entry.by.trim());
        let by = owner.map_or(entry.by.as_str(), |owner| owner.name.as_str());
        table.push([
            Cell::text(entry.rule.as_str()),
            Cell::text(entry.subject.as_str()),
            Cell::text(entry.reason.as_str()),
            Cell::text(by),
            Cell::text(entry.until.map(|day| map.language().short_day(day)).unwrap_or_default()),
        ]);
    }
    report.push(Block::Table(table));
}
