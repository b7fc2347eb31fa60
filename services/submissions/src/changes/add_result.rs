//! A result is issued for a dossier that is worked on.

use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Official, Problem, audit};
use serde_json::json;

use super::{announce, at_work::at_work, duties::Issues};
use crate::{
    app::App,
    domain::actions::Action,
    store::{
        dossiers,
        results::{self, ResultDocument},
    },
};

/// Names an uploaded result in a row of its dossier. The applicant sees it once the dossier is completed.
pub async fn add_result(
    app: &App,
    conn: &mut AsyncPgConnection,
    result: &ResultDocument,
    official: &Official<Issues>,
    version: Option<&IfMatch>,
) -> Result<(), Problem> {
    let work = at_work(app, conn, result.dossier, official, version, Action::AddResult).await?;
    let there = results::of_dossier(conn, result.dossier).await?;
    work.dossier.may_take_another_result(results::standing(&there))?;
    results::insert(conn, result).await?;
    let dossier = work.dossier.changed();
    dossiers::save_with_rows(conn, &work.before, &dossier).await?;
    announce(app, conn, &dossier).await?;
    note_issue(app, conn, result, &official.caller, Some(dossier.version)).await
}

/// Notes in the audit log which document was issued, and by which version of its dossier, when that came of nothing else.
pub(super) async fn note_issue(
    app: &App,
    conn: &mut AsyncPgConnection,
    result: &ResultDocument,
    caller: &Caller,
    version: Option<i32>,
) -> Result<(), Problem> {
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action: "result.issued",
        subject_type: "dossier",
        subject_id: result.dossier.to_string(),
        detail: json!({"result": result.id, "sha256": hex::encode(&result.sha256), "version": version}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}
