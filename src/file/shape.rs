//! What the records of a map file look like: the one table that reading with places goes by.
//!
//! It says of each record what the serde types in `map` say too; a test reads generated and damaged texts both ways
//! and holds the two together.

use crate::map::{Aggregation, Direction, Effect, Indicator, Method, NodeKind, Profile, RiskStatus, Says, Strength};

/// What the value of a field must be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An exact number.
    Number,
    /// A whole number within bounds.
    Whole { least: u64, most: u64 },
    /// The number of the format.
    Format,
    /// A day.
    Day,
    /// The record's own id.
    Id,
    /// The id of another record.
    Reference(&'static Record),
    /// A node's id, or two of them with an arrow between.
    Threatened,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A profile or points.
    Trajectory,
    /// A record of its own.
    Record(&'static Record),
    /// A list of such values.
    List(&'static Kind),
}

/// Whether a field must be there, and what it may be instead of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// The record is none without it.
    Required,
    /// It may be left out.
    Optional,
    /// It may be left out, or be `null`.
    Nullable,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) presence: Presence,
}

/// A record: what it is called, and its fields in the order they are written.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// The names alone, for messages.
    pub(super) names: &'static [&'static str],
}

macro_rules! record {
    ($(#[$doc:meta])* $const:ident $name:literal { $($field:literal $presence:ident $kind:expr),* $(,)? }) => {
        $(#[$doc])*
        pub(super) static $const: Record = Record {
            name: $name,
            fields: &[$(Field { name: $field, kind: $kind, presence: Presence::$presence }),*],
            names: &[$($field),*],
        };
    };
}

const TEXTS: Kind = Kind::List(&Kind::Text);
const SCORE: Kind = Kind::Whole { least: 1, most: 5 };

record!(OWNER "owner" {
    "id" Required Kind::Id, "name" Required Kind::Text, "organisation" Optional Kind::Text,
    "senior" Optional Kind::Flag,
});
record!(PARTNER "partner" { "id" Required Kind::Id, "name" Required Kind::Text });
record!(COST "cost" {
    "year" Required Kind::Text, "amount" Required Kind::Number, "cost_centre" Optional Kind::Text,
});
record!(NODE "node" {
    "id" Required Kind::Id, "kind" Required Kind::Word(NodeKind::WORDS), "title" Optional Kind::Text,
    "description" Optional Kind::Text, "owner" Nullable Kind::Reference(&OWNER), "start" Nullable Kind::Day,
    "due" Nullable Kind::Day, "quick_win" Optional Kind::Flag, "disbenefit" Optional Kind::Flag,
    "unintended" Optional Kind::Flag, "partners" Optional Kind::List(&Kind::Reference(&PARTNER)),
    "tags" Optional TEXTS, "cost" Optional Kind::List(&Kind::Record(&COST)),
});
record!(EVIDENCE "piece of evidence" {
    "source" Required Kind::Text, "strength" Nullable Kind::Word(Strength::WORDS), "url" Optional Kind::Text,
});
record!(LINK "link" {
    "from" Required Kind::Reference(&NODE), "to" Required Kind::Reference(&NODE), "rationale" Optional Kind::Text,
    "contribution" Nullable Kind::Number, "effect" Optional Kind::Word(Effect::WORDS),
    "feedback" Optional Kind::Flag, "assumptions" Optional TEXTS,
    "evidence" Optional Kind::List(&Kind::Record(&EVIDENCE)),
});
record!(BASELINE "baseline" { "date" Nullable Kind::Day, "value" Required Kind::Number });
record!(TARGET "target" { "date" Nullable Kind::Day, "value" Required Kind::Number });
record!(POINT "point" { "date" Required Kind::Day, "value" Required Kind::Number });
record!(TRAJECTORY "trajectory" {
    "profile" Optional Kind::Word(Profile::WORDS), "points" Optional Kind::List(&Kind::Record(&POINT)),
});
record!(TOLERANCE "tolerance" { "amber" Nullable Kind::Number, "red" Nullable Kind::Number });
record!(MEASUREMENT "measurement plan" {
    "method" Nullable Kind::Word(Method::WORDS), "source" Optional Kind::Text, "frequency" Optional Kind::Text,
    "responsible" Nullable Kind::Reference(&OWNER),
});
record!(BAND "band" { "lower" Nullable Kind::Number, "upper" Nullable Kind::Number });
record!(KPI "kpi" {
    "id" Required Kind::Id, "node" Required Kind::Reference(&NODE), "title" Optional Kind::Text,
    "indicator" Nullable Kind::Word(Indicator::WORDS), "unit" Optional Kind::Text,
    "direction" Nullable Kind::Word(Direction::WORDS),
    "aggregation" Nullable Kind::Word(Aggregation::WORDS), "band" Nullable Kind::Record(&BAND), "baseline" Nullable Kind::Record(&BASELINE),
    "targets" Optional Kind::List(&Kind::Record(&TARGET)), "trajectory" Nullable Kind::Trajectory,
    "tolerance" Nullable Kind::Record(&TOLERANCE), "measurement" Nullable Kind::Record(&MEASUREMENT),
});
record!(RESPONSE "response" {
    "action" Required Kind::Text, "cost" Nullable Kind::Number, "chosen" Optional Kind::Flag,
});
record!(RISK "risk" {
    "id" Required Kind::Id, "title" Optional Kind::Text, "threatens" Nullable Kind::Threatened,
    "likelihood" Nullable SCORE, "impact" Nullable SCORE, "owner" Nullable Kind::Reference(&OWNER),
    "responses" Optional Kind::List(&Kind::Record(&RESPONSE)), "close_by" Nullable Kind::Day,
    "status" Optional Kind::Word(RiskStatus::WORDS),
});
record!(ACTIVITY "activity" {
    "id" Required Kind::Id, "title" Optional Kind::Text, "node" Nullable Kind::Reference(&NODE),
    "start" Nullable Kind::Day, "end" Nullable Kind::Day,
    "after" Optional Kind::List(&Kind::Reference(&ACTIVITY)),
    "priority" Nullable Kind::Whole { least: 0, most: u16::MAX as u64 },
});
record!(PLAN "plan" {
    "owner" Required Kind::Reference(&OWNER), "activities" Optional Kind::List(&Kind::Record(&ACTIVITY)),
});
record!(ALLOWANCE "allowance" {
    "rule" Required Kind::Text, "subject" Required Kind::Text, "reason" Required Kind::Text,
    "by" Optional Kind::Text, "until" Nullable Kind::Day,
});
record!(REVIEW "review" {
    "subject" Required Kind::Text, "by" Required Kind::Reference(&OWNER), "on" Nullable Kind::Day,
    "says" Required Kind::Word(Says::WORDS), "note" Optional Kind::Text, "fingerprint" Optional Kind::Text,
});
const NODES: Kind = Kind::List(&Kind::Reference(&NODE));
record!(STAGE_ORDER "order" {
    "investment" Optional NODES, "enabler" Optional NODES, "business-change" Optional NODES,
    "intermediate-outcome" Optional NODES, "end-outcome" Optional NODES,
});
record!(ARRANGEMENT "arrangement" { "order" Optional Kind::Record(&STAGE_ORDER) });
record!(PERIOD "period" { "start" Nullable Kind::Day, "end" Nullable Kind::Day });
record!(
    /// The whole file.
    MAP "map" {
        "$schema" Optional Kind::Text, "format" Required Kind::Format, "title" Optional Kind::Text,
        "purpose" Optional Kind::Text, "period" Nullable Kind::Record(&PERIOD), "currency" Optional Kind::Text,
        "owners" Optional Kind::List(&Kind::Record(&OWNER)), "nodes" Optional Kind::List(&Kind::Record(&NODE)),
        "links" Optional Kind::List(&Kind::Record(&LINK)), "kpis" Optional Kind::List(&Kind::Record(&KPI)),
        "risks" Optional Kind::List(&Kind::Record(&RISK)), "plans" Optional Kind::List(&Kind::Record(&PLAN)),
        "partners" Optional Kind::List(&Kind::Record(&PARTNER)),
        "reviews" Optional Kind::List(&Kind::Record(&REVIEW)),
        "arrangement" Nullable Kind::Record(&ARRANGEMENT), "allow" Optional Kind::List(&Kind::Record(&ALLOWANCE)),
    }
);
