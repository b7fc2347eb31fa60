//! The admin address: `/livez`, `/readyz`, `/metrics`. Never reachable from outside the operator's network.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result};
use futures_util::future::BoxFuture;
use runtime::Life;
use tokio::time::sleep;

/// Whether one thing that the service needs answers: its name, and a question that gives a reason when it does not.
#[derive(Clone)]
pub struct Check {
    name: &'static str,
    ask: Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>,
}

impl Check {
    /// A check named `name`.
    pub fn new<F>(name: &'static str, ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self { name, ask: Arc::new(move || Box::pin(ask())) }
    }

    /// Whether the database answers.
    pub fn database(pool: &pg::Pool) -> Self {
        let pool = pool.clone();
        Self::new("database", move || {
            let pool = pool.clone();
            async move { pool.ready().await.map_err(|why| why.to_string()) }
        })
    }
}

#[derive(Clone)]
struct Admin {
    life: Life,
    checks: Vec<Check>,
}

/// Serves the admin address until `life` stops. Returns once it listens.
///
/// # Errors
/// When the address cannot be taken.
pub fn serve_admin(address: SocketAddr, life: Life, checks: Vec<Check>) -> Result<SocketAddr> {
    let admin = web::Data::new(Admin { life: life.clone(), checks });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(admin.clone())
            .route("/livez", web::get().to(HttpResponse::Ok))
            .route("/readyz", web::get().to(ready))
            .route("/metrics", web::get().to(metrics))
    })
    .workers(1)
    .disable_signals()
    .bind(address)
    .with_context(|| format!("The admin address {address} cannot be used; give another with --admin"))?;
    let bound = *server.addrs().first().context("no admin address")?;
    let server = server.run();
    let handle = server.handle();
    tokio::spawn(server);
    tokio::spawn(async move {
        life.stop.cancelled().await;
        handle.stop(true).await;
    });
    Ok(bound)
}

/// How often the log's reader is kept up to date.
const WATCH_INTERVAL: Duration = Duration::from_secs(5);

/// Says in the log when a check fails, from the start on, and when it is well again: a line each, whether or not anybody asks
/// for `/readyz`. Until `life` stops.
pub fn watch(service: &'static str, life: &Life, checks: Vec<Check>) {
    let stop = life.stop.clone();
    tokio::spawn(async move {
        let mut failing = vec![false; checks.len()];
        loop {
            for (check, was_failing) in checks.iter().zip(&mut failing) {
                let outcome = (check.ask)().await;
                match &outcome {
                    Err(why) if !*was_failing => tracing::warn!(service, check = check.name, why, "not ready"),
                    Ok(()) if *was_failing => tracing::info!(service, check = check.name, "ready again"),
                    _ => {}
                }
                *was_failing = outcome.is_err();
            }
            if stop.run_until_cancelled(sleep(WATCH_INTERVAL)).await.is_none() {
                return;
            }
        }
    });
}

async fn ready(admin: web::Data<Admin>) -> HttpResponse {
    let mut lines = Vec::new();
    let mut all = !admin.life.leaving.is_cancelled() && !admin.life.stop.is_cancelled();
    for check in &admin.checks {
        let outcome = (check.ask)().await;
        all &= outcome.is_ok();
        lines.push(format!("{}: {}\n", check.name, outcome.err().unwrap_or_else(|| "ok".into())));
    }
    let mut answer = if all { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.content_type("text/plain; charset=utf-8").body(lines.concat())
}

async fn metrics() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(runtime::telemetry::metrics())
}
