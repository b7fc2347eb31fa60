//! An official hands a result over: the dossier is at its end.

use civic::events::DossierNotice;
use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Returns, found_to_handle, record};
use crate::{
    app::App,
    domain::{actions::return_result::Return, dossier::Dossier},
    store::{
        dossiers::Reader,
        history::Remarks,
        returns::{self, Returned},
    },
};

/// Hands the result of the dossier `id` over, of an agency where the official stands at the counter; gives it as it is then.
pub async fn return_result(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Returns>,
    version: Option<&IfMatch>,
    handed: Return,
    note: Option<&str>,
) -> Result<Dossier, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let now = app.life.clock.now();
    let change = dossier.return_result(&pinned.procedure, now, &app.calendars.of(&dossier.agency))?;
    let Return { way, to: returned_to } = handed;
    let returned = Returned { dossier: id, way, returned_to, returned_by: official.caller.id, returned_at: now };
    returns::insert(conn, &returned).await?;
    let remarks = Remarks { note, reason: None };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.returned", remarks };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}

/// Sends anew what came back, under another number of the post's.
pub async fn send_again(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Returns>,
    item_code: &str,
) -> Result<(), Problem> {
    returns::note_sent_again(conn, id, item_code, app.life.clock.now()).await?;
    tell_of_parcel(app, conn, id, official, ("dossier.sent_again", DossierNotice::Returned)).await
}

/// Tells the applicant that what was sent by post lies at the agency.
pub async fn tell_came_back(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Returns>,
) -> Result<(), Problem> {
    tell_of_parcel(app, conn, id, official, ("dossier.came_back", DossierNotice::ParcelCameBack)).await
}

async fn tell_of_parcel(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Returns>,
    (action, notice): (&'static str, DossierNotice),
) -> Result<(), Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), None, &official.caller).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.parcel_moved(&pinned.procedure, notice, app.life.clock.now())?;
    let cause = Cause { actor: Some(&official.caller), action, remarks: Remarks::default() };
    Ok(record(app, conn, &dossier, &change, cause).await?)
}
