//! Where a link of a PDF leads (ISO 32000-1, 12.6.4.7): to a page of the web, or to what runs.

use super::tokens::is_white;

/// Schemes that open a page, a letter or a call, and run nothing.
const PLAIN: [&[u8]; 4] = [b"http", b"https", b"mailto", b"tel"];

/// Whether what stands behind a name `URI` leads nowhere but to a page: it is no address at all (the kind of the action, a dictionary), or
/// one of these schemes, or of the document's own base. An address that stands elsewhere is not looked for: nobody writes links so.
pub(super) fn is_plain(bytes: &[u8], at: usize) -> bool {
    let rest = value(&bytes[at.min(bytes.len())..]);
    match rest {
        [b'/' | b'>' | b']', ..] | [b'<', b'<', ..] | [] => true,
        [b'(', text @ ..] => leads_to_a_page(&literal(text)),
        [b'<', text @ ..] => leads_to_a_page(&hexadecimal(text)),
        _ => false,
    }
}

/// Behind blanks and comments.
fn value(mut rest: &[u8]) -> &[u8] {
    loop {
        match rest {
            [first, more @ ..] if is_white(*first) => rest = more,
            [b'%', ..] => {
                let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
                rest = &rest[end..];
            }
            _ => return rest,
        }
    }
}

/// Readers pass over blanks and control characters in a scheme, and over its case.
fn leads_to_a_page(address: &[u8]) -> bool {
    let letters: Vec<u8> = address.iter().filter(|byte| **byte > b' ').map(u8::to_ascii_lowercase).collect();
    let Some(end) = letters.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+.-".contains(byte))) else {
        return true;
    };
    let has_scheme = letters[end] == b':';
    // Addresses are ASCII: what is not was hidden from whoever looks.
    letters.is_ascii() && (!has_scheme || PLAIN.contains(&&letters[..end]))
}

/// A text in brackets, its escapes resolved.
fn literal(text: &[u8]) -> Vec<u8> {
    let (mut letters, mut depth, mut rest) = (Vec::new(), 1usize, text);
    while let [first, more @ ..] = rest {
        rest = more;
        match first {
            b'\\' => {
                let (letter, more) = escaped(rest);
                letters.extend(letter);
                rest = more;
            }
            b'(' => depth += 1,
            b')' if depth == 1 => break,
            b')' => depth -= 1,
            letter => letters.push(*letter),
        }
    }
    letters
}

/// What stands behind a backslash, and the rest.
fn escaped(rest: &[u8]) -> (Option<u8>, &[u8]) {
    let digits = rest.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(*byte)).count();
    if digits > 0 {
        let number = rest[..digits].iter().fold(0u32, |number, digit| number * 8 + u32::from(digit - b'0'));
        return (Some((number & 0xFF) as u8), &rest[digits..]);
    }
    match rest {
        [b'n' | b'r' | b't' | b'b' | b'f' | b'\n' | b'\r', more @ ..] => (None, more),
        [letter, more @ ..] => (Some(*letter), more),
        [] => (None, rest),
    }
}

/// A text in hexadecimal digits.
fn hexadecimal(text: &[u8]) -> Vec<u8> {
    let digits = text.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| (digit & 0xF) as u8).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn pages_letters_and_calls_are_plain_and_what_runs_is_not_however_it_is_written() {
        for plain in [
            "(https://dichvucong.gov.vn/a?b=(c))",
            " (HTTP://a.vn)",
            "<68747470733A2F2F61>",
            "(mailto:a@b.vn)",
            "(tel:113)",
            "(muc-luc.html)",
            "(#trang-2)",
            "/Next 5 0 R",
            ">>",
            "<</Base(x)>>",
            "%x\n(https://a.vn)",
        ] {
            assert!(is_plain(plain.as_bytes(), 0), "{plain}");
        }
        for active in [
            "(javascript:app.alert(1))",
            "(JavaScript:x)",
            "(\\152avascript:x)",
            "(java\\\nscript:x)",
            "(j a v a\tscript:x)",
            "<6A6176617363726970743A78>",
            "(file:///etc/passwd)",
            "(data:text/html,x)",
            "(smb://a/b)",
            "(\u{FE}\u{FF}x:)",
            "7 0 R",
            "% x\r( javascript:x)",
        ] {
            assert!(!is_plain(active.as_bytes(), 0), "{active}");
        }
    }
}
