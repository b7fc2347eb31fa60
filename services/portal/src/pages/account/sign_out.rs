//! Signing out.

use actix_web::{HttpResponse, http::header};

use crate::{cookies, failure::Failure, posted::Posted, signed_in::SignedIn, visit::Visit};

/// What a kiosk keeps of nobody: with the visitor's cookie go the seals of all forms that were sent.
const KIOSK_FORGETS: [&str; 3] = [cookies::VISITOR, cookies::LANGUAGE, cookies::PAYING];

/// Ends the session.
pub(super) async fn send(signed_in: SignedIn, _sealed: Posted) -> Result<HttpResponse, Failure> {
    signed_in.sign_out().await?;
    Ok(leave(&signed_in))
}

/// To the first page, as a browser that knows nobody.
pub(in crate::pages) fn leave(visit: &Visit) -> HttpResponse {
    let mut answer = visit.go("/");
    let more = if visit.kiosk { &KIOSK_FORGETS[..] } else { &[] };
    for cookie in [cookies::SESSION].iter().chain(more) {
        answer.headers_mut().append(header::SET_COOKIE, cookies::forget(cookie));
    }
    answer
}
