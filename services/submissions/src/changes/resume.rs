//! An official goes on with a dossier: the working time that was left is counted from now.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Resumes, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::history::Remarks,
};

/// Goes on with the dossier `id` of an agency where the official decides; gives it as it is then.
pub async fn resume(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Resumes>,
    version: Option<&IfMatch>,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Resume).await?;
    let change = work.dossier.resume(work.procedure(), app.life.clock.now(), &work.calendar(app))?;
    let cause =
        Cause { actor: Some(&official.caller), action: "dossier.resumed", remarks: Remarks { note, reason: None } };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
