//! An action on a dossier: a page that asks for what it needs, and the way back that says what was done.
//!
//! An action is an entry of a table; which texts are written with it, the API says (`actions`). Its words are the messages
//! `action-NAME` (what it is called), `action-NAME-text` (what comes of it), `action-NAME-FIELD` and `action-NAME-FIELD-hint` for each
//! text, number, code and the file, `action-NAME-paper-FIELD` for each text of a paper, `action-NAME-FIELD-WORD` for each word of a choice that has no label, and `done-NAME`.
//!
//! The form carries the version of the dossier that it was shown with: who sends it after somebody else has changed the dossier is told
//! what changed, and keeps what was typed.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use reqwest::Method;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    DossierRecord, Side,
    asked_papers::{AskedPapers, ChoiceField, TextField},
    charge_lines::{ChargeLines, LINES},
    moved_on, phrases,
    rows::Rows,
};
use crate::{
    failure::{Failure, FieldError},
    form::Form,
    posted::Posted,
    query::Query,
    signed_in::SignedIn,
    upload::{SentFile, Upload},
};

const TEMPLATE: &str = "work/action.html";
/// What the API refuses because of what was asked for, and the form is shown again; or because the dossier is another by now. Of a
/// dossier that is as it was shown, 409 says what is missing.
const ANSWERED: [u16; 6] = [400, 409, 412, 413, 415, 422];

/// The field of an action's file; the words of `action-NAME-file` are its.
const FILE: &str = "file";

/// An action of officials, or of the applicant.
#[derive(Debug)]
pub(crate) struct ActionForm {
    /// Whose it is.
    pub side: Side,
    /// The API's name of it.
    pub name: &'static str,
    /// Where it stands below the dossier: its page here, its operation in the API.
    pub path: &'static str,
    /// What is shown of the dossier before it is asked.
    pub shows: &'static [Part],
    /// The endings of the file that it asks for, which is then the body of its operation, and the texts are its parameters.
    pub file: Option<&'static str>,
    /// The whole numbers that are written with it.
    pub numbers: &'static [&'static str],
    /// The codes that are written with it, such as an agency's.
    pub codes: &'static [&'static str],
    /// Whether it charges, line by line.
    pub charges: bool,
    /// What stands in the form before anything is typed, by the dossier as the API gives it.
    pub begins: fn(&Value) -> Vec<(String, String)>,
    /// Whether it takes the place of what was there: a PUT, which needs no key.
    pub replaces: bool,
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
    /// The draft of the result that waits to be confirmed.
    Draft,
    /// The results there are.
    Results,
    /// How the result is wanted, and where.
    ReturnWay,
}

/// What came with the form.
struct Sent {
    fields: Posted,
    file: Option<SentFile>,
}

impl ActionForm {
    /// One that asks for texts alone, and begins with nothing.
    pub const fn new(side: Side, name: &'static str, path: &'static str, shows: &'static [Part]) -> Self {
        Self {
            side,
            name,
            path,
            shows,
            file: None,
            numbers: &[],
            codes: &[],
            charges: false,
            begins: |_| Vec::new(),
            replaces: false,
        }
    }

    /// Shows the form; when the action is not possible, the dossier, which says why.
    ///
    /// # Errors
    /// As [`DossierRecord::load`].
    pub async fn show(&self, visit: &SignedIn, id: &str) -> Result<HttpResponse, Failure> {
        let record = DossierRecord::load(visit, id).await?;
        if !record.allows(self.name) {
            return Err(Failure::Elsewhere(self.side.address(&record, "")));
        }
        visit.page(TEMPLATE, self.content(visit, &record, &Form::with((self.begins)(&record.dossier))).await)
    }

    /// Does it, and goes back to the dossier.
    ///
    /// # Errors
    /// What was not sent by a form of ours; as [`DossierRecord::load`]; what the API refuses for another reason than the fields.
    pub async fn send(
        &self,
        visit: &SignedIn,
        id: &str,
        request: &HttpRequest,
        mut body: Payload,
    ) -> Result<HttpResponse, Failure> {
        let sent = self.receive(request, &mut body).await?;
        let record = DossierRecord::load(visit, id).await?;
        let mut form = Form::of(&sent.fields);
        let sent = Sent { fields: phrases::before_typed(&sent.fields), ..sent };
        let (choices, texts) = (self.choices(&record), self.texts(&record, "texts"));
        let papers = AskedPapers::read(&record, &self.texts(&record, "paper_texts"), &sent.fields);
        let rows = Rows { papers, lines: ChargeLines::read(self.charges, &sent.fields) };
        for text in texts.iter().filter(|text| text.required && sent.fields.get(&text.name).is_empty()) {
            form.fault(&text.name, &visit.say("field-required"));
        }
        for choice in choices.iter().filter(|choice| choice.required && sent.fields.get(&choice.name).is_empty()) {
            form.fault(&choice.name, &visit.say("field-required"));
        }
        for number in self.numbers.iter().filter(|name| whole(sent.fields.get(name)).is_none()) {
            form.fault(number, &visit.say("number-malformed"));
        }
        for code in self.codes.iter().filter(|name| sent.fields.get(name).is_empty()) {
            form.fault(code, &visit.say("field-required"));
        }
        rows.faults(visit, &mut form);
        if self.file.is_some() {
            match &sent.file {
                None => form.fault(FILE, &visit.say("document-choose")),
                Some(file) if file.too_large => form.fault(FILE, &visit.say("failure-413-text")),
                Some(_) => {}
            }
        }
        if form.has_faults() {
            return visit.page_again(TEMPLATE, self.content(visit, &record, &form).await);
        }
        let chosen = choices.iter().map(|choice| (choice.name.clone(), sent.fields.get(&choice.name).to_owned()));
        let chosen = chosen.filter(|(_, word)| !word.is_empty());
        let numbers =
            self.numbers.iter().chain(self.codes).map(|name| ((*name).to_owned(), sent.fields.get(name).to_owned()));
        let written: Vec<_> = written(&texts, &sent.fields).into_iter().chain(chosen).chain(numbers).collect();
        match self.perform(visit, &record, &written, &rows, sent).await {
            Ok(()) => Ok(visit.go(&self.side.address(&record, &format!("?done={}", self.name)))),
            Err(failure) => self.refused(visit, &record, &written, &rows, form, failure).await,
        }
    }

    /// The form again, or how the dossier stands now, when that is why.
    async fn refused(
        &self,
        visit: &SignedIn,
        record: &DossierRecord,
        written: &[(String, String)],
        rows: &Rows,
        mut form: Form,
        failure: Failure,
    ) -> Result<HttpResponse, Failure> {
        let problem = failure.refused_with(&ANSWERED)?;
        if self.replaces && problem.status == 412 && self.is_done(visit, record, written).await? {
            return Ok(visit.go(&self.side.address(record, &format!("?done={}", self.name))));
        }
        let is_current = problem.status == 409 && !form.value("version").is_empty() && problem.code != "in-progress";
        if [409, 412].contains(&problem.status) && !is_current {
            let choices = self.choices(record);
            let said = |(name, text): &(String, String)| match choices.iter().find(|choice| choice.name == *name) {
                Some(choice) => choice.said(visit, self.name, text),
                None => text.clone(),
            };
            let kept: Vec<_> = rows.typed().chain(written.iter().map(said)).collect();
            let seen = form.value("seen").parse().unwrap_or_default();
            let late = moved_on::Late { side: self.side, kept: kept.join("\n\n"), seen };
            return moved_on::show(visit, record, &problem, late).await;
        }
        if self.file.is_some() {
            let wrong = problem.errors.first();
            let of_text = wrong.map(FieldError::field).filter(|field| written.iter().any(|(name, _)| name == field));
            form.fault(of_text.unwrap_or(FILE), wrong.map_or(&problem.title, |error| &error.detail));
        } else {
            form = form.refused(&rows.named(problem));
        }
        visit.page_again(TEMPLATE, self.content(visit, record, &form).await)
    }

    /// Whether what was written stands already, as after a double click: what replaces has no key to know that by.
    async fn is_done(
        &self,
        visit: &SignedIn,
        before: &DossierRecord,
        written: &[(String, String)],
    ) -> Result<bool, Failure> {
        let now = DossierRecord::load(visit, &before.id.to_string()).await?;
        let stands = (self.begins)(&now.dossier);
        let is_known = |(name, text): &(String, String)| {
            stands.iter().any(|(known, value)| known == name && same_text(value, text))
        };
        Ok(written.len() == stands.len() && written.iter().all(is_known))
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
        visit: &SignedIn,
        record: &DossierRecord,
        written: &[(String, String)],
        rows: &Rows,
        sent: Sent,
    ) -> Result<(), Failure> {
        let path = format!("/api/v1/dossiers/{}/{}", record.id, self.path);
        let key = sent.fields.get("key");
        let version = sent.fields.version();
        let Some(file) = sent.file else {
            let value = |name: &str, text: &str| match self.numbers.contains(&name) {
                true => json!(whole(text)),
                false => json!(text),
            };
            let mut body: serde_json::Map<_, _> =
                written.iter().map(|(name, text)| (name.clone(), value(name, text))).collect();
            body.extend(rows.body());
            let method = if self.replaces { Method::PUT } else { Method::POST };
            let call = visit.api().call(method, &path).made_from(version).header("idempotency-key", key);
            return call.json(&Value::Object(body)).send().await.map(drop);
        };
        let query = Query::default().with("file_name", Some(&file.name));
        let query = written.iter().fold(query, |query, (name, text)| query.with(name, Some(text)));
        let media_type = file.media_type();
        let call = visit.api().call(Method::POST, &query.after(&path)).made_from(version);
        call.send_file(key, &media_type, file.bytes).await.map(drop)
    }

    /// The texts that the API takes with it: `texts`, or `paper_texts` for each paper.
    fn texts(&self, record: &DossierRecord, kind: &str) -> Vec<TextField> {
        let mut all = record.dossier["actions"].as_array().into_iter().flatten();
        let texts = all.find(|it| it["action"] == self.name).map(|it| it[kind].clone());
        texts.and_then(|texts| serde_json::from_value(texts).ok()).unwrap_or_default()
    }

    /// What the API lets choose with it.
    fn choices(&self, record: &DossierRecord) -> Vec<ChoiceField> {
        let mut all = record.dossier["actions"].as_array().into_iter().flatten();
        let choices = all.find(|it| it["action"] == self.name).map(|it| it["choices"].clone());
        choices.and_then(|choices| serde_json::from_value(choices).ok()).unwrap_or_default()
    }

    async fn content(&self, visit: &SignedIn, record: &DossierRecord, form: &Form) -> Value {
        let (texts, paper_texts) = (self.texts(record, "texts"), self.texts(record, "paper_texts"));
        json!({
            "action": {
                "name": self.name, "shows": self.shows, "texts": texts, "choices": self.choices(record),
                "paper_texts": paper_texts, "file": self.file, "numbers": self.numbers, "codes": self.codes,
                "lines": if self.charges { LINES } else { 0 },
            },
            "dossier": record.shown(),
            "missing": record.missing_papers().iter().map(|paper| &paper["name"]).collect::<Vec<_>>(),
            "papers": record.procedure["components"],
            "here": self.side.address(record, &format!("/{}", self.path)),
            "dossier_href": self.side.address(record, ""),
            "key": visit.new_key(),
            "version": form.kept("version", &record.etag),
            "seen": form.kept("seen", &record.history().len().to_string()),
            "phrases": phrases::offered(visit, self.name, record).await,
            "phrased_text": phrases::TEXT,
            "form": form,
        })
    }
}

/// Whether the API would keep both as the same: phones are written in many ways.
pub(crate) fn same_text(known: &str, typed: &str) -> bool {
    let phone = |text: &str| text.parse::<civic::Phone>().ok();
    known == typed || phone(known).is_some_and(|known| phone(typed) == Some(known))
}

/// A whole number as it was typed.
fn whole(typed: &str) -> Option<u16> {
    typed.parse().ok()
}

/// What was written; what was left empty is left out.
fn written(texts: &[TextField], fields: &Posted) -> Vec<(String, String)> {
    let text = |text: &TextField| (text.name.clone(), fields.get(&text.name).replace("\r\n", "\n"));
    texts.iter().map(text).filter(|(_, text)| !text.is_empty()).collect()
}
