//! `GET /api/v1/agencies/{agency}/stuck`

use std::collections::BTreeMap;

use chrono::TimeDelta;
use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use testkit::TestResponse;

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE};

const STUCK: &str = "/api/v1/agencies/H44.100/stuck";

/// An official who holds every role by which dossiers are worked on, so that nothing waits for want of one.
const SERVES: &str = "insert into officials (id, name) values ('0197f2a6-5c00-7000-8000-000000000001', 'Lê Văn Xử');
    insert into official_posts (official, agency, role)
    select id, 'H44.100', unnest(array['RECEIVER', 'PROCESSOR', 'APPROVER']) from officials";

async fn run(fixture: &Fixture, sql: &str) {
    fixture.installation.database("submissions").await.batch_execute(sql).await.expect("it runs");
}

/// The codes that are shown, by why.
fn shown(answer: &TestResponse) -> BTreeMap<String, Vec<String>> {
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let kinds = answer.json["items"].as_array().expect("items").iter().map(|kind| {
        let first = kind["first"].as_array().expect("rows").iter().map(|row| text(&row["code"])).collect::<Vec<_>>();
        assert_eq!(kind["dossiers"]["dossiers"].as_i64().expect("a number"), i64::try_from(first.len()).expect("few"));
        (text(&kind["work"]), first)
    });
    kinds.filter(|(_, first)| !first.is_empty()).collect()
}

#[tokio::test]
async fn what_waits_too_long_is_shown_by_why_and_what_does_not_is_not() {
    let fixture = Fixture::open().await;
    run(&fixture, SERVES).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let (_, unpaid) = fixture.filed(&an, COPY).await;
    let (_, unreceived) = fixture.filed(&an, BIRTH).await;
    let received = fixture.received(&an).await;
    let received = fixture.get(&an, &received).await.text("/code").to_owned();
    let [unpaid, unreceived] = [&unpaid, &unreceived].map(|receipt| receipt.text("/code").to_owned());
    // It is Tuesday, ten o'clock; a copy and a birth are due at five.
    let now = shown(&fixture.get(&approver, STUCK).await.expect(200));
    assert_eq!(now.get("DUE_SOON"), Some(&vec![received.clone()]));
    assert!(["OVERDUE", "UNRECEIVED", "FEE_UNSETTLED", "ABSENT", "UNSERVED"].iter().all(|why| !now.contains_key(*why)));
    fixture.installation.clock.advance(TimeDelta::hours(24) - TimeDelta::minutes(1));
    let approver = fixture.approver();
    let night = shown(&fixture.get(&approver, STUCK).await.expect(200));
    assert_eq!(night.get("UNRECEIVED"), None, "eight working hours have not gone by");
    assert_eq!(night.get("OVERDUE"), Some(&vec![received.clone()]));
    assert_eq!(night.get("FEE_UNSETTLED"), Some(&vec![unpaid]));
    fixture.installation.clock.advance(TimeDelta::minutes(2));
    let later = shown(&fixture.get(&fixture.approver(), STUCK).await.expect(200));
    assert_eq!(later.get("UNRECEIVED"), Some(&vec![unreceived]));
    for why in later.keys() {
        let list =
            fixture.get(&fixture.receiver(), &format!("/api/v1/agencies/{HERE}/dossiers?work={why}")).await.expect(200);
        assert_eq!(list.json["items"].as_array().map(Vec::len), Some(later[why].len()), "{why}");
    }
}

#[tokio::test]
async fn what_waits_for_want_of_somebody_is_stuck_too() {
    let fixture = Fixture::open().await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let (_, registered) = fixture.filed(&an, BIRTH).await;
    let received = fixture.received(&an).await;
    let received = fixture.get(&an, &received).await.text("/code").to_owned();
    let why = async |why: &str| shown(&fixture.get(&approver, STUCK).await.expect(200)).remove(why);
    assert_eq!(why("UNSERVED").await, Some(vec![registered.text("/code").to_owned()]), "nobody receives here");
    run(&fixture, SERVES).await;
    assert_eq!(why("UNSERVED").await, None);
    let stage = "update dossiers set stage = 'examine', stage_role = 'PROCESSOR', holder = ";
    run(&fixture, &format!("{stage} null where status = 'RECEIVED'")).await;
    assert_eq!((why("UNASSIGNED").await, why("ABSENT").await), (Some(vec![received.clone()]), None));
    run(&fixture, &format!("{stage} (select id from officials) where status = 'RECEIVED'")).await;
    assert_eq!((why("UNASSIGNED").await, why("ABSENT").await), (None, None));
    let away = "insert into leaves select gen_random_uuid(), 'H44.100', id, gen_random_uuid(), '2026-07-20', '2026-07-21', id, now() from officials";
    run(&fixture, away).await;
    assert_eq!(why("ABSENT").await, Some(vec![received.clone()]));
    run(&fixture, "delete from official_posts where role = 'PROCESSOR'").await;
    run(&fixture, &format!("{stage} null where status = 'RECEIVED'")).await;
    assert_eq!(why("UNSERVED").await, Some(vec![received]), "nobody processes here");
}

#[tokio::test]
async fn it_is_for_those_who_look_after_the_whole() {
    let fixture = Fixture::open().await;
    for role in [OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::AgencyAdministrator] {
        let _ = fixture.get(&fixture.installation.official(&[(HERE, role)]), STUCK).await.expect(200);
        let _ = fixture.get(&fixture.installation.official(&[(ELSEWHERE, role)]), STUCK).await.expect(404);
    }
    let _ = fixture.get(&fixture.receiver(), STUCK).await.expect(403);
    let _ = fixture.get(&fixture.an(), STUCK).await.expect(403);
}
