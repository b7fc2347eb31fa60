//! The results that officials issued.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use files::Kept;
use uuid::Uuid;

use crate::{domain::result_kind::ResultKind, schema::results};

/// A result document. Its bytes are under `object_key`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = results)]
pub struct ResultDocument {
    /// Its id.
    pub id: Uuid,
    /// The dossier.
    pub dossier: Uuid,
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
    /// The official who issued it.
    pub issued_by: Uuid,
    /// What it is.
    pub kind: ResultKind,
}

/// Those that are given to the applicant: where it was declined, nothing but what says why.
pub fn given(results: Vec<ResultDocument>) -> Vec<ResultDocument> {
    let declined = results.iter().any(|result| result.kind == ResultKind::Refusal);
    results.into_iter().filter(|result| !declined || result.kind == ResultKind::Refusal).collect()
}

impl ResultDocument {
    /// Its file.
    pub fn kept(&self) -> Kept<'_> {
        Kept { key: &self.object_key, size: self.size, sha256: &self.sha256 }
    }
}

/// Writes a result.
pub async fn insert(conn: &mut AsyncPgConnection, result: &ResultDocument) -> QueryResult<()> {
    diesel::insert_into(results::table).values(result).execute(conn).await?;
    Ok(())
}

/// The results of a dossier, in the order in which they came.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<ResultDocument>> {
    let own = results::table.filter(results::dossier.eq(dossier));
    own.order(results::id).select(ResultDocument::as_select()).load(conn).await
}
