//! An official's desk: what is found in the list, several dossiers received at once, notes, phrases, what is stuck.

use crate::{
    browser::Browser,
    filing::{filed, pay},
    fixture::Fixture,
    office::{paid, receive},
    way::Fate,
};

const RECEIVER: &str = "tiepnhan@h44-100.example.vn";
const PROCESSOR: &str = "xuly@h44-100.example.vn";
const LEADER: &str = "lanhdao@h44-100.example.vn";
const AUDITOR: &str = "giamsat@h44-100.example.vn";
const ADMINISTRATOR: &str = "quantri@h44-100.example.vn";
const LIST: &str = "/work/H44.100";

/// A dossier that waits to be received; gives its code.
async fn registered(fixture: &Fixture, citizen: &Browser) -> String {
    let dossier = filed(citizen).await;
    pay(fixture, citizen, &dossier, "pay").await;
    crate::filing::paid(citizen, &dossier).await;
    dossier
}

#[tokio::test]
async fn a_dossier_is_found_by_words_and_the_way_back_leads_to_what_was_found() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&citizen).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get(LIST).await.expect(200).says("Không có hồ sơ nào ở mục này.");
    let found = receiver.get(&format!("{LIST}?q=lan+tran")).await.expect(200);
    found.says("Hồ sơ có: “lan tran”.").says("H44.100-260721-0001").says("Nguyễn Văn An");
    let link = format!("/work{dossier}?list=");
    let at = found.html.find(&link).expect("a link to the dossier");
    let href = found.html[at..].split('"').next().expect("an address");
    let page = receiver.get(href).await.expect(200);
    assert!(page.html.contains(&format!("href=\"{LIST}?q=lan+tran\"")), "{}", page.html);
    receiver.get(&format!("{LIST}?q=nobody")).await.expect(200).says("Không có hồ sơ nào như vậy.");
    receiver.get(&format!("/work{dossier}?list=//evil.example")).await.expect(200).says_not("href=\"//evil");
}

#[tokio::test]
async fn several_are_received_at_once_and_one_that_cannot_be_fails_alone() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let (one, other) = (registered(&fixture, &citizen).await, registered(&fixture, &citizen).await);
    let receiver = fixture.signed_in(RECEIVER).await;
    let list = receiver.get(&format!("{LIST}?work=OPEN&ticked=all")).await.expect(200);
    list.says("Tiếp nhận hồ sơ đã chọn");
    let stale = receiver.get(&format!("/work{one}/receipt")).await.expect(200);
    stale.submit(&receiver, &[]).await.expect(303);
    let outcome = list.submit(&receiver, &[("then", "RECEIVE")]).await.expect(200);
    assert!(outcome.html.contains(&format!("href=\"{LIST}?work=OPEN\"")), "back to the same list: {}", outcome.html);
    outcome.says("Đã tiếp nhận 1 hồ sơ").says("1 hồ sơ chưa tiếp nhận được");
    receiver.get(&format!("/work{other}")).await.expect(200).says("Đã tiếp nhận");
    receiver.get(LIST).await.expect(200).says_not("Tiếp nhận hồ sơ đã chọn");
}

#[tokio::test]
async fn who_does_not_receive_has_nothing_to_tick_and_is_refused() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    registered(&fixture, &citizen).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    processor.get(LIST).await.expect(200).says("H44.100-260721-0001").says_not("Tiếp nhận hồ sơ đã chọn");
}

#[tokio::test]
async fn what_is_narrowed_stands_in_the_address_and_every_part_keeps_it() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    registered(&fixture, &citizen).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let narrowed = "q=lan&procedure=2.000635&from=2026-07-01&until=2026-07-31";
    let page = processor.get(&format!("{LIST}?{narrowed}")).await.expect(200);
    page.says("H44.100-260721-0001");
    for link in [format!("{LIST}?{narrowed}&work=OVERDUE"), format!("{LIST}/dossiers.xlsx?{narrowed}")] {
        assert!(page.html.replace("&amp;", "&").contains(&format!("href=\"{link}\"")), "{link}: {}", page.html);
    }
    for held in [
        "value=\"2.000635\" selected",
        "type=\"date\" value=\"2026-07-01\"",
        "name=\"q\" type=\"search\" value=\"lan\"",
    ] {
        assert!(page.html.contains(held), "{held}: {}", page.html);
    }
    processor.get(&format!("{LIST}?procedure=1.001193")).await.expect(200).says_not("H44.100-260721-0001");
    let stale = processor.get(&format!("{LIST}?{narrowed}&cursor=abc")).await;
    assert_eq!(stale.leads_to(), format!("{LIST}?{narrowed}"), "the first page instead of a refusal");
    let wrong = processor.get(&format!("{LIST}?from=yesterday&q=lan")).await.expect(400);
    assert!(wrong.html.contains("value=\"lan\""), "what was typed is still there: {}", wrong.html);
    let sheet = processor.get(&format!("{LIST}/dossiers.xlsx?{narrowed}")).await.expect(200);
    assert!(sheet.header("content-disposition").starts_with("attachment; filename=\"H44.100-"), "{:?}", sheet.headers);
}

#[tokio::test]
async fn each_role_begins_where_its_work_is() {
    let fixture = Fixture::open().await;
    for (who, place) in [
        (RECEIVER, LIST),
        (PROCESSOR, LIST),
        (LEADER, LIST),
        (AUDITOR, "/work/H44.100/stuck"),
        (ADMINISTRATOR, "/work/H44.100/stuck"),
    ] {
        let official = fixture.signed_in(who).await;
        assert_eq!(official.get("/work").await.leads_to(), place, "{who}");
        official.get(place).await.expect(200);
    }
}

#[tokio::test]
async fn supervisors_see_what_is_stuck_and_nobody_else_does() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    receive(&fixture.signed_in(RECEIVER).await, &dossier).await.expect(303);
    let leader = fixture.signed_in(LEADER).await;
    let stuck = leader.get("/work/H44.100/stuck").await.expect(200);
    stuck.says("Sắp đến hạn: 1").says("Quá hạn: 0").says("H44.100-260721-0001").says("Không có việc nào.");
    assert!(stuck.html.contains(&format!("href=\"{LIST}?work=DUE_SOON\"")), "{}", stuck.html);
    fixture.signed_in(RECEIVER).await.get("/work/H44.100/stuck").await.expect(403);
    leader.get("/work/H44.101/stuck").await.expect(404);
    fixture.way.will("/given-up/payments", Fate::RequestLost, 1);
    let without = leader.get("/work/H44.100/stuck").await.expect(200);
    without.says("Sắp đến hạn: 1").says("vì một dịch vụ đang gián đoạn");
}

/// What cannot be handled in each service, and a mail that was refused; gives the address of the page for the first.
pub async fn given_up(fixture: &Fixture) -> String {
    let id = uuid::Uuid::now_v7();
    let row = format!(
        r#"insert into dead_letter (event_id, type, payload, error, failed_at) values
            ('{id}', 'vn.motcua.payment.settled.v1', '{{"data": {{"agency": "H44.100"}}}}', 'a lock', '2026-07-20')"#
    );
    for service in ["submissions", "payments", "notifications"] {
        let conn = &mut fixture.installation.database(service).await;
        diesel_async::SimpleAsyncConnection::batch_execute(conn, &row).await.expect("a row");
    }
    format!("/work/H44.100/stuck/submissions/{id}")
}

#[tokio::test]
async fn what_the_system_gave_up_stands_among_what_is_stuck_and_is_repaired_there() {
    let fixture = Fixture::open().await;
    let address = given_up(&fixture).await;
    let (leader, auditor) = (fixture.signed_in(LEADER).await, fixture.signed_in(AUDITOR).await);
    let stuck = leader.get("/work/H44.100/stuck").await.expect(200);
    stuck.says("Việc hồ sơ bị dừng: 1").says("Khoản đã nộp chưa được ghi vào hồ sơ").says("Thử lại");
    let watched = auditor.get("/work/H44.100/stuck").await.expect(200);
    watched.says("Việc hồ sơ bị dừng: 1");
    assert!(!watched.html.contains("value=\"retry\""), "an auditor looks: {}", watched.html);
    auditor.get(&address).await.expect(403);
    leader.get(&address.replace("H44.100", "H44.101")).await.expect(404);
    let page = leader.get(&address).await.expect(200);
    page.says("a lock");
    let wrong = page.submit(&leader, &[("then", "handled"), ("reason", "")]).await.expect(422);
    let short = wrong.submit(&leader, &[("then", "handled"), ("reason", "Rồi.")]).await.expect(422);
    short.says("Ít nhất 10 ký tự.").says("Rồi.");
    let reason = ("reason", "Đã đối chiếu khoản thu.");
    let done = short.submit(&leader, &[("then", "handled"), reason]).await.expect(303);
    assert_eq!(done.leads_to(), "/work/H44.100/stuck");
    let stuck = leader.get(done.leads_to()).await.expect(200);
    stuck.says("Việc hồ sơ bị dừng: 0").says("Việc thanh toán bị dừng: 1");
    assert_eq!(leader.get(&address).await.leads_to(), "/work/H44.100/stuck", "it waits there no more");
    let retried = leader.get(&address.replace("submissions", "payments")).await.expect(200);
    retried.submit(&leader, &[("then", "retry")]).await.expect(303);
    leader.get("/work/H44.100/stuck").await.expect(200).says("Việc thanh toán bị dừng: 0");
}

#[tokio::test]
async fn a_note_is_read_by_colleagues_and_never_by_the_applicant() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let (receiver, notes) = (fixture.signed_in(RECEIVER).await, format!("/work/dossiers/{id}/notes"));
    let page = receiver.get(&notes).await.expect(200);
    page.submit(&receiver, &[("text", " ")]).await.expect(422);
    let written = page.submit(&receiver, &[("text", "Đã gọi điện, hẹn thứ Hai.")]).await;
    assert_eq!(written.leads_to(), format!("/work/dossiers/{id}#notes"));
    let leader = fixture.signed_in(LEADER).await;
    leader.get(&format!("/work/dossiers/{id}")).await.expect(200).says("Đã gọi điện, hẹn thứ Hai.");
    citizen.get(&format!("/dossiers/{id}")).await.expect(200).says_not("Đã gọi điện");
    citizen.get(&notes).await.expect(403);
    let auditor = fixture.signed_in(AUDITOR).await;
    auditor.get(&notes).await.expect(200).says("Đã gọi điện").says_not("Lưu ghi chú");
}

#[tokio::test]
async fn a_note_about_a_dossier_that_changed_meanwhile_is_kept_beside_what_became_of_it() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = format!("/work/dossiers/{}", paid(&fixture, &citizen).await);
    let receiver = fixture.signed_in(RECEIVER).await;
    for form in [dossier.clone(), format!("{dossier}/notes")] {
        let page = receiver.get(&form).await.expect(200);
        assert!(page.html.contains("name=\"version\""), "{form}");
    }
    let page = receiver.get(&format!("{dossier}/notes")).await.expect(200);
    receive(&receiver, &dossier).await.expect(303);
    let told = page.submit(&receiver, &[("text", "Chưa tiếp nhận vội.")]).await.expect(409);
    told.says("Hồ sơ vừa thay đổi").says("Đã tiếp nhận").says("Chưa tiếp nhận vội.");
    receiver.get(&dossier).await.expect(200).says_not("Chưa tiếp nhận vội.");
}

#[tokio::test]
async fn an_agencys_phrase_stands_before_what_is_typed() {
    let fixture = Fixture::open().await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    let phrases = administrator.get("/work/H44.100/phrases").await.expect(200);
    let phrase = [("action", "REFUSE"), ("text", "Không thuộc thẩm quyền giải quyết của phường.")];
    phrases.submit(&administrator, &[]).await.expect(422);
    phrases.submit(&administrator, &phrase).await.expect(303);
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let form = receiver.get(&format!("/work/dossiers/{id}/refusal")).await.expect(200);
    form.says("Mẫu câu có sẵn").says(phrase[1].1);
    let chosen = [("reason-phrase", phrase[1].1), ("reason", "Điều 13 Luật Hộ tịch.")];
    form.submit(&receiver, &chosen).await.expect(303);
    let told = receiver.get(&format!("/work/dossiers/{id}")).await.expect(200);
    told.says("Không thuộc thẩm quyền giải quyết của phường. Điều 13 Luật Hộ tịch.");
    let kept = administrator.get("/work/H44.100/phrases").await.expect(200);
    kept.submit(&administrator, &[]).await.expect(303);
    administrator.get("/work/H44.100/phrases").await.expect(200).says("Chưa có mẫu câu nào.");
    receiver.get("/work/H44.100/phrases").await.expect(403);
}

#[tokio::test]
async fn an_applicant_reads_what_is_asked_who_has_it_and_until_when() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let due = filed(&citizen).await;
    crate::filing::until_due(&citizen, &due).await;
    citizen.get(&due).await.expect(200).says("Ông/bà cần làm Thanh toán phí, lệ phí").says("Hồ sơ đang ở Ông/bà");
    let processor = fixture.signed_in(PROCESSOR).await;
    let asked = crate::office::asked_for_papers(&fixture, &citizen, &processor).await;
    citizen.get(&asked).await.expect(200).says("Ông/bà cần làm Bổ sung giấy tờ trước 17:00 ngày 11/08/2026");
    let list = citizen.get("/dossiers").await.expect(200);
    list.says("Bổ sung giấy tờ trước 17:00 ngày 11/08/2026").says("Thanh toán phí, lệ phí");
}
