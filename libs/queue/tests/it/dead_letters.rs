//! Events that cannot be handled.

use std::sync::atomic::Ordering;

use queue::replay_dead_letters;

use crate::{
    fixture::{Fixture, eventually},
    listener::App,
};

const WAITING: &str = "select count(*) as number from dead_letter where replayed_at is null";

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_event_is_tried_six_times_then_kept_while_the_others_flow() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(3);
    let _sender = fixture.start_sender();
    fixture.tell(1..=10).await;
    eventually("published", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 10).await;
    let _listener = fixture.start_listener(app.clone());
    fixture.effects_become([1, 2, 4, 5, 6, 7, 8, 9, 10]).await;
    // Three of them together, which does not count; each alone; then the failing one again.
    eventually("a second try, at once", async || app.begun() == 3 + 10 + 1).await;
    for (begun, wait) in [(14, 2), (16, 8), (18, 32), (20, 45)] {
        fixture.tell([begun * 10]).await;
        eventually("the others flow", async || fixture.effects().await.contains(&(begun * 10))).await;
        fixture.advance(wait);
        eventually("another try", async || app.begun() >= begun + 2).await;
    }
    eventually("the dead letter", async || fixture.listener_count(WAITING).await == 1).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, [1, 2, 4, 5, 6, 7, 8, 9, 10, 140, 160, 180, 200]);
    assert_eq!(app.begun(), 3 + 13 + 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_stepped_back_holds_up_no_further_try() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(1);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell([1]).await;
    eventually("a second try, at once", async || app.begun() == 2).await;
    eventually("a third", async || {
        fixture.advance(-3600);
        app.begun() > 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_put_back_takes_effect_once() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(1);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell([1]).await;
    for (tries, wait) in [(2, 2), (3, 8), (4, 32), (5, 45)] {
        eventually("a try", async || app.begun() == tries).await;
        eventually("the next one", async || {
            fixture.advance(wait);
            app.begun() > tries
        })
        .await;
    }
    eventually("the dead letter", async || fixture.listener_count(WAITING).await == 1).await;
    app.fails.store(false, Ordering::SeqCst);
    let replay =
        async || replay_dead_letters("listener", &fixture.listener, &fixture.life(), &fixture.settings).await.unwrap();
    assert_eq!(replay().await, 1);
    fixture.advance(1);
    // Nobody knows whether the first is lost.
    assert!(replay().await <= 1);
    fixture.effects_become([1]).await;
    fixture.advance(1);
    assert_eq!(replay().await, 0);
    assert_eq!(fixture.listener_count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_goes_back_by_itself_until_what_it_waited_for_is_there() {
    let fixture = Fixture::set().await;
    let app = App::failing_on(1);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell([1]).await;
    eventually("the dead letter", async || {
        fixture.advance(10);
        fixture.listener_count(WAITING).await == 1
    })
    .await;
    let tries = app.begun();
    eventually("it is tried again", async || {
        fixture.advance(10);
        app.begun() > tries + 6
    })
    .await;
    app.fails.store(false, Ordering::SeqCst);
    eventually("handled", async || {
        fixture.advance(60);
        fixture.effects().await == [1]
    })
    .await;
    assert_eq!(fixture.listener_count(WAITING).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_lock_is_held_no_event_that_needs_it_is_given_up() {
    let fixture = Fixture::set().await;
    let app = App::endless_on(2);
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell([2]).await;
    for tries in 1..=8 {
        eventually("a try", async || app.begun() >= tries).await;
        eventually("the next", async || {
            fixture.advance(5);
            app.begun() > tries
        })
        .await;
    }
    app.fails.store(false, Ordering::SeqCst);
    eventually("handled", async || {
        fixture.advance(5);
        fixture.effects().await == [2]
    })
    .await;
    assert_eq!(fixture.listener_count("select count(*) as number from dead_letter").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_kills_its_reader_becomes_a_dead_letter() {
    let fixture = Fixture::set().await;
    let _sender = fixture.start_sender();
    fixture.tell(1..=2).await;
    let entries = async || fixture.command::<i64>("XLEN test:inbox:listener").await == 2;
    eventually("published", entries).await;
    fixture.command::<()>("XGROUP CREATE test:inbox:listener listener 0").await;
    let read = "XREADGROUP GROUP listener killed COUNT 1 STREAMS test:inbox:listener >";
    let read: redis::streams::StreamReadReply = fixture.command(read).await;
    let entry = &read.keys[0].ids[0].id;
    let often = format!("XCLAIM test:inbox:listener listener killed 0 {entry} IDLE 60000 RETRYCOUNT 7 JUSTID");
    fixture.command::<redis::Value>(&often).await;
    let _listener = fixture.start_listener(App::new());
    fixture.effects_become([2]).await;
    eventually("the dead letter", async || fixture.listener_count(WAITING).await == 1).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_listeners_database_is_away_no_event_is_given_up() {
    let fixture = Fixture::set().await;
    let app = App::gated();
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell(1..=20).await;
    eventually("under way", async || app.begun() >= 1).await;
    fixture.listeners_database.go_away().await;
    app.gate.add_permits(1000);
    for number in 21..=30 {
        fixture.advance(60);
        fixture.tell([number]).await;
    }
    fixture.listeners_database.come_back().await;
    eventually("the effects", async || {
        fixture.advance(1);
        fixture.effects().await.len() >= 30
    })
    .await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await, (1..=30).collect::<Vec<_>>());
    assert_eq!(fixture.listener_count("select count(*) as number from dead_letter").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_no_event_is_discarded() {
    let fixture = Fixture::set().await;
    fixture.command::<String>("XADD test:inbox:listener * letter rubbish").await;
    let (_sender, _listener) = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell([1]).await;
    fixture.effects_become([1]).await;
    eventually("discarded", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_always_takes_too_long_becomes_a_dead_letter_while_the_others_flow() {
    let fixture = Fixture::set().await;
    let _up = (fixture.start_sender(), fixture.start_listener(App::endless_on(2)));
    fixture.tell([2]).await;
    for number in [3, 4, 5] {
        fixture.tell([number]).await;
        eventually("the others flow", async || fixture.effects().await.contains(&number)).await;
    }
    eventually("the dead letter", async || {
        fixture.advance(10);
        fixture.listener_count(WAITING).await == 1
    })
    .await;
    assert_eq!(fixture.effects().await, [3, 4, 5]);
}
