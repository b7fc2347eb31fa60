//! The key that signs access tokens: made once for all processes, kept in PostgreSQL, remembered for a minute.

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use edge::token::{Signed, TYPE};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use runtime::Life;
use tokio::sync::Mutex;

use crate::{
    domain::{
        access_token::{Subject, Terms},
        confirmation_code::{self, CodeKey},
        signing_key,
    },
    store::signing_keys,
};

/// Another process may have retired the key: look again this often.
const REREAD: TimeDelta = TimeDelta::seconds(60);

/// A key that signs.
pub struct Signer {
    kid: String,
    key: EncodingKey,
    code_key: CodeKey,
}

/// A signer, and when it was read.
type Remembered = (DateTime<Utc>, Arc<Signer>);

/// The keys of this installation. Clones share what is remembered.
#[derive(Clone)]
pub struct SigningKeys {
    life: Life,
    terms: Terms,
    remembered: Arc<Mutex<Option<Remembered>>>,
}

impl SigningKeys {
    /// The keys for tokens of `issuer` that live for `token_life`.
    pub fn new(life: Life, issuer: String, token_life: TimeDelta) -> Self {
        Self { life, terms: Terms { issuer, life: token_life }, remembered: Arc::default() }
    }

    /// Seconds that an access token lives at most.
    pub fn token_seconds(&self) -> i64 {
        self.terms.life.num_seconds()
    }

    /// An access token of `subject`, issued now, and the seconds that it lives.
    ///
    /// # Errors
    /// When the stored key is damaged.
    pub fn access_token(&self, signer: &Signer, subject: Subject) -> Result<(String, i64)> {
        let signed = self.terms.signed(subject, self.life.new_id(), self.life.clock.now());
        Ok((signer.sign(&signed)?, signed.claims.exp - signed.claims.iat))
    }

    /// The key to sign with now. The first to ask makes it; everybody else waits for that one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn signer(&self, pool: &pg::Pool) -> Result<Arc<Signer>, pg::Error> {
        let now = self.life.clock.now();
        let mut remembered = self.remembered.lock().await;
        if let Some((at, signer)) = remembered.as_ref()
            && now - *at < REREAD
        {
            return Ok(Arc::clone(signer));
        }
        let row = pool
            .transaction(async |conn| {
                if let Some(row) = signing_keys::current(conn).await? {
                    return Ok(row);
                }
                signing_keys::lock(conn).await?;
                if let Some(row) = signing_keys::current(conn).await? {
                    return Ok(row);
                }
                let row = signing_keys::SigningKey::new(self.life.random.bytes(), self.life.random.bytes(), now)?;
                signing_keys::insert(conn, &row).await?;
                Ok::<_, pg::Error>(row)
            })
            .await?;
        let (key, code_key) = (EncodingKey::from_ed_der(&row.private_key), CodeKey::of(&row.private_key));
        let signer = Arc::new(Signer { kid: row.kid, key, code_key });
        *remembered = Some((now, Arc::clone(&signer)));
        Ok(signer)
    }

    /// What codes may be kept under that still work: made of the key that signs, or of one retired while they were sent.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn code_keys(&self, pool: &pg::Pool) -> Result<Vec<CodeKey>, pg::Error> {
        let since = self.life.clock.now() - confirmation_code::LIFE - REREAD;
        let keys = signing_keys::private(&mut *pool.get().await?, since).await?;
        Ok(keys.iter().map(|key| CodeKey::of(key)).collect())
    }

    /// The keys that verify: the one that signs, and those retired so lately that a token of theirs may still live.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published(&self, pool: &pg::Pool) -> Result<Vec<signing_key::PublicKey>, pg::Error> {
        self.signer(pool).await?;
        let since = self.life.clock.now() - self.terms.life - REREAD;
        signing_keys::published(&mut *pool.get().await?, since).await
    }
}

impl Signer {
    /// What codes are kept under that are sent now.
    pub fn code_key(&self) -> &CodeKey {
        &self.code_key
    }

    /// The token that claims this.
    ///
    /// # Errors
    /// When the stored key is damaged.
    fn sign(&self, signed: &Signed) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        encode(&header, signed, &self.key).context("a token could not be signed")
    }
}
