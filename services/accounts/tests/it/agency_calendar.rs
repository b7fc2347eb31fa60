//! `GET` and `PUT /api/v1/agencies/{code}/calendar`: when an agency works, kept by who administers it.

use chrono::TimeDelta;
use civic::{CalendarSettings, events::CalendarChanged};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, run, sign_in};

const HERE: &str = "/api/v1/agencies/H44.100/calendar";
const ELSEWHERE: &str = "/api/v1/agencies/H44.101/calendar";

async fn somebody(installation: &Installation, login: &str) -> TestCaller {
    let tokens = sign_in(installation, &format!("{login}@h44-100.example.vn"), DEMONSTRATION_PASSWORD).await;
    bearer(installation, &tokens.expect(201))
}

async fn read(installation: &Installation, path: &str) -> TestResponse {
    installation.nobody().call("accounts", Method::GET, path).send().await
}

async fn put(who: &TestCaller, path: &str, version: &str, body: &Value) -> TestResponse {
    who.call("accounts", Method::PUT, path).header("if-match", version).json(body).send().await
}

fn storm() -> Value {
    json!({
        "calendar": {
            "days_off": [{"day": "2026-07-23", "reason": "Nghỉ do bão số 5"}],
            "days_worked": [],
            "hours": [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}],
            "saturday": {"hours": [{"opens": "07:30", "closes": "11:30"}], "counts": false},
        },
        "reason": "Nghỉ một ngày do bão số 5, theo thông báo của tỉnh",
    })
}

#[tokio::test]
async fn everybody_sees_when_an_agency_works() {
    let installation = demonstration().await;
    let seen = read(&installation, HERE).await.expect(200);
    assert_eq!((&seen.json["version"], seen.header("etag")), (&json!(0), Some("\"0\"")));
    assert_eq!(seen.json["hours"][1], json!({"opens": "13:30", "closes": "17:00"}));
    let national = seen.json["national_days_off"].as_array().expect("days");
    assert!(national.contains(&json!({"day": "2026-09-02", "reason": "Quốc khánh"})), "{national:?}");
    assert_eq!(seen.json["national_days_worked"][2]["day"], "2026-08-22");
    let nowhere = read(&installation, "/api/v1/agencies/H44.199/calendar").await.expect(404);
    assert_eq!(nowhere.json["code"], "agency-not-found");
}

#[tokio::test]
async fn a_change_has_who_when_and_why_and_is_told_whole() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let changed = put(&administrator, HERE, "\"0\"", &storm()).await.expect(200);
    assert_eq!((&changed.json["version"], &changed.json["own"]), (&json!(1), &storm()["calendar"]));
    let row = "select concat_ws(' ', owner, version, name, changed_at is not null, reason) from calendars \
        join users on users.id = changed_by where owner <> 'VN'";
    let kept = ask(&installation, row).await;
    assert_eq!(kept, "H44.100 1 Đặng Văn Quản t Nghỉ một ngày do bão số 5, theo thông báo của tỉnh");
    let audited = "select concat_ws(' ', actor_kind, subject_id, detail ->> 'version') from audit_log where action = 'calendar.changed'";
    assert_eq!(ask(&installation, audited).await, "OFFICIAL H44.100 1");
    let [told] = installation.sent::<CalendarChanged>("accounts").await.try_into().expect("it is told once");
    assert_eq!((told.version, serde_json::to_value(&told.calendar).expect("JSON")), (1, storm()["calendar"].clone()));
    // Everything is replaced, and what was stays readable.
    let body = json!({"calendar": {"days_off": [], "days_worked": []}, "reason": "Bão đổi hướng, làm việc như thường"});
    let again = put(&administrator, HERE, "\"1\"", &body).await.expect(200);
    assert_eq!((&again.json["version"], &again.json["own"]["days_off"]), (&json!(2), &json!([])));
    assert_eq!(ask(&installation, "select count(*) from calendars where owner = 'H44.100'").await, "2");
}

#[tokio::test]
async fn of_two_administrators_the_second_is_told_that_it_changed() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let _ = put(&administrator, HERE, "\"0\"", &storm()).await.expect(200);
    let stale = put(&administrator, HERE, "\"0\"", &storm()).await.expect(412);
    assert_eq!(stale.json["code"], "stale");
    let blind = administrator.call("accounts", Method::PUT, HERE).json(&storm()).send().await.expect(428);
    assert_eq!(blind.json["code"], "if-match-required");
}

#[tokio::test]
async fn only_who_administers_an_agency_changes_its_calendar_and_no_other() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let elsewhere = put(&administrator, ELSEWHERE, "\"0\"", &storm()).await.expect(404);
    assert_eq!(elsewhere.json["code"], "agency-not-found");
    for login in ["tiepnhan", "lanhdao", "giamsat"] {
        let _ = put(&somebody(&installation, login).await, HERE, "\"0\"", &storm()).await.expect(403);
    }
    let _ = put(&installation.nobody(), HERE, "\"0\"", &storm()).await.expect(401);
    assert_eq!(ask(&installation, "select count(*) from calendars where owner <> 'VN'").await, "0");
}

#[tokio::test]
async fn all_that_is_wrong_is_said_in_one_answer() {
    let installation = demonstration().await;
    let administrator = somebody(&installation, "quantri").await;
    let body = json!({
        "calendar": {
            "days_off": [{"day": "2026-07-23", "reason": " "}, {"day": "2026-07-23", "reason": "Bão"}],
            "days_worked": [],
        },
        "reason": "Bão",
    });
    let refused = put(&administrator, HERE, "\"0\"", &body).await.expect(400);
    let pointers: Vec<_> = refused.json["errors"].as_array().expect("errors").iter().map(|it| &it["pointer"]).collect();
    assert_eq!(pointers, ["/calendar/days_off/0/reason", "/calendar/days_off/1/day", "/reason"]);
    let hours = json!({"calendar": {"hours": [{"opens": "12:00", "closes": "08:00"}]}, "reason": "Giờ mùa hè"});
    let _ = put(&administrator, HERE, "\"0\"", &hours).await.expect(400);
}

#[tokio::test]
async fn the_country_has_the_days_of_the_newest_edition() {
    let installation = demonstration().await;
    assert_eq!(installation.sent::<CalendarChanged>("accounts").await, [], "the migration's days are the program's");
    // As an installation whose edition is older.
    run(&installation, "delete from calendars").await;
    installation.clock.advance(TimeDelta::hours(1) + TimeDelta::seconds(1));
    let told = eventually(async || installation.sent::<CalendarChanged>("accounts").await.pop()).await;
    assert_eq!((told.agency, told.calendar), (None, CalendarSettings::vietnam()));
    let row = ask(&installation, "select concat_ws(' ', owner, version, changed_by is null) from calendars").await;
    assert_eq!(row, format!("VN {} t", CalendarSettings::VIETNAM_EDITION));
}

#[tokio::test]
async fn the_days_that_the_migration_brings_are_those_of_the_program() {
    let installation = demonstration().await;
    let kept = ask(&installation, "select content from calendars where owner = 'VN' and version = 1").await;
    let kept: CalendarSettings = serde_json::from_str(&kept).expect("a calendar");
    if CalendarSettings::VIETNAM_EDITION == 1 {
        assert_eq!(kept, CalendarSettings::vietnam());
    }
}
