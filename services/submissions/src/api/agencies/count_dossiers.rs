//! `GET /api/v1/agencies/{agency}/dossier-counts`

use actix_web::{get, web};
use civic::{AgencyCode, ClockState, DossierStatus};
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::hands::hands;
use crate::{
    api::references::StatusView,
    app::App,
    changes::at_work::actor,
    domain::workload::{Part, soon, statuses},
    error,
    store::workload::{self, COUNTED},
};

/// How many dossiers an agency has.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierCounts {
    /// By status, every status there is but the draft, in national order.
    by_status: Vec<StatusCount>,
    /// Those that wait for the agency: to be received, or received and not finished.
    #[schema(minimum = 0)]
    open: i64,
    /// Of those received and not finished: overdue.
    overdue: BoundedCount,
    /// Of those received and not finished: due from now to the close of the second working day from now.
    due_soon: BoundedCount,
    /// Those whose time stands still: waiting for the applicant's papers or fee, or stopped.
    #[schema(minimum = 0)]
    paused: i64,
    /// Those that the agency's time runs for, in the caller's hands or in those of whom she stands in for.
    mine: BoundedCount,
    /// Of those: in nobody's hands, at a stage of a role that the caller holds.
    nobodys: BoundedCount,
    /// Of those: at an approver's stage, in the caller's hands or in nobody's.
    to_sign: BoundedCount,
}

/// The dossiers of a status.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierStatusCount)]
pub struct StatusCount {
    /// The status.
    status: StatusView,
    /// How many there are.
    #[schema(minimum = 0)]
    dossiers: i64,
}

/// A number that is not counted further than to 1000.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BoundedDossierCount)]
pub struct BoundedCount {
    /// How many there are, or 1000 when there are more.
    #[schema(minimum = 0, maximum = 1000)]
    dossiers: i64,
    /// Whether there are more.
    more: bool,
}

impl From<i64> for BoundedCount {
    fn from(counted: i64) -> Self {
        Self { dossiers: counted.min(COUNTED), more: counted > COUNTED }
    }
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Count an agency's dossiers
///
/// How many dossiers an agency has in each status, and how many of them are late or soon will be.
#[utoipa::path(
    operation_id = "count_agency_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The numbers", body = DossierCounts), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/dossier-counts")]
pub async fn count_agency_dossiers(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let now = app.life.clock.now();
    let (soon, running) = (soon(now, &app.calendar), statuses(ClockState::Running));
    let mut conn = app.pool.get().await?;
    let counts = workload::by_status(&mut conn, &agency).await?;
    let overdue = workload::due(&mut conn, &agency, &running, None, now).await?;
    let due_soon = workload::due(&mut conn, &agency, &running, Some(now), soon).await?;
    let actor = actor(&app, &mut conn, &official.caller, &agency).await?;
    let mut in_hands = [0; 3];
    for (count, part) in in_hands.iter_mut().zip([Part::Mine, Part::Nobodys, Part::ToSign]) {
        *count = workload::in_hands(&mut conn, &agency, &running, &hands(None, Some(part), &actor)?).await?;
    }
    let [mine, nobodys, to_sign] = in_hands.map(BoundedCount::from);
    let of = |status: DossierStatus| counts.iter().find(|(known, _)| *known == status).map_or(0, |(_, count)| *count);
    let filed = DossierStatus::ALL.iter().copied().filter(|status| *status != DossierStatus::Draft);
    Ok(Reply::ok(&DossierCounts {
        by_status: filed.map(|status| StatusCount { status: status.into(), dossiers: of(status) }).collect(),
        open: Part::Open.bounds(now, &app.calendar).0.into_iter().map(of).sum(),
        overdue: overdue.into(),
        due_soon: due_soon.into(),
        paused: statuses(ClockState::Paused).into_iter().map(of).sum(),
        mine,
        nobodys,
        to_sign,
    }))
}
