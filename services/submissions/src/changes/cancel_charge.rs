//! An official takes back what was charged: the work goes on.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::CancelsCharges, found, record};
use crate::{
    app::App,
    domain::dossier::Dossier,
    store::{dossiers::Reader, history::Remarks},
};

/// Takes back the unpaid charge of the dossier `id` of an agency where the official works on it; gives it as it is then.
pub async fn cancel_charge(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<CancelsCharges>,
    version: Option<&IfMatch>,
    reason: &str,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.cancel_charge(&pinned.procedure, reason, app.life.clock.now(), &app.calendar)?;
    let remarks = Remarks { note: None, reason: Some(reason) };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.charge_cancelled", remarks };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
