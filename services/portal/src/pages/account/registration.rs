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
    let [day, month, year] = ["day", "month", "year"].map(|part| posted.get(&format!("birth_date-{part}")).to_owned());
    let (day, month, year) = (&*day, &*month, &*year);
    let wish = json!({
        "name": posted.get("name"),
        "email": posted.get("email"),
        "phone": posted.get("phone"),
        "citizen_number": posted.get("citizen_number"),
        "birth_date": calendar::typed(day, month, year),
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
            // Whatever the reason, what was typed stays.
            let mut problem = failure.refused_with(&[400, 409, 422, 429])?;
            problem.errors.sort_by_key(|error| FIELDS.iter().position(|field| error.pointer == format!("/{field}")));
            for error in &mut problem.errors {
                let date = (error.field() == "birth_date").then(|| calendar::fault(day, month, year, true)).flatten();
                let empty = wish.pointer(&error.pointer).is_some_and(|it| it == "").then_some("field-required");
                if let Some(message) = empty.or(date) {
                    error.detail = visit.say(message);
                }
            }
            visit.page_again(TEMPLATE, content(&visit, &Form::of(&posted).refused(&problem)))
        }
    }
}

fn content(visit: &Visit, form: &Form) -> Value {
    json!({"form": form, "key": visit.new_key()})
}
