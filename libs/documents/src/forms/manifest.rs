//! The list by which results are handed over to the post, signed by both sides.

use serde::Serialize;

use super::Letterhead;

/// Bảng kê bàn giao kết quả cho bưu chính; no form of the mechanism.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// The head.
    pub letterhead: Letterhead,
    /// Its number in its year: `12/2026`.
    pub number: String,
    /// Its lines.
    pub rows: Vec<ManifestRow>,
    /// Who hands it over.
    pub giver: Option<String>,
    /// Who of the post takes it over.
    pub carrier: Option<String>,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ManifestRow {
    /// Its number.
    pub number: usize,
    /// The dossier's code.
    pub code: Option<String>,
    /// Who gets it.
    pub recipient: String,
    /// Where.
    pub address: String,
    /// The phone that the post calls.
    pub phone: Option<String>,
    /// The post's number of it.
    pub item_code: Option<String>,
    /// Whether it was left out when the others were handed over.
    pub left_out: bool,
}
