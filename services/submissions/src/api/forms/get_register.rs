//! `GET /api/v1/agencies/{agency}/register`

use actix_web::{get, web};
use civic::AgencyCode;
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::register::{RegisterPeriod, filed, parts};
use crate::{app::App, error};

/// How long the register of a period is.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterView {
    /// Dossiers in it.
    #[schema(value_type = i32, minimum = 0)]
    dossiers: usize,
    /// Parts that it is printed in, from 1; none when there are no dossiers.
    #[schema(value_type = i32, minimum = 0)]
    parts: usize,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Look up how long an agency's register is
///
/// How many dossiers were filed at an agency in a period, and in how many parts their register is printed.
#[utoipa::path(
    operation_id = "get_register",
    tag = "forms",
    params(("agency" = AgencyCode, Path, description = "The agency"), RegisterPeriod),
    responses((status = 200, description = "Its length", body = RegisterView), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/register")]
pub async fn get_register(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    period: web::Query<RegisterPeriod>,
) -> Result<Reply, Problem> {
    let conn = &mut *app.pool.get().await?;
    let filed = filed(conn, &official, &agency, *period).await?;
    let dossiers = filed.iter().map(|(_, dossiers)| dossiers).sum();
    Ok(Reply::ok(&RegisterView { dossiers, parts: parts(&filed) }))
}
