//! `what-if`: what would follow if a part of the map were cut or came later.

use anyhow::{Result, bail};
use benefit_map::appraise::shown::{money, ratio};
use benefit_map::appraise::{
    Assumed, Candidate, Cut, CutMoney, CutValue, Error, KeepAll, LOGIC, Later, Saved, Totals, Touched, TouchedKpi,
    WhatIf as Found, keep_all, what_if_in, what_if_money,
};
use benefit_map::escape::json::pretty;
use benefit_map::finding::nearest;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Link, Node};
use benefit_map::table;
use rust_decimal::Decimal;

use crate::args::{TableFormat, WhatIf};
use crate::cmd::tables::counted;
use crate::files::Files;
use crate::io::Terminal;
use crate::page::{Page, words};
use crate::{Verdict, io, named, output};

/// The longest list that text shows whole.
const LONGEST: usize = 20;

pub fn run(args: &WhatIf, files: &Files, terminal: &Terminal) -> Result<Verdict> {
    let output = output::of("what would follow", args.format, args.output.as_deref())?;
    let document = files.map(&args.map)?;
    let map = &document.map;
    let graph = BenefitGraph::new(map);
    io::warn_of_dangling_links(&graph, &args.map, terminal);
    let option = args.option.as_deref();
    let assumed = Assumed::default();
    let failed = |why: Error| super::appraise::told(&why, &document);
    let keep = match args.keep_all {
        true => Some(keep_all(&graph, option, &assumed).map_err(failed)?),
        false => None,
    };
    let cut = match &keep {
        Some(keep) => left_out(keep),
        None => asked(args, map)?,
    };
    let found = what_if_in(&graph, &cut, option).map_err(failed)?;
    belongs(&cut, &found)?;
    let costs = what_if_money(&graph, (&cut, &found), option, &assumed).map_err(failed)?;
    let bytes = match output.format {
        TableFormat::Json => {
            let mut value = found.as_value(&cut, &costs, &map.currency);
            if let Some(keep) = &keep {
                value["keep_all"] = keep.as_value();
            }
            pretty(&value).into_bytes()
        }
        TableFormat::Csv => table::csv::write(&table::what_if::what_if(&found, &costs, keep.as_ref())),
        TableFormat::Text => {
            let mut page = Page::default();
            if let Some(keep) = &keep {
                kept(keep, &map.currency, &mut page);
            }
            let says = Says {
                map,
                cut: &cut,
                costs: &costs,
            };
            if keep.is_none() || !cut.nodes.is_empty() {
                says.whole(&found, &mut page);
            }
            page.written(&output.place)
        }
    };
    let what = match &keep {
        Some(keep) => format!("{} to keep", counted(keep.kept.len(), "investment", "investments")),
        None => counted(found.lost.len(), "outcome lost", "outcomes lost"),
    };
    files.write(&output.place, &bytes)?.say(what, terminal);
    Ok(Verdict::Clean)
}

/// Refuses a change of what does not belong to the option: nothing would follow from it there.
fn belongs(cut: &Cut, found: &Found) -> Result<()> {
    let Some(option) = &found.option else { return Ok(()) };
    let is_changed = |one: &&Touched| cut.nodes.contains(&one.id) || cut.delays.iter().any(|(id, _)| *id == one.id);
    match found.outside.iter().find(is_changed) {
        Some(one) => bail!(
            "`{}` does not belong to the option `{}`, whose boxes and money are looked at: name another one with --option",
            one.id,
            words(option)
        ),
        None => Ok(()),
    }
}

/// The change that leaves out what need not be kept.
fn left_out(keep: &KeepAll) -> Cut {
    let mut cut = Cut::default();
    cut.nodes = keep.left_out.iter().map(|one| one.investment.id.clone()).collect();
    cut
}

/// The change that was asked for.
fn asked(args: &WhatIf, map: &BenefitMap) -> Result<Cut> {
    let file = args.map.display();
    let mut cut = Cut::default();
    for node in named::find_all::<Node>("--without", &args.without, map, &file)? {
        if !cut.nodes.contains(&node.id) {
            cut.nodes.push(node.id.clone());
        }
    }
    for text in &args.without_assumption {
        let found = assumption(text, map, &file.to_string())?;
        if !cut.assumptions.contains(found) {
            cut.assumptions.push(found.clone());
        }
    }
    for (text, months) in &args.delay {
        let node = named::find::<Node>("--delay", text, map, &file)?;
        if cut.nodes.contains(&node.id) {
            bail!(
                "`{}` is left out and delayed at once: leave out --without or --delay for it",
                node.id
            );
        }
        if cut.delays.iter().any(|(id, _)| *id == node.id) {
            bail!("`{}` is delayed twice: give --delay once for it", node.id);
        }
        cut.delays.push((node.id.clone(), *months));
    }
    Ok(cut)
}

/// Words without regard to case and blanks.
fn folded(text: &str) -> String {
    text.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The one assumption of the map that is named: by its words, or by its link and its place there.
fn assumption<'m>(text: &str, map: &'m BenefitMap, file: &str) -> Result<&'m String> {
    const OPTION: &str = "--without-assumption";
    let all = || map.links.iter().flat_map(|link| &link.assumptions);
    if let Some(found) = all().find(|known| folded(known) == folded(text)) {
        return Ok(found);
    }
    let link = text.split_once("->").and_then(|(from, rest)| {
        let (to, place) = match rest.rsplit_once('#') {
            Some((to, place)) => (to, Some(place.trim().parse::<usize>().ok()?)),
            None => (rest, None),
        };
        let is = |link: &&Link| link.from.as_str() == from.trim() && link.to.as_str() == to.trim();
        let links: Vec<&Link> = map.links.iter().filter(is).collect();
        Some((links, place))
    });
    if let Some((links, place)) = link
        && !links.is_empty()
    {
        let there: Vec<&String> = links.iter().flat_map(|link| &link.assumptions).collect();
        return match (place, there.as_slice()) {
            (_, []) => bail!("{OPTION} names the link `{text}`, but it has no assumptions"),
            (None, [only]) => Ok(only),
            (None, several) => {
                let listed: Vec<String> = several
                    .iter()
                    .enumerate()
                    .map(|(at, text)| format!("#{} {}", at + 1, words(text)))
                    .collect();
                bail!(
                    "{OPTION} names a link with {} assumptions: add the number of one of them, {}",
                    several.len(),
                    listed.join("; ")
                )
            }
            (Some(place), several) => match place.checked_sub(1).and_then(|at| several.get(at)) {
                Some(found) => Ok(found),
                None => bail!("{OPTION} names assumption {place} of a link that has {}", several.len()),
            },
        };
    }
    let hint = match nearest(text, all().map(String::as_str)) {
        Some(near) => format!("did you mean `{}`?", words(near)),
        None if all().next().is_none() => "no link of it has `assumptions`".to_owned(),
        None => "write its words, or its link and its place there, as in `FROM -> TO#1`".to_owned(),
    };
    bail!("{OPTION} names `{text}`, but {file} has no such assumption: {hint}")
}

fn title(title: &str, id: &str) -> String {
    match words(title) {
        title if title.is_empty() => id.to_owned(),
        title => format!("{title} [{id}]"),
    }
}

fn named_node(node: &Touched) -> String {
    format!(
        "{}, {}",
        title(&node.title, node.id.as_str()),
        node.kind.label().to_lowercase()
    )
}

fn named_kpi(kpi: &TouchedKpi) -> String {
    title(&kpi.title, kpi.id.as_str())
}

/// A heading with what is under it; nothing where that is empty.
fn list<T>(page: &mut Page, heading: &str, all: &[T], line: impl Fn(&T) -> String) {
    if all.is_empty() {
        return;
    }
    page.gap();
    page.line(format!("{heading} ({})", all.len()));
    for one in all.iter().take(LONGEST) {
        page.line(format!("  {}", line(one)));
    }
    if let Some(more) = all.len().checked_sub(LONGEST).filter(|more| *more > 0) {
        page.line(format!("  … and {more} more: see --format json"));
    }
}

/// An amount beside what it is of.
fn amount(text: &str, of: &str) -> String {
    format!("{text:>16}  {of}")
}

fn currency(currency: &str) -> String {
    match words(currency) {
        empty if empty.is_empty() => "units of money (the map names no currency)".to_owned(),
        currency => currency,
    }
}

fn kept(keep: &KeepAll, unit: &str, page: &mut Page) {
    let basis = if keep.is_present_value {
        "present values"
    } else {
        "sums that are not discounted"
    };
    page.line(format!(
        "Cheapest investments that keep every end outcome in sight ({}), in {}, {basis}",
        keep.in_sight,
        currency(unit)
    ));
    page.line(match keep.is_exact() {
        true => "This is exact: no other choice is cheaper.".to_owned(),
        false => format!(
            "This is not proven to be the cheapest: another choice may be cheaper, but none costs less than {}.",
            money(keep.at_least)
        ),
    });
    let line = |one: &Candidate| {
        let cost = one.cost.map_or("no cost in the map".to_owned(), money);
        amount(&cost, &title(&one.investment.title, one.investment.id.as_str()))
    };
    list(page, "Keep", &keep.kept, line);
    list(page, "Can be left out", &keep.left_out, line);
    list(
        page,
        "End outcomes that no investment leads to, whatever is kept",
        &keep.out_of_sight,
        named_node,
    );
    page.gap();
    page.line(amount(
        &money(keep.cost),
        "cost of those to keep, with every box that they lead to",
    ));
    page.line(amount(
        &money(keep.cost_of_all),
        "cost of all investments, with every box that they lead to",
    ));
    let unknown = keep
        .kept
        .iter()
        .chain(&keep.left_out)
        .filter(|one| one.cost.is_none())
        .count();
    if unknown > 0 {
        page.line(format!(
            "{} no cost in the map and count{} as 0 here: add the costs before you rely on this.",
            if unknown == 1 {
                "1 investment has".to_owned()
            } else {
                format!("{unknown} investments have")
            },
            if unknown == 1 { "s" } else { "" }
        ));
    }
    if !keep.below_zero.is_empty() {
        let ids: Vec<&str> = keep.below_zero.iter().map(|id| id.as_str()).collect();
        page.line(format!("Costs below 0 count as 0 here: {}", ids.join(", ")));
    }
    if keep.left_out.is_empty() {
        page.line("Every investment is needed.");
        page.line(LOGIC);
    } else {
        page.gap();
    }
}

/// What is said of a change.
struct Says<'a> {
    map: &'a BenefitMap,
    cut: &'a Cut,
    costs: &'a CutMoney,
}

impl Says<'_> {
    fn whole(&self, found: &Found, page: &mut Page) {
        if !found.without.is_empty() {
            let left: Vec<String> = found.without.iter().map(named_node).collect();
            page.line(format!("Without {}", left.join("; ")));
        }
        for text in &self.cut.assumptions {
            let rest = self
                .map
                .links
                .iter()
                .filter(|link| link.assumptions.contains(text))
                .count();
            page.line(format!(
                "If this does not hold: {} ({})",
                words(text),
                counted(rest, "link rests on it", "links rest on it")
            ));
        }
        for (id, months) in &self.cut.delays {
            page.line(format!(
                "If {id} comes {} later",
                counted(usize::from(*months), "month", "months")
            ));
        }
        if let Some(option) = &found.option {
            page.line(format!(
                "In the option `{}`, to which {} of the map {} not belong",
                words(option),
                counted(found.outside.len(), "box", "boxes"),
                if found.outside.len() == 1 { "does" } else { "do" }
            ));
        }
        page.line(LOGIC);
        if found.lost.is_empty() && (!found.without.is_empty() || !found.cut_links.is_empty()) {
            page.gap();
            page.line("No outcome loses its line of sight to an investment.");
        }
        list(
            page,
            "Outcomes that lose line of sight: no chain from an investment does them good any more",
            &found.lost,
            named_node,
        );
        list(
            page,
            "Outcomes that keep line of sight by fewer chains",
            &found.weakened,
            named_node,
        );
        list(
            page,
            "Harm that is no longer brought about",
            &found.no_more_harm,
            named_node,
        );
        list(page, "KPIs that lose support", &found.kpis_lost, named_kpi);
        list(page, "KPIs that keep some support", &found.kpis_weakened, named_kpi);
        list(page, "No investment leads to these any more", &found.unpaid, named_node);
        list(
            page,
            "These lead to no end outcome any more",
            &found.leads_nowhere,
            named_node,
        );
        list(
            page,
            "End outcomes that no investment leads to as the map is",
            &found.out_of_sight_before,
            named_node,
        );
        list(page, "Later", &found.later, later);
        self.money(page);
    }

    fn money(&self, page: &mut Page) {
        let costs = self.costs;
        page.gap();
        let unit = currency(&self.map.currency);
        page.line(match &costs.value {
            Some(value) => format!("Money: present values in {unit}, option `{}`", words(&value.option)),
            None => format!("Money: sums in {unit}, not discounted, as the map has no appraisal"),
        });
        let sum = |sum: Option<Decimal>| sum.map_or("too large".to_owned(), money);
        let mut rows = vec![(sum(costs.saved_sum()), "saved: costs of what is left out".to_owned())];
        if costs.without_cost > 0 {
            let boxes = counted(
                costs.without_cost,
                "box that is left out has",
                "boxes that are left out have",
            );
            rows.push(("not known".to_owned(), format!("{boxes} no cost in the map")));
        }
        if !costs.idle.is_empty() {
            let of = "could be saved too: costs of what then has no use".to_owned();
            rows.push((sum(costs.idle_sum()), of));
            let line = |one: &Saved| (money(one.amount), format!("  {}", title(&one.title, one.node.as_str())));
            rows.extend(costs.idle.iter().take(LONGEST).map(line));
        }
        if let Some(value) = &costs.value {
            self.value(value, &mut rows);
        }
        let width = rows.iter().map(|(figure, _)| figure.chars().count()).max().unwrap_or(0);
        for (figure, of) in rows {
            page.line(format!("  {figure:>width$}  {of}"));
        }
        if costs.value.is_some() && !self.cut.delays.is_empty() {
            page.line("Costs stay in their years: what a delay itself costs is not in the map.");
        }
    }

    fn value(&self, value: &CutValue, rows: &mut Vec<(String, String)>) {
        let Some((least, most)) = value.lost_sum() else { return };
        let range = |least: Decimal, most: Decimal| match least == most {
            true => money(least),
            false => format!("{} to {}", money(least), money(most)),
        };
        let of = if least == most { "" } else { ", at least and at most" };
        rows.push((range(least, most), format!("value of benefits lost{of}")));
        for one in value.lost.iter().take(LONGEST) {
            let of = format!("  {}", title(&one.title, one.kpi.as_str()));
            rows.push((range(one.at_least, one.at_most), of));
        }
        if let Some(more) = value.lost.len().checked_sub(LONGEST).filter(|more| *more > 0) {
            rows.push((String::new(), format!("  … and {more} more: see --format json")));
        }
        let net = |total: &Totals, of: &str| (money(total.npsv), format!("{of}, ratio {}", ratio(total.bcr)));
        rows.push(net(&value.before, "net value as the map is"));
        match value.worst == value.best {
            true => rows.push(net(&value.best, "net value then")),
            false => rows.extend([
                net(&value.worst, "net value then, at worst"),
                net(&value.best, "net value then, at best"),
            ]),
        }
    }
}

fn later(one: &Later) -> String {
    let what = match &one.kpi {
        Some(kpi) => format!("last target of {}", title(&one.title, kpi.as_str())),
        None => title(&one.title, one.node.as_str()),
    };
    let months = match (one.at_least, one.at_most) {
        (least, most) if least == most => counted(usize::from(most), "month", "months"),
        (0, most) => format!("up to {}", counted(usize::from(most), "month", "months")),
        (least, most) => format!("{least} to {most} months"),
    };
    let dates = match (one.due, one.then()) {
        (Some(due), Some(then)) => format!(": {} instead of {}", then.spelled(), due.spelled()),
        _ => String::new(),
    };
    format!("{what}, {months}{dates}")
}
