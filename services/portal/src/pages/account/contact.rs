//! Another e-mail address, shown to be one's own by a code, and another phone number. Not at a kiosk.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::settings::again;
use crate::{failure::Failure, form::Form, posted::Posted, signed_in::SignedIn};

const EMAIL: &str = "account/email.html";
const EMAIL_CODE: &str = "account/email_code.html";
const PHONE: &str = "account/phone.html";
/// What the API refuses because of what was typed.
const BESIDE_FIELDS: [u16; 3] = [400, 422, 429];

/// Asks for the new address and the password.
pub(super) async fn show_email(visit: SignedIn) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.page(EMAIL, json!({"form": Form::default()}))
}

/// Has a code sent to the new address. What comes next is the same for every address.
pub(super) async fn send_email(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let wish = json!({"email": posted.get("email"), "password": posted.raw("password")});
    match visit.api().post("/api/v1/accounts/me/email-changes", None, &wish).await {
        Ok(pending) => {
            let id = pending["email_change_id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(visit.go(&format!("/account/email/{id}")))
        }
        Err(failure) => {
            let problem = failure.refused_with(&BESIDE_FIELDS)?;
            visit.page_again(EMAIL, json!({"form": again(&posted, &problem, "password")}))
        }
    }
}

/// Asks for the code.
pub(super) async fn show_email_code(visit: SignedIn, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.page(EMAIL_CODE, json!({"form": Form::default(), "id": read(&id)?}))
}

/// Changes the address.
pub(super) async fn send_email_code(
    visit: SignedIn,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let id = read(&id)?;
    let wish = json!({"code": posted.get("code")});
    match visit.api().post(&format!("/api/v1/accounts/me/email-changes/{id}/confirmation"), None, &wish).await {
        Ok(_) => Ok(visit.go("/account?done=email")),
        Err(failure) => {
            let problem = failure.refused_with(&BESIDE_FIELDS)?;
            visit.page_again(EMAIL_CODE, json!({"form": again(&posted, &problem, "code"), "id": id}))
        }
    }
}

/// Asks for the new number and the password.
pub(super) async fn show_phone(visit: SignedIn) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.page(PHONE, json!({"form": Form::default()}))
}

/// Changes the number.
pub(super) async fn send_phone(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let wish = json!({"phone": posted.get("phone"), "password": posted.raw("password")});
    match visit.api().call(Method::PUT, "/api/v1/accounts/me/phone").json(&wish).send().await {
        Ok(_) => Ok(visit.go("/account?done=phone")),
        Err(failure) => {
            let problem = failure.refused_with(&BESIDE_FIELDS)?;
            visit.page_again(PHONE, json!({"form": again(&posted, &problem, "password")}))
        }
    }
}

fn read(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}
