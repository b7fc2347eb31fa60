//! How a dossier's view shows what it costs.

use chrono::{DateTime, Utc};
use civic::Vnd;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{charge::Charge, filing::Filing};

/// What a dossier costs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierFee)]
pub struct FeeView {
    /// The payment order.
    order_id: Uuid,
    /// The total.
    total: Vnd,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
}

/// What filing a draft now would come to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierFilingPreview)]
pub struct FilingPreview {
    /// What would be due; none when nothing is.
    fee_total: Option<Vnd>,
    /// When the result would be expected.
    due_at: DateTime<Utc>,
}

impl From<&Charge> for FeeView {
    fn from(charge: &Charge) -> Self {
        Self { order_id: charge.order_id, total: charge.total, paid_at: charge.paid_at }
    }
}

impl From<&Filing> for FilingPreview {
    fn from(filing: &Filing) -> Self {
        Self { fee_total: filing.charge.as_ref().map(|charge| charge.total), due_at: filing.due_at }
    }
}
