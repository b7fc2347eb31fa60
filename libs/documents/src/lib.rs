#![doc = include_str!("../README.md")]

mod amount_in_words;
mod forms;
mod legible;
mod office;
mod printer;
mod render;
mod words;

pub use amount_in_words::amount_in_words;
pub use forms::{
    About, Applicant, Contact, Extended, Extension, FeeReceipt, FeeReceiptLine, Form, Handover, Letterhead, Manifest,
    ManifestRow, Outcome, Paper, Receipt, Refusal, Register, RegisterRow, Routing, Stopping, Supplement, WantedPaper,
};
pub use printer::{PrintError, Printer};
pub use render::{Broken, fingerprint};
pub use words::{day, day_in_letters, moment};
