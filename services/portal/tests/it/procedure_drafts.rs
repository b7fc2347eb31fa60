//! A version of a procedure is written by one controller, approved by another and announced, in a browser without script.

use serde_json::Value;
use testkit::eventually;

use crate::{browser::Browser, fixture::Fixture};

pub const CONTROLLER: &str = "kiemsoat@h44.example.vn";
const SECOND: &str = "kiemsoat2@h44.example.vn";
const RECEIVER: &str = "tiepnhan@h44-100.example.vn";

/// A draft of the next version of the copy, as it is begun; its address.
pub async fn begun(controller: &Browser) -> String {
    let page = controller.get("/work/procedures/new?procedure=2.000635").await.expect(200);
    page.submit(controller, &[]).await.expect(303).leads_to().to_owned()
}

/// The next version of the copy, with this in one place.
fn next(pointer: &str, value: Value) -> String {
    let mut document: Value =
        serde_json::from_str(include_str!("../../../catalogue/data/procedures/2.000635/4.json")).expect("JSON");
    *document.pointer_mut(pointer).expect("a place") = value;
    document.to_string()
}

#[tokio::test]
async fn two_controllers_bring_another_price_into_force() {
    let fixture = Fixture::open().await;
    let (first, second) = (fixture.signed_in(CONTROLLER).await, fixture.signed_in(SECOND).await);
    assert_eq!(first.get("/work").await.leads_to(), "/work/procedures");
    let draft = begun(&first).await;
    let page = first.get(&draft).await.expect(200);
    page.says("Không có lỗi nào.").says("Không khác phiên bản 4.");
    let dearer = next("/fee_rules/0/channels/ONLINE/amount", 12_000.into());
    let saved = page.submit(&first, &[("document", &dearer), ("then", "save")]).await.expect(303);
    let page = first.get(saved.leads_to()).await.expect(200);
    page.says("Đã lưu bản soạn thảo.").says("trực tuyến: từ 8.000 ₫ thành 12.000 ₫.");
    first.get(&format!("{draft}/preview")).await.expect(200).says("Số lượng bản sao").says("Giấy tờ khác");
    page.submit(&first, &[("then", "submit")]).await.expect(303);
    let own = first.get(&draft).await.expect(200);
    assert!(!own.html.contains("value=\"approve\""), "who wrote it does not approve it");
    second.get("/work/procedures").await.expect(200).says("Chờ phê duyệt").says("2.000635");
    let page = second.get(&draft).await.expect(200);
    page.says("trực tuyến: từ 8.000 ₫ thành 12.000 ₫.");
    page.submit(&second, &[("then", "approve")]).await.expect(303);
    let page = first.get(&draft).await.expect(200);
    let missing = page.submit(&first, &[("decision", "1234/QĐ-UBND"), ("then", "publish")]).await.expect(422);
    assert!(missing.html.contains("value=\"1234/QĐ-UBND\""), "{}", missing.html);
    let day = [("in_force_from-day", "21"), ("in_force_from-month", "7"), ("in_force_from-year", "2026")];
    let published = missing.submit(&first, &[&day[..], &[("then", "publish")]].concat()).await.expect(303);
    first.get(published.leads_to()).await.expect(200).says("Đã công bố.").says("1234/QĐ-UBND");
    let asked = async || fixture.browser().get("/procedures/2.000635").await.html.contains("12.000 ₫").then_some(());
    eventually(asked).await;
    let changes = fixture.browser().get("/procedure-changes").await.expect(200);
    changes.says("Quyết định số 1234/QĐ-UBND.").says("trực tuyến: từ 8.000 ₫ thành 12.000 ₫.");
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_place_and_nothing_typed_is_lost() {
    let fixture = Fixture::open().await;
    let (first, second) = (fixture.signed_in(CONTROLLER).await, fixture.signed_in(SECOND).await);
    let draft = begun(&first).await;
    let page = first.get(&draft).await.expect(200);
    let stale = second.get(&draft).await.expect(200);
    let broken = page.submit(&first, &[("document", "{\"code\": gõ dở"), ("then", "save")]).await.expect(422);
    broken.says("Nội dung không phải JSON; lỗi ở dòng và cột 1:10.").says("gõ dở");
    let wrong = next("/fee_rules/0/kind", "TAX".into());
    let refused = broken.submit(&first, &[("document", &wrong), ("then", "save")]).await.expect(422);
    refused.says("/fee_rules/0/kind:").says("TAX");
    let endless = next("/process/0/next/0", "NOWHERE".into());
    refused.submit(&first, &[("document", &endless), ("then", "save")]).await.expect(303);
    let page = first.get(&draft).await.expect(200);
    page.says("dẫn tới NOWHERE, không có bước nào như vậy.").says("/process/0/next/0");
    assert!(!page.html.contains("value=\"submit\""), "what cannot work is not submitted");
    let other = next("/name/en", "người sau".into());
    let late = stale.submit(&second, &[("document", &other), ("then", "save")]).await.expect(422);
    late.says("Người khác vừa thay đổi bản soạn thảo này.").says("người sau");
}

#[tokio::test]
async fn a_new_procedure_begins_empty_with_what_it_has_to_say() {
    let fixture = Fixture::open().await;
    let first = fixture.signed_in(CONTROLLER).await;
    let page = first.get("/work/procedures/new").await.expect(200);
    let wrong = page.submit(&first, &[("procedure", "khai sinh")]).await.expect(422);
    wrong.says("Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số");
    let begun = wrong.submit(&first, &[("procedure", "1.009999")]).await.expect(303);
    let page = first.get(begun.leads_to()).await.expect(200);
    page.says("Đây là phiên bản đầu tiên của thủ tục.").says("Thiếu phần tiếng Việt.");
    let again = first.get("/work/procedures/new?procedure=1.009999").await.expect(200);
    again.submit(&first, &[]).await.expect(422).says("đang có một bản soạn thảo khác");
    page.submit(&first, &[("then", "discard")]).await.expect(303);
    first.get(begun.leads_to()).await.expect(404);
    let receiver = fixture.signed_in(RECEIVER).await;
    for address in ["/work/procedures", "/work/procedures/new"] {
        receiver.get(address).await.expect(403);
    }
}
