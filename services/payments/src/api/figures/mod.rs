//! What an agency took and gave back: figures, down to the transfers, and by payer.

pub mod export;
pub mod payers;
pub mod report;
mod spreadsheet;
pub mod transfers;
