//! `GET /api/v1/agencies/{agency}/stuck`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Supervise, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    filter::DossierFilter,
    work_item::{BoundedCount, WorkItem},
};
use crate::{
    app::App,
    domain::workload::{Part, STUCK},
    error,
    store::{lists, workload::COUNTED},
};

/// Rows that are shown of each kind; the list has all.
const FIRST: i64 = 5;

/// What is stuck at an agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct StuckDossiers {
    /// Every kind there is, with what it has.
    items: Vec<StuckKind>,
}

/// The dossiers that are stuck for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct StuckKind {
    /// Why: the part of the work, by which the list shows all of them.
    work: Part,
    /// How many.
    dossiers: BoundedCount,
    /// The first of them, the earliest due first.
    first: Vec<WorkItem>,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Look at what is stuck
///
/// What waits at an agency longer than it should, by reason, for those who look after the whole: how many, and the first of each.
#[utoipa::path(
    operation_id = "list_stuck_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "What is stuck", body = StuckDossiers), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/stuck")]
pub async fn list_stuck_dossiers(
    app: web::Data<App>,
    official: Official<Supervise>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&agency));
    let mut conn = app.pool.get().await?;
    let mut items = Vec::with_capacity(STUCK.len());
    for work in STUCK {
        let selection = DossierFilter::part(work).chosen(&app, &mut conn, &official.caller, &agency).await?;
        let dossiers = lists::count(&mut conn, &agency, &selection, COUNTED + 1).await?.into();
        let rows = lists::of_agency(&mut conn, &agency, &selection, None, FIRST).await?;
        let first = WorkItem::all(&mut conn, rows, now, &calendar).await?;
        items.push(StuckKind { work, dossiers, first });
    }
    Ok(Reply::ok(&StuckDossiers { items }))
}
