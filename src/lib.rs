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
//! **[`check`]** it: rules with a code, a page each and three profiles. **[`finding`]** holds what they find, and writes it as text, JSON,
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
//! # What is stable
//!
//! [`map`], [`mod@file`], [`graph`], [`check`], [`finding`], [`track`] and [`edit`] are the core: what is public there changes with a version and a
//! line in the changelog. The other rooms may change their functions with any release; the files that they write keep their promises.
//! Types of other libraries in the public interface are those of petgraph (`NodeIx` and the traits in [`graph::visit`]), serde_json
//! (values in [`edit`]) and jiff (`Day::date`).
//!
//! # Features
//!
//! `default` is everything that the command line needs. A program that only reads, checks, tracks and draws SVG takes
//! `default-features = false`: it has neither server nor command line, and far fewer dependencies. `xlsx`, `documents` and `exchange`
//! add workbooks, documents and other tools' files.

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
pub mod report;
pub mod scene;
pub mod session;
pub mod table;
pub mod text;
pub mod track;
#[cfg(feature = "web")]
pub mod web;
pub mod xml;
