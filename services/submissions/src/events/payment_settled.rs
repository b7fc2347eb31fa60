//! A dossier's fee was paid: officials may receive it now.

use civic::events::PaymentSettled;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, changes::settle::settle};

/// Notes the payment.
pub async fn handle(app: &App, conn: &mut AsyncPgConnection, news: Received<PaymentSettled>) -> anyhow::Result<()> {
    settle(app, conn, &news.data).await
}
