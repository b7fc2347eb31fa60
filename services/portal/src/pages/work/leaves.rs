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
/// The roles by which dossiers are worked on.
const WORKING: [OfficialRole; 3] = [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];
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
    official.caller().roles_at(agency).iter().any(|role| WORKING.contains(role))
}

async fn content(official: &Official<Work>, agency: &AgencyCode, form: &Form) -> Result<Value, Failure> {
    let home = format!("/api/v1/agencies/{agency}");
    let (leaves, people) = (format!("{home}/leaves"), format!("{home}/officials"));
    let api = official.api();
    let (leaves, people) = tokio::try_join!(api.get(&leaves), api.get(&people))?;
    let own = official.caller().id.to_string();
    let for_others = for_others(official, agency);
    let people: Vec<_> = people["items"].as_array().into_iter().flatten().collect();
    let absent = people.iter().copied().filter(|one| for_others || one["id"] == own.as_str());
    let (replaced, alone): (Vec<_>, Vec<_>) =
        absent.partition(|one| people.iter().any(|other| can_stand_in(other, one)));
    let deputies = people.iter().filter(|other| replaced.iter().any(|one| can_stand_in(other, one)));
    let choice = |one: &Value| json!([one["id"], described(official, one)]);
    Ok(json!({
        "list": format!("/work/{agency}"),
        "here": format!("/work/{agency}/leaves"),
        "leaves": leaves["items"],
        "officials": replaced.iter().map(|one| choice(one)).collect::<Vec<_>>(),
        "deputies": deputies.map(|one| choice(one)).collect::<Vec<_>>(),
        "alone": alone.iter().map(|one| described(official, one)).collect::<Vec<_>>(),
        "own": own,
        "for_others": for_others,
        "notes": for_others || works(official, agency),
        "key": official.new_key(),
        "form": form,
    }))
}

/// Whether `other` holds all the roles by which `one` works on dossiers.
fn can_stand_in(other: &Value, one: &Value) -> bool {
    let roles = |who: &Value| who["roles"].as_array().cloned().unwrap_or_default();
    let (held, mut needed) = (roles(other), roles(one));
    needed.retain(|role| WORKING.iter().any(|known| role == known.as_str()));
    other["id"] != one["id"] && needed.iter().all(|role| held.contains(role))
}

/// The name, with the roles.
fn described(official: &Official<Work>, one: &Value) -> String {
    let roles = one["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let roles: Vec<_> = roles.map(|role| official.say(&format!("role-{role}"))).collect();
    format!("{} ({})", one["name"].as_str().unwrap_or_default(), roles.join(", "))
}
