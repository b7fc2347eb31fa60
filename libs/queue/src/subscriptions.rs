//! What a service tells others, and what it does on others' events, on jobs and every hour: stated once, as data.

use std::collections::HashMap;

use civic::{Event, Fact};
use diesel_async::AsyncPgConnection;
use runtime::{EventType, Events, Heard, Sent};
use utoipa::ToSchema;

use crate::{
    Received, facts,
    handlers::{Hearing, Listen, Perform, Performing},
    hourly::Tidy,
    jobs::{Job, JobError, Run},
    replay::{ReadBatch, Replaying},
};

/// What a service sends, hears and does in the background; its handlers are given `&A`.
pub struct Subscriptions<A> {
    pub(crate) listeners: HashMap<&'static str, Box<dyn Listen<A>>>,
    pub(crate) performers: HashMap<&'static str, Box<dyn Perform<A>>>,
    pub(crate) tasks: Vec<Box<dyn Tidy<A>>>,
    pub(crate) minute_tasks: Vec<Box<dyn Tidy<A>>>,
    pub(crate) replays: Vec<Replaying>,
    events: Events,
}

impl<A> Default for Subscriptions<A> {
    fn default() -> Self {
        let (listeners, performers, tasks, minute_tasks, replays) = Default::default();
        Self { listeners, performers, tasks, minute_tasks, replays, events: Events::default() }
    }
}

impl<A: 'static> Subscriptions<A> {
    /// Of a service that sends, hears and does nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// It sends events of type `E`, which somebody hears.
    pub fn sends<E: Event>(self) -> Self {
        self.sending::<E>(None)
    }

    /// It sends events of type `E`, which nobody need hear, because …
    pub fn sends_unheard<E: Event>(self, why: &'static str) -> Self {
        self.sending::<E>(Some(why))
    }

    fn sending<E: Event>(mut self, unheard: Option<&'static str>) -> Self {
        self.events.sends.push(Sent { event: event_type::<E>(), unheard, replays: false });
        self
    }

    /// It can tell every subject of `E`, which it sends, as it stands: `read` gives a batch of them behind a cursor, each with
    /// its own cursor, in the order of cursors and locked against changes until the caller's transaction ends.
    ///
    /// # Panics
    /// When it does not send `E`.
    pub fn replays<E: Event + Send + Sync + 'static>(mut self, read: ReadBatch<E>) -> Self {
        let sent = self.events.sends.iter_mut().find(|sent| sent.event.name == E::TYPE);
        sent.expect("what is replayed is sent").replays = true;
        self.replays.push(Replaying::new::<E>(read));
        self
    }

    /// Does `handler` on events of type `E`, in the transaction that also remembers the event: its effect happens once.
    /// On an error everything is rolled back and tried again: six times in about ninety seconds, then as a dead letter for
    /// five days.
    pub fn on<E: Event + 'static>(
        self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Received<E>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        let each = async move |app: &A, connection: &mut AsyncPgConnection, events: Vec<Received<E>>| {
            for event in events {
                let trace = event.trace.clone();
                trace.scope(handler(app, &mut *connection, event)).await?;
            }
            anyhow::Ok(())
        };
        self.listen(Hearing::<E, _>::new(false, each))
    }

    /// Does `handler` on events of type `E` that came together, in order, and otherwise as [`Subscriptions::on`]: for an event
    /// that comes so often that its handler should ask the database once for many. If it fails, it is given each of them
    /// alone. No trace is current in it; each event brings its own.
    pub fn on_all<E: Event + 'static>(
        self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Vec<Received<E>>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        self.listen(Hearing::<E, _>::new(true, handler))
    }

    /// Does `handler` on facts of type `E`, as [`Subscriptions::on_all`], but only on the newest of each subject: what is older
    /// than what took effect here is passed over, so that loss, repetition and disorder do no harm. The same version may
    /// come again: a replay mends what was lost here.
    pub fn on_newest<E: Fact + 'static>(
        self,
        handler: impl AsyncFn(&A, &mut AsyncPgConnection, Vec<Received<E>>) -> anyhow::Result<()> + Send + 'static,
    ) -> Self {
        let newest = async move |app: &A, connection: &mut AsyncPgConnection, facts: Vec<Received<E>>| {
            let newest = facts::newest(connection, facts).await?;
            if newest.is_empty() { Ok(()) } else { handler(app, connection, newest).await }
        };
        self.listen(Hearing::<E, _>::new(true, newest))
    }

    /// Nobody sends `E`, which it hears, because …
    ///
    /// # Panics
    /// When it does not hear `E`.
    pub fn unsent<E: Event>(mut self, why: &'static str) -> Self {
        let heard = self.events.hears.iter_mut().find(|heard| heard.event.name == E::TYPE);
        heard.expect("what is not sent is heard").unsent = Some(why);
        self
    }

    fn listen<E: Event + 'static, F>(mut self, hearing: Hearing<E, F>) -> Self
    where
        Hearing<E, F>: Listen<A> + 'static,
    {
        self.events.hears.push(Heard { event: event_type::<E>(), unsent: None });
        self.listeners.insert(E::TYPE, Box::new(hearing));
        self
    }

    /// Does `handler` on jobs of kind `J`. It is cut off after 50 s.
    pub fn job<J: Job>(mut self, handler: impl AsyncFn(&A, J, Run) -> Result<(), JobError> + Send + 'static) -> Self {
        self.performers.insert(J::KIND, Box::new(Performing::<J, _>::new(handler)));
        self
    }

    /// Does `task` once an hour: what a service tidies up. Every process of the service does, so it must bear that.
    pub fn hourly(mut self, task: impl AsyncFn(&A) -> anyhow::Result<()> + Send + 'static) -> Self {
        self.tasks.push(Box::new(task));
        self
    }

    /// Does `task` at the beginning of every minute: what must not wait for its minute to be over. Every process of the service does, so
    /// it must bear that.
    pub fn minutely(mut self, task: impl AsyncFn(&A) -> anyhow::Result<()> + Send + 'static) -> Self {
        self.minute_tasks.push(Box::new(task));
        self
    }

    /// How it tells its subjects again.
    pub fn into_replays(self) -> Vec<Replaying> {
        self.replays
    }

    /// What it sends and hears.
    pub fn events(&self) -> Events {
        self.events.clone()
    }
}

fn event_type<E: Event>() -> EventType {
    let mut schemas = vec![(E::name().into_owned(), E::schema())];
    <E as ToSchema>::schemas(&mut schemas);
    EventType { name: E::TYPE, payload: E::name().into_owned(), schemas }
}
