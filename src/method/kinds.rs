//! The five kinds of box, and the two words that cover two kinds each.

use super::Subject;
use crate::map::NodeKind;

pub(super) static INVESTMENT: Subject = Subject {
    kind: Some(NodeKind::Investment),
    aliases: &["money", "funding", "budget", "input", "resource", "grant", "cost"],
    test: "Can you give it an amount and a year? If it is what you get for the money, it is an enabler.",
    examples: "titles",
    good: &[
        "Capital grant for 12 bus shelters",
        "Two nurses for the falls clinic, three years",
        "Revenue budget for the advice line",
    ],
    bad: &[
        ("New booking system", "the money buys it: an enabler"),
        ("Digital transformation", "a slogan: say what is paid for"),
        (
            "Savings of £200,000",
            "money that comes out at the other end: an outcome",
        ),
    ],
    written: r#""currency": "GBP",
"nodes": [
  {"id": "grant", "kind": "investment", "title": "Capital grant for 12 bus shelters", "cost": [
    {"year": "2027-28", "amount": 180000},
    {"year": "2028-29", "amount": 60000}
  ]}
]"#,
    ..Subject::new(
        "investment",
        "Investment",
        "Money, people or time that somebody commits so that the rest can happen.",
    )
};

pub(super) static ENABLER: Subject = Subject {
    kind: Some(NodeKind::Enabler),
    aliases: &[
        "project",
        "deliverable",
        "product",
        "activity",
        "it enabler",
        "capability",
    ],
    test: "Could it be finished and still change nothing? Then it is an enabler.",
    examples: "titles",
    good: &[
        "Online booking of repairs",
        "Damp sensors in 400 homes",
        "Ward staff trained in early discharge",
    ],
    bad: &[
        ("Install damp sensors", "the work: name what is there once it is done"),
        (
            "Tenants book repairs online",
            "what people do with it: a business change",
        ),
        ("Better technology", "says neither what it is nor who has it"),
    ],
    ..Subject::new(
        "enabler",
        "Enabler",
        "A thing that is made, bought or set up so that people can work in another way: a system, a building, a tool, a \
         skill. By itself it brings no benefit.",
    )
};

pub(super) static BUSINESS_CHANGE: Subject = Subject {
    kind: Some(NodeKind::BusinessChange),
    aliases: &[
        "change",
        "way of working",
        "ways of working",
        "practice",
        "process change",
    ],
    test: "Who does what differently on a Monday morning? If you cannot name them, keep asking.",
    examples: "titles",
    good: &[
        "Crews plan each day's rounds from sensor data",
        "Ward teams plan discharge on the day of admission",
        "Tenants report damp with a photo",
    ],
    bad: &[
        ("New scheduling software", "a thing: an enabler"),
        (
            "Staff are trained",
            "they know more, but what do they do? An enabler so far",
        ),
        ("Faster repairs", "a result: an intermediate outcome"),
    ],
    ..Subject::new(
        "business-change",
        "Business change",
        "A new way in which people work or behave, once an enabler has made it possible. Without it an enabler stays on the \
         shelf.",
    )
};

pub(super) static INTERMEDIATE_OUTCOME: Subject = Subject {
    kind: Some(NodeKind::IntermediateOutcome),
    aliases: &[
        "intermediate",
        "short-term outcome",
        "early outcome",
        "intermediate benefit",
    ],
    test: "Could you tick it off in a project plan? Then it is an output. Does it matter only because of what follows? Then \
           it is intermediate.",
    examples: "titles",
    good: &[
        "More repairs right at the first visit",
        "Fewer missed appointments",
        "Residents reach the right service at the first call",
    ],
    bad: &[
        ("Improved service", "better for whom, and how would you see it?"),
        ("Deliver home visits", "work: say what the visits change"),
        (
            "Damp repaired sooner and tenants happier",
            "two results: make two boxes",
        ),
    ],
    ..Subject::new(
        "intermediate-outcome",
        "Intermediate outcome",
        "An early result that people notice, and that leads on to something they want more.",
    )
};

pub(super) static END_OUTCOME: Subject = Subject {
    kind: Some(NodeKind::EndOutcome),
    aliases: &[
        "impact",
        "goal",
        "objective",
        "aim",
        "end benefit",
        "long-term outcome",
        "final outcome",
    ],
    test: "Why does it matter? If the answer is one more result, that result is the end outcome. If the answer is \"that is \
           what we are here for\", this is.",
    examples: "titles",
    good: &[
        "Fewer children ill from damp homes",
        "Older people live at home for longer",
        "Cleaner air near schools",
    ],
    bad: &[
        ("Strategy delivered", "work that is done: whose life is different?"),
        ("Efficiency", "a topic: say what gets better, for whom"),
        ("All staff trained by March", "an output with a date"),
    ],
    ..Subject::new(
        "end-outcome",
        "End outcome",
        "The lasting change for people or places that the money is spent for.",
    )
};

pub(super) static OUTPUT: Subject = Subject {
    aliases: &["enabler or business change"],
    test: "Do you control whether it happens? Then it is an output. An outcome follows from it, or fails to.",
    more: &[
        "See `enabler` for things and `business-change` for ways of working. A chain from money to an outcome needs both.",
    ],
    ..Subject::new(
        "output",
        "Output",
        "What the work produces: an enabler (a thing) or a business change (a way of working).",
    )
};

pub(super) static OUTCOME: Subject = Subject {
    aliases: &["benefit", "result", "effect"],
    test: "Could you tick it off in a project plan? Then it is an output. An outcome is a change that somebody can notice \
           and measure.",
    more: &[
        "A good title says for whom or what, and in which direction: `Fewer missed collections`, `Older people live at home \
         for longer`. Leave the figures to the measure.",
        "An outcome that somebody sees as negative is a disbenefit. Put it on the map as well, with its owner and measure.",
        "See `intermediate-outcome` and `end-outcome` for the two kinds.",
    ],
    ..Subject::new(
        "outcome",
        "Outcome",
        "A change for people or places that follows from the work. Early ones are intermediate outcomes, lasting ones are end \
         outcomes.",
    )
};
