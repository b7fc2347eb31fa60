//! What an access token claims (RFC 9068), and how versions that knew no capacities write and read it.

use civic::{AgencyCode, OfficialRole};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CallerKind, Capacity};

/// The claims of an access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience: [`super::token::AUDIENCE`].
    pub aud: String,
    /// The account, or the API client.
    pub sub: Uuid,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Expires at, seconds since 1970.
    pub exp: i64,
    /// This token.
    pub jti: Uuid,
    /// The sign-in that it belongs to; absent for API clients.
    pub sid: Option<Uuid>,
    /// The name of the person or the program, to greet and to write into records.
    pub name: String,
    /// In which capacity it acts.
    pub capacity: Capacity,
}

/// What is signed: the claims, and what not every token has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signed {
    /// What every token claims.
    #[serde(flatten)]
    pub claims: Claims,
    /// How often something was taken from the person since the session began: a role, say. Tokens from before are revoked then.
    #[serde(default)]
    pub generation: i32,
    /// Not before, seconds since 1970 (RFC 7519 §4.1.5). We write none and heed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<f64>,
    /// The API client, as it calls itself (RFC 9068 §2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// What an API client was granted, separated by spaces; people may do whatever their capacity may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// The claims as they stand in a token. `kind`, `organisation` and `roles` follow from the capacity: they are there for the ten
/// minutes in which an installation is upgraded, while services of both versions read tokens of both.
#[derive(Serialize, Deserialize)]
struct Written {
    iss: String,
    aud: String,
    sub: Uuid,
    iat: i64,
    exp: i64,
    jti: Uuid,
    sid: Option<Uuid>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    capacity: Option<Capacity>,
    kind: CallerKind,
    organisation: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(AgencyCode, OfficialRole)>,
}

impl From<Claims> for Written {
    fn from(claims: Claims) -> Self {
        let Claims { iss, aud, sub, iat, exp, jti, sid, name, capacity } = claims;
        let roles = match &capacity {
            Capacity::Post { agency, roles } => roles.iter().map(|role| (agency.clone(), *role)).collect(),
            _ => Vec::new(),
        };
        let organisation = capacity.organisation();
        // To an older reader a member is what she comes nearest to: somebody who acts for that organisation only.
        let kind = if organisation.is_some() { CallerKind::Client } else { capacity.kind() };
        Self { iss, aud, sub, iat, exp, jti, sid, name, kind, organisation, roles, capacity: Some(capacity) }
    }
}

impl TryFrom<Written> for Claims {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { iss, aud, sub, iat, exp, jti, sid, name, capacity, kind, organisation, roles } = written;
        let capacity = match capacity {
            Some(capacity) => capacity,
            None => before_capacities(kind, organisation, roles, &name).ok_or("a caller who acts for nobody")?,
        };
        Ok(Self { iss, aud, sub, iat, exp, jti, sid, name, capacity })
    }
}

/// What an older token says. It may name several agencies: the first is the post that its next one will name.
fn before_capacities(
    kind: CallerKind,
    organisation: Option<Uuid>,
    roles: Vec<(AgencyCode, OfficialRole)>,
    name: &str,
) -> Option<Capacity> {
    Some(match kind {
        CallerKind::Citizen => Capacity::Myself,
        CallerKind::Client => Capacity::Client { organisation: organisation?, name: name.to_owned() },
        CallerKind::Official => {
            let agency = roles.first()?.0.clone();
            let here = roles.into_iter().filter(|(at, _)| *at == agency);
            Capacity::Post { roles: here.map(|(_, role)| role).collect(), agency }
        }
    })
}

#[cfg(test)]
mod tests {
    use civic::MemberRole;
    use serde_json::{Value, json};

    use super::*;

    const ORGANISATION: Uuid = Uuid::from_u128(7);

    fn older(kind: &str, organisation: Option<Uuid>, roles: Value) -> Option<Capacity> {
        let text = json!({"iss": "i", "aud": "motcua", "sub": Uuid::nil(), "iat": 1, "exp": 2, "jti": Uuid::nil(), "sid": null,
            "kind": kind, "name": "An", "organisation": organisation, "roles": roles});
        serde_json::from_value::<Claims>(text).ok().map(|claims| claims.capacity)
    }

    fn written(capacity: Capacity) -> Value {
        let (id, text) = (Uuid::nil(), String::new());
        let claims = Claims {
            iss: text.clone(),
            aud: text.clone(),
            sub: id,
            iat: 1,
            exp: 2,
            jti: id,
            sid: None,
            name: text,
            capacity: capacity.clone(),
        };
        let written = serde_json::to_value(claims).expect("claims are JSON");
        let read: Claims = serde_json::from_value(written.clone()).expect("what we write we read");
        assert_eq!(read.capacity, capacity);
        written
    }

    #[test]
    fn a_token_of_a_version_without_capacities_is_read_as_before() {
        assert_eq!(older("CITIZEN", None, json!([])), Some(Capacity::Myself));
        let client = Capacity::Client { organisation: ORGANISATION, name: "An".into() };
        assert_eq!(older("CLIENT", Some(ORGANISATION), json!([])), Some(client));
        let roles = json!([["H44.100", "RECEIVER"], ["H44.101", "AUDITOR"], ["H44.100", "CASHIER"]]);
        let agency = "H44.100".parse().expect("a code");
        let post = Capacity::Post { agency, roles: vec![OfficialRole::Receiver, OfficialRole::Cashier] };
        assert_eq!(older("OFFICIAL", None, roles), Some(post));
        assert_eq!(older("OFFICIAL", None, json!([])), None);
        assert_eq!(older("CLIENT", None, json!([])), None);
    }

    #[test]
    fn a_reader_that_knows_no_capacities_lets_nobody_do_more() {
        assert_eq!(written(Capacity::Myself)["kind"], "CITIZEN");
        let member = Capacity::Organisation { organisation: ORGANISATION, name: "B".into(), role: MemberRole::Member };
        let member = written(member);
        assert_eq!((&member["kind"], &member["organisation"]), (&json!("CLIENT"), &json!(ORGANISATION)));
        let post = Capacity::Post { agency: "H44.100".parse().expect("a code"), roles: vec![OfficialRole::Receiver] };
        let post = written(post);
        assert_eq!((&post["kind"], &post["roles"]), (&json!("OFFICIAL"), &json!([["H44.100", "RECEIVER"]])));
    }
}
