//! What the API gave to a person: her tokens, and as whom they speak.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The API's tokens of one person.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Tokens {
    pub access: String,
    pub(super) refresh: String,
    pub(super) expires_at: DateTime<Utc>,
    /// The capacity in which the person acts, as the API shows it.
    #[serde(default)]
    pub capacity: Value,
    /// Whether there are others to change to.
    #[serde(default)]
    pub several_capacities: bool,
}

impl Tokens {
    /// The pair that the API gave.
    pub fn of(answer: &Value, now: DateTime<Utc>) -> Option<Self> {
        Some(Self {
            access: text(answer, "access_token")?,
            refresh: text(answer, "refresh_token")?,
            expires_at: expiry(answer, now)?,
            capacity: answer["capacity"].clone(),
            several_capacities: answer["capacities"].as_array().is_some_and(|all| all.len() > 1),
        })
    }

    /// These in another capacity: the API gave an access token only.
    pub fn switched(&self, answer: &Value, now: DateTime<Utc>) -> Option<Self> {
        Some(Self {
            access: text(answer, "access_token")?,
            expires_at: expiry(answer, now)?,
            capacity: answer["capacity"].clone(),
            ..self.clone()
        })
    }
}

fn text(answer: &Value, name: &str) -> Option<String> {
    answer[name].as_str().map(str::to_owned)
}

fn expiry(answer: &Value, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now + TimeDelta::seconds(answer["expires_in"].as_i64()?))
}
