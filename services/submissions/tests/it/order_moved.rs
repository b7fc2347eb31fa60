//! What payments tells of an order, and what submissions then tells of the dossier.

use civic::{
    DossierStatus,
    events::{ChargeState, DossierFeePaid, DossierMoved, OrderMoved, OrderState},
};
use testkit::{TestCaller, TestResponse, eventually};

use crate::fixture::{BIRTH, COPY, Fixture, HERE};

/// The order of a receipt at this version.
fn order(fixture: &Fixture, of: &TestCaller, receipt: &TestResponse, version: i64, state: OrderState) -> OrderMoved {
    let payment = fixture.payment(receipt);
    let paid = state == OrderState::Paid;
    OrderMoved {
        order_id: payment.order_id,
        version,
        dossier_id: payment.dossier_id,
        agency: HERE.parse().expect("a code"),
        payer: of.party(),
        state,
        state_since: payment.paid_at,
        total: payment.amount,
        waived: if state == OrderState::Waived { payment.amount } else { civic::Vnd::ZERO },
        paid: if paid { payment.amount } else { civic::Vnd::ZERO },
        refunded: civic::Vnd::ZERO,
        owed_back: civic::Vnd::ZERO,
        paid_at: paid.then_some(payment.paid_at),
        payment: None,
    }
}

#[tokio::test]
async fn the_newest_word_of_an_order_counts_and_an_older_one_is_no_news() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    for (version, state) in
        [(1, OrderState::Due), (3, OrderState::Paid), (2, OrderState::PartPaid), (3, OrderState::Paid)]
    {
        fixture.installation.publish("payments", &order(&fixture, &an, &receipt, version, state)).await;
    }
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let view = fixture.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["fee"]["paid_at"], "2026-07-21T03:00:00Z");
    // Two agencies, three procedures and five words of the order.
    eventually(async || (fixture.count("inbox").await == 10).then_some(())).await;
    assert_eq!(fixture.count("charges where order_version = 3 and state = 'PAID'").await, 1);
    assert_eq!(fixture.installation.sent::<DossierFeePaid>("submissions").await.len(), 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_fee_that_is_paid_when_the_dossier_is_over_or_goes_back_already_is_told_once_all_the_same() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    for (withdrawn, state) in [(true, OrderState::Paid), (false, OrderState::Refunding)] {
        let (dossier, receipt) = fixture.filed(&an, COPY).await;
        if withdrawn {
            let _ = fixture.act(&an, &dossier, "withdrawal", &serde_json::json!({})).await.expect(200);
        }
        let paid_at = Some(fixture.payment(&receipt).paid_at);
        let moved = OrderMoved { paid_at, ..order(&fixture, &an, &receipt, 3, state) };
        fixture.installation.publish("payments", &moved).await;
        fixture.installation.publish("payments", &OrderMoved { version: 4, ..moved.clone() }).await;
        let of_this = |told: &DossierFeePaid| told.code.as_str() == receipt.text("/code");
        let told = eventually(async || {
            let told = fixture.installation.sent::<DossierFeePaid>("submissions").await;
            let told: Vec<_> = told.into_iter().filter(of_this).collect();
            (!told.is_empty()).then_some(told)
        })
        .await;
        assert_eq!(told.iter().map(|it| it.after_the_end).collect::<Vec<_>>(), [withdrawn], "{state}");
        fixture.assert_sound().await;
    }
}

#[tokio::test]
async fn a_dossier_whose_fee_was_waived_goes_on_as_one_that_was_paid_for() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &order(&fixture, &an, &receipt, 2, OrderState::Waived)).await;
    let view = fixture.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(view.json["charges"][0]["state"], "WAIVED");
    assert_eq!(view.json["fee"]["paid_at"], serde_json::Value::Null);
    let none = fixture.installation.sent::<DossierFeePaid>("submissions").await;
    assert!(none.is_empty(), "nobody paid: payments tells the applicant");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_dossier_waits_on_while_its_fee_is_paid_in_part() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    fixture.installation.publish("payments", &order(&fixture, &an, &receipt, 2, OrderState::PartPaid)).await;
    eventually(async || (fixture.count("charges where state = 'PART_PAID'").await == 1).then_some(())).await;
    assert_eq!(fixture.get(&an, &dossier).await.expect(200).text("/status"), "FEE_DUE");
    fixture.installation.publish("payments", &order(&fixture, &an, &receipt, 3, OrderState::Paid)).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    assert_eq!(fixture.installation.sent::<DossierFeePaid>("submissions").await.len(), 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn that_an_order_was_opened_changes_nothing_so_that_what_an_official_sends_meanwhile_is_taken() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let before = fixture.get(&an, &dossier).await.expect(200);
    let heard = fixture.count("inbox").await;
    fixture.installation.publish("payments", &order(&fixture, &an, &receipt, 1, OrderState::Due)).await;
    eventually(async || (fixture.count("inbox").await == heard + 1).then_some(())).await;
    assert_eq!(fixture.get(&an, &dossier).await.expect(200).header("etag"), before.header("etag"));
    assert_eq!(fixture.installation.sent::<DossierMoved>("submissions").await.len(), 1);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn others_are_told_where_a_dossier_stands_from_its_filing_to_its_end() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, COPY).await;
    let [filed] = fixture.installation.sent::<DossierMoved>("submissions").await.try_into().expect("one");
    assert_eq!((filed.code.as_str(), filed.status), (receipt.text("/code"), DossierStatus::FeeDue));
    assert_eq!((filed.charges[0].state, filed.charges[0].lines.len()), (ChargeState::Due, 1));
    fixture.installation.publish("payments", &order(&fixture, &an, &receipt, 2, OrderState::Paid)).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    let receiver = fixture.receiver();
    let _ = fixture.post(&receiver, &format!("{dossier}/receipt")).send().await.expect(200);
    let _ = fixture.issue(&fixture.approver(), &dossier).await.expect(201);
    let completion = fixture.post(&fixture.approver(), &format!("{dossier}/completion"));
    let done = completion.json(&serde_json::json!({})).send().await.expect(200);
    let told = fixture.installation.sent::<DossierMoved>("submissions").await;
    let statuses: Vec<_> = told.iter().map(|moved| moved.status).collect();
    let (registered, received) = (DossierStatus::Registered, DossierStatus::Received);
    assert_eq!(statuses, [DossierStatus::FeeDue, registered, received, received, DossierStatus::Completed]);
    assert!(told.windows(2).all(|pair| pair[0].version < pair[1].version));
    let (holder, last) = (told[2].custody.as_ref().expect("somebody has it"), &told[4]);
    assert_eq!((holder.official_id, last.custody.is_none()), (receiver.id, true));
    assert_eq!(Some(format!("\"{}\"", last.version).as_str()), done.header("etag"));
    assert_eq!((last.clock.started_at.is_some(), last.clock.ended_at.is_some()), (true, true));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn drafts_are_nobodys_news() {
    let fixture = Fixture::open().await;
    let _ = fixture.ready(&fixture.an(), BIRTH).await;
    assert!(fixture.installation.sent::<DossierMoved>("submissions").await.is_empty());
}
