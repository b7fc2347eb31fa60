//! An official takes on a dossier that nobody has.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Takes, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::history::Remarks,
};

/// Takes on the dossier `id` of an agency where the official works; gives it as it is then.
pub async fn take(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Takes>,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Take).await?;
    let change = work.dossier.take(work.procedure(), &work.actor, app.life.clock.now(), &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.taken", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
