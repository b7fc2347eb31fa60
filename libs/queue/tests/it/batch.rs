//! Events that are handled as a batch.

use queue::Subscriptions;
use runtime::{Random, Trace};

use crate::{
    fixture::{Fixture, Up, eventually},
    listener::{App, Heard},
};

/// Ten events, all published, each of a request of its own, before somebody listens who takes many at once.
async fn a_batch_told(app: &App) -> (Fixture, Up, Up) {
    let fixture = Fixture::set().await;
    let sender = fixture.start_sender();
    for number in 1..=10 {
        let request = format!("request-{number}");
        Trace::continued(None, Some(&request), &Random::system()).scope(fixture.tell([number])).await;
    }
    eventually("published", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 10).await;
    let (life, worker) = fixture.listener(app.clone());
    let listener = Up::new(&life, worker.start(Subscriptions::new().on_all::<Heard>(App::hear_all)));
    (fixture, sender, listener)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_takes_many_is_given_them_at_once_each_with_its_trace() {
    let app = App::new();
    let (fixture, _sender, _listener) = a_batch_told(&app).await;
    fixture.effects_become(1..=10).await;
    fixture.all_receipted().await;
    assert_eq!(app.begun(), 1);
    let requests: Vec<_> = app.traces.lock().unwrap().iter().map(|trace| trace.request_id().to_owned()).collect();
    assert_eq!(requests, (1..=10).map(|number| format!("request-{number}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_among_many_fails_alone() {
    let app = App::failing_on(5);
    let (fixture, _sender, _listener) = a_batch_told(&app).await;
    fixture.effects_become([1, 2, 3, 4, 6, 7, 8, 9, 10]).await;
    let waiting = "select count(*) as number from outbox where receipted_at is null";
    eventually("their receipts", async || fixture.sender_count(waiting).await == 1).await;
    // The batch, each alone, the failing one again.
    eventually("a second try", async || app.begun() == 1 + 10 + 1).await;
    assert_eq!(fixture.effects().await, [1, 2, 3, 4, 6, 7, 8, 9, 10]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_delivered_twice_in_one_read_takes_effect_once() {
    let fixture = Fixture::set().await;
    let sender = fixture.start_sender();
    fixture.tell(1..=5).await;
    eventually("published", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 5).await;
    sender.stop().await;
    fixture.at_sender("update outbox set published_at = null, attempts = 0, available_at = '-infinity'").await;
    fixture.command::<i64>("DEL test:queued:listener").await;
    let _sender = fixture.start_sender();
    eventually("again", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 10).await;
    let app = App::new();
    let (life, worker) = fixture.listener(app.clone());
    let _listener = Up::new(&life, worker.start(Subscriptions::new().on_all::<Heard>(App::hear_all)));
    fixture.all_receipted().await;
    eventually("all read", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 0).await;
    assert_eq!(fixture.effects().await, (1..=5).collect::<Vec<_>>());
}
