//! What officials write.

use edge::{Problem, kinds};

/// A text of some length that was written for the member `name`.
pub fn written(name: &str, text: &str, least: usize, most: usize) -> Result<String, Problem> {
    let wrong = |code, text| Problem::from(kinds::INVALID).field(format!("/{name}"), code, text);
    let text = civic::typed::lines(text).map_err(|fault| wrong(fault.code(), fault.sentence()))?;
    match text.chars().count() {
        length if length < least => Err(wrong(
            "minLength",
            civic::LocalText {
                vi: format!("Ít nhất {least} ký tự."), en: format!("At least {least} characters.")
            },
        )),
        length if length > most => Err(wrong(
            "maxLength",
            civic::LocalText {
                vi: format!("Không quá {most} ký tự."), en: format!("No more than {most} characters.")
            },
        )),
        _ => Ok(text),
    }
}

/// As [`written`], where nothing need be written; blank is nothing.
pub fn written_if_any(name: &str, text: Option<&str>, most: usize) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| written(name, text, 1, most)).transpose()
}
