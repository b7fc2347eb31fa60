//! The next access token, asked for once however many pages a browser loads at the same moment.
//!
//! A refresh token works once, and the API takes a late second use for theft and ends the session. So whoever would refresh
//! takes a lock first; the others wait for what it brings.

use std::time::Duration;

use chrono::TimeDelta;
use redis::{AsyncCommands, ExistenceCheck, SetExpiry, SetOptions};
use serde_json::json;

use super::{Session, Sessions, Tokens, json as written, within};
use crate::{api::Api, failure::Failure};

/// A token with less life than this left is renewed before it is used.
const EARLY: TimeDelta = TimeDelta::seconds(30);
/// Whoever holds the lock for longer has died.
const LOCK_SECONDS: u64 = 10;
/// How often, and how many times, the others look for the new token.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 200;

impl Sessions {
    /// `session` with an access token that lives for a while; nothing when the API has ended it.
    ///
    /// # Errors
    /// When Redis or the API does not answer.
    pub async fn renewed(&self, session: Session, api: &Api) -> Result<Option<Session>, Failure> {
        if !self.is_due(&session.tokens) {
            return Ok(Some(session));
        }
        for _ in 0..LOOKS {
            if self.lock(&session).await? {
                let renewed = self.renew(&session, api).await;
                self.unlock(&session).await?;
                return renewed;
            }
            tokio::time::sleep(LOOK).await;
            match self.find(&session.id).await? {
                Some(found) if self.is_due(&found.tokens) => {}
                found => return Ok(found),
            }
        }
        Err(Failure::Unavailable)
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
        let asked = json!({"refresh_token": current.tokens.refresh});
        let answer = match api.post("/api/v1/sessions/refresh", None, &asked).await {
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

fn lock_key(session: &Session) -> String {
    format!("{}:renewal", session.id.key())
}
