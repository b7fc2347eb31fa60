//! An official completes a dossier whose result is issued: the applicant is told and can take it.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Completes, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::{history::Remarks, results},
};

/// Completes the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn complete(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Completes>,
    version: Option<&IfMatch>,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Complete).await?;
    let issued = results::standing(&results::of_dossier(conn, work.before.id).await?);
    let change = work.dossier.complete(work.procedure(), issued, app.life.clock.now(), &work.calendar(app))?;
    let cause =
        Cause { actor: Some(&official.caller), action: "dossier.completed", remarks: Remarks { note, reason: None } };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
