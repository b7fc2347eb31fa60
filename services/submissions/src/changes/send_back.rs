//! An official sends a dossier back to a stage that it came from: to who had it there, if she can.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{
    Cause,
    assignment::{as_before, by_load},
    at_work::at_work,
    duties::SendsBack,
    record,
};
use crate::{
    app::App,
    domain::{
        actions::{Action, forward::HandedOn},
        dossier::Dossier,
    },
    error,
    store::history::Remarks,
};

/// Sends the dossier `id` back to the stage of that code, or to the last one; gives it as it is then.
pub async fn send_back(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<SendsBack>,
    version: Option<&IfMatch>,
    (stage, reason): (Option<String>, String),
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::SendBack).await?;
    let procedure = work.procedure();
    let earlier = work.dossier.may_be_sent_back(procedure, &work.actor)?;
    let stage = earlier.into_iter().find(|known| stage.as_ref().is_none_or(|code| known.code == *code));
    let stage = stage.ok_or_else(error::no_such_stage)?;
    let to = as_before(app, conn, &work.dossier, stage).await?;
    let (now, back) = (app.life.clock.now(), HandedOn { stage, to, note: Some(reason) });
    let mut change = work.dossier.send_back(procedure, back, &work.actor, now, &work.calendar(app))?;
    change.dossier = by_load(app, conn, change.dossier, procedure).await?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.sent_back", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
