//! How a question is shown to the agency that is asked: with as much of the dossier as it shows.

use chrono::{DateTime, Utc};
use civic::DossierCode;
use diesel_async::AsyncPgConnection;
use edge::{Problem, Reply};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::{
        documents::DocumentView,
        dossiers::RequestFileView,
        references::{AgencyReference, ProcedureReference},
    },
    app::App,
    domain::{dossier::Dossier, request::RequestState},
    error,
    store::{agencies, documents, request_files},
};

/// What an agency is asked about a dossier of another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consultation)]
pub struct ConsultationView {
    dossier_id: Uuid,
    /// Its number among the requests about the dossier.
    #[schema(minimum = 1)]
    number: i32,
    /// The dossier's code.
    code: DossierCode,
    procedure: ProcedureReference,
    /// Who asks.
    agency: AgencyReference,
    state: RequestState,
    question: String,
    asked_at: DateTime<Utc>,
    /// Until when the answer is waited for.
    answer_by: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    answer: Option<String>,
    /// Whether the answer is that no opinion is given.
    declined: bool,
    /// What came with the answer.
    files: Vec<RequestFileView>,
    /// Whether the question shows applicant, answers and papers while it is open.
    shows_papers: bool,
    /// Whose dossier it is, where that is shown.
    applicant_name: Option<String>,
    /// The answers to the procedure's form, where they are shown.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    answers: Option<Box<RawValue>>,
    /// The papers, where they are shown.
    documents: Vec<DocumentView>,
}

impl ConsultationView {
    /// The question `number` about a dossier with the dossier's version, as the agency that is asked sees it.
    pub async fn reply(
        app: &App,
        conn: &mut AsyncPgConnection,
        dossier: Dossier,
        number: i32,
    ) -> Result<Reply, Problem> {
        let version = dossier.version;
        Ok(Reply::ok(&Self::load(app, conn, dossier, number).await?).version(version))
    }

    async fn load(app: &App, conn: &mut AsyncPgConnection, dossier: Dossier, number: i32) -> Result<Self, Problem> {
        let pinned = app.procedure(conn, dossier.procedure_version).await?;
        let name = agencies::name(conn, &dossier.agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
        let files = request_files::of_dossier(conn, dossier.id).await?;
        let shows = dossier.shows_papers(number);
        let documents = if shows { documents::of_dossier(conn, dossier.id).await? } else { Vec::new() };
        let request = dossier.consultation(number).cloned().ok_or(error::DOSSIER_NOT_FOUND)?;
        let code = dossier.filed.ok_or(error::DOSSIER_NOT_FOUND)?.code;
        let answers = shows.then(|| RawValue::from_string(dossier.answers)).transpose();
        Ok(Self {
            dossier_id: dossier.id,
            number,
            code,
            procedure: ProcedureReference {
                code: pinned.procedure.code.to_string(),
                version: pinned.version,
                name: pinned.procedure.name.clone(),
            },
            agency: AgencyReference { code: dossier.agency.to_string(), name },
            state: request.state,
            question: request.text,
            asked_at: request.asked_at,
            answer_by: request.answer_by,
            answered_at: request.answered_at,
            answer: request.answer,
            declined: request.declined,
            files: files.iter().filter(|file| file.request == number).map(RequestFileView::from).collect(),
            shows_papers: request.shows_papers,
            applicant_name: shows.then_some(dossier.applicant_name),
            answers: answers.map_err(anyhow::Error::from)?,
            documents: documents.into_iter().map(DocumentView::from).collect(),
        })
    }
}
