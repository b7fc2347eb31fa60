//! Results go by post, in a browser without script: put on a manifest, signed for, brought back, fetched.

use crate::{
    browser::{Browser, Page},
    fixture::Fixture,
    office::{PROCESSOR, RECEIVER, confirmed, with_draft, with_result},
};

pub const LIST: &str = "/work/H44.100/post";
const ADDRESS: &str = "Tổ 5, phường Đồi Chè, tỉnh Phú Thọ";
const CARRIER: (&str, &str) = ("carrier", "Đỗ Văn Thư, Bưu cục Việt Trì");

/// A result of the citizen's that is ready and wanted by post; gives its dossier's id.
async fn ready(fixture: &Fixture, citizen: &Browser, processor: &Browser) -> String {
    complete(citizen, processor, &with_result(fixture, citizen, processor).await).await
}

async fn complete(citizen: &Browser, processor: &Browser, work: &str) -> String {
    let own = work.replace("/work", "");
    let choice = citizen.get(&format!("{own}/return-way")).await.expect(200);
    choice.submit(citizen, &[("way", "POST"), ("address", ADDRESS)]).await.expect(303);
    processor.get(&format!("{work}/completion")).await.expect(200).submit(processor, &[]).await.expect(303);
    own.trim_start_matches("/dossiers/").to_owned()
}

/// Puts results on a manifest; gives its address.
async fn listed(receiver: &Browser, dossiers: &[&str]) -> String {
    let boxes: Vec<_> = dossiers.iter().map(|id| format!("send-{id}")).collect();
    let ticked: Vec<_> = boxes.iter().map(|name| (name.as_str(), "ticked")).collect();
    let page = receiver.get(LIST).await.expect(200);
    page.submit_to(receiver, LIST, &ticked).await.expect(303).leads_to().to_owned()
}

/// The names of the fields of a page that begin so.
fn fields(page: &Page, begin: &str) -> Vec<String> {
    let named = format!("name=\"{begin}");
    let all = page.html.split(&named).skip(1);
    all.map(|rest| format!("{begin}{}", rest.split('"').next().unwrap_or_default())).collect()
}

async fn signed(receiver: &Browser, manifest: &str, code: &str) {
    let page = receiver.get(manifest).await.expect(200);
    let field = fields(&page, "code-").remove(0);
    page.submit(receiver, &[(&field, code), CARRIER, ("then", "sign")]).await.expect(303);
}

async fn note(receiver: &Browser, outcome: &str, more: &[(&str, &str)]) -> Page {
    let page = receiver.get(LIST).await.expect(200);
    let action = page.html.split("action=\"/work/H44.100/parcels/").nth(1).expect("a parcel under way");
    let action = format!("/work/H44.100/parcels/{}", action.split('"').next().unwrap_or_default());
    page.submit_to(receiver, &action, &[&[("then", outcome)], more].concat()).await
}

/// A result that waits, one on a manifest that nobody signed, and one that came back; gives the manifest's address.
pub async fn listed_and_came_back(fixture: &Fixture, [citizen, processor, receiver]: [&Browser; 3]) -> String {
    let ready = async || {
        let work = with_result(fixture, citizen, processor).await;
        // Every procedure asks for a draft there.
        confirmed(citizen, &with_draft(processor, &work).await).await.expect(303);
        complete(citizen, processor, &work).await
    };
    let came_back = ready().await;
    signed(receiver, &listed(receiver, &[&came_back]).await, "EB0001").await;
    note(receiver, "CAME_BACK", &[]).await.expect(303);
    let waiting = ready().await;
    ready().await;
    listed(receiver, &[&waiting]).await
}

#[tokio::test]
async fn a_result_is_listed_signed_for_brought_back_and_fetched() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (processor, receiver) = (fixture.signed_in(PROCESSOR).await, fixture.signed_in(RECEIVER).await);
    receiver.get(LIST).await.expect(200).says("Không có kết quả nào chờ gửi qua bưu chính.");
    let id = ready(&fixture, &citizen, &processor).await;
    let page = receiver.get(LIST).await.expect(200);
    page.says(ADDRESS);
    page.submit_to(&receiver, LIST, &[]).await.expect(422).says("Chọn ít nhất một kết quả để lập bảng kê.");

    let manifest = listed(&receiver, &[&id]).await;
    let page = receiver.get(&manifest).await.expect(200);
    page.says("Bảng kê số 1/2026").says(ADDRESS);
    let field = fields(&page, "code-").remove(0);
    let nothing = page.submit(&receiver, &[("then", "sign")]).await.expect(422);
    nothing.says("Ghi mã bưu gửi của ít nhất một kết quả");
    assert!(nothing.html.contains("id=\"carrier-error\""), "{}", nothing.html);
    let refused = page.submit(&receiver, &[(&field, "E"), CARRIER, ("then", "sign")]).await.expect(422);
    assert!(refused.html.contains(&format!("id=\"{field}-error\"")), "{}", refused.html);
    let refused = refused.submit(&receiver, &[(&field, "EB0001"), ("carrier", ""), ("then", "sign")]).await.expect(422);
    assert!(
        refused.html.contains("id=\"carrier-error\"") && refused.html.contains("value=\"EB0001\""),
        "{}",
        refused.html
    );
    refused.submit(&receiver, &[CARRIER, ("then", "sign")]).await.expect(303);
    receiver.get(&manifest).await.expect(200).says("Đã bàn giao").says("EB0001").says(CARRIER.1);
    let document = receiver.get(&format!("{manifest}/pdf")).await.expect(200);
    assert_eq!(document.header("content-type"), "application/pdf");
    citizen.get(&format!("/dossiers/{id}")).await.expect(200).says("Đã trả kết quả");

    receiver.get(LIST).await.expect(200).says("Đang phát");
    note(&receiver, "CAME_BACK", &[]).await.expect(303);
    let back = receiver.get(LIST).await.expect(200);
    back.says("Chuyển hoàn, đang ở cơ quan");
    let field = fields(&back, "collected-").remove(0);
    let refused = note(&receiver, "COLLECTED", &[]).await.expect(422);
    assert!(refused.html.contains(&format!("id=\"{field}-error\"")), "{}", refused.html);
    note(&receiver, "COLLECTED", &[(&field, "Nguyễn Văn An")]).await.expect(303);
    receiver.get(&manifest).await.expect(200).says("Đã nhận tại quầy").says("Nguyễn Văn An");
}

#[tokio::test]
async fn a_manifest_is_dropped_and_who_does_not_receive_only_looks() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (processor, receiver) = (fixture.signed_in(PROCESSOR).await, fixture.signed_in(RECEIVER).await);
    let id = ready(&fixture, &citizen, &processor).await;
    let manifest = listed(&receiver, &[&id]).await;
    let looks = processor.get(&manifest).await.expect(200);
    looks.says("Chờ bàn giao").says_not("Đã ký bàn giao");
    processor.get(LIST).await.expect(200).says("Bảng kê số 1/2026");
    let [page, stale] = [receiver.get(&manifest).await.expect(200), receiver.get(&manifest).await.expect(200)];
    page.submit(&receiver, &[("then", "cancel")]).await.expect(303);
    receiver.get(&manifest).await.expect(200).says("Đã hủy").says("Không bàn giao");
    let late = stale.submit(&receiver, &[CARRIER, ("then", "cancel")]).await.expect(422);
    late.says("Bảng kê đã ký bàn giao hoặc đã hủy").says(CARRIER.1);
    receiver.get(LIST).await.expect(200).says(ADDRESS);
}
