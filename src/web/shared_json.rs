//! JSON that is a part of many messages: made once, held once, and sent without a copy.

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::sync::OwnedSemaphorePermit;

use super::coding::Coding;

/// JSON that counts as held for as long as anybody has it.
#[derive(Debug, Clone)]
pub(super) struct SharedJson {
    /// What is written in its place, known by where it is in memory.
    token: Arc<RawValue>,
    bytes: Bytes,
}

/// The bytes of what is held.
#[derive(Debug)]
struct Held {
    coded: Vec<u8>,
    /// Leave to hold it, with other parts.
    _permit: Arc<OwnedSemaphorePermit>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.coded
    }
}

impl SharedJson {
    /// JSON as it is sent, with leave to hold it.
    pub fn new(coded: Vec<u8>, permit: Arc<OwnedSemaphorePermit>) -> Self {
        let bytes = Bytes::from_owner(Held { coded, _permit: permit });
        let token = RawValue::from_string("\"here\"".to_owned()).unwrap_or_default();
        Self {
            token: token.into(),
            bytes,
        }
    }
}

impl Serialize for SharedJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.token.serialize(serializer)
    }
}

/// A message as JSON in pieces, of which those in `shared` are the very bytes that they hold, coded already.
pub(super) fn in_pieces(
    message: &impl Serialize,
    shared: &[&SharedJson],
    coding: Coding,
) -> Result<Vec<Bytes>, serde_json::Error> {
    let mut pieces = Pieces {
        shared,
        coding,
        done: Vec::new(),
        own: Vec::new(),
    };
    serde_json::to_writer(&mut pieces, message)?;
    pieces.close();
    Ok(pieces.done)
}

struct Pieces<'s> {
    shared: &'s [&'s SharedJson],
    coding: Coding,
    done: Vec<Bytes>,
    /// What stands between two shared pieces.
    own: Vec<u8>,
}

impl Pieces<'_> {
    fn close(&mut self) {
        if !self.own.is_empty() {
            let own = Bytes::from(std::mem::take(&mut self.own));
            self.done.push(self.coding.alone(own));
        }
    }
}

impl io::Write for Pieces<'_> {
    /// JSON that is ready is written as it is, in one go: so it is known by where it is in memory.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_here = |shared: &&&SharedJson| std::ptr::eq::<[u8]>(shared.token.get().as_bytes(), bytes);
        match self.shared.iter().find(is_here) {
            Some(shared) => {
                self.close();
                self.done.push(shared.bytes.clone());
            }
            None => self.own.extend_from_slice(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::sync::Semaphore;

    use super::*;

    #[derive(Serialize)]
    struct Message<'m> {
        first: u8,
        map: &'m SharedJson,
        picture: &'m SharedJson,
        last: &'m str,
    }

    #[test]
    fn what_is_shared_is_sent_without_a_copy_and_what_is_not_around_it() {
        let free = Arc::new(Semaphore::new(2));
        let shared = |text: &str| {
            let permit = Arc::new(free.clone().try_acquire_owned().unwrap());
            SharedJson::new(json!(text).to_string().into_bytes(), permit)
        };
        let (map, picture) = (shared("a \"map\""), shared("a picture"));
        let message = Message {
            first: 1,
            map: &map,
            picture: &picture,
            last: "x",
        };
        let pieces = in_pieces(&message, &[&map, &picture], Coding::Plain).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&pieces.concat()).unwrap();
        assert_eq!(
            whole,
            json!({"first": 1, "map": "a \"map\"", "picture": "a picture", "last": "x"})
        );
        assert_eq!(pieces.len(), 5);
        assert!(std::ptr::eq(pieces[1].as_ptr(), map.bytes.as_ptr()));
        assert!(std::ptr::eq(pieces[3].as_ptr(), picture.bytes.as_ptr()));
        // It counts as held until nobody has a piece of it.
        drop((map, picture));
        assert_eq!(free.available_permits(), 0);
        drop(pieces);
        assert_eq!(free.available_permits(), 2);
    }
}
