//! The HTTP server: one address for VNPAY, the SMS aggregator and the control pages.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, web};
use anyhow::Context;
use tokio_util::sync::CancellationToken;

use crate::{
    bank,
    control::{self, parties::Parties},
    sms, vnpay, wallet,
};

const BODY_LIMIT: usize = 64 * 1024;

pub(crate) fn listen(address: SocketAddr, parties: Arc<Parties>) -> anyhow::Result<(SocketAddr, Server)> {
    let (vnpay_state, sms_state) = (web::Data::from(parties.vnpay.clone()), web::Data::from(parties.sms.clone()));
    let (momo, zalopay) = (web::Data::from(parties.momo.clone()), web::Data::from(parties.zalopay.clone()));
    let (national, bank_state) = (web::Data::from(parties.national.clone()), web::Data::from(parties.bank.clone()));
    let parties = web::Data::from(parties);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(vnpay_state.clone())
            .app_data(sms_state.clone())
            .app_data(momo.clone())
            .app_data(zalopay.clone())
            .app_data(national.clone())
            .app_data(bank_state.clone())
            .app_data(parties.clone())
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .app_data(web::FormConfig::default().limit(BODY_LIMIT))
            .configure(vnpay::routes)
            .configure(wallet::routes)
            .configure(bank::routes)
            .configure(sms::routes)
            .configure(control::routes)
    })
    .workers(2)
    // Longer than any client's idle pool, so that a connection is not closed just as it is used again.
    .keep_alive(Duration::from_secs(75))
    .tcp_nodelay(true)
    .disable_signals()
    .bind(address)
    .with_context(|| format!("cannot listen for HTTP on {address}"))?;
    let bound = server.addrs().first().copied().context("no HTTP address was bound")?;
    Ok((bound, server.run()))
}

pub(crate) async fn serve(server: Server, stop: CancellationToken) {
    let handle = server.handle();
    let running = tokio::spawn(server);
    stop.cancelled().await;
    // Not gracefully: a request kept silent on purpose would hold the stop for minutes.
    handle.stop(false).await;
    if let Ok(Err(error)) = running.await {
        tracing::error!(%error, "the HTTP server ended badly");
    }
}
