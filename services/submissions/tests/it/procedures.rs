//! `GET /api/v1/procedures`, `GET /api/v1/procedures/{code}` and `GET /api/v1/procedures/{code}/versions/{version}`

use serde_json::{Value, json};
use testkit::{Answer, Method};

use crate::house::{BIRTH, COPY, House, RESIDENCE};

fn codes(answer: &Answer) -> Vec<&str> {
    let items = answer.json["items"].as_array().expect("items");
    items.iter().map(|item| item["code"].as_str().expect("a code")).collect()
}

#[tokio::test]
async fn everybody_can_list_and_search_procedures_as_people_type() {
    let house = House::open().await;
    let nobody = house.world.nobody();
    let search = async |query: &str| house.get(&nobody, &format!("/api/v1/procedures{query}")).await.expect(200);
    assert_eq!(codes(&search("").await), [BIRTH, RESIDENCE, COPY]);
    for query in ["?q=KHAI%20SINH", "?q=khai%20sinh", "?q=%C4%91%C4%83ng%20k%C3%BD%20khai", "?q=birth%20reg"] {
        assert!(codes(&search(query).await).contains(&BIRTH), "{query}");
    }
    assert_eq!(codes(&search("?q=1.0042").await), [RESIDENCE]);
    assert_eq!(codes(&search("?field=cu-tru").await), [RESIDENCE]);
    assert!(codes(&search("?q=%25").await).is_empty(), "nothing in a search is a wildcard");
    assert_eq!(codes(&search("?q=%00").await).len(), 3, "a control character is no text");
}

#[tokio::test]
async fn the_list_has_pages() {
    let house = House::open().await;
    let nobody = house.world.nobody();
    let first = house.get(&nobody, "/api/v1/procedures?page_size=2").await.expect(200);
    let path = format!("/api/v1/procedures?page_size=2&cursor={}", first.text("/next"));
    assert_eq!(codes(&house.get(&nobody, &path).await.expect(200)), [COPY]);
    for query in ["page_size=-1", "cursor=x", "field=%00", "all=1"] {
        let _ = house.get(&nobody, &format!("/api/v1/procedures?{query}")).await.expect(400);
    }
}

#[tokio::test]
async fn a_procedure_says_everything_that_is_asked_for() {
    let house = House::open().await;
    let answer = house.get(&house.world.nobody(), &format!("/api/v1/procedures/{COPY}")).await.expect(200);
    assert_eq!(answer.json["version"], 1);
    assert_eq!(answer.json["time_limit"], json!({"unit": "same_day", "cut_off": "15:00"}));
    assert_eq!(answer.json["fee_rules"][0]["channels"]["ONLINE"], json!({"amount": 8000, "currency": "VND"}));
    assert_eq!(answer.json["form"]["properties"]["copies"]["maximum"], 20);
    assert!(answer.json["legal_basis"][0]["vi"].as_str().is_some_and(|law| law.contains("118/2025/NĐ-CP")));
    let published: Value = serde_json::from_str(include_str!("../../data/procedures/2.000635.json")).expect("JSON");
    assert_eq!(answer.json["ui"], published["ui"]);
}

#[tokio::test]
async fn a_procedure_may_be_kept_a_minute_and_is_not_sent_twice() {
    let house = House::open().await;
    let nobody = house.world.nobody();
    for path in [format!("/api/v1/procedures/{COPY}"), "/api/v1/procedures".into()] {
        let first = house.get(&nobody, &path).await.expect(200);
        assert_eq!(first.header("cache-control"), Some("public, max-age=60"));
        let etag = first.header("etag").expect("an ETag");
        let again = nobody.call("submissions", Method::GET, &path).header("if-none-match", etag).send().await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
        let other = nobody.call("submissions", Method::GET, &path).header("if-none-match", "\"x\"").send().await;
        assert_eq!(other.status, 200);
    }
}

#[tokio::test]
async fn every_version_can_be_read_by_its_number() {
    let house = House::open().await;
    let nobody = house.world.nobody();
    let current = house.get(&nobody, &format!("/api/v1/procedures/{COPY}")).await.expect(200);
    let path = format!("/api/v1/procedures/{COPY}/versions/1");
    let first = house.get(&nobody, &path).await.expect(200);
    assert_eq!(first.json, current.json);
    let etag = first.header("etag").expect("an ETag");
    let again = nobody.call("submissions", Method::GET, &path).header("if-none-match", etag).send().await;
    assert_eq!(again.status, 304);
    for path in [format!("{COPY}/versions/2"), format!("{COPY}/versions/0"), "1.999999/versions/1".into()] {
        let _ = house.get(&nobody, &format!("/api/v1/procedures/{path}")).await.expect(404);
    }
    let _ = house.get(&nobody, &format!("/api/v1/procedures/{COPY}/versions/x")).await.expect(400);
}

#[tokio::test]
async fn an_unknown_procedure_is_not_found() {
    let house = House::open().await;
    for (code, status) in [("1.999999", 404), ("none", 400), ("%00", 400)] {
        let _ = house.get(&house.world.nobody(), &format!("/api/v1/procedures/{code}")).await.expect(status);
    }
}

#[tokio::test]
async fn publishing_the_same_again_changes_nothing() {
    let house = House::open().await;
    house.world.demonstrate(&submissions::service()).await;
    assert_eq!(house.count("procedure_versions").await, 3);
}
