//! What officials write: reasons, decisions, names.

use civic::LocalText;

use crate::{Problem, kinds};

/// A text of `least` to `most` characters, counted as composed, that was written for the member `name`.
///
/// # Errors
/// 400 that names the member: it is too short or too long, has a character that cannot be seen, or no letter and no digit.
pub fn written(name: &str, text: &str, least: usize, most: usize) -> Result<String, Problem> {
    let wrong = |code, text| Problem::from(kinds::INVALID).field(format!("/{name}"), code, text);
    let text = civic::typed::words(text).map_err(|fault| wrong(fault.code(), fault.sentence()))?;
    match text.chars().count() {
        length if length < least => Err(wrong(
            "minLength",
            LocalText { vi: format!("Ít nhất {least} ký tự."), en: format!("At least {least} characters.") },
        )),
        length if length > most => Err(wrong(
            "maxLength",
            LocalText { vi: format!("Không quá {most} ký tự."), en: format!("No more than {most} characters.") },
        )),
        _ => Ok(text),
    }
}

/// As [`written`], where nothing need be written; blank is nothing.
///
/// # Errors
/// As [`written`].
pub fn written_if_any(name: &str, text: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| written(name, text, 1, most)).transpose()
}
