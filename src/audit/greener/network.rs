//! Nodes and links that ask for less, cost less or do less harm than they did.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::callout::{Callout, Callouts, Place, Reason, stated};
use super::kpis::plain;
use super::matched::{Both, matched};
use crate::finding::Subject;
use crate::map::{BenefitMap, Cost, Day, Effect, Evidence, Link, Node, NodeId, NodeKind, Number, PartnerId, Strength};

/// What is called out of nodes.
pub(super) fn nodes(old: &BenefitMap, new: &BenefitMap, out: &mut Callouts) {
    for both in matched(&old.nodes, &new.nodes, |node| node.id.clone()) {
        match both {
            (Some(node), None) => removed_node(node, old, out),
            (Some(before), Some(after)) if before != after => {
                let of = NodePair {
                    old: before,
                    new: after,
                    place: Place::new(Subject::Node(after.id.clone()), &after.title),
                    currency: (&old.currency, &new.currency),
                };
                of.kind(out);
                of.marks(out);
                of.days(out);
                of.cost(out);
                of.partners(out);
            }
            _ => {}
        }
    }
}

fn removed_node(node: &Node, old: &BenefitMap, out: &mut Callouts) {
    let place = Place::new(Subject::Node(node.id.clone()), &node.title);
    if node.kind.is_outcome() {
        let (reason, what) = match node.disbenefit {
            true => (Reason::RemovedDisbenefit, "a disbenefit is gone"),
            false => (Reason::RemovedOutcome, "an outcome is gone, with what it promised"),
        };
        out.push(place.call(reason, "", what).was(node.kind, ""));
    }
    let cost = sum(node);
    if cost > Decimal::ZERO {
        let call = place.call(Reason::RemovedCost, "cost", "its cost is gone with it");
        out.push(call.was(money(cost, &old.currency), ""));
    }
}

fn sum(node: &Node) -> Decimal {
    node.cost.iter().map(Cost::in_all).sum()
}

fn money(amount: Decimal, currency: &str) -> String {
    let amount = Number::rounded(amount).map_or_else(|| amount.to_string(), Number::grouped);
    plain(&format!("{currency} {amount}"))
}

struct NodePair<'m> {
    old: &'m Node,
    new: &'m Node,
    place: Place,
    /// That of the old map and of the new one.
    currency: (&'m str, &'m str),
}

/// How much is asked of a kind of node: of outcomes owners, KPIs and a line of sight, of end outcomes all of it; of an
/// investment that it has a cost and helps; of an enabler that a business change makes use of it.
fn asked(kind: NodeKind) -> u8 {
    match kind {
        NodeKind::BusinessChange => 0,
        NodeKind::Enabler => 1,
        NodeKind::Investment => 2,
        NodeKind::IntermediateOutcome => 3,
        NodeKind::EndOutcome => 4,
    }
}

impl NodePair<'_> {
    fn call(&self, reason: Reason, field: &str, what: &str) -> Callout {
        self.place.call(reason, field, what)
    }

    fn kind(&self, out: &mut Callouts) {
        let (was, is) = (self.old.kind, self.new.kind);
        if was == is {
            return;
        }
        let call = self
            .call(Reason::OtherKind, "kind", "it is of another kind")
            .was(was, is);
        out.push(match asked(is) < asked(was) {
            true => call.note("less is asked of that"),
            false => call
                .note("more is asked of that, but coverage counts it otherwise")
                .open(),
        });
    }

    fn marks(&self, out: &mut Callouts) {
        let (old, new) = (self.old, self.new);
        let told = |yes: bool| if yes { "yes" } else { "no" };
        let mut mark = |field: &str, was: bool, is: bool, call: Option<Callout>| {
            if was != is {
                let call = call.map(|mut call| {
                    field.clone_into(&mut call.field);
                    call.was(told(was), told(is))
                });
                out.extend(call);
            }
        };
        let call = match new.disbenefit {
            false => self.call(Reason::NoLongerDisbenefit, "", "it no longer counts as a disbenefit"),
            true => self
                .call(Reason::NowDisbenefit, "", "it counts as a disbenefit")
                .note("nothing needs to help it any more, and what hinders it does good")
                .open(),
        };
        mark("disbenefit", old.disbenefit, new.disbenefit, Some(call));
        let call = match new.unintended {
            false => self
                .call(Reason::NoLongerUnintended, "", "it is no longer marked as unintended")
                .note("unintended outcomes must be measured"),
            true => self
                .call(Reason::NowUnintended, "", "it is marked as unintended")
                .note("nobody aims at it, so less is asked of it")
                .open(),
        };
        mark("unintended", old.unintended, new.unintended, Some(call));
        let call = (new.quick_win).then(|| self.call(Reason::NowQuickWin, "", "it is marked as a quick win"));
        mark("quick_win", old.quick_win, new.quick_win, call);
    }

    fn days(&self, out: &mut Callouts) {
        let (was, is) = (self.old.due, self.new.due);
        match (was, is) {
            (Some(a), Some(b)) if b > a => {
                out.push(self.call(Reason::LaterDue, "due", "it is due later").was(a, b));
            }
            (Some(a), None) => out.push(
                self.call(Reason::RemovedDue, "due", "it no longer has a due date")
                    .was(a, ""),
            ),
            _ => {}
        }
        let (was, is) = (self.old.start, self.new.start);
        match (was, is) {
            (Some(a), Some(b)) if b > a => {
                out.push(self.call(Reason::LaterStart, "start", "it begins later").was(a, b));
            }
            (Some(a), None) => {
                let call = self.call(Reason::LaterStart, "start", "its start is no longer given");
                out.push(call.was(a, "").open());
            }
            _ => {}
        }
    }

    fn cost(&self, out: &mut Callouts) {
        let (was, is) = (sum(self.old), sum(self.new));
        if is >= was {
            // With less money that comes in, the costs that are covered can be a larger share of all.
            let comes_in = |node: &Node| -> Decimal {
                let all = node.cost.iter().map(Cost::in_all);
                all.filter(Decimal::is_sign_negative).sum()
            };
            if comes_in(self.old) < comes_in(self.new) {
                let call = self.call(Reason::SmallerIncome, "cost", "less money comes in");
                let call = call.was(
                    money(comes_in(self.old), self.currency.0),
                    money(comes_in(self.new), self.currency.1),
                );
                out.push(call.note("costs below 0 count for less").open());
            }
            return;
        }
        let amounts = |node: &Node| -> Decimal { node.cost.iter().map(|cost| cost.amount.decimal()).sum() };
        let (reason, what) = match (self.new.cost.is_empty(), amounts(self.new) < amounts(self.old)) {
            (true, _) => (Reason::RemovedCost, "it has no cost any more"),
            (false, true) => (Reason::LowerCost, "it costs less"),
            (false, false) => (Reason::LowerCost, "it is paid for fewer years"),
        };
        let after = match self.new.cost.is_empty() {
            true => String::new(),
            false => money(is, self.currency.1),
        };
        let call = self.call(reason, "cost", what).was(money(was, self.currency.0), after);
        out.push(match self.currency.0 == self.currency.1 {
            true => call,
            false => call.note("amounts of two currencies cannot be compared").open(),
        });
    }

    fn partners(&self, out: &mut Callouts) {
        let gains = |node: &Node| node.kind.is_outcome() && !node.disbenefit && !node.unintended;
        let gone: Vec<&PartnerId> = self
            .old
            .partners
            .iter()
            .filter(|id| !self.new.partners.contains(id))
            .collect();
        if gone.is_empty() || gains(self.old) {
            return;
        }
        let listed = |ids: &[PartnerId]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("; ");
        let call = self.call(Reason::FewerPartners, "partners", "fewer partners work on it");
        let call = call.was(listed(&self.old.partners), listed(&self.new.partners));
        out.push(call.note("whose share in the benefits is then not asked for").open());
    }
}

/// What is called out of links. `gained` says whether anything gained a line of sight.
pub(super) fn links(old: &BenefitMap, new: &BenefitMap, gained: Gained, out: &mut Callouts) {
    let titles: BTreeMap<&NodeId, &str> = {
        let all = new.nodes.iter().chain(&old.nodes).rev();
        all.map(|node| (&node.id, node.title.as_str())).collect()
    };
    let marked = old.nodes.iter().filter(|node| node.disbenefit);
    let marked: BTreeSet<&NodeId> = marked.map(|node| &node.id).collect();
    let disbenefits = |id: &NodeId| marked.contains(id);
    let mut shares: Option<BTreeMap<&NodeId, Decimal>> = None;
    for both in matched(&old.links, &new.links, |link| (&link.from, &link.to)) {
        let ((Some(link), _) | (None, Some(link))) = both else {
            continue;
        };
        let named = |id| titles.get(id).copied().filter(|title| !title.is_empty());
        let title = named(&link.from).zip(named(&link.to));
        let title = title.map_or(String::new(), |(a, b)| format!("{a} → {b}"));
        let subject = Subject::Link {
            from: link.from.clone(),
            to: link.to.clone(),
        };
        let place = Place::new(subject, &title);
        match both {
            (Some(before), None) => removed_link(before, &place, &disbenefits, out),
            (Some(before), Some(after)) if before != after => {
                turned(before, after, &place, &disbenefits, out);
                feedback((before, after), &place, gained, out);
                evidence(before, after, &place, out);
                if before.contribution != after.contribution {
                    let shares = shares.get_or_insert_with(|| shared_out(old));
                    contribution(before, after, &place, shares.get(&before.to).copied(), out);
                }
                assumptions(before, after, &place, out);
            }
            _ => {}
        }
    }
}

/// Whether anything on the map gained a line of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) enum Gained {
    Something,
    Nothing,
}

fn removed_link(link: &Link, place: &Place, disbenefit: &dyn Fn(&NodeId) -> bool, out: &mut Callouts) {
    match (link.effect, disbenefit(&link.to)) {
        (Effect::Hinders, false) => {
            let call = place.call(Reason::RemovedHinderingLink, "", "a link that hinders is gone");
            out.push(call.was(link.effect, ""));
        }
        (Effect::Supports, true) => {
            let call = place.call(
                Reason::RemovedHarmfulLink,
                "",
                "a link that brings about a disbenefit is gone",
            );
            out.push(call.was(link.effect, ""));
        }
        _ => {}
    }
}

fn turned(old: &Link, new: &Link, place: &Place, disbenefit: &dyn Fn(&NodeId) -> bool, out: &mut Callouts) {
    if old.effect == new.effect {
        return;
    }
    let what = match new.effect {
        Effect::Supports => "it helps where it hindered",
        Effect::Hinders => "it hinders where it helped",
    };
    let call = place
        .call(Reason::TurnedLink, "effect", what)
        .was(old.effect, new.effect);
    let does_good = (new.effect == Effect::Supports) != disbenefit(&new.to);
    out.push(match does_good {
        true => call.note("chains that did harm do good now"),
        false => call
            .note("chains along it do the opposite of what they did, and so do warnings")
            .open(),
    });
}

fn feedback((old, new): (&Link, &Link), place: &Place, gained: Gained, out: &mut Callouts) {
    let told = |link: &Link| if link.feedback { "yes" } else { "no" };
    match (old.feedback, new.feedback) {
        (false, true) => {
            let call = place
                .call(Reason::NowFeedback, "feedback", "it is marked as feedback")
                .was(told(old), told(new));
            out.push(call.note("feedback needs no evidence, and carries no warning"));
        }
        (true, false) if gained == Gained::Something => {
            let call = place.call(Reason::NoLongerFeedback, "feedback", "it is no longer feedback");
            let call = call.was(told(old), told(new));
            out.push(call.note("lines of sight run along it now, and so do warnings").open());
        }
        _ => {}
    }
}

/// How much a piece of evidence counts: what nobody has weighed is evidence, and no weak one.
fn weight(evidence: &Evidence) -> u8 {
    match evidence.strength {
        Some(Strength::Assumed) => 0,
        None => 1,
        Some(Strength::Weak) => 2,
        Some(Strength::Moderate) => 3,
        Some(Strength::Strong) => 4,
    }
}

/// Whether the two name one source: the same address, or the same words.
fn is_same_source(a: &Evidence, b: &Evidence) -> bool {
    let words = |evidence: &Evidence| plain(&evidence.source).to_lowercase();
    let same_url = !a.url.trim().is_empty() && a.url.trim() == b.url.trim();
    same_url || (!words(a).is_empty() && words(a) == words(b))
}

fn evidence(old: &Link, new: &Link, place: &Place, out: &mut Callouts) {
    let strength = |evidence: &Evidence| evidence.strength.map_or("not weighed", Strength::as_str);
    let named = |evidence: &Evidence| match plain(&evidence.source) {
        source if source.is_empty() => plain(&evidence.url),
        source => source,
    };
    for after in new.evidence.iter().filter(|evidence| evidence.is_cited()) {
        let known = old.evidence.iter().filter(|before| is_same_source(before, after));
        let Some(before) = known.max_by_key(|before| weight(before)) else {
            continue;
        };
        if weight(after) > weight(before) {
            let what = "the same source counts as stronger evidence";
            let call = place.call(Reason::StrongerEvidence, "evidence", what);
            let source = format!("the source is {}", named(after));
            out.push(call.was(strength(before), strength(after)).note(source));
        }
    }
}

/// For every node, the shares of it that links are said to bring about, added up.
fn shared_out(map: &BenefitMap) -> BTreeMap<&NodeId, Decimal> {
    let mut sums: BTreeMap<&NodeId, Decimal> = BTreeMap::new();
    for link in map.links.iter().filter(|link| !link.feedback && link.from != link.to) {
        if let Some(share) = link.contribution {
            *sums.entry(&link.to).or_default() += share.decimal();
        }
    }
    sums
}

fn contribution(old: &Link, new: &Link, place: &Place, whole: Option<Decimal>, out: &mut Callouts) {
    let Some(before) = old.contribution else { return };
    let cited = |link: &Link| {
        link.evidence
            .iter()
            .filter(|e| e.is_cited())
            .cloned()
            .collect::<Vec<_>>()
    };
    let known = cited(old);
    let is_new = |evidence: &Evidence| !known.iter().any(|other| is_same_source(other, evidence));
    let raised = new.contribution.is_some_and(|after| after > before);
    if raised {
        if !cited(new).iter().any(is_new) {
            let what = "it brings about a larger share, without a new source";
            let call = place.call(Reason::LargerShare, "contribution", what);
            out.push(call.was(before, stated(new.contribution)));
        }
    } else if let Some(whole) = whole.filter(|whole| *whole > Decimal::ONE) {
        let what = "it brings about a smaller share";
        let call = place
            .call(Reason::SmallerShare, "contribution", what)
            .was(before, stated(new.contribution));
        let percent = (whole * Decimal::ONE_HUNDRED).round_dp(1).normalize();
        out.push(
            call.note(format!("the shares of {} came to {percent}% before", old.to))
                .open(),
        );
    }
}

fn assumptions(old: &Link, new: &Link, place: &Place, out: &mut Callouts) {
    let words = |link: &Link| {
        link.assumptions
            .iter()
            .map(|text| plain(text))
            .filter(|t| !t.is_empty())
            .collect()
    };
    let (was, is): (Vec<String>, Vec<String>) = (words(old), words(new));
    let gone: Vec<&str> = was
        .iter()
        .filter(|text| !is.contains(text))
        .map(String::as_str)
        .collect();
    let come: Vec<&str> = is
        .iter()
        .filter(|text| !was.contains(text))
        .map(String::as_str)
        .collect();
    if gone.is_empty() {
        return;
    }
    let call = match gone.len() {
        1 => place.call(Reason::RemovedAssumption, "assumptions", "an assumption is gone"),
        more => place.call(
            Reason::RemovedAssumption,
            "assumptions",
            format!("{more} assumptions are gone"),
        ),
    };
    let call = call.was(gone.join("; "), come.join("; "));
    out.push(match come.len() >= gone.len() {
        true => call
            .note("whether the one in its place says as much cannot be seen")
            .open(),
        false => call,
    });
}

/// A day that comes later, or none in place of one.
pub(super) fn is_later(before: Option<Day>, after: Option<Day>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => after > before,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Both records where there are two and they differ.
pub(super) fn differing<'m, T: PartialEq>(both: Both<'m, T>) -> Option<(&'m T, &'m T)> {
    match both {
        (Some(old), Some(new)) if old != new => Some((old, new)),
        _ => None,
    }
}
