//! A reader of SVG for the elements that pictures are made of, and the contrast of colours.

use std::collections::BTreeMap;

use svg::parser::Event;

pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    pub classes: Vec<String>,
    /// The card that it belongs to.
    pub card: Option<String>,
}

pub struct Words {
    pub x: f64,
    pub y: f64,
    pub rtl: bool,
    pub text: String,
    pub classes: Vec<String>,
    pub card: Option<String>,
}

pub struct Picture {
    /// In the order they are painted.
    pub rects: Vec<Rect>,
    pub words: Vec<Words>,
    /// Looks by class.
    pub style: BTreeMap<String, String>,
    pub names: Vec<String>,
}

/// Where a card stands, and its id.
type Moved = (f64, f64, String);

impl Picture {
    pub fn read(text: &str) -> Self {
        let mut picture = Self {
            rects: Vec::new(),
            words: Vec::new(),
            style: BTreeMap::new(),
            names: Vec::new(),
        };
        let mut open: Vec<(String, Option<Moved>)> = Vec::new();
        let mut current: Option<(f64, f64, bool, Vec<String>)> = None;
        for event in svg::read(text).unwrap() {
            match event {
                Event::Tag(name, kind, attributes) => {
                    let get = |key: &str| attributes.get(key).map(|v| v.to_string());
                    let number = |key: &str| get(key).map_or(0.0, |v| v.parse::<f64>().unwrap());
                    let classes: Vec<String> =
                        get("class").map_or(Vec::new(), |c| c.split(' ').map(str::to_owned).collect());
                    if kind == svg::node::element::tag::Type::End {
                        let (opened, _) = open.pop().expect("an end tag closes something");
                        assert_eq!(opened, name);
                        continue;
                    }
                    let moved = get("transform").map(|t| {
                        let inner = t.strip_prefix("translate(").unwrap().strip_suffix(')').unwrap();
                        let (x, y) = inner.split_once(' ').unwrap();
                        let id = get("id").unwrap().strip_prefix("node-").unwrap().to_owned();
                        (x.parse().unwrap(), y.parse().unwrap(), id)
                    });
                    let (dx, dy, card) = open
                        .iter()
                        .find_map(|(_, moved)| moved.clone())
                        .map_or((0.0, 0.0, None), |(x, y, id)| (x, y, Some(id)));
                    picture.names.push(name.to_owned());
                    match name {
                        "rect" => picture.rects.push(Rect {
                            x: number("x") + dx,
                            y: number("y") + dy,
                            w: number("width"),
                            h: number("height"),
                            classes,
                            card,
                        }),
                        "text" => {
                            current = Some((number("x") + dx, number("y") + dy, get("direction").is_some(), classes));
                        }
                        "tspan" => {
                            let (_, _, rtl, classes) = current.clone().unwrap();
                            current = Some((number("x") + dx, number("y") + dy, rtl, classes));
                        }
                        _ => {}
                    }
                    if kind == svg::node::element::tag::Type::Start {
                        open.push((name.to_owned(), moved));
                    }
                }
                Event::Text(text) => {
                    let within = |name: &str| open.iter().any(|(n, _)| n == name);
                    if within("style") {
                        for rule in text.split('\n').filter(|r| r.starts_with('.')) {
                            let (class, look) = rule[1..].split_once('{').unwrap();
                            picture
                                .style
                                .insert(class.to_owned(), look.trim_end_matches('}').to_owned());
                        }
                    } else if within("text") {
                        let (x, y, rtl, classes) = current.clone().unwrap();
                        picture.words.push(Words {
                            x,
                            y,
                            rtl,
                            text: unescape(text),
                            classes,
                            card: open.iter().find_map(|(_, moved)| moved.clone()).map(|(_, _, id)| id),
                        });
                    }
                }
                Event::Error(error) => panic!("{error}"),
                _ => {}
            }
        }
        assert!(open.is_empty(), "everything is closed");
        picture
    }

    /// A property of the classes given, the last that has it.
    pub fn look(&self, classes: &[String], property: &str) -> Option<String> {
        classes.iter().rev().find_map(|class| {
            let look = self.style.get(class)?;
            look.split(';')
                .find_map(|p| Some(p.strip_prefix(property)?.strip_prefix(':')?.to_owned()))
        })
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// WCAG 2.2, relative luminance and contrast ratio, of two colours as `#rrggbb`.
pub fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |i: usize| {
            let c = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                to_the_2_4((c + 0.055) / 1.055)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (x, y) = (luminance(a), luminance(b));
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

/// By bisection for the fifth root, because the standard power function differs between platforms.
fn to_the_2_4(x: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle: f64 = (low + high) / 2.0;
        if middle.powi(5) < x {
            low = middle
        } else {
            high = middle
        }
    }
    low.powi(12)
}

pub fn overlap(a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)) -> bool {
    (a.0 - b.0).abs() < (a.2 + b.2) / 2.0 - 0.01 && (a.1 - b.1).abs() < (a.3 + b.3) / 2.0 - 0.01
}
