//! E-receipts.

pub mod cancel;
pub mod get;
pub mod list;
pub mod print;
pub mod replace;
pub mod view;

use diesel_async::AsyncPgConnection;
use edge::{Caller, Duty, Official, Problem};
use uuid::Uuid;

use crate::{
    api::refunds::SeeMoney,
    error,
    store::receipts::{self, Receipt},
};

/// The receipt, if it is of the official's agency.
async fn of_agency<D: Duty>(conn: &mut AsyncPgConnection, by: &Official<D>, id: Uuid) -> Result<Receipt, Problem> {
    let receipt = receipts::find(conn, id).await?.filter(|receipt| by.agencies().contains(&receipt.agency));
    Ok(receipt.ok_or(error::RECEIPT_NOT_FOUND)?)
}

/// Whether a receipt is the caller's, or of the agency whose money she sees.
fn may_see(caller: Caller, receipt: &Receipt) -> bool {
    match caller.clone().applicant() {
        Some(applicant) => (applicant.party.kind, applicant.party.id) == (receipt.payer_kind, receipt.payer_id),
        None => caller.official::<SeeMoney>().is_some_and(|official| official.agencies().contains(&receipt.agency)),
    }
}
