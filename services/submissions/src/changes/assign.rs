//! A leader, or who has it, gives a dossier to an official of its stage.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, assignment::named, at_work::at_work, duties::Assigns, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    error,
    store::history::Remarks,
};

/// Gives the dossier `id` to another; gives it as it is then.
pub async fn assign(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Assigns>,
    version: Option<&IfMatch>,
    (to, note): (Uuid, Option<String>),
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Assign).await?;
    let stage = work.dossier.may_be_assigned(work.procedure(), &work.actor)?;
    let to = named(app, conn, &work.dossier, stage, to).await?;
    if work.before.holder() == Some(to.official) {
        return Err(error::has_it_already());
    }
    let now = app.life.clock.now();
    let change = work.dossier.assign(work.procedure(), (to, note), &work.actor, now, &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.assigned", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
