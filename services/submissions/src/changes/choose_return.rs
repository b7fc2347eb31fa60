//! An applicant chooses how the result is given back.

use diesel_async::AsyncPgConnection;
use edge::{Applicant, IfMatch, Problem};
use uuid::Uuid;

use super::{Cause, found, record};
use crate::{
    app::App,
    domain::{actions::choose_return::WantedReturn, dossier::Dossier},
    store::{
        dossiers::{self, Reader},
        drafts,
        history::Remarks,
        wanted_returns,
    },
};

/// Notes how the result of the applicant's dossier `id` is wanted; gives the dossier as it is then.
pub async fn choose_return(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
    wanted: &WantedReturn,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Party(applicant.party), version).await?;
    let change = dossier.choose_return()?;
    let now = app.life.clock.now();
    wanted_returns::save(conn, id, wanted, now).await?;
    if dossier.filed.is_none() {
        // A draft is its applicant's own business: nobody is told, and it stands in no audit log.
        dossiers::save(conn, &change.dossier).await?;
        drafts::touch(conn, id, now).await?;
    } else {
        let (actor, action) = (Some(&applicant.caller), "dossier.return_chosen");
        record(app, conn, &dossier, &change, Cause { actor, action, remarks: Remarks::default() }).await?;
    }
    Ok(change.dossier)
}
