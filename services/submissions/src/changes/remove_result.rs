//! A result that was issued by mistake is taken back.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Official, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use super::{announce, at_work::at_work, duties::Issues};
use crate::{
    app::App,
    domain::actions::Action,
    error,
    store::{dossiers, results},
};

/// Takes the result out of its dossier, which nobody was given it of; gives the key of its bytes, which nothing refers to any more.
pub async fn remove_result(
    app: &App,
    conn: &mut AsyncPgConnection,
    (dossier, result): (Uuid, Uuid),
    official: &Official<Issues>,
    version: Option<&IfMatch>,
) -> Result<String, Problem> {
    let work = at_work(app, conn, dossier, official, version, Action::RemoveResult).await?;
    let there = results::of_dossier(conn, dossier).await?;
    // What a correction replaced was given to the applicant, and stays.
    let taken = there.iter().find(|one| one.id == result && one.replaced_by.is_none());
    let taken = taken.ok_or(error::RESULT_NOT_FOUND)?;
    work.dossier.may_lose_result(results::standing(&there))?;
    results::delete(conn, result).await?;
    let after = work.dossier.changed();
    dossiers::save_with_rows(conn, &work.before, &after).await?;
    announce(app, conn, &after).await?;
    let entry = audit::AuditEntry {
        actor: Some(&official.caller),
        action: "result.taken_back",
        subject_type: "dossier",
        subject_id: dossier.to_string(),
        detail: json!({"result": result, "sha256": hex::encode(&taken.sha256), "version": after.version}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(taken.object_key.clone())
}
