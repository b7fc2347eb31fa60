//! Others' words made harmless: one line, nothing invisible, not endless.

const LONGEST: usize = 300;

/// `text` on one line: control and invisible formatting characters are gone, runs of space are one space, and what is longer
/// than 300 characters ends in `…`. An organisation's name comes from elsewhere and may hold anything; in a subject, a line
/// break would begin another header, and a direction mark would show an address backwards.
pub fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|character| if hides(character) { ' ' } else { character }).collect();
    let mut line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

fn hides(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_end_a_header_or_hide_in_it_is_gone() {
        assert_eq!(one_line("  Công ty\r\nBcc: x@y.vn\0\u{202E}A\tB "), "Công ty Bcc: x@y.vn A B");
        assert_eq!(one_line("Nguyễn Thị Minh Khai 🌾"), "Nguyễn Thị Minh Khai 🌾");
    }

    #[test]
    fn ten_thousand_characters_become_three_hundred() {
        assert_eq!(one_line(&"ễ".repeat(10_000)).chars().count(), LONGEST + 1);
    }
}
