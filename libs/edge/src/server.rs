//! Starts an API: limits, deadlines, ordered stop.

use std::{sync::Arc, time::Duration};

use actix_web::{App, HttpServer, middleware::from_fn, web};
use anyhow::{Context, Result};
use futures_util::FutureExt;
use runtime::{Life, Listen, Running};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    Check, Problem, kinds,
    observe::{Observed, observe},
    serve_admin,
    token::Verifier,
};

/// A service's table of contents: registers one operation a line.
pub type Routes = Arc<dyn Fn(&mut ServiceConfig<'_>) + Send + Sync>;

/// An API about to start.
pub struct Server {
    /// The service's name.
    pub service: &'static str,
    /// Where it listens.
    pub listen: Listen,
    /// When it stops.
    pub life: Life,
    /// Its operations.
    pub routes: Routes,
    /// Who verifies tokens.
    pub verifier: Verifier,
    /// What must answer before it takes traffic.
    pub checks: Vec<Check>,
}

impl Server {
    /// Starts to listen. Handlers reach `app` as `web::Data<A>`.
    ///
    /// # Errors
    /// When an address cannot be taken: a sentence naming it.
    pub fn start<A: Send + Sync + 'static>(self, app: A) -> Result<Running> {
        let Self { service, listen, life, routes, verifier, checks } = self;
        let app = web::Data::new(app);
        let verifier = web::Data::new(verifier);
        let observed = web::Data::new(Observed { service, random: life.random.clone() });
        let server = HttpServer::new(move || {
            let routes = Arc::clone(&routes);
            let (app, _) = App::new()
                .app_data(app.clone())
                .app_data(verifier.clone())
                .app_data(observed.clone())
                .app_data(web::PathConfig::default().error_handler(|_, _| Problem::from(kinds::NOT_FOUND).into()))
                .app_data(web::QueryConfig::default().error_handler(|why, _| invalid_query(&why).into()))
                .into_utoipa_app()
                .configure(|config| routes(config))
                .split_for_parts();
            app.wrap(from_fn(observe))
        })
        .workers(listen.threads)
        .max_connections(listen.connections)
        .keep_alive(Duration::from_secs(75))
        // A streamed answer is two segments: without this the second waits for the client's delayed acknowledgement, 40 ms.
        .tcp_nodelay(true)
        .client_request_timeout(Duration::from_secs(5))
        .client_disconnect_timeout(Duration::from_secs(1))
        .shutdown_timeout(25)
        .disable_signals()
        .bind(listen.listen)
        .with_context(|| cannot_listen(service, &listen))?;
        let address = server.addrs().first().copied();
        if let Some(admin) = listen.admin {
            serve_admin(admin, life.clone(), checks)?;
        }
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(async move {
            life.stop.cancelled().await;
            handle.stop(true).await;
        });
        let finished = tokio::spawn(server);
        let finished = async move { finished.await?.context("the server broke") };
        Ok(Running { address, finished: finished.boxed() })
    }
}

fn cannot_listen(service: &str, listen: &Listen) -> String {
    format!("{service} cannot listen at {}: the port is taken or not allowed; choose another", listen.listen)
}

fn invalid_query(why: &actix_web::error::QueryPayloadError) -> Problem {
    let reason = why.to_string();
    Problem::from(kinds::INVALID).field(
        "",
        "query",
        civic::LocalText {
            vi: format!("Tham số không hợp lệ ({reason})."),
            en: format!("A query parameter is not valid ({reason})."),
        },
    )
}
