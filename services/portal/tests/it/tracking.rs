//! Following a dossier without an account.

use crate::{
    browser::{Browser, Page, upload_to},
    files::TOO_LARGE,
    filing::PDF,
    fixture::Fixture,
    office::{self, PROCESSOR, RECEIVER},
};

/// A dossier that a paper is asked for of somebody without an account; gives a browser of hers, and the page of the dossier.
async fn by_receipt(fixture: &Fixture) -> (Browser, String) {
    let (receiver, processor) = (fixture.signed_in(RECEIVER).await, fixture.signed_in(PROCESSOR).await);
    let own = fixture.browser();
    let address = office::asked_by_receipt(&own, &receiver, &processor).await;
    (own, address)
}

async fn submit(browser: &Browser, page: &str, action: &str, typed: &[(&str, &str)]) -> Page {
    browser.get(page).await.expect(200).submit_to(browser, action, typed).await
}

#[tokio::test]
async fn who_has_no_account_sends_in_what_is_asked_for_with_her_receipt() {
    let fixture = Fixture::open().await;
    let (own, page) = by_receipt(&fixture).await;
    own.get(&page).await.expect(200).says("Chụp lại cả tờ.").says("Xin gửi trước").says("a.pdf");
    let sent = submit(&own, &page, "/tracking/supplement", &[]).await.expect(200);
    sent.says("Đã gửi giấy tờ bổ sung.").says("Rút hồ sơ").says_not("Chụp lại cả tờ.");
    let late = sent.submit_to(&own, "/tracking/withdrawal", &[("reason", &"x".repeat(1001))]).await.expect(422);
    late.says("Không quá 1000 ký tự.").says("xxxxx");
    let ended = late.submit_to(&own, "/tracking/withdrawal", &[("reason", "Nộp nhầm.")]).await.expect(200);
    ended.says("Đã rút hồ sơ.").says("Người nộp đã rút hồ sơ").says_not("Cơ quan đọc được.");
}

#[tokio::test]
async fn what_is_wrong_with_a_paper_stands_beside_it_and_one_is_taken_out_again() {
    let fixture = Fixture::open().await;
    let (own, page) = by_receipt(&fixture).await;
    upload_to(&own, &page, "a.pdf", &PDF[..40]).await.expect(422).says("Tệp bị hỏng hoặc chưa đủ").says("a.pdf");
    let large = [PDF, &vec![b' '; 11 << 20]].concat();
    upload_to(&own, &page, "b.pdf", &large).await.expect(422).says(TOO_LARGE);
    let shown = own.get(&page).await.expect(200);
    let (before, _) = shown.html.split_once("/removal\"").expect("a form to take it out");
    let removal = format!("{}/removal", before.rsplit('"').next().expect("an address"));
    let removed = shown.submit_to(&own, &removal, &[]).await.expect(200);
    removed.says("Tải lên đủ các giấy tờ trên rồi gửi.").says_not("a.pdf");
    shown.submit_to(&own, &removal, &[]).await.expect(422).says("Không tìm thấy giấy tờ.");
    shown.submit_to(&own, "/tracking/supplement", &[]).await.expect(422).says("Chưa tải lên");
}

#[tokio::test]
async fn a_form_that_lost_its_receipt_asks_for_it() {
    let fixture = Fixture::open().await;
    let (own, page) = by_receipt(&fixture).await;
    let wrong = [("receipt-secret", "00000000000000000000"), ("reason", "Nộp nhầm.")];
    submit(&own, &page, "/tracking/withdrawal", &wrong).await.expect(422).says("Không tìm thấy hồ sơ.");
    own.get(&page).await.expect(200).says("Rút hồ sơ");
    assert_eq!(own.get("/tracking/withdrawal").await.leads_to(), "/tracking");
}

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
