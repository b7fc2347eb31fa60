//! The own account: where one is signed in, another password, closing it. Not at a kiosk.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::sign_out::leave;
use crate::{
    failure::{Failure, Problem},
    form::Form,
    posted::Posted,
    signed_in::SignedIn,
};

const PASSWORD: &str = "account/password.html";
const CLOSURE: &str = "account/closure.html";

/// What was just done here.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// Shows the account and its sessions.
pub(super) async fn show(visit: SignedIn, query: web::Query<Done>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let api = visit.api();
    let (account, sessions) = (api.get("/api/v1/accounts/me").await?, api.get("/api/v1/sessions").await?);
    let done = query.done.as_deref().filter(|done| ["password", "session", "email", "phone"].contains(done));
    visit.page("account/account.html", json!({"account": account, "sessions": sessions["items"], "done": done}))
}

/// To the account, where the sessions stand: who signed in again after hers had ended comes by this address.
pub(super) async fn sessions_stand(visit: SignedIn) -> HttpResponse {
    visit.go("/account")
}

/// Ends one of the sessions.
pub(super) async fn end_session(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let id: Uuid = posted.get("session").parse().map_err(|_| Failure::NotFound)?;
    visit.api().call(Method::DELETE, &format!("/api/v1/sessions/{id}")).send().await?;
    Ok(visit.go("/account?done=session"))
}

/// Asks for the old password and the new one.
pub(super) async fn show_password(visit: SignedIn) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.page(PASSWORD, json!({"form": Form::default()}))
}

/// Changes the password.
pub(super) async fn send_password(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let wish = json!({"current_password": posted.raw("current_password"), "password": posted.raw("password")});
    match visit.api().call(Method::PUT, "/api/v1/accounts/me/password").json(&wish).send().await {
        Ok(_) => Ok(visit.go("/account?done=password")),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422, 429])?;
            visit.page_again(PASSWORD, json!({"form": again(&posted, &problem, "current_password")}))
        }
    }
}

/// Says what closing means, and asks for the password.
pub(super) async fn show_closure(visit: SignedIn) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.page(CLOSURE, json!({"form": Form::default()}))
}

/// Closes the account; the browser knows nobody any more.
pub(super) async fn send_closure(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let wish = json!({"password": posted.raw("password")});
    match visit.api().post("/api/v1/accounts/me/closure", None, &wish).await {
        Ok(_) => {
            visit.app.sessions.close(&visit.session().id).await?;
            Ok(leave(&visit))
        }
        Err(failure) => {
            let problem = failure.refused_with(&[400, 409, 422, 429])?;
            visit.page_again(CLOSURE, json!({"form": again(&posted, &problem, "password")}))
        }
    }
}

/// The form with what the API found wrong; what names no field is about what was to be shown: a password, a code.
pub(super) fn again(posted: &Posted, problem: &Problem, shown: &str) -> Form {
    let mut form = Form::of(posted);
    if problem.errors.is_empty() {
        form.fault(shown, &problem.title);
        return form;
    }
    form.refused(problem)
}
