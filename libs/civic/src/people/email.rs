//! E-mail addresses.

use email_address::{EmailAddress, Options};

use crate::typed;

const LONGEST: usize = 254;

text! {
    /// A plain e-mail address with a domain name, at most 254 bytes (RFC 5321), its domain in lower case. Quoted local
    /// parts, address literals and display names are refused, and so is anything that could end a header line.
    /// Letters beyond ASCII are taken, composed: mail servers that announce SMTPUTF8 deliver to them (RFC 6531). Blanks around it
    /// come from copying.
    personal Email,
    canonical: canonical,
    kind: "email",
    expected: "an e-mail address",
    sentence: (
        "Nhập địa chỉ e-mail, ví dụ minh.khai@example.vn.",
        "Enter an e-mail address, like minh.khai@example.vn."
    ),
    max_length: 500,
    example: "minh.khai@example.vn",
}

fn canonical(text: &str) -> Option<String> {
    let text = typed::line(text).ok()?;
    let plain = text.len() <= LONGEST
        && !text.contains(|character: char| character == '"' || character.is_whitespace() || character.is_control());
    if !plain {
        return None;
    }
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let address = EmailAddress::parse_with_options(&text, options).ok()?;
    let domain = address.domain().to_lowercase();
    Some(format!("{}@{domain}", address.local_part()))
}
