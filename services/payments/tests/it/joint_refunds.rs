//! What goes back of one order that was paid with others: a part of the provider's payment.

use chrono::TimeDelta;
use civic::{DossierStatus, OfficialRole};
use serde_json::json;
use testkit::{Method, eventually};

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, copies, open, states},
    provider::query_of,
    refund_desk::{Desk, Mood},
    till::{dong, post},
    together::{PATH, paid},
};

#[tokio::test]
async fn one_orders_money_goes_back_as_a_part_of_the_joint_payment() {
    let desk = Desk::open(Mood::Takes("06"));
    let flags = ["--vnpay-api-url", &desk.url];
    let installation = testkit::Installation::start_with([payments::service()], &[("payments", &flags)]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fees = [copies(an.party()), copies(an.party())];
    for fee in &fees {
        open(&installation, &an, fee).await;
    }
    let orders = fees.each_ref().map(|fee| fee.order_id);
    let call = an.call("payments", Method::POST, PATH).key("k1");
    let begun = call.json(&json!({"orders": orders, "provider": "VNPAY"})).send().await.expect(201);
    let reference = query_of(begun.text("/pay_url"))["vnp_TxnRef"].clone();
    assert_eq!(paid(&reference, 2 * TOTAL).with("vnp_TransactionNo", "77").send(&installation).await, "00");
    installation.publish("submissions", &moved(&fees[1], 2, DossierStatus::Withdrawn)).await;
    let ended = "orders where dossier_end = 'WITHDRAWN'";
    eventually(|| async { (count(&installation, ended).await == 1).then_some(()) }).await;
    let path = format!("/api/v1/payment-orders/{}", orders[1]);
    let attempt = an.call("payments", Method::GET, &path).send().await.expect(200).text("/attempts/0/id").to_owned();
    let cashier = installation.official(&[("H44.100", OfficialRole::Cashier)]);
    let wish = json!({
        "attempt_id": attempt, "amount": dong(TOTAL), "refund_amount_available": dong(TOTAL), "cause": "WITHDRAWN",
        "way": "PROVIDER", "reason": "Người nộp đã rút hồ sơ.",
    });
    post(&cashier, "/api/v1/agencies/H44.100/refunds", &wish).await.expect(201);
    eventually(|| async {
        let back = states(&an, &path).await.0 == "REFUNDED";
        if !back {
            installation.clock.advance(TimeDelta::minutes(1));
        }
        back.then_some(())
    })
    .await;
    let sent = desk.sent();
    let of = |name: &str| sent[0][name].as_str().unwrap().to_owned();
    assert_eq!(sent.len(), 1);
    assert_eq!((of("vnp_TransactionType"), of("vnp_TxnRef")), ("03".into(), reference));
    assert_eq!((of("vnp_Amount"), of("vnp_TransactionNo")), ((TOTAL * 100).to_string(), "77".into()));
    let other = format!("/api/v1/payment-orders/{}", orders[0]);
    assert_eq!(states(&an, &other).await.0, "PAID");
    assert_sound(&installation).await;
}
