//! A fee is due: its order is opened.

use civic::Vnd;
use testkit::{Method, World, eventually};

use crate::{
    database::{assert_sound, count},
    fees::{copies, open, owed},
};

#[tokio::test]
async fn a_fee_told_twice_opens_one_order() {
    let world = World::start([payments::service()]).await;
    let an = world.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    open(&world, &an, &fee).await;
    world.publish("submissions", &fee).await;
    owed(&world, &an).await;
    assert_eq!(count(&world, "orders").await, 2);
    assert_eq!(count(&world, "order_lines").await, 4);
    assert_eq!(count(&world, "dead_letter").await, 0);
    assert_sound(&world).await;
}

#[tokio::test]
async fn another_total_under_the_same_id_changes_nothing_and_is_kept_for_a_person() {
    let world = World::start([payments::service()]).await;
    let an = world.citizen("Nguyễn Văn An");
    let mut fee = copies(an.party());
    let path = open(&world, &an, &fee).await;
    fee.lines.truncate(1);
    fee.total = Vnd::new(16_000).unwrap();
    world.publish("submissions", &fee).await;
    becomes_dead_letter(&world).await;
    let order = an.call("payments", Method::GET, &path).send().await;
    assert_eq!(order.json["total"]["amount"], 24_000);
    assert_eq!(order.json["lines"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn lines_that_do_not_add_up_open_nothing() {
    let world = World::start([payments::service()]).await;
    let mut fee = copies(world.citizen("Nguyễn Văn An").party());
    fee.total = Vnd::new(1).unwrap();
    world.publish("submissions", &fee).await;
    becomes_dead_letter(&world).await;
    assert_eq!(count(&world, "orders").await, 0);
}

/// The tries before that are spread over a minute and a half, by the world's clock or the machine's.
async fn becomes_dead_letter(world: &World) {
    eventually(|| async {
        world.clock.advance(chrono::TimeDelta::seconds(30));
        (count(world, "dead_letter").await == 1).then_some(())
    })
    .await;
}
