use serde_json::{Value, json};

use super::*;

fn by(client: &str, deed: Value) -> BoardStep {
    BoardStep {
        at: "2026-11-24T10:15:30Z".to_owned(),
        who: Author {
            client: client.to_owned(),
            name: client.to_uppercase(),
            colour: 3,
        },
        deed: serde_json::from_value(deed).unwrap(),
    }
}

fn done(board: &mut Board, client: &str, deed: Value) -> Option<Changed> {
    board.apply(&by(client, deed), 0).unwrap()
}

fn refused(board: &mut Board, client: &str, deed: Value) -> String {
    let before = board.clone();
    let refusal = board.apply(&by(client, deed), 0).unwrap_err();
    assert_eq!(*board, before, "{refusal}");
    refusal.to_string()
}

fn public(board: &Board) -> Value {
    serde_json::to_value(board.all(0)).unwrap()
}

#[test]
fn notes_are_written_once_moved_settled_and_deleted() {
    let mut board = Board::default();
    let write = json!({"do": "note", "id": "note0001", "text": " Who pays? ", "about": "node kiosks"});
    assert_eq!(
        done(&mut board, "ada", write.clone()),
        Some(Changed::Note("note0001".to_owned()))
    );
    assert_eq!(
        done(&mut board, "ada", write),
        None,
        "sent again, because its answer was lost"
    );
    let note = &public(&board)["notes"]["note0001"];
    assert_eq!(
        (&note["text"], &note["name"], &note["done"]),
        (&json!("Who pays?"), &json!("ADA"), &json!(false))
    );
    let reword = |text: &str, was: &str| json!({"do": "reword", "id": "note0001", "text": text, "was": was});
    done(&mut board, "ben", reword("Who pays for it?", "Who pays?"));
    let clash = refused(&mut board, "ada", reword("Who pays, and when?", "Who pays?"));
    assert_eq!(clash, "someone else changed this note. It now says: Who pays for it?");
    done(&mut board, "ben", json!({"do": "move", "id": "note0001"}));
    assert_eq!(board.notes()[0].about, None, "it is parked");
    done(
        &mut board,
        "ben",
        json!({"do": "settle", "id": "note0001", "done": true}),
    );
    assert!(board.notes()[0].done);
    done(&mut board, "ben", json!({"do": "remove-note", "id": "note0001"}));
    assert!(board.is_empty());
    assert_eq!(refused(&mut board, "ada", reword("x", "y")), "this note was deleted");
}

#[test]
fn nobody_sees_a_dot_before_the_vote_ends() {
    let mut board = Board::default();
    let open = json!({"do": "open-vote", "id": "vote0001", "question": "What first?", "dots": 3, "among": "boxes"});
    done(&mut board, "ada", open);
    let cast = |dots: Value| json!({"do": "vote", "id": "vote0001", "dots": dots});
    done(&mut board, "ada", cast(json!({"node kiosks": 2, "node cards": 1})));
    done(&mut board, "ben", cast(json!({"node cards": 3, "node desk": 0})));
    assert_eq!(
        refused(&mut board, "cyd", cast(json!({"node cards": 4}))),
        "each person has 3 dots, and these are 4"
    );
    let news = public(&board);
    assert!(!news.to_string().contains("cards"), "{news}");
    let vote = &news["votes"]["vote0001"];
    assert_eq!((&vote["voters"], &vote["given"]), (&json!(2), &json!(6)));
    let own = serde_json::to_value(board.own("ada")).unwrap();
    assert_eq!(own["votes"], json!({"vote0001": {"node kiosks": 2, "node cards": 1}}));
    // A ballot takes the place of the one before, and an empty one takes it back.
    done(&mut board, "ada", cast(json!({"node kiosks": 1})));
    done(&mut board, "cyd", cast(json!({"node kiosks": 3})));
    done(&mut board, "cyd", cast(json!({})));
    done(&mut board, "ada", json!({"do": "close-vote", "id": "vote0001"}));
    let counts = &public(&board)["votes"]["vote0001"]["counts"];
    assert_eq!(*counts, json!({"node cards": 3, "node kiosks": 1}));
    assert_eq!(refused(&mut board, "ben", cast(json!({}))), "this vote has ended");
}

#[test]
fn no_answer_reaches_anybody_before_the_reveal_and_then_all_do_at_once() {
    let mut board = Board::default();
    let round = |id: &str, names: &str, choices: Value| {
        json!({"do": "open-round", "id": id, "names": names, "choices": choices,
            "question": {"id": "hc-4", "text": "How sure are you?", "about": "link a -> b"}})
    };
    let answer = |id: &str, answer: Value| json!({"do": "answer", "id": id, "answer": answer});
    done(&mut board, "ada", round("round001", "hidden", json!(["1", "2", "3"])));
    done(&mut board, "ada", answer("round001", json!("3")));
    done(&mut board, "ben", answer("round001", json!("1")));
    done(&mut board, "ben", answer("round001", json!("2")));
    assert_eq!(
        refused(&mut board, "cyd", answer("round001", json!("9"))),
        "choose one of the answers"
    );
    let news = &public(&board)["rounds"]["round001"];
    assert_eq!((&news["answered"], news.get("answers")), (&json!(2), None));
    assert_eq!(news["question"]["id"], "hc-4");
    assert_eq!(board.own("ben").answers["round001"], "2");
    assert!(board.own("cyd").answers.is_empty());
    done(&mut board, "ada", json!({"do": "reveal", "id": "round001"}));
    let news = &public(&board)["rounds"]["round001"];
    assert_eq!(
        news["answers"],
        json!([{"answer": "2"}, {"answer": "3"}]),
        "in the order of the choices, without names"
    );
    assert_eq!(
        refused(&mut board, "cyd", answer("round001", json!("1"))),
        "this round has ended"
    );

    done(&mut board, "ada", round("round002", "shown", json!([])));
    done(&mut board, "ada", answer("round002", json!("Quite sure")));
    done(&mut board, "ben", answer("round002", json!("Not at all")));
    done(&mut board, "ada", answer("round002", Value::Null));
    assert!(!public(&board).to_string().contains("Not at all"));
    done(&mut board, "ada", json!({"do": "reveal", "id": "round002"}));
    let news = &public(&board)["rounds"]["round002"];
    assert_eq!(
        news["answers"],
        json!([{"answer": "Not at all", "colour": 3, "name": "BEN"}])
    );
}

#[test]
fn a_timer_goes_waits_and_goes_on_whatever_the_clock_says() {
    let mut board = Board::default();
    let mut at = |now: i64, deed: Value| {
        board.apply(&by("ada", deed), now).unwrap();
        let news = serde_json::to_value(board.all(now)).unwrap();
        (news["timer"]["left"].clone(), news["timer"]["runs"].clone())
    };
    let start = json!({"do": "start-timer", "seconds": 60, "label": "Outcomes"});
    assert_eq!(at(1_000, start), (json!(60_000), json!(true)));
    assert_eq!(at(11_000, json!({"do": "pause-timer"})), (json!(50_000), json!(false)));
    assert_eq!(at(99_000, json!({"do": "resume-timer"})), (json!(50_000), json!(true)));
    assert_eq!(at(999_000, json!({"do": "pause-timer"})), (json!(0), json!(false)));
    assert_eq!(at(999_000, json!({"do": "stop-timer"})), (Value::Null, Value::Null));
    for seconds in [0, 4, 10_801] {
        let why = refused(
            &mut Board::default(),
            "ada",
            json!({"do": "start-timer", "seconds": seconds}),
        );
        assert_eq!(why, "a timer takes from 5 seconds to 180 minutes");
    }
}

#[test]
fn what_there_may_be_has_a_bound() {
    let mut board = Board::default();
    for (deed, why) in [
        (
            json!({"do": "note", "id": "x", "text": "a"}),
            "an id must be 8 to 40 small letters and digits",
        ),
        (
            json!({"do": "note", "id": "note0001", "text": " \n"}),
            "a note must say something",
        ),
        (
            json!({"do": "note", "id": "note0001", "text": "a", "about": "map"}),
            "this must be about a box, a link or a note",
        ),
        (
            json!({"do": "note", "id": "note0001", "text": "a".repeat(1001)}),
            "a note can have up to 1000 characters, and this has 1001: shorten it",
        ),
        (
            json!({"do": "open-vote", "id": "vote0001", "question": "?", "dots": 0, "among": "parking"}),
            "each person can have 1 to 20 dots",
        ),
        (
            json!({"do": "open-round", "id": "round001", "question": {"text": "?"}, "choices": ["a", "a "]}),
            "give 2 to 20 different answers to choose from, or none",
        ),
    ] {
        assert_eq!(refused(&mut board, "ada", deed), why);
    }
    for n in 0..NOTES {
        done(
            &mut board,
            "ada",
            json!({"do": "note", "id": format!("note{n:04}"), "text": "é".repeat(1000)}),
        );
    }
    let more = json!({"do": "note", "id": "another1", "text": "a"});
    assert_eq!(
        refused(&mut board, "ada", more),
        "a workshop can have up to 500 notes: delete some first"
    );
    // 500 notes of 2,000 bytes leave less than 50 kB.
    done(
        &mut board,
        "ada",
        json!({"do": "open-round", "id": "round001", "question": {"text": "?"}}),
    );
    let answers = (0..100).find_map(|n| {
        let answer = json!({"do": "answer", "id": "round001", "answer": "é".repeat(1000)});
        board.apply(&by(&format!("person-{n}"), answer), 0).err()
    });
    assert_eq!(answers, Some(BoardRefusal::Full { most: WEIGHT }));
}

#[test]
fn the_same_deeds_make_the_same_board_and_it_reads_back() {
    let deeds = [
        json!({"do": "note", "id": "note0001", "text": "a"}),
        json!({"do": "open-vote", "id": "vote0001", "question": "?", "dots": 2, "among": {"stage": "enabler"}}),
        json!({"do": "vote", "id": "vote0001", "dots": {"node a": 2}}),
        json!({"do": "open-round", "id": "round001", "question": {"text": "?"}}),
        json!({"do": "answer", "id": "round001", "answer": "yes"}),
    ];
    let (mut one, mut two) = (Board::default(), Board::default());
    for deed in &deeds {
        let step = by("ada", deed.clone());
        one.apply(&step, 0).unwrap();
        let again: BoardStep = serde_json::from_str(&serde_json::to_string(&step).unwrap()).unwrap();
        two.apply(&again, 1_000_000).unwrap();
    }
    assert_eq!(one, two);
    let read: Board = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
    assert_eq!(read, one);
}
