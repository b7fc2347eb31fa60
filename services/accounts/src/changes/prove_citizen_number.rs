//! Somebody showed at a counter that a citizen number is hers: whoever else has it has it no more, and her registration goes on.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, CitizenNumber, Email, PersonName};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, audit};

use super::{close_account::close, start_registration::started};
use crate::{
    app::App,
    domain::confirmation_code::{CodeKey, DIGITS, LIFE},
    error,
    store::{
        confirmations,
        registrations::{self, Pending},
        users,
    },
};

/// What an official saw.
pub struct ShownCard<'a> {
    /// The official.
    pub by: &'a Caller,
    /// Where.
    pub agency: &'a AgencyCode,
    /// The number on the card.
    pub citizen_number: &'a CitizenNumber,
    /// The name on the card.
    pub name: &'a PersonName,
    /// The address that was registered with.
    pub email: &'a Email,
}

/// Closes the account that has the number, if one has, and sends the registration a new code. Gives the registration, and whether an
/// account was closed.
///
/// # Errors
/// [`error::REGISTRATION_NOT_WAITING`]; [`error::ADDRESS_HAS_ACCOUNT`]; [`error::NUMBER_OF_OFFICIAL`].
pub async fn prove_citizen_number(
    app: &App,
    conn: &mut AsyncPgConnection,
    card: &ShownCard<'_>,
    key: &CodeKey,
    now: DateTime<Utc>,
) -> Result<(Pending, bool), Problem> {
    let (number, email) = (card.citizen_number, card.email.as_str());
    let waiting = registrations::waiting(conn, number, email).await?;
    // Cards write names in capitals.
    let same_name = |it: &Pending| it.name.as_str().to_lowercase() == card.name.as_str().to_lowercase();
    let mut pending = waiting.filter(same_name).ok_or(error::REGISTRATION_NOT_WAITING)?;
    let mut closed = false;
    for owner in users::known(conn, email, number.as_str()).await? {
        if owner.email.as_str().eq_ignore_ascii_case(email) {
            return Err(error::ADDRESS_HAS_ACCOUNT.into());
        }
        close(app, conn, owner.id, card.by, now).await.map_err(|why| match why.kind {
            error::HOLDS_POST => error::NUMBER_OF_OFFICIAL.into(),
            _ => why,
        })?;
        closed = true;
    }
    let code = app.life.random.digits(DIGITS);
    pending.expires_at = now + LIFE;
    confirmations::send_again(conn, pending.id, &key.digest(pending.id, &code), pending.expires_at).await?;
    registrations::prolong(conn, pending.id, pending.expires_at).await?;
    app.outbox.put(conn, &started(&pending, code)).await?;
    let entry = audit::AuditEntry {
        actor: Some(card.by),
        action: "citizen_number.proven",
        subject_type: "registration",
        subject_id: pending.id.to_string(),
        detail: serde_json::json!({ "agency": card.agency, "closed_another": closed }),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok((pending, closed))
}
