//! A payer is told what became of money.

use civic::{
    Vnd,
    events::{PaymentNotice, PaymentNoticed},
};
use diesel_async::AsyncPgConnection;

use crate::{app::App, store::orders::Order};

/// Tells the payer of an order; how much it is about, where that is clear.
pub async fn tell_payer(
    conn: &AsyncPgConnection,
    app: &App,
    order: &Order,
    notice: PaymentNotice,
    amount: Option<Vnd>,
) -> Result<(), pg::Error> {
    let noticed = PaymentNoticed {
        order_id: order.id,
        dossier_id: order.dossier_id,
        code: order.code.clone(),
        agency: order.agency.clone(),
        payer: order.payer(),
        notice,
        amount,
        happened_at: app.now(),
    };
    app.outbox.put(conn, &noticed).await?;
    Ok(())
}
