//! A visit by an official, with the agencies where the duty is held.

use std::{marker::PhantomData, ops::Deref};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use civic::AgencyCode;
use edge::Duty;
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{failure::Failure, signed_in::SignedIn};

/// A visit by an official who holds the duty `D` at one agency at least.
pub(crate) struct Official<D> {
    visit: SignedIn,
    /// Where the duty is held.
    pub agencies: Vec<AgencyCode>,
    duty: PhantomData<D>,
}

impl<D> Deref for Official<D> {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.visit
    }
}

impl<D: Duty> FromRequest for Official<D> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = SignedIn::from_request(request, payload);
        async move {
            let visit = visit.await?;
            let official = visit.caller().clone().official::<D>().ok_or(Failure::Forbidden)?;
            Ok(Self { visit, agencies: official.agencies(), duty: PhantomData })
        }
        .boxed_local()
    }
}
