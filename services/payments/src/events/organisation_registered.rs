//! An organisation can act, or has another name or phone: what a receipt calls it, and how a cashier finds it.

use civic::{Party, events::OrganisationRegistered};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::payers};

/// Notes the organisation.
pub async fn handle(
    _: &App,
    conn: &mut AsyncPgConnection,
    event: Received<OrganisationRegistered>,
) -> anyhow::Result<()> {
    let OrganisationRegistered { organisation_id, name, phone, .. } = event.data;
    Ok(payers::note(conn, Party::organisation(organisation_id), &name, phone.as_ref()).await?)
}
