//! `POST /api/v1/dossiers/{id}/apology`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{apologise::apologise, duties::Apologises},
    domain::actions::apologise::{Apology, WORDS},
    error,
};

/// An apology, in the official's own words.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierApology)]
#[serde(deny_unknown_fields)]
pub struct ApologyRequest {
    /// The words, which the applicant reads: what happened to this dossier, 30 to 2000 characters, counted as composed.
    #[schema(max_length = 8000)]
    words: String,
    /// Working days from today until the result is promised.
    #[schema(minimum = 1, maximum = 365)]
    working_days: u16,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::NOT_LATE,
    error::APOLOGISED_BEFORE,
];

/// Apologise for a late dossier
///
/// Sends a written apology after the due date, in words that are chosen for this dossier, with a day by which the result is promised. The
/// applicant is told at once. The due date stays what it was; once the promised day is over too, another apology is owed.
#[utoipa::path(
    operation_id = "apologise_for_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = ApologyRequest, example = json!({
        "words": "Cán bộ thụ lý nghỉ ốm đột xuất và hồ sơ của ông chưa được bàn giao kịp. Chúng tôi xin lỗi ông.",
        "working_days": 2,
    })),
    responses((status = 200, description = "The apology is sent", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/apology")]
pub async fn apologise_for_dossier(
    app: web::Data<App>,
    official: Official<Apologises>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<ApologyRequest>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, ApologyRequest { words, working_days }| {
            let apology = Apology { words: error::required_text(&WORDS, Some(&words))?, working_days };
            let dossier = apologise(&app, conn, *id, &official, version.as_ref(), apology).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}
