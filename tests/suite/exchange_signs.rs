//! Signs and directions of other tools' files: what hinders stays so, and a direction that nobody gave is told.

use benefit_map::exchange::{
    Choices, Format, Import, Outcome, What, export, import_archi_csv, import_archimate, import_dot, import_graphml,
    import_kumu, import_kumu_sheets,
};
use benefit_map::map::{BenefitMap, Effect};
use proptest::prelude::*;

use crate::support::generate;
use crate::support::imported::{Reader, import, links, nodes, sheet, titles, why_of, whys};

/// A model of two outcomes and an influence between them, with the attributes and the parts given.
fn influence(attributes: &str, parts: &str) -> String {
    format!(
        "<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/' xmlns:xsi='x' identifier='m'><elements>\
         <element identifier='a' xsi:type='Outcome'><name>A</name></element><element identifier='b' xsi:type='Outcome'>\
         <name>B</name></element></elements><relationships><relationship identifier='r' source='a' target='b' \
         xsi:type='Influence' {attributes}>{parts}</relationship></relationships></model>"
    )
}

/// A graph of two nodes and an edge with data of that name, and a look.
fn edge(name: &str, text: &str, look: &str) -> String {
    format!(
        "<graphml xmlns:y='y'><key id='k' for='edge' attr.name='{name}'/><key id='l' for='edge' yfiles.type='edgegraphics'/>\
         <graph edgedefault='directed'><node id='a'/><node id='b'/><edge source='a' target='b'><data key='k'>{text}</data>\
         <data key='l'>{look}</data></edge></graph></graphml>"
    )
}

#[test]
fn what_hinders_stays_so_in_every_importer() {
    let dot = |attribute: &str| (import_dot as Reader, format!("digraph {{ a -> b [{attribute}] }}"));
    let graphml = |name: &str, text: &str, look: &str| (import_graphml as Reader, edge(name, text, look));
    let model = |attributes: &str, parts: &str| (import_archimate as Reader, influence(attributes, parts));
    let kumu = |field: &str| {
        let text = format!(
            "{{\"elements\": [{{\"label\": \"a\"}}, {{\"label\": \"b\"}}], \"connections\": [{{\"from\": \"a\", \"to\": \"b\", {field}}}]}}"
        );
        (import_kumu as Reader, text)
    };
    let label = "<y:PolyLineEdge><y:EdgeLabel>−</y:EdgeLabel></y:PolyLineEdge>";
    let bar = "<y:PolyLineEdge><y:Arrows source='none' target='t_shape'/></y:PolyLineEdge>";
    for (read, text) in [
        dot("effect=hinders"),
        dot("effect=negative"),
        dot("polarity=\"-\""),
        dot("sign=minus"),
        dot("type=inhibits"),
        dot("weight=-0.5"),
        dot("arrowhead=tee"),
        dot("label=\"-\""),
        dot("label=\"(-)\""),
        dot("label=\"&minus;\""),
        dot("headlabel=\"-\""),
        dot("taillabel=\"–\""),
        dot("xlabel=\"--\""),
        dot("label=reduces"),
        dot("label=\"noise (-)\""),
        dot("dir=back, arrowtail=tee"),
        graphml("effect", "hinders", ""),
        graphml("polarity", "negative", ""),
        graphml("weight", "-1.0", ""),
        graphml("interaction", "inhibits", ""),
        graphml("label", "-", ""),
        graphml("x", "y", label),
        graphml("x", "y", bar),
        model("modifier='-'", ""),
        model("modifier='--'", ""),
        model("modifier='-2'", ""),
        model("strength='-'", ""),
        model("", "<name>-</name>"),
        kumu("\"connection type\": \"-\""),
        kumu("\"type\": \"+-\""),
        kumu("\"attributes\": {\"polarity\": \"negative\"}"),
        kumu("\"tags\": [\"negative\"]"),
        kumu("\"label\": \"-\""),
        kumu("\"direction\": \"directed\", \"strength\": -3"),
    ] {
        let import = import(read, &text);
        let hinders = import
            .map
            .links
            .iter()
            .filter(|link| link.effect == Effect::Hinders)
            .count();
        assert_eq!((import.map.links.len(), hinders), (1, 1), "{text}");
        assert!(
            !import.map.links[0].rationale.contains('-'),
            "a sign is no reason: {text}"
        );
    }
    for (read, text) in [
        dot("effect=supports"),
        dot("label=\"+\""),
        dot("label=\"less noise\""),
        dot("weight=3"),
        dot("arrowhead=crowtee"),
        dot("color=red, style=dashed"),
        graphml("weight", "2", ""),
        model("modifier='+'", ""),
        model("modifier='7'", ""),
        kumu("\"type\": \"--\""),
        kumu("\"tags\": [\"a\"]"),
    ] {
        let import = import(read, &text);
        assert_eq!(import.map.links[0].effect, Effect::Supports, "{text}");
        assert_eq!(why_of(&import, "a -> b"), "", "{text}");
    }
}

#[test]
fn the_tables_of_archi_and_kumu_carry_signs_too() {
    let elements = sheet(
        "elements.csv",
        &["ID", "Type", "Name"],
        &[&["a", "Outcome", "A"], &["b", "Goal", "B"]],
    );
    let relations = sheet(
        "relations.csv",
        &["ID", "Type", "Name", "Documentation", "Source", "Target"],
        &[&["r", "InfluenceRelationship", "", "", "a", "b"]],
    );
    for strength in ["-", "--", "-5"] {
        let properties = sheet(
            "properties.csv",
            &["ID", "Key", "Value"],
            &[&["r", "Influence_Strength", strength]],
        );
        let import = import_archi_csv(&[elements.clone(), relations.clone(), properties], &Choices::default()).unwrap();
        assert_eq!(links(&import), ["a -| b"], "{strength}");
        assert!(
            whys(&import, What::Attribute, Outcome::LeftOut).is_empty(),
            "{strength}"
        );
    }
    for (header, cells) in [
        (["From", "To", "Type"], ["A", "B", "-"]),
        (["From", "To", "Polarity"], ["A", "B", "negative"]),
        (["From", "To", "Tags"], ["A", "B", "weak|minus"]),
        (["From", "To", "Label"], ["A", "B", "hinders"]),
    ] {
        let import = import_kumu_sheets(&[sheet("connections.csv", &header, &[&cells])], &Choices::default()).unwrap();
        assert_eq!(links(&import), ["a -| b"], "{header:?}");
    }
}

#[test]
fn it_is_told_by_what_a_line_hinders_and_what_says_the_opposite() {
    let of = |attributes: &str| import(import_dot, &format!("digraph {{ a -> b [{attributes}] }}"));
    assert_eq!(why_of(&of("effect=hinders, arrowhead=tee, label=\"-\""), "a -> b"), "");
    assert_eq!(why_of(&of("arrowhead=tee"), "a -> b"), "hinders by its arrowhead `tee`");
    assert_eq!(
        why_of(&of("label=\"reduces\""), "a -> b"),
        "hinders by its label `reduces`"
    );
    let both = of("effect=supports, label=\"-\"");
    assert_eq!(links(&both), ["a -> b"]);
    assert_eq!(
        why_of(&both, "a -> b"),
        "supports by its effect, although its label `-` says the opposite"
    );
    // Two lines of opposite signs are one link, and a fault.
    let two = import(import_dot, "digraph { a -> b; a -> b [label=\"-\"] }");
    assert_eq!(links(&two), ["a -> b"]);
    assert!(two.has_faults());
    assert_eq!(
        whys(&two, What::Relation, Outcome::Fault),
        ["it says the opposite of another relation between the same two, which was taken"]
    );
}

#[test]
fn a_line_that_runs_both_ways_has_a_sign_each_way() {
    let import = |attributes: &str| import(import_dot, &format!("digraph {{ a -> b [dir=both, {attributes}] }}"));
    assert_eq!(links(&import("arrowtail=tee")), ["a -> b", "b ~| a"]);
    assert_eq!(links(&import("arrowhead=tee")), ["a -| b", "b ~> a"]);
    assert_eq!(links(&import("label=\"-\"")), ["a -| b", "b ~| a"]);
    // An arrowhead that is none is none.
    assert_eq!(links(&import("arrowhead=none")), ["b -> a"]);
    assert_eq!(links(&import("arrowtail=none")), ["a -> b"]);
}

/// The same lines without an arrow in every format.
fn without_direction() -> Vec<Import> {
    let graphml = |default: &str, of_edge: &str, look: &str| {
        format!(
            "<graphml xmlns:y='y'><graph edgedefault='{default}'><node id='a'/><node id='b'/><edge source='a' target='b' \
             {of_edge}><data key='l'>{look}</data></edge></graph></graphml>"
        )
    };
    let none = "<y:PolyLineEdge><y:Arrows source='none' target='none'/></y:PolyLineEdge>";
    let kumu = "{\"elements\": [{\"label\": \"a\"}, {\"label\": \"b\"}], \"connections\": [{\"from\": \"a\", \"to\": \"b\", \"direction\": \"undirected\"}]}";
    let rows = sheet("c.csv", &["From", "To", "Direction"], &[&["a", "b", "Undirected"]]);
    vec![
        import(import_dot, "graph { a -- b }"),
        import(import_dot, "digraph { a -> b [dir=none] }"),
        import(import_dot, "digraph { a -> b [arrowhead=none] }"),
        import(import_dot, "digraph { edge [dir=none]; a -> b }"),
        import(import_graphml, &graphml("undirected", "", "")),
        import(import_graphml, &graphml("directed", "directed='false'", "")),
        import(import_graphml, &graphml("directed", "", none)),
        import(import_kumu, kumu),
        import_kumu_sheets(&[rows], &Choices::default()).unwrap(),
    ]
}

#[test]
fn dot_lines_without_arrow_and_others_are_told_and_no_kind_is_guessed_from_them() {
    for import in without_direction() {
        assert_eq!(links(&import), ["a -> b"]);
        assert_eq!(
            why_of(&import, "a -> b"),
            "taken as it is written, as it has no direction of its own"
        );
        assert_eq!(nodes(&import), ["enabler a", "enabler b"]);
        assert_eq!(
            whys(&import, What::Element, Outcome::Kept)[0]
                .rsplit("; ")
                .next()
                .unwrap(),
            "its kind is not known, because no line with a direction leads to it or from it"
        );
        let told = import
            .groups()
            .iter()
            .any(|group| group.to_string().contains("no direction of its own"));
        assert!(told, "the message tells it too");
    }
    // Where the kinds are known the line runs with them, and where one line has a direction it alone says the kinds.
    let import = import(
        import_dot,
        "digraph { goal [kind=\"end outcome\"]; goal -> means [dir=none]; seats -> rest; rest -> goal [dir=none] }",
    );
    assert_eq!(links(&import), ["means -> goal", "rest -> goal", "seats -> rest"]);
    assert_eq!(
        why_of(&import, "means -> goal"),
        "turned to run with the stages, as it has no direction of its own"
    );
    assert_eq!(
        nodes(&import),
        ["enabler means", "enabler seats", "end-outcome goal", "end-outcome rest"]
    );
}

#[test]
fn directions_that_a_file_gives_are_kept() {
    for (text, expected) in [
        ("digraph { a -> b }", "a -> b"),
        ("digraph { a -> b [dir=back] }", "b -> a"),
        ("digraph { edge [dir=back] a -> b }", "b -> a"),
        ("graph { a -- b [dir=forward] }", "a -> b"),
        ("graph { a -- b [dir=back] }", "b -> a"),
    ] {
        let import = import(import_dot, text);
        assert_eq!(links(&import), [expected], "{text}");
        assert!(!why_of(&import, expected).contains("no direction"), "{text}");
    }
    for (direction, expected) in [
        ("directed", &["a -> b"][..]),
        ("->", &["a -> b"]),
        ("<-", &["b -> a"]),
        ("Reversed", &["b -> a"]),
        ("mutual", &["a -> b", "b ~> a"]),
        ("<->", &["a -> b", "b ~> a"]),
        ("", &["a -> b"]),
    ] {
        let rows = sheet("c.csv", &["From", "To", "Direction"], &[&["a", "b", direction]]);
        let import = import_kumu_sheets(&[rows], &Choices::default()).unwrap();
        assert_eq!(links(&import), expected, "{direction}");
    }
}

#[test]
fn lines_run_on_through_what_is_no_box() {
    let dot = import(
        import_dot,
        "digraph { a [label=A]; b [label=B]; c [label=C]; j [shape=point]; \
         a -> j [dir=none, label=why]; j -> b [arrowhead=tee, label=because]; j -> c }",
    );
    assert_eq!(titles(&dot), ["A", "B", "C"]);
    assert_eq!(links(&dot), ["a -| b", "a -> c"]);
    assert_eq!(dot.map.links[0].rationale, "why\nbecause");
    assert_eq!(
        why_of(&dot, "a -> b"),
        "joined through a box without a text",
        "{:?}",
        dot.accounts
    );
    assert_eq!(dot.count(What::Relation), (3, 3));
    let junction = |kind: &str| {
        format!(
            "<model xmlns='http://www.opengroup.org/xsd/archimate/3.0/' xmlns:xsi='x' identifier='m'><elements>\
             <element identifier='a' xsi:type='Outcome'><name>A</name></element><element identifier='b' xsi:type='Outcome'>\
             <name>B</name></element><element identifier='j' xsi:type='{kind}'/></elements><relationships>\
             <relationship identifier='r' source='a' target='j' xsi:type='Influence' modifier='-'/>\
             <relationship identifier='s' source='j' target='b' xsi:type='Influence' modifier='-'/></relationships></model>"
        )
    };
    for kind in ["Junction", "AndJunction", "OrJunction"] {
        let model = import(import_archimate, &junction(kind));
        assert_eq!(links(&model), ["a -> b"], "minus by minus supports: {kind}");
        assert_eq!(model.map.nodes.len(), 2);
    }
    let yed = import(
        import_graphml,
        "<graphml xmlns:y='y'><graph edgedefault='directed'>\
         <node id='a'><data key='d'><y:ShapeNode><y:NodeLabel>A</y:NodeLabel></y:ShapeNode></data></node>\
         <node id='n1'><data key='d'><y:ShapeNode><y:NodeLabel hasText='false'/></y:ShapeNode></data></node>\
         <node id='b'><data key='d'><y:ShapeNode><y:NodeLabel>B</y:NodeLabel></y:ShapeNode></data></node>\
         <edge source='a' target='n1'/><edge source='n1' target='b'/></graph></graphml>",
    );
    assert_eq!((titles(&yed), links(&yed)), (vec!["A", "B"], vec!["a -> b".to_owned()]));
    // A box without a text at the end of a line is a box, and is told.
    let end = import(import_dot, "digraph { a -> b; b [label=\"\"] }");
    assert_eq!((titles(&end), links(&end)), (vec!["a", "b"], vec!["a -> b".to_owned()]));
    // Loops of points end, and a line that leads nowhere is told.
    let lost = import(
        import_dot,
        "digraph { node [shape=point]; p -> q -> p; node [shape=box]; a -> p; q -> q }",
    );
    assert_eq!(titles(&lost), ["a"]);
    assert_eq!(
        whys(&lost, What::Relation, Outcome::LeftOut),
        [
            "no line leads on from the box without a text at its end",
            "it leads from an element to itself"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn out_and_in_keeps_every_sign_and_every_direction(map in generate::maps()) {
        let said = |map: &BenefitMap| {
            let mut each: Vec<_> = map.links.iter().map(|l| (l.from.clone(), l.to.clone(), l.effect, l.feedback)).collect();
            each.sort();
            each
        };
        let formats: [(Format, Reader); 3] = [
            (Format::Dot, import_dot),
            (Format::Graphml, import_graphml),
            (Format::Archimate, import_archimate),
        ];
        for (format, read) in formats {
            let text = export(&map, format).text;
            let import = read(text.as_bytes(), &Choices::default()).unwrap();
            prop_assert_eq!(said(&import.map), said(&map), "{}", format);
            prop_assert!(whys(&import, What::Relation, Outcome::Kept).iter().all(|why| why.is_empty()));
            prop_assert!(!import.has_faults());
        }
    }
}
