//! The map as it was acknowledged last: kept beside the thread that edits, so that requests for it need not ask that.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use tokio::sync::OnceCell;

use super::app::work;
use super::budget::{Budget, Share};
use super::error::Refused;
use super::wire::MapAnswer;
use crate::map::BenefitMap;

/// One revision of the map.
#[derive(Debug)]
pub(super) struct Current {
    pub rev: u64,
    pub hash: String,
    pub map: Arc<BenefitMap>,
    /// What is answered to requests for it, made when somebody does and once for all.
    body: OnceCell<Bytes>,
}

impl Current {
    pub fn new(rev: u64, hash: String, map: Arc<BenefitMap>) -> Self {
        let body = OnceCell::new();
        Self { rev, hash, map, body }
    }

    /// What is answered to requests for it.
    pub async fn body(&self, budget: &Budget, share: Share) -> Result<Bytes, Refused> {
        let make = || async {
            let (rev, hash, map) = (self.rev, self.hash.clone(), self.map.clone());
            let make = move || {
                let (hash, map) = (hash.as_str(), &*map);
                serde_json::to_vec(&MapAnswer { hash, rev, map }).unwrap_or_default()
            };
            let made = work(make).await?;
            budget.hold(made, share)
        };
        self.body.get_or_try_init(make).await.cloned()
    }
}

/// Where the newest is found.
#[derive(Debug)]
pub(super) struct Newest(Mutex<Arc<Current>>);

impl Newest {
    pub fn new(latest: Current) -> Self {
        Self(Mutex::new(Arc::new(latest)))
    }

    fn now(&self) -> MutexGuard<'_, Arc<Current>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, latest: Current) {
        *self.now() = Arc::new(latest);
    }

    pub fn get(&self) -> Arc<Current> {
        self.now().clone()
    }
}
