//! How much memory answers may take while they are sent, and how much may be made at a time: what viewers ask for never takes what
//! editors need.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::Refused;
use super::keys::Role;

/// How much of what is sent may be held for viewers, in bytes, and as much again for editors.
const HELD: usize = 128 << 20;
/// How many things that take a while are made at a time for viewers, and as many for editors.
const AT_WORK: usize = 2;
/// How many viewers may wait for them.
const WAITING: usize = 64;
/// How long somebody waits for them.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many viewers may listen at a time; editors find places beside them.
const LISTENING: usize = 448;
/// How much memory pictures and files may take that are made at a time, in bytes.
const MAKING: usize = 256 << 20;
/// What the budget is counted in, in bytes.
const UNIT: usize = 1 << 10;

/// Whose share something is taken from.
pub(super) type Share = Role;

/// The budget.
#[derive(Debug)]
pub(super) struct Budget {
    held: Arc<Semaphore>,
    held_for_editors: Arc<Semaphore>,
    viewers: Arc<Semaphore>,
    editors: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    making: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// Never used up.
    places_of_editors: Arc<Semaphore>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            held: Arc::new(Semaphore::new(HELD / UNIT)),
            held_for_editors: Arc::new(Semaphore::new(HELD / UNIT)),
            viewers: Arc::new(Semaphore::new(AT_WORK)),
            editors: Arc::new(Semaphore::new(AT_WORK)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            making: Arc::new(Semaphore::new(MAKING / UNIT)),
            places: Arc::new(Semaphore::new(LISTENING)),
            places_of_editors: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
        }
    }
}

/// Bytes that count as held for as long as anybody has them.
struct Counted {
    bytes: Vec<u8>,
    _permit: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn busy(why: &str) -> Refused {
    Refused::new(503, "busy", why)
}

impl Budget {
    /// Bytes to be sent, to one or to many; refused where there is no room for them. Editors find room beside viewers.
    pub fn hold(&self, bytes: Vec<u8>, share: Share) -> Result<Bytes, Refused> {
        let permit = self.leave_to_hold(bytes.len(), share)?;
        Ok(Bytes::from_owner(Counted { bytes, _permit: permit }))
    }

    /// Leave to hold so many bytes to be sent; it lasts as long as it is kept. Refused where there is no room for them.
    pub fn leave_to_hold(&self, bytes: usize, share: Share) -> Result<OwnedSemaphorePermit, Refused> {
        // The largest map alone always finds room where there is nothing else.
        let units = bytes.div_ceil(UNIT).min(HELD / UNIT);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        let room = |held: &Arc<Semaphore>| held.clone().try_acquire_many_owned(units);
        let permit = match share {
            Role::View => room(&self.held),
            Role::Edit => room(&self.held_for_editors).or_else(|_| room(&self.held)),
        };
        let full = |_| busy("too much is being sent that nobody has read yet: try again soon");
        permit.map_err(full)
    }

    /// Memory to make something with that takes so many bytes; it lasts as long as it is kept. Refused where it is more than there is for all.
    pub async fn room(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Refused> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).ok();
        let Some(units) = units.filter(|units| *units as usize <= MAKING / UNIT) else {
            let why = format!(
                "the map is too large for this here: it would take about {} MB of memory, and there are {} MB for it. The program \
                 itself makes it from the map's file, by `draw` or `export`",
                bytes / 1_000_000,
                MAKING / 1_000_000
            );
            return Err(Refused::new(409, "refused", why));
        };
        let many = |_| busy("too many pictures and files are made: try again soon");
        let room = tokio::time::timeout(PATIENCE, self.making.clone().acquire_many_owned(units)).await;
        room.map_err(|_| busy("too many pictures and files are made: try again soon"))?
            .map_err(many)
    }

    /// A place to listen; it is taken as long as it is kept.
    pub fn place(&self, share: Share) -> Result<OwnedSemaphorePermit, Refused> {
        let places = match share {
            Role::View => &self.places,
            Role::Edit => &self.places_of_editors,
        };
        let full = |_| busy("too many people watch: try again soon");
        places.clone().try_acquire_owned().map_err(full)
    }

    /// Leave to make something that takes a while; it lasts as long as it is kept.
    pub async fn turn(&self, share: Share) -> Result<OwnedSemaphorePermit, Refused> {
        let many = || busy("too many pictures, files and old states are asked for: try again soon");
        let (free, _waiting) = match share {
            Role::Edit => (&self.editors, None),
            Role::View => (
                &self.viewers,
                Some(self.waiting.clone().try_acquire_owned().map_err(|_| many())?),
            ),
        };
        let turn = tokio::time::timeout(PATIENCE, free.clone().acquire_owned()).await;
        turn.map_err(|_| many())?.map_err(|_| many())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_to_viewers_has_bounds_and_comes_free_again() {
        let budget = Budget::default();
        let piece = || vec![0; HELD / 4];
        let held: Vec<Bytes> = (0..4).map(|_| budget.hold(piece(), Role::View).unwrap()).collect();
        let refused = budget.hold(vec![0], Role::View).unwrap_err();
        assert_eq!((refused.status, refused.code), (503, "busy"));
        // Editors have as much beside it, and no more.
        let theirs: Vec<Bytes> = (0..4).map(|_| budget.hold(piece(), Role::Edit).unwrap()).collect();
        assert!(budget.hold(vec![0], Role::Edit).is_err());
        drop(theirs);
        // It is held as long as anybody has a part of it.
        let parts: Vec<Bytes> = held.iter().map(|bytes| bytes.slice(..1)).collect();
        drop(held);
        assert!(budget.hold(vec![0], Role::View).is_err());
        drop(parts);
        assert!(budget.hold(piece(), Role::View).is_ok());
        assert!(budget.hold(vec![0; HELD * 2], Role::View).is_ok());
    }

    #[tokio::test]
    async fn viewers_wait_for_their_turn_and_editors_do_not_wait_for_them() {
        let budget = Budget::default();
        let turns = [
            budget.turn(Role::View).await.unwrap(),
            budget.turn(Role::View).await.unwrap(),
        ];
        assert!(budget.turn(Role::Edit).await.is_ok());
        let third = budget.turn(Role::View);
        tokio::pin!(third);
        assert!(
            tokio::time::timeout(Duration::from_millis(20), &mut third)
                .await
                .is_err()
        );
        drop(turns);
        assert!(third.await.is_ok());
    }
}
