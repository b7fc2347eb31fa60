//! An official sends a draft of the result to be confirmed.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem};

use super::{Cause, at_work::at_work, duties::SendsDrafts, lapse_draft::LapseDraft, record};
use crate::{
    app::App,
    domain::actions::Action,
    store::{
        history::Remarks,
        request_files::{self, RequestFile},
    },
};

/// Names an uploaded draft in a row of the request that it makes, whose number it is given.
pub async fn send_draft(
    app: &App,
    conn: &mut AsyncPgConnection,
    draft: RequestFile,
    official: &Official<SendsDrafts>,
    version: Option<&IfMatch>,
) -> Result<RequestFile, Problem> {
    let work = at_work(app, conn, draft.dossier, official, version, Action::SendDraft).await?;
    let (by, now) = (official.caller.id, app.life.clock.now());
    let change = work.dossier.send_draft(work.procedure(), by, now, &work.calendar(app))?;
    let cause = Cause { actor: Some(&official.caller), action: "dossier.draft_sent", remarks: Remarks::default() };
    record(app, conn, &work.before, &change, cause).await?;
    let request = i32::try_from(change.dossier.requests.len()).unwrap_or(i32::MAX);
    let draft = RequestFile { request, ..draft };
    request_files::insert(conn, &draft).await?;
    let until = change.dossier.open_draft().and_then(|(_, open)| open.answer_by).unwrap_or(now);
    queue::enqueue(conn, &app.life, &LapseDraft { dossier: draft.dossier, request }, until).await?;
    Ok(draft)
}
