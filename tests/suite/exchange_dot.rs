//! DOT as Graphviz reads it: comments, escapes, records, markup, groups, what is not drawn, and encodings.

use benefit_map::exchange::{Choices, Outcome, What, import_dot};
use benefit_map::map::NodeKind;

use crate::support::imported::{Folder, import, links, nodes, titles, whys};

fn dot(text: &str) -> benefit_map::exchange::Import {
    import(import_dot, text)
}

#[test]
fn dot_hash_comments_begin_anywhere_outside_quotes() {
    let import = dot(
        "# first\ndigraph m { # why\n  seats -> rest   # more places\n  rest /* x */ -> visits // y\n \"a # b\" [label=\"#1\"]#end\n}",
    );
    assert_eq!(links(&import), ["rest -> visits", "seats -> rest"]);
    assert_eq!(titles(&import), ["#1", "seats", "rest", "visits"]);
}

#[test]
fn dot_default_label_n_and_other_escapes_stand_for_names() {
    let import = dot(
        "digraph \"Main Street\" { graph [bb=\"0,0,54,180\"]; node [label=\"\\N\"]; \"Ramp built\" [height=0.5, pos=\"27,162\"]; \
         \"Shop entered\"; \"Trade grows\" [label=\"\\N at \\G\"]; \"Ramp built\" -> \"Shop entered\" [pos=\"e,27,108\", label=\"\\T then \\H\"]; \
         \"Shop entered\" -> \"Trade grows\" [label=\"\\E\"]; }",
    );
    assert_eq!(import.map.title, "Main Street");
    assert_eq!(
        titles(&import),
        ["Ramp built", "Shop entered", "Trade grows at Main Street"]
    );
    assert_eq!(
        links(&import),
        ["ramp-built -> shop-entered", "shop-entered -> trade-grows"]
    );
    let reasons: Vec<&str> = import.map.links.iter().map(|link| link.rationale.as_str()).collect();
    assert_eq!(reasons, ["Ramp built then Shop entered", "Shop entered->Trade grows"]);
}

#[test]
fn dot_record_labels_and_others_are_read_as_they_are_drawn() {
    for (label, title) in [
        ("\"one\\ntwo\\lthree\\r\"", "one two three"),
        ("\"K&uuml;che &amp; Caf&#233; &#x20AC;\"", "Küche & Café €"),
        ("\"say \\\"yes\\\" \\\\ no\"", "say \"yes\" \\ no"),
        ("\"long \\\nline\"", "long line"),
        ("\"long \" + \"line\"", "long line"),
        ("<a <b>bold</b> &lt;x&gt; &eacute;>", "a bold <x> é"),
        (
            "<<table><tr><td port=\"p\">Head</td></tr><tr><td>40 <!-- > --> benches</td></tr></table>>",
            "Head 40 benches",
        ),
        ("<one<br/>two>", "one two"),
        ("plain_word", "plain_word"),
        ("-.5", "-.5"),
    ] {
        let import = dot(&format!("digraph {{ x [label={label}] }}"));
        assert_eq!(titles(&import), [title], "{label}");
    }
    let records = dot(
        "digraph { a [shape=record, label=\"{Seats|<n>40 benches|{by|March}}\"]; b [shape=Mrecord, label=\"<a>Longer visits\"]; \
         node [shape=record]; c [label=\"left \\| right|\\N\"]; a:n -> b:a:w; }",
    );
    assert_eq!(
        titles(&records),
        ["Seats 40 benches by March", "left | right c", "Longer visits"]
    );
    assert_eq!(links(&records), ["a -> b"]);
}

#[test]
fn tips_texts_beside_and_addresses_are_kept() {
    let import = dot(
        "digraph { a [label=A, xlabel=beside, tooltip=\"more of it\", comment=\"said once\", URL=\"https://example.org/a\"]; \
         b [label=\"\", xlabel=\"B only beside\"]; c [tooltip=\"\\N\"]; \
         a -> b [label=why, headlabel=end, tooltip=because, URL=\"https://example.org/study\"] }",
    );
    let a = &import.map.nodes[0];
    assert_eq!(a.description, "beside\nmore of it\nsaid once\nhttps://example.org/a");
    assert_eq!(titles(&import), ["A", "c", "B only beside"]);
    let link = &import.map.links[0];
    assert_eq!(link.rationale, "why\nend\nbecause");
    assert_eq!(link.evidence[0].url, "https://example.org/study");
    assert!(
        whys(&import, What::Attribute, Outcome::LeftOut).is_empty(),
        "{:?}",
        import.accounts
    );
}

#[test]
fn dot_invisible_nodes_are_no_boxes() {
    let import = dot(
        "digraph m { top [style=invis]; hold [style=\"invis\"]; both [style=\"filled, invis\"]; j [shape=point]; \
         subgraph cluster_x { node [style=invis]; inner } a [label=Seats]; b [label=\"Longer visits\"]; top -> a [style=invis]; \
         top -> hold [color=transparent]; a -> j -> b; }",
    );
    assert_eq!(titles(&import), ["Seats", "Longer visits"]);
    assert_eq!(links(&import), ["a -> b"]);
    assert_eq!(import.count(What::Element), (7, 2));
    assert_eq!(
        whys(&import, What::Element, Outcome::LeftOut),
        [
            "it is not drawn (`style=invis`), so the lines through it are joined",
            "a point without a text is not a box, so the lines through it are joined",
        ]
    );
    // A point with a text is a box; so is one whose kind is said.
    let points =
        dot("digraph { node [shape=point]; a [label=Seats]; b [kind=\"end outcome\"]; c [xlabel=x, label=y]; a -> b }");
    assert_eq!(titles(&points), ["Seats", "y", "b"]);
    // A style that is taken back is none.
    assert_eq!(
        titles(&dot("digraph { node [style=invis]; a [style=\"\"]; b [style=filled] }")),
        ["a", "b"]
    );
}

#[test]
fn the_whole_language_is_read() {
    let import = dot(
        "strict DiGraph G { EDGE [dir=back]; Node [kind=enabler] NODE [kind=\"\"]\n subgraph s { a; b } -> {c d:n:sw}\n \
         {rank=same; e} -> f -> g [dir=forward]; \"node\" -> \"edge\" ; é -> _1 ; -1.5 -> .5; a->b;;a->b \n}",
    );
    assert_eq!(
        links(&import),
        [
            "1 -> e-2",
            "5 -> 1.5",
            "b -> a",
            "c -> a",
            "c -> b",
            "d -> a",
            "d -> b",
            "e -> f",
            "edge -> node",
            "f -> g",
        ]
    );
}

#[test]
fn groups_give_kinds_and_tags_however_they_stand_in_each_other() {
    let import = dot(
        "digraph { subgraph cluster_1 { label=\"Projects\"; subgraph cluster_2 { label=\"Parks team\"; tooltip=\"T\"; benches } shade } \
         subgraph cluster_outcomes { rest } subgraph Impacts { rank=same; trade } subgraph cluster_1 { lamps } \
         subgraph cluster_9 { plain } subgraph x { label=\"Not drawn\"; other } {rank=same; benches; rest} \
         subgraph y { cluster=true; label=\"Boxed\"; boxed } }",
    );
    let node = |id: &str| import.map.nodes.iter().find(|node| node.id.as_str() == id).unwrap();
    assert_eq!(node("benches").kind, NodeKind::Enabler);
    assert_eq!(node("benches").tags, ["Parks team"]);
    assert_eq!(
        node("lamps").kind,
        NodeKind::Enabler,
        "a cluster that is opened again is the same"
    );
    assert_eq!(node("rest").kind, NodeKind::IntermediateOutcome);
    assert_eq!(node("trade").kind, NodeKind::EndOutcome);
    assert_eq!(node("boxed").tags, ["Boxed"]);
    assert!(node("plain").tags.is_empty() && node("other").tags.is_empty());
    let told = whys(&import, What::Other, Outcome::LeftOut);
    assert!(
        told.contains(&"its label is not drawn, as its name does not begin with `cluster`"),
        "{told:?}"
    );
    assert_eq!(
        whys(&import, What::Attribute, Outcome::LeftOut),
        ["a group has no fields in a map"]
    );
    // A type that names no kind does not hide the heading, and is told.
    let typed = dot("digraph { subgraph cluster_a { label=Outcomes; a [type=survey, class=big] } }");
    assert_eq!(nodes(&typed), ["intermediate-outcome a"]);
    assert_eq!(
        whys(&typed, What::Attribute, Outcome::LeftOut),
        ["a map has no such field"]
    );
}

#[test]
fn a_file_of_several_graphs_gives_its_first_and_tells_of_the_others() {
    let import = dot("digraph one { a -> b }\n# next\ngraph two { c -- d }\nstrict digraph { e }");
    assert_eq!(
        (import.map.title.as_str(), links(&import)),
        ("one", vec!["a -> b".to_owned()])
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        ["only the first graph of a file becomes a map"]
    );
}

#[test]
fn windows_1252_and_latin_1_are_read_and_told() {
    for (bytes, told) in [
        (
            &b"digraph { graph [charset=latin1] a [label=\"W\xE4rme\"] }"[..],
            "read as `latin1`, as the file says",
        ),
        (
            &b"digraph { a [label=\"W\xE4rme\"] }"[..],
            "read as Windows-1252, as it is not UTF-8",
        ),
        (
            "digraph { charset=\"ISO-8859-1\"; a [label=\"Wärme\"] }".as_bytes(),
            "read as UTF-8, which it is, although the file says `iso-8859-1`",
        ),
    ] {
        let import = import_dot(bytes, &Choices::default()).unwrap();
        assert_eq!(titles(&import), ["Wärme"]);
        assert_eq!(whys(&import, What::Other, Outcome::Kept), [told]);
        assert!(
            import
                .groups()
                .iter()
                .any(|group| group.to_string() == format!("the encoding: {told}"))
        );
    }
}

#[test]
fn words_for_what_is_missing_are_empty_and_told() {
    let import = dot(
        "digraph { a [owner=TBC, due=\"n/a\", description=\"to be confirmed\", tags=\"x; tbd\", type=unknown]; b; \
         a -> b [label=\"?\", rationale=TBC] }",
    );
    let a = &import.map.nodes[0];
    assert!(a.owner.is_none() && a.due.is_none() && a.description.is_empty() && import.map.owners.is_empty());
    assert_eq!(a.tags, ["x"]);
    assert_eq!(import.map.links[0].rationale, "");
    let blank = "it is only a placeholder, so it is taken as empty";
    let told: Vec<&str> = import
        .accounts
        .iter()
        .filter(|account| account.fate.why() == blank)
        .map(|account| account.word.as_str())
        .collect();
    assert_eq!(told, ["due", "owner", "tags", "description", "rationale", "label"]);
}

#[test]
fn an_import_of_nothing_writes_nothing_and_one_that_is_tried_only_tells() {
    let folder = Folder::of(&[
        ("a.dot", b"digraph { a -> b [label=\"-\"] }"),
        ("two.dot", b"digraph { a -> b; a -> b [label=\"-\"] }"),
        ("none.dot", b"digraph { }"),
        ("hidden.dot", b"digraph { node [style=invis]; a -> b }"),
        (
            "map.json",
            b"{\"format\": 1, \"title\": \"Old\", \"nodes\": [{\"id\": \"a\", \"kind\": \"enabler\"}]}",
        ),
    ]);
    let (code, said) = folder.said("import dot a.dot -o new.json --dry-run --report r.csv");
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("would write new.json from a.dot: 2 nodes, 1 link"),
        "{said}"
    );
    assert!(said.contains("hinders by its label `-`"), "{said}");
    assert!(!folder.path("new.json").exists() && !folder.path("r.csv").exists());
    let (code, said) = folder.said("import dot a.dot -o map.json --dry-run");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("changed: ") && said.contains("node `b`"), "{said}");
    assert!(
        std::fs::read_to_string(folder.path("map.json"))
            .unwrap()
            .contains("Old")
    );
    for name in ["none.dot", "hidden.dot"] {
        let (code, said) = folder.said(&format!("import dot {name} -o new.json --report r.csv"));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("so no map was written"), "{said}");
        assert!(!folder.path("new.json").exists() && !folder.path("r.csv").exists());
    }
    // A file that contradicts itself is read, and a script notices.
    let (code, said) = folder.said("import dot two.dot -o new.json");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("fault: 1 relation: it says the opposite"), "{said}");
    assert!(folder.path("new.json").exists());
}
