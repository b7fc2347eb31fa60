//! An official's work list: what is found in it, and several dossiers received at once.

use crate::{
    browser::Browser,
    filing::{filed, pay},
    fixture::Fixture,
};

const RECEIVER: &str = "tiepnhan@h44-100.example.vn";
const PROCESSOR: &str = "xuly@h44-100.example.vn";
const LIST: &str = "/work/H44.100";

/// A dossier that waits to be received; gives its code.
async fn registered(fixture: &Fixture, citizen: &Browser) -> String {
    let dossier = filed(citizen).await;
    pay(fixture, citizen, &dossier, "pay").await;
    crate::filing::paid(citizen, &dossier).await;
    dossier
}

#[tokio::test]
async fn a_dossier_is_found_by_words_and_the_way_back_leads_to_what_was_found() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&citizen).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get(LIST).await.expect(200).says("Không có hồ sơ nào ở mục này.");
    let found = receiver.get(&format!("{LIST}?q=lan+tran")).await.expect(200);
    found.says("Hồ sơ có: “lan tran”.").says("H44.100-260721-0001").says("Nguyễn Văn An");
    let link = format!("/work{dossier}?list=");
    let at = found.html.find(&link).expect("a link to the dossier");
    let href = found.html[at..].split('"').next().expect("an address");
    let page = receiver.get(href).await.expect(200);
    assert!(page.html.contains(&format!("href=\"{LIST}?q=lan+tran\"")), "{}", page.html);
    receiver.get(&format!("{LIST}?q=nobody")).await.expect(200).says("Không có hồ sơ nào như vậy.");
    receiver.get(&format!("/work{dossier}?list=//evil.example")).await.expect(200).says_not("href=\"//evil");
}

#[tokio::test]
async fn several_are_received_at_once_and_one_that_cannot_be_fails_alone() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (one, other) = (registered(&fixture, &citizen).await, registered(&fixture, &citizen).await);
    let receiver = fixture.signed_in(RECEIVER).await;
    let list = receiver.get(&format!("{LIST}?work=OPEN&ticked=all")).await.expect(200);
    list.says("Tiếp nhận hồ sơ đã chọn");
    let stale = receiver.get(&format!("/work{one}/receipt")).await.expect(200);
    stale.submit(&receiver, &[]).await.expect(303);
    let outcome = list.submit(&receiver, &[]).await.expect(200);
    outcome.says("Đã tiếp nhận 1 hồ sơ").says("1 hồ sơ chưa tiếp nhận được");
    receiver.get(&format!("/work{other}")).await.expect(200).says("Đã tiếp nhận");
    receiver.get(LIST).await.expect(200).says_not("Tiếp nhận hồ sơ đã chọn");
}

#[tokio::test]
async fn who_does_not_receive_has_nothing_to_tick_and_is_refused() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    registered(&fixture, &citizen).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    processor.get(LIST).await.expect(200).says("H44.100-260721-0001").says_not("Tiếp nhận hồ sơ đã chọn");
}
