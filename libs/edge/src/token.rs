//! Access tokens: who signs them, how they are verified (RFC 9068, RFC 8725).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use moka::sync::Cache;
use runtime::{Clock, Life};
use sha2::{Digest, Sha256};

pub use crate::claims::{Claims, Signed};
use crate::{
    Caller, Problem, kinds,
    revocation::{self, Revoked},
    security::SecurityEvent,
};

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
        value_parser = runtime::http_address, add = runtime::Guard::inside_address())]
    pub jwks_url: String,
    /// The issuer that tokens must name.
    #[arg(long, env = "MOTCUA_ISSUER", default_value = "https://motcua.localhost", value_name = "URL",
        value_parser = runtime::http_address, add = runtime::Guard::own_address())]
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
    believed: Cache<[u8; 32], Believed>,
    revoked: Revoked,
}

/// What was found good.
#[derive(Clone)]
struct Believed {
    expires: i64,
    generation: i32,
    caller: Caller,
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
            revoked: Revoked::default(),
        })))
    }

    /// Refuses, from here on, what the issuer says is worth nothing any more, within a second; for whoever lets requests in. While the
    /// issuer is away, what it said last stays.
    ///
    /// # Errors
    /// When the address of the keys is none.
    pub fn follow_revocations(&self, life: Life) -> Result<()> {
        let url = revocation::url(&self.0.settings.jwks_url)?;
        tokio::spawn(self.0.revoked.clone().follow(self.0.client.clone(), url, life));
        Ok(())
    }

    /// The caller that a token speaks for.
    ///
    /// # Errors
    /// 401 for a token that is malformed, expired or not valid yet, of another issuer, audience, type or algorithm, wrongly signed,
    /// or revoked;
    /// 503 when the keys cannot be fetched.
    pub async fn verify(&self, token: &str) -> Result<Caller, Problem> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let now = self.0.clock.now().timestamp();
        let known = self.0.believed.get(&digest).filter(|known| now < known.expires);
        let good = match known {
            Some(known) => known,
            None => {
                let good = self.judge(token, now).await?;
                self.0.believed.insert(digest, good.clone());
                good
            }
        };
        // A program's token belongs to no session: it dies with the program.
        let rests_on = good.caller.session.unwrap_or(good.caller.id);
        if self.0.revoked.holds(rests_on, good.generation) { Err(refused()) } else { Ok(good.caller) }
    }

    async fn judge(&self, token: &str, now: i64) -> Result<Believed, Problem> {
        let Signed { claims, generation, nbf, scope, .. } = self.decode(token).await?;
        // Clocks may differ by a few seconds.
        let soon = now + 5;
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^52")]
        let begun = claims.iat <= soon && nbf.is_none_or(|nbf| nbf <= soon as f64);
        if !begun || now >= claims.exp {
            return Err(refused());
        }
        let expires = claims.exp;
        Ok(Believed { expires, generation, caller: Caller { scope, ..claims.into() } })
    }

    async fn decode(&self, token: &str) -> Result<Signed, Problem> {
        let header = decode_header(token).map_err(|_| forged())?;
        // We understand no extension, and one that is critical must be understood (RFC 7515 §4.1.11).
        let plain = header.typ.as_deref() == Some(TYPE) && header.crit.is_none();
        let kid = header.kid.filter(|_| plain).ok_or_else(forged)?;
        let key = self.key(&kid).await?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[&self.0.settings.issuer]);
        rules.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // Time is judged by our clock and without the library's leeway.
        rules.validate_exp = false;
        let token = decode::<Signed>(token, &key, &rules).map_err(|_| forged())?;
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
            None if self.lock().heard => Err(forged()),
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

/// A token came, and is not good (RFC 6750 §3.1).
fn refused() -> Problem {
    Problem::from(kinds::UNAUTHENTICATED).challenge("Bearer error=\"invalid_token\"")
}

/// The same, of one that is none of ours: nobody comes by it without meaning to.
fn forged() -> Problem {
    refused().refused_as(SecurityEvent::TokenForged, None)
}
