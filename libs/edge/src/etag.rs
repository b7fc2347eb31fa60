//! Conditional requests (RFC 9110 §13): a change says which version it was made from, so that nobody's change is lost; a reading says
//! what is known already.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap, HeaderName},
};

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

/// The same header where it may be left out: an operation that takes `Option<IfMatch>`.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes a header; it is read by IfMatch")]
pub struct OptionalIfMatchHeader {
    /// The `ETag` of the thing as it was last read: the change is made from that version or not at all. Without it the change is made
    /// from whatever is there.
    #[param(rename = "If-Match", example = "\"1\"")]
    if_match: Option<String>,
}

/// The versions that a change may be made from.
#[derive(Clone, Debug)]
pub struct IfMatch(Vec<String>);

impl IfMatch {
    /// The versions that a request names; none when it names none.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let given = request.headers().contains_key(header::IF_MATCH);
        given.then(|| Self(tags(request.headers(), &header::IF_MATCH).collect()))
    }

    /// Refuses when the resource is at another version by now.
    ///
    /// # Errors
    /// 412.
    pub fn check(&self, version: i32) -> Result<(), Problem> {
        // Strong comparison: a weak tag promises less than a change needs. A bare number is a version too, as people type it.
        let is_current = |tag: &String| tag == "*" || tag.trim_matches('"') == version.to_string();
        if self.0.iter().any(is_current) { Ok(()) } else { Err(kinds::STALE.into()) }
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).ok_or_else(|| kinds::PRECONDITION_REQUIRED.into()))
    }
}

/// Whether `If-None-Match` says that the client has `etag` already, by weak comparison.
pub fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let strong = |tag: &str| tag.trim_start_matches("W/").to_owned();
    tags(headers, &header::IF_NONE_MATCH).any(|tag| tag == "*" || strong(&tag) == strong(etag))
}

/// The tags of a header, which may come in several lines. Ours have no comma within.
fn tags<'a>(headers: &'a HeaderMap, name: &'a HeaderName) -> impl Iterator<Item = String> + 'a {
    let lines = headers.get_all(name).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn if_match(value: &str) -> IfMatch {
        let request = TestRequest::default().insert_header((header::IF_MATCH, value)).to_http_request();
        IfMatch::from_request(&request, &mut Payload::None).into_inner().expect("a header")
    }

    #[test]
    fn a_change_is_made_from_any_of_the_versions_named_or_from_whatever_is_there() {
        for current in ["\"3\"", "3", "\"3\", \"99\"", "\"1\",\"3\"", "*"] {
            assert!(if_match(current).check(3).is_ok(), "{current}");
        }
        for stale in ["\"2\"", "\"1\", \"99\"", "W/\"3\"", "", "\"\"", "nonsense"] {
            assert!(if_match(stale).check(3).is_err(), "{stale}");
        }
    }

    #[test]
    fn whoever_has_an_answer_is_known_by_its_tag_weak_or_strong() {
        let known = |value: &str, etag| {
            let request = TestRequest::default().insert_header((header::IF_NONE_MATCH, value)).to_http_request();
            is_known(request.headers(), etag)
        };
        assert!(known("\"0\", W/\"3\"", "\"3\"") && known("*", "\"3\"") && known("\"3\"", "W/\"3\""));
        assert!(!known("\"30\"", "\"3\"") && !known("", "\"3\""));
    }
}
