//! Roles as colours of the presentation's theme, so that a change of theme changes the map.

use crate::scene::theme::{Texture, Theme};
use crate::scene::{BadgeStyle, Emphasis, Ink, Stroke, Tone, Verdict};
use crate::xml::{Element, el};

/// A colour as DrawingML says it.
pub(super) type Colour = Element;

pub(super) fn scheme(name: &str) -> Colour {
    el("a:schemeClr").set("val", name)
}

/// A colour of the theme made lighter, or darker on a dark ground: so many hundredths of it are kept.
fn mixed(name: &str, kept: u32) -> Colour {
    scheme(name)
        .add(el("a:lumMod").set("val", kept * 1000))
        .add(el("a:lumOff").set("val", (100 - kept) * 1000))
}

/// A colour that means the same in every theme.
pub(super) fn fixed(colour: &str) -> Colour {
    el("a:srgbClr").set("val", colour.trim_start_matches('#').to_uppercase())
}

/// A fill of one colour.
pub(super) fn solid(colour: Colour) -> Element {
    el("a:solidFill").add(colour)
}

/// The colours of the theme in the order that a presentation lists them.
pub(super) fn list(theme: &Theme) -> [(&'static str, &'static str); 12] {
    let tone = |tone: Tone| theme.shade(tone).strong;
    [
        ("a:dk1", theme.text),
        ("a:lt1", theme.page),
        ("a:dk2", theme.muted),
        ("a:lt2", theme.panel),
        ("a:accent1", tone(Tone::First)),
        ("a:accent2", tone(Tone::Second)),
        ("a:accent3", tone(Tone::Third)),
        ("a:accent4", tone(Tone::Fourth)),
        ("a:accent5", tone(Tone::Fifth)),
        ("a:accent6", tone(Tone::Adverse)),
        ("a:hlink", tone(Tone::Second)),
        ("a:folHlink", tone(Tone::Third)),
    ]
}

/// What paints a picture in a theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    theme: &'static Theme,
}

impl Palette {
    pub fn new(theme: &'static Theme) -> Self {
        Self { theme }
    }

    /// Whether tints can be reckoned from the theme's colours: only on light ground, and where tones are colours.
    fn tints(self) -> bool {
        self.theme.texture == Texture::Plain && self.theme.page == "#ffffff"
    }

    pub fn strong(self, tone: Tone) -> Colour {
        scheme(&format!("accent{}", tone as usize + 1))
    }

    /// What fills the strip of a card.
    pub fn strip(self, tone: Tone, emphasis: Emphasis) -> Element {
        if emphasis == Emphasis::Faded {
            return solid(fixed(self.theme.faded.strip));
        }
        match self.theme.texture {
            Texture::Plain => solid(self.strong(tone)),
            Texture::Patterned => {
                let pattern = match tone {
                    Tone::First => "narHorz",
                    Tone::Second => "ltUpDiag",
                    Tone::Third => "pct25",
                    Tone::Fourth => "smGrid",
                    Tone::Fifth => "pct75",
                    Tone::Adverse => "wdDnDiag",
                };
                el("a:pattFill")
                    .set("prst", pattern)
                    .add(el("a:fgClr").add(scheme("tx1")))
                    .add(el("a:bgClr").add(scheme("bg1")))
            }
        }
    }

    pub fn on_strip(self, tone: Tone, emphasis: Emphasis) -> Colour {
        match (emphasis, self.theme.texture) {
            (Emphasis::Faded, _) => fixed(self.theme.faded.text),
            (_, Texture::Patterned) => scheme("tx1"),
            _ if self.tints() => scheme("bg1"),
            _ => fixed(self.theme.shade(tone).on_strong),
        }
    }

    pub fn plate(self, tone: Tone, emphasis: Emphasis) -> Colour {
        self.tinted(tone, emphasis, 5, (self.theme.faded.fill, self.theme.shade(tone).fill))
    }

    /// The accent of a tone, so much of it in a hundred; where accents are not tinted, or what it is on is faded, the theme's own
    /// colours: faded, and not.
    fn tinted(self, tone: Tone, emphasis: Emphasis, share: u32, (faded, own): (&str, &str)) -> Colour {
        match emphasis {
            Emphasis::Faded => fixed(faded),
            _ if self.tints() => mixed(&format!("accent{}", tone as usize + 1), share),
            _ => fixed(own),
        }
    }

    pub fn outline(self, tone: Tone, emphasis: Emphasis) -> Colour {
        self.tinted(tone, emphasis, 40, (self.theme.faded.line, self.theme.shade(tone).line))
    }

    pub fn ink(self, ink: Ink, emphasis: Emphasis) -> Colour {
        if emphasis == Emphasis::Faded {
            return fixed(self.theme.faded.text);
        }
        match ink {
            Ink::Text => scheme("tx1"),
            Ink::Muted => scheme("tx2"),
            Ink::Tone(tone) => self.strong(tone),
            Ink::Badge(style) => fixed(self.theme.plate(style).text),
            Ink::Verdict(verdict) => self.verdict(verdict),
        }
    }

    pub fn verdict(self, verdict: Verdict) -> Colour {
        fixed(self.theme.verdict(verdict))
    }

    /// Fill and line of a badge.
    pub fn badge(self, style: BadgeStyle, emphasis: Emphasis) -> (Colour, Colour) {
        if emphasis == Emphasis::Faded {
            return (fixed(self.theme.faded.fill), fixed(self.theme.faded.line));
        }
        let plate = self.theme.plate(style);
        (fixed(plate.fill), fixed(plate.line))
    }

    pub fn route(self, stroke: Stroke, emphasis: Emphasis) -> Colour {
        match (emphasis, stroke) {
            (Emphasis::Faded, _) => fixed(self.theme.faded.line),
            (_, Stroke::Onward) if self.tints() => mixed("tx2", 85),
            (_, Stroke::Onward) => fixed(self.theme.onward),
            (_, Stroke::Back) => fixed(self.theme.back),
            (_, Stroke::Adverse) if self.tints() => scheme("accent6"),
            (_, Stroke::Adverse) => fixed(self.theme.adverse),
        }
    }

    pub fn panel(self) -> Colour {
        scheme("bg2")
    }

    pub fn band(self) -> Colour {
        fixed(self.theme.band)
    }

    pub fn border(self) -> Colour {
        fixed(self.theme.border)
    }

    pub fn page(self) -> Colour {
        scheme("bg1")
    }
}

impl Palette {
    /// The areas of a chart: tolerated, to be watched, forecast.
    pub fn zone(self, place: usize) -> Colour {
        let zones = self.theme.zones;
        fixed([zones.within, zones.doubtful, zones.fan][place.min(2)])
    }

    /// Four steps across a middle, from the left.
    pub fn step(self, place: usize) -> Colour {
        fixed(self.theme.zones.steps[place.min(3)])
    }
}
