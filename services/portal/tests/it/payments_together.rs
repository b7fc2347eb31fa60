//! Several fees are ticked and paid in one go, in a browser without script.

use testkit::eventually;

use crate::{
    browser::{Browser, Page},
    filing::{filed, paid, pay, until_due},
    fixture::Fixture,
};

/// The boxes of what is due, as its list has them.
fn boxes(page: &Page) -> Vec<String> {
    let inputs = page.html.split("<input type=\"checkbox\" id=\"").skip(1);
    inputs.map(|rest| rest.split('"').next().expect("an end").to_owned()).collect()
}

/// Two dossiers whose fees are due.
async fn two(citizen: &Browser) -> [String; 2] {
    let dossiers = [filed(citizen).await, filed(citizen).await];
    for dossier in &dossiers {
        until_due(citizen, dossier).await;
    }
    dossiers
}

/// The page of two fees that are ticked.
pub async fn ticked(citizen: &Browser) -> String {
    two(citizen).await;
    let boxes = boxes(&citizen.get("/payments").await.expect(200));
    format!("/payments/together?{}=ticked&{}=ticked", boxes[0], boxes[1])
}

fn state(page: &Page) -> String {
    let (_, rest) = page.html.split_once("data-payment-state=\"").expect("a state");
    rest.split('"').next().expect("an end").to_owned()
}

#[tokio::test]
async fn what_is_ticked_is_paid_once_over_the_sum_that_was_seen() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossiers = two(&citizen).await;
    let list = citizen.get("/payments").await.expect(200);
    let boxes = boxes(&list);
    assert_eq!(boxes.len(), 2, "{}", list.html);
    let one = citizen.get(&format!("/payments/together?{}=ticked", boxes[0])).await.expect(422);
    one.says("Đánh dấu ít nhất hai khoản");
    assert_eq!(one.html.matches("value=\"ticked\" checked").count(), 1, "what was ticked stays: {}", one.html);
    let page = citizen.get(&format!("/payments/together?{}=ticked&{}=ticked", boxes[0], boxes[1])).await.expect(200);
    page.says("Tổng số tiền phải trả: 32.000 ₫");
    let begun = page.submit_to(&citizen, "/payments/together", &[]).await.expect(200);
    begun.says("Số tiền phải trả: 32.000 ₫");
    let pay_url = begun.html.split_once("content=\"0; url=").expect("a way").1.split('"').next().expect("a way");
    let back = fixture.pay(&pay_url.replace("&amp;", "&"), "pay").await;
    let back = back.strip_prefix(&fixture.gateway).expect("a way back to us").to_owned();
    let state_page = citizen.get(&back).await.leads_to().to_owned();
    assert!(state_page.starts_with("/payments/together/") && state_page.ends_with("?back=1"), "{state_page}");
    eventually(|| async { (state(&citizen.get(&state_page).await.expect(200)) == "paid").then_some(()) }).await;
    for dossier in &dossiers {
        paid(&citizen, dossier).await;
    }
    citizen.get("/payments").await.expect(200).says("Đã nộp").says_not("Đánh dấu");
}

#[tokio::test]
async fn what_cannot_be_paid_has_its_sentence_and_the_ticks_stay() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossiers = two(&citizen).await;
    let third = filed(&citizen).await;
    until_due(&citizen, &third).await;
    let boxes = boxes(&citizen.get("/payments").await.expect(200));
    let query = boxes.iter().map(|id| format!("{id}=ticked")).collect::<Vec<_>>().join("&");
    let page = citizen.get(&format!("/payments/together?{query}")).await.expect(200);
    page.says("48.000 ₫");
    pay(&fixture, &citizen, &dossiers[0], "pay").await;
    paid(&citizen, &dossiers[0]).await;
    let refused = page.submit_to(&citizen, "/payments/together", &[]).await.expect(422);
    refused.says("Khoản này không còn phải nộp. Hãy bỏ đánh dấu.").says("Tổng số tiền phải trả: 32.000 ₫");
    assert_eq!(refused.html.matches("value=\"ticked\" checked").count(), 3, "{}", refused.html);
    let (_, rest) = refused.html.split_once("-error\" class=\"govuk-error-message\"").expect("a sentence beside one");
    assert!(rest.contains("Khoản này không còn phải nộp."));
    let (left, _) = refused.html.split_once("-error\" class=\"govuk-error-message\"").expect("one");
    let paid_one = left.rsplit("id=\"").next().expect("whose").to_owned();
    let begun = refused.submit_to(&citizen, "/payments/together", &[(&paid_one, "")]).await.expect(200);
    begun.says("Số tiền phải trả: 32.000 ₫");
}

#[tokio::test]
async fn a_sum_that_changed_is_seen_before_anything_begins() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    two(&citizen).await;
    let third = filed(&citizen).await;
    until_due(&citizen, &third).await;
    let boxes = boxes(&citizen.get("/payments").await.expect(200));
    let query = boxes.iter().map(|id| format!("{id}=ticked")).collect::<Vec<_>>().join("&");
    let page = citizen.get(&format!("/payments/together?{query}")).await.expect(200);
    let seen = page.submit_to(&citizen, "/payments/together", &[(&boxes[0], "")]).await.expect(200);
    seen.says("Tổng số tiền phải trả: 32.000 ₫").says_not("Số tiền phải trả: 48.000 ₫");
    seen.submit_to(&citizen, "/payments/together", &[]).await.expect(200).says("Số tiền phải trả: 32.000 ₫");
}

#[tokio::test]
async fn a_payment_that_was_given_up_can_be_made_again() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let page = ticked(&citizen).await;
    let begun = citizen.get(&page).await.expect(200).submit_to(&citizen, "/payments/together", &[]).await.expect(200);
    let pay_url = begun.html.split_once("content=\"0; url=").expect("a way").1.split('"').next().expect("a way");
    let back = fixture.pay(&pay_url.replace("&amp;", "&"), "cancel").await;
    let back = back.strip_prefix(&fixture.gateway).expect("a way back to us").to_owned();
    let state_page = citizen.get(&back).await.leads_to().to_owned();
    eventually(|| async { (state(&citizen.get(&state_page).await.expect(200)) == "failed").then_some(()) }).await;
    citizen
        .get(&page)
        .await
        .expect(200)
        .submit_to(&citizen, "/payments/together", &[])
        .await
        .expect(200)
        .says("32.000 ₫");
}
