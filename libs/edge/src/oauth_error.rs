//! Failures of an operation that OAuth libraries call, in the words of RFC 6749 §5.2 instead of a problem's.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use serde::Serialize;
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Content, ContentBuilder, RefOr, Response, example::ExampleBuilder},
};

use crate::{Kind, Problem, Responses};

/// What marks such an operation in the document.
pub(crate) const OWN_ERRORS: &str = "x-own-errors";

/// Why there is no token (RFC 6749 §5.2).
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = ClientTokenError)]
pub struct OAuthError {
    /// Stable code, for programs.
    #[schema(example = "invalid_client")]
    pub error: &'static str,
    /// A sentence in English, for the programmer.
    pub error_description: &'static str,
}

impl From<Kind> for OAuthError {
    fn from(kind: Kind) -> Self {
        let error = match kind.status {
            429 | 503 => "temporarily_unavailable",
            500.. => "server_error",
            _ => "invalid_request",
        };
        Self { error, error_description: kind.en }
    }
}

impl Problem {
    /// The answer to an OAuth library: its status and headers are the problem's, and nobody keeps it.
    pub fn render_oauth(&self) -> HttpResponse {
        let status = StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = HttpResponse::build(status);
        answer.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::PRAGMA, "no-cache"));
        self.tell(&mut answer);
        answer.json(OAuthError::from(self.kind))
    }
}

/// Adds `kind` to the responses of such an operation.
pub(crate) fn describe(kind: Kind, responses: &mut Responses) {
    let told = OAuthError::from(kind);
    let response = responses.entry(kind.status.to_string()).or_insert_with(|| {
        let described = Response::new(kind.en);
        RefOr::T(described)
    });
    let RefOr::T(response) = response else { return };
    kind.wait_header(response);
    let content = response.content.entry("application/json".into()).or_insert_with(|| RefOr::T(content()));
    if let RefOr::T(content) = content {
        let example = ExampleBuilder::new().summary(kind.en).value(Some(json!(told))).build();
        content.examples.entry(told.error.into()).or_insert(RefOr::T(example));
    }
}

fn content() -> Content {
    ContentBuilder::new().schema(Some(OAuthError::schema())).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;

    #[test]
    fn what_is_wrong_with_the_transport_has_a_code_of_the_rfc_too() {
        for (kind, error) in [
            (kinds::METHOD_NOT_ALLOWED, "invalid_request"),
            (kinds::TOO_LARGE, "invalid_request"),
            (kinds::UNSUPPORTED_MEDIA, "invalid_request"),
            (kinds::TOO_MANY, "temporarily_unavailable"),
            (kinds::UNAVAILABLE, "temporarily_unavailable"),
            (kinds::INTERNAL, "server_error"),
        ] {
            let answer = Problem::from(kind).retry_after(7).render_oauth();
            assert_eq!((answer.status().as_u16(), OAuthError::from(kind).error), (kind.status, error));
            let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!((header("cache-control"), header("retry-after")), (Some("no-store"), Some("7")));
            // RFC 6749 §5.2: %x20-21 / %x23-5B / %x5D-7E.
            assert!(kind.en.bytes().all(|byte| matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e)), "{}", kind.en);
        }
    }
}
