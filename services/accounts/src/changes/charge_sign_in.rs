//! Somebody is about to guess a password: the guess is charged, and that is committed, before the password is looked at.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::{GuessesSpent, Origin, Problem};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        device::Device,
        sign_in_delay::{FREE, FREE_TOGETHER, Failures},
    },
    error,
    store::{
        known_devices,
        sign_in_failures::{self, Who},
    },
};

/// A guess that was charged. While it is held, the next one of the same device or network address at this account waits.
pub struct Attempt {
    /// Under what it may be counted, in the order of locking.
    pub keys: Vec<Vec<u8>>,
    /// Under what it is.
    charged: Vec<Vec<u8>>,
    _alone: OwnedMutexGuard<()>,
}

/// Charges a guess at the password of `email`'s account: to the device, if it signed in there before; else to the network address, and
/// to all strangers together while the address has free ones or strangers wait for each other.
///
/// # Errors
/// [`error::SIGN_IN_PAUSED`], with nothing charged; 429, if too many guesses came from the address and the device is not known.
pub async fn charge_sign_in(
    app: &App,
    email: &str,
    device: Option<&Device>,
    (origin, spent): (Origin, GuessesSpent),
    now: DateTime<Utc>,
) -> Result<Attempt, Problem> {
    let own = Who::Origin(&origin.to_string()).at(email);
    let shown = device.map(|device| Who::Device(&device.digest()).at(email));
    let alone = app.guesses.of(shown.as_ref().unwrap_or(&own)).await;
    let (keys, charged) = app
        .pool
        .transaction(async |conn| {
            let known = match device {
                Some(device) => known_devices::knows(conn, device, email, now).await?.then(|| device.digest()),
                None => None,
            };
            if let Some(device) = known {
                let key = Who::Device(&device).at(email);
                charge(conn, &key, now).await?;
                return Ok((vec![key.clone()], vec![key]));
            }
            spent.admit_stranger()?;
            let all = Who::Strangers.at(email);
            let of_origin = sign_in_failures::locked(conn, &own, now).await?.charged(FREE, now).map_err(paused(now))?;
            let of_all = sign_in_failures::locked(conn, &all, now).await?;
            let together = of_origin.count <= FREE || of_all.count >= FREE_TOGETHER;
            let keys = vec![own.clone(), all.clone()];
            sign_in_failures::save(conn, &own, of_origin).await?;
            if !together {
                return Ok((keys, vec![own.clone()]));
            }
            // A refusal takes back what was written for the address.
            let of_all = of_all.charged(FREE_TOGETHER, now).map_err(paused(now))?;
            sign_in_failures::save(conn, &all, of_all).await?;
            Ok::<_, Problem>((keys.clone(), keys))
        })
        .await?;
    Ok(Attempt { keys, charged, _alone: alone })
}

/// Charges a guess at the password of `email`'s account by somebody who is signed in to it, to her session: whoever stole that has no
/// more guesses than anybody, and keeps nobody else from signing in.
///
/// # Errors
/// As [`charge_sign_in`].
pub async fn charge_proof(app: &App, email: &str, session: Uuid, now: DateTime<Utc>) -> Result<Attempt, Problem> {
    let key = Who::Session(session.as_bytes()).at(email);
    let alone = app.guesses.of(&key).await;
    app.pool.transaction(async |conn| charge(conn, &key, now).await).await?;
    Ok(Attempt { keys: vec![key.clone()], charged: vec![key], _alone: alone })
}

async fn charge(conn: &mut AsyncPgConnection, key: &[u8], now: DateTime<Utc>) -> Result<(), Problem> {
    let failures = sign_in_failures::locked(conn, key, now).await?.charged(FREE, now).map_err(paused(now))?;
    Ok(sign_in_failures::save(conn, key, failures).await?)
}

/// Forgets what is counted: the password was right.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_attempt(app: &App, attempt: &Attempt) -> Result<(), pg::Error> {
    app.pool.transaction(async |conn| sign_in_failures::forget(conn, &attempt.keys).await).await
}

/// Gives a charge back: the password was not looked at after all.
///
/// # Errors
/// When the database does not answer.
pub async fn give_back_sign_in(app: &App, attempt: &Attempt, now: DateTime<Utc>) -> Result<(), pg::Error> {
    app.pool
        .transaction(async |conn| {
            for key in &attempt.charged {
                let failures: Failures = sign_in_failures::locked(conn, key, now).await?;
                sign_in_failures::save(conn, key, failures.given_back()).await?;
            }
            Ok(())
        })
        .await
}

fn paused(now: DateTime<Utc>) -> impl Fn(DateTime<Utc>) -> Problem {
    move |until| {
        let milliseconds = (until - now).num_milliseconds();
        let seconds = u32::try_from(milliseconds.saturating_add(999) / 1000).unwrap_or(0).max(1);
        Problem::from(error::SIGN_IN_PAUSED).retry_after(seconds)
    }
}
