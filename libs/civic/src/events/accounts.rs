//! What accounts tells: who registered, which agencies there are, who serves there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AgencyCode, Email, Language, LocalText, OfficialRole, PersonName, Phone, Secret};

announce! {
    RegistrationStarted: "vn.motcua.registration.started.v1" about registration_id;
    AccountRegistered: "vn.motcua.account.registered.v1" about account_id;
    OrganisationRegistered: "vn.motcua.organisation.registered.v1" about organisation_id;
    AgencyOpened: "vn.motcua.agency.opened.v1" about agency;
    OfficialAssigned: "vn.motcua.official.assigned.v1" about official_id;
}

/// A person asked for an account and must confirm the e-mail address with a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RegistrationStarted {
    /// The pending registration.
    pub registration_id: Uuid,
    /// Where the code goes.
    pub email: Email,
    /// Whom the letter addresses.
    pub name: PersonName,
    /// The confirmation code.
    pub code: Secret,
    /// When the code stops working.
    pub expires_at: DateTime<Utc>,
    /// The language of the letter.
    pub language: Language,
}

/// A person has an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AccountRegistered {
    /// The account; a [`crate::Party`] of kind person has this id.
    pub account_id: Uuid,
    /// The person's name.
    pub name: PersonName,
    /// The confirmed address.
    pub email: Email,
    /// The phone, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The language the person wants to be written to in.
    pub language: Language,
}

/// A business or other organisation can act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationRegistered {
    /// The organisation; a [`crate::Party`] of kind organisation has this id.
    pub organisation_id: Uuid,
    /// Its registered name.
    pub name: String,
    /// Where it is written to.
    pub email: Email,
    /// Its phone, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
}

/// An agency receives dossiers from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgencyOpened {
    /// Its code.
    pub agency: AgencyCode,
    /// Its name.
    pub name: LocalText,
    /// The agency above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AgencyCode>,
}

/// An official holds exactly these roles at an agency from now on; none means the official has left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OfficialAssigned {
    /// The official's account.
    pub official_id: Uuid,
    /// The official's name.
    pub name: PersonName,
    /// The official's address for alerts.
    pub email: Email,
    /// The official's phone, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Where.
    pub agency: AgencyCode,
    /// All roles held there.
    pub roles: Vec<OfficialRole>,
}
