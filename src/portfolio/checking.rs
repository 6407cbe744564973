//! A portfolio while it is looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Claim, Portfolio};
use super::remark::{Remark, Rule};
use super::totals::Held;

/// A portfolio, the maps that were read, and what was found so far.
pub(super) struct Checking<'p> {
    pub(super) portfolio: &'p Portfolio,
    pub(super) maps: BTreeMap<&'p str, Held<'p>>,
    pub(super) unread: BTreeSet<&'p str>,
    pub(super) remarks: Vec<Remark>,
}

/// What is said, of which part.
pub(super) struct Said {
    /// The thing, as in `map a`.
    pub(super) subject: String,
    /// The part of the file.
    pub(super) pointer: String,
    /// What is wrong.
    pub(super) message: String,
}

impl<'p> Checking<'p> {
    pub(super) fn say(&mut self, rule: &'static Rule, said: Said, help: &str) {
        self.remarks.push(Remark {
            rule,
            subject: said.subject,
            pointer: said.pointer,
            message: said.message,
            help: help.to_owned(),
        });
    }

    /// Says something of the claim at a place of the portfolio, or of a field of it.
    pub(super) fn of_claim(&mut self, rule: &'static Rule, at: usize, field: &str, message: String, help: &str) {
        let said = Said {
            subject: claim(&self.portfolio.claims[at]),
            pointer: pointer("claims", at, field),
            message,
        };
        self.say(rule, said, help);
    }

    /// Says something of a map, by its id.
    pub(super) fn of_map(&mut self, rule: &'static Rule, id: &str, message: String, help: &str) {
        let at = self.portfolio.maps.iter().position(|member| member.id == id);
        let said = Said {
            subject: format!("map {id}"),
            pointer: pointer("maps", at.unwrap_or_default(), ""),
            message,
        };
        self.say(rule, said, help);
    }

    /// The part of the file that a measure is.
    pub(super) fn measure_at(&self, id: &str) -> String {
        for (at, outcome) in self.portfolio.outcomes.iter().enumerate() {
            if let Some(nth) = outcome.measures.iter().position(|measure| measure.id == id) {
                return format!("/outcomes/{at}/measures/{nth}");
            }
        }
        "/outcomes".to_owned()
    }
}

/// The pointer of an entry of a list of the portfolio, or of a field of it.
pub(super) fn pointer(list: &str, at: usize, field: &str) -> String {
    match field {
        "" => format!("/{list}/{at}"),
        field => format!("/{list}/{at}/{field}"),
    }
}

/// What a claim is called.
pub(super) fn claim(claim: &Claim) -> String {
    format!("claim {} {} -> {}", claim.map, claim.kpi, claim.measure)
}
