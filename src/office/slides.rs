//! What is read of a presentation that others are made in the way of: its masters and layouts with all that they show, and where
//! the layouts keep room for what.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::house::{House, Target, references_of};
use super::package::{self, open, part};
use super::word::{attribute, has_document_type};

/// Why a presentation cannot be used as a template.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// The package could not be read.
    #[error(transparent)]
    Package(#[from] package::Error),
    /// A package, but none of a presentation.
    #[error(
        "the file holds no presentation: give a PowerPoint template (.potx) or a presentation (.pptx), not a Word document or a workbook"
    )]
    NoPresentation,
    /// A presentation without a master that has layouts.
    #[error("the presentation has no slide layouts: open it in PowerPoint, and save it again as a template (.potx)")]
    NoLayouts,
    /// None of the layouts has a place for a title.
    #[error(
        "none of the slide layouts has a placeholder for a title: add one under View, Slide Master, to the layout `Title Only`"
    )]
    NoTitle,
    /// The layout leaves next to nothing for what a slide shows.
    #[error(
        "the layout `{layout}` leaves no room for a picture of 10 by 5 cm under its title: make the title lower, or the slides larger"
    )]
    NoRoom {
        /// What it is called.
        layout: String,
    },
}

/// The masters and layouts of a presentation, and which of the layouts slides are made in.
#[derive(Debug, Clone)]
pub struct SlideHouse {
    pub(super) house: House,
    /// The masters: what the presentation calls each, a number, and the part as it is called in a package that holds the house.
    masters: Vec<(u32, String)>,
    /// The theme of the first master, as it is called in a package that holds the house.
    theme: Option<String>,
    /// Width and height of a slide in English Metric Units.
    pub size: (i64, i64),
    /// The layout of the first slide.
    pub opening: SlideLayout,
    /// The layout of all others.
    pub content: SlideLayout,
}

/// A layout, and the places that it keeps.
#[derive(Debug, Clone)]
pub struct SlideLayout {
    /// The part, as it is called in a package that holds the house.
    pub part: String,
    /// What the place for the title is: `title` or `ctrTitle`.
    pub title: String,
    /// The place for a subtitle or for text, where it has one: its kind and its number.
    pub text: Option<Place>,
    /// The place for the footer, and what stands in it.
    pub footer: Option<(Place, String)>,
    /// The place for the number of the slide.
    pub number: Option<Place>,
    /// What is left under the title and above the footer, in English Metric Units: left, top, width, height.
    pub area: [i64; 4],
}

/// A place of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its kind as the layout has it; empty for a place for anything.
    pub kind: String,
    /// Its number; empty for none.
    pub index: String,
}

/// A place with where it is and what is written in it.
#[derive(Debug, Clone, Default)]
struct Held {
    kind: String,
    index: String,
    frame: Option<[i64; 4]>,
    words: String,
}

/// A part that holds shapes.
#[derive(Debug, Default)]
struct Sheet {
    /// What a layout is for, such as `titleOnly`.
    kind: String,
    name: String,
    held: Vec<Held>,
}

impl SlideHouse {
    /// The masters and layouts of a presentation or a template of one.
    ///
    /// # Errors
    /// [`TemplateError::Package`] for what is no package, or is refused as one; the others for what no slides can be made in.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        const ROOT: &str = "ppt/presentation.xml";
        let mut archive = open(bytes)?;
        let mut text = |name: &str| -> Result<Option<String>, TemplateError> {
            let part = part(&mut archive, name)?;
            match part.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
                Some(text) if has_document_type(&text) => {
                    Err(package::Error::DocumentType { part: name.to_owned() }.into())
                }
                part => Ok(part),
            }
        };
        let presentation = text(ROOT)?.ok_or(TemplateError::NoPresentation)?;
        let (size, ids) = about(&presentation);
        let mut sheets = Vec::new();
        let mut names = Vec::new();
        let mut masters = Vec::new();
        let mut theme = None;
        let references = references_of(&mut archive, ROOT)?;
        for (number, id) in ids {
            let found = references.iter().find(|reference| reference.id == id);
            let Some(Target::Part(master)) = found.map(|reference| reference.target.clone()) else {
                continue;
            };
            let mut text = |name: &str| -> Result<Sheet, TemplateError> {
                let bytes = part(&mut archive, name)?.unwrap_or_default();
                Ok(sheet(&String::from_utf8_lossy(&bytes)))
            };
            let own = text(&master)?;
            let listed = references_of(&mut archive, &master)?;
            for reference in listed {
                if let Target::Part(part) = &reference.target
                    && reference.kind.ends_with("/theme")
                {
                    theme.get_or_insert(part.clone());
                }
                if let Target::Part(layout) = &reference.target
                    && reference.kind.ends_with("/slideLayout")
                {
                    let bytes = part(&mut archive, layout)?.unwrap_or_default();
                    sheets.push((layout.clone(), sheet(&String::from_utf8_lossy(&bytes)), names.len()));
                }
            }
            names.push(own);
            masters.push((number, master));
        }
        if sheets.is_empty() {
            return Err(TemplateError::NoLayouts);
        }
        let has_title = |sheet: &Sheet| sheet.held.iter().any(is_title);
        let first = |wanted: &[&str]| {
            let of_kind = |kind: &&str| {
                sheets
                    .iter()
                    .find(|(_, sheet, _)| sheet.kind == **kind && has_title(sheet))
            };
            wanted.iter().find_map(of_kind)
        };
        let content = first(&["titleOnly", "obj", "tx", "twoObj", "secHead"])
            .or_else(|| {
                sheets
                    .iter()
                    .find(|(_, sheet, _)| has_title(sheet) && sheet.kind != "title")
            })
            .or_else(|| sheets.iter().find(|(_, sheet, _)| has_title(sheet)))
            .ok_or(TemplateError::NoTitle)?;
        let opening = first(&["title"]).unwrap_or(content);
        let house = House::of(&mut archive, masters.iter().map(|(_, name)| name.clone()))?;
        let layout = |(name, sheet, master): &(String, Sheet, usize)| -> Result<SlideLayout, TemplateError> {
            let part = house.name(name).ok_or(TemplateError::NoLayouts)?;
            Ok(places(part, sheet, &names[*master], size))
        };
        let content_layout = layout(content)?;
        // A hundred millimetres by fifty.
        if content_layout.area[2] < 3_600_000 || content_layout.area[3] < 1_800_000 {
            return Err(TemplateError::NoRoom {
                layout: content.1.name.clone(),
            });
        }
        Ok(Self {
            opening: layout(opening)?,
            content: content_layout,
            masters: masters
                .iter()
                .filter_map(|(number, name)| Some((*number, house.name(name)?)))
                .collect(),
            theme: theme.and_then(|part| house.name(&part)),
            house,
            size,
        })
    }

    /// The masters: what the presentation calls each, and the part.
    pub fn masters(&self) -> &[(u32, String)] {
        &self.masters
    }

    /// The theme of the first master.
    pub fn theme(&self) -> Option<&str> {
        self.theme.as_deref()
    }

    /// Puts masters, layouts and all that they show into a package.
    pub fn add_to(&self, package: &mut super::Package) {
        self.house.add_to(package);
    }
}

fn is_title(held: &Held) -> bool {
    matches!(held.kind.as_str(), "title" | "ctrTitle")
}

/// The size of the slides, and the masters by number and by what the part of the presentation calls them.
fn about(presentation: &str) -> ((i64, i64), Vec<(u32, String)>) {
    let mut reader = Reader::from_str(presentation.trim_start_matches('\u{feff}'));
    let mut size = (12_192_000, 6_858_000);
    let mut masters = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "sldSz" => {
                    let side = |name: &str| {
                        let side = attribute(&tag, name)?.parse::<i64>().ok()?;
                        // From an inch to as much as PowerPoint takes.
                        (914_400..=51_206_400).contains(&side).then_some(side)
                    };
                    if let (Some(w), Some(h)) = (side("cx"), side("cy")) {
                        size = (w, h);
                    }
                }
                "sldMasterId" => {
                    let number = attribute(&tag, "id").and_then(|id| id.parse().ok());
                    // Its own id has no prefix; that of the relation has one.
                    let relation = tag
                        .attributes()
                        .flatten()
                        .find(|attribute| attribute.key.as_ref().ends_with(":id"))
                        .map(|attribute| attribute.value.to_string());
                    masters.extend(relation.map(|relation| (number.unwrap_or(2_147_483_648), relation)));
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return (size, masters),
            Ok(_) => {}
        }
    }
}

/// The places of a master or a layout.
fn sheet(text: &str) -> Sheet {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut out = Sheet::default();
    let mut shape: Option<(Held, bool)> = None;
    let mut in_words = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let number = |name: &str| attribute(&tag, name).and_then(|text| text.parse::<i64>().ok());
                match tag.local_name().as_ref() {
                    "sldLayout" => out.kind = attribute(&tag, "type").unwrap_or_default(),
                    "cSld" => out.name = attribute(&tag, "name").unwrap_or_default(),
                    "sp" => shape = Some((Held::default(), false)),
                    "t" => in_words = true,
                    "ph" => {
                        if let Some((held, is_place)) = &mut shape {
                            held.kind = attribute(&tag, "type").unwrap_or_default();
                            held.index = attribute(&tag, "idx").unwrap_or_default();
                            *is_place = true;
                        }
                    }
                    "off" => {
                        if let (Some((held, _)), Some(x), Some(y)) = (&mut shape, number("x"), number("y")) {
                            held.frame.get_or_insert([x, y, 0, 0]);
                        }
                    }
                    "ext" => {
                        if let (Some((held, _)), Some(w), Some(h)) = (&mut shape, number("cx"), number("cy"))
                            && let Some(frame) = held.frame.as_mut().filter(|frame| frame[2] == 0)
                        {
                            (frame[2], frame[3]) = (w, h);
                        }
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(words)) => {
                if let (true, Some((held, _))) = (in_words, &mut shape) {
                    held.words.push_str(&words);
                }
            }
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "t" => in_words = false,
                "sp" => {
                    if let Some((held, true)) = shape.take() {
                        out.held.push(held);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

/// What a layout keeps where; a place that does not say where it is is where its master has it.
fn places(part: String, sheet: &Sheet, master: &Sheet, size: (i64, i64)) -> SlideLayout {
    let of_master = |kind: &str| {
        let kind = match kind {
            "ctrTitle" => "title",
            "subTitle" | "" | "obj" => "body",
            kind => kind,
        };
        master.held.iter().find(|held| held.kind == kind)
    };
    let frame = |held: &Held| held.frame.or_else(|| of_master(&held.kind)?.frame);
    let find = |kinds: &[&str]| sheet.held.iter().find(|held| kinds.contains(&held.kind.as_str()));
    let place = |held: &Held| Place {
        kind: held.kind.clone(),
        index: held.index.clone(),
    };
    let title = find(&["title", "ctrTitle"]);
    let text = find(&["subTitle"]).or_else(|| find(&["", "obj", "body"]));
    let foot = |kind: &str| find(&[kind]);
    let (w, h) = size;
    let body = text.and_then(frame).or_else(|| of_master("body")?.frame);
    let head = title.and_then(frame);
    // Where text goes is where the house wants what a slide shows; else what is left between the title and the foot.
    let top = head.map_or(h / 6, |[_, y, _, height]| y + height);
    let bottom = ["ftr", "sldNum", "dt"]
        .into_iter()
        .filter_map(|kind| frame(foot(kind)?))
        .map(|[_, y, ..]| y)
        .filter(|y| *y > h / 2)
        .min()
        .unwrap_or(h - h / 20);
    let (left, width) = match (body, head) {
        (Some([x, _, width, _]), _) if width > w / 2 => (x, width),
        (_, Some([x, _, width, _])) if width > w / 2 => (x, width),
        _ => (w / 20, w - w / 10),
    };
    let top = match body {
        Some([_, y, width, _]) if width > w / 2 && y >= top && y < h / 2 => y,
        _ => top + h / 60,
    };
    let left = left.clamp(0, w / 2);
    SlideLayout {
        part,
        title: title.map_or("title".to_owned(), |held| held.kind.clone()),
        text: text.map(place),
        footer: foot("ftr").map(|held| {
            let words = match held.words.trim() {
                "" => of_master("ftr").map_or(String::new(), |held| held.words.trim().to_owned()),
                words => words.to_owned(),
            };
            (place(held), words)
        }),
        number: foot("sldNum").map(place),
        area: [left, top, width.min(w - left), (bottom - top - h / 60).max(0)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_with_what_is_written_in_them_and_a_layout_takes_those_of_its_master() {
        let shape = |place: &str, frame: &str, words: &str| {
            format!(
                "<p:sp><p:nvSpPr><p:nvPr><p:ph {place}/></p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
            )
        };
        let at = |x, y, w, h| format!("<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>");
        let master = sheet(&format!(
            "<p:sldMaster><p:cSld>{}{}{}</p:cSld></p:sldMaster>",
            shape("type=\"title\"", &at(100, 50, 9800, 500), "Title"),
            shape("type=\"body\" idx=\"1\"", &at(100, 700, 9800, 5000), ""),
            shape("type=\"ftr\" idx=\"3\"", &at(100, 6000, 900, 100), "House")
        ));
        let layout = sheet(&format!(
            "<p:sldLayout type=\"titleOnly\"><p:cSld name=\"Only\">{}{}</p:cSld></p:sldLayout>",
            shape("type=\"title\"", "", ""),
            shape("type=\"ftr\" idx=\"11\"", "", "")
        ));
        let read = places("x".to_owned(), &layout, &master, (10_000, 6_600));
        assert_eq!((layout.kind.as_str(), layout.name.as_str()), ("titleOnly", "Only"));
        assert_eq!(read.area, [100, 700, 9800, 6000 - 700 - 110]);
        let (place, words) = read.footer.unwrap();
        assert_eq!((place.index.as_str(), words.as_str()), ("11", "House"));
        assert!(read.number.is_none());
    }
}
