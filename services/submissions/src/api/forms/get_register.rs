//! `GET /api/v1/agencies/{agency}/register`

use actix_web::{get, web};
use civic::{AgencyCode, FilingChannel};
use edge::{Official, Problem, Reply, Work, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use super::register::{RegisterPeriod, filed, parts};
use crate::{app::App, domain::actions::return_result::ReturnWay, error, store::register};

/// How long the register of a period is.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterView {
    /// Dossiers in it.
    #[schema(value_type = i32, minimum = 0)]
    dossiers: usize,
    /// Parts that it is printed in, from 1; none when there are no dossiers.
    #[schema(value_type = i32, minimum = 0)]
    parts: usize,
    /// By which door they came: online, online with an official's help, at the counter, by post.
    doors: Vec<DoorCount>,
    /// How their results went, of those that were handed over: at the counter, by post, as a document.
    returns: Vec<ReturnCount>,
}

/// The dossiers of a door.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoorCount {
    /// The door.
    channel: FilingChannel,
    /// Whether an official helped.
    helped: bool,
    /// How many came by it.
    #[schema(minimum = 0)]
    dossiers: i64,
}

/// The results of a way.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnCount {
    /// The way.
    way: ReturnWay,
    /// How many went so.
    #[schema(minimum = 0)]
    dossiers: i64,
}

/// Every door there is.
const DOORS: [(FilingChannel, bool); 4] = [
    (FilingChannel::Online, false),
    (FilingChannel::Online, true),
    (FilingChannel::Direct, false),
    (FilingChannel::Post, false),
];

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Look up how long an agency's register is
///
/// How many dossiers were filed at an agency in a period, by which door they came and how their results went, and in how many parts their
/// register is printed.
#[utoipa::path(
    operation_id = "get_register",
    tag = "forms",
    params(("agency" = AgencyCode, Path, description = "The agency"), RegisterPeriod),
    responses((status = 200, description = "Its length, and what it counts", body = RegisterView), Failures),
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
    let moments = period.moments();
    let by_door = register::by_door(conn, &agency, &moments).await?;
    let by_return = register::by_return(conn, &agency, &moments).await?;
    let doors = DOORS.map(|(channel, helped)| {
        let own = by_door.iter().find(|(of, with_help, _)| (*of, *with_help) == (channel, helped));
        DoorCount { channel, helped, dossiers: own.map_or(0, |(.., dossiers)| *dossiers) }
    });
    let returns = ReturnWay::ALL.iter().map(|way| {
        let own = by_return.iter().find(|(of, _)| of == way);
        ReturnCount { way: *way, dossiers: own.map_or(0, |(_, dossiers)| *dossiers) }
    });
    Ok(Reply::ok(&RegisterView { dossiers, parts: parts(&filed), doors: doors.into(), returns: returns.collect() }))
}
