//! One thing, shown as it stands: what everybody may read, or a dossier with the form that it answers.

use std::{fmt::Display, str::FromStr, sync::Arc};

use reqwest::Method;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{failure::Failure, forms::ProcedureForm, signed_in::SignedIn, visit::Visit};

/// What the API tells everybody of the one with this code in `collection`, with its code as it is written: another than the one that it was
/// looked for by, where it was renumbered.
///
/// # Errors
/// 404 when the text is no such code, or there is none of it.
pub(crate) async fn published<C>(visit: &Visit, collection: &str, code: &str) -> Result<(C, Arc<Value>), Failure>
where
    C: FromStr + Display,
{
    let code: C = code.parse().map_err(|_| Failure::NotFound)?;
    let record = visit.published(&format!("/api/v1/{collection}/{code}")).await?;
    let own = record["code"].as_str().and_then(|own| own.parse().ok());
    Ok((own.unwrap_or(code), record))
}

/// A dossier as the API gives it to who is signed in.
pub(crate) struct DossierRecord {
    pub id: Uuid,
    pub dossier: Value,
    /// Its version.
    pub etag: String,
    /// In the version that the dossier is pinned to.
    pub procedure: Arc<Value>,
    pub form: ProcedureForm,
}

impl DossierRecord {
    /// The dossier with this id.
    ///
    /// # Errors
    /// 404 when there is none that the visitor may see.
    pub async fn load(visit: &SignedIn, id: &str) -> Result<Self, Failure> {
        let id: Uuid = id.parse().map_err(|_| Failure::NotFound)?;
        let api = visit.api();
        let answer = api.call(Method::GET, &format!("/api/v1/dossiers/{id}")).send().await?;
        let pinned = &answer.json["procedure"];
        let code = pinned["code"].as_str().ok_or(Failure::Unavailable)?;
        let version = pinned["version"].as_i64().ok_or(Failure::Unavailable)?;
        let procedure = visit.published(&format!("/api/v1/procedures/{code}/versions/{version}")).await?;
        let form = ProcedureForm::of(&procedure, visit.language);
        Ok(Self { id, dossier: answer.json, etag: answer.etag.unwrap_or_default(), procedure, form })
    }

    /// The draft with this id; once it is filed, its pages lead to the dossier's.
    ///
    /// # Errors
    /// As [`DossierRecord::load`].
    pub async fn draft(visit: &SignedIn, id: &str) -> Result<Self, Failure> {
        let record = Self::load(visit, id).await?;
        if record.is_draft() { Ok(record) } else { Err(Failure::Elsewhere(record.address(""))) }
    }

    /// Whether it was not filed yet.
    pub fn is_draft(&self) -> bool {
        self.dossier["status"] == "DRAFT"
    }

    /// The answers given so far.
    pub fn answers(&self) -> Map<String, Value> {
        self.dossier["answers"].as_object().cloned().unwrap_or_default()
    }

    /// The address of the dossier's page, or of one below it.
    pub fn address(&self, below: &str) -> String {
        format!("/dossiers/{}{below}", self.id)
    }

    /// The address of the dossier's page for officials, or of one below it.
    pub fn work_address(&self, below: &str) -> String {
        format!("/work/dossiers/{}{below}", self.id)
    }

    /// The code of the agency where it is filed.
    pub fn agency(&self) -> &str {
        self.dossier["agency"]["code"].as_str().unwrap_or_default()
    }

    /// Whether the visitor may do `action` now, as far as the API can say beforehand.
    pub fn allows(&self, action: &str) -> bool {
        let mut actions = self.dossier["actions"].as_array().into_iter().flatten();
        actions.any(|it| it["action"] == action && it["allowed"] == true)
    }

    /// The forms that can be printed of it, by number and name; none where they cannot be told.
    pub async fn forms(&self, visit: &SignedIn) -> Value {
        let forms = visit.api().get(&format!("/api/v1/dossiers/{}/forms", self.id)).await;
        forms.map_or(Value::Null, |forms| forms["items"].clone())
    }

    /// The steps it has gone, the oldest first.
    pub fn history(&self) -> &[Value] {
        self.dossier["history"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the procedure asks for papers at all.
    pub fn asks_papers(&self) -> bool {
        self.procedure["components"].as_array().is_some_and(|all| !all.is_empty())
    }

    /// The papers that must be there and are not, by code.
    pub fn missing_papers(&self) -> Vec<&Value> {
        let documents = self.dossier["documents"].as_array().into_iter().flatten();
        let has = |code: &Value| documents.clone().any(|document| document["component"] == *code);
        let components = self.procedure["components"].as_array().into_iter().flatten();
        components.filter(|component| component["required"] == true && !has(&component["code"])).collect()
    }

    /// The request for papers that is open.
    pub fn open_supplement(&self) -> Option<&Value> {
        let mut requests = self.dossier["requests"].as_array()?.iter();
        requests.find(|request| request["kind"] == "SUPPLEMENT" && request["state"] == "OPEN")
    }

    /// The papers that a request asks for, each with what was uploaded for it.
    pub fn asked_papers<'r>(&'r self, request: &'r Value) -> Vec<(&'r Value, Vec<&'r Value>)> {
        let documents = || self.dossier["documents"].as_array().into_iter().flatten();
        let asked = request["papers"].as_array().into_iter().flatten().map(|paper| {
            let answers =
                |document: &&Value| paper["documents"].as_array().is_some_and(|ids| ids.contains(&document["id"]));
            (paper, documents().filter(answers).collect())
        });
        asked.collect()
    }

    /// The dossier without its answers, which are shown by the form.
    pub fn shown(&self) -> Value {
        let mut dossier = self.dossier.clone();
        if let Some(members) = dossier.as_object_mut() {
            members.remove("answers");
        }
        dossier
    }

    /// The answers, as people read them.
    pub fn sections(&self) -> Vec<Value> {
        let answers = &self.dossier["answers"];
        self.form.pages().iter().map(|page| json!({"title": page.title, "rows": page.rows(answers)})).collect()
    }

    /// The papers with the names of what they are.
    pub fn documents(&self) -> Vec<Value> {
        let components = self.procedure["components"].as_array().into_iter().flatten();
        let name = |code: &Value| components.clone().find(|it| it["code"] == *code).map(|it| it["name"].clone());
        let documents = self.dossier["documents"].as_array().into_iter().flatten();
        documents.map(|it| json!({"document": it, "component": name(&it["component"])})).collect()
    }
}
