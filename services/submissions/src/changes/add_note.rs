//! An official writes a note about a dossier for the other officials.

use diesel_async::AsyncPgConnection;
use edge::{IfMatch, Note as NoteDuty, Official, Problem, audit};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::found_to_handle;
use crate::{
    app::App,
    domain::note::MOST_NOTES,
    error,
    store::{
        dossiers::Reader,
        notes::{self, Note},
    },
};

/// Writes `text` about the dossier `id` of the official's agency. The dossier itself stays as it is.
pub async fn add_note(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<NoteDuty>,
    version: Option<&IfMatch>,
    text: String,
) -> Result<Note, Problem> {
    let dossier = found_to_handle(conn, id, &Reader::Agencies(official.agencies()), version, &official.caller).await?;
    if notes::count(conn, dossier.id).await? >= MOST_NOTES {
        return Err(error::TOO_MANY_NOTES.into());
    }
    let caller = &official.caller;
    let note = Note {
        id: app.life.new_id(),
        dossier: dossier.id,
        author: caller.id,
        author_name: caller.name.clone(),
        written_at: app.life.clock.now(),
        text,
    };
    notes::insert(conn, &note).await?;
    let entry = audit::AuditEntry {
        actor: Some(caller),
        action: "dossier.noted",
        subject_type: "dossier",
        subject_id: dossier.id.to_string(),
        detail: json!({"note": note.id, "sha256": hex::encode(Sha256::digest(&note.text))}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(note)
}
