//! A new password for who has forgotten hers: first the address, then the code from the letter with the new password.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{cookies, failure::Failure, form::Form, posted::Posted, visit::Visit};

const ASK: &str = "account/password_reset.html";
const CHOOSE: &str = "account/password_reset_code.html";

/// Asks whose password was forgotten.
pub(super) async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    visit.page(ASK, json!({"form": Form::default()}))
}

/// Has a code sent. What comes next is the same for every address.
pub(super) async fn send(request: HttpRequest, visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let mut who = json!({"email": posted.get("email")});
    if let Some(device) = cookies::read(request.headers(), cookies::DEVICE).filter(|_| !visit.kiosk) {
        who["device"] = device.into();
    }
    match visit.api().post("/api/v1/password-resets", None, &who).await {
        Ok(pending) => {
            let id = pending["password_reset_id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(visit.go(&format!("/password-reset/{id}")))
        }
        Err(failure) => {
            failure.refused_with(&[400])?;
            let mut form = Form::of(&posted);
            form.fault("email", &visit.say("email-malformed"));
            visit.page_again(ASK, json!({"form": form}))
        }
    }
}

/// Asks for the code and the new password.
pub(super) async fn show_code(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    visit.page(CHOOSE, choose(read(&id)?, &Form::default()))
}

/// Changes the password. This browser is known from here on, so that no stranger makes it wait.
pub(super) async fn send_code(visit: Visit, id: web::Path<String>, posted: Posted) -> Result<HttpResponse, Failure> {
    let id = read(&id)?;
    let wish = json!({"code": posted.get("code").replace(' ', ""), "password": posted.raw("password")});
    match visit.api().post(&format!("/api/v1/password-resets/{id}/confirmation"), None, &wish).await {
        Ok(done) => {
            let mut answer = visit.go("/sign-in?reset=1");
            if let Some(device) = done["device"].as_str().filter(|_| !visit.kiosk) {
                let cookie = cookies::set(cookies::DEVICE, device, Some(cookies::YEAR));
                answer.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(answer)
        }
        Err(failure) => {
            let problem = failure.refused_with(&[400, 422])?;
            let mut form = Form::of(&posted);
            if problem.errors.is_empty() {
                form.fault("code", &problem.title);
            } else {
                form = form.refused(&problem);
            }
            visit.page_again(CHOOSE, choose(id, &form))
        }
    }
}

fn read(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn choose(id: Uuid, form: &Form) -> Value {
    json!({"form": form, "id": id})
}
