//! Money that goes back.

pub mod approve;
pub mod ask;
pub mod get;
pub mod list;
pub mod prove;
pub mod turn_down;
pub mod view;

use civic::OfficialRole;
use diesel_async::AsyncPgConnection;
use edge::{Duty, Official, Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    error,
    store::refunds::{self, Refund},
};

/// To take fees and give them back.
#[derive(Clone, Copy, Debug)]
pub struct Collect;

/// To decide whether money goes back.
#[derive(Clone, Copy, Debug)]
pub struct DecideRefunds;

/// To look at an agency's money.
#[derive(Clone, Copy, Debug)]
pub struct SeeMoney;

impl Duty for Collect {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Cashier];
}

impl Duty for DecideRefunds {
    const ROLES: &'static [OfficialRole] =
        &[OfficialRole::Cashier, OfficialRole::Approver, OfficialRole::AgencyAdministrator];
}

impl Duty for SeeMoney {
    const ROLES: &'static [OfficialRole] =
        &[OfficialRole::Cashier, OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::AgencyAdministrator];
}

/// What an official writes to a decision.
#[derive(Deserialize, ToSchema)]
#[schema(as = RefundReason)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Why: 10 to 1000 characters, counted as composed.
    #[schema(max_length = 4000)]
    pub reason: String,
}

/// The refund, if it is of the official's agency.
async fn of_agency<D: Duty>(conn: &mut AsyncPgConnection, by: &Official<D>, id: Uuid) -> Result<Refund, Problem> {
    let refund = refunds::find(conn, id).await?.filter(|refund| by.agencies().contains(&refund.agency));
    Ok(refund.ok_or(error::REFUND_NOT_FOUND)?)
}
