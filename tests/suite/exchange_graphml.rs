//! GraphML of yEd, yEd Live, Gephi, NetworkX and others: labels, defaults, groups, and what a map has no place for.

use benefit_map::exchange::{Choices, Import, Outcome, What, import_graphml};
use benefit_map::map::NodeKind;

use crate::support::imported::{import, links, nodes, titles, why_of, whys};

fn graphml(text: &str) -> Import {
    import(import_graphml, text)
}

/// A file of yEd Live, in the form that yFiles for HTML writes.
fn live(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!--Created by yFiles for HTML 2.6-->\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/yfiles-common/3.0\" \
         xmlns:x=\"http://www.yworks.com/xml/yfiles-common/markup/3.0\" xmlns:yjs=\"http://www.yworks.com/xml/yfiles-for-html/3.0/xaml\">\n\
         <key id=\"d1\" for=\"node\" attr.name=\"NodeLabels\" y:attr.uri=\"http://www.yworks.com/xml/yfiles-common/2.0/NodeLabels\"/>\
         <key id=\"d2\" for=\"node\" attr.name=\"Expanded\" attr.type=\"boolean\"><default>true</default></key>\
         <key id=\"d3\" for=\"node\" attr.name=\"url\"/><key id=\"d4\" for=\"edge\" attr.name=\"description\"/>\
         <key id=\"d6\" for=\"edge\" attr.name=\"EdgeLabels\"/><key id=\"d8\" for=\"edge\" attr.name=\"EdgeStyle\"/>\
         <key id=\"d14\" attr.name=\"SharedData\"/><data key=\"d14\"><y:SharedData>\
         <yjs:PolylineEdgeStyle x:Key=\"5\"><yjs:PolylineEdgeStyle.targetArrow><yjs:Arrow type=\"TRIANGLE\"/>\
         </yjs:PolylineEdgeStyle.targetArrow></yjs:PolylineEdgeStyle><yjs:PolylineEdgeStyle x:Key=\"6\" targetArrow=\"NONE\">\
         <yjs:PolylineEdgeStyle.sourceArrow><yjs:Arrow type=\"TRIANGLE\"/></yjs:PolylineEdgeStyle.sourceArrow>\
         </yjs:PolylineEdgeStyle></y:SharedData></data><graph id=\"G\" edgedefault=\"directed\">{body}</graph></graphml>"
    )
}

#[test]
fn graphml_yed_live_labels_are_titles_and_reasons() {
    let import = graphml(&live(
        "<node id='n0'><data key='d1'><x:List><y:Label><y:Label.Text>Benches</y:Label.Text></y:Label></x:List></data>\
         <data key='d3'>https://example.org</data><port name='p0'/></node>\
         <node id='n1'><data key='d1'><x:List><y:Label Text='People rest'/><y:Label Text='in the shade'/></x:List></data></node>\
         <node id='n2'><data key='d1'><x:List><y:Label><y:Label.Text><![CDATA[Trade <grows>]]></y:Label.Text></y:Label></x:List></data></node>\
         <edge id='e0' source='n0' target='n1'><data key='d6'><x:List><y:Label><y:Label.Text>gives a seat</y:Label.Text></y:Label></x:List></data>\
         <data key='d8'><y:GraphMLReference ResourceKey='5'/></data><data key='d4'>as counted</data></edge>\
         <edge id='e1' source='n2' target='n1'><data key='d8'><y:GraphMLReference ResourceKey='6'/></data></edge>\
         <edge id='e2' source='n0' target='n2'><data key='d8'><yjs:PolylineEdgeStyle/></data></edge>",
    ));
    assert_eq!(titles(&import), ["Benches", "People rest", "Trade <grows>"]);
    assert_eq!(
        links(&import),
        [
            "benches -> people-rest",
            "benches -> trade-grows",
            "people-rest -> trade-grows"
        ]
    );
    assert_eq!(import.map.links[0].rationale, "gives a seat\nas counted");
    assert!(why_of(&import, "people-rest -> trade-grows").contains("turned, as its arrow points back"));
    assert!(why_of(&import, "benches -> trade-grows").contains("no direction of its own"));
    let description = |at: usize| import.map.nodes[at].description.as_str();
    assert_eq!(
        (description(0), description(1)),
        ("https://example.org", "in the shade")
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        ["where on its box a line ends is not part of a map"]
    );
    assert!(
        whys(&import, What::Attribute, Outcome::LeftOut).is_empty(),
        "{:?}",
        import.accounts
    );
}

#[test]
fn values_that_a_key_gives_by_default_count() {
    let import = graphml(
        "<graphml><key id='d0' for='node' attr.name='kind'><default>enabler</default></key>\
         <key id='d1' for='edge' attr.name='effect'><default>hinders</default></key>\
         <graph edgedefault='directed'><node id='seats'/><node id='rest'><data key='d0'>Outcomes</data></node>\
         <edge source='seats' target='rest'/></graph></graphml>",
    );
    assert_eq!(nodes(&import), ["enabler seats", "intermediate-outcome rest"]);
    assert_eq!(links(&import), ["seats -| rest"]);
}

#[test]
fn what_gephi_networkx_and_cytoscape_write_is_read() {
    let import = graphml(
        "<graphml><key attr.name='label' attr.type='string' for='node' id='label'/><key attr.name='Edge Label' for='edge' id='edgelabel'/>\
         <key attr.name='weight' attr.type='double' for='edge' id='weight'/><key attr.name='r' attr.type='int' for='node' id='r'/>\
         <key id='d0' for='node' attr.name='name'/><key id='d1' for='edge' attr.name='interaction'/>\
         <graph defaultedgetype='directed' edgedefault='directed'><node id='0'><data key='label'>Seats</data><data key='r'>153</data></node>\
         <node id='1'><data key='d0'>Rest</data></node><node id='Quiet streets'/>\
         <edge id='0' source='0' target='1'><data key='weight'>1.0</data><data key='edgelabel'>a place</data></edge>\
         <edge source='1' target='Quiet streets'><data key='weight'>-0.7</data></edge>\
         <edge source='0' target='Quiet streets'><data key='d1'>inhibits</data></edge></graph></graphml>",
    );
    assert_eq!(titles(&import), ["Seats", "Rest", "Quiet streets"]);
    assert_eq!(
        links(&import),
        ["rest -| quiet-streets", "seats -| quiet-streets", "seats -> rest"]
    );
    assert_eq!(why_of(&import, "rest -> quiet-streets"), "hinders by its weight `-0.7`");
    let left: Vec<String> = import
        .accounts
        .iter()
        .filter(|account| account.what == What::Attribute)
        .map(|account| format!("{} {}", account.word, account.title))
        .collect();
    assert_eq!(left, ["r once", "weight once"]);
}

#[test]
fn groups_in_groups_give_kinds_and_tags() {
    let import = graphml(
        "<graphml xmlns:y='y'><key id='k' for='node' attr.name='label'/><graph edgedefault='directed'>\
         <node id='g0'><data key='k'>Projects</data><graph><node id='g1'><data key='k'>Parks team</data><graph>\
         <node id='benches'/></graph></node></graph></node>\
         <node id='n9'><data key='l'><y:ProxyAutoBoundsNode><y:Realizers active='0'><y:GroupNode><y:NodeLabel/></y:GroupNode>\
         </y:Realizers></y:ProxyAutoBoundsNode></data><graph><node id='shade'/></graph></node><node id='rest'/>\
         <node id='empty'><data key='k'>Empty group</data><graph/></node>\
         <edge source='benches' target='n9'/><edge source='n9' target='rest'/></graph></graphml>",
    );
    let node = |id: &str| import.map.nodes.iter().find(|node| node.id.as_str() == id).unwrap();
    assert_eq!(
        (node("benches").kind, node("benches").tags.as_slice()),
        (NodeKind::Enabler, &["Parks team".to_owned()][..])
    );
    // Lines run on through a group without a name; a group of nothing is a box.
    assert_eq!(links(&import), ["benches -> rest"]);
    assert_eq!(titles(&import), ["benches", "Empty group", "shade", "rest"]);
}

#[test]
fn what_a_map_has_no_place_for_is_told() {
    let import = graphml(
        "<graphml><key id='k' for='node' attr.name='label'/><key id='n' for='node' attr.name='name'/><graph edgedefault='directed'>\
         <node id='a'><data key='k'>A</data><data key='n'>Alpha</data><port name='top'/></node><node id='b'/>\
         <hyperedge id='h'><endpoint node='a'/><endpoint node='b'/></hyperedge><locator href='other.graphml'/>\
         <edge source='a' target='b'><graph><node id='x'/></graph></edge><edge source='a' target='nowhere'/></graph><graph id='two'/></graphml>",
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        [
            "where on its box a line ends is not part of a map",
            "it joins more than two nodes: draw a line for each pair",
            "other files are not read: import them by themselves",
            "what is inside a line is not part of a map",
            "only the first graph of a file becomes a map",
        ]
    );
    assert_eq!(
        whys(&import, What::Attribute, Outcome::LeftOut),
        ["a map has no such field"]
    );
    assert_eq!(
        whys(&import, What::Relation, Outcome::Fault),
        ["it ends at something that is not an element of the file"]
    );
    let latin =
        b"<?xml version='1.0' encoding='windows-1252'?><graphml><graph><node id='Caf\xE9 \x96 bar'/></graph></graphml>";
    assert_eq!(
        titles(&import_graphml(latin, &Choices::default()).unwrap()),
        ["Café – bar"]
    );
    let said = b"<graphml><graph><node id='Caf\xE9'/></graph></graphml>";
    let import = import_graphml(said, &Choices::default()).unwrap();
    assert_eq!(
        whys(&import, What::Other, Outcome::Kept),
        ["read as Windows-1252, as it is not UTF-8"]
    );
}

#[test]
fn labels_in_html_and_of_tables_lose_no_text() {
    let import = graphml(
        "<graphml xmlns:y='y'><graph edgedefault='directed'><node id='n0'><data key='d'><y:UMLClassNode><y:NodeLabel>Repair cafe</y:NodeLabel>\
         <y:UML><y:AttributeLabel>open on Fridays</y:AttributeLabel><y:MethodLabel/></y:UML></y:UMLClassNode></data></node>\
         <node id='n1'><data key='d'><y:ShapeNode><y:NodeLabel>&lt;html&gt;&lt;b&gt;Trust&lt;/b&gt;&lt;br&gt;in repair&lt;/html&gt;</y:NodeLabel>\
         </y:ShapeNode></data></node><node id='n2'><data key='d'><y:ShapeNode><y:NodeLabel/></y:ShapeNode></data></node>\
         <edge source='n0' target='n1'/></graph></graphml>",
    );
    assert_eq!(titles(&import), ["n2", "Repair cafe", "Trust in repair"]);
    assert_eq!(import.map.nodes[1].description, "open on Fridays");
    let told = whys(&import, What::Element, Outcome::Kept);
    assert!(
        told.iter()
            .any(|why| why.starts_with("its id is its title, as it has no text")),
        "{told:?}"
    );
}

#[test]
fn descriptions_attributes_and_headings_of_lanes_are_not_lost() {
    let import = graphml(
        "<graphml xmlns:y='y'><desc>about the file</desc><graph edgedefault='directed' parse.nodes='2'><desc>About it</desc>\
         <node id='a' label='Seats'><desc>40 of them</desc></node><node id='b' colour='red'/>\
         <node id='n0'><data key='d'><y:TableNode><y:NodeLabel>Map</y:NodeLabel><y:NodeLabel>Left lane</y:NodeLabel></y:TableNode></data>\
         <graph><node id='c'/></graph></node><edge source='a' target='b'><desc>as counted</desc></edge></graph></graphml>",
    );
    assert_eq!(import.map.purpose, "About it");
    let seats = import.map.nodes.iter().find(|node| node.title == "Seats").unwrap();
    assert_eq!(seats.description, "40 of them");
    assert_eq!(import.map.links[0].rationale, "as counted");
    assert_eq!(
        whys(&import, What::Attribute, Outcome::LeftOut),
        ["a map has no such field"]
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        ["a further text on a group, such as the heading of a lane, does not describe what is in it"]
    );
}
