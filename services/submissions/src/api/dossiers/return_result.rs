//! `POST /api/v1/dossiers/{id}/return`

use actix_web::{post, web};
use edge::{Command, IdempotencyHeader, IfMatch, Official, OptionalIfMatchHeader, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::DossierView;
use crate::{
    app::App,
    changes::{duties::Returns, return_result::return_result},
    domain::actions::{
        complete::NOTE,
        return_result::{RETURNED_TO, Return, ReturnWay},
    },
    error,
};

/// How a result is handed over.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierReturn)]
#[serde(deny_unknown_fields)]
pub struct Handing {
    way: ReturnWay,
    /// Who signed for it at the counter, where it must be given, or the number of the parcel: at most 200 characters.
    #[schema(max_length = 800)]
    returned_to: Option<String>,
    /// A note for officials, at most 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    note: Option<String>,
}

edge::failures![kinds::FORBIDDEN, error::DOSSIER_NOT_FOUND, error::OWN_DOSSIER, error::STATUS];

/// Hand a result over
///
/// Notes that the result of a completed dossier was handed over: at the counter to whoever signed for it, by post, or as a document.
/// The dossier is at its end.
#[utoipa::path(
    operation_id = "return_result",
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "The dossier"), IdempotencyHeader, OptionalIfMatchHeader),
    request_body(content = Handing, example = json!({"way": "COUNTER", "returned_to": "Nguyễn Văn An"})),
    responses((status = 200, description = "It is handed over", body = DossierView, headers(
        ("ETag" = String, description = "Its version"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/dossiers/{id}/return")]
pub async fn return_dossier(
    app: web::Data<App>,
    official: Official<Returns>,
    id: web::Path<Uuid>,
    version: Option<IfMatch>,
    command: Command<Handing>,
) -> Result<Reply, Problem> {
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, Handing { way, returned_to, note }| {
            let note = error::read_text(&NOTE, note.as_deref())?;
            let handed = Return { way, to: read(way, returned_to.as_deref())? };
            let dossier = return_result(&app, conn, *id, &official, version.as_ref(), handed, note.as_deref()).await?;
            DossierView::reply(&app, conn, dossier, caller).await
        })
        .await
}

fn read(way: ReturnWay, to: Option<&str>) -> Result<Option<String>, Problem> {
    let to = error::read_text(&RETURNED_TO, to)?;
    if to.is_none() && way.is_signed_for() {
        let (vi, en) = ("Ghi họ tên người ký nhận.", "Write who signed for it.");
        return Err(error::invalid("/returned_to", "required", vi, en));
    }
    Ok(to)
}
