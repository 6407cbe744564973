//! Whole maps for property tests: every field in use, ids unique, every reference to something that is there.
//!
//! Texts are what people and spreadsheets produce: quotes, angle brackets, semicolons, line breaks, emoji, writing from
//! right to left; without white space at either end and without control characters, which tables cannot carry.
//! Lists stand in any order: a map is not canonical as it comes. No two links share both ends, no two plans an owner.

use super::{generate_control, generate_money};
use benefit_map::map::{
    Activity, ActivityId, Aggregation, Allowance, Arrangement, Band, Baseline, BenefitMap, Day, Direction, Effect,
    Evidence, FreeFields, FreeValue, Indicator, Kpi, KpiId, Language, Link, MeasurementPlan, Method, Node, NodeId,
    NodeKind, Number, Owner, OwnerId, Partner, PartnerId, Period, Plan, Point, Profile, Response, Review, Risk, RiskId,
    RiskStatus, Says, Score, Strength, Target, Threatened, Tolerance, Trajectory, is_blank,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::Union;

/// A text, now and then empty.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        5 => some_text(),
    ]
}

/// A text that is not empty.
pub fn some_text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "waste",
        "Bins; rounds",
        "\"quoted\"",
        "'single'",
        "<b>&amp;</b>",
        "a, b",
        "two\nlines",
        "🚮",
        "👩🏽‍🔧",
        "שלום",
        "مدينة",
        "日本",
        "é",
        "e\u{301}",
        "=1+1",
        "-5",
        "+x",
        "@sum",
        "1e5",
        "007",
        "2026-04-01",
        "true",
        "null",
        "\\n",
        "/",
        "#",
        "%",
        "50 %",
        "£3m",
        "->",
        "…",
        "x",
    ];
    // A text that says nothing, such as `…`, is taken as empty in some columns.
    let said = |text: String| if is_blank(&text) { text + " waste" } else { text };
    vec(select(PIECES), 1..4).prop_map(move |pieces| said(pieces.join(" ")))
}

/// A number of every size that fits.
pub fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        (-999_999i64..=999_999).prop_map(|n| Number::new(&n.to_string()).unwrap()),
        (-999_999_999_999_999i64..=999_999_999_999_999, 0u32..=15)
            .prop_map(|(mantissa, scale)| Number::try_from(rust_decimal::Decimal::new(mantissa, scale)).unwrap()),
    ]
}

/// A share from 0 to 1.
pub fn share() -> impl Strategy<Value = Number> {
    (0i64..=1000).prop_map(|n| Number::try_from(rust_decimal::Decimal::new(n, 3)).unwrap())
}

/// Any day of the years 1900 to 2100, and the first and last that can be written.
pub fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        20 => (1900i32..2100, 1u32..=12, 1u32..=28).prop_map(|(y, m, d)| Day::new(&format!("{y}-{m:02}-{d:02}")).unwrap()),
        1 => select(vec!["0001-01-01", "9999-12-31", "2024-02-29"]).prop_map(|text| Day::new(text).unwrap()),
    ]
}

fn ids(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    btree_set("[a-z0-9][a-z0-9._-]{0,6}", sizes)
        .prop_map(|ids| ids.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

/// One of a list, or nothing where the list is empty.
fn one_of<T: Clone + std::fmt::Debug + 'static>(list: &[T]) -> BoxedStrategy<Option<T>> {
    if list.is_empty() {
        Just(None).boxed()
    } else {
        of(select(list.to_vec())).boxed()
    }
}

/// Some of a list, each once, in any order.
fn some_of<T: Clone + std::fmt::Debug + 'static>(list: &[T]) -> BoxedStrategy<Vec<T>> {
    let most = list.len().min(3);
    proptest::sample::subsequence(list.to_vec(), 0..=most)
        .prop_shuffle()
        .boxed()
}

/// One record for each id, in the order of the ids.
fn each<I: Clone, T: std::fmt::Debug + 'static>(
    ids: &[I],
    record: impl Fn(I) -> BoxedStrategy<T>,
) -> Vec<BoxedStrategy<T>> {
    ids.iter().map(|id| record(id.clone())).collect()
}

/// Fields of people's own: texts that look like numbers among them.
fn free() -> impl Strategy<Value = FreeFields> {
    let value = prop_oneof![
        some_text().prop_map(FreeValue::Text),
        select(vec!["5", "007", "'5", "true", "''true", "1.50", "-1", "1e5"])
            .prop_map(|text| FreeValue::Text(text.to_owned())),
        number().prop_map(FreeValue::Number),
        any::<bool>().prop_map(FreeValue::Flag),
    ];
    btree_map(select(vec!["x-a", "x-rag", "x-0.b_c-d"]), value, 0..3).prop_map(|fields| {
        let mut free = FreeFields::default();
        for (name, value) in fields {
            assert!(free.set(name, value));
        }
        free
    })
}

fn node(id: NodeId, owners: &[OwnerId], partners: &[PartnerId]) -> BoxedStrategy<Node> {
    (
        select(NodeKind::ALL),
        (text(), text()),
        one_of(owners),
        (of(day()), of(day())),
        any::<(bool, bool, bool)>(),
        some_of(partners),
        btree_set(some_text(), 0..3),
        (
            vec(generate_money::cost(), 0..3),
            of(generate_control::profile()),
            free(),
        ),
    )
        .prop_map(
            move |(kind, (title, description), owner, (start, due), flags, partners, tags, (cost, profile, free))| {
                let mut node = Node::new(id.clone(), kind, title);
                node.description = description;
                node.owner = owner;
                node.start = start;
                node.due = due;
                node.quick_win = flags.0;
                node.disbenefit = flags.1;
                node.unintended = flags.2;
                node.partners = partners;
                node.tags = tags.into_iter().collect();
                node.cost = cost;
                if let Some((objectives, constraints, stakeholders, review)) = profile {
                    node.objectives = objectives;
                    node.constraints = constraints;
                    node.stakeholders = stakeholders;
                    node.review = review;
                }
                node.free = free;
                node
            },
        )
        .boxed()
}

fn links(nodes: &[NodeId]) -> BoxedStrategy<Vec<Link>> {
    if nodes.len() < 2 {
        return Just(Vec::new()).boxed();
    }
    let evidence = (some_text(), of(select(Strength::ALL)), text()).prop_map(|(source, strength, url)| {
        let mut made = Evidence::new(source);
        made.strength = strength;
        made.url = url;
        made
    });
    let rest = (
        text(),
        of(share()),
        select(Effect::ALL),
        any::<bool>(),
        vec(some_text(), 0..3),
        (vec(evidence, 0..3), free()),
    );
    let ends = proptest::sample::subsequence(nodes.to_vec(), 2).prop_shuffle();
    btree_map(ends, rest, 0..12)
        .prop_map(|links| {
            links
                .into_iter()
                .map(
                    |(ends, (rationale, contribution, effect, feedback, assumptions, (evidence, free)))| {
                        let mut link = Link::new(ends[0].clone(), ends[1].clone());
                        link.rationale = rationale;
                        link.contribution = contribution;
                        link.effect = effect;
                        link.feedback = feedback;
                        link.assumptions = assumptions;
                        link.evidence = evidence;
                        link.free = free;
                        link
                    },
                )
                .collect::<Vec<_>>()
        })
        .prop_shuffle()
        .boxed()
}

fn kpi(id: KpiId, nodes: &[NodeId], owners: &[OwnerId]) -> BoxedStrategy<Kpi> {
    let frequency = Union::new([
        select(vec![
            "daily",
            "weekly",
            "monthly",
            "quarterly",
            "yearly",
            "when the lorry is back",
        ])
        .prop_map(str::to_owned)
        .boxed(),
        text().boxed(),
    ]);
    let measurement = (of(select(Method::ALL)), text(), frequency, one_of(owners)).prop_map(
        |(method, source, frequency, responsible)| {
            let mut made = MeasurementPlan::default();
            made.method = method;
            made.source = source;
            made.frequency = frequency;
            made.responsible = responsible;
            made
        },
    );
    let trajectory = prop_oneof![
        select(Profile::ALL).prop_map(Trajectory::Profile),
        vec((day(), number()), 0..4).prop_map(|points| {
            Trajectory::Points(
                points
                    .into_iter()
                    .map(|(date, value)| Point::new(date, value))
                    .collect(),
            )
        }),
    ];
    (
        select(nodes.to_vec()),
        (text(), text(), text()),
        of(select(Indicator::ALL)),
        (
            of(select(Direction::ALL)),
            of(select(Aggregation::ALL)),
            of((of(number()), of(number())).prop_map(|(lower, upper)| Band::new(lower, upper))),
        ),
        of((of(day()), number()).prop_map(|(date, value)| Baseline::new(date, value))),
        vec(
            (of(day()), number()).prop_map(|(date, value)| Target::new(date, value)),
            0..4,
        ),
        of(trajectory),
        of((of(share()), of(share())).prop_map(|(amber, red)| Tolerance::new(amber, red))),
        (of(measurement), of(generate_money::value()), free()),
    )
        .prop_map(
            move |(
                node,
                (title, definition, unit),
                indicator,
                (direction, aggregation, band),
                baseline,
                targets,
                trajectory,
                tolerance,
                (measurement, value, free),
            )| {
                let mut kpi = Kpi::new(id.clone(), node, title);
                kpi.definition = definition;
                kpi.indicator = indicator;
                kpi.unit = unit;
                kpi.direction = direction;
                kpi.aggregation = aggregation;
                kpi.band = band;
                kpi.baseline = baseline;
                kpi.targets = targets;
                kpi.trajectory = trajectory;
                kpi.tolerance = tolerance;
                kpi.measurement = measurement;
                kpi.value = value.map(Box::new);
                kpi.free = free;
                kpi
            },
        )
        .boxed()
}

fn risk(id: RiskId, threats: &[Threatened], owners: &[OwnerId]) -> BoxedStrategy<Risk> {
    let score = || of((1u64..=5).prop_map(|n| Score::new(n).unwrap()));
    let response = (some_text(), of(number()), any::<bool>()).prop_map(|(action, cost, chosen)| {
        let mut made = Response::new(action);
        made.cost = cost;
        made.chosen = chosen;
        made
    });
    (
        text(),
        one_of(threats),
        score(),
        score(),
        one_of(owners),
        vec(response, 0..3),
        of(day()),
        (select(RiskStatus::ALL), free()),
    )
        .prop_map(
            move |(title, threatens, likelihood, impact, owner, responses, close_by, (status, free))| {
                let mut risk = Risk::new(id.clone(), title);
                risk.threatens = threatens;
                risk.likelihood = likelihood;
                risk.impact = impact;
                risk.owner = owner;
                risk.responses = responses;
                risk.close_by = close_by;
                risk.status = status;
                risk.free = free;
                risk
            },
        )
        .boxed()
}

/// The plans of some owners; the activities are dealt out among them and wait for each other across plans.
fn plans(owners: &[OwnerId], activities: &[ActivityId], nodes: &[NodeId]) -> BoxedStrategy<Vec<Plan>> {
    if owners.is_empty() {
        return Just(Vec::new()).boxed();
    }
    let with_plan = proptest::sample::subsequence(owners.to_vec(), 1..=owners.len().min(3)).prop_shuffle();
    let nodes = nodes.to_vec();
    let all = activities.to_vec();
    let activities = each(activities, move |id: ActivityId| {
        (
            text(),
            one_of(&nodes),
            (of(day()), of(day())),
            some_of(&all),
            of(1u16..=u16::MAX),
            any::<usize>(),
        )
            .prop_map(move |(title, node, (start, end), after, priority, deal)| {
                let mut activity = Activity::new(id.clone(), title);
                activity.node = node;
                activity.start = start;
                activity.end = end;
                activity.after = after;
                activity.priority = priority;
                (deal, activity)
            })
            .boxed()
    });
    (with_plan, activities)
        .prop_map(|(owners, activities)| {
            let mut plans: Vec<Plan> = owners.into_iter().map(Plan::new).collect();
            for (deal, activity) in activities {
                let n = deal % plans.len();
                plans[n].activities.push(activity);
            }
            plans
        })
        .boxed()
}

fn language() -> impl Strategy<Value = Language> {
    select(&["en-GB", "cy", "de-CH", "zh-Hant-TW", "es-419"]).prop_map(|tag| Language::new(tag).unwrap())
}

/// Some of the nodes, in some order, each in some stage.
fn arrangement(nodes: &[NodeId]) -> BoxedStrategy<Option<Arrangement>> {
    let some = subsequence(nodes.to_vec(), 0..=nodes.len()).prop_shuffle();
    let kinds = vec(select(NodeKind::ALL), nodes.len());
    (some, kinds)
        .prop_map(|(nodes, kinds)| {
            let mut arrangement = Arrangement::default();
            for (node, kind) in nodes.into_iter().zip(kinds) {
                arrangement.order.of_mut(kind).push(node);
            }
            (!arrangement.order.is_empty()).then_some(arrangement)
        })
        .boxed()
}

/// A whole map.
pub fn maps() -> BoxedStrategy<BenefitMap> {
    (ids(0..4), ids(0..4), ids(0..10), ids(0..5), ids(0..4), ids(0..5))
        .prop_flat_map(|(owners, partners, nodes, kpis, risks, activities)| {
            let owners: Vec<OwnerId> = owners.iter().map(|id| OwnerId::new(id).unwrap()).collect();
            let partners: Vec<PartnerId> = partners.iter().map(|id| PartnerId::new(id).unwrap()).collect();
            let nodes: Vec<NodeId> = nodes.iter().map(|id| NodeId::new(id).unwrap()).collect();
            let risks: Vec<RiskId> = risks.iter().map(|id| RiskId::new(id).unwrap()).collect();
            let activities: Vec<ActivityId> = activities.iter().map(|id| ActivityId::new(id).unwrap()).collect();
            // A KPI needs a node.
            let kpis: Vec<KpiId> = match nodes.is_empty() {
                true => Vec::new(),
                false => kpis.iter().map(|id| KpiId::new(id).unwrap()).collect(),
            };
            (
                Just((owners, partners, nodes.clone(), kpis, risks, activities)),
                links(&nodes),
            )
        })
        .prop_flat_map(|((owners, partners, nodes, kpis, risks, activities), links)| {
            let threats: Vec<Threatened> = (nodes.iter().cloned().map(Threatened::Node))
                .chain(links.iter().map(|link| Threatened::Link {
                    from: link.from.clone(),
                    to: link.to.clone(),
                }))
                .collect();
            let owner = |id: OwnerId| {
                (text(), text(), any::<bool>())
                    .prop_map(move |(name, organisation, senior)| {
                        let mut owner = Owner::new(id.clone(), name);
                        owner.organisation = organisation;
                        owner.senior = senior;
                        owner
                    })
                    .boxed()
            };
            let partner = |id: PartnerId| text().prop_map(move |name| Partner::new(id.clone(), name)).boxed();
            let subjects = vec![
                "map".to_owned(),
                "node a".to_owned(),
                "link a -> b".to_owned(),
                "KPI \"x\"".to_owned(),
            ];
            let allowance = (some_text(), select(subjects), text(), text(), of(day())).prop_map(
                |(rule, subject, reason, by, until)| {
                    let mut made = Allowance::new(rule, subject, reason);
                    made.by = by;
                    made.until = until;
                    made
                },
            );
            let subjects = vec![
                "map".to_owned(),
                "node a".to_owned(),
                "link a -> b".to_owned(),
                "nothing".to_owned(),
            ];
            let reviews = match owners.is_empty() {
                true => Just(Vec::new()).boxed(),
                false => vec(
                    (
                        select(subjects),
                        select(owners.clone()),
                        of(day()),
                        any::<bool>(),
                        text(),
                        text(),
                    ),
                    0..3,
                )
                .prop_map(|reviews| {
                    let review = |(subject, by, on, agreed, note, fingerprint)| {
                        let mut made = Review::new(subject, by, if agreed { Says::Agreed } else { Says::Challenged });
                        made.on = on;
                        made.note = note;
                        made.fingerprint = fingerprint;
                        made
                    };
                    reviews.into_iter().map(review).collect()
                })
                .boxed(),
            };
            (
                (text(), text(), text(), text()),
                of((of(day()), of(day())).prop_map(|(start, end)| Period::new(start, end))),
                (each(&owners, owner), each(&partners, partner)),
                each(&nodes, |id| node(id, &owners, &partners)),
                Just(links),
                each(&kpis, |id| kpi(id, &nodes, &owners)),
                each(&risks, |id| risk(id, &threats, &owners)),
                plans(&owners, &activities, &nodes),
                (
                    vec(allowance, 0..3),
                    arrangement(&nodes),
                    reviews,
                    of(generate_money::appraisal(&nodes)),
                    (of(generate_control::document()), of(language())),
                ),
            )
                .prop_map(
                    |(
                        (schema, title, purpose, currency),
                        period,
                        (owners, partners),
                        nodes,
                        links,
                        kpis,
                        risks,
                        plans,
                        (allow, arrangement, reviews, appraisal, (document, language)),
                    )| {
                        let mut map = BenefitMap::new(title);
                        map.schema = schema;
                        map.purpose = purpose;
                        map.period = period;
                        map.currency = currency;
                        map.language = language;
                        map.owners = owners;
                        map.partners = partners;
                        map.nodes = nodes;
                        map.links = links;
                        map.kpis = kpis;
                        map.risks = risks;
                        map.plans = plans;
                        map.allow = allow;
                        map.document = document;
                        map.reviews = reviews;
                        map.arrangement = arrangement;
                        for node in &mut map.nodes {
                            generate_money::settle(appraisal.as_ref(), &mut node.cost);
                        }
                        map.appraisal = appraisal;
                        map
                    },
                )
        })
        .boxed()
}
