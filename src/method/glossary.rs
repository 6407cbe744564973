//! The terms of the field, as readers in the United Kingdom meet them.

use super::Term;

/// A term that needs nothing but its meaning.
const fn term(name: &'static str, also: &'static [&'static str], meaning: &'static str, see: &'static str) -> Term {
    Term {
        name,
        also,
        meaning,
        see,
    }
}

/// Every term, in the order of the alphabet.
pub static TERMS: &[Term] = &[
    term(
        "assumption",
        &[],
        "Something that must be true for a link to hold, and that nobody controls. Write it on the link, and say what would \
         show that it has failed.",
        "reason",
    ),
    term(
        "attribution",
        &["contribution"],
        "How much of a change is due to the work on the map, and how much to everything else that happens at the same time.",
        "",
    ),
    term(
        "baseline",
        &[],
        "The value of a measure before the work begins, with the day on which it was taken.",
        "measure",
    ),
    term(
        "benefit",
        &[],
        "An outcome that somebody wants. Who wants it is part of the benefit.",
        "outcome",
    ),
    term(
        "benefit chain",
        &["results chain", "causal chain"],
        "A path over links from an investment to an end outcome.",
        "benefit-map",
    ),
    term(
        "benefit map",
        &["benefits map", "benefits dependency network", "BDN", "results map"],
        "The picture of all benefit chains of a project or programme, with who owns what and how it is measured.",
        "benefit-map",
    ),
    term(
        "benefit owner",
        &["benefits owner"],
        "The senior person who answers for an outcome, also where others do the work.",
        "owner",
    ),
    term(
        "benefit profile",
        &["benefits profile"],
        "One page about one benefit: what it is, its owner, its measures, what it depends on and what could stop it.",
        "",
    ),
    term(
        "benefits realisation plan",
        &["benefit realization plan", "BRP", "benefits realisation"],
        "What each benefit owner will do, by when and in which order, so that the benefit comes about. `benefit-map plan` writes it.",
        "plan",
    ),
    term(
        "benefits register",
        &["benefit register", "benefits log"],
        "The list of all benefits with owner, measure, baseline, target and status. `benefit-map register` writes it.",
        "",
    ),
    term(
        "business as usual",
        &["BAU", "counterfactual", "do nothing"],
        "What would happen without the project. Benefits are counted against it.",
        "",
    ),
    term(
        "business case",
        &["SOC", "OBC", "FBC", "strategic outline case", "five case model"],
        "The document on which a decision to spend is made. In central government it grows in three stages: strategic outline \
         (SOC), outline (OBC) and full (FBC).",
        "profiles",
    ),
    term(
        "business change",
        &["process change"],
        "A new way in which people work or behave.",
        "business-change",
    ),
    term(
        "critical success factor",
        &["CSF", "success factor"],
        "Something that the project has to get right in order to succeed, such as leadership or skills. It describes the \
         project; an outcome describes the world.",
        "outcome",
    ),
    term(
        "deadweight",
        &[],
        "The part of a change that would have come about without the project. It is left out of the benefit.",
        "",
    ),
    term(
        "disbenefit",
        &["dis-benefit", "negative outcome"],
        "An outcome that somebody sees as negative, such as longer walks after a library closes. It goes on the map as well.",
        "outcome",
    ),
    term(
        "distributional weight",
        &["welfare weight", "equity weight"],
        "How much a benefit counts by who has it: more than once for people who have less. Results with weights are shown beside \
         those without.",
        "",
    ),
    term(
        "enabler",
        &["enabling change"],
        "A thing that is made, bought or set up so that people can work in another way.",
        "enabler",
    ),
    term(
        "end outcome",
        &["impact", "final outcome", "strategic outcome"],
        "The lasting change for people or places that the money is spent for.",
        "end-outcome",
    ),
    term(
        "evidence",
        &[],
        "What shows that a link has worked somewhere: a study, a trial, your own figures.",
        "evidence",
    ),
    term(
        "finding",
        &[],
        "Something that a check reports: what is wrong, where, and what to do.",
        "profiles",
    ),
    term(
        "intermediate outcome",
        &["short-term outcome", "intermediate benefit"],
        "An early result that people notice, and that leads on to an end outcome.",
        "intermediate-outcome",
    ),
    term(
        "investment",
        &["input"],
        "Money, people or time that somebody commits.",
        "investment",
    ),
    term(
        "leading indicator",
        &["lead indicator", "early warning"],
        "A measure of an enabler or a business change. It moves before the outcomes do.",
        "measure",
    ),
    term(
        "line of sight",
        &["golden thread"],
        "An unbroken path from an investment to an end outcome. Money without one is money that nobody can explain.",
        "benefit-map",
    ),
    term(
        "logic model",
        &["logframe", "logical framework", "programme logic"],
        "A table or a picture in columns, usually inputs, activities, outputs, outcomes and impact. A benefit map has the same \
         columns and adds the links between single boxes.",
        "benefit-map",
    ),
    term(
        "measure",
        &["KPI", "key performance indicator", "metric", "indicator"],
        "A number that shows whether an outcome has come about.",
        "measure",
    ),
    term(
        "optimism bias",
        &[],
        "The habit of expecting benefits to be larger and earlier, and costs smaller, than they turn out.",
        "",
    ),
    term(
        "outcome",
        &["result", "effect"],
        "A change for people or places that follows from the work.",
        "outcome",
    ),
    term(
        "outcome indicator",
        &["lagging indicator", "lag indicator"],
        "A measure of an outcome. It moves after the work has taken effect.",
        "measure",
    ),
    term(
        "output",
        &["deliverable", "product"],
        "What the work produces: an enabler or a business change.",
        "output",
    ),
    term(
        "quick win",
        &["early win"],
        "An early benefit that builds confidence while the larger ones take time.",
        "order",
    ),
    term(
        "reason",
        &["rationale"],
        "The sentence on a link that says how the first box brings about the second.",
        "reason",
    ),
    term(
        "senior responsible owner",
        &["SRO", "project sponsor", "sponsor"],
        "The one person who answers for the whole programme and its business case. Benefit owners answer to this person for \
         their outcomes.",
        "owner",
    ),
    term(
        "spending objective",
        &["investment objective", "SMART objective"],
        "What the money is to achieve, in words that can be measured. On the map it is an end outcome with its measures.",
        "end-outcome",
    ),
    term(
        "stakeholder",
        &["beneficiary", "interested party"],
        "Anyone who gains, loses, pays or can stop the work.",
        "",
    ),
    term(
        "target",
        &["success criterion", "milestone"],
        "The value that a measure should reach, with the day by which it should reach it.",
        "measure",
    ),
    term(
        "theory of change",
        &["ToC", "programme theory"],
        "The argument why the work will lead to the outcomes: the links with their reasons, evidence and assumptions.",
        "reason",
    ),
    term(
        "tolerance",
        &["RAG threshold", "RAG status", "red amber green"],
        "How far a measure may be from its plan before it is shown as at risk (amber) or off track (red).",
        "measure",
    ),
    term(
        "trajectory",
        &["benefit profile curve", "ramp-up", "forecast profile"],
        "The values that are expected between baseline and target, so that a delay shows early.",
        "measure",
    ),
    term(
        "unintended outcome",
        &["unintended consequence", "side effect"],
        "An outcome that nobody aims at but that somebody foresees, good or bad. It goes on the map and is measured.",
        "outcome",
    ),
];
