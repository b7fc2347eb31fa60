//! An action on a dossier: a page that asks for what it needs, and the way back that says what was done.
//!
//! An action is an entry of a table; which texts are written with it, the API says (`actions`). Its words are the messages
//! `action-NAME` (what it is called), `action-NAME-text` (what comes of it), `action-NAME-FIELD` and `action-NAME-FIELD-hint` for each
//! text and the file, and `done-NAME`.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{DossierRecord, moved_on};
use crate::{
    failure::Failure,
    form::Form,
    posted::Posted,
    query::Query,
    signed_in::SignedIn,
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "work/action.html";
/// What the API refuses because of what was asked for: the form is shown again. Other refusals are about the dossier.
const BESIDE_FIELDS: [u16; 4] = [400, 413, 415, 422];

/// The field of an action's file; the words of `action-NAME-file` are its.
const FILE: &str = "file";

/// An action of officials.
#[derive(Debug)]
pub(crate) struct ActionForm {
    /// The API's name of it.
    pub name: &'static str,
    /// Where it stands below the dossier: its page here, its operation in the API.
    pub path: &'static str,
    /// What is shown of the dossier before it is asked.
    pub shows: &'static [Part],
    /// The endings of the file that it asks for, which is then the body of its operation, and the texts are its parameters.
    pub file: Option<&'static str>,
}

/// A part of the dossier.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Part {
    /// What comes of the action.
    Text,
    /// Procedure and applicant in a line.
    Subject,
    /// Procedure, applicant, when it was filed, how many papers.
    Facts,
    /// A warning for each paper that must be there and is not.
    MissingPapers,
    /// The results there are.
    Results,
}

/// A text that is written with an action, as the API asks for it.
#[derive(Debug, Deserialize, Serialize)]
struct TextField {
    name: String,
    required: bool,
    max_length: u32,
}

/// What came with the form.
struct Sent {
    fields: Posted,
    file: Option<SentFile>,
}

impl ActionForm {
    /// Shows the form; when the action is not possible, the dossier, which says why.
    ///
    /// # Errors
    /// As [`DossierRecord::load`].
    pub async fn show(&self, official: &SignedIn, id: &str) -> Result<HttpResponse, Failure> {
        let record = DossierRecord::load(official, id).await?;
        if !record.allows(self.name) {
            return Err(Failure::Elsewhere(record.work_address("")));
        }
        official.page(TEMPLATE, self.content(official, &record, &Form::default()))
    }

    /// Does it, and goes back to the dossier.
    ///
    /// # Errors
    /// What was not sent by a form of ours; as [`DossierRecord::load`]; what the API refuses for another reason than the fields.
    pub async fn send(
        &self,
        official: &SignedIn,
        id: &str,
        request: &HttpRequest,
        mut body: Payload,
    ) -> Result<HttpResponse, Failure> {
        let sent = self.receive(request, &mut body).await?;
        let record = DossierRecord::load(official, id).await?;
        let texts = self.texts(&record);
        let mut form = Form::of(&sent.fields);
        for text in texts.iter().filter(|text| text.required && sent.fields.get(&text.name).is_empty()) {
            form.fault(&text.name, &official.say("field-required"));
        }
        if self.file.is_some() {
            match &sent.file {
                None => form.fault(FILE, &official.say("document-choose")),
                Some(file) if file.too_large => form.fault(FILE, &official.say("failure-413-text")),
                Some(_) => {}
            }
        }
        if form.has_faults() {
            return official.page_again(TEMPLATE, self.content(official, &record, &form));
        }
        let written = written(&texts, &sent.fields);
        match self.perform(official, &record, &written, sent).await {
            Ok(()) => Ok(official.go(&record.work_address(&format!("?done={}", self.name)))),
            Err(failure) => self.refused(official, &record, &written, form, failure).await,
        }
    }

    /// The form again, or how the dossier stands now, when that is why.
    async fn refused(
        &self,
        official: &SignedIn,
        record: &DossierRecord,
        written: &[(String, String)],
        mut form: Form,
        failure: Failure,
    ) -> Result<HttpResponse, Failure> {
        let problem = match failure.refused_with(&BESIDE_FIELDS) {
            Ok(problem) => problem,
            Err(other) => {
                let kept: Vec<_> = written.iter().map(|(_, text)| text.as_str()).collect();
                return moved_on::show(official, &record.id.to_string(), other, &kept.join("\n\n")).await;
            }
        };
        if self.file.is_some() {
            form.fault(FILE, problem.errors.first().map_or(&problem.title, |error| &error.detail));
        } else {
            form = form.refused(&problem);
        }
        official.page_again(TEMPLATE, self.content(official, record, &form))
    }

    /// The form's fields; the extractors let nothing through that does not bear this browser's seal.
    async fn receive(&self, request: &HttpRequest, body: &mut Payload) -> Result<Sent, Failure> {
        if self.file.is_none() {
            return Ok(Sent { fields: Posted::from_request(request, body).await?, file: None });
        }
        let upload = Upload::from_request(request, body).await?;
        Ok(Sent { fields: upload.fields, file: upload.file })
    }

    async fn perform(
        &self,
        official: &SignedIn,
        record: &DossierRecord,
        written: &[(String, String)],
        sent: Sent,
    ) -> Result<(), Failure> {
        let path = format!("/api/v1/dossiers/{}/{}", record.id, self.path);
        let key = sent.fields.get("key");
        let Some(file) = sent.file else {
            let body = written.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
            return official.api().post(&path, Some(key), &Value::Object(body)).await.map(drop);
        };
        let query = Query::default().with("file_name", Some(&file.name));
        let query = written.iter().fold(query, |query, (name, text)| query.with(name, Some(text)));
        let media_type = file.media_type();
        official.api().send_file(&query.after(&path), key, &media_type, file.bytes).await.map(drop)
    }

    /// The texts that the API takes with it.
    fn texts(&self, record: &DossierRecord) -> Vec<TextField> {
        let mut all = record.dossier["actions"].as_array().into_iter().flatten();
        let texts = all.find(|it| it["action"] == self.name).map(|it| it["texts"].clone());
        texts.and_then(|texts| serde_json::from_value(texts).ok()).unwrap_or_default()
    }

    fn content(&self, official: &SignedIn, record: &DossierRecord, form: &Form) -> Value {
        json!({
            "action": {"name": self.name, "shows": self.shows, "texts": self.texts(record), "file": self.file},
            "dossier": record.shown(),
            "missing": record.missing_papers().iter().map(|paper| &paper["name"]).collect::<Vec<_>>(),
            "here": record.work_address(&format!("/{}", self.path)),
            "dossier_href": record.work_address(""),
            "key": official.new_key(),
            "form": form,
        })
    }
}

/// What was written; what was left empty is left out.
fn written(texts: &[TextField], fields: &Posted) -> Vec<(String, String)> {
    let text = |text: &TextField| (text.name.clone(), fields.get(&text.name).replace("\r\n", "\n"));
    texts.iter().map(text).filter(|(_, text)| !text.is_empty()).collect()
}
