//! Answers that are the same for everybody and may be a second old.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};
use bytestring::ByteString;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How long whoever reads may keep an answer: a version that is published shows soon.
const MAX_AGE: &str = "public, max-age=1";

/// Such an answer, ready to send. Every read takes a clone, so clones share the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Published {
    body: ByteString,
    etag: ByteString,
}

impl Published {
    /// The answer with `view`, its ETag made of its bytes.
    pub fn of(view: &impl Serialize) -> Self {
        // A view is a plain struct of ours: writing it as JSON cannot fail.
        let body = serde_json::to_string(view).unwrap_or_default();
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
        Self { body: body.into(), etag: etag.into() }
    }

    /// The response: 304 to whoever has it already.
    pub fn respond(self, request: &HttpRequest) -> HttpResponse {
        let known = edge::is_known(request.headers(), &self.etag);
        let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::CACHE_CONTROL, HeaderValue::from_static(MAX_AGE)));
        answer.insert_header((header::ETAG, &*self.etag));
        if known {
            answer.finish()
        } else {
            answer.content_type(HeaderValue::from_static("application/json")).body(self.body)
        }
    }
}
