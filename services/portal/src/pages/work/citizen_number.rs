//! Somebody at the counter proves that a citizen number is hers, which an account has already: her registration goes on.

use actix_web::{HttpResponse, web};
use edge::Receive;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

const TEMPLATE: &str = "work/citizen_number.html";

/// What was done on the page before.
#[derive(Deserialize)]
pub(super) struct Done {
    /// A proof was recorded; `closed` when another account lost the number by it.
    done: Option<String>,
}

/// Asks for what stands on the card.
pub(super) async fn show(official: Official<Receive>, asked: web::Query<Done>) -> Result<HttpResponse, Failure> {
    official.page(TEMPLATE, content(&official, &Form::default(), asked.done.as_deref()))
}

/// Records the proof.
pub(super) async fn send(official: Official<Receive>, posted: Posted) -> Result<HttpResponse, Failure> {
    if posted.get("compared").is_empty() {
        let mut form = Form::of(&posted);
        form.fault("compared", &official.say("citizen-number-compare-first"));
        return official.page_again(TEMPLATE, content(&official, &form, None));
    }
    let word = |name| posted.get(name);
    let proof = json!({"citizen_number": word("citizen_number"), "name": word("name"), "email": word("email")});
    let path = format!("/api/v1/agencies/{}/citizen-number-proofs", official.agency);
    match official.api().post(&path, Some(posted.get("key")), &proof).await {
        Ok(proven) => {
            let closed = proven["closed_another"].as_bool().unwrap_or(false);
            Ok(official.go(&format!("/work/citizen-number?done={}", if closed { "closed" } else { "sent" })))
        }
        Err(failure) => {
            let problem = failure.refused_with(&[400, 409, 422])?;
            let mut form = Form::of(&posted);
            if problem.errors.is_empty() {
                form.fault("citizen_number", &problem.title);
            } else {
                form = form.refused(&problem);
            }
            official.page_again(TEMPLATE, content(&official, &form, None))
        }
    }
}

fn content(official: &Official<Receive>, form: &Form, done: Option<&str>) -> Value {
    json!({"form": form, "key": official.new_key(), "done": done.is_some(), "closed": done == Some("closed")})
}
