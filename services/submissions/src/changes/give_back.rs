//! An official gives a dossier back: nobody has it, and others can take it.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::GivesBack, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::history::Remarks,
};

/// Gives the dossier `id` back, which the official has, or whom she stands in for; gives it as it is then.
pub async fn give_back(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<GivesBack>,
    version: Option<&IfMatch>,
    reason: String,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::GiveBack).await?;
    let now = app.life.clock.now();
    let change = work.dossier.give_back(work.procedure(), reason, &work.actor, now)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.given_back", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
