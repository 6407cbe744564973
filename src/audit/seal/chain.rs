//! The chain that seals make, whatever they are seals of.

use super::{SealError, SealedFindings};
use crate::check::Profile;
use crate::map::Day;

/// A seal in a chain of seals.
pub trait ChainedSeal {
    /// From 1.
    fn number(&self) -> usize;
    /// The day that it is for.
    fn on(&self) -> Day;
    /// When it was made by the clock, in UTC (RFC 3339); empty where it does not say.
    fn made(&self) -> &str;
    /// Who sealed; empty where it was not said.
    fn by(&self) -> &str;
    /// The version of benefit-map that made it; empty where it does not say.
    fn version(&self) -> &str;
    /// The profile that findings were counted under; `None` where there are no profiles.
    fn profile(&self) -> Option<Profile>;
    /// How many findings there were that day.
    fn findings(&self) -> &SealedFindings;
    /// The digest of the seal before it; empty for the first.
    fn previous(&self) -> &str;
    /// Its own digest, as it is written.
    fn digest(&self) -> &str;
    /// Whether everything in it has the digests that it says.
    fn is_whole(&self) -> bool;
}

/// The number of a seal that comes after those of a chain, and the digest of the one before it; empty for the first.
///
/// # Errors
/// [`SealError::Backdated`] where the day is before the last seal's.
pub fn next_in_chain<S: ChainedSeal>(seals: &[S], on: Day) -> Result<(usize, String), SealError> {
    match seals.last() {
        Some(last) if last.on() > on => Err(SealError::Backdated { last: last.on(), on }),
        last => Ok((
            seals.len() + 1,
            last.map(|last| last.digest().to_owned()).unwrap_or_default(),
        )),
    }
}

/// Holds every seal of a chain against its digest, its number and the seal before it.
///
/// # Errors
/// [`SealError::Empty`], and [`SealError::Order`], [`SealError::Edited`] or [`SealError::Broken`] for the first that is not as it was sealed.
pub fn verify_chain<S: ChainedSeal>(seals: &[S]) -> Result<(), SealError> {
    let mut before: Option<&S> = None;
    for (at, seal) in seals.iter().enumerate() {
        if seal.number() != at + 1 {
            return Err(SealError::Order {
                place: at + 1,
                found: seal.number(),
            });
        }
        let (number, on) = (seal.number(), seal.on());
        if !seal.is_whole() {
            return Err(SealError::Edited { number, on });
        }
        if before.map_or("", ChainedSeal::digest) != seal.previous() {
            return Err(SealError::Broken { number, on, before: at });
        }
        before = Some(seal);
    }
    before.map(|_| ()).ok_or(SealError::Empty)
}

/// The seal with a digest that was kept elsewhere. Since every later seal names the one before it, that seal and all before it are then what
/// they were when the digest was kept. Of those after it nothing is shown: to cut them off again leaves no trace.
///
/// # Errors
/// [`SealError::Expected`] where no seal has it.
pub fn expected_seal<'s, S: ChainedSeal>(seals: &'s [S], digest: &str) -> Result<&'s S, SealError> {
    let wanted = digest.trim().to_ascii_lowercase();
    let wanted = wanted.strip_prefix("sha256:").unwrap_or(&wanted);
    let has = |seal: &&S| seal.digest().strip_prefix("sha256:") == Some(wanted);
    seals.iter().find(has).ok_or_else(|| SealError::Expected {
        last: seals.last().map(|seal| seal.digest().to_owned()).unwrap_or_default(),
        expected: digest.trim().to_owned(),
    })
}
