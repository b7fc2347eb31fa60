//! `POST /api/v1/agencies/{agency}/leaves`

use actix_web::{post, web};
use chrono::NaiveDate;
use civic::AgencyCode;
use edge::{Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::LeaveView;
use crate::{
    app::App,
    changes::{duties::NotesLeaves, note_leave::note_leave as note},
    domain::leave::{DayPart, Leave},
    error,
    store::staff,
};

/// When an official is away.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLeave {
    /// Who is away; the caller, if it is not said. Others are noted by who keeps the agency's settings.
    official: Option<Uuid>,
    /// Who stands in: another who holds the same roles at the agency.
    deputy: Uuid,
    /// The first day in Vietnam.
    first_day: NaiveDate,
    /// With which half of it the leave begins; the morning, if it is not said.
    first_part: Option<DayPart>,
    /// The last day.
    last_day: NaiveDate,
    /// With which half of it the leave ends; the afternoon, if it is not said.
    last_part: Option<DayPart>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::ROLE_MISSING];

/// Note a leave
///
/// Notes when an official is away and who stands in: from the first day on, until the midnight that ends the last one, or from and until
/// noon, the deputy sees and does what the absent official has, and gets what is given to her.
#[utoipa::path(
    operation_id = "note_leave",
    tag = "leaves",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewLeave, example = json!({
        "deputy": "01a1ffa2-2c1a-7b1e-8f0a-5d0c1e7b9a11", "first_day": "2026-12-07", "last_day": "2026-12-11"})),
    responses((status = 201, description = "It is noted", body = LeaveView, headers(
        ("Location" = String, description = "Where it is taken back"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/leaves")]
pub async fn note_leave(
    app: web::Data<App>,
    official: Official<NotesLeaves>,
    agency: web::Path<AgencyCode>,
    command: Command<NewLeave>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let caller = &official.caller;
    command
        .once(&app.pool, caller.id, app.life.clock.now(), async |conn, new| {
            let NewLeave { official: absent, deputy, first_day, first_part, last_day, last_part } = new;
            let id = app.life.new_id();
            let (first_part, last_part) =
                (first_part.unwrap_or(DayPart::Morning), last_part.unwrap_or(DayPart::Afternoon));
            let official_away = absent.unwrap_or(caller.id);
            let leave = Leave { id, official: official_away, deputy, first_day, first_part, last_day, last_part };
            note(&app, conn, &agency, &leave, &official).await?;
            let names = staff::names(conn, &[leave.official, leave.deputy]).await?;
            let location = format!("/api/v1/agencies/{agency}/leaves/{id}");
            Ok(Reply::created(&LeaveView::of(&leave, &names, app.life.clock.now()), location))
        })
        .await
}
