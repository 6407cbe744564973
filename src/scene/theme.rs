//! Colours by role. Contrast of every text with what lies behind it is at least 4.5 to 1 (WCAG 2.2, 1.4.3 AA), of
//! every line and symbol at least 3 to 1 (1.4.11); tones stay apart for readers with any of the three kinds of
//! colour blindness. Tests hold both.

use super::{BadgeStyle, Tone, Verdict};

/// A colour as `#rrggbb`.
pub type Colour = &'static str;

/// Every colour of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The word that names the theme.
    pub name: &'static str,
    /// Behind everything.
    pub page: Colour,
    /// Behind the cards of a stage.
    pub panel: Colour,
    /// Around the cards of a group.
    pub band: Colour,
    /// Text.
    pub text: Colour,
    /// Quiet text: owners, legend, footer.
    pub muted: Colour,
    /// Borders and rules that carry no meaning.
    pub border: Colour,
    /// The five kinds, then what is unwelcome, in the order of [`Tone::ALL`].
    pub tones: [Shade; 6],
    /// A card that is set back.
    pub faded: Faded,
    /// Lines that run onward.
    pub onward: Colour,
    /// Lines that run back.
    pub back: Colour,
    /// Lines that stand against their target.
    pub adverse: Colour,
    /// Good, doubtful, bad and open, in the order of [`super::Verdict`].
    pub verdicts: [Colour; 4],
    /// Plain, bright and adverse badges.
    pub badges: [Plate; 3],
    /// The areas of a chart.
    pub zones: Zones,
    /// The typeface of all words, by name; empty for the one that words are measured in. In another, lines keep the lengths that they were
    /// measured to have.
    pub typeface: &'static str,
    /// How the tones differ beyond colour.
    pub texture: Texture,
}

/// The colours of one tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    /// The strip, the rule under the heading and the symbol in it.
    pub strong: Colour,
    /// The symbol on the strip.
    pub on_strong: Colour,
    /// Behind the text of a card.
    pub fill: Colour,
    /// Around a card.
    pub line: Colour,
}

/// The areas of a chart. Lines at their edges and words tell them apart as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zones {
    /// Where values are still tolerated.
    pub within: Colour,
    /// Where values are to be watched.
    pub doubtful: Colour,
    /// Where a forecast may come to lie.
    pub fan: Colour,
    /// Four steps across a middle, from the left. Lines around them and their places tell them apart as well.
    pub steps: [Colour; 4],
}

/// What is set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faded {
    /// The strip.
    pub strip: Colour,
    /// Behind the text.
    pub fill: Colour,
    /// Text and symbols.
    pub text: Colour,
    /// Lines and borders.
    pub line: Colour,
}

/// A badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plate {
    /// Behind the word.
    pub fill: Colour,
    /// The word.
    pub text: Colour,
    /// The border.
    pub line: Colour,
}

/// What fills the strips of the cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Colour alone.
    Plain,
    /// A pattern of lines or dots for each tone, with the symbol on a disc of the page's colour.
    Patterned,
}

impl Theme {
    /// Every theme; the first is the default.
    pub const ALL: [&'static Theme; 3] = [&DEFAULT, &PRINT, &DARK];

    /// The theme of that name, if there is one.
    pub fn named(name: &str) -> Option<&'static Theme> {
        Self::ALL.into_iter().find(|theme| theme.name == name)
    }

    /// The colour that a judgement is written in.
    pub fn verdict(&self, verdict: Verdict) -> Colour {
        self.verdicts[verdict as usize]
    }

    /// The colours of a tone.
    pub fn shade(&self, tone: Tone) -> Shade {
        self.tones[tone as usize]
    }

    /// The colours of a badge.
    pub fn plate(&self, style: BadgeStyle) -> Plate {
        self.badges[style as usize]
    }
}

impl Default for &Theme {
    fn default() -> Self {
        &DEFAULT
    }
}

/// Dark text on light cards, for screens and coloured print.
pub const DEFAULT: Theme = Theme {
    name: "default",
    page: "#ffffff",
    panel: "#f4f6f8",
    band: "#8795a3",
    text: "#17212b",
    muted: "#4d5a67",
    border: "#d5dbe1",
    tones: [
        shade("#8f690a", "#fffbf0", "#d9c48f"),
        shade("#17467d", "#f5f9fe", "#a9c2e0"),
        shade("#8044b5", "#fbf7fe", "#cfb5e6"),
        shade("#1b7471", "#f2fbfa", "#9accc8"),
        shade("#0f3526", "#eff6f2", "#8fb3a2"),
        shade("#98211f", "#fef6f4", "#e0a39c"),
    ],
    faded: Faded {
        strip: "#e4e8ec",
        fill: "#ffffff",
        text: "#66727e",
        line: "#d5dbe1",
    },
    onward: "#66727e",
    back: "#5a4a86",
    adverse: "#b3261e",
    verdicts: ["#17703a", "#8a5a00", "#b3261e", "#4d5a67"],
    badges: [
        Plate {
            fill: "#ffffff",
            text: "#34424f",
            line: "#c3ccd5",
        },
        Plate {
            fill: "#fff3c4",
            text: "#5c4300",
            line: "#e3c35c",
        },
        Plate {
            fill: "#fde8e6",
            text: "#8c1d18",
            line: "#e0a39c",
        },
    ],
    zones: Zones {
        within: "#dcefe2",
        doubtful: "#fdf0cf",
        fan: "#eadff5",
        steps: ["#ef9a6c", "#fadcc8", "#cfe1f4", "#7fb2e5"],
    },
    typeface: "",
    texture: Texture::Plain,
};

/// Black on white, with patterns in place of colours, for printers without colour.
pub const PRINT: Theme = Theme {
    name: "print",
    page: "#ffffff",
    panel: "#ffffff",
    band: "#000000",
    text: "#000000",
    muted: "#000000",
    border: "#767676",
    tones: [BLACK; 6],
    faded: Faded {
        strip: "#ffffff",
        fill: "#ffffff",
        text: "#6e6e6e",
        line: "#a6a6a6",
    },
    onward: "#000000",
    back: "#000000",
    adverse: "#000000",
    verdicts: ["#000000"; 4],
    badges: [WHITE; 3],
    zones: Zones {
        within: "#dedede",
        doubtful: "#f0f0f0",
        fan: "#cfcfcf",
        steps: ["#9c9c9c", "#d6d6d6", "#ffffff", "#f0f0f0"],
    },
    typeface: "",
    texture: Texture::Patterned,
};

const BLACK: Shade = Shade {
    strong: "#000000",
    on_strong: "#000000",
    fill: "#ffffff",
    line: "#000000",
};

const WHITE: Plate = Plate {
    fill: "#ffffff",
    text: "#000000",
    line: "#000000",
};

/// Light text on dark cards, for screens in dark rooms.
pub const DARK: Theme = Theme {
    name: "dark",
    page: "#12181e",
    panel: "#1a222a",
    band: "#6b7a88",
    text: "#eef2f5",
    muted: "#b3bfca",
    border: "#37434e",
    tones: [
        dark_shade("#d8aa48", "#2a261c", "#6d5a30"),
        dark_shade("#4a9ff5", "#1b2735", "#2f5780"),
        dark_shade("#cfb0f0", "#282433", "#685a7c"),
        dark_shade("#2bd4bb", "#182a2b", "#246b63"),
        dark_shade("#c2efb0", "#222b24", "#5f7758"),
        dark_shade("#ec7b66", "#302221", "#7d443b"),
    ],
    faded: Faded {
        strip: "#242d36",
        fill: "#161d24",
        text: "#8b98a5",
        line: "#37434e",
    },
    onward: "#93a1ae",
    back: "#b9a6ea",
    adverse: "#f28b78",
    verdicts: ["#6fd08c", "#f0b840", "#f28b78", "#b3bfca"],
    badges: [
        Plate {
            fill: "#1a222a",
            text: "#d5dde4",
            line: "#55636f",
        },
        Plate {
            fill: "#3d3413",
            text: "#ffe08a",
            line: "#8a7426",
        },
        Plate {
            fill: "#43211d",
            text: "#ffc0b5",
            line: "#8f4a3f",
        },
    ],
    zones: Zones {
        within: "#1d3527",
        doubtful: "#3a3117",
        fan: "#322a45",
        steps: ["#8a3d17", "#523325", "#27425e", "#1f5f9e"],
    },
    typeface: "",
    texture: Texture::Plain,
};

const fn dark_shade(strong: Colour, fill: Colour, line: Colour) -> Shade {
    Shade {
        strong,
        on_strong: "#12181e",
        fill,
        line,
    }
}

const fn shade(strong: Colour, fill: Colour, line: Colour) -> Shade {
    Shade {
        strong,
        on_strong: "#ffffff",
        fill,
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(colour: Colour) -> [f64; 3] {
        [1, 3, 5].map(|i| {
            let c = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                power((c + 0.055) / 1.055)
            }
        })
    }

    /// x to the power of 2.4, by the fifth root: x^(12/5).
    fn power(x: f64) -> f64 {
        let mut root = x;
        for _ in 0..60 {
            root -= (root * root * root * root * root - x) / (5.0 * root * root * root * root);
        }
        (0..12).fold(1.0, |p, _| p * root)
    }

    fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let f = |t: f64| {
            if t > 0.008856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        };
        let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
        let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency"
    /// (2009), severity 1, on linear light: none, protan, deutan, tritan.
    const VISION: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ];

    fn seen(colour: Colour, vision: [[f64; 3]; 3]) -> [f64; 3] {
        let c = linear(colour);
        lab(vision.map(|row| row.iter().zip(c).map(|(m, v)| m * v).sum::<f64>().clamp(0.0, 1.0)))
    }

    #[test]
    fn tones_stay_apart_for_every_kind_of_eye() {
        for theme in Theme::ALL.into_iter().filter(|t| t.texture == Texture::Plain) {
            for (i, a) in Tone::ALL.into_iter().enumerate() {
                for b in &Tone::ALL[i + 1..] {
                    for vision in VISION {
                        let (p, q) = (
                            seen(theme.shade(a).strong, vision),
                            seen(theme.shade(*b).strong, vision),
                        );
                        let distance: f64 = p.iter().zip(q).map(|(p, q)| (p - q) * (p - q)).sum::<f64>().sqrt();
                        // Ten times a just noticeable difference.
                        assert!(distance > 10.0, "{} {a:?} {b:?} {distance}", theme.name);
                    }
                }
            }
        }
    }

    #[test]
    fn themes_are_found_by_name() {
        for theme in Theme::ALL {
            assert_eq!(Theme::named(theme.name), Some(theme));
        }
        assert_eq!(Theme::named("Default"), None);
        assert_eq!(<&Theme>::default().name, "default");
    }
}
