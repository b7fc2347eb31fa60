//! What is typed into a procedure's form: what is wrong or missing is said beside its field, and the rest is kept.

use crate::{
    browser::Page,
    filing::{COPIES, EVENT, PERSON, open},
    fixture::Fixture,
};

#[tokio::test]
async fn what_is_wrong_or_missing_on_a_page_is_said_there_and_the_rest_is_saved() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let third = format!("{dossier}/form/3");
    let page = browser.get(&third).await.expect(200);
    let wrong = page.submit(&browser, &[("copies", "21"), ("purpose", "WORK")]).await.expect(422);
    wrong.says("Không được vượt quá 20.").says("Có mục cần sửa");
    page.submit(&browser, &[("copies", "tám"), ("purpose", "WORK")])
        .await
        .expect(422)
        .says("Nhập một số nguyên, ví dụ 2.");
    assert!(wrong.html.contains("value=\"21\"") && wrong.html.contains("href=\"#copies\""), "{}", wrong.html);
    let missing = page.submit(&browser, &[("purpose", "WORK")]).await.expect(422);
    missing.says("Chưa điền mục này.");
    let again = browser.get(&third).await.expect(200);
    assert!(again.html.contains("value=\"WORK\" checked"), "{}", again.html);
    let left = again.submit(&browser, &[("copies", ""), ("then", "leave")]).await;
    assert_eq!(left.leads_to(), dossier);
    let check = browser.get(&format!("{dossier}/check")).await.expect(200).submit(&browser, &[]).await.expect(422);
    check.says("Số lượng bản sao: Chưa điền mục này.");
    assert!(check.html.contains(&format!("href=\"{third}#copies\"")), "{}", check.html);
}

#[tokio::test]
async fn who_knows_only_the_year_says_only_the_year_and_it_is_shown_so() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let first = format!("{dossier}/form/1");
    let page = browser.get(&first).await.expect(200);
    page.says("Không nhớ ngày hoặc tháng thì để trống ô đó.");
    let date = |day, month, year| {
        [
            ("person_name", "Trần Thị Lan"),
            ("person_birth_date-day", day),
            ("person_birth_date-month", month),
            ("person_birth_date-year", year),
        ]
    };
    page.submit(&browser, &date("8", "", "1950")).await.expect(422).says("Ghi thêm tháng, ví dụ 3.");
    page.submit(&browser, &date("", "", "1950")).await.expect(303);
    let again = browser.get(&first).await.expect(200);
    assert!(again.html.contains("name=\"person_birth_date-year\" type=\"text\" value=\"1950\""), "{}", again.html);
    assert!(again.html.contains("name=\"person_birth_date-day\" type=\"text\" value=\"\""), "{}", again.html);
    browser.get(&format!("{dossier}/check")).await.expect(200).says("Ngày, tháng, năm sinh 1950");
    again.submit(&browser, &date("", "3", "1950")).await.expect(303);
    browser.get(&format!("{dossier}/check")).await.expect(200).says("Ngày, tháng, năm sinh 03/1950");
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field_and_of_another_page_with_the_way_there() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let (first, second) = (format!("{dossier}/form/1"), format!("{dossier}/form/2"));
    let future =
        [("person_birth_date-day", "31"), ("person_birth_date-month", "12"), ("person_birth_date-year", "9999")];
    let page = browser.get(&first).await.expect(200);
    page.submit(&browser, &future).await.expect(422).says("Không được sau hôm nay, ngày 21/07/2026.");
    page.submit(&browser, PERSON).await.expect(303);
    let before = [("event_date-day", "7"), ("event_date-month", "3"), ("event_date-year", "1992")];
    let early = browser.get(&second).await.expect(200).submit(&browser, &before).await.expect(422);
    early.says("Việc đăng ký không thể trước ngày sinh.");
    assert!(early.html.contains("id=\"event_date-error\""), "{}", early.html);
    browser.get(&second).await.submit(&browser, EVENT).await.expect(303);
    let later = [("person_birth_date-day", "9"), ("person_birth_date-month", "3"), ("person_birth_date-year", "1992")];
    let elsewhere = browser.get(&first).await.submit(&browser, &later).await.expect(422);
    elsewhere.says("Ngày đăng ký: Việc đăng ký không thể trước ngày sinh.");
    assert!(elsewhere.html.contains(&format!("href=\"{second}#event_date\"")), "{}", elsewhere.html);
}

#[tokio::test]
async fn fields_about_the_person_who_fills_the_form_say_so() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let applicant = browser.get(&format!("{dossier}/form/4")).await.expect(200);
    let input = |page: &Page, name: &str| {
        let at = page.html.find(&format!("name=\"{name}\"")).expect("a field");
        page.html[at..].split('>').next().unwrap_or_default().to_owned()
    };
    assert!(input(&applicant, "applicant_name").contains("autocomplete=\"name\""));
    assert!(input(&applicant, "applicant_citizen_number").contains("inputmode=\"numeric\""));
    let other = browser.get(&format!("{dossier}/form/1")).await.expect(200);
    assert!(!input(&other, "person_name").contains("autocomplete"), "somebody else's");
}

#[tokio::test]
async fn two_tabs_lose_nothing_of_each_other() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in(&fixture.login("an@")).await;
    let dossier = open(&browser).await;
    let (first, third) = (format!("{dossier}/form/1"), format!("{dossier}/form/3"));
    let (one, other) = (browser.get(&first).await, browser.get(&third).await);
    one.submit(&browser, PERSON).await.expect(303);
    let stale = other.submit(&browser, COPIES).await.expect(422);
    stale.says("Tờ khai vừa được lưu ở một cửa sổ khác.");
    assert!(stale.html.contains("value=\"2\""), "{}", stale.html);
    stale.submit(&browser, COPIES).await.expect(303);
    browser.get(&format!("{dossier}/check")).await.says("Trần Thị Lan").says("Việc làm");
}
