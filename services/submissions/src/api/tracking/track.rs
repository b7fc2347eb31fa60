//! `POST /api/v1/tracking`

use actix_web::{post, web};
use civic::DossierCode;
use edge::{Json, Problem, Reply};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{holder::identify, view::TrackingView};
use crate::{app::App, error};

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

edge::failures![error::DOSSIER_NOT_FOUND];

/// Follow a dossier without signing in
///
/// Shows where a dossier stands to whoever has its code and its tracking secret, and, where its applicant has no account, what she can
/// do with them. A wrong code and a wrong secret are answered alike.
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
    let dossier = identify(&app, &code, &secret).await?;
    let mut conn = app.pool.get().await?;
    Ok(Reply::ok(&TrackingView::load(&app, &mut conn, dossier).await?))
}
