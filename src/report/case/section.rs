//! What a business case is made of, and for whom.

use crate::map::words;

words! {
    /// Who a business case is written for, which decides what it holds and how long its tables are.
    Audience {
        /// A board: a few pages with purpose, map, outcomes, money, risks and the decisions asked for.
        Board = "board",
        /// Those who check what the board was given: everything, with the points to resolve.
        Annex = "annex",
    }
}

words! {
    /// A section of a business case, in the order of the whole document.
    Section {
        /// What a reader who stops after the first page must know.
        Summary = "summary",
        /// What the programme is for.
        Purpose = "purpose",
        /// The picture of the whole map.
        Map = "map",
        /// For each end outcome, what leads to it.
        Sights = "lines-of-sight",
        /// Reasons, evidence and assumptions of the links.
        Evidence = "evidence",
        /// The end outcomes, with owner, KPIs and status.
        Outcomes = "outcomes",
        /// The benefits register.
        Register = "register",
        /// Every KPI, how it is measured, and its chart.
        Kpis = "kpis",
        /// Open risks and the responses chosen.
        Risks = "risks",
        /// What people answered in a health check, and how sure they are of the links.
        HealthCheck = "health-check",
        /// What each owner does, and when.
        Plans = "plans",
        /// Partners and what each gains.
        Partners = "partners",
        /// What it costs, and what the money leads to.
        Costs = "costs",
        /// The economic appraisal.
        Appraisal = "appraisal",
        /// What the board is asked to decide.
        Decisions = "decisions",
        /// What the checks for a business case find.
        Findings = "findings",
    }
}

impl Section {
    /// The sections of the document for an audience, in order; for nobody in particular all but those that only a board
    /// needs and the points to resolve.
    pub fn of(audience: Option<Audience>) -> Vec<Self> {
        match audience {
            Some(Audience::Board) => vec![
                Self::Summary,
                Self::Purpose,
                Self::Map,
                Self::Outcomes,
                Self::Costs,
                Self::Appraisal,
                Self::Risks,
                Self::HealthCheck,
                Self::Decisions,
            ],
            Some(Audience::Annex) => Self::ALL
                .iter()
                .copied()
                .filter(|section| !matches!(section, Self::Outcomes | Self::Decisions))
                .collect(),
            None => Self::ALL
                .iter()
                .copied()
                .filter(|section| !matches!(section, Self::Outcomes | Self::Decisions | Self::Findings))
                .collect(),
        }
    }
}
