//! What the column of a register can be, and the heads that people give such columns.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::map::NodeKind;
use crate::map::words;

words! {
    /// What the cells of a column say.
    Role {
        /// The reference of the row's own record, such as `B-001`.
        Id = "id",
        /// The title of the row's own record: a benefit, a result, a risk or an action.
        Title = "title",
        /// Which level of a logframe or which kind of box the row is, such as `Output 1.1`.
        Level = "level",
        /// A longer text about the row's own record.
        Description = "description",
        /// The person who answers for it.
        Owner = "owner",
        /// The organisation of that person.
        Organisation = "organisation",
        /// The class of the benefit (cash-releasing …), who gains, or a category, which becomes a tag.
        Category = "category",
        /// The day on which it begins.
        Start = "start",
        /// The day by which it is due.
        Due = "due",
        /// Organisations that share in it, with `;` between them.
        Partners = "partners",
        /// Tags, with `;` between them.
        Tags = "tags",
        /// Whether it is a quick win.
        QuickWin = "quick-win",
        /// Whether it is a disbenefit, or the title of a disbenefit that comes with it.
        Disbenefit = "disbenefit",
        /// Titles of investments that lead to it, with `;` between them.
        Project = "project",
        /// References or titles of what it depends on, with `;` between them.
        DependsOn = "depends-on",
        /// References or titles of what it leads to, with `;` between them.
        LeadsTo = "leads-to",
        /// Titles of end outcomes that it serves, with `;` between them.
        Objective = "objective",
        /// What must hold for it to come about, on the links to it or from it.
        Assumptions = "assumptions",
        /// Risks to it.
        Risk = "risk",
        /// The reference of the benefit that a KPI, a risk or an action belongs to.
        BelongsTo = "belongs-to",
        /// The title of the KPI.
        Kpi = "kpi",
        /// The reference of the KPI.
        KpiId = "kpi-id",
        /// How the KPI is defined.
        Definition = "definition",
        /// The unit of the KPI.
        Unit = "unit",
        /// Whether the KPI is to increase or to decrease.
        Direction = "direction",
        /// How often the KPI is measured.
        Frequency = "frequency",
        /// Where the values of the KPI come from.
        Source = "source",
        /// How the KPI is measured, as one of the words of the map.
        Method = "method",
        /// The person who delivers the values of the KPI.
        Responsible = "responsible",
        /// The value before the change.
        Baseline = "baseline",
        /// The day of that value.
        BaselineDate = "baseline-date",
        /// A value to be reached.
        Target = "target",
        /// The day of that value.
        TargetDate = "target-date",
        /// A measured value, which is data beside the map.
        Actual = "actual",
        /// The day of that value.
        ActualDate = "actual-date",
        /// What the benefit is worth in a year.
        Amount = "amount",
        /// How likely a risk is, from 1 to 5 or in words.
        Likelihood = "likelihood",
        /// How bad a risk would be, from 1 to 5 or in words.
        Impact = "impact",
        /// What is done about a risk.
        Response = "response",
        /// Whether a risk is open or closed.
        Status = "status",
        /// How urgent an action is; 1 is the most urgent.
        Priority = "priority",
        /// The title of an investment.
        Investment = "investment",
        /// The title of an enabler.
        Enabler = "enabler",
        /// The title of a business change.
        BusinessChange = "business-change",
        /// The title of an intermediate outcome.
        IntermediateOutcome = "intermediate-outcome",
        /// The title of an end outcome.
        EndOutcome = "end-outcome",
    }
}

impl Role {
    /// The kind of box whose titles stand in the column.
    pub(super) fn kind(self) -> Option<NodeKind> {
        Some(match self {
            Self::Investment => NodeKind::Investment,
            Self::Enabler => NodeKind::Enabler,
            Self::BusinessChange => NodeKind::BusinessChange,
            Self::IntermediateOutcome => NodeKind::IntermediateOutcome,
            Self::EndOutcome => NodeKind::EndOutcome,
            _ => return None,
        })
    }

    /// The column of titles of boxes of that kind.
    pub(super) fn of_kind(kind: NodeKind) -> Self {
        match kind {
            NodeKind::Investment => Self::Investment,
            NodeKind::Enabler => Self::Enabler,
            NodeKind::BusinessChange => Self::BusinessChange,
            NodeKind::IntermediateOutcome => Self::IntermediateOutcome,
            NodeKind::EndOutcome => Self::EndOutcome,
        }
    }

    /// Whether a sheet may have several such columns, as targets of several years.
    pub(super) fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Target
                | Self::Actual
                | Self::Amount
                | Self::Risk
                | Self::Assumptions
                | Self::Project
                | Self::Response
                | Self::Baseline
        )
    }

    /// Whether its cells hold values of a KPI.
    pub(super) fn is_value(self) -> bool {
        matches!(self, Self::Baseline | Self::Target | Self::Actual | Self::Amount)
    }
}

words! {
    /// What the rows of a sheet are.
    SheetKind {
        /// A row a benefit, with its measures.
        Register = "register",
        /// A row a result of any level, or a column for each level.
        Logframe = "logframe",
        /// A row a KPI of benefits that another sheet or the map has.
        Kpis = "kpis",
        /// A row a risk.
        Risks = "risks",
        /// A row an action in the plan of its owner.
        Actions = "actions",
        /// Not part of the map.
        LeftOut = "left-out",
    }
}

/// Heads in folded form, with what each names. A head is looked for whole; then, without filler words, whole again; then by its
/// words.
pub(super) static HEADS: LazyLock<BTreeMap<&'static str, Role>> = LazyLock::new(|| {
    let mut out = BTreeMap::new();
    let mut role = None;
    for line in include_str!("../../../assets/registers/heads.txt").lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let heads = match line.split_once(':') {
            Some((word, heads)) => {
                role = word.parse::<Role>().ok();
                heads
            }
            None => line,
        };
        let Some(role) = role else { continue };
        for head in heads.split(',').map(str::trim).filter(|head| !head.is_empty()) {
            out.entry(head).or_insert(role);
        }
    }
    out
});

/// Heads that name what a list of actions is of; elsewhere an activity is a level of the logframe.
pub(super) const ACTIONS: &[&str] = &[
    "action",
    "actions",
    "task",
    "tasks",
    "action_required",
    "action_description",
    "next_step",
    "next_steps",
    "activity",
    "activities",
    "what_needs_to_be_done",
    "action_title",
    "action_point",
    "action_needed",
    "activity_title",
    "activity_name",
    "task_name",
];

/// Words that change nothing in a head.
pub(super) const FILLERS: &[&str] = &[
    "the",
    "of",
    "a",
    "an",
    "and",
    "or",
    "for",
    "please",
    "enter",
    "insert",
    "complete",
    "list",
    "mandatory",
    "required",
    "optional",
    "e",
    "g",
    "eg",
    "etc",
    "if",
    "any",
    "s",
    "known",
    "applicable",
    "brief",
    "short",
    "proposed",
];

/// Words of heads, the more telling first: the first whose words are all there decides.
pub(super) const BY_WORDS: &[(&[&str], Role)] = &[
    (&["baseline", "date"], Role::BaselineDate),
    (&["baseline", "year"], Role::BaselineDate),
    (&["baseline", "day"], Role::BaselineDate),
    (&["target", "day"], Role::TargetDate),
    (&["actual", "day"], Role::ActualDate),
    (&["baseline"], Role::Baseline),
    (&["target", "date"], Role::TargetDate),
    (&["target", "year"], Role::TargetDate),
    (&["milestone", "date"], Role::TargetDate),
    (&["actual", "date"], Role::ActualDate),
    (&["date", "measured"], Role::ActualDate),
    (&["end", "date"], Role::Due),
    (&["due", "date"], Role::Due),
    (&["start", "date"], Role::Start),
    (&["realisation", "date"], Role::Due),
    (&["realization", "date"], Role::Due),
    (&["completion", "date"], Role::Due),
    (&["unit", "measure"], Role::Unit),
    (&["unit", "measurement"], Role::Unit),
    (&["means", "verification"], Role::Source),
    (&["source", "verification"], Role::Source),
    (&["data", "source"], Role::Source),
    (&["frequency"], Role::Frequency),
    (&["how", "often"], Role::Frequency),
    (&["responsible", "measuring"], Role::Responsible),
    (&["responsible", "measurement"], Role::Responsible),
    (&["measured", "by"], Role::Responsible),
    (&["indicator"], Role::Kpi),
    (&["kpi"], Role::Kpi),
    (&["target"], Role::Target),
    (&["milestone"], Role::Target),
    (&["actual"], Role::Actual),
    (&["likelihood"], Role::Likelihood),
    (&["probability"], Role::Likelihood),
    (&["mitigation"], Role::Response),
    (&["assumptions"], Role::Assumptions),
    (&["assumption"], Role::Assumptions),
    (&["dependencies"], Role::DependsOn),
    (&["disbenefit"], Role::Disbenefit),
    (&["dis", "benefit"], Role::Disbenefit),
    (&["strategic", "objective"], Role::Objective),
    (&["owner"], Role::Owner),
    (&["accountable"], Role::Owner),
    (&["responsible"], Role::Owner),
    (&["linked", "project"], Role::Project),
    (&["enabling", "project"], Role::Project),
    (&["measure"], Role::Kpi),
    (&["metric"], Role::Kpi),
    (&["risks"], Role::Risk),
    (&["category"], Role::Category),
    (&["cashable"], Role::Category),
    (&["type", "benefit"], Role::Category),
    (&["benefit", "type"], Role::Category),
    (&["benefit", "name"], Role::Title),
    (&["benefit", "title"], Role::Title),
    (&["benefit", "id"], Role::Id),
    (&["benefit", "ref"], Role::Id),
    (&["benefit", "description"], Role::Description),
    (&["description"], Role::Description),
];

/// Words with which a head says that its cells are remarks or states: they stay free fields, whatever else it names.
pub(super) const FREE_WORDS: &[&str] = &[
    "rag",
    "comment",
    "comments",
    "note",
    "notes",
    "remarks",
    "commentary",
    "status",
    "score",
    "rating",
    "variance",
    "trend",
    "forecast",
    "confidence",
    "progress",
    "update",
    "last",
    "rank",
    "weight",
    "weighting",
    "version",
    "created",
    "updated",
    "reviewed",
    "review",
    "approved",
    "approval",
];
