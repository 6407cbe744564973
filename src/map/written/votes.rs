//! Which of two writings a column is in, after what all its cells show.

use super::{DayOrder, DecimalMark};

/// Two writings, of which a column is in one.
pub(crate) trait Either: Copy + Eq {
    /// Which of the two it is.
    fn is_second(self) -> bool;
}

impl Either for DecimalMark {
    fn is_second(self) -> bool {
        self == Self::Comma
    }
}

impl Either for DayOrder {
    fn is_second(self) -> bool {
        self == Self::MonthFirst
    }
}

/// A cell that can be read in one writing only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Witness {
    /// What stands in it.
    pub(crate) text: String,
    /// Where it stands: `row 7`.
    pub(crate) place: String,
}

/// What the cells of a column show of its writing. The first witness of each side is kept.
#[derive(Debug, Clone)]
pub(crate) struct Votes<C> {
    declared: Option<C>,
    firm: [Option<(C, Witness)>; 2],
    hints: [Option<(C, Witness)>; 2],
    doubted: bool,
}

/// What came of the votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Settled<C> {
    /// Somebody has said it.
    Declared(C),
    /// All the cells that show it show this.
    Shown(C),
    /// No cell shows it, and the file is made so that it must be this.
    Assumed(C),
    /// No cell shows it.
    Open,
    /// One cell shows the one, and another the other.
    Contradicted(Witness, Witness),
}

impl<C: Copy> Settled<C> {
    /// The writing, where there is one.
    pub(crate) fn choice(&self) -> Option<C> {
        match self {
            Self::Declared(choice) | Self::Shown(choice) | Self::Assumed(choice) => Some(*choice),
            Self::Open | Self::Contradicted(..) => None,
        }
    }
}

impl<C: Either> Votes<C> {
    /// Nothing seen yet. What was declared needs no votes.
    pub(crate) fn new(declared: Option<C>) -> Self {
        Self {
            declared,
            firm: [None, None],
            hints: [None, None],
            doubted: false,
        }
    }

    /// A cell that can be read in this writing only.
    pub(crate) fn firm(&mut self, choice: C, text: &str, place: impl FnOnce() -> String) {
        Self::keep(&mut self.firm, choice, text, place);
    }

    /// A cell that speaks for this writing, as long as no other speaks firmly.
    pub(crate) fn hint(&mut self, choice: C, text: &str, place: impl FnOnce() -> String) {
        Self::keep(&mut self.hints, choice, text, place);
    }

    /// A cell that would be unusual in what the file's make says of it.
    pub(crate) fn doubt(&mut self) {
        self.doubted = true;
    }

    /// Takes in what the cells of a file show, of which the column is a part.
    pub(crate) fn join(&mut self, other: &Self, file: &str) {
        let all = [(&mut self.firm, &other.firm), (&mut self.hints, &other.hints)];
        for (own, others) in all {
            for (choice, witness) in others.iter().flatten() {
                Self::keep(own, *choice, &witness.text, || match file {
                    "" => witness.place.clone(),
                    file => format!("{file}, {}", witness.place),
                });
            }
        }
        self.doubted |= other.doubted;
    }

    fn keep(into: &mut [Option<(C, Witness)>; 2], choice: C, text: &str, place: impl FnOnce() -> String) {
        let slot = &mut into[usize::from(choice.is_second())];
        if slot.is_none() {
            let witness = Witness {
                text: text.trim().to_owned(),
                place: place(),
            };
            *slot = Some((choice, witness));
        }
    }

    /// The writing of the column, where `own` is what the make of the file says of it.
    pub(crate) fn settle(&self, own: Option<C>) -> Settled<C> {
        if let Some(declared) = self.declared {
            return Settled::Declared(declared);
        }
        for votes in [&self.firm, &self.hints] {
            match votes {
                [Some((_, one)), Some((_, other))] => return Settled::Contradicted(one.clone(), other.clone()),
                [Some((choice, _)), None] | [None, Some((choice, _))] => return Settled::Shown(*choice),
                [None, None] => {}
            }
        }
        match own {
            Some(own) if !self.doubted => Settled::Assumed(own),
            _ => Settled::Open,
        }
    }
}
