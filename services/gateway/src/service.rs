//! The service, described once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::web;
use anyhow::Result;
use edge::Server;
use runtime::{Life, Role, Running, Service};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    Config,
    app::App,
    gate,
    proxy::{Client, client},
};

const NAME: &str = "gateway";

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8080).role(Role::Gateway).serve(serve).build()
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, &life)?;
    let sweeping = (Arc::clone(&app.limits), life.clone());
    tokio::spawn(async move { sweeping.0.sweep(sweeping.1).await });
    let clients = (0..config.listen.threads.max(1)).map(|_| client());
    let clients = Clients { all: clients.collect(), next: AtomicUsize::new(0) };
    let routes = Arc::new(move |service: &mut ServiceConfig<'_>| {
        service.app_data(web::Data::new(clients.next())).default_service(web::to(gate::answer));
    });
    let verifier = app.verifier.clone();
    verifier.follow_revocations(life.clone())?;
    // A service that is down is no reason to take the others from the clients: readiness does not ask for it.
    let (listen, checks, audit) = (config.listen, Vec::new(), None);
    Server { service: NAME, listen, life, routes, verifier, checks, audit, at_border: true }.start(app)
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
