//! A draft is thrown away, with its papers.

use diesel_async::AsyncPgConnection;
use edge::{Applicant, IfMatch, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use super::found;
use crate::{
    app::App,
    store::{
        documents,
        dossiers::{self, Reader},
    },
};

/// Throws the draft away; gives the keys of its papers' bytes, which nothing refers to any more.
pub async fn discard(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    applicant: &Applicant,
    version: Option<&IfMatch>,
) -> Result<Vec<String>, Problem> {
    let draft = found(conn, id, &Reader::Party(applicant.party), version).await?;
    draft.may_be_edited()?;
    let keys = remove(conn, draft.id).await?;
    let entry = audit::AuditEntry {
        actor: Some(&applicant.caller),
        action: "draft.discarded",
        subject_type: "dossier",
        subject_id: draft.id.to_string(),
        detail: json!({"documents": keys.len()}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(keys)
}

/// Removes a draft with its papers; gives the keys of their bytes. The caller holds its lock.
pub(super) async fn remove(conn: &mut AsyncPgConnection, draft: Uuid) -> diesel::QueryResult<Vec<String>> {
    let keys = documents::delete_all(conn, draft).await?;
    dossiers::delete_draft(conn, draft).await?;
    Ok(keys)
}
