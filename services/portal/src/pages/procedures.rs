//! Procedures found by words, field, life event or agency.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, query::Query, visit::Visit};

/// What is looked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
    field: Option<String>,
    life_event: Option<String>,
    agency: Option<String>,
    cursor: Option<String>,
}

/// Shows what was found.
pub(crate) async fn show(visit: Visit, wanted: web::Query<Wanted>) -> Result<HttpResponse, Failure> {
    let text = wanted.q.as_deref().map(str::trim).unwrap_or_default();
    let query = Query::default()
        .with("q", Some(text))
        .with("field", wanted.field.as_deref())
        .with("life_event", wanted.life_event.as_deref())
        .with("agency", wanted.agency.as_deref());
    let asked = query.clone().with("cursor", wanted.cursor.as_deref());
    let (path, agency) = (asked.after("/api/v1/procedures"), wanted.agency.as_deref());
    let (found, catalogue, agency) =
        tokio::try_join!(visit.published(&path), visit.published("/api/v1/catalogue"), async {
            match agency.filter(|code| is_code(code)) {
                Some(code) => visit.published(&format!("/api/v1/agencies/{code}")).await,
                None => Ok(Arc::new(Value::Null)),
            }
        })?;
    let named = |list: &str, code: Option<&str>| {
        let all = catalogue[list].as_array().into_iter().flatten();
        all.clone().find(|entry| entry["code"].as_str() == code).map(|entry| entry["name"].clone())
    };
    let next = found["next"].as_str().map(|cursor| query.with("cursor", Some(cursor)).after("/procedures"));
    visit.page(
        "procedures.html",
        json!({
            "text": text,
            "field": named("fields", wanted.field.as_deref()),
            "life_event": named("life_events", wanted.life_event.as_deref()),
            "agency": *agency,
            "wanted": {"field": wanted.field, "life_event": wanted.life_event, "agency": wanted.agency},
            "procedures": found["items"],
            "catalogue": *catalogue,
            "next": next,
        }),
    )
}

fn is_code(text: &str) -> bool {
    text.parse::<civic::AgencyCode>().is_ok()
}
