//! One sheet of paper and one way of being on it: how large a picture becomes there, and the picture itself.

use crate::graph::BenefitGraph;
use crate::scene::Scene;

use super::card::Density;
use super::compose::{Drawing, Setting};
use super::content::Content;
use super::{LayoutOptions, Paper, ReadingDirection, Sheets};

/// Px in a millimetre: 96 to the inch.
const PX_IN_MM: f64 = 96.0 / 25.4;
/// A small map is not blown up more than this on a sheet that is read.
const MOST_SCALE: f64 = 1.25;
/// Nor more than this where it is to fill a shape.
const MOST_TO_FILL: f64 = 4.0;
/// A quickly ordered picture of this part of the size that fits is looked at again with the best order: with that the gaps are
/// somewhat narrower.
const NEARLY: f64 = 0.9;
/// A calmer setting is had where its type is no smaller than this part of that of a closer one.
const CALM: f64 = 0.95;
/// Gaps are not widened more than this, in px.
const MOST_STRETCH: f64 = 130.0;

/// A sheet of paper in px.
pub(super) struct Sheet {
    width: f64,
    height: f64,
    millimetres: (f64, f64),
    most_scale: f64,
    /// No picture is drawn smaller on it than this, unless it cannot be cut any further.
    pub least_scale: f64,
}

impl Sheet {
    pub fn new(paper: Paper, sheets: Sheets) -> Self {
        let millimetres = paper.millimetres();
        Self {
            width: millimetres.0 * PX_IN_MM,
            height: millimetres.1 * PX_IN_MM,
            millimetres,
            most_scale: match sheets {
                Sheets::AsNeeded => MOST_SCALE,
                Sheets::One => MOST_TO_FILL,
            },
            least_scale: paper.size.least_scale(),
        }
    }

    /// How many sheets the picture covers at the least scale.
    pub fn covered_by(&self, drawing: &Drawing<'_, '_>) -> usize {
        let natural = drawing.scene((0.0, 0.0));
        let (across, down) = (natural.width / self.width, natural.height / self.height);
        // `as` holds at the ends of the range.
        (across * down * self.least_scale * self.least_scale).ceil() as usize
    }

    fn scale(&self, (width, height): (f64, f64)) -> f64 {
        (self.width / width).min(self.height / height).min(self.most_scale)
    }
}

/// How a map is on paper: which way it is read, and on what.
pub(super) struct Form<'o> {
    /// The way that it is read among them.
    pub options: &'o LayoutOptions,
    pub sheet: Sheet,
}

/// How large a quickly ordered picture is by itself, whatever sheet it comes to.
#[derive(Clone, Copy)]
pub(super) struct Natural {
    density: Density,
    width: f64,
    height: f64,
    gaps: usize,
}

impl Natural {
    pub fn of(graph: &BenefitGraph<'_>, options: &LayoutOptions, content: &Content<'_, '_>, density: Density) -> Self {
        let drawing = Drawing::new(graph, options, content, Setting::trial(density));
        let natural = drawing.scene((0.0, 0.0));
        Self {
            density,
            width: natural.width,
            height: natural.height,
            gaps: drawing.arranged.gaps.max(1),
        }
    }
}

/// What such a picture shows of a sheet: how large it would be there, without a long search.
#[derive(Clone, Copy)]
pub(super) struct Trial {
    natural: Natural,
    /// Px of the paper in a px of the picture.
    pub scale: f64,
}

impl Trial {
    pub fn density(&self) -> Density {
        self.natural.density
    }

    /// How much the form is worth: its scale, of which a calm setting may cost a little.
    pub fn worth(&self) -> f64 {
        match self.density() {
            Density::Usual => self.scale,
            Density::Compact => CALM * self.scale,
            Density::Tight(_) => CALM * CALM * self.scale,
        }
    }

    /// Whether the picture may be drawn no smaller than `least` once its best order is found.
    pub fn may_reach(&self, least: f64) -> bool {
        self.scale >= NEARLY * least
    }
}

/// The forms that are read one way, which differ in their sheets alone: they come after each other, and a picture is tried once for all.
pub(super) fn ways<'s, 'f, 'o>(forms: &'s [&'f Form<'o>]) -> impl Iterator<Item = &'s [&'f Form<'o>]> {
    forms.chunk_by(|a, b| std::ptr::eq(a.options, b.options))
}

/// A trial of each form, in their order.
pub(super) fn tried<'f, 'o>(
    graph: &BenefitGraph<'_>,
    forms: &[&'f Form<'o>],
    content: &Content<'_, '_>,
    density: Density,
) -> Vec<(&'f Form<'o>, Trial)> {
    let of_way = |forms: &[&'f Form<'o>]| -> Vec<_> {
        let natural = Natural::of(graph, forms[0].options, content, density);
        forms.iter().map(|form| (*form, form.trial(natural))).collect()
    };
    ways(forms).flat_map(of_way).collect()
}

impl Form<'_> {
    pub fn trial(&self, natural: Natural) -> Trial {
        Trial {
            natural,
            scale: self.sheet.scale((natural.width, natural.height)),
        }
    }

    /// The picture on the sheet, its gaps widened to the sheet; `None` where it would be drawn smaller than `least`.
    ///
    /// How wide the gaps may be is known from the trial, so that the long search is made once.
    pub fn fit(&self, graph: &BenefitGraph<'_>, content: &Content<'_, '_>, trial: &Trial, least: f64) -> Option<Scene> {
        let sheet = &self.sheet;
        let room = |scale: f64| ((sheet.width / scale).floor(), (sheet.height / scale).floor());
        let slack = match self.options.direction {
            ReadingDirection::Right => room(trial.scale).0 - trial.natural.width,
            ReadingDirection::Down => room(trial.scale).1 - trial.natural.height,
        };
        let stretch = (slack / trial.natural.gaps as f64).floor().min(MOST_STRETCH);
        let drawn = |stretch: f64| {
            let setting = Setting {
                stretch,
                ..Setting::natural(trial.density())
            };
            let drawing = Drawing::new(graph, self.options, content, setting);
            let natural = drawing.scene((0.0, 0.0));
            let scale = sheet.scale((natural.width, natural.height));
            (drawing, scale)
        };
        let (mut drawing, mut reached) = drawn(if stretch >= 1.0 { stretch } else { 0.0 });
        if reached < trial.scale && stretch >= 1.0 {
            (drawing, reached) = drawn(0.0);
        }
        if reached < least {
            return None;
        }
        // The quick order may need more room than the best one, which keeps the type as large as it must be.
        let room = room(trial.scale.max(least).min(reached));
        let mut scene = drawing.scene(room);
        // To the last px of the sheet's shape, which whole px may miss.
        let shape = sheet.width / sheet.height;
        scene.width = scene.width.max(scene.height * shape);
        scene.height = scene.height.max(scene.width / shape);
        scene.paper = Some(sheet.millimetres);
        Some(scene)
    }
}
