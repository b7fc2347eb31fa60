//! A visit by somebody who is signed in. As with the API, the extractor's type is the permission.

use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use edge::{Caller, CallerKind};
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{
    api::Api,
    failure::Failure,
    sessions::Session,
    visit::{User, Visit},
};

/// A visit by a citizen or an official who is signed in; anybody else is led to the sign-in page and back.
pub(crate) struct SignedIn {
    visit: Visit,
    user: User,
}

/// A visit by a citizen, for herself or for an organisation.
pub(crate) struct Citizen(SignedIn);

impl SignedIn {
    /// The API, called with the user's own token.
    pub fn api(&self) -> Api {
        self.visit.api_with(&self.user.session.tokens)
    }

    /// What the portal keeps for this browser.
    pub fn session(&self) -> &Session {
        &self.user.session
    }

    /// Who it is.
    pub fn caller(&self) -> &Caller {
        &self.user.caller
    }
}

impl Deref for SignedIn {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for Citizen {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequest for SignedIn {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Visit::from_request(request, payload);
        async move {
            let visit = visit.await?;
            match visit.user.clone() {
                Some(user) => Ok(Self { visit, user }),
                None if visit.user_known => Err(Failure::NotSignedIn),
                None => Err(Failure::Unavailable),
            }
        }
        .boxed_local()
    }
}

impl FromRequest for Citizen {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(request, payload);
        async move {
            let signed_in = signed_in.await?;
            let is_citizen = signed_in.caller().kind() == CallerKind::Citizen;
            if is_citizen { Ok(Self(signed_in)) } else { Err(Failure::Forbidden) }
        }
        .boxed_local()
    }
}
