//! What a service does on an event or a job, with its type forgotten.

use std::marker::PhantomData;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use civic::Event;
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, future::LocalBoxFuture};
use runtime::{
    Random, Trace,
    spans::{self, Doing},
};
use uuid::Uuid;

use crate::{
    jobs::{Job, JobError, Run},
    wire_event::WireEvent,
};

/// An event of another service, as a handler is given it.
#[derive(Clone, Debug)]
pub struct Received<E> {
    /// The event's own id; the same however often it is delivered.
    pub id: Uuid,
    /// When it happened, by the sender's clock.
    pub time: DateTime<Utc>,
    /// The sender's name.
    pub source: String,
    /// The trace of the request that caused it, continued here.
    pub trace: Trace,
    /// The event itself.
    pub data: E,
}

impl<E: Event> Received<E> {
    fn open(event: &WireEvent, random: &Random) -> anyhow::Result<Self> {
        let (envelope, source, trace) = (&event.envelope, event.sender().to_owned(), event.trace(random));
        let data = envelope.open().context("the event cannot be read")?;
        Ok(Self { id: envelope.id, time: envelope.time, source, trace, data })
    }
}

/// A handler of one type of event.
pub(crate) trait Listen<A>: Send {
    /// Whether it may be given several at once.
    fn takes_many(&self) -> bool;
    /// Does what these events ask for, in order; in the caller's transaction.
    fn hear<'a>(
        &'a self,
        service: &'static str,
        app: &'a A,
        connection: &'a mut AsyncPgConnection,
        events: &'a [&'a WireEvent],
        random: &'a Random,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>>;
}

/// A handler of one kind of job.
pub(crate) trait Perform<A>: Send {
    fn attempts(&self) -> i32;
    fn retry_for(&self) -> TimeDelta;
    fn perform<'a>(&'a self, app: &'a A, payload: &'a str, run: Run) -> LocalBoxFuture<'a, Result<(), JobError>>;
}

pub(crate) struct Hearing<E, F> {
    takes_many: bool,
    handler: F,
    event: PhantomData<fn() -> E>,
}

impl<E, F> Hearing<E, F> {
    pub(crate) fn new(takes_many: bool, handler: F) -> Self {
        Self { takes_many, handler, event: PhantomData }
    }
}

impl<A, E, F> Listen<A> for Hearing<E, F>
where
    E: Event + 'static,
    F: AsyncFn(&A, &mut AsyncPgConnection, Vec<Received<E>>) -> anyhow::Result<()> + Send,
{
    fn takes_many(&self) -> bool {
        self.takes_many
    }

    fn hear<'a>(
        &'a self,
        service: &'static str,
        app: &'a A,
        connection: &'a mut AsyncPgConnection,
        events: &'a [&'a WireEvent],
        random: &'a Random,
    ) -> LocalBoxFuture<'a, anyhow::Result<()>> {
        async move {
            let events: anyhow::Result<Vec<_>> = events.iter().map(|event| Received::open(event, random)).collect();
            let (events, began) = (events?, runtime::machine_time());
            let traces: Vec<_> = events.iter().map(|event| event.trace.clone()).collect();
            let outcome = (self.handler)(app, connection, events).await;
            for trace in &traces {
                spans::ended(trace, service, Doing::Handling, began, outcome.is_err(), || E::TYPE.to_owned());
            }
            outcome
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
    F: AsyncFn(&A, J, Run) -> Result<(), JobError> + Send,
{
    fn attempts(&self) -> i32 {
        J::ATTEMPTS
    }

    fn retry_for(&self) -> TimeDelta {
        J::RETRY_FOR
    }

    fn perform<'a>(&'a self, app: &'a A, payload: &'a str, run: Run) -> LocalBoxFuture<'a, Result<(), JobError>> {
        async move {
            let job = serde_json::from_str(payload).map_err(|why| JobError::GiveUp(format!("unreadable: {why}")))?;
            self.0(app, job, run).await
        }
        .boxed_local()
    }
}
