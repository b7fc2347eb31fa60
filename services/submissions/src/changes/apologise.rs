//! An official apologises for a dossier that is late.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Apologises, record};
use crate::{
    app::App,
    domain::{
        actions::{Action, apologise::Apology},
        dossier::Dossier,
    },
    store::history::Remarks,
};

/// Apologises for the dossier `id` of an agency where the official works on it; gives it as it is then.
pub async fn apologise(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Apologises>,
    version: Option<&IfMatch>,
    apology: Apology,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Apologise).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = work.dossier.apologise(work.procedure(), apology, by, now, &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.apologised", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
