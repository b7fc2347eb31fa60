//! Procedures found by words, field, life event or agency.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::List, query::Query, visit::Visit};

/// What is looked for.
#[derive(Deserialize)]
pub(super) struct ProceduresQuery {
    q: Option<String>,
    field: Option<String>,
    life_event: Option<String>,
    agency: Option<String>,
    cursor: Option<String>,
}

impl ProceduresQuery {
    fn words(&self) -> &str {
        self.q.as_deref().map(str::trim).unwrap_or_default()
    }

    fn filter(&self) -> Query {
        Query::default()
            .with("q", Some(self.words()))
            .with("field", self.field.as_deref())
            .with("life_event", self.life_event.as_deref())
            .with("agency", self.agency.as_deref())
    }
}

/// Shows what was found.
pub(super) async fn show(visit: Visit, query: web::Query<ProceduresQuery>) -> Result<HttpResponse, Failure> {
    let (filter, cursor) = (query.filter(), query.cursor.as_deref());
    let list = List { page: "/procedures", source: "/api/v1/procedures", filter, cursor };
    let agency = async {
        match query.agency.as_deref().filter(|code| is_code(code)) {
            Some(code) => visit.published(&format!("/api/v1/agencies/{code}")).await,
            None => Ok(Arc::new(Value::Null)),
        }
    };
    let (found, catalogue, agency) =
        tokio::try_join!(list.published(&visit), visit.published("/api/v1/catalogue"), agency)?;
    let named = |list: &str, code: Option<&str>| {
        let all = catalogue[list].as_array().into_iter().flatten();
        all.clone().find(|entry| entry["code"].as_str() == code).map(|entry| entry["name"].clone())
    };
    visit.page(
        "public/procedures.html",
        json!({
            "text": query.words(),
            "field": named("fields", query.field.as_deref()),
            "life_event": named("life_events", query.life_event.as_deref()),
            "agency": *agency,
            "wanted": {"field": query.field, "life_event": query.life_event, "agency": query.agency},
            "procedures": found.items,
            "catalogue": *catalogue,
            "next": found.next,
        }),
    )
}

fn is_code(text: &str) -> bool {
    text.parse::<civic::AgencyCode>().is_ok()
}
