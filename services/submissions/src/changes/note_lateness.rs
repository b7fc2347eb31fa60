//! An official records why a dossier is late.

use civic::events::LatenessCause;
use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::NotesLateness, found_to_handle, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Records a cause of the lateness of the dossier `id` of an agency where the official serves; gives it as it is then.
pub async fn note_lateness(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<NotesLateness>,
    version: Option<&IfMatch>,
    (cause, proof): (LatenessCause, String),
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    let change = dossier.note_lateness(cause, proof, official.caller.id, app.life.clock.now())?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.lateness_noted", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
