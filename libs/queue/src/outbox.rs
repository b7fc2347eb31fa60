//! The sender's side of an event: a row in the transaction that made it true.

use chrono::{DateTime, Utc};
use civic::{Envelope, Event};
use diesel::{ExpressionMethods, result::Error as Diesel};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::{Life, Trace};
use uuid::Uuid;

use crate::{letter::Letter, schema::outbox};

/// Where a service puts what others want to know.
#[derive(Clone, Debug)]
pub struct Outbox {
    source: &'static str,
    life: Life,
}

impl Outbox {
    /// The outbox of the service named `source`.
    pub fn new(source: &'static str, life: Life) -> Self {
        Self { source, life }
    }

    /// Puts `event` in the outbox, in the caller's transaction: told if and only if that commits. Gives the event's id.
    /// The trace and the request id of the running task go with it.
    ///
    /// # Errors
    /// [`pg::Error`] when the row cannot be written.
    pub async fn put<E: Event>(&self, connection: &mut AsyncPgConnection, event: &E) -> Result<Uuid, pg::Error> {
        let news = self.news(event)?;
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(news.id),
                outbox::event_type.eq(E::TYPE),
                outbox::payload.eq(news.payload),
                outbox::subject.eq(event.subject()),
                outbox::waiting_for.eq(E::LISTENERS),
                outbox::created_at.eq(news.created_at),
                outbox::receipted_at.eq(E::LISTENERS.is_empty().then_some(news.created_at)),
            ))
            .execute(connection)
            .await?;
        Ok(news.id)
    }

    /// What the row of `event` will say, for a statement that writes many rows at once.
    ///
    /// # Errors
    /// [`pg::Error`] when the event cannot be written as JSON.
    pub fn news<E: Event>(&self, event: &E) -> Result<News, pg::Error> {
        let (id, now, trace) = (self.life.new_id(), self.life.clock.now(), Trace::current());
        let traceparent = trace.as_ref().map(ToString::to_string);
        let envelope = Envelope::wrap(id, format!("/{}", self.source), now, traceparent, event).map_err(unwritable)?;
        let requestid = trace.map(|trace| trace.request_id().to_owned());
        let payload = serde_json::to_string(&Letter { envelope, requestid }).map_err(unwritable)?;
        Ok(News { id, payload, created_at: now })
    }
}

/// An event as its outbox row holds it.
#[derive(Clone, Debug)]
pub struct News {
    /// The event's id.
    pub id: Uuid,
    /// The whole envelope, JSON.
    pub payload: String,
    /// When it happened.
    pub created_at: DateTime<Utc>,
}

pub(crate) fn unwritable(why: impl std::error::Error + Send + Sync + 'static) -> pg::Error {
    pg::Error::Query(Diesel::SerializationError(why.into()))
}
