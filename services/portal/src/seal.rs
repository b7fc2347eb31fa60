//! The seal on every form that changes something: no other site can make it (CSRF).
//!
//! It is an HMAC keyed by a cookie's value, which only this browser and we know, so that nothing needs to be kept for it.

use actix_web::http::header::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::cookies;

/// The hidden field with the seal.
pub(crate) const FIELD: &str = "form_seal";
/// What the HMAC is taken of: names the purpose, so that it is good for nothing else.
const PURPOSE: &[u8] = b"motcua portal form";

/// The seal of a browser whose session or visitor cookie is `secret`.
pub(crate) fn of(secret: &str) -> String {
    hex::encode(keyed(secret, PURPOSE))
}

/// What follows from `secret` for one purpose, and tells nothing of it.
pub(crate) fn keyed(secret: &str, purpose: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(purpose);
    mac.finalize().into_bytes().into()
}

/// Whether `seal` was made for the browser that sends `headers`. A session's form must bear the session's seal.
pub(crate) fn is_ours(seal: &str, headers: &HeaderMap) -> bool {
    let secret = cookies::read(headers, cookies::SESSION).or_else(|| cookies::read(headers, cookies::VISITOR));
    secret.filter(|secret| !secret.is_empty()).is_some_and(|secret| of(secret).as_bytes().ct_eq(seal.as_bytes()).into())
}

/// Whether the browser says that the form stood on a page of ours. Browsers that say nothing are believed: the seal decides.
pub(crate) fn comes_from_us(headers: &HeaderMap, origin: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(from)) => from == origin,
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_seal_opens_only_the_browser_it_was_made_for() {
        let browser = headers(&[("cookie", "__Host-motcua-visitor=mine")]);
        assert!(is_ours(&of("mine"), &browser));
        assert!(!is_ours(&of("another"), &browser));
        assert!(!is_ours("", &browser));
        assert!(!is_ours(&of(""), &headers(&[("cookie", "__Host-motcua-visitor=")])));
        assert!(!is_ours(&of("mine"), &headers(&[])));
    }

    #[test]
    fn a_signed_in_browser_needs_the_seal_of_its_session() {
        let browser = headers(&[("cookie", "__Host-motcua-visitor=before; __Host-motcua=session")]);
        assert!(is_ours(&of("session"), &browser));
        assert!(!is_ours(&of("before"), &browser));
    }

    #[test]
    fn forms_of_other_sites_are_told_by_what_the_browser_says() {
        let ours = "https://motcua.example";
        for (lines, believed) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://motcua.example")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "https://motcua.example")], true),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (&[], true),
        ] {
            assert_eq!(comes_from_us(&headers(lines), ours), believed, "{lines:?}");
        }
    }
}
