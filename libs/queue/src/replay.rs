//! Replay: a sender tells one listener every subject as it stands, in batches, while both run.

use std::time::Duration;

use anyhow::{Result, ensure};
use civic::Event;
use diesel::{ExpressionMethods, OptionalExtension, PgArrayExpressionMethods, QueryDsl, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::{FutureExt, future::BoxFuture};
use runtime::Life;
use uuid::Uuid;

use crate::{
    Outbox,
    outage::pause,
    schema::{outbox, replays},
};

/// Subjects told in one transaction.
const BATCH: i64 = 100;
/// So many may wait for the listener's receipt before more are told.
const UNDER_WAY: i64 = 500;
const POLL: Duration = Duration::from_millis(50);

/// Subjects as they stand, each with the cursor behind which the next ones are.
pub type Batch<E> = Vec<(String, E)>;

/// Tells a listener the subjects behind a cursor; gives the last of their cursors, if there were any.
type Tell = Box<
    dyn for<'a> Fn(
            &'a mut AsyncPgConnection,
            &'a Outbox,
            &'a str,
            &'a str,
        ) -> BoxFuture<'a, Result<Announced, pg::Error>>
        + Send
        + Sync,
>;

/// Reads a batch of subjects behind a cursor, so many at most.
pub type ReadBatch<E> =
    for<'a> fn(&'a mut AsyncPgConnection, &'a str, i64) -> BoxFuture<'a, Result<Batch<E>, pg::Error>>;

/// The id behind which a replay goes on, where the subjects' cursors are their ids. The first cursor is empty: no subject has
/// the lowest id that there is.
///
/// # Errors
/// When the cursor is not an id: who took it for the beginning would tell everything again without a word.
pub fn id_behind(cursor: &str) -> Result<Uuid, pg::Error> {
    let unreadable = |why: uuid::Error| pg::Error::Query(diesel::result::Error::DeserializationError(why.into()));
    if cursor.is_empty() { Ok(Uuid::nil()) } else { cursor.parse().map_err(unreadable) }
}

/// How many subjects were told, and the last one's cursor.
struct Announced {
    count: usize,
    last: Option<String>,
}

/// How every subject of one type of event is told again.
pub struct Replaying {
    event_type: &'static str,
    tell: Tell,
}

impl Replaying {
    pub(crate) fn new<E: Event + Send + Sync + 'static>(read: ReadBatch<E>) -> Self {
        let tell: Tell = Box::new(move |connection, outbox, listener, after| {
            async move {
                let batch = read(connection, after, BATCH).await?;
                for (_, event) in &batch {
                    outbox.put_for(connection, listener, event).await?;
                }
                Ok(Announced { count: batch.len(), last: batch.into_iter().next_back().map(|(cursor, _)| cursor) })
            }
            .boxed()
        });
        Self { event_type: E::TYPE, tell }
    }
}

/// Tells `listener` every subject that `replays` know and that it hears, as it stands. Gives their number. When it is broken
/// off, the next call goes on where it was.
///
/// # Errors
/// A sentence when the listener hears none of them; when the database does not answer.
pub async fn replay(
    sender: &'static str,
    replays: Vec<Replaying>,
    pool: &pg::Pool,
    life: &Life,
    listener: &str,
) -> Result<usize> {
    let hears = |replaying: &Replaying| {
        life.subscribers.to(replaying.event_type).is_some_and(|listeners| listeners.contains(&listener))
    };
    let wanted: Vec<_> = replays.into_iter().filter(hears).collect();
    ensure!(!wanted.is_empty(), "{listener} hears nothing that {sender} can tell again.");
    let (outbox, mut count) = (Outbox::new(sender, life.clone()), 0);
    for replaying in &wanted {
        loop {
            wait_for_room(pool, life, listener).await?;
            let told = pool.transaction(async |connection| batch(connection, replaying, &outbox, listener).await);
            match told.await? {
                0 => break,
                told => count += told,
            }
        }
    }
    Ok(count)
}

/// However fast subjects are read, no more than these wait in the outbox and in Redis.
async fn wait_for_room(pool: &pg::Pool, life: &Life, listener: &str) -> Result<(), pg::Error> {
    loop {
        let waiting = outbox::table
            .filter(outbox::receipted_at.is_null())
            .filter(outbox::waiting_for.contains(vec![listener]))
            .count();
        let waiting: i64 = waiting.get_result(&mut *pool.get().await?).await?;
        if waiting < UNDER_WAY {
            return Ok(());
        }
        pause(POLL, &life.stop).await;
    }
}

async fn batch(
    connection: &mut AsyncPgConnection,
    replaying: &Replaying,
    outbox: &Outbox,
    listener: &str,
) -> Result<usize, pg::Error> {
    let cursor = replays::table.find((listener, replaying.event_type));
    let after: Option<String> = cursor.select(replays::after).for_update().first(connection).await.optional()?;
    let told = (replaying.tell)(connection, outbox, listener, after.as_deref().unwrap_or_default()).await?;
    let Some(last) = told.last else {
        diesel::delete(cursor).execute(connection).await?;
        return Ok(0);
    };
    let row = (replays::listener.eq(listener), replays::event_type.eq(replaying.event_type), replays::after.eq(last));
    diesel::insert_into(replays::table)
        .values(row)
        .on_conflict((replays::listener, replays::event_type))
        .do_update()
        .set(replays::after.eq(excluded(replays::after)))
        .execute(connection)
        .await?;
    Ok(told.count)
}
