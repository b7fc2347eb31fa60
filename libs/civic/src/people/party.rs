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

/// A person or an organisation with an account, by id.
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

    /// The organisation with this id.
    #[must_use]
    pub const fn organisation(id: Uuid) -> Self {
        Self { kind: PartyKind::Organisation, id }
    }
}
