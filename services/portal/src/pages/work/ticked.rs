//! What is done with the dossiers that are ticked in the list: the way from the pressed button to what it does.

use actix_web::{HttpRequest, HttpResponse, web};
use civic::AgencyCode;
use edge::Work;

use super::{
    bulk,
    list::{self, WorkQuery},
    print,
};
use crate::{failure::Failure, form::Form, official::Official, pages::kinds::Bulk, posted::Posted, query::Query};

/// Does what the pressed button says with those that are ticked.
pub(super) async fn send(
    official: Official<Work>,
    agency: web::Path<String>,
    request: HttpRequest,
    query: web::Query<WorkQuery>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    let list = Query::read(request.query_string()).without("ticked").after(&format!("/work/{agency}"));
    if posted.get("then") == print::NAME {
        return print::send(&official, &agency, &list, &posted).await;
    }
    // Whoever sends it without a button means the first.
    let roles = official.caller().roles_at(&agency);
    let wanted = Some(posted.get("then"))
        .filter(|then| !then.is_empty())
        .or(bulk::offered(roles, query.part()).first().copied());
    if wanted == Some(bulk::ASSIGN) && posted.get(bulk::OFFICIAL).is_empty() && !Bulk::ticked(&posted).is_empty() {
        let mut form = Form::of(&posted);
        form.fault(bulk::OFFICIAL, &official.say("bulk-ASSIGN-whom"));
        return list::page(&official, &agency, &query, &form).await;
    }
    match wanted.and_then(bulk::find) {
        Some(action) => action.send(&official, &list, &posted).await,
        None => Ok(official.go(&list)),
    }
}
