//! Chains, loops, bottlenecks, early warnings and money upstream, worked out again by walking every way there is.
//!
//! From the words of `docs/audit.md`, `docs/tracking.md`, `docs/rules/` and the register's columns; nothing is shared with
//! the program but the map that is given to both.

use std::collections::{BTreeMap, BTreeSet};

use benefit_map::audit;
use benefit_map::check::{Options, Profile, check};
use benefit_map::finding::{Finding, Report};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Effect, KpiId, Number};
use benefit_map::table::benefit_register;
use benefit_map::track::{Measurement, Measurements, standing};
use proptest::prelude::*;
use serde_json::json;

const KINDS: [&str; 5] = [
    "investment",
    "enabler",
    "business-change",
    "intermediate-outcome",
    "end-outcome",
];
/// What backs a link, the worst first; where it is not weighed a source is named and no more.
const STRENGTHS: [&str; 5] = ["assumed", "", "weak", "moderate", "strong"];

#[derive(Debug, Clone)]
struct Spot {
    kind: usize,
    disbenefit: bool,
    /// Measured at nothing where a hundred was planned.
    off_track: bool,
    costs: Vec<i32>,
}

#[derive(Debug, Clone)]
struct Arrow {
    from: usize,
    to: usize,
    feedback: bool,
    hinders: bool,
    /// From 0, the place among the strengths.
    strength: Option<usize>,
}

#[derive(Debug, Clone)]
struct Net {
    boxes: Vec<Spot>,
    arrows: Vec<Arrow>,
}

fn name(at: usize) -> String {
    format!("n{at}")
}

fn number(id: &str) -> usize {
    id[1..].parse().unwrap()
}

prop_compose! {
    fn nets()(count in 1usize..9)(
        boxes in proptest::collection::vec(
            (0..5usize, proptest::bool::weighted(0.2), proptest::bool::weighted(0.3), proptest::collection::vec(-20i32..500, 0..3)),
            count,
        ),
        arrows in proptest::collection::vec(
            (0..count, 0..count, proptest::bool::weighted(0.1), proptest::bool::weighted(0.25), proptest::option::of(0..5usize)),
            0..18,
        ),
    ) -> Net {
        let boxes = boxes.into_iter().map(|(kind, disbenefit, off_track, costs)| Spot { kind, disbenefit, off_track, costs });
        let arrows = arrows.into_iter().map(|(from, to, feedback, hinders, strength)| Arrow { from, to, feedback, hinders, strength });
        Net { boxes: boxes.collect(), arrows: arrows.collect() }
    }
}

prop_compose! {
    /// Without loops, and with nothing that leads to an investment.
    fn staged()(mut net in nets()) -> Net {
        net.boxes.sort_by_key(|at| at.kind);
        for arrow in &mut net.arrows {
            (arrow.from, arrow.to) = (arrow.from.min(arrow.to), arrow.from.max(arrow.to));
        }
        let kinds: Vec<usize> = net.boxes.iter().map(|at| at.kind).collect();
        net.arrows.retain(|arrow| arrow.from != arrow.to && kinds[arrow.to] > 0);
        net
    }
}

impl Net {
    fn map(&self) -> BenefitMap {
        let nodes = self.boxes.iter().enumerate();
        let nodes: Vec<_> = nodes
            .map(|(at, node)| {
                let costs = node.costs.iter().map(|amount| json!({"year": "2026-27", "amount": amount}));
                json!({"id": name(at), "kind": KINDS[node.kind], "title": format!("Box {at}"), "disbenefit": node.disbenefit,
                       "cost": costs.collect::<Vec<_>>()})
            })
            .collect();
        let links = self.arrows.iter().map(|arrow| {
            let mut link = json!({"from": name(arrow.from), "to": name(arrow.to), "feedback": arrow.feedback,
                                  "effect": if arrow.hinders { "hinders" } else { "supports" }});
            if let Some(strength) = arrow.strength {
                let mut evidence = json!({"source": "Trial in two towns, 2024", "strength": STRENGTHS[strength]});
                if STRENGTHS[strength].is_empty() {
                    evidence.as_object_mut().unwrap().remove("strength");
                }
                link["evidence"] = json!([evidence]);
            }
            link
        });
        let measured = self.boxes.iter().enumerate().filter(|(_, node)| node.off_track);
        let kpis = measured.map(|(at, _)| {
            json!({"id": name(at), "node": name(at), "title": "Share", "direction": "increase",
                   "baseline": {"date": "2026-01-01", "value": 100}, "targets": [{"date": "2027-12-31", "value": 200}]})
        });
        serde_json::from_value(
            json!({"format": 1, "title": "Net", "nodes": nodes, "links": links.collect::<Vec<_>>(),
                                      "kpis": kpis.collect::<Vec<_>>()}),
        )
        .unwrap()
    }

    fn flowing(&self) -> impl Iterator<Item = &Arrow> {
        self.arrows
            .iter()
            .filter(|arrow| !arrow.feedback && arrow.from != arrow.to)
    }

    /// What carries an early warning, also from a box to itself.
    fn carrying(&self) -> impl Iterator<Item = &Arrow> {
        self.arrows.iter().filter(|arrow| !arrow.feedback)
    }

    /// The pairs that something flows between, each once, with the best that backs it: 0 for nothing.
    fn pairs(&self) -> BTreeMap<(usize, usize), usize> {
        let mut pairs = BTreeMap::new();
        for arrow in self.flowing() {
            let best: &mut usize = pairs.entry((arrow.from, arrow.to)).or_default();
            *best = (*best).max(arrow.strength.map_or(0, |strength| strength + 1));
        }
        pairs
    }

    /// What is reached from each box along the pairs, the box itself only where a loop leads back.
    fn reached(&self) -> Vec<BTreeSet<usize>> {
        let pairs: BTreeSet<(usize, usize)> = self.pairs().into_keys().collect();
        let mut reached: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.boxes.len()];
        for _ in 0..self.boxes.len() {
            for (from, to) in &pairs {
                let mut more = reached[*to].clone();
                more.insert(*to);
                reached[*from].extend(more);
            }
        }
        reached
    }
}

/// Every chain from `at` on that passes no box twice and ends in `to`.
fn chains(at: usize, to: usize, pairs: &BTreeSet<(usize, usize)>, passed: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
    passed.push(at);
    if at == to && passed.len() > 1 {
        out.push(passed.clone());
    } else {
        for (_, next) in pairs.range((at, 0)..(at + 1, 0)) {
            if !passed.contains(next) {
                chains(*next, to, pairs, passed, out);
            }
        }
    }
    passed.pop();
}

fn all_chains(from: usize, to: usize, pairs: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    chains(from, to, pairs, &mut Vec::new(), &mut out);
    out
}

fn audited(map: &BenefitMap) -> Report {
    check(&BenefitGraph::new(map), &Options::new(Profile::Audit))
}

fn of_rule<'r>(report: &'r Report, code: &'r str) -> impl Iterator<Item = &'r Finding> {
    report.findings.iter().filter(move |finding| finding.code == code)
}

/// The ends of `link a -> b`.
fn ends(subject: &str) -> (usize, usize) {
    let (from, to) = subject.strip_prefix("link ").unwrap().split_once(" -> ").unwrap();
    (number(from), number(to))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn chains_are_all_there_are_the_best_first(net in nets()) {
        let map = net.map();
        let graph = BenefitGraph::new(&map);
        let backing = net.pairs();
        let pairs: BTreeSet<(usize, usize)> = backing.keys().copied().collect();
        let reached = net.reached();
        for (from, to) in (0..net.boxes.len()).flat_map(|from| (0..net.boxes.len()).map(move |to| (from, to))) {
            if from == to { continue }
            let mut told = all_chains(from, to, &pairs);
            let weakest = |chain: &Vec<usize>| chain.windows(2).map(|step| backing[&(step[0], step[1])]).min().unwrap();
            let ids = |chain: &Vec<usize>| chain.iter().map(|at| name(*at)).collect::<Vec<_>>();
            told.sort_by_key(|chain| (std::cmp::Reverse(weakest(chain)), chain.len(), ids(chain)));
            let ix = |at: usize| graph.find(&name(at)).unwrap();
            let list = audit::chains(&graph, ix(from), ix(to), 10_000);
            let listed: Vec<Vec<usize>> = list.chains.iter().map(|chain| {
                let mut at = vec![number(chain.start.id.as_str())];
                at.extend(chain.steps.iter().map(|step| number(step.node.id.as_str())));
                at
            }).collect();
            // Chains that are as good and as long come in any order that the ids of their boxes give.
            prop_assert_eq!(&listed, &told, "{} to {}: {:?}", from, to, net);
            let loops = (0..net.boxes.len()).any(|at| reached[at].contains(&at)
                && (at == from || reached[from].contains(&at)) && (at == to || reached[at].contains(&to)));
            let count: usize = list.count.digits().parse().unwrap();
            prop_assert!(count <= told.len() && (loops || count == told.len()), "{} to {}: {} of {}: {:?}", from, to, count, told.len(), net);
            prop_assert!(loops || !list.count.is_lower_bound(), "{:?}", net);
            prop_assert!(count == told.len() || list.count.is_lower_bound(), "{:?}", net);
            prop_assert_eq!(list.chains.iter().map(|chain| chain.backing as usize).collect::<Vec<_>>(),
                told.iter().map(weakest).collect::<Vec<_>>(), "{:?}", net);
        }
    }

    #[test]
    fn links_to_oneself_twice_and_in_loops_and_boxes_that_stand_alone_are_found(net in nets()) {
        let map = net.map();
        let report = audited(&map);
        let found = |code: &str| of_rule(&report, code).map(|finding| finding.subject.to_string()).collect::<Vec<_>>();
        let to_itself: BTreeSet<usize> = net.arrows.iter().filter(|a| a.from == a.to).map(|a| a.from).collect();
        let mut told: Vec<usize> = found("BM103").iter().map(|subject| ends(subject).0).collect();
        told.sort_unstable();
        prop_assert_eq!(told, to_itself.into_iter().collect::<Vec<_>>(), "{:?}", net);

        let mut times: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for arrow in net.arrows.iter().filter(|arrow| arrow.from != arrow.to) {
            *times.entry((arrow.from, arrow.to)).or_default() += 1;
        }
        let twice: Vec<(usize, usize)> = times.iter().filter(|(_, times)| **times > 1).map(|(pair, _)| *pair).collect();
        let mut told: Vec<(usize, usize)> = found("BM104").iter().map(|subject| ends(subject)).collect();
        told.sort_unstable();
        prop_assert_eq!(told, twice, "{:?}", net);

        // One finding for all that reach each other, and the loop that it names is one of links that there are.
        let reached = net.reached();
        let knots: BTreeSet<BTreeSet<usize>> = (0..net.boxes.len())
            .filter(|at| reached[*at].contains(at))
            .map(|at| reached[at].iter().copied().filter(|other| reached[*other].contains(&at)).collect())
            .collect();
        let mut named = Vec::new();
        for finding in of_rule(&report, "BM105") {
            let related = finding.related.iter().map(|(subject, _)| subject.to_string());
            let links: Vec<(usize, usize)> = related.chain([finding.subject.to_string()]).map(|link| ends(&link)).collect();
            let out: BTreeSet<usize> = links.iter().map(|link| link.0).collect();
            let into: BTreeSet<usize> = links.iter().map(|link| link.1).collect();
            prop_assert!(out == into && out.len() == links.len(), "{}: {:?}", finding.message, net);
            prop_assert!(links.iter().all(|link| net.pairs().contains_key(link)), "{}: {:?}", finding.message, net);
            let knot = knots.iter().find(|knot| out.is_subset(knot)).unwrap();
            let tied = format!("; {} nodes are tied together", knot.len());
            prop_assert_eq!(finding.message.contains(&tied), out.len() < knot.len(), "{}", finding.message);
            named.push(knot.clone());
        }
        named.sort();
        prop_assert_eq!(named, knots.into_iter().collect::<Vec<_>>(), "{:?}", net);

        let linked: BTreeSet<usize> = net.flowing().flat_map(|arrow| [arrow.from, arrow.to]).collect();
        let alone: BTreeSet<String> = (0..net.boxes.len()).filter(|at| !linked.contains(at)).map(|at| format!("node {}", name(at))).collect();
        let mut told: BTreeSet<String> = found("BM201").into_iter().collect();
        if told.remove("map") {
            prop_assert!(told.is_empty() && linked.is_empty() && alone.len() > 1, "{:?}", net);
            told = of_rule(&report, "BM201").flat_map(|finding| &finding.related).map(|(subject, _)| subject.to_string()).collect();
        }
        prop_assert_eq!(told, alone, "{:?}", net);
    }

    #[test]
    fn an_end_outcome_hangs_on_what_all_of_its_several_chains_run_through(net in staged()) {
        let map = net.map();
        let report = audited(&map);
        let pairs: BTreeSet<(usize, usize)> = net.pairs().into_keys().collect();
        let reached = net.reached();
        // A link beside a longer chain makes no second chain.
        let longer = |(from, to): (usize, usize)| (0..net.boxes.len()).any(|by| reached[from].contains(&by) && reached[by].contains(&to));
        let without: BTreeSet<(usize, usize)> = pairs.iter().copied().filter(|pair| !longer(*pair)).collect();
        let mut told = BTreeMap::new();
        for end in (0..net.boxes.len()).filter(|at| net.boxes[*at].kind == 4) {
            let investments = || (0..net.boxes.len()).filter(|at| net.boxes[*at].kind == 0);
            let several = investments().flat_map(|from| all_chains(from, end, &without)).count() > 1;
            let all: Vec<Vec<usize>> = investments().flat_map(|from| all_chains(from, end, &pairs)).collect();
            let on_all: BTreeSet<usize> = (0..net.boxes.len())
                .filter(|at| *at != end && net.boxes[*at].kind != 0 && all.iter().all(|chain| chain.contains(at)))
                .collect();
            if several && !on_all.is_empty() {
                told.insert(end, on_all);
            }
        }
        let found: BTreeMap<usize, BTreeSet<usize>> = of_rule(&report, "BM209").map(|finding| {
            let node = |subject: String| number(subject.strip_prefix("node ").unwrap());
            (node(finding.subject.to_string()), finding.related.iter().map(|(subject, _)| node(subject.to_string())).collect())
        }).collect();
        prop_assert_eq!(found, told, "{:?}", net);
    }

    #[test]
    fn an_early_warning_comes_the_shortest_way_from_what_is_behind(net in nets()) {
        let map = net.map();
        let graph = BenefitGraph::new(&map);
        let (day, none) = ("2026-12-31".parse().unwrap(), String::new);
        let rows: Measurements = map.kpis.iter().map(|kpi| { let mut made = Measurement::new(KpiId::new(kpi.id.as_str()).unwrap(), day, Number::ZERO); made.source = none(); made.note = none(); made }).collect();
        let standing = standing(&graph, &rows, day);
        // Whether more comes of a box than planned, or less, which nobody wants.
        let unwelcome = |at: usize| net.boxes[at].disbenefit;
        let mut shortest: BTreeMap<usize, usize> = BTreeMap::new();
        for source in (0..net.boxes.len()).filter(|at| net.boxes[*at].off_track) {
            let mut here = BTreeSet::from([(source, unwelcome(source))]);
            // More steps than there are states lead nowhere new.
            for steps in 1..=2 * net.boxes.len() {
                here = here.iter().flat_map(|(at, more)| {
                    net.carrying().filter(move |arrow| arrow.from == *at).map(move |arrow| (arrow.to, *more != arrow.hinders))
                }).collect();
                for (at, more) in &here {
                    if *at != source && *more == unwelcome(*at) {
                        let least = shortest.entry(*at).or_insert(steps);
                        *least = (*least).min(steps);
                    }
                }
            }
        }
        let mut warned = BTreeMap::new();
        for (at, node) in standing.nodes.iter().enumerate() {
            let Some(warning) = &node.warning else { continue };
            let path: Vec<usize> = warning.path.iter().map(|node| number(node.id.as_str())).collect();
            prop_assert!(net.boxes[path[0]].off_track && path[0] != at && *path.last().unwrap() == at, "{}: {:?}", warning, net);
            let mut more = unwelcome(path[0]);
            for (step, effect) in path.windows(2).zip(&warning.effects) {
                let hinders = *effect == Effect::Hinders;
                prop_assert!(net.carrying().any(|a| (a.from, a.to, a.hinders) == (step[0], step[1], hinders)), "{}: {:?}", warning, net);
                more = more != hinders;
            }
            prop_assert_eq!(more, unwelcome(at), "{}: {:?}", warning, net);
            warned.insert(at, path.len() - 1);
        }
        prop_assert_eq!(warned, shortest, "{:?}", net);
    }

    #[test]
    fn money_upstream_is_each_cost_once(net in nets()) {
        let register = benefit_register(&net.map(), None);
        let column = |name: &str| register.columns.iter().position(|column| column.name == name).unwrap();
        let reached = net.reached();
        let mut rows = 0;
        for row in &register.rows {
            let at = number(&row[column("id")].to_text());
            let upstream = (0..net.boxes.len()).filter(|from| *from == at || reached[*from].contains(&at));
            let costs: Vec<i32> = upstream.flat_map(|from| net.boxes[from].costs.clone()).collect();
            let told = if costs.is_empty() { String::new() } else { costs.iter().sum::<i32>().to_string() };
            prop_assert_eq!(row[column("cost_upstream")].to_text(), told, "{}: {:?}", at, net);
            rows += 1;
        }
        let benefits = net.boxes.iter().filter(|node| node.kind > 2 || node.disbenefit).count();
        prop_assert_eq!(rows, benefits);
    }
}
