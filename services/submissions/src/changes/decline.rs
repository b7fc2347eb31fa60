//! An official decides against what was applied for: the document that says why is issued, and the dossier completed with it.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};

use super::{Cause, add_result::note_issue, duties::Declines, found, record};
use crate::{
    app::App,
    store::{
        dossiers::Reader,
        history::Remarks,
        results::{self, ResultDocument},
    },
};

/// Issues the `document` and completes its dossier with it.
pub async fn decline(
    app: &App,
    conn: &mut AsyncPgConnection,
    document: &ResultDocument,
    official: &Official<Declines>,
    version: Option<&IfMatch>,
    reason: &str,
) -> Result<(), Problem> {
    let dossier = found(conn, document.dossier, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, dossier.procedure_version).await?;
    let change = dossier.decline(&pinned.procedure, app.life.clock.now(), &app.calendars.of(&dossier.agency))?;
    results::insert(conn, document).await?;
    let remarks = Remarks { note: None, reason: Some(reason) };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.declined", remarks };
    record(app, conn, &dossier, &change, cause).await?;
    note_issue(app, conn, document, &official.caller, None).await
}
