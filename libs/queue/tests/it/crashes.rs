//! Processes that die at the worst moment.

use crate::{
    fixture::{Fixture, eventually},
    listener::App,
};

const PUBLISHED: &str = "select count(*) as number from outbox where published_at is not null";

/// What a relay leaves that died between adding to the stream and marking the row.
const UNMARK: &str = "update outbox set published_at = null, attempts = 0, available_at = '-infinity'";

async fn publish_and_unmark(fixture: &Fixture, count: i64) {
    let sender = fixture.start_sender();
    eventually("published", async || fixture.sender_count(PUBLISHED).await == count).await;
    sender.stop().await;
    fixture.at_sender(UNMARK).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_killed_between_publish_and_mark_leaves_one_effect() {
    let fixture = Fixture::set().await;
    fixture.tell([1]).await;
    publish_and_unmark(&fixture, 1).await;
    let _sender = fixture.start_sender();
    eventually("published again", async || fixture.sender_count(PUBLISHED).await == 1).await;
    assert_eq!(fixture.command::<i64>("XLEN test:inbox:listener").await, 1, "what waits there is not added again");
    let _listener = fixture.start_listener(App::new());
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_delivered_twice_takes_effect_once() {
    let fixture = Fixture::set().await;
    fixture.tell(1..=50).await;
    publish_and_unmark(&fixture, 50).await;
    fixture.command::<i64>("DEL test:queued:listener").await;
    publish_and_unmark(&fixture, 50).await;
    assert_eq!(fixture.command::<i64>("XLEN test:inbox:listener").await, 100);
    let app = App::new();
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(app.clone()));
    eventually("all read", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 0).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, (1..=50).collect::<Vec<_>>());
    assert_eq!(app.begun(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_receipt_is_asked_for_after_a_minute_and_the_effect_stays_one() {
    let fixture = Fixture::set().await;
    let sender = fixture.start_sender();
    fixture.tell([1]).await;
    eventually("published", async || fixture.sender_count(PUBLISHED).await == 1).await;
    sender.stop().await;
    let listener = fixture.start_listener(App::new());
    eventually("receipt", async || fixture.command::<i64>("LLEN test:receipts:sender").await == 1).await;
    fixture.command::<i64>("DEL test:receipts:sender").await;
    let _up = (fixture.start_sender(), listener);
    fixture.advance(59);
    fixture.tell([2]).await;
    let waiting = "select count(*) as number from outbox where receipted_at is null";
    eventually("the other's receipt", async || fixture.sender_count(waiting).await == 1).await;
    fixture.advance(1);
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, [1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_consumer_held_is_taken_over() {
    let fixture = Fixture::set().await;
    let _sender = fixture.start_sender();
    fixture.tell(1..=3).await;
    eventually("published", async || fixture.sender_count(PUBLISHED).await == 3).await;
    fixture.command::<()>("XGROUP CREATE test:inbox:listener listener 0").await;
    let read = "XREADGROUP GROUP listener killed COUNT 3 STREAMS test:inbox:listener >";
    let read: redis::streams::StreamReadReply = fixture.command(read).await;
    for entry in &read.keys[0].ids {
        let idle = format!("XCLAIM test:inbox:listener listener killed 0 {} IDLE 60000 JUSTID", entry.id);
        fixture.command::<redis::Value>(&idle).await;
    }
    let _listener = fixture.start_listener(App::new());
    fixture.effects_become(1..=3).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_of_one_service_publish_every_event() {
    let fixture = Fixture::set().await;
    let _up = (fixture.start_sender(), fixture.start_listener(App::new()));
    let other = fixture.start_sender();
    fixture.tell(1..=100).await;
    other.stop().await;
    fixture.tell(101..=200).await;
    fixture.effects_become(1..=200).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_comes_before_it_is_noted_who_listens_ends_nothing() {
    let fixture = Fixture::set().await;
    fixture.tell([1]).await;
    // A relay added to the streams of two listeners and died before it noted so; one of the two is quick.
    let event = &fixture.events().await[0];
    let receipt = format!("RPUSH test:receipts:sender {{\"event\":\"{event}\",\"listener\":\"another\"}}");
    fixture.command::<i64>(&receipt).await;
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.effects_become([1]).await;
    fixture.all_receipted().await;
}
