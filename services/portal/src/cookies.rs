//! Cookies, read and written. `__Host-`: no other host and no plain connection can set or see them (RFC 6265bis §4.1.3).

use actix_web::http::header::{self, HeaderMap, HeaderValue};

/// The session's id.
pub(crate) const SESSION: &str = "__Host-motcua";
/// A browser that is not signed in, so that its forms can be told from forged ones.
pub(crate) const VISITOR: &str = "__Host-motcua-visitor";
/// The language chosen.
pub(crate) const LANGUAGE: &str = "__Host-motcua-language";
/// Set on a kiosk.
pub(crate) const KIOSK: &str = "__Host-motcua-kiosk";

/// That somebody signed in from this browser before: strangers who guess a password do not keep her out.
pub(crate) const DEVICE: &str = "__Host-motcua-device";

/// The dossier whose fee is being paid, or the payment of several, so that the way back from the provider leads to it.
pub(crate) const PAYING: &str = "__Host-motcua-paying";

/// What was typed when the session had ended, and waits for who typed it.
pub(crate) const KEPT: &str = "__Host-motcua-kept";

/// A year, in seconds.
pub(crate) const YEAR: u32 = 365 * 24 * 3600;

/// The value of the cookie `name`.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A `Set-Cookie` that ends with the browser, or after `seconds`.
pub(crate) fn set(name: &str, value: &str, seconds: Option<u32>) -> HeaderValue {
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    // Names and values are ours: letters, digits, hyphens and underscores.
    HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// A `Set-Cookie` that takes the cookie away.
pub(crate) fn forget(name: &str) -> HeaderValue {
    set(name, "", Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; __Host-motcua-language=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-motcua=abc"));
        assert_eq!(read(&headers, SESSION), Some("abc"));
        assert_eq!(read(&headers, LANGUAGE), Some("en"));
        assert_eq!(read(&headers, VISITOR), None);
    }

    #[test]
    fn every_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        let line = set(SESSION, "abc", None);
        assert_eq!(line, "__Host-motcua=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        assert!(forget(SESSION).to_str().expect("text").ends_with("; Max-Age=0"));
    }
}
