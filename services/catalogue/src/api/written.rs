//! What controllers write.

use civic::LocalText;
use edge::{Problem, kinds};

/// A text of some length that was written for the member `name`.
pub fn written(name: &str, text: &str, least: usize, most: usize) -> Result<String, Problem> {
    let wrong = |code, text| Problem::from(kinds::INVALID).field(format!("/{name}"), code, text);
    let text = civic::typed::lines(text).map_err(|fault| wrong(fault.code(), fault.sentence()))?;
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
