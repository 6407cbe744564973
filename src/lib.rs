//! Benefit maps: how investments become outputs, intermediate outcomes and end outcomes, who owns them, and how their success is
//! measured. The method is that of PAS 184, clause 5.
//!
//! A map is a plain value, [`map::BenefitMap`]. Everything here takes one and gives values back: the core reads no file, no clock and
//! no environment, and the same map always gives the same bytes. The command line `benefit-map` uses nothing but this library.
//!
//! # A tour
//!
//! **Read** a map. All faults of a text are found at once, each with its place.
//!
//! ```
//! use benefit_map::file;
//!
//! let text = r#"{
//!   "format": 1, "title": "Kiosks in every library",
//!   "nodes": [
//!     {"id": "funding", "kind": "investment", "title": "Funding for kiosks"},
//!     {"id": "kiosks", "kind": "enabler", "title": "A kiosk in every library"},
//!     {"id": "self-service", "kind": "business-change", "title": "Visitors renew loans themselves"},
//!     {"id": "learning", "kind": "end-outcome", "title": "More people learn"}
//!   ],
//!   "links": [
//!     {"from": "funding", "to": "kiosks"}, {"from": "kiosks", "to": "self-service"},
//!     {"from": "self-service", "to": "learning", "rationale": "Staff are freed to help visitors."}
//!   ],
//!   "kpis": [{"id": "learners", "node": "learning", "title": "People who take a course", "unit": "people", "direction": "increase",
//!             "baseline": {"date": "2026-03-31", "value": 400}, "targets": [{"date": "2030-03-31", "value": 800}]}]
//! }"#;
//! let map = file::parse("kiosks.json", text)?;
//! assert_eq!(map.nodes.len(), 4);
//!
//! let faults = file::parse("kiosks.json", r#"{"format": 1, "titel": ""}"#).unwrap_err();
//! assert!(faults.to_string().contains("title"), "it says what was probably meant");
//! # Ok::<(), file::Faults>(())
//! ```
//!
//! **Ask** the map as a [`graph`]: what leads where, along which chains.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::graph::BenefitGraph;
//!
//! let graph = BenefitGraph::new(&map);
//! let seen = graph.reaching_end_outcome();
//! assert!(graph.nodes().all(|ix| seen.contains(ix)), "every box has a line of sight to an end outcome");
//! ```
//!
//! **[`check`]** it: rules with a code, a page each and four profiles. **[`finding`]** holds what they find, and writes it as text, JSON,
//! SARIF or JUnit.
//!
//! ```
//! # use benefit_map::map::{BenefitMap, Node, NodeKind};
//! use benefit_map::check::{self, Options, Profile};
//! use benefit_map::graph::BenefitGraph;
//!
//! let mut map = BenefitMap::new("One box");
//! map.nodes.push(Node::new("safer".parse().unwrap(), NodeKind::EndOutcome, "Safer streets"));
//! let report = check::check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
//! let owner = report.findings.iter().find(|finding| finding.code == "BM501").unwrap();
//! assert_eq!(owner.rule, "end-outcome-without-owner");
//! ```
//!
//! What was found is told in the words that people read, or in the format that a machine wants.
//!
//! ```
//! # use benefit_map::map::{BenefitMap, Node, NodeKind};
//! # use benefit_map::check::{self, Options, Profile};
//! # use benefit_map::graph::BenefitGraph;
//! use benefit_map::finding::{Nowhere, TextOptions};
//!
//! # let mut map = BenefitMap::new("One box");
//! # map.nodes.push(Node::new("safer".parse().unwrap(), NodeKind::EndOutcome, "Safer streets"));
//! let report = check::check(&BenefitGraph::new(&map), &Options::new(Profile::BusinessCase));
//! let text = report.to_text(&Nowhere, &TextOptions::default());
//! assert!(text.contains("BM501"));
//! ```
//!
//! **[`audit`]** it: who is covered, what changed, what was agreed and sealed.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::audit;
//!
//! let mut softer = map.clone();
//! softer.kpis[0].targets.clear();
//! let changes = audit::compare(&map, &softer, None);
//! assert!(!changes.greener.is_empty(), "a target less makes the map look better");
//! ```
//!
//! **[`track`]** measurements against what was planned.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::track::{self, Measurements, Status};
//!
//! let nothing = Measurements::default();
//! let outlook = track::outlook(&map.kpis[0], &nothing, "2026-01-01".parse().unwrap());
//! assert_eq!(outlook.status, Status::NotDue);
//!
//! let kpi = &map.kpis[0];
//! let baseline = kpi.baseline.unwrap();
//! let unchanged = track::Measurement::new(kpi.id.clone(), "2029-01-01".parse().unwrap(), baseline.value);
//! let outlook = track::outlook(kpi, &[unchanged].into_iter().collect(), "2029-01-02".parse().unwrap());
//! assert_ne!(outlook.status, Status::Achieved, "nothing has moved since the baseline");
//! ```
//!
//! **Ask** people about it: [`survey`] has question sets, takes the answers of many people, and shows how far they agree.
//!
//! ```
//! use benefit_map::survey;
//!
//! let sets = survey::built_in();
//! assert_eq!(sets[0].questions().count(), 71);
//! // Two who strongly disagree and two who strongly agree: as far apart as four people can be.
//! assert_eq!(survey::agreement(&[2, 0, 0, 2]), Some(-1.0));
//! ```
//!
//! **Draw** it: [`layout`] composes a [`scene`] with the engine of [`layered`] and the metrics of [`text`], [`chart`] composes charts, and
//! [`draw`] writes scenes as SVG, PNG, PDF and slides.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::draw;
//! use benefit_map::graph::BenefitGraph;
//! use benefit_map::layout::{LayoutOptions, layout};
//!
//! let scene = layout(&BenefitGraph::new(&map), &LayoutOptions::default());
//! let picture = draw::svg(&scene, Default::default());
//! assert!(picture.starts_with("<svg"));
//! ```
//!
//! **[`edit`]** it: every change is a value, and gives back what undoes it.
//!
//! ```
//! # use benefit_map::map::{BenefitMap, NodeKind};
//! use benefit_map::edit::{self, Edit};
//!
//! let mut map = BenefitMap::new("Begun");
//! let add = Edit::AddNode {
//!     id: None, kind: NodeKind::EndOutcome, title: "Cleaner air".to_owned(), from: vec![], to: vec![], below: None,
//! };
//! let applied = edit::apply(&mut map, &add)?;
//! assert_eq!(applied.ids, ["cleaner-air"]);
//! edit::apply(&mut map, &applied.inverse)?;
//! assert!(map.nodes.is_empty());
//! # Ok::<(), edit::Refusal>(())
//! ```
//!
//! **Take it elsewhere and back**: [`table`] has maps and registers as CSV and workbooks, [`exchange`] the files of other tools, [`report`]
//! documents for Word, the web and paper, [`web`] the workshop.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::table;
//!
//! let tables = table::export(&map);
//! let nodes = tables.iter().find(|table| table.name == "nodes").unwrap();
//! assert!(String::from_utf8(table::csv::write(nodes)).unwrap().starts_with("id,kind,title"));
//! ```
//!
//! **Write documents** about it: [`report`] has one model of what a document says, and a writer for each format.
//!
//! ```
//! # use benefit_map::map::BenefitMap;
//! # let map: BenefitMap = serde_json::from_str(include_str!("../examples/maps/smart-waste/map.json")).unwrap();
//! use benefit_map::graph::BenefitGraph;
//! use benefit_map::report::{CaseOptions, business_case, html};
//!
//! let options = CaseOptions::new("2026-04-01".parse().unwrap());
//! let page = html::write(&business_case(&BenefitGraph::new(&map), &options));
//! assert!(page.starts_with("<!doctype html>"));
//! ```
//!
//! # What is stable
//!
//! The stable core is [`map`], [`mod@file`], [`graph`], [`check`], [`finding`], [`track`] and [`edit`]: what is public there changes with a
//! version and a line in the changelog. The other rooms may change their functions with any release; the files that they write keep
//! their promises.
//!
//! Records and options grow: they are `#[non_exhaustive]`, so that a new field breaks no program. Make one with its constructor or with
//! `Default`, and set the fields that you want, which are all public:
//!
//! ```
//! use benefit_map::layout::LayoutOptions;
//! use benefit_map::map::{Node, NodeKind};
//!
//! let mut node = Node::new("kiosks".parse().unwrap(), NodeKind::Enabler, "A kiosk in every library");
//! node.quick_win = true;
//! let mut options = LayoutOptions::default();
//! options.focus = vec![node.id.clone()];
//! ```
//!
//! Types of other libraries are in the public interface where it would be odd to hide them. In the core: petgraph (`NodeIx`, and the traits
//! in [`graph::visit`]), serde_json (values in [`edit`]), jiff (`Day::date`), rust_decimal (`Number::decimal`), and the traits of serde and
//! schemars, which records implement. Nothing of clap, axum or tokio is in any signature.
//!
//! # Features
//!
//! `default` is the whole program: everything that the command line needs. A program that uses the library takes
//! `default-features = false`, which leaves out server and command line, and more than two thirds of the dependencies, and adds what it wants:
//!
//! | feature | what it adds |
//! |---|---|
//! | none | reading, checking, tracking, editing, drawing SVG, tables as CSV, pages of HTML and Markdown |
//! | `xlsx` | workbooks, out and back |
//! | `documents` | PNG, PDF, slides and Word |
//! | `exchange` | other tools' files |
//! | `web` | the workshop's server |
//! | `cli` | what only the program `benefit-map` needs |
//!
//! Why the program is the default, and the library is not: `docs/decisions/0200-the-default-is-the-program.md`.

pub mod appraise;
pub mod audit;
pub mod chart;
pub mod check;
pub mod draw;
pub mod edit;
pub mod escape;
#[cfg(feature = "exchange")]
pub mod exchange;
pub mod file;
pub mod finding;
pub mod graph;
pub mod layered;
pub mod layout;
pub mod map;
pub mod method;
#[cfg(feature = "documents")]
pub mod office;
pub mod portfolio;
pub mod report;
pub mod scene;
pub mod session;
pub mod survey;
pub mod table;
pub mod text;
pub mod track;
#[cfg(feature = "web")]
pub mod web;
pub mod xml;
