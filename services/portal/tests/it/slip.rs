//! The receipt of a filing, when the API does not give it again.

use diesel_async::SimpleAsyncConnection;

use crate::{filing::filed, fixture::Fixture, way::Fate};

const SECRET: &str = "class=\"motcua-slip__secret\"";

#[tokio::test]
async fn while_the_receipt_cannot_be_had_the_slip_says_so_instead_of_lacking_the_secret() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let slip = format!("{}/slip", filed(&browser).await);
    fixture.way.will("/submission", Fate::AnswerLost, 1);
    let page = browser.get(&slip).await.expect(503);
    assert_eq!(page.header("retry-after"), "5");
    assert!(browser.get(&slip).await.expect(200).html.contains(SECRET));
}

#[tokio::test]
async fn a_slip_whose_receipt_the_api_has_forgotten_is_shown_without_the_secret() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let slip = format!("{}/slip", filed(&browser).await);
    let forget = "delete from idempotency_keys";
    fixture.installation.database("submissions").await.batch_execute(forget).await.expect("forgotten");
    let page = browser.get(&slip).await.expect(200);
    page.says("H44.100-260721-0001");
    assert!(!page.html.contains(SECRET), "{}", page.html);
}

#[tokio::test]
async fn the_page_that_the_qr_code_leads_to_reads_it_by_script_and_slips_from_before_are_still_read() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let slip = browser.get(&format!("{}/slip", filed(&browser).await)).await.expect(200);
    let secret = slip.html.split_once(&format!("{SECRET}>")).expect("a secret").1[..20].to_owned();
    let stranger = fixture.browser();
    let page = stranger.get("/tracking").await.expect(200);
    assert!(page.html.contains("data-module=\"motcua-tracking\""), "{}", page.html);
    stranger.get(&format!("/tracking?code=H44.100-260721-0001&secret={secret}")).await.expect(200);
}
