//! The pair of tokens that a person holds, as two operations give it.

use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{access_token::Subject, refresh_token::RefreshToken},
    signing::Signer,
    store::users::User,
};

/// The tokens of a signed-in person.
#[derive(Serialize, ToSchema)]
pub struct TokenPair {
    /// A JWT, for `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds that the access token lives.
    #[schema(minimum = 1, example = 600)]
    expires_in: i64,
    /// Gives the next pair, once.
    refresh_token: String,
}

/// Who signed in, with everything that the token will claim.
pub struct Person {
    pub user: User,
    pub roles: Vec<(civic::AgencyCode, civic::OfficialRole)>,
    pub session: Uuid,
}

/// The pair for a person.
pub fn pair(app: &App, signer: &Signer, person: Person, refresh: &RefreshToken) -> Result<TokenPair, Problem> {
    let Person { user, roles, session } = person;
    let subject = Subject {
        id: user.id,
        kind: user.caller_kind(),
        name: user.name,
        session: Some(session),
        organisation: None,
        roles,
    };
    let claims = app.terms.claims(subject, app.life.new_id(), app.now());
    Ok(TokenPair {
        access_token: signer.sign(&claims)?,
        token_type: "Bearer",
        expires_in: app.terms.life.num_seconds(),
        refresh_token: refresh.text(),
    })
}
