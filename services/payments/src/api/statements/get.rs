//! `GET /api/v1/statements/{id}`

use actix_web::{get, web};
use edge::{Official, Problem, Reply, kinds};
use uuid::Uuid;

use super::view::StatementView;
use crate::{api::refunds::SeeMoney, app::App, error, store::statements};

edge::failures![kinds::FORBIDDEN, error::STATEMENT_NOT_FOUND];

/// Read a statement
///
/// How far the comparison of a statement has come, and which differences it brought.
#[utoipa::path(
    operation_id = "get_statement",
    tag = "books",
    params(("id" = Uuid, Path, description = "The statement")),
    responses((status = 200, description = "The statement", body = StatementView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/statements/{id}")]
pub async fn get_statement(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let loaded = statements::find(&mut conn, *id).await?;
    let loaded = loaded.filter(|it| official.agencies().contains(&it.agency)).ok_or(error::STATEMENT_NOT_FOUND)?;
    Ok(Reply::ok(&StatementView::of_one(&mut conn, loaded).await?))
}
