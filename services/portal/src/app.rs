//! What a page may reach.

use std::sync::Arc;

use anyhow::{Context, Result};
use edge::token::Verifier;
use runtime::{Life, http_client};
use url::Url;

use crate::{
    Config,
    api::{Door, FILE_TIMEOUT, Published},
    assets::Assets,
    kept_forms::KeptForms,
    sessions::Sessions,
    templates::Templates,
};

/// What a page may reach.
pub(crate) struct App {
    pub door: Door,
    pub published: Published,
    pub sessions: Sessions,
    pub kept_forms: KeptForms,
    pub templates: Templates,
    pub assets: Arc<Assets>,
    pub verifier: Verifier,
    pub life: Life,
    /// Bytes a file may have.
    pub file_limit: u64,
    /// The address that people see, without a path.
    pub public_url: Url,
    /// The sandbox's pages, on a developer's machine.
    pub development_banner: Option<Url>,
}

impl App {
    /// Everything that `config` names, opened.
    ///
    /// # Errors
    /// When a setting is not an address, or the built assets cannot be read: a sentence.
    pub fn new(config: &Config, life: Life) -> Result<Self> {
        let assets = Arc::new(Assets::read(config.assets.as_deref())?);
        let sessions =
            Sessions::new(&config.redis_url, life.clock.clone()).context("MOTCUA_REDIS_URL is not a Redis address")?;
        Ok(Self {
            door: Door::new(http_client(FILE_TIMEOUT)?, &config.api_url),
            published: Published::new(),
            kept_forms: KeptForms::new(sessions.redis(), life.random.clone()),
            sessions,
            templates: Templates::load(&assets, config.document_limit)?,
            assets,
            verifier: Verifier::new(config.token.clone(), life.clock.clone())?,
            life,
            file_limit: config.document_limit,
            public_url: config.listen.public_url.clone(),
            development_banner: config.development_banner.clone(),
        })
    }

    /// The full address of the page at `path`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// The scheme, host and port that people see, as browsers say them in `Origin`.
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }
}
