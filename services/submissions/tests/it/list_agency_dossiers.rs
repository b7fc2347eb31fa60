//! `GET /api/v1/agencies/{agency}/dossiers`

use chrono::TimeDelta;
use civic::OfficialRole;
use serde_json::json;
use testkit::Answer;

use crate::house::{BIRTH, COPY, ELSEWHERE, HERE, House, RESIDENCE};

#[tokio::test]
async fn the_work_list_has_what_is_filed_here_the_earliest_due_first() {
    let house = House::open().await;
    let an = house.an();
    house.draft(&an, BIRTH, HERE).await;
    let (_, later) = house.filed(&an, RESIDENCE).await;
    let (_, sooner) = house.filed(&an, BIRTH).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers");
    let list = house.get(&house.receiver(), &path).await.expect(200);
    let codes: Vec<_> = list.json["items"].as_array().expect("items").iter().map(|item| item["code"].clone()).collect();
    assert_eq!(codes, [sooner.json["code"].clone(), later.json["code"].clone()]);
    assert_eq!(list.text("/items/0/applicant_name"), "Nguyễn Văn An");
    let first = house.get(&house.receiver(), &format!("{path}?page_size=1")).await;
    assert_eq!(first.json["items"].as_array().map(Vec::len), Some(1));
    assert!(first.json["next"].is_string());
}

#[tokio::test]
async fn the_work_list_goes_on_where_a_page_ended_and_can_be_narrowed() {
    let house = House::open().await;
    let (an, receiver) = (house.an(), house.receiver());
    for _ in 0..3 {
        house.filed(&an, BIRTH).await;
    }
    house.filed(&an, COPY).await;
    let path = format!("/api/v1/agencies/{HERE}/dossiers?status=REGISTERED&page_size=2");
    let first = house.get(&receiver, &path).await.expect(200);
    let rest = house.get(&receiver, &format!("{path}&cursor={}", first.text("/next"))).await.expect(200);
    assert_eq!(rest.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest.json.get("next"), None);
    let drafts = house.get(&receiver, &format!("/api/v1/agencies/{HERE}/dossiers?status=DRAFT")).await.expect(200);
    assert_eq!(drafts.json["items"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn the_list_behind_every_number_can_be_read_page_by_page() {
    let house = House::open().await;
    let an = house.an();
    house.filed(&an, COPY).await;
    // All three are due today; ids of one moment are in no order.
    let (open, _) = house.filed(&an, BIRTH).await;
    house.world.clock.advance(TimeDelta::minutes(1));
    let first = house.received(&an).await;
    house.world.clock.advance(TimeDelta::minutes(1));
    let second = house.received(&an).await;
    let receiver = house.receiver();
    let read = async |query: &str| {
        let path = format!("/api/v1/agencies/{HERE}/dossiers?{query}");
        house.get(&receiver, &path).await.expect(200)
    };
    let ids = |answer: &Answer| {
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
    house.world.clock.advance(TimeDelta::days(7));
    let late = read("work=OVERDUE").await;
    assert_eq!((ids(&late), late.text("/items/0/urgency")), (vec![first.clone(), second], "OVERDUE"));
    let dossier = house.get(&receiver, &first).await.expect(200);
    assert_eq!((dossier.text("/urgency"), &dossier.json["working_minutes_left"]), ("OVERDUE", &json!(0)));
}

#[tokio::test]
async fn another_agencys_list_is_not_there() {
    let house = House::open().await;
    let official = house.world.official(&[(ELSEWHERE, OfficialRole::Receiver)]);
    let _ = house.get(&official, &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(404);
    let _ = house.get(&official, &format!("/api/v1/agencies/{ELSEWHERE}/dossiers")).await.expect(200);
    let _ = house.get(&house.an(), &format!("/api/v1/agencies/{HERE}/dossiers")).await.expect(403);
    let _ = house.get(&official, "/api/v1/agencies/nowhere/dossiers").await.expect(400);
}
