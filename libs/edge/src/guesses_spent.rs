//! Too many guesses came from an address: the gateway leaves it to the service to let a device in that it knows.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use crate::{Problem, kinds};

/// Seconds until a stranger may guess again from where the request came; nothing when she may. The gateway says it, and no client can.
#[derive(Clone, Copy, Debug)]
pub struct GuessesSpent(Option<u32>);

impl GuessesSpent {
    /// How the gateway says it.
    pub const HEADER: &'static str = "x-internal-guesses-spent";

    /// Lets a stranger guess, when there are guesses left; whom the service knows it does not ask for.
    ///
    /// # Errors
    /// 429 saying when to come back.
    pub fn admit_stranger(self) -> Result<(), Problem> {
        self.0.map_or(Ok(()), |seconds| Err(Problem::from(kinds::TOO_MANY).retry_after(seconds)))
    }
}

impl FromRequest for GuessesSpent {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let said = request.headers().get(Self::HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
        ready(Ok(Self(said)))
    }
}
