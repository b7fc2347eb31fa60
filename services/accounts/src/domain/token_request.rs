//! A token request by client credentials (RFC 6749 §2.3.1, §4.4), read from its form and its header.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use url::form_urlencoded;

/// A client that says who it is and what it wants.
#[derive(Debug, PartialEq, Eq)]
pub struct TokenRequest {
    pub client_id: String,
    pub client_secret: String,
    /// The scopes asked for; empty for all that it has.
    pub scopes: Vec<String>,
}

/// Why there is no token, in the words of RFC 6749 §5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A parameter is missing, given twice, or malformed.
    Request,
    /// The client is unknown, or could not prove who it is.
    Client,
    /// Another grant than client credentials.
    Grant,
    /// A scope that the client does not have.
    Scope,
}

impl Refusal {
    /// The `error` code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Request => "invalid_request",
            Self::Client => "invalid_client",
            Self::Grant => "unsupported_grant_type",
            Self::Scope => "invalid_scope",
        }
    }

    /// The `error_description`: English in ASCII, as the RFC has it.
    pub fn description(self) -> &'static str {
        match self {
            Self::Request => "A parameter is missing, given twice or malformed, or there are two kinds of credentials.",
            Self::Client => "The client is unknown, its secret is wrong, or it has expired.",
            Self::Grant => "Only client_credentials is supported.",
            Self::Scope => "The client does not have a scope that was asked for.",
        }
    }
}

/// Reads a request: its form body, and its `Authorization` header if it has one.
///
/// # Errors
/// [`Refusal`], as the RFC demands.
pub fn read(form: &[u8], authorization: Option<&str>) -> Result<TokenRequest, Refusal> {
    let mut fields = HashMap::new();
    for (name, value) in form_urlencoded::parse(form) {
        if value.contains('\0') || fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Refusal::Request);
        }
    }
    match fields.remove("grant_type").as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::Grant),
        None => return Err(Refusal::Request),
    }
    let scopes = fields.remove("scope").unwrap_or_default();
    let scopes = scopes.split(' ').filter(|scope| !scope.is_empty()).map(ToOwned::to_owned).collect();
    let posted = (fields.remove("client_id"), fields.remove("client_secret"));
    let (client_id, client_secret) = match (authorization, posted) {
        (Some(header), (None, None)) => basic(header).ok_or(Refusal::Client)?,
        (Some(_), _) => return Err(Refusal::Request),
        (None, (Some(id), Some(secret))) => (id, secret),
        (None, (None, None)) => return Err(Refusal::Client),
        (None, _) => return Err(Refusal::Request),
    };
    Ok(TokenRequest { client_id, client_secret, scopes })
}

/// The scopes granted of those that the client `has`.
///
/// # Errors
/// [`Refusal::Scope`] when one that is asked for is not among them.
pub fn granted(asked: Vec<String>, has: Vec<String>) -> Result<Vec<String>, Refusal> {
    if asked.is_empty() {
        return Ok(has);
    }
    if asked.iter().all(|scope| has.contains(scope)) { Ok(asked) } else { Err(Refusal::Scope) }
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let (id, secret) = (form_decoded(id), form_decoded(secret));
    (!id.contains('\0')).then_some((id, secret))
}

/// Both halves are form-encoded before they are joined (RFC 6749 §2.3.1).
fn form_decoded(text: &str) -> String {
    let pair = format!("={text}");
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_header(id: &str, secret: &str) -> String {
        format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}")))
    }

    #[test]
    fn a_client_may_show_its_secret_in_the_header_or_in_the_form_but_not_in_both() {
        let wanted = TokenRequest { client_id: "a b".into(), client_secret: "p%q".into(), scopes: vec![] };
        let header = with_header("a+b", "p%25q");
        assert_eq!(read(b"grant_type=client_credentials", Some(&header)).as_ref(), Ok(&wanted));
        let form = b"grant_type=client_credentials&client_id=a+b&client_secret=p%25q";
        assert_eq!(read(form, None), Ok(wanted));
        assert_eq!(read(form, Some(&header)), Err(Refusal::Request));
    }

    #[test]
    fn each_fault_has_the_code_of_the_rfc() {
        for (form, refusal) in [
            ("", Refusal::Request),
            ("grant_type=password", Refusal::Grant),
            ("grant_type=client_credentials", Refusal::Client),
            ("grant_type=client_credentials&client_id=a", Refusal::Request),
            ("grant_type=client_credentials&grant_type=client_credentials", Refusal::Request),
            ("grant_type=client_credentials&client_id=%00&client_secret=b", Refusal::Request),
        ] {
            assert_eq!(read(form.as_bytes(), None), Err(refusal), "{form}");
        }
        assert_eq!(read(b"grant_type=client_credentials", Some("Bearer x")), Err(Refusal::Client));
        assert_eq!(granted(vec!["b".into()], vec!["a".into()]), Err(Refusal::Scope));
    }
}
