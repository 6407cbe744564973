//! The figures of a seal: computed when it is made, and again when it is verified.

use super::{SealBook, SealError, SealedFindings, SealedShare, VERSION};
use crate::audit::{Measure, coverage};
use crate::check::{Options, Profile, check, check_measured};
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day};
use crate::track::Measurements;

/// The coverage and the findings of a map as of a day, under a profile.
pub(super) fn of(
    map: &BenefitMap,
    profile: Profile,
    on: Day,
    measurements: Option<&Measurements>,
) -> (Vec<SealedShare>, SealedFindings) {
    let graph = BenefitGraph::new(map);
    let options = Options {
        as_of: Some(on),
        ..Options::new(profile)
    };
    let report = match measurements {
        Some(measurements) => check_measured(&graph, measurements, &options),
        None => check(&graph, &options),
    };
    let coverage = coverage(&graph, measurements.map(|measurements| (measurements, on)));
    let shares = coverage.shares.iter().map(|share| SealedShare {
        measure: share.measure,
        covered: share.covered,
        of: share.of,
    });
    (shares.collect(), report.summary().into())
}

/// What became of the figures of the last seal when they were computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refigured {
    /// The version that made the seal, where it is not this one; empty where the seal does not say.
    pub other_version: Option<String>,
    /// What the seal says and what this version finds, a phrase for each figure that differs. Of a seal of this very
    /// version there are none, or it is refused.
    pub differences: Vec<String>,
    /// Whether the figures that rest on measurements were computed too: not where measurements were sealed and are not
    /// given, or are others now.
    pub whole: bool,
}

impl SealBook {
    /// Computes the coverage and the findings of the last seal again, from the map beside it, as of the seal's day and
    /// under its profile. `measurements` are those that were sealed; `None` where none were or they are not at hand.
    ///
    /// # Errors
    /// [`SealError::Figures`] where the seal was made by this version and says something else: it was not made from that
    /// map. Another version may have other rules, so that what differs is told and is no proof.
    pub fn refigured(&self, measurements: Option<&Measurements>) -> Result<Refigured, SealError> {
        let seal = self.last().ok_or(SealError::Empty)?;
        let measurements = measurements.filter(|_| seal.seals_measurements());
        let whole = !seal.seals_measurements() || measurements.is_some();
        let profile = seal.profile.unwrap_or(Profile::Audit);
        let (shares, findings) = of(&self.map, profile, seal.on, measurements);
        let mut differences = Vec::new();
        for measure in Measure::ALL
            .iter()
            .filter(|measure| whole || **measure != Measure::Data)
        {
            let told = |all: &[SealedShare]| -> Vec<String> {
                let of_measure = all.iter().filter(|share| share.measure == *measure);
                of_measure
                    .map(|share| format!("{} of {}", share.covered, share.of))
                    .collect()
            };
            let (said, found) = (told(&seal.coverage), told(&shares));
            if said != found {
                let shown = |told: &[String]| match told {
                    [] => "nothing".to_owned(),
                    told => told.join(" and "),
                };
                differences.push(format!(
                    "for `{measure}` the seal has {}, but the map gives {}",
                    shown(&said),
                    shown(&found)
                ));
            }
        }
        if whole && seal.findings != findings {
            differences.push(format!(
                "for findings the seal has {}, but the map gives {findings}",
                seal.findings
            ));
        }
        let other_version = (seal.version != VERSION).then(|| seal.version.clone());
        if other_version.is_none() && !differences.is_empty() {
            return Err(SealError::Figures {
                number: seal.number,
                differences,
            });
        }
        Ok(Refigured {
            other_version,
            differences,
            whole,
        })
    }
}
