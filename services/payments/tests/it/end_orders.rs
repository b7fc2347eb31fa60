//! A dossier ended: nothing is to be paid for it any more, and money that comes all the same is owed to its payer.

use civic::{
    DossierStatus, Vnd,
    events::{ChargeState, DossierFeeDue, DossierMoved, OrderMoved, OrderState, PaymentNotice, PaymentNoticed},
};
use serde_json::json;
use testkit::{Installation, Method, TestCaller, eventually};

use crate::{
    database::{assert_sound, count},
    dossier_moved::{charge, dossier},
    fees::{TOTAL, begin, begin_another, copies, open, states},
    provider::Notice,
};

/// The dossier of a fee, which is not paid, as it stands now.
pub fn moved(fee: &DossierFeeDue, version: i64, status: DossierStatus) -> DossierMoved {
    DossierMoved { status, ..dossier(fee, version, vec![charge(fee, 1, ChargeState::Due)]) }
}

async fn becomes(payer: &TestCaller, order: &str, status: &str) {
    eventually(|| async { (states(payer, order).await.0 == status).then_some(()) }).await;
}

#[tokio::test]
async fn what_is_due_for_a_dossier_that_ended_is_cancelled_and_takes_no_attempt() {
    for status in [DossierStatus::Withdrawn, DossierStatus::NotReceived, DossierStatus::Completed] {
        let installation = Installation::start([payments::service()]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let fee = copies(an.party());
        let order = open(&installation, &an, &fee).await;
        installation.publish("submissions", &moved(&fee, 2, status)).await;
        becomes(&an, &order, "CANCELLED").await;
        let call = an.call("payments", Method::POST, &format!("{order}/attempts")).key("k1");
        let refused = call.json(&json!({"provider": "VNPAY"})).send().await.expect(409);
        assert_eq!(refused.text("/code"), "payment-order-cancelled");
        let told = installation.sent::<OrderMoved>("payments").await;
        assert_eq!(told.last().map(|told| told.state), Some(OrderState::Cancelled), "submissions is told");
        assert_sound(&installation).await;
    }
}

#[tokio::test]
async fn an_order_that_opens_after_its_dossier_ended_is_cancelled_at_once_and_one_that_is_stopped_stays_due() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let (ended, stopped) = (copies(an.party()), copies(an.party()));
    installation.publish("submissions", &moved(&ended, 3, DossierStatus::Withdrawn)).await;
    installation.publish("submissions", &moved(&stopped, 3, DossierStatus::Stopped)).await;
    let path = |fee: &DossierFeeDue| format!("/api/v1/payment-orders/{}", fee.order_id);
    for fee in [&ended, &stopped] {
        let path = path(fee);
        eventually(|| async { (an.call("payments", Method::GET, &path).send().await.status == 200).then_some(()) })
            .await;
    }
    assert_eq!(states(&an, &path(&ended)).await.0, "CANCELLED");
    assert_eq!(states(&an, &path(&stopped)).await.0, "DUE");
    let ends = async || count(&installation, "orders where dossier_end is not null").await;
    assert_eq!(ends().await, 2);
    installation.publish("submissions", &moved(&stopped, 4, DossierStatus::Processing)).await;
    eventually(|| async { (ends().await == 1).then_some(()) }).await;
    assert_sound(&installation).await;
}

#[tokio::test]
async fn money_that_comes_after_the_end_is_booked_as_owed_and_its_payer_is_told() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    let order = open(&installation, &an, &fee).await;
    let reference = begin(&an, &order).await;
    installation.publish("submissions", &moved(&fee, 2, DossierStatus::Withdrawn)).await;
    becomes(&an, &order, "CANCELLED").await;
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    assert_eq!(states(&an, &order).await, ("CANCELLED".into(), vec!["PAID_AGAIN".into()]));
    assert_eq!(count(&installation, &format!("transfers where purpose = 'SURPLUS' and amount = {TOTAL}")).await, 1);
    let noticed = installation.sent::<PaymentNoticed>("payments").await;
    let told: Vec<_> = noticed.iter().map(|told| (told.notice, told.amount, told.payer)).collect();
    assert_eq!(told, [(PaymentNotice::NotDueAnyMore, Some(Vnd::new(TOTAL).unwrap()), an.party())]);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn who_pays_twice_or_another_amount_is_told_once() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = open(&installation, &an, &copies(an.party())).await;
    let [first, second, third] = [
        begin(&an, &order).await,
        begin_another(&installation, &an, &order).await,
        begin_another(&installation, &an, &order).await,
    ];
    for _ in 0..2 {
        Notice::paid(&first).send(&installation).await;
        Notice::paid(&second).send(&installation).await;
        Notice::paid(&third).with("vnp_Amount", "100000").send(&installation).await;
        Notice::paid(&third).with("vnp_Amount", "200000").send(&installation).await;
        Notice::cancelled(&third).with("vnp_Amount", "300000").send(&installation).await;
    }
    let noticed = installation.sent::<PaymentNoticed>("payments").await;
    let told: Vec<_> = noticed.iter().map(|told| (told.notice, told.amount.is_some())).collect();
    assert_eq!(told, [(PaymentNotice::PaidTwice, true), (PaymentNotice::UnderReview, false)]);
    assert_sound(&installation).await;
}
