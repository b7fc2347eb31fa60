//! What somebody without an account does with her receipt: she sends in the papers that are asked for, or takes the dossier back.
//!
//! Each form has code and secret hidden in it and is answered by the page itself, as the form that asks for them: nothing of them is kept in
//! this browser, which many may use. That a page is sent twice is harmless: each form has its key.

use actix_web::{HttpResponse, web};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    api::Call,
    failure::{Failure, Problem},
    form::Form,
    posted::Posted,
    query::Query,
    upload::{SentFile, Upload},
    visit::Visit,
};

pub(super) const TEMPLATE: &str = "public/tracking.html";

/// What a receipt says.
pub(in crate::pages) struct Receipt {
    code: String,
    secret: String,
}

impl Receipt {
    /// As it was typed.
    pub fn new(code: &str, secret: &str) -> Self {
        Self { code: code.to_owned(), secret: secret.to_owned() }
    }

    /// As it is hidden in a form.
    fn of(posted: &Posted) -> Self {
        Self::new(posted.get("receipt-code"), posted.get("receipt-secret"))
    }

    /// Where somebody who has the slip follows the dossier. The secret is behind `#`: no server and no log sees it.
    pub fn address(code: Option<&str>, secret: &str) -> String {
        Query::default().with("code", code).with("secret", Some(secret)).in_fragment_of("/tracking")
    }

    /// The dossier, as its receipt shows it.
    async fn read(&self, visit: &Visit) -> Result<Value, Failure> {
        visit.api().post("/api/v1/tracking", None, &json!({"code": self.code, "secret": self.secret})).await
    }

    /// Where its dossier stands, or the form that asks for a receipt, with what is wrong.
    pub async fn show(&self, visit: &Visit) -> Result<HttpResponse, Failure> {
        match self.read(visit).await {
            Ok(dossier) => visit.page(TEMPLATE, self.content(visit, &dossier, &Form::default())),
            Err(failure) => {
                let form = self.refused(visit, &failure.refused_with(&[400, 404])?);
                visit.page_again(TEMPLATE, json!({"form": form, "dossier": null}))
            }
        }
    }

    /// The form that asks for a receipt, with what the API says of this one.
    fn refused(&self, visit: &Visit, problem: &Problem) -> Form {
        let mut form = Form::with(vec![("code".to_owned(), self.code.clone())]);
        for error in &problem.errors {
            let typed = if error.field() == "code" { &self.code } else { &self.secret };
            let text = if typed.is_empty() { visit.say("field-required") } else { error.detail.clone() };
            form.fault(error.field(), &text);
        }
        if problem.errors.is_empty() {
            form.fault("code", &problem.title);
        }
        form
    }

    /// A call with it.
    fn call(&self, visit: &Visit, method: Method, path: &str) -> Call {
        let plain = |typed: &str| typed.chars().filter(char::is_ascii_graphic).collect::<String>();
        let call = visit.api().call(method, &format!("/api/v1/tracking/{path}"));
        call.header("dossier-code", &plain(&self.code)).header("tracking-secret", &plain(&self.secret))
    }

    /// What the page shows of a dossier.
    fn content(&self, visit: &Visit, dossier: &Value, form: &Form) -> Value {
        let by_receipt = &dossier["by_receipt"];
        let documents = by_receipt["documents"].as_array().into_iter().flatten();
        let papers = by_receipt["request"]["papers"].as_array().into_iter().flatten().map(|paper| {
            let there: Vec<_> = documents.clone().filter(|it| it["component"] == paper["component"]).collect();
            json!({"paper": paper, "documents": there, "key": visit.new_key()})
        });
        let actions = by_receipt["actions"].as_array().into_iter().flatten();
        let allowed: Vec<_> = actions.filter(|it| it["allowed"] == true).map(|it| &it["action"]).collect();
        json!({
            "dossier": dossier,
            "receipt": {"code": self.code, "secret": self.secret},
            "papers": papers.collect::<Vec<_>>(),
            "allowed": allowed,
            "key": visit.new_key(),
            "form": form,
        })
    }

    /// The page again: with what is wrong, or that `done` was done.
    async fn page(&self, visit: &Visit, form: &Form, done: Option<&str>) -> Result<HttpResponse, Failure> {
        let dossier = match self.read(visit).await {
            Ok(dossier) => dossier,
            Err(failure) => {
                failure.refused_with(&[400, 404])?;
                return self.show(visit).await;
            }
        };
        let mut content = self.content(visit, &dossier, form);
        content["done"] = json!(done);
        if form.has_faults() { visit.page_again(TEMPLATE, content) } else { visit.page(TEMPLATE, content) }
    }

    /// Does something once for a key.
    async fn once(&self, visit: &Visit, what: &str, key: &str, body: &Value) -> Result<(), Failure> {
        let call = self.call(visit, Method::POST, what).header("idempotency-key", key);
        call.json(body).send().await.map(drop)
    }

    /// The page after something was tried.
    async fn answered(
        &self,
        visit: &Visit,
        form: Form,
        outcome: Result<(), Failure>,
        done: Option<&str>,
    ) -> Result<HttpResponse, Failure> {
        match outcome {
            Ok(()) => self.page(visit, &Form::default(), done).await,
            Err(failure) => {
                let problem = failure.refused_with(&[400, 403, 404, 409, 422])?;
                self.page(visit, &form.refused(&problem), None).await
            }
        }
    }

    async fn send(&self, visit: &Visit, component: &str, key: &str, file: SentFile) -> Result<(), Failure> {
        let query = Query::default().with("component", Some(component)).with("file_name", Some(&file.name));
        let media_type = file.media_type();
        let call = self.call(visit, Method::POST, &query.after("documents"));
        call.send_file(key, &media_type, file.bytes).await.map(drop)
    }
}

/// Adds a paper.
pub(super) async fn add(visit: Visit, upload: Upload) -> Result<HttpResponse, Failure> {
    let receipt = Receipt::of(&upload.fields);
    let (component, key) = (upload.fields.get("component"), upload.fields.get("key"));
    let mut form = Form::default();
    match upload.file {
        None => form.fault(component, &visit.say("document-choose")),
        Some(file) if file.too_large => form.fault(component, &visit.say("failure-413-text")),
        Some(file) => {
            if let Err(failure) = receipt.send(&visit, component, key, file).await {
                let problem = failure.refused_with(&[400, 403, 404, 409, 413, 415, 422])?;
                form.fault(component, problem.errors.first().map_or(&problem.title, |error| &error.detail));
            }
        }
    }
    receipt.page(&visit, &form, None).await
}

/// Takes a paper out again.
pub(super) async fn remove(visit: Visit, document: web::Path<Uuid>, posted: Posted) -> Result<HttpResponse, Failure> {
    let receipt = Receipt::of(&posted);
    let removed = receipt.call(&visit, Method::DELETE, &format!("documents/{document}")).send().await;
    receipt.answered(&visit, Form::default(), removed.map(drop), None).await
}

/// Sends the papers in.
pub(super) async fn answer(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let receipt = Receipt::of(&posted);
    let sent = receipt.once(&visit, "supplement", posted.get("key"), &json!({})).await;
    receipt.answered(&visit, Form::default(), sent, Some("ANSWER_SUPPLEMENT")).await
}

/// Takes the dossier back.
pub(super) async fn withdraw(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let receipt = Receipt::of(&posted);
    let reason = json!({"reason": posted.get("reason")});
    let withdrawn = receipt.once(&visit, "withdrawal", posted.get("key"), &reason).await;
    receipt.answered(&visit, Form::of(&posted), withdrawn, Some("WITHDRAW")).await
}

/// Where a form is shown again that could not be taken: the dossier of its receipt. Else these addresses only take forms.
pub(super) async fn form_of(visit: Visit) -> Result<HttpResponse, Failure> {
    match &visit.unsaved {
        Some(unsaved) => {
            Receipt::new(unsaved.value("receipt-code"), unsaved.value("receipt-secret")).show(&visit).await
        }
        None => Ok(visit.go("/tracking")),
    }
}

#[cfg(test)]
mod tests {
    use super::Receipt;

    #[test]
    fn no_server_and_no_log_sees_the_secret_of_a_slip() {
        let address = Receipt::address(Some("H44.100-260721-0001"), "1c480b7c32bf778b8ce5");
        assert_eq!(address, "/tracking#code=H44.100-260721-0001&secret=1c480b7c32bf778b8ce5");
    }
}
