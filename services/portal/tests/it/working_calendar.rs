//! An agency's working calendar: kept by who administers it, seen by everybody, and what explains a due date.

use crate::{
    filing::{filed, paid, pay},
    fixture::Fixture,
};

const ADMINISTRATOR: &str = "quantri@h44-100.example.vn";
const RECEIVER: &str = "tiepnhan@h44-100.example.vn";
const CALENDAR: &str = "/work/calendar";

#[tokio::test]
async fn a_day_off_is_previewed_saved_and_seen_by_everybody() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    filed(&citizen).await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    administrator.get("/work/H44.100").await.expect(200).says("Lịch làm việc của cơ quan");
    let page = administrator.get(CALENDAR).await.expect(200);
    page.says("Năm 2026").says("Thứ Tư, 02/09/2026: nghỉ").says("Quốc khánh").says("Thứ Bảy, 22/08/2026: làm việc");
    let day = [("day-day", "22"), ("day-month", "7"), ("day-year", "2026"), ("day_reason", "Nghỉ do bão số 5")];
    let why = ("reason", "Theo thông báo của tỉnh về bão số 5");
    let preview = page.submit(&administrator, &[&day[..], &[why, ("then", "preview")]].concat()).await.expect(200);
    preview.says("Trong 1 hồ sơ đang mở").says("Chưa có gì được lưu");
    let saved = preview.submit(&administrator, &[("then", "save")]).await;
    let page = administrator.get(saved.leads_to()).await.expect(200);
    page.says("Đã lưu lịch làm việc").says("Thứ Tư, 22/07/2026: nghỉ").says("Nghỉ do bão số 5");
    let agency = fixture.browser().get("/agencies/H44.100").await.expect(200);
    agency.says("07:00–11:30, 13:30–17:00").says("Thứ Tư, 22/07/2026: nghỉ").says("Nghỉ do bão số 5");
}

#[tokio::test]
async fn what_is_wrong_or_too_late_is_said_and_nothing_typed_is_lost() {
    let fixture = Fixture::open().await;
    let administrator = fixture.signed_in(ADMINISTRATOR).await;
    let page = administrator.get(CALENDAR).await.expect(200);
    let short = [("day_reason", "Bão"), ("reason", "Bão"), ("then", "save")];
    let missing = page.submit(&administrator, &short).await.expect(422);
    missing.says("Hãy ghi ngày, hoặc xóa lý do của ngày.");
    assert!(missing.html.contains("value=\"Bão\""), "{}", missing.html);
    let hours = [("first_opens", "12:00"), ("first_closes", "08:00"), ("reason", "Giờ mùa đông"), ("then", "save")];
    page.submit(&administrator, &hours).await.expect(422);
    let stale = administrator.get(CALENDAR).await.expect(200);
    let winter = [("first_opens", "08:00"), ("first_closes", "12:00"), ("reason", "Giờ mùa đông"), ("then", "save")];
    page.submit(&administrator, &winter).await.expect(303);
    let summer = [("first_opens", "06:30"), ("reason", "Giờ mùa hè"), ("then", "save")];
    let again = stale.submit(&administrator, &summer).await.expect(422);
    again.says("Người khác vừa sửa lịch này.");
    assert!(again.html.contains("value=\"06:30\"") || again.html.contains("value=\"06&#x3a;30\""), "{}", again.html);
    again.submit(&administrator, &[("then", "save")]).await.expect(303);
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get(CALENDAR).await.expect(403);
    receiver.get("/work/H44.100").await.expect(200).says_not("Lịch làm việc của cơ quan");
}

#[tokio::test]
async fn a_due_date_is_explained_to_its_applicant_and_at_the_desk() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = filed(&citizen).await;
    pay(&fixture, &citizen, &dossier, "pay").await;
    paid(&citizen, &dossier).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let waiting = receiver.get(&format!("/work{dossier}")).await.expect(200);
    waiting.says("Tiếp nhận trước: 22/07/2026, 10:00");
    receiver.get(&format!("/work{dossier}/receipt")).await.expect(200).submit(&receiver, &[]).await.expect(303);
    for page in [citizen.get(&dossier).await, receiver.get(&format!("/work{dossier}")).await] {
        page.says("Ngày hẹn được tính như thế nào").says("Tiếp nhận lúc 10:00 thứ Ba, 21/07/2026.");
        page.says("Hẹn trả kết quả: 17:00");
    }
}
