//! How a waiver is shown: to officials with its proof, to the payer without.

use chrono::{DateTime, Utc};
use civic::{DossierCode, Vnd};
use edge::Reply;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::waiver::{WaiverClass, WaiverState},
    store::waivers::Waiver,
};

/// What a payer is freed from.
#[derive(Serialize, ToSchema)]
#[schema(as = Waiver)]
pub struct WaiverView {
    /// The waiver.
    id: Uuid,
    /// The payment order.
    order_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// By which rule the payer is exempt.
    class: WaiverClass,
    /// What of the law says so.
    legal_basis: String,
    /// Which paper was seen: its number, its date, who issued it.
    proof: String,
    /// How much need not be paid.
    amount: Vnd,
    /// How far it has come.
    state: WaiverState,
    /// Who asked for it.
    asked_by: String,
    /// When.
    asked_at: DateTime<Utc>,
    /// Who approved it or turned it down; `null` where it waited for nobody, or waits still.
    decided_by: Option<String>,
    /// When it took effect or was turned down; `null` while it waits.
    decided_at: Option<DateTime<Utc>>,
    /// Why it was turned down.
    refusal: Option<String>,
}

impl WaiverView {
    /// The waiver with its version.
    pub fn reply(waiver: Waiver) -> Reply {
        let version = waiver.version;
        Reply::ok(&Self::from(waiver)).version(version)
    }
}

impl From<Waiver> for WaiverView {
    fn from(waiver: Waiver) -> Self {
        Self {
            id: waiver.id,
            order_id: waiver.order_id,
            code: waiver.code,
            class: waiver.class,
            legal_basis: waiver.legal_basis,
            proof: waiver.proof,
            amount: waiver.amount,
            state: waiver.state,
            asked_by: waiver.asked_by_name,
            asked_at: waiver.asked_at,
            decided_by: waiver.decided_by_name,
            decided_at: waiver.decided_at,
            refusal: waiver.refusal,
        }
    }
}

/// A waiver as the payer sees it.
#[derive(Serialize, ToSchema)]
pub struct PayersWaiver {
    /// How much need not be paid.
    amount: Vnd,
    /// By which rule.
    class: WaiverClass,
    /// What of the law says so.
    legal_basis: String,
    /// How far it has come.
    state: WaiverState,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When it was decided; `null` until then.
    decided_at: Option<DateTime<Utc>>,
}

impl From<Waiver> for PayersWaiver {
    fn from(waiver: Waiver) -> Self {
        let Waiver { amount, class, legal_basis, state, asked_at, decided_at, .. } = waiver;
        Self { amount, class, legal_basis, state, asked_at, decided_at }
    }
}
