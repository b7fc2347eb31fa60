//! An official stops the work on a dossier: the agency's time stands still.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Stops, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::history::Remarks,
};

/// Stops the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn stop(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Stops>,
    version: Option<&IfMatch>,
    reason: &str,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Stop).await?;
    let change = work.dossier.stop(work.procedure(), reason, app.life.clock.now(), &work.calendar(app))?;
    let cause = Cause {
        actor: Some(&official.caller),
        action: "dossier.stopped",
        remarks: Remarks { note: None, reason: Some(reason) },
    };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
