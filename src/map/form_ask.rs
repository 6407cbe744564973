//! How people are asked for one field.

/// How people are asked for one field.
#[derive(Debug)]
pub struct Ask {
    /// The field, as in the file; of a record in the record, by a path with points, as in `document.approvals`.
    pub field: &'static str,
    /// The words before the control; of a list of records, what one of them is called.
    pub label: &'static str,
    /// The words instead where the box is an outcome; empty where they are the same.
    pub label_of_outcome: &'static str,
    /// A hint under the label; empty for none.
    pub hint: &'static str,
    /// An example in the control; empty for none.
    pub placeholder: &'static str,
    /// What a choice says where nothing is chosen; empty where something always is.
    pub none: &'static str,
    /// The words for the values that it may have, and what people read; empty where they are those of the file, or it is open.
    pub words: &'static [(&'static str, &'static str)],
    /// How many lines of text are shown; 0 for one that is no more than a line.
    pub rows: u8,
    /// How it is written in the control.
    pub form: Writing,
    /// For a record in the record: its fields in their order.
    pub parts: &'static [Ask],
    /// Of a record with many parts: how many are seen before the others are unfolded; 0 for all.
    pub shown: u8,
    /// For a list of records: the words that add one; empty for anything else.
    pub add: &'static str,
}

/// How a value is written in its control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// As in the file.
    Plain,
    /// A share as a percentage.
    Percent,
    /// An amount in the map's currency, which is named after the label.
    Money,
    /// A list with commas between, on one line.
    Commas,
}

/// Nothing said.
pub(super) const ASK: Ask = Ask {
    field: "",
    label: "",
    label_of_outcome: "",
    hint: "",
    placeholder: "",
    none: "",
    words: &[],
    rows: 0,
    form: Writing::Plain,
    parts: &[],
    shown: 0,
    add: "",
};

/// A field with the words for it.
pub(super) const fn ask(field: &'static str, label: &'static str) -> Ask {
    Ask { field, label, ..ASK }
}

/// A share that is asked for as a percentage.
pub(super) const fn percent(field: &'static str, label: &'static str) -> Ask {
    Ask {
        form: Writing::Percent,
        ..ask(field, label)
    }
}

/// An amount in the map's currency.
pub(super) const fn money(field: &'static str, label: &'static str) -> Ask {
    Ask {
        form: Writing::Money,
        ..ask(field, label)
    }
}

/// A choice that may be left open; `none` says so.
pub(super) const fn open(field: &'static str, label: &'static str, none: &'static str) -> Ask {
    Ask {
        none,
        ..ask(field, label)
    }
}

/// The same of one of a few words.
pub(super) const fn one_of(
    field: &'static str,
    label: &'static str,
    none: &'static str,
    words: &'static [(&'static str, &'static str)],
) -> Ask {
    Ask {
        words,
        ..open(field, label, none)
    }
}
