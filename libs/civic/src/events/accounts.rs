//! What accounts tells: who registered, which agencies there are, who serves there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AgencyCode, CitizenNumber, Email, Language, LocalText, OfficialRole, PersonName, Phone, Secret, TaxNumber,
};

announce! {
    RegistrationStarted: "vn.motcua.registration.started.v1" about registration_id;
    AccountRegistered: "vn.motcua.account.registered.v1" about account_id;
    ConfirmationStarted: "vn.motcua.confirmation.started.v1" about confirmation_id;
    AccountNoticed: "vn.motcua.account.noticed.v1" about account_id;
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
    /// Who asked; the letter does not say it, since the address is not proven.
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

crate::closed_list! {
    /// What a code confirms.
    pub enum ConfirmationPurpose: "what a code confirms" {
        /// That somebody who forgot her password reads the mail of her account.
        PasswordReset = "PASSWORD_RESET",
        /// That an account's new e-mail address is its owner's.
        EmailChange = "EMAIL_CHANGE",
    }
}

/// Somebody with an account must show the code that goes to an address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmationStarted {
    /// What must be confirmed.
    pub confirmation_id: Uuid,
    /// What for.
    pub purpose: ConfirmationPurpose,
    /// Where the code goes.
    pub email: Email,
    /// Whose account it is; a letter to an address that is not proven does not say it.
    pub name: PersonName,
    /// The code.
    pub code: Secret,
    /// When the code stops working.
    pub expires_at: DateTime<Utc>,
    /// The language of the letter.
    pub language: Language,
}

crate::closed_list! {
    /// What an account's owner is written about, so that she notices if it was not she.
    pub enum AccountNotice: "what an account's owner is written about" {
        /// The password was changed.
        PasswordChanged = "PASSWORD_CHANGED",
        /// The password was reset by a code.
        PasswordReset = "PASSWORD_RESET",
        /// The e-mail address was changed; the letter goes to the one before.
        EmailChanged = "EMAIL_CHANGED",
        /// The phone number was changed.
        PhoneChanged = "PHONE_CHANGED",
        /// The account was closed.
        Closed = "CLOSED",
        /// Somebody asked for an account with this address or citizen number, or wanted this address for another one.
        AlreadyKnown = "ALREADY_KNOWN",
    }
}

/// Something happened to an account that its owner should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AccountNoticed {
    /// The account.
    pub account_id: Uuid,
    /// What happened.
    pub notice: AccountNotice,
    /// Where the letter goes.
    pub email: Email,
    /// Whom it addresses.
    pub name: PersonName,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// The language of the letter.
    pub language: Language,
    /// Whether an office did it, since somebody else proved there that the citizen number is hers.
    #[serde(default)]
    pub by_office: bool,
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

/// How an agency is reached, and by which number it pays taxes: what stands at the head of its papers and receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyContact {
    /// Where its counter is, up to 300 letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1200, example = "Số 12 đường Hùng Vương, phường Đồi Chè, tỉnh Phú Thọ")]
    pub address: Option<String>,
    /// Its phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Its mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Its tax number, which receipts must show (Decree 123/2020/NĐ-CP).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<TaxNumber>,
}

/// An agency receives dossiers from now on, has another name or is reached in another way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgencyOpened {
    /// Its code.
    pub agency: AgencyCode,
    /// Its name.
    pub name: LocalText,
    /// The agency above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AgencyCode>,
    /// How it is reached.
    #[serde(default)]
    pub contact: AgencyContact,
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
    /// Her citizen number, if accounts knows it: whoever handles dossiers must not handle her own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen_number: Option<CitizenNumber>,
}
