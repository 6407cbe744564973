//! An early warning as one line.

use std::fmt;

use crate::map::Effect;
use crate::track::Warning;

impl fmt::Display for Warning<'_> {
    /// The chain by ids, with the source's status: `a (off-track) -> b -| c`, where `-|` hinders.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, node) in self.path.iter().enumerate() {
            match i.checked_sub(1).and_then(|link| self.effects.get(link)) {
                None => write!(f, "{} ({})", node.id, self.status)?,
                Some(Effect::Supports) => write!(f, " -> {}", node.id)?,
                Some(Effect::Hinders) => write!(f, " -| {}", node.id)?,
            }
        }
        Ok(())
    }
}
