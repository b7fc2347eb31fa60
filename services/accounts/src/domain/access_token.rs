//! What an access token claims (RFC 9068).

use chrono::{DateTime, TimeDelta, Utc};
use edge::{
    Capacity,
    token::{AUDIENCE, Claims},
};
use uuid::Uuid;

/// What every access token says.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Who issues it.
    pub issuer: String,
    /// How long it lives.
    pub life: TimeDelta,
}

/// Whom a token speaks for.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The account, or the API client.
    pub id: Uuid,
    pub name: String,
    /// The sign-in; API clients have none.
    pub session: Option<Uuid>,
    pub capacity: Capacity,
}

impl Terms {
    /// The claims of token `jti` for `subject`, issued at `now`.
    pub fn claims(&self, subject: Subject, jti: Uuid, now: DateTime<Utc>) -> Claims {
        Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: subject.id,
            iat: now.timestamp(),
            exp: (now + self.life).timestamp(),
            jti,
            sid: subject.session,
            name: subject.name,
            capacity: subject.capacity,
        }
    }
}
