//! Events that could not be handled: kept, put back by the clock for five days, and whenever somebody asks.

use std::{rc::Rc, time::Duration};

use anyhow::Context;
use chrono::{DateTime, Utc};
use civic::Envelope;
use diesel::{
    OptionalExtension, QueryableByName, sql_query,
    sql_types::{Bool, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::Life;
use uuid::Uuid;

use crate::{
    Settings,
    outage::{Outage, pause},
    schema::dead_letter,
    streams::Streams,
};

/// The clock may be moved by hand, so it is looked at more often than anything is due.
const POLL: Duration = Duration::from_secs(1);
/// It goes back after five minutes, then after as long as it has been here, an hour at most, for five days: what it waits for
/// may be another service that is away, a lock, or a mended version of this one.
const KEEP: &str = "insert into dead_letter (event_id, type, payload, error, failed_at, first_failed_at, again_at)
    values ($1, $2, $3, $4, $5, $5, $5 + interval '5 minutes')
    on conflict (event_id) do update set error = $4, failed_at = $5, replayed_at = null,
        first_failed_at = coalesce(dead_letter.first_failed_at, $5),
        again_at = case when $5 - coalesce(dead_letter.first_failed_at, $5) < interval '5 days'
            then $5 + least(greatest($5 - coalesce(dead_letter.first_failed_at, $5), interval '5 minutes'), interval '1 hour')
            end";
/// The next to put back: by the clock, or because somebody asks, those put back before included that have still not taken
/// effect. One that fails again meanwhile is not put back twice.
const NEXT: &str = "select event_id, payload from dead_letter
    where case when $2 then again_at <= $1 else failed_at <= $1 and (replayed_at is null or replayed_at < $1) end
        and not exists (select from inbox where inbox.event_id = dead_letter.event_id)
        and not exists (select from taken_as_handled h where h.subject = event_id and h.at >= failed_at)
    order by failed_at limit 1 for update skip locked";
/// It goes back again in an hour, should Redis have lost it. For whom somebody asks the five days begin anew.
const PUT_BACK: &str = "update dead_letter set replayed_at = $2, again_at = $2 + interval '1 hour',
        first_failed_at = case when $3 then first_failed_at else $2 end
    where event_id = $1";
const HANDLED: &str = "update dead_letter set again_at = null
    where again_at <= $1 and exists (select from inbox where inbox.event_id = dead_letter.event_id)";

/// One that somebody asks for: the clock puts it back at once, and its five days begin anew.
const AT_ONCE: &str =
    "update dead_letter set again_at = $2, replayed_at = $2, first_failed_at = $2 where event_id = $1";

/// An event that could not be handled.
#[derive(QueryableByName)]
#[diesel(table_name = dead_letter)]
struct DeadLetter {
    event_id: Uuid,
    payload: String,
}

/// Keeps an event that could not be handled; one that was put back and failed again waits again.
pub(crate) async fn keep(
    connection: &mut AsyncPgConnection,
    envelope: &Envelope,
    payload: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let row = sql_query(KEEP)
        .bind::<SqlUuid, _>(envelope.id)
        .bind::<Text, _>(&envelope.event_type)
        .bind::<Text, _>(payload)
        .bind::<Text, _>(why)
        .bind::<Timestamptz, _>(now);
    row.execute(connection).await?;
    Ok(())
}

/// Puts the dead letters of `service` back on its stream, to be handled again, oldest first. Gives their number.
/// Those put back before that have still not taken effect are among them: Redis may have lost them, and twice does no harm.
///
/// # Errors
/// When the database or Redis does not answer. What was put back by then stays put back; calling again does the rest.
pub async fn replay_dead_letters(
    service: &str,
    pool: &pg::Pool,
    life: &Life,
    settings: &Settings,
) -> anyhow::Result<usize> {
    put_back(service, pool, &Streams::new(settings)?, life.clock.now(), false).await
}

/// Has the dead letter `id` go back to its stream within a second, whether Redis answers now or later.
pub(crate) async fn put_back_at_once(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let update = sql_query(AT_ONCE).bind::<SqlUuid, _>(id).bind::<Timestamptz, _>(now);
    update.execute(connection).await?;
    Ok(())
}

/// Puts those back whose time has come, until the life stops.
pub(crate) async fn run(service: &'static str, pool: pg::Pool, life: Life, streams: Rc<Streams>) {
    let mut outage = Outage::none(service, "dead letters");
    while !life.stop.is_cancelled() {
        match round(service, &pool, &streams, life.clock.steady()).await {
            Ok(()) => {
                outage.is_over();
                pause(POLL, &life.stop).await;
            }
            Err(why) => outage.pause(&why, &life.stop).await,
        }
    }
}

async fn round(service: &str, pool: &pg::Pool, streams: &Streams, now: DateTime<Utc>) -> anyhow::Result<()> {
    let handled = sql_query(HANDLED).bind::<Timestamptz, _>(now);
    handled.execute(&mut *pool.get().await?).await.map_err(pg::Error::from)?;
    let connection = &mut *pool.get().await?;
    if next(connection, now, true).await?.is_none() {
        return Ok(());
    }
    let count = put_back(service, pool, streams, now, true).await?;
    tracing::info!(service, count, "events that could not be handled go back to be tried again");
    Ok(())
}

async fn put_back(
    service: &str,
    pool: &pg::Pool,
    streams: &Streams,
    now: DateTime<Utc>,
    by_the_clock: bool,
) -> anyhow::Result<usize> {
    let mut redis = streams.connect().await.context("Redis")?;
    let mut count = 0;
    loop {
        let put_back = pool.transaction(async |connection| {
            let Some(DeadLetter { event_id, payload }) = next(connection, now, by_the_clock).await? else {
                return Ok(false);
            };
            let update = sql_query(PUT_BACK).bind::<SqlUuid, _>(event_id).bind::<Timestamptz, _>(now);
            update.bind::<Bool, _>(by_the_clock).execute(connection).await.map_err(pg::Error::from)?;
            streams.put_back(&mut redis, service, &payload).await.context("Redis")?;
            Ok::<_, anyhow::Error>(true)
        });
        if !put_back.await? {
            return Ok(count);
        }
        count += 1;
    }
}

async fn next(
    connection: &mut AsyncPgConnection,
    now: DateTime<Utc>,
    by_the_clock: bool,
) -> Result<Option<DeadLetter>, pg::Error> {
    let next = sql_query(NEXT).bind::<Timestamptz, _>(now).bind::<Bool, _>(by_the_clock);
    Ok(next.get_result(connection).await.optional()?)
}
