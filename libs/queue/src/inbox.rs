//! The receiver's memory of which events took effect.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName, sql_query,
    sql_types::{Array, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use crate::schema::inbox;

const REMEMBER: &str = "insert into inbox (event_id, received_at) select event, $2 from unnest($1::uuid[]) event
    order by event on conflict do nothing returning event_id";

#[derive(QueryableByName)]
#[diesel(table_name = inbox)]
struct New {
    event_id: Uuid,
}

/// Remembers the events in the caller's transaction; gives those that did not take effect before.
pub(crate) async fn remember(
    connection: &mut AsyncPgConnection,
    events: Vec<Uuid>,
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>, pg::Error> {
    let rows = sql_query(REMEMBER).bind::<Array<SqlUuid>, _>(events).bind::<Timestamptz, _>(now);
    let new: Vec<New> = kept(rows).load(connection).await?;
    Ok(new.into_iter().map(|new| new.event_id).collect())
}

/// Takes back that these were remembered in this transaction.
pub(crate) async fn forget(connection: &mut AsyncPgConnection, events: Vec<Uuid>) -> Result<(), pg::Error> {
    diesel::delete(inbox::table.filter(inbox::event_id.eq_any(events))).execute(connection).await?;
    Ok(())
}
