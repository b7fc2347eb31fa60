//! What a request may reach.

use std::{fs, sync::Arc};

use anyhow::{Context, Result};
use edge::token::Verifier;
use runtime::{Life, Random};

use crate::{
    Config, document, headers::Public, limits::Limits, origin::Proxies, pages::Pages, response_cache::ResponseCache,
    routes::Routes, upload::Terms, upstream::BUILT_IN,
};

/// What a request may reach.
pub(crate) struct App {
    pub routes: Routes,
    pub pages: Pages,
    pub public: Public,
    pub proxies: Proxies,
    pub limits: Arc<Limits>,
    pub responses: ResponseCache,
    pub verifier: Verifier,
    pub random: Random,
    /// How files are taken.
    pub terms: Terms,
}

impl App {
    /// Everything that `config` names, read.
    ///
    /// # Errors
    /// When the document cannot be used: a sentence.
    pub fn new(config: &Config, life: &Life) -> Result<Self> {
        let (name, text) = match &config.document {
            None => ("that is built in".to_owned(), BUILT_IN.to_owned()),
            Some(path) => {
                let name = path.display().to_string();
                let text =
                    fs::read_to_string(path).with_context(|| format!("The OpenAPI document {name} cannot be read"))?;
                (name, text)
            }
        };
        let routes = document::read(&text, &config.upstreams);
        let routes = routes.with_context(|| format!("The OpenAPI document {name} cannot be used"))?;
        Ok(Self {
            routes,
            pages: Pages::new(text, &config.listen.public_url, &config.token.issuer),
            public: Public::new(&config.listen.public_url)?,
            proxies: Proxies::new(config.trusted_proxies.clone()),
            limits: Arc::new(Limits::new(config)),
            responses: ResponseCache::new(),
            verifier: Verifier::new(config.token.clone(), life.clock.clone())?,
            random: life.random.clone(),
            terms: Terms { file_limit: config.document_limit, least_rate: config.least_upload_rate },
        })
    }
}
