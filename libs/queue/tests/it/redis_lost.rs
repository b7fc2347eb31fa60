//! A Redis that is emptied, killed, away or full.

use diesel_async::SimpleAsyncConnection;
use uuid::Uuid;

use crate::{
    fixture::{Fixture, eventually},
    listener::App,
};

/// Tells 300 events and does `harm` when the listener has done some of them; then all must be there, once.
async fn in_mid_flow(fixture: &mut Fixture, harm: impl AsyncFn(&mut Fixture)) {
    let app = App::gated();
    let _up = (fixture.start_sender(), fixture.start_listener(app.clone()));
    fixture.tell(1..=150).await;
    for some in [20, 60, 100] {
        app.gate.add_permits(40);
        eventually("some effects", async || fixture.effects().await.len() >= some).await;
        harm(fixture).await;
        fixture.tell([150 + some as i64]).await;
    }
    app.gate.add_permits(10_000);
    fixture.effects_become((1..=150).chain([170, 210, 250])).await;
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await.len(), 153);
    assert_eq!(fixture.listener_count("select count(*) as number from dead_letter").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn flushall_in_mid_flow_loses_nothing_and_doubles_nothing() {
    let mut fixture = Fixture::set().await;
    in_mid_flow(&mut fixture, async |fixture| fixture.command::<()>("FLUSHALL").await).await;
}

/// The first publication is noted by a trigger that waits as long as the test wants it to.
#[tokio::test(flavor = "multi_thread")]
async fn a_redis_emptied_before_the_first_publication_is_noted_is_filled_again() {
    let fixture = Fixture::set().await;
    fixture.tell(1..=5).await;
    let waits = "create function wait() returns trigger language plpgsql as
            'begin perform pg_advisory_xact_lock(42); return new; end';
        create trigger wait before update on outbox for each row when (new.published_at is not null)
            execute function wait()";
    fixture.at_sender(waits).await;
    let mut gate = fixture.sender.get().await.unwrap();
    gate.batch_execute("select pg_advisory_lock(42)").await.unwrap();
    let _up = fixture.start_sender();
    eventually("published", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 5).await;
    fixture.command::<()>("FLUSHALL").await;
    gate.batch_execute("select pg_advisory_unlock(42)").await.unwrap();
    let _listener = fixture.start_listener(App::new());
    fixture.effects_become(1..=5).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_killed_and_restarted_without_its_files_loses_nothing() {
    let mut fixture = Fixture::set().await;
    in_mid_flow(&mut fixture, async |fixture| {
        fixture.redis.kill().await;
        fixture.redis.lose_files();
        fixture.redis.restart().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_killed_and_restarted_with_its_files_loses_nothing() {
    let mut fixture = Fixture::set().await;
    in_mid_flow(&mut fixture, async |fixture| {
        fixture.redis.kill().await;
        fixture.redis.restart().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_stream_is_made_again_and_filled_again() {
    let fixture = Fixture::set().await;
    fixture.tell(1..=5).await;
    let _sender = fixture.start_sender();
    let published = "select count(*) as number from outbox where published_at is not null";
    eventually("published", async || fixture.sender_count(published).await == 5).await;
    fixture.command::<i64>("DEL test:inbox:listener").await;
    let _listener = fixture.start_listener(App::new());
    fixture.advance(60);
    fixture.effects_become(1..=5).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_redis_is_away_commits_go_on_and_all_arrives_afterwards() {
    let mut fixture = Fixture::set().await;
    let _up = (fixture.start_sender(), fixture.start_listener(App::new()));
    fixture.tell(1..=5).await;
    fixture.effects_become(1..=5).await;
    fixture.redis.kill().await;
    fixture.tell(6..=50).await;
    fixture.advance(60);
    fixture.tell(51..=100).await;
    fixture.redis.restart().await;
    fixture.effects_become(1..=100).await;
    fixture.all_receipted().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_redis_makes_events_wait_and_is_emptied_by_its_readers() {
    let fixture = Fixture::set().await;
    let app = App::gated();
    let (_sender, first) = (fixture.start_sender(), fixture.start_listener(app.clone()));
    // Of one subject, so that they are handled one after the other.
    fixture.tell([10, 20, 30]).await;
    eventually("the stream", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 3).await;
    eventually("under way", async || app.begun() == 1).await;
    fixture.command::<()>("CONFIG SET maxmemory 1").await;
    fixture.tell([40, 50]).await;
    let refused = "select count(*) as number from outbox where last_error like '%maxmemory%' and attempts > 0";
    eventually("refused", async || fixture.sender_count(refused).await == 2).await;
    first.tell_to_stop();
    app.gate.add_permits(1);
    first.stop().await;
    let _second = fixture.start_listener(App::new());
    eventually("the readers go on", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 0).await;
    assert_eq!(fixture.effects().await, [10, 20, 30]);
    fixture.command::<()>("CONFIG SET maxmemory 0").await;
    fixture.effects_become([10, 20, 30, 40, 50]).await;
    // The receipts of the first three were refused.
    fixture.advance(60);
    fixture.all_receipted().await;
    assert_eq!(fixture.effects().await.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_that_fill_redis_make_room_though_nothing_can_be_told() {
    let fixture = Fixture::set().await;
    let receipt = format!("{{\"event\":\"{}\",\"listener\":\"listener\"}}", Uuid::nil());
    fixture.command::<i64>(&format!("RPUSH test:receipts:sender {receipt}")).await;
    fixture.command::<()>("CONFIG SET maxmemory 1").await;
    fixture.tell([2]).await;
    let _sender = fixture.start_sender();
    eventually("room is made", async || fixture.command::<i64>("LLEN test:receipts:sender").await == 0).await;
    let refused = "select count(*) as number from outbox where last_error like '%maxmemory%' and receipted_at is null";
    assert_eq!(fixture.sender_count(refused).await, 1);
}
