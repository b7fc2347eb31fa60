//! The sender's side of an event: a row in the transaction that made it true.

use chrono::{DateTime, Utc};
use civic::{Envelope, Event};
use diesel::{ExpressionMethods, result::Error as Diesel};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::{Life, Trace};
use uuid::Uuid;

use crate::{schema::outbox, wire_event::WireEvent};

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
    pub async fn put<E: Event>(&self, connection: &AsyncPgConnection, event: &E) -> Result<Uuid, pg::Error> {
        self.insert(connection, &[], event).await
    }

    /// As [`Outbox::put`], for one listener only, which hears it again.
    pub(crate) async fn put_for<E: Event>(
        &self,
        connection: &AsyncPgConnection,
        listener: &str,
        event: &E,
    ) -> Result<Uuid, pg::Error> {
        self.insert(connection, &[listener], event).await
    }

    /// For nobody named the relay finds out who listens.
    async fn insert<E: Event>(
        &self,
        mut connection: &AsyncPgConnection,
        listeners: &[&str],
        event: &E,
    ) -> Result<Uuid, pg::Error> {
        let row = self.row(event)?;
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(row.id),
                outbox::event_type.eq(E::TYPE),
                outbox::payload.eq(row.payload),
                outbox::subject.eq(event.subject()),
                outbox::waiting_for.eq(listeners),
                outbox::addressed_to.eq((!listeners.is_empty()).then_some(listeners)),
                outbox::created_at.eq(row.created_at),
            ))
            .execute(&mut connection)
            .await?;
        Ok(row.id)
    }

    /// What the row of `event` will say, for a statement that writes many rows at once.
    ///
    /// # Errors
    /// [`pg::Error`] when the event cannot be written as JSON.
    pub fn row<E: Event>(&self, event: &E) -> Result<OutboxRow, pg::Error> {
        let (id, now, trace) = (self.life.new_id(), self.life.clock.now(), Trace::current());
        let traceparent = trace.as_ref().map(ToString::to_string);
        let envelope = Envelope::wrap(id, format!("/{}", self.source), now, traceparent, event).map_err(unwritable)?;
        let requestid = trace.map(|trace| trace.request_id().to_owned());
        let payload = serde_json::to_string(&WireEvent { envelope, requestid }).map_err(unwritable)?;
        Ok(OutboxRow { id, payload, created_at: now })
    }
}

/// An event as its outbox row holds it.
#[derive(Clone, Debug)]
pub struct OutboxRow {
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
