//! Who came to a counter and has no account, by citizen number.

use chrono::{DateTime, Utc};
use civic::{CitizenNumber, Party};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::visitors;

/// The person with this number, if she came before.
pub async fn find(conn: &mut AsyncPgConnection, number: &CitizenNumber) -> QueryResult<Option<Party>> {
    let known = visitors::table.find(number.as_str()).select(visitors::party);
    Ok(known.first::<Uuid>(conn).await.optional()?.map(Party::person))
}

/// As [`find`]; who comes for the first time is noted as `new`.
pub async fn find_or_note(
    conn: &mut AsyncPgConnection,
    number: &CitizenNumber,
    new: Party,
    now: DateTime<Utc>,
) -> QueryResult<Party> {
    let row = (visitors::citizen_number.eq(number.as_str()), visitors::party.eq(new.id), visitors::noted_at.eq(now));
    // Two who come at once are one: the second waits for the first.
    let kept: Uuid = diesel::insert_into(visitors::table)
        .values(row)
        .on_conflict(visitors::citizen_number)
        .do_update()
        .set(visitors::citizen_number.eq(number.as_str()))
        .returning(visitors::party)
        .get_result(conn)
        .await?;
    Ok(Party::person(kept))
}
