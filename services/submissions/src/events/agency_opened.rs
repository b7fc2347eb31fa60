//! An agency takes dossiers from now on, has another name or is reached in another way.

use civic::events::AgencyOpened;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::agencies};

/// Notes the agency.
pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<AgencyOpened>) -> anyhow::Result<()> {
    agencies::note(conn, &event.data).await?;
    Ok(())
}
