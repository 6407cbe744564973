//! What a sheet is and what its columns are, once its heads are known: by the heads together, by the values, by the map.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Cell;
use super::super::decision::shown;
use super::super::sheet::letters;
use super::found::{Column, Found, How, unplaced};
use super::grid::Grid;
use super::level::level_of;
use super::mapping::{Meaning, free_name};
use super::role::{ACTIONS, Role, SheetKind};
use crate::map::called::{folded, plain};
use crate::map::{BenefitMap, NodeKind, is_blank};

/// Settles what the sheet is and what its columns are, by all that it shows.
pub(super) fn settle(found: &mut Found, sheet: &str, known: Option<&BenefitMap>) {
    let name = folded(sheet);
    let says = |word: &str| {
        name.split('_')
            .any(|part| part == word || part.strip_suffix('s') == Some(word))
    };
    let has_action = found
        .columns
        .iter()
        .any(|column| ACTIONS.contains(&folded(&column.head).as_str()));
    let has_values = found.has(Role::Baseline) || found.has(Role::Target) || found.has(Role::Kpi);
    let is_risks = found.has(Role::Likelihood) && (found.has(Role::Impact) || found.has(Role::Risk) || says("risk"))
        || says("risk")
            && (found.has(Role::Risk) || found.has(Role::Title) || found.has(Role::Response))
            && !has_values
        || found.has(Role::Risk) && found.has(Role::Response) && !has_values;
    by_levels(found);
    // Levels without numbers beside columns that say what leads where are those of a register.
    let says_links = [Role::Project, Role::DependsOn, Role::LeadsTo]
        .iter()
        .any(|role| found.has(*role));
    let is_logframe = found.has(Role::Level) && (!says_links || has_numbers(found));
    found.kind = if is_risks {
        SheetKind::Risks
    } else if is_logframe {
        SheetKind::Logframe
    } else if has_action
        && !has_values
        && (says("action")
            || says("plan")
            || says("task")
            || !found.has(Role::Title) && !titles_by_kind(found, Doing::Asking))
    {
        SheetKind::Actions
    } else if titles_by_kind(found, Doing::Making) {
        SheetKind::Logframe
    } else {
        SheetKind::Register
    };
    match found.kind {
        SheetKind::Risks => title_from(found, |column| column.meaning == Meaning::Is(Role::Risk)),
        SheetKind::Actions => title_from(found, |column| ACTIONS.contains(&folded(&column.head).as_str())),
        _ => {}
    }
    if found.kind != SheetKind::Risks {
        // Heads of risks alone.
        for role in [Role::Likelihood, Role::Impact, Role::Response] {
            unplace(found, role);
        }
        if found.kind != SheetKind::Actions {
            unplace(found, Role::Status);
            unplace(found, Role::Priority);
        }
    }
    if found.kind == SheetKind::Risks || found.kind == SheetKind::Actions {
        // A benefit beside a risk is what the risk threatens.
        let titled = found
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Is(Role::Title))
            .count();
        if titled > 1 && !found.has(Role::BelongsTo) {
            let benefit = found
                .columns
                .iter_mut()
                .find(|column| column.meaning == Meaning::Is(Role::Title) && NodeKind::named(&column.head).is_some());
            if let Some(column) = benefit {
                column.meaning = Meaning::Is(Role::BelongsTo);
            }
        }
    }
    by_dates(found);
    by_values(found, known);
    if !found.has(Role::Title) && found.has(Role::Kpi) && found.kind == SheetKind::Register {
        found.kind = SheetKind::Kpis;
    }
    without_repeats(found);
}

/// Whether some level has a number.
fn has_numbers(found: &Found) -> bool {
    let Some(column) = found.column(Role::Level) else {
        return false;
    };
    texts(found, column.at).any(|text| level_of(&text).is_some_and(|level| !level.number.is_empty()))
}

/// Makes the first such column the titles, where there is none.
fn title_from(found: &mut Found, is_it: impl Fn(&Column) -> bool) {
    let at = found.columns.iter().position(&is_it);
    if let Some(at) = at {
        for column in &mut found.columns {
            if column.meaning == Meaning::Is(Role::Title) {
                let names_box = NodeKind::named(&column.head).is_some();
                column.meaning = match names_box {
                    true => Meaning::Is(Role::BelongsTo),
                    false => Meaning::Is(Role::Description),
                };
            }
        }
        found.columns[at].meaning = Meaning::Is(Role::Title);
        found.columns[at].how = How::Known;
    } else if !found.has(Role::Title)
        && let Some(column) = found
            .columns
            .iter_mut()
            .find(|column| column.meaning == Meaning::Is(Role::Description))
    {
        column.meaning = Meaning::Is(Role::Title);
    }
}

fn unplace(found: &mut Found, role: Role) {
    for column in &mut found.columns {
        if column.meaning == Meaning::Is(role) && column.how != How::Mapped {
            column.meaning = unplaced(&column.head, column.at);
            column.how = How::Unplaced;
        }
    }
}

fn texts<'f>(found: &'f Found, at: usize) -> impl Iterator<Item = std::borrow::Cow<'f, str>> {
    let cells = found.rows.iter().map(move |row| Grid::cell(row, at));
    cells.filter(|cell| !cell.is_empty()).map(Cell::to_text)
}

/// The share of the cells of a column of which something holds, in hundredths; 0 where it is empty.
fn share(found: &Found, at: usize, holds: impl Fn(&str) -> bool) -> usize {
    let (mut all, mut those) = (0, 0);
    for text in texts(found, at).filter(|text| !is_blank(text)) {
        all += 1;
        those += usize::from(holds(text.trim()));
    }
    (those * 100).checked_div(all).unwrap_or(0)
}

/// Finds the column of levels by its values: `Output 1.1`, `Impact`; a column that is called so without having any is one of
/// categories.
fn by_levels(found: &mut Found) {
    for at in 0..found.columns.len() {
        let column = found.columns[at].clone();
        let is_level = |text: &str| level_of(text).is_some();
        let sure = |text: &str| level_of(text).is_some_and(|level| level.title.is_empty());
        match column.meaning {
            Meaning::Is(Role::Level) if share(found, column.at, is_level) < 40 => {
                found.columns[at].meaning = match found.has(Role::Category) {
                    true => unplaced(&column.head, column.at),
                    false => Meaning::Is(Role::Category),
                };
            }
            Meaning::Is(Role::Category | Role::Id | Role::Title) | Meaning::Free(_)
                if share(found, column.at, sure) >= 70
                    && !found.has(Role::Level)
                    && different_levels(found, column.at) > 1 =>
            {
                found.columns[at].meaning = Meaning::Is(Role::Level);
                found.columns[at].how = How::Values;
            }
            _ => {}
        }
    }
    // `Outcome 1: Farm incomes rise` says level and title in one cell.
    if !found.has(Role::Level)
        && let Some(at) = found
            .columns
            .iter()
            .position(|column| column.meaning == Meaning::Is(Role::Title))
    {
        let column = found.columns[at].at;
        let numbered = |text: &str| level_of(text).is_some_and(|level| !level.title.is_empty());
        if share(found, column, numbered) >= 60 && different_levels(found, column) > 1 {
            found.columns[at].meaning = Meaning::Is(Role::Level);
            found.columns[at].how = How::Values;
        }
    }
}

fn different_levels(found: &Found, at: usize) -> usize {
    let kinds: BTreeSet<NodeKind> = texts(found, at)
        .filter_map(|text| level_of(&text).map(|level| level.kind))
        .collect();
    kinds.len()
}

/// Whether something is only asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Asking,
    Making,
}

/// Whether heads name kinds of box, so that each is a column of titles: `Activity`, `Output`, `Outcome`. They are made so,
/// unless it is only asked.
fn titles_by_kind(found: &mut Found, doing: Doing) -> bool {
    let named = |column: &Column| {
        let linked = matches!(
            column.meaning,
            Meaning::Is(Role::Project | Role::Objective | Role::DependsOn | Role::LeadsTo | Role::BelongsTo)
        );
        let kind = NodeKind::named(&column.head).filter(|_| !linked)?;
        // A measure is one of a benefit here, and no box; `Impact` alone may be that of anything.
        (!matches!(
            column.meaning,
            Meaning::Is(Role::Kpi | Role::Response | Role::Actual | Role::Source | Role::Description)
        ))
        .then_some(kind)
    };
    let kinds: BTreeSet<NodeKind> = found.columns.iter().filter_map(named).collect();
    if kinds.len() < 2 {
        return false;
    }
    if doing == Doing::Asking {
        return true;
    }
    let title = found
        .columns
        .iter()
        .position(|column| column.meaning == Meaning::Is(Role::Title));
    // Beside a column of benefits the others are what leads to them.
    let benefits = title.filter(|at| folded(&found.columns[*at].head).contains("benefit"));
    let mut all_titles = true;
    for at in 0..found.columns.len() {
        let Some(kind) = named(&found.columns[at]) else {
            continue;
        };
        if Some(at) == benefits {
            all_titles = false;
            continue;
        }
        let role = Role::of_kind(kind);
        found.columns[at].meaning = Meaning::Is(role);
        found.columns[at].how = How::Known;
    }
    all_titles
}

/// What columns of bare years are: targets, or amounts of money where there are other targets.
fn by_dates(found: &mut Found) {
    let is_year = |column: &Column| {
        matches!(column.meaning, Meaning::Free(_))
            && column.date.is_some()
            && column.how == How::Unplaced
            && super::heads::is_date(&column.head)
    };
    if !found.columns.iter().any(is_year) {
        return;
    }
    let has_targets = found.has(Role::Target);
    for at in 0..found.columns.len() {
        if !is_year(&found.columns[at]) {
            continue;
        }
        let column = found.columns[at].at;
        let money = share(found, column, |text| {
            super::amount::figure_of(text).is_some_and(|figure| figure.currency().is_some())
        });
        let figures = share(found, column, |text| super::amount::figure_of(text).is_some());
        let role = match () {
            () if figures < 50 => continue,
            () if has_targets || money >= 50 => Role::Amount,
            () => Role::Target,
        };
        found.columns[at].meaning = Meaning::Is(role);
        found.columns[at].how = How::Values;
    }
}

/// What columns are whose heads nobody knows, by their values.
fn by_values(found: &mut Found, known: Option<&BenefitMap>) {
    let (mut titles, mut owners) = (BTreeSet::new(), BTreeSet::new());
    if let Some(map) = known {
        titles.extend(
            map.nodes
                .iter()
                .flat_map(|node| [plain(&node.title), node.id.to_string()]),
        );
        owners.extend(
            map.owners
                .iter()
                .flat_map(|owner| [plain(&owner.name), owner.id.to_string()]),
        );
    }
    for at in 0..found.columns.len() {
        let column = found.columns[at].clone();
        if column.how != How::Unplaced || !matches!(column.meaning, Meaning::Free(_)) {
            continue;
        }
        if !owners.is_empty()
            && !found.has(Role::Owner)
            && share(found, column.at, |text| owners.contains(&plain(text))) >= 60
        {
            (found.columns[at].meaning, found.columns[at].how) = (Meaning::Is(Role::Owner), How::Map);
        } else if !titles.is_empty() && share(found, column.at, |text| titles.contains(&plain(text))) >= 60 {
            let role = match found.has(Role::Title) {
                false if found.kind == SheetKind::Register => Role::Title,
                _ if !found.has(Role::BelongsTo) && found.kind != SheetKind::Register => Role::BelongsTo,
                _ => continue,
            };
            (found.columns[at].meaning, found.columns[at].how) = (Meaning::Is(role), How::Map);
        } else if !found.has(Role::Owner) && share(found, column.at, reads_as_post) >= 60 {
            (found.columns[at].meaning, found.columns[at].how) = (Meaning::Is(Role::Owner), How::Values);
        } else if !found.has(Role::Id)
            && found.kind != SheetKind::Logframe
            && at == 0
            && share(found, column.at, reads_as_code) >= 80
        {
            (found.columns[at].meaning, found.columns[at].how) = (Meaning::Is(Role::Id), How::Values);
        }
    }
    let needs_title = !found.has(Role::Title)
        && !found.has(Role::Level)
        && !found.has(Role::Kpi)
        && found
            .columns
            .iter()
            .all(|column| !matches!(&column.meaning, Meaning::Is(role) if role.kind().is_some()));
    if needs_title {
        // The column of texts that differ most and are longest.
        let weigh = |column: &Column| {
            let all: Vec<String> = texts(found, column.at).map(|text| plain(&text)).collect();
            let different: BTreeSet<&String> = all.iter().collect();
            let words = all.iter().filter(|text| text.contains(' ') && text.len() < 200).count();
            let is_it = matches!(column.meaning, Meaning::Free(_)) || column.meaning == Meaning::Is(Role::Description);
            let enough = different.len() * 10 >= all.len() * 7 && words * 2 >= all.len() && !all.is_empty();
            (is_it && enough).then_some(different.len())
        };
        let best = found
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((weigh(column)?, at)));
        if let Some((_, at)) = best.rev().max_by_key(|(weight, _)| *weight) {
            (found.columns[at].meaning, found.columns[at].how) = (Meaning::Is(Role::Title), How::Values);
        }
    }
}

/// Whether a text names a post, as `Head of Waste`.
fn reads_as_post(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    words.len() <= 8
        && [
            "head",
            "director",
            "manager",
            "lead",
            "officer",
            "chief",
            "deputy",
            "cfo",
            "ceo",
            "cio",
            "councillor",
            "cllr",
            "dr",
            "sro",
            "superintendent",
        ]
        .iter()
        .any(|post| words.contains(post))
}

fn reads_as_code(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    let rest = text[letters..].trim_start_matches(['-', '.', '_', ' ', '/']);
    letters <= 4 && !rest.is_empty() && rest.len() <= 6 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// A second column of a role that a table has once stays a free field.
fn without_repeats(found: &mut Found) {
    let mut seen: BTreeMap<Role, usize> = BTreeMap::new();
    // A head that is known goes before one of which only words are.
    let mut order: Vec<usize> = (0..found.columns.len()).collect();
    order.sort_by_key(|at| match found.columns[*at].how {
        How::Mapped => 0,
        How::Known => 1,
        How::Map => 2,
        How::Words => 3,
        _ => 4,
    });
    for at in order {
        let Meaning::Is(role) = found.columns[at].meaning else {
            continue;
        };
        if role.may_repeat() && (role != Role::Baseline || found.columns[at].date.is_some()) || role.kind().is_some() {
            continue;
        }
        if seen.insert(role, at).is_some() && found.columns[at].how != How::Mapped {
            let column = &mut found.columns[at];
            // Two columns of titles: the longer is the description.
            column.meaning = unplaced(&column.head, column.at);
            column.how = How::Unplaced;
        }
    }
    let (has_description, has_title) = (found.has(Role::Description), found.has(Role::Title));
    if !has_title
        && has_description
        && found.kind != SheetKind::Logframe
        && !found.has(Role::Kpi)
        && let Some(column) = found
            .columns
            .iter_mut()
            .find(|column| column.meaning == Meaning::Is(Role::Description))
    {
        column.meaning = Meaning::Is(Role::Title);
    }
    // Two heads that make one name: the second has its letter.
    let mut names = BTreeSet::new();
    for column in &mut found.columns {
        if let Meaning::Free(name) = &column.meaning
            && !names.insert(name.clone())
        {
            let longer = free_name(&format!("{}-{}", shown(&column.head), letters(column.at)));
            column.meaning = longer.map_or(Meaning::LeftOut, Meaning::Free);
        }
    }
}
