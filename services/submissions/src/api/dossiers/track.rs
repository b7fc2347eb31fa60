//! `POST /api/v1/tracking`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{DossierCode, LocalText};
use edge::{Json, Problem, Reply, SecurityEvent, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::StatusView,
    app::App,
    domain::{dossier::Dossier, tracking::SecretHash},
    error,
    store::{agencies, dossiers, history},
};

/// What the receipt says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrackingQuestion {
    /// The dossier's code.
    code: DossierCode,
    /// The tracking secret.
    #[schema(min_length = 1, max_length = 100)]
    secret: String,
}

/// Where a dossier stands. Nothing in it tells whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingView {
    /// The dossier's code.
    code: DossierCode,
    /// The procedure.
    procedure_name: LocalText,
    /// The agency's code.
    #[schema(example = "H44.100")]
    agency: String,
    /// The agency.
    agency_name: LocalText,
    /// Where it stands.
    status: StatusView,
    /// When it was filed.
    submitted_at: DateTime<Utc>,
    /// When it was received.
    received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: DateTime<Utc>,
    /// When its result was ready.
    completed_at: Option<DateTime<Utc>>,
    /// How it came there.
    history: Vec<TrackingStep>,
}

/// A status that a dossier had.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackingStep {
    /// Since when.
    at: DateTime<Utc>,
    /// The status.
    status: StatusView,
}

edge::failures![error::DOSSIER_NOT_FOUND];

/// Follow a dossier without signing in
///
/// Shows where a dossier stands to whoever has its code and its tracking secret. A wrong code and a wrong secret are
/// answered alike.
#[utoipa::path(
    operation_id = "track_dossier",
    tag = "dossiers",
    extensions(("x-guessable" = json!(true))),
    request_body(content = TrackingQuestion, example = json!({"code": "H44.100-260721-0001", "secret": "0123456789abcdef0123"})),
    responses((status = 200, description = "Where it stands", body = TrackingView), Failures)
)]
#[post("/api/v1/tracking")]
pub async fn track_dossier(app: web::Data<App>, question: Json<TrackingQuestion>) -> Result<Reply, Problem> {
    let Json(TrackingQuestion { code, secret }) = question;
    let asked = SecretHash::of(&secret);
    let mut conn = app.pool.get().await?;
    let found = dossiers::find_tracked(&mut conn, code.as_str()).await?;
    let (dossier, stored) = found.ok_or_else(|| refused(None))?;
    if !asked.matches(&stored) {
        return Err(refused(Some(dossier.id)));
    }
    let Dossier { agency, filed: Some(filed), .. } = &dossier else {
        return Err(error::DOSSIER_NOT_FOUND.into());
    };
    let pinned = app.procedure(&mut conn, dossier.procedure_version).await?;
    let agency_name = agencies::name(&mut conn, agency).await?.ok_or(error::AGENCY_NOT_FOUND)?;
    let history = history::of_dossier(&mut conn, dossier.id).await?;
    let view = TrackingView {
        code: filed.code.clone(),
        procedure_name: pinned.procedure.name.clone(),
        agency: agency.to_string(),
        agency_name,
        status: dossier.status.into(),
        submitted_at: filed.submitted_at,
        received_at: dossier.received_at,
        due_at: filed.due_at,
        completed_at: dossier.completed_at,
        history: history.into_iter().map(step).collect::<Result<_, _>>()?,
    };
    Ok(Reply::ok(&view))
}

/// Answered alike whether there is such a dossier; what was tried is kept.
fn refused(dossier: Option<Uuid>) -> Problem {
    let about = dossier.map(|id| Subject { kind: "dossier", id: id.to_string() });
    Problem::from(error::DOSSIER_NOT_FOUND).refused_as(SecurityEvent::TrackingRefused, about)
}

fn step(entry: history::Entry) -> anyhow::Result<TrackingStep> {
    Ok(TrackingStep { at: entry.at, status: StatusView::from(entry.to_status.parse::<civic::DossierStatus>()?) })
}
