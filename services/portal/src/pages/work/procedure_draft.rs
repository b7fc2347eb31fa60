//! One draft of a procedure: what it says, what keeps it from working, what it changes, and what can be done with it.

use actix_web::{HttpResponse, web};
use edge::Control;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    api::ApiResponse,
    calendar,
    failure::{Failure, Problem},
    form::Form,
    forms::ProcedureForm,
    official::Official,
    posted::Posted,
};

const TEMPLATE: &str = "work/procedure_draft.html";
const PREVIEW: &str = "work/procedure_preview.html";
/// What the API refuses because of what was typed, because of how far the draft has come, or because somebody else was faster.
const ANSWERED: [u16; 3] = [400, 409, 412];
/// The members of a version, in the order in which an author goes through them; whatever else there is comes behind.
const ORDER: [&str; 27] = [
    "code",
    "name",
    "also_called",
    "replaces",
    "field",
    "life_events",
    "levels",
    "kind",
    "subjects",
    "non_territorial",
    "effective_from",
    "effective_until",
    "description",
    "steps",
    "components",
    "cases",
    "time_limit",
    "time_limits",
    "fee_rules",
    "result",
    "draft_days",
    "legal_basis",
    "process",
    "form",
    "date_bounds",
    "people",
    "ui",
];

/// What of it is shown.
#[derive(Deserialize)]
pub(super) struct DraftQuery {
    /// What was just done with it.
    done: Option<String>,
}

/// What is done with a draft: the operation, what is sent, and the word by which it is said afterwards.
struct Wish {
    method: Method,
    below: &'static str,
    body: Value,
    done: &'static str,
}

/// Shows it.
pub(super) async fn show(
    official: Official<Control>,
    id: web::Path<Uuid>,
    query: web::Query<DraftQuery>,
) -> Result<HttpResponse, Failure> {
    let draft = read(&official, *id).await?;
    let form = Form::with(vec![("document".into(), written(&draft.json["document"]))]);
    let done =
        query.done.as_deref().filter(|done| ["saved", "submitted", "approved", "returned", "published"].contains(done));
    let mut content = content(&official, *id, &draft, &form).await?;
    content["done"] = json!(done);
    official.page(TEMPLATE, content)
}

/// Shows the form as who files will see it.
pub(super) async fn preview(official: Official<Control>, id: web::Path<Uuid>) -> Result<HttpResponse, Failure> {
    let draft = read(&official, *id).await?;
    let document = &draft.json["document"];
    let form = ProcedureForm::of(document, official.language);
    official.page(
        PREVIEW,
        json!({
            "name": document["name"], "pages": form.pages(), "form": Form::default(), "before": here(*id),
            "components": document["components"],
        }),
    )
}

/// Does what was wished for.
pub(super) async fn send(
    official: Official<Control>,
    id: web::Path<Uuid>,
    posted: Posted,
) -> Result<HttpResponse, Failure> {
    let draft = read(&official, *id).await?;
    let mut form = Form::of(&posted);
    let Some(wish) = wish(&official, &posted, &mut form)? else {
        return official.page_again(TEMPLATE, content(&official, *id, &draft, &form).await?);
    };
    let address = format!("/api/v1/procedure-drafts/{}{}", *id, wish.below);
    let call = official.api().call(wish.method.clone(), &address).made_from(posted.version());
    let call = if wish.method == Method::POST { call.header("idempotency-key", posted.get("key")) } else { call };
    let call = if wish.method == Method::DELETE { call } else { call.json(&wish.body) };
    let failure = match call.send().await {
        Ok(_) if wish.method == Method::DELETE => return Ok(official.go("/work/procedures")),
        Ok(_) => return Ok(official.go(&format!("{}?done={}", here(*id), wish.done))),
        Err(failure) => failure,
    };
    refuse(&official, &mut form, failure.refused_with(&ANSWERED)?);
    // How far it has come by now decides which form is shown.
    let draft = read(&official, *id).await.unwrap_or(draft);
    official.page_again(TEMPLATE, content(&official, *id, &draft, &form).await?)
}

/// What was wished for; nothing when something is missing, which the form says then.
fn wish(official: &Official<Control>, posted: &Posted, form: &mut Form) -> Result<Option<Wish>, Failure> {
    let post = |below, body, done| Wish { method: Method::POST, below, body, done };
    let wish = match posted.get("then") {
        "save" => match serde_json::from_str(posted.raw("document")) {
            Ok(body) => Wish { method: Method::PUT, below: "", body, done: "saved" },
            Err(why) => {
                let place = format!("{} {}:{}.", official.say("draft-not-json"), why.line(), why.column());
                form.fault("document", &place);
                return Ok(None);
            }
        },
        "submit" => post("/submission", json!({}), "submitted"),
        "approve" => post("/approval", json!({}), "approved"),
        "send_back" => post("/return", json!({"reason": posted.get("reason")}), "returned"),
        "publish" => {
            let part = |part: &str| posted.get(&format!("in_force_from-{part}"));
            let day = calendar::typed(part("day"), part("month"), part("year"));
            for (name, value) in [("decision", posted.get("decision")), ("in_force_from", day.as_str())] {
                if value.is_empty() {
                    form.fault(name, &official.say("field-required"));
                }
            }
            if form.has_faults() {
                return Ok(None);
            }
            post("/publication", json!({"decision": posted.get("decision"), "in_force_from": day}), "published")
        }
        "discard" => Wish { method: Method::DELETE, below: "", body: Value::Null, done: "" },
        _ => return Err(Failure::Malformed),
    };
    Ok(Some(wish))
}

/// Puts what the API found wrong beside the fields; what is wrong within the document with its place.
fn refuse(official: &Official<Control>, form: &mut Form, problem: Problem) {
    if problem.status == 412 {
        return form.fault_of_all(&official.say("draft-moved-on"));
    }
    for (place, error) in problem.errors.iter().enumerate() {
        let placed = format!("{}: {}", error.pointer, error.detail);
        match error.field() {
            field @ ("reason" | "decision" | "in_force_from") => form.fault(field, &error.detail),
            // The first stands beside the field, all of them above it.
            _ if place == 0 => form.fault("document", &placed),
            _ => form.fault_of_all(&placed),
        }
    }
    if problem.errors.is_empty() {
        form.fault_of_all(&problem.title);
    }
}

async fn read(official: &Official<Control>, id: Uuid) -> Result<ApiResponse, Failure> {
    official.api().call(Method::GET, &format!("/api/v1/procedure-drafts/{id}")).send().await
}

async fn content(official: &Official<Control>, id: Uuid, draft: &ApiResponse, form: &Form) -> Result<Value, Failure> {
    let differences = official.api().get(&format!("/api/v1/procedure-drafts/{id}/differences")).await?;
    let actions = draft.json["actions"].as_array().into_iter().flatten();
    let actions: Vec<_> = actions.filter_map(Value::as_str).collect();
    Ok(json!({
        "draft": draft.json, "here": here(id), "differences": differences, "form": form, "key": official.new_key(),
        "version": form.kept("version", draft.etag.as_deref().unwrap_or_default()), "actions": actions, "done": null,
    }))
}

fn here(id: Uuid) -> String {
    format!("/work/procedures/drafts/{id}")
}

/// A version as an author reads and writes it.
fn written(document: &Value) -> String {
    let Some(members) = document.as_object() else { return String::new() };
    let known = ORDER.iter().filter_map(|name| members.get_key_value(*name));
    let others = members.iter().filter(|(name, _)| !ORDER.contains(&name.as_str()));
    let line = |(name, member): (&String, &Value)| {
        // A value is a tree of ours: writing it as JSON cannot fail.
        let member = serde_json::to_string_pretty(member).unwrap_or_default().replace('\n', "\n  ");
        format!("  {}: {member}", json!(name))
    };
    format!("{{\n{}\n}}", known.chain(others).map(line).collect::<Vec<_>>().join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_written_in_the_order_of_its_author_and_reads_as_what_it_was() {
        let document = json!({"ui": {"pages": []}, "name": {"vi": "Tên", "en": "Name"}, "more": 1, "code": "1.001193"});
        let text = written(&document);
        assert!(text.starts_with("{\n  \"code\": \"1.001193\",\n  \"name\": {\n    \"en\""), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), document);
    }
}
