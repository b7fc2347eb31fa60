//! What an access token claims (RFC 9068).

use chrono::{DateTime, TimeDelta, Utc};
use edge::{
    Capacity,
    token::{AUDIENCE, Claims, Signed},
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
    /// When what it says stops being true, if that is known.
    pub until: Option<DateTime<Utc>>,
    /// How often something was taken from the person since she signed in.
    pub generation: i32,
    /// Of an API client: as it calls itself, and what it was granted.
    pub client: Option<(String, String)>,
}

impl Terms {
    /// What token `jti` for `subject` says, issued at `now`. It does not outlive what it says.
    pub fn signed(&self, subject: Subject, jti: Uuid, now: DateTime<Utc>) -> Signed {
        let expires = subject.until.map_or(now + self.life, |until| until.min(now + self.life));
        let (client_id, scope) = subject.client.unzip();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: subject.id,
            iat: now.timestamp(),
            exp: expires.timestamp(),
            jti,
            sid: subject.session,
            name: subject.name,
            capacity: subject.capacity,
        };
        Signed { claims, generation: subject.generation, nbf: None, client_id, scope }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_outlive_the_post_that_it_names() {
        let now = DateTime::from_timestamp(1_784_602_800, 0).expect("a time");
        let terms = Terms { issuer: "i".into(), life: TimeDelta::minutes(10) };
        let expires = |until: Option<TimeDelta>| {
            let until = until.map(|until| now + until);
            let (id, name, capacity) = (Uuid::nil(), String::new(), Capacity::Myself);
            let subject = Subject { id, name, session: None, capacity, until, generation: 0, client: None };
            terms.signed(subject, id, now).claims.exp - now.timestamp()
        };
        assert_eq!(expires(None), 600);
        assert_eq!(expires(Some(TimeDelta::hours(1))), 600);
        assert_eq!(expires(Some(TimeDelta::seconds(90))), 90);
    }
}
