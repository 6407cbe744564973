//! Sessions: whatever people do, undo and redo, the history says it, and pages that are sent what is new have what everybody has.

use std::collections::BTreeMap;
use std::sync::Arc;

use benefit_map::map::BenefitMap;
use benefit_map::session::{
    Action, Author, BoxOrder, Change, Command, HistoryEntry, Mark, Memory, Past, Refusal, Revision, Session, Span,
    Step, Timeline, View, replay,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::edits::{canonical, some_edit};
use crate::support::generate::{maps, text};

fn command(client: &str, action: Action) -> Command {
    Command {
        who: Author {
            client: client.to_owned(),
            name: client.to_uppercase(),
            colour: 1,
        },
        number: None,
        at: "2026-11-24T10:15:30Z".to_owned(),
        action,
    }
}

/// A session with everything that its driver writes down.
struct Room {
    session: Session,
    past: Memory,
    steps: Vec<Step>,
    /// The map after every revision, as it was then.
    maps: BTreeMap<u64, Arc<BenefitMap>>,
}

impl Room {
    fn new(map: &BenefitMap) -> Self {
        let session = Session::new(map.clone(), 0);
        Self {
            past: Memory::new(canonical(map), 0, 1_000),
            steps: Vec::new(),
            maps: BTreeMap::from([(0, session.map())]),
            session,
        }
    }

    fn apply(&mut self, client: &str, action: Action) -> Result<u64, Refusal> {
        let done = self.session.apply(command(client, action), &self.past)?;
        self.maps.insert(done.rev, self.session.map());
        Ok(done.rev)
    }

    fn commit(&mut self) {
        for step in self.session.pending() {
            self.past.add(step.clone()).unwrap();
            self.steps.push(step);
        }
        self.session.commit();
    }
}

/// What somebody does: who, what of several things, two numbers and a text.
type Doing = (u8, usize, usize, usize, String);

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    prop::collection::vec((0u8..3, 0usize..30, 0usize..50, 0usize..50, text()), 1..25)
}

fn action(room: &Room, (_, what, a, b, words): &Doing) -> Action {
    match what {
        17..=19 => Action::Undo,
        20 | 21 => Action::Redo,
        22 => {
            let rev = *a as u64 % (room.session.rev() + 1);
            Action::Return {
                rev,
                map: Box::new((*room.maps[&rev]).clone()),
            }
        }
        what => Action::Edit(Box::new(some_edit(&room.session.map(), what % 17, *a, *b, words))),
    }
}

/// A room in which several people did this and that, now and then without it being saved.
fn lived_in(map: &BenefitMap, doings: &[Doing]) -> Room {
    let mut room = Room::new(map);
    for (at, doing) in doings.iter().enumerate() {
        let who = ["ada", "ben", "cy"][usize::from(doing.0)];
        let before = (room.session.rev(), room.session.map());
        let action = action(&room, doing);
        if let Err(refusal) = room.apply(who, action) {
            assert_eq!((room.session.rev(), room.session.map()), before, "{refusal}");
        }
        match (at + doing.2) % 5 {
            // What cannot be saved has never been.
            0 if !room.session.pending().is_empty() => {
                let saved = room.steps.last().map_or(0, |step| step.rev);
                room.session.roll_back();
                assert_eq!(
                    (room.session.rev(), room.session.map()),
                    (saved, room.maps[&saved].clone())
                );
                room.maps.retain(|rev, _| *rev <= saved);
            }
            1 if !room.session.is_replaced() => {}
            _ => room.commit(),
        }
    }
    room.commit();
    room
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn all_undone_is_the_map_as_it_was_and_all_redone_as_it_became(map in maps(), doings in doings()) {
        let mut room = Room::new(&map);
        let before = room.session.map();
        prop_assert_eq!(&*before, &canonical(&map));
        let mut done = 0;
        for (_, what, a, b, words) in &doings {
            let edit = some_edit(&room.session.map(), what % 17, *a, *b, words);
            done += usize::from(room.apply("ada", Action::Edit(Box::new(edit))).is_ok());
        }
        room.commit();
        let after = room.session.map();
        for _ in 0..done {
            prop_assert!(room.session.undoable("ada").undo.is_some());
            prop_assert!(room.session.undoable("ben").undo.is_none());
            room.apply("ada", Action::Undo).unwrap();
        }
        prop_assert_eq!(room.apply("ada", Action::Undo), Err(Refusal::NothingToUndo));
        prop_assert_eq!(&room.session.map(), &before);
        for _ in 0..done {
            room.apply("ada", Action::Redo).unwrap();
        }
        prop_assert_eq!(room.apply("ada", Action::Redo), Err(Refusal::NothingToRedo));
        prop_assert_eq!(&room.session.map(), &after);
    }

    #[test]
    fn the_history_done_again_is_the_same_map(map in maps(), doings in doings()) {
        let room = lived_in(&map, &doings);
        let now = room.session.map();
        // As it is written, and read again.
        let written = serde_json::to_string(&room.steps).unwrap();
        let steps: Vec<Step> = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&steps, &room.steps);
        let mut again = Session::new(map.clone(), 0);
        for step in &steps {
            again.replay(step.clone(), &room.past).unwrap();
        }
        prop_assert_eq!(again.map(), now);
        prop_assert_eq!(again.rev(), room.session.rev());
        for client in ["ada", "ben", "cy"] {
            prop_assert_eq!(again.undoable(client), room.session.undoable(client));
        }
        for (rev, then) in &room.maps {
            prop_assert_eq!(&room.past.map_at(*rev).unwrap(), &**then, "step {}", rev);
        }
    }

    #[test]
    fn every_state_is_made_of_a_snapshot_and_the_steps_after_it(map in maps(), doings in doings(), apart in 1u64..6) {
        let room = lived_in(&map, &doings);
        let has_returns = room.steps.iter().any(|step| matches!(step.change, Change::Return(_)));
        // Snapshots and steps in one list, each found by its place.
        let mut timeline = Timeline::default();
        let span = |at: usize| Span { offset: at as u64, length: 1 };
        let mut held: Vec<Result<Step, BenefitMap>> = vec![Err((*room.maps[&0]).clone())];
        timeline.note_snapshot(0, span(0));
        for step in &room.steps {
            let returns_to = match step.change {
                Change::Return(rev) => Some(rev),
                _ => None,
            };
            let mark = Mark { rev: step.rev, returns_to };
            timeline.note_steps(&[mark], None, span(held.len())).unwrap();
            held.push(Ok(step.clone()));
            if step.rev % apart == 0 {
                timeline.note_snapshot(step.rev, span(held.len()));
                held.push(Err((*room.maps[&step.rev]).clone()));
            }
        }
        for (rev, then) in &room.maps {
            let recipe = timeline.recipe(*rev).unwrap();
            let base = held[recipe.base.offset as usize].clone().unwrap_err();
            if !has_returns {
                prop_assert!(recipe.parts.len() as u64 <= apart, "no state is far from a snapshot");
            }
            let steps = recipe.parts.iter().map(|part| {
                held[part.span.offset as usize].clone().map_err(|_| "a snapshot".to_owned())
            });
            prop_assert_eq!(&replay(base, steps).unwrap(), &**then, "step {}", rev);
        }
    }
}

/// What a page holds, brought up to date by what it is sent.
fn patched(page: &mut Value, patch: &Value) {
    for (part, name) in [("cards", "picture"), ("routes", "picture")] {
        let there = page[name][part].as_object_mut().unwrap();
        for (id, piece) in patch[name][part].as_object().into_iter().flatten() {
            match piece {
                Value::Null => drop(there.remove(id)),
                piece => {
                    let fields = there.entry(id.clone()).or_insert_with(|| json!({}));
                    let fields = fields.as_object_mut().unwrap();
                    fields.extend(piece.as_object().unwrap().clone());
                }
            }
        }
    }
    for (name, value) in patch["picture"].as_object().unwrap() {
        if !matches!(name.as_str(), "cards" | "routes") {
            page["picture"][name] = value.clone();
        }
    }
    if !patch["findings"].is_null() {
        page["findings"] = patch["findings"].clone();
    }
    let records = page["records"].as_object_mut().unwrap();
    for gone in patch["gone"].as_array().unwrap() {
        records.remove(gone.as_str().unwrap());
    }
    records.extend(patch["changed"].as_object().unwrap().clone());
}

fn page_of(view: &View) -> Value {
    let nothing = View::default();
    let all = serde_json::to_value(nothing.patch(view, &[])).unwrap();
    json!({"picture": serde_json::to_value(&*view.picture).unwrap(), "findings": view.findings.as_deref(), "records": all["changed"]})
}

fn view(before: &View, room: &Room, boxes: BoxOrder, steps: &[Step]) -> View {
    let revision = Revision {
        rev: room.session.rev(),
        hash: String::new(),
        map: room.session.map(),
    };
    let placements: Vec<_> = steps.iter().flat_map(Step::placements).collect();
    before.next(revision, boxes, &placements, None)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn patches_bring_a_page_to_where_everybody_is(map in maps(), doings in doings()) {
        // Records that share what names them cannot be told apart by a page.
        let mut map = map;
        map.reviews.clear();
        let mut room = Room::new(&map);
        let mut shown = view(&View::default(), &room, BoxOrder::AsBefore, &[]);
        let mut page = page_of(&shown);
        for doing in doings.iter().take(8) {
            let action = action(&room, doing);
            if room.apply("ada", action).is_err() {
                continue;
            }
            let steps = room.session.pending();
            room.commit();
            let boxes = if doing.2 % 4 == 0 { BoxOrder::Arranged } else { BoxOrder::AsBefore };
            let next = view(&shown, &room, boxes, &steps);
            let edits: Vec<HistoryEntry> = steps.iter().map(HistoryEntry::from).collect();
            let patch = serde_json::to_value(shown.patch(&next, &edits)).unwrap();
            prop_assert_eq!(patch["edits"].as_array().unwrap().len(), edits.len());
            patched(&mut page, &patch);
            shown = next;
            let mut wanted = page_of(&shown);
            // Findings that say the same are not sent again for another revision.
            wanted["findings"]["rev"] = page["findings"]["rev"].clone();
            prop_assert_eq!(&page, &wanted);
        }
    }
}

#[test]
fn the_same_number_of_a_browser_is_done_once() {
    let mut room = Room::new(&BenefitMap::new("Once"));
    let edit = || some_edit(&BenefitMap::new(""), 3, 0, 0, "Ada");
    let mut add = command("ada", Action::Edit(Box::new(edit())));
    add.number = Some(1);
    assert_eq!(room.session.answered("ada", 1, &room.past), Ok(None));
    let done = room.session.apply(add, &room.past).unwrap();
    room.commit();
    room.session.answer("ada", 1, done.rev);
    assert_eq!(room.session.answered("ada", 1, &room.past), Ok(Some(done)));
    assert_eq!(room.session.answered("ben", 1, &room.past), Ok(None));
    let far = room.session.answered("ada", 1_000_000_000, &room.past).unwrap_err();
    assert_eq!(
        far.to_string(),
        "edits are numbered one after the other, and 1000000000 is more than 10000 ahead of 1"
    );
}

#[test]
fn a_history_in_memory_stays_small_and_knows_its_last_states() {
    let map = BenefitMap::new("Small");
    let mut past = Memory::new(map.clone(), 0, 3);
    let mut session = Session::new(map, 0);
    let mut then = Vec::new();
    for at in 0..10 {
        let edit = some_edit(&session.map(), 3, at, at, &format!("Owner {at}"));
        session
            .apply(command("ada", Action::Edit(Box::new(edit))), &past)
            .unwrap();
        for step in session.pending() {
            past.add(step).unwrap();
        }
        session.commit();
        then.push((*session.map()).clone());
    }
    for rev in 7..=10 {
        assert_eq!(past.map_at(rev).unwrap(), then[rev as usize - 1]);
    }
    let (first, last) = (7, 10);
    assert_eq!(past.map_at(6), Err(Refusal::NoSuchStep { rev: 6, first, last }));
    assert!(past.step(7).is_none() && past.step(8).is_some());
}

#[test]
fn what_was_written_in_another_order_is_undone_and_done_again_all_the_same() {
    // A file that people wrote by hand: lists that have no order, and a band that says nothing.
    let map: BenefitMap = serde_json::from_value(json!({
        "format": 1, "title": "By hand", "period": {},
        "owners": [{"id": "o", "name": "Owner"}],
        "partners": [{"id": "z", "name": "Z"}, {"id": "a", "name": "A"}],
        "nodes": [{"id": "n", "kind": "enabler", "title": "N", "partners": ["z", "a"], "tags": ["b", "a", "b"]}],
        "kpis": [{"id": "k", "node": "n", "band": {}, "targets": [{"date": "2030-01-01", "value": 2}, {"date": "2029-01-01", "value": 1}]}],
        "plans": [{"owner": "o", "activities": [{"id": "y"}, {"id": "x"}, {"id": "w", "after": ["y", "x"]}]}],
    }))
    .unwrap();
    for edit in [
        json!({"do": "remove", "what": "activity y"}),
        json!({"do": "remove", "what": "partner a"}),
        json!({"do": "remove", "what": "node n"}),
        json!({"do": "remove", "what": "plan o"}),
        json!({"do": "remove", "what": "owner o"}),
        json!({"do": "set", "what": "node n", "field": "tags", "value": ["c", "b"], "was": ["a", "b"]}),
        json!({"do": "set", "what": "kpi k", "field": "targets", "value": null}),
        json!({"do": "set", "what": "map", "field": "period", "value": {"start": "2026-04-01"}, "was": null}),
    ] {
        let mut room = Room::new(&map);
        let edit_again = || Box::new(serde_json::from_value(edit.clone()).unwrap());
        room.apply("ada", Action::Edit(edit_again())).unwrap();
        room.apply("ada", Action::Undo).unwrap();
        room.apply("ada", Action::Redo).unwrap();
        room.apply("ada", Action::Undo).unwrap();
        room.commit();
        assert_eq!(room.session.map(), room.maps[&0], "{edit}");
        // The history begins with the map as files have it, and each state of it is made of that.
        for (rev, then) in &room.maps {
            assert_eq!(&room.past.map_at(*rev).unwrap(), &**then, "{edit}, step {rev}");
        }
    }
}

#[test]
fn another_map_in_its_place_is_undone_only_while_nothing_else_was_done() {
    let mut room = Room::new(&BenefitMap::new("Ours"));
    room.apply("ada", Action::Take(Box::new(BenefitMap::new("Theirs"))))
        .unwrap();
    room.commit();
    assert!(
        room.session.undoable("ada").undo.is_none(),
        "taking the file is nobody's own step"
    );
    let map = Box::new((*room.maps[&0]).clone());
    room.apply("ada", Action::Return { rev: 0, map }).unwrap();
    room.commit();
    room.apply("ada", Action::Undo).unwrap();
    room.commit();
    assert_eq!(room.session.map().title, "Theirs");
    room.apply("ada", Action::Redo).unwrap();
    room.commit();
    assert_eq!(room.session.map().title, "Ours");
    let edit = some_edit(&room.session.map(), 3, 0, 0, "Ben");
    room.apply("ben", Action::Edit(Box::new(edit))).unwrap();
    room.commit();
    assert_eq!(room.apply("ada", Action::Undo), Err(Refusal::MapChangedSince));
}

#[test]
fn undo_goes_on_past_a_step_that_somebody_built_on_and_says_who_did() {
    let map: BenefitMap = serde_json::from_value(json!({
        "format": 1, "title": "Together",
        "nodes": [{"id": "a", "kind": "enabler", "title": "A"}, {"id": "b", "kind": "enabler", "title": "B"}],
    }))
    .unwrap();
    let mut room = Room::new(&map);
    let edit = |edit: Value| Action::Edit(Box::new(serde_json::from_value(edit).unwrap()));
    let title = |what: &str, value: &str| edit(json!({"do": "set", "what": what, "field": "title", "value": value}));
    room.apply("ada", title("node b", "First")).unwrap();
    room.apply("ada", title("node a", "Mine")).unwrap();
    room.commit();
    room.apply("ben", title("node a", "Theirs")).unwrap();
    let refused = room.apply("ada", Action::Undo).unwrap_err();
    let said = refused.to_string();
    assert!(said.contains("BEN") && said.contains("rename"), "{said}");
    room.apply("ada", Action::Skip).unwrap();
    room.apply("ada", Action::Undo).unwrap();
    room.commit();
    let titles: Vec<String> = room.session.map().nodes.iter().map(|node| node.title.clone()).collect();
    assert_eq!(titles, ["Theirs", "B"]);
    assert_eq!(room.apply("ada", Action::Undo), Err(Refusal::NothingToUndo));
    // What was skipped is not redone; what was undone is, also after a restart.
    room.apply("ada", Action::Redo).unwrap();
    room.commit();
    assert_eq!(room.session.map().nodes[1].title, "First");
    let mut again = Session::new(map, 0);
    for step in room.steps.clone() {
        again.replay(step, &room.past).unwrap();
    }
    assert_eq!(again.map(), room.session.map());
    assert_eq!(again.undoable("ada"), room.session.undoable("ada"));
}
