//! Who keeps what procedures say: a controller at an agency of the province.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use civic::AdministrativeLevel;
use edge::{Caller, Control, Official, Problem, kinds};
use futures_util::{FutureExt, future::LocalBoxFuture};

/// A controller of procedures, in a post at an agency of the province: what a province publishes holds in all its communes.
pub struct Controller(pub Caller);

impl FromRequest for Controller {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let official = Official::<Control>::from_request(request, payload);
        async move {
            let official = official.await?;
            let provincial = |code| AdministrativeLevel::of(code) == AdministrativeLevel::Province;
            match official.agencies().iter().all(provincial) {
                true => Ok(Self(official.caller)),
                false => Err(kinds::FORBIDDEN.into()),
            }
        }
        .boxed_local()
    }
}
