//! A fee is waived, in a browser without script: asked for at the till, approved by another, and seen by whoever owes it.

use testkit::eventually;

use crate::{
    browser::Browser,
    filing::{filed, until_due},
    fixture::Fixture,
    money::CASHIER,
    till,
};

const LEADER: &str = "lanhdao@h44-100.example.vn";
const BASIS: (&str, &str) = ("legal_basis", "Điều 10 Luật Phí và lệ phí 2015");
const PROOF: (&str, &str) = ("proof", "Giấy chứng nhận hộ nghèo số 12/GCN-HN ngày 05/01/2026, UBND phường Hồng Hà");

/// Asks for all of what is due at the page of a taking; gives the address of the waiver.
async fn ask(cashier: &Browser, taking: &str) -> String {
    let form = cashier.get(&format!("{taking}/waiver")).await.expect(200);
    form.submit(cashier, &[("class", "POOR_HOUSEHOLD"), BASIS, PROOF]).await.leads_to().to_owned()
}

/// The page of a waiver that waits for its decision, by a cashier whose shift is open.
pub async fn waiting(fixture: &Fixture, citizen: &Browser, cashier: &Browser) -> String {
    let taking = till::due(citizen, cashier).await;
    let taken = cashier.get(&taking).await.expect(200).submit(cashier, &[]).await.leads_to().to_owned();
    let (_, id) = taken.split_once("taken=").expect("what was taken");
    let reversal = cashier.get(&format!("/work/H44.100/takings/{id}")).await.expect(200);
    reversal.submit(cashier, &[("reason", "Người nộp thuộc hộ nghèo.")]).await.expect(303);
    let waiver = ask(cashier, &taking).await;
    assert!(fixture.signed_in(LEADER).await.get("/work/H44.100/stuck").await.expect(200).html.contains(&waiver));
    waiver
}

#[tokio::test]
async fn the_cashier_waives_a_part_with_reason_and_proof_and_the_payer_pays_the_rest() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    till::open(&cashier).await;
    let dossier = filed(&citizen).await;
    until_due(&citizen, &dossier).await;
    let page = citizen.get(&dossier).await.expect(200);
    let (_, code) = page.html.split_once("H44.100-").expect("a code");
    let taking = cashier.get(&format!("/work/H44.100/till?q=H44.100-{}", &code[..11])).await.leads_to().to_owned();
    cashier.get(&taking).await.expect(200).says("Đề nghị miễn, giảm");
    let form = cashier.get(&format!("{taking}/waiver")).await.expect(200);
    form.says("16.000 ₫").says("Hộ nghèo, hộ cận nghèo");
    let empty = form.submit(&cashier, &[BASIS]).await.expect(422);
    empty.says(BASIS.1);
    let fields = [("class", "POOR_HOUSEHOLD"), BASIS, PROOF];
    let much = form.submit(&cashier, &[&fields[..], &[("amount", "16.001")]].concat()).await.expect(422);
    much.says("lớn hơn số còn phải nộp").says(PROOF.1);
    let waiver = form.submit(&cashier, &[&fields[..], &[("amount", "6.000")]].concat()).await.leads_to().to_owned();
    cashier.get(&waiver).await.expect(200).says("Đã miễn, giảm").says(PROOF.1).says("6.000 ₫");
    cashier.get("/work/H44.100/money").await.expect(200).says("Hộ nghèo, hộ cận nghèo");
    cashier.get(&taking).await.expect(200).says("Còn phải nộp").says("10.000 ₫");
    let due = citizen.get(&format!("{dossier}/payment")).await.expect(200);
    due.says("Được miễn, giảm").says("10.000 ₫").says(BASIS.1);
    assert!(!due.html.contains("GCN-HN"), "the proof is for officials");
    citizen.get("/payments").await.expect(200).says("được giảm 6.000 ₫").says("còn phải nộp 10.000 ₫");
    let taken = cashier.get(&taking).await.expect(200).submit(&cashier, &[]).await.leads_to().to_owned();
    cashier.get(&taken).await.expect(200).says("Đã thu 10.000 ₫");
}

#[tokio::test]
async fn a_waiver_that_waits_stands_among_what_is_stuck_and_once_approved_the_dossier_goes_on() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let cashier = fixture.signed_in(CASHIER).await;
    till::open(&cashier).await;
    let waiver = waiting(&fixture, &citizen, &cashier).await;
    let list = citizen.get("/payments").await.expect(200);
    let (_, dossier) = list.html.split_once("href=\"/dossiers/").expect("a dossier");
    let dossier = format!("/dossiers/{}", dossier.split('"').next().expect("an end"));
    let waits = async || citizen.get(&dossier).await.expect(200).text().contains("cần làm Thanh toán");
    assert!(waits().await, "it waits for its fee");
    let leader = fixture.signed_in(LEADER).await;
    let page = leader.get("/work/H44.100/stuck").await.expect(200);
    page.says("Miễn, giảm chờ duyệt: 1");
    let own = cashier.get(&waiver).await.expect(200);
    own.submit(&cashier, &[("then", "approve")]).await.expect(422).says("phải do một cán bộ khác duyệt");
    let form = leader.get(&waiver).await.expect(200);
    form.says("Chờ cán bộ khác duyệt").says(PROOF.1);
    let why = [("reason", "Giấy chứng nhận đã hết hạn."), ("then", "turn_down")];
    let late = leader.get(&waiver).await.expect(200);
    form.submit(&leader, &[("then", "approve")]).await.expect(303);
    late.submit(&leader, &why).await.expect(422).says("Đã miễn, giảm").says(why[0].1);
    eventually(async || (!waits().await).then_some(())).await;
    citizen.get("/payments").await.expect(200).says("Được miễn");
    let paid = citizen.get(&format!("{dossier}/payment")).await.expect(200);
    paid.says("Được miễn phí, lệ phí").says(BASIS.1);
}
