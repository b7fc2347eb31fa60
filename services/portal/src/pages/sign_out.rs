//! Signing out.

use actix_web::{HttpResponse, http::header};

use crate::{cookies, failure::Failure, posted::Posted, signed_in::SignedIn};

/// Ends the session.
pub(crate) async fn send(signed_in: SignedIn, _sealed: Posted) -> Result<HttpResponse, Failure> {
    signed_in.sign_out().await?;
    let mut answer = signed_in.go("/");
    answer.headers_mut().append(header::SET_COOKIE, cookies::forget(cookies::SESSION));
    Ok(answer)
}
