//! The sender's side of an event: a row in the transaction that made it true.

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
        let (id, now, trace) = (self.life.new_id(), self.life.clock.now(), Trace::current());
        let traceparent = trace.as_ref().map(ToString::to_string);
        let envelope = Envelope::wrap(id, format!("/{}", self.source), now, traceparent, event).map_err(unwritable)?;
        let requestid = trace.map(|trace| trace.request_id().to_owned());
        let letter = Letter { envelope, requestid };
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id),
                outbox::event_type.eq(E::TYPE),
                outbox::payload.eq(serde_json::to_string(&letter).map_err(unwritable)?),
                outbox::subject.eq(letter.envelope.subject),
                outbox::waiting_for.eq(E::LISTENERS),
                outbox::created_at.eq(now),
                outbox::receipted_at.eq(E::LISTENERS.is_empty().then_some(now)),
            ))
            .execute(connection)
            .await?;
        Ok(id)
    }
}

pub(crate) fn unwritable(why: impl std::error::Error + Send + Sync + 'static) -> pg::Error {
    pg::Error::Query(Diesel::SerializationError(why.into()))
}
