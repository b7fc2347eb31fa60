//! Reading a payment order.

use civic::OfficialRole;
use testkit::{Installation, Method};
use uuid::Uuid;

use crate::fees::{begin, copies, open, owed};

#[tokio::test]
async fn the_payer_reads_what_is_due_and_for_what() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    let path = open(&installation, &an, &fee).await;
    begin(&an, &path).await;
    let order = an.call("payments", Method::GET, &path).send().await.expect(200);
    assert_eq!(order.text("/id"), fee.order_id.to_string());
    assert_eq!(order.text("/dossier_id"), fee.dossier_id.to_string());
    assert_eq!(order.text("/code"), "H44.100-260721-0001");
    assert_eq!(order.json["total"], serde_json::json!({"amount": 24_000, "currency": "VND"}));
    assert_eq!(order.json["lines"], serde_json::to_value(&fee.lines).unwrap());
    assert_eq!(order.text("/status"), "DUE");
    assert_eq!((order.text("/attempts/0/provider"), order.text("/attempts/0/status")), ("VNPAY", "CREATED"));
    assert!(order.json["paid_at"].is_null() && order.json["due_at"].is_null());
}

#[tokio::test]
async fn an_organisation_reads_its_own_orders() {
    let installation = Installation::start([payments::service()]).await;
    owed(&installation, &installation.client()).await;
}

#[tokio::test]
async fn an_order_named_by_a_fresh_filing_is_told_from_one_that_will_never_be() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fresh = civic::order_id(Uuid::now_v7(), 1);
    for path in [format!("/api/v1/payment-orders/{fresh}"), format!("/api/v1/payment-orders/{fresh}/attempts")] {
        let method = if path.ends_with("attempts") { Method::POST } else { Method::GET };
        let mut call = an.call("payments", method.clone(), &path);
        if method == Method::POST {
            call = call.key("fresh").json(&serde_json::json!({"provider": "VNPAY"}));
        }
        let answer = call.send().await.expect(404);
        assert_eq!(
            (answer.text("/code"), answer.header("retry-after")),
            ("payment-order-not-yet", Some("1")),
            "{path}"
        );
    }
    let never = format!("/api/v1/payment-orders/{}", Uuid::new_v4());
    let attempt = an.call("payments", Method::POST, &format!("{never}/attempts")).key("never");
    for call in [an.call("payments", Method::GET, &never), attempt.json(&serde_json::json!({"provider": "VNPAY"}))] {
        let answer = call.send().await.expect(404);
        assert_eq!((answer.text("/code"), answer.header("retry-after")), ("payment-order-not-found", None));
    }
}

#[tokio::test]
async fn nobody_else_learns_that_an_order_exists() {
    let installation = Installation::start([payments::service()]).await;
    let path = owed(&installation, &installation.citizen("Nguyễn Văn An")).await;
    let unknown = format!("/api/v1/payment-orders/{}", Uuid::new_v4());
    for stranger in [installation.citizen("Trần Thị Bình"), installation.client()] {
        for (path, status) in [(&*path, 404), (&*unknown, 404), ("/api/v1/payment-orders/none", 400)] {
            let _ = stranger.call("payments", Method::GET, path).send().await.expect(status);
        }
    }
    let receiver = installation.official(&[("H44.100", OfficialRole::Receiver)]);
    let _ = receiver.call("payments", Method::GET, &path).send().await.expect(403);
    let elsewhere = installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let _ = elsewhere.call("payments", Method::GET, &path).send().await.expect(404);
    let _ = installation.nobody().call("payments", Method::GET, &path).send().await.expect(401);
}

#[tokio::test]
async fn who_looks_after_the_agencys_money_reads_its_orders() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let path = owed(&installation, &an).await;
    let own = an.call("payments", Method::GET, &path).send().await.expect(200);
    for role in
        [OfficialRole::Cashier, OfficialRole::Auditor, OfficialRole::AgencyAdministrator, OfficialRole::Approver]
    {
        let official = installation.official(&[("H44.100", role)]);
        let read = official.call("payments", Method::GET, &path).send().await.expect(200);
        assert_eq!(read.json, own.json, "{role}");
        let attempt = official.call("payments", Method::POST, &format!("{path}/attempts")).key("one");
        let _ = attempt.json(&serde_json::json!({"provider": "VNPAY"})).send().await.expect(403);
    }
}
