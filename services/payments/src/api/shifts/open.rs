//! `POST /api/v1/agencies/{agency}/shifts`

use actix_web::{post, web};
use civic::{AgencyCode, Vnd};
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds, written};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ShiftView;
use crate::{api::refunds::Collect, app::App, changes::shift, error};

/// At which till, with what in the drawer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShift {
    /// What the counter is called: 1 to 40 characters.
    #[schema(max_length = 160)]
    till: String,
    /// What is in the drawer.
    opening: Vnd,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::SHIFT_OPEN_ALREADY];

/// Open a cashier's shift
///
/// A cashier begins to take money at a till. She has one open shift at most, and so has a till.
#[utoipa::path(
    operation_id = "open_shift",
    tag = "till",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewShift, example = json!({"till": "Quầy 1", "opening": {"amount": 500_000, "currency": "VND"}})),
    responses((status = 201, description = "It is open", body = ShiftView, headers(
        ("Location" = String, description = "The shift"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/shifts")]
pub async fn open_shift(
    app: web::Data<App>,
    official: Official<Collect>,
    agency: web::Path<AgencyCode>,
    command: Command<NewShift>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.now(), async |conn, new| {
            let till = written("till", &new.till, 1, 40)?;
            let shift = shift::open(conn, &app, &official.caller, &agency, till, new.opening).await?;
            let location = format!("/api/v1/shifts/{}", shift.id);
            Ok(Reply::created(&ShiftView::from(shift), location))
        })
        .await
}
