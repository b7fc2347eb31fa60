//! What payers are freed from.

pub mod approve;
pub mod ask;
pub mod get;
pub mod list;
pub mod turn_down;
pub mod view;

use diesel_async::AsyncPgConnection;
use edge::{Duty, Official, Problem};
use uuid::Uuid;

use crate::{
    error,
    store::waivers::{self, Waiver},
};

/// The waiver, if it is of the official's agency.
async fn of_agency<D: Duty>(conn: &mut AsyncPgConnection, by: &Official<D>, id: Uuid) -> Result<Waiver, Problem> {
    let waiver = waivers::find(conn, id).await?.filter(|waiver| by.agencies().contains(&waiver.agency));
    Ok(waiver.ok_or(error::WAIVER_NOT_FOUND)?)
}
