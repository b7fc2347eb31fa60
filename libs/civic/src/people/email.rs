//! E-mail addresses.

use email_address::{EmailAddress, Options};

const LONGEST: usize = 254;

text! {
    /// A plain e-mail address with a domain name, at most 254 bytes (RFC 5321), its domain in lower case. Quoted local
    /// parts, address literals and display names are refused, and so is anything that could end a header line or that not
    /// every mail server takes (RFC 6531): a domain in other letters than ASCII is written `xn--…`.
    personal Email,
    canonical: canonical,
    expected: "an e-mail address",
    pattern: r"^[!#-'*+/-9=?A-Z^-~-](\.?[!#-'*+/-9=?A-Z^-~-]){0,63}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
    max_length: 254,
    example: "minh.khai@example.vn",
}

fn canonical(text: &str) -> Option<String> {
    let plain = text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    if !plain {
        return None;
    }
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let address = EmailAddress::parse_with_options(text, options).ok()?;
    let domain = address.domain().to_lowercase();
    Some(format!("{}@{domain}", address.local_part()))
}
