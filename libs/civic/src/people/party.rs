//! Who a dossier or a payment is for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

closed_list! {
    /// Whether a party is a person or an organisation.
    pub enum PartyKind: "PERSON or ORGANISATION" {
        /// A citizen or other natural person.
        Person = "PERSON",
        /// A business, cooperative or other organisation.
        Organisation = "ORGANISATION",
    }
}

/// A person or an organisation, by id. A person who was never asked for an account, and came to a counter, has an id of a version
/// that no account has: every service knows by it that nobody can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// Person or organisation.
    pub kind: PartyKind,
    /// The id of the account or organisation.
    pub id: Uuid,
}

impl Party {
    /// The person with this account.
    #[must_use]
    pub const fn person(id: Uuid) -> Self {
        Self { kind: PartyKind::Person, id }
    }

    /// A person without an account, by an id made of `new`: of version 8 (RFC 9562), while accounts have 7 and 4.
    #[must_use]
    pub const fn visitor(new: Uuid) -> Self {
        Self::person(uuid::Builder::from_custom_bytes(new.into_bytes()).into_uuid())
    }

    /// Whether there is an account or an organisation behind it.
    #[must_use]
    pub fn has_account(&self) -> bool {
        self.id.get_version_num() != 8
    }

    /// The organisation with this id.
    #[must_use]
    pub const fn organisation(id: Uuid) -> Self {
        Self { kind: PartyKind::Organisation, id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_account_is_told_by_the_id() {
        let id = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001);
        let visitor = Party::visitor(id);
        assert!(Party::person(id).has_account() && !visitor.has_account());
        assert_ne!(visitor, Party::person(id));
        assert_eq!(visitor, Party::visitor(id), "the same of the same");
    }
}
