//! The receipt for a fee that was paid (Decree 123/2020/NĐ-CP): what whoever paid is given.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Letterhead;
use crate::words;

/// Biên lai thu phí, lệ phí.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeeReceipt {
    /// The head: who collects, and the day of the receipt.
    pub letterhead: Letterhead,
    /// The tax number of the agency that collects.
    pub agency_tax_number: Option<String>,
    /// In which symbol it is numbered.
    pub symbol: String,
    /// Its number.
    pub number: String,
    /// The dossier's code.
    pub code: String,
    /// Who paid.
    pub payer_name: String,
    /// Where the payer lives, or has its seat.
    pub payer_address: Option<String>,
    /// The payer's citizen or tax number.
    pub payer_number: Option<String>,
    /// What for.
    pub lines: Vec<FeeReceiptLine>,
    /// What of the lines need not be paid, by a rule of exemption.
    pub waived: Option<String>,
    /// What was to be paid, where this is a part of it.
    pub part_of: Option<String>,
    /// How much was paid.
    pub total: String,
    /// How much, in words.
    pub in_words: String,
    /// How it was paid.
    pub way: String,
    /// When it was paid.
    #[serde(serialize_with = "words::full")]
    pub paid_at: DateTime<Utc>,
    /// Who took the money at a counter.
    pub collector: Option<String>,
    /// The number of the receipt that it stands for.
    pub replaces: Option<String>,
    /// Why it is not valid any more, across the top.
    pub invalid: Option<String>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeeReceiptLine {
    /// What for.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// How much.
    pub amount: String,
}
