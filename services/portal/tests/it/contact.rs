//! Another e-mail address, another phone number.

use crate::{
    browser::Page,
    fixture::{Fixture, PASSWORD},
};

#[tokio::test]
async fn the_phone_number_is_changed_with_the_password_and_what_is_wrong_is_said_beside_its_field() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    assert!(browser.get("/account").await.html.contains("href=\"/account/phone\""));
    let page = browser.get("/account/phone").await.expect(200);
    page.says("Đổi số điện thoại").says("Số điện thoại mới");
    let fault = |page: &Page, field: &str, sentence: &str| {
        assert!(page.html.contains(&format!("id=\"{field}-error\"")), "{}", page.html);
        page.says(sentence);
    };
    let wrong = page.submit(&browser, &[("phone", "0912 x"), ("password", PASSWORD)]).await.expect(422);
    fault(&wrong, "phone", "Nhập số điện thoại Việt Nam, ví dụ 0912 345 678.");
    let wrong = page.submit(&browser, &[("phone", "0987-000-111"), ("password", "sai")]).await.expect(422);
    fault(&wrong, "password", "Mật khẩu hiện tại không đúng.");
    assert!(wrong.html.contains("value=\"0987-000-111\"") && !wrong.html.contains("sai\""), "{}", wrong.html);
    let changed = page.submit(&browser, &[("phone", "0987-000-111"), ("password", PASSWORD)]).await;
    browser.get(changed.leads_to()).await.expect(200).says("Số điện thoại đã được đổi.").says("+84987000111");
    browser.get("/?lang=en").await.expect(303);
    browser.get("/account/phone").await.expect(200).says("Change your phone number").says("Current password");
}

#[tokio::test]
async fn the_email_address_is_changed_by_the_code_that_comes_to_the_new_one() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    assert!(browser.get("/account").await.html.contains("href=\"/account/email\""));
    let page = browser.get("/account/email").await.expect(200);
    let wrong = page.submit(&browser, &[("email", "an.moi"), ("password", PASSWORD)]).await.expect(422);
    assert!(wrong.html.contains("id=\"email-error\"") && wrong.html.contains("value=\"an.moi\""), "{}", wrong.html);
    page.submit(&browser, &[("email", "an.moi@example.vn"), ("password", "sai")])
        .await
        .expect(422)
        .says("Mật khẩu hiện tại không đúng.");
    let sent = page.submit(&browser, &[("email", "an.moi@example.vn"), ("password", PASSWORD)]).await;
    let ask = browser.get(sent.leads_to()).await.expect(200);
    ask.says("đang được gửi đến địa chỉ mới");
    let code = fixture.code_for("an.moi@example.vn").await;
    let other = if code == "000000" { "111111" } else { "000000" };
    let wrong = ask.submit(&browser, &[("code", other)]).await.expect(422);
    assert!(wrong.html.contains("id=\"code-error\""), "{}", wrong.html);
    let changed = ask.submit(&browser, &[("code", &code)]).await;
    browser.get(changed.leads_to()).await.expect(200).says("Địa chỉ e-mail đã được đổi.").says("an.moi@example.vn");
    browser.get("/account/email/x").await.expect(404);
    fixture.signed_in("an.moi@example.vn").await.get("/dossiers").await.expect(200);
}

#[tokio::test]
async fn a_kiosk_changes_nobodys_contact() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    browser.get("/?kiosk=1").await.expect(303);
    let who = [("email", &*fixture.login("an@")), ("password", PASSWORD)];
    browser.get("/sign-in").await.submit(&browser, &who).await.expect(303);
    for page in ["/account/email", "/account/phone"] {
        browser.get(page).await.expect(403).says("Không mở được tại màn hình dùng chung");
    }
}
