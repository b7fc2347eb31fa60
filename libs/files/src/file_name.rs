//! Names of uploaded files: shown and sent back, never used as a path.

use civic::LocalText;
use edge::{Problem, kinds};
use unicode_normalization::UnicodeNormalization;

use crate::MediaType;

const LONGEST: usize = 200;
/// Endings that say what a file is, by which devices choose what opens it, or runs it. What else stands behind a dot is a word.
const KNOWN_ENDINGS: &str = "\
    pdf jpg jpeg jpe jfif png heic heif avif webp gif bmp tif tiff svg ico doc docx docm dot dotx dotm rtf odt xls xlsx xlsm xlsb xla ods \
    csv ppt pptx pptm pps ppsx odp txt xml json htm html xhtml shtml mht mhtml xht hta php asp aspx jsp js jse mjs vb vbs vbe ws wsf wsh \
    ps1 psm1 bat cmd com exe scr pif msi msp msc cpl dll jar lnk url website desktop reg scf inf sct apk app dmg pkg iso img vhd zip rar \
    7z gz tgz tar bz2 xz cab eml msg htc chm hlp swf sh py pl rb";

/// The name in Unicode normalisation form C, if it is one: 1 to 200 characters, none of them a path separator, a control
/// or an invisible direction mark.
///
/// # Errors
/// 400 naming the parameter `file_name`.
pub fn file_name(text: &str) -> Result<String, Problem> {
    let name: String = text.trim().nfc().collect();
    let accepted = (1..=LONGEST).contains(&name.chars().count()) && !name.contains(is_forbidden);
    if accepted && name != "." && name != ".." {
        return Ok(name);
    }
    let text = LocalText::new(
        "Tên tệp gồm 1–200 ký tự, không có dấu / hoặc \\.",
        "A file name has 1 to 200 characters and no / or \\.",
    );
    Err(Problem::from(kinds::INVALID).field("file_name", "pattern", text))
}

/// The name, so that its ending says what the file is: as it is if it does so already, with its ending replaced when that says
/// otherwise, or else with the usual one added.
pub fn with_ending(name: &str, media_type: MediaType) -> String {
    // Some devices take no notice of blanks and dots at the end, and hide what begins with a dot.
    let name = name.trim_matches(['.', ' ']);
    let fits = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        media_type.endings().iter().any(|known| known.eq_ignore_ascii_case(ending))
    };
    if fits(name) {
        return name.to_owned();
    }
    let is_known = |ending: &str| KNOWN_ENDINGS.split_whitespace().any(|known| known.eq_ignore_ascii_case(ending));
    let stem = match name.rsplit_once('.') {
        Some((before, ending)) if !before.is_empty() && is_known(ending) => before.trim_end_matches(['.', ' ']),
        _ => name,
    };
    if fits(stem) {
        return stem.to_owned();
    }
    let ending = media_type.endings()[0];
    // Of dots alone nothing is left.
    let stem = if stem.is_empty() { ending } else { stem };
    let stem: String = stem.chars().take(LONGEST - 1 - ending.len()).collect();
    format!("{stem}.{ending}")
}

fn is_forbidden(letter: char) -> bool {
    matches!(letter, '/' | '\\' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::{MediaType, file_name, with_ending};

    #[test]
    fn names_are_composed_and_trimmed() {
        assert_eq!(file_name(" Giấy chu\u{031B}\u{0301}ng sinh.pdf ").expect("a name"), "Giấy chứng sinh.pdf");
    }

    #[test]
    fn nothing_that_could_be_a_path_or_hide_a_name_is_taken() {
        let long = "a".repeat(201);
        for name in
            ["", " ", ".", "..", "../etc/passwd", "a\\b", "a\0b", "a\r\nb", "gpj.\u{202E}fdp", "a\u{61C}b", &long]
        {
            assert!(file_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn the_ending_of_a_name_says_what_the_file_is() {
        for (name, expected) in [
            ("giay-uy-quyen.html", "giay-uy-quyen.pdf"),
            ("giay-uy-quyen.hta", "giay-uy-quyen.pdf"),
            ("giay-uy-quyen.LNK", "giay-uy-quyen.pdf"),
            ("giay-uy-quyen.pdf.exe", "giay-uy-quyen.pdf"),
            ("giấy ủy quyền.pdf .exe. ", "giấy ủy quyền.pdf"),
            ("a.html.exe", "a.html.pdf"),
            ("ảnh.jpg", "ảnh.pdf"),
            ("Giấy chứng sinh.pdf", "Giấy chứng sinh.pdf"),
            ("GIAY.PDF", "GIAY.PDF"),
            ("a.pdf.", "a.pdf"),
            ("Quyết định 12.UBND", "Quyết định 12.UBND.pdf"),
            ("Tờ khai TP.HCM", "Tờ khai TP.HCM.pdf"),
            ("giấy", "giấy.pdf"),
            (".exe", "exe.pdf"),
            (".pdf", "pdf.pdf"),
            ("...", "pdf.pdf"),
            (" ..giấy.pdf", "giấy.pdf"),
            ("pdf", "pdf.pdf"),
        ] {
            assert_eq!(with_ending(name, MediaType::Pdf), expected, "{name}");
            assert_eq!(with_ending(expected, MediaType::Pdf), expected);
        }
        assert_eq!(with_ending("ảnh.JPEG", MediaType::Jpeg), "ảnh.JPEG");
        assert_eq!(with_ending("ảnh.png", MediaType::Jpeg), "ảnh.jpg");
    }

    #[test]
    fn a_name_with_its_ending_is_still_a_name() {
        for name in ["ă".repeat(200), "..a".into(), format!("{}.html", "b".repeat(195))] {
            let whole = with_ending(&file_name(&name).expect("a name"), MediaType::Png);
            assert_eq!(file_name(&whole).expect("a name"), whole);
        }
    }
}
