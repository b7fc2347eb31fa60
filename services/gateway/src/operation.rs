//! An operation of the document, ready to be checked and forwarded.

use std::sync::Arc;

use actix_web::http::header::HeaderMap;

use crate::{
    upstream::Upstream,
    validate::{body::BodyRules, parameters::Parameters},
};

/// Which requests are counted as guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guesses {
    /// None: there is nothing to be guessed.
    None,
    /// Those that were wrong: `true`.
    Wrong,
    /// All, since each sends somebody a message: `"always"`.
    All,
}

impl Guesses {
    /// Whether an answer with this status says that the guess was wrong.
    pub fn is_wrong(self, status: u16) -> bool {
        self == Self::Wrong && matches!(status, 401 | 404 | 422)
    }
}

/// One method of one path.
pub(crate) struct Operation {
    /// Who answers it.
    pub upstream: Arc<Upstream>,
    /// Nobody may ask without a valid access token.
    pub needs_token: bool,
    /// Who asks proves it by a signature, and is never too much: `x-signed` in the document. The service counts what is unsigned.
    pub signed: bool,
    /// The scopes that a program must have been granted.
    pub scopes: Vec<String>,
    /// Which requests are counted as guesses: `x-guessable` in the document.
    pub guesses: Guesses,
    /// The member of the body by which whoever guesses says who it is, where that is counted apart: `x-claimed-by` in the document.
    pub claimed_by: Option<String>,
    /// Beyond the limit of guesses the service is asked whether it knows the device: `x-knows-devices` in the document.
    pub knows_devices: bool,
    /// Its failures are OAuth's (RFC 6749 §5.2): `x-own-errors` in the document.
    pub own_errors: bool,
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
