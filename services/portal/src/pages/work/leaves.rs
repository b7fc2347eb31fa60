//! When officials of an agency are away, and who stands in.

use actix_web::{HttpResponse, web};
use civic::{AgencyCode, OfficialRole};
use edge::Work;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::list;
use crate::{failure::Failure, form::Form, official::Official, posted::Posted};

const TEMPLATE: &str = "work/leaves.html";
const FIELDS: [&str; 4] = ["official", "deputy", "first_day", "last_day"];
/// The boxes that are ticked for half a day.
const HALVES: [&str; 2] = ["first_part", "last_part"];

/// Shows them, with the form for one more.
pub(super) async fn show(official: Official<Work>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    official.page(TEMPLATE, content(&official, &agency, &Form::default()).await?)
}

/// Notes one.
pub(super) async fn note(
    official: Official<Work>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    let mut form = Form::of(&posted);
    let asked = FIELDS.into_iter().filter(|field| *field != "official" || for_others(&official, &agency));
    for field in asked.clone().filter(|field| posted.get(field).is_empty()) {
        form.fault(field, &official.say("field-required"));
    }
    if form.has_faults() {
        return official.page_again(TEMPLATE, content(&official, &agency, &form).await?);
    }
    let ticked = HALVES.into_iter().filter(|field| !posted.get(field).is_empty());
    let leave: serde_json::Map<_, _> =
        asked.chain(ticked).map(|field| (field.to_owned(), json!(posted.get(field)))).collect();
    let path = format!("/api/v1/agencies/{agency}/leaves");
    match official.api().post(&path, Some(posted.get("key")), &Value::Object(leave)).await {
        Ok(_) => Ok(official.go(&format!("/work/{agency}/leaves"))),
        Err(failure) => {
            let form = form.refused(&failure.refused_with(&[400])?);
            official.page_again(TEMPLATE, content(&official, &agency, &form).await?)
        }
    }
}

/// Takes one back.
pub(super) async fn end(
    official: Official<Work>,
    path: web::Path<(String, Uuid)>,
    _: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    official.api().call(Method::DELETE, &format!("/api/v1/agencies/{agency}/leaves/{id}")).send().await?;
    Ok(official.go(&format!("/work/{agency}/leaves")))
}

/// Whether she notes leaves of others.
fn for_others(official: &Official<Work>, agency: &AgencyCode) -> bool {
    official.caller().roles_at(agency).contains(&OfficialRole::AgencyAdministrator)
}

/// Whether she works on dossiers, so that others can for her.
fn works(official: &Official<Work>, agency: &AgencyCode) -> bool {
    let working = [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];
    official.caller().roles_at(agency).iter().any(|role| working.contains(role))
}

async fn content(official: &Official<Work>, agency: &AgencyCode, form: &Form) -> Result<Value, Failure> {
    let home = format!("/api/v1/agencies/{agency}");
    let (leaves, people) = (format!("{home}/leaves"), format!("{home}/officials"));
    let api = official.api();
    let (leaves, people) = tokio::try_join!(api.get(&leaves), api.get(&people))?;
    let own = official.caller().id.to_string();
    let for_others = for_others(official, agency);
    let names = |all: bool| {
        let people = people["items"].as_array().into_iter().flatten().filter(|one| all || one["id"] != own.as_str());
        people.map(|one| json!([one["id"], one["name"]])).collect::<Vec<_>>()
    };
    Ok(json!({
        "list": format!("/work/{agency}"),
        "here": format!("/work/{agency}/leaves"),
        "leaves": leaves["items"],
        "officials": if for_others { names(true) } else { Vec::new() },
        "deputies": names(for_others),
        "own": own,
        "for_others": for_others,
        "notes": for_others || works(official, agency),
        "key": official.new_key(),
        "form": form,
    }))
}
