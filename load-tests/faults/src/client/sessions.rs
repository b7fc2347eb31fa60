//! Who is signed in: nobody does so twice, but where a token is refused.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::json;

use super::{Ask, Client};

/// Tokens live an hour in a run.
const TOKEN: Duration = Duration::from_secs(50 * 60);

static SIGNED_IN: LazyLock<Mutex<HashMap<String, (String, Instant)>>> = LazyLock::new(Mutex::default);
/// Whose a token is, and the password.
static ISSUED: LazyLock<Mutex<HashMap<String, (String, String)>>> = LazyLock::new(Mutex::default);

/// The token of somebody, who signs in once.
///
/// # Errors
/// When that is refused.
pub async fn sign_in(client: &Client, email: &str, password: &str) -> Result<String> {
    let known = || SIGNED_IN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((token, since)) = known().get(email).cloned()
        && since.elapsed() < TOKEN
    {
        return Ok(token);
    }
    let ask = Ask::post("/api/v1/sessions", "unused", &json!({"email": email, "password": password}));
    let token = client.must("signing in", 201, &ask).await?.text("/access_token").context("a token")?;
    known().insert(email.to_owned(), (token.clone(), Instant::now()));
    let mut issued = ISSUED.lock().unwrap_or_else(PoisonError::into_inner);
    issued.insert(token.clone(), (email.to_owned(), password.to_owned()));
    Ok(token)
}

/// Another token for whom this one was issued to, because it is refused.
///
/// # Errors
/// When that is refused as well.
pub async fn renewed(client: &Client, token: &str) -> Result<String> {
    let whose = ISSUED.lock().unwrap_or_else(PoisonError::into_inner).get(token).cloned();
    let (email, password) = whose.context("a token that was refused was never issued")?;
    // Unless another walker has a newer one by now.
    SIGNED_IN.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, (known, _)| known != token);
    sign_in(client, &email, &password).await
}

/// Forgets who is signed in: another installation issues other tokens.
pub fn forget() {
    SIGNED_IN.lock().unwrap_or_else(PoisonError::into_inner).clear();
}
