//! E-receipts: one for each payment, numbered without a gap, printed, cancelled and replaced with a reason.

use civic::{OfficialRole, events::PaymentNoticed};
use futures_util::future::join_all;
use serde_json::json;
use testkit::{Installation, Method, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, begin, copies, owed},
    payers::known,
    provider::Notice,
    till::{Till, post},
};

#[tokio::test]
async fn a_payment_online_gets_its_receipt_once_the_payers_name_is_known_and_she_is_told() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    assert_sound(&installation).await;
    assert_eq!(count(&installation, "receipts").await, 0);
    known(&installation, &an, "Nguyễn Văn An").await;
    let list = || an.call("payments", Method::GET, "/api/v1/receipts").send();
    let receipt: TestResponse = eventually(|| async {
        installation.clock.advance(chrono::TimeDelta::minutes(1));
        let list = list().await.expect(200);
        (!list.json["items"].as_array().unwrap().is_empty()).then_some(list)
    })
    .await;
    let of = |name: &str| receipt.text(&format!("/items/0/{name}")).to_owned();
    assert_eq!(
        (of("symbol"), of("number"), of("payer_name")),
        ("01BLP0-001".into(), "0000001".into(), "Nguyễn Văn An".into())
    );
    assert_eq!(receipt.json["items"][0]["year"], 2026);
    assert_eq!(Notice::paid(&reference).send(&installation).await, "02");
    assert_eq!(count(&installation, "receipts").await, 1);
    let noticed = installation.sent::<PaymentNoticed>("payments").await;
    assert_eq!(noticed, [], "she reads of it in the mail that the fee is paid");
    assert_sound(&installation).await;
}

#[tokio::test]
async fn two_hundred_at_once_are_numbered_without_a_gap() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    known(&installation, &an, "Nguyễn Văn An").await;
    let fees: Vec<_> = (0..200).map(|_| copies(an.party())).collect();
    for (before, some) in fees.chunks(20).enumerate() {
        for fee in some {
            installation.publish("submissions", fee).await;
        }
        let open = i64::try_from((before + 1) * 20).unwrap();
        eventually(|| async { (count(&installation, "orders").await == open).then_some(()) }).await;
    }
    let (payer, house) = (&an, &installation);
    for some in fees.chunks(5) {
        let paid = some.iter().map(|fee| async move {
            let reference = begin(payer, &format!("/api/v1/payment-orders/{}", fee.order_id)).await;
            Notice::paid(&reference).send(house).await
        });
        assert!(join_all(paid).await.iter().all(|answer| answer == "00"));
    }
    let valid = "receipts where state = 'ISSUED' and symbol = '01BLP0-001' and year = 2026";
    eventually(|| async { (count(&installation, valid).await == 200).then_some(()) }).await;
    let last = count(&installation, &format!("{valid} and number = 200")).await;
    let none_beyond = count(&installation, &format!("{valid} and number not between 1 and 200")).await;
    assert_eq!((last, none_beyond), (1, 0));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_receipt_is_printed_for_whoever_paid_and_for_the_agency_and_for_nobody_else() {
    let till = Till::open().await;
    let taken = till.take(&till.owed().await, TOTAL).await.expect(201);
    let path = format!("/api/v1/receipts/{}/document", taken.text("/receipts/0/id"));
    for who in [&till.an, &till.cashier, &till.auditor] {
        let printed = who.call("payments", Method::GET, &path).send().await.expect(200);
        assert_eq!(printed.header("content-type"), Some("application/pdf"));
        let name = "attachment; filename=\"bien-lai-01BLP0-001-0000001.pdf\"";
        assert_eq!(printed.header("content-disposition"), Some(name));
    }
    let elsewhere = till.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let receiver = till.installation.official(&[("H44.100", OfficialRole::Receiver)]);
    for who in [&till.installation.citizen("Bình"), &elsewhere, &receiver] {
        for path in [path.as_str(), path.trim_end_matches("/document")] {
            let refused = who.call("payments", Method::GET, path).send().await.expect(404);
            assert_eq!(refused.text("/code"), "receipt-not-found");
        }
    }
}

#[tokio::test]
async fn a_receipt_is_replaced_and_cancelled_with_a_reason_and_never_are_two_valid() {
    let till = Till::open().await;
    let taken = till.take(&till.owed().await, TOTAL).await.expect(201);
    let first = format!("/api/v1/receipts/{}", taken.text("/receipts/0/id"));
    let reason = "Ghi sai tên người nộp.";
    let body = json!({"reason": reason, "payer_name": "Nguyễn Thiện An", "payer_address": "Phường Đồi Chè", "payer_number": null});
    let second = post(&till.cashier, &format!("{first}/replacement"), &body).await.expect(201);
    assert_eq!((second.text("/number"), second.text("/payer_name")), ("0000002", "Nguyễn Thiện An"));
    assert_eq!(second.text("/replaces"), taken.text("/receipts/0/id"));
    assert_sound(&till.installation).await;
    let cancel = json!({"reason": "Lập sai khoản thu."});
    for (operation, body) in [("replacement", &body), ("cancellation", &cancel)] {
        let late = post(&till.cashier, &format!("{first}/{operation}"), body).await.expect(409);
        assert_eq!(late.text("/code"), "receipt-not-valid");
    }
    let valid = "receipts where state = 'ISSUED'";
    assert_eq!(count(&till.installation, valid).await, 1);
    let second = format!("/api/v1/receipts/{}", second.text("/id"));
    let cancelled = post(&till.cashier, &format!("{second}/cancellation"), &cancel).await.expect(200);
    assert_eq!((cancelled.text("/state"), cancelled.text("/ended_reason")), ("CANCELLED", "Lập sai khoản thu."));
    assert_eq!(count(&till.installation, valid).await, 0);
    let elsewhere = till.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    for (operation, body) in [("replacement", &body), ("cancellation", &cancel)] {
        let there = post(&elsewhere, &format!("{first}/{operation}"), body).await.expect(404);
        assert_eq!(there.text("/code"), "receipt-not-found");
        let path = format!("/api/v1/receipts/{}/{operation}", Uuid::new_v4());
        let _ = post(&till.cashier, &path, body).await.expect(404);
    }
    assert_sound(&till.installation).await;
}
