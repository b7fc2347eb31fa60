//! The codes printed on slips and exchanged with the National Portal.

mod agency;
mod dossier;
mod procedure;

pub use agency::AgencyCode;
pub use dossier::DossierCode;
pub use procedure::ProcedureCode;

/// Whether `text` is ASCII digits only, between `least` and `most` of them.
fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
