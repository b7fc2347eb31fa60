//! The relay's side of the outbox table.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, Queryable, QueryableByName, SelectableHelper,
    dsl::{exists, sql},
    prelude::Selectable,
    sql_types::{Array, BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::{Builder, Uuid};

use crate::schema::outbox;

diesel::define_sql_function! {
    /// How many elements an array has.
    fn cardinality(array: Array<Text>) -> Integer;
}

/// An event whose receipt is missing is published again after 60 s, then 120 s … 480 s, should a copy have been lost unseen.
/// One that nobody listens to is done.
const PUBLISHED: &str = "update outbox set published_at = $2, attempts = attempts + 1, last_error = null,
        available_at = $2 + interval '60 seconds' * power(2, least(attempts, 3)),
        waiting_for = string_to_array(told.listeners, ','),
        addressed_to = coalesce(addressed_to, string_to_array(told.listeners, ',')),
        receipted_at = case when told.listeners = '' then $2 end
    from unnest($1::uuid[], $3::text[]) as told (id, listeners)
    where outbox.id = told.id";
const REFUSED: &str = "update outbox set attempts = attempts + 1, last_error = $2 where id = any($1)";
const LOST: &str = "update outbox set published_at = null, attempts = 0, available_at = '-infinity'
    where receipted_at is null and published_at is not null";
/// Looks at the next rows behind a place; those that wait for a receipt stay, and hold up nothing behind them.
const FORGET: &str = "with seen as (
        select id, receipted_at from outbox where id > $2 and id < $3 order by id limit $4),
    gone as (
        delete from outbox using seen where outbox.id = seen.id and seen.receipted_at < $1 returning outbox.id),
    noted as (
        insert into outbox_horizon (receipted_before) select $1 where exists (select from gone)
        on conflict (only_row) do update set receipted_before = greatest(outbox_horizon.receipted_before, $1))
    select id from seen order by id";
/// Rows looked at by one statement.
const LOOKED_AT: usize = 500;
/// The bytes of "relay" as a number.
const LEADER: &str = "pg_try_advisory_xact_lock(491260699001)";

/// An event to be published.
#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub(crate) struct Due {
    pub(crate) id: Uuid,
    pub(crate) event_type: String,
    pub(crate) payload: String,
    pub(crate) waiting_for: Vec<String>,
}

/// Whether anything is to be published; cheap, asked ten times a second.
pub(crate) async fn any_due(
    connection: &mut AsyncPgConnection,
    known: &[&str],
    now: DateTime<Utc>,
) -> Result<bool, pg::Error> {
    let due = outbox::table
        .filter(outbox::receipted_at.is_null().and(outbox::available_at.le(now)))
        .filter(cardinality(outbox::waiting_for).gt(0).or(outbox::event_type.eq_any(known)));
    Ok(diesel::select(exists(due)).get_result(connection).await?)
}

/// Whether anything counts as published without being receipted.
pub(crate) async fn any_published(connection: &mut AsyncPgConnection) -> Result<bool, pg::Error> {
    let published = outbox::table.filter(outbox::receipted_at.is_null().and(outbox::published_at.is_not_null()));
    Ok(diesel::select(exists(published)).get_result(connection).await?)
}

/// Makes this transaction the service's only relay until it ends. False when another is.
pub(crate) async fn lead(connection: &mut AsyncPgConnection) -> Result<bool, pg::Error> {
    Ok(diesel::select(sql::<Bool>(LEADER)).get_result(connection).await?)
}

/// The next `count` events to publish: new ones in the order they were put, then those whose receipt is missing. New ones of
/// types that are not `known` wait for a relay that knows who listens.
pub(crate) async fn due(
    connection: &mut AsyncPgConnection,
    known: &[&str],
    now: DateTime<Utc>,
    count: usize,
) -> Result<Vec<Due>, pg::Error> {
    let due = outbox::table
        .filter(outbox::receipted_at.is_null().and(outbox::available_at.le(now)))
        .filter(cardinality(outbox::waiting_for).gt(0).or(outbox::event_type.eq_any(known)))
        .order((outbox::available_at, outbox::position))
        .limit(i64::try_from(count).unwrap_or(i64::MAX))
        .select(Due::as_select())
        .for_update()
        .skip_locked();
    Ok(due.load(connection).await?)
}

/// Marks events as published, each to the listeners that it waits for.
pub(crate) async fn published(
    connection: &mut AsyncPgConnection,
    events: &[Due],
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let (ids, listeners): (Vec<_>, Vec<_>) = events.iter().map(|event| (event.id, event.waiting_for.join(","))).unzip();
    let update = diesel::sql_query(PUBLISHED)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(listeners);
    update.execute(connection).await?;
    Ok(())
}

/// Marks events as refused by Redis; they stay due.
pub(crate) async fn refused(connection: &mut AsyncPgConnection, ids: Vec<Uuid>, why: &str) -> Result<(), pg::Error> {
    diesel::sql_query(REFUSED).bind::<Array<SqlUuid>, _>(ids).bind::<Text, _>(why).execute(connection).await?;
    Ok(())
}

/// Marks everything without its last receipt as not published: Redis may have forgotten it.
pub(crate) async fn lost(connection: &mut AsyncPgConnection) -> Result<usize, pg::Error> {
    Ok(diesel::sql_query(LOST).execute(connection).await?)
}

/// Deletes events receipted before `time`, among the next ones `behind` an id: they hold people's data and have done their work.
/// Gives behind which id to go on, from the first again once all were looked at.
pub(crate) async fn forget(
    connection: &mut AsyncPgConnection,
    time: DateTime<Utc>,
    behind: Uuid,
) -> Result<Uuid, pg::Error> {
    // Ids begin with the time at which they were made: nothing that is younger can have been receipted before.
    let millis = u64::try_from(time.timestamp_millis()).unwrap_or_default();
    let youngest = Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    let seen: Vec<Seen> = diesel::sql_query(FORGET)
        .bind::<Timestamptz, _>(time)
        .bind::<SqlUuid, _>(behind)
        .bind::<SqlUuid, _>(youngest)
        .bind::<BigInt, _>(LOOKED_AT as i64)
        .load(connection)
        .await?;
    Ok(seen.last().filter(|_| seen.len() == LOOKED_AT).map_or(Uuid::nil(), |last| last.id))
}

#[derive(QueryableByName)]
struct Seen {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}
