//! What can go wrong here, as clients are told.

use civic::LocalText;
use edge::{Kind, Problem, kinds};

/// No such procedure, or no such version of it.
pub const PROCEDURE_NOT_FOUND: Kind =
    Kind::new(404, "procedure-not-found", "Không có thủ tục này.", "There is no such procedure.");

/// A value of the request that is not valid.
pub fn invalid(pointer: &str, code: &'static str, vi: &str, en: &str) -> Problem {
    Problem::from(kinds::INVALID).field(pointer, code, LocalText::new(vi, en))
}
