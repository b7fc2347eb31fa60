//! What procedures say, for who keeps it: drafts by how far they have come, what is in force, and a new draft.

use actix_web::{HttpResponse, web};
use edge::Control;
use futures_util::future::try_join_all;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    failure::{Failure, Problem},
    form::Form,
    official::Official,
    pages::kinds::List,
    posted::Posted,
    query::Query,
};

const TEMPLATE: &str = "work/procedures.html";
const NEW: &str = "work/procedure_new.html";
/// What the API refuses because of what was typed, or because a draft is there.
const ANSWERED: [u16; 2] = [400, 409];
/// Drafts in the order in which somebody is waited for.
const STATES: [&str; 4] = ["SUBMITTED", "APPROVED", "DRAFT", "PUBLISHED"];

/// Which procedures in force.
#[derive(Deserialize)]
pub(super) struct ProceduresQuery {
    q: Option<String>,
    cursor: Option<String>,
}

/// For which procedure a draft is begun.
#[derive(Deserialize)]
pub(super) struct NewQuery {
    procedure: Option<String>,
}

/// Shows the workbench.
pub(super) async fn list(
    official: Official<Control>,
    query: web::Query<ProceduresQuery>,
) -> Result<HttpResponse, Failure> {
    let drafts = STATES.map(|state| {
        let (path, api) = (format!("/api/v1/procedure-drafts?state={state}&page_size=50"), official.api());
        async move { api.get(&path).await }
    });
    let words = query.q.as_deref().map(str::trim).unwrap_or_default();
    let filter = Query::default().with("q", Some(words));
    let source =
        List { page: "/work/procedures", source: "/api/v1/procedures", filter, cursor: query.cursor.as_deref() };
    let (drafts, in_force) = tokio::try_join!(try_join_all(drafts), source.published(&official))?;
    let group = |(state, found): (&str, &Value)| json!({"state": state, "drafts": found["items"]});
    let groups: Vec<_> = STATES.into_iter().zip(&drafts).map(group).collect();
    let content = json!({"groups": groups, "in_force": in_force.items, "next": in_force.next, "text": words});
    official.page(TEMPLATE, content)
}

/// Asks for which procedure.
pub(super) async fn ask(official: Official<Control>, query: web::Query<NewQuery>) -> Result<HttpResponse, Failure> {
    let code = query.into_inner().procedure.unwrap_or_default();
    let form = Form::with(vec![("procedure".into(), code)]);
    official.page(NEW, json!({"form": form, "key": official.new_key()}))
}

/// Begins a draft with what is in force; of a new procedure with what every one has to say.
pub(super) async fn begin(official: Official<Control>, posted: Posted) -> Result<HttpResponse, Failure> {
    let code = posted.get("procedure");
    if code.is_empty() {
        let mut form = Form::of(&posted);
        form.fault("procedure", &official.say("field-required"));
        return official.page_again(NEW, json!({"form": form, "key": official.new_key()}));
    }
    let begins = match of_code(&official, code).await {
        Ok(document) => document,
        Err(failure) => return again(&official, &posted, &failure.refused_with(&[400])?),
    };
    match official.api().post("/api/v1/procedure-drafts", Some(posted.get("key")), &begins).await {
        Ok(draft) => {
            let id = draft["id"].as_str().unwrap_or_default();
            Ok(official.go(&format!("/work/procedures/drafts/{id}")))
        }
        Err(failure) => again(&official, &posted, &failure.refused_with(&ANSWERED)?),
    }
}

fn again(official: &Official<Control>, posted: &Posted, problem: &Problem) -> Result<HttpResponse, Failure> {
    let mut form = Form::of(posted);
    form.fault("procedure", problem.sentence());
    official.page_again(NEW, json!({"form": form, "key": official.new_key()}))
}

/// What the procedure of this code says, or what one says that is none yet.
async fn of_code(official: &Official<Control>, code: &str) -> Result<Value, Failure> {
    let typed: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    match official.api().get(&format!("/api/v1/procedures/{typed}")).await {
        Ok(mut document) => {
            if let Some(members) = document.as_object_mut() {
                ["version", "decision", "withdrawn"].iter().for_each(|name| drop(members.remove(*name)));
            }
            Ok(document)
        }
        Err(failure) => {
            let problem = failure.clone().refused_with(&[404])?;
            if problem.code == "procedure-not-found" { Ok(skeleton(code, official)) } else { Err(failure) }
        }
    }
}

/// What every procedure has to say, with nothing said yet.
fn skeleton(code: &str, official: &Official<Control>) -> Value {
    let text = || json!({"vi": "", "en": ""});
    let today = official.now().with_timezone(&civic::VIETNAM).date_naive();
    json!({
        "code": code,
        "name": text(),
        "field": {"code": "", "name": text()},
        "life_events": [],
        "levels": ["COMMUNE"],
        "effective_from": today,
        "description": text(),
        "steps": [],
        "components": [],
        "time_limit": {"unit": "working_days", "days": 5},
        "fee_rules": [],
        "result": {"name": text()},
        "legal_basis": [],
        "process": [
            {"code": "TIEP_NHAN", "name": {"vi": "Tiếp nhận", "en": "Receive"}, "role": "RECEIVER",
                "actions": ["RECEIVE"], "next": ["GIAI_QUYET"]},
            {"code": "GIAI_QUYET", "name": {"vi": "Giải quyết", "en": "Decide"}, "role": "APPROVER",
                "actions": ["ISSUE_RESULT", "COMPLETE"]},
        ],
        "form": {"type": "object", "additionalProperties": false, "required": [], "properties": {}},
        "ui": {"pages": [{"title": text(), "fields": []}], "fields": {}},
    })
}
