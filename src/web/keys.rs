//! Who a request comes from: the key of its link, what that allows, and who its browser is to the others.
//!
//! The id that a browser gives itself is a secret between it and the server: the page that sends it speaks for it. The others know the
//! browser by a digest of it, which says nothing of the id. The link goes into the digest too, so an id that is used with the
//! viewing link is never one that is used with the editing link.

use serde::Serialize;
use subtle::ConstantTimeEq;

use super::Rights;
use super::saved_links::SavedLinks;
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

/// The keys of a workshop.
pub(super) struct Keys {
    /// `None` where nobody may edit.
    pub edit: Option<String>,
    pub view: String,
}

impl Keys {
    /// New random keys of 128 bits each.
    pub fn random(rights: Rights) -> std::io::Result<Self> {
        Ok(Self {
            edit: match rights {
                Rights::Edit => Some(random_text()?),
                Rights::View => None,
            },
            view: random_text()?,
        })
    }

    /// Those that were saved.
    pub fn of(saved: &SavedLinks) -> Self {
        Self {
            edit: Some(saved.edit.clone()),
            view: saved.view.clone(),
        }
    }

    /// What the key allows. Takes the same time for every key of the right length.
    pub fn role(&self, key: &str) -> Option<Role> {
        let same = |other: &str| bool::from(key.as_bytes().ct_eq(other.as_bytes()));
        let (edits, views) = (self.edit.as_deref().is_some_and(same), same(&self.view));
        match (edits, views) {
            (true, _) => Some(Role::Edit),
            (false, true) => Some(Role::View),
            (false, false) => None,
        }
    }
}

/// 128 random bits in hexadecimal digits.
pub(super) fn random_text() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
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

    #[test]
    fn only_a_whole_key_is_a_key() {
        let keys = Keys::random(Rights::Edit).unwrap();
        let edit = keys.edit.clone().unwrap();
        assert_eq!(keys.role(&edit), Some(Role::Edit));
        assert_eq!(keys.role(&keys.view), Some(Role::View));
        assert_ne!(edit, keys.view);
        assert_eq!(edit.len(), 32);
        for wrong in [
            "",
            &edit[..31],
            &format!("{edit}0"),
            &edit.to_uppercase().replace('0', "1"),
        ] {
            assert_eq!(keys.role(wrong), None, "{wrong}");
        }
        let only = Keys::random(Rights::View).unwrap();
        assert_eq!((only.role(""), only.role(&only.view)), (None, Some(Role::View)));
    }
}
