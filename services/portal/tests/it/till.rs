//! The till, in a browser without script: a shift is opened, a fee is found, taken, taken back, and the drawer counted; and whoever paid
//! finds her receipt.

use testkit::eventually;

use crate::{
    browser::Browser,
    filing::{filed, until_due},
    fixture::Fixture,
    money::CASHIER,
};

const TILL: &str = "/work/H44.100/till";
const AUDITOR: &str = "giamsat@h44-100.example.vn";

/// Opens a shift.
pub async fn open(cashier: &Browser) {
    let form = cashier.get(&format!("{TILL}/opening")).await.expect(200);
    form.submit(cashier, &[("till", "Quầy 1"), ("opening", "500.000")]).await.expect(303);
}

/// Files a dossier whose fee is due; gives the page where a cashier takes it, to which its code leads.
pub async fn due(citizen: &Browser, cashier: &Browser) -> String {
    let dossier = filed(citizen).await;
    until_due(citizen, &dossier).await;
    let page = citizen.get(&dossier).await.expect(200);
    let (_, code) = page.html.split_once("H44.100-").expect("a code");
    cashier.get(&format!("{TILL}?q=H44.100-{}", &code[..11])).await.leads_to().to_owned()
}

/// Pages of something to be taken, of something that was, and of its receipt.
pub async fn due_and_taken(citizen: &Browser, cashier: &Browser) -> (String, String, String) {
    open(cashier).await;
    let first = due(citizen, cashier).await;
    let taken = cashier.get(&first).await.expect(200).submit(cashier, &[]).await.leads_to().to_owned();
    let (_, id) = taken.split_once("taken=").expect("what was taken");
    let page = cashier.get(&taken).await.expect(200);
    let (_, receipt) = page.html.split_once("href=\"/work/H44.100/receipts/").expect("a receipt");
    let receipt = format!("/work/H44.100/receipts/{}", receipt.split('"').next().expect("an end"));
    (due(citizen, cashier).await, format!("/work/H44.100/takings/{id}"), receipt)
}

#[tokio::test]
async fn a_cashier_takes_a_fee_gives_change_and_the_receipt_and_counts_at_the_end() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    assert_eq!(cashier.get(TILL).await.leads_to(), format!("{TILL}/opening"));
    let form = cashier.get(&format!("{TILL}/opening")).await.expect(200);
    let wrong = form.submit(&cashier, &[("till", "Quầy 1"), ("opening", "không")]).await.expect(422);
    wrong.says("Nhập số tiền bằng đồng");
    open(&cashier).await;
    let nothing = cashier.get(&format!("{TILL}?q=An")).await.expect(200);
    nothing.says("Nhập mã hồ sơ");
    let taking = due(&citizen, &cashier).await;
    let page = cashier.get(&taking).await.expect(200);
    page.says("16.000 ₫");
    let little = page.submit(&cashier, &[("received", "10.000")]).await.expect(422);
    little.says("Số tiền nhận phải đủ số phải nộp");
    let taken = page.submit(&cashier, &[("received", "20.000")]).await.leads_to().to_owned();
    let till = cashier.get(&taken).await.expect(200);
    till.says("Đã thu 16.000 ₫").says("Tiền trả lại: 4.000 ₫").says("In biên lai số 0000001").says("516.000 ₫");
    let (_, receipt) = till.html.split_once("href=\"/receipts/").expect("a receipt");
    let receipt = format!("/receipts/{}", receipt.split('"').next().expect("an end"));
    assert_eq!(cashier.get(&receipt).await.expect(200).header("content-type"), "application/pdf");
    assert_eq!(citizen.get(&receipt).await.expect(200).header("content-type"), "application/pdf");
    citizen.get("/payments").await.expect(200).says("Đã nộp").says("0000001").says("Có hiệu lực");
    let receipt = receipt.replace("/receipts/", "/work/H44.100/receipts/").replace("/document", "");
    let wrong = cashier.get(&receipt).await.expect(200);
    wrong.submit(&cashier, &[("reason", "Sai."), ("then", "replace")]).await.expect(422);
    let fields = [("reason", "Ghi sai tên người nộp."), ("payer_name", "Nguyễn Thiện An"), ("then", "replace")];
    let other = wrong.submit(&cashier, &fields).await.leads_to().to_owned();
    cashier.get(&other).await.expect(200).says("Biên lai số 0000002").says("Nguyễn Thiện An");
    cashier.get(&receipt).await.expect(200).says("Đã được thay thế").says("Ghi sai tên người nộp.");
    let (_, id) = taken.split_once("taken=").expect("what was taken");
    let reversal = cashier.get(&format!("/work/H44.100/takings/{id}")).await.expect(200);
    reversal.submit(&cashier, &[("reason", "Sai.")]).await.expect(422);
    reversal.submit(&cashier, &[("reason", "Thu nhầm hồ sơ của người khác.")]).await.expect(303);
    cashier.get(TILL).await.expect(200).says("đã hủy: Thu nhầm hồ sơ của người khác.").says("500.000 ₫");
    citizen.get("/payments").await.expect(200).says("Phải nộp").says("Đã hủy");
    let closure = cashier.get(&format!("{TILL}/closure")).await.expect(200);
    closure.submit(&cashier, &[("counted", "499.000")]).await.expect(422).says("ghi lý do chênh lệch");
    let fields = [("counted", "499.000"), ("reason", "Trả nhầm tiền thừa.")];
    let shift = closure.submit(&cashier, &fields).await.leads_to().to_owned();
    let auditor = fixture.signed_in(AUDITOR).await;
    auditor.get(&shift).await.expect(200).says("499.000 ₫").says("Trả nhầm tiền thừa.");
    auditor.get("/work/H44.100/shifts").await.expect(200).says("Quầy 1");
    let _ = auditor.get(TILL).await.expect(403);
}

#[tokio::test]
async fn a_part_is_taken_and_the_rest_is_asked_for_at_the_till_and_of_the_payer() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    open(&cashier).await;
    let taking = due(&citizen, &cashier).await;
    let page = cashier.get(&taking).await.expect(200);
    page.submit(&cashier, &[("amount", "không")]).await.expect(422).says("Nhập số tiền bằng đồng");
    let much = page.submit(&cashier, &[("amount", "16.001"), ("received", "20.000")]).await.expect(422);
    much.says("không quá số còn phải nộp");
    let taken = page.submit(&cashier, &[("amount", "10.000")]).await.leads_to().to_owned();
    cashier.get(&taken).await.expect(200).says("Đã thu 10.000 ₫").says("In biên lai số 0000001");
    citizen.get("/payments").await.expect(200).says("Đã nộp một phần").says("còn phải nộp 6.000 ₫");
    let rest = cashier.get(&taking).await.expect(200);
    rest.says("Còn phải nộp").says("6.000 ₫");
    let taken = rest.submit(&cashier, &[]).await.leads_to().to_owned();
    cashier.get(&taken).await.expect(200).says("Đã thu 6.000 ₫");
}

#[tokio::test]
async fn a_refund_that_waits_stands_among_what_is_stuck_with_the_way_to_it() {
    let fixture = Fixture::open().await;
    let leader = fixture.signed_in("lanhdao@h44-100.example.vn").await;
    leader.get("/work/H44.100/stuck").await.expect(200).says("Không có khoản nào chờ duyệt");
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    let (_, refund) = crate::money::owed_and_asked(&fixture, &citizen, &cashier).await;
    let conn = &mut fixture.installation.database("payments").await;
    diesel_async::SimpleAsyncConnection::batch_execute(conn, "update refunds set state = 'ASKED'")
        .await
        .expect("it waits");
    let page = eventually(|| async {
        let page = leader.get("/work/H44.100/stuck").await.expect(200);
        page.html.contains(&refund).then_some(page)
    })
    .await;
    page.says("Hoàn trả chờ duyệt: 1").says("1.000 ₫");
    leader.get(&refund).await.expect(200).says("Duyệt");
    assert!(leader.get("/work/H44.100").await.expect(200).html.contains("href=\"/work/H44.100/money\""));
}
