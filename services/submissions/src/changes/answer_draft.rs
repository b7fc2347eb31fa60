//! An applicant confirms a draft of her result, or asks for its correction.

use diesel_async::AsyncPgConnection;
use edge::{Applicant, IfMatch, Problem};
use uuid::Uuid;

use super::{Cause, found, record};
use crate::{
    app::App,
    domain::{actions::answer_draft::DraftAnswer, dossier::Dossier},
    store::{dossiers::Reader, history::Remarks},
};

/// Says this of the draft that waits; gives the dossier as it is then.
pub async fn answer_draft(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
    (answer, comment): (DraftAnswer, Option<String>),
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Party(applicant.party), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let (by, now) = (applicant.caller.id, app.life.clock.now());
    let change = dossier.answer_draft(&pinned.procedure, answer, comment, by, now)?;
    let cause = Cause { actor: Some(&applicant.caller), action: "dossier.draft_answered", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
