//! A visit by an official, with the agency of her post.

use std::{marker::PhantomData, ops::Deref};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use civic::AgencyCode;
use edge::Duty;
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{failure::Failure, signed_in::SignedIn};

/// A visit by an official who holds the duty `D` in the post that she acts in.
pub(crate) struct Official<D> {
    visit: SignedIn,
    /// The agency of the post.
    pub agency: AgencyCode,
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
            let agency = official.agencies().into_iter().next().ok_or(Failure::Forbidden)?;
            Ok(Self { visit, agency, duty: PhantomData })
        }
        .boxed_local()
    }
}
