//! What came of a round: for each question the distribution of the answers, never a mean.

use std::collections::BTreeMap;

use super::answer::Answers;
use super::set::{Group, Question, QuestionSet};
use super::tally::{Median, Tally};

/// How many of a role must have answered before the role is shown.
pub const LEAST_OF_A_ROLE: u64 = 3;

/// What came of one round of a set.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Results<'s> {
    /// The set.
    pub set: &'s QuestionSet,
    /// The round.
    pub round: u32,
    /// The last round before it, where there was one.
    pub before: Option<u32>,
    /// How many people took part, as far as names show; an answer without a name counts for none.
    pub respondents: usize,
    /// Every question of the set, in its order.
    pub questions: Vec<QuestionResult<'s>>,
}

/// What came of one question.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct QuestionResult<'s> {
    /// The group of the question.
    pub group: &'s Group,
    /// The question.
    pub question: &'s Question,
    /// How many gave each answer.
    pub tally: Tally,
    /// The same in every round before, the first round first.
    pub earlier: Vec<(u32, Tally)>,
    /// The same for each role of which at least [`LEAST_OF_A_ROLE`] gave a point of the scale, by name.
    pub roles: Vec<(String, Tally)>,
    /// How many roles are not shown, as too few of them answered.
    pub roles_hidden: usize,
    /// What people wrote beside their answers, without names, in the order of the alphabet.
    pub notes: Vec<String>,
}

/// How weak a question came out: those with the lowest median first, then the lowest answer, then the least agreement. Nothing
/// comes before a question that nobody answered but one that somebody did.
fn weakness(result: &QuestionResult<'_>) -> (bool, Option<Median>, Option<u8>, i64) {
    let tally = &result.tally;
    let agreement = tally.agreement().map_or(0, |agreement| (agreement * 1e7) as i64);
    (tally.median().is_none(), tally.median(), tally.lowest(), agreement)
}

impl<'s> Results<'s> {
    /// The results of a set in a round, by default the last in which it was answered; `None` where nobody answered it then.
    /// `set` is its place among the sets that the answers were read with.
    pub fn new(sets: &'s [QuestionSet], set: usize, answers: &Answers, round: Option<u32>) -> Option<Self> {
        let rounds = answers.rounds(set);
        let round = match round {
            Some(round) => round,
            None => rounds.last().copied()?,
        };
        let rounds: Vec<u32> = rounds.into_iter().filter(|other| *other <= round).collect();
        let (last, earlier) = rounds.split_last()?;
        if *last != round {
            return None;
        }
        let asked = sets.get(set)?;
        let mut questions: Vec<QuestionResult<'s>> = asked
            .questions()
            .map(|(group, question)| QuestionResult {
                group,
                question,
                tally: Tally::new(asked.scale),
                earlier: earlier.iter().map(|round| (*round, Tally::new(asked.scale))).collect(),
                roles: Vec::new(),
                roles_hidden: 0,
                notes: Vec::new(),
            })
            .collect();
        let mut roles: Vec<BTreeMap<String, (String, Tally)>> = vec![BTreeMap::new(); questions.len()];
        let mut people = std::collections::BTreeSet::new();
        for answer in answers.all.iter().filter(|answer| answer.set == set) {
            let result = &mut questions[answer.question];
            if let Some((_, tally)) = result.earlier.iter_mut().find(|(round, _)| *round == answer.round) {
                tally.add(answer.reply);
            }
            if answer.round != round {
                continue;
            }
            result.tally.add(answer.reply);
            if !answer.respondent.is_empty() {
                people.insert(answer.respondent.to_lowercase());
            }
            if !answer.note.is_empty() {
                result.notes.push(answer.note.clone());
            }
            if !answer.role.is_empty() {
                let role = roles[answer.question]
                    .entry(answer.role.to_lowercase())
                    .or_insert_with(|| (answer.role.clone(), Tally::new(asked.scale)));
                role.1.add(answer.reply);
            }
        }
        for (result, roles) in questions.iter_mut().zip(roles) {
            let all = roles.len();
            result.roles = roles
                .into_values()
                .filter(|(_, tally)| tally.n() >= LEAST_OF_A_ROLE)
                .collect();
            result.roles_hidden = all - result.roles.len();
            result.notes.sort();
        }
        Some(Self {
            set: asked,
            round,
            before: earlier.last().copied(),
            respondents: people.len(),
            questions,
        })
    }

    /// The results of the last round of every set that was answered, in the order of the sets.
    pub fn of_all<'a>(sets: &'s [QuestionSet], answers: &'a Answers) -> impl Iterator<Item = Self> + use<'s, 'a> {
        (0..sets.len()).filter_map(|at| Self::new(sets, at, answers, None))
    }

    /// How a question was answered in every round up to this one, the first round first.
    pub fn rounds<'r>(&'r self, result: &'r QuestionResult<'s>) -> impl Iterator<Item = (u32, &'r Tally)> {
        let earlier = result.earlier.iter().map(|(round, tally)| (*round, tally));
        earlier.chain([(self.round, &result.tally)])
    }

    /// The questions, weakest first: the lowest median, then the lowest answer, then the least agreement, then the order of the
    /// set. Questions that nobody answered on the scale come last.
    pub fn weakest_first(&self) -> Vec<&QuestionResult<'s>> {
        let mut all: Vec<&QuestionResult<'s>> = self.questions.iter().collect();
        all.sort_by_key(|result| weakness(result));
        all
    }

    /// Each factor with its weakest question and how many it has, weakest first. A question without a factor is one of its own.
    pub fn factors(&self) -> Vec<(&QuestionResult<'s>, usize)> {
        let mut out: Vec<(&QuestionResult<'s>, usize)> = Vec::new();
        let key = |result: &QuestionResult<'s>| match result.question.factor.is_empty() {
            true => (result.group.id.clone(), result.question.id.clone()),
            false => (result.group.id.clone(), result.question.factor.clone()),
        };
        let mut at = BTreeMap::new();
        for result in self.weakest_first() {
            match at.get(&key(result)) {
                Some(place) => {
                    let (_, count): &mut (_, usize) = &mut out[*place];
                    *count += 1;
                }
                None => {
                    at.insert(key(result), out.len());
                    out.push((result, 1));
                }
            }
        }
        out
    }

    /// Each group of the set, in its order, with its weakest question; `None` where nobody answered any of it on the scale.
    pub fn groups(&self) -> Vec<(&'s Group, Option<&QuestionResult<'s>>)> {
        let weakest = self.weakest_first();
        let of = |group: &'s Group| {
            let own = weakest.iter().find(|result| std::ptr::eq(result.group, group));
            (group, own.copied().filter(|result| result.tally.n() > 0))
        };
        self.set.groups.iter().map(of).collect()
    }
}
