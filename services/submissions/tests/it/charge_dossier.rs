//! `POST /api/v1/dossiers/{id}/charges` and `…/charge-cancellation`

use chrono::TimeDelta;
use civic::{
    Vnd,
    events::{ChargeState, DossierFeePaid, DossierMoved, DossierNotice, DossierNoticed, OrderMoved, OrderState},
};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse, eventually};

use crate::fixture::{BIRTH, Fixture, HERE, errors, reason};

/// A further fee of 150,000 and 20,000 đồng.
fn lines() -> Value {
    let line = |what_for: &str, dong: i64| {
        json!({
            "what_for": what_for, "amount": {"amount": dong, "currency": "VND"}, "legal_basis": "Thông tư 85/2019/TT-BTC",
        })
    };
    json!({"lines": [line("Phí thẩm định", 150_000), line("Lệ phí", 20_000)]})
}

/// What payments tells of the charge that the dossier waits for.
fn order(fixture: &Fixture, who: &TestCaller, view: &TestResponse, version: i64, state: OrderState) -> OrderMoved {
    let total: Vnd = serde_json::from_value(view.json["fee"]["total"].clone()).expect("an amount");
    let now = fixture.installation.clock.now();
    OrderMoved {
        order_id: view.text("/fee/order_id").parse().expect("an id"),
        version,
        dossier_id: view.text("/id").parse().expect("an id"),
        agency: HERE.parse().expect("a code"),
        payer: who.party(),
        state,
        state_since: now,
        total,
        waived: Vnd::ZERO,
        paid: if state == OrderState::Paid { total } else { Vnd::ZERO },
        refunded: Vnd::ZERO,
        owed_back: Vnd::ZERO,
        paid_at: (state == OrderState::Paid).then_some(now),
        payment: None,
    }
}

#[tokio::test]
async fn the_clock_stands_still_until_a_further_fee_is_paid_and_a_second_round_may_follow() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let charged = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
    assert_eq!((&charged.json["status"], &charged.json["urgency"]), (&json!("FEE_DUE"), &json!("PAUSED")));
    assert_eq!(charged.json["fee"]["total"]["amount"], 170_000);
    let round = &charged.json["charges"][0];
    assert_eq!(
        (&round["reason"], &round["state"], &round["round"]),
        (&json!("WHILE_PROCESSING"), &json!("DUE"), &json!(1))
    );
    assert_eq!(round["lines"][0]["legal_basis"], "Thông tư 85/2019/TT-BTC");
    let [told] = fixture.installation.sent::<DossierNoticed>("submissions").await.try_into().expect("one notice");
    assert_eq!((told.notice, told.fee_total.map(Vnd::dong)), (DossierNotice::ChargeDue, Some(170_000)));
    // Payments opens the order by what it is told of the dossier.
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    let due = &moved.charges[0];
    assert_eq!((due.state, due.in_advance, due.total.dong()), (ChargeState::Due, false, 170_000));
    assert_eq!(due.order_id, civic::order_id(moved.dossier_id, 1));
    fixture.assert_sound().await;
    // Charged at 10:00 with seven hours less the lunch left of the day, paid a day later.
    fixture.installation.clock.advance(TimeDelta::hours(23));
    fixture.installation.publish("payments", &order(&fixture, &an, &charged, 2, OrderState::Paid)).await;
    let paid = fixture.until(&an, &dossier, "PROCESSING").await;
    assert_eq!(paid.json["due_at"], "2026-07-22T09:00:00Z");
    let [fee] = fixture.installation.sent::<DossierFeePaid>("submissions").await.try_into().expect("one payment");
    assert!(fee.while_processing);
    let second = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
    assert_ne!(second.json["fee"]["order_id"], charged.json["fee"]["order_id"]);
    assert_eq!(
        (&second.json["charges"][0]["state"], &second.json["charges"][1]["state"]),
        (&json!("PAID"), &json!("DUE"))
    );
    fixture.installation.publish("payments", &order(&fixture, &an, &second, 2, OrderState::Paid)).await;
    let _ = fixture.until(&an, &dossier, "PROCESSING").await;
    fixture.assert_sound().await;
}

#[tokio::test]
async fn an_unpaid_charge_is_taken_back_with_a_reason_and_a_late_word_does_not_bring_it_again() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let none = fixture.act(&approver, &dossier, "charge-cancellation", &reason()).await.expect(409);
    assert_eq!(none.json["code"], "no-charge-to-cancel");
    let charged = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
    let twice = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(409);
    assert_eq!(twice.json["code"], "status-does-not-allow");
    let back = fixture.act(&approver, &dossier, "charge-cancellation", &reason()).await.expect(200);
    assert_eq!((&back.json["status"], &back.json["charges"][0]["state"]), (&json!("PROCESSING"), &json!("CANCELLED")));
    assert_eq!(back.json["fee"], json!(null), "nothing is to be paid");
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await.pop().expect("a notice");
    assert_eq!((told.notice, told.reason.as_deref()), (DossierNotice::ChargeCancelled, reason()["reason"].as_str()));
    let moved = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("a fact");
    assert_eq!(moved.charges[0].state, ChargeState::Cancelled);
    // What happened to the order before is heard only now.
    fixture.installation.publish("payments", &order(&fixture, &an, &charged, 2, OrderState::PartPaid)).await;
    eventually(async || (fixture.count("charges where order_version = 2").await == 1).then_some(())).await;
    let view = fixture.get(&an, &dossier).await;
    assert_eq!((&view.json["status"], &view.json["charges"][0]["state"]), (&json!("PROCESSING"), &json!("CANCELLED")));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_stopped_while_it_waits_for_a_fee_goes_on_once_that_is_taken_back() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let _ = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    let owed = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(409);
    // The official can go on: what was charged and not paid is taken back, and then it can be decided either way.
    assert_eq!(owed.json["code"], "charge-open");
    let back = fixture.act(&approver, &dossier, "charge-cancellation", &reason()).await.expect(200);
    assert_eq!(back.json["status"], "STOPPED");
    let allowed = |action: &str| {
        let mut actions = back.json["actions"].as_array().into_iter().flatten();
        actions.any(|it| it["action"] == action && it["allowed"] == true)
    };
    assert!(allowed("RESUME") && allowed("DECLINE"));
    let _ = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(200);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn nothing_is_charged_before_the_receipt_for_nothing_or_by_a_receiver() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (waiting, _) = fixture.filed(&an, BIRTH).await;
    let early = fixture.act(&fixture.approver(), &waiting, "charges", &lines()).await.expect(409);
    assert_eq!(early.json["code"], "status-does-not-allow");
    let dossier = fixture.received(&an).await;
    let mut free = lines();
    free["lines"][1]["amount"]["amount"] = 0.into();
    let zero = fixture.act(&fixture.approver(), &dossier, "charges", &free).await.expect(400);
    assert_eq!(errors(&zero), [("/lines/1/amount".into(), "minimum".into())]);
    let _ = fixture.act(&fixture.receiver(), &dossier, "charges", &lines()).await.expect(403);
    let _ = fixture.act(&fixture.receiver(), &dossier, "charge-cancellation", &reason()).await.expect(403);
    let elsewhere = fixture.installation.official(&[("H44.101", civic::OfficialRole::Approver)]);
    let _ = fixture.act(&elsewhere, &dossier, "charges", &lines()).await.expect(404);
    let _ = fixture.act(&elsewhere, &dossier, "charge-cancellation", &reason()).await.expect(404);
}

#[tokio::test]
async fn a_dossier_is_charged_twenty_times_at_most() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    for _ in 0..20 {
        let _ = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
        let _ = fixture.act(&approver, &dossier, "charge-cancellation", &reason()).await.expect(200);
    }
    let more = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(409);
    assert_eq!(more.json["code"], "too-many-charges");
}

#[tokio::test]
async fn a_further_fee_is_paid_while_the_work_is_stopped_and_what_was_given_back_is_not_worked_on() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.received(&an).await;
    let charged = fixture.act(&approver, &dossier, "charges", &lines()).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    let seen = fixture.get(&an, &dossier).await;
    let pay = seen.json["actions"].as_array().into_iter().flatten().find(|action| action["action"] == "PAY");
    assert_eq!(pay.map(|pay| pay["allowed"].clone()), Some(json!(true)));
    let resume = async || fixture.act(&approver, &dossier, "resumption", &json!({})).await;
    assert_eq!(resume().await.expect(409).text("/code"), "charge-open");
    for (version, state, shown) in [(2, OrderState::Paid, "PAID"), (3, OrderState::Refunded, "REFUNDED")] {
        fixture.installation.publish("payments", &order(&fixture, &an, &charged, version, state)).await;
        eventually(async || {
            let view = fixture.get(&an, &dossier).await;
            (view.json["charges"][0]["state"] == shown && view.json["status"] == "STOPPED").then_some(())
        })
        .await;
    }
    assert_eq!(resume().await.expect(409).text("/code"), "fee-went-back");
    fixture.assert_sound().await;
}
