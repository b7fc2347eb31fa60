//! How results were handed over.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::actions::return_result::ReturnWay, schema::returns};

/// A result that was handed over.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = returns)]
pub struct Returned {
    /// The dossier.
    pub dossier: Uuid,
    /// How.
    pub way: ReturnWay,
    /// Who signed for it, or the number of the parcel.
    pub returned_to: Option<String>,
    /// The official.
    pub returned_by: Uuid,
    /// When.
    pub returned_at: DateTime<Utc>,
}

/// Writes it down.
pub async fn insert(conn: &mut AsyncPgConnection, returned: &Returned) -> QueryResult<()> {
    diesel::insert_into(returns::table).values(returned).execute(conn).await?;
    Ok(())
}

/// How a dossier's result was handed over, if it was.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Option<Returned>> {
    returns::table.find(dossier).select(Returned::as_select()).first(conn).await.optional()
}
