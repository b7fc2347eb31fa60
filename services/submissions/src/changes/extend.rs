//! An official takes more time for a dossier, with an apology to its applicant.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Extends, record};
use crate::{
    app::App,
    domain::{
        actions::{Action, extend::Extension},
        dossier::Dossier,
    },
    store::history::Remarks,
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
    let work = at_work(app, conn, id, official, version, Action::Extend).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = work.dossier.extend(work.procedure(), extension, by, now, &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.extended", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
