//! Events in ordinary times.

use std::time::{Duration, Instant};

use civic::Event;
use diesel_async::AsyncPgConnection;
use queue::{Outbox, Received, Subscriptions};
use runtime::{Random, Trace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    listener::{App, Told},
    stage::{Stage, Up, eventually},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_committed_event_takes_effect_once_and_is_receipted() {
    let stage = Stage::set().await;
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    stage.tell(1..=20).await;
    stage.effects_become(1..=20).await;
    stage.all_receipted().await;
    assert_eq!(stage.command::<i64>("XLEN test:inbox:listener").await, 0);
    assert_eq!(stage.command::<i64>("EXISTS test:queued:listener").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolled_back_transaction_publishes_nothing() {
    let stage = Stage::set().await;
    let outbox = Outbox::new("sender", stage.life());
    let undone = stage.sender.transaction(async |connection| {
        outbox.put(connection, &Told { number: 1 }).await?;
        Err::<(), _>(pg::Error::NotFound)
    });
    undone.await.unwrap_err();
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    stage.tell([2]).await;
    stage.effects_become([2]).await;
    stage.all_receipted().await;
    assert_eq!(stage.effects().await, [2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_arrives_within_150_milliseconds_of_its_commit() {
    let stage = Stage::set().await;
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    stage.tell([0]).await;
    stage.effects_become([0]).await;
    let mut times = Vec::new();
    for number in 1..=9 {
        let committed = Instant::now();
        stage.tell([number]).await;
        stage.effects_become(0..=number).await;
        times.push(committed.elapsed());
    }
    times.sort();
    assert!(times[4] < Duration::from_millis(150), "the median of {times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_one_subject_take_effect_in_the_order_they_were_put() {
    let stage = Stage::set().await;
    stage.tell((0..300).rev()).await;
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    stage.effects_become(0..300).await;
    let reordered = "select count(*) as number from effects a, effects b
        where a.number % 10 = b.number % 10 and a.number > b.number and a.at > b.at";
    assert_eq!(stage.listener_count(reordered).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_and_the_request_id_arrive_in_the_handler() {
    let stage = Stage::set().await;
    let app = App::new();
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(app.clone()));
    let trace = Trace::continued(None, Some("request-7"), &Random::system());
    trace.clone().scope(stage.tell([1])).await;
    stage.effects_become([1]).await;
    let traces = app.traces.lock().unwrap();
    assert_eq!((traces[0].id(), traces[0].request_id()), (trace.id(), "request-7"));
    assert_ne!(traces[0].to_string(), trace.to_string(), "the handler's span is its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_consumers_of_one_service_share_the_work_without_double_effect() {
    let stage = Stage::set().await;
    let (first, second) = (App::new(), App::new());
    let _up = (stage.start_sender(), stage.start_listener(first.clone()), stage.start_listener(second.clone()));
    stage.tell(1..=400).await;
    stage.effects_become(1..=400).await;
    stage.all_receipted().await;
    assert_eq!(stage.effects().await, (1..=400).collect::<Vec<_>>());
    assert!(first.begun() > 0 && second.begun() > 0, "{} and {}", first.begun(), second.begun());
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Announced {}

impl Event for Announced {
    const TYPE: &'static str = "test.announced.v1";

    fn subject(&self) -> String {
        "all".into()
    }
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Muttered {}

impl Event for Muttered {
    const TYPE: &'static str = "test.muttered.v1";

    fn subject(&self) -> String {
        "none".into()
    }
}

async fn put<E: Event>(stage: &Stage, event: &E) {
    let outbox = Outbox::new("sender", stage.life());
    stage.sender.transaction(async |connection| outbox.put(connection, event).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_receipted_when_all_its_listeners_have_dealt_with_it() {
    let stage = Stage::set().await;
    let announced = Subscriptions::<()>::new().on::<Announced>(ignore).events();
    ["listener", "second"].into_iter().for_each(|listener| stage.subscribers.add(listener, &announced));
    // The listener has no handler for it, which is no failure.
    let (_sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    put(&stage, &Announced {}).await;
    let left = "select count(*) as number from outbox where waiting_for = '{second}' and receipted_at is null";
    eventually("the first receipt", async || stage.sender_count(left).await == 1).await;

    let life = stage.life();
    let second = queue::Worker::new("second", (), stage.listener.clone(), life.clone(), &stage.settings);
    let _second = Up::new(&life, second.start(Subscriptions::new().on::<Announced>(ignore)));
    stage.all_receipted().await;
    assert_eq!(stage.listener_count("select count(*) as number from dead_letter").await, 0);
}

async fn ignore((): &(), _: &mut AsyncPgConnection, _: Received<Announced>) -> anyhow::Result<()> {
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_nobody_listens_to_is_done_when_it_is_published() {
    let stage = Stage::set().await;
    stage.subscribers.add("sender", &Subscriptions::<()>::new().sends_unheard::<Muttered>("a test").events());
    let _sender = stage.start_sender();
    put(&stage, &Muttered {}).await;
    stage.all_receipted().await;
    assert_eq!(stage.sender_count("select count(*) as number from outbox where addressed_to = '{}'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_type_that_nobody_knows_yet_waits_and_holds_up_no_other() {
    let stage = Stage::set().await;
    let _up = (stage.start_sender(), stage.start_listener(App::new()));
    for _ in 0..250 {
        put(&stage, &Muttered {}).await;
    }
    stage.tell([1]).await;
    stage.effects_become([1]).await;
    let waiting = "select count(*) as number from outbox where receipted_at is null and addressed_to is null";
    eventually("the receipt", async || stage.sender_count(waiting).await == 250).await;
}

/// As a sender of the last version did, and a relay of it that knows nobody else to tell.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_version_put_or_published_to_nobody_arrives() {
    let stage = Stage::set().await;
    stage.tell([1, 2]).await;
    stage.at_sender("update outbox set waiting_for = '{listener}' where payload like '%\"number\":1%'").await;
    let published = "update outbox set published_at = '2026-11-23T01:00:00Z', attempts = 1,
        available_at = '2026-11-23T01:01:00Z' where payload like '%\"number\":2%'";
    stage.at_sender(published).await;
    stage.command::<()>("SET test:alive:sender old").await;
    let _up = (stage.start_sender(), stage.start_listener(App::new()));
    stage.effects_become([1, 2]).await;
    stage.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_forgotten_thirty_days_after_its_last_receipt() {
    let stage = Stage::set().await;
    let (sender, _listener) = (stage.start_sender(), stage.start_listener(App::new()));
    stage.tell([1]).await;
    stage.all_receipted().await;
    sender.stop().await;
    stage.advance(31 * 86_400);
    let _sender = stage.start_sender();
    eventually("the row is gone", async || stage.sender_count("select count(*) as number from outbox").await == 0)
        .await;
}
