//! The files that measurements come from, what each shows of how its numbers and days are written, and the cells that may
//! be read in two ways until all have been seen.

use std::collections::HashMap;

use super::reception::KEPT_REMARKS;
use crate::map::written::{
    DayOrder, DecimalMark, Edge, Figure, Meant, Notation, Read, Refusal, Settled, Votes, Written, written_day,
};
use crate::map::{Day, Number};

/// A row of which a cell may be read in two ways. Until all rows have been seen it is read with a decimal point,
/// and with the day before the month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// The place of the row in the count of all rows.
    pub(super) origin: u32,
    /// The sign before the last three digits of its value, where that is open.
    value: Option<DecimalMark>,
    /// Whether its date is open.
    date: bool,
    /// Whether its date has points, and so never the month first.
    points: bool,
}

/// A row that was open, once all have been seen: its day and its value, or why it has none.
pub(super) struct Resolved {
    pub(super) date: Option<Day>,
    pub(super) value: Option<Number>,
}

/// One file.
#[derive(Debug)]
struct Source {
    name: String,
    /// The number of its row 0 in the count of all rows.
    base: u32,
    own: Option<DecimalMark>,
    marks: Votes<DecimalMark>,
    days: Votes<DayOrder>,
    /// How many texts of open cells are kept.
    texts: usize,
}

/// All files, in the order given.
#[derive(Debug)]
pub(super) struct Sources {
    notation: Notation,
    files: Vec<Source>,
    /// One past the highest origin so far.
    next: u32,
    /// The texts of open cells, value and date, by origin: as many of each file as remarks are kept.
    texts: HashMap<u32, (String, String)>,
}

/// How each file is written, once all have been seen.
pub(super) struct Decided {
    marks: Vec<Settled<DecimalMark>>,
    days: Vec<Settled<DayOrder>>,
}

impl Sources {
    pub(super) fn new(notation: Notation) -> Self {
        Self {
            notation,
            files: Vec::new(),
            next: 0,
            texts: HashMap::new(),
        }
    }

    /// The rows that follow stand in that file.
    pub(super) fn file(&mut self, name: String, own: Option<DecimalMark>) {
        self.files.push(Source {
            name,
            base: self.next,
            own,
            marks: Votes::new(self.notation.decimal),
            days: Votes::new(self.notation.days),
            texts: 0,
        });
    }

    /// The place of a row of the last file in the count of all rows.
    pub(super) fn origin(&mut self, number: u32) -> u32 {
        if self.files.is_empty() {
            self.file(String::new(), Some(DecimalMark::Point));
        }
        let origin = self.files.last().map_or(0, |file| file.base).saturating_add(number);
        self.next = self.next.max(origin.saturating_add(1));
        origin
    }

    /// The file and the row in it; `None` where no file was named.
    pub(super) fn place(&self, origin: u32) -> Option<(String, u32)> {
        let file = &self.files[self.file_of(origin)?];
        (!file.name.is_empty()).then(|| (file.name.clone(), origin - file.base))
    }

    fn file_of(&self, origin: u32) -> Option<usize> {
        self.files.partition_point(|file| file.base <= origin).checked_sub(1)
    }

    /// The value in a cell of the last file; whether it is open is noted in `held`.
    pub(super) fn number(
        &mut self,
        cell: Written<'_>,
        meant: Meant<'_>,
        held: &mut Held,
    ) -> Result<Read<Number>, Refusal> {
        let Some(file) = self.files.last_mut() else {
            return Err(Refusal::no_number());
        };
        let row = held.origin - file.base;
        if let Written::Text(text) = cell
            && let Ok(number) = Number::new(text)
            && self.notation.decimal.is_none()
        {
            // The usual case, without a copy of the text.
            match fraction(text) {
                Fraction::None => {}
                Fraction::Three => held.value = Some(DecimalMark::Point),
                Fraction::Other => file.marks.firm(DecimalMark::Point, text, || format!("row {row}")),
            }
            return Ok(Read::plain(number));
        }
        let shown = cell.shown();
        let figure = match cell {
            Written::Number(number) => Some(Figure::exact(number, &shown, None)),
            Written::Percent(share) => Some(Figure::percent(share, &shown)),
            Written::Money(amount, currency) => Some(Figure::exact(amount, &shown, Some(currency.clone()))),
            _ => Figure::new(&shown),
        };
        let figure = figure.ok_or_else(Refusal::no_number)?;
        figure.vote(&mut file.marks, || format!("row {row}"));
        match self.notation.decimal {
            Some(declared) => figure.read(meant, &Settled::Declared(declared)),
            None => {
                held.value = figure.open();
                figure.read(meant, &Settled::Shown(DecimalMark::Point))
            }
        }
    }

    /// The day in a cell of the last file; whether it is open is noted in `held`.
    pub(super) fn day(&mut self, cell: Written<'_>, held: &mut Held) -> Result<Read<Day>, Refusal> {
        let Some(file) = self.files.last_mut() else {
            return Err(Refusal::no_number());
        };
        let row = held.origin - file.base;
        match cell {
            Written::Day(day) => return Ok(Read::plain(day)),
            Written::Text(text) => {
                if let Ok(day) = Day::new(text) {
                    return Ok(Read::plain(day));
                }
            }
            _ => {}
        }
        let shown = cell.shown();
        let day = written_day(&shown)?;
        if let Some(order) = day.shows() {
            file.days.firm(order, &shown, || format!("row {row}"));
        } else if let Some(order) = day.suggests() {
            file.days.hint(order, &shown, || format!("row {row}"));
        }
        let order = match self.notation.days {
            Some(declared) => Settled::Declared(declared),
            None => {
                held.date = day.is_open();
                held.points = day.has_points();
                Settled::Shown(DayOrder::DayFirst)
            }
        };
        day.read(Edge::Last, &order, self.notation.first_month)
    }

    /// Keeps the texts of an open row for what will be said of it.
    pub(super) fn keep(&mut self, held: &Held, value: &str, date: &str) {
        if let Some(file) = self.files.last_mut()
            && file.texts < KEPT_REMARKS
        {
            file.texts += 1;
            self.texts.insert(held.origin, (value.to_owned(), date.to_owned()));
        }
    }

    /// The texts of an open row, value and date, where they were kept.
    pub(super) fn texts(&self, origin: u32) -> Option<(&str, &str)> {
        self.texts
            .get(&origin)
            .map(|(value, date)| (value.as_str(), date.as_str()))
    }

    /// How each file is written: as its own cells show it, else as those of all files do, else as its make has it. What
    /// the make of a file says is set aside where other files show the opposite, and nothing is left of either.
    pub(super) fn decide(&self) -> Decided {
        let (mut all_marks, mut all_days) = (Votes::new(None), Votes::new(None));
        for file in &self.files {
            all_marks.join(&file.marks, &file.name);
            all_days.join(&file.days, &file.name);
        }
        let marks = self
            .files
            .iter()
            .map(|file| match (file.marks.settle(None), all_marks.settle(None)) {
                (Settled::Open, Settled::Open) => file.marks.settle(file.own),
                (Settled::Open, Settled::Shown(mark)) if file.own.is_some_and(|own| own != mark) => Settled::Open,
                (Settled::Open, all) => all,
                (own, _) => own,
            });
        let days = self.files.iter().map(|file| match file.days.settle(None) {
            Settled::Open => all_days.settle(None),
            own => own,
        });
        Decided {
            marks: marks.collect(),
            days: days.collect(),
        }
    }

    /// The value of an open row, from the text that was kept.
    pub(super) fn number_again(
        &self,
        held: &Held,
        text: &str,
        meant: Meant<'_>,
        decided: &Decided,
    ) -> Result<Read<Number>, Refusal> {
        let mark = self
            .file_of(held.origin)
            .map_or(&Settled::Open, |file| &decided.marks[file]);
        Figure::new(text).ok_or_else(Refusal::no_number)?.read(meant, mark)
    }

    /// The day of an open row, from the text that was kept.
    pub(super) fn day_again(&self, held: &Held, text: &str, decided: &Decided) -> Result<Read<Day>, Refusal> {
        let order = self
            .file_of(held.origin)
            .map_or(&Settled::Open, |file| &decided.days[file]);
        written_day(text)?.read(Edge::Last, order, self.notation.first_month)
    }
}

impl Held {
    pub(super) fn new(origin: u32) -> Self {
        Self {
            origin,
            value: None,
            date: false,
            points: false,
        }
    }

    /// Whether a cell of the row is open.
    pub(super) fn is_open(&self) -> bool {
        self.value.is_some() || self.date
    }

    pub(super) fn value_is_open(&self) -> bool {
        self.value.is_some()
    }

    pub(super) fn date_is_open(&self) -> bool {
        self.date
    }

    /// What a row that was read for the time being comes to; `None` in the place of what stays open.
    pub(super) fn resolve(&self, (date, value): (Day, Number), sources: &Sources, decided: &Decided) -> Resolved {
        let file = sources.file_of(self.origin).unwrap_or(0);
        let thousand = rust_decimal::Decimal::ONE_THOUSAND;
        let value = match (self.value, decided.marks[file].choice()) {
            (None, _) => Some(value),
            (Some(_), Some(DecimalMark::Point)) => Some(value),
            (Some(DecimalMark::Point), Some(DecimalMark::Comma)) => Number::rounded(value.decimal() * thousand),
            (Some(DecimalMark::Comma), Some(DecimalMark::Comma)) => Number::rounded(value.decimal() / thousand),
            (Some(_), None) => None,
        };
        let date = match (self.date, decided.days[file].choice()) {
            (false, _) | (true, Some(DayOrder::DayFirst)) => Some(date),
            (true, Some(DayOrder::MonthFirst)) if !self.points => swapped(date),
            (true, _) => None,
        };
        Resolved { date, value }
    }
}

/// The day whose month is this one's day, and the other way round.
fn swapped(day: Day) -> Option<Day> {
    let date = day.date();
    jiff::civil::Date::new(date.year(), date.day(), date.month())
        .ok()
        .map(Day::from)
}

/// What stands behind the point of a number in the format's writing.
enum Fraction {
    None,
    /// Three digits behind one to three, so that the point could as well group thousands.
    Three,
    Other,
}

fn fraction(text: &str) -> Fraction {
    let Some(point) = text.find('.') else {
        return Fraction::None;
    };
    let whole = text[..point].trim_start_matches('-');
    let last = &text[point + 1..];
    let may_group =
        last.len() == 3 && last.bytes().all(|b| b.is_ascii_digit()) && whole.len() <= 3 && !whole.starts_with('0');
    if may_group { Fraction::Three } else { Fraction::Other }
}
