//! What a service does on an event or a job, with its type forgotten.

use std::marker::PhantomData;

use anyhow::Context;
use chrono::{DateTime, Utc};
use civic::{Envelope, Event};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::LocalBoxFuture};
use uuid::Uuid;

use crate::jobs::{Job, JobError};

/// An event of another service, as a handler is given it.
#[derive(Clone, Debug)]
pub struct Received<E> {
    /// The event's own id; the same however often it is delivered.
    pub id: Uuid,
    /// When it happened, by the sender's clock.
    pub time: DateTime<Utc>,
    /// The sender's name.
    pub source: String,
    /// The event itself.
    pub data: E,
}

/// A handler of one type of event.
pub(crate) trait Listen<A>: Send {
    fn hear<'a>(
        &'a self,
        app: &'a A,
        connection: &'a mut AsyncPgConnection,
        envelope: &'a Envelope,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>>;
}

/// A handler of one kind of job.
pub(crate) trait Perform<A>: Send {
    fn attempts(&self) -> i32;
    fn perform<'a>(&'a self, app: &'a A, payload: &'a str, attempt: i32) -> LocalBoxFuture<'a, Result<(), JobError>>;
}

pub(crate) struct Hearing<E, F>(F, PhantomData<fn() -> E>);

impl<E, F> Hearing<E, F> {
    pub(crate) fn new(handler: F) -> Self {
        Self(handler, PhantomData)
    }
}

impl<A, E, F> Listen<A> for Hearing<E, F>
where
    E: Event + 'static,
    F: AsyncFn(&A, &mut AsyncPgConnection, Received<E>) -> anyhow::Result<()> + Send,
{
    fn hear<'a>(
        &'a self,
        app: &'a A,
        connection: &'a mut AsyncPgConnection,
        envelope: &'a Envelope,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        async move {
            let data = envelope.open().context("the event cannot be read")?;
            let source = envelope.source.trim_start_matches('/').to_owned();
            self.0(app, connection, Received { id: envelope.id, time: envelope.time, source, data }).await
        }
        .boxed_local()
    }
}

pub(crate) struct Performing<J, F>(F, PhantomData<fn() -> J>);

impl<J, F> Performing<J, F> {
    pub(crate) fn new(handler: F) -> Self {
        Self(handler, PhantomData)
    }
}

impl<A, J, F> Perform<A> for Performing<J, F>
where
    J: Job,
    F: AsyncFn(&A, J, i32) -> Result<(), JobError> + Send,
{
    fn attempts(&self) -> i32 {
        J::ATTEMPTS
    }

    fn perform<'a>(&'a self, app: &'a A, payload: &'a str, attempt: i32) -> LocalBoxFuture<'a, Result<(), JobError>> {
        async move {
            let job = serde_json::from_str(payload).map_err(|why| JobError::GiveUp(format!("unreadable: {why}")))?;
            self.0(app, job, attempt).await
        }
        .boxed_local()
    }
}
