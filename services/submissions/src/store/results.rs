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
    /// The number of the correction that replaces it; none while it stands.
    pub replaced_by: Option<i32>,
}

/// Those that are given to the applicant of a dossier that `is_finished` or is taken up again: what was replaced, and what stands once it
/// is finished. Where it was declined, nothing but what says why.
pub fn given(results: Vec<ResultDocument>, is_finished: bool) -> Vec<ResultDocument> {
    let refusals = results.iter().filter(|result| result.kind == ResultKind::Refusal);
    let declined: Vec<_> = refusals.map(|refusal| refusal.replaced_by).collect();
    let is_given = |result: &ResultDocument| {
        (is_finished || result.replaced_by.is_some())
            && (result.kind == ResultKind::Refusal || !declined.contains(&result.replaced_by))
    };
    results.into_iter().filter(is_given).collect()
}

/// How many of them stand.
pub fn standing(results: &[ResultDocument]) -> usize {
    results.iter().filter(|result| result.replaced_by.is_none()).count()
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

/// Removes a result of a dossier that is held.
pub async fn delete(conn: &mut AsyncPgConnection, result: Uuid) -> QueryResult<()> {
    diesel::delete(results::table.find(result)).execute(conn).await?;
    Ok(())
}

/// Marks the results of a dossier that stand as replaced by a correction.
pub async fn replace(conn: &mut AsyncPgConnection, dossier: Uuid, correction: i32) -> QueryResult<()> {
    let standing = results::table.filter(results::dossier.eq(dossier).and(results::replaced_by.is_null()));
    diesel::update(standing).set(results::replaced_by.eq(correction)).execute(conn).await?;
    Ok(())
}

/// The results of a dossier, in the order in which they came.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<ResultDocument>> {
    let own = results::table.filter(results::dossier.eq(dossier));
    own.order(results::id).select(ResultDocument::as_select()).load(conn).await
}
