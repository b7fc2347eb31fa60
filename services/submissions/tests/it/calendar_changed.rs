//! An agency's working calendar changes: open due dates are counted again.

use chrono::{DateTime, TimeDelta, Utc};
use civic::events::{CalendarChanged, DossierMoved, DossierNotice, DossierNoticed};
use serde_json::{Value, json};
use testkit::{TestCaller, eventually};

use crate::fixture::{BIRTH, ELSEWHERE, Fixture, HERE, RESIDENCE, errors, reason, wanted};

impl Fixture {
    /// Tells that an agency has this calendar, as its version so.
    async fn change(&self, agency: Option<&str>, version: i64, calendar: Value) {
        self.tell(agency, version, calendar).await;
        let known = format!("calendars where version = {version}");
        eventually(async || (self.count(&known).await > 0).then_some(())).await;
        self.recounted().await;
    }

    async fn tell(&self, agency: Option<&str>, version: i64, calendar: Value) {
        let agency = agency.map(|code| code.parse().expect("a code"));
        let calendar = serde_json::from_value(calendar).expect("a calendar");
        let changed_at = self.installation.clock.now();
        let event = CalendarChanged { agency, version, changed_at, reason: "Bão số 5".into(), calendar };
        self.installation.publish("accounts", &event).await;
    }

    /// Waits until what was to be counted again is, but for the look a minute later.
    async fn recounted(&self) {
        let waiting = "jobs where kind = 'recount_due_dates' and payload::json ->> 'once_more' = 'false'";
        eventually(async || (self.count(waiting).await == 0).then_some(())).await;
    }

    /// A dossier with seven working days from Tuesday 21 July, received.
    async fn seven_days(&self, who: &TestCaller) -> String {
        let (dossier, receipt) = self.filed(who, RESIDENCE).await;
        self.installation.publish("payments", &self.payment(&receipt)).await;
        let _ = self.until(who, &dossier, "REGISTERED").await;
        let _ = self.act(&self.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
        dossier
    }

    async fn due(&self, who: &TestCaller, dossier: &str) -> String {
        self.get(who, dossier).await.expect(200).text("/due_at").to_owned()
    }

    async fn moved(&self) -> Vec<DossierNoticed> {
        let told = self.installation.sent::<DossierNoticed>("submissions").await;
        told.into_iter().filter(|told| told.notice == DossierNotice::DueMoved).collect()
    }
}

fn off(days: &[&str]) -> Value {
    let days: Vec<_> = days.iter().map(|day| json!({"day": day, "reason": "Nghỉ do bão"})).collect();
    json!({"days_off": days, "days_worked": []})
}

#[tokio::test]
async fn a_holiday_declared_late_moves_open_dates_and_tells_each_applicant_once() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.seven_days(&an).await;
    assert_eq!(fixture.due(&an, &dossier).await, "2026-07-30T10:00:00Z");
    fixture.change(Some(HERE), 1, off(&["2026-07-23"])).await;
    assert_eq!(fixture.due(&an, &dossier).await, "2026-07-31T10:00:00Z");
    let [told] = fixture.moved().await.try_into().expect("one notice");
    let day = |at: Option<DateTime<Utc>>| at.map(|at| at.date_naive().to_string());
    assert_eq!(
        (day(told.due_before).as_deref(), day(told.due_at).as_deref()),
        (Some("2026-07-30"), Some("2026-07-31"))
    );
    let kept =
        "clock_periods where recounted and due_before = '2026-07-30T10:00:00Z' and due_after = '2026-07-31T10:00:00Z'";
    assert_eq!(fixture.count(kept).await, 1);
    let audited = "audit_log where action = 'dossier.due_recounted' and detail ->> 'reason' = 'CALENDAR'";
    assert_eq!(fixture.count(audited).await, 1);
    let state = fixture.installation.sent::<DossierMoved>("submissions").await.pop().expect("its state is told");
    assert_eq!(day(state.clock.due_at).as_deref(), Some("2026-07-31"));
    // A look a minute later, and the same again, find nothing to do.
    fixture.installation.clock.advance(TimeDelta::minutes(2));
    eventually(async || (fixture.count("jobs where kind = 'recount_due_dates'").await == 0).then_some(())).await;
    assert_eq!((fixture.moved().await.len(), fixture.count(audited).await), (1, 1));
    // Taken back.
    fixture.change(Some(HERE), 2, off(&[])).await;
    assert_eq!((fixture.due(&an, &dossier).await.as_str(), fixture.moved().await.len()), ("2026-07-30T10:00:00Z", 2));
    // An earlier version that comes late is passed over.
    fixture.tell(Some(HERE), 1, off(&["2026-07-23"])).await;
    fixture.change(Some(ELSEWHERE), 9, off(&[])).await;
    assert_eq!(fixture.due(&an, &dossier).await, "2026-07-30T10:00:00Z");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_day_off_after_the_due_date_or_elsewhere_moves_nothing_and_tells_nobody() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.seven_days(&an).await;
    fixture.change(Some(HERE), 1, off(&["2026-07-31"])).await;
    fixture.change(Some(ELSEWHERE), 2, off(&["2026-07-23"])).await;
    assert_eq!(fixture.due(&an, &dossier).await, "2026-07-30T10:00:00Z");
    assert_eq!((fixture.moved().await.len(), fixture.count("clock_periods").await), (0, 1));
    // A day of the whole country moves everybody's.
    fixture.change(None, 3, off(&["2026-07-24"])).await;
    assert_eq!(fixture.due(&an, &dossier).await, "2026-08-03T10:00:00Z", "31 July is the agency's own day off");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_stands_still_is_counted_right_when_it_goes_on() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = fixture.seven_days(&an).await;
    let _ = fixture.act(&approver, &dossier, "suspension", &reason()).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::days(2));
    fixture.change(Some(HERE), 1, off(&["2026-07-22"])).await;
    assert_eq!(fixture.moved().await.len(), 0, "the date is told when it goes on");
    // Stopped on Tuesday at 10:00 with five hours of that day and seven days left; on Thursday at 10:00 that is counted again.
    let _ = fixture.act(&approver, &dossier, "resumption", &json!({})).await.expect(200);
    // The process that did so may not have heard of the day off; a minute later all is looked at once more.
    fixture.installation.clock.advance(TimeDelta::minutes(2));
    eventually(async || (fixture.due(&an, &dossier).await == "2026-08-03T10:00:00Z").then_some(())).await;
    let seen = fixture.get(&an, &dossier).await.expect(200);
    let kinds: Vec<_> =
        seen.json["due_explained"].as_array().expect("steps").iter().map(|step| &step["kind"]).collect();
    assert_eq!(kinds[..5], ["RECEIVED", "COUNTED", "DAYS_OFF", "RECOUNTED", "STOOD_STILL"]);
    assert_eq!(kinds.last(), Some(&&json!("DUE")));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_expected_and_what_is_waited_for_move_too() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (waiting, _) = fixture.filed(&an, RESIDENCE).await;
    let (asked, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &asked, "supplement-request", &wanted()).await.expect(200);
    fixture.change(Some(HERE), 1, off(&["2026-07-24"])).await;
    assert_eq!(fixture.due(&an, &waiting).await, "2026-07-31T10:00:00Z");
    let until = async || fixture.get(&an, &asked).await.json["requests"][0]["answer_by"].clone();
    assert_eq!(until().await, "2026-08-12T10:00:00Z", "fifteen working days, one more off");
    // What its applicant was told she keeps.
    fixture.change(Some(HERE), 2, off(&[])).await;
    assert_eq!(
        (until().await, fixture.due(&an, &waiting).await.as_str()),
        (json!("2026-08-12T10:00:00Z"), "2026-07-30T10:00:00Z")
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_filed_afterwards_is_counted_by_the_hours_of_its_agency() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let hours = json!([{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "16:30"}]);
    fixture.change(Some(HERE), 1, json!({"hours": hours})).await;
    let filed = async || {
        let (dossier, _) = fixture.filed(&an, BIRTH).await;
        fixture.due(&an, &dossier).await
    };
    eventually(async || (filed().await == "2026-07-21T09:30:00Z").then_some(())).await;
}

#[tokio::test]
async fn who_administers_an_agency_sees_what_a_calendar_would_move() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let _ = fixture.seven_days(&an).await;
    let _ = fixture.filed(&an, BIRTH).await;
    let administrator = fixture.installation.official(&[(HERE, civic::OfficialRole::AgencyAdministrator)]);
    let path = format!("/api/v1/agencies/{HERE}/calendar-preview");
    let preview = json!({"calendar": off(&["2026-07-23"])});
    let seen = fixture.post(&administrator, &path).json(&preview).send().await.expect(200);
    assert_eq!(seen.json, json!({"open": 2, "more": false, "later": 1, "earlier": 0}));
    assert_eq!(fixture.count("clock_periods where recounted").await, 0, "nothing is changed");
    // What could not be saved is not counted by.
    for days in [&["1926-07-23"][..], &["2026-07-23", "2026-07-23"]] {
        let wrong = json!({"calendar": off(days)});
        let wrong = fixture.post(&administrator, &path).json(&wrong).send().await.expect(400);
        let place = format!("/calendar/days_off/{}/day", days.len() - 1);
        assert_eq!(errors(&wrong), [(place, "invalid".into())]);
    }
    let unreal = json!({"calendar": {"days_off": [{"day": "2026-02-31", "reason": "Bão"}], "days_worked": []}});
    let _ = fixture.post(&administrator, &path).json(&unreal).send().await.expect(400);
    let elsewhere = format!("/api/v1/agencies/{ELSEWHERE}/calendar-preview");
    let refused = fixture.post(&administrator, &elsewhere).json(&preview).send().await.expect(404);
    assert_eq!(refused.json["code"], "agency-not-found");
    let _ = fixture.post(&fixture.receiver(), &path).json(&preview).send().await.expect(403);
}

#[tokio::test]
async fn a_due_date_is_explained_in_words() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.seven_days(&an).await;
    let seen = fixture.get(&an, &dossier).await.expect(200);
    let said = |language: &str| {
        let steps = seen.json["due_explained"].as_array().expect("steps").iter();
        steps.map(|step| step["sentence"][language].as_str().expect("a sentence").to_owned()).collect::<Vec<_>>()
    };
    let en = [
        "Received Tue 21 Jul 2026 10:00.",
        "Counted from Wed 22 Jul 2026 (the day of receipt does not count): 7 working days, due Thu 30 Jul 2026 17:00.",
        "Saturdays, Sundays are not counted.",
        "Due Thu 30 Jul 2026 17:00.",
    ];
    assert_eq!(said("en"), en);
    assert_eq!(said("vi")[0], "Tiếp nhận lúc 10:00 thứ Ba, 21/07/2026.");
    assert_eq!(said("vi")[2], "Không tính thứ Bảy, Chủ nhật.");
}

#[tokio::test]
async fn what_was_filed_online_is_answered_within_eight_working_hours() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, receipt) = fixture.filed(&an, RESIDENCE).await;
    let list = format!("/api/v1/agencies/{HERE}/dossiers");
    let hurries = async || {
        let item = fixture.get(&fixture.receiver(), &list).await.expect(200).json["items"][0].clone();
        (item["answer_by"].clone(), item["urgency"].clone())
    };
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let _ = fixture.until(&an, &dossier, "REGISTERED").await;
    let by = json!("2026-07-22T03:00:00Z");
    assert_eq!(hurries().await, (by.clone(), json!("ON_TIME")), "Tuesday 10:00 and eight working hours");
    fixture.installation.clock.advance(TimeDelta::hours(23));
    assert_eq!(hurries().await, (by.clone(), json!("DUE_SOON")));
    fixture.installation.clock.advance(TimeDelta::hours(2));
    assert_eq!(hurries().await, (by, json!("OVERDUE")));
    let seen = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
    assert_eq!((&seen.json["answer_by"], &seen.json["urgency"]), (&json!(null), &json!("ON_TIME")));
}
