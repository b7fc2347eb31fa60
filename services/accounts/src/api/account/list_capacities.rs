//! As whom I may act.

use actix_web::{get, web};
use edge::{Person, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::CapacityView;
use crate::{
    app::App,
    store::{capacities, users},
};

/// The capacities that a person holds.
#[derive(Serialize, ToSchema)]
pub struct CapacityList {
    /// Those in force today, herself first.
    items: Vec<CapacityView>,
    /// The `id` of the one that this access token speaks in. It may have ended since.
    #[schema(example = "POST:H44.100")]
    current: String,
}

edge::failures![kinds::FORBIDDEN];

/// List the own capacities
///
/// As whom the person may act: for herself, for an organisation that she is a member of, in a post at an agency. Change to
/// another with `PUT /api/v1/sessions/current/capacity`. API clients have one only, and are refused.
#[utoipa::path(
    operation_id = "list_capacities",
    tag = "accounts",
    responses((status = 200, description = "The capacities", body = CapacityList), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/accounts/me/capacities")]
pub async fn list_capacities(app: web::Data<App>, caller: Person) -> Result<Reply, Problem> {
    let caller = caller.0;
    let mut conn = app.pool.get().await?;
    // Closed since the token was issued.
    let user = users::open(&mut conn, caller.id).await?.ok_or(kinds::UNAUTHENTICATED)?;
    let held = capacities::held(&mut conn, &user, app.now()).await?;
    let items = held.into_iter().map(CapacityView::from).collect();
    Ok(Reply::ok(&CapacityList { items, current: caller.capacity.to_string() }))
}
