//! An agency receives dossiers: we know what it is called.

use anyhow::Result;
use civic::{LocalText, events::AgencyOpened};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, domain::plain::one_line, store::agencies};

pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<AgencyOpened>) -> Result<()> {
    let name = LocalText { vi: one_line(&event.data.name.vi), en: one_line(&event.data.name.en) };
    Ok(agencies::save(conn, &event.data.agency, &name).await?)
}
