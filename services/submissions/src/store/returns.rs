//! How results were handed over.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Integer, Uuid as SqlUuid},
};
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

/// Puts how the result of a dossier was handed over, if it was, beside what replaces it: a correction.
pub async fn replace(conn: &mut AsyncPgConnection, dossier: Uuid, correction: i32) -> QueryResult<()> {
    let moved = "with before as (delete from returns where dossier = $1 returning *)
        insert into replaced_returns (dossier, request, way, returned_to, returned_by, returned_at)
        select dossier, $2, way, returned_to, returned_by, returned_at from before";
    sql_query(moved).bind::<SqlUuid, _>(dossier).bind::<Integer, _>(correction).execute(conn).await?;
    Ok(())
}

/// Notes that a result that came back is sent anew, under another number of the post's.
pub async fn note_sent_again(
    conn: &mut AsyncPgConnection,
    dossier: Uuid,
    item_code: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let again = (returns::returned_to.eq(item_code), returns::returned_at.eq(now));
    diesel::update(returns::table.find(dossier)).set(again).execute(conn).await?;
    Ok(())
}

/// How a dossier's result was handed over, if it was.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Option<Returned>> {
    returns::table.find(dossier).select(Returned::as_select()).first(conn).await.optional()
}
