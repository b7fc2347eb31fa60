//! One agency: when it is open, what is below it, and which procedures it takes.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use civic::AgencyCode;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    pages::kinds::{WorkingDays, published},
    query::Query,
    visit::Visit,
};

/// Shows it.
pub(super) async fn show(visit: Visit, code: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (code, agency) = published::<AgencyCode>(&visit, "agencies", &code).await?;
    let below = Query::default().with("parent", Some(code.as_str())).with("page_size", Some("100"));
    let below = below.after("/api/v1/agencies");
    let calendar = format!("/api/v1/agencies/{code}/calendar");
    let (below, calendar, above) = tokio::try_join!(visit.published(&below), visit.published(&calendar), async {
        match agency["parent"].as_str() {
            Some(parent) => visit.published(&format!("/api/v1/agencies/{parent}")).await,
            None => Ok(Arc::new(Value::Null)),
        }
    })?;
    let days = WorkingDays::of(&calendar).map(|days| days.next(visit.now())).unwrap_or_default();
    let open = json!({"hours": calendar["hours"], "saturday": calendar["own"]["saturday"], "days": days});
    visit.page("public/agency.html", json!({"agency": *agency, "above": *above, "below": below["items"], "open": open}))
}
