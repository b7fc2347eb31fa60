//! A payment of several orders, as its payer sees it.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{attempt::AttemptStatus, joint_payment::JointPaymentStatus, order::OrderState, provider::ProviderName},
    store::{attempts, joint_payments::JointPayment, orders},
};

/// A payment of several orders in one go.
#[derive(Serialize, ToSchema)]
#[schema(as = JointPayment)]
pub struct JointPaymentView {
    /// Its id.
    id: Uuid,
    /// Where it is paid.
    provider: ProviderName,
    /// The sum that the provider is to take.
    total: Vnd,
    /// How far it has come.
    status: JointPaymentStatus,
    /// When it was begun.
    created_at: DateTime<Utc>,
    /// Until when it may be paid.
    expires_at: DateTime<Utc>,
    /// What of it is for which order.
    parts: Vec<JointPaymentPart>,
}

/// What a joint payment pays of one order.
#[derive(Serialize, ToSchema)]
pub struct JointPaymentPart {
    /// The order.
    order_id: Uuid,
    /// The dossier.
    dossier_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// Who collects it.
    agency: AgencyCode,
    /// How much of the sum is for it.
    amount: Vnd,
    /// What became of this part: paid again means that the order wanted no money any more, and the agency owes it back.
    status: AttemptStatus,
    /// Where the order stands.
    order_status: OrderState,
}

impl JointPaymentView {
    /// One, with its parts.
    pub async fn of(conn: &mut AsyncPgConnection, joint: JointPayment) -> Result<Self, pg::Error> {
        let mut parts = Vec::new();
        for attempt in attempts::of_joint_payment(conn, joint.id).await? {
            let order = orders::find(conn, attempt.order_id).await?.ok_or(pg::Error::NotFound)?;
            parts.push(JointPaymentPart {
                order_id: order.id,
                dossier_id: order.dossier_id,
                code: order.code,
                agency: order.agency,
                amount: attempt.amount,
                status: attempt.status,
                order_status: order.status,
            });
        }
        let first = parts.first().ok_or(pg::Error::NotFound)?;
        Ok(Self {
            id: joint.id,
            provider: joint.provider,
            total: joint.total,
            status: JointPaymentStatus::of(first.status),
            created_at: joint.created_at,
            expires_at: joint.expires_at,
            parts,
        })
    }
}
