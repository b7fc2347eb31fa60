//! An action on a dossier: a page that asks for what it needs, and the way back that says what was done.
//!
//! An action is an entry of a table. Its words are the messages `action-NAME` (what it is called), `action-NAME-text` (what comes
//! of it), `action-NAME-FIELD` and `action-NAME-FIELD-hint` for each field, and `done-NAME`.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use serde::Serialize;
use serde_json::{Map, Value, json};

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

/// An action of officials.
#[derive(Debug)]
pub(crate) struct ActionForm {
    /// The API's name of it.
    pub name: &'static str,
    /// Where it stands below the dossier: its page here, its operation in the API.
    pub path: &'static str,
    /// What is shown of the dossier before it is asked.
    pub shows: &'static [Part],
    /// What is asked for.
    pub fields: &'static [ActionField],
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

/// What an action asks for.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ActionField {
    /// Lines of text.
    Text { name: &'static str, required: bool, max_length: u32 },
    /// A file, which is the body of the operation; texts beside it are its parameters.
    File { name: &'static str, accept: &'static str },
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
        let mut form = Form::of(&sent.fields);
        for name in self.missing(&sent) {
            form.fault(
                name,
                &official.say(if self.file() == Some(name) { "document-choose" } else { "field-required" }),
            );
        }
        if form.has_faults() {
            return official.page_again(TEMPLATE, self.content(official, &record, &form));
        }
        let texts = self.texts(&sent.fields);
        let Err(failure) = self.perform(official, &record, sent).await else {
            return Ok(official.go(&record.work_address(&format!("?done={}", self.name))));
        };
        match failure.refused_with(&BESIDE_FIELDS) {
            Ok(problem) => {
                match self.file() {
                    Some(name) => {
                        form.fault(name, problem.errors.first().map_or(&problem.title, |error| &error.detail));
                    }
                    None => form = form.refused(&problem),
                }
                official.page_again(TEMPLATE, self.content(official, &record, &form))
            }
            Err(other) => moved_on::show(official, id, other, &kept(&texts)).await,
        }
    }

    /// The form's fields; the extractors let nothing through that does not bear this browser's seal.
    async fn receive(&self, request: &HttpRequest, body: &mut Payload) -> Result<Sent, Failure> {
        if self.file().is_none() {
            return Ok(Sent { fields: Posted::from_request(request, body).await?, file: None });
        }
        let upload = Upload::from_request(request, body).await?;
        Ok(Sent { fields: upload.fields, file: upload.file })
    }

    async fn perform(&self, official: &SignedIn, record: &DossierRecord, sent: Sent) -> Result<(), Failure> {
        let path = format!("/api/v1/dossiers/{}/{}", record.id, self.path);
        let (key, texts) = (sent.fields.get("key"), self.texts(&sent.fields));
        match sent.file {
            None => {
                let body: Map<String, Value> =
                    texts.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
                official.api().post(&path, Some(key), &Value::Object(body)).await.map(drop)
            }
            Some(file) => {
                let query = Query::default().with("file_name", Some(&file.name));
                let query = texts.iter().fold(query, |query, (name, text)| query.with(name, Some(text)));
                let media_type = file.media_type();
                official.api().send_file(&query.after(&path), key, &media_type, file.bytes).await.map(drop)
            }
        }
    }

    /// The name of its file, when it asks for one.
    fn file(&self) -> Option<&'static str> {
        self.fields.iter().find_map(|field| match field {
            ActionField::File { name, .. } => Some(*name),
            ActionField::Text { .. } => None,
        })
    }

    /// What was typed; what was left empty is left out.
    fn texts(&self, fields: &Posted) -> Vec<(&'static str, String)> {
        let text = |field: &ActionField| match field {
            ActionField::Text { name, .. } => Some((*name, fields.get(name).replace("\r\n", "\n"))),
            ActionField::File { .. } => None,
        };
        self.fields.iter().filter_map(text).filter(|(_, text)| !text.is_empty()).collect()
    }

    /// What must be given and was not.
    fn missing(&self, sent: &Sent) -> Vec<&'static str> {
        let lacks = |field: &ActionField| match field {
            ActionField::Text { name, required, .. } => {
                (*required && sent.fields.get(name).is_empty()).then_some(*name)
            }
            ActionField::File { name, .. } => sent.file.is_none().then_some(*name),
        };
        self.fields.iter().filter_map(lacks).collect()
    }

    fn content(&self, official: &SignedIn, record: &DossierRecord, form: &Form) -> Value {
        json!({
            "action": {"name": self.name, "shows": self.shows, "fields": self.fields, "multipart": self.file().is_some()},
            "dossier": record.shown(),
            "missing": record.missing_papers().iter().map(|paper| &paper["name"]).collect::<Vec<_>>(),
            "here": record.work_address(&format!("/{}", self.path)),
            "dossier_href": record.work_address(""),
            "key": official.new_key(),
            "form": form,
        })
    }
}

/// What was typed, for who came too late to copy it.
fn kept(texts: &[(&'static str, String)]) -> String {
    let texts: Vec<_> = texts.iter().map(|(_, text)| text.as_str()).collect();
    texts.join("\n\n")
}
