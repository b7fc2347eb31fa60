//! An official holds these roles at an agency: whom dossiers can be given to, and what she is called.

use civic::events::OfficialAssigned;
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, store::staff};

/// Notes the post.
pub async fn handle(_: &App, conn: &mut AsyncPgConnection, event: Received<OfficialAssigned>) -> anyhow::Result<()> {
    let OfficialAssigned { official_id, name, agency, roles, citizen_number, .. } = event.data;
    staff::replace(conn, official_id, (&name, citizen_number.as_ref()), &agency, &roles).await?;
    Ok(())
}
