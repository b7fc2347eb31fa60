//! `POST /api/v1/dossiers/{id}/extension`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Extends, extend::extend},
    domain::actions::{
        extend::{Extension, REASON},
        request_supplement::OVERRIDE_REASON,
    },
    error,
};

/// For how long a due date is put off, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierExtension)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRequest {
    /// Working days from the day on which the result is due; no longer than the procedure's time limit.
    #[schema(minimum = 1, maximum = 365)]
    working_days: u16,
    /// Why it takes longer, which the applicant reads with the apology: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    reason: String,
    /// Why the date is put off once more: 10 to 1000 characters, for officials.
    #[schema(max_length = 4000)]
    override_reason: Option<String>,
}

edge::failures![
    kinds::FORBIDDEN,
    error::DOSSIER_NOT_FOUND,
    error::OWN_DOSSIER,
    error::STATUS,
    error::OVERDUE_ALREADY,
    error::EXTENDED_BEFORE,
    error::EXTENSION_TOO_LONG,
    error::OTHER_STAGE,
    error::HELD,
    error::ROLE_MISSING,
    error::FOUR_EYES,
];

/// Apologise and take more time
///
/// Puts the due date off by working days, before it is over, with an apology and a reason that the applicant reads. Once, and for no
/// longer than the procedure's time limit; again only for a reason that is kept. The dates before and after are kept.
#[utoipa::path(
    operation_id = "extend_dossier",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = ExtensionRequest, example = json!({
        "working_days": 1, "reason": "Phải xác minh thêm tại nơi cư trú trước đây.",
    })),
    responses((status = 200, description = "It is put off", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/extension")]
pub async fn extend_dossier(
    app: web::Data<App>,
    official: Official<Extends>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<ExtensionRequest>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, request| {
            let dossier = extend(&app, conn, *id, &official, version.as_ref(), read(request)?).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}

fn read(request: ExtensionRequest) -> Result<Extension, Problem> {
    let ExtensionRequest { working_days, reason, override_reason } = request;
    Ok(Extension {
        working_days,
        reason: error::required_text(&REASON, Some(&reason))?,
        override_reason: error::read_text(&OVERRIDE_REASON, override_reason.as_deref())?,
    })
}
