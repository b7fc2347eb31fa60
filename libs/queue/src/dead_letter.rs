//! Events that could not be handled: kept, and put back when asked.

use anyhow::Context;
use chrono::{DateTime, Utc};
use civic::Envelope;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl,
    dsl::{exists, not},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::Life;
use uuid::Uuid;

use crate::{
    Settings,
    schema::{dead_letter, inbox},
    streams::Streams,
};

/// Keeps an event that could not be handled; one that was put back and failed again waits again.
pub(crate) async fn keep(
    connection: &mut AsyncPgConnection,
    envelope: &Envelope,
    letter: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let failure = (
        dead_letter::error.eq(why),
        dead_letter::failed_at.eq(now),
        dead_letter::replayed_at.eq(None::<DateTime<Utc>>),
    );
    let event = (
        dead_letter::event_id.eq(envelope.id),
        dead_letter::event_type.eq(&envelope.event_type),
        dead_letter::payload.eq(letter),
    );
    diesel::insert_into(dead_letter::table)
        .values((event, failure))
        .on_conflict(dead_letter::event_id)
        .do_update()
        .set(failure)
        .execute(connection)
        .await?;
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
    let streams = Streams::new(settings)?;
    let mut redis = streams.connect().await.context("Redis")?;
    let until = life.clock.now();
    let mut count = 0;
    loop {
        let replayed = pool.transaction(async |connection| {
            let Some((event, letter)) = next(connection, until).await? else { return Ok(false) };
            replayed(connection, event, until).await?;
            streams.put_back(&mut redis, service, &letter).await.context("Redis")?;
            Ok::<_, anyhow::Error>(true)
        });
        if !replayed.await? {
            return Ok(count);
        }
        count += 1;
    }
}

async fn next(connection: &mut AsyncPgConnection, until: DateTime<Utc>) -> Result<Option<(Uuid, String)>, pg::Error> {
    let next = dead_letter::table
        .filter(dead_letter::replayed_at.is_null().or(dead_letter::replayed_at.lt(until)))
        .filter(not(exists(inbox::table.filter(inbox::event_id.eq(dead_letter::event_id)))))
        // One that fails again meanwhile is not put back twice.
        .filter(dead_letter::failed_at.le(until))
        .order(dead_letter::failed_at)
        .select((dead_letter::event_id, dead_letter::payload))
        .for_update()
        .skip_locked();
    Ok(next.first(connection).await.optional()?)
}

async fn replayed(connection: &mut AsyncPgConnection, event: Uuid, now: DateTime<Utc>) -> Result<(), pg::Error> {
    let letter = dead_letter::table.filter(dead_letter::event_id.eq(event));
    diesel::update(letter).set(dead_letter::replayed_at.eq(now)).execute(connection).await?;
    Ok(())
}
