//! The forms of the one-stop mechanism, printed: what is in the rows becomes what stands on the paper.

mod applicant;
mod extension;
mod for_dossier;
pub(super) mod get;
pub(super) mod get_register;
pub(super) mod list;
mod number;
mod pdf;
pub(super) mod print;
pub(super) mod print_register;
mod receipt;
mod refusal;
mod register;
mod routing;
mod source;
mod stopping;
mod supplement;
#[cfg(test)]
mod whole;
mod words;

pub(super) use self::{pdf::pdf, print::too_much, source::letterhead};
