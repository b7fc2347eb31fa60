//! What the pages are made of, built once at start.

use std::sync::Arc;

use anyhow::{Context, Result};
use edge::{Server, token::Verifier};
use runtime::{Life, Running, http_client};
use url::Url;

use crate::{
    Config,
    api::{Door, FILE_TIMEOUT, Published},
    assets::Assets,
    pages,
    sessions::Sessions,
    templates::Templates,
};

/// What a page may reach.
pub(crate) struct App {
    pub door: Door,
    pub published: Published,
    pub sessions: Sessions,
    pub templates: Templates,
    pub assets: Arc<Assets>,
    pub verifier: Verifier,
    pub life: Life,
    /// The address that people see, without a path.
    pub public_url: Url,
    /// The sandbox's pages, on a developer's machine.
    pub development_banner: Option<Url>,
}

impl App {
    /// The full address of the page at `path`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// The scheme, host and port that people see, as browsers say them in `Origin`.
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }
}

/// Starts the portal.
///
/// # Errors
/// When a setting is not an address, or the address cannot be taken: a sentence.
pub(crate) async fn serve(config: Config, life: Life) -> Result<Running> {
    let assets = Arc::new(Assets::read(config.assets.as_deref())?);
    let verifier = Verifier::new(config.token, life.clock.clone())?;
    let sessions =
        Sessions::new(&config.redis_url, life.clock.clone()).context("MOTCUA_REDIS_URL is not a Redis address")?;
    let checks = vec![sessions.check()];
    let app = App {
        door: Door::new(http_client(FILE_TIMEOUT)?, &config.api_url),
        published: Published::new(),
        sessions,
        templates: Templates::load(&assets, config.document_limit)?,
        assets,
        verifier: verifier.clone(),
        life: life.clone(),
        public_url: config.public_url,
        development_banner: config.development_banner,
    };
    let routes = Arc::new(|service: &mut utoipa_actix_web::service_config::ServiceConfig<'_>| {
        service.map(|config| config.service(pages::routes()));
    });
    Server { service: "portal", listen: config.listen, life, routes, verifier, checks }.start(app)
}
