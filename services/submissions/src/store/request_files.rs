//! The documents that came with the answer to a question.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use files::Kept;
use uuid::Uuid;

use crate::schema::request_files;

/// A document. Its bytes are under `object_key`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = request_files)]
pub struct RequestFile {
    /// Its id.
    pub id: Uuid,
    /// The dossier.
    pub dossier: Uuid,
    /// The number of the question.
    pub request: i32,
    /// Its name, as uploaded.
    pub file_name: String,
    /// Its media type, by its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Where its bytes are.
    pub object_key: String,
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
    /// The official who added it.
    pub uploaded_by: Uuid,
}

impl RequestFile {
    /// Its file.
    pub fn kept(&self) -> Kept<'_> {
        Kept { key: &self.object_key, size: self.size, sha256: &self.sha256 }
    }
}

/// Writes a document.
pub async fn insert(conn: &mut AsyncPgConnection, file: &RequestFile) -> QueryResult<()> {
    diesel::insert_into(request_files::table).values(file).execute(conn).await?;
    Ok(())
}

/// Those of a dossier, in the order in which they came.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<RequestFile>> {
    let own = request_files::table.filter(request_files::dossier.eq(dossier));
    own.order(request_files::id).select(RequestFile::as_select()).load(conn).await
}
