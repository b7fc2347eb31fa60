//! Access tokens: who signs them, how they are verified (RFC 9068, RFC 8725).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use moka::sync::Cache;
use runtime::Clock;
use sha2::{Digest, Sha256};

pub use crate::claims::Claims;
use crate::{Caller, Problem, kinds};

/// Whom our tokens are for.
pub const AUDIENCE: &str = "motcua";
/// The `typ` of an access token (RFC 9068 §2.1), so that no other token passes for one.
pub const TYPE: &str = "at+jwt";
/// A verified token is believed for this long without verifying its signature again.
const BELIEVED: Duration = Duration::from_secs(30);
/// An unknown `kid` asks the issuer for its keys again at most this often.
const REFETCH: Duration = Duration::from_secs(60);
/// An issuer that did not answer is asked again after this, not with every token that comes meanwhile.
const PAUSE: Duration = Duration::from_secs(1);

/// Where tokens come from.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Settings {
    /// Address of the accounts service's key set (JWKS).
    #[arg(long, env = "MOTCUA_JWKS_URL", default_value = "http://127.0.0.1:8081/api/v1/jwks", value_name = "URL",
        value_parser = runtime::http_address)]
    pub jwks_url: String,
    /// The issuer that tokens must name.
    #[arg(long, env = "MOTCUA_ISSUER", default_value = "https://motcua.localhost", value_name = "URL",
        value_parser = runtime::http_address, add = runtime::Guard::own_value())]
    pub issuer: String,
}

/// Verifies access tokens against the issuer's published keys. Clones share the keys and the cache.
#[derive(Clone)]
pub struct Verifier(Arc<Inner>);

struct Inner {
    settings: Settings,
    clock: Clock,
    client: reqwest::Client,
    keys: Mutex<Keys>,
    asking: tokio::sync::Mutex<()>,
    believed: Cache<[u8; 32], (i64, Caller)>,
}

#[derive(Default)]
struct Keys {
    set: Option<JwkSet>,
    /// Whether the issuer answered when it was asked last.
    heard: bool,
    /// When an unknown key may be asked for again.
    ask_again: Option<Instant>,
}

impl Verifier {
    /// Prepares a verifier; keys are fetched when the first token comes.
    ///
    /// # Errors
    /// When the HTTP client cannot start.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self> {
        let client = runtime::http_client(Duration::from_secs(3)).context("no HTTP client for the key set")?;
        let believed = Cache::builder().max_capacity(50_000).time_to_live(BELIEVED).build();
        Ok(Self(Arc::new(Inner {
            settings,
            clock,
            client,
            keys: Mutex::default(),
            asking: Default::default(),
            believed,
        })))
    }

    /// The caller that a token speaks for.
    ///
    /// # Errors
    /// 401 for a token that is malformed, expired, of another issuer, audience, type or algorithm, or wrongly signed;
    /// 503 when the keys cannot be fetched.
    pub async fn verify(&self, token: &str) -> Result<Caller, Problem> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let now = self.0.clock.now().timestamp();
        if let Some((expires, caller)) = self.0.believed.get(&digest)
            && now < expires
        {
            return Ok(caller);
        }
        let claims = self.decode(token).await?;
        let lives = claims.iat <= now + 5 && now < claims.exp;
        if !lives {
            return Err(kinds::UNAUTHENTICATED.into());
        }
        let expires = claims.exp;
        let caller = Caller::from(claims);
        self.0.believed.insert(digest, (expires, caller.clone()));
        Ok(caller)
    }

    async fn decode(&self, token: &str) -> Result<Claims, Problem> {
        let header = decode_header(token).map_err(|_| kinds::UNAUTHENTICATED)?;
        let kid = header.kid.filter(|_| header.typ.as_deref() == Some(TYPE)).ok_or(kinds::UNAUTHENTICATED)?;
        let key = self.key(&kid).await?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&self.0.settings.issuer]);
        rules.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // Time is judged in `verify`, by our clock and without leeway.
        rules.validate_exp = false;
        let token = decode::<Claims>(token, &key, &rules).map_err(|_| kinds::UNAUTHENTICATED)?;
        Ok(token.claims)
    }

    async fn key(&self, kid: &str) -> Result<DecodingKey, Problem> {
        if let Some(key) = self.known(kid) {
            return Ok(key);
        }
        // One asks, the others wait for what it hears.
        let _turn = self.0.asking.lock().await;
        if self.known(kid).is_none() && self.lock().ask_again.is_none_or(|at| at <= Instant::now()) {
            self.ask().await;
        }
        match self.known(kid) {
            Some(key) => Ok(key),
            None if self.lock().heard => Err(kinds::UNAUTHENTICATED.into()),
            None => Err(kinds::UNAVAILABLE.into()),
        }
    }

    async fn ask(&self) {
        let heard = self.fetch().await;
        if let Err(why) = &heard {
            tracing::warn!(error = %format!("{why:#}"), "the issuer's keys cannot be fetched");
        }
        let mut keys = self.lock();
        keys.heard = heard.is_ok();
        keys.ask_again = Some(Instant::now() + if keys.heard { REFETCH } else { PAUSE });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Keys> {
        self.0.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, kid: &str) -> Option<DecodingKey> {
        self.lock().set.as_ref()?.find(kid).and_then(|jwk| DecodingKey::from_jwk(jwk).ok())
    }

    async fn fetch(&self) -> Result<()> {
        let answer = self.0.client.get(&self.0.settings.jwks_url).send().await?.error_for_status()?;
        let set: JwkSet = answer.json().await?;
        self.lock().set = Some(set);
        Ok(())
    }
}
