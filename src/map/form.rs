//! How people are asked for the fields of a record: the forms of the workshop's page.
//!
//! What a field is, whether it must be there and what it refers to is in [`record`]; here are the words for it, and in
//! which order people are asked. A page shows the forms as they are here, so a field that is added to a form is on the page.

use super::NodeKind;
use super::record::{self, Record};

/// How people are asked for one field.
#[derive(Debug)]
pub struct Ask {
    /// The field, as in the file.
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

/// A part of a form.
#[derive(Debug)]
pub struct Part {
    /// What the page knows it by.
    pub name: &'static str,
    /// What is asked, a line each.
    pub lines: &'static [&'static [Ask]],
}

/// What people are asked for of a record.
#[derive(Debug)]
pub struct Form {
    /// The record.
    pub record: &'static Record,
    /// Its parts.
    pub parts: &'static [Part],
}

const ASK: Ask = Ask {
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
    add: "",
};

/// A field with the words for it.
const fn ask(field: &'static str, label: &'static str) -> Ask {
    Ask { field, label, ..ASK }
}

/// Every form, in the order of the records that they are for.
pub static FORMS: &[Form] = &[
    Form {
        record: &record::MAP,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("title", "Title")],
                &[Ask {
                    rows: 4,
                    ..ask("purpose", "The strategic purpose, and the objectives that it serves")
                }],
                &[
                    ask("currency", "Currency, such as GBP"),
                    ask("language", "Language, such as en-GB or cy"),
                ],
                &[Ask {
                    parts: &[ask("start", "From"), ask("end", "To")],
                    ..ask("period", "The time that the map covers")
                }],
            ],
        }],
    },
    Form {
        record: &record::OWNER,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("name", "Name or role")],
                &[ask("organisation", "Organisation")],
                &[ask("senior", "Senior enough to answer for a benefit")],
            ],
        }],
    },
    Form {
        record: &record::PARTNER,
        parts: &[Part {
            name: "all",
            lines: &[&[ask("name", "Name of the partner")]],
        }],
    },
    Form {
        record: &record::ACTIVITY,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("title", "What is to be done")],
                &[ask("start", "Starts"), ask("end", "Ends")],
                &[Ask {
                    none: "–",
                    ..ask("node", "For which box")
                }],
            ],
        }],
    },
    Form {
        record: &record::NODE,
        parts: &[
            Part {
                name: "first",
                lines: &[
                    &[Ask {
                        rows: 2,
                        ..ask("title", "Title")
                    }],
                    &[Ask {
                        label_of_outcome: "Benefit owner",
                        none: "Nobody yet",
                        ..ask("owner", "Owner")
                    }],
                ],
            },
            Part {
                name: "more",
                lines: &[
                    &[Ask {
                        rows: 4,
                        ..ask("description", "Description")
                    }],
                    &[Ask {
                        words: STAGES,
                        ..ask("kind", "Stage")
                    }],
                    &[ask("start", "Starts"), ask("due", "Due")],
                    &[ask("quick_win", "A quick win")],
                    &[ask("disbenefit", "Somebody sees it as negative (a disbenefit)")],
                    &[ask("unintended", "Nobody aims at it (unintended)")],
                    &[Ask {
                        form: Writing::Commas,
                        hint: "Apart by commas",
                        ..ask("tags", "Tags")
                    }],
                ],
            },
            Part {
                name: "cost",
                lines: &[&[Ask {
                    parts: &[
                        ask("year", "Year, such as 2026-27"),
                        Ask {
                            form: Writing::Money,
                            ..ask("amount", "Amount")
                        },
                        ask("cost_centre", "Cost centre"),
                    ],
                    add: "Add a cost",
                    ..ask("cost", "Cost")
                }]],
            },
        ],
    },
    Form {
        record: &record::LINK,
        parts: &[
            Part {
                name: "first",
                lines: &[
                    &[Ask {
                        rows: 4,
                        placeholder: "In a sentence or two, as you would say it to a colleague",
                        ..ask("rationale", "Because …")
                    }],
                    &[Ask {
                        rows: 2,
                        hint: "One in each line",
                        ..ask("assumptions", "What must hold for this to work")
                    }],
                ],
            },
            Part {
                name: "evidence",
                lines: &[&[Ask {
                    parts: &[
                        ask("source", "Study, report or data"),
                        Ask {
                            none: "–",
                            words: &[
                                ("strong", "Strong"),
                                ("moderate", "Moderate"),
                                ("weak", "Weak"),
                                ("assumed", "Only assumed"),
                            ],
                            ..ask("strength", "How strong is it")
                        },
                        ask("url", "Where it can be read"),
                    ],
                    add: "Add evidence",
                    ..ask("evidence", "Evidence")
                }]],
            },
            Part {
                name: "more",
                lines: &[
                    &[Ask {
                        words: &[
                            ("supports", "helps the second"),
                            ("hinders", "works against the second"),
                        ],
                        ..ask("effect", "The first …")
                    }],
                    &[Ask {
                        form: Writing::Percent,
                        ..ask("contribution", "Its share of the second, in per cent")
                    }],
                    &[ask("feedback", "It runs back on purpose (feedback)")],
                ],
            },
        ],
    },
    Form {
        record: &record::KPI,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("title", "What is measured")],
                &[
                    Ask {
                        placeholder: "%, km, visits a week",
                        ..ask("unit", "Unit")
                    },
                    Ask {
                        none: "–",
                        words: &[
                            ("increase", "More is better"),
                            ("decrease", "Less is better"),
                            ("maintain", "It is to stay"),
                        ],
                        ..ask("direction", "Which way is better")
                    },
                ],
                &[Ask {
                    none: "–",
                    words: &[
                        ("outcome", "the outcome itself"),
                        ("leading", "something that moves before it"),
                    ],
                    ..ask("indicator", "It measures")
                }],
                &[Ask {
                    parts: &[ask("value", "Value"), ask("date", "On")],
                    ..ask("baseline", "The value before the change")
                }],
                &[Ask {
                    parts: &[ask("value", "Value"), ask("date", "By")],
                    add: "Add a target",
                    ..ask("targets", "Target")
                }],
                &[Ask {
                    parts: &[
                        ask("source", "From which records or survey"),
                        Ask {
                            none: "–",
                            words: FREQUENCIES,
                            ..ask("frequency", "How often")
                        },
                        Ask {
                            none: "–",
                            ..ask("responsible", "By whom")
                        },
                    ],
                    ..ask("measurement", "How it is measured")
                }],
                &[Ask {
                    rows: 2,
                    ..ask("definition", "How exactly it is defined")
                }],
                &[Ask {
                    parts: &[
                        Ask {
                            form: Writing::Percent,
                            ..ask("amber", "Amber from, in per cent")
                        },
                        Ask {
                            form: Writing::Percent,
                            ..ask("red", "Red from, in per cent")
                        },
                    ],
                    ..ask("tolerance", "How far behind its path it may be")
                }],
                &[Ask {
                    parts: &[ask("lower", "At least"), ask("upper", "At most")],
                    ..ask("band", "Kept within")
                }],
            ],
        }],
    },
    Form {
        record: &record::RISK,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("title", "What may go wrong")],
                &[
                    Ask {
                        none: "–",
                        ..ask("likelihood", "Likelihood, 1 to 5")
                    },
                    Ask {
                        none: "–",
                        ..ask("impact", "Impact, 1 to 5")
                    },
                ],
                &[Ask {
                    none: "Nobody yet",
                    ..ask("owner", "Who watches it")
                }],
                &[ask("close_by", "To be closed by")],
                &[Ask {
                    parts: &[ask("action", "What is done about it"), ask("cost", "What that costs")],
                    add: "Add a response",
                    ..ask("responses", "Response")
                }],
            ],
        }],
    },
];

/// The words for how often something is measured that people choose from; the field is open.
const FREQUENCIES: &[(&str, &str)] = &[
    ("daily", "daily"),
    ("weekly", "weekly"),
    ("monthly", "monthly"),
    ("quarterly", "quarterly"),
    ("yearly", "yearly"),
];

/// The stages as people read them.
const STAGES: &[(&str, &str)] = &[
    ("investment", NodeKind::Investment.label()),
    ("enabler", NodeKind::Enabler.label()),
    ("business-change", NodeKind::BusinessChange.label()),
    ("intermediate-outcome", NodeKind::IntermediateOutcome.label()),
    ("end-outcome", NodeKind::EndOutcome.label()),
];

#[cfg(test)]
mod tests {
    use super::super::record::Kind;
    use super::*;

    /// What is wrong with the forms, of a record and of those in it.
    fn faults(record: &Record, ask: &Ask, out: &mut Vec<String>) {
        let name = format!("{}.{}", record.name, ask.field);
        let Some(field) = record.field(ask.field) else {
            return out.push(format!("{name} is not a field"));
        };
        if ask.label.is_empty() {
            out.push(format!("{name} has no label"));
        }
        if !ask.parts.is_empty() && !record.may_be_set(ask.field) {
            out.push(format!("{name} cannot be set"));
        }
        let inner = match field.kind {
            Kind::Record(inner) => Some(inner),
            Kind::List(Kind::Record(inner)) if ask.add.is_empty() => {
                out.push(format!("{name} has no words to add one"));
                Some(*inner)
            }
            Kind::List(Kind::Record(inner)) => Some(*inner),
            Kind::Word(words) if !ask.words.is_empty() => {
                let asked: Vec<&str> = ask.words.iter().map(|(word, _)| *word).collect();
                if asked != words {
                    out.push(format!("{name} offers {asked:?}, and there are {words:?}"));
                }
                None
            }
            _ => None,
        };
        match inner {
            Some(inner) if ask.parts.is_empty() => out.push(format!("{name} asks for no field of its {}", inner.name)),
            Some(inner) => ask.parts.iter().for_each(|part| faults(inner, part, out)),
            None if !ask.parts.is_empty() => out.push(format!("{name} is not a record")),
            None => {}
        }
    }

    #[test]
    fn forms_ask_for_fields_that_there_are_each_once_by_words_that_there_are() {
        let mut found = Vec::new();
        for form in FORMS {
            let asks: Vec<&Ask> = (form.parts.iter())
                .flat_map(|part| part.lines.iter().copied().flatten())
                .collect();
            for (at, ask) in asks.iter().enumerate() {
                faults(form.record, ask, &mut found);
                if !form.record.may_be_set(ask.field) {
                    found.push(format!("{}.{} cannot be set", form.record.name, ask.field));
                }
                if asks[..at].iter().any(|other| other.field == ask.field) {
                    found.push(format!("{}.{} is asked for twice", form.record.name, ask.field));
                }
            }
        }
        assert_eq!(found, Vec::<String>::new());
    }
}
