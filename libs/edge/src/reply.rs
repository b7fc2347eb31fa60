//! Answers: status, JSON body, `Location`, `ETag`.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::StatusCode, http::header};
use serde::Serialize;

/// A successful answer of an operation.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) replayed: bool,
}

impl Reply {
    fn new(status: StatusCode, view: &impl Serialize) -> Self {
        // A view is a plain struct of ours: writing it as JSON cannot fail.
        let body = serde_json::to_string(view).unwrap_or_default();
        Self { status, body, location: None, etag: None, replayed: false }
    }

    /// 200 with a view.
    pub fn ok(view: &impl Serialize) -> Self {
        Self::new(StatusCode::OK, view)
    }

    /// 201 with a view, and where it stands from now on.
    pub fn created(view: &impl Serialize, location: impl Into<String>) -> Self {
        Self { location: Some(location.into()), ..Self::new(StatusCode::CREATED, view) }
    }

    /// 202 with a view: it will be done.
    pub fn accepted(view: &impl Serialize) -> Self {
        Self::new(StatusCode::ACCEPTED, view)
    }

    /// 204 without a body.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: String::new(), location: None, etag: None, replayed: false }
    }

    /// The body, as JSON.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The same answer with a placeholder in its body replaced by what was not known yet.
    #[must_use]
    pub fn with(mut self, placeholder: &str, value: &str) -> Self {
        self.body = self.body.replace(placeholder, value);
        self
    }

    /// Adds the version of the resource, as a strong ETag, for the next `If-Match`.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.etag = Some(format!("\"{version}\""));
        self
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status);
        if let Some(location) = self.location {
            answer.insert_header((header::LOCATION, location));
        }
        if let Some(etag) = self.etag {
            answer.insert_header((header::ETAG, etag));
        }
        if self.replayed {
            answer.insert_header(("Idempotency-Replayed", "true"));
        }
        if self.body.is_empty() {
            return answer.finish();
        }
        answer.content_type("application/json").body(self.body)
    }
}
