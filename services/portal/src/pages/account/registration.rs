//! Asking for an account.

use actix_web::HttpResponse;
use serde_json::{Value, json};

use crate::{calendar, failure::Failure, form::Form, posted::Posted, visit::Visit};

const TEMPLATE: &str = "account/registration.html";
/// What is asked, in the page's order.
const FIELDS: [&str; 7] = ["name", "citizen_number", "birth_date", "gender", "email", "phone", "password"];

/// Shows the form.
pub(super) async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    visit.page(TEMPLATE, content(&visit, &Form::default()))
}

/// Asks for the account; a code comes by e-mail.
pub(super) async fn send(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let wish = json!({
        "name": posted.get("name"),
        "email": posted.get("email"),
        "phone": posted.get("phone"),
        "citizen_number": posted.get("citizen_number").replace(' ', ""),
        "birth_date": calendar::typed(posted.get("birth_date-day"), posted.get("birth_date-month"), posted.get("birth_date-year")),
        "gender": posted.get("gender"),
        "password": posted.raw("password"),
        "language": visit.language.as_str(),
    });
    match visit.api().post("/api/v1/registrations", Some(posted.get("key")), &wish).await {
        Ok(pending) => {
            let id = pending["registration_id"].as_str().ok_or(Failure::Unavailable)?;
            Ok(visit.go(&format!("/registration/{id}")))
        }
        Err(failure) => {
            let mut problem = failure.refused_with(&[400])?;
            problem.errors.sort_by_key(|error| FIELDS.iter().position(|field| error.pointer == format!("/{field}")));
            for error in problem.errors.iter_mut().filter(|it| wish.pointer(&it.pointer).is_some_and(|it| it == "")) {
                error.detail = visit.say("field-required");
            }
            visit.page_again(TEMPLATE, content(&visit, &Form::of(&posted).refused(&problem)))
        }
    }
}

fn content(visit: &Visit, form: &Form) -> Value {
    json!({"form": form, "key": visit.new_key()})
}
