//! `GET /api/v1/agencies/{agency}/officials`

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::{AgencyCode, OfficialRole};
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::OfficialReference,
    app::App,
    domain::{
        colleague::{Colleague, WORKING_ROLES},
        leave::Leave,
    },
    error,
    store::staff,
};

/// Who works on dossiers at an agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyOfficials {
    /// The officials, by name.
    items: Vec<AgencyOfficial>,
}

/// An official who works on dossiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyOfficial {
    /// The account.
    id: Uuid,
    /// The name.
    name: String,
    /// The roles held at the agency.
    roles: Vec<OfficialRole>,
    /// How many dossiers she has.
    #[schema(minimum = 0)]
    dossiers: i64,
    /// If she is away today, until which day and who stands in.
    away: Option<Away>,
}

/// That somebody is away.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AgencyOfficialAway)]
pub struct Away {
    /// The last day.
    last_day: NaiveDate,
    /// Who stands in.
    deputy: OfficialReference,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List who works at an agency
///
/// The officials of an agency to whom dossiers can be given, how many each has, and who is away today.
#[utoipa::path(
    operation_id = "list_agency_officials",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency")),
    responses((status = 200, description = "The officials", body = AgencyOfficials), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/officials")]
pub async fn list_agency_officials(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let staff = staff::of_agency(&mut *app.pool.get().await?, &agency, app.life.clock.now()).await?;
    let name = |id: Uuid| staff.colleagues.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let away = |leave: &Leave| Away {
        last_day: leave.last_day,
        deputy: OfficialReference { id: leave.deputy, name: name(leave.deputy) },
    };
    let item = |one: &Colleague| AgencyOfficial {
        id: one.id,
        name: one.name.clone(),
        roles: one.roles.clone(),
        dossiers: one.load,
        away: staff.leaves.iter().find(|leave| leave.official == one.id).map(away),
    };
    let working = staff.colleagues.iter().filter(|one| one.roles.iter().any(|role| WORKING_ROLES.contains(role)));
    Ok(Reply::ok(&AgencyOfficials { items: working.map(item).collect() }))
}
