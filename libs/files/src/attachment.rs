//! Sends a stored file back: as something to save, never as something to show on our address.

use std::fmt::Write;

use actix_web::{HttpResponse, body::SizedStream, http::header};
use futures_util::TryStreamExt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{MediaType, Opened, file_name::with_ending};

/// The answer that streams `file` under `name`, whose ending says what it is.
pub fn attachment(file: Opened, name: &str, media_type: &str) -> HttpResponse {
    let name = MediaType::named(media_type).map_or_else(|| name.to_owned(), |known| with_ending(name, known));
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, disposition(&name)))
        .insert_header(("content-security-policy", "sandbox; default-src 'none'"))
        .body(SizedStream::new(file.size, file.bytes.map_err(actix_web::error::ErrorInternalServerError)))
}

/// The name twice, in letters that every client reads and as it is (RFC 6266 §4.3).
fn disposition(name: &str) -> String {
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain(name), extended(name))
}

/// In ASCII: letters without their marks, a line for what has no likeness and for what clients read as something else.
fn plain(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter));
    let likeness = letters.map(|letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        '"' | '\\' | '%' => '_',
        ' '..='~' => letter,
        _ => '_',
    });
    likeness.collect()
}

/// In UTF-8, every byte escaped that is none of `attr-char` (RFC 8187 §3.2.1).
fn extended(name: &str) -> String {
    let mut text = String::with_capacity(3 * name.len());
    for byte in name.bytes() {
        match byte {
            b'!' | b'#' | b'$' | b'&' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~' => text.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => text.push(byte.into()),
            // Writing to a string does not fail.
            _ => drop(write!(text, "%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn every_client_gets_the_name_in_the_letters_that_it_reads() {
        for (name, expected) in [
            ("giấy.pdf", "attachment; filename=\"giay.pdf\"; filename*=UTF-8''gi%E1%BA%A5y.pdf"),
            (
                "Đơn số 1=2.pdf",
                "attachment; filename=\"Don so 1=2.pdf\"; filename*=UTF-8''%C4%90%C6%A1n%20s%E1%BB%91%201%3D2.pdf",
            ),
            (
                "a\"b%41'(c)*.pdf",
                "attachment; filename=\"a_b_41'(c)*.pdf\"; filename*=UTF-8''a%22b%2541%27%28c%29%2A.pdf",
            ),
            (
                "证明 📄.png",
                "attachment; filename=\"__ _.png\"; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%F0%9F%93%84.png",
            ),
        ] {
            assert_eq!(disposition(name), expected);
        }
    }
}
