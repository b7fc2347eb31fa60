//! What forms have in common: the head, and which dossier they are about.

use chrono::NaiveDate;
use serde::Serialize;

use crate::words;

/// The head of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The agency.
    pub agency: String,
    /// The agency above it.
    pub superior: Option<String>,
    /// Where the agency is.
    pub address: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
    /// The name of the place.
    pub place: Option<String>,
    /// The day of what the form is about.
    #[serde(serialize_with = "words::letters")]
    pub date: NaiveDate,
}

/// Whose dossier it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// The name.
    pub name: String,
    /// Where the applicant lives, or has its seat.
    pub address: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// What stands on every form about a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// The head.
    pub letterhead: Letterhead,
    /// The dossier's code.
    pub code: String,
    /// The address where anybody follows the dossier, as the QR code has it. It holds no secret.
    pub tracking: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// The name of the procedure.
    pub procedure: String,
}
