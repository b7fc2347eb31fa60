//! What an access token claims (RFC 9068).

use chrono::{DateTime, TimeDelta, Utc};
use civic::{AgencyCode, OfficialRole};
use edge::{
    CallerKind,
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
    pub kind: CallerKind,
    pub name: String,
    /// The sign-in; API clients have none.
    pub session: Option<Uuid>,
    /// Whom an API client acts for.
    pub organisation: Option<Uuid>,
    pub roles: Vec<(AgencyCode, OfficialRole)>,
}

impl Terms {
    /// The claims of token `jti` for `subject`, issued at `now`. Only officials have roles.
    pub fn claims(&self, subject: Subject, jti: Uuid, now: DateTime<Utc>) -> Claims {
        let roles = match subject.kind {
            CallerKind::Official => subject.roles,
            CallerKind::Citizen | CallerKind::Client => Vec::new(),
        };
        Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: subject.id,
            iat: now.timestamp(),
            exp: (now + self.life).timestamp(),
            jti,
            sid: subject.session,
            kind: subject.kind,
            name: subject.name,
            organisation: subject.organisation,
            roles,
        }
    }
}
