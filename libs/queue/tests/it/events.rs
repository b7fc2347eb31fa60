//! Events in ordinary times.

use std::time::{Duration, Instant};

use civic::Event;
use diesel_async::AsyncPgConnection;
use queue::{Outbox, Received, Subscriptions};
use runtime::{Random, Trace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    fixture::{Fixture, Up, eventually},
    listener::{App, Heard},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_committed_event_takes_effect_once_and_is_receipted() {
    let fixture = Fixture::set().await;
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell(1..=20).await;
    fixture.effects_become(1..=20).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.command::<i64>("XLEN test:inbox:listener").await, 0);
    assert_eq!(fixture.command::<i64>("EXISTS test:queued:listener").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolled_back_transaction_publishes_nothing() {
    let fixture = Fixture::set().await;
    let outbox = Outbox::new("sender", fixture.life());
    let undone = fixture.sender.transaction(async |connection| {
        outbox.put(connection, &Heard { number: 1 }).await?;
        Err::<(), _>(pg::Error::NotFound)
    });
    undone.await.unwrap_err();
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell([2]).await;
    fixture.effects_become([2]).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, [2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_arrives_within_150_milliseconds_of_its_commit() {
    let fixture = Fixture::set().await;
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell([0]).await;
    fixture.effects_become([0]).await;
    let mut times = Vec::new();
    for number in 1..=9 {
        let committed = Instant::now();
        fixture.tell([number]).await;
        fixture.effects_become(0..=number).await;
        times.push(committed.elapsed());
    }
    times.sort();
    assert!(times[4] < Duration::from_millis(150), "the median of {times:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_one_subject_take_effect_in_the_order_they_were_put() {
    let fixture = Fixture::set().await;
    fixture.tell((0..300).rev()).await;
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.effects_become(0..300).await;
    let reordered = "select count(*) as number from effects a, effects b
        where a.number % 10 = b.number % 10 and a.number > b.number and a.at > b.at";
    assert_eq!(fixture.listener_count(reordered).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_and_the_request_id_arrive_in_the_handler() {
    let fixture = Fixture::set().await;
    let app = App::new();
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(app.clone()));
    let trace = Trace::continued(None, Some("request-7"), &Random::system());
    trace.clone().scope(fixture.tell([1])).await;
    fixture.effects_become([1]).await;
    let traces = app.traces.lock().unwrap();
    assert_eq!((traces[0].id(), traces[0].request_id()), (trace.id(), "request-7"));
    assert_ne!(traces[0].to_string(), trace.to_string(), "the handler's span is its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_consumers_of_one_service_share_the_work_without_double_effect() {
    let fixture = Fixture::set().await;
    let (first, second) = (App::new(), App::new());
    let _up = (fixture.start_sender(), fixture.start_listener(first.clone()), fixture.start_listener(second.clone()));
    fixture.tell(1..=400).await;
    fixture.effects_become(1..=400).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, (1..=400).collect::<Vec<_>>());
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

async fn put<E: Event>(fixture: &Fixture, event: &E) {
    let outbox = Outbox::new("sender", fixture.life());
    fixture.sender.transaction(async |connection| outbox.put(connection, event).await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_receipted_when_all_its_listeners_have_dealt_with_it() {
    let fixture = Fixture::set().await;
    let announced = Subscriptions::<()>::new().on::<Announced>(ignore).events();
    ["listener", "second"].into_iter().for_each(|listener| fixture.subscribers.add(listener, &announced));
    // The listener has no handler for it, which is no failure.
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    put(&fixture, &Announced {}).await;
    let left = "select count(*) as number from outbox where waiting_for = '{second}' and receipted_at is null";
    eventually("the first receipt", async || fixture.sender_count(left).await == 1).await;

    let life = fixture.life();
    let second = queue::Worker::new("second", (), fixture.listener.clone(), life.clone(), &fixture.settings);
    let _second = Up::new(&life, second.start(Subscriptions::new().on::<Announced>(ignore)));
    fixture.all_receipted().await;
    assert_eq!(fixture.listener_count("select count(*) as number from dead_letter").await, 0);
}

async fn ignore((): &(), _: &mut AsyncPgConnection, _: Received<Announced>) -> anyhow::Result<()> {
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_nobody_listens_to_is_done_when_it_is_published() {
    let fixture = Fixture::set().await;
    fixture.subscribers.add("sender", &Subscriptions::<()>::new().sends_unheard::<Muttered>("a test").events());
    let _sender = fixture.start_sender();
    put(&fixture, &Muttered {}).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.sender_count("select count(*) as number from outbox where addressed_to = '{}'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_type_that_nobody_knows_yet_waits_and_holds_up_no_other() {
    let fixture = Fixture::set().await;
    let _up = (fixture.start_sender(), fixture.start_listener(App::new()));
    for _ in 0..250 {
        put(&fixture, &Muttered {}).await;
    }
    fixture.tell([1]).await;
    fixture.effects_become([1]).await;
    let waiting = "select count(*) as number from outbox where receipted_at is null and addressed_to is null";
    eventually("the receipt", async || fixture.sender_count(waiting).await == 250).await;
}

/// As a sender of the last version did, and a relay of it that knows nobody else to tell.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_version_put_or_published_to_nobody_arrives() {
    let fixture = Fixture::set().await;
    fixture.tell([1, 2]).await;
    fixture.at_sender("update outbox set waiting_for = '{listener}' where payload like '%\"number\":1%'").await;
    let published = "update outbox set published_at = '2026-11-23T01:00:00Z', attempts = 1,
        available_at = '2026-11-23T01:01:00Z' where payload like '%\"number\":2%'";
    fixture.at_sender(published).await;
    fixture.command::<()>("SET test:alive:sender old").await;
    let _up = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.effects_become([1, 2]).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_forgotten_thirty_days_after_its_last_receipt() {
    let fixture = Fixture::set().await;
    let (sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell([1]).await;
    fixture.all_receipted().await;
    sender.stop().await;
    fixture.advance(31 * 86_400);
    let _sender = fixture.start_sender();
    eventually("the row is gone", async || fixture.sender_count("select count(*) as number from outbox").await == 0)
        .await;
    let horizon = "select count(*) as number from outbox_horizon where receipted_before > '2026-01-01'";
    assert_eq!(fixture.sender_count(horizon).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_nobody_receipts_keep_no_others_from_being_forgotten() {
    let fixture = Fixture::set().await;
    let waiting = "insert into outbox (id, type, subject, payload, waiting_for, addressed_to, created_at, available_at, receipted_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'gone', 's', '{}', '{nobody}', '{nobody}',
            '2026-01-01', 'infinity', null from generate_series(1, 600) n";
    fixture.at_sender(waiting).await;
    fixture
        .at_sender(
            &waiting
                .replace("00000000-0000-7000", "00000001-0000-7000")
                .replace("'{nobody}', '{nobody}'", "'{}', '{nobody}'")
                .replace("'infinity', null", "'2026-01-01', '2026-01-02'")
                .replace("600", "5"),
        )
        .await;
    let _sender = fixture.start_sender();
    let receipted = "select count(*) as number from outbox where receipted_at is not null";
    eventually("the five are gone", async || fixture.sender_count(receipted).await == 0).await;
    assert_eq!(fixture.sender_count("select count(*) as number from outbox").await, 600);
}
