//! The kinds of checked texts by name: what a schema calls `format`, and what is said when a text is none.

use crate::{AgencyCode, CitizenNumber, DossierCode, Email, LocalText, PersonName, Phone, ProcedureCode, TaxNumber};

/// A kind of text. Whoever checks by a schema (the gateway, the form of a procedure) takes what the type itself takes, and refuses
/// with its sentence.
#[derive(Debug, Clone, Copy)]
pub struct TextKind {
    /// The `format` of a JSON Schema, and the code of the refusal.
    pub name: &'static str,
    /// What was expected, in English, as [`Malformed`](crate::Malformed) has it.
    pub expected: &'static str,
    /// The form in which a text is kept; none when it is not of the kind.
    pub canonical: fn(&str) -> Option<String>,
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
}

/// Every kind.
const ALL: [TextKind; 8] = [
    CitizenNumber::KIND,
    TaxNumber::KIND,
    Phone::KIND,
    Email::KIND,
    PersonName::KIND,
    AgencyCode::KIND,
    ProcedureCode::KIND,
    DossierCode::KIND,
];

impl TextKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &ALL;

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.name == name)
    }

    /// The kind whose refusal a reader of JSON passed on.
    #[must_use]
    pub fn refused(message: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| message.strip_prefix("expected ") == Some(kind.expected))
    }

    /// What to do instead, with an example, for who typed it.
    #[must_use]
    pub fn sentence(&self) -> LocalText {
        LocalText::new(self.vi, self.en)
    }
}
