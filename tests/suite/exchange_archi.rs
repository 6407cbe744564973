//! ArchiMate models of version 2 and 3, and the tables that Archi writes with all of its options.

use benefit_map::exchange::{Choices, Import, Outcome, What, import_archi_csv, import_archimate};

use crate::support::imported::{Folder, import, links, nodes, sheet, titles, why_of, whys};

/// A model in a version of the exchange format, which its name space ends with.
fn model(version: &str, name: &str, elements: &[(&str, &str, &str)], relations: &[(&str, &str, &str, &str)]) -> String {
    let mut text = format!(
        "<?xml version='1.0'?><model xmlns='http://www.opengroup.org/xsd/archimate{version}' \
         xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' identifier='m'><name>M</name><elements>"
    );
    for (id, kind, title) in elements {
        text +=
            &format!("<element xsi:type='{kind}' identifier='{id}'><{name} xml:lang='en'>{title}</{name}></element>");
    }
    text += "</elements><relationships>";
    for (id, kind, source, target) in relations {
        text += &format!("<relationship identifier='{id}' source='{source}' target='{target}' xsi:type='{kind}'/>");
    }
    text + "</relationships><organization><item><label>Folder</label></item></organization></model>"
}

#[test]
fn archimate_2x_relations_are_read_by_the_names_of_version_3() {
    let elements = [
        ("w", "WorkPackage", "Rangers"),
        ("c", "Capability", "Patrols"),
        ("o", "Outcome", "People linger"),
        ("p", "Outcome", "People linger at dusk"),
        ("g", "Goal", "Trade grows"),
    ];
    let relations = [
        ("r1", "RealisationRelationship", "w", "o"),
        ("r2", "InfluenceRelationship", "o", "g"),
        ("r3", "UsedByRelationship", "c", "o"),
        ("r4", "SpecialisationRelationship", "p", "o"),
    ];
    let import = import(import_archimate, &model("", "label", &elements, &relations));
    assert_eq!(
        links(&import),
        [
            "patrols -> people-linger",
            "people-linger -> trade-grows",
            "rangers -> people-linger"
        ]
    );
    assert_eq!(
        why_of(&import, "rangers -> people-linger"),
        "`Realisation` is Realization in ArchiMate 3"
    );
    // What is used serves its user: only the name was turned.
    assert_eq!(
        why_of(&import, "patrols -> people-linger"),
        "`UsedBy` is Serving in ArchiMate 3"
    );
    assert_eq!(
        whys(&import, What::Relation, Outcome::LeftOut),
        ["being a type of something does not bring it about"]
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::Kept),
        ["read from version 2 of the exchange format, by the names of ArchiMate 3"]
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        ["folders of the model tool are not part of a map"]
    );
}

#[test]
fn a_version_that_is_not_known_is_named() {
    let elements = [("o", "Outcome", "A"), ("x", "Thing", "B")];
    let import = import(import_archimate, &model("/4.0/", "name", &elements, &[]));
    assert_eq!(titles(&import), ["A"]);
    assert_eq!(
        whys(&import, What::Other, Outcome::Kept),
        ["in version 4.0 of the exchange format, read as version 3"]
    );
}

#[test]
fn a_relation_says_its_name_and_its_documentation() {
    let text = model("/3.0/", "name", &[("a", "Outcome", "A"), ("b", "Goal", "B")], &[]).replace(
        "<relationships>",
        "<relationships><relationship identifier='r' source='a' target='b' xsi:type='Influence' modifier='+'><name>by word of mouth</name>\
         <documentation>As surveys show.</documentation></relationship>\
         <relationship identifier='s' source='b' target='r' xsi:type='Association'/>\
         <relationship identifier='t' source='b' target='gone' xsi:type='Association'/>",
    );
    let import = import(import_archimate, &text);
    assert_eq!(import.map.links[0].rationale, "by word of mouth\nAs surveys show.");
    assert_eq!(
        whys(&import, What::Relation, Outcome::LeftOut),
        ["it ends at a relation, and a link joins two boxes"]
    );
    assert_eq!(
        whys(&import, What::Relation, Outcome::Fault),
        ["it ends at something that is not an element of the file"]
    );
}

const ELEMENTS: [&str; 5] = ["ID", "Type", "Name", "Documentation", "Specialization"];
const RELATIONS: [&str; 7] = [
    "ID",
    "Type",
    "Name",
    "Documentation",
    "Source",
    "Target",
    "Specialization",
];

fn archi(elements: &[&[&str]], relations: &[&[&str]], properties: &[&[&str]]) -> Import {
    let tables = [
        sheet("elements.csv", &ELEMENTS, elements),
        sheet("relations.csv", &RELATIONS, relations),
        sheet("properties.csv", &["ID", "Key", "Value"], properties),
    ];
    import_archi_csv(&tables, &Choices::default()).unwrap()
}

#[test]
fn archi_csv_directed_associations_run_as_they_say() {
    let elements: &[&[&str]] = &[
        &["c1", "Capability", "Repair cafe", "", ""],
        &["o1", "Outcome", "People trust repair", "", ""],
    ];
    let relations: &[&[&str]] = &[&["r1", "AssociationRelationship", "", "", "o1", "c1", ""]];
    let directed = archi(elements, relations, &[&["r1", "Directed", "true"]]);
    assert_eq!(links(&directed), ["people-trust-repair -> repair-cafe"]);
    assert_eq!(why_of(&directed, "people-trust-repair -> repair-cafe"), "");
    for properties in [&[][..], &[&["r1", "Directed", "false"][..]][..]] {
        let plain = archi(elements, relations, properties);
        assert_eq!(links(&plain), ["repair-cafe -> people-trust-repair"]);
        assert!(why_of(&plain, "repair-cafe -> people-trust-repair").starts_with("turned to run with the stages"));
    }
}

#[test]
fn lines_run_through_junctions_and_properties_of_archi_say_what_they_say() {
    let import = archi(
        &[
            &["a", "Outcome", "A", "", "Lead benefit"],
            &["b", "Outcome", "B", "", ""],
            &["j", "Junction", "", "", ""],
            &["g", "Grouping", "", "", ""],
        ],
        &[
            &["r", "InfluenceRelationship", "", "", "a", "j", ""],
            &["s", "InfluenceRelationship", "", "", "j", "b", ""],
            &["t", "AccessRelationship", "", "", "a", "b", ""],
        ],
        &[
            &["j", "Junction_Type", "Or"],
            &["s", "Influence_Strength", "--"],
            &["t", "Access_Type", "Write"],
            &["gone", "Owner", "Ada"],
        ],
    );
    assert_eq!(links(&import), ["a -| b"]);
    let left: Vec<&str> = import
        .accounts
        .iter()
        .filter(|account| account.what == What::Attribute)
        .map(|account| account.word.as_str())
        .collect();
    assert_eq!(left, ["Specialization"]);
    assert_eq!(
        whys(&import, What::Other, Outcome::Fault),
        ["the file has no element or relation with that id"]
    );
}

#[test]
fn archi_csv_details_of_a_key_that_stands_twice_one_is_taken_and_the_other_told() {
    let import = archi(
        &[&["a", "Outcome", "Clean streets", "", ""]],
        &[],
        &[
            &["a", "Owner", "Ada"],
            &["a", "Owner", "Ben"],
            &["a", "Due", "soon"],
            &["a", "Due", "31/03/2027"],
            &["a", "Tags", "x"],
            &["a", "Tags", "y"],
        ],
    );
    let node = &import.map.nodes[0];
    assert_eq!(
        (node.owner.as_ref().unwrap().as_str(), node.tags.as_slice()),
        ("ada", &["x".to_owned(), "y".to_owned()][..])
    );
    assert_eq!(import.map.owners.len(), 1);
    assert_eq!(
        node.due.unwrap().to_string(),
        "2027-03-31",
        "a day is read as tables read it"
    );
    let told: Vec<String> = import.groups().iter().map(ToString::to_string).collect();
    assert!(
        told.contains(
            &"the field Owner: it is there a second time, and `Ada` was taken (`Ben` at properties.csv, row 3)"
                .to_owned()
        ),
        "{told:?}"
    );
    assert!(
        told.iter().any(|line| line.contains("`soon` at properties.csv, row 4"))
            && told.contains(
                &"the field Due: a date in another format (`31/03/2027` as `2027-03-31` at properties.csv, row 5)"
                    .to_owned()
            ),
        "{told:?}"
    );
}

#[test]
fn archi_csv_details_are_comments_and_values_made_for_excel() {
    let folder = Folder::of(&[
        (
            "comments/elements.csv",
            b"# exported on \"Monday\"\n\"ID\",\"Type\",\"Name\",\"Documentation\",\"Specialization\"\n# outcomes\n\"a\",\"Outcome\",\"Clean streets\",\"two\n# lines\",\"\"\n\"b\",\"Goal\",\"#1 town\",\"\",\"\"\n",
        ),
        (
            "excel/elements.csv",
            b"\"ID\";\"Type\";\"Name\";\"Documentation\";\"Specialization\"\r\n\"=\"\"0a1\"\"\";\"Outcome\";\"=\"\"0 litter by 2030\"\"\";\"\";\"\"\r\n\"b\";\"Goal\";\"=\"\"007\"\"\";\"=\"\" x\"\"\";\"\"\r\n",
        ),
        (
            "excel/relations.csv",
            b"\"ID\";\"Type\";\"Name\";\"Documentation\";\"Source\";\"Target\";\"Specialization\"\r\n\"r\";\"InfluenceRelationship\";\"\";\"\";\"=\"\"0a1\"\"\";\"b\";\"\"\r\n",
        ),
        ("nothing.xml", model("/3.0/", "name", &[("a", "BusinessActor", "Clerk")], &[]).as_bytes()),
    ]);
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.path(name)).unwrap();
        serde_json::from_str::<benefit_map::map::BenefitMap>(&text).unwrap()
    };
    let (code, said) = folder.said("import archi-csv comments/elements.csv -o a.json");
    assert_eq!(code, 0, "{said}");
    let map = read("a.json");
    assert_eq!(
        map.nodes.iter().map(|node| node.title.as_str()).collect::<Vec<_>>(),
        ["Clean streets", "#1 town"]
    );
    assert_eq!(map.nodes[0].description, "two\n# lines");
    let (code, said) = folder.said("import archi-csv excel -o b.json");
    assert_eq!(code, 0, "{said}");
    let map = read("b.json");
    assert_eq!(
        map.nodes.iter().map(|node| node.title.as_str()).collect::<Vec<_>>(),
        ["0 litter by 2030", "007"]
    );
    assert_eq!((map.links.len(), map.nodes[1].description.as_str()), (1, "x"));
    let (code, said) = folder.said("import archimate nothing.xml -o c.json");
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("nothing in it is part of a benefit chain") && said.contains("--kind 'BusinessActor=enabler'"),
        "{said}"
    );
    assert!(!folder.path("c.json").exists());
    let (code, _) = folder.said("import archimate nothing.xml -o c.json --kind BusinessActor=enabler");
    assert_eq!((code, nodes_of(&read("c.json"))), (0, vec!["enabler Clerk".to_owned()]));
}

fn nodes_of(map: &benefit_map::map::BenefitMap) -> Vec<String> {
    nodes(&Import {
        map: map.clone(),
        accounts: Vec::new(),
        unused: Vec::new(),
    })
}
