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
    fn with(status: StatusCode, view: &impl Serialize) -> Self {
        // A view is a plain struct of ours: writing it as JSON cannot fail.
        let body = serde_json::to_string(view).unwrap_or_default();
        Self { status, body, location: None, etag: None, replayed: false }
    }

    /// 200 with a view.
    pub fn ok(view: &impl Serialize) -> Self {
        Self::with(StatusCode::OK, view)
    }

    /// 201 with a view, and where it stands from now on.
    pub fn created(view: &impl Serialize, location: impl Into<String>) -> Self {
        Self { location: Some(location.into()), ..Self::with(StatusCode::CREATED, view) }
    }

    /// 202 with a view: it will be done.
    pub fn accepted(view: &impl Serialize) -> Self {
        Self::with(StatusCode::ACCEPTED, view)
    }

    /// 204 without a body.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: String::new(), location: None, etag: None, replayed: false }
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
