//! What officials wrote about dossiers for each other.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::notes;

/// A note.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = notes)]
pub struct Note {
    /// Its id.
    pub id: Uuid,
    /// The dossier.
    pub dossier: Uuid,
    /// Who wrote it.
    pub author: Uuid,
    /// As she was called then.
    pub author_name: String,
    /// When.
    pub written_at: DateTime<Utc>,
    /// What.
    pub text: String,
}

/// Writes one.
pub async fn insert(conn: &mut AsyncPgConnection, note: &Note) -> QueryResult<()> {
    diesel::insert_into(notes::table).values(note).execute(conn).await?;
    Ok(())
}

/// How many a dossier has.
pub async fn count(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<i64> {
    notes::table.filter(notes::dossier.eq(dossier)).count().get_result(conn).await
}

/// Those of a dossier, the oldest first.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Note>> {
    let own = notes::table.filter(notes::dossier.eq(dossier)).order((notes::written_at, notes::id));
    own.select(Note::as_select()).load(conn).await
}
