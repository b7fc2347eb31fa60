//! What an account's owner is written about, so that she notices if it was not she.

use chrono::{DateTime, Utc};
use civic::{
    VIETNAM,
    events::{AccountNotice, AccountNoticed, AccountRegistered, OfficialAssigned},
};
use diesel_async::AsyncPgConnection;

use crate::{
    app::App,
    store::{capacities, users::User},
};

/// The notice to `user`, at the address that she has now.
pub fn noticed(user: &User, notice: AccountNotice, now: DateTime<Utc>) -> AccountNoticed {
    AccountNoticed {
        account_id: user.id,
        notice,
        email: user.email.clone(),
        name: user.name.clone(),
        happened_at: now,
        language: user.language,
        by_office: false,
    }
}

/// Tells the others again where `user` is reached: as a person, and in each of her posts.
///
/// # Errors
/// When the database does not answer.
pub async fn tell_contact(
    app: &App,
    conn: &mut AsyncPgConnection,
    user: &User,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    if user.citizen_number.is_some() {
        let registered = AccountRegistered {
            account_id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            phone: user.phone.clone(),
            language: user.language,
        };
        app.outbox.put(conn, &registered).await?;
    }
    for post in capacities::posts(conn, user.id, now.with_timezone(&VIETNAM).date_naive()).await? {
        let assigned = OfficialAssigned {
            official_id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            phone: user.phone.clone(),
            agency: post.agency,
            roles: post.roles,
            citizen_number: user.citizen_number.clone(),
        };
        app.outbox.put(conn, &assigned).await?;
    }
    Ok(())
}
