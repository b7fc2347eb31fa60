//! An official takes more time for a dossier, with an apology to its applicant.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Extends, found, record};
use crate::{
    app::App,
    domain::{actions::extend::Extension, dossier::Dossier},
    store::{dossiers::Reader, history::Remarks},
};

/// Puts off the due date of the dossier `id` of an agency where the official works on it; gives it as it is then.
pub async fn extend(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Extends>,
    version: Option<&IfMatch>,
    extension: Extension,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = dossier.extend(&pinned.procedure, extension, by, now, &app.calendar)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.extended", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
