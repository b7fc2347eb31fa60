//! Stopping in order.

use std::time::Duration;

use crate::{
    listener::App,
    stage::{Stage, eventually},
};

#[tokio::test(flavor = "multi_thread")]
async fn stop_finishes_the_handler_under_way_and_leaves_the_rest_to_the_next() {
    let stage = Stage::set().await;
    let _sender = stage.start_sender();
    // All of one subject, so that they are handled one after the other.
    stage.tell((1..=5).map(|number| number * 10)).await;
    eventually("published", async || stage.command::<i64>("XLEN test:inbox:listener").await == 5).await;
    let app = App::gated();
    let listener = stage.start_listener(app.clone());
    eventually("under way", async || app.begun() == 1).await;
    listener.tell_to_stop();
    app.gate.add_permits(100);
    tokio::time::timeout(Duration::from_secs(10), listener.stop()).await.expect("stops in order");
    assert_eq!(stage.effects().await, [10]);
    let _listener = stage.start_listener(App::new());
    stage.effects_become([10, 20, 30, 40, 50]).await;
    stage.all_receipted().await;
}
