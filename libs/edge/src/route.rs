//! The route of a request: its path with names for what varies.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

/// The route of a request, when the HTTP library's own routing does not know it. Put it among the request's extensions.
#[derive(Clone, Debug)]
pub struct Route(pub Arc<str>);

/// The route of `request`, once it was routed.
pub(crate) fn route(request: &HttpRequest) -> String {
    let known = request.extensions().get::<Route>().map(|route| route.0.to_string());
    known.or_else(|| request.match_pattern()).unwrap_or_else(|| "(none)".into())
}
