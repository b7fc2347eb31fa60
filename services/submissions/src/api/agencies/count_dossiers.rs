//! `GET /api/v1/agencies/{agency}/dossier-counts`

use actix_web::{get, web};
use civic::{AgencyCode, ClockState, DossierStatus};
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::{filter::DossierFilter, work_item::BoundedCount};
use crate::{
    api::references::StatusView,
    app::App,
    changes::at_work::actor,
    domain::workload::{Part, statuses},
    error,
    store::{
        lists,
        workload::{self, COUNTED},
    },
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
    /// Of those received and not finished: due from now to the end of the day in Vietnam.
    due_today: BoundedCount,
    /// Those that wait for the agency since their applicant sent in papers, with no step since.
    supplemented: BoundedCount,
    /// Those that wait for their applicant: for papers, or for a fee.
    #[schema(minimum = 0)]
    waiting: i64,
    /// Those whose time stands still: waiting for the applicant's papers or fee, or stopped.
    #[schema(minimum = 0)]
    paused: i64,
    /// Of those received and not finished: in the caller's hands, or in those of whom she stands in for.
    mine: BoundedCount,
    /// Of those received and not finished: in nobody's hands, at a stage of a role that the caller holds.
    nobodys: BoundedCount,
    /// Of those received and not finished: at an approver's stage, in the caller's hands or in nobody's.
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
    let (now, calendar) = (app.life.clock.now(), app.calendars.of(&agency));
    let mut conn = app.pool.get().await?;
    let counts = workload::by_status(&mut conn, &agency).await?;
    let actor = actor(&app, &mut conn, &official.caller, &agency).await?;
    let mut count = async |part| {
        let selection = DossierFilter::part(part).selection_for(&actor, &agency, now, &calendar)?;
        Ok::<_, Problem>(BoundedCount::from(lists::count(&mut conn, &agency, &selection, COUNTED + 1).await?))
    };
    let (overdue, due_today, due_soon) =
        (count(Part::Overdue).await?, count(Part::DueToday).await?, count(Part::DueSoon).await?);
    let (mine, nobodys, to_sign) = (count(Part::Mine).await?, count(Part::Nobodys).await?, count(Part::ToSign).await?);
    let supplemented = count(Part::Supplemented).await?;
    let of = |status: DossierStatus| counts.iter().find(|(known, _)| *known == status).map_or(0, |(_, count)| *count);
    let all = |statuses: Vec<DossierStatus>| statuses.into_iter().map(of).sum();
    let filed = DossierStatus::ALL.iter().copied().filter(|status| *status != DossierStatus::Draft);
    Ok(Reply::ok(&DossierCounts {
        by_status: filed.map(|status| StatusCount { status: status.into(), dossiers: of(status) }).collect(),
        open: all(Part::Open.bounds(now, &calendar).statuses),
        overdue,
        due_soon,
        due_today,
        supplemented,
        waiting: all(Part::Waiting.bounds(now, &calendar).statuses),
        paused: all(statuses(ClockState::Paused)),
        mine,
        nobodys,
        to_sign,
    }))
}
