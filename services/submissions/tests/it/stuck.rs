//! `GET /api/v1/agencies/{agency}/stuck`

use std::collections::BTreeMap;

use chrono::TimeDelta;
use civic::OfficialRole;
use testkit::TestResponse;

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE};

const STUCK: &str = "/api/v1/agencies/H44.100/stuck";

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
    let (an, approver) = (fixture.an(), fixture.approver());
    let (_, unpaid) = fixture.filed(&an, COPY).await;
    let (_, unreceived) = fixture.filed(&an, BIRTH).await;
    let received = fixture.received(&an).await;
    let received = fixture.get(&an, &received).await.text("/code").to_owned();
    let [unpaid, unreceived] = [&unpaid, &unreceived].map(|receipt| receipt.text("/code").to_owned());
    // It is Tuesday, ten o'clock; a copy and a birth are due at five.
    assert_eq!(
        shown(&fixture.get(&approver, STUCK).await.expect(200)),
        [("DUE_SOON".into(), vec![received.clone()])].into()
    );
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
async fn it_is_for_those_who_look_after_the_whole() {
    let fixture = Fixture::open().await;
    for role in [OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::AgencyAdministrator] {
        let _ = fixture.get(&fixture.installation.official(&[(HERE, role)]), STUCK).await.expect(200);
        let _ = fixture.get(&fixture.installation.official(&[(ELSEWHERE, role)]), STUCK).await.expect(404);
    }
    let _ = fixture.get(&fixture.receiver(), STUCK).await.expect(403);
    let _ = fixture.get(&fixture.an(), STUCK).await.expect(403);
}
