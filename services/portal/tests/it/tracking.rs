//! Following a dossier without an account.

use crate::fixture::Fixture;

#[tokio::test]
async fn an_unknown_code_is_said_beside_the_field() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/tracking").await.expect(200);
    for (code, secret) in [("H44.100-260721-0001", "1c480b7c32bf778b8ce5"), ("không phải mã", "x"), ("", "")] {
        let again = page.submit(&browser, &[("code", code), ("secret", secret)]).await.expect(422);
        again.says("Có mục cần sửa").says("Lỗi:");
        assert!(again.html.contains(&format!("value=\"{code}\"")), "{}", again.html);
    }
}
