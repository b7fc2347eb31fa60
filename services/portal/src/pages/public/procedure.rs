//! One procedure: what it is, what it needs, how long it takes, what it costs.

use actix_web::{HttpResponse, web};
use civic::ProcedureCode;
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::published, visit::Visit};

/// Shows it.
pub(super) async fn show(visit: Visit, code: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (code, procedure) = published::<ProcedureCode>(&visit, "procedures", &code).await?;
    let mut procedure = Value::clone(&procedure);
    // Half of what is read, and not shown here.
    if let Some(members) = procedure.as_object_mut() {
        members.remove("form");
        members.remove("ui");
    }
    let here = visit.app.address(&format!("/procedures/{code}"));
    visit.page("public/procedure.html", json!({"procedure": procedure, "here": here}))
}
