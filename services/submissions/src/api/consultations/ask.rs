//! `POST /api/v1/dossiers/{id}/consultations`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::dossiers::DossierView,
    app::App,
    changes::{
        consult::{AskedOpinion, consult},
        duties::Consults,
    },
    domain::actions::consult::{QUESTION, Shown},
    error,
};

/// What another agency is asked.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = ConsultationQuestion)]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    /// Which agency.
    agency: AgencyCode,
    /// What, 10 to 2000 characters, counted as composed.
    #[schema(max_length = 8000)]
    question: String,
    /// What it sees of the dossier.
    shows: Shown,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::CONSULTED_ALREADY,
    error::TOO_MANY_CONSULTATIONS,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Ask another agency
///
/// Asks another agency or commune for its opinion on a dossier that is worked on. Several may be asked at once; neither the dossier nor its
/// time waits for the answers, only its completion does. When the time for the answer is over, that agency is reminded.
#[utoipa::path(
    operation_id = "consult_agency",
    tag = "consultations",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = NewQuestion, example = json!({
        "agency": "H44.101", "question": "Đề nghị xác minh nơi cư trú trước đây của người nộp.", "shows": "QUESTION",
    })),
    responses((status = 200, description = "It is asked", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/consultations")]
pub async fn consult_agency(
    app: web::Data<App>,
    official: Official<Consults>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<NewQuestion>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, NewQuestion { agency, question, shows }| {
            let question = error::required_text(&QUESTION, Some(&question))?;
            let asked = AskedOpinion { asked_of: agency, question, shows };
            let dossier = consult(&app, conn, *id, &official, version.as_ref(), asked).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
