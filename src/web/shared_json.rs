//! JSON that is a part of many messages: made once, held once, and sent without a copy.

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::sync::OwnedSemaphorePermit;

/// JSON that counts as held for as long as anybody has it.
#[derive(Debug, Clone)]
pub(super) struct SharedJson {
    held: Arc<Held>,
    bytes: Bytes,
}

#[derive(Debug)]
struct Held {
    json: Box<RawValue>,
    /// Leave to hold it, with other parts.
    _permit: Arc<OwnedSemaphorePermit>,
}

/// The bytes of what is held.
struct Text(Arc<Held>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.json.get().as_bytes()
    }
}

impl SharedJson {
    /// A value as JSON, with leave to hold it.
    pub fn new(json: Box<RawValue>, permit: Arc<OwnedSemaphorePermit>) -> Self {
        let held = Arc::new(Held { json, _permit: permit });
        let bytes = Bytes::from_owner(Text(held.clone()));
        Self { held, bytes }
    }
}

impl Serialize for SharedJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.held.json.serialize(serializer)
    }
}

/// A message as JSON in pieces, of which those in `shared` are the very bytes that they hold.
pub(super) fn in_pieces(message: &impl Serialize, shared: &[&SharedJson]) -> Result<Vec<Bytes>, serde_json::Error> {
    let mut pieces = Pieces {
        shared,
        done: Vec::new(),
        own: Vec::new(),
    };
    serde_json::to_writer(&mut pieces, message)?;
    pieces.close();
    Ok(pieces.done)
}

struct Pieces<'s> {
    shared: &'s [&'s SharedJson],
    done: Vec<Bytes>,
    /// What stands between two shared pieces.
    own: Vec<u8>,
}

impl Pieces<'_> {
    fn close(&mut self) {
        if !self.own.is_empty() {
            self.done.push(Bytes::from(std::mem::take(&mut self.own)));
        }
    }
}

impl io::Write for Pieces<'_> {
    /// JSON that is ready is written as it is, in one go: so it is known by where it is in memory.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_here = |shared: &&&SharedJson| std::ptr::eq::<[u8]>(&*shared.bytes, bytes);
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
    use serde_json::value::to_raw_value;
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
            SharedJson::new(to_raw_value(text).unwrap(), permit)
        };
        let (map, picture) = (shared("a \"map\""), shared("a picture"));
        let message = Message {
            first: 1,
            map: &map,
            picture: &picture,
            last: "x",
        };
        let pieces = in_pieces(&message, &[&map, &picture]).unwrap();
        assert_eq!(pieces.concat(), serde_json::to_vec(&message).unwrap());
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
