//! The faces that pictures of pixels and pages are drawn with: the embedded ones, and faces of the system for the
//! letters that it lacks, and only for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use benefit_map::draw::{self, Face, Fonts};
use benefit_map::scene::Scene;
use benefit_map::scene::theme::Theme;
use benefit_map::text;

use crate::args::Colour;
use crate::io::{Talk, Terminal};

/// How many letters are named before the rest are counted.
const A_FEW: usize = 6;

/// Faces for every word of the scenes.
pub fn for_scenes(scenes: &[Scene], terminal: &Terminal) -> Fonts {
    for_letters(lacking(scenes), terminal)
}

/// The same in the typeface of a theme, where this machine has it; says so where it has not.
pub fn in_theme(scenes: &[Scene], theme: &Theme, terminal: &Terminal) -> Fonts {
    let mut files = embedded();
    if !theme.typeface.is_empty() {
        let own = System::read().family(theme.typeface);
        if own.is_empty() {
            terminal.warn(format!(
                "this machine has no typeface `{}`, so words are set in Liberation Sans: install it, or write .svg or .pptx",
                theme.typeface
            ));
        }
        files.extend(own);
    }
    completed(files, lacking(scenes), terminal)
}

/// The letters of the scenes that the embedded face lacks.
fn lacking(scenes: &[Scene]) -> BTreeSet<char> {
    let lines = scenes.iter().flat_map(Scene::lines);
    lines.flat_map(|line| text::lacking(&line.text)).collect()
}

fn embedded() -> Vec<Face> {
    vec![Arc::new(text::REGULAR), Arc::new(text::BOLD)]
}

/// The same for the workshop, where nobody at the terminal asked for a picture: what it says of faces is said there all the same.
pub fn for_workshop(scenes: &[Scene]) -> Fonts {
    for_scenes(scenes, &Terminal::new(Colour::Never, Talk::All))
}

/// The embedded faces, that of emoji where there are any, then those of the system that have what all lack; says which, since
/// another machine may have others.
pub fn for_letters(lacking: BTreeSet<char>, terminal: &Terminal) -> Fonts {
    completed(embedded(), lacking, terminal)
}

/// The faces, and after them those that have what they lack.
fn completed(mut files: Vec<Face>, mut lacking: BTreeSet<char>, terminal: &Terminal) -> Fonts {
    if lacking.is_empty() {
        return Fonts::new(files);
    }
    let emoji = text::covered(draw::EMOJI, 0, &lacking);
    if !emoji.is_empty() {
        lacking.retain(|letter| !emoji.contains(letter));
        files.push(Arc::new(draw::EMOJI));
    }
    if lacking.is_empty() {
        return Fonts::new(files);
    }
    let told = named(&lacking);
    let mut families = Vec::new();
    let system = System::read();
    while let Some(&letter) = lacking.first() {
        match system.face_for(letter) {
            Some((family, file, index)) => {
                let found = text::covered(&file, index, &lacking);
                lacking.retain(|c| !found.contains(c));
                families.push(family);
                files.push(Arc::new(file));
            }
            None => {
                // Nobody has it: it stays, and is told below.
                let rest = lacking.split_off(&letter);
                let nobody: BTreeSet<char> = rest.iter().copied().filter(|c| system.face_for(*c).is_none()).collect();
                lacking = rest.difference(&nobody).copied().collect();
                terminal.warn(format!(
                    "no font on this machine has {}, so they will be empty boxes: install a font that has them, or write .svg or .pptx",
                    named(&nobody)
                ));
            }
        }
    }
    if !families.is_empty() {
        families.dedup();
        terminal.note(format!(
            "the embedded typefaces lack {told}; taken from {} on this machine, so it may look different on another",
            families.join(", ")
        ));
    }
    Fonts::new(files)
}

fn named(letters: &BTreeSet<char>) -> String {
    let few: Vec<String> = letters.iter().take(A_FEW).map(|c| format!("`{c}`")).collect();
    match letters.len().saturating_sub(A_FEW) {
        0 => few.join(" "),
        more => format!("{} and {more} more letters", few.join(" ")),
    }
}

/// The faces of this machine, the plainest first.
struct System {
    database: fontdb::Database,
    order: Vec<fontdb::ID>,
}

impl System {
    fn read() -> Self {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        let mut order: Vec<(Rank, fontdb::ID)> = database.faces().map(|face| (rank(face), face.id)).collect();
        order.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            order: order.into_iter().map(|(_, id)| id).collect(),
            database,
        }
    }

    /// The upright faces of a family, regular and bold.
    fn family(&self, name: &str) -> Vec<Face> {
        let is_of = |face: &&fontdb::FaceInfo| {
            let is_named = face
                .families
                .iter()
                .any(|(family, _)| family.eq_ignore_ascii_case(name));
            is_named && face.style == fontdb::Style::Normal && [400, 700].contains(&face.weight.0)
        };
        let faces = self.database.faces().filter(is_of);
        let bytes = |face: &fontdb::FaceInfo| self.database.with_face_data(face.id, |file, _| file.to_vec());
        faces.filter_map(bytes).map(|file| Arc::new(file) as Face).collect()
    }

    /// The plainest face that has the letter: its family, its file, and its place in it.
    fn face_for(&self, letter: char) -> Option<(String, Vec<u8>, u32)> {
        let wanted = BTreeSet::from([letter]);
        self.order.iter().find_map(|&id| {
            let family = self.database.face(id)?.families.first()?.0.clone();
            self.database.with_face_data(id, |file, index| {
                (!text::covered(file, index, &wanted).is_empty()).then(|| (family, file.to_vec(), index))
            })?
        })
    }
}

/// Upright before slanted, regular before bold, sans serif before others; then by name and place, so that one machine
/// always takes the same face.
type Rank = (bool, u16, u8, String, String, u32);

fn rank(face: &fontdb::FaceInfo) -> Rank {
    let family = face.families.first().map(|f| f.0.clone()).unwrap_or_default();
    let kind = match family.as_str() {
        sans if sans.starts_with("Noto Sans ") => 0,
        sans if sans.contains("Sans") => 1,
        emoji if emoji.contains("Emoji") => 2,
        odd if ["Mono", "Math", "Condensed", "Music", "Quran"]
            .iter()
            .any(|w| odd.contains(w)) =>
        {
            4
        }
        _ => 3,
    };
    let path = match &face.source {
        fontdb::Source::File(path) => path.to_string_lossy().into_owned(),
        _ => String::new(),
    };
    (
        face.style != fontdb::Style::Normal,
        face.weight.0.abs_diff(400),
        kind,
        family,
        path,
        face.index,
    )
}
