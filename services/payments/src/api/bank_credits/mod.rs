//! Money that came to an agency's account and names no dossier, or is not what was to be paid.

pub mod confirm;
pub mod list;
pub mod note;
pub mod propose;
pub mod view;

use diesel_async::AsyncPgConnection;
use edge::{Duty, Official, Problem};
use uuid::Uuid;

use crate::{
    error,
    store::bank_credits::{self, BankCredit},
};

/// The transfer, held, if the official's agency sees it.
async fn of_agency<D: Duty>(conn: &mut AsyncPgConnection, by: &Official<D>, id: Uuid) -> Result<BankCredit, Problem> {
    let credit = bank_credits::lock(conn, id).await?.filter(|credit| by.agencies().contains(&credit.agency));
    Ok(credit.ok_or(error::CREDIT_NOT_FOUND)?)
}
