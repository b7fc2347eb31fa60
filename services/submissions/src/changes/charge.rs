//! An official charges a further round: the dossier waits until it is paid. Payments opens the order by what it is told of the dossier.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, duties::Charges, found, record};
use crate::{
    app::App,
    domain::{actions::charge::Charged, dossier::Dossier},
    store::{dossiers::Reader, history::Remarks},
};

/// Charges the dossier `id` of an agency where the official works on it; gives it as it is then.
pub async fn charge(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<Charges>,
    version: Option<&IfMatch>,
    charged: Charged,
) -> Result<Dossier, Problem> {
    let dossier = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.charge_further(&pinned.procedure, charged, app.life.clock.now(), &app.calendar)?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.charged", remarks: Remarks::default() };
    record(app, conn, &dossier, &change, cause).await?;
    Ok(change.dossier)
}
