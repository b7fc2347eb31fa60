//! E-mail addresses.

use email_address::{EmailAddress, Options};

const LONGEST: usize = 254;

text! {
    /// A plain e-mail address with a domain name, at most 254 bytes (RFC 5321), its domain in lower case. Quoted local
    /// parts, address literals and display names are refused, and so is anything that could end a header line.
    /// Letters beyond ASCII are taken: mail servers that announce SMTPUTF8 deliver to them (RFC 6531).
    personal Email,
    canonical: canonical,
    expected: "an e-mail address",
    pattern: r#"^[^\s"@]{1,64}@([^\s"@.]{1,63}\.)+[^\s"@.]{1,63}$"#,
    max_length: 254,
    example: "minh.khai@example.vn",
}

fn canonical(text: &str) -> Option<String> {
    let plain = text.len() <= LONGEST
        && !text.contains(|character: char| character == '"' || character.is_whitespace() || character.is_control());
    if !plain {
        return None;
    }
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let address = EmailAddress::parse_with_options(text, options).ok()?;
    let domain = address.domain().to_lowercase();
    Some(format!("{}@{domain}", address.local_part()))
}
