//! One procedure: what it is, what it needs, how long it takes, what it costs.

use actix_web::{HttpResponse, web};
use civic::ProcedureCode;
use serde_json::{Value, json};

use crate::{failure::Failure, visit::Visit};

/// Shows it.
pub(crate) async fn show(visit: Visit, code: web::Path<String>) -> Result<HttpResponse, Failure> {
    let code: ProcedureCode = code.parse().map_err(|_| Failure::NotFound)?;
    let procedure = visit.published(&format!("/api/v1/procedures/{code}")).await?;
    let mut procedure = Value::clone(&procedure);
    // Half of what is read, and not shown here.
    if let Some(members) = procedure.as_object_mut() {
        members.remove("form");
        members.remove("ui");
    }
    let here = visit.app.address(&format!("/procedures/{code}"));
    visit.page("procedure.html", json!({"procedure": procedure, "here": here}))
}
