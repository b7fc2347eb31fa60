//! An agency collects from now on, has another name or tax number: what stands at the head of its receipts.

use civic::events::AgencyOpened;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::agencies};

/// Notes the agency.
pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<AgencyOpened>) -> anyhow::Result<()> {
    Ok(agencies::note(conn, &event.data).await?)
}
