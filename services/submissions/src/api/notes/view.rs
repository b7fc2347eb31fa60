//! How a note looks.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::notes::Note;

/// A note.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierNote)]
pub struct NoteView {
    /// Its id.
    id: Uuid,
    /// The name of who wrote it.
    author: String,
    /// When.
    written_at: DateTime<Utc>,
    /// What.
    text: String,
}

impl From<Note> for NoteView {
    fn from(Note { id, author_name, written_at, text, .. }: Note) -> Self {
        Self { id, author: author_name, written_at, text }
    }
}
