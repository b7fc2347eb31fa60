//! What the gateway is made of, built once at start.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::web;
use anyhow::{Context, Result};
use edge::{Server, token::Verifier};
use runtime::{Life, Random, Running};

use crate::{
    Config, document, gate,
    headers::Public,
    kept::Kept,
    limits::Limits,
    origin::Proxies,
    pages::Pages,
    proxy::{Client, client},
    routes::Routes,
    upstream::Upstreams,
};

/// The document of the version that this binary was built from.
const BUILT_IN: &str = include_str!("../../../openapi/motcua.json");

/// What a request may reach.
pub(crate) struct App {
    pub routes: Routes,
    pub pages: Pages,
    pub public: Public,
    pub proxies: Proxies,
    pub limits: Arc<Limits>,
    pub kept: Kept,
    pub verifier: Verifier,
    pub random: Random,
}

/// Starts the gateway.
///
/// # Errors
/// When the document cannot be used, or an address cannot be taken: a sentence.
pub(crate) async fn serve(config: Config, life: Life) -> Result<Running> {
    let (name, text) = match &config.document {
        None => ("that is built in".to_owned(), BUILT_IN.to_owned()),
        Some(path) => {
            let name = path.display().to_string();
            let text =
                fs::read_to_string(path).with_context(|| format!("The OpenAPI document {name} cannot be read"))?;
            (name, text)
        }
    };
    let routes = document::read(&text, &Upstreams::new(&config), &Upstreams::portal(&config));
    let routes = routes.with_context(|| format!("The OpenAPI document {name} cannot be used"))?;
    let limits = Arc::new(Limits::new(&config));
    let verifier = Verifier::new(config.token, life.clock.clone())?;
    let sweeping = (Arc::clone(&limits), life.clone());
    tokio::spawn(async move { sweeping.0.sweep(sweeping.1).await });
    let app = App {
        routes,
        pages: Pages::new(text),
        public: Public::new(&config.public_url)?,
        proxies: Proxies::new(config.trusted_proxies),
        limits,
        kept: Kept::new(),
        verifier: verifier.clone(),
        random: life.random.clone(),
    };
    let clients = (0..config.listen.threads.max(1)).map(|_| client());
    let clients = Clients { all: clients.collect(), next: AtomicUsize::new(0) };
    let routes = Arc::new(move |service: &mut utoipa_actix_web::service_config::ServiceConfig<'_>| {
        service.app_data(web::Data::new(clients.next())).default_service(web::to(gate::answer));
    });
    // A service that is down is no reason to take the others from the clients: readiness does not ask for it.
    Server { service: "gateway", listen: config.listen, life, routes, verifier, checks: Vec::new() }.start(app)
}

/// A client for each worker thread: an answer then never wakes another thread.
struct Clients {
    all: Vec<Client>,
    next: AtomicUsize,
}

impl Clients {
    fn next(&self) -> Client {
        self.all[self.next.fetch_add(1, Ordering::Relaxed) % self.all.len()].clone()
    }
}
