//! The accountant's desk, in a browser without script: a statement is loaded, a difference explained with proof, a day closed and signed.

use civic::VIETNAM;
use testkit::eventually;

use crate::{
    browser::{Browser, Page, upload_with},
    fixture::Fixture,
    money::CASHIER,
};

pub const DESK: &str = "/work/H44.100/books";
const HEADINGS: &str =
    "vnp_TmnCode,vnp_TxnRef,vnp_TransactionNo,vnp_Amount,vnp_PayDate,vnp_TransactionType,vnp_TransactionStatus\n";

/// Loads a statement with a line that nobody knows; gives the address of the difference that it is.
pub async fn unexplained(cashier: &Browser) -> String {
    let file = format!("{HEADINGS}DEMOTMN1,0,14226112,1600000,20260721101712,01,00\n");
    upload_with(cashier, DESK, "sao-ke.csv", file.as_bytes(), &[("source", "VNPAY")]).await.expect(303);
    let link = "href=\"/work/H44.100/differences/";
    let page: Page = eventually(|| async {
        let page = cashier.get(DESK).await.expect(200);
        page.html.contains(link).then_some(page)
    })
    .await;
    let (_, rest) = page.html.split_once(link).expect("a link");
    format!("/work/H44.100/differences/{}", rest.split('"').next().expect("an end"))
}

/// The address of a day that is over.
pub fn yesterday(fixture: &Fixture) -> String {
    let day = fixture.installation.clock.now().with_timezone(&VIETNAM).date_naive().pred_opt().expect("a day");
    format!("/work/H44.100/days/{day}")
}

#[tokio::test]
async fn a_statement_is_loaded_a_difference_is_explained_and_a_day_is_signed() {
    let fixture = Fixture::open().await;
    let accountant = fixture.signed_in(CASHIER).await;
    accountant.get("/work/H44.100/money").await.expect(200).says("Đối soát và khóa sổ");
    accountant.get(DESK).await.expect(200).says("Chưa nạp sao kê nào");
    let without = upload_with(&accountant, DESK, "sao-ke.csv", b"x", &[]).await.expect(422);
    without.says("Sao kê của");
    let bad = format!("{HEADINGS}DEMOTMN1,0,14226112,1600050,20260721101712,01,00\n");
    let refused =
        upload_with(&accountant, DESK, "sao-ke.csv", bad.as_bytes(), &[("source", "VNPAY")]).await.expect(422);
    refused.says("Dòng 2:");
    let difference = unexplained(&accountant).await;
    let page = accountant.get(&difference).await.expect(200);
    page.says("Có trên sao kê, thiếu trong sổ").says("16.000 ₫").says("14226112");
    let short =
        page.submit(&accountant, &[("reason", "Sai."), ("proof", "CV 12"), ("then", "explain")]).await.expect(422);
    short.says("Ít nhất 10 ký tự");
    let filled = [("reason", "VNPAY xác nhận là giao dịch thử."), ("proof", "CV 12"), ("then", "explain")];
    let done = page.submit(&accountant, &filled).await;
    accountant.get(done.leads_to()).await.expect(200).says("Đã kết thúc").says("CV 12");
    accountant.get(DESK).await.expect(200).says("Không có chênh lệch nào");
    // Who takes the money does not sign.
    accountant.get(&yesterday(&fixture)).await.expect(200).says("Người có thẩm quyền ký");
    let leader = fixture.signed_in("lanhdao@h44-100.example.vn").await;
    let day = leader.get(&yesterday(&fixture)).await.expect(200);
    let signed = day.submit(&leader, &[]).await;
    leader.get(signed.leads_to()).await.expect(200).says("Đã khóa sổ");
    let auditor = fixture.signed_in("giamsat@h44-100.example.vn").await;
    auditor.get(DESK).await.expect(200).says("Các ngày đã khóa sổ");
    auditor.get("/work/H44.100/figures").await.expect(200).says("Báo cáo thu, hoàn trả");
    auditor.get("/work/H44.100/transfers").await.expect(200).says("Giao dịch đã ghi sổ");
    let stranger = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    let _ = stranger.get(DESK).await.expect(403);
}
