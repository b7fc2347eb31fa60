//! What is sent by post: results that wait, the manifests by which they are handed over, and what becomes of the parcels.

use actix_web::{HttpResponse, web};
use civic::AgencyCode;
use edge::{Duty, Receive, Work};
use serde_json::{Value, json};
use uuid::Uuid;

use super::list;
use crate::{
    failure::{Failure, Problem},
    form::Form,
    official::Official,
    posted::Posted,
};

const LIST: &str = "work/post.html";
const MANIFEST: &str = "work/manifest.html";
/// What the API says of what was typed, or of what somebody has done meanwhile.
const ANSWERED: [u16; 3] = [400, 404, 409];
/// The box of a result, before the dossier's id.
const SEND: &str = "send-";
/// The field of its address.
const ADDRESS: &str = "address-";
/// The field of the post's number of a parcel, before the parcel's id.
const CODE: &str = "code-";
/// The field of who fetched one.
const COLLECTED: &str = "collected-";

/// Shows what waits, what is under way, and the manifests.
pub(super) async fn show(official: Official<Work>, agency: web::Path<String>) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    official.page(LIST, content(&official, &agency, &Form::default()).await?)
}

/// Makes a manifest of the results that are ticked.
pub(super) async fn make(
    official: Official<Receive>,
    agency: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &agency)?;
    let ticked: Vec<Uuid> = ids(&posted, SEND).map(|(id, _)| id).collect();
    let mut form = Form::of(&posted);
    if ticked.is_empty() {
        form.fault_of_all(&official.say("post-tick"));
        return official.page_again(LIST, content(&official, &agency, &form).await?);
    }
    let parcel = |id: &Uuid| json!({"dossier": id, "address": typed(&posted, &format!("{ADDRESS}{id}"))});
    let body = json!({"parcels": ticked.iter().map(parcel).collect::<Vec<_>>()});
    let path = format!("/api/v1/agencies/{agency}/manifests");
    match official.api().post(&path, Some(posted.get("key")), &body).await {
        Ok(manifest) => Ok(official.go(&address(&agency, manifest["id"].as_str().unwrap_or_default()))),
        Err(failure) => {
            let problem = named(failure.refused_with(&ANSWERED)?, &ticked, [("dossier", SEND), ("address", ADDRESS)]);
            let form = form.refused(&problem);
            official.page_again(LIST, content(&official, &agency, &form).await?)
        }
    }
}

/// Shows a manifest.
pub(super) async fn manifest(
    official: Official<Work>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    official.page(MANIFEST, one(&official, &agency, id, &Form::default()).await?)
}

/// Hands over what stands on it, or drops it.
pub(super) async fn end(
    official: Official<Receive>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    let codes: Vec<(Uuid, &str)> = ids(&posted, CODE).collect();
    let parcel = |(id, code): &(Uuid, &str)| json!({"id": id, "item_code": code});
    let drops = posted.get("then") == "cancel";
    let mut form = Form::of(&posted);
    if !drops && posted.get("carrier").trim().is_empty() {
        form.fault("carrier", &official.say("field-required"));
    }
    if !drops && codes.is_empty() {
        form.fault_of_all(&official.say("manifest-no-code"));
    }
    if form.has_faults() {
        return official.page_again(MANIFEST, one(&official, &agency, id, &form).await?);
    }
    let (operation, body) = match posted.get("then") {
        "cancel" => ("cancellation", json!({})),
        _ => {
            let parcels: Vec<_> = codes.iter().map(parcel).collect();
            ("signature", json!({"carrier": posted.get("carrier"), "parcels": parcels}))
        }
    };
    let path = format!("/api/v1/agencies/{agency}/manifests/{id}/{operation}");
    match official.api().post(&path, Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&address(&agency, &id.to_string()))),
        Err(failure) => {
            let codes: Vec<Uuid> = codes.into_iter().map(|(id, _)| id).collect();
            let problem = named(failure.refused_with(&ANSWERED)?, &codes, [("id", CODE), ("item_code", CODE)]);
            let form = form.refused(&problem);
            official.page_again(MANIFEST, one(&official, &agency, id, &form).await?)
        }
    }
}

/// Shows it as a document to sign.
pub(super) async fn print(official: Official<Work>, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    official.api().show_file(&format!("/api/v1/agencies/{agency}/manifests/{id}/pdf")).await
}

/// Shows the parcels at the address that takes the form: who signed in again after the session had ended comes there.
pub(super) async fn form_of(
    official: Official<Work>,
    path: web::Path<(String, Uuid)>,
) -> Result<HttpResponse, Failure> {
    let agency = list::own(&official, &path.0)?;
    official.page(LIST, content(&official, &agency, &Form::default()).await?)
}

/// Notes what became of a parcel.
pub(super) async fn note(
    official: Official<Receive>,
    path: web::Path<(String, Uuid)>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let (agency, id) = path.into_inner();
    let agency = list::own(&official, &agency)?;
    let field = format!("{COLLECTED}{id}");
    let body = json!({"outcome": posted.get("then"), "collected_by": typed(&posted, &field)});
    let path = format!("/api/v1/agencies/{agency}/parcels/{id}/outcome");
    match official.api().post(&path, Some(posted.get("key")), &body).await {
        Ok(_) => Ok(official.go(&format!("/work/{agency}/post"))),
        Err(failure) => {
            let mut problem = failure.refused_with(&ANSWERED)?;
            for error in problem.errors.iter_mut().filter(|error| error.pointer == "/collected_by") {
                error.pointer = format!("/{field}");
            }
            let form = Form::of(&posted).refused(&problem);
            official.page_again(LIST, content(&official, &agency, &form).await?)
        }
    }
}

fn address(agency: &AgencyCode, manifest: &str) -> String {
    format!("/work/{agency}/post/{manifest}")
}

/// What was typed or ticked in the fields that begin so, by the id that they end with.
fn ids<'a>(posted: &'a Posted, begin: &'static str) -> impl Iterator<Item = (Uuid, &'a str)> {
    let filled = posted.fields().filter(|(_, value)| !value.trim().is_empty());
    filled.filter_map(move |(name, value)| Some((name.strip_prefix(begin)?.parse().ok()?, value.trim())))
}

fn typed(posted: &Posted, name: &str) -> Option<String> {
    Some(posted.get(name).replace("\r\n", "\n")).filter(|text| !text.is_empty())
}

/// A refusal with the names that the fields have here: `/parcels/1/address` is that of the second of `ids`.
fn named(mut problem: Problem, ids: &[Uuid], fields: [(&str, &str); 2]) -> Problem {
    for error in &mut problem.errors {
        let Some((place, field)) = error.pointer.strip_prefix("/parcels/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        let id = place.parse::<usize>().ok().and_then(|place| ids.get(place));
        let begin = fields.iter().find(|(known, _)| *known == field).map(|(_, begin)| begin);
        if let Some((id, begin)) = id.zip(begin) {
            error.pointer = format!("/{begin}{id}");
        }
    }
    problem
}

fn receives<D>(official: &Official<D>, agency: &AgencyCode) -> bool {
    official.caller().roles_at(agency).iter().any(|role| Receive::ROLES.contains(role))
}

async fn content<D>(official: &Official<D>, agency: &AgencyCode, form: &Form) -> Result<Value, Failure> {
    let post = official.api().get(&format!("/api/v1/agencies/{agency}/manifests")).await?;
    Ok(json!({
        "list": format!("/work/{agency}"),
        "here": format!("/work/{agency}/post"),
        "parcels_at": format!("/work/{agency}/parcels"),
        "post": post,
        "receives": receives(official, agency),
        "key": official.new_key(),
        "form": form,
    }))
}

async fn one<D>(official: &Official<D>, agency: &AgencyCode, id: Uuid, form: &Form) -> Result<Value, Failure> {
    let manifest = official.api().get(&format!("/api/v1/agencies/{agency}/manifests/{id}")).await?;
    Ok(json!({
        "before": format!("/work/{agency}/post"),
        "here": address(agency, &id.to_string()),
        "manifest": manifest,
        "receives": receives(official, agency),
        "key": official.new_key(),
        "form": form,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_of_each_is_found_by_its_id() {
        let [one, other] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let posted = Posted::parse(format!("code-{one}=+EB1&code-{other}=&code-x=EB2&carrier=a").as_bytes());
        assert_eq!(ids(&posted, CODE).collect::<Vec<_>>(), [(one, "EB1")]);
    }
}
