//! Stopping in order.

use std::time::Duration;

use crate::{
    fixture::{Fixture, eventually},
    listener::App,
};

#[tokio::test(flavor = "multi_thread")]
async fn stop_finishes_the_handler_under_way_and_leaves_the_rest_to_the_next() {
    let fixture = Fixture::set().await;
    let _sender = fixture.start_sender();
    // All of one subject, so that they are handled one after the other.
    fixture.tell((1..=5).map(|number| number * 10)).await;
    eventually("published", async || fixture.command::<i64>("XLEN test:inbox:listener").await == 5).await;
    let app = App::gated();
    let listener = fixture.start_listener(app.clone());
    eventually("under way", async || app.begun() == 1).await;
    listener.tell_to_stop();
    app.gate.add_permits(100);
    tokio::time::timeout(Duration::from_secs(10), listener.stop()).await.expect("stops in order");
    assert_eq!(fixture.effects().await, [10]);
    let _listener = fixture.start_listener(App::new());
    fixture.effects_become([10, 20, 30, 40, 50]).await;
    fixture.all_receipted().await;
}
