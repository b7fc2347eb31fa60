//! Deadlines are watched: each alert once, at its working minute, to whom it concerns.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    OfficialRole::{Approver, Processor, Receiver},
    events::{CalendarChanged, DeadlinesNear},
};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use testkit::{TestCaller, eventually};

use crate::{
    fixture::{BIRTH, Fixture, HERE, reason},
    process::{done, filed, received, serve},
};

const REGISTRATION: &str = include_str!("../../../catalogue/data/procedures/1.001193/1.json");

/// A reception that passes by itself, and a decision of so many working hours; two working days for the whole.
async fn open(hours: u16) -> Fixture {
    let fixture = Fixture::open().await;
    let name = |text: &str| json!({"vi": text, "en": text});
    let mut version: Value = serde_json::from_str(REGISTRATION).expect("a procedure");
    version["time_limit"] = json!({"unit": "working_days", "days": 2});
    version["process"] = json!([
        {"code": "TIEP_NHAN", "name": name("Tiếp nhận"), "role": "RECEIVER", "actions": ["RECEIVE"], "next": ["THU_LY"]},
        {"code": "THU_LY", "name": name("Thụ lý"), "role": "PROCESSOR", "working_hours": hours,
         "actions": ["ISSUE_RESULT", "COMPLETE", "STOP", "EXTEND"]},
    ]);
    fixture.publish(BIRTH, 2, &version.to_string()).await;
    fixture
}

/// Who serves at the agency: a receiver, a specialist who takes what is received, her colleague, the head.
struct Office {
    receiver: TestCaller,
    one: TestCaller,
    two: TestCaller,
    head: TestCaller,
}

impl Office {
    async fn of(fixture: &Fixture) -> Self {
        Self {
            receiver: serve(fixture, "Trần Thị Tiếp", &[Receiver]).await,
            one: serve(fixture, "Lê Văn Một", &[Processor]).await,
            two: serve(fixture, "Lê Văn Hai", &[Processor]).await,
            head: serve(fixture, "Phạm Thị Duyệt", &[Approver]).await,
        }
    }

    async fn taken(&self, fixture: &Fixture) -> String {
        let dossier = received(fixture, &self.receiver).await;
        let _ = done(fixture, &self.one, &dossier, "taking", json!({})).await;
        dossier
    }

    fn name(&self, id: &str) -> &'static str {
        let all = [(&self.receiver, "receiver"), (&self.one, "one"), (&self.two, "two"), (&self.head, "head")];
        all.into_iter().find(|(who, _)| who.id.to_string() == id).map_or("somebody", |(_, name)| name)
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
    #[diesel(sql_type = Text)]
    people: String,
}

/// Moves the clock to a moment in Vietnam of July 2026, and waits until what was to be looked at by then is.
async fn at(fixture: &Fixture, moment: &str) {
    let text = format!("2026-07-{moment}:00+07:00").replace(' ', "T");
    let to: DateTime<Utc> = DateTime::parse_from_rfc3339(&text).expect("a moment").to_utc();
    fixture.installation.clock.advance(to - fixture.installation.clock.now());
    looked(fixture).await;
}

/// Tells that the agency has this calendar now.
async fn change(fixture: &Fixture, calendar: Value) {
    let event = CalendarChanged {
        agency: Some(HERE.parse().expect("a code")),
        version: 1,
        changed_at: fixture.installation.clock.now(),
        reason: "Bão số 5".into(),
        calendar: serde_json::from_value(calendar).expect("a calendar"),
    };
    fixture.installation.publish("accounts", &event).await;
}

async fn looked(fixture: &Fixture) {
    let waiting = format!("watches where look_at <= '{}'", fixture.installation.clock.now().to_rfc3339());
    eventually(async || (fixture.count(&waiting).await == 0).then_some(())).await;
}

/// Every alert: what, when it was told, and to whom.
async fn alerts(fixture: &Fixture, office: &Office) -> Vec<String> {
    let question =
        "select kind || ' ' || step || ' ' || to_char(told_at at time zone 'Asia/Ho_Chi_Minh', 'DD HH24:MI') as line,
        array_to_string(told_to, ' ') as people
        from alerts where told_at = fell_due_at order by told_at, kind, step desc";
    let rows: Vec<Line> =
        sql_query(question).load(&mut fixture.installation.database("submissions").await).await.expect("rows");
    let told = |row: Line| {
        let mut people: Vec<_> = row.people.split_whitespace().map(|id| office.name(id)).collect();
        people.sort_unstable();
        format!("{} {}", row.line, people.join(" "))
    };
    assert_eq!(fixture.count("alerts where told_at <> fell_due_at").await, 0, "each at its minute");
    rows.into_iter().map(told).collect()
}

#[tokio::test]
async fn what_is_filed_is_answered_within_eight_working_hours_or_somebody_hears_of_it() {
    let fixture = open(5).await;
    let office = Office::of(&fixture).await;
    // Tuesday at 10:00.
    let _ = filed(&fixture).await;
    for (moment, expected) in [
        ("22 07:59", None),
        ("22 08:00", Some("ANSWER SOON 22 08:00 receiver")),
        ("22 09:59", None),
        ("22 10:00", Some("ANSWER DUE 22 10:00 head receiver")),
        ("23 09:59", None),
        ("23 10:00", Some("ANSWER LATE 23 10:00 head")),
        ("27 10:00", None),
    ] {
        let before = alerts(&fixture, &office).await;
        at(&fixture, moment).await;
        let after = alerts(&fixture, &office).await;
        assert_eq!(after[before.len()..].iter().map(String::as_str).next(), expected, "{moment}");
    }
    fixture.assert_sound().await;
    let told = fixture.installation.sent::<DeadlinesNear>("submissions").await;
    assert_eq!(told.len(), 4, "one to each who hears of each");
    assert!(told.iter().all(|told| told.agency.as_str() == HERE && told.deadlines.len() == 1));
}

#[tokio::test]
async fn a_stage_and_the_whole_are_watched_until_somebody_acts() {
    let fixture = open(5).await;
    let office = Office::of(&fixture).await;
    let dossier = office.taken(&fixture).await;
    let acted = office.taken(&fixture).await;
    at(&fixture, "21 14:59").await;
    let _ = done(&fixture, &office.one, &acted, "suspension", reason()).await;
    for moment in ["21 15:00", "21 17:00", "22 17:00", "23 07:00", "23 15:00"] {
        at(&fixture, moment).await;
    }
    let _ = fixture.issue(&office.one, &dossier).await.expect(201);
    let _ = done(&fixture, &office.one, &dossier, "completion", json!({})).await;
    at(&fixture, "27 17:00").await;
    let expected = [
        "STAGE SOON 21 15:00 one",
        "STAGE DUE 21 17:00 head one",
        "STAGE LATE 22 17:00 head",
        "RESULT EARLY 23 07:00 one",
        "RESULT SOON 23 15:00 one",
    ];
    assert_eq!(alerts(&fixture, &office).await, expected, "what waits and what is finished alerts nobody");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_day_off_moves_the_alerts_with_the_dates() {
    let fixture = open(5).await;
    let office = Office::of(&fixture).await;
    let dossier = office.taken(&fixture).await;
    at(&fixture, "21 11:00").await;
    let days = json!([{"day": "2026-07-21", "reason": "Nghỉ do bão"}, {"day": "2026-07-22", "reason": "Nghỉ do bão"}]);
    change(&fixture, json!({"days_off": days, "days_worked": []})).await;
    // Five working hours from Thursday 07:00, with the lunch break: 14:00; received as the agency opens, two working days later: Monday.
    let moved = "dossiers where stage_due_at = '2026-07-23T07:00:00Z' and due_at = '2026-07-27T10:00:00Z'";
    eventually(async || (fixture.count(moved).await == 1).then_some(())).await;
    let view = fixture.get(&office.one, &dossier).await.expect(200);
    let due: Vec<_> = view.json["custody"].as_array().expect("hand-overs").iter().map(|it| &it["due_at"]).collect();
    assert_eq!(due[1..], [&json!("2026-07-23T07:00:00Z"), &json!("2026-07-23T07:00:00Z")], "form 06 says the same");
    for moment in ["21 15:00", "21 17:00", "23 10:00", "23 14:00", "24 14:00", "27 07:00", "27 15:00"] {
        at(&fixture, moment).await;
    }
    let expected = [
        "STAGE SOON 23 10:00 one",
        "STAGE DUE 23 14:00 head one",
        "STAGE LATE 24 14:00 head",
        "RESULT EARLY 27 07:00 one",
        "RESULT SOON 27 15:00 one",
    ];
    assert_eq!(alerts(&fixture, &office).await, expected);
    fixture.assert_sound().await;
}

async fn alerts_of_any_minute(fixture: &Fixture, office: &Office) -> Vec<String> {
    let question = "select kind || ' ' || step as line, array_to_string(told_to, ' ') as people
        from alerts order by fell_due_at, kind, step desc";
    let rows: Vec<Line> =
        sql_query(question).load(&mut fixture.installation.database("submissions").await).await.expect("rows");
    let people = |row: &Line| row.people.split_whitespace().map(|id| office.name(id)).collect::<Vec<_>>().join(" ");
    rows.iter().map(|row| format!("{} {}", row.line, people(row))).collect()
}

#[tokio::test]
async fn a_deputy_hears_until_noon_and_who_is_back_from_noon_on() {
    // Two hours from 10:00, where the agency is open until noon: due at noon.
    let fixture = open(2).await;
    let office = Office::of(&fixture).await;
    let hours = json!([{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}]);
    change(&fixture, json!({"hours": hours})).await;
    eventually(async || (fixture.count("calendars").await == 1).then_some(())).await;
    let leave = |day: &str, first: &str, last: &str| json!({"deputy": office.two.id, "first_day": day, "first_part": first, "last_day": day, "last_part": last});
    let note = async |leave: Value| {
        fixture.post(&office.one, &format!("/api/v1/agencies/{HERE}/leaves")).json(&leave).send().await
    };
    let wrong = note(leave("2026-07-22", "AFTERNOON", "MORNING")).await.expect(400);
    assert_eq!(wrong.json["errors"][0]["pointer"], "/last_part");
    let noted = note(leave("2026-07-21", "MORNING", "MORNING")).await.expect(201);
    assert_eq!((&noted.json["holds"], &noted.json["last_part"]), (&json!(true), &json!("MORNING")));
    let _ = office.taken(&fixture).await;
    // A process that had not heard of the hours yet is put right a minute later.
    fixture.installation.clock.advance(TimeDelta::minutes(2));
    let noon = "dossiers where stage_due_at = '2026-07-21T05:00:00Z'";
    eventually(async || (fixture.count(noon).await == 1).then_some(())).await;
    at(&fixture, "21 11:59").await;
    let mine = fixture.get(&office.two, &format!("/api/v1/agencies/{HERE}/dossiers?work=MINE")).await.expect(200);
    assert_eq!(mine.json["items"].as_array().map(Vec::len), Some(1), "she has it until noon");
    at(&fixture, "21 12:00").await;
    // Thursday: away in the afternoon, and the result is due at 17:00.
    let _ = note(leave("2026-07-23", "AFTERNOON", "AFTERNOON")).await.expect(201);
    at(&fixture, "23 08:00").await;
    at(&fixture, "23 15:00").await;
    at(&fixture, "23 17:00").await;
    let alerts = alerts_of_any_minute(&fixture, &office).await;
    let expected =
        ["STAGE DUE one head", "STAGE LATE head", "RESULT EARLY one", "RESULT SOON two", "RESULT DUE two head"];
    let sorted = |line: &str| {
        let mut words: Vec<_> = line.split(' ').collect();
        words[2..].sort_unstable();
        words.join(" ")
    };
    assert_eq!(alerts.iter().map(|it| sorted(it)).collect::<Vec<_>>(), expected.map(sorted));
    fixture.assert_sound().await;
}

#[tokio::test]
async fn two_workers_give_each_alert_once_and_what_falls_together_is_one_digest() {
    let fixture = open(5).await;
    let office = Office::of(&fixture).await;
    for _ in 0..12 {
        let _ = office.taken(&fixture).await;
    }
    fixture.installation.work_beside(&submissions::service()).await;
    at(&fixture, "21 15:00").await;
    assert_eq!(fixture.count("alerts").await, 12);
    let told = fixture.installation.sent::<DeadlinesNear>("submissions").await;
    assert!(told.len() <= 2 && told.iter().all(|told| told.official_id == office.one.id), "{told:?}");
    assert_eq!(told.iter().map(|told| told.deadlines.len()).sum::<usize>(), 12);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn a_look_that_is_cut_off_or_repeated_alerts_nobody_twice() {
    let fixture = open(5).await;
    let office = Office::of(&fixture).await;
    let _ = office.taken(&fixture).await;
    let break_off = "create function break_off() returns trigger language plpgsql as $$ begin raise 'cut off'; end $$;
        create trigger breaks before insert on outbox for each row
        when (new.type = 'vn.motcua.deadlines.near.v1') execute function break_off()";
    let database = &mut fixture.installation.database("submissions").await;
    database.batch_execute(break_off).await.expect("a trigger");
    let clock = fixture.installation.clock.clone();
    let due: DateTime<Utc> = "2026-07-21T08:00:00Z".parse().expect("a moment");
    clock.advance(due - clock.now());
    tokio::time::timeout(std::time::Duration::from_secs(3), looked(&fixture))
        .await
        .expect_err("it fails again and again");
    assert_eq!((fixture.count("alerts").await, told(&fixture).await), (0, 0), "nothing of it is there");
    database.batch_execute("drop trigger breaks on outbox; drop function break_off").await.expect("no trigger");
    at(&fixture, "21 15:01").await;
    assert_eq!((fixture.count("alerts").await, told(&fixture).await), (1, 1));
    // The clock is stepped back and comes again.
    clock.advance(TimeDelta::minutes(-30));
    at(&fixture, "21 15:02").await;
    assert_eq!((fixture.count("alerts").await, told(&fixture).await), (1, 1));
    // Whoever touches the dossier has it looked at again, and nobody hears the same twice.
    database.batch_execute("update watches set look_at = '-infinity'").await.expect("watched");
    at(&fixture, "21 15:03").await;
    assert_eq!((fixture.count("alerts").await, told(&fixture).await), (1, 1));
    fixture.assert_sound().await;
}

async fn told(fixture: &Fixture) -> usize {
    fixture.installation.sent::<DeadlinesNear>("submissions").await.len()
}

#[tokio::test]
async fn a_date_that_is_put_off_is_watched_anew() {
    let fixture = open(40).await;
    let office = Office::of(&fixture).await;
    let dossier = office.taken(&fixture).await;
    at(&fixture, "23 07:00").await;
    let more = json!({"working_days": 1, "reason": "Phải xác minh thêm tại nơi cư trú."});
    let _ = done(&fixture, &office.one, &dossier, "extension", more).await;
    at(&fixture, "23 17:00").await;
    at(&fixture, "24 07:00").await;
    at(&fixture, "24 15:00").await;
    let expected = ["RESULT EARLY 23 07:00 one", "RESULT EARLY 24 07:00 one", "RESULT SOON 24 15:00 one"];
    assert_eq!(
        alerts(&fixture, &office).await,
        expected,
        "the stage is due with the whole, so the whole alone is watched"
    );
    fixture.assert_sound().await;
}
