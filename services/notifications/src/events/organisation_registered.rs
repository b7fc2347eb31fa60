//! An organisation can act: we know where to write.

use anyhow::Result;
use civic::{Language, PartyKind, events::OrganisationRegistered};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{
    app::App,
    domain::plain::one_line,
    store::contacts::{self, Contact},
};

pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<OrganisationRegistered>) -> Result<()> {
    let organisation = event.data;
    let contact = Contact {
        id: organisation.organisation_id,
        kind: PartyKind::Organisation,
        // PostgreSQL refuses NUL, and an event must not fail for what a name holds.
        name: one_line(&organisation.name),
        email: organisation.email,
        phone: organisation.phone,
        language: Language::default(),
    };
    Ok(contacts::save(conn, &contact, false).await?)
}
