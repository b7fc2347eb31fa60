//! `If-Match`: a change says which version it was made from, so that nobody's change is lost.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};

use crate::{Problem, kinds};

/// The header, for an operation's contract: `params(edge::IfMatchHeader)`.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes a header; it is read by IfMatch")]
pub struct IfMatchHeader {
    /// The `ETag` of the thing as it was last read: the change is made from that version or not at all.
    #[param(rename = "If-Match", example = "\"1\"")]
    if_match: String,
}

/// The version that the client last read.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(i32);

impl IfMatch {
    /// Refuses when the resource is at another version by now.
    ///
    /// # Errors
    /// 412.
    pub fn check(self, version: i32) -> Result<(), Problem> {
        if self.0 == version { Ok(()) } else { Err(kinds::STALE.into()) }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        // A tag that is not one of ours names a version that never was: stale.
        let version = header.map(|tag| tag.trim_matches('"').parse().unwrap_or(-1));
        ready(version.map(IfMatch).ok_or_else(|| kinds::PRECONDITION_REQUIRED.into()))
    }
}
