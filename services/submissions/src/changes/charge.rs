//! An official charges a further round: the dossier waits until it is paid. Payments opens the order by what it is told of the dossier.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};
use uuid::Uuid;

use super::{Cause, at_work::at_work, duties::Charges, record};
use crate::{
    app::App,
    domain::{
        actions::{Action, charge::Charged},
        dossier::Dossier,
    },
    store::history::Remarks,
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
    let work = at_work(app, conn, id, official, version, Action::Charge).await?;
    let change = work.dossier.charge_further(work.procedure(), charged, app.life.clock.now(), &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.charged", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    Ok(change.dossier)
}
