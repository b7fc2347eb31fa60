//! What a counter took in for other agencies: where it stands now.

use actix_web::{HttpResponse, web};
use civic::DossierCode;
use edge::Receive;
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    official::Official,
    pages::{
        kinds::{List, ListQuery, Listed},
        work::list,
    },
    query::Query,
};

/// Shows them, or the one with the code that is looked for.
pub(in crate::pages::work) async fn taken(
    official: Official<Receive>,
    agency: web::Path<String>,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    let (words, page) = (query.words(), format!("/work/{agency}/intake/taken"));
    let code = words.parse::<DossierCode>().ok();
    let found = match code {
        None if !words.is_empty() => Listed { items: Value::Array(Vec::new()), next: None },
        code => {
            let filter = Query::default().with("code", code.as_ref().map(DossierCode::as_str));
            let source = format!("/api/v1/agencies/{agency}/intakes");
            List { page: &page, source: &source, filter, cursor: query.cursor.as_deref() }.own(&official).await?
        }
    };
    let content = json!({
        "choice": format!("/work/{agency}/intake"), "here": page, "text": words, "dossiers": found.items, "next": found.next,
    });
    official.page("work/taken_elsewhere.html", content)
}
