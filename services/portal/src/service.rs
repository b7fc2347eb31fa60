//! The service, described once.

use std::sync::Arc;

use anyhow::Result;
use edge::Server;
use runtime::{Life, Running, Service};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{Config, app::App, pages};

const NAME: &str = "portal";

/// The service, for the binary and for tests.
pub fn service() -> Service {
    Service::describe::<Config>(NAME, 8085).serve(serve).build()
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let app = App::new(&config, life.clone())?;
    let routes = Arc::new(|service: &mut ServiceConfig<'_>| {
        service.map(|config| config.service(pages::routes()));
    });
    let (verifier, checks) = (app.verifier.clone(), vec![app.sessions.check()]);
    let (listen, audit) = (config.listen, None);
    Server { service: NAME, listen, life, routes, verifier, checks, audit, at_border: false }.start(app)
}
