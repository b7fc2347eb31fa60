//! `GET /api/v1/agencies/{agency}/dossiers`

use chrono::TimeDelta;
use civic::OfficialRole;
use serde_json::json;
use testkit::TestResponse;

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, HERE, RESIDENCE};

#[tokio::test]
async fn the_work_list_has_what_is_filed_here_the_earliest_due_first() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.draft(&an, BIRTH, HERE).await;
    let (_, later) = fixture.filed(&an, RESIDENCE).await;
    let (_, sooner) = fixture.filed(&an, BIRTH).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers");
    let list = fixture.get(&fixture.receiver(), &path).await.expect(200);
    let codes: Vec<_> = list.json["items"].as_array().expect("items").iter().map(|item| item["code"].clone()).collect();
    assert_eq!(codes, [sooner.json["code"].clone(), later.json["code"].clone()]);
    assert_eq!(list.text("/items/0/applicant_name"), "Nguyễn Văn An");
    let first = fixture.get(&fixture.receiver(), &format!("{path}?page_size=1")).await;
    assert_eq!(first.json["items"].as_array().map(Vec::len), Some(1));
    assert!(first.json["next"].is_string());
}

#[tokio::test]
async fn the_work_list_goes_on_where_a_page_ended_and_can_be_narrowed() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    for _ in 0..3 {
        fixture.filed(&an, BIRTH).await;
    }
    fixture.filed(&an, COPY).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers?status=REGISTERED&page_size=2");
    let first = fixture.get(&receiver, &path).await.expect(200);
    let rest = fixture.get(&receiver, &format!("{path}&cursor={}", first.text("/next"))).await.expect(200);
    assert_eq!(rest.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest.json.get("next"), None);
    let drafts = fixture.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?status=DRAFT")).await.expect(200);
    assert_eq!(drafts.json["items"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn the_list_behind_every_number_can_be_read_page_by_page() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    fixture.filed(&an, COPY).await;
    // All three are due today; ids of one moment are in no order.
    let (open, _) = fixture.filed(&an, BIRTH).await;
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let first = fixture.received(&an).await;
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let second = fixture.received(&an).await;
    let receiver = fixture.receiver();
    let read = async |query: &str| {
        let path = format!("/api/v1/agencies/{HERE}/dossiers?{query}");
        fixture.get(&receiver, &path).await.expect(200)
    };
    let ids = |answer: &TestResponse| {
        let items = answer.json["items"].as_array().expect("items").iter();
        items.map(|item| format!("/api/v1/dossiers/{}", item["id"].as_str().expect("an id"))).collect::<Vec<_>>()
    };
    let everything = read("work=OPEN").await;
    assert_eq!(ids(&everything), [open, first.clone(), second.clone()], "what waits for a fee is nobody's work");
    assert_eq!(ids(&read("work=OPEN&status=RECEIVED").await), [first.clone(), second.clone()]);
    let soon = read("work=DUE_SOON&page_size=1").await;
    assert_eq!((ids(&soon), soon.text("/items/0/urgency")), (vec![first.clone()], "DUE_SOON"));
    let rest = read(&format!("work=DUE_SOON&page_size=1&cursor={}", soon.text("/next"))).await;
    assert_eq!((ids(&rest), rest.json.get("next")), (vec![second.clone()], None));
    assert!(ids(&read("work=OVERDUE").await).is_empty());
    fixture.installation.clock.advance(TimeDelta::days(7));
    let late = read("work=OVERDUE").await;
    assert_eq!((ids(&late), late.text("/items/0/urgency")), (vec![first.clone(), second], "OVERDUE"));
    let dossier = fixture.get(&receiver, &first).await.expect(200);
    assert_eq!((dossier.text("/urgency"), &dossier.json["working_minutes_left"]), ("OVERDUE", &json!(0)));
}

#[tokio::test]
async fn another_agencys_list_is_not_there() {
    let fixture = Fixture::open().await;
    let official = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let _ = fixture.get(&official, &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(404);
    let _ = fixture.get(&official, &format!("/api/v1/agencies/{ELSEWHERE}/dossiers")).await.expect(200);
    let _ = fixture.get(&fixture.an(), &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(403);
    let _ = fixture.get(&official, "/api/v1/agencies/nowhere/dossiers").await.expect(400);
}
