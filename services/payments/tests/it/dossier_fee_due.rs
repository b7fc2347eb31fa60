//! A fee is due: its order is opened.

use civic::Vnd;
use testkit::{Installation, Method, eventually};

use crate::{
    database::{assert_sound, count},
    fees::{copies, open, owed},
};

#[tokio::test]
async fn a_fee_told_twice_opens_one_order() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    open(&installation, &an, &fee).await;
    installation.publish("submissions", &fee).await;
    owed(&installation, &an).await;
    assert_eq!(count(&installation, "orders").await, 2);
    assert_eq!(count(&installation, "order_lines").await, 4);
    assert_eq!(count(&installation, "dead_letter").await, 0);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn another_total_under_the_same_id_changes_nothing_and_is_kept_for_a_person() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let mut fee = copies(an.party());
    let path = open(&installation, &an, &fee).await;
    fee.lines.truncate(1);
    fee.total = Vnd::new(16_000).unwrap();
    installation.publish("submissions", &fee).await;
    becomes_dead_letter(&installation).await;
    let order = an.call("payments", Method::GET, &path).send().await;
    assert_eq!(order.json["total"]["amount"], 24_000);
    assert_eq!(order.json["lines"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn lines_that_do_not_add_up_open_nothing() {
    let installation = Installation::start([payments::service()]).await;
    let mut fee = copies(installation.citizen("Nguyễn Văn An").party());
    fee.total = Vnd::new(1).unwrap();
    installation.publish("submissions", &fee).await;
    becomes_dead_letter(&installation).await;
    assert_eq!(count(&installation, "orders").await, 0);
}

/// The tries before that are spread over a minute and a half, by the installation's clock or the machine's.
async fn becomes_dead_letter(installation: &Installation) {
    eventually(|| async {
        installation.clock.advance(chrono::TimeDelta::seconds(30));
        (count(installation, "dead_letter").await == 1).then_some(())
    })
    .await;
}
