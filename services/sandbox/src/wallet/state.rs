//! What a wallet remembers, and how it behaves now.

use std::{
    marker::PhantomData,
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use runtime::Clock;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{behaviour::WalletBehaviour, payment::Payment};
use crate::{ApiAnswer, Config, pages::Pages, shelf::Shelf, silence};

/// How one of them speaks.
pub(crate) trait Protocol: Sized + Send + Sync + 'static {
    /// Its name in addresses here.
    const NAME: &'static str;

    /// What the merchant is told of a payment; `None` when it is told nothing of such an end.
    fn notice(state: &State<Self>, payment: &Payment, behaviour: &WalletBehaviour) -> Option<Value>;

    /// Whether the merchant's answer says that it is recorded.
    fn is_confirmed(status: u16, body: &str) -> bool;

    /// What the payer's browser brings back to the merchant.
    fn return_query(state: &State<Self>, payment: &Payment) -> String;
}

/// What every request to one of them can reach.
pub(crate) struct State<P> {
    pub(crate) config: Config,
    pub(crate) behaviour: watch::Sender<WalletBehaviour>,
    pub(crate) payments: Shelf<Payment>,
    pub(crate) pages: Arc<Pages>,
    pub(crate) client: reqwest::Client,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    http: Arc<OnceLock<SocketAddr>>,
    clock: Clock,
    protocol: PhantomData<P>,
}

/// What the sandbox gives each of them.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) pages: Arc<Pages>,
    pub(crate) client: reqwest::Client,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    /// Where all of them answer, once that is known.
    pub(crate) http: Arc<OnceLock<SocketAddr>>,
}

impl<P: Protocol> State<P> {
    pub(crate) fn new(ground: Ground) -> Self {
        let Ground { config, clock, pages, client, tasks, stop, http } = ground;
        let payments = Shelf::numbered_by_time(clock.now());
        Self {
            config,
            behaviour: watch::Sender::default(),
            payments,
            pages,
            client,
            tasks,
            stop,
            http,
            clock,
            protocol: PhantomData,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn behaviour(&self) -> WalletBehaviour {
        self.behaviour.borrow().clone()
    }

    /// Where the payer pays.
    pub(crate) fn page(&self, number: u64) -> String {
        format!("{}/{}/pay/{number}", self.base(), P::NAME)
    }

    /// Where the sandbox answers.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.http.get().unwrap_or(&self.config.http))
    }

    /// A payment by the merchant's name for it.
    pub(crate) fn find(&self, reference: &str) -> Option<Payment> {
        self.payments.open().newest_first().find(|payment| payment.reference == reference).cloned()
    }

    /// Answers as it is told to behave.
    pub(crate) async fn answer(&self, answer: Value) -> HttpResponse {
        match self.behaviour().api_answer {
            ApiAnswer::Normal => HttpResponse::Ok().json(answer),
            ApiAnswer::Timeout => silence::stay_silent().await,
            ApiAnswer::Http500 => HttpResponse::InternalServerError().finish(),
            ApiAnswer::Html => HttpResponse::Ok().content_type("text/html").body("<html>Bao tri</html>"),
            ApiAnswer::Huge => HttpResponse::Ok().json(json!({"answer": answer, "padding": "x".repeat(16 << 20)})),
        }
    }
}

/// What it remembers, newest first.
pub(crate) async fn list<P: Protocol>(state: web::Data<State<P>>) -> HttpResponse {
    let payments = state.payments.open();
    let items: Vec<&Payment> = payments.newest_first().collect();
    HttpResponse::Ok().json(json!({"items": items}))
}
