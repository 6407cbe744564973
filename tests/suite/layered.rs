//! The layout engine: what every picture must hold, checked on coordinates alone, without the engine's own geometry.

use benefit_map::layered::{Connection, Earlier, Flow, Input, Item, Options, Output, arrange};
use proptest::prelude::*;

type Point = (f64, f64);

/// A chain of cubic Béziers as a line of short straight pieces.
fn flatten(chain: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = chain.first().copied().into_iter().collect();
    let mut at = 0;
    while at + 3 < chain.len() {
        for step in 1..=24 {
            let t = f64::from(step) / 24.0;
            let mix = |p: Point, q: Point| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
            let (a, b, c) = (
                mix(chain[at], chain[at + 1]),
                mix(chain[at + 1], chain[at + 2]),
                mix(chain[at + 2], chain[at + 3]),
            );
            points.push(mix(mix(a, b), mix(b, c)));
        }
        at += 3;
    }
    points
}

/// Whether a straight piece enters the inside of a box, given by its centre and half its size.
fn enters(a: Point, b: Point, centre: Point, half: Point) -> bool {
    // Separating axes: the two of the box, and the normal of the piece.
    let (mx, my) = ((a.0 + b.0) / 2.0 - centre.0, (a.1 + b.1) / 2.0 - centre.1);
    let (hx, hy) = ((b.0 - a.0) / 2.0, (b.1 - a.1) / 2.0);
    mx.abs() < half.0 + hx.abs()
        && my.abs() < half.1 + hy.abs()
        && (hx * my - hy * mx).abs() < half.0 * hy.abs() + half.1 * hx.abs()
}

/// Everything that must hold for any picture.
pub(crate) fn check(input: &Input, output: &Output) -> Result<(), String> {
    let items = &input.items;
    let ensure = |holds: bool, what: String| if holds { Ok(()) } else { Err(what) };
    ensure(output.centres.len() == items.len(), "a centre for every item".into())?;
    ensure(
        output.routes.len() == input.connections.len(),
        "a route for every connection".into(),
    )?;
    let numbers = output.centres.iter().chain(output.routes.iter().flatten());
    for &(x, y) in numbers {
        ensure(x.is_finite() && y.is_finite(), "finite".into())?;
        ensure(
            x >= -0.01 && y >= -0.01,
            format!("({x}, {y}) left of or above the picture"),
        )?;
        let inside = x <= output.width + 0.01 && y <= output.height + 0.01;
        ensure(
            inside,
            format!("({x}, {y}) beyond {} x {}", output.width, output.height),
        )?;
    }
    // Columns from left to right, rising stages, every stage there, boxes inside their column.
    for pair in output.columns.windows(2) {
        ensure(pair[0].stage <= pair[1].stage, "stages rise".into())?;
        ensure(pair[0].x + pair[0].width < pair[1].x, "columns apart".into())?;
    }
    for stage in 0..input.stages {
        ensure(
            output.columns.iter().any(|c| c.stage == stage),
            format!("stage {stage} has a column"),
        )?;
    }
    for (i, item) in items.iter().enumerate() {
        let column = &output.columns[output.column_of[i]];
        ensure(column.stage == item.stage, format!("item {i} in its stage"))?;
        let (x, _) = output.centres[i];
        let fits = x - item.width / 2.0 >= column.x - 0.01 && x + item.width / 2.0 <= column.x + column.width + 0.01;
        ensure(fits, format!("item {i} within its column"))?;
    }
    // Overlaps: boxes of one column, by height.
    let mut by_column: Vec<Vec<usize>> = vec![vec![]; output.columns.len()];
    for i in 0..items.len() {
        by_column[output.column_of[i]].push(i);
    }
    for column in &mut by_column {
        column.sort_by(|&a, &b| output.centres[a].1.total_cmp(&output.centres[b].1));
        for pair in column.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let between = output.centres[b].1 - output.centres[a].1 - (items[a].height + items[b].height) / 2.0;
            ensure(between > 1.0, format!("items {a} and {b} are {between} px apart"))?;
        }
    }
    for (k, (connection, route)) in input.connections.iter().zip(&output.routes).enumerate() {
        let (Some(from), Some(to)) = (items.get(connection.from), items.get(connection.to)) else {
            ensure(route.is_empty(), format!("route {k} leads nowhere"))?;
            continue;
        };
        ensure(
            route.len() >= 4 && route.len() % 3 == 1,
            format!("route {k} is a chain of cubics"),
        )?;
        let on = |p: Point, v: usize, item: &Item, side: f64| {
            let (x, y) = output.centres[v];
            (p.0 - (x + side * item.width / 2.0)).abs() < 0.02 && (p.1 - y).abs() <= item.height / 2.0 + 0.02
        };
        let end_side = if connection.from == connection.to { 1.0 } else { -1.0 };
        // What runs back leaves and reaches its boxes on the sides where it crosses less.
        let runs_back = output.column_of[connection.from] > output.column_of[connection.to];
        let at =
            |p: Point, v: usize, item: &Item, side: f64| on(p, v, item, side) || runs_back && on(p, v, item, -side);
        ensure(
            at(route[0], connection.from, from, 1.0),
            format!("route {k} leaves its box"),
        )?;
        ensure(
            at(route[route.len() - 1], connection.to, to, end_side),
            format!("route {k} reaches its box"),
        )?;
        let line = flatten(route);
        for (i, item) in items.iter().enumerate() {
            let half = (item.width / 2.0 - 0.5, item.height / 2.0 - 0.5);
            if half.0 <= 0.0 || half.1 <= 0.0 {
                continue;
            }
            let hit = line.windows(2).any(|p| enters(p[0], p[1], output.centres[i], half));
            ensure(!hit, format!("route {k} enters box {i}"))?;
        }
    }
    Ok(())
}

fn hold(input: &Input) -> Output {
    let output = arrange(input, &Options::default());
    if let Err(what) = check(input, &output) {
        panic!("{what}: {input:?}");
    }
    output
}

fn item(stage: usize) -> Item {
    Item {
        stage,
        width: 180.0,
        height: 44.0,
    }
}

fn link(from: usize, to: usize) -> Connection {
    Connection {
        from,
        to,
        flow: Flow::Forward,
    }
}

fn map(items: Vec<Item>, connections: Vec<Connection>) -> Input {
    Input {
        items,
        connections,
        stages: 5,
        empty_width: 60.0,
        ..Input::default()
    }
}

#[test]
fn nothing_is_arranged_as_empty_columns() {
    let output = hold(&map(vec![], vec![]));
    assert_eq!(output.columns.len(), 5);
    assert_eq!(arrange(&Input::default(), &Options::default()), Output::default());
}

#[test]
fn one_item_stands_at_the_top() {
    let output = hold(&map(vec![item(2)], vec![]));
    assert_eq!(output.centres[0].1, 22.0);
}

#[test]
fn two_linked_items_are_level() {
    let output = hold(&map(vec![item(0), item(1)], vec![link(0, 1)]));
    assert_eq!(output.centres[0].1, output.centres[1].1);
    assert!(
        output.routes[0].iter().all(|p| p.1 == output.centres[0].1),
        "{:?}",
        output.routes[0]
    );
}

#[test]
fn a_self_link_and_a_link_to_nothing_do_no_harm() {
    let output = hold(&map(
        vec![item(0), item(1)],
        vec![link(0, 0), link(0, 1), link(0, 7), link(9, 1)],
    ));
    assert!(output.routes[2].is_empty() && output.routes[3].is_empty());
}

#[test]
fn a_cycle_of_all_items_is_opened_once() {
    let n = 40;
    let output = hold(&map(
        (0..n).map(|_| item(1)).collect(),
        (0..n).map(|v| link(v, (v + 1) % n)).collect(),
    ));
    let mut columns: Vec<usize> = output.column_of.clone();
    columns.dedup();
    assert_eq!(columns.len(), n, "one column a step");
}

#[test]
fn feedback_runs_around_the_map() {
    let mut connections = vec![link(0, 1), link(1, 2), link(3, 4), link(4, 5)];
    connections.push(Connection {
        from: 5,
        to: 0,
        flow: Flow::Feedback,
    });
    connections.push(link(2, 0));
    let output = hold(&map([0, 1, 2, 0, 1, 2].map(item).to_vec(), connections));
    let (top, bottom) = output
        .centres
        .iter()
        .fold((f64::MAX, f64::MIN), |(t, b), c| (t.min(c.1 - 22.0), b.max(c.1 + 22.0)));
    for route in &output.routes[4..] {
        assert!(route.iter().any(|p| p.1 < top || p.1 > bottom), "{route:?}");
    }
}

#[test]
fn five_thousand_in_one_column() {
    let output = hold(&map((0..5000).map(|_| item(3)).collect(), vec![]));
    assert!(output.height <= 5000.0 * 64.0);
}

#[test]
fn one_item_with_three_thousand_links() {
    let items: Vec<Item> = std::iter::once(item(0)).chain((0..3000).map(|_| item(1))).collect();
    let connections = (1..=3000).map(|v| link(0, v)).collect();
    // The check of lines against boxes is quadratic: here only what grows with the star is looked at.
    let output = arrange(&map(items, connections), &Options::default());
    assert!(
        output
            .routes
            .iter()
            .flatten()
            .all(|p| p.0.is_finite() && p.1.is_finite())
    );
    assert!(
        output
            .routes
            .iter()
            .all(|r| (r[0].1 - output.centres[0].1).abs() <= 22.0)
    );
}

#[test]
fn sizes_that_are_no_sizes_count_as_nothing() {
    let odd = [f64::NAN, f64::INFINITY, -5.0].map(|width| Item {
        stage: 0,
        width,
        height: width,
    });
    let output = arrange(&map(odd.to_vec(), vec![link(0, 1)]), &Options::default());
    assert!(output.width.is_finite() && output.height.is_finite());
    assert!(output.centres.iter().all(|c| c.0.is_finite() && c.1.is_finite()));
}

/// A staged map with lines to near items, and one item more, linked to three at random.
fn growing_map(n: usize, seed: u64) -> (Input, Input) {
    let mut state = seed;
    let mut below = move |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % n
    };
    let stage_of = |i: usize| i * 5 / n;
    let mut before = map((0..n).map(|i| item(stage_of(i))).collect(), vec![]);
    for from in 0..n {
        for _ in 0..1 + below(3) {
            let to = (from + n / 5 + below(9)).saturating_sub(4);
            if to < n && stage_of(to) > stage_of(from) {
                before.connections.push(link(from, to));
            }
        }
    }
    let mut after = before.clone();
    after.items.push(item(2));
    for _ in 0..3 {
        let other = below(n);
        match stage_of(other) {
            0 | 1 => after.connections.push(link(other, n)),
            3 | 4 => after.connections.push(link(n, other)),
            _ => {}
        }
    }
    (before, after)
}

/// Every item's place from the top.
fn places(output: &Output) -> Vec<Option<usize>> {
    let mut by_height: Vec<usize> = (0..output.centres.len()).collect();
    by_height.sort_by(|&a, &b| output.centres[a].1.total_cmp(&output.centres[b].1));
    let mut places = vec![None; by_height.len()];
    for (place, v) in by_height.into_iter().enumerate() {
        places[v] = Some(place);
    }
    places
}

/// How many pairs of items of one column stand in the same order in both, and how many there are.
fn kept_pairs(input: &Input, a: &Output, b: &Output) -> (usize, usize) {
    let (mut kept, mut all) = (0, 0);
    for i in 0..input.items.len() {
        for j in 0..i {
            if input.items[i].stage == input.items[j].stage {
                all += 1;
                let above = |o: &Output| o.centres[i].1 < o.centres[j].1;
                kept += usize::from(above(a) == above(b));
            }
        }
    }
    (kept, all)
}

#[test]
fn a_map_holds_still_when_an_item_is_added() {
    let (mut kept, mut all) = (0, 0);
    for seed in 1..=12 {
        let (before, mut after) = growing_map(30 + 5 * seed as usize, seed);
        let first = hold(&before);
        after.earlier = Some(Earlier { places: places(&first) });
        let second = hold(&after);
        let (k, a) = kept_pairs(&before, &first, &second);
        kept += k;
        all += a;
    }
    assert!(kept * 100 >= all * 99, "{kept} of {all} pairs kept their order");
}

#[test]
fn an_order_that_people_gave_is_kept_whatever_it_costs() {
    let (mut input, _) = growing_map(30, 4);
    let upside_down: Vec<Option<usize>> = (0..30).map(|v| Some((v * 17) % 31)).collect();
    input.earlier = Some(Earlier {
        places: upside_down.clone(),
    });
    let output = hold(&input);
    for i in 0..30 {
        for j in 0..30 {
            if input.items[i].stage == input.items[j].stage && upside_down[i] < upside_down[j] {
                assert!(output.centres[i].1 < output.centres[j].1, "{i} above {j}");
            }
        }
    }
}

#[test]
fn a_long_line_past_one_column_is_level() {
    let output = hold(&map(vec![item(0), item(3)], vec![link(0, 1)]));
    let y = output.routes[0][0].1;
    assert!(output.routes[0].iter().all(|p| p.1 == y));
}

#[test]
fn components_that_share_no_column_stand_side_by_side() {
    let output = hold(&map([0, 1, 3, 4].map(item).to_vec(), vec![link(0, 1), link(2, 3)]));
    assert_eq!(output.height, 44.0);
}

/// Two items that feed six each, and four that are not linked, in the first stage.
fn with_loose_items() -> Input {
    let mut items = vec![item(0), item(0)];
    items.extend((0..12).map(|_| item(1)));
    items.extend((0..4).map(|_| item(0)));
    map(items, (0..12).map(|i| link(i / 6, 2 + i)).collect())
}

#[test]
fn items_without_lines_stand_in_gaps_before_they_make_the_map_higher() {
    let output = hold(&with_loose_items());
    assert_eq!(output.height, 12.0 * 44.0 + 11.0 * 20.0);
    for pair in (14..18).collect::<Vec<_>>().windows(2) {
        assert!(
            output.centres[pair[0]].1 < output.centres[pair[1]].1,
            "in reading order"
        );
    }
}

#[test]
fn items_without_lines_keep_the_place_that_they_had() {
    let mut input = with_loose_items();
    let first = hold(&input);
    input.earlier = Some(Earlier { places: places(&first) });
    let second = hold(&input);
    assert_eq!(kept_pairs(&input, &first, &second), (15 + 66, 15 + 66));
}

#[test]
fn lines_past_stages_without_items_are_shorter() {
    let output = hold(&map(vec![item(0), item(3)], vec![link(0, 1)]));
    assert!(output.columns[3].x - 180.0 <= 2.0 * 60.0 + 3.0 * 60.0);
}

prop_compose! {
    pub(crate) fn any_map()(n in 1usize..28)(
        items in prop::collection::vec((0usize..5, 20.0..220.0f64, 20.0..90.0f64), n),
        links in prop::collection::vec((0..n, 0..n, prop::bool::weighted(0.06)), 0..3 * n),
        tame in prop::bool::weighted(0.7),
    ) -> Input {
        let items: Vec<Item> = items.into_iter().map(|(stage, width, height)| Item { stage, width, height }).collect();
        let connections = links.into_iter().map(|(a, b, feedback)| {
            let turn = tame && items[a].stage > items[b].stage;
            let (from, to) = if turn { (b, a) } else { (a, b) };
            Connection { from, to, flow: if feedback { Flow::Feedback } else { Flow::Forward } }
        }).collect();
        map(items, connections)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_map_has_no_overlap_and_no_line_through_a_box(input in any_map()) {
        let output = arrange(&input, &Options::default());
        prop_assert_eq!(check(&input, &output), Ok(()));
    }

    #[test]
    fn the_same_map_has_the_same_picture(input in any_map()) {
        prop_assert_eq!(arrange(&input, &Options::default()), arrange(&input, &Options::default()));
    }
}
