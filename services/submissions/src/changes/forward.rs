//! An official finishes the stage of a dossier, and hands it on to the next.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{
    Cause,
    assignment::{by_load, named},
    at_work::at_work,
    duties::Forwards,
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

/// Where a dossier is handed on to, as it was chosen.
pub struct ChosenNext {
    /// The stage; the one that follows, if it is not said.
    pub stage: Option<String>,
    /// The official there.
    pub official: Option<Uuid>,
    /// What is written with it.
    pub note: Option<String>,
}

/// Hands the dossier `id` on; gives it as it is then.
pub async fn forward(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Forwards>,
    version: Option<&IfMatch>,
    chosen: ChosenNext,
) -> Result<Dossier, Problem> {
    let work = at_work(app, conn, id, official, version, Action::Forward).await?;
    let procedure = work.procedure();
    work.dossier.may_be_forwarded(procedure, &work.actor)?;
    let next = work.dossier.next_stages(procedure);
    let stage = match (&chosen.stage, &next[..]) {
        (None, [only]) => Some(*only),
        (code, _) => next.iter().copied().find(|stage| Some(&stage.code) == code.as_ref()),
    };
    let stage = stage.ok_or_else(error::no_such_stage)?;
    let to = match (chosen.official, procedure.passage(stage).last()) {
        (Some(named_one), Some(landing)) => Some(named(app, conn, &work.dossier, landing, named_one).await?),
        _ => None,
    };
    let (now, on) = (app.life.clock.now(), HandedOn { stage, to, note: chosen.note });
    let mut change = work.dossier.forward(procedure, on, &work.actor, now, &work.calendar(app))?;
    change.dossier = by_load(app, conn, change.dossier, procedure).await?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.forwarded", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
