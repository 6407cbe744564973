//! How people are asked for money: costs, what benefits are worth, and the settings of an appraisal.

use super::form_ask::{Ask, Writing, ask};
use super::form_words::{BASES, CLASSES, CONFIDENCES, GAINS, OPTION_KINDS, TIMINGS};

/// What an appraisal goes by.
pub(super) const APPRAISAL: &[&[Ask]] = &[
    &[Ask {
        parts: &[
            ask("base_year", "Year that sums are discounted to"),
            ask("end", "Last year"),
            ask("price_year", "Year of the prices"),
            Ask {
                none: "April",
                ..ask("first_month", "Month that a year begins with, 1 to 12")
            },
            Ask {
                none: "At the start of the year",
                words: TIMINGS,
                ..ask("timing", "Money moves")
            },
            ask("rates", "Set of discount rates, such as green-book-2026"),
            ask("deflator.source", "Where the price index is from"),
        ],
        ..ask("appraisal", "Settings")
    }],
    &[Ask {
        parts: &[
            ask("from", "From year, counted from 0"),
            ask("to", "To year"),
            ask("rate", "Rate, 0.035 for 3.5%"),
        ],
        add: "Add a rate of our own",
        ..ask("appraisal.bands", "Discount rate")
    }],
    &[Ask {
        parts: &[ask("year", "Year"), ask("level", "Level of prices")],
        add: "Add a year of the price index",
        ..ask("appraisal.deflator.index", "Price index")
    }],
    &[Ask {
        parts: &[
            ask("id", "Short name, such as do-minimum"),
            ask("title", "Title"),
            Ask {
                none: "–",
                words: OPTION_KINDS,
                ..ask("kind", "Kind of option")
            },
            Ask {
                hint: "All boxes where none is chosen",
                ..ask("nodes", "Boxes that belong to it")
            },
        ],
        add: "Add an option",
        ..ask("appraisal.options", "Option")
    }],
];

/// What a box costs.
pub(super) const COST: &[&[Ask]] = &[&[Ask {
    parts: &[
        ask("year", "Year, such as 2026-27"),
        Ask {
            form: Writing::Money,
            ..ask("amount", "Amount")
        },
        ask("cost_centre", "Cost centre"),
        Ask {
            none: "–",
            words: &[
                ("capital", "Capital: spent once on what lasts"),
                ("revenue", "Revenue: spent on running things"),
                ("in-kind", "In kind: nobody is paid for it"),
            ],
            ..ask("kind", "Kind of cost")
        },
        ask("until", "Every year until"),
        Ask {
            none: "Real",
            words: BASES,
            ..ask("basis", "Prices")
        },
        Ask {
            form: Writing::Money,
            ..ask("range.low", "At least")
        },
        Ask {
            form: Writing::Money,
            ..ask("range.high", "At most")
        },
        ask("optimism_bias.percent", "Optimism bias, in per cent"),
        ask("optimism_bias.type", "Its type of project"),
        Ask {
            form: Writing::Percent,
            ..ask("optimism_bias.mitigation", "Of it mitigated, in per cent")
        },
        ask("optimism_bias.reason", "Why so much"),
        Ask {
            none: "All",
            ..ask("option", "Option of the appraisal")
        },
        Ask {
            none: "As the appraisal says",
            words: TIMINGS,
            ..ask("timing", "Paid")
        },
    ],
    shown: 3,
    add: "Add a cost",
    ..ask("cost", "Cost")
}]];

/// What a benefit is worth in money.
pub(super) const VALUE: &[&[Ask]] = &[
    &[Ask {
        parts: &[
            Ask {
                none: "–",
                words: CLASSES,
                ..ask("class", "Class of benefit")
            },
            Ask {
                none: "–",
                words: GAINS,
                ..ask("gains", "Who gains")
            },
            Ask {
                form: Writing::Money,
                ..ask("unit_value", "Worth of one unit a year")
            },
            ask("source", "Where that is from"),
            ask("price_year", "Year of the prices"),
            Ask {
                none: "Real",
                words: BASES,
                ..ask("basis", "Prices")
            },
            ask("from", "First year"),
            ask("until", "Last year"),
            ask("delay", "Months until it begins"),
            ask("build_up", "Shares of the first years, such as 0.2, 0.6"),
            Ask {
                none: "–",
                words: CONFIDENCES,
                ..ask("confidence", "Confidence")
            },
            Ask {
                none: "As the appraisal says",
                words: TIMINGS,
                ..ask("timing", "Comes")
            },
            Ask {
                form: Writing::Money,
                ..ask("range.low", "At least")
            },
            Ask {
                form: Writing::Money,
                ..ask("range.high", "At most")
            },
            Ask {
                form: Writing::Percent,
                ..ask("deadweight.share", "Deadweight, in per cent")
            },
            ask("deadweight.source", "Source of the deadweight"),
            Ask {
                form: Writing::Percent,
                ..ask("leakage.share", "Leakage, in per cent")
            },
            ask("leakage.source", "Source of the leakage"),
            Ask {
                form: Writing::Percent,
                ..ask("displacement.share", "Displacement, in per cent")
            },
            ask("displacement.source", "Source of the displacement"),
            Ask {
                form: Writing::Percent,
                ..ask("substitution.share", "Substitution, in per cent")
            },
            ask("substitution.source", "Source of the substitution"),
            Ask {
                form: Writing::Percent,
                ..ask("attribution.share", "Attribution, in per cent")
            },
            ask("attribution.source", "Source of the attribution"),
            Ask {
                form: Writing::Percent,
                ..ask("drop_off.share", "Drop-off a year, in per cent")
            },
            ask("drop_off.source", "Source of the drop-off"),
            ask("multiplier.factor", "Multiplier"),
            ask("multiplier.source", "Source of the multiplier"),
        ],
        shown: 8,
        ..ask("value", "Value in money")
    }],
    &[Ask {
        parts: &[
            ask("year", "Year"),
            Ask {
                form: Writing::Money,
                ..ask("amount", "Amount")
            },
        ],
        add: "Add an amount of a year",
        ..ask("value.amounts", "Amount")
    }],
];
