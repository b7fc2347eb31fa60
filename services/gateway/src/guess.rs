//! A request that may be a guess: charged before the service compares, settled by what it answers.

use std::{net::IpAddr, sync::Arc};

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use edge::Problem;
use serde_json::Value;

use crate::{
    app::App,
    limits::{self, Guesser, Who},
    operation::{Guesses, Operation},
    validate::{body::Body, text::pairs},
};

/// What was charged.
pub(crate) enum Charged {
    /// Nothing: the operation is none to guess at, or guesses have no limit here.
    Nothing,
    /// A guess.
    Guess(limits::Guess),
    /// Nothing, for nothing is left: the service lets in whom it knows. Seconds until a stranger may guess again.
    Spent(u32),
}

impl Charged {
    /// For the service: how long a stranger waits.
    pub fn spent(&self) -> Option<u32> {
        if let Self::Spent(seconds) = self { Some(*seconds) } else { None }
    }

    /// Gives the guess back, unless this `status` says that it was wrong.
    pub fn settle(self, status: u16) {
        if let Self::Guess(guess) = self
            && !Guesses::Wrong.is_wrong(status)
        {
            guess.right();
        }
    }
}

/// Charges what `request` is about to do.
///
/// # Errors
/// 429 saying when to come back.
pub(crate) async fn charge(
    app: &App,
    operation: &Operation,
    template: &Arc<str>,
    request: &HttpRequest,
    origin: IpAddr,
    body: &Body,
) -> Result<Charged, Problem> {
    if operation.guesses != Guesses::Wrong {
        return Ok(Charged::Nothing);
    }
    let who = Who::at(origin);
    let claimed = operation.claimed_by.as_deref().and_then(|member| claimed(request.headers(), body, member));
    match app.limits.guess(Guesser::of(who, template, claimed.as_deref())).await {
        Ok(guess) => Ok(guess.map_or(Charged::Nothing, Charged::Guess)),
        Err(wait) if operation.knows_devices => Ok(Charged::Spent(limits::seconds(wait))),
        Err(wait) => Err(app.limits.too_many(who, wait)),
    }
}

/// As what a caller says to be known: in an `Authorization: Basic` header, or in this member of the body.
fn claimed(headers: &HeaderMap, body: &Body, member: &str) -> Option<String> {
    basic(headers).or_else(|| {
        let Body::Whole(bytes) = body else { return None };
        match serde_json::from_slice::<Value>(bytes) {
            Ok(json) => Some(json.get(member)?.as_str()?.to_owned()),
            Err(_) => pairs(str::from_utf8(bytes).ok()?)
                .ok()?
                .into_iter()
                .find_map(|(name, value)| (name == member).then(|| value.into_owned())),
        }
    })
}

fn basic(headers: &HeaderMap) -> Option<String> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let name = decoded.split(|byte| *byte == b':').next()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_program_is_found_by_header_and_by_form_and_a_person_by_json() {
        let asked = |header: &str, body: &'static str| {
            let request = TestRequest::default().insert_header(("authorization", header)).to_http_request();
            claimed(request.headers(), &Body::Whole(body.into()), "client_id")
        };
        // base64 of "a b:secret"
        assert_eq!(asked("Basic YSBiOnNlY3JldA==", "").as_deref(), Some("a b"));
        assert_eq!(asked("Bearer x", "grant_type=x&client_id=a%20b&client_secret=c").as_deref(), Some("a b"));
        assert_eq!(asked("", r#"{"client_id": "a b"}"#).as_deref(), Some("a b"));
        assert_eq!(asked("", "x"), None);
    }
}
