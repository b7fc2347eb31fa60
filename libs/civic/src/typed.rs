//! How what people type and paste is read: one door for texts, one for numbers, one for codes.
//!
//! Two keyboards compose `ễ` differently, telephones and word processors add blanks, dashes and marks that nobody sees. What means
//! the same is kept in one form; what could make one text look like another is refused.

use unicode_normalization::UnicodeNormalization;

use crate::LocalText;

/// Why a text is not taken. Its length is not judged here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// It holds a character that nobody sees: a control character, a zero-width or a direction mark.
    Invisible,
    /// It has several lines where one is asked for.
    SeveralLines,
    /// There is no letter and no digit in it.
    Wordless,
}

impl TextFault {
    /// Stable code, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invisible => "invisible-character",
            Self::SeveralLines => "several-lines",
            Self::Wordless => "wordless",
        }
    }

    /// The same, for who typed it.
    #[must_use]
    pub fn sentence(self) -> LocalText {
        match self {
            Self::Invisible => LocalText::new(
                "Có ký tự ẩn không nhìn thấy, thường do sao chép từ nơi khác. Hãy xóa mục này rồi gõ lại.",
                "There is a character that cannot be seen, often from copying. Clear this and type it again.",
            ),
            Self::SeveralLines => LocalText::new(
                "Hãy viết trên một dòng, không xuống dòng.",
                "Write this on one line, without line breaks.",
            ),
            Self::Wordless => LocalText::new(
                "Hãy viết bằng chữ hoặc số, không chỉ có dấu.",
                "Write letters or digits here, and not only marks.",
            ),
        }
    }
}

/// A text of one line: composed (Unicode normalisation form C), without blanks around it, one blank between words.
///
/// # Errors
/// [`TextFault`] when a character in it cannot be seen, or it has several lines.
pub fn line(text: &str) -> Result<String, TextFault> {
    let text: String = text.trim().nfc().collect();
    if text.contains(is_line_end) {
        return Err(TextFault::SeveralLines);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains(is_invisible) { Err(TextFault::Invisible) } else { Ok(text) }
}

/// A text of several lines: composed, lines ending in `\n`, without blanks at their ends and around the whole.
///
/// # Errors
/// [`TextFault::Invisible`].
pub fn lines(text: &str) -> Result<String, TextFault> {
    let text: String = text.nfc().collect();
    let text = text.replace("\r\n", "\n").replace(is_line_end, "\n");
    let text = text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
    let text = text.trim();
    if text.contains(|letter: char| letter != '\n' && letter != '\t' && is_invisible(letter)) {
        return Err(TextFault::Invisible);
    }
    Ok(text.to_owned())
}

/// As [`lines`], of what is read by somebody else later: reasons, names, addresses. Nothing at all is for the caller to judge.
///
/// # Errors
/// [`TextFault::Invisible`]; [`TextFault::Wordless`].
pub fn words(text: &str) -> Result<String, TextFault> {
    let text = lines(text)?;
    if text.is_empty() || text.contains(char::is_alphanumeric) { Ok(text) } else { Err(TextFault::Wordless) }
}

/// A number without what people put between its digits: blanks, dots, dashes, brackets, and the marks that telephones copy along.
#[must_use]
pub fn number(text: &str) -> String {
    let between = |letter: &char| letter.is_whitespace() || is_dash(*letter) || ".()/".contains(*letter);
    text.chars().filter(|letter| !between(letter) && !is_mark(*letter)).collect()
}

/// A code in capitals, without blanks, its dashes as they are on a keyboard.
pub(crate) fn code(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace() && !is_mark(*letter));
    letters.map(|letter| if is_dash(letter) { '-' } else { letter.to_ascii_uppercase() }).collect()
}

/// Where a line ends: also as word processors end it.
fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

fn is_invisible(letter: char) -> bool {
    letter.is_control() || is_mark(letter)
}

/// What takes no room on paper, turns the direction of writing, or fills a place with nothing.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}
