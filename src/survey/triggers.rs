//! Risk triggers: statements that are not agreed with, each a risk to propose.

use super::Scale;
use super::results::{QuestionResult, Results};
use super::set::QuestionSet;
use crate::map::{BenefitMap, Risk, RiskId, slug, words};

words! {
    /// How far the project has come, which decides what counts as a trigger (PAS 184, 4.6.2).
    Stage {
        /// At any time: an answer below "tend to agree", or a "no", is a trigger.
        Early = "early",
        /// Before money is committed: an answer below "strongly agree", or below "yes", is a trigger.
        BeforeCommitment = "before-commitment",
    }
}

impl Stage {
    /// The least answer that is not a trigger, on a scale; `None` where answers on that scale are never triggers.
    pub fn least(self, scale: Scale) -> Option<u8> {
        match (self, scale) {
            (Self::Early, Scale::Agreement) => Some(3),
            (Self::BeforeCommitment, Scale::Agreement) => Some(4),
            (Self::Early, Scale::Checklist) => Some(2),
            (Self::BeforeCommitment, Scale::Checklist) => Some(3),
            // Votes on links are not evidence of a risk; `weak links` are reported apart.
            (_, Scale::Confidence) => None,
        }
    }
}

/// A statement that somebody does not agree with as far as the stage of the project asks for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Trigger<'r, 's> {
    /// The set of the question.
    pub set: &'s QuestionSet,
    /// The round of the answers.
    pub round: u32,
    /// What came of the question.
    pub result: &'r QuestionResult<'s>,
    /// The least answer that would not be a trigger.
    pub least: u8,
    /// How many answered below it. 0 where people answered and none of them could say.
    pub below: u64,
    /// The id that the risk has, or would have.
    pub risk: RiskId,
    /// Whether the map has that risk already.
    pub taken_up: bool,
}

impl Trigger<'_, '_> {
    /// The risk to propose: its title says the statement, where it comes from and how it was answered. Nothing else is known.
    pub fn proposed(&self) -> Risk {
        Risk::new(self.risk.clone(), self.title())
    }

    /// The title of the risk.
    pub fn title(&self) -> String {
        let question = self.result.question;
        let tally = &self.result.tally;
        let answered = match self.below {
            0 => format!("nobody of {} could say", tally.dont_know),
            below => format!(
                "{below} of {} below \"{}\"",
                tally.n(),
                self.set.scale.word_of(self.least)
            ),
        };
        let source = match question.source.is_empty() {
            true => self.set.title.clone(),
            false => question.source.clone(),
        };
        format!(
            "Not yet so: \"{}\" (health check, round {}: {answered}; {source})",
            question.text, self.round
        )
    }
}

/// Every trigger of a round, in the order of [`Results::weakest_first`]. A trigger is taken up where the map has a risk with its
/// id, open or closed.
pub fn triggers<'r, 's>(results: &'r Results<'s>, map: &BenefitMap, stage: Stage) -> Vec<Trigger<'r, 's>> {
    let Some(least) = stage.least(results.set.scale) else {
        return Vec::new();
    };
    let of = |result: &'r QuestionResult<'s>| {
        let tally = &result.tally;
        let below = tally.below(least);
        // Somebody was asked, and nobody could say: before money is committed that is not good enough.
        let nobody_knows = stage == Stage::BeforeCommitment && tally.n() == 0 && tally.dont_know > 0;
        if below == 0 && !nobody_knows {
            return None;
        }
        let risk = RiskId::new(slug(&format!("trigger-{}", result.question.id))?).ok()?;
        Some(Trigger {
            set: results.set,
            round: results.round,
            result,
            least,
            below,
            taken_up: map.risks.iter().any(|known| known.id == risk),
            risk,
        })
    };
    results.weakest_first().into_iter().filter_map(of).collect()
}
