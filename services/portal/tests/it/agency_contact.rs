//! How an agency is reached: kept by who administers it, seen by everybody.

use testkit::eventually;

use crate::{browser::Page, fixture::Fixture};

const ADMINISTRATOR: &str = "quantri@h44-100.example.vn";
const RECEIVER: &str = "tiepnhan@h44-100.example.vn";
const CONTACT: &str = "/work/contact";

/// The agency's page, once it says this: what everybody reads is kept for some seconds.
async fn until_it_says(fixture: &Fixture, text: &str) -> Page {
    let asked = async || {
        let page = fixture.browser().get("/agencies/H44.100").await.expect(200);
        page.html.contains(text).then_some(page)
    };
    eventually(asked).await
}

#[tokio::test]
async fn what_is_saved_stands_on_the_agencys_page() {
    let fixture = Fixture::open().await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    administrator.get("/work/H44.100").await.expect(200).says("Địa chỉ, mã số thuế của cơ quan");
    let page = administrator.get(CONTACT).await.expect(200);
    let typed = [("address", "Số 12 đường Hùng Vương"), ("phone", "0210 384 7777"), ("tax_number", "0100109106")];
    let saved = page.submit(&administrator, &typed).await.expect(303);
    administrator.get(saved.leads_to()).await.expect(200).says("Đã lưu địa chỉ và liên hệ.");
    let agency = until_it_says(&fixture, "Số 12 đường Hùng Vương").await;
    agency.says("+842103847777").says("0100109106");
}

#[tokio::test]
async fn what_is_wrong_or_too_late_is_said_and_nothing_typed_is_lost() {
    let fixture = Fixture::open().await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    let (page, stale) = (administrator.get(CONTACT).await.expect(200), administrator.get(CONTACT).await.expect(200));
    let wrong = page.submit(&administrator, &[("address", "Số 12"), ("phone", "12")]).await.expect(422);
    wrong.says("Nhập số điện thoại Việt Nam");
    assert!(wrong.html.contains("value=\"Số 12\"") && wrong.html.contains("value=\"12\""), "{}", wrong.html);
    wrong.submit(&administrator, &[("phone", "0210 384 7777")]).await.expect(303);
    let again = stale.submit(&administrator, &[("address", "Số 14")]).await.expect(422);
    again.says("Người khác vừa sửa thông tin này.").says("Hiện nay là: Số 12").says("Hiện nay là: +842103847777");
    assert!(!again.html.contains("id=\"email-error\""), "{}", again.html);
    again.submit(&administrator, &[]).await.expect(303);
    until_it_says(&fixture, "Số 14").await;
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get(CONTACT).await.expect(403);
    receiver.get("/work/H44.100").await.expect(200).says_not("Địa chỉ, mã số thuế của cơ quan");
}

#[tokio::test]
async fn of_two_clicks_at_once_both_are_told_that_it_is_saved() {
    let fixture = Fixture::open().await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    let page = administrator.get(CONTACT).await.expect(200);
    let typed = [("address", "Số 12 đường Hùng Vương"), ("phone", "0210 384 7777")];
    let (first, second) = tokio::join!(page.submit(&administrator, &typed), page.submit(&administrator, &typed));
    assert_eq!([first.leads_to(), second.leads_to()], ["/work/contact?saved=1"; 2]);
}
