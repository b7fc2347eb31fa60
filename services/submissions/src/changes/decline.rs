//! An official decides against what was applied for: the document that says why is issued, and the dossier completed with it.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};

use super::{Cause, add_result::note_issue, at_work::at_work, duties::Declines, record};
use crate::{
    app::App,
    domain::actions::Action,
    store::{
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
    let work = at_work(app, conn, document.dossier, official, version, Action::Decline).await?;
    let change = work.dossier.decline(work.procedure(), app.life.clock.now(), &work.calendar(app))?;
    results::insert(conn, document).await?;
    let remarks = Remarks { note: None, reason: Some(reason) };
    let cause = Cause { actor: Some(&official.caller), action: "dossier.declined", remarks };
    record(app, conn, &work.before, &change, cause).await?;
    note_issue(app, conn, document, &official.caller, None).await
}
