//! A dossier ended or stopped: what is due for it is cancelled, and what was paid may have to go back.

use civic::{DossierStatus, events::DossierMoved};
use diesel_async::AsyncPgConnection;
use edge::audit::{self, AuditEntry};
use serde_json::json;

use super::{
    tell_officials::{OfficialsNotice, tell_officials},
    tell_order::tell_order,
};
use crate::{
    app::App,
    domain::{
        dossier_end::{DossierEnd, cancels_orders},
        history::StepCause,
        order::{MovedBy, OrderState, may_become},
    },
    store::{
        history::{self, Entry},
        orders::{self, Next, Order},
    },
};

/// Does to the orders of a dossier what follows from where it stands.
pub async fn end(conn: &mut AsyncPgConnection, app: &App, dossier: &DossierMoved) -> Result<(), pg::Error> {
    let end = DossierEnd::of(dossier.status, dossier.decided_at.is_some());
    let cancels = cancels_orders(dossier.status);
    // The ways on from a dossier that was stopped; and one that is corrected is stopped without an end.
    let goes_on = matches!(dossier.status, DossierStatus::Processing | DossierStatus::Stopped);
    if dossier.charges.is_empty() || !(end.is_some() || cancels || goes_on) {
        return Ok(());
    }
    let ids: Vec<_> = dossier.charges.iter().map(|charge| charge.order_id).collect();
    for order in orders::lock_all(conn, &ids).await? {
        if order.dossier_end != end {
            orders::note_end(conn, order.id, end).await?;
            offer_back(conn, app, &order, end).await?;
        }
        if cancels && may_become(order.status, OrderState::Cancelled, MovedBy::Dossier) {
            cancel(conn, app, &order, dossier.status).await?;
        }
    }
    Ok(())
}

/// Whoever gives money back is told that what was paid for a dossier without a result may have to go back.
async fn offer_back(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    end: Option<DossierEnd>,
) -> Result<(), pg::Error> {
    let left = order.paid.checked_sub(order.refunded).filter(|left| !left.is_zero());
    match (order.status, left, end) {
        (OrderState::Paid | OrderState::PartPaid, Some(left), Some(_)) => {
            tell_officials(conn, app, OfficialsNotice::owed_back(order, left)).await
        }
        _ => Ok(()),
    }
}

/// An attempt that is already at the provider goes on being waited for: what it brings is owed to the payer.
async fn cancel(
    conn: &mut AsyncPgConnection,
    app: &App,
    order: &Order,
    because: DossierStatus,
) -> Result<(), pg::Error> {
    let to = OrderState::Cancelled;
    orders::advance(conn, order, Next { status: to, state_since: app.now(), ..order.unmoved() }).await?;
    let entry = Entry {
        order_id: order.id,
        version: order.version + 1,
        at: app.now(),
        cause: StepCause::Cancelled,
        order_from: Some(order.status),
        order_to: to,
        attempt_id: None,
        attempt_from: None,
        attempt_to: None,
        refund_id: None,
    };
    history::write(conn, &entry).await?;
    let entry = AuditEntry {
        actor: None,
        action: "payment_order.cancelled",
        subject_type: "payment_order",
        subject_id: order.id.to_string(),
        detail: json!({"version": order.version + 1, "from": order.status, "to": to, "dossier": because}),
    };
    audit::record(conn, &app.life, entry).await?;
    tell_order(conn, app, order.id).await
}
