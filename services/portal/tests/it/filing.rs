//! A citizen files, pays, follows and receives, without any script.

use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::{Method, eventually};

use crate::{
    browser::{Browser, Page, upload_to},
    fixture::Fixture,
};

/// A PDF of one empty page, as small as they come.
pub const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
pub const PERSON: &[(&str, &str)] = &[
    ("person_name", "Trần Thị Lan"),
    ("person_birth_date-day", "8"),
    ("person_birth_date-month", "3"),
    ("person_birth_date-year", "1992"),
];
pub const EVENT: &[(&str, &str)] = &[
    ("event", "BIRTH"),
    ("event_date-day", "8"),
    ("event_date-month", "3"),
    ("event_date-year", "1992"),
    ("event_place", "Phường Demo"),
];
pub const COPIES: &[(&str, &str)] = &[("copies", "2"), ("purpose", "WORK")];
const APPLICANT: &[(&str, &str)] =
    &[("applicant_name", "Trần Thị Lan"), ("applicant_citizen_number", "000192000123"), ("truthful", "true")];

/// Opens a draft of 2.000635 at H44.100; gives its address.
pub async fn open(browser: &Browser) -> String {
    let page = browser.get("/procedures/2.000635/start?q=doi+che").await.expect(200);
    page.says("Ủy ban nhân dân phường Đồi Chè");
    // The agency reaches submissions as an event.
    let opened = eventually(|| async {
        let sent = page.submit(browser, &[("agency", "H44.100")]).await;
        (sent.status == 303).then_some(sent)
    })
    .await;
    opened.leads_to().trim_end_matches("/form/1").to_owned()
}

/// Fills a page of the form; gives where it leads.
async fn fill(browser: &Browser, address: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.get(address).await.expect(200);
    page.submit(browser, fields).await.leads_to().to_owned()
}

async fn fill_all(browser: &Browser, dossier: &str) {
    let mut address = format!("{dossier}/form/1");
    for fields in [PERSON, EVENT, COPIES, APPLICANT] {
        address = fill(browser, &address, fields).await;
    }
    assert_eq!(address, format!("{dossier}/documents"));
}

/// Uploads a file to the first component, as the form of the page does.
pub async fn upload(browser: &Browser, dossier: &str, name: &str, bytes: &[u8]) -> Page {
    upload_to(browser, &format!("{dossier}/documents"), name, bytes).await
}

/// Opens a draft that is filled; gives its address.
pub async fn filled(browser: &Browser) -> String {
    let dossier = open(browser).await;
    fill_all(browser, &dossier).await;
    dossier
}

/// Files a dossier; gives its address.
pub async fn filed(browser: &Browser) -> String {
    filed_with(browser, None).await
}

/// Files a dossier with a paper; gives its address.
pub async fn filed_with(browser: &Browser, paper: Option<(&str, &[u8])>) -> String {
    let dossier = filled(browser).await;
    if let Some((name, bytes)) = paper {
        upload(browser, &dossier, name, bytes).await.expect(303);
    }
    let check = browser.get(&format!("{dossier}/check")).await.expect(200);
    assert_eq!(check.submit(browser, &[]).await.leads_to(), format!("{dossier}/slip"));
    dossier
}

#[tokio::test]
async fn a_dossier_is_filed_paid_followed_and_its_result_received() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    browser.get(&dossier).await.expect(200).says("Đang soạn").says("Chưa điền");
    fill_all(&browser, &dossier).await;
    upload(&browser, &dossier, "Giấy ủy quyền.pdf", PDF).await.expect(303);
    let check = browser.get(&format!("{dossier}/check")).await.expect(200);
    check.says("Phí, lệ phí phải nộp 16.000 ₫").says("Dự kiến trả kết quả");
    check.says("Trần Thị Lan").says("08/03/1992").says("Khai sinh").says("Giấy ủy quyền.pdf").says("Việc làm");
    let slip = check.submit(&browser, &[]).await;
    let slip = browser.get(slip.leads_to()).await.expect(200);
    slip.says("Hồ sơ đã được nộp").says("H44.100-260721-0001").says("16.000 ₫");
    assert!(slip.html.contains("class=\"motcua-qr\""), "{}", slip.html);
    let secret = slip.html.split_once("class=\"motcua-slip__secret\">").expect("a secret").1[..20].to_owned();
    let stranger = fixture.browser();
    let tracked = stranger.get(&format!("/tracking?code=H44.100-260721-0001&secret={secret}")).await.expect(200);
    tracked.says("Chờ thanh toán").says_not("Trần Thị Lan");
    pay(&fixture, &browser, &dossier, "pay").await;
    eventually(|| async {
        let page = browser.get(&format!("{dossier}/payment?back=1")).await;
        page.html.contains("data-payment-state=\"paid\"").then_some(())
    })
    .await;
    paid(&browser, &dossier).await.says("Mới đăng ký");
    complete(&fixture, dossier.trim_start_matches("/dossiers/")).await;
    let done = browser.get(&dossier).await.expect(200);
    done.says("Đã có kết quả").says("Tải về: ket-qua.pdf");
    let link = done.html.split("href=\"").find(|it| it.contains("/results/")).and_then(|it| it.split('"').next());
    let file = browser.get(link.expect("a link")).await.expect(200);
    assert_eq!(file.html.as_bytes(), PDF);
    assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);
}

#[tokio::test]
async fn who_files_or_throws_away_from_an_old_page_is_shown_what_changed_since() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filled(&browser).await;
    let old = browser.get(&format!("{dossier}/check")).await.expect(200);
    let removal = browser.get(&format!("{dossier}/removal")).await.expect(200);
    // In another window.
    upload(&browser, &dossier, "uy-quyen.pdf", PDF).await.expect(303);
    fill(&browser, &format!("{dossier}/form/3"), &[("copies", "5"), ("purpose", "WORK")]).await;
    removal.submit(&browser, &[]).await.expect(422).says("vừa được sửa ở nơi khác");
    let again = old.submit(&browser, &[]).await.expect(422);
    again.says("vừa được sửa ở nơi khác").says("40.000 ₫").says("uy-quyen.pdf");
    let (_, summary) = again.html.split_once("govuk-error-summary__list").expect("a summary");
    let (summary, _) = summary.split_once("</ul>").expect("an end");
    for link in [format!("{dossier}/form/3#copies"), format!("{dossier}/documents")] {
        assert!(summary.contains(&format!("href=\"{link}\"")), "{summary}");
    }
    assert!(!summary.contains("#purpose"), "what is as it was is not named: {summary}");
    assert_eq!(again.submit(&browser, &[]).await.leads_to(), format!("{dossier}/slip"));
}

/// The page of the payment, once its order has been opened.
pub async fn until_due(browser: &Browser, dossier: &str) -> Page {
    eventually(|| async {
        let page = browser.get(&format!("{dossier}/payment")).await.expect(200);
        page.html.contains("data-payment-state=\"due\"").then_some(page)
    })
    .await
}

/// Makes a link by which somebody else pays; gives its page.
pub async fn pay_link(fixture: &Fixture, browser: &Browser, dossier: &str) -> String {
    let page = until_due(browser, dossier).await;
    let made = page.submit_to(browser, &format!("{dossier}/payment/links"), &[]).await.expect(200);
    let address = made.html.split_once(&format!("href=\"{}/pay/", fixture.gateway)).expect("a link").1;
    format!("/pay/{}", address.split('"').next().expect("a link"))
}

/// Pays at the provider's page, as far as its way back.
pub async fn pay(fixture: &Fixture, browser: &Browser, dossier: &str, choice: &str) {
    let page = until_due(browser, dossier).await;
    let begun = page.submit(browser, &[]).await.expect(200);
    let pay_url = begun.html.split_once("content=\"0; url=").expect("a way").1.split('"').next().expect("a way");
    let back = fixture.pay(&pay_url.replace("&amp;", "&"), choice).await;
    let back = back.strip_prefix(&fixture.gateway).expect("a way back to us").to_owned();
    let returned = browser.get(&back).await;
    assert_eq!(returned.leads_to(), format!("{dossier}/payment?back=1"));
    fixture.browser().get(&back).await.expect(200).says("Đã trở lại từ trang thanh toán");
}

/// The dossier's page, once the payment has reached it.
pub async fn paid(browser: &Browser, dossier: &str) -> Page {
    eventually(|| async {
        let page = browser.get(dossier).await.expect(200);
        // A page may be put together while the money is noted: its parts are read one after the other.
        let noted = page.text().contains("đã thanh toán lúc") && !page.text().contains("cần làm Thanh toán");
        noted.then_some(page)
    })
    .await
}

/// What the officials of the agency do, by the API.
async fn complete(fixture: &Fixture, id: &str) {
    let token = async |email: &str| {
        let who = json!({"email": email, "password": crate::fixture::PASSWORD});
        let call = fixture.installation.nobody().call("gateway", Method::POST, "/api/v1/sessions");
        let pair = call.json(&who).send().await.expect(201);
        fixture.installation.nobody().with_token(Some(pair.text("/access_token").to_owned()))
    };
    let (receiver, processor) = (token("tiepnhan@h44-100.example.vn").await, token("xuly@h44-100.example.vn").await);
    let path = |what: &str| format!("/api/v1/dossiers/{id}/{what}");
    let receive = receiver.call("gateway", Method::POST, &path("receipt")).key("receive").json(&json!({}));
    receive.send().await.expect(200);
    let result = processor.call("gateway", Method::POST, &path("results?file_name=ket-qua.pdf")).key("result");
    result.body(PDF, "application/pdf").send().await.expect(201);
    let completion = processor.call("gateway", Method::POST, &path("completion")).key("complete").json(&json!({}));
    completion.send().await.expect(200);
}

#[tokio::test]
async fn a_double_click_files_once_and_a_filed_dossier_has_no_pages_to_fill() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    fill_all(&browser, &dossier).await;
    let check = browser.get(&format!("{dossier}/check")).await.expect(200);
    let (first, second) = tokio::join!(check.submit(&browser, &[]), check.submit(&browser, &[]));
    assert!([first.status, second.status].contains(&303), "{} {}", first.status, second.status);
    for page in ["/form/1", "/documents", "/check"] {
        assert_eq!(browser.get(&format!("{dossier}{page}")).await.leads_to(), dossier, "{page}");
    }
    browser.get("/dossiers").await.says("H44.100-260721-0001").says_not("H44.100-260721-0002");
}

#[tokio::test]
async fn she_pays_by_the_way_she_chooses() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&browser).await;
    let page = until_due(&browser, &dossier).await;
    page.says("Ông/bà muốn thanh toán bằng cách nào?").says("Ví MoMo");
    let begun = page.submit(&browser, &[("way", "MOMO")]).await.expect(200);
    let pay_url = begun.html.split_once("content=\"0; url=").expect("a way").1.split('"').next().expect("a way");
    fixture.pay_at_checkout(&pay_url.replace("&amp;", "&"), "pay").await;
    paid(&browser, &dossier).await;
}

#[tokio::test]
async fn somebody_else_pays_by_a_link_that_says_nothing_about_her() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&browser).await;
    let taken_back = pay_link(&fixture, &browser, &dossier).await;
    let payment = browser.get(&format!("{dossier}/payment")).await.expect(200);
    let removal =
        payment.html.split_once("/removal").expect("a form").0.rsplit('"').next().expect("an address").to_owned();
    payment.submit_to(&browser, &format!("{removal}/removal"), &[]).await.expect(303);
    fixture.browser().get(&taken_back).await.says("Không dùng được liên kết này");
    let link = pay_link(&fixture, &browser, &dossier).await;

    let somebody = fixture.browser();
    let page = somebody.get(&link).await.expect(200);
    page.says("Thanh toán giúp người khác").says_not("H44.100").says_not("Nguyễn");
    let begun = page.submit(&somebody, &[("way", "MOMO")]).await.expect(200);
    let pay_url = begun.html.split_once("content=\"0; url=").expect("a way").1.split('"').next().expect("a way");
    fixture.pay_at_checkout(&pay_url.replace("&amp;", "&"), "pay").await;
    paid(&browser, &dossier).await;
    somebody.get(&link).await.expect(200).says("Không còn khoản phải nộp");
}

#[tokio::test]
async fn a_refused_payment_can_be_tried_again() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&browser).await;
    pay(&fixture, &browser, &dossier, "cancel").await;
    eventually(|| async {
        let page = browser.get(&format!("{dossier}/payment?back=1")).await;
        page.html.contains("data-payment-state=\"failed\"").then_some(())
    })
    .await;
    browser.get(&format!("{dossier}/payment")).await.says("Thanh toán không thành công").says("VNPAY");
}

#[tokio::test]
async fn nobody_sees_anothers_dossier() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let logins = accounts::demonstration_logins();
    let other = logins.into_iter().map(|it| it.login).filter(|it| it.contains('@') && !it.contains("h44"));
    let other = other.into_iter().find(|login| !login.contains("an@")).expect("another citizen");
    let stranger = fixture.signed_in(&other).await;
    for page in ["", "/form/1", "/documents", "/check", "/slip", "/payment"] {
        stranger.get(&format!("{dossier}{page}")).await.expect(404);
        assert!(
            fixture.browser().get(&format!("{dossier}{page}")).await.leads_to().starts_with("/sign-in?next="),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_draft_keeps_the_form_of_the_version_it_was_begun_with() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let before = open(&browser).await;
    let publish = |id: &str, current: &str| {
        format!(
            "insert into procedure_versions
            select (jsonb_populate_record(v, jsonb_build_object({id} 'version', 5, 'content',
                jsonb_set(content, '{{ui,fields,copies,label,vi}}', '\"Số tờ\"')))).*
            from procedure_versions v where procedure = '2.000635' and version = 4;
            update procedures set current_version = {current} where code = '2.000635'"
        )
    };
    let copy = publish(
        "'id', gen_random_uuid(),",
        "(select id from procedure_versions where procedure = '2.000635' and version = 5)",
    );
    fixture.installation.database("catalogue").await.batch_execute(&publish("", "5")).await.expect("a new version");
    fixture.installation.database("submissions").await.batch_execute(&copy).await.expect("its copy");
    let after = open(&browser).await;
    browser.get(&format!("{before}/form/3")).await.expect(200).says("Số lượng bản sao").says_not("Số tờ");
    browser.get(&format!("{after}/form/3")).await.expect(200).says("Số tờ").says_not("Số lượng bản sao");
}
