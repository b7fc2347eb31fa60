#![doc = include_str!("../README.md")]

mod bank;
mod config;
mod control;
mod http;
mod loose_json;
mod mail;
mod outgoing;
mod pages;
mod seal;
mod service;
mod shelf;
mod silence;
mod sms;
mod vnpay;
mod wallet;

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use anyhow::Context;
use runtime::Life;
use tokio::{net::TcpListener, sync::mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{control::parties::Parties, pages::Pages, wallet::state::Ground};

pub use bank::behaviour::BankBehaviour;
pub use config::Config;
pub use control::behaviour::Behaviour;
pub use mail::behaviour::MailBehaviour;
pub use service::service;
pub use sms::behaviour::SmsBehaviour;
pub use vnpay::behaviour::{ApiAnswer, StatementBreak, VnpayBehaviour};
pub use wallet::behaviour::WalletBehaviour;

/// A running sandbox: where it listens, and how to end it.
#[derive(Debug)]
pub struct Sandbox {
    /// Where VNPAY, the SMS aggregator and the control pages answer.
    pub http: SocketAddr,
    /// Where the mail server answers.
    pub smtp: SocketAddr,
    /// Cancel it to stop everything; then await [`Sandbox::stopped`].
    pub stop: CancellationToken,
    tasks: TaskTracker,
}

impl Sandbox {
    /// Waits until every listener, conversation and notification has ended.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

/// Binds both addresses and starts answering, until `life` stops; port 0 takes any free port.
///
/// # Errors
/// When an address cannot be bound or the configured IPN URL is not on this machine.
pub async fn start(config: Config, life: Life) -> anyhow::Result<Sandbox> {
    let (notices, to_send) = mpsc::unbounded_channel();
    let listener =
        TcpListener::bind(config.smtp).await.with_context(|| format!("cannot listen for mail on {}", config.smtp))?;
    let smtp = listener.local_addr()?;
    let (address, pages) = (config.http, Arc::new(Pages::load()?));
    let mail = Arc::new(mail::state::State::new(life.clock.clone()));
    let sms = Arc::new(sms::state::State::new(config.clone(), life.clock.clone()));
    let (client, tasks, bound) = (outgoing::client()?, TaskTracker::new(), Arc::new(OnceLock::new()));
    let ground = Ground {
        config: config.clone(),
        clock: life.clock.clone(),
        pages: pages.clone(),
        client: client.clone(),
        tasks: tasks.clone(),
        stop: life.stop.clone(),
        http: bound.clone(),
    };
    let vnpay = Arc::new(vnpay::state::State::new(config, life.clock, notices, pages.clone())?);
    let parties = Arc::new(Parties::new(mail.clone(), sms, vnpay.clone(), ground));
    let (http, server) = http::listen(address, parties)?;
    // Set once, here: nobody asked before.
    let _ = bound.set(http);

    let stop = life.stop;
    tasks.spawn(http::serve(server, stop.clone()));
    tasks.spawn(mail::server::serve(mail, listener, tasks.clone(), stop.clone()));
    tasks.spawn(vnpay::ipn::serve(vnpay, client, to_send, tasks.clone(), stop.clone()));
    tasks.close();
    tracing::info!(%http, %smtp, "sandbox is listening");
    Ok(Sandbox { http, smtp, stop, tasks })
}
