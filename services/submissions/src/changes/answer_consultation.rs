//! An official of an agency that is asked for its opinion answers, and adds documents before that.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use super::{Cause, announce, duties::AnswersConsultations, found_to_handle, record};
use crate::{
    app::App,
    domain::{actions::answer_consultation::Answer, dossier::Dossier},
    store::{
        dossiers::{self, Reader},
        history::Remarks,
        request_files::{self, RequestFile},
    },
};

/// What an official of an agency that is asked sees: the dossier by this question.
pub fn asked(official: &Official<AnswersConsultations>, number: i32) -> Reader {
    Reader::Consulted(official.agencies(), number)
}

/// Answers the question `number` about the dossier `id`; gives it as it is then.
pub async fn answer_consultation(
    app: &App,
    conn: &mut AsyncPgConnection,
    (id, number): (Uuid, i32),
    official: &Official<AnswersConsultations>,
    version: Option<&IfMatch>,
    answer: Answer,
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &asked(official, number), version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = dossier.answer_consultation(&pinned.procedure, number, answer, by, now)?;
    let (actor, action) = (Some(&official.caller), "dossier.consultation_answered");
    record(app, conn, &dossier, &change, Cause { actor, action, remarks: Remarks::default() }).await?;
    Ok(change.dossier)
}

/// Names an uploaded document in a row of the question that it answers; gives the dossier as it is then.
pub async fn add_opinion_document(
    app: &App,
    conn: &mut AsyncPgConnection,
    file: &RequestFile,
    official: &Official<AnswersConsultations>,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let dossier =
        found_to_handle(conn, file.dossier, &asked(official, file.request), version, &official.caller).await?;
    let there = request_files::of_dossier(conn, dossier.id).await?;
    let there = there.iter().filter(|other| other.request == file.request).count();
    dossier.may_take_opinion(file.request, there)?;
    request_files::insert(conn, file).await?;
    let dossier = dossier.changed();
    dossiers::save(conn, &dossier).await?;
    announce(app, conn, &dossier).await?;
    let entry = audit::AuditEntry {
        actor: Some(&official.caller),
        action: "consultation.document_added",
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: json!({"file": file.id, "sha256": hex::encode(&file.sha256), "version": dossier.version}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(dossier)
}
