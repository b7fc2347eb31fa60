//! Access tokens that are worth nothing before they expire: what the issuer says of it, read about twice a second.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use reqwest::{Client, Url};
use runtime::Life;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where the issuer says it, on the machine that publishes its keys. No operation: the gateway lets nobody ask.
pub const PATH: &str = "/internal/revocations";
/// The issuer is asked this often, so that a token dies within a second.
const INTERVAL: Duration = Duration::from_millis(400);
/// No access token lives for longer, and then it expires by itself.
const LONGEST_LIFE: Duration = Duration::from_secs(3600);
/// An issuer that answers nothing for so long is told of in the log. What it said before goes on being heeded.
const SILENCE: Duration = Duration::from_secs(5);

/// What the issuer answers: everything since the position that was asked for, some of it perhaps once more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Revocations {
    /// Ask from here the next time.
    pub position: i64,
    /// Sessions and API clients whose tokens, or some of them, are worth nothing any more.
    pub sessions: Vec<Revocation>,
}

/// A session whose tokens are worth nothing any more, or those from before something was taken from the person; or an API client,
/// whose tokens belong to no session, with those from before it was changed or disabled.
#[derive(Debug, Serialize, Deserialize)]
pub struct Revocation {
    /// The session, or the API client.
    pub session: Uuid,
    /// Tokens of this generation and later ones are good; none is when it is absent.
    pub good_from: Option<i32>,
}

/// What the issuer said, as a verifier looks at it.
#[derive(Clone, Default)]
pub(crate) struct Revoked(Arc<RwLock<HashMap<Uuid, Entry>>>);

struct Entry {
    good_from: Option<i32>,
    heard: Instant,
}

impl Revoked {
    /// Whether a token of `generation` is refused.
    pub fn holds(&self, session: Uuid, generation: i32) -> bool {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&session).is_some_and(|entry| entry.good_from.is_none_or(|good| generation < good))
    }

    /// Reads on until `life` ends.
    pub async fn follow(self, client: Client, url: Url, life: Life) {
        let (mut position, mut heard, mut silent) = (0, Instant::now(), false);
        loop {
            match ask(&client, &url, position).await {
                Ok(news) => {
                    position = news.position;
                    self.take(news.sessions, Instant::now());
                    if silent {
                        tracing::info!("the issuer's revocations are read again");
                    }
                    (heard, silent) = (Instant::now(), false);
                }
                Err(why) if !silent && heard.elapsed() >= SILENCE => {
                    silent = true;
                    tracing::warn!(error = %format!("{why:#}"), "the issuer's revocations cannot be read");
                }
                Err(_) => {}
            }
            if life.stop.run_until_cancelled(tokio::time::sleep(INTERVAL)).await.is_none() {
                return;
            }
        }
    }

    fn take(&self, news: Vec<Revocation>, now: Instant) {
        if news.is_empty() {
            return;
        }
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, entry| now.duration_since(entry.heard) < LONGEST_LIFE);
        all.extend(news.into_iter().map(|it| (it.session, Entry { good_from: it.good_from, heard: now })));
    }
}

/// The address of the list, beside that of the keys.
pub(crate) fn url(jwks_url: &str) -> Result<Url> {
    let keys: Url = jwks_url.parse().with_context(|| format!("{jwks_url} is not an address"))?;
    keys.join(PATH).with_context(|| format!("{jwks_url} is not an address"))
}

async fn ask(client: &Client, url: &Url, position: i64) -> Result<Revocations> {
    let answer = client.get(url.clone()).query(&[("after", position)]).send().await?.error_for_status()?;
    Ok(answer.json().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SESSION: Uuid = Uuid::from_u128(7);

    fn after(news: &[(Option<i32>, u64)]) -> Revoked {
        let (revoked, begun) = (Revoked::default(), Instant::now());
        for (good_from, second) in news {
            let session = if *second > 3600 { Uuid::nil() } else { SESSION };
            revoked.take(vec![Revocation { session, good_from: *good_from }], begun + Duration::from_secs(*second));
        }
        revoked
    }

    #[test]
    fn an_ended_session_has_no_good_token_and_another_has_those_from_later_on() {
        assert!(!Revoked::default().holds(SESSION, 0));
        assert!(after(&[(None, 0)]).holds(SESSION, 9));
        let changed = after(&[(Some(1), 0), (Some(2), 1)]);
        assert!(changed.holds(SESSION, 0) && changed.holds(SESSION, 1) && !changed.holds(SESSION, 2));
    }

    #[test]
    fn what_has_expired_by_itself_is_forgotten() {
        assert!(!after(&[(None, 0), (None, 3601)]).holds(SESSION, 0));
        assert!(after(&[(None, 2), (None, 3601)]).holds(SESSION, 0));
    }

    #[test]
    fn the_list_is_beside_the_keys() {
        let list = url("http://accounts:8081/api/v1/jwks").expect("an address");
        assert_eq!(list.as_str(), "http://accounts:8081/internal/revocations");
    }
}
