//! What is printed: the forms about a dossier, for its officials and its applicant, and the register.

use crate::{
    browser::{Page, attribute},
    fixture::Fixture,
    office::{PROCESSOR, RECEIVER, paid, receive},
};

const RECEIPT: &str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả (PDF)";

/// Where the links of a page lead.
fn addresses(page: &Page) -> Vec<String> {
    let tags = page.html.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    tags.filter_map(|tag| attribute(tag, "href")).collect()
}

fn assert_is_shown_as_pdf(page: &Page, name: &str) {
    assert_eq!(page.header("content-type"), "application/pdf");
    assert_eq!(page.header("content-disposition"), format!("inline; filename=\"{name}\""));
}

#[tokio::test]
async fn the_forms_that_there_are_stand_on_the_page_of_the_dossier_and_open_in_place() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let (work, own) = (format!("/work/dossiers/{id}"), format!("/dossiers/{id}"));
    receiver.get(&work).await.expect(200).says_not(RECEIPT);
    receive(&receiver, &work).await.expect(303);
    let page = receiver.get(&work).await.expect(200);
    page.says(RECEIPT).says("Phiếu kiểm soát quá trình giải quyết hồ sơ (PDF)");
    citizen.get(&own).await.expect(200).says(RECEIPT).says_not("Phiếu kiểm soát");
    for (who, form) in [(&receiver, "01"), (&receiver, "06"), (&citizen, "01")] {
        assert!(addresses(&page).contains(&format!("{own}/forms/{form}")), "{}", page.html);
        let shown = who.get(&format!("{own}/forms/{form}")).await.expect(200);
        assert_is_shown_as_pdf(&shown, &format!("{form}-H44.100-260721-0001.pdf"));
    }
    citizen.get(&format!("{own}/slip")).await.expect(200).says("Tải giấy tiếp nhận hồ sơ");
    citizen.get(&format!("{own}/forms/02")).await.expect(404);
}

#[tokio::test]
async fn the_register_of_the_days_asked_for_is_printed_in_parts() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    paid(&fixture, &citizen).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let list = receiver.get("/work/H44.100").await.expect(200);
    assert!(addresses(&list).contains(&"/work/H44.100/register".to_owned()), "{}", list.html);
    let page = receiver.get("/work/H44.100/register").await.expect(200);
    page.says("1 hồ sơ").says("In phần 1 trên 1 (PDF)");
    assert!(page.html.contains("value=\"2026-07-01\"") && page.html.contains("value=\"2026-07-21\""), "{}", page.html);
    let days = "from=2026-07-01&until=2026-07-21";
    assert!(addresses(&page).contains(&format!("/work/H44.100/register/1?{days}")), "{}", page.html);
    page.says("Trực tuyến, tự nộp").says("100 %").says("Qua bưu chính công ích").says("0 %");
    let shown = receiver.get(&format!("/work/H44.100/register/1?{days}")).await.expect(200);
    assert_is_shown_as_pdf(&shown, "07-H44.100-2026-07-01-2026-07-21-1.pdf");
    let refused = receiver.get("/work/H44.100/register?from=2026-07-21&until=2026-07-01").await.expect(422);
    refused.says("Có mục cần sửa").says("Ngày cuối phải từ ngày đầu trở đi");
    let refused = receiver.get("/work/H44.100/register?from=&until=x").await.expect(422);
    refused.says("Có mục cần sửa");
    receiver.get("/work/H44.101/register").await.expect(404);
}

#[tokio::test]
async fn form_04_is_printed_of_several_and_of_those_that_were_not_put_off_it_says_so() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (receiver, processor) = (fixture.signed_in(RECEIVER).await, fixture.signed_in(PROCESSOR).await);
    let (late, other) = (paid(&fixture, &citizen).await, paid(&fixture, &citizen).await);
    let work = format!("/work/dossiers/{late}");
    for id in [&late, &other] {
        receive(&receiver, &format!("/work/dossiers/{id}")).await.expect(303);
    }
    let form = processor.get(&format!("{work}/extension")).await.expect(200);
    let why = [("working_days", "1"), ("reason", "Phải xác minh thêm tại cơ quan khác.")];
    form.submit(&processor, &why).await.expect(303);
    let list = processor.get("/work/H44.100?work=OPEN").await.expect(200);
    let print = [("form", "04"), ("then", "PRINT"), (late.as_str(), "ticked"), (other.as_str(), "ticked")];
    let outcomes = list.submit(&processor, &print).await.expect(200);
    outcomes.says("H44.100-260721-0001").says("H44.100-260721-0002").says("Hồ sơ chưa được gia hạn");
    let rest = outcomes.submit(&processor, &[("then", "PRINT")]).await.expect(200);
    assert_eq!(rest.header("content-type"), "application/pdf");
}
