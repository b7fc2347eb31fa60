//! On the way to a provider that is told of each payment first.

use actix_web::{App, HttpResponse, HttpServer, web};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, free_port};
use uuid::Uuid;

use crate::{
    fees::{TOTAL, owed},
    wallets::{MOMO_SECRET, Word, contracts, momo, post, tell},
};

/// MoMo, which opens another page whenever it is asked, and whose payer gives up.
pub fn wallet() -> String {
    let address = format!("127.0.0.1:{}", free_port());
    let server = HttpServer::new(|| {
        App::new()
            .route("/v2/gateway/api/create", web::post().to(answer))
            .route("/v2/gateway/api/query", web::post().to(given_up))
    });
    tokio::spawn(server.workers(1).disable_signals().bind(&address).unwrap().run());
    format!("http://{address}")
}

async fn answer(asked: web::Json<Value>) -> HttpResponse {
    let page = format!("https://momo.example/{}", Uuid::new_v4());
    HttpResponse::Ok().json(json!({"resultCode": 0, "orderId": asked["orderId"], "payUrl": page}))
}

async fn given_up(asked: web::Json<Value>) -> HttpResponse {
    let order = &asked["orderId"];
    HttpResponse::Ok()
        .json(json!({"resultCode": 1006, "orderId": order, "partnerCode": "MOMO", "amount": TOTAL, "transId": 0}))
}

async fn begin(an: &TestCaller, order: &str, provider: &str) -> (String, String) {
    let call = an.call("payments", Method::POST, &format!("{order}/attempts")).key(&Uuid::new_v4().to_string());
    let begun = call.json(&json!({"provider": provider})).send().await.expect(201);
    let path = begun.text("/pay_url").split_once("/api/").unwrap().1;
    (format!("/api/{path}"), begun.text("/attempt_id").replace('-', ""))
}

async fn visit(installation: &Installation, path: &str) -> TestResponse {
    installation.nobody().call("payments", Method::GET, path).send().await
}

#[tokio::test]
async fn who_comes_twice_is_sent_to_the_same_page_and_when_it_is_paid_a_page_says_so() {
    let url = wallet();
    let installation = Installation::start_with([payments::service()], &[("payments", &contracts(&url))]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let (path, reference) = begin(&an, &order, "MOMO").await;
    let first = visit(&installation, &path).await.expect(303);
    let second = visit(&installation, &path).await.expect(303);
    assert!(first.header("location").unwrap().starts_with("https://momo.example/"));
    assert_eq!(first.header("location"), second.header("location"));
    assert!(tell(&installation, "MOMO", &Word::paid(&reference, "", 7)).await);
    let paid = visit(&installation, &path).await.expect(200);
    assert!(
        String::from_utf8_lossy(&paid.bytes).contains("The fee is paid")
            || String::from_utf8_lossy(&paid.bytes).contains("Đã thanh toán")
    );
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_said_and_nothing_is_lost() {
    let nobody = format!("http://127.0.0.1:{}", free_port());
    let installation = Installation::start_with([payments::service()], &[("payments", &contracts(&nobody))]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    for provider in ["MOMO", "ZALOPAY", "NATIONAL"] {
        let (path, _) = begin(&an, &order, provider).await;
        let page = visit(&installation, &path).await.expect(200);
        assert!(String::from_utf8_lossy(&page.bytes).contains("Kênh thanh toán không phản hồi"), "{provider}");
    }
    let unknown = format!("/api/v1/payments/momo/checkouts/{}", Uuid::now_v7());
    let page = visit(&installation, &unknown).await.expect(200);
    assert!(String::from_utf8_lossy(&page.bytes).contains("Không xác định được khoản thanh toán"));
    let stranger = visit(&installation, &format!("/api/v1/payments/nobody/checkouts/{}", Uuid::now_v7())).await;
    assert_eq!(stranger.expect(404).text("/code"), "payment-provider-not-found");
}

#[tokio::test]
async fn a_posted_notification_is_for_providers_that_post_and_must_be_signed() {
    let installation =
        Installation::start_with([payments::service()], &[("payments", &contracts("http://127.0.0.1:1"))]).await;
    let word = Word::paid("01a1ffa2000070008000000000000001", "", 7);
    let forged = post(&installation, "momo", &momo(&word, "another secret, as long")).await.expect(400);
    assert_eq!(forged.text("/code"), "notification-not-signed");
    assert_eq!(post(&installation, "momo", &momo(&word, MOMO_SECRET)).await.status, 204, "kept for a person");
    for stranger in ["vnpay", "nobody"] {
        let refused = post(&installation, stranger, &json!({})).await.expect(404);
        assert_eq!(refused.text("/code"), "payment-provider-not-found");
    }
    let forged = post(&installation, "zalopay", &json!({"data": "{}", "mac": ""})).await.expect(200);
    assert_eq!(forged.json["return_code"], -1);
    let forged = post(&installation, "national", &json!({"MaLoi": "00"})).await.expect(200);
    assert_eq!(forged.json["MaLoi"], "97");
}
