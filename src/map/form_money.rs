//! How people are asked for money: costs, what benefits are worth, and the settings of an appraisal.

use super::form_ask::{Ask, ask, money, one_of, open, percent};
use super::form_words::{BASES, CLASSES, CONFIDENCES, GAINS, OPTION_KINDS, TIMINGS};

/// What an appraisal goes by.
pub(super) const APPRAISAL: &[&[Ask]] = &[
    &[Ask {
        parts: &[
            ask("base_year", "Year that sums are discounted to"),
            ask("end", "Last year"),
            ask("price_year", "Year of the prices"),
            open("first_month", "Month that a year begins with, 1 to 12", "April"),
            one_of("timing", "Money moves", "At the start of the year", TIMINGS),
            ask("rates", "Set of discount rates, such as green-book-2026"),
            ask("deflator.source", "Where the price index is from"),
            ask("weights.source", "Where the weights are from"),
            money("weights.median_income", "Median income"),
            open(
                "weights.elasticity",
                "How fast money is worth less to those who have more",
                "1.3",
            ),
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
            ask("name", "Group of people, such as lowest fifth of incomes"),
            money("income", "Their income"),
            ask("weight", "Or their weight, such as 2.4"),
        ],
        add: "Add a group of people",
        ..ask("appraisal.weights.groups", "Weight by who gains")
    }],
    &[Ask {
        parts: &[
            ask("id", "Short name, such as do-minimum"),
            ask("title", "Title"),
            one_of("kind", "Kind of option", "–", OPTION_KINDS),
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
        money("amount", "Amount"),
        ask("cost_centre", "Cost centre"),
        one_of(
            "kind",
            "Kind of cost",
            "–",
            &[
                ("capital", "Capital: spent once on what lasts"),
                ("revenue", "Revenue: spent on running things"),
                ("in-kind", "In kind: nobody is paid for it"),
            ],
        ),
        ask("until", "Every year until"),
        one_of("basis", "Prices", "Real", BASES),
        money("range.low", "At least"),
        money("range.high", "At most"),
        ask("optimism_bias.percent", "Optimism bias, in per cent"),
        ask("optimism_bias.type", "Its type of project"),
        percent("optimism_bias.mitigation", "Of it mitigated, in per cent"),
        ask("optimism_bias.reason", "Why so much"),
        open("option", "Option of the appraisal", "All"),
        one_of("timing", "Paid", "As the appraisal says", TIMINGS),
    ],
    shown: 3,
    add: "Add a cost",
    ..ask("cost", "Cost")
}]];

/// What a benefit is worth in money.
pub(super) const VALUE: &[&[Ask]] = &[
    &[Ask {
        parts: &[
            one_of("class", "Class of benefit", "–", CLASSES),
            one_of("gains", "Who gains", "–", GAINS),
            money("unit_value", "Worth of one unit a year"),
            ask("source", "Where that is from"),
            ask("price_year", "Year of the prices"),
            one_of("basis", "Prices", "Real", BASES),
            ask("from", "First year"),
            ask("until", "Last year"),
            ask("delay", "Months until it begins"),
            ask("build_up", "Shares of the first years, such as 0.2, 0.6"),
            one_of("confidence", "Confidence", "–", CONFIDENCES),
            one_of("timing", "Comes", "As the appraisal says", TIMINGS),
            money("range.low", "At least"),
            money("range.high", "At most"),
            percent("deadweight.share", "Deadweight, in per cent"),
            ask("deadweight.source", "Source of the deadweight"),
            percent("leakage.share", "Leakage, in per cent"),
            ask("leakage.source", "Source of the leakage"),
            percent("displacement.share", "Displacement, in per cent"),
            ask("displacement.source", "Source of the displacement"),
            percent("substitution.share", "Substitution, in per cent"),
            ask("substitution.source", "Source of the substitution"),
            percent("attribution.share", "Attribution, in per cent"),
            ask("attribution.source", "Source of the attribution"),
            percent("drop_off.share", "Drop-off a year, in per cent"),
            ask("drop_off.source", "Source of the drop-off"),
            ask("multiplier.factor", "Multiplier"),
            ask("multiplier.source", "Source of the multiplier"),
        ],
        shown: 8,
        ..ask("value", "Value in money")
    }],
    &[Ask {
        parts: &[ask("year", "Year"), money("amount", "Amount")],
        add: "Add an amount of a year",
        ..ask("value.amounts", "Amount")
    }],
    &[Ask {
        parts: &[
            ask("group", "Group of people, as in the settings of the appraisal"),
            percent("share", "Share of the benefit, in per cent"),
            ask("source", "Where that is from"),
        ],
        add: "Add a group that gains",
        ..ask("value.beneficiaries", "Group that gains")
    }],
];
