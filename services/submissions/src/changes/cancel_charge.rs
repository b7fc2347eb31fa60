//! An official takes back what was charged: the work goes on.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::CancelsCharges, record};
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier},
    store::history::Remarks,
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
    let work = at_work(app, conn, id, official, version, Action::CancelCharge).await?;
    let change = work.dossier.cancel_charge(work.procedure(), reason, app.life.clock.now(), &work.calendar(app))?;
    let remarks = Remarks { note: None, reason: Some(reason) };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.charge_cancelled", remarks };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
