//! A payer comes back from VNPAY.

use testkit::{Installation, Method, TestResponse};

use crate::{
    database::{assert_sound, count},
    fees::{begin, owed, states},
    provider::{Notice, SECRET},
};

async fn come_back(installation: &Installation, query: &str, language: &str) -> TestResponse {
    let path = format!("/api/v1/payments/vnpay/return?{query}");
    let call = installation.nobody().call("payments", Method::GET, &path).header("accept-language", language);
    call.send().await.expect(200)
}

fn text(answer: &TestResponse) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

#[tokio::test]
async fn a_success_in_the_address_decides_nothing() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let query = Notice::paid(&begin(&an, &order).await).signed(SECRET);
    let page = text(&come_back(&installation, &query, "en").await);
    assert!(page.contains("Waiting for the payment provider") && page.contains("http-equiv=\"refresh\""), "{page}");
    assert!(page.contains("H44.100-260721-0001") && page.contains("24.000 ₫"), "{page}");
    assert!(!page.contains("Nguyễn"), "{page}");
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["CREATED".into()]));
    assert_eq!(count(&installation, "provider_callbacks").await, 0);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn the_page_shows_what_was_told_apart_from_it() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    let query = Notice::paid(&reference).signed(SECRET);
    assert_eq!(Notice::cancelled(&reference).send(&installation).await, "00");
    let page = text(&come_back(&installation, &query, "vi").await);
    assert!(page.contains("<h1>Chưa thanh toán</h1>") && !page.contains("refresh"), "{page}");
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    let page = text(&come_back(&installation, &query, "vi").await);
    assert!(page.contains("<h1>Đã thanh toán</h1>") && !page.contains("refresh"), "{page}");
}

#[tokio::test]
async fn an_address_that_vnpay_did_not_sign_shows_nothing_of_an_order() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    for query in [String::new(), notice.signed("ANOTHER"), Notice::paid("nobody").signed(SECRET)] {
        let answer = come_back(&installation, &query, "en").await;
        assert!(text(&answer).contains("We cannot tell which payment this is"));
        assert!(!text(&answer).contains("H44.100"));
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
}

#[tokio::test]
async fn nobody_comes_back_from_a_provider_that_there_is_not() {
    let installation = Installation::start([payments::service()]).await;
    let call = installation.nobody().call("payments", Method::GET, "/api/v1/payments/nobody/return");
    assert_eq!(call.send().await.expect(404).text("/code"), "payment-provider-not-found");
}
