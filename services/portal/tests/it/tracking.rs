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
    let again = page.submit(&browser, &[("code", "không phải mã"), ("secret", "")]).await.expect(422);
    again.says("Nhập mã hồ sơ như trên giấy tiếp nhận, ví dụ H44.100-260721-0001.").says("Chưa điền mục này.");
    again.says_not("danh sách lỗi");
}

#[tokio::test]
async fn a_code_typed_in_small_letters_with_blanks_is_found_or_not_found_but_never_refused() {
    let fixture = Fixture::open().await;
    let page =
        fixture.browser().get("/tracking?code=+h44.100-260721-0001+&secret=1C480B7C32BF778B8CE5").await.expect(422);
    page.says("Không tìm thấy hồ sơ.");
}
