//! An operation of the document, ready to be checked and forwarded.

use std::sync::Arc;

use actix_web::http::header::HeaderMap;

use crate::{
    upstream::Upstream,
    validate::{body::BodyRules, parameters::Parameters},
};

/// One method of one path.
pub(crate) struct Operation {
    /// Who answers it.
    pub upstream: Arc<Upstream>,
    /// Nobody may ask without a valid access token.
    pub needs_token: bool,
    /// Attempts are counted: `x-guessable` in the document.
    pub guessable: bool,
    /// Who asks proves it by a signature, and is never too much: `x-signed` in the document. The service counts what is unsigned.
    pub signed: bool,
    /// What may stand in the path, the query and the headers.
    pub parameters: Parameters,
    /// What may be sent with it.
    pub body: BodyRules,
}

impl Operation {
    /// Whether a request with these headers is done once, however often it is sent: the document has a key for it, and so do they.
    pub fn has_key(&self, headers: &HeaderMap) -> bool {
        let name = "idempotency-key";
        headers.contains_key(name) && self.parameters.headers.iter().any(|known| known.name.eq_ignore_ascii_case(name))
    }
}
