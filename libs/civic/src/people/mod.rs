//! People and organisations as the field identifies and reaches them.

mod citizen_card;
mod citizen_number;
mod email;
mod name;
mod party;
mod phone;
mod tax_number;

pub use citizen_card::CitizenCard;
pub use citizen_number::{CitizenNumber, Gender};
pub use email::Email;
pub use name::PersonName;
pub use party::{Party, PartyKind};
pub use phone::Phone;
pub use tax_number::TaxNumber;
