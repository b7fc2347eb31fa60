//! `GET /api/v1/procedure-drafts/{id}/differences`

use actix_web::{get, web};
use edge::{Problem, Reply, kinds};
use procedure::Difference;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::controller::Controller,
    app::App,
    error,
    store::{drafts, versions},
};

/// What a draft says otherwise.
#[derive(Serialize, ToSchema)]
pub struct ProcedureDraftDifferences {
    /// The version that it is held against: the one in force, or the one before it when the draft itself came into force; `null` where
    /// it is the first.
    #[schema(minimum = 1)]
    before: Option<i32>,
    /// What it says otherwise, what concerns people most first.
    items: Vec<Difference>,
}

edge::failures![kinds::FORBIDDEN, error::DRAFT_NOT_FOUND];

/// Tell what a draft of a procedure changes
///
/// In words: fees, time limits, papers, fields of the form, stages, the law, held against the version in force.
#[utoipa::path(
    operation_id = "list_procedure_draft_differences",
    tag = "procedures",
    params(("id" = Uuid, Path, description = "The draft")),
    responses((status = 200, description = "What it says otherwise", body = ProcedureDraftDifferences), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/procedure-drafts/{id}/differences")]
pub async fn list_procedure_draft_differences(
    app: web::Data<App>,
    _: Controller,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let conn = &mut *app.pool.get().await?;
    let draft = drafts::find(conn, *id).await?.ok_or(error::DRAFT_NOT_FOUND)?;
    let before = match draft.published_version {
        Some(own) => versions::numbered(conn, &draft.procedure, own - 1).await?,
        None => versions::current(conn, &draft.procedure).await?,
    };
    let items = match &before {
        Some(before) => draft.said()?.differences(&before.procedure),
        None => Vec::new(),
    };
    Ok(Reply::ok(&ProcedureDraftDifferences { before: before.map(|version| version.number), items }))
}
