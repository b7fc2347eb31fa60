//! Beginning to pay several orders in one go.

use chrono::TimeDelta;
use civic::{DossierStatus, OfficialRole};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{begin, copies, open, owed, states},
    provider::{Mood, Notice, Questions, query_of},
    together::{PATH, Together, errors},
};

async fn attempt(scene: &Together, number: usize) -> TestResponse {
    let path = format!("{}/attempts", scene.order(number));
    let call = scene.an.call("payments", Method::POST, &path).key(&Uuid::new_v4().to_string());
    call.json(&json!({"provider": "VNPAY"})).send().await
}

#[tokio::test]
async fn the_provider_is_shown_the_sum_once_under_one_name() {
    let scene = Together::owed(Mood::Status("01")).await;
    let begun = scene.start_with(&scene.orders(), "k1").await.expect(201);
    assert_eq!(begun.json["total"], json!({"amount": 72_000, "currency": "VND"}));
    let id = begun.text("/joint_payment_id");
    assert_eq!(begun.header("location"), Some(&*format!("{PATH}/{id}")));
    let fields = query_of(begun.text("/pay_url"));
    assert_eq!((&*fields["vnp_Amount"], &*fields["vnp_TxnRef"]), ("7200000", &*id.replace('-', "")));
    assert_eq!((&*fields["vnp_CreateDate"], &*fields["vnp_ExpireDate"]), ("20260721100000", "20260721101500"));
    let purpose = &fields["vnp_OrderInfo"];
    assert!(purpose.starts_with("Nop phi ho so H44.10") && purpose.ends_with(" va 2 ho so khac"), "{purpose}");
    let counts = [("attempts", 3), ("jobs where kind = 'ask_provider'", 1), ("joint_payments", 1)];
    for (what, expected) in counts {
        assert_eq!(count(&scene.installation, what).await, expected, "{what}");
    }
    assert_eq!(count(&scene.installation, "audit_log where action = 'joint_payment.started'").await, 1);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn an_organisation_pays_the_fees_of_its_dossiers_together_and_they_end_with_the_first_that_is_due() {
    let installation = Installation::start([payments::service()]).await;
    let firm = Uuid::new_v4();
    let (clerk, owner) = (installation.member("Trần Thị Bình", firm), installation.member("Lê Văn Cường", firm));
    let mut orders = Vec::new();
    for minutes in [5, 60] {
        let mut fee = copies(clerk.party());
        fee.due_at = Some(installation.clock.now() + TimeDelta::minutes(minutes));
        open(&installation, &clerk, &fee).await;
        orders.push(fee.order_id);
    }
    let call = clerk.call("payments", Method::POST, PATH).key("k1");
    let begun = call.json(&json!({"orders": orders, "provider": "VNPAY"})).send().await.expect(201);
    assert_eq!(query_of(begun.text("/pay_url"))["vnp_ExpireDate"], "20260721100500");
    owner.call("payments", Method::GET, begun.header("location").unwrap()).send().await.expect(200);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn the_same_key_or_the_same_orders_begin_one_joint_payment_however_often_at_once() {
    let scene = Together::owed(Mood::Status("01")).await;
    let mut turned = scene.orders();
    turned.reverse();
    let keys: Vec<_> = (0..6).map(|number| format!("k{number}")).collect();
    let orders = scene.orders();
    let answers = join_all(keys.iter().map(|key| scene.start_with(&orders, key))).await;
    let begun = answers.iter().find(|answer| answer.status == 201).expect("one that began");
    for answer in &answers {
        assert!([200, 201].contains(&answer.status), "{}", answer.json);
        assert_eq!(answer.json, begun.json);
    }
    assert_eq!(scene.start_with(&turned, "k9").await.expect(200).json, begun.json);
    assert_eq!(scene.start_with(&orders, "k0").await.header("idempotency-replayed"), Some("true"));
    let other = scene.start_with(&orders[..2], "k0").await.expect(422);
    assert_eq!(other.text("/code"), "idempotency-key-reused");
    assert_eq!(
        (count(&scene.installation, "joint_payments").await, count(&scene.installation, "attempts").await),
        (1, 3)
    );
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn each_order_that_cannot_be_paid_is_named_and_nothing_begins() {
    let scene = Together::owed(Mood::Status("01")).await;
    let paid = owed(&scene.installation, &scene.an).await;
    assert_eq!(Notice::paid(&begin(&scene.an, &paid).await).send(&scene.installation).await, "00");
    let paid: Uuid = paid.rsplit('/').next().unwrap().parse().unwrap();
    let ended = moved(&scene.fees[0], 2, DossierStatus::Withdrawn);
    scene.installation.publish("submissions", &ended).await;
    eventually(|| async { (states(&scene.an, &scene.order(0)).await.0 == "CANCELLED").then_some(()) }).await;
    attempt(&scene, 1).await.expect(201);
    let other = scene.installation.citizen("Trần Thị Bình");
    let others = copies(other.party());
    open(&scene.installation, &other, &others).await;
    let mut due = copies(scene.an.party());
    due.due_at = Some(scene.installation.clock.now() + TimeDelta::minutes(1));
    open(&scene.installation, &scene.an, &due).await;
    scene.installation.clock.advance(TimeDelta::minutes(2));
    let ids = scene.orders();
    let chosen = [ids[0], ids[1], ids[2], paid, others.order_id, due.order_id];
    let refused = scene.start_with(&chosen, "k1").await.expect(409);
    assert_eq!(refused.text("/code"), "not-payable-together");
    let expected = [
        ("/orders/0", "payment-order-cancelled"),
        ("/orders/1", "being-paid"),
        ("/orders/3", "already-paid"),
        ("/orders/4", "payment-order-not-found"),
        ("/orders/5", "payment-overdue"),
    ];
    assert_eq!(errors(&refused), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert_eq!(
        refused.text("/errors/1/detail").split(": ").next(),
        Some("H44.100-260721-0002"),
        "the sentence names the dossier"
    );
    assert_eq!(count(&scene.installation, "joint_payments").await, 0);
    assert_eq!(states(&scene.an, &scene.order(2)).await, ("DUE".into(), vec![]));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_is_no_choice_of_several_orders_is_refused_with_a_sentence_beside_it() {
    let scene = Together::owed(Mood::Status("01")).await;
    let ids = scene.orders();
    let many: Vec<_> = (0..51).map(|_| Uuid::new_v4()).collect();
    for (chosen, pointer, code) in [
        (vec![ids[0]], "/orders", "count"),
        (vec![], "/orders", "count"),
        (many, "/orders", "count"),
        (vec![ids[0], ids[1], ids[0]], "/orders/2", "twice"),
    ] {
        let refused = scene.start_with(&chosen, &Uuid::new_v4().to_string()).await.expect(400);
        assert_eq!(errors(&refused), [(pointer.to_owned(), code.to_owned())], "{chosen:?}");
    }
    for provider in ["MOMO", "VIETQR", "NATIONAL", "CASH"] {
        let call = scene.an.call("payments", Method::POST, PATH).key(provider);
        let refused = call.json(&json!({"orders": ids, "provider": provider})).send().await.expect(409);
        assert_eq!(refused.text("/code"), "payment-way-not-together", "{provider}");
    }
    let official = scene.installation.official(&[("H44.100", OfficialRole::Cashier)]);
    let call = official.call("payments", Method::POST, PATH).key("k1");
    let refused = call.json(&json!({"orders": ids, "provider": "VNPAY"})).send().await.expect(403);
    assert_eq!(refused.text("/code"), "forbidden");
}

#[tokio::test]
async fn an_order_that_is_being_paid_together_is_not_offered_alone_until_that_is_over() {
    let scene = Together::owed(Mood::Of("01", 0)).await;
    let (joint, _) = scene.begin().await;
    assert_eq!(attempt(&scene, 1).await.expect(409).text("/code"), "being-paid-together");
    let link: Value = {
        let path = format!("{}/links", scene.order(0));
        let call = scene.an.call("payments", Method::POST, &path).key("link");
        call.json(&json!({"days": 2})).send().await.expect(201).json
    };
    let secret = link["url"].as_str().unwrap().rsplit('/').next().unwrap();
    let call = scene.installation.nobody().call("payments", Method::POST, "/api/v1/pay-links/attempts").key("k");
    let refused = call.json(&json!({"secret": secret, "provider": "VNPAY"})).send().await.expect(409);
    assert_eq!(refused.text("/code"), "being-paid-together");
    let part = scene.start_with(&scene.orders()[..2], "part").await.expect(409);
    assert_eq!(errors(&part).len(), 2, "{}", part.json);
    scene.vnpay.change(Mood::Of("02", 72_000));
    attempt(&scene, 1).await.expect(201);
    assert_eq!(scene.stands(&joint).await.0, "FAILED", "the provider was asked: the payer had given up there");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_was_given_up_at_the_provider_does_not_stand_in_the_way() {
    let scene = Together::owed(Mood::Status("02")).await;
    attempt(&scene, 0).await.expect(201);
    attempt(&scene, 2).await.expect(201);
    let (joint, _) = scene.begin().await;
    assert_eq!(scene.stands(&joint).await.0, "OPEN");
    let with = async |status: &str| count(&scene.installation, &format!("attempts where status = '{status}'")).await;
    assert_eq!((with("FAILED").await, with("CREATED").await, scene.vnpay.asked().len()), (2, 3, 2));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_was_paid_at_the_provider_is_not_paid_again_together() {
    let scene = Together::owed(Mood::Status("00")).await;
    attempt(&scene, 0).await.expect(201);
    let refused = scene.start_with(&scene.orders(), "k1").await.expect(409);
    assert_eq!(errors(&refused), [("/orders/0".to_owned(), "already-paid".to_owned())]);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_silent_provider_is_waited_for_once_and_not_once_for_each_order() {
    let scene = Together::owed(Mood::Broken).await;
    let vnpay: &Questions = &scene.vnpay;
    for number in 0..3 {
        attempt(&scene, number).await.expect(201);
    }
    let refused = scene.start_with(&scene.orders(), "k1").await.expect(409);
    assert_eq!(errors(&refused).len(), 3);
    assert_eq!(vnpay.asked().len(), 3);
}
