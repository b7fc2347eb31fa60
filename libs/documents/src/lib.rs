#![doc = include_str!("../README.md")]

mod forms;
mod legible;
mod office;
mod printer;
mod render;
mod words;

pub use forms::{
    About, Applicant, Extended, Extension, Form, Handover, Letterhead, Outcome, Paper, Receipt, Refusal, Register,
    RegisterRow, Routing, Stopping, Supplement, WantedPaper,
};
pub use printer::{PrintError, Printer};
pub use render::{Broken, fingerprint};
pub use words::{day, day_in_letters, moment};
