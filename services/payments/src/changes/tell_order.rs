//! Others are told where an order stands now.

use civic::{
    Vnd,
    events::{OrderMoved, OrderPayment},
};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::BoxFuture};
use queue::Batch;
use tokio::try_join;
use uuid::Uuid;

use crate::{
    app::App,
    domain::attempt::AttemptStatus,
    store::{
        attempts::{self, Attempt},
        orders::{self, Order},
    },
};

/// Tells the whole public state of an order, after whatever changed it in this transaction.
pub async fn tell_order(conn: &AsyncPgConnection, app: &App, id: Uuid) -> Result<(), pg::Error> {
    let (order, attempts) = try_join!(orders::find(conn, id), attempts::of_order(conn, id))?;
    app.outbox.put(conn, &state_of(order.ok_or(pg::Error::NotFound)?, &attempts)).await?;
    Ok(())
}

/// Orders as they stand behind a cursor, for a listener that is told them again.
pub fn replay<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<OrderMoved>, pg::Error>> {
    async move {
        let orders = orders::after(conn, queue::id_behind(after)?, count).await?;
        let mut batch = Vec::with_capacity(orders.len());
        for order in orders {
            let attempts = attempts::of_order(conn, order.id).await?;
            batch.push((order.id.to_string(), state_of(order, &attempts)));
        }
        Ok(batch)
    }
    .boxed()
}

fn state_of(order: Order, attempts: &[Attempt]) -> OrderMoved {
    let with = |status| attempts.iter().filter(move |attempt: &&Attempt| attempt.status == status);
    let settled = with(AttemptStatus::Settled).next_back();
    // What is on its way back was asked for, and is owed no more once it went.
    let owed = with(AttemptStatus::PaidAgain).filter_map(|attempt| attempt.amount.checked_sub(attempt.going_back));
    OrderMoved {
        order_id: order.id,
        version: order.version.into(),
        dossier_id: order.dossier_id,
        payer: order.payer(),
        agency: order.agency,
        state: order.status,
        state_since: order.state_since,
        total: order.total,
        waived: order.waived,
        paid: order.paid,
        refunded: order.refunded,
        owed_back: Vnd::sum(owed).unwrap_or(Vnd::MAX),
        paid_at: order.paid_at,
        payment: settled.and_then(|attempt| {
            let reference = attempt.provider_reference.clone()?;
            Some(OrderPayment { provider: attempt.provider.in_addresses(), reference })
        }),
    }
}
