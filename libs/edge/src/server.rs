//! Starts an API: limits, timeouts, ordered stop.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use actix_http::{HttpService, Protocol, error::DispatchError};
use actix_service::{ServiceFactoryExt, fn_service, map_config};
use actix_web::{App, dev::AppConfig, middleware::from_fn, web};
use anyhow::{Context, Result};
use futures_util::FutureExt;
use runtime::{Life, Listen, Running};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::oneshot,
};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    Check, Problem,
    connection::{Connection, QUIET},
    kinds,
    observe::{Observed, observe},
    security_log::SecurityLog,
    serve_admin,
    token::Verifier,
    watch,
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
    /// Where refusals are audited; without it they are lines of the log.
    pub audit: Option<pg::Pool>,
    /// Strangers ask it, and not only services of ours: it begins a trace for each request, and links theirs.
    pub at_border: bool,
}

impl Server {
    /// Starts to listen. Handlers reach `app` as `web::Data<A>`.
    ///
    /// # Errors
    /// When an address cannot be taken: a sentence naming it.
    pub fn start<A: Send + Sync + 'static>(self, app: A) -> Result<Running> {
        let Self { service, listen, life, routes, verifier, checks, audit, at_border } = self;
        let log = SecurityLog::new(service, audit, life.clone());
        let app = web::Data::new(app);
        let verifier = web::Data::new(verifier);
        let observed = web::Data::new(Observed { service, at_border, life: life.clone() });
        let (listener, address) = listen_at(listen.listen).with_context(|| cannot_listen(service, &listen))?;
        let builder = actix_server::Server::build()
            .workers(listen.threads)
            .max_concurrent_connections(listen.connections)
            .shutdown_timeout(25)
            .disable_signals();
        let stopping = builder.graceful_shutdown_signal();
        let refusals = log.clone();
        let server = builder.listen(service, listener, move || {
            let routes = Arc::clone(&routes);
            let (api, _) = App::new()
                .app_data(app.clone())
                .app_data(verifier.clone())
                .app_data(observed.clone())
                .app_data(refusals.clone())
                .app_data(web::PathConfig::default().error_handler(|_, _| Problem::from(kinds::MALFORMED).into()))
                .app_data(web::QueryConfig::default().error_handler(|why, _| invalid_query(&why).into()))
                .into_utoipa_app()
                .configure(|config| routes(config))
                .split_for_parts();
            let stopping = stopping.clone();
            let http = HttpService::build()
                .keep_alive(QUIET)
                .client_request_timeout(Duration::from_secs(5))
                .client_disconnect_timeout(Duration::from_secs(1))
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .on_connect_ext(|connection: &Connection, data| drop(data.insert(connection.presence.clone())))
                .finish(map_config(api.wrap(from_fn(observe)), |()| AppConfig::default()));
            fn_service(accept).and_then(http)
        })?;
        watch(service, &life, checks.clone());
        if let Some(admin) = listen.admin {
            serve_admin(admin, life.clone(), checks)?;
        }
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(async move {
            life.stop.cancelled().await;
            handle.stop(true).await;
        });
        let (served, until_served) = oneshot::channel();
        let keeping = tokio::spawn(log.keep(until_served));
        let finished = tokio::spawn(server);
        let finished = async move {
            let ended = finished.await;
            drop(served);
            keeping.await?;
            ended?.context("the server broke")
        };
        Ok(Running { address: Some(address), finished: finished.boxed() })
    }
}

/// Connections that may wait to be taken.
const BACKLOG: u32 = 2048;

fn listen_at(address: SocketAddr) -> io::Result<(std::net::TcpListener, SocketAddr)> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A port is free again at once after its server ended.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    let listener = socket.listen(BACKLOG)?.into_std()?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

async fn accept(io: TcpStream) -> Result<(Connection, Protocol, Option<SocketAddr>), DispatchError> {
    // A streamed answer is two segments: without this the second waits for the client's delayed acknowledgement, 40 ms.
    io.set_nodelay(true)?;
    let peer = io.peer_addr().ok();
    Ok((Connection::new(io), Protocol::Http1, peer))
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
