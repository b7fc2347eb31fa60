//! Money goes back, in a browser without script: found by the cashier, asked for, proved, and seen by whoever paid.

use testkit::eventually;

use crate::{
    browser::{Browser, Page},
    filing::{filed, paid, pay},
    fixture::Fixture,
};

pub const CASHIER: &str = "thungan@h44-100.example.vn";
const LIST: &str = "/work/H44.100/money";

/// A dossier that is paid for and taken back; gives its address.
async fn withdrawn(fixture: &Fixture, citizen: &Browser) -> String {
    let dossier = filed(citizen).await;
    pay(fixture, citizen, &dossier, "pay").await;
    paid(citizen, &dossier).await;
    citizen.get(&format!("{dossier}/withdrawal")).await.expect(200).submit(citizen, &[]).await.expect(303);
    dossier
}

/// The address of the first payment that may have to go back.
async fn owed(cashier: &Browser) -> String {
    let link = format!("href=\"{LIST}/");
    let page: Page = eventually(|| async {
        let page = cashier.get(LIST).await.expect(200);
        page.html.contains(&link).then_some(page)
    })
    .await;
    let (_, rest) = page.html.split_once(&link).expect("a link");
    format!("{LIST}/{}", rest.split('"').next().expect("an end"))
}

async fn ask(cashier: &Browser, owed: &str, amount: &str) -> String {
    let fields = [("amount", amount), ("way", "BY_HAND"), ("reason", "Công dân đã rút hồ sơ.")];
    cashier.get(owed).await.expect(200).submit(cashier, &fields).await.leads_to().to_owned()
}

/// The pages of a payment that may have to go back, and of a refund of a part of it that was asked for.
pub async fn owed_and_asked(fixture: &Fixture, citizen: &Browser, cashier: &Browser) -> (String, String) {
    withdrawn(fixture, citizen).await;
    let owed = owed(cashier).await;
    let refund = ask(cashier, &owed, "1.000").await;
    (owed, refund)
}

#[tokio::test]
async fn the_cashier_finds_what_is_owed_gives_it_back_and_the_payer_sees_when() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    let dossier = withdrawn(&fixture, &citizen).await;
    assert_eq!(cashier.get("/work").await.leads_to(), LIST);
    let owed = owed(&cashier).await;
    let form = cashier.get(&owed).await.expect(200);
    form.says("Công dân rút hồ sơ").says("16.000 ₫");
    let wrong = form.submit(&cashier, &[("amount", "không"), ("reason", "Công dân đã rút hồ sơ.")]).await.expect(422);
    wrong.says("Nhập số tiền bằng đồng").says("Công dân đã rút hồ sơ.");
    let much = form.submit(&cashier, &[("amount", "16.001"), ("reason", "Công dân đã rút hồ sơ.")]).await.expect(422);
    much.says("lớn hơn số còn có thể hoàn trả");
    let refund = ask(&cashier, &owed, "16.000").await;
    citizen.get(&dossier).await.expect(200).says("Tiền hoàn trả").says("đã duyệt, sắp được chuyển");
    let page = cashier.get(&refund).await.expect(200);
    page.says("Đã duyệt");
    let done = page.submit(&cashier, &[("proof", "UNC 0042/2026"), ("then", "prove")]).await;
    cashier.get(done.leads_to()).await.expect(200).says("Đã hoàn trả").says("UNC 0042/2026");
    cashier.get(LIST).await.expect(200).says("Không có khoản nào phải hoàn trả");
    citizen.get(&dossier).await.expect(200).says("16.000 ₫: đã hoàn trả");
    let stranger = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    let _ = stranger.get(LIST).await.expect(403);
}

#[tokio::test]
async fn who_decides_about_a_refund_that_was_decided_meanwhile_reads_what_became_of_it_and_keeps_what_was_typed() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (one, other) = (fixture.signed_in(CASHIER).await, fixture.signed_in(CASHIER).await);
    let (_, refund) = owed_and_asked(&fixture, &citizen, &one).await;
    let late = other.get(&refund).await.expect(200);
    let proof = [("proof", "UNC 0042/2026"), ("then", "prove")];
    one.get(&refund).await.expect(200).submit(&one, &proof).await.expect(303);
    let no = [("reason", "Đã trả tại quầy hôm qua."), ("then", "turn_down")];
    let told = late.submit(&other, &no).await.expect(422);
    told.says("vừa được người khác thay đổi").says("Đã hoàn trả").says("UNC 0042/2026").says(no[0].1);
}
