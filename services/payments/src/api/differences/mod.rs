//! Differences between statements and the books.

pub mod approve;
pub mod close;
pub mod get;
pub mod list;
pub mod refuse;
pub mod take;
pub mod view;

use diesel_async::AsyncPgConnection;
use edge::{Duty, Official, Problem};
use uuid::Uuid;

use crate::{
    error,
    store::differences::{self, Difference},
};

/// The difference, if it is of the official's agency.
async fn of_agency<D: Duty>(conn: &mut AsyncPgConnection, by: &Official<D>, id: Uuid) -> Result<Difference, Problem> {
    let difference = differences::find(conn, id).await?.filter(|it| by.agencies().contains(&it.agency));
    Ok(difference.ok_or(error::DIFFERENCE_NOT_FOUND)?)
}
