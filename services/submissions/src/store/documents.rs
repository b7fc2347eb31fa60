//! The papers an applicant uploaded.

use chrono::{DateTime, Utc};
use diesel::{dsl::count_star, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use files::Kept;
use uuid::Uuid;

use crate::schema::documents;

/// A document. Its bytes are under `object_key`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = documents)]
pub struct Document {
    /// Its id.
    pub id: Uuid,
    /// The dossier.
    pub dossier: Uuid,
    /// Which of the procedure's components it is.
    pub component: String,
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
    /// The request that it answers; none when it was handed in with the dossier.
    pub request: Option<i32>,
}

impl Document {
    /// Its file.
    pub fn kept(&self) -> Kept<'_> {
        Kept { key: &self.object_key, size: self.size, sha256: &self.sha256 }
    }
}

/// Writes a document.
pub async fn insert(conn: &mut AsyncPgConnection, document: &Document) -> QueryResult<()> {
    diesel::insert_into(documents::table).values(document).execute(conn).await?;
    Ok(())
}

/// How many documents answer a request of a dossier; without one, how many were handed in with it.
pub async fn count(conn: &mut AsyncPgConnection, dossier: Uuid, request: Option<i32>) -> QueryResult<i64> {
    let own = documents::table.filter(documents::dossier.eq(dossier));
    own.filter(documents::request.is_not_distinct_from(request)).select(count_star()).first(conn).await
}

/// The documents of a dossier, in the order in which they came.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Document>> {
    let own = documents::table.filter(documents::dossier.eq(dossier));
    own.order(documents::id).select(Document::as_select()).load(conn).await
}

/// One document of a dossier.
pub async fn find(conn: &mut AsyncPgConnection, dossier: Uuid, id: Uuid) -> QueryResult<Option<Document>> {
    let own = documents::table.find(id).filter(documents::dossier.eq(dossier));
    own.select(Document::as_select()).first(conn).await.optional()
}

/// What those documents of a dossier are for that answer this request.
pub async fn supplied(conn: &mut AsyncPgConnection, dossier: Uuid, request: i32) -> QueryResult<Vec<String>> {
    let answering = documents::table.filter(documents::dossier.eq(dossier).and(documents::request.eq(request)));
    answering.select(documents::component).load(conn).await
}

/// Takes a document out; gives where its bytes are, if it was there.
pub async fn delete(conn: &mut AsyncPgConnection, dossier: Uuid, id: Uuid) -> QueryResult<Option<String>> {
    let own = documents::table.find(id).filter(documents::dossier.eq(dossier));
    diesel::delete(own).returning(documents::object_key).get_result(conn).await.optional()
}

/// Takes all documents of a dossier out; gives where their bytes are.
pub async fn delete_all(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<String>> {
    let own = documents::table.filter(documents::dossier.eq(dossier));
    diesel::delete(own).returning(documents::object_key).load(conn).await
}
