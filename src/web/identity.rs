//! Who a request comes from: what its link allows, and who its browser is to the others.
//!
//! The id that a browser gives itself is a secret between it and the server: whoever has it speaks for it. The others know the
//! browser by a digest of it, which says nothing of the id. The link goes into the digest too, so an id that is used with the
//! viewing link is never one that is used with the editing link.

use serde::Serialize;

use crate::session::hash;

/// What a link allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// To change the map.
    Edit,
    /// To look at it.
    View,
}

/// Whether a text can be a client's id.
pub(super) fn is_client(text: &str) -> bool {
    (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// What the others know a client by.
pub(super) fn public(role: Role, client: &str) -> String {
    match role {
        Role::Edit => hash(&format!("edit {client}")),
        Role::View => hash(&format!("view {client}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_known_by_their_secret_or_is_two_by_one_link() {
        let ada = public(Role::Edit, "client-of-ada");
        assert_eq!(ada, public(Role::Edit, "client-of-ada"));
        assert_ne!(ada, public(Role::View, "client-of-ada"));
        assert_ne!(ada, public(Role::Edit, "client-of-bob"));
        // What is told of somebody does not serve to speak for them.
        assert!(is_client(&ada));
        assert_ne!(ada, public(Role::Edit, &ada));
    }
}
