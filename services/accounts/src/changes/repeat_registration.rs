//! Who waits for a code in vain is sent another.

use chrono::{DateTime, Utc};
use civic::PartialDate;
use diesel_async::AsyncPgConnection;
use edge::{Origin, Problem, kinds};
use uuid::Uuid;

use super::{Asking, start_registration};
use crate::{
    app::App,
    domain::{confirmation_code::CodeKey, registration::Registration},
    error,
    store::{
        confirmations::Confirmation,
        registrations::{self, Pending},
    },
};

/// Begins what was typed before as a registration of its own, so that its code counts as one more in every bound there is.
///
/// # Errors
/// [`kinds::NOT_FOUND`]; [`error::REGISTRATION_OVER`] when it was confirmed; [`error::CODES_PAUSED`]; when the database does not answer.
pub async fn repeat_registration(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    origin: Origin,
    key: &CodeKey,
    now: DateTime<Utc>,
) -> Result<Confirmation, Problem> {
    let before = registrations::locked(conn, id).await?.ok_or(kinds::NOT_FOUND)?;
    if before.confirmed_at.is_some() {
        return Err(error::REGISTRATION_OVER.into());
    }
    let (registration, password_hash) = typed_before(before);
    start_registration(app, conn, &registration, Asking { password_hash, origin, key }, now).await
}

fn typed_before(before: Pending) -> (Registration, String) {
    let birth_date = PartialDate::of(before.birth_date, before.birth_precision);
    let Pending { name, email, phone, citizen_number, gender, language, password_hash, .. } = before;
    (Registration { name, email, phone, citizen_number, birth_date, gender, language }, password_hash)
}
