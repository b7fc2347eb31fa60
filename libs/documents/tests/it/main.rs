//! What comes out of the printer, read again from the PDF.

mod codes;
mod examples;
mod fields;
mod looks;
mod pdf;
mod printing;
mod typed;
