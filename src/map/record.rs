//! What the records of a map are made of: the one description that everything else goes by.
//!
//! From it come the shape that the reader of files checks, the columns of tables and workbooks, the attributes of other
//! tools' files, and the table of fields in `docs/format.md`. The types beside it say the same to the compiler; a test
//! reads generated and damaged texts both ways and holds the two together.

use serde::Serialize;

use super::limits;
use super::{
    Aggregation, BenefitClass, Confidence, CostKind, Direction, Effect, Gains, Indicator, Method, NodeKind, OptionKind,
    PriceBasis, Profile, RiskStatus, Says, Stake, Strength, Timing,
};

/// What the value of a field must be.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An exact number.
    Number,
    /// A whole number within bounds.
    Whole {
        /// The least that it may be.
        least: u64,
        /// The most that it may be.
        most: u64,
    },
    /// The number of the format.
    Format,
    /// A day.
    Day,
    /// The tag of a language.
    Language,
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

impl Kind {
    /// The record that it is, or that it is a list of; `None` for any other value.
    pub fn record(&self) -> Option<&'static Record> {
        match self {
            Self::Record(record) | Self::List(Self::Record(record)) => Some(record),
            Self::Trajectory => Some(&TRAJECTORY),
            _ => None,
        }
    }
}

/// Whether a field must be there, and what it may be instead of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The record is none without it.
    Required,
    /// It may be left out.
    Optional,
    /// It may be left out, or be `null`.
    Nullable,
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// As in the file.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
}

impl Field {
    /// Whether it is a text in sentences, such as a description: a text of its own in documents, beside the titles and names
    /// that lists and pictures show.
    pub fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Text) && limits::longest(self.name) == limits::LONGEST_TEXT
    }

    /// What people call it: the name with a capital and with spaces, `Cost centre` of `cost_centre`.
    pub fn label(&self) -> String {
        let words = self.name.replace('_', " ");
        let mut rest = words.chars();
        rest.next()
            .map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
    }
}

/// A record: what it is called, and its fields in the order they are written.
#[derive(Debug)]
pub struct Record {
    /// What it is called in messages and in the documentation.
    pub name: &'static str,
    /// In the order in which they are written.
    pub fields: &'static [Field],
    /// The names alone, for messages.
    pub names: &'static [&'static str],
    /// The fields that no edit sets: what names the record, and what has edits of its own. Empty for a part of another record.
    pub fixed: &'static [&'static str],
    /// Whether it may have fields of people's own, named `x-` and a word.
    pub free: bool,
}

impl Record {
    /// The texts in sentences that a record of this description has ([`Field::is_prose`]), with the field of each, in the
    /// order of the fields; those that are empty are left out. `record` is any record of the map.
    pub fn prose(&self, record: &impl Serialize) -> Vec<(&'static Field, String)> {
        let fields: Vec<&'static Field> = self.fields.iter().filter(|field| field.is_prose()).collect();
        if fields.is_empty() {
            return Vec::new();
        }
        let said = serde_json::to_value(record).unwrap_or_default();
        let said = fields
            .into_iter()
            .filter_map(|field| Some((field, said.get(field.name)?.as_str()?.trim().to_owned())));
        said.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The field of that name; `None` where the record has none.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field at a path with points between the names: `optimism_bias.percent` of a cost. Lists are passed through.
    pub fn at(&self, path: &str) -> Option<&'static Field> {
        let Some((first, rest)) = path.split_once('.') else {
            return self.field(path);
        };
        let field = self.field(first)?;
        field.kind.record()?.at(rest)
    }

    /// Whether an edit may set a field.
    pub fn may_be_set(&self, name: &str) -> bool {
        self.field(name).is_some() && !self.fixed.contains(&name) || self.free && super::is_free_name(name)
    }

    /// The fields that an edit may set, in the order in which they are written.
    pub fn settable(&self) -> impl Iterator<Item = &'static str> {
        let names = self.names.iter().copied();
        names.filter(|name| !self.fixed.contains(name))
    }

    /// Whether it is only ever a part of another record, and has no name of its own.
    pub fn is_part(&self) -> bool {
        self.fixed.is_empty()
    }
}

macro_rules! record {
    ($(#[$doc:meta])* $const:ident $name:literal $(fixed $fixed:tt)? $(open $free:literal)? { $($field:literal $presence:ident $kind:expr),* $(,)? }) => {
        $(#[$doc])*
        pub static $const: Record = Record {
            name: $name,
            fields: &[$(Field { name: $field, kind: $kind, presence: Presence::$presence }),*],
            names: &[$($field),*],
            fixed: record!(@fixed $($fixed)?),
            free: record!(@free $($free)?),
        };
    };
    (@free) => { false };
    (@free $free:literal) => { $free };
    (@fixed) => { &[] };
    (@fixed $fixed:tt) => { &$fixed };
}

const TEXTS: Kind = Kind::List(&Kind::Text);
const SCORE: Kind = Kind::Whole { least: 1, most: 5 };

record!(
    /// Who answers for something.
    OWNER "owner" fixed ["id"] {
    "id" Required Kind::Id, "name" Required Kind::Text, "organisation" Optional Kind::Text,
    "senior" Optional Kind::Flag,
});
record!(
    /// Somebody outside who shares in the map.
    PARTNER "partner" fixed ["id"] { "id" Required Kind::Id, "name" Required Kind::Text });
record!(
    /// What an investment costs in a year.
    COST "cost" {
    "year" Required Kind::Text, "amount" Required Kind::Number, "cost_centre" Optional Kind::Text,
    "kind" Nullable Kind::Word(CostKind::WORDS), "until" Optional Kind::Text, "basis" Nullable Kind::Word(PriceBasis::WORDS),
    "optimism_bias" Nullable Kind::Record(&OPTIMISM_BIAS), "range" Nullable Kind::Record(&RANGE),
    "option" Nullable Kind::Reference(&OPTION), "timing" Nullable Kind::Word(Timing::WORDS),
});
record!(
    /// What is added to a cost because estimates of its sort have turned out too low.
    OPTIMISM_BIAS "optimism bias" {
    "percent" Required Kind::Number, "type" Optional Kind::Text, "mitigation" Nullable Kind::Number,
    "reason" Optional Kind::Text,
});
record!(
    /// The least and the most that an amount may turn out to be.
    RANGE "range" { "low" Nullable Kind::Number, "high" Nullable Kind::Number });
record!(
    /// Who is better or worse off.
    STAKEHOLDER "stakeholder" {
    "who" Required Kind::Text, "stake" Nullable Kind::Word(Stake::WORDS), "what" Optional Kind::Text,
});
record!(
    /// When a box is looked at again, and to whom its owner reports.
    REVIEW_PLAN "review plan" { "next" Nullable Kind::Day, "reporting_line" Optional Kind::Text });
record!(
    /// Who has approved the map.
    APPROVAL "approval" {
    "by" Required Kind::Text, "role" Optional Kind::Text, "on" Nullable Kind::Day, "version" Optional Kind::Text,
});
record!(
    /// Which version of the map this is.
    DOCUMENT "document control" {
    "version" Optional Kind::Text, "status" Optional Kind::Text, "marking" Optional Kind::Text,
    "approvals" Optional Kind::List(&Kind::Record(&APPROVAL)),
});
record!(
    /// A box.
    NODE "node" fixed ["id"] open true {
    "id" Required Kind::Id, "kind" Required Kind::Word(NodeKind::WORDS), "title" Optional Kind::Text,
    "description" Optional Kind::Text, "owner" Nullable Kind::Reference(&OWNER), "start" Nullable Kind::Day,
    "due" Nullable Kind::Day, "quick_win" Optional Kind::Flag, "disbenefit" Optional Kind::Flag,
    "unintended" Optional Kind::Flag, "partners" Optional Kind::List(&Kind::Reference(&PARTNER)),
    "tags" Optional TEXTS, "cost" Optional Kind::List(&Kind::Record(&COST)),
    "objectives" Optional TEXTS, "constraints" Optional TEXTS,
    "stakeholders" Optional Kind::List(&Kind::Record(&STAKEHOLDER)), "review" Nullable Kind::Record(&REVIEW_PLAN),
});
record!(
    /// What backs a link.
    EVIDENCE "piece of evidence" {
    "source" Required Kind::Text, "strength" Nullable Kind::Word(Strength::WORDS), "url" Optional Kind::Text,
});
record!(
    /// An arrow.
    LINK "link" fixed ["from", "to"] open true {
    "from" Required Kind::Reference(&NODE), "to" Required Kind::Reference(&NODE), "rationale" Optional Kind::Text,
    "contribution" Nullable Kind::Number, "effect" Optional Kind::Word(Effect::WORDS),
    "feedback" Optional Kind::Flag, "assumptions" Optional TEXTS,
    "evidence" Optional Kind::List(&Kind::Record(&EVIDENCE)),
});
record!(
    /// Where a KPI began.
    BASELINE "baseline" { "date" Nullable Kind::Day, "value" Required Kind::Number });
record!(
    /// What a KPI is to reach.
    TARGET "target" { "date" Nullable Kind::Day, "value" Required Kind::Number });
record!(
    /// A place on the path of a KPI.
    POINT "point" { "date" Required Kind::Day, "value" Required Kind::Number });
record!(
    /// How a KPI is to get to its target.
    TRAJECTORY "trajectory" {
    "profile" Optional Kind::Word(Profile::WORDS), "points" Optional Kind::List(&Kind::Record(&POINT)),
});
record!(
    /// How far behind its path a KPI may be.
    TOLERANCE "tolerance" { "amber" Nullable Kind::Number, "red" Nullable Kind::Number });
record!(
    /// How a KPI is measured.
    MEASUREMENT "measurement plan" {
    "method" Nullable Kind::Word(Method::WORDS), "source" Optional Kind::Text, "frequency" Optional Kind::Text,
    "responsible" Nullable Kind::Reference(&OWNER),
});
record!(
    /// What a KPI is to be kept within.
    BAND "band" { "lower" Nullable Kind::Number, "upper" Nullable Kind::Number });
record!(
    /// A share with its source.
    SHARE "share" { "share" Required Kind::Number, "source" Optional Kind::Text });
record!(
    /// A factor with its source.
    MULTIPLIER "multiplier" { "factor" Required Kind::Number, "source" Optional Kind::Text });
record!(
    /// The share of a benefit that a group has.
    BENEFICIARY "beneficiary" {
    "group" Required Kind::Text, "share" Required Kind::Number, "source" Optional Kind::Text,
});
record!(
    /// What a benefit is worth in a year.
    AMOUNT "amount" { "year" Required Kind::Text, "amount" Required Kind::Number });
record!(
    /// What a benefit is worth in money.
    VALUE "value" {
    "class" Nullable Kind::Word(BenefitClass::WORDS), "gains" Nullable Kind::Word(Gains::WORDS),
    "beneficiaries" Optional Kind::List(&Kind::Record(&BENEFICIARY)),
    "unit_value" Nullable Kind::Number, "amounts" Optional Kind::List(&Kind::Record(&AMOUNT)),
    "source" Optional Kind::Text, "price_year" Optional Kind::Text, "basis" Nullable Kind::Word(PriceBasis::WORDS),
    "from" Optional Kind::Text, "until" Optional Kind::Text, "deadweight" Nullable Kind::Record(&SHARE),
    "leakage" Nullable Kind::Record(&SHARE), "displacement" Nullable Kind::Record(&SHARE),
    "substitution" Nullable Kind::Record(&SHARE), "multiplier" Nullable Kind::Record(&MULTIPLIER),
    "attribution" Nullable Kind::Record(&SHARE), "delay" Nullable Kind::Whole { least: 0, most: 1200 },
    "build_up" Optional Kind::List(&Kind::Number), "drop_off" Nullable Kind::Record(&SHARE),
    "range" Nullable Kind::Record(&RANGE), "confidence" Nullable Kind::Word(Confidence::WORDS),
    "timing" Nullable Kind::Word(Timing::WORDS),
});
record!(
    /// A measure of a node.
    KPI "kpi" fixed ["id"] open true {
    "id" Required Kind::Id, "node" Required Kind::Reference(&NODE), "title" Optional Kind::Text,
    "definition" Optional Kind::Text, "indicator" Nullable Kind::Word(Indicator::WORDS), "unit" Optional Kind::Text,
    "direction" Nullable Kind::Word(Direction::WORDS),
    "aggregation" Nullable Kind::Word(Aggregation::WORDS), "band" Nullable Kind::Record(&BAND), "baseline" Nullable Kind::Record(&BASELINE),
    "targets" Optional Kind::List(&Kind::Record(&TARGET)), "trajectory" Nullable Kind::Trajectory,
    "tolerance" Nullable Kind::Record(&TOLERANCE), "measurement" Nullable Kind::Record(&MEASUREMENT),
    "value" Nullable Kind::Record(&VALUE),
});
record!(
    /// What is done about a risk.
    RESPONSE "response" {
    "action" Required Kind::Text, "cost" Nullable Kind::Number, "chosen" Optional Kind::Flag,
});
record!(
    /// What could go wrong.
    RISK "risk" fixed ["id"] open true {
    "id" Required Kind::Id, "title" Optional Kind::Text, "threatens" Nullable Kind::Threatened,
    "likelihood" Nullable SCORE, "impact" Nullable SCORE, "owner" Nullable Kind::Reference(&OWNER),
    "responses" Optional Kind::List(&Kind::Record(&RESPONSE)), "close_by" Nullable Kind::Day,
    "status" Optional Kind::Word(RiskStatus::WORDS),
});
record!(
    /// A piece of work in a plan.
    ACTIVITY "activity" fixed ["id"] {
    "id" Required Kind::Id, "title" Optional Kind::Text, "node" Nullable Kind::Reference(&NODE),
    "start" Nullable Kind::Day, "end" Nullable Kind::Day,
    "after" Optional Kind::List(&Kind::Reference(&ACTIVITY)),
    "priority" Nullable Kind::Whole { least: 0, most: u16::MAX as u64 },
});
record!(
    /// An owner's plan.
    PLAN "plan" fixed ["owner", "activities"] {
    "owner" Required Kind::Reference(&OWNER), "activities" Optional Kind::List(&Kind::Record(&ACTIVITY)),
});
record!(
    /// A finding that is accepted.
    ALLOWANCE "allowance" {
    "rule" Required Kind::Text, "subject" Required Kind::Text, "reason" Required Kind::Text,
    "by" Optional Kind::Text, "until" Nullable Kind::Day,
});
record!(
    /// What somebody said of a part of the map.
    REVIEW "review" {
    "subject" Required Kind::Text, "by" Required Kind::Reference(&OWNER), "on" Nullable Kind::Day,
    "says" Required Kind::Word(Says::WORDS), "note" Optional Kind::Text, "fingerprint" Optional Kind::Text,
});
const NODES: Kind = Kind::List(&Kind::Reference(&NODE));
record!(
    /// The order in which nodes are drawn, by stage.
    STAGE_ORDER "order" {
    "investment" Optional NODES, "enabler" Optional NODES, "business-change" Optional NODES,
    "intermediate-outcome" Optional NODES, "end-outcome" Optional NODES,
});
record!(
    /// How people want the map drawn.
    ARRANGEMENT "arrangement" { "order" Optional Kind::Record(&STAGE_ORDER) });
const YEARS_ON: Kind = Kind::Whole { least: 0, most: 1000 };
record!(
    /// The discount rate of some years.
    RATE_BAND "rate band" { "from" Required YEARS_ON, "to" Nullable YEARS_ON, "rate" Required Kind::Number });
record!(
    /// The level of prices in a year.
    PRICE_INDEX "price index" { "year" Required Kind::Text, "level" Required Kind::Number });
record!(
    /// How prices change from year to year.
    DEFLATOR "deflator" { "source" Optional Kind::Text, "index" Optional Kind::List(&Kind::Record(&PRICE_INDEX)) });
record!(
    /// A group of people whose income counts.
    INCOME_GROUP "income group" {
    "name" Required Kind::Text, "income" Nullable Kind::Number, "weight" Nullable Kind::Number,
});
record!(
    /// How much benefits count by who has them.
    WEIGHTS "weights" {
    "source" Optional Kind::Text, "median_income" Nullable Kind::Number, "elasticity" Nullable Kind::Number,
    "groups" Optional Kind::List(&Kind::Record(&INCOME_GROUP)),
});
record!(
    /// What differs in an option.
    DIFFERENCE "difference" {
    "of" Required Kind::Text, "factor" Required Kind::Number, "reason" Optional Kind::Text,
});
record!(
    /// One of the options that an appraisal compares.
    OPTION "option" {
    "id" Required Kind::Id, "kind" Nullable Kind::Word(OptionKind::WORDS), "title" Optional Kind::Text,
    "nodes" Optional Kind::List(&Kind::Reference(&NODE)), "differences" Optional Kind::List(&Kind::Record(&DIFFERENCE)),
});
record!(
    /// What an economic appraisal goes by.
    APPRAISAL "appraisal" {
    "base_year" Required Kind::Text, "price_year" Optional Kind::Text, "end" Required Kind::Text,
    "first_month" Nullable Kind::Whole { least: 1, most: 12 }, "timing" Nullable Kind::Word(Timing::WORDS),
    "rates" Optional Kind::Text, "bands" Optional Kind::List(&Kind::Record(&RATE_BAND)),
    "deflator" Nullable Kind::Record(&DEFLATOR), "weights" Nullable Kind::Record(&WEIGHTS),
    "options" Optional Kind::List(&Kind::Record(&OPTION)),
});
record!(
    /// The days that the map covers.
    PERIOD "period" { "start" Nullable Kind::Day, "end" Nullable Kind::Day });
record!(
    /// The whole file.
    MAP "map" fixed [
        "$schema", "format", "owners", "nodes", "links", "kpis", "risks", "plans", "partners", "reviews", "arrangement", "allow",
    ] {
        "$schema" Optional Kind::Text, "format" Required Kind::Format, "title" Optional Kind::Text,
        "purpose" Optional Kind::Text, "period" Nullable Kind::Record(&PERIOD), "currency" Optional Kind::Text,
        "language" Nullable Kind::Language, "document" Nullable Kind::Record(&DOCUMENT),
        "appraisal" Nullable Kind::Record(&APPRAISAL), "owners" Optional Kind::List(&Kind::Record(&OWNER)), "nodes" Optional Kind::List(&Kind::Record(&NODE)),
        "links" Optional Kind::List(&Kind::Record(&LINK)), "kpis" Optional Kind::List(&Kind::Record(&KPI)),
        "risks" Optional Kind::List(&Kind::Record(&RISK)), "plans" Optional Kind::List(&Kind::Record(&PLAN)),
        "partners" Optional Kind::List(&Kind::Record(&PARTNER)),
        "reviews" Optional Kind::List(&Kind::Record(&REVIEW)),
        "arrangement" Nullable Kind::Record(&ARRANGEMENT), "allow" Optional Kind::List(&Kind::Record(&ALLOWANCE)),
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_edit_sets_is_there_and_every_id_and_list_of_records_is_among_it() {
        let all = [
            &MAP, &OWNER, &PARTNER, &NODE, &LINK, &KPI, &RISK, &ACTIVITY, &PLAN, &COST, &EVIDENCE, &TARGET, &RESPONSE,
        ];
        for record in all {
            for name in record.fixed {
                assert!(record.field(name).is_some(), "{}.{name}", record.name);
            }
            for field in record.fields {
                let has_edits = match field.kind {
                    Kind::Id | Kind::Format => true,
                    Kind::List(Kind::Record(inner)) => !inner.is_part(),
                    _ => false,
                };
                let may = record.may_be_set(field.name);
                assert!(
                    !(has_edits && may),
                    "{}.{} has edits of its own",
                    record.name,
                    field.name
                );
            }
        }
        assert!(COST.is_part() && !NODE.is_part());
        assert_eq!(
            MAP.settable().collect::<Vec<_>>(),
            [
                "title",
                "purpose",
                "period",
                "currency",
                "language",
                "document",
                "appraisal"
            ]
        );
    }
}
