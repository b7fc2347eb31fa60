//! The extractor's type is the permission: a handler that asks for `Official<Receive>` cannot be reached without it.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web};
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{
    Applicant, Caller, CallerKind, Capacity, Citizen, Duty, Official, Person, Problem, SignedIn, kinds, token::Verifier,
};

async fn caller(request: HttpRequest) -> Result<Caller, Problem> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        header.and_then(|text| text.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or(kinds::UNAUTHENTICATED)?;
    let verifier = request.app_data::<web::Data<Verifier>>().ok_or(kinds::INTERNAL)?;
    let caller = verifier.verify(token.trim()).await?;
    // Whoever writes down a refusal wants to know whose it was.
    request.extensions_mut().insert(caller.clone());
    Ok(caller)
}

macro_rules! extract {
    ($name:ty, $from:expr $(, $duty:ident)?) => {
        impl$(<$duty: Duty>)? FromRequest for $name {
            type Error = Problem;
            type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                async move {
                    let narrow: fn(Caller) -> Option<Self> = $from;
                    narrow(caller(request).await?).ok_or_else(|| kinds::FORBIDDEN.into())
                }
                .boxed_local()
            }
        }
    };
}

extract!(SignedIn, |caller| Some(SignedIn(caller)));
extract!(Person, |caller| (caller.kind() != CallerKind::Client).then_some(Person(caller)));
extract!(Citizen, |caller| (caller.capacity == Capacity::Myself).then_some(Citizen(caller)));
extract!(Applicant, Caller::applicant);
extract!(Official<D>, Caller::official, D);
