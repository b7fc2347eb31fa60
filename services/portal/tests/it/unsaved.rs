//! Typed work survives: the end of a session, a sign-in in another window, a double click, a service that is away.

use chrono::TimeDelta;
use reqwest::Method;

use crate::{
    browser::{Browser, Page},
    filing::{COPIES, PERSON, open},
    fixture::{Fixture, PASSWORD},
    way::Fate,
};

const SESSION: &str = "__Host-motcua";
const KEPT: &str = "__Host-motcua-kept";
const PLACE: &str = "Phường Demo, xóm cũ";
const EVENT: &[(&str, &str)] = &[("event", "BIRTH"), ("event_place", PLACE), ("event_date-day", "7")];
const SAVED: &[(&str, &str)] =
    &[("event", "BIRTH"), ("event_date-day", "8"), ("event_date-month", "3"), ("event_date-year", "1992")];

/// Signs in at the door that `door` leads to; gives where that leads.
async fn sign_in(browser: &Browser, door: &Page, email: &str) -> String {
    let page = browser.get(door.leads_to()).await.expect(200);
    page.submit(browser, &[("email", email), ("password", PASSWORD)]).await.leads_to().to_owned()
}

#[track_caller]
fn stands_typed(page: &Page) {
    for held in
        ["value=\"BIRTH\" selected", &format!("value=\"{PLACE}\""), "name=\"event_date-day\" type=\"text\" value=\"7\""]
    {
        assert!(page.html.contains(held), "{held} is not in {}", page.html);
    }
}

#[tokio::test]
async fn what_was_typed_when_the_session_had_ended_stands_in_the_page_after_signing_in_until_it_is_saved() {
    let fixture = Fixture::open().await;
    let an = fixture.login("an@");
    let browser = fixture.signed_in(&an).await;
    let second = format!("{}/form/2", open(&browser).await);
    let page = browser.get(&second).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::minutes(31));
    let door = page.submit(&browser, EVENT).await;
    browser.get(door.leads_to()).await.says("Những gì ông/bà đã nhập được giữ trong 30 phút");
    assert_eq!(sign_in(&browser, &door, &an).await, second);
    for _ in 0..2 {
        let again = browser.get(&second).await.expect(200);
        again.says("Chưa được lưu").says("Phiên làm việc đã kết thúc trước khi trang này được gửi.");
        stands_typed(&again);
    }
    let other = second.replace("/form/2", "/form/1");
    browser.get(&other).await.expect(200).says_not("Chưa được lưu");
    let again = browser.get(&second).await;
    again.submit(&browser, SAVED).await.expect(303);
    let saved = browser.get(&second).await.expect(200);
    saved.says_not("Chưa được lưu");
    assert!(saved.html.contains(PLACE), "{}", saved.html);
}

#[tokio::test]
async fn it_is_given_back_to_nobody_but_the_same_person() {
    let fixture = Fixture::open().await;
    let an = fixture.login("an@");
    let browser = fixture.signed_in(&an).await;
    let second = format!("{}/form/2", open(&browser).await);
    let page = browser.get(&second).await.expect(200);
    let out = browser.get("/dossiers").await.expect(200);
    let seal = out.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    browser.post("/sign-out", &[("form_seal", &seal)]).await.expect(303);
    let door = page.submit(&browser, EVENT).await;
    // Another person signs in at the same browser.
    sign_in(&browser, &door, "binh@example.vn").await;
    browser.get(&second).await.expect(404).says_not(PLACE);
    browser.get("/account/phone").await.expect(200).says_not("Chưa được lưu");
    // She presses the button of the window that was left open.
    let pressed = page.submit(&browser, EVENT).await.expect(403);
    pressed.says("Biểu mẫu này đã cũ").says_not(PLACE);
    // Another browser of the same person has not got it.
    let elsewhere = fixture.signed_in(&an).await;
    elsewhere.get(&second).await.expect(200).says_not("Chưa được lưu");
    assert!(elsewhere.cookie(KEPT).is_none() && browser.cookie(KEPT).is_some());
    let door = browser.get("/sign-in").await;
    door.submit(&browser, &[("email", &an), ("password", PASSWORD)]).await.expect(303);
    stands_typed(&browser.get(&second).await.expect(200));
}

#[tokio::test]
async fn who_signed_in_again_in_another_window_gets_the_page_back_with_what_was_typed() {
    let fixture = Fixture::open().await;
    let an = fixture.login("an@");
    let browser = fixture.signed_in(&an).await;
    let second = format!("{}/form/2", open(&browser).await);
    let page = browser.get(&second).await.expect(200);
    let door = browser.get("/sign-in").await.expect(200);
    door.submit(&browser, &[("email", &an), ("password", PASSWORD)]).await.expect(303);
    let back = page.submit(&browser, EVENT).await.expect(403);
    back.says("Chưa được lưu").says("Ông/bà đã đăng nhập hoặc đăng xuất ở cửa sổ khác");
    stands_typed(&back);
    browser.get(&second).await.expect(200).says_not("Chưa được lưu");
    back.submit(&browser, SAVED).await.expect(303);
    assert!(browser.get(&second).await.html.contains(PLACE));
}

#[tokio::test]
async fn while_a_service_is_away_the_page_says_what_was_typed_and_sends_it_again() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let third = format!("{}/form/3", open(&browser).await);
    let page = browser.get(&third).await.expect(200);
    fixture.way.will("/dossiers/", Fate::RequestLost, usize::MAX);
    let mut away = page.submit(&browser, COPIES).await.expect(503);
    away.says("Dịch vụ tạm thời gián đoạn").says("Những gì ông/bà đã nhập").says("WORK").says("Gửi lại");
    away = away.submit(&browser, &[]).await.expect(503);
    fixture.way.will("/dossiers/", Fate::Arrives, 0);
    away.submit(&browser, &[]).await.expect(303);
    assert!(browser.get(&third).await.html.contains("value=\"WORK\" checked"), "it is saved");
}

#[tokio::test]
async fn a_double_click_loses_nothing() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let first = format!("{}/form/1", open(&browser).await);
    let page = browser.get(&first).await.expect(200);
    let (one, other) = tokio::join!(page.submit(&browser, PERSON), page.submit(&browser, PERSON));
    for answer in [&one, &other] {
        assert!(answer.status == 303 || answer.html.contains("value=\"Trần Thị Lan\""), "{}", answer.html);
    }
    assert!([one.status, other.status].contains(&303));
    assert!(browser.get(&first).await.html.contains("value=\"Trần Thị Lan\""));
}

#[tokio::test]
async fn what_was_typed_for_a_dossier_that_is_filed_by_now_is_shown_on_the_way_to_it() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = crate::filing::filled(&browser).await;
    let page = browser.get(&format!("{dossier}/form/3")).await.expect(200);
    browser.get(&format!("{dossier}/check")).await.submit(&browser, &[]).await.expect(303);
    page.submit(&browser, &[("copies", "17")]).await.expect(409).says("Những gì ông/bà đã nhập").says("17");
}

#[tokio::test]
async fn a_kiosk_keeps_nothing() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    browser.get("/?kiosk=1").await.expect(303);
    let who = [("email", &*fixture.login("an@")), ("password", PASSWORD)];
    browser.get("/sign-in").await.submit(&browser, &who).await.expect(303);
    let second = format!("{}/form/2", open(&browser).await);
    let page = browser.get(&second).await.expect(200);
    let (idle, gone) = (browser.copy(), browser.copy());
    gone.forget_cookie(SESSION);
    gone.forget_cookie("__Host-motcua-visitor");
    fixture.installation.clock.advance(TimeDelta::seconds(121));
    for browser in [idle, gone] {
        page.submit(&browser, EVENT).await.expect(303).says_not(PLACE);
        assert_eq!(browser.cookie(KEPT), None);
    }
    browser.get("/sign-in").await.submit(&browser, &who).await.expect(303);
    browser.get(&second).await.expect(200).says_not("Chưa được lưu");
    page.submit(&browser, EVENT).await.expect(403).says("Biểu mẫu này đã cũ").says_not(PLACE);
}

#[tokio::test]
async fn what_another_site_sends_is_neither_shown_nor_kept() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let second = format!("{}/form/2", open(&browser).await);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = browser.request(Method::POST, &second).header(name, value).form(EVENT);
        browser.send(request).await.expect(403).says_not(PLACE);
    }
    // A browser that says nothing: what was sent is no form of ours, and is not filled in.
    let page = browser.send(browser.request(Method::POST, &second).form(EVENT)).await.expect(403);
    assert!(!page.html.contains(&format!("value=\"{PLACE}\"")), "{}", page.html);
}
