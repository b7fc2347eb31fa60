//! An official receives, answers and completes, in a browser without script.

use std::pin::pin;

use diesel_async::SimpleAsyncConnection;
use futures_util::future::select;
use testkit::{Method, eventually};

use crate::{
    browser::{Browser, Page, upload_to},
    files::TOO_LARGE,
    filing::{PDF, filed, pay},
    fixture::Fixture,
};

pub const RECEIVER: &str = "tiepnhan@h44-100.example.vn";
pub const PROCESSOR: &str = "xuly@h44-100.example.vn";
pub const LEADER: &str = "lanhdao@h44-100.example.vn";

pub const ELSEWHERE: &str = "xuly@h44-101.example.vn";

/// A dossier that is filed and paid; gives its id.
pub async fn paid(fixture: &Fixture, citizen: &Browser) -> String {
    let dossier = filed(citizen).await;
    pay(fixture, citizen, &dossier, "pay").await;
    crate::filing::paid(citizen, &dossier).await;
    dossier.trim_start_matches("/dossiers/").to_owned()
}

pub async fn receive(official: &Browser, dossier: &str) -> Page {
    official.get(&format!("{dossier}/receipt")).await.expect(200).submit(official, &[]).await
}

/// A dossier that waits for its completion: paid, received, with a result; gives its address at the desk.
pub async fn with_result(fixture: &Fixture, citizen: &Browser, processor: &Browser) -> String {
    let dossier = format!("/work/dossiers/{}", paid(fixture, citizen).await);
    receive(&fixture.signed_in(RECEIVER).await, &dossier).await.expect(303);
    upload_to(processor, &format!("{dossier}/results"), "a.pdf", PDF).await.expect(303);
    dossier
}

/// Has every procedure ask for drafts of its results to be confirmed: before anybody files.
pub async fn with_drafts(fixture: &Fixture) {
    let ask = "update procedure_versions set content = jsonb_set(content, '{draft_days}', '1')";
    fixture.installation.database("submissions").await.batch_execute(ask).await.expect("versions");
}

/// Sends the applicant of a dossier a draft of its result; gives its address for her.
pub async fn with_draft(processor: &Browser, work: &str) -> String {
    upload_to(processor, &format!("{work}/drafts"), "du-thao.pdf", PDF).await.expect(303);
    work.replace("/work", "")
}

/// She confirms it.
pub async fn confirmed(citizen: &Browser, own: &str) -> Page {
    let page = citizen.get(&format!("{own}/draft-answer")).await.expect(200);
    page.submit(citizen, &[("answer", "CONFIRMED")]).await
}

/// Asks another commune about the dossier at this address; gives where it is answered.
pub async fn consulted(processor: &Browser, work: &str) -> String {
    let form = processor.get(&format!("{work}/consultations")).await.expect(200);
    let question = ("question", "Đề nghị xác minh nơi cư trú trước đây.");
    form.submit(processor, &[("agency", "H44.101"), question, ("shows", "PAPERS")]).await.expect(303);
    format!("{}/1", work.replace("/dossiers/", "/consultations/"))
}

/// Where the first result of the dossier at this address is taken back.
pub async fn removal(processor: &Browser, work: &str) -> String {
    let page = processor.get(work).await.expect(200);
    let (before, _) = page.html.split_once("/removal\"").expect("a link to take a result back");
    format!("{}/removal", before.rsplit('"').next().expect("an address"))
}

/// A dossier that papers are asked for, one of them uploaded; gives its address for its applicant.
pub async fn asked_for_papers(fixture: &Fixture, citizen: &Browser, processor: &Browser) -> String {
    let id = paid(fixture, citizen).await;
    let (work, own) = (format!("/work/dossiers/{id}"), format!("/dossiers/{id}"));
    receive(&fixture.signed_in(RECEIVER).await, &work).await.expect(303);
    let form = processor.get(&format!("{work}/supplement-request")).await.expect(200);
    let papers =
        [("GIAY_TO_KHAC-reason", "Thiếu văn bản ủy quyền."), ("GIAY_TO_KHAC-guidance", "Nộp bản có chứng thực.")];
    form.submit(processor, &papers).await.expect(303);
    upload_to(citizen, &format!("{own}/supplement"), "a.pdf", PDF).await.expect(303);
    own
}

/// A dossier of somebody without an account that a paper is asked for, which is uploaded; gives the page that her receipt leads to.
pub async fn asked_by_receipt(nobody: &Browser, receiver: &Browser, processor: &Browser) -> String {
    let (scans, secret) = crate::intake::taken_with_secret(receiver).await;
    let work = format!("/work/dossiers/{}", scans.rsplit('/').next().expect("an id"));
    let page = processor.get(&work).await.expect(200);
    let is_of_code = |letter: &char| letter.is_ascii_digit() || *letter == '-';
    let number: String = page.html.split("H44.100-").nth(1).expect("a code").chars().take_while(is_of_code).collect();
    let form = processor.get(&format!("{work}/supplement-request")).await.expect(200);
    let papers = [("BAN_CHINH-reason", "Ảnh mờ."), ("BAN_CHINH-guidance", "Chụp lại cả tờ.")];
    form.submit(processor, &papers).await.expect(303);
    let address = format!("/tracking?code=H44.100-{number}&secret={secret}");
    upload_to(nobody, &address, "a.pdf", PDF).await.expect(200).says("a.pdf");
    address
}

/// The leader is noted to be away, once accounts has told who serves at the agency.
pub async fn leave_noted(administrator: &Browser) {
    let address = "/work/H44.100/leaves";
    let page = eventually(async || {
        let page = administrator.get(address).await.expect(200);
        (page.html.contains("Phạm Thị Duyệt") && page.html.contains("Lê Văn Xử")).then_some(page)
    });
    let page = page.await;
    let id = |name: &str| {
        let before = page.html.split(&format!("\">{name} (")).next().expect("an option");
        before.rsplit("value=\"").next().expect("a value").to_owned()
    };
    let (official, deputy) = (id("Phạm Thị Duyệt"), id("Lê Văn Xử"));
    let fields =
        [("official", &*official), ("deputy", &deputy), ("first_day", "2026-12-07"), ("last_day", "2026-12-06")];
    let wrong = page.submit(administrator, &fields).await.expect(422);
    wrong.says("Ngày cuối phải sau hoặc trùng ngày đầu.");
    let fields =
        [("official", &*official), ("deputy", &deputy), ("first_day", "2026-12-07"), ("last_day", "2026-12-11")];
    let noted = wrong.submit(administrator, &fields).await;
    administrator.get(noted.leads_to()).await.expect(200).says("Người làm thay: Lê Văn Xử.");
}

#[tokio::test]
async fn a_leader_takes_a_dossier_on_and_nobody_else_completes_it() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let work = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    receive(&fixture.signed_in(RECEIVER).await, &work).await.expect(303);
    let (leader, other) = (fixture.signed_in(LEADER).await, fixture.signed_in(PROCESSOR).await);
    leader.get("/work/H44.100?work=TO_SIGN").await.expect(200).says("H44.100-");
    let taken = leader.get(&format!("{work}/taking")).await.expect(200).submit(&leader, &[]).await;
    let page = leader.get(taken.leads_to()).await.expect(200);
    page.says("Bạn đang thụ lý hồ sơ này.").says("Kiểm soát quá trình giải quyết").says("Đang xử lý");
    other.get(&work).await.expect(200).says("Hồ sơ đang có người thụ lý.");
    other.get("/work/H44.100?work=TO_SIGN").await.expect(200).says("Không có hồ sơ nào");
    citizen.get(&work.replace("/work", "")).await.expect(200).says("Giải quyết và ký kết quả");
    let back = leader.get(&format!("{work}/giving-back")).await.expect(200);
    let back = back.submit(&leader, &[("reason", "Nhường đồng nghiệp thụ lý.")]).await;
    leader.get(back.leads_to()).await.expect(200).says("Hồ sơ đã trở lại danh sách").says("Nhường đồng nghiệp thụ lý.");
}

#[tokio::test]
async fn a_dossier_is_received_answered_and_completed_and_the_citizen_has_the_result() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let dossier = format!("/work/dossiers/{id}");
    let receiver = fixture.signed_in(RECEIVER).await;
    assert_eq!(receiver.get("/work").await.leads_to(), "/work/H44.100");
    let list = receiver.get("/work/H44.100").await.expect(200);
    list.says("Cần giải quyết 1")
        .says("H44.100-260721-0001")
        .says("Mới đăng ký")
        .says("Tiếp nhận trước: 22/07/2026, 10:00");
    assert!(list.html.contains(&format!("href=\"{dossier}?list=")), "{}", list.html);
    let page = receiver.get(&dossier).await.expect(200);
    page.says("Trần Thị Lan").says("Việc làm").says("16.000 ₫ – đã thanh toán lúc");
    page.says("Thêm kết quả: Tài khoản không được phân công việc này tại cơ quan.");
    let received = receive(&receiver, &dossier).await;
    assert_eq!(received.leads_to(), format!("{dossier}?done=RECEIVE"));
    receiver.get(received.leads_to()).await.expect(200).says("Đã tiếp nhận hồ sơ").says("Thời gian còn lại");
    let processor = fixture.signed_in(PROCESSOR).await;
    processor.get("/work/H44.100?status=RECEIVED").await.expect(200).says("Hôm nay, 17:00");
    processor.get(&dossier).await.expect(200).says("Hoàn thành hồ sơ: Chưa có giấy tờ kết quả.");
    let results = format!("{dossier}/results");
    upload_to(&processor, &results, "ảnh.png", b"\x89PNG\r\n\x1a\n").await.expect(422).says("Có mục cần sửa");
    for megabytes in [11, 21] {
        let file = [PDF, &vec![b' '; megabytes << 20]].concat();
        upload_to(&processor, &results, "a.pdf", &file).await.expect(422).says(TOO_LARGE);
    }
    upload_to(&processor, &results, "a.pdf", &PDF[..40]).await.expect(422).says("Tệp bị hỏng hoặc chưa đủ");
    upload_to(&processor, &results, "a.HEIC", b"")
        .await
        .expect(422)
        .says("Chỉ nhận tệp PDF.")
        .says_not("JPEG hoặc PNG");
    let issued = upload_to(&processor, &results, "trích lục.pdf", PDF).await;
    processor.get(issued.leads_to()).await.expect(200).says("Đã thêm kết quả").says("trích lục.pdf");
    citizen.get(&format!("/dossiers/{id}")).await.says_not("trích lục.pdf");
    let completion = processor.get(&format!("{dossier}/completion")).await.expect(200);
    let completed = completion.submit(&processor, &[("note", "Đã đối chiếu sổ gốc")]).await;
    let done = processor.get(completed.leads_to()).await.expect(200);
    done.says("Đã hoàn thành hồ sơ").says("Đã đối chiếu sổ gốc").says("Đã kết thúc");
    processor.get("/work/H44.100").await.says("Cần giải quyết 0").says("Không có hồ sơ nào ở mục này.");
    let seen = citizen.get(&format!("/dossiers/{id}")).await.expect(200);
    seen.says("Đã có kết quả").says("trích lục.pdf").says_not("Đã đối chiếu sổ gốc");
    let told = |text: String| text.contains("đã có kết quả").then_some(());
    eventually(|| async { told(citizen.get("/messages").await.text()) }).await;
    let inbox = citizen.get("/messages").await.expect(200);
    inbox.says("Chưa đọc").says("Mở trang liên quan");
    assert!(inbox.html.contains(&format!("href=\"/dossiers/{id}\"")), "{}", inbox.html);
    let read = inbox.submit(&citizen, &[]).await;
    citizen.get(read.leads_to()).await.expect(200).says("H44.100-260721-0001").says_not("Chưa đọc");
}

#[tokio::test]
async fn a_result_added_by_mistake_is_taken_back_before_the_dossier_is_completed() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let work = with_result(&fixture, &citizen, &processor).await;
    processor.get(&work).await.expect(200).says("Gỡ kết quả").says("a.pdf");
    let page = processor.get(&removal(&processor, &work).await).await.expect(200);
    page.says("Tệp a.pdf bị xóa khỏi hồ sơ.");
    let late = processor.get(&removal(&processor, &work).await).await.expect(200);
    let done = page.submit(&processor, &[]).await;
    processor.get(done.leads_to()).await.expect(200).says("Đã gỡ kết quả khỏi hồ sơ.").says_not("a.pdf");
    late.submit(&processor, &[]).await.expect(409).says("Hồ sơ vừa thay đổi");
    processor.get(&format!("{work}/completion")).await.expect(303);
}

#[tokio::test]
async fn an_official_is_told_on_the_page_that_her_own_dossier_is_for_a_colleague() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    let mut accounts = fixture.installation.database("submissions").await;
    let hers = "update dossiers set party_id = o.id, filer_id = o.id from officials o, official_posts p
        where p.official = o.id and p.role = 'RECEIVER' and p.agency = dossiers.agency
            and o.name = 'Trần Thị Tiếp'";
    accounts.batch_execute(hers).await.expect("it is the receiver's");
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get(&dossier).await.expect(200).says("Cán bộ không giải quyết hồ sơ của chính mình");
}

#[tokio::test]
async fn who_comes_second_is_told_what_happened_and_nothing_is_done_twice() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    let (first, second) = (fixture.signed_in(RECEIVER).await, fixture.signed_in(RECEIVER).await);
    let late = second.get(&format!("{dossier}/receipt")).await.expect(200);
    receive(&first, &dossier).await.expect(303);
    let told = late.submit(&second, &[]).await.expect(409);
    told.says("Hồ sơ vừa thay đổi")
        .says("Đã thay đổi trong lúc đó")
        .says("Đã tiếp nhận")
        .says("Lần thay đổi gần nhất: cán bộ, lúc 10:00 ngày 21/07/2026.");
    assert!(told.html.contains(&format!("href=\"{dossier}\"")), "{}", told.html);
    assert_eq!(second.get(&format!("{dossier}/receipt")).await.leads_to(), dossier);
    let (one, other) = (fixture.signed_in(PROCESSOR).await, fixture.signed_in(PROCESSOR).await);
    upload_to(&one, &format!("{dossier}/results"), "a.pdf", PDF).await.expect(303);
    let [early, late] = [&one, &other].map(|browser| async { browser.get(&format!("{dossier}/completion")).await });
    let (early, late) = (early.await.expect(200), late.await.expect(200));
    let (sent, again) = tokio::join!(early.submit(&one, &[]), early.submit(&one, &[]));
    assert!([sent.status, again.status].contains(&303), "{} {}", sent.status, again.status);
    let told = late.submit(&other, &[("note", "Tôi đã ký")]).await.expect(409);
    told.says("Đã có kết quả").says("Ghi chú vừa nhập, chưa được lưu").says("Tôi đã ký");
    let history = other.get(&dossier).await.expect(200).html.matches("motcua-timeline__title").count();
    assert_eq!(history, 5, "filed, fee due, paid, received, completed");
}

#[tokio::test]
async fn ones_own_double_click_is_not_told_as_somebody_elses_doing() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    let official = fixture.signed_in(RECEIVER).await;
    let page = official.get(&format!("{dossier}/receipt")).await.expect(200);
    let mut held = fixture.installation.database("submissions").await;
    held.batch_execute("begin; select 1 from dossiers for update").await.expect("the dossier is held");
    let (one, other) = (pin!(page.submit(&official, &[])), pin!(page.submit(&official, &[])));
    let (second, first) = select(one, other).await.factor_first();
    assert_eq!(second.leads_to(), dossier);
    held.batch_execute("commit").await.expect("let go");
    assert_eq!(first.await.leads_to(), format!("{dossier}?done=RECEIVE"));
}

#[tokio::test]
async fn a_cashier_is_led_to_the_agencys_money() {
    let fixture = Fixture::open().await;
    let cashier = fixture.browser();
    let who = [("email", "thungan@h44-100.example.vn"), ("password", crate::fixture::PASSWORD)];
    let home = cashier.get("/sign-in").await.submit(&cashier, &who).await;
    assert_eq!(home.leads_to(), "/work");
    assert_eq!(cashier.get("/work").await.leads_to(), "/work/H44.100/money");
    let money = cashier.get("/work/H44.100/money").await.expect(200);
    assert!(money.html.contains("href=\"/work\""), "{}", money.html);
    cashier.get("/work/H44.100").await.expect(403);
}

#[tokio::test]
async fn papers_are_shown_in_place_and_nowhere_else() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = crate::filing::filed_with(&citizen, Some(("ủy quyền.pdf", PDF))).await;
    let id = dossier.trim_start_matches("/dossiers/").to_owned();
    let official = fixture.signed_in(RECEIVER).await;
    let page = official.get(&format!("/work/dossiers/{id}")).await.expect(200);
    let view = page.html.split_once("<iframe class=\"motcua-viewer\" src=\"").expect("a viewer").1;
    let view = view.split('"').next().expect("an address").to_owned();
    let shown = official.get(&view).await.expect(200);
    assert_eq!(shown.header("content-type"), "application/pdf");
    let named = "; filename=\"uy quyen.pdf\"; filename*=UTF-8''%E1%BB%A7y%20quy%E1%BB%81n.pdf";
    assert_eq!(shown.header("content-disposition"), format!("inline{named}"));
    assert!(shown.header("content-security-policy").contains("frame-ancestors 'self'"), "{:?}", shown.headers);
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    let saved = official.get(view.trim_end_matches("/view")).await.expect(200);
    assert_eq!(saved.header("content-disposition"), format!("attachment{named}"));
    assert!(saved.header("content-security-policy").contains("sandbox"), "{:?}", saved.headers);
    let elsewhere = fixture.signed_in("tiepnhan@h44-101.example.vn").await;
    elsewhere.get(&view).await.expect(404);
}

#[tokio::test]
async fn who_holds_posts_at_several_agencies_works_in_one_at_a_time() {
    let fixture = Fixture::open().await;
    let role = "insert into official_roles (user_id, agency, role, created_at)
        select id, 'H44.101', 'AUDITOR', now() from users where email = 'tiepnhan@h44-100.example.vn'";
    fixture.installation.database("accounts").await.batch_execute(role).await.expect("one more role");
    let official = fixture.signed_in(RECEIVER).await;
    official.get("/work/H44.100").await.expect(200);
    official.get("/work/H44.101").await.expect(404);
}

#[tokio::test]
async fn another_agencys_work_is_not_there_and_citizens_have_none() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", filed(&citizen).await.trim_start_matches("/dossiers/"));
    let elsewhere = fixture.signed_in("tiepnhan@h44-101.example.vn").await;
    for page in ["", "/receipt", "/results", "/completion"] {
        let address = format!("{dossier}{page}");
        elsewhere.get(&address).await.expect(404);
        citizen.get(&address).await.expect(403).says("Trang này không dành cho tài khoản");
        assert!(fixture.browser().get(&address).await.leads_to().starts_with("/sign-in?next="), "{address}");
    }
    for address in ["/work/H44.100", "/work/dossiers", "/work/nowhere", "/work/dossiers/x"] {
        elsewhere.get(address).await.expect(404);
    }
    elsewhere.get("/work/H44.101?work=NONSENSE").await.expect(400);
}

#[tokio::test]
async fn a_forged_action_of_an_official_changes_nothing() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    let receiver = fixture.signed_in(RECEIVER).await;
    for page in ["/receipt", "/completion"] {
        receiver.post(&format!("{dossier}{page}"), &[("key", "forged")]).await.expect(403).says("Biểu mẫu này đã cũ");
    }
    let body = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nx\r\n--edge--\r\n";
    let request = receiver.request(Method::POST, &format!("{dossier}/results")).body(body);
    receiver.send(request.header("content-type", "multipart/form-data; boundary=edge")).await.expect(403);
    receiver.get(&dossier).await.expect(200).says("Mới đăng ký");
}
