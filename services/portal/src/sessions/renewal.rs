//! The next access token, asked for once however many pages a browser loads at the same moment.
//!
//! A refresh token works once, and the API takes a late second use for theft and ends the session. So whoever would refresh
//! takes a lock first; the others wait for what it brings. A second use within seconds gets the same answer again: so one that
//! gets lost is asked for again at once, while the lock is still held.

use std::time::Duration;

use chrono::TimeDelta;
use redis::{AsyncCommands, ExistenceCheck, SetExpiry, SetOptions};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Session, Sessions, Tokens, json as written, within};
use crate::{api::Api, failure::Failure};

/// A token with less life than this left is renewed before it is used.
const EARLY: TimeDelta = TimeDelta::seconds(30);
/// How long the API may take for it; two tries and Redis' answers fit into the lock's life.
const TRY_TIMEOUT: Duration = Duration::from_secs(2);
/// Whoever holds the lock for longer has died.
const LOCK_SECONDS: u64 = 10;
/// How often, and how many times, the others look for the new token.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
const POLLS: u32 = 200;

impl Sessions {
    /// `session` with an access token that lives for a while; nothing when the API has ended it.
    ///
    /// # Errors
    /// When Redis or the API does not answer.
    pub async fn renewed(&self, session: Session, api: &Api) -> Result<Option<Session>, Failure> {
        if !self.is_due(&session.tokens) {
            return Ok(Some(session));
        }
        let (sessions, old, api) = (self.clone(), session.clone(), api.clone());
        // A task of its own: whoever leaves the page meanwhile must not leave a token used and its successor unwritten.
        let renewal = tokio::spawn(async move { sessions.renewed_in_turn(&old, &api).await });
        match renewal.await.unwrap_or(Err(Failure::Internal)) {
            // It serves as long as it lives, and the next page tries again.
            Err(_) if self.clock.now() < session.tokens.expires_at => Ok(Some(session)),
            renewed => renewed,
        }
    }

    async fn renewed_in_turn(&self, session: &Session, api: &Api) -> Result<Option<Session>, Failure> {
        for _ in 0..POLLS {
            if self.lock(session).await? {
                let renewed = self.renew(session, api).await;
                // A lock that Redis does not take back ends by itself.
                let _ = self.unlock(session).await;
                return renewed;
            }
            tokio::time::sleep(POLL_INTERVAL).await;
            match self.find(&session.id).await? {
                Some(found) if self.is_due(&found.tokens) => {}
                found => return Ok(found),
            }
        }
        Err(Failure::Unavailable)
    }

    /// Does `change` with the session's tokens while nobody renews them, and ends the session: what comes of it is another's.
    ///
    /// # Errors
    /// When Redis does not answer, the session has ended, or `change` fails.
    pub async fn taken<T>(
        &self,
        session: &Session,
        change: impl AsyncFnOnce(&Tokens) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        for _ in 0..POLLS {
            if self.lock(session).await? {
                let changed = self.take(session, change).await;
                let _ = self.unlock(session).await;
                return changed;
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        Err(Failure::Unavailable)
    }

    async fn take<T>(
        &self,
        session: &Session,
        change: impl AsyncFnOnce(&Tokens) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let current = self.find(&session.id).await?.ok_or(Failure::NotSignedIn)?;
        let changed = change(&current.tokens).await?;
        self.close(&session.id).await?;
        Ok(changed)
    }

    fn is_due(&self, tokens: &Tokens) -> bool {
        self.clock.now() + EARLY >= tokens.expires_at
    }

    async fn renew(&self, session: &Session, api: &Api) -> Result<Option<Session>, Failure> {
        // Somebody may have renewed it between our look and our lock.
        let Some(mut current) = self.find(&session.id).await? else { return Ok(None) };
        if !self.is_due(&current.tokens) {
            return Ok(Some(current));
        }
        let answer = match next(&current.tokens, api).await {
            Err(Failure::Refused(problem)) if problem.status == 401 => {
                self.close(&session.id).await?;
                return Ok(None);
            }
            answer => answer?,
        };
        current.tokens = Tokens::of(&answer, self.clock.now()).ok_or(Failure::Unavailable)?;
        self.amend(&current, "tokens", &written(&current.tokens)).await?;
        Ok(Some(current))
    }

    async fn lock(&self, session: &Session) -> Result<bool, Failure> {
        let options =
            SetOptions::default().conditional_set(ExistenceCheck::NX).with_expiration(SetExpiry::EX(LOCK_SECONDS));
        let mut redis = self.redis.clone();
        let taken = redis.set_options::<_, _, Option<String>>(lock_key(session), 1, options);
        Ok(within(taken).await?.is_some())
    }

    async fn unlock(&self, session: &Session) -> Result<(), Failure> {
        within(self.redis.clone().del::<_, ()>(lock_key(session))).await
    }
}

async fn next(tokens: &Tokens, api: &Api) -> Result<Value, Failure> {
    let asked = json!({"refresh_token": tokens.refresh});
    let ask = || api.call(Method::POST, "/api/v1/sessions/refresh").json(&asked).within(TRY_TIMEOUT).send();
    let answer = match ask().await {
        Err(why) if why.status() >= 500 => ask().await,
        answer => answer,
    };
    Ok(answer?.json)
}

fn lock_key(session: &Session) -> String {
    format!("{}:renewal", session.id.key())
}
