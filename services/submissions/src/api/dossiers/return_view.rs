//! How the result of a dossier is wanted, and how it was handed over.

use chrono::{DateTime, Utc};
use civic::{FilingChannel, Phone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::actions::{choose_return::WantedReturn, return_result::ReturnWay},
    store::returns::Returned,
};

/// How the result is wanted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierReturnWay)]
pub struct ReturnWayView {
    way: ReturnWay,
    /// Whether somebody chose it; where nobody did, the door decides by which the dossier came.
    chosen: bool,
    /// Where it is sent by post.
    address: Option<String>,
    /// The phone that the post calls.
    phone: Option<Phone>,
}

/// How a result was handed over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierReturned)]
pub struct ReturnedView {
    at: DateTime<Utc>,
    way: ReturnWay,
    /// Who signed for it at the counter, or the number of the parcel.
    to: Option<String>,
}

impl ReturnWayView {
    /// What was chosen for a dossier that came by this door, if anything was.
    pub fn of(chosen: Option<WantedReturn>, channel: FilingChannel) -> Self {
        let is_chosen = chosen.is_some();
        let WantedReturn { way, address, phone } = chosen.unwrap_or_else(|| WantedReturn::by_door(channel));
        Self { way, chosen: is_chosen, address, phone }
    }
}

impl From<Returned> for ReturnedView {
    fn from(returned: Returned) -> Self {
        Self { at: returned.returned_at, way: returned.way, to: returned.returned_to }
    }
}
