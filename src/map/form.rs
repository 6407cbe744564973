//! How people are asked for the fields of a record: the forms of the workshop's page.
//!
//! What a field is, whether it must be there and what it refers to is in [`record`]; here are the words for it, and in
//! which order people are asked. A page shows the forms as they are here, so a field that is added to a form is on the page.

use super::form_ask::{ask, one_of, open, percent};
use super::form_money;
use super::form_words::{AGGREGATIONS, FREQUENCIES, METHODS, RISK_STATUSES, STAGES};
use super::record::{self, Record};

pub use super::form_ask::{Ask, Writing};

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

/// Every form, in the order of the records that they are for.
pub static FORMS: &[Form] = &[
    Form {
        record: &record::MAP,
        parts: &[
            Part {
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
            },
            Part {
                name: "document",
                lines: &[
                    &[Ask {
                        parts: &[
                            ask("version", "Version"),
                            ask("status", "Status, such as draft"),
                            ask("marking", "Marking, such as OFFICIAL"),
                        ],
                        ..ask("document", "The document")
                    }],
                    &[Ask {
                        parts: &[
                            ask("by", "Approved by"),
                            ask("role", "Role"),
                            ask("on", "On"),
                            ask("version", "Which version"),
                        ],
                        add: "Add an approval",
                        ..ask("document.approvals", "Approval")
                    }],
                ],
            },
            Part {
                name: "appraisal",
                lines: form_money::APPRAISAL,
            },
        ],
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
                &[open("node", "For which box", "–")],
                &[ask("after", "Only after")],
                &[ask("priority", "Priority, the lowest number first")],
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
                    &[ask("partners", "Partners who share in it")],
                ],
            },
            Part {
                name: "profile",
                lines: &[
                    &[Ask {
                        rows: 2,
                        hint: "One objective in each line",
                        ..ask("objectives", "Objectives that it serves")
                    }],
                    &[Ask {
                        rows: 2,
                        hint: "One constraint in each line",
                        ..ask("constraints", "What it has to keep within")
                    }],
                    &[Ask {
                        parts: &[
                            ask("who", "Who"),
                            one_of(
                                "stake",
                                "Is better or worse off",
                                "–",
                                &[("gains", "is better off"), ("loses", "is worse off")],
                            ),
                            ask("what", "What they gain or lose"),
                        ],
                        add: "Add a stakeholder",
                        ..ask("stakeholders", "Stakeholder")
                    }],
                    &[Ask {
                        parts: &[
                            ask("next", "Next review on"),
                            ask("reporting_line", "The owner reports to"),
                        ],
                        ..ask("review", "Review")
                    }],
                ],
            },
            Part {
                name: "cost",
                lines: form_money::COST,
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
                        one_of(
                            "strength",
                            "How strong is it",
                            "–",
                            &[
                                ("strong", "Strong"),
                                ("moderate", "Moderate"),
                                ("weak", "Weak"),
                                ("assumed", "Only assumed"),
                            ],
                        ),
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
                    &[percent("contribution", "Its share of the second, in per cent")],
                    &[ask("feedback", "It runs back on purpose (feedback)")],
                ],
            },
        ],
    },
    Form {
        record: &record::KPI,
        parts: &[
            Part {
                name: "all",
                lines: &[
                    &[ask("title", "What is measured")],
                    &[
                        Ask {
                            placeholder: "%, km, visits a week",
                            ..ask("unit", "Unit")
                        },
                        one_of(
                            "direction",
                            "Which way is better",
                            "–",
                            &[
                                ("increase", "More is better"),
                                ("decrease", "Less is better"),
                                ("maintain", "It is to stay"),
                            ],
                        ),
                    ],
                    &[one_of(
                        "indicator",
                        "It measures",
                        "–",
                        &[
                            ("outcome", "the outcome itself"),
                            ("leading", "something that moves before it"),
                        ],
                    )],
                    &[Ask {
                        parts: &[ask("value", "Value"), ask("date", "On")],
                        ..ask("baseline", "The value before the change")
                    }],
                    &[Ask {
                        parts: &[ask("value", "Value"), ask("date", "By")],
                        add: "Add a target",
                        ..ask("targets", "Target")
                    }],
                    &[one_of(
                        "trajectory.profile",
                        "How it gets from the baseline to the targets",
                        "In a straight line",
                        &[
                            ("linear", "In a straight line"),
                            ("s-curve", "Slowly at first and at the end (S-curve)"),
                            ("step", "All at once, on the day"),
                        ],
                    )],
                    &[Ask {
                        parts: &[ask("date", "On"), ask("value", "Value")],
                        add: "Add a point of its path",
                        ..ask("trajectory.points", "Point of the path")
                    }],
                    &[Ask {
                        parts: &[
                            one_of("method", "By which method", "–", METHODS),
                            ask("source", "From which records or survey"),
                            one_of("frequency", "How often", "–", FREQUENCIES),
                            open("responsible", "By whom", "–"),
                        ],
                        ..ask("measurement", "How it is measured")
                    }],
                    &[Ask {
                        rows: 2,
                        ..ask("definition", "How exactly it is defined")
                    }],
                    &[Ask {
                        parts: &[
                            percent("amber", "Amber from, in per cent"),
                            percent("red", "Red from, in per cent"),
                        ],
                        ..ask("tolerance", "How far behind its path it may be")
                    }],
                    &[Ask {
                        parts: &[ask("lower", "At least"), ask("upper", "At most")],
                        ..ask("band", "Kept within")
                    }],
                    &[one_of(
                        "aggregation",
                        "Values of one period together give",
                        "–",
                        AGGREGATIONS,
                    )],
                    &[ask("node", "It measures the box")],
                ],
            },
            Part {
                name: "value",
                lines: form_money::VALUE,
            },
        ],
    },
    Form {
        record: &record::RISK,
        parts: &[Part {
            name: "all",
            lines: &[
                &[ask("title", "What may go wrong")],
                &[
                    open("likelihood", "Likelihood, 1 to 5", "–"),
                    open("impact", "Impact, 1 to 5", "–"),
                ],
                &[open("owner", "Who watches it", "Nobody yet")],
                &[ask("close_by", "To be closed by")],
                &[Ask {
                    parts: &[
                        ask("action", "What is done about it"),
                        ask("cost", "What that costs"),
                        ask("chosen", "It was chosen"),
                    ],
                    add: "Add a response",
                    ..ask("responses", "Response")
                }],
                &[Ask {
                    words: RISK_STATUSES,
                    ..ask("status", "Status")
                }],
                &[open("threatens", "It threatens", "Nothing yet")],
            ],
        }],
    },
];

#[cfg(test)]
mod tests {
    use super::super::record::Kind;
    use super::*;

    /// What is wrong with the forms, of a record and of those in it.
    fn faults(record: &Record, ask: &Ask, out: &mut Vec<String>) {
        let name = format!("{}.{}", record.name, ask.field);
        let Some(field) = record.at(ask.field) else {
            return out.push(format!("{name} is not a field"));
        };
        if ask.label.is_empty() {
            out.push(format!("{name} has no label"));
        }
        let first = ask.field.split('.').next().unwrap_or_default();
        if !ask.parts.is_empty() && !record.may_be_set(first) {
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
                if !form.record.may_be_set(ask.field.split('.').next().unwrap_or_default()) {
                    found.push(format!("{}.{} cannot be set", form.record.name, ask.field));
                }
                if asks[..at].iter().any(|other| other.field == ask.field) {
                    found.push(format!("{}.{} is asked for twice", form.record.name, ask.field));
                }
            }
        }
        assert_eq!(found, Vec::<String>::new());
    }

    /// What no form asks for, with the reason.
    const NOT_ASKED: &[(&str, &str)] = &[
        ("map.$schema", "the program writes it"),
        ("map.format", "the program writes it"),
        ("map.owners", "each owner has a form"),
        ("map.nodes", "each box has a form"),
        ("map.links", "each link has a form"),
        ("map.kpis", "each KPI has a form"),
        ("map.risks", "each risk has a form"),
        ("map.plans", "each activity has a form"),
        ("map.partners", "each partner has a form"),
        (
            "map.reviews",
            "what was said in a review is added by `review`, with a fingerprint of what was seen",
        ),
        ("map.arrangement", "people arrange boxes by moving them"),
        (
            "map.allow",
            "a finding is accepted in the file, where its reason is read with it",
        ),
        (
            "map.appraisal.options.differences.of",
            "a table in a table: in the file or in a workbook",
        ),
        (
            "map.appraisal.options.differences.factor",
            "a table in a table: in the file or in a workbook",
        ),
        (
            "map.appraisal.options.differences.reason",
            "a table in a table: in the file or in a workbook",
        ),
        ("owner.id", "it names the record, and never changes"),
        ("partner.id", "it names the record, and never changes"),
        ("activity.id", "it names the record, and never changes"),
        ("node.id", "it names the record, and never changes"),
        ("kpi.id", "it names the record, and never changes"),
        ("risk.id", "it names the record, and never changes"),
        (
            "link.from",
            "the end of the line is dragged, or another box is chosen for it",
        ),
        (
            "link.to",
            "the end of the line is dragged, or another box is chosen for it",
        ),
    ];

    /// The paths of all that a record holds, its own lists of records with names left as one.
    fn paths(record: &Record, prefix: &str, out: &mut Vec<String>) {
        for field in record.fields {
            let path = format!("{prefix}.{}", field.name);
            match field.kind.record() {
                Some(inner) if inner.is_part() && !record.fixed.contains(&field.name) => paths(inner, &path, out),
                _ => out.push(path),
            }
        }
    }

    #[test]
    fn every_field_on_record_is_asked_for_or_has_a_reason_why_not() {
        let mut missing = Vec::new();
        let mut reasons: Vec<&str> = NOT_ASKED.iter().map(|(path, _)| *path).collect();
        for form in FORMS {
            let name = form.record.name;
            let mut asked = Vec::new();
            for ask in form.parts.iter().flat_map(|part| part.lines.iter().copied().flatten()) {
                match ask.parts {
                    [] => asked.push(format!("{name}.{}", ask.field)),
                    parts => asked.extend(parts.iter().map(|part| format!("{name}.{}.{}", ask.field, part.field))),
                }
            }
            let mut all = Vec::new();
            paths(form.record, name, &mut all);
            assert!(all.len() > 1, "{name}");
            for path in all {
                match (asked.contains(&path), reasons.iter().position(|reason| *reason == path)) {
                    (true, Some(_)) => missing.push(format!("{path} is asked for, and a reason says that it is not")),
                    (false, None) => missing.push(format!("{path} cannot be edited in the page")),
                    (false, Some(at)) => drop(reasons.remove(at)),
                    (true, None) => {}
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
        assert_eq!(reasons, [""; 0], "reasons for what there is not");
    }
}
