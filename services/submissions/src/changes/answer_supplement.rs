//! An applicant sends in the papers that were asked for: the work goes on.

use diesel_async::AsyncPgConnection;
use edge::{Applicant, IfMatch, Problem};
use uuid::Uuid;

use super::{Cause, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{documents, dossiers::Reader, history::Remarks},
};

/// Sends in what the open request about the applicant's dossier `id` asks for; gives it as it is then.
pub async fn answer_supplement(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Party(applicant.party), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let supplied = match dossier.open_supplement() {
        Some((number, _)) => documents::supplied(conn, dossier.id, number).await?,
        None => Vec::new(),
    };
    let change = dossier.answer_supplement(
        &pinned.procedure,
        &supplied,
        app.life.clock.now(),
        &app.calendars.of(&dossier.agency),
    )?;
    let (actor, action) = (Some(&applicant.caller), "dossier.supplemented");
    record(app, conn, &dossier, &change, Cause { actor, action, remarks: Remarks::default() }).await?;
    Ok(change.dossier)
}
