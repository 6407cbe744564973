//! The map as a file to keep, in whatever this build can write.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;

use super::answer::{download, either, value};
use super::app::{Here, work};
use super::beside_export;
#[cfg(feature = "documents")]
use super::documents;
use super::error::Refused;
use super::keys::Role;
use super::measured;
use super::wire;
use crate::map::Day;
use crate::report::viewer;
use crate::session::View;
use crate::session::board::Board;
use crate::{draw, file};

/// A format: its name in the address, what people call it, its media type, and what makes it.
struct Format {
    name: &'static str,
    /// The ending of the file's name.
    ending: &'static str,
    label: &'static str,
    kind: &'static str,
    /// About how much memory it takes to make, in bytes.
    takes: fn(&View) -> usize,
    make: fn(&Source) -> Result<Vec<u8>, String>,
}

/// What is exported.
pub(super) struct Source {
    pub view: Arc<View>,
    board: Arc<Board>,
    pub name: String,
    pub today: Option<Day>,
    #[cfg(feature = "documents")]
    fonts: Option<fn(&[crate::scene::Scene]) -> draw::Fonts>,
}

/// What a picture takes for each box with its lines, in bytes.
const A_BOX: usize = 12 << 10;
/// And what it takes for each letter where it is set in type.
#[cfg(feature = "documents")]
const A_LETTER: usize = 700;
/// What a workbook takes for each record.
#[cfg(feature = "xlsx")]
const A_RECORD: usize = 8 << 10;

fn drawn(view: &View) -> usize {
    view.map.nodes.len() * A_BOX
}

#[cfg(feature = "documents")]
fn set_in_type(view: &View) -> usize {
    drawn(view) + view.letters * A_LETTER
}

#[cfg(feature = "xlsx")]
fn tabled(view: &View) -> usize {
    let map = &view.map;
    let targets: usize = map.kpis.iter().map(|kpi| 1 + kpi.targets.len()).sum();
    (map.nodes.len() + map.links.len() + targets) * A_RECORD
}

const FORMATS: &[Format] = &[
    Format {
        name: "svg",
        ending: "svg",
        label: "Picture (SVG)",
        kind: "image/svg+xml",
        takes: drawn,
        make: |source| Ok(draw::svg(&scene(source), Default::default()).into_bytes()),
    },
    #[cfg(feature = "documents")]
    Format {
        name: "png",
        ending: "png",
        label: "Picture (PNG)",
        kind: "image/png",
        takes: set_in_type,
        make: |source| {
            let scene = scene(source);
            let size = draw::Resolution::within_limits(&scene, 2.0);
            let fonts = fonts(source, std::slice::from_ref(&scene));
            draw::png(&scene, Default::default(), &fonts, size).map_err(|error| error.to_string())
        },
    },
    #[cfg(feature = "documents")]
    Format {
        name: "pdf",
        ending: "pdf",
        label: "Page (PDF)",
        kind: "application/pdf",
        takes: set_in_type,
        make: |source| {
            let scenes = [scene(source)];
            let pages = draw::pdf::of_scenes(&scenes, Default::default()).map_err(|error| error.to_string())?;
            draw::pdf::write(&pages, &fonts(source, &scenes)).map_err(|error| error.to_string())
        },
    },
    #[cfg(feature = "documents")]
    Format {
        name: "pptx",
        ending: "pptx",
        label: "Slides (PowerPoint)",
        kind: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        takes: documents::takes,
        make: documents::slides,
    },
    #[cfg(feature = "documents")]
    Format {
        name: "docx",
        ending: "docx",
        label: "Business case (Word)",
        kind: WORD,
        takes: documents::takes,
        make: documents::word,
    },
    #[cfg(feature = "documents")]
    Format {
        name: "case",
        ending: "case.pdf",
        label: "Business case (PDF)",
        kind: "application/pdf",
        takes: documents::takes,
        make: documents::pages,
    },
    #[cfg(feature = "documents")]
    Format {
        name: "register",
        ending: "register.docx",
        label: "Benefits register (Word)",
        kind: WORD,
        takes: documents::takes,
        make: documents::register,
    },
    Format {
        name: "html",
        ending: "html",
        label: "One page to send (HTML)",
        kind: "text/html; charset=utf-8",
        takes: drawn,
        make: |source| {
            let graph = crate::graph::BenefitGraph::new(&source.view.map);
            let scene = scene(source);
            Ok(viewer::write(&viewer::Viewer::new(&graph, &scene)).into_bytes())
        },
    },
    Format {
        name: "json",
        ending: "json",
        label: "The map itself (JSON)",
        kind: "application/json",
        takes: |_| 0,
        make: |source| Ok(file::write(&source.view.map).into_bytes()),
    },
    #[cfg(feature = "xlsx")]
    Format {
        name: "xlsx",
        ending: "xlsx",
        label: "Workbook (Excel)",
        kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        takes: tabled,
        make: |source| crate::table::xlsx::workbook(&source.view.map).map_err(|error| error.to_string()),
    },
    #[cfg(feature = "xlsx")]
    Format {
        name: "csv",
        ending: "zip",
        label: "Tables (CSV, zipped)",
        kind: "application/zip",
        takes: tabled,
        make: |source| {
            let tables = crate::table::export(&source.view.map);
            crate::table::bundle(&tables).map_err(|error| error.to_string())
        },
    },
    Format {
        name: "notes-csv",
        ending: "notes.csv",
        label: "Notes, votes and answers (CSV)",
        kind: "text/csv; charset=utf-8",
        takes: |_| 0,
        make: |source| {
            Ok(crate::table::csv::write(&beside_export::table(
                &source.board,
                &source.view.map,
            )))
        },
    },
    Format {
        name: "measurements",
        ending: "measurements.csv",
        label: "Measurements (CSV)",
        kind: "text/csv; charset=utf-8",
        takes: |_| 0,
        make: |source| Ok(crate::table::csv::write(&measured::table(&source.board))),
    },
    Format {
        name: "health-csv",
        ending: "answers.csv",
        label: "Answers to health checks (CSV)",
        kind: "text/csv; charset=utf-8",
        takes: |_| 0,
        make: |source| {
            let rows = source.board.health_answers();
            Ok(crate::table::csv::write(&beside_export::answers(rows)))
        },
    },
    Format {
        name: "agreed-csv",
        ending: "agreed.csv",
        label: "Marks agreed in health checks (CSV)",
        kind: "text/csv; charset=utf-8",
        takes: |_| 0,
        make: |source| {
            let rows = source.board.health_agreed();
            Ok(crate::table::csv::write(&beside_export::answers(rows)))
        },
    },
    Format {
        name: "notes-json",
        ending: "notes.json",
        label: "Notes, votes and answers (JSON)",
        kind: "application/json",
        takes: |_| 0,
        make: |source| Ok(beside_export::json(&source.board)),
    },
];

/// The media type of a Word document.
#[cfg(feature = "documents")]
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The faces for a picture: the embedded ones, and whatever the program has for letters that they lack.
#[cfg(feature = "documents")]
pub(super) fn fonts(source: &Source, scenes: &[crate::scene::Scene]) -> draw::Fonts {
    use crate::text::{BOLD, REGULAR};
    use std::sync::Arc;
    match source.fonts {
        Some(faces) => faces(scenes),
        None => draw::Fonts::new([Arc::new(REGULAR) as draw::Face, Arc::new(BOLD)]),
    }
}

/// The picture as it is shown, with where it comes from.
pub(super) fn scene(source: &Source) -> crate::scene::Scene {
    let graph = crate::graph::BenefitGraph::new(&source.view.map);
    crate::layout::layout(&graph, &layout_of(source))
}

/// How the map is laid out: as it is shown.
pub(super) fn layout_of(source: &Source) -> crate::layout::LayoutOptions {
    let order = source.view.order.values().flatten().cloned();
    crate::layout::LayoutOptions {
        order: order.collect(),
        as_of: source.today,
        source: source.name.clone(),
        ..Default::default()
    }
}

/// Which formats there are.
pub(super) async fn formats() -> Response {
    let all = FORMATS.iter().map(|format| wire::Format {
        ending: format.ending,
        label: format.label,
        name: format.name,
    });
    value(&wire::Formats { formats: all.collect() })
}

/// The map in one of them.
pub(super) async fn export(Here(app): Here, Extension(role): Extension<Role>, Path(name): Path<String>) -> Response {
    let made = async {
        let there = FORMATS.iter().find(|format| format.name == name);
        let none = || Refused::new(404, "unknown", format!("this build writes no `{name}`"));
        let format = there.ok_or_else(none)?;
        let source = Source {
            view: app.hub.shown().view,
            board: app.hub.listen().board,
            name: app.name.clone(),
            today: app.front.today,
            #[cfg(feature = "documents")]
            fonts: app.front.fonts,
        };
        let turn = app.front.budget.turn(role).await?;
        let room = app.front.budget.room((format.takes)(&source.view)).await?;
        let make = move || {
            // Whoever breaks off and asks again waits until this is done.
            let _taken = (turn, room);
            (format.make)(&source)
        };
        let failed = |why| Refused::new(500, "failed", format!("this could not be made: {why}"));
        let bytes = work(make).await?.map_err(failed)?;
        let bytes = app.front.budget.hold(bytes, role)?;
        Ok(download(format.kind, &file_name(&app.name, format.ending), bytes))
    };
    either(made.await)
}

/// The map file's name with another ending, and nothing in it that a header or a file system could take amiss.
fn file_name(map: &str, ending: &str) -> String {
    let stem = map.rsplit_once('.').map_or(map, |(stem, _)| stem);
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
            c
        } else {
            '-'
        }
    };
    let stem: String = stem.chars().map(plain).take(80).collect();
    let stem = stem.trim_matches(['-', '.']);
    format!("{}.{ending}", if stem.is_empty() { "map" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        assert_eq!(file_name("smart-waste.json", "svg"), "smart-waste.svg");
        assert_eq!(file_name("a\"b\r\n/../c.json", "svg"), "a-b---..-c.svg");
        assert_eq!(file_name("日本.json", "zip"), "map.zip");
        assert_eq!(file_name(".json", "svg"), "map.svg");
    }
}
