//! Where those who file are reached: by their phone officials find their dossiers.

use civic::{
    Party,
    events::{AccountNotice, AccountNoticed, AccountRegistered, OrganisationRegistered},
};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::contact_phones};

/// Notes a person's phone, or that she has none any more.
pub async fn of_person(
    _: &App,
    conn: &mut AsyncPgConnection,
    event: Received<AccountRegistered>,
) -> anyhow::Result<()> {
    let person = Party::person(event.data.account_id);
    Ok(contact_phones::note(conn, person, event.data.phone.as_ref()).await?)
}

/// Notes an organisation's.
pub async fn of_organisation(
    _: &App,
    conn: &mut AsyncPgConnection,
    event: Received<OrganisationRegistered>,
) -> anyhow::Result<()> {
    let organisation = Party::organisation(event.data.organisation_id);
    Ok(contact_phones::note(conn, organisation, event.data.phone.as_ref()).await?)
}

/// Forgets the phone of a person who closed her account.
pub async fn of_closed(_: &App, conn: &mut AsyncPgConnection, event: Received<AccountNoticed>) -> anyhow::Result<()> {
    if event.data.notice == AccountNotice::Closed {
        contact_phones::note(conn, Party::person(event.data.account_id), None).await?;
    }
    Ok(())
}
