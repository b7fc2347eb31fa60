//! A dossier is taken in by hand: the procedure is chosen, who hands it in is found, the form is filled by what is known, and it is received.

mod counter;
mod known;
mod scans;
mod taken;

use actix_web::{HttpResponse, web};
use edge::Receive;
use serde_json::json;

use self::counter::Counter;
pub(super) use self::{
    counter::{count, counts_wrongly, paper_field},
    scans::{add as add_scan, pass_on as scan, show as show_scans},
    taken::taken,
};
use super::list;
use crate::{
    failure::Failure,
    form::Form,
    official::Official,
    pages::kinds::{List, ListQuery},
    posted::Posted,
    query::Query,
};

const TEMPLATE: &str = "work/intake.html";

/// Shows the procedures to choose from.
pub(super) async fn choose(
    official: Official<Receive>,
    agency: web::Path<String>,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    let here = format!("/work/{agency}/intake");
    let (filter, cursor) = (Query::default().with("q", Some(query.words())), query.cursor.as_deref());
    let list = List { page: &here, source: "/api/v1/procedures", filter, cursor };
    let found = list.published(&official).await?;
    let content = json!({
        "list": format!("/work/{agency}"), "here": here, "text": query.words(), "procedures": found.items, "next": found.next,
    });
    official.page("work/intake_choice.html", content)
}

/// Shows the form of the procedure.
pub(super) async fn show(
    official: Official<Receive>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let counter = Counter::open(&official, &path).await?;
    let form = Form::with(counter.begun());
    official.page(TEMPLATE, counter.content(&official, &form, None))
}

/// Looks for the person, or takes the dossier in.
pub(super) async fn send(
    official: Official<Receive>,
    path: web::Path<(String, String)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let counter = Counter::open(&official, &path).await?;
    if posted.get("then") != "take" {
        return match known::find(&official, &counter, &posted).await? {
            Ok(person) => {
                let form = Form::with(person.values(&counter, &posted));
                official.page(TEMPLATE, counter.content(&official, &form, Some(&person.told())))
            }
            Err(form) => official.page_again(TEMPLATE, counter.content(&official, &form, None)),
        };
    }
    let path = format!("/api/v1/agencies/{}/intakes", counter.agency);
    match official.api().post(&path, Some(posted.get("key")), &counter.intake(&posted)).await {
        Ok(receipt) => official.page("work/taken.html", counter.taken(&official, &receipt, posted.get("in-channel"))),
        Err(failure) => {
            let problem = failure.refused_with(&[400, 409])?;
            let form = Form::of(&posted).refused(&counter.told_of(problem, &official, &posted));
            official.page_again(TEMPLATE, counter.content(&official, &form, None))
        }
    }
}
